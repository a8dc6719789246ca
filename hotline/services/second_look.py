"""A second pair of eyes before a doubtful report leaves: a colleague's, or one's own after a pause; or afterwards, if urgent."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from hotline.anonymity.single_source import Score
from hotline.domain.errors import BadInput, NotAllowed
from hotline.domain.report import Priority
from hotline.services.house import DeskHouse
from hotline.storage import audit, looks, reports
from hotline.storage.session import transaction
from hotline.storage.tables import Report

PAUSE = timedelta(seconds=60)
"""So long after asking may whoever works alone release after reading once more."""

BYPASSES = {
    "danger": "Er is nu gevaar voor mensen.",
    "child": "Er is gevaar voor een kind.",
    "poison": "Er is brand, gas of een gevaarlijke stof.",
    "alone": "Er is geen collega en het kan niet wachten.",
}
"""Why an urgent report leaves without; codes, because the reason stands in clear."""

URGENT = (Priority.P0, Priority.P1)
"""Priorities that may leave without a second look."""


@dataclass(frozen=True, slots=True)
class Look:
    """How the second look at the text on the page stands; `free_at` is when who asked may go on alone."""

    asked_by: str
    free_at: datetime
    seen_by: str | None

    def is_seen_for(self, operator: str, now: datetime) -> bool:
        """Whether a colleague looked, or this operator asked long enough ago to go on alone."""
        return self.seen_by is not None or (self.asked_by == operator and now >= self.free_at)


@dataclass(frozen=True, slots=True)
class Owed:
    """A report that left without a second look, for the supervisor to read afterwards."""

    id: UUID
    report_id: UUID
    priority: Priority
    category: str | None
    released_by: str
    released_at: datetime
    reason: str


def check_seen(session: Session, report: Report, score: Score, *, operator: str, now: datetime, bypass: str) -> None:
    """Raise BadInput where the score asks for a second look at this very text and nobody looked.

    An urgent report goes without for a reason of `BYPASSES`, which is written down for the supervisor.
    """
    if not score.needs_second_look:
        return
    look = look_at(session, report)
    if look is not None and look.is_seen_for(operator, now):
        by = "colleague" if look.seen_by else "alone"
        audit.record(session, actor=operator, act="release_seen", now=now, report_id=report.id, fields=[by])
        return
    if bypass in BYPASSES and report.priority in URGENT:
        looks.add(session, report_id=report.id, digest=digest_of(report), asked_by=operator, now=now, bypass=bypass)
        audit.record(session, actor=operator, act="release_unseen", now=now, report_id=report.id, fields=[bypass])
        return
    raise BadInput({"lock": "Nog op slot: laat een collega meelezen. Bent u alleen? Lees het over een minuut opnieuw."})


def ask(session: Session, report: Report, *, operator: str, now: datetime) -> None:
    """Ask for a look at the text as it is stored; asking again about the same text changes nothing."""
    if looks.of_text(session, report.id, digest_of(report)) is None:
        looks.add(session, report_id=report.id, digest=digest_of(report), asked_by=operator, now=now)
        audit.record(session, actor=operator, act="ask_second_look", now=now, report_id=report.id)


def look_at(session: Session, report: Report) -> Look | None:
    """The look at the text as it is stored, None where nobody asked."""
    look = looks.of_text(session, report.id, digest_of(report))
    return Look(look.asked_by, look.asked_at + PAUSE, look.seen_by) if look else None


def confirm(house: DeskHouse, report_id: UUID, *, operator: str, now: datetime) -> None:
    """A colleague read the text and it may leave. NotAllowed for who asked, and where nobody asked about this text."""
    with transaction(house.engine) as session:
        report = reports.locked(session, report_id)
        look = looks.of_text(session, report_id, digest_of(report))
        if look is None:
            raise NotAllowed("nobody asked for a look at this text")
        if look.asked_by == operator:
            raise NotAllowed("who asked for a second look cannot be the second")
        if look.seen_by is None:
            look.seen_by, look.seen_at = operator, now
            audit.record(session, actor=operator, act="second_look", now=now, report_id=report_id)


def list_owed(house: DeskHouse) -> list[Owed]:
    """What left without a second look and waits for the supervisor, the oldest first."""
    with transaction(house.engine) as session:
        return [
            Owed(
                id=look.id,
                report_id=report.id,
                priority=Priority(report.priority),
                category=report.category,
                released_by=look.asked_by,
                released_at=look.asked_at,
                reason=look.bypass or "",
            )
            for look, report in looks.owed(session)
        ]


def count_owed(house: DeskHouse) -> int:
    """How many reports wait for the supervisor's reading."""
    with transaction(house.engine) as session:
        return looks.count_owed(session)


def review(house: DeskHouse, look_id: UUID, *, supervisor: str, now: datetime) -> None:
    """The supervisor read it afterwards; saying so again changes nothing. NotAllowed for who released it."""
    with transaction(house.engine) as session:
        look = looks.locked(session, look_id)
        if look.asked_by == supervisor:
            raise NotAllowed("who released it cannot be the second pair of eyes")
        if look.bypass is not None and look.seen_at is None:
            look.seen_by, look.seen_at = supervisor, now
            audit.record(session, actor=supervisor, act="review_unseen", now=now, report_id=look.report_id)


def digest_of(report: Report) -> bytes:
    """The hash of the text as it is sealed: a text that was changed and sealed anew needs a look of its own."""
    return hashlib.sha256(report.desk_text or b"").digest()

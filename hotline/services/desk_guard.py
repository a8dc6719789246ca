"""The guard beside a report's form: what is the matter with its text, what is proposed, and whether somebody looked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from hotline.anonymity.coarsen import Step, propose
from hotline.anonymity.single_source import Score
from hotline.domain.content import merge
from hotline.domain.report import Priority
from hotline.services.desk_report import ReportPage
from hotline.services.guard import explain, judge_report, known_grains
from hotline.services.house import DeskHouse
from hotline.services.second_look import URGENT, Look, digest_of, look_at
from hotline.storage import looks, reports
from hotline.storage.session import transaction


@dataclass(frozen=True, slots=True)
class Guarded:
    """What the guard says of a report as it is stored; `lock` says why it may not leave yet, empty where it may.

    `steps` are the proposed changes, a field each. `look` is the second look at this text, None while nobody asked.
    """

    score: Score
    steps: tuple[Step, ...]
    look: Look | None
    lock: str
    can_bypass: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """A report whose text waits for a second reader."""

    id: UUID
    priority: Priority
    category: str | None
    asked_by: str


def weigh(house: DeskHouse, page: ReportPage, *, operator: str, now: datetime) -> Guarded:
    """The guard's word on the report of this page."""
    with transaction(house.engine) as session:
        report = reports.by_id(session, page.id)
        look = look_at(session, report)
        known = known_grains(report)
    score = judge_report(page.content, page.parts)
    _, steps = propose(page.content, told=merge(page.parts).text, known=known)
    return Guarded(score, steps, look, _say_lock(score, look, operator, now), page.priority in URGENT)


def list_asked(house: DeskHouse) -> list[Asked]:
    """The reports at the desk whose text, as it is now, waits for a second reader; the most urgent first."""
    with transaction(house.engine) as session:
        found = [
            Asked(report.id, Priority(report.priority), report.category, look.asked_by)
            for look, report in looks.waiting(session)
            if look.digest == digest_of(report)
        ]
    return sorted({one.id: one for one in found}.values(), key=lambda one: one.priority)


def _say_lock(score: Score, look: Look | None, operator: str, now: datetime) -> str:
    if score.is_locked:
        return explain(score)
    if not score.needs_second_look or (look and look.is_seen_for(operator, now)):
        return ""
    if look is None:
        return "Nog op slot: een collega moet meelezen. Kies Doorzetten: dan vragen wij het."
    return "Nog op slot: een collega moet meelezen."

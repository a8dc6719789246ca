"""A person judges words that perhaps identify the reporter: they are put back, or they go for good."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from hotline.anonymity.keyring import DeskKeys, day_id
from hotline.anonymity.scrub import Uncertain
from hotline.anonymity.seal import seal
from hotline.anonymity.spans import settle
from hotline.domain.content import Content, Part, change_words
from hotline.domain.dayparts import local_day
from hotline.domain.errors import BadInput, HotlineError, NotAllowed
from hotline.domain.lifecycle import AT_PARTNERS
from hotline.services.desk_draft import Cleaned
from hotline.services.desk_lease import hold
from hotline.services.desk_opened import current_content, last_turn, open_parts
from hotline.services.house import DeskHouse
from hotline.services.uncertain import lay_apart
from hotline.storage import audit, reports, uncertain
from hotline.storage.session import transaction
from hotline.storage.tables import UncertainWords

LATE = timedelta(days=2)
"""From here on the desk is warned: a day later nobody can judge these words any more."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Words that wait for a judgement; None stands for words whose key is gone, which can only be removed."""

    id: UUID
    words: Uncertain | None


def open_doubts(keys: DeskKeys, rows: Iterable[UncertainWords]) -> tuple[Doubt, ...]:
    """What waits, in the order of kinds and words, because no order is kept."""
    found = [Doubt(row.id, _open(keys, row)) for row in rows]
    return tuple(sorted(found, key=lambda one: (one.words is None, one.words and (one.words.kind, one.words.text))))


def judge(house: DeskHouse, report_id: UUID, doubt_id: UUID, *, operator: str, keep: bool, now: datetime) -> None:
    """Put the words back into the report, or let them go for good; harmless for words that were judged before.

    Raises Leased when a colleague holds the report, NotAllowed when it is over or words to keep cannot be opened.
    """
    with transaction(house.engine) as session:
        report = reports.locked(session, report_id)
        if report.status not in AT_PARTNERS:
            hold(report, operator, now)
        row = next((one for one in uncertain.of_report(session, report_id) if one.id == doubt_id), None)
        if row is None:
            return
        keys = house.keys()
        words = _open(keys, row)
        if words is None and keep:
            raise NotAllowed("the key of these words is gone")
        if words is not None:
            parts = open_parts(keys, reports.parts_of(session, [report_id]).get(report_id, []))
            content = current_content(keys, report, parts)
            decided = words.text if keep else settle(words.placeholder)
            content = replace(content, judged={**content.judged, words.placeholder: decided}, seen=last_turn(parts))
            key = keys.month(local_day(now))
            report.desk_text, report.desk_key_id = seal(key.raw, content.dump()), key.id
        uncertain.drop(session, [row.id])
        act = "keep_words" if keep else "remove_words"
        audit.record(
            session, actor=operator, act=act, now=now, report_id=report_id, fields=[words.kind] if words else []
        )


def check_judged(session: Session, report_id: UUID, content: Content) -> Content:
    """What may leave the house: BadInput while words wait; placeholders that nobody can fill any more become plain."""
    waiting = len(uncertain.of_report(session, report_id))
    if waiting:
        what = "woorden" if waiting > 1 else "woord"
        raise BadInput({"uncertain": f"Beoordeel eerst {waiting} gemarkeerd{'e' if waiting > 1 else ''} {what}."})
    return change_words(content, settle)


def note_doubts(
    session: Session, keys: DeskKeys, report_id: UUID, cleaned: Cleaned, parts: Iterable[Part], now: datetime
) -> None:
    """Lay the operator's own uncertain words apart, and forget those over which the operator wrote."""
    told = (words for part in parts for words in part.answers.values())
    whole = "\n".join([cleaned.content.text, *cleaned.content.answers.values(), *told])
    waiting = [(row.id, _open(keys, row)) for row in uncertain.of_report(session, report_id)]
    uncertain.drop(session, [row for row, words in waiting if words is not None and words.placeholder not in whole])
    lay_apart(session, report_id, keys, local_day(now), cleaned.uncertain)


def find_late(house: DeskHouse, now: datetime) -> Sequence[UUID]:
    """The reports whose words die soon unless somebody judges them, the oldest first."""
    with transaction(house.engine) as session:
        return uncertain.reports_before(session, day_id(local_day(now - LATE)))


def count_late(engine: Engine, now: datetime) -> int:
    """How many reports have words that die soon unless somebody judges them."""
    with transaction(engine) as session:
        return uncertain.count_before(session, day_id(local_day(now - LATE)))


def _open(keys: DeskKeys, row: UncertainWords) -> Uncertain | None:
    try:
        return Uncertain(**json.loads(keys.open(row.key_id, row.sealed)))
    except HotlineError:
        return None

"""What a reporter does with a code: add, correct, withdraw, answer a partner's question. Each is one transaction."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from hotline.anonymity.scrub import Uncertain
from hotline.anonymity.seal import derive, seal
from hotline.domain.codes import CodeTypo
from hotline.domain.content import Part, ThirdParty
from hotline.domain.dayparts import local_day, week_of
from hotline.domain.lifecycle import OPEN_AT_DESK, OVER, Status
from hotline.services.code_check import count_wrong, open_code
from hotline.services.desk_reasons import WITHDRAWN
from hotline.services.house import IntakeHouse
from hotline.services.status import find_status
from hotline.services.uncertain import lay_apart
from hotline.storage import dialogue
from hotline.storage.dialogue import Reached
from hotline.storage.session import transaction
from ivr_flows.model import Found, Lookup

LONGEST = 8000
"""Characters of what is added at once: as many as one text or one answer on the telephone can bring."""

MOST_PARTS = 200
"""Parts of a report. Whoever holds a code cannot bury the desk under it."""

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class TurnOfLookup:
    """The turn in which the flow asks.

    `mark` are 32 bytes that only this turn's sender can bring again and nothing stores: the same turn told twice has
    the same mark, and a dump of every table does not tell which conversation added a part. `third_parties` were
    sealed out of this turn's words and go with what is added, and so do the `uncertain` ones.
    """

    mark: bytes
    channel: str
    language: str
    third_parties: tuple[ThirdParty, ...] = ()
    uncertain: tuple[Uncertain, ...] = ()


@dataclass(frozen=True, slots=True)
class _Told:
    """What an act comes to: the case for the flow, and the answers of the part that it adds (none: no part)."""

    case: str
    answers: Mapping[str, str]


_Act = Callable[[Session, Reached, str, datetime], _Told]
_CLOSED = _Told("closed", {})


def answer_lookup(house: IntakeHouse, lookup: Lookup, turn: TurnOfLookup, now: datetime) -> Found:
    """Whatever a flow may ask under a report code.

    `report_status` {code} → see `find_status`. `add_to_report` and `correct_report` {code, text} → `added`, `closed`,
    `slow`. `withdraw_report` {code} → `withdrawn`, `passed_on` (partners have it, and are told), `closed`, `slow`.
    `answer_question` {code, text} → `answered`, `closed`, `slow`. `slow` stores nothing: without words, or when a
    report has grown too long. The same turn told twice, or twice at once, adds once and gets the same answer.
    """
    if lookup.name not in _ACTS:
        return find_status(house, lookup, now)
    text = _CONTROL.sub(" ", lookup.args.get("text", "").encode("utf-8", "replace").decode())[:LONGEST].strip()
    if not text and lookup.name != "withdraw_report":
        return Found(lookup.name, "slow")
    try:
        key = open_code(house, lookup.args.get("code", ""))
    except CodeTypo:
        return Found(lookup.name, "closed")
    part_id = _name_part(turn.mark, lookup.name, text)
    with transaction(house.engine) as session:
        report = dialogue.lock_by_code(session, key.lookup)
        case = _take(session, house, report, part_id, lookup.name, text, turn, now) if report else None
    if case is None:
        count_wrong(house)
    return Found(lookup.name, case or "closed")


def _take(
    session: Session,
    house: IntakeHouse,
    report: Reached,
    part_id: UUID,
    name: str,
    text: str,
    turn: TurnOfLookup,
    now: datetime,
) -> str:
    done, act = _ACTS[name]
    if done and dialogue.has_part(session, part_id):
        return done
    if dialogue.count_parts(session, report.id) >= MOST_PARTS:
        return "slow"
    told = act(session, report, text, now)
    if told.answers:
        key = house.keys().month(local_day(now))
        part = Part(0, now, turn.channel, turn.language, told.answers, turn.third_parties)
        sealed = seal(key.raw, part.dump())
        dialogue.add_part(session, part_id=part_id, report_id=report.id, key_id=key.id, sealed=sealed)
        lay_apart(session, report.id, house.keys(), local_day(now), turn.uncertain)
        if "answer" not in told.answers:  # an answer is listed at the desk by its question
            dialogue.note_news(session, report.id)
    return told.case


def _add(session: Session, report: Reached, text: str, now: datetime) -> _Told:
    return _CLOSED if _is_over(report) else _Told("added", {"addition": text})


def _correct(session: Session, report: Reached, text: str, now: datetime) -> _Told:
    return _CLOSED if _is_over(report) else _Told("added", {"correction": text})


def _withdraw(session: Session, report: Reached, text: str, now: datetime) -> _Told:
    """Saying so again gets the same honest answer and changes nothing."""
    if report.is_withdrawn:
        return _Told("withdrawn" if report.status is Status.REJECTED else "passed_on", {})
    if report.status in OVER:
        return _CLOSED
    at_desk = report.status in OPEN_AT_DESK
    dialogue.withdraw(session, report.id, reject_as=WITHDRAWN.code if at_desk else None)
    return _Told("withdrawn" if at_desk else "passed_on", {"withdrawn": "yes"})


def _answer(session: Session, report: Reached, text: str, now: datetime) -> _Told:
    waiting = dialogue.waiting_questions(session, report.id)
    if _is_over(report) or not waiting:
        return _CLOSED
    dialogue.mark_answered(session, waiting[0].id, week_of(now))
    return _Told("answered", {"answer": text, "question": str(waiting[0].id)})


_ACTS: Mapping[str, tuple[str, _Act]] = {
    "add_to_report": ("added", _add),
    "correct_report": ("added", _correct),
    "withdraw_report": ("", _withdraw),
    "answer_question": ("answered", _answer),
}
"""Lookup → what a repeat is answered where its part is there (a withdrawal sees that in the report), and the act."""


def _is_over(report: Reached) -> bool:
    return report.is_withdrawn or report.status in OVER


def _name_part(mark: bytes, name: str, text: str) -> UUID:
    return UUID(bytes=derive(mark, b"part of a report", name.encode(), text.encode())[:16], version=4)

"""A reporter's answer at the desk: read it, and let the partner that asked have it, or keep it back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from hotline.anonymity.keyring import DeskKeys
from hotline.anonymity.scrub import scrub
from hotline.anonymity.seal import seal
from hotline.anonymity.spans import settle
from hotline.domain.content import Part
from hotline.domain.dayparts import local_day
from hotline.domain.errors import BadInput, NotAllowed
from hotline.domain.lifecycle import QuestionStatus, Stage
from hotline.domain.report import Priority
from hotline.domain.versions import dump_version, partner_answer
from hotline.services.desk_opened import current_content, fill_parts, open_parts
from hotline.services.guard import check_words, coarsen_answer, note_given
from hotline.services.house import DeskHouse
from hotline.services.judging import check_judged
from hotline.services.release import Delay, hour_of, make_delivery
from hotline.storage import audit, questions, reports
from hotline.storage.session import transaction
from hotline.storage.tables import Question, Recipient, Report

LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Asked:
    """A question on the report's page; `answer` is what the reporter said, "" while nothing was."""

    id: UUID
    partner: str
    text: str
    status: QuestionStatus
    answer: str


def open_questions(
    keys: DeskKeys, names: Mapping[UUID, str], asked: Mapping[UUID, Sequence[Question]], parts: Iterable[Part]
) -> tuple[Asked, ...]:
    """Every question about a report, by partner and the oldest first; `names` are the partners', by recipient."""
    answers = {part.answers.get("question"): part.answers.get("answer", "") for part in parts if part.is_later}
    return tuple(
        Asked(
            id=one.id,
            partner=name,
            text=keys.read(one.key_id, one.sealed),
            status=QuestionStatus(one.status),
            answer=answers.get(str(one.id), ""),
        )
        for recipient_id, name in names.items()
        for one in asked.get(recipient_id, ())
    )


def pass_answer(
    house: DeskHouse, question_id: UUID, *, operator: str, text: str | None, now: datetime, delay: Delay
) -> UUID:
    """Let the partner have the answer, as it was or as the operator wrote it, after `delay`; gives the report's id.

    NotAllowed when somebody decided already, the partner handed the report back, or all partners together would know too
    much; BadInput for words that the guard keeps locked.
    """
    with transaction(house.engine) as session:
        question, report, recipient = _locked(session, question_id)
        partner = next((one for one in house.partners if one.key == recipient.partner), None)
        if partner is None or recipient.stage == Stage.RETURNED:
            raise NotAllowed("the partner that asked has nothing to do with the report any more")
        keys = house.keys()
        parts = open_parts(keys, reports.parts_of(session, [report.id]).get(report.id, []))
        content = current_content(keys, report, parts)
        part = _find_answer(fill_parts(parts, content.judged), question_id)
        told = part.answers["answer"] if part else ""
        cleaned = scrub(text.strip() if text else told, allowed=content.judged.values(), gazetteer=house.gazetteer)
        content = check_judged(session, report.id, content)
        if not cleaned.text or len(cleaned.text) > LONGEST:
            raise BadInput({"text": f"Schrijf het antwoord op, in hooguit {LONGEST} tekens."})
        check_words(cleaned.text)
        words, grain = coarsen_answer(report, content, settle(cleaned.text))
        third = tuple(dict.fromkeys([*(part.third_parties if part else ()), *cleaned.sealed]))
        version = partner_answer(
            recipient_id=str(recipient.id),
            question_id=str(question.id),
            words=words,
            third_parties=third,
            content=content,
            partner=partner,
            grain=grain,
        )
        question.answer_at = now + delay(Priority(report.priority))
        plain = dump_version({**version, "time": hour_of(question.answer_at)})
        note_given(report, content, [plain])
        key = keys.month(local_day(now))
        question.answer_key_id, question.answer = key.id, seal(key.raw, plain)
        question.status = QuestionStatus.PASSED_ON.value
        session.add(make_delivery(recipient, partner, plain, keys, kind="answer", due_at=question.answer_at))
        changed = ["text"] if cleaned.text != told else []
        audit.record(session, actor=operator, act="pass_answer", now=now, report_id=report.id, fields=changed)
    house.bell.ring("deliver")
    return report.id


def withhold_answer(house: DeskHouse, question_id: UUID, *, operator: str, now: datetime, delay: Delay) -> UUID:
    """Keep the answer back; the partner learns, as late as it would have had it, that there is none to have."""
    with transaction(house.engine) as session:
        question, report, _ = _locked(session, question_id)
        question.status, question.answer_at = QuestionStatus.WITHHELD.value, now + delay(Priority(report.priority))
        audit.record(session, actor=operator, act="withhold_answer", now=now, report_id=report.id)
        return report.id


def _find_answer(parts: Iterable[Part], question_id: UUID) -> Part | None:
    return next((part for part in parts if part.answers.get("question") == str(question_id)), None)


def _locked(session: Session, question_id: UUID) -> tuple[Question, Report, Recipient]:
    question, report = questions.locked(session, question_id)
    if question.status != QuestionStatus.ANSWERED:
        raise NotAllowed("there is no answer that waits for a decision")
    return question, report, session.get_one(Recipient, question.recipient_id, populate_existing=True)

"""How far a question is, as its partner may know it, and what it does to the partner's clock."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

from hotline.domain.lifecycle import QuestionStatus
from hotline.domain.promise import LONGEST_PAUSE, lengthen
from hotline.storage.tables import Question, Recipient

SeenAs = Literal["draft", "refused", "asked", "answered", "withheld"]


def seen_as(question: Question, now: datetime) -> SeenAs:
    """How the partner sees its question: that the reporter reacted shows at `answer_at` and not a moment before."""
    match QuestionStatus(question.status):
        case QuestionStatus.DRAFT:
            return "draft"
        case QuestionStatus.REFUSED:
            return "refused"
        case QuestionStatus.PASSED_ON if _is_past(question.answer_at, now):
            return "answered"
        case QuestionStatus.WITHHELD if _is_past(question.answer_at, now):
            return "withheld"
        case _:
            return "asked"


def respond_by(recipient: Recipient, asked: Iterable[Question], now: datetime) -> datetime:
    """By when the partner must answer: its term, longer by the time for which its questions waited for the reporter."""
    return lengthen(recipient.respond_by, [pause for one in asked if (pause := _pause_of(one, now))])


def is_paused(asked: Iterable[Question], now: datetime) -> bool:
    """Whether the partner's clock stands still now, as the partner may know it."""
    return any(
        one.asked_at is not None and seen_as(one, now) == "asked" and now < one.asked_at + LONGEST_PAUSE
        for one in asked
    )


def _pause_of(question: Question, now: datetime) -> tuple[datetime, datetime] | None:
    if question.asked_at is None or question.status == QuestionStatus.REFUSED:
        return None
    return question.asked_at, min(question.answer_at or now, now)


def _is_past(moment: datetime | None, now: datetime) -> bool:
    return moment is not None and moment <= now

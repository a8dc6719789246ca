"""Compares what an operator typed with what a colleague stored meanwhile, field by field."""

from __future__ import annotations

from dataclasses import dataclass

from hotline.domain.content import Content
from hotline.domain.report import Priority
from hotline.services.desk_draft import Draft
from hotline.web.desk.words import PRIORITIES, say_answer, say_question


@dataclass(frozen=True, slots=True)
class Difference:
    """One field with two values; `shown_*` is how the page says them."""

    name: str
    label: str
    mine: str
    theirs: str
    shown_mine: str
    shown_theirs: str


def compare(draft: Draft, current: Content, priority: Priority) -> tuple[Difference, ...]:
    """The fields that differ, the text last."""
    found = [
        Difference(name, say_question(name), mine, theirs, say_answer(name, mine), say_answer(name, theirs))
        for name, mine in draft.answers.items()
        if mine != (theirs := current.answers.get(name, ""))
    ]
    if draft.priority is not None and draft.priority is not priority:
        mine, theirs = draft.priority.value, priority.value
        found.append(Difference("priority", "Urgentie", mine, theirs, PRIORITIES[mine], PRIORITIES[theirs]))
    if draft.text != current.text:
        found.append(Difference("text", "Tekst", draft.text, current.text, draft.text, current.text))
    return tuple(found)

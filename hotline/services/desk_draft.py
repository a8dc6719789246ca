"""What an operator typed becomes what may be stored: scrubbed, and caught up with what was told meanwhile."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from hotline.anonymity.scrub import Uncertain, scrub
from hotline.anonymity.spans import draw_mark
from hotline.domain.content import Content, Part, ThirdParty, merge
from hotline.domain.report import Priority
from hotline.services.desk_opened import last_turn
from hotline.understanding.places import Gazetteer

TYPED = ("place", "neighbourhood")
"""Answers that an operator types freely; the others are chosen from lists."""

REPLACED = frozenset({"what", "more"})
"""Answers that the desk's text replaces: what the operator took out of the text must not leave beside it."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A form as it was sent.

    `answers` holds the form's fields alone, empty where nothing was filled in. `kept` are the third parties that the
    operator left ticked. `area` is the neighbourhood when it is one of the list: only then may it stand in clear.
    `seen` is the last turn that the page showed when it was opened, `shown` the priority.
    """

    answers: Mapping[str, str] = field(default_factory=dict)
    text: str = ""
    kept: tuple[ThirdParty, ...] = ()
    priority: Priority | None = None
    shown: Priority | None = None
    area: str | None = None
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A draft that may be stored; `removed` counts, by kind, what was taken out and `sealed` what was laid apart.

    `uncertain` are words of the operator's that a person must judge as well.
    """

    content: Content
    removed: Mapping[str, int]
    sealed: Mapping[str, int]
    uncertain: tuple[Uncertain, ...] = ()


def clean(draft: Draft, current: Content, parts: Sequence[Part], gazetteer: Gazetteer | None = None) -> Cleaned:
    """Scrub the draft and join it with what the form does not show and what was told after the page was opened."""
    draft = _catch_up(draft, parts)
    removed: Counter[str] = Counter()
    sealed: list[ThirdParty] = []
    doubtful: list[Uncertain] = []

    def scrubbed(words: str) -> str:
        result = scrub(words, mark=draw_mark(), allowed=current.judged.values(), gazetteer=gazetteer)
        removed.update(result.removed)
        sealed.extend(result.sealed)
        doubtful.extend(result.uncertain)
        return result.text

    typed = {name: scrubbed(draft.answers[name]) for name in TYPED if draft.answers.get(name)}
    text = scrubbed(draft.text)
    answers = {**current.answers, **draft.answers, **typed}
    answers = {name: value for name, value in answers.items() if value and name not in REPLACED}
    known = {*current.third_parties, *merge(parts).third_parties}
    kept = [one for one in draft.kept if one in known]
    third = tuple(dict.fromkeys([*kept, *_told_after(draft, parts).third_parties, *sealed]))
    seen = current.seen if draft.seen is None else last_turn(parts)
    content = Content(answers, third, text, seen, current.judged)
    return Cleaned(content, dict(removed), dict(Counter(one.kind for one in sealed)), tuple(doubtful))


def choose_priority(draft: Draft, stored: Priority, parts: Sequence[Part]) -> Priority:
    """What the operator chose; where nothing was chosen and more was told since, the more urgent of the two."""
    if draft.priority is None:
        return stored
    untouched = draft.priority is draft.shown
    told_since = draft.seen is not None and any(part.turn > draft.seen for part in parts)
    return min(draft.priority, stored) if untouched and told_since else draft.priority


def changed_fields(before: Content, after: Content) -> list[str]:
    """The names of what differs; never a value."""
    names = {*before.answers, *after.answers} - REPLACED
    fields = [name for name in names if before.answers.get(name) != after.answers.get(name)]
    fields += ["text"] * (before.text != after.text)
    fields += ["third_parties"] * (before.third_parties != after.third_parties)
    return sorted(fields)


def _told_after(draft: Draft, parts: Sequence[Part]) -> Content:
    return merge(part for part in parts if draft.seen is not None and part.turn > draft.seen)


def _catch_up(draft: Draft, parts: Sequence[Part]) -> Draft:
    """A field that still says what was told, or nothing, takes what was told after the page was opened."""
    late = _told_after(draft, parts)
    if not late.answers and not late.text:
        return draft
    told = merge(part for part in parts if draft.seen is None or part.turn <= draft.seen)
    answers = dict(draft.answers)
    for name, value in late.answers.items():
        if name in answers and answers[name] in ("", told.answers.get(name, "")):
            answers[name] = value
    text = draft.text
    if late.text and late.text not in text:
        text = merge(parts).text if text == told.text else f"{text}\n{late.text}".strip()
    return replace(draft, answers=answers, text=text)

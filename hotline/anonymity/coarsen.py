"""Coarsening by table: how fine a text is, the least coarse step that the rule allows, and what all partners know together.

The table and its counts are in `hotline.domain.grain`. We have no households per street, so each step counts with a
round figure of our own; reports are not counted either, because ten reports can be one neighbour's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import reduce
from typing import Any

from hotline.anonymity.clues import apply_reasons, begin_as, tidy
from hotline.anonymity.exact_times import Exact, find_dates, find_minutes
from hotline.anonymity.single_source import Score, judge
from hotline.domain.content import Content
from hotline.domain.grain import (
    COARSEST,
    Grain,
    When,
    Where,
    block_of,
    choose_grain,
    coarsen_place,
    households,
    is_enough,
)
from hotline.understanding.streets import find_streets
from hotline.understanding.utterance import Utterance

_NUMBER_AFTER = re.compile(
    r"[\s,]{1,3}(?:(?:huis)?(?:nummer|nr\.?|number|hausnummer|numero|no\.?)\s)?\d{1,4}(?:-\d{1,4}|\s?-?\s?(?:[a-z]|bis|hs|rd))?\b",
    re.IGNORECASE,
)
_RANGE_AFTER = re.compile(r"[\s,]{1,3}(?:(?:nummers?|nr\.?)\s)?\d{1,4}-\d{1,4}\b", re.IGNORECASE)
_LOOSE_NUMBER = re.compile(
    r"\b(?P<before>(?:op |at |au |auf )?(?:(?:huis)?(?:nummers?|nr\.?)|house number|hausnummer|numero) ?)"
    r"(?P<number>\d{1,4})(?P<range>-\d{1,4})?(?:\s?[a-z])?\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Step:
    """One change that makes a report coarser: a line of the difference that the operator sees."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Rule:
    """How many households must be left that could have told it, beside all that is known."""

    wanted: int
    known: tuple[Grain, ...] = ()

    def choose(self, finest: Grain) -> Grain | None:
        """The least coarse grain from `finest` on beside all that is `known`; None where nothing is coarse enough."""
        return choose_grain(finest, self.wanted, known=self.known)

    def join(self, grain: Grain) -> Grain:
        """How fine all is known once something this fine is given out."""
        return reduce(Grain.joined_with, self.known, grain)

    def holds(self, grain: Grain) -> bool:
        """Whether something this fine may be given out beside all that is `known`."""
        return is_enough(self.join(grain), self.wanted)


def rule_of(content: Content, score: Score, *, known: Iterable[Grain] = ()) -> Rule:
    """The rule for a report; `known` is how fine the versions are that partners have already.

    Seen from inside by its own words or by what was told before, it stays so: who has both puts them together.
    """
    guessed = content.answers.get("guess") == "yes"
    return Rule(
        households(content.answers.get("category"), may_be_guessed=guessed),
        known=(*known, replace(COARSEST, is_inside=score.is_inside)),
    )


def fineness_of(text: str) -> Grain:
    """How fine a text tells where and when; a text without either is as coarse as can be."""
    minutes = list(find_minutes(text))
    for one in minutes:  # "straat, tien over negen" is no number 10
        text = f"{text[: one.start]}!{' ' * (one.end - one.start - 1)}{text[one.end :]}"
    utterance = Utterance(text)
    where = Where.NEIGHBOURHOOD
    for loose in _LOOSE_NUMBER.finditer(text):
        where = min(where, Where.BLOCK if loose["range"] else Where.ADDRESS)
    for street in find_streets(utterance):
        in_a_block = _RANGE_AFTER.match(text, utterance.spans[street.end - 1][1]) or (where is Where.BLOCK)
        told = Where.BLOCK if in_a_block else Where.ADDRESS
        where = min(where, told if street.number else Where.STREET)
    if minutes:
        return Grain(where, When.MINUTE)
    return Grain(where, When.PART if any(True for _ in find_dates(text)) else When.PATTERN)


def fineness_of_place(place: str) -> Where:
    """How fine a place is: with a number an address or a block, else a street or a spot of its kind."""
    if not place.strip():
        return Where.NEIGHBOURHOOD
    if coarsen_place(place, Where.STREET) == place.strip():
        return Where.STREET
    return Where.BLOCK if coarsen_place(place, Where.BLOCK) == place.strip() else Where.ADDRESS


def fineness_of_content(content: Content) -> Grain:
    """How fine a report is before anything is made coarser: its text, its place, and the day that a version names."""
    told = Grain(fineness_of_place(content.answers.get("place", "")), When.PART)
    return fineness_of(content.text).joined_with(told)


def union_of(versions: Iterable[Mapping[str, Any]]) -> Grain:
    """What whoever holds all these versions and answers knows together: of each respect the finest."""
    union = COARSEST
    for version in versions:
        union = union.joined_with(fineness_of(version.get("text", "")))
        union = union.joined_with(fineness_of(version.get("answer", "")))
        place = version.get("place", {}).get("exact", "")
        has_day = "day" in version.get("period", {})
        union = union.joined_with(Grain(fineness_of_place(place), When.PART if has_day else When.PATTERN))
    return union


def coarsen_text(text: str, grain: Grain, *, part: str | None = None) -> str:
    """The text told no finer than `grain`, as far as it is written in digits; what is coarse enough stays as it was.

    `part` is the part of day that stands for a minute where the hour alone does not tell it.
    """
    exact: list[Exact] = []
    if grain.when > When.MINUTE:
        exact += find_minutes(text, part)
    if grain.when > When.PART:
        exact += find_dates(text)
    changes = [(one.start, one.end, begin_as(one.instead, text[one.start :]) or "") for one in exact]
    changes += _coarsen_streets(text, grain.where)
    at, pieces = 0, []
    for start, end, instead in sorted(changes):
        if start >= at:
            pieces += [text[at:start], instead]
            at = end
    return tidy("".join([*pieces, text[at:]])) if pieces else text


def coarsen_content(content: Content, grain: Grain) -> Content:
    """The report as every version of it may be at most: its text and its place told no finer than `grain`."""
    told = content.answers.get("place", "")
    place = coarsen_place(told, grain.where)
    answers = {name: value for name, value in content.answers.items() if name != "place" or not told}
    if place:
        answers = {**content.answers, "place": place}
    part = content.answers.get("part_of_day")
    return replace(content, answers=answers, text=coarsen_text(content.text, grain, part=part))


def propose(content: Content, *, told: str = "", known: Iterable[Grain] = ()) -> tuple[Content, tuple[Step, ...]]:
    """The least coarse report that keeps enough households, and what changes for it, field by field.

    First every word that gives the reporter away says `instead` what more people could say; then place and time are made
    as coarse as the rule asks.
    """
    score = judge(content.text, content.answers, told=told)
    reworded = replace(content, text=apply_reasons(content.text, score.reasons))
    grain = rule_of(content, score, known=known).choose(fineness_of_content(reworded)) or COARSEST
    proposed = coarsen_content(reworded, grain)
    steps = []
    for field, before, after in (
        ("place", content.answers.get("place", ""), proposed.answers.get("place", "")),
        ("text", content.text, proposed.text),
    ):
        if before != after:
            steps.append(Step(field, before, after))
    return proposed, tuple(steps)


def _coarsen_streets(text: str, where: Where) -> list[tuple[int, int, str]]:
    if where is Where.ADDRESS:
        return []
    utterance = Utterance(text)
    changes = []
    for street in find_streets(utterance):
        start, end = utterance.spans[street.start][0], utterance.spans[street.end - 1][1]
        after = _find_number(utterance, street.end, end)
        if where is Where.NEIGHBOURHOOD:
            changes.append((start, max(end, after), "[plaats]"))
        elif after:
            said = utterance.numbers.get(street.end)
            number = f"x {said[0]}" if said and text[end:after].strip().isalpha() else f"x{text[end:after]}"
            changes.append((end, after, coarsen_place(number, where)[1:]))
    for loose in _LOOSE_NUMBER.finditer(text):
        instead = f"{loose['before']}{block_of(int(loose['number']))}" if where is Where.BLOCK else ""
        changes.append(
            (loose.start() - (not instead and text[loose.start() - 1 : loose.start()] == " "), loose.end(), instead)
        )
    return changes


def _find_number(utterance: Utterance, word: int, at: int) -> int:
    """Where the house number ends that stands at once after a street, in digits or in words; 0 where none does."""
    written = _NUMBER_AFTER.match(utterance.text, at)
    if written:
        return written.end()
    said = utterance.numbers.get(word)
    return utterance.spans[said[1] - 1][1] if said and not utterance.words[word].isdigit() else 0

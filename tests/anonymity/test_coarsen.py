"""Texts become as coarse as the rule asks, no coarser, and what all partners know together is measured."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.anonymity.coarsen import (
    coarsen_content,
    coarsen_text,
    fineness_of,
    fineness_of_content,
    propose,
    rule_of,
    union_of,
)
from hotline.anonymity.single_source import judge
from hotline.domain.content import Content
from hotline.domain.grain import COARSEST, Grain, When, Where

EXACT = (
    "Bij Proefmolenstraat 12 stopt om 03:47 een auto.",
    "Op de Denkbeeldweg nummer 7 wordt om kwart voor vier gedeald.",
    "Nummer 14 in de Testkapelstraat, at ten past nine.",
    "Er wordt gedeald op nummer 9, um 23:12 Uhr.",
    "Bij Proefmolenstraat twaalf, à 23h12.",
)
AUTO = (
    "Bij de kiosk op de Markt, elke avond.",
    "Plein 1992",
    "Drie jongens, 20:00 tot 22:30 uur, 3.50 euro per zakje.",
)
grains = st.builds(Grain, st.sampled_from(list(Where)), st.sampled_from(list(When)))
texts = st.lists(st.sampled_from([*EXACT, *AUTO, "op 23 november 2026", "[naam]", "..."]), max_size=4).map("\n".join)


@pytest.mark.parametrize("text", EXACT)
def test_a_number_and_a_minute_are_the_finest(text: str) -> None:
    assert fineness_of(text) == Grain(Where.ADDRESS, When.MINUTE)


@pytest.mark.parametrize("text", AUTO)
def test_what_is_coarse_already_stays_as_it_was(text: str) -> None:
    assert coarsen_text(text, Grain(Where.STREET, When.PART)) == text


@given(texts, grains, st.sampled_from(["night", "evening", None]))
def test_a_text_is_never_finer_than_its_grain_and_coarsening_twice_is_coarsening_once(
    text: str, grain: Grain, part: str | None
) -> None:
    coarse = coarsen_text(text, grain, part=part)
    assert fineness_of(coarse).coarsened_to(grain) == fineness_of(coarse)
    assert coarsen_text(coarse, grain, part=part) == coarse


@given(st.text(max_size=200), grains)
def test_any_text_can_be_coarsened(text: str, grain: Grain) -> None:
    coarsen_text(text, grain)
    fineness_of(text)


def test_steps_say_it_in_the_text_s_own_way() -> None:
    told = [coarsen_text(EXACT[0], Grain(where, When.PART)) for where in Where]
    assert told == [
        "Bij Proefmolenstraat 12 stopt in de nacht een auto.",
        "Bij Proefmolenstraat 11-20 stopt in de nacht een auto.",
        "Bij Proefmolenstraat stopt in de nacht een auto.",
        "Bij [plaats] stopt in de nacht een auto.",
    ]
    assert coarsen_text("Op 23 november 2026.", COARSEST) == "Op een dag."


def test_the_least_coarse_step_is_proposed_as_a_difference() -> None:
    content = Content(
        {"category": "premises", "place": "Proefmolenstraat 12"},
        text="Ik zie vanuit mijn raam dat er om 03:47 wordt gedeald op Proefmolenstraat 12.",
    )
    proposed, steps = propose(content)
    assert [(one.field, one.after) for one in steps] == [
        ("place", "Proefmolenstraat 11-20"),
        ("text", "Gezien is dat er in de nacht wordt gedeald op Proefmolenstraat 11-20."),
    ]
    assert not judge(proposed.text, proposed.answers).is_locked
    assert propose(proposed) == (proposed, ())
    assert propose(Content({"category": "dealing", "place": "Denkbeeldweg 3"}, text="Er wordt gedeald."))[1] == ()


@given(texts, st.sampled_from(["dealing", "premises", "other", ""]), st.sampled_from(["yes", "no"]), st.booleans())
def test_what_is_proposed_keeps_the_rule(text: str, category: str, guess: str, inside: bool) -> None:
    place = "Proefmolenstraat 12" if inside else ""
    content = Content({"category": category, "guess": guess, "place": place}, text=text + " in ons portiek" * inside)
    proposed, steps = propose(content)
    rule = rule_of(proposed, judge(proposed.text, proposed.answers))
    assert (steps == ()) == (proposed == content)
    grain = rule.choose(fineness_of_content(proposed))
    assert grain is not None and coarsen_content(proposed, grain) == proposed


def test_the_union_of_versions_is_as_fine_as_the_finest_of_each() -> None:
    police = {"place": {"exact": "Proefmolenstraat 12"}, "period": {"days": "weekdays"}, "text": "Er wordt gedeald."}
    city = {"place": {"neighbourhood": "Limmel"}, "period": {"day": "2026-11-23"}, "text": "Er wordt gedeald."}
    answer = {"questionId": "x", "answer": "Om 03:47."}
    assert union_of([police]) == Grain(Where.ADDRESS, When.PATTERN)
    assert union_of([city]) == Grain(Where.NEIGHBOURHOOD, When.PART)
    assert union_of([police, city]) == Grain(Where.ADDRESS, When.PART)
    assert union_of([police, city, answer]) == Grain(Where.ADDRESS, When.MINUTE)
    assert union_of([]) == COARSEST
    rule = rule_of(Content({"category": "threat", "guess": "yes"}), judge(""))
    assert rule.holds(union_of([police])) and rule.holds(union_of([city]))
    assert not rule.holds(union_of([police, city]))

"""How fine a place and a time may be: monotone, never finer than the rule, and checked on all that was given out."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.domain.grain import (
    COARSEST,
    FINEST,
    INSIDE,
    PEOPLE,
    Grain,
    When,
    Where,
    block_of,
    choose_grain,
    coarsen_place,
    households,
    is_enough,
    people,
)
from hotline.domain.report import Category

ALL = [Grain(where, when, inside) for where, when, inside in product(Where, When, (False, True))]
grains = st.sampled_from(ALL)


@given(grains, grains, st.booleans())
def test_what_is_coarser_could_have_been_told_by_more(one: Grain, other: Grain, is_inside: bool) -> None:
    one, other = replace(one, is_inside=is_inside), replace(other, is_inside=is_inside)
    coarser = one.coarsened_to(other)
    assert Grain.load(one.dump()) == one
    assert people(coarser) >= people(one)
    assert people(replace(one, is_inside=True)) <= people(replace(one, is_inside=False))


@given(grains, grains, grains)
def test_what_was_seen_from_inside_stays_so_in_any_order(one: Grain, other: Grain, third: Grain) -> None:
    assert one.joined_with(other) == other.joined_with(one)
    assert one.joined_with(other).joined_with(third) == one.joined_with(other.joined_with(third))
    assert people(one.joined_with(other)) <= min(people(one), people(other))


@given(grains, st.integers(1, 160), st.lists(grains, max_size=3))
def test_the_grain_that_is_chosen_leaves_enough_beside_all_that_was_told_before(
    finest: Grain, wanted: int, known: list[Grain]
) -> None:
    grain = choose_grain(finest, wanted, known=known)
    if grain is None:
        assert not is_enough(_join([replace(COARSEST, is_inside=finest.is_inside), *known]), wanted)
        return
    assert grain == grain.coarsened_to(finest)
    assert is_enough(_join([grain, *known]), wanted)
    finer = [
        one for one in ALL if one != grain and one.coarsened_to(finest) == one and grain.coarsened_to(one) == grain
    ]
    assert not any(is_enough(_join([one, *known]), wanted) for one in finer)


def _join(grains: list[Grain]) -> Grain:
    found = grains[0]
    for one in grains[1:]:
        found = found.joined_with(one)
    return found


def test_two_versions_that_are_each_coarse_enough_can_be_too_fine_together() -> None:
    place, time = Grain(Where.ADDRESS, When.PATTERN), Grain(Where.NEIGHBOURHOOD, When.MINUTE)
    assert is_enough(place, 40) and is_enough(time, 40)
    assert not is_enough(place.joined_with(time), 40)
    assert choose_grain(place, 40, known=[time]) == COARSEST.joined_with(Grain(Where.NEIGHBOURHOOD, When.PATTERN))
    assert choose_grain(place, 40, known=[FINEST]) is None


@pytest.mark.parametrize("category", [*Category, None])
def test_every_category_can_be_forwarded_from_outside_and_from_inside(category: str | None) -> None:
    for guessed, is_inside in product((False, True), repeat=2):
        wanted = households(category, may_be_guessed=guessed)
        assert choose_grain(replace(FINEST, is_inside=is_inside), wanted) is not None


def test_seen_from_inside_an_address_becomes_a_block_and_a_minute_a_part_of_day() -> None:
    wanted = households("premises")
    assert choose_grain(FINEST, wanted) == Grain(Where.ADDRESS, When.PART)
    assert choose_grain(replace(FINEST, is_inside=True), wanted) == Grain(Where.BLOCK, When.PART, is_inside=True)
    assert all(INSIDE[where] <= PEOPLE[where] for where in Where)


@pytest.mark.parametrize(
    ("place", "block", "street"),
    [
        ("Proefmolenstraat 12", "Proefmolenstraat 11-20", "Proefmolenstraat"),
        ("Proefmolenstraat 10-b", "Proefmolenstraat 1-10", "Proefmolenstraat"),
        ("Denkbeeldweg 21 bis, bij de kiosk", "Denkbeeldweg 21-30, bij de kiosk", "Denkbeeldweg, bij de kiosk"),
        ("Verzonnenhof, 3 A", "Verzonnenhof 1-10", "Verzonnenhof"),
        ("Plein 1992", "Plein 1992", "Plein 1992"),
        ("Markt bij de kiosk", "Markt bij de kiosk", "Markt bij de kiosk"),
        ("Verzonnenhof 2e verdieping", "Verzonnenhof 2e verdieping", "Verzonnenhof 2e verdieping"),
    ],
)
def test_a_place_is_told_as_a_block_or_a_street(place: str, block: str, street: str) -> None:
    told = [coarsen_place(place, where) for where in Where]
    assert told == [place, block, street, ""]


@given(st.integers(0, 9999))
def test_a_block_holds_its_house(number: int) -> None:
    first, last = map(int, block_of(number).split("-"))
    assert last - first == 9 and first <= max(number, 1) <= last


@given(st.text(max_size=80), st.sampled_from(list(Where)))
def test_any_place_can_be_coarsened_and_once_is_enough(place: str, where: Where) -> None:
    told = coarsen_place(place, where)
    assert coarsen_place(told, where) == told

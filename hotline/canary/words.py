"""Draws words that nobody ever said: some that look like names, and some that look like what happens in a street."""

from __future__ import annotations

import secrets

_COLOURS = (
    "paarse roestige gestreepte beige turkooizen olijfgroene geruite lichtblauwe gevlekte zilverachtige"
    " koperkleurige zalmroze gebloemde ivoorwitte okergele"
)
_FIRST = (
    "eekhoorn kurken gieter pannenkoek wasknijper schommel paraplu theelepel accordeon pinda kikker sneeuwbol"
    " ballon kapstok bezem kaarsen emmer fornuis lampion puzzel sjaal trommel vlieger zeepbel"
)
_SECOND = "dozen rekken schaaltjes vlaggen matten borden kistjes linten manden zakjes potten hoezen blokken"
_SYLLABLES = ("kpvxzjqg", "aeiou")


def draw_name() -> str:
    """A name of ten letters that nobody bears."""
    first, second = _SYLLABLES
    return "".join(secrets.choice(first) + secrets.choice(second) for _ in range(5)).capitalize()


def draw_story() -> str:
    """Something to see in a street, in small ordinary letters: no scrubber has a reason to touch it.

    One of a million, such as "paarse eekhoornlinten met gieterdozen".
    """
    pick = secrets.choice
    things = [pick(_FIRST.split()) + pick(_SECOND.split()) for _ in range(2)]
    return f"{pick(_COLOURS.split())} {things[0]} met {things[1]}"


def draw_stories(count: int) -> tuple[str, ...]:
    """So many, all different."""
    found: set[str] = set()
    while len(found) < count:
        found.add(draw_story())
    return tuple(found)

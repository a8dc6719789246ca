"""Draws words that nobody ever said: some that look like names, and some that look like what happens in a street."""

from __future__ import annotations

import secrets

_COLOURS = (
    "paarse gestreepte beige olijfgroene geruite lichtblauwe gevlekte zilverachtige"
    " koperkleurige donkergroene oranje grijze bruine gouden glimmende"
)
_FIRST = (
    "eekhoorn kurken gieter pannenkoek wasknijper schommel paraplu theelepel accordeon theemuts kikker sneeuwbol"
    " kapstok handveger kaarsen melkemmer fornuis lampion puzzel halsdoek trommel vlieger zeepbel"
)
_SECOND = "koffers rekken schaaltjes vlaggen matten borden kistjes linten manden zakjes potten hoezen blokken"
_SYLLABLES = ("kpvxzjqg", "aeiou")


def draw_name() -> str:
    """A name of ten letters that nobody bears."""
    first, second = _SYLLABLES
    return "".join(secrets.choice(first) + secrets.choice(second) for _ in range(5)).capitalize()


def draw_story() -> str:
    """Something to see in a street, in small ordinary letters: no scrubber has a reason to touch it.

    One of a million, such as "paarse eekhoornlinten onder gieterdozen".
    """
    pick = secrets.choice
    things = [pick(_FIRST.split()) + pick(_SECOND.split()) for _ in range(2)]
    return f"{pick(_COLOURS.split())} {things[0]} onder {things[1]}"


def draw_stories(count: int) -> tuple[str, ...]:
    """So many, all different."""
    found: set[str] = set()
    while len(found) < count:
        found.add(draw_story())
    return tuple(found)

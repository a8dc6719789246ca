"""Draws words that nobody ever said: some that look like names, and some that look like what happens in a street."""

from __future__ import annotations

import secrets

COLOURS = (
    "paarse gestreepte beige lichtgroene geruite lichtblauwe gevlekte zilverachtige"
    " koperkleurige donkergroene oranje grijze bruine gouden glimmende"
)
BEGINNINGS = (
    "eekhoorn kurken gieter pannenkoek wasknijper schommel paraplu theelepel accordeon theemuts kikker sneeuwbol"
    " kapstok handveger kaarsen melkemmer fornuis lampion puzzel halsdoek trommel vlieger zeepbel"
)
ENDINGS = "dekens rekken schaaltjes vlaggen matten borden kistjes linten manden zakjes potten hoezen blokken"
"""What a story is made of (`draw_story`): colours, and the beginnings and ends of things."""

_SYLLABLES = ("kpvxzjqg", "aeiou")
_BETWEEN = " onder "


def draw_name() -> str:
    """A name of ten letters that nobody bears."""
    first, second = _SYLLABLES
    return "".join(secrets.choice(first) + secrets.choice(second) for _ in range(5)).capitalize()


def draw_story() -> str:
    """Something to see in a street, in small ordinary letters: no scrubber has a reason to touch it.

    One of a million, such as "paarse eekhoornlinten onder gieterdozen".
    """
    pick = secrets.choice
    things = [pick(BEGINNINGS.split()) + pick(ENDINGS.split()) for _ in range(2)]
    return f"{pick(COLOURS.split())} {_BETWEEN.join(things)}"


def halve(story: str) -> tuple[str, str]:
    """The two things of a story, each of which tells it from others."""
    first, second = story.split(_BETWEEN)
    return first, second


def draw_stories(count: int) -> tuple[str, ...]:
    """So many, all different."""
    found: set[str] = set()
    while len(found) < count:
        found.add(draw_story())
    return tuple(found)

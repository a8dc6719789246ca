"""The canary's stories: no scrubber has a reason to touch them, so that the search for them can tell what was lost."""

from __future__ import annotations

from itertools import cycle, product

import pytest

from hotline.anonymity.scrub import scrub
from hotline.canary.words import BEGINNINGS, COLOURS, ENDINGS, draw_story, halve


@pytest.mark.parametrize(
    "around",
    [
        "{}",
        "twee mannen met {}",
        "er staan jongens met {}",
        "elke avond {} bij auto AE-12-OU",
        "Zag u ook {}?",
        "Wij deden {}.",
        "mijn naam is Zoë Vegexikaze, {}",
        "mijn naam is Kavexojipu +31600001234, {}",
        "mijn naam is Zoë Vegexikaze, er staan jongens met {}, bij auto AE-12-OU",
    ],
)
def test_a_story_is_left_as_it_was_told(around: str) -> None:
    beginnings = cycle(BEGINNINGS.split())
    for colour, ending in product(COLOURS.split(), ENDINGS.split()):
        story = f"{colour} {next(beginnings)}{ending} onder {next(beginnings)}{ending}"
        assert story in scrub(around.format(story)).text


def test_each_half_of_a_story_is_a_thing_by_itself() -> None:
    story = draw_story()
    first, second = halve(story)
    assert f"{first} onder {second}" == story and min(len(first), len(second)) > 6

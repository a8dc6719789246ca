"""The canary's stories: no scrubber has a reason to touch them, so that the search for them can tell what was lost."""

from __future__ import annotations

import pytest

from hotline.anonymity.scrub import scrub
from hotline.canary.words import draw_stories


@pytest.mark.parametrize(
    "around",
    [
        "{}",
        "twee mannen met {}",
        "er staan jongens met {}",
        "elke avond {} bij auto AE-12-OU",
        "Zag u ook {}?",
        "Wij deden {}.",
    ],
)
def test_a_story_is_left_as_it_was_told(around: str) -> None:
    for story in draw_stories(100):
        assert story in scrub(around.format(story)).text

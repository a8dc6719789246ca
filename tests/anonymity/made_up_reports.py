"""Makes up months of reports for measuring: words, places and categories as unevenly spread as people's are."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from config.neighbourhoods import load_gazetteer
from hotline.domain.report import Category
from hotline.understanding.terms import COMMON, gather, read_words
from tests.understanding.test_samples import SAMPLES

ROOT = Path(__file__).parents[2]
PLACES = load_gazetteer()
ENTRIES = PLACES.entries
_STREETS_EACH = 12
_SOUNDS = [f"{first}{vowel}" for first in "bdghklmnprstvw" for vowel in "aeo"]
_ENDINGS = ("straat", "weg", "laan", "hof", "plein")


@dataclass(frozen=True)
class MadeUp:
    """A report: what stands in clear beside it, its words, and what it can be found by."""

    category: str
    area: str
    words: frozenset[str]
    terms: frozenset[str]


class Town:
    """A town in which people report; two towns of one seed are the same, whatever is drawn from them."""

    def __init__(self, seed: int = 1) -> None:
        dice = random.Random(seed)  # noqa: S311 - a measurement that can be repeated
        self.areas = [entry.name for entry in ENTRIES if entry.kind == "neighbourhood"]
        self.area_weights = [1 / (rank + 1) for rank in range(len(self.areas))]
        dice.shuffle(self.area_weights)
        self.streets = {area: [_name_street(dice) for _ in range(_STREETS_EACH)] for area in self.areas}
        self.words = _read_vocabulary()
        dice.shuffle(self.words)
        self.topics = {
            category.value: [dice.lognormvariate(0, 1.5) / (rank + 3) for rank in range(len(self.words))]
            for category in Category
        }

    def reports(self, count: int, seed: int) -> list[MadeUp]:
        """So many reports, of 6 to 40 words and a street."""
        dice = random.Random(seed)  # noqa: S311 - a measurement that can be repeated
        categories = list(self.topics)
        made = []
        for _ in range(count):
            category = dice.choices(categories, [1 / (rank + 1) for rank in range(len(categories))])[0]
            area = dice.choices(self.areas, self.area_weights)[0]
            street = dice.choices(self.streets[area], [1 / (rank + 1) for rank in range(_STREETS_EACH)])[0]
            words = dice.choices(self.words, self.topics[category], k=dice.randint(6, 40))
            made.append(tell(category, area, [street, *words]))
        return made

    def all_words(self) -> list[str]:
        """Every word that a report of this town can hold."""
        return [*self.words, *(street for streets in self.streets.values() for street in streets)]


def tell(category: str, area: str, words: Sequence[str]) -> MadeUp:
    """A report of these words, read as the desk reads one."""
    return MadeUp(category, area, frozenset(words), gather(read_words(", ".join(words), {"nl"}, PLACES)))


def _read_vocabulary() -> list[str]:
    """The Dutch words of the sample reports and of all that the line says."""
    samples = " ".join(text for language, text, _ in SAMPLES.values() if language == "nl")
    said = (ROOT / "ivr_flows/prompts/nl.yaml").read_text()
    return sorted({word for word in re.findall(r"[a-zà-ÿ]{3,}", f"{samples} {said}".lower())} - COMMON)


def _name_street(dice: random.Random) -> str:
    return "".join(dice.choices(_SOUNDS, k=dice.randint(3, 4))).capitalize() + dice.choice(_ENDINGS)

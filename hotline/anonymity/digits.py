"""Finds runs of digits in a text, written as figures or as words of four languages, split in any way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_WORDS = {
    "0": "nul zero oh null zéro",
    "1": "een één one eins un",
    "2": "twee two zwei zwo deux",
    "3": "drie three drei trois",
    "4": "vier four quatre",
    "5": "vijf five fünf fuenf funf cinq",
    "6": "zes six sechs",
    "7": "zeven zeuven seven sieben sept",
    "8": "acht eight huit",
    "9": "negen nine neun neuf",
}
_VALUE = {word: digit for digit, words in _WORDS.items() for word in words.split()}
_DIGIT = re.compile(r"\d|\b(?:" + "|".join(sorted(_VALUE, key=len, reverse=True)) + r")\b", re.IGNORECASE)
_GAP = re.compile(r"[\s.,\-/()_·]*")
_WIDEST_GAP = 6


@dataclass(frozen=True, slots=True)
class Run:
    """Digits that belong together, and where each stands in the text."""

    digits: str
    places: tuple[tuple[int, int], ...]

    def span(self, start: int, length: int) -> tuple[int, int]:
        """Where in the text these digits of the run stand."""
        return self.places[start][0], self.places[start + length - 1][1]


def find_runs(text: str) -> Iterator[Run]:
    """The runs of digits in `text`, from left to right; a run ends at anything but white space and separators."""
    digits: list[str] = []
    places: list[tuple[int, int]] = []
    for found in _DIGIT.finditer(text):
        start, end = found.span()
        if places:
            gap = text[places[-1][1] : start]
            if len(gap) > _WIDEST_GAP or not _GAP.fullmatch(gap):
                yield Run("".join(digits), tuple(places))
                digits, places = [], []
        word = found.group()
        digits.append(word if word.isdigit() else _VALUE[word.casefold()])
        places.append((start, end))
    if places:
        yield Run("".join(digits), tuple(places))

"""Words made comparable: case, accents and punctuation folded, spoken digits read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from ivr_flows.model import Language

_NOT_WORD = re.compile(r"[^a-z0-9]+")
_DIGIT_WORDS: dict[Language, tuple[str, ...]] = {
    "nl": ("nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen"),
    "en": ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
    "de": ("null", "eins", "zwei", "drei", "vier", "funf", "sechs", "sieben", "acht", "neun"),
    "fr": ("zero", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf"),
}


@lru_cache(maxsize=1)
def _digit_table() -> dict[Language, dict[str, str]]:
    return {
        language: {word: str(value) for value, word in enumerate(words)}
        | {str(value): str(value) for value in range(10)}
        for language, words in _DIGIT_WORDS.items()
    }


def fold(text: str) -> str:
    """Lower case, no accents, single spaces between words of letters and digits."""
    plain = unicodedata.normalize("NFKD", text.lower())
    kept = plain if plain.isascii() else "".join(one for one in plain if not unicodedata.combining(one))
    return _NOT_WORD.sub(" ", kept).strip()


def read_digits(text: str, language: Language) -> str:
    """All digits in `text`, written or spoken one by one: `vier acht 2` is `482`."""
    table = _digit_table()[language]
    return "".join(table.get(word, word if word.isdigit() else "") for word in fold(text).split())


def only_digits(text: str, language: Language) -> str:
    """The digits of a text that holds nothing else, else an empty string."""
    table = _digit_table()[language]
    words = fold(text).split()
    if not all(word in table or word.isdigit() for word in words):
        return ""
    return "".join(table.get(word, word) for word in words)


def find_spans(folded: str, words: Iterable[str]) -> list[tuple[int, int]]:
    """Where any of the folded `words` stands in a folded text as whole words."""
    padded, spans = f" {folded} ", []
    for word in words:
        at = padded.find(f" {word} ")
        if at >= 0:
            spans.append((at, at + len(word)))
    return spans

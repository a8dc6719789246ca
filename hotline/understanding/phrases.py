"""Words and phrases of four languages, looked for in one pass over an utterance."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from hotline.understanding.folding import word_set
from hotline.understanding.utterance import STOPS, Utterance

Rows = Mapping[str, str]
Table = Mapping[str, Mapping[str, Rows]]
"""Fact, value and language lead to phrases between commas: `{"fire": {"yes": {"nl": "brand, vonk*"}}}`.

`*` at the end of a word stands for any ending, `_` for any one word. A phrase that begins with `!` counts only in talk
of its own language ("mes" is a knife in Dutch and "my" in French). A longer phrase hides a shorter one that it overlaps
and that says something about the same fact, so the value "" holds what means nothing ("licht brandt" hides "brandt").
"""

_STEM = 4
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


class Hit(NamedTuple):
    """A phrase that was found: words `start` up to `end` mean `value`."""

    value: str
    start: int
    end: int


class _Phrase(NamedTuple):
    words: tuple[str, ...]
    fact: str
    value: str
    only: str


Hits = Mapping[str, Sequence[Hit]]


class _Begin:
    """The phrases that begin with one word: of that word alone, by their second word, and those whose second may vary."""

    __slots__ = ("alone", "loose", "seconds")

    def __init__(self) -> None:
        self.alone: list[_Phrase] = []
        self.loose: list[_Phrase] = []
        self.seconds: dict[str, list[_Phrase]] = {}

    def add(self, phrase: _Phrase) -> None:
        if len(phrase.words) == 1:
            self.alone.append(phrase)
        elif phrase.words[1][-1] in "*_":
            self.loose.append(phrase)
        else:
            self.seconds.setdefault(phrase.words[1], []).append(phrase)


class Phrasebook:
    """Tables made ready to be looked up; the cost of a look-up hardly grows with them."""

    def __init__(self, *tables: Table) -> None:
        self._words: dict[str, _Begin] = {}
        self._stems: dict[str, list[_Phrase]] = {}
        for phrase in dict.fromkeys(_read(tables)):
            first = phrase.words[0]
            if not first.endswith("*"):
                self._words.setdefault(first, _Begin()).add(phrase)
            elif len(first) > _STEM:
                self._stems.setdefault(first[:_STEM], []).append(phrase)
            else:
                raise ValueError(f"the beginning {first} is too short to look up")

    def spot(self, words: Sequence[str], language: str) -> dict[str, list[Hit]]:
        """What stands in `words`, by fact, in order; `language` is that of the talk."""
        found: dict[str, list[Hit]] = {}
        following = [*words[1:], "."]
        for at, word in enumerate(words):
            begin, stems = self._words.get(word), self._stems.get(word[:_STEM])
            if begin is None and stems is None:
                continue
            phrases = list(stems or ())
            if begin is not None:
                phrases += begin.seconds.get(following[at], ())
                phrases += begin.loose
                if len(phrases) > 1:
                    phrases.sort(key=_length, reverse=True)
                phrases += begin.alone
            for phrase in phrases:
                if (phrase.only and phrase.only != language) or not _fits(phrase.words, words, at):
                    continue
                earlier = found.setdefault(phrase.fact, [])
                if not earlier or earlier[-1].end <= at:
                    earlier.append(Hit(phrase.value, at, at + len(phrase.words)))
        return found


def _length(phrase: _Phrase) -> int:
    return len(phrase.words)


def join_rows(*several: Rows) -> Rows:
    """One row a language, of what the rows hold together."""
    return {language: ", ".join(rows.get(language, "") for rows in several) for language in ("nl", "en", "de", "fr")}


def _fits(phrase: tuple[str, ...], words: Sequence[str], at: int) -> bool:
    if at + len(phrase) > len(words):
        return False
    for wanted, word in zip(phrase, words[at : at + len(phrase)], strict=True):
        if wanted == word:
            continue
        if wanted == "_" and word not in STOPS:
            continue
        if not (wanted[-1] == "*" and word.startswith(wanted[:-1])):
            return False
    return True


def _read(tables: Iterable[Table]) -> Iterable[_Phrase]:
    for table in tables:
        for fact, values in table.items():
            for value, rows in values.items():
                for language, row in rows.items():
                    for written in filter(None, map(str.strip, row.split(","))):
                        only = language if written.startswith("!") else ""
                        for spelling in {written, written.lower().translate(_UMLAUTS)}:
                            yield _Phrase(_cut(spelling.removeprefix("!")), fact, value, only)


def _cut(phrase: str) -> tuple[str, ...]:
    """The phrase in the words that an utterance is split into; `*` and `_` stay."""
    cut: list[str] = []
    for part in phrase.split():
        if part == "_":
            cut.append(part)
            continue
        words = Utterance(part).words
        cut += [*words[:-1], words[-1] + "*"] if part.endswith("*") else words
    return tuple(cut)


# What makes the words after it untrue, and how many words may stand between.
_NOT = {
    **dict.fromkeys(
        word_set("geen gein gin zonder no without kein keine keinen keinem keiner ohne sans aucun aucune"), 2
    ),
    **dict.fromkeys(word_set("niet neet not nicht"), 1),
}


_UNSEEN = {("niet", "gezien"), ("nicht", "gesehen"), ("niet", "bij"), ("neet", "gezeen")}


def is_negated(words: Sequence[str], hit: Hit) -> bool:
    """Whether "geen", "no", "kein", "pas de" stands just before what was found, or "niet gezien" after it, in one clause."""
    at = hit.start
    if any(pair in _UNSEEN for pair in pairwise(words[hit.end : hit.end + 5])):
        return True
    for back in (1, 2):
        if at < back or words[at - back] in STOPS:
            return False
        if _NOT.get(words[at - back], 0) >= back:
            return True
    if words[at - 1] in ("any", "irgendeine", "enkel"):
        return not {"t", "not", "nicht"}.isdisjoint(words[max(0, at - 4) : at - 1])
    # pas d'arme, plus de danger, pas vu d'arme
    return words[at - 1] in ("d", "de") and not {"pas", "plus", "jamais"}.isdisjoint(words[max(0, at - 3) : at - 1])

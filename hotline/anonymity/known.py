"""What the carrier sent about the caller, found in every way it can be written: the guaranteed layer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import phonenumbers

from hotline.anonymity.caller import is_withheld
from hotline.anonymity.normalise import normalise
from hotline.anonymity.reading import Reading
from hotline.anonymity.spans import Span, Verdict
from hotline.understanding.folding import fold
from hotline.understanding.numbers import DigitToken

_TAIL = 6
"""So many last digits give a number away on their own."""

_GLUED = 6
_WORD = re.compile(r"[^\W_]+")
_SMALL_WORDS = "van von de der den het een ten ter te op in la le les du des di da dos del el al bin ben und en et and of the mr mrs"
_PARTICLES = frozenset(_SMALL_WORDS.split())
# The city whose nuisance this line is for names 120,000 people and every report: taking it out would help nobody.
_HOME = frozenset({"maastricht", "mastricht", "maestricht", "mestreech", "mastreech"})
_PREFIX = re.compile(r"(?:\+|\(\+?|\bplus )[\s(]{0,2}$")


@dataclass(frozen=True)
class Known:
    """What was sent along with a contact; lives as long as the request. Withheld words count as nothing."""

    number: str = ""
    name: str = ""
    city: str = ""

    def __repr__(self) -> str:
        return "Known(…)"

    @cached_property
    def forms(self) -> tuple[str, ...]:
        """The number's digits as it can be written: international, national, bare; `()` when it is withheld."""
        if is_withheld(self.number):
            return ()
        digits = "".join(char for char in self.number if char.isdecimal() and char.isascii())
        forms = {digits, "00" + digits}
        try:
            parsed = phonenumbers.parse(self.number, "NL")
            bare, country = str(parsed.national_number), str(parsed.country_code)
            forms |= {
                bare,
                "0" + bare,
                country + bare,
                "00" + country + bare,
                country + "0" + bare,
                f"00{country}0{bare}",
            }
        except phonenumbers.NumberParseException:
            pass
        return tuple(sorted((form for form in forms if len(form) >= 3), key=len, reverse=True))

    @cached_property
    def phrases(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The folded words of the name and of the city, each with its kind, where they identify anybody."""
        found: list[tuple[str, tuple[str, ...]]] = []
        for kind, value in (("name", self.name), ("city", self.city)):
            parts = tuple(_WORD.findall(fold(normalise(value[:200]))))
            if parts and not is_withheld(value) and not (kind == "city" and "".join(parts) in _HOME):
                found.append((kind, parts))
        return tuple(found)


def find_known(reading: Reading, known: Known) -> Iterator[Span]:
    """Where the caller's number, name or city stands in a text."""
    folded = reading.folded
    for kind, parts in known.phrases:
        yield from _find_phrase(folded, kind, parts)
    for run in (*reading.runs, *reading.runs_word_by_word):
        yield from _find_number(folded, run, known.forms)


def _find_phrase(folded: str, kind: str, parts: tuple[str, ...]) -> Iterator[Span]:
    """A name or city, glued or apart, and each telling part of a name by itself.

    By hand and not by a pattern made of the name: the pattern library remembers what it compiled.
    """
    words = [(match.group(), match.start(), match.end()) for match in _WORD.finditer(folded)]
    if kind == "name":
        alone = {part for part in parts if len(part) >= 3 and part not in _PARTICLES}
        for word, start, end in words:
            if word in alone or (word.endswith("s") and word[:-1] in alone):
                yield Span(start, end, kind, Verdict.REMOVE)
    glued, whole = "".join(word for word, _, _ in words), "".join(parts)
    at = glued.find(whole)
    if at < 0:
        return
    place = [start + offset for word, start, _ in words for offset in range(len(word))]
    edges = {start for _, start, _ in words}, {end for _, _, end in words}
    while at >= 0:
        start, end = place[at], place[at + len(whole) - 1] + 1
        # A long name is found inside other words too: an address, a handle.
        aligned = start in edges[0] and end in edges[1]
        if end - start <= len(whole) + 3 * len(parts) and (aligned or len(whole) >= _GLUED):
            yield Span(start, end, kind, Verdict.REMOVE)
        at = glued.find(whole, at + 1)


def _find_number(folded: str, run: list[DigitToken], forms: tuple[str, ...]) -> Iterator[Span]:
    digits = "".join(token.digits for token in run)
    owner = [at for at, token in enumerate(run) for _ in token.digits]
    for tail in {form[-_TAIL:] for form in forms}:
        end = digits.find(tail)
        while end != -1:
            end += len(tail)
            if len(tail) == _TAIL or (end == len(tail) == len(digits)):
                length = max(_common_suffix(digits[:end], form) for form in forms)
                start = run[owner[end - length]].start
                prefix = _PREFIX.search(folded, max(0, start - 8), start)
                yield Span(prefix.start() if prefix else start, run[owner[end - 1]].end, "phone", Verdict.REMOVE)
            end = digits.find(tail, end - len(tail) + 1)


def _common_suffix(digits: str, form: str) -> int:
    length = 0
    while length < min(len(digits), len(form)) and digits[-1 - length] == form[-1 - length]:
        length += 1
    return length

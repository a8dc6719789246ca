"""What the carrier sent about the caller, found in every way it can be written: the guaranteed layer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import phonenumbers

from hotline.anonymity.caller import is_withheld
from hotline.anonymity.reading import Reading
from hotline.anonymity.spans import Span, Verdict
from hotline.understanding.folding import fold
from hotline.understanding.numbers import DigitToken

_TAIL = 6
"""So many last digits give a number away on their own."""

_PARTICLES = frozenset(
    "van von de der den het een ten ter te op in la le les du des di da dos del el al bin ben und en et and of the mr mrs".split()
)
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
            forms |= {bare, "0" + bare, country + bare, "00" + country + bare, country + "0" + bare, f"00{country}0{bare}"}
        except phonenumbers.NumberParseException:
            pass
        return tuple(sorted((form for form in forms if len(form) >= 3), key=len, reverse=True))

    @cached_property
    def words(self) -> tuple[tuple[re.Pattern[str], str], ...]:
        """Patterns over folded text for the name, its parts and the city, each with its kind."""
        found: list[tuple[re.Pattern[str], str]] = []
        for value, kind in ((self.name, "name"), (self.city, "city")):
            parts = re.findall(r"[^\W_]+", fold(value[:200]))
            if not parts or is_withheld(value) or (kind == "city" and "".join(parts) in _HOME):
                continue
            whole = r"[\W_]{0,3}".join(map(re.escape, parts))
            # A long name is found glued into other words too: an address, a handle.
            found.append((re.compile(whole if len("".join(parts)) >= 6 else rf"(?<!\w){whole}(?!\w)"), kind))
            if kind == "name":
                single = [re.escape(part) for part in parts if len(part) >= 3 and part not in _PARTICLES]
                if single:
                    found.append((re.compile(rf"(?<![^\W_])(?:{'|'.join(single)})(?:'?s)?(?![^\W_])"), kind))
        return tuple(found)


def find_known(reading: Reading, known: Known) -> Iterator[Span]:
    """Where the caller's number, name or city stands in a text."""
    folded = reading.folded
    for pattern, kind in known.words:
        for match in pattern.finditer(folded):
            yield Span(match.start(), match.end(), kind, Verdict.REMOVE)
    if known.forms:
        for run in (*reading.runs, *reading.runs_word_by_word):
            yield from _find_number(folded, run, known.forms)


def _find_number(folded: str, run: list[DigitToken], forms: tuple[str, ...]) -> Iterator[Span]:
    digits = "".join(token.digits for token in run)
    owner = [at for at, token in enumerate(run) for _ in token.digits]
    tails = {form[-_TAIL:] for form in forms}
    for tail in tails:
        end = digits.find(tail)
        while end != -1:
            end += len(tail)
            if len(tail) == _TAIL or end - len(tail) == 0 and end == len(digits):
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

"""A piece of text that was recognised, and what must happen with it."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Iterator
from enum import Enum
from string import ascii_lowercase
from typing import NamedTuple


class Verdict(Enum):
    """What happens with a span."""

    KEEP = "keep"
    ASK = "ask"
    SEAL = "seal"
    REMOVE = "remove"


class Span(NamedTuple):
    """`text[start:end]` is a `kind`: a key of PLACEHOLDERS, or any word where it is kept."""

    start: int
    end: int
    kind: str
    verdict: Verdict


def overlaps(start: int, end: int, spans: Iterable[Span]) -> bool:
    """Whether `start` to `end` shares a character with one of these."""
    return any(start < one.end and one.start < end for one in spans)


PLACEHOLDERS = {
    "phone": "[nummer]",
    "name": "[naam]",
    "city": "[plaats]",
    "address": "[huisnummer]",
    "email": "[e-mail]",
    "iban": "[rekening]",
    "bsn": "[bsn]",
    "plate": "[kenteken]",
    "handle": "[account]",
    "document": "[document]",
    "birthdate": "[geboortedatum]",
    "work": "[werk]",
    "relation": "[relatie]",
}
"""What stands in the text where something of a kind was taken out."""

WHY = {
    "phone": "een reeks cijfers, misschien een telefoonnummer",
    "name": "misschien een naam",
    "address": "misschien het adres van de melder",
    "city": "misschien de woonplaats van de melder",
    "work": "misschien het werk van de melder",
    "relation": "misschien iemand uit de kring van de melder",
    "birthdate": "misschien een geboortedatum of leeftijd van de melder",
    "document": "misschien het nummer van een document",
    "handle": "misschien een account van de melder",
    "email": "misschien een e-mailadres",
    "iban": "misschien een rekeningnummer",
    "bsn": "misschien een burgerservicenummer",
    "plate": "misschien een kenteken",
}
"""Why words of a kind are put to a person, in words for the desk."""


def doubtful(kind: str, mark: str) -> str:
    """What stands where words wait for a person's judgement: `[naam?kqa]`; `mark` is small letters alone."""
    return f"{PLACEHOLDERS[kind][:-1]}?{mark}]"


def draw_mark() -> str:
    """Three random letters, so that placeholders of one report's texts differ without telling which text was first."""
    return "".join(secrets.choice(ascii_lowercase) for _ in range(3))


def settle(text: str) -> str:
    """The text with plain placeholders for doubtful words, which nobody can bring back any more."""
    return _DOUBTFUL.sub(r"\1]", text)


_OPENINGS = "|".join(re.escape(one[:-1]) for one in PLACEHOLDERS.values())
_DOUBTFUL = re.compile(rf"({_OPENINGS})\?[a-z]*\]")
_STANDING = re.compile(rf"(?:{_OPENINGS})(?:\?[a-z]*)?\]")


def standing(text: str) -> Iterator[tuple[int, int]]:
    """Where placeholders stand in a text, those of doubtful words too."""
    return (match.span() for match in _STANDING.finditer(text))

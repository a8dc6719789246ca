"""Number plates of the Netherlands, Belgium, Germany, France and Luxembourg, with any letters, written or spelled aloud."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from hotline.anonymity.spans import Span, Verdict, overlaps
from hotline.understanding.plates import THREE_GROUPS, TWO_GROUPS, find_spelled
from hotline.understanding.utterance import Utterance

_GERMAN = "[A-ZÄÖÜ]{1,3}[- ][A-Z]{1,2}[- ]?[0-9]{1,4}[EH]?"


def _any_of(forms: Sequence[str], separator: str) -> str:
    longest_first = sorted(forms, key=len, reverse=True)
    return "|".join(form.replace("9", "[0-9]").replace("L", "[A-Z]").replace("_", separator) for form in longest_first)


_ALONE, _CLOSED = r"(?<![\w@./-])", r"(?![\w-])"
_ANY = rf"{_any_of(THREE_GROUPS, '[- ]')}|{_any_of(TWO_GROUPS, '[- ]?')}|{_GERMAN}"
_CAPITALS = re.compile(rf"{_ALONE}(?=[A-ZÄÖÜ0-9]{{1,3}}[- 0-9])(?:{_ANY}){_CLOSED}")
_HYPHENS = re.compile(rf"{_ALONE}(?=[a-z0-9]{{1,3}}-)(?:{_any_of(THREE_GROUPS, '-').lower()}){_CLOSED}")
_GLUED = re.compile(
    r"(?<![\w@./-])(?:[a-z]{2}\d\d[a-z]{2}|\d\d[a-z]{2}\d\d|\d\d[a-z]{3}\d|\d[a-z]{3}\d\d\d?|[a-z]\d{3}[a-z]{2}|[a-z]{2}\d{3}[a-z])(?![\w-])"
)
_CUED = re.compile(
    r"(?<!\[)\b(?:kentekens?|kentekenplaat|nummerplaat|plaat|number plate|license plate|plate|kennzeichen|nummernschild|plaque"
    rf"|immatricul\w*)\b[^\[\]]{{0,30}}?(?<![\w@./-])(?P<plate>{_ANY.lower()}){_CLOSED}"
)
# Years after initials (WK 2026) and codes of areas are no plates.
_NEVER = re.compile(r"[A-Z]{2,3} ?(?:19|20)\d\d|(?:BU|WK|GM) ?\d{4}")
_MINE_AFTER = re.compile(
    r"\W{0,3}(?:(?:is|was|en is) (?:van (?:mij|mezelf|ons)|de mijne|het mijne|mijn)\b|is (?:mine|ours|my)\b|ist (?:mein|meins|meiner|unser)\b"
    r"|gehort mir\b|est (?:a moi|la mienne|le mien)\b)"
)
_MINE_BEFORE = re.compile(
    r"\b(?:(?:het|de) mijne|(?:dat|die) van (?:mij|mezelf)|van mezelf|vaa?n mich|de mien|mijn eigen|m'?n eigen|my own|mine|meins|meine[rs]|la mienne"
    r"|le mien|zelf rijd ik|ik rijd (?:zelf )?in|ik woon in mijn camper)\b[^.!?]{0,25}$"
)
_OWN = re.compile(
    r"\b(?:mijn|m'n|mien|onze|my|our|mein\w{0,2}|unser\w{0,2}|mon|ma|notre) (?:\w+ )?"
    r"(?:auto|wagen|bus|busje|scooter|brommer|motor|fiets|kenteken|nummerplaat|car|van|bike|plate|motorbike|kennzeichen|roller"
    r"|fahrrad|voiture|plaque|velo|moto|camionnette)\b[^.!?]{0,30}$"
)


def find_plates(text: str, folded: str, keep: Sequence[Span]) -> Iterator[Span]:
    """Plates that surely are: in capitals, with hyphens, glued as only plates are, or after the word for a plate.

    A plate is somebody else's and sealed, unless "mijn auto" or its like stands before it.
    """
    found = [match.span() for match in _CAPITALS.finditer(text) if not _NEVER.fullmatch(match.group())]
    found += [match.span() for pattern in (_HYPHENS, _GLUED) for match in pattern.finditer(folded)]
    found += [match.span("plate") for match in _CUED.finditer(folded)]
    for start, end in found:
        if not overlaps(start, end, keep):
            yield _judge(folded, start, end)


def find_spelled_plates(utterance: Utterance) -> Iterator[Span]:
    """Plates that were told letter by letter or by a spelling alphabet: "Aa, Ee, een twee, Oo, Uu"."""
    for plate in find_spelled(utterance.words):
        yield _judge(utterance.folded, utterance.spans[plate.start][0], utterance.spans[plate.end - 1][1])


def _judge(folded: str, start: int, end: int) -> Span:
    before = max(0, start - 60)
    own = (
        _OWN.search(folded, before, start)
        or _MINE_BEFORE.search(folded, before, start)
        or _MINE_AFTER.match(folded, end)
    )
    return Span(start, end, "plate", Verdict.REMOVE if own else Verdict.SEAL)

"""Number plates of the Netherlands, Belgium, Germany, France and Luxembourg, with any letters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from hotline.anonymity.spans import Span, Verdict

# Side codes of the Dutch register (RDW) and the neighbours' forms: L a letter, 9 a digit, _ what separates.
_THREE_GROUPS = (
    "LL_99_99 99_99_LL 99_LL_99 LL_99_LL LL_LL_99 99_LL_LL 99_LLL_9 9_LLL_99 LL_999_L L_999_LL LLL_99_L L_99_LLL 9_LL_999"
    " 999_LL_9 9_LLL_999 LL_999_LL"
)
_THREE = _THREE_GROUPS.split()
_TWO = ["LLL_999", "999_LLL", "LL_9999"]
_GERMAN = "[A-ZÄÖÜ]{1,3}[- ][A-Z]{1,2}[- ]?[1-9][0-9]{0,3}[EH]?"


def _any_of(forms: list[str], separator: str) -> str:
    longest_first = sorted(forms, key=len, reverse=True)
    return "|".join(form.replace("9", "[0-9]").replace("L", "[A-Z]").replace("_", separator) for form in longest_first)


_ALONE, _CLOSED = r"(?<![\w@./-])", r"(?![\w-])"
_ANY = rf"{_any_of(_THREE, '[- ]')}|{_any_of(_TWO, '[- ]?')}|{_GERMAN}"
_CAPITALS = re.compile(rf"{_ALONE}(?=[A-ZÄÖÜ0-9]{{1,3}}[- 0-9])(?:{_ANY}){_CLOSED}")
_HYPHENS = re.compile(rf"{_ALONE}(?=[a-z0-9]{{1,3}}-)(?:{_any_of(_THREE, '-').lower()}){_CLOSED}")
_GLUED = re.compile(
    r"(?<![\w@./-])(?:[a-z]{2}\d\d[a-z]{2}|\d\d[a-z]{2}\d\d|\d\d[a-z]{3}\d|\d[a-z]{3}\d\d\d?|[a-z]\d{3}[a-z]{2}|[a-z]{2}\d{3}[a-z])(?![\w-])"
)
_CUED = re.compile(
    r"(?<!\[)\b(?:kentekens?|kentekenplaat|nummerplaat|plaat|number plate|license plate|plate|kennzeichen|nummernschild|plaque"
    rf"|immatricul\w*)\b[^\[\]]{{0,30}}?(?<![\w@./-])(?P<plate>{_ANY.lower()}){_CLOSED}"
)
# Years after initials (WK 2026) and codes of areas are no plates.
_NEVER = re.compile(r"[A-Z]{2,3} ?(?:19|20)\d\d|(?:BU|WK|GM) ?\d{4}")
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
        if not any(start < span.end and span.start < end for span in keep):
            own = _OWN.search(folded, max(0, start - 60), start)
            yield Span(start, end, "plate", Verdict.REMOVE if own else Verdict.SEAL)

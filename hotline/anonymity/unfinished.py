"""A telephone number that is told over two texts: what begins in one, and goes on in the next.

Nothing of the first text needs to be kept for it but that a number was left unfinished: one bit, in the conversation's
working state.
"""

from __future__ import annotations

import re

from hotline.anonymity.spans import Span, Verdict
from hotline.domain.codes import LENGTH
from hotline.understanding.numbers import DigitToken, digit_runs, digit_tokens

_WHOLE = 9
"""Digits with which a number is no longer unfinished."""

_FEWEST, _FEWEST_SAID = 2, 4
"""Digits that can go on with a number, written and in words: "vier" may well be a count."""

_REACH = 120

_ANNOUNCED = re.compile(
    r"\b(?:mijn|m'n|mn|mien|my|meine?|mon|bel|belt|bellen|terugbellen|reach|call|erreichbar|anrufen|bereikbaar"
    r"|joindre|appelez|appeler|rappeler|rappelez|text|app|appen)\b[^\d\[\].!?]{0,30}?"
    r"\b(?:nummer|nommer|nr|number|numero|telefoon\w*|tel|mobiel|phone|mobile|handy\w*|telefonnummer|portable|op|on|unter|at|au|me|mij|mich)\b"
)
_LITTLE = re.compile(r"[^\d\[\].!?]{0,12}")
_AFTER = re.compile(r"[ .:,-]*$")
_BEFORE = re.compile(
    r"(?:[^\w\[\]]|(?:eh|eeh|uh|euh|ja|en|dan|nou|und|dann|also|et|puis|alors|and|then|yes|oui)\b){0,12}"
)
_GOES_ON = re.compile(r"[\w:/]|[.-]\w|[ ]?(?:uur|u\b|uhr|h\b|euro|jaar|jongens|mensen|man|people|personen)")


def find_unfinished(folded: str) -> Span | None:
    """The first digits of a number at the end of a text; an empty span where only the announcement stands there."""
    announced = list(_ANNOUNCED.finditer(folded, max(0, len(folded) - _REACH)))
    if not announced:
        return None
    start, end = announced[-1].end(), len(folded)
    tail = folded[start:]
    digits = _digits(tail)
    if not digits:
        return Span(end, end, "phone", Verdict.REMOVE) if _LITTLE.fullmatch(tail) else None
    alone = _LITTLE.fullmatch(tail[: digits[0].start]) and _AFTER.match(tail, digits[-1].end)
    if not alone or _count(digits) >= _WHOLE or (_count(digits) < _FEWEST and not tail[digits[0].start].isdigit()):
        return None
    return Span(start + digits[0].start, start + digits[-1].end, "phone", Verdict.REMOVE)


def find_rest(folded: str) -> Span | None:
    """The digits with which a text begins, which end the number that the text before left unfinished.

    Twelve of them may be a report's code, which the line must hear.
    """
    before = _BEFORE.match(folded)
    head = folded[: (before.end() if before else 0) + _REACH]
    digits = _digits(head)
    if not digits or before is None or digits[0].start > before.end() or _count(digits) >= LENGTH:
        return None
    fewest = _FEWEST if folded[digits[0].start].isdigit() else _FEWEST_SAID
    if _count(digits) < fewest or _GOES_ON.match(folded, digits[-1].end):
        return None
    return Span(digits[0].start, digits[-1].end, "phone", Verdict.REMOVE)


def is_at_end(folded: str, span: Span) -> bool:
    """Whether nothing follows a span, so that its number may go on in yet another text."""
    return _AFTER.match(folded, span.end) is not None


def _digits(part: str) -> list[DigitToken]:
    """The first run of digits, written or said."""
    return next(digit_runs(part, digit_tokens(part)), [])


def _count(digits: list[DigitToken]) -> int:
    return sum(len(one.digits) for one in digits)

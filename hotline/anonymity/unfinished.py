"""A telephone number that is told over two texts: what begins in one, and goes on in the next.

Nothing of the first text needs to be kept for it but that a number was left unfinished: one bit, in the conversation's
working state.
"""

from __future__ import annotations

import re

from hotline.anonymity.spans import Span, Verdict

_WHOLE = 9
"""Digits with which a number is no longer unfinished."""

_BEGUN = re.compile(
    r"\b(?:mijn|m'n|mn|mien|my|meine?|mon|bel|belt|reach|erreichbar|bereikbaar|joindre|appelez|text|app)\b[^\d\[\].!?]{0,30}"
    r"(?:\b(?:nummer|nommer|nr|number|numero|telefoon\w*|tel|mobiel|phone|mobile|handy\w*|telefonnummer|portable|op|on|unter|at|au|me|mij|mich)\b)"
    r"[^\d\[\].!?]{0,12}(?P<digits>\d(?:[ .-]?\d){0,7})?[ .:,-]*$"
)
_REST = re.compile(
    r"[^\w\[\]]{0,3}(?P<digits>\d(?:[ .-]?\d){1,11})(?![\w.:/]|[ ]?(?:uur|u\b|uhr|h\b|euro|jaar|jongens|mensen|man|people|personen))"
)


def find_unfinished(folded: str) -> Span | None:
    """The first digits of a number at the end of a text; an empty span where only the announcement stands there."""
    match = _BEGUN.search(folded, max(0, len(folded) - 120))
    if match is None:
        return None
    digits = match["digits"] or ""
    if sum(map(str.isdigit, digits)) >= _WHOLE:
        return None
    start = match.start("digits") if digits else len(folded)
    return Span(start, start + len(digits), "phone", Verdict.REMOVE)


def find_rest(folded: str) -> Span | None:
    """The digits with which a text begins, which end the number that the text before left unfinished."""
    match = _REST.match(folded)
    return Span(*match.span("digits"), "phone", Verdict.REMOVE) if match else None

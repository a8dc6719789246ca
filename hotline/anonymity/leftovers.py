"""The end of the net: what looks like an address on the net or a number of a document is put to a person."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hotline.anonymity.reading import Reading
from hotline.anonymity.spans import Span, Verdict

_AT = re.compile(r"[^\s@]+@[^\s@]+|\b[\w-]{2,}\s?\.\s?[\w-]{2,}\s?\.\s?(?:nl|be|de|fr|com|eu|net)\b")
_CODE = re.compile(
    r"(?<![\w/.:-])(?!(?:bu|wk|gm)\d)(?=[a-z0-9-]*\d)(?=[a-z0-9-]*[a-z])[a-z0-9]+(?:-[a-z0-9]+)*(?![\w/:-])"
)
_LONG, _MANY_DIGITS = 7, 3


def find_leftovers(reading: Reading) -> Iterator[Span]:
    """What looks like an e-mail address or a number of a document, wherever it stands."""
    for match in _AT.finditer(reading.folded) if "@" in reading.folded else ():
        yield Span(match.start(), match.end(), "email", Verdict.ASK)
    if reading.digits:
        for match in _CODE.finditer(reading.folded):
            if len(match.group()) >= _LONG and sum(map(str.isdigit, match.group())) >= _MANY_DIGITS:
                yield Span(match.start(), match.end(), "document", Verdict.ASK)

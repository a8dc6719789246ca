"""A piece of text that was recognised, and what must happen with it."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple


class Verdict(Enum):
    """What happens with a span."""

    KEEP = "keep"
    SEAL = "seal"
    REMOVE = "remove"


class Span(NamedTuple):
    """`text[start:end]` is a `kind` (a key of PLACEHOLDERS, or a protected kind such as `date`)."""

    start: int
    end: int
    kind: str
    verdict: Verdict


PLACEHOLDERS = {
    "number": "[nummer]",
    "name": "[naam]",
    "city": "[plaats]",
    "house": "[huisnummer]",
    "email": "[e-mail]",
    "iban": "[rekening]",
    "bsn": "[bsn]",
    "plate": "[kenteken]",
    "account": "[account]",
}

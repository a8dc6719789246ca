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
    """`text[start:end]` is a `kind`: a key of PLACEHOLDERS, or any word where it is kept."""

    start: int
    end: int
    kind: str
    verdict: Verdict


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
}
"""What stands in the text where something of a kind was taken out."""

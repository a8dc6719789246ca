"""The one message that a reporter asked for, as it lies encrypted until there is news."""

from __future__ import annotations

import json
from dataclasses import astuple, dataclass


@dataclass(frozen=True, slots=True)
class Letter:
    """All that a worker needs to send it: E.164 numbers, and words chosen when it was asked for. `until` is an ISO day."""

    to: str
    sender: str
    text: str
    language: str
    until: str

    def dump(self) -> bytes:
        """As JSON."""
        return json.dumps(astuple(self)).encode()


def load_letter(plain: bytes) -> Letter:
    """What `dump` made."""
    return Letter(*json.loads(plain))

"""Numbers and identifiers that belong to nobody."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Literal

Kind = Literal["CA", "SM", "QU", "RE"]
MakeSid = Callable[[Kind], str]

WITHHELD = "anonymous"


def make_sid(kind: Kind) -> str:
    """The identifier, in Twilio's form, of a call (CA), message (SM), queue (QU) or recording (RE)."""
    return kind + secrets.token_hex(16)


def pick_number() -> str:
    """A number that a line takes for an ordinary caller's, out of +1 202 555 0100-0199, reserved for fiction.

    The Netherlands reserve no such range: what is unassigned there is no valid number either (see `pick_dutch_number`).
    """
    return f"+12025550{100 + secrets.randbelow(100)}"


def pick_dutch_number() -> str:
    """Looks like a Dutch mobile number; +31 6 0000 is never given out, so `phonenumbers` calls it invalid."""
    return f"+3160000{secrets.randbelow(10_000):04}"

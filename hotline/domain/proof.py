"""A puzzle that costs a visitor's computer a moment: it replaces a picture test, asks nobody anything, and keeps nothing.

The challenge carries its own expiry under a keyed hash, so that no list of challenges is kept. It is solved by a number
with which SHA-256 of `challenge:number` begins with `BITS` zero bits.
"""

from __future__ import annotations

import hashlib
import hmac
from base64 import urlsafe_b64encode
from collections.abc import Iterable
from datetime import datetime, timedelta

BITS = 15
"""About 33,000 tries: a third of a second to a second in a telephone's browser, nothing while somebody types."""

LIFE = timedelta(hours=1)
"""As long as a form may lie idle."""

SALT_BYTES = 12
_LONGEST = 80


def make_challenge(key: bytes, salt: bytes, now: datetime) -> str:
    """A challenge of 42 characters that dies after `LIFE`; with its number it fits in one block of SHA-256."""
    body = f"{_text(salt)}.{int((now + LIFE).timestamp()):x}"
    return f"{body}.{_sign(key, body)}"


def is_solved(keys: Iterable[bytes], proof: str, now: datetime) -> bool:
    """Whether `challenge:number` solves a challenge that one of the keys made and that has not died."""
    challenge, _, number = proof.partition(":")
    body, _, signature = challenge.rpartition(".")
    expiry = body.rpartition(".")[2]
    if len(proof) > _LONGEST or not proof.isascii() or not number.isdigit():
        return False
    if not any(hmac.compare_digest(_sign(key, body), signature) for key in keys):
        return False
    if int(expiry, 16) < now.timestamp():
        return False
    digest = hashlib.sha256(proof.encode()).digest()
    return int.from_bytes(digest) >> (256 - BITS) == 0


def _sign(key: bytes, body: str) -> str:
    return _text(hmac.digest(key, body.encode(), "sha256")[:12])


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")

"""The blind index: rows that tell which reports a word stands in to whoever holds the month's key, and nothing to others.

A row is a fresh random salt and the report's terms, each as 16 bits under a key that only this salt and the month's key
give, filled up with random ones and sorted. So no two rows share a token for a word, not even two rows of one report:
frequencies and reports that a thief filed himself teach nothing about another row. The price is that a search computes
its tokens anew for every row: some microseconds a report, which a hotline of a city can pay (`docs/anonymity.md`).
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection, Sequence
from hashlib import blake2b

from hotline.anonymity.seal import derive

SALT = 16
SIZE = 2
"""Bytes of a token. Of 65,536 values a row holds a few hundred, so that a row also seems to hold words that it does not:
who searches opens what was found and looks."""

FILL_TO = 128
"""Rows hold a multiple of so many tokens, so that their number tells a short report from a long one and no more."""


def fill_row(key: bytes, terms: Collection[str], draw: Callable[[int], bytes] = secrets.token_bytes) -> bytes:
    """A row for a report with these terms; another at every call. `draw` gives so many random bytes."""
    salt = draw(SALT)
    of_row = row_key(key, salt)
    tokens = {token(of_row, term) for term in terms}
    wanted = max(1, -(-len(tokens) // FILL_TO)) * FILL_TO
    while len(tokens) < wanted:
        tokens.add(draw(SIZE))
    return salt + b"".join(sorted(tokens))


def may_meet(key: bytes, row: bytes, asked: Sequence[frozenset[str]]) -> bool:
    """Whether the row seems to hold a term of every asked word; True wherever it does, and at times by chance."""
    of_row, tokens = row_key(key, row[:SALT]), row[SALT:]
    return all(any(_holds(tokens, token(of_row, term)) for term in word) for word in asked)


def row_key(key: bytes, salt: bytes) -> bytes:
    """The key of one row, from the month's key and the salt that the row begins with."""
    return derive(key, b"blind index", salt)


def token(of_row: bytes, term: str) -> bytes:
    """A term in the row of this key: 16 bits."""
    return blake2b(term.encode(), key=of_row, digest_size=SIZE).digest()


def _holds(tokens: bytes, token: bytes) -> bool:
    at = tokens.find(token)
    while at > 0 and at % SIZE:  # half of one token and half of the next
        at = tokens.find(token, at + 1)
    return at >= 0

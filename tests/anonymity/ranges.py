"""Ranges of telephone numbers that tests draw from: where each comes from, and what phonenumbers says of it."""

from __future__ import annotations

from typing import NamedTuple


class Range(NamedTuple):
    """Numbers that begin with `prefix` (international, no plus) and have `digits` digits more."""

    country: str
    prefix: str
    digits: int
    source: str
    is_valid: bool


RANGES = (
    Range("NL", "3197010", 6, "machine to machine, 097 (ACM numbering plan): never a person's", True),
    Range("NL", "31601", 7, "06-0…: no operator has these blocks (ACM numbering plan)", False),
    Range("NL", "31612345678", 0, "what every Dutch form shows as its example", True),
    Range("NL", "3143350511", 1, "the line's own exchange", True),
    Range("BE", "32460", 6, "0460 00 …: for tests, handed to nobody", True),
    Range("DE", "4915200", 6, "a block of Vodafone's that begins with noughts", True),
    Range("DE", "493023125", 3, "030 23125 000 to 999: for films (Bundesnetzagentur)", True),
    Range("FR", "3363998", 4, "06 39 98: for films (Arcep)", False),
    Range("GB", "447700900", 3, "07700 900000 to 999: for films (Ofcom)", False),
)
"""What the recogniser does with a number that is not valid rests on a cue before it, so both kinds are needed."""

"""The report code: ten digits and the two check digits of ISO 7064 mod 97-10, in groups of three."""

from __future__ import annotations

from hotline.domain.errors import BadInput

LENGTH = 12
"""Digits of a code."""

_NUMBERS = 10**10
_SEPARATORS = str.maketrans("", "", " \t\r\n\u00a0\u202f-\u2010\u2011\u2012\u2013\u2014.,/")


class CodeTypo(BadInput):
    """What was keyed cannot be a report code: a wrong length, a letter, or check digits that do not fit.

    Its text never holds what was keyed.
    """

    def __init__(self, what: str) -> None:
        super().__init__({"code": what})


def make_code(number: int) -> str:
    """The twelve digits of a code for a random `number` below 10**10: `number * 100 + check` is 1 modulo 97."""
    if not 0 <= number < _NUMBERS:
        raise ValueError("a report code is made from a number of at most ten digits")
    return f"{number:010d}{98 - number * 100 % 97:02d}"


def parse_code(text: str) -> str:
    """The twelve digits of a code as somebody typed it, with spaces, dashes and dots; `CodeTypo` when it is none."""
    if len(text) > 200:
        raise CodeTypo("a report code has twelve digits")
    digits = text.translate(_SEPARATORS)
    if len(digits) != LENGTH or not (digits.isascii() and digits.isdigit()):
        raise CodeTypo("a report code has twelve digits")
    if not 2 <= int(digits[10:]) <= 98 or int(digits) % 97 != 1:
        raise CodeTypo("the check digits do not fit: one of the digits was mistyped")
    return digits


def is_code(text: str) -> bool:
    """Whether `parse_code` reads a code there."""
    try:
        parse_code(text)
    except CodeTypo:
        return False
    return True


def in_groups(code: str) -> str:
    """`482 193 705 514`: as a code is written."""
    return " ".join(code[at : at + 3] for at in range(0, len(code), 3))


def speak_groups(code: str) -> str:
    """`4 8 2, 1 9 3, 7 0 5, 5 1 4`: as a voice reads a code, digit by digit with a pause after three."""
    return ", ".join(" ".join(code[at : at + 3]) for at in range(0, len(code), 3))

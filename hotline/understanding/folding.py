"""Text without case and accents, letter for letter, so that a place in one is the same place in the other."""

from __future__ import annotations

import unicodedata

_LAST = 0x1FFF


class _Table(dict[int, int]):
    def __missing__(self, point: int) -> int:
        if point > _LAST:
            return point
        base = unicodedata.normalize("NFKD", chr(point))[0].lower()
        folded = ord(base) if len(base) == 1 else point
        self[point] = folded
        return folded


_TABLE = _Table({ord("ß"): ord("s"), ord("ø"): ord("o"), ord("Ø"): ord("o"), ord("’"): ord("'"), ord("‘"): ord("'")})


def fold(text: str) -> str:
    """`text` in lower case without accents; always of the same length."""
    return text.translate(_TABLE)


def word_set(row: str) -> frozenset[str]:
    """The words of a row with blanks between, folded."""
    return frozenset(fold(row).split())

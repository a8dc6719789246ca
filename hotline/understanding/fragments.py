"""Cuts a short fragment out of a text around the words that were looked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

AROUND = 70
"""Characters before the first found word; twice as many after it."""


class Piece(NamedTuple):
    """A stretch of a fragment; `is_found` for a word that was looked for."""

    text: str
    is_found: bool


def cut_fragment(text: str, found: Sequence[tuple[int, int]]) -> tuple[Piece, ...]:
    """The text where the most different ones of the found stretches stand together, each of them apart.

    `found` is in the order of the text. A fragment begins and ends between words, with an ellipsis where something was left
    out; without anything found, it is the beginning.
    """
    first = max((begins for begins, _ in found), key=lambda at: _count_from(text, found, at), default=0)
    start, end = _between(text, first - AROUND), len(text) - _between(text[::-1], len(text) - first - 2 * AROUND)
    pieces, at = [Piece("… ", False)] if start else [], start
    for begins, ends in found:
        if start <= begins and ends <= end:
            pieces += [Piece(text[at:begins], False), Piece(text[begins:ends], True)]
            at = ends
    pieces += [Piece(text[at:end], False)] + ([Piece(" …", False)] if end < len(text) else [])
    return tuple(piece for piece in pieces if piece.text)


def _count_from(text: str, found: Sequence[tuple[int, int]], at: int) -> int:
    return len({text[begins:ends].lower() for begins, ends in found if at <= begins and ends <= at + 2 * AROUND})


def _between(text: str, at: int) -> int:
    """The beginning of a word at or after `at`, but never more than a word's length further; 0 where `at` is before."""
    if at <= 0:
        return 0
    blank = text.find(" ", at, at + AROUND // 2)
    return blank + 1 if blank >= 0 else at

"""Looks for needles in everything it is shown, plain or packed, and keeps count of what that was."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from typing import NamedTuple

from hotline.canary.needles import Form, Needle, is_in
from hotline.canary.packing import PACKINGS, unpack

_AT_ONCE = 8 << 20
_WINDOW, _SHARED = 256 << 10, 1 << 10
"""Bytes that are looked at in one go, and those before them that are looked at again; no form of a needle is as long."""


class Piece(NamedTuple):
    """Some bytes of a store, and where in it they stood."""

    store: str
    place: str
    data: bytes


class Finding(NamedTuple):
    """A needle where it should not be."""

    store: str
    place: str
    needle: str
    form: str
    packing: str


@dataclass
class Search:
    """Looks for needles in everything it is shown, and keeps count of what that was."""

    needles: tuple[Needle, ...]
    findings: list[Finding] = field(default_factory=list)
    pieces: Counter[str] = field(default_factory=Counter)
    looked: Counter[str] = field(default_factory=Counter)
    unpacked: Counter[str] = field(default_factory=Counter)

    def look(self, pieces: Iterable[Piece]) -> list[Finding]:
        """Search these; gives what was found in them."""
        found = [finding for piece in _together(pieces) for finding in self._look_into(piece)]
        self.findings += found
        return found

    def _look_into(self, piece: Piece) -> Iterator[Finding]:
        self.pieces[piece.store] += 1
        self.looked[piece.store] += len(piece.data)
        for packing, data in unpack(piece.data):
            self.unpacked[packing.partition(" ")[0]] += len(data)
            found: dict[tuple[str, str], None] = {}
            for at in range(0, len(data), _WINDOW):
                part = data[max(0, at - _SHARED) : at + _WINDOW]
                for folded, window in ((True, part.lower()), (False, part)):
                    there = _groups_of_four(window)
                    for name, form, first, last in self._index[folded]:
                        if first in there and last in there and is_in(form, window):
                            found[name, form.label] = None
            for name, label in found:
                yield Finding(piece.store, piece.place, name, label, packing)

    @cached_property
    def _index(self) -> dict[bool, list[tuple[str, Form, int, int]]]:
        """The forms that ignore capitals and those that do not, each with its first and last four bytes as a number."""
        found: dict[bool, list[tuple[str, Form, int, int]]] = {True: [], False: []}
        for needle in self.needles:
            for form in needle.forms:
                first, last = (int.from_bytes(four, sys.byteorder) for four in (form.raw[:4], form.raw[-4:]))
                found[form.folded].append((needle.name, form, first, last))
        return found

    def tell(self) -> str:
        """What was searched, for a person to read."""
        labels = sorted({form.label for needle in self.needles for form in needle.forms})
        lines = [
            f"{store:<34} {self.pieces[store]:>6} pieces {self.looked[store]:>12,} bytes"
            for store in sorted(self.looked)
        ]
        forms = sum(len(needle.forms) for needle in self.needles)
        lines += [f"needles: {len(self.needles)} in {forms} forms: {'; '.join(labels)}"]
        inner = ", ".join(f"{name} {size:,}" for name, size in sorted(self.unpacked.items()) if name != "plain")
        return "\n".join([*lines, f"looked into: {', '.join(PACKINGS)}; bytes found inside: {inner}"])


def _groups_of_four(data: bytes) -> set[int]:
    """Every four bytes in a row, as a number. Thousands of needles are looked up in it for the price of a few searches."""
    view, found = memoryview(data), set[int]()
    for shift in range(4):
        found.update(view[shift : shift + (len(data) - shift) // 4 * 4].cast("I"))
    return found


def _together(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Small pieces of one store and place as one, because each search has its price."""
    for (store, place), group in groupby(pieces, key=lambda piece: (piece.store, piece.place)):
        held: list[bytes] = []
        size = 0
        for piece in group:
            if held and size + len(piece.data) > _AT_ONCE:
                yield Piece(store, place, b"\x00".join(held))
                held, size = [], 0
            held.append(piece.data)
            size += len(piece.data)
        yield Piece(store, place, b"\x00".join(held))

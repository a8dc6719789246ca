"""Looks for needles in everything it is shown, plain or packed, and keeps count of what that was."""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
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


class _Index:
    """Tells which of thousands of forms can stand in some bytes at all, for the price of a few searches.

    Cut into fours, the bytes show one of the fours that begin at a form's first four places, whatever the form stands at.
    """

    def __init__(self) -> None:
        self._short: list[tuple[str, Form]] = []
        self._by_four: defaultdict[int, list[tuple[str, Form]]] = defaultdict(list)

    def add(self, name: str, form: Form) -> None:
        """A form of this needle."""
        if len(form.raw) < 7:
            self._short.append((name, form))
            return
        for start in range(4):
            self._by_four[int.from_bytes(form.raw[start : start + 4], sys.byteorder)].append((name, form))

    def candidates(self, data: bytes) -> Iterator[tuple[str, Form]]:
        """The forms that may stand there, some of them more than once."""
        yield from self._short
        fours = set(memoryview(data)[: len(data) // 4 * 4].cast("I"))
        for four in fours & self._by_four.keys():
            yield from self._by_four[four]


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
                part = data[max(0, at - _SHARED) : at + _WINDOW + 1]  # one more shows whether a number runs on
                for folded, window in ((True, part.lower()), (False, part)):
                    for name, form in self._index[folded].candidates(window):
                        if is_in(form, window):
                            found[name, form.label] = None
            for name, label in found:
                yield Finding(piece.store, piece.place, name, label, packing)

    @cached_property
    def _index(self) -> dict[bool, _Index]:
        """The forms that ignore capitals, and those that do not."""
        found = {True: _Index(), False: _Index()}
        for needle in self.needles:
            for form in needle.forms:
                found[form.folded].add(needle.name, form)
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

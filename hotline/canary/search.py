"""Looks for needles in everything it is shown, plain or packed, and keeps count of what that was."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from hotline.canary.needles import Needle, is_in
from hotline.canary.packing import PACKINGS, unpack

_AT_ONCE = 8 << 20


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
            folded = data.lower()
            for needle in self.needles:
                for form in needle.forms:
                    if is_in(form, folded if form.folded else data):
                        yield Finding(piece.store, piece.place, needle.name, form.label, packing)

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

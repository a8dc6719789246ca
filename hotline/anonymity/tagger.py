"""A learned tagger: for each word, whether it belongs to the reporter's name, home, work … or to somebody else's name.

A linear model over words, kinds of words and their neighbours. The weights of a feature for all labels lie side by side
in one integer, so that a label costs no loop and every processor and version of Python adds up the same. Weights are
relative to "nothing", which therefore has none. What one word is helps to tell what its neighbours are, so rows of
words are weighed together. `build/train_tagger.py` makes the model.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from itertools import repeat
from pathlib import Path
from typing import Any, NamedTuple

from hotline.anonymity.features import ROWS, STARTS, TEMPLATES, Key, chain_keys, read_key, sequences
from hotline.anonymity.tokens import Tokens
from hotline.anonymity.weighing import NEAR, weigh

LABELS = ("RN", "RA", "RW", "RR", "RC", "RB", "RH", "RX", "TN", "TH", "TX")
"""The reporter's name, address, work, relation, city, birth date or age, handle, number or plate; a third party's name, handle,
number or plate."""

_THEIRS = next(at for at, label in enumerate(LABELS) if label[0] == "T")

LANE = 16
"""Bits of a weight, and of a sum of them: with at most `MOST` each, the sums of all templates fit."""

MOST = 1300
MODEL = Path(__file__).with_name("tagger.txt")
_STRUCT = struct.Struct(f"<{len(LABELS)}h")
_HALF = 1 << LANE - 1
_ONES = sum(1 << LANE * at for at in range(len(LABELS)))
_TOPS = _ONES * _HALF
_LEAN = 80
"""A name in doubt is rather the reporter's: sealed as somebody else's it would be kept, removed it is gone."""

_COST = 30
"""So much less is something of the reporter's that begins, so that one long run is likelier than two short ones."""

_BIAS = (_LEAN << LANE * LABELS.index("RN")) - sum(_COST << LANE * at for at in range(_THEIRS))
"""Added to every word's sum."""

_GOING_ON = tuple(_COST << LANE * label if label < _THEIRS else 0 for label in range(len(LABELS)))
"""Added where the word before has the same label."""

_NOTHING = (0,) * len(LABELS)
"""For a key without weights: as long as any."""

_HINT, _REACH = 100, 6
"""Rows of words are weighed around each that comes so near to a claim, so many words to both sides."""

_HINTED, _OPEN = (_ONES * (_HALF + least) for least in (_HINT, NEAR))


class Tag(NamedTuple):
    """Word `at` is a `label`'s by `margin` over being nothing, and by `lead` over the next best label of the other side."""

    at: int
    label: str
    margin: int
    lead: int


_Table = Mapping[Key, Any]
"""By key a packed integer, or one for each template of a sequence or each label of the word before where there are several."""


class Model:
    """Weights: a table for each sequence of keys, then one for each template that looks at the label of the word before."""

    def __init__(self, tables: Sequence[_Table]) -> None:
        self._words, self._chain = tables[: len(STARTS)], tables[len(STARTS) :]

    def score(self, tokens: Tokens) -> list[int]:
        """One packed sum per word, without what the word before adds."""
        rows: list[Iterable[int]] = []
        for table, keys, starts in zip(self._words, sequences(tokens), STARTS, strict=True):
            if len(starts) == 1:
                rows.append(map(table.get, keys, repeat(0)))
            else:
                columns = zip(*map(table.get, keys, repeat(_NOTHING)), strict=False)
                rows += [column[start:] for column, start in zip(columns, starts, strict=False)]
        return list(map(sum, zip(*rows, strict=False)))

    def tag(self, tokens: Tokens, lift_of: Callable[[str], int]) -> Iterator[Tag]:
        """The words that some label claims by at least what `lift_of` their sort asks (see `lift_over`).

        A word's margin is what the best labelling of its row with that label there has over the best without any.
        """
        lifts = list(map(lift_of, tokens.sorts))
        totals = [total + _BIAS for total in self.score(tokens)]
        for first, after in _find_rows(totals, lifts):
            scores = [unpack(total) for total in totals[first:after]]
            link = partial(self._link, tokens, first)
            for at, margins in enumerate(weigh(scores, link), first):
                if (pack(margins) + lifts[at]) & _TOPS:
                    best = max(range(len(LABELS)), key=margins.__getitem__)
                    rival = max(margins[_THEIRS:] if best < _THEIRS else margins[:_THEIRS])
                    yield Tag(at, LABELS[best], margins[best], margins[best] - rival)

    def _link(self, tokens: Tokens, first: int, at: int, before: Sequence[int]) -> dict[int, Sequence[int]]:
        """What each of these labels of the word before adds to those of a row's word `at`: what was learned, and that nothing begins."""
        keys = chain_keys(tokens, first + at)
        one, two, three = (table.get(key, _NOTHING) for table, key in zip(self._chain, keys, strict=True))
        return {label: unpack(one[label] + two[label] + three[label] + _GOING_ON[label]) for label in before}


def _find_rows(totals: Sequence[int], lifts: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Where each row begins, and the word after it: the words around a claim or a hint of one, as far as any label may be theirs."""
    first = after = 0
    for at, (total, lift) in enumerate(zip(totals, lifts, strict=True)):
        if (total + lift) & _TOPS or (total + _HINTED) & _TOPS:
            if at > after:
                if first < after:
                    yield first, after
                first = at
                while first > max(after, at - _REACH) and (totals[first - 1] + _OPEN) & _TOPS:
                    first -= 1
            after = at + 1 + _REACH
        elif at < after and not (total + _OPEN) & _TOPS:
            yield first, at
            first = after = at + 1
    if first < len(totals) and first < after:
        yield first, min(after, len(totals))


def lift_over(least: Mapping[str, int]) -> int:
    """What `Model.tag` adds to a sum, so that a label with at least its margin in `least` stands out (below nought: nearly claims)."""
    return _ONES * _HALF - pack([least[label] for label in LABELS])


def pack(weights: Sequence[int]) -> int:
    """Signed weights side by side; a sum of packed weights is the packed sum."""
    return (int.from_bytes(_STRUCT.pack(*weights), "little") ^ _TOPS) - _TOPS


def unpack(packed: int) -> tuple[int, ...]:
    """What `pack` was given, or the sums of several."""
    lanes: tuple[int, ...] = _STRUCT.unpack(((packed + _TOPS) ^ _TOPS).to_bytes(_STRUCT.size, "little"))
    return lanes


@cache
def load_model() -> Model:
    """The model of this installation; read once."""
    return read_model(MODEL.read_text(encoding="utf-8"))


def read_model(text: str) -> Model:
    """A model from its file: a line `= number` begins a template, then a line per key: weights, a blank, the key."""
    places = [(table, part, len(starts)) for table, starts in enumerate(STARTS) for part in range(len(starts))]
    tables: list[dict[Key, list[int]]] = [{} for _ in (*STARTS, *range(ROWS, TEMPLATES))]
    template = 0
    for line in text.splitlines():
        if line.startswith("= "):
            template = int(line[2:])
        elif not line.startswith("#"):
            told, _, key = line.partition(" ")
            if template < ROWS:
                table, part, parts = places[template]
            else:
                label, _, key = key.partition(" ")
                table, part, parts = len(STARTS) + template - ROWS, LABELS.index(label), len(LABELS)
            tables[table].setdefault(read_key(key), [0] * parts)[part] = read_weights(told)
    return Model(
        [
            {key: weights[0] if len(weights) == 1 else tuple(weights) for key, weights in table.items()}
            for table in tables
        ]
    )


def read_weights(told: str) -> int:
    """`a12d-3`: label a (the first) weighs 12, label d (the fourth) minus 3."""
    packed, at, number = 0, 0, ""
    for char in [*told, "a"]:
        if char.isalpha():
            if number:
                packed += int(number) << LANE * at
            at, number = ord(char) - ord("a"), ""
        else:
            number += char
    return packed


def write_weights(weights: Sequence[int]) -> str:
    """The opposite of reading, without the labels that weigh nothing."""
    return "".join(f"{chr(ord('a') + at)}{weight}" for at, weight in enumerate(weights) if weight)

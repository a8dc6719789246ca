"""A learned tagger: for each word, whether it belongs to the reporter's name, home, work … or to somebody else's name.

A linear model over words, kinds of words and their neighbours. The weights of a feature for all labels lie side by side
in one integer, so that a label costs no loop and every processor and version of Python adds up the same. Weights are
relative to "nothing", which therefore has none. What one word is helps to tell what its neighbours are, so rows of
words are weighed together. `build/train_tagger.py` makes the model.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, partial
from itertools import pairwise, repeat
from pathlib import Path
from typing import NamedTuple

from hotline.anonymity.tokens import Tokens
from hotline.anonymity.weighing import NEAR, weigh
from hotline.understanding.folding import word_set

LABELS = ("RN", "RA", "RW", "RR", "RC", "RB", "RH", "RX", "TN", "TH", "TX")
"""The reporter's name, address, work, relation, city, birth date or age, handle, number or plate; a third party's name, handle,
number or plate."""

_THEIRS = next(at for at, label in enumerate(LABELS) if label[0] == "T")

LANE = 16
"""Bits of a weight, and of a sum of them: with at most `MOST` each, the sums of all templates fit."""

MOST = 1300
MODEL = Path(__file__).with_name("tagger.txt")
_UNPACK = struct.Struct(f"<{len(LABELS)}h").unpack
_BYTES = len(LABELS) * LANE // 8
_HALF = 1 << LANE - 1
_ONES = sum(1 << LANE * at for at in range(len(LABELS)))
_TOPS = _ONES * _HALF
_LEAN = 80
"""A name in doubt is rather the reporter's: sealed as somebody else's it would be kept, removed it is gone."""

_COST = 30
"""So much less is something of the reporter's that begins, so that one long run is likelier than two short ones."""

_BIAS = (_LEAN << LANE * LABELS.index("RN")) - sum(_COST << LANE * at for at in range(_THEIRS))
"""Added to every word's sum."""

_HINT, _REACH = 100, 6
"""Rows of words are weighed around each that comes so near to a claim, so many words to both sides."""

_HINTED, _OPEN = (_ONES * (_HALF + least) for least in (_HINT, NEAR))
_PAD = ["<s>"] * 3
_STOPS = frozenset(".!?;\n")
_I = word_set(
    "ik ich iech i je j wij we veer wir nous on mijn mn mien miene mie my mein meine mon ma onze our unser notre"
)
_THEY = word_set(
    "hij zij ze die deze he she they er sie il elle ils zijn haar his her sein ihr son dealer dealers dealerin jongen man guy typ type mec "
    "kerel gast hem him ihn hun their deze een a ein un"
)
_CUES = word_set(
    "heet heten heette heit naam naom name namen named called call noem noemen noemt genoemd genaamd noemde neume namens nennen nennt heisst "
    "heist heisse heise heiss namens genannt bijnaam nickname spitzname surnom appelle appellent appelez nom nomme spreekt spricht spreche "
    "speaking speak parlez met mit mèt with avec ben bin am m suis zekere certain gewisser woon wonen woont woen woene live lives wohne wohnen "
    "wohnt habite habitons adres address adresse werk werkt work works arbeite travaille bosse studeer study studiere geboren born ne nee jaar "
    "jahre ans uit oet from aus viens kom koum come komme insta snap snapchat instagram telegram account als as comme voor groet groeten "
    "groetjes mvg regards gruss grus gruse grusse cordialement bedankt thanks merci danke"
)


class Tag(NamedTuple):
    """Word `at` is a `label`'s by `margin` over being nothing, and by `lead` over the next best label of the other side."""

    at: int
    label: str
    margin: int
    lead: int


def feature_rows(tokens: Tokens) -> list[list[str]]:
    """For each template a list with one key per word; templates are numbered by their place."""
    words, sorts = [*_PAD, *tokens.symbols, *_PAD], [*_PAD, *tokens.sorts, *_PAD]
    count = len(tokens.words)
    pairs = [f"{one} {two}" for one, two in pairwise(words)]
    kinds = [f"{one} {two}" for one, two in pairwise(sorts)]
    mixed = [f"{one} {two}" for one, two in zip(words, sorts[1:], strict=False)]
    turned = [f"{one} {two}" for one, two in zip(sorts, words[1:], strict=False)]
    states = _states(tokens)
    here = sorts[3 : 3 + count]
    return [
        words[3 : 3 + count],
        words[2 : 2 + count],
        words[1 : 1 + count],
        words[4 : 4 + count],
        words[5 : 5 + count],
        here,
        pairs[1 : 1 + count],
        pairs[2 : 2 + count],
        pairs[3 : 3 + count],
        pairs[4 : 4 + count],
        kinds[2 : 2 + count],
        kinds[3 : 3 + count],
        mixed[2 : 2 + count],
        turned[3 : 3 + count],
        [f"{pair} {sort}" for pair, sort in zip(pairs[1 : 1 + count], here, strict=True)],
        [f"{state} {sort}" for state, sort in zip(states, here, strict=True)],
        [f"{word[-3:]} {sort}" if sort[0] in "uFS" else "" for word, sort in zip(tokens.words, here, strict=True)],
        [f"{word[:3]} {word[-1:]}" if sort[0] in "uFS" else "" for word, sort in zip(tokens.words, here, strict=True)],
        [f"{min(at, 4)} {min(count - at, 4)} {sort}" for at, sort in enumerate(here)],
        [f"{one} {two}" for one, two in zip(sorts[1 : 1 + count], kinds[2 : 2 + count], strict=True)],
    ]


ROWS = 20
"""How many templates `feature_rows` has; those after them look at the label of the word before."""


def chain_keys(before: str, tokens: Tokens, at: int) -> tuple[str, str, str]:
    """The keys that go with the label of the word before; none are needed where that word is nobody's."""
    following = tokens.symbols[at + 1] if at + 1 < len(tokens.symbols) else "<s>"
    return f"{before} {tokens.sorts[at]}", f"{before} {tokens.symbols[at]}", f"{before} {tokens.sorts[at]} {following}"


def _states(tokens: Tokens) -> list[str]:
    """Before each word: the last cue in the sentence, how far back it is, and of whom the sentence speaks."""
    states: list[str] = []
    cue, far, who = "", 0, ""
    for word in tokens.words:
        states.append(f"{cue}{far}{who}")
        if word in _STOPS:
            cue, far, who = "", 0, ""
        elif word in _CUES:
            cue, far = word, 0
        elif cue:
            far += 1
            if far > 5:
                cue, far = "", 0
        if word in _I:
            who = "I"
        elif word in _THEY:
            who = "T"
    return states


class Model:
    """Weights by template and key, each an integer of `len(LABELS)` lanes."""

    def __init__(self, tables: Sequence[dict[str, int]]) -> None:
        self.tables = tables

    def score(self, tokens: Tokens) -> list[int]:
        """One packed sum per word, without what the word before adds."""
        nothing = repeat(0)
        columns = [
            map(table.get, keys, nothing) for table, keys in zip(self.tables, feature_rows(tokens), strict=False)
        ]
        return list(map(sum, zip(*columns, strict=True)))

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

    def _link(self, tokens: Tokens, first: int, at: int, before: int) -> tuple[int, ...]:
        """What the label of the word before adds to those of a row's word `at`: what was learned, and that nothing begins."""
        keys = chain_keys(LABELS[before], tokens, first + at)
        learned = sum(map(dict.get, self.tables[ROWS:], keys, repeat(0)))
        return unpack(learned + (_COST << LANE * before if before < _THEIRS else 0))


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
    return sum(weight << LANE * at for at, weight in enumerate(weights))


def unpack(packed: int) -> tuple[int, ...]:
    """What `pack` was given, or the sums of several."""
    lanes: tuple[int, ...] = _UNPACK(((packed + _TOPS) ^ _TOPS).to_bytes(_BYTES, "little"))
    return lanes


@cache
def load_model() -> Model:
    """The model of this installation; read once."""
    return read_model(MODEL.read_text(encoding="utf-8"))


def read_model(text: str) -> Model:
    """A model from its file: a line `= number` begins a template, then a line per key: weights, a blank, the key."""
    tables: list[dict[str, int]] = []
    for line in text.splitlines():
        if line.startswith("= "):
            tables.append({})
        elif not line.startswith("#"):
            told, _, key = line.partition(" ")
            tables[-1][key] = _read_weights(told)
    return Model(tables)


def _read_weights(told: str) -> int:
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

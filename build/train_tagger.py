"""Trains the scrubber's tagger on made sentences: `python build/train_tagger.py` writes `hotline/anonymity/tagger.txt`.

An averaged perceptron in whole numbers, so that every machine and every version of Python writes the same bytes. Under a
minute on one core. Whoever changes a template, a lexicon or a feature runs it again; a test compares.
"""

from __future__ import annotations

import struct
import sys
from collections import Counter
from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from build.tagging_manner import Dice  # noqa: E402
from build.tagging_sentences import PLACES, make_sentences  # noqa: E402
from build.told_sentences import MASK, told_sets, vary_told  # noqa: E402
from hotline.anonymity.features import ROWS, Key, chain_keys, feature_rows, write_key  # noqa: E402
from hotline.anonymity.tagger import LABELS, MODEL, MOST, write_weights  # noqa: E402
from hotline.anonymity.tokens import Tokens  # noqa: E402
from hotline.understanding.folding import fold  # noqa: E402

SENTENCES, SEED, ROUNDS = 4_000, 20_261, 3
_RARE, _SMALL, _SCALE = 6, 60, 40
_LANE, _WIDE = 32, 80
_STRUCT = struct.Struct(f"<{len(LABELS)}i")
_TOPS = sum(1 << _LANE * at + _LANE - 1 for at in range(len(LABELS)))
_MARGIN = 6
_MASKED = -2


_Feature = tuple[int, str, Key]
"""A template's number, the label of the word before where it looks at that, and a key of it."""


class _Text(NamedTuple):
    """A sentence: its words, and for each the keys of its features and the number of its label (-1: none, -2: unknown)."""

    tokens: Tokens
    features: list[list[int]]
    golds: list[int]


def main(target: Path = MODEL) -> None:
    """Train, and write the model."""
    target.write_text(train(SENTENCES, SEED), encoding="utf-8")


def train(count: int, seed: int, told: Sequence[Path] | None = None) -> str:
    """The model's file; `told` are the sets of told sentences, all of them when not given."""
    keys: dict[_Feature, int] = {}
    made = chain(make_sentences(count, seed), vary_told(told_sets() if told is None else told, seed))
    texts = [_read(sentence.text, sentence.labels, keys) for sentence in made]
    seen = Counter(key for text in texts for features in text.features for key in features)
    weights, sums, steps = [0] * len(keys), [0] * len(keys), 0
    dice = Dice(seed + 1)
    for _ in range(ROUNDS):
        dice.shuffle(texts)
        for text in texts:
            before = ""
            for at, gold in enumerate(text.golds):
                steps += 1
                features = text.features[at]
                if before:
                    more = [
                        _number((template, before, key), keys, weights, sums)
                        for template, key in enumerate(chain_keys(text.tokens, at), ROWS)
                    ]
                    seen.update(more)
                    features = features + more
                margins = _unpack(sum(map(weights.__getitem__, features)))
                best = max(range(len(LABELS)), key=margins.__getitem__)
                before = LABELS[best] if margins[best] >= 0 else ""
                wrong = _find_wrong(margins, gold) if gold > _MASKED else None
                if wrong is not None:
                    change = (1 << _LANE * gold if gold >= 0 else 0) - (1 << _LANE * wrong if wrong >= 0 else 0)
                    wide = (1 << _WIDE * gold if gold >= 0 else 0) - (1 << _WIDE * wrong if wrong >= 0 else 0)
                    for key in features:
                        weights[key] += change
                        sums[key] += steps * wide
    return _write(keys, seen, weights, sums, steps)


def _number(feature: _Feature, keys: dict[_Feature, int], weights: list[int], sums: list[int]) -> int:
    number = keys.setdefault(feature, len(keys))
    if number == len(weights):
        weights.append(0)
        sums.append(0)
    return number


def _read(text: str, labels: tuple[str, ...], keys: dict[_Feature, int]) -> _Text:
    tokens = Tokens(text, fold(text), PLACES)
    rows = feature_rows(tokens)
    features = [
        [keys.setdefault((template, "", row[at]), len(keys)) for template, row in enumerate(rows) if row[at]]
        for at in range(len(tokens.words))
    ]
    names = {**{label: at for at, label in enumerate(LABELS)}, MASK: _MASKED}
    return _Text(tokens, features, [names.get(labels[start], -1) for start, _ in tokens.spans])


def _find_wrong(margins: tuple[int, ...], gold: int) -> int | None:
    """The label that comes too near to the right one (-1: none of them), None where all is well."""
    right = margins[gold] if gold >= 0 else 0
    rival, best = (-1, 0) if gold >= 0 else (None, -_MARGIN)
    for label, margin in enumerate(margins):
        if label != gold and (rival is None or margin > best) and margin > best:
            rival, best = label, margin
    return rival if rival is not None and best > right - _MARGIN else None


def _write(keys: dict[_Feature, int], seen: Counter[int], weights: list[int], sums: list[int], steps: int) -> str:
    lines = ["# The scrubber's tagger; written by build/train_tagger.py, not by hand."]
    last = -1
    named = (
        (template, f"{before} {write_key(key)}".lstrip(), number) for (template, before, key), number in keys.items()
    )
    for template, key, number in sorted(one for one in named if seen[one[2]] >= _RARE):
        both = zip(_unpack(weights[number]), _unpack_wide(sums[number]), strict=True)
        averages = [(now * steps - total) * _SCALE // steps for now, total in both]
        kept = [max(-MOST, min(MOST, value)) if abs(value) >= _SMALL else 0 for value in averages]
        while last < template:
            last += 1
            lines.append(f"= {last}")
        if any(kept):
            lines.append(f"{write_weights(kept)} {key}")
    return "\n".join(lines) + "\n"


def _unpack(packed: int) -> tuple[int, ...]:
    lanes: tuple[int, ...] = _STRUCT.unpack(((packed + _TOPS) ^ _TOPS).to_bytes(_STRUCT.size, "little"))
    return lanes


def _unpack_wide(packed: int) -> list[int]:
    half = 1 << _WIDE - 1
    raised = packed + sum(half << _WIDE * at for at in range(len(LABELS)))
    return [(raised >> _WIDE * at) % (1 << _WIDE) - half for at in range(len(LABELS))]


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))

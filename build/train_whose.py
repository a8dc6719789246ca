"""Trains what tells whose something is: `python build/train_whose.py` writes `hotline/anonymity/whose.txt`.

Learns from the told sentences, each as it was told and once more as a machine writes what it hears: small letters, no
stops. Logistic regression with a step of its own for each weight (AdaGrad), and a curve that needs no more than a square
root, so that every machine writes the same bytes. A few seconds on one core. Whoever changes a told sentence, a lexicon
or a clue runs it again; a test compares.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from math import sqrt
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from build.marked import Sentence, read_set  # noqa: E402
from build.tagging_manner import Dice  # noqa: E402
from build.told_sentences import told_sets  # noqa: E402
from hotline.anonymity.dwellings import find_addresses  # noqa: E402
from hotline.anonymity.tokens import Tokens  # noqa: E402
from hotline.anonymity.whose import KINDS, MODEL, clues  # noqa: E402
from hotline.understanding.folding import fold  # noqa: E402

SEED, ROUNDS = 20_261, 8
_STEP, _FADE, _FIRST = 0.15, 0.002, 0.1
_RARE, _SMALL, _SCALE = 3, 5, 100
_HOME, _PLACE = ("r", "address"), ("f", "place")
_KIND_OF = {"name": "name", "phone": "number", "plate": "number", "handle": "number"}
_STOPLESS = str.maketrans(dict.fromkeys(".,!?;:()", " "))

_Case = tuple[list[str], bool]
"""What is seen around something, and whether that is the reporter's."""


def main(target: Path = MODEL) -> None:
    """Train, and write the model."""
    target.write_text(train(SEED), encoding="utf-8")


def train(seed: int, told: Sequence[Path] | None = None) -> str:
    """The model's file; `told` are the sets of told sentences, all of them when not given."""
    cases: dict[str, list[_Case]] = {kind: [] for kind in KINDS}
    for path in told_sets() if told is None else told:
        for sentence in read_set(path):
            for text in (sentence.text, fold(sentence.text).translate(_STOPLESS)):
                for kind, case in _cases(sentence, text):
                    cases[kind].append(case)
    dice = Dice(seed)
    lines = ["# Whose something is; written by build/train_whose.py, not by hand."]
    for kind in KINDS:
        weights = _learn(cases[kind], dice)
        kept = {clue: round(weight * _SCALE) for clue, weight in weights.items()}
        lines.append(f"= {kind}")
        lines += [f"{weight} {clue}" for clue, weight in sorted(kept.items()) if abs(weight) >= _SMALL]
    return "\n".join(lines) + "\n"


def _cases(sentence: Sentence, text: str) -> Iterator[tuple[str, _Case]]:
    tokens = Tokens(text, fold(text))
    marks = [
        (mark.side, mark.kind, inside) for mark in sentence.marks if (inside := tokens.inside(mark.start, mark.end))
    ]
    for side, told, inside in marks:
        if (kind := _KIND_OF.get(told)) and side in "rt":
            yield kind, (list(clues(tokens, inside[0], inside[-1])), side == "r")
    own = {at for side, told, inside in marks if (side, told) == _HOME for at in inside}
    taken: set[int] = set()
    for first, end in find_addresses(tokens):
        taken.update(range(first, end))
        yield "home", (list(clues(tokens, first, end - 1)), not own.isdisjoint(range(first, end)))
    for side, told, inside in marks:
        if (side, told) in (_HOME, _PLACE) and taken.isdisjoint(inside):
            yield "home", (list(clues(tokens, inside[0], inside[-1])), side == "r")


def _learn(cases: list[_Case], dice: Dice) -> dict[str, float]:
    seen = Counter(clue for found, _ in cases for clue in found)
    known = [([clue for clue in found if seen[clue] >= _RARE], own) for found, own in cases]
    weights: dict[str, float] = defaultdict(float)
    paces: dict[str, float] = defaultdict(lambda: _FIRST)
    for _ in range(ROUNDS):
        dice.shuffle(known)
        for found, own in known:
            total = 0.0
            for clue in found:
                total += weights[clue]
            wrong = 0.5 * (1 + total / sqrt(4 + total * total)) - own
            for clue in found:
                slope = wrong + _FADE * weights[clue]
                paces[clue] += slope * slope
                weights[clue] -= _STEP * slope / sqrt(paces[clue])
    return weights


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))

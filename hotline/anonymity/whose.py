"""Whose something is that was found, the reporter's or not: learned from the words around it, farther than the tagger looks.

A linear model over words before and after, near and in the same sentence, in whole numbers. The tagger says what a word
is from its neighbours; of a name, a home or a number that was found, the sentence tells more.
`build/train_whose.py` makes the model.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import takewhile
from pathlib import Path

from hotline.anonymity.features import OF_ME, OF_OTHERS
from hotline.anonymity.lexicon import NEW_LINE
from hotline.anonymity.tokens import STOPS, Tokens

KINDS = ("name", "home", "number")
"""What is judged: a person's name, an address, a number with a plate or an account. Each has weights of its own."""

MODEL = Path(__file__).with_name("whose.txt")
_NEAR, _SENTENCE = 6, 15
_PAD = ["<s>"] * 3
_FAR = 5
_ENDS = STOPS | {NEW_LINE.symbol}
_PLACES = ("-3", "-2", "-1", "1", "2", "3")


def lean(kind: str, tokens: Tokens, first: int, last: int) -> int:
    """How far words `first` to `last` are the reporter's: below nought somebody else's, or of a home the nuisance's place.

    In hundredths of the model's own measure; whoever asks says from where on it is believed.
    """
    weights = load_weights()[kind]
    return sum(weights.get(clue, 0) for clue in clues(tokens, first, last))


def clues(tokens: Tokens, first: int, last: int) -> Iterator[str]:
    """What tells whose words `first` to `last` are."""
    before, after = _look(tokens, max(0, first - _SENTENCE), first), _look(tokens, last + 1, last + 1 + _SENTENCE)
    three, left = [*_PAD, *before][-3:], len(tokens.words) - last - 1
    following = [*after[:3], *_PAD][:3]
    yield from (f"{place} {word}" for place, word in zip(_PLACES, [*three, *following], strict=True))
    yield f"-2-1 {three[1]} {three[2]}"
    yield f"12 {following[0]} {following[1]}"
    yield f"-11 {three[2]} {following[0]}"
    yield f"-3-1 {' '.join(three)}"
    yield f"13 {' '.join(following)}"
    yield f"-22 {' '.join([*three[1:], *following[:2]])}"
    yield from (f"< {word}" for word in dict.fromkeys(before[-_NEAR:]))
    yield from (f"> {word}" for word in dict.fromkeys(after[:_NEAR]))
    yield from (f"<< {word}" for word in dict.fromkeys(takewhile(_goes_on, reversed(before))))
    yield from (f">> {word}" for word in dict.fromkeys(takewhile(_goes_on, after)))
    yield f"begin {min(first, _NEAR)}"
    yield f"end {min(left, _NEAR)}"
    yield f"whole {first == 0} {left < 2}"
    yield f"self {' '.join(tokens.sorts[first : last + 1][:_NEAR])}"
    yield from _speaking("<", tokens.words[max(0, first - _SENTENCE) : first][::-1])
    yield from _speaking(">", tokens.words[last + 1 : last + 1 + _SENTENCE])


def _look(tokens: Tokens, first: int, after: int) -> list[str]:
    """What is seen of these words: places are all the same."""
    seen = zip(tokens.symbols[first:after], tokens.is_place[first:after], strict=True)
    return ["<L>" if placed else word for word, placed in seen]


def _goes_on(word: str) -> bool:
    return word not in _ENDS


def _speaking(side: str, words: Sequence[str]) -> Iterator[str]:
    """Of whom the nearest word speaks that speaks of anybody."""
    for at, word in enumerate(words):
        if word in OF_ME:
            yield f"{side}me {min(at // 2, _FAR)}"
            return
        if word in OF_OTHERS:
            yield f"{side}them {min(at // 2, _FAR)}"
            yield f"{side}them {word}"
            return


@cache
def load_weights() -> Mapping[str, Mapping[str, int]]:
    """The weights of this installation by kind and clue; read once."""
    return read_weights(MODEL.read_text(encoding="utf-8"))


def read_weights(text: str) -> Mapping[str, Mapping[str, int]]:
    """Weights from their file: a line `= kind` begins a kind, then a line per clue: weight, a blank, the clue."""
    found: dict[str, dict[str, int]] = {}
    weights: dict[str, int] = {}
    for line in text.splitlines():
        told, _, rest = line.partition(" ")
        if told == "=":
            weights = found.setdefault(rest, {})
        elif told != "#":
            weights[rest] = int(told)
    return found

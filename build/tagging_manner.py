"""How a made sentence is written down: with capitals or without, with punctuation or without, with slips of the key."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

_CAPITALISED = frozenset({"RN", "TN", "RC"})


class Dice:
    """Random numbers that are the same everywhere: a linear congruential generator (Knuth's MMIX constants)."""

    def __init__(self, seed: int) -> None:
        self._state = seed

    def below(self, limit: int) -> int:
        """A number from 0 up to, not including, `limit`."""
        self._state = (self._state * 6364136223846793005 + 1442695040888963407) % (1 << 64)
        return (self._state >> 33) % limit

    def pick(self, several: Sequence[str]) -> str:
        """One of several."""
        return several[self.below(len(several))]

    def shuffle(self, several: list[Any]) -> None:
        """Put several in another order."""
        for at in range(len(several) - 1, 0, -1):
            other = self.below(at + 1)
            several[at], several[other] = several[other], several[at]

    def chance(self, percent: int) -> bool:
        """Whether something of so many per cent happens."""
        return self.below(100) < percent


class Sentence(NamedTuple):
    """A text, and for each of its characters the label of the word there, `O` for none."""

    text: str
    labels: tuple[str, ...]


def write_down(pieces: Sequence[tuple[str, str]], dice: Dice, street_ends: tuple[str, ...]) -> Sentence:
    """The words of a sentence as somebody writes them."""
    manner = dice.below(100)
    text, labels, begins = "", [], True
    for label, piece in pieces:
        for word in piece.split():
            if manner >= 60 and word in ".,:" and label == "O" and (manner < 90 or dice.chance(50)):
                continue
            if dice.chance(3) and len(word) > 4 and word.isalpha():
                word = _slip(word, dice)
            if manner < 36:
                capital = begins or label in _CAPITALISED or (word.endswith(street_ends) and dice.chance(80))
                small = word in ("van", "de", "der", "den", "el", "von", "le", "du", "ter") and not begins
                word = word[:1].upper() + word[1:] if capital and not small else word
            elif manner >= 97:
                word = word.upper()
            else:
                word = word.lower()
            begins = word == "." and label == "O"
            text += word + " "
            labels += [label] * len(word) + ["O"]
    return Sentence(text, tuple(labels))


def _slip(word: str, dice: Dice) -> str:
    at = 1 + dice.below(len(word) - 2)
    return dice.pick(
        [
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        ]
    )

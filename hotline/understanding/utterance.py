"""One utterance as all readers share it: folded and split into words once."""

from __future__ import annotations

import re
from functools import cached_property

from hotline.understanding.counting import read_number
from hotline.understanding.folding import fold

SHORT = 12
"""Words of an answer; from there on it is a story, in which a name counts only where it is clearly a place."""

STOPS = frozenset(".,!")
# A placeholder of the scrubber ("[naam]") is one token that means nothing. `?`, `;` and a new line end a sentence too.
_TOKEN = re.compile(r"\[[^\[\]\s]{1,20}\]|[^\W_]+|[.,!?;\n/]")
_AS_STOP = {"?": ".", ";": ".", "\n": ".", "/": "."}


class Utterance:
    """The words of a text, folded; `.`, `,` and `!` are words of their own, so that no phrase runs across them."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.folded = fold(text)
        self.words = [_AS_STOP.get(word, word) for word in _TOKEN.findall(self.folded)]

    @cached_property
    def spans(self) -> list[tuple[int, int]]:
        """Where each word stands in the text."""
        return [match.span() for match in _TOKEN.finditer(self.folded)]

    @cached_property
    def numbers(self) -> dict[int, tuple[int, int]]:
        """The whole numbers that are told: the word at which each begins, with its value and the word after it."""
        read = ((at, read_number(self.words, at)) for at in range(len(self.words)))
        return {at: number for at, number in read if number is not None}

    @cached_property
    def length(self) -> int:
        """How many words there are, stops not counted."""
        return len(self.words) - sum(map(self.words.count, STOPS))

    @property
    def is_short(self) -> bool:
        """Whether this is an answer rather than a story."""
        return self.length <= SHORT

    def told(self, first: int, after: int) -> str:
        """The text as it was told from word `first` up to, not including, word `after`."""
        return " ".join(self.text[self.spans[first][0] : self.spans[after - 1][1]].split())

    def has_capital(self, at: int) -> bool:
        """Whether word `at` was written with a capital."""
        return self.text[self.spans[at][0]].isupper()

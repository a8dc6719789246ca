"""One text as the recognisers share it: folded once, its digits read once."""

from __future__ import annotations

import re
from functools import cached_property

from hotline.anonymity.tokens import Tokens
from hotline.understanding.folding import fold
from hotline.understanding.numbers import FIRST_WORDS, NUMBER_WORDS, SAID, DigitToken, digit_runs, digit_tokens

_ENOUGH, _FEWEST_WORDS = 5, 3
_NUMERIC = frozenset(word for said in SAID for word in said.split(" ")) | NUMBER_WORDS
_FILLERS = "eh ehm euh uh uhm hm en dan and then und dann et puis ja nou cent cents hundred honderd hundert"
_LINKS = frozenset(_FILLERS.split())
# What people say between the digits of one number.
_FILLER = re.compile(rf"\W{{0,4}}(?:(?:{'|'.join(_FILLERS.split())})\W{{1,4}}){{1,3}}")
_DIGIT = re.compile(r"[0-9]")
_WORD = re.compile(r"[^\W\d_]+")


class Reading:
    """A normalised text with what is read off it when first asked; lives as long as one pass over the text."""

    def __init__(self, text: str) -> None:
        self.text, self.folded = text, fold(text)
        self.digits = len(_DIGIT.findall(text))

    @cached_property
    def tokens(self) -> Tokens:
        """The words with what kind each is."""
        return Tokens(self.text, self.folded)

    @cached_property
    def runs(self) -> tuple[list[DigitToken], ...]:
        """The runs of digits, written or said, of at least five digits."""
        return self._read(joined=True) if self._has_enough else ()

    @cached_property
    def runs_word_by_word(self) -> tuple[list[DigitToken], ...]:
        """The same with every word a number of its own (`soixante douze` as 60 12); empty where that is no other."""
        if not self._has_enough or FIRST_WORDS.isdisjoint(self._words):
            return ()
        return self._read(joined=False)

    @cached_property
    def _words(self) -> list[str]:
        return _WORD.findall(self.folded)

    @cached_property
    def _has_enough(self) -> bool:
        """Whether somewhere enough digits stand in a row, a word told for at most two; cheaper than reading them."""
        words = self.tokens.words
        if not self.digits and sum(map(_NUMERIC.__contains__, words)) < _FEWEST_WORDS:
            return False
        row = 0
        for word in words:
            if word in _NUMERIC:
                row += 2
            elif word[0].isalpha() and word[-1].isalpha() and word not in _LINKS:
                row = 0
            else:
                row += sum(map(str.isdigit, word))
            if row >= _ENOUGH:
                return True
        return False

    def _read(self, *, joined: bool) -> tuple[list[DigitToken], ...]:
        runs: list[list[DigitToken]] = []
        for run in digit_runs(self.folded, digit_tokens(self.folded, joined=joined)):
            if runs and _FILLER.fullmatch(self.folded, runs[-1][-1].end, run[0].start):
                runs[-1] += run
            else:
                runs.append(run)
        return tuple(run for run in runs if sum(len(token.digits) for token in run) >= _ENOUGH)

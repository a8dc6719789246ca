"""Whole numbers as they are said in a row of words: vijfenveertig, honderdtwaalf, deux cent trois."""

from __future__ import annotations

from collections.abc import Sequence

from hotline.understanding.folding import word_set
from hotline.understanding.numbers import FIRST_WORDS, SAID

_HUNDRED = ("honderd", "hundert", "hoonderd", "hundred", "cents", "cent", "hunderd")
_THOUSAND = ("duizend", "tausend", "thousand", "mille")
_LINKS = word_set("en and et und")
_DIGITS = 4
_GLUED = 9  # letters of the shortest number that has a hundred or a thousand within ("honderdeen", "eenhonderd")
ONE = word_set("een ein eine einen one un une")
"""Words for 1 that are articles too."""


def read_number(words: Sequence[str], at: int) -> tuple[int, int] | None:
    """The number from 1 to 9999 that begins at word `at`, with the word after it; None where none begins."""
    if at >= len(words):
        return None
    word = words[at]
    if word in SAID or word in FIRST_WORDS:
        number = _below_hundred(words, at)
    elif word in _HUNDRED or word in _THOUSAND:
        number = 1, at
    elif word.isdigit():
        return (int(word), at + 1) if len(word) <= _DIGITS and word.isascii() and int(word) else None
    elif len(word) >= _GLUED:
        number = _glued(words, at)
    else:
        return None
    if number is None:
        return None
    value, after = _multiply(words, *number, _THOUSAND, 1000)
    if value % 1000 == 0 and value:
        hundreds = _below_hundred(words, after) if after < len(words) else None
        if hundreds and words[hundreds[1] : hundreds[1] + 1] and words[hundreds[1]] in _HUNDRED:
            more, after = _multiply(words, *hundreds, _HUNDRED, 100)
            return value + more, after
    elif value < 100:
        value, after = _multiply(words, value, after, _HUNDRED, 100)
    return (value, after) if value else None


def _multiply(words: Sequence[str], value: int, after: int, names: Sequence[str], size: int) -> tuple[int, int]:
    """`twee` before `honderd vijf` as 205; a number without such a word after it stays what it is."""
    if after >= len(words) or words[after] not in names or value >= 100:
        return value, after
    value, after = value * size, after + 1
    linked = after + (after < len(words) and words[after] in _LINKS)
    rest = _below_hundred(words, linked)
    followed = rest is not None and rest[1] < len(words) and words[rest[1]] in _HUNDRED
    return (value + rest[0], rest[1]) if rest and not followed else (value, after)


def _below_hundred(words: Sequence[str], at: int) -> tuple[int, int] | None:
    if at >= len(words):
        return None
    word = words[at]
    if word in FIRST_WORDS:
        for length in (4, 3, 2):
            said = SAID.get(" ".join(words[at : at + length]))
            if said and at + length <= len(words):
                return int(said), at + length
    said = SAID.get(word)
    return (int(said), at + 1) if said else None


def _glued(words: Sequence[str], at: int) -> tuple[int, int] | None:
    """`tweehonderdvijfenveertig`, `zesduizendtweehonderdelf`: Dutch and German write a number as one word."""
    if len(words[at]) < _GLUED:
        return None
    value, rest = 0, words[at]
    for names, size in ((_THOUSAND[:2], 1000), (_HUNDRED[:3], 100)):
        for name in names:
            head, found, tail = rest.partition(name)
            if not found:
                continue
            times = SAID.get(head, "") if head else "1"
            if not times:
                return None
            value, rest = value + int(times) * size, tail.removeprefix("en").removeprefix("und")
            rest = tail if rest not in SAID and tail in SAID else rest
            break
    if not value:
        return None
    if rest and rest not in SAID:
        return None
    if rest:
        return value + int(SAID[rest]), at + 1
    # "tweehonderd drie"
    if value % 1000 == 0 and at + 1 < len(words) and (more := _glued(words, at + 1)) and more[0] < 1000:
        return value + more[0], more[1]
    following = _below_hundred(words, at + 1 + (words[at + 1 : at + 2] != [] and words[at + 1] in _LINKS))
    return (value + following[0], following[1]) if following and value % 100 == 0 else (value, at + 1)

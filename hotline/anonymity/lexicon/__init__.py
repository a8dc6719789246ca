"""What kind of word a word is: a name, an everyday word, a relation, a trade, a brand, a town; lists of our own.

The lists were written for this line, from what everybody knows; none was copied from a collection.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from hotline.understanding.counting import read_number
from hotline.understanding.folding import fold
from hotline.understanding.numbers import NUMBER_WORDS

_HERE = Path(__file__).parent
_ROLES = {
    "R": "relations", "J": "jobs", "E": "employers", "B": "brands", "T": "towns", "P": "particles",
}  # fmt: skip


class Kind(NamedTuple):
    """What the tagger sees of a word.

    `symbol` is the word itself, or `<F>`, `<S>` for a name that is nothing else and `<u>` for a word in no list.
    `sort` begins with F (first name), f (first name and everyday word), S, s (the same for surnames), w or u (unknown),
    and goes on with the letters of its roles: R relation, J trade, E employer, B brand, T town, P particle, N number.
    """

    symbol: str
    sort: str


UNKNOWN = Kind("<u>", "u")
NEW_LINE = Kind("<line>", "M")
_DIGITS = [Kind(f"<{length}>", "D") for length in (1, 2, 3, 4, 5)]
_MIXED = Kind("<a1>", "A")
_HUNDREDS = Kind("<100>", "wN")
_COMPOUNDS = {role: Kind(f"<u{role}>", f"u{role}") for role in "JER"}
_LETTER = re.compile(r"[^\W\d_]")


def read_lines(name: str) -> tuple[str, ...]:
    """The lines of a list; those that begin with # are remarks."""
    lines = (_HERE / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return tuple(line for line in lines if not line.startswith("#"))


def read_list(name: str) -> frozenset[str]:
    """The folded words of a list."""
    return frozenset(fold(" ".join(read_lines(name))).replace("-", " ").split())


@cache
def kinds() -> Mapping[str, Kind]:
    """Every listed word with its kind; read once."""
    first, also, last, words = map(read_list, ("first_names", "word_names", "surnames", "words"))
    roles = {letter: read_list(name) for letter, name in _ROLES.items()} | {"N": NUMBER_WORDS}
    # "agent de quartier" makes no trade of "de".
    roles |= {letter: roles[letter] - roles["P"] for letter in "JEBT"}
    everyday = words.union(*(roles[letter] for letter in "RJPN"))
    found: dict[str, Kind] = {}
    for word in sorted(everyday.union(first, also, last, *roles.values())):
        sort = "w"
        if word in first or word in also:
            sort = "f" if word in everyday or word in also else "F"
        elif word in last:
            sort = "s" if word in everyday else "S"
        sort += "".join(letter for letter, listed in roles.items() if word in listed)
        found[word] = Kind(f"<{sort}>" if sort in ("F", "S") else word, sort)
    return found


def kind_by_form(word: str) -> Kind:
    """The kind of what stands in no list: digits by their number, a mixture, a placeholder, a mark, an unknown word."""
    if word.isdigit():
        return _DIGITS[min(len(word), len(_DIGITS)) - 1]
    if word[0] == "[":
        return Kind(f"{word.partition('?')[0].rstrip(']')}]", "H")
    if not _LETTER.search(word):
        return NEW_LINE if word == "\n" else Kind(word, "M")
    if not word.isalpha():
        return _MIXED
    return _HUNDREDS if read_number([word], 0) else _compound(word)


def _compound(word: str) -> Kind:
    """An unknown word that ends in a trade, a workplace or a relation: a "wijkverpleegkundige", a "bloemenwinkel"."""
    known = kinds()
    for at in range(2, len(word) - 4):
        end = known.get(word[at:])
        if end is not None and end.sort[0] != "F":
            for role in "JER":
                if role in end.sort:
                    return _COMPOUNDS[role]
            return UNKNOWN
    return UNKNOWN

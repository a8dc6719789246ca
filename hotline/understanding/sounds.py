"""How a word sounds, so that dialect, haste and a speech recogniser's spelling come to the same letters."""

from __future__ import annotations

import re
from collections.abc import Iterable

_WHOLE = {
    "saint": "sint",
    "sankt": "sint",
    "st": "sint",
    "prof": "professor",
    "burg": "burgemeester",
    "pres": "president",
}
# The rules of domain.md §2.3: sj/sch, ij/ie/ii, ao/aa/oa, ö/eu, and double letters.
_RULES = (
    (re.compile(r"sch"), "sj"),
    (re.compile(r"sj(?=[tpkmnlw])|zj(?=[sw])"), "s"),
    (re.compile(r"ij|ii|ie|y"), "i"),
    (re.compile(r"ao|oa|aa|ae"), "a"),
    (re.compile(r"eu|oe"), "o"),
    (re.compile(r"kerteer|kwarteer|kwartier"), "kwartir"),
    (re.compile(r"ck|c(?=[aou])"), "k"),
    (re.compile(r"th"), "t"),
    (re.compile(r"([a-z])\1+"), r"\1"),
)


def sound_out(words: Iterable[str]) -> list[str]:
    """The sound of each folded word, in letters that only serve to compare."""
    joined = " ".join([_WHOLE.get(word, word) for word in words])
    for pattern, plain in _RULES:
        joined = pattern.sub(plain, joined)
    return joined.split(" ")

"""Sentences in which people marked what identifies the reporter (r), what identifies somebody else (t), and facts (f).

A set is a file of JSON lines with `id`, `lang`, `channel` and `text`; in the text `⟦r:name|Jo Voorbeeld⟧` marks words.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from hotline.anonymity.normalise import normalise

KINDS = {
    "r": frozenset(
        [
            "phone",
            "name",
            "address",
            "email",
            "iban",
            "bsn",
            "document",
            "handle",
            "birthdate",
            "work",
            "relation",
            "city",
            "plate",
        ]
    ),
    "t": frozenset(["name", "phone", "plate", "handle", "address"]),
    "f": frozenset(["place", "time", "date", "amount", "what", "look"]),
}
_MARK = re.compile(r"⟦([rtf]):(\w+)\|([^⟦⟧]+)⟧")


@dataclass(frozen=True, slots=True)
class Mark:
    """Characters `start` to `end` of the normalised text are a reporter's, a third party's or a fact's."""

    side: str
    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A marked text without its marks; `text` is normalised, so that places in it are the scrubber's places."""

    id: str
    lang: str
    text: str
    marks: tuple[Mark, ...]


def read_set(path: Path) -> Iterator[Sentence]:
    """The sentences of a file; ValueError names the line whose marks are wrong."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip():
            try:
                one = json.loads(line)
                yield read_sentence(str(one["id"]), one["lang"], one["text"])
            except (ValueError, KeyError, TypeError) as wrong:
                raise ValueError(f"{path.name}, line {number}: {type(wrong).__name__} {wrong}") from None


def read_sentence(name: str, lang: str, told: str) -> Sentence:
    """One sentence; ValueError on a mark that is none of the known kinds."""
    plain, marks, at = "", [], 0
    for match in _MARK.finditer(told):
        side, kind, words = match.groups()
        if kind not in KINDS[side]:
            raise ValueError(f"{side}:{kind} is no kind of mark")
        plain += told[at : match.start()]
        start = len(normalise(plain))
        plain += words
        marks.append(Mark(side, kind, start, len(normalise(plain))))
        at = match.end()
    plain += told[at:]
    if "⟦" in plain or "⟧" in plain:
        raise ValueError("a bracket that belongs to no mark")
    return Sentence(name, lang, normalise(plain), tuple(marks))

"""Reads the privacy statement: the sentences that residents see, beside each other in two languages, and what proves them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ivr_flows.channels import Language

LANGUAGES: tuple[Language, ...] = ("nl", "en")
"""The languages of the statement, in the order of the document's headings and columns; every other one reads English."""

_BETWEEN = " · "
_COLUMNS = ("Nederlands", "English", "proved by")
_RULER = re.compile(r"\|(?:-+\|)+")


@dataclass(frozen=True, slots=True)
class Pair:
    """The same words in Dutch and English."""

    nl: str
    en: str

    def told(self, language: Language) -> str:
        """In this language, or in English."""
        return self.nl if language == "nl" else self.en


@dataclass(frozen=True, slots=True)
class Sentence:
    """One promise; `proof` names tests, or says why none can prove it. `line` is where it stands in the document."""

    words: Pair
    proof: str
    line: int


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its sentences."""

    heading: Pair
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """The whole statement; what the document says before its first section is for the house and not part of it."""

    title: Pair
    sections: tuple[Section, ...]

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """Every sentence in its order."""
        return tuple(one for section in self.sections for one in section.sentences)


def language_of(language: Language) -> Language:
    """The language in which somebody who chose this one reads the statement."""
    return language if language in LANGUAGES else "en"


def read_statement(text: str) -> Statement:
    """Read `docs/privacy-statement.md`; ValueError names the line of whatever does not fit.

    `# nl · en` is the title, `## nl · en` begins a section, whose table has a row per sentence: Dutch, English, proof.
    """
    title: Pair | None = None
    sections: list[tuple[Pair, list[Sentence]]] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if line.startswith("# "):
            title = _read_heading(line, number)
        elif line.startswith("## "):
            sections.append((_read_heading(line, number), []))
        elif line.startswith("|") and sections:
            sections[-1][1].extend(_read_row(line, number))
        elif line.strip() and sections:
            raise ValueError(f"privacy statement, line {number}: a section holds its table and nothing else")
    if title is None or not sections or not all(sentences for _, sentences in sections):
        raise ValueError("privacy statement: a title, and a table in every section")
    return Statement(title, tuple(Section(heading, tuple(sentences)) for heading, sentences in sections))


def _read_heading(line: str, number: int) -> Pair:
    parts = line.lstrip("# ").split(_BETWEEN)
    if len(parts) != len(LANGUAGES):
        raise ValueError(f"privacy statement, line {number}: a heading is `Nederlands{_BETWEEN}English`")
    return Pair(*(part.strip() for part in parts))


def _read_row(line: str, number: int) -> Iterator[Sentence]:
    cells = tuple(cell.strip() for cell in line.strip().strip("|").split("|"))
    if cells == _COLUMNS or _RULER.fullmatch(line.strip()):
        return
    if len(cells) != len(_COLUMNS) or not all(cells):
        raise ValueError(
            f"privacy statement, line {number}: a row is a sentence in Dutch, in English, and what proves it"
        )
    yield Sentence(Pair(cells[0], cells[1]), cells[2], number)

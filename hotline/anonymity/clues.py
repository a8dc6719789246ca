"""Words in a text that could give its reporter away, each with why, how heavily it weighs, and what to write instead."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from hotline.understanding.folding import fold

Instead = Callable[[re.Match[str], str], str | None]


@dataclass(frozen=True, slots=True)
class Reason:
    """`words` stand at `start` up to `end` of the `field`, which is `text`, `place` or an answer's name.

    `why` is a Dutch sentence for the operator, `weight` counts towards the limits of `single_source`. `instead` is what
    may stand there (empty: leave it out), None where only a person can say it otherwise.
    """

    kind: str
    words: str
    why: str
    weight: int
    field: str = "text"
    start: int = 0
    end: int = 0
    instead: str | None = None


@dataclass(frozen=True, slots=True)
class Clue:
    """What to look for in folded text; `instead` makes the coarser words of a match and the words as they were told."""

    kind: str
    weight: int
    why: str
    pattern: re.Pattern[str]
    instead: Instead | None = None


def make_clue(kind: str, weight: int, why: str, *patterns: str, instead: str | Instead | None) -> Clue:
    """A clue of several patterns, each between the edges of words; `instead` may be the same words for every match."""
    joined = re.compile(rf"(?<![\w'])(?:{'|'.join(patterns)})(?!\w)")
    return Clue(kind, weight, why, joined, (lambda *_: instead) if isinstance(instead, str) else instead)


def find_clues(clues: Iterable[Clue], text: str, *, field: str = "text") -> Iterator[Reason]:
    """Every match of every clue in a text; matches may overlap."""
    folded = fold(text)
    for clue in clues:
        for match in clue.pattern.finditer(folded):
            start, end = match.span()
            words = text[start:end]
            instead = clue.instead(match, words) if clue.instead else None
            yield Reason(clue.kind, words, clue.why, clue.weight, field, start, end, begin_as(instead, words))


def keep_heaviest(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    """Reasons that do not overlap, in the order of the text: of those that do, the heaviest, then the longest."""
    kept: list[Reason] = []
    for one in sorted(reasons, key=lambda one: (-one.weight, one.instead is None, one.start - one.end, one.start)):
        if not any(one.field == other.field and one.start < other.end and other.start < one.end for other in kept):
            kept.append(one)
    return tuple(sorted(kept, key=lambda one: (one.field != "text", one.field, one.start)))


def apply_reasons(text: str, reasons: Iterable[Reason]) -> str:
    """The text with what each of its own reasons says `instead`; what nobody but a person can change stays."""
    pieces, at = [], 0
    for one in reasons:
        if one.field == "text" and one.instead is not None:
            pieces += [text[at : one.start], one.instead]
            at = one.end
    return tidy("".join([*pieces, text[at:]])) if pieces else text


def tidy(text: str) -> str:
    """Without the blanks and stops that stay behind where words were taken out."""
    lines = []
    for line in text.split("\n"):
        line = re.sub(r"[ \t]{2,}", " ", line)
        line = re.sub(r" +(?=[.,;!?])", "", line)
        line = re.sub(r"(?<=[.!?,;])(?: ?[,;])+|,(?=[.!?])", "", line)
        line = re.sub(r"([.!?])(?: ?\.)+", r"\1", line)
        lines.append(re.sub(r"^[ ,;.!?]+", "", line).rstrip())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def begin_as(instead: str | None, words: str) -> str | None:
    """`instead` with a capital where `words` begin with one."""
    return instead[0].upper() + instead[1:] if instead and words[:1].isupper() else instead

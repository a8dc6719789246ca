"""The wide net: what nothing claimed but could still identify somebody is put to a person."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from hotline.anonymity.reading import Reading
from hotline.anonymity.spans import Span, Verdict
from hotline.anonymity.tokens import Tokens
from hotline.understanding.folding import word_set

_MINE = word_set(
    "mijn mn mien miene mie onze my our mein meine meinem meinen meiner unser unsere unserem mon ma mes notre nos"
)
# Ends of words for people, so that a "voetbalvriend", an "overbuurvrouw" or a "Klassenkamerad" is known for one.
_PEOPLE = (
    "vriend vriendin vrienden genoot genote genoten collega buurman buurvrouw buren moeder vader dochter zoon broer zusje kind kinderen"
    " baas meester maat maatje huurder verhuurder begeleider friend mate mates mother father brother sister boss neighbour neighbor"
    " freund freundin kollege kollegin nachbar nachbarin kamerad mutter vater tochter sohn bruder schwester kinder bewohner"
)
_ENDS = tuple(_PEOPLE.split())
# After "my": things and places that tell nothing of who somebody is to the reporter.
_BETWEEN = word_set(
    "oudste jongste eigen kleine beste oude ex best old little own oldest youngest kleiner kleine bester ancien petit petite jeune"
)
_AT = re.compile(r"[^\s@]+@[^\s@]+|\b[\w-]{2,}\s?\.\s?[\w-]{2,}\s?\.\s?(?:nl|be|de|fr|com|eu|net)\b")
_CODE = re.compile(
    r"(?<![\w/.:-])(?!(?:bu|wk|gm)\d)(?=[a-z0-9-]*\d)(?=[a-z0-9-]*[a-z])[a-z0-9]+(?:-[a-z0-9]+)*(?![\w/:-])"
)


def find_leftovers(reading: Reading, taken: Sequence[Span]) -> Iterator[Span]:
    """Spans for a person, outside `taken`; relations after "my" are no doubt and go."""
    tokens = reading.tokens
    yield from _find_relations(tokens)
    yield from _find_names(tokens, taken)
    for match in _AT.finditer(reading.folded) if "@" in reading.folded else ():
        yield Span(match.start(), match.end(), "email", Verdict.ASK)
    if reading.has_digit:
        for match in _CODE.finditer(reading.folded):
            if len(match.group()) >= 7 and sum(map(str.isdigit, match.group())) >= 3:
                yield Span(match.start(), match.end(), "document", Verdict.ASK)


def _find_relations(tokens: Tokens) -> Iterator[Span]:
    """ "My son", "mijn oudste zus", "meine Nachbarin": who somebody is to the reporter."""
    for at, word in enumerate(tokens.words):
        if word not in _MINE:
            continue
        to = at + 1
        if (
            to < len(tokens.words)
            and tokens.words[to] in _BETWEEN
            and to + 1 < len(tokens.words)
            and _is_person(tokens, to + 1)
        ):
            to += 1
        if to < len(tokens.words) and _is_person(tokens, to):
            yield Span(tokens.spans[at][0], tokens.spans[to][1], "relation", Verdict.REMOVE)


def _is_person(tokens: Tokens, at: int) -> bool:
    return "R" in tokens.sorts[at][:-1] or (tokens.words[at].endswith(_ENDS) and not tokens.is_place[at])


def _find_names(tokens: Tokens, taken: Sequence[Span]) -> Iterator[Span]:
    """Names that are nothing else, and capitals inside a sentence on words that nobody knows."""
    for at, sort in enumerate(tokens.sorts):
        if sort[0] in "FS":
            doubtful = len(sort) == 2
        else:
            doubtful = sort == "uT" and not tokens.has_capital_nouns and not tokens.words[at].endswith(_ENDS)
        start, end = tokens.spans[at]
        if doubtful and not any(one.start < end and start < one.end for one in taken):
            yield Span(start, end, "name", Verdict.ASK)

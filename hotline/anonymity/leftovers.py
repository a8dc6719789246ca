"""The wide net: what nothing claimed but could still identify somebody is put to a person."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from hotline.anonymity.reading import Reading
from hotline.anonymity.spans import Span, Verdict
from hotline.anonymity.tokens import Tokens

_AT = re.compile(r"[^\s@]+@[^\s@]+|\b[\w-]{2,}\s?\.\s?[\w-]{2,}\s?\.\s?(?:nl|be|de|fr|com|eu|net)\b")
_CODE = re.compile(r"(?<![\w/.:-])(?!(?:bu|wk|gm)\d)(?=[a-z0-9-]*\d)(?=[a-z0-9-]*[a-z])[a-z0-9]+(?:-[a-z0-9]+)*(?![\w/:-])")
_LONG, _MANY_DIGITS = 7, 3
# Capitals that begin the name of a place or of a thing, by how it ends.
_NO_NAMES = tuple(
    "wijk buurt kwartier markt hal toren flat winkel shop huis zaal centrum school club bad sluis haven poort veld berg dorp kerk kapel"
    " hof gaard bus lijn straat weg laan plein brug park brucke strasse platz haus hof halle garten markt viertel er isch ische ischer"
    " iaans iaanse se ais aise ien ienne street road square bridge house hall court market".split()
)


def find_leftovers(reading: Reading, taken: Sequence[Span]) -> Iterator[Span]:
    """Spans for a person, outside `taken`."""
    yield from _find_names(reading.tokens, taken)
    for match in _AT.finditer(reading.folded) if "@" in reading.folded else ():
        yield Span(match.start(), match.end(), "email", Verdict.ASK)
    if reading.has_digit:
        for match in _CODE.finditer(reading.folded):
            if len(match.group()) >= _LONG and sum(map(str.isdigit, match.group())) >= _MANY_DIGITS:
                yield Span(match.start(), match.end(), "document", Verdict.ASK)


def _find_names(tokens: Tokens, taken: Sequence[Span]) -> Iterator[Span]:
    """Names that are nothing else, and capitals inside a sentence on words that nobody knows."""
    for at, sort in enumerate(tokens.sorts):
        if sort[0] in "FS":
            doubtful = len(sort) == 2
        else:
            doubtful = sort == "uT" and not tokens.has_capital_nouns and not tokens.words[at].endswith(_NO_NAMES)
        start, end = tokens.spans[at]
        if doubtful and not any(one.start < end and start < one.end for one in taken):
            yield Span(start, end, "name", Verdict.ASK)

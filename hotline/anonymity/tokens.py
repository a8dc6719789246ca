"""A text in words as the tagger sees them: what kind each is, how it is written, and where places stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, cached_property

from hotline.anonymity.lexicon import UNKNOWN, kind_by_form, kinds, read_lines
from hotline.understanding.folding import fold, word_set
from hotline.understanding.streets import find_streets, may_name_street
from hotline.understanding.utterance import Utterance

# Apostrophes and hyphens are no words: "m'n" is "m n", with or without.
_TOKEN = re.compile(r"\[[^\[\]\s]{1,20}\]|\w+|[.,!?;:()\n/]")
STOPS = frozenset(".!?;\n")
"""Where a sentence ends."""

_LINKS = word_set("van von de den der du la le sint st")


class Places:
    """The names of places that are nobody's name: listed ones by their words, each as told or folded."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._by_first: dict[str, list[tuple[str, ...]]] = {}
        for name in names:
            words = tuple(_TOKEN.findall(fold(name).replace("'", " ")))
            if words:
                self._by_first.setdefault(words[0], []).append(words)
        for several in self._by_first.values():
            several.sort(key=len, reverse=True)

    def find(self, words: Sequence[str]) -> list[tuple[int, int]]:
        """From which word to which a listed place is named."""
        found: list[tuple[int, int]] = []
        for at in [at for at, word in enumerate(words) if word in self._by_first]:
            for name in self._by_first[words[at]]:
                if tuple(words[at : at + len(name)]) == name:
                    found.append((at, at + len(name)))
                    break
        return found


_WAYS = frozenset(("rue", "avenue", "quai", "chemin", "impasse", "ruelle", "chaussee", "pont", "allee"))
_WAY_LINKS = frozenset(("de", "du", "des", "la", "le", "l", "d", "van", "saint", "sainte", "st"))
_RARER_ENDS = (
    "gasse",
    "gaarde",
    "plaats",
    "slaan",
    "akker",
    "heuvel",
    "dreef",
    "hofje",
    "wal",
    "dwars",
    "str",
    "weide",
    "ring",
    "markt",
    "gang",
    "gats",
    "brink",
    "werf",
    "steeg",
    "poort",
    "schans",
    "plantsoen",
    "stiege",
    "stieg",
    "horst",
)
_BEFORE_WAY = word_set("de het t in op aan bij der die vd vda v d d'n la le van vanaf auf am an the plek plaats straat")
_LONG_ENOUGH = 6
_GERMAN = 2
_GERMAN_WORDS = word_set(
    "ich und ist nicht der das dem wird sie ein eine einen mit von auf auch hat haben wir aus beim zum zur"
)
# What has a name of its own after it: "Café De Fictie", "coffeeshop Easy Going".
_VENUES = word_set(
    "cafe coffeeshop hotel bar restaurant disco club kroeg snackbar halte bushalte bushaltestelle pension hostel bioscoop kino cinema kapsalon "
    "lounge pizzeria pub camping residentie sportschool gym discotheek eetcafe cafetaria grillroom"
)


@cache
def home_places() -> Places:
    """The places of the city that the line serves, from the lexicon; read once."""
    return Places(read_lines("places"))


class Tokens:
    """The words of a text with their places: `symbols` and `sorts` are what the tagger's features are made of."""

    def __init__(self, text: str, folded: str, places: Places | None = None) -> None:
        matches = list(_TOKEN.finditer(folded))
        self.text = text
        self.words = [match.group() for match in matches]
        self.spans = [match.span() for match in matches]
        known = kinds()
        self.kinds = [known.get(word) or kind_by_form(word) for word in self.words]
        self.symbols = [
            kind.symbol if kind is not UNKNOWN else f"<{word[-2:]}>"
            for word, kind in zip(self.words, self.kinds, strict=True)
        ]
        self.is_place = [False] * len(self.words)
        shapes = self._shapes()
        found = (*(places or home_places()).find(self.words), *self._streets(), *self._venues(shapes), *self._ways())
        for start, end in found:
            for at in range(start, end):
                self.symbols[at], self.is_place[at] = "<L>", True
        self.sorts = [
            ("L" if placed else kind.sort) + shape
            for kind, placed, shape in zip(self.kinds, self.is_place, shapes, strict=True)
        ]

    def inside(self, start: int, end: int) -> range:
        """The words of which a character lies between two places of the text."""
        found = [at for at, (begin, after) in enumerate(self.spans) if begin < end and start < after]
        return range(found[0], found[-1] + 1) if found else range(0)

    @cached_property
    def utterance(self) -> Utterance:
        """The same text as those read it who understand it: other words, other places."""
        return Utterance(self.text)

    @cached_property
    def has_capital_nouns(self) -> bool:
        """Whether nouns carry capitals here, as in German: then a capital says nothing."""
        capitals = sum(
            sort[0] == "w" and sort[-1] == "T" and len(word) > 2 and "B" not in sort
            for word, sort in zip(self.words, self.sorts, strict=True)
        )
        return capitals >= _GERMAN or sum(map(_GERMAN_WORDS.__contains__, self.words)) >= _GERMAN

    @cached_property
    def has_capital_names(self) -> bool:
        """Whether names carry capitals here: then a word in small letters is hardly one."""
        return any(sort[0] in "FfSsu" and sort[-1] == "T" for sort in self.sorts)

    def _streets(self) -> Iterable[tuple[int, int]]:
        """Streets by the ending of their name, with the person's name that a street can carry before it."""
        if not may_name_street(self.words):
            return
        utterance = self.utterance
        starts = {start: at for at, (start, _) in enumerate(self.spans)}
        ends = {end: at for at, (_, end) in enumerate(self.spans)}
        for street in find_streets(utterance):
            first = starts.get(utterance.spans[street.start][0])
            last = ends.get(utterance.spans[street.end - 1][1])
            if first is None or last is None:
                continue
            yield self._begin_of_name(first), last + 1

    def _venues(self, shapes: Sequence[str]) -> Iterable[tuple[int, int]]:
        """Names in capitals after the word for what bears them."""
        for at in [at for at, word in enumerate(self.words) if word in _VENUES]:
            end = at + 1
            while end < len(shapes) and shapes[end] in "TU" and self.kinds[end].sort[0] not in "MH" and end - at < 4:
                end += 1
            if end > at + 1:
                yield at + 1, end

    def _ways(self) -> Iterable[tuple[int, int]]:
        """French ways ("rue de l'Invention"), and words that end as streets can where a number follows."""
        words = self.words
        for at, word in enumerate(words):
            if word in _WAYS:
                end = at + 1
                while end < len(words) and words[end] in _WAY_LINKS and end - at < 4:
                    end += 1
                if end < len(words) and self.kinds[end].sort[0] not in "MHDN" and len(words[end]) > 2:
                    yield at, end + 1
            elif len(word) > _LONG_ENOUGH and word.endswith(_RARER_ENDS) and self._is_way(at):
                yield at, at + 1

    def _is_way(self, at: int) -> bool:
        """Whether a word that ends as streets can is one: a number follows, or nobody knows it and a small word stands before."""
        after = at + 1 + is_shortened(self.words, at)
        following = self.words[after : after + 1]
        if following and following[0][0].isdigit():
            return True
        is_number = bool(following) and "N" in self.kinds[after].sort[:-1]
        return self.kinds[at] is UNKNOWN and (is_number or (at > 0 and self.words[at - 1] in _BEFORE_WAY))

    def _begin_of_name(self, first: int) -> int:
        """Where "Jan van" before "Eyckstraat" begins; a lone "van de" before a street belongs to no name."""
        at = first
        while at and self.words[at - 1] in _LINKS and first - at < 3:
            at -= 1
        linked = self.words[at:first]
        if at and (not linked or linked[0] in ("van", "von", "du")) and linked != ["van", "de"]:
            before = self.kinds[at - 1].sort[0]
            glued = bool(linked) or self._is_title(at - 1, first)
            if before in "FS" and glued and (first - at or self.words[at - 1] not in _LINKS):
                return at - 1
        return first

    def _is_title(self, at: int, first: int) -> bool:
        """Whether two words in a row begin with capitals: "Anne Frankstraat"."""
        return self.text[self.spans[at][0]].isupper() and self.text[self.spans[first][0]].isupper()

    def _shapes(self) -> list[str]:
        """l for small letters, T for a capital inside a sentence, t for one at its start, U for capitals; n where it says nothing."""
        text = self.text
        if text.islower() or text.isupper():
            return ["n"] * len(self.words)
        words, shapes = self.words, ["l"] * len(self.words)
        for at in [at for at, (start, _) in enumerate(self.spans) if text[start].isupper()]:
            second = self.spans[at][0] + 1
            begins = at == 0 or words[at - 1] in STOPS
            shapes[at] = "U" if len(words[at]) > 1 and text[second].isupper() else "t" if begins else "T"
        return shapes


def is_shortened(words: Sequence[str], at: int) -> bool:
    """Whether word `at` is a street whose ending is shortened with a point: "Testkapelstr."."""
    return words[at].endswith("str") and words[at + 1 : at + 2] == ["."]

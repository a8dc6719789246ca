"""Makes labelled sentences from the templates in `build/tagging/`: every run gives the same ones on every machine.

A template's `<RN:{name}>` labels its words; `{name}` is a slot, filled from the language's own lists or from a lexicon.
Sentences are put together from clauses, then written as people and machines write: with capitals or without, with
punctuation or without, with slips of the key.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path

from build.tagging_manner import Dice, Sentence, write_down
from hotline.anonymity.lexicon import read_list
from hotline.anonymity.tokens import Places

HERE = Path(__file__).parent / "tagging"
LANGUAGES = ("nl", "nl", "nl", "nl", "en", "en", "de", "de", "fr", "fr")
_SLOT = re.compile(r"\{(\w+)\}")
_LABELLED = re.compile(r"<(\w\w):([^<>]+)>")
_AND = {"nl": "en", "en": "and", "de": "und", "fr": "et"}
_PREFIXES = ("van", "van de", "van den", "van der", "de", "de", "el", "ben", "von", "ter", "le", "du", "da", "al")
_INITIALS = "abcdefghijklmnoprstvw"


@cache
def read_templates(language: str) -> Mapping[str, tuple[str, ...]]:
    """The sections of a language's file: its clauses by line, its slots by what stands between bars."""
    sections: dict[str, list[str]] = {}
    rows: list[str] = []
    for line in (HERE / f"{language}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("= "):
            rows = sections.setdefault(line[2:].strip(), [])
        elif line and not line.startswith("#"):
            rows += [one.strip() for one in line.split(" | ")]
    return {name: tuple(several) for name, several in sections.items()}


def _shared(section: str) -> tuple[str, ...]:
    return read_templates("shared")[section]


@cache
def listed(name: str) -> tuple[str, ...]:
    """The words of a lexicon's list, in order."""
    return tuple(sorted(read_list(name)))


# The places that stand in for a city's gazetteer: the same for every city that uses the model.
PLACES = Places(
    [
        *(area for language in sorted(set(LANGUAGES)) for area in read_templates(language)["area"]),
        *_shared("towns_near"),
        "mumc",
        "markt",
    ]
)


@cache
def _everyday() -> tuple[str, ...]:
    return tuple(word for word in listed("words") if len(word) > 3)


@cache
def _names_alone() -> tuple[str, ...]:
    words = read_list("words")
    return tuple(name for name in listed("first_names") if name not in words)


class Maker:
    """Makes sentences of one language."""

    def __init__(self, language: str, dice: Dice) -> None:
        self.language, self.dice = language, dice
        self.sections = read_templates(language)
        self._own: Mapping[str, Callable[[], str]] = {
            "first": self._first, "last": self._last, "name": self._name, "alias": self._alias, "handle": self._handle,
            "street": self._street, "pstreet": self._person_street, "no": self._number, "pc": self._postcode,
            "bdate": self._birth, "year": lambda: str(1940 + dice.below(68)),
            "town": lambda: dice.pick(listed("towns")), "empword": lambda: dice.pick(listed("employers")),
            "jobword": lambda: dice.pick(listed("jobs")),
        }  # fmt: skip

    def clause(self, section: str) -> list[tuple[str, str]]:
        """A clause as pairs of label and words."""
        template = self.dice.pick(self.sections[section])
        pieces, at = [], 0
        for match in _LABELLED.finditer(template):
            pieces += [("O", template[at : match.start()]), (match[1], match[2])]
            at = match.end()
        pieces.append(("O", template[at:]))
        filled = [(label, self.fill(piece).strip()) for label, piece in pieces]
        return [(label, self.coin(words) if label == "O" else words) for label, words in filled if words]

    def coin(self, words: str, percent: int = 9) -> str:
        """Words with now and then one that is in no list, so that not every unknown word is somebody's name."""
        parts = re.split(r"(\W+)", words)
        return "".join(
            self._compound(part) if len(part) > 3 and part.isalpha() and self.dice.chance(percent) else part
            for part in parts
        )

    def _compound(self, word: str) -> str:
        roll = self.dice.below(3)
        if roll == 0:
            made = self.dice.pick(_everyday()) + word.lower()
        elif roll == 1:
            made = word + self._part("word_ends")
        else:
            made = self._part("word_begins") + word.lower()
        return made.capitalize() if word[0].isupper() else made

    def fill(self, template: str) -> str:
        """A template with its slots filled, and their slots."""
        while _SLOT.search(template):
            template = _SLOT.sub(lambda match: self._slot(match[1]), template)
        return template

    def _part(self, section: str) -> str:
        return self.dice.pick(self.sections[section])

    def _slot(self, name: str) -> str:
        return self._own[name]() if name in self._own else self.dice.pick(self.sections[name])

    def _first(self) -> str:
        if self.dice.chance(72):
            return self.dice.pick(_names_alone())
        if self.dice.chance(25):
            return self.dice.pick(listed("word_names"))
        return self._made() + self.dice.pick(["", "", *_shared("name_ends")])

    def _last(self) -> str:
        base = self.dice.pick(listed("surnames"))
        if self.dice.chance(40):
            base = self._made() + self.dice.pick(_shared("last_ends"))
        if self.dice.chance(22):
            base = self.dice.pick(_PREFIXES) + " " + base
        return base

    def _made(self) -> str:
        return "".join(self.dice.pick(_shared("syllables")) for _ in range(2 + self.dice.chance(25)))

    def _name(self) -> str:
        roll = self.dice.below(100)
        if roll < 40:
            return self._first()
        if roll < 76:
            return f"{self._first()} {self._last()}"
        if roll < 84:
            return self._last()
        if roll < 93:
            return f"{self._part('titles')} {self._last()}"
        initial, second = self.dice.pick(_INITIALS), self.dice.pick(_INITIALS)
        return self.dice.pick(
            [f"{initial} . {self._last()}", f"{initial} . {second} . {self._last()}", f"{self._first()} {second} ."]
        )

    def _alias(self) -> str:
        return self._part("aliases") if self.dice.chance(45) else self._first()

    def _handle(self) -> str:
        join = self.dice.pick(["_", ".", "", "", "_"])
        name = self._first() + join + self.dice.pick(_shared("handle_words"))
        return name + str(self.dice.below(999)) if self.dice.chance(50) else name

    def _street(self) -> str:
        if self.dice.chance(15):
            return self._person_street()
        return self.dice.pick(_shared("stems")) + self.dice.pick(_shared("street_ends"))

    def _person_street(self) -> str:
        return self.dice.pick(_shared("persons")) + self.dice.pick(_shared("street_ends")[:6])

    def _number(self) -> str:
        if self.dice.chance(12):
            return self.dice.pick(self.sections["age"])
        return str(1 + self.dice.below(180)) + (self.dice.pick("abc") if self.dice.chance(15) else "")

    def _postcode(self) -> str:
        return f"62{10 + self.dice.below(20)} {self.dice.pick('abcdexz')}{self.dice.pick('abcdegh')}"

    def _birth(self) -> str:
        day, at, year = 1 + self.dice.below(28), self.dice.below(12), str(1935 + self.dice.below(73))
        month = self._part("months")
        said = f"{self._part('said_days')} {month} {self._part('said_years')}"
        return self.dice.pick(
            [f"{day} {month} {year}", f"{day} {month} {year}", f"{day:02}-{at + 1:02}-{year}", f"{day}/{at + 1}/{year}", f"{day} {month}",
             f"{day}. {month} {year}", said, said, f"{day} {at + 1} {year[2:]}"]
        )  # fmt: skip


def make_sentences(count: int, seed: int) -> Iterator[Sentence]:
    """So many sentences, always the same for a seed."""
    dice = Dice(seed)
    makers = {language: Maker(language, dice) for language in sorted(set(LANGUAGES))}
    for _ in range(count):
        maker = makers[dice.pick(LANGUAGES)]
        pieces: list[tuple[str, str]] = []
        for number in range(1 + dice.below(4)):
            if number:
                pieces.append(("O", dice.pick([".", ",", ".", ",", _AND[maker.language], ""])))
            pieces += maker.clause(dice.pick(("self", "self", "third", "fact", "fact")))
        yield write_down(pieces, dice, _shared("street_ends"))

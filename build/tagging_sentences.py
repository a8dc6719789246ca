"""Makes labelled sentences from the templates in `build/tagging/`: every run gives the same ones on every machine.

A template's `<RN:{name}>` labels its words; `{name}` is a slot, filled from the language's own lists or from a lexicon.
Sentences are put together from clauses, then written as people and machines write: with capitals or without, with
punctuation or without, with slips of the key.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from hotline.anonymity.lexicon import read_list
from hotline.anonymity.tokens import Places

HERE = Path(__file__).parent / "tagging"
LANGUAGES = ("nl", "nl", "nl", "nl", "en", "en", "de", "de", "fr", "fr")
_SLOT = re.compile(r"\{(\w+)\}")
_LABELLED = re.compile(r"<(\w\w):([^<>]+)>")
_AND = {"nl": "en", "en": "and", "de": "und", "fr": "et"}
_CAPITALISED = frozenset({"RN", "TN", "RC"})
_SYLLABLES = [
    "ba",
    "be",
    "bo",
    "da",
    "de",
    "di",
    "do",
    "fa",
    "fe",
    "ga",
    "go",
    "ha",
    "he",
    "hi",
    "jo",
    "ka",
    "ke",
    "ki",
    "ko",
    "la",
    "le",
    "li",
    "lo",
    "ma",
    "me",
    "mi",
    "mo",
    "na",
    "ne",
    "ni",
    "no",
    "pa",
    "pe",
    "ra",
    "re",
    "ri",
    "ro",
    "sa",
    "se",
    "si",
    "sja",
    "ta",
    "te",
    "ti",
    "to",
    "va",
    "ve",
    "vi",
    "wa",
    "we",
    "wi",
    "ya",
    "yo",
    "za",
    "ze",
    "zi",
]
_NAME_ENDS = ["n", "r", "s", "l", "k", "m", "t", "x", "d"]
_LAST_ENDS = [
    "sen",
    "sma",
    "stra",
    "mans",
    "kens",
    "ink",
    "ers",
    "wicz",
    "ski",
    "ova",
    "ez",
    "elli",
    "mann",
    "bach",
    "ouni",
    "aoui",
    "oglu",
    "escu",
    "ens",
    "art",
    "eaux",
    "ier",
    "in",
]
_STREET_ENDS = ["straat", "straat", "straat", "laan", "weg", "hof", "plein", "singel", "steeg", "kade"]
_STEMS = [
    "proefmolen",
    "verzonnen",
    "denkbeeld",
    "testkapel",
    "linden",
    "beuken",
    "kastanje",
    "molen",
    "kerk",
    "dorps",
    "school",
    "station",
    "markt",
    "brug",
    "toren",
    "kapel",
    "klooster",
    "haven",
    "prinsen",
    "wilhelmina",
    "juliana",
    "beatrix",
    "bernhard",
    "nassau",
    "oranje",
    "vlinder",
    "merel",
    "leeuwerik",
    "distel",
    "klaver",
    "koren",
    "bunder",
    "akker",
    "velden",
    "boom",
    "gaard",
    "bron",
    "put",
    "ridder",
    "graven",
    "hertog",
    "bisschop",
    "pastoor",
    "smeden",
    "wevers",
    "bakkers",
    "vis",
    "noorder",
    "zuider",
    "ooster",
    "wester",
    "ring",
]
_PERSONS = [
    "jan van eyck",
    "anne frank",
    "burgemeester kessen",
    "prins bernhard",
    "sint anna",
    "dokter schaepman",
    "pastoor kribs",
    "pieter breughel",
    "van hassel",
    "frans hals",
    "rembrandt",
    "mgr nolens",
    "president roosevelt",
    "koningin emma",
    "van gogh",
    "willem alexander",
    "karel van mander",
    "joseph bech",
    "professor moser",
    "heer van eijsden",
    "hubert van doorne",
    "sint maarten",
    "petrus canisius",
    "victor de stuers",
]
_TITLES = {
    "nl": "mevrouw meneer mijnheer familie de heer dhr mevr",
    "en": "mr mrs miss ms",
    "de": "frau herr familie",
    "fr": "madame monsieur mme",
}
_MONTHS = {
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "en": "january february march april may june july august september october november december",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
}
_SAID_YEARS = {
    "nl": "negentienhonderd achtenvijftig|negentien zeventig|negentienhonderd tweeëntachtig|negentienhonderdvijfennegentig",
    "en": "nineteen fifty eight|nineteen ninety two|nineteen seventy|nineteen eighty five",
    "de": "neunzehnhundertachtundfünfzig|neunzehnhundertsiebzig|neunzehnhundertfünfundachtzig",
    "fr": "mille neuf cent cinquante huit|mille neuf cent soixante dix|dix neuf cent quatre vingt deux",
}
_SAID_DAYS = {
    "nl": "drie vijf twaalf eenentwintig dertig",
    "en": "third fifth twelfth first",
    "de": "dritten fünften zwölften ersten",
    "fr": "trois cinq douze vingt premier",
}
_ALIASES = {
    "nl": "de kale|de lange|de dikke {first}|kleine {first}|dikke {first}|lange {first}|kale {first}|de turk|de baas|opa {first}|scarface|el loco",
    "en": "big {first}|little {first}|the boss|fat {first}|skinny|ghost|old {first}|slim|scarface",
    "de": "der Dicke|der Lange|der lange {first}|kleiner {first}|Chef|Dicker|der Russe",
    "fr": "le gros|le grand|petit {first}|le grand {first}|le boss|le chef|le chauve",
}
_HANDLE_WORDS = [
    "sneeuw",
    "snow",
    "wit",
    "poeder",
    "groen",
    "fiets",
    "kush",
    "plug",
    "candy",
    "mst",
    "night",
    "king",
    "queen",
    "x",
    "official",
    "deliver",
    "blanc",
    "weiss",
    "043",
    "xtra",
]


_ENDS_OF_WORDS = {
    "nl": ["en", "s", "je", "jes", "t", "de", "ing", "heid", "erig", "lijk", "baar", "der", "end"],
    "en": ["s", "ed", "ing", "ly", "er", "ness", "ish", "able", "y"],
    "de": ["en", "e", "er", "es", "t", "ung", "heit", "lich", "chen", "te", "end", "ig"],
    "fr": ["s", "es", "ent", "er", "ait", "ment", "eur", "age", "ant", "e", "ees"],
}
_BEGINS = {
    "nl": [
        "langs",
        "voorbij",
        "mee",
        "door",
        "uit",
        "af",
        "op",
        "weg",
        "achter",
        "binnen",
        "hoofd",
        "drugs",
        "buurt",
        "nacht",
    ],
    "en": ["over", "under", "back", "side", "night", "drug", "out", "up"],
    "de": ["vorbei", "durch", "ein", "aus", "ab", "weg", "hinter", "haupt", "drogen", "nacht", "ver", "be"],
    "fr": ["re", "de", "sur", "contre", "anti", "sous"],
}
_TOWNS_NEAR = ["meerssen", "eijsden", "valkenburg", "lanaken", "riemst", "bunde", "smeermaas", "vroenhoven"]


class Dice:
    """Random numbers that are the same everywhere: a linear congruential generator (Knuth's MMIX constants)."""

    def __init__(self, seed: int) -> None:
        self._state = seed

    def below(self, limit: int) -> int:
        """A number from 0 up to, not including, `limit`."""
        self._state = (self._state * 6364136223846793005 + 1442695040888963407) % (1 << 64)
        return (self._state >> 33) % limit

    def pick(self, several: Sequence[str]) -> str:
        """One of several."""
        return several[self.below(len(several))]

    def chance(self, percent: int) -> bool:
        """Whether something of so many per cent happens."""
        return self.below(100) < percent


class Sentence(NamedTuple):
    """A text, and for each of its characters the label of the word there, `O` for none."""

    text: str
    labels: tuple[str, ...]


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


@cache
def listed(name: str) -> tuple[str, ...]:
    """The words of a lexicon's list, in order."""
    return tuple(sorted(read_list(name)))


# The places that stand in for a city's gazetteer: the same for every city that uses the model.
PLACES = Places(
    [
        *(area for language in sorted(set(LANGUAGES)) for area in read_templates(language)["area"]),
        *_TOWNS_NEAR,
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
            made = word + self.dice.pick(_ENDS_OF_WORDS[self.language])
        else:
            made = self.dice.pick(_BEGINS[self.language]) + word.lower()
        return made.capitalize() if word[0].isupper() else made

    def fill(self, template: str) -> str:
        """A template with its slots filled, and their slots."""
        while _SLOT.search(template):
            template = _SLOT.sub(lambda match: self._slot(match[1]), template)
        return template

    def _slot(self, name: str) -> str:
        return self._own[name]() if name in self._own else self.dice.pick(self.sections[name])

    def _first(self) -> str:
        if self.dice.chance(72):
            return self.dice.pick(_names_alone())
        if self.dice.chance(25):
            return self.dice.pick(listed("word_names"))
        return self._made() + self.dice.pick(["", "", *_NAME_ENDS])

    def _last(self) -> str:
        base = self.dice.pick(listed("surnames"))
        if self.dice.chance(40):
            base = self._made() + self.dice.pick(_LAST_ENDS)
        if self.dice.chance(22):
            base = (
                self.dice.pick(
                    [
                        "van",
                        "van de",
                        "van den",
                        "van der",
                        "de",
                        "de",
                        "el",
                        "ben",
                        "von",
                        "ter",
                        "le",
                        "du",
                        "da",
                        "al",
                    ]
                )
                + " "
                + base
            )
        return base

    def _made(self) -> str:
        return "".join(self.dice.pick(_SYLLABLES) for _ in range(2 + self.dice.chance(25)))

    def _name(self) -> str:
        roll = self.dice.below(100)
        if roll < 40:
            return self._first()
        if roll < 76:
            return f"{self._first()} {self._last()}"
        if roll < 84:
            return self._last()
        if roll < 93:
            return f"{self.dice.pick(_TITLES[self.language].split())} {self._last()}"
        initial, second = self.dice.pick("abcdefghijklmnoprstvw"), self.dice.pick("abcdefghijklmnoprstvw")
        return self.dice.pick(
            [f"{initial} . {self._last()}", f"{initial} . {second} . {self._last()}", f"{self._first()} {second} ."]
        )

    def _alias(self) -> str:
        return self.dice.pick(_ALIASES[self.language].split("|")) if self.dice.chance(45) else self._first()

    def _handle(self) -> str:
        join = self.dice.pick(["_", ".", "", "", "_"])
        name = self._first() + join + self.dice.pick(_HANDLE_WORDS)
        return name + str(self.dice.below(999)) if self.dice.chance(50) else name

    def _street(self) -> str:
        if self.dice.chance(15):
            return self._person_street()
        return self.dice.pick(_STEMS) + self.dice.pick(_STREET_ENDS)

    def _person_street(self) -> str:
        return self.dice.pick(_PERSONS) + self.dice.pick(_STREET_ENDS[:6])

    def _number(self) -> str:
        if self.dice.chance(12):
            return self.dice.pick(self.sections["age"])
        return str(1 + self.dice.below(180)) + (self.dice.pick("abc") if self.dice.chance(15) else "")

    def _postcode(self) -> str:
        return f"62{10 + self.dice.below(20)} {self.dice.pick('abcdexz')}{self.dice.pick('abcdegh')}"

    def _birth(self) -> str:
        day, at, year = 1 + self.dice.below(28), self.dice.below(12), str(1935 + self.dice.below(73))
        month = self.dice.pick(_MONTHS[self.language].split())
        said = f"{self.dice.pick(_SAID_DAYS[self.language].split())} {month} {self.dice.pick(_SAID_YEARS[self.language].split('|'))}"
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
        yield write_down(pieces, dice)


def write_down(pieces: Sequence[tuple[str, str]], dice: Dice) -> Sentence:
    """The words of a sentence as somebody writes them."""
    manner = dice.below(100)
    text, labels, begins = "", [], True
    for label, piece in pieces:
        for word in piece.split():
            if manner >= 60 and word in ".,:" and label == "O" and (manner < 90 or dice.chance(50)):
                continue
            if dice.chance(3) and len(word) > 4 and word.isalpha():
                word = _slip(word, dice)
            if manner < 36:
                capital = begins or label in _CAPITALISED or (word.endswith(tuple(_STREET_ENDS)) and dice.chance(80))
                small = word in ("van", "de", "der", "den", "el", "von", "le", "du", "ter") and not begins
                word = word[:1].upper() + word[1:] if capital and not small else word
            elif manner >= 97:
                word = word.upper()
            else:
                word = word.lower()
            begins = word == "." and label == "O"
            text += word + " "
            labels += [label] * len(word) + ["O"]
    return Sentence(text, tuple(labels))


def _slip(word: str, dice: Dice) -> str:
    at = 1 + dice.below(len(word) - 2)
    return dice.pick(
        [
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        ]
    )

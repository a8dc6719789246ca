"""The places of a city by what people call them: neighbourhoods, landmarks, streets, and towns next door."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from hotline.understanding.folding import fold, word_set
from hotline.understanding.sounds import sound_out
from hotline.understanding.utterance import STOPS, Utterance

KINDS = ("neighbourhood", "landmark", "street", "outside")
_LISTS = ("aliases", "several", "vague", "in_only", "unlike")
_LONGEST = 6
_START = 3
_LONG_NAME = 8
"""Letters of a name in which one letter too many, too few or wrong is forgiven."""

# Names that are also everyday words count only after one of these.
_BEFORE = word_set("in te naar van uit bij door wijk buurt stadsdeel dorp quartier nach aus at to from a en")


@dataclass(frozen=True, slots=True)
class Entry:
    """A place with what people call it; `everyday` names are ordinary words too and need an "in" before them.

    `in_only` are aliases that are ordinary words, `unlike` are ordinary words that sound like it but never mean it.
    `several` are the neighbourhoods of a street on a border, or those that each have a street of this name.
    `vague` is a name that every town has ("station"), which gives way to any other place.
    """

    name: str
    kind: str
    neighbourhood: str | None = None
    code: str | None = None
    aliases: tuple[str, ...] = ()
    everyday: bool = False
    several: tuple[str, ...] = ()
    vague: tuple[str, ...] = ()
    in_only: tuple[str, ...] = ()
    unlike: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """A place that was recognised; `neighbourhood` is None where the place has several or lies outside Maastricht."""

    name: str
    kind: str
    neighbourhood: str | None
    several: tuple[str, ...] = ()
    vague: bool = False


class Found(NamedTuple):
    """A place, and the words that name it."""

    place: Place
    start: int
    end: int


class GazetteerError(ValueError):
    """The list of places cannot be used; the text says which entry and why."""


class Gazetteer:
    """The places of a city, ready to be looked up in what people say."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = tuple(entries)
        self._by_sound: dict[str, Place] = {}
        self._everyday: dict[str, Place] = {}
        self._nearly: dict[str, Place] = {}
        for entry in self.entries:
            home = entry.name if entry.kind == "neighbourhood" else entry.neighbourhood
            place = Place(entry.name, entry.kind, home, entry.several)
            vague = replace(place, vague=True)
            for name in (entry.name, *entry.aliases):
                if entry.everyday and name == entry.name:
                    self._everyday[fold(name)] = place
                else:
                    self._by_sound.setdefault(_glue(name), place)
            self._everyday.update((fold(name), place) for name in entry.in_only)
            for name in entry.vague:
                self._by_sound.setdefault(_glue(name), vague)
        self._unlike = frozenset(fold(word) for entry in self.entries for word in entry.unlike)
        self._starts = frozenset(name[:length] for name in self._by_sound for length in (1, 2, _START))
        for name, place in self._by_sound.items():
            if len(name) >= _LONG_NAME and place.kind != "street":
                for near in _without_one(name):
                    self._nearly.setdefault(near, place)

    @property
    def names(self) -> Iterator[str]:
        """What the places are called, but for names that are everyday words too."""
        for entry in self.entries:
            yield from (entry.name, *entry.aliases, *entry.vague)

    def find_places(self, utterance: Utterance) -> list[Found]:
        """The known places in the order of the text, the longest name where several begin at one word."""
        words = utterance.words
        sounds = sound_out(words)
        found: list[Found] = []
        done = 0
        for at, word in enumerate(words):
            if at < done or word in STOPS or word in self._unlike:
                continue
            one = None
            if sounds[at][:_START] in self._starts:
                one = self._find_at(sounds, at) or self._find_nearly(sounds, at)
            one = one or self._find_everyday(words, at)
            if one is not None:
                found.append(one)
                done = one.end
        return found

    def _find_at(self, sounds: list[str], at: int) -> Found | None:
        name, best = "", None
        for end, word in enumerate(sounds[at : at + _LONGEST], start=at + 1):
            if word in STOPS:
                if word == "!":
                    break
                continue
            name += word
            place = self._by_sound.get(name)
            if place is not None:
                best = Found(place, at, end)
        return best

    def _find_everyday(self, words: list[str], at: int) -> Found | None:
        place = self._everyday.get(words[at])
        return Found(place, at, at + 1) if place is not None and at and words[at - 1] in _BEFORE else None

    def _find_nearly(self, sounds: list[str], at: int) -> Found | None:
        """A long name of which one letter was misheard."""
        word = sounds[at]
        if len(word) < _LONG_NAME - 1:
            return None
        for near in (word, *_without_one(word)):
            place = self._nearly.get(near)
            if place is not None and abs(len(_glue(place.name)) - len(word)) <= 2:
                return Found(place, at, at + 1)
        return None


def _without_one(name: str) -> Iterator[str]:
    """`name` without one of its letters, the first three kept."""
    return (name[:at] + name[at + 1 :] for at in range(_START, len(name)))


def _glue(name: str) -> str:
    return "".join(word for word in sound_out(Utterance(name).words) if word not in STOPS)


def read_entries(raw: object) -> tuple[Entry, ...]:
    """The entries of `neighbourhoods.yaml`, already parsed; `GazetteerError` names the entry that is wrong."""
    if not isinstance(raw, Mapping) or not isinstance(raw.get("places"), list):
        raise GazetteerError("neighbourhoods: the file needs a list `places`")
    entries = tuple(_entry(at, one) for at, one in enumerate(raw["places"], start=1))
    known = {entry.name for entry in entries if entry.kind == "neighbourhood"}
    for entry in entries:
        for home in (entry.neighbourhood, *entry.several):
            if home is not None and home not in known:
                raise GazetteerError(f"neighbourhoods: {entry.name} lies in {home}, which is not listed")
    return entries


def _entry(at: int, one: Any) -> Entry:
    if not isinstance(one, Mapping) or not isinstance(one.get("name"), str):
        raise GazetteerError(f"neighbourhoods: place {at} needs a name")
    unknown = set(one) - {"name", "kind", "neighbourhood", "code", "everyday", *_LISTS}
    if unknown:
        raise GazetteerError(f"neighbourhoods: {one['name']} has an unknown key {sorted(map(str, unknown))[0]}")
    if one.get("kind") not in KINDS:
        raise GazetteerError(f"neighbourhoods: {one['name']} needs a kind, one of {', '.join(KINDS)}")
    lists = {key: _names(one, key) for key in _LISTS}
    return Entry(
        one["name"],
        one["kind"],
        one.get("neighbourhood"),
        one.get("code"),
        everyday=bool(one.get("everyday")),
        **lists,
    )


def _names(one: Mapping[str, Any], key: str) -> tuple[str, ...]:
    names = one.get(key, [])
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise GazetteerError(f"neighbourhoods: the {key} of {one['name']} must be a list of names")
    return tuple(names)

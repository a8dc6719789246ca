"""Which known place a text speaks of: a neighbourhood, a landmark, or a town next door."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from hotline.understanding.folding import fold

KINDS = ("neighbourhood", "landmark", "street", "outside")
_LONGEST = 5
_WORD = re.compile(r"[^\W_]+")
# Names that are also everyday words count only after one of these.
_BEFORE = frozenset(
    [
        "in",
        "te",
        "naar",
        "van",
        "uit",
        "bij",
        "door",
        "wijk",
        "buurt",
        "stadsdeel",
        "quartier",
        "nach",
        "aus",
        "at",
        "to",
        "from",
    ]
)
_SOUNDS = (
    (re.compile(r"\b(?:sint|saint|sankt|st)\b"), "sint"),
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


@dataclass(frozen=True, slots=True)
class Entry:
    """A place with what people call it; `everyday` names are ordinary words too and need an "in" before them."""

    name: str
    kind: str
    neighbourhood: str | None = None
    code: str | None = None
    aliases: tuple[str, ...] = ()
    everyday: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """A place that was recognised; `neighbourhood` is None where the place has several or lies outside Maastricht."""

    name: str
    kind: str
    neighbourhood: str | None
    code: str | None


class GazetteerError(ValueError):
    """The list of places cannot be used; the text says which entry and why."""


class Gazetteer:
    """The places of a city, ready to be looked up in what people say."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        listed = tuple(entries)
        codes = {entry.name: entry.code for entry in listed if entry.kind == "neighbourhood"}
        self._by_sound: dict[str, Place] = {}
        self._everyday: dict[str, Place] = {}
        for entry in listed:
            home = entry.name if entry.kind == "neighbourhood" else entry.neighbourhood
            place = Place(entry.name, entry.kind, home, codes.get(home or ""))
            for name in (entry.name, *entry.aliases):
                if entry.everyday and name == entry.name:
                    self._everyday[_glued(fold(name))] = place
                else:
                    self._by_sound.setdefault(_glued(_sound(fold(name))), place)

    def find_place(self, text: str) -> Place | None:
        """The place with the longest name that stands in `text`; of two as long, the first."""
        folded = fold(text[:2000])
        best: tuple[int, Place] | None = None
        for words, names, needs_before in (
            (_WORD.findall(_sound(folded)), self._by_sound, False),
            (_WORD.findall(folded), self._everyday, True),
        ):
            for at in range(len(words)):
                if needs_before and (at == 0 or words[at - 1] not in _BEFORE):
                    continue
                name = ""
                for word in words[at : at + _LONGEST]:
                    name += word
                    place = names.get(name)
                    if place is not None and (best is None or len(name) > best[0]):
                        best = (len(name), place)
        return best[1] if best is not None else None


def read_entries(raw: object) -> tuple[Entry, ...]:
    """The entries of `neighbourhoods.yaml`, already parsed; `GazetteerError` names the entry that is wrong."""
    if not isinstance(raw, Mapping) or not isinstance(raw.get("places"), list):
        raise GazetteerError("neighbourhoods: the file needs a list `places`")
    entries = tuple(_entry(at, one) for at, one in enumerate(raw["places"], start=1))
    known = {entry.name for entry in entries if entry.kind == "neighbourhood"}
    for entry in entries:
        if entry.neighbourhood is not None and entry.neighbourhood not in known:
            raise GazetteerError(f"neighbourhoods: {entry.name} lies in {entry.neighbourhood}, which is not listed")
    return entries


def _entry(at: int, one: Any) -> Entry:
    if not isinstance(one, Mapping) or not isinstance(one.get("name"), str):
        raise GazetteerError(f"neighbourhoods: place {at} needs a name")
    unknown = set(one) - {"name", "kind", "neighbourhood", "code", "aliases", "everyday"}
    if unknown:
        raise GazetteerError(f"neighbourhoods: {one['name']} has an unknown key {sorted(map(str, unknown))[0]}")
    if one.get("kind") not in KINDS:
        raise GazetteerError(f"neighbourhoods: {one['name']} needs a kind, one of {', '.join(KINDS)}")
    aliases = one.get("aliases", [])
    if not isinstance(aliases, list) or not all(isinstance(alias, str) for alias in aliases):
        raise GazetteerError(f"neighbourhoods: the aliases of {one['name']} must be a list of names")
    return Entry(
        one["name"], one["kind"], one.get("neighbourhood"), one.get("code"), tuple(aliases), bool(one.get("everyday"))
    )


def _sound(folded: str) -> str:
    for pattern, plain in _SOUNDS:
        folded = pattern.sub(plain, folded)
    return folded


def _glued(name: str) -> str:
    return "".join(_WORD.findall(name))

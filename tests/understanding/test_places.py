"""Places as people say them, in dialect, in haste and through a recogniser."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from hotline.understanding.folding import fold
from hotline.understanding.places import Entry, Gazetteer, GazetteerError, read_entries

RAW = yaml.safe_load((Path(__file__).parents[2] / "config" / "neighbourhoods.yaml").read_text())
ENTRIES = read_entries(RAW)
PLACES = Gazetteer(ENTRIES)


@pytest.mark.parametrize(
    ("text", "name", "neighbourhood"),
    [
        ("op de Markt bij de kiosk", "Markt", "Binnenstad"),
        ("boschstraat bij de parkeergarage", "Boschstraat", None),
        ("in de Bosjstraot", "Boschstraat", None),
        ("Op 't Kooningsplein, bie de bushalte", "Koningsplein", None),
        ("In de Blauw Dörp, in de Merjaberg zag me", "Mariaberg", "Mariaberg"),
        ("'t Staotekerteer", "Statenkwartier", "Statenkwartier"),
        ("in wiek ergens", "Wyck", "Wyck"),
        ("de wiet vrouweveld", "Wittevrouwenveld", "Wittevrouwenveld"),
        ("near Randwyck station", "Station Randwyck", "Randwyck"),
        ("St. Pieter", "Sint Pieter", "Sint Pieter"),
        ("bij Mosae Forum", "Mosae Forum", None),
        ("In het Frontenpark liggen spuiten", "Frontenpark", "Frontenkwartier"),
        ("in Meerssen, bij het station", "Meerssen", None),
        ("het is in Heer", "Heer", "Heer"),
    ],
)
def test_a_place_is_recognised(text: str, name: str, neighbourhood: str | None) -> None:
    place = PLACES.find_place(text)
    assert place is not None
    assert (place.name, place.neighbourhood) == (name, neighbourhood)


@pytest.mark.parametrize(
    "text", ["", "een heer met een hond", "in her hand", "hij woont hier", "de Proefmolenstraat", "12"]
)
def test_what_is_no_known_place_is_none(text: str) -> None:
    assert PLACES.find_place(text) is None


def test_every_listed_name_finds_itself() -> None:
    for entry in ENTRIES:
        place = PLACES.find_place(f"het is in {entry.name}")
        assert place is not None
        assert place.name == entry.name


def test_the_list_holds_45_neighbourhoods_of_which_some_have_no_code_yet() -> None:
    neighbourhoods = [entry for entry in ENTRIES if entry.kind == "neighbourhood"]
    codes = [entry.code for entry in neighbourhoods if entry.code]
    assert len(neighbourhoods) == 45
    assert len(set(codes)) == len(codes) == 38


@given(st.text())
def test_folding_keeps_the_length_and_nothing_raises(text: str) -> None:
    assert len(fold(text)) == len(text)
    PLACES.find_place(text)


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (None, "needs a list"),
        ({"places": [{"kind": "street"}]}, "place 1 needs a name"),
        ({"places": [{"name": "X", "kind": "planet"}]}, "X needs a kind"),
        ({"places": [{"name": "X", "kind": "street", "colour": 1}]}, "unknown key colour"),
        ({"places": [{"name": "X", "kind": "street", "aliases": "Y"}]}, "aliases of X"),
        ({"places": [{"name": "X", "kind": "street", "neighbourhood": "Y"}]}, "lies in Y"),
    ],
)
def test_a_wrong_list_is_refused_by_entry(raw: object, says: str) -> None:
    with pytest.raises(GazetteerError, match=says):
        read_entries(raw)


def test_the_longest_name_wins() -> None:
    places = Gazetteer([Entry("Oud", "street"), Entry("Oud Veld", "street")])
    found = places.find_place("oud of oud veld")
    assert found is not None
    assert found.name == "Oud Veld"

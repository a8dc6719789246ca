"""Places as people say them, in dialect, in haste and through a recogniser."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from hotline.understanding.folding import fold
from hotline.understanding.places import Entry, Gazetteer, GazetteerError, Place, read_entries
from hotline.understanding.utterance import Utterance

RAW = yaml.safe_load((Path(__file__).parents[2] / "config" / "neighbourhoods.yaml").read_text())
ENTRIES = read_entries(RAW)
PLACES = Gazetteer(ENTRIES)


def find(text: str, places: Gazetteer = PLACES) -> Place | None:
    """The first place with a name of its own, else the first of those that every town has."""
    found = [one.place for one in places.find_places(Utterance(text))]
    return next((place for place in found if not place.vague), found[0] if found else None)


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
        ("in Oud Kaberg", "Oud-Caberg", "Oud-Caberg"),
        ("bij de Ambieerweg in Ambie", "Amby", "Amby"),
        ("in Sjaarn bie de sjoel", "Scharn", "Scharn"),
        ("'t Vriethof", "Vrijthof", "Binnenstad"),
        ("in de Daolhof", "Daalhof", "Daalhof"),
        ("in Nazaret", "Nazareth", "Nazareth"),
        ("in Lummel", "Limmel", "Limmel"),
        ("wittevrouwevelt", "Wittevrouwenveld", "Wittevrouwenveld"),
        ("bij het Frontepark", "Frontenpark", "Frontenkwartier"),
        ("Pres. Rooseveltlaan", "President Rooseveltlaan", None),
        ("hinter dem Bahnhof", "Station Maastricht", "Wyck"),
        ("derrière la gare", "Station Maastricht", "Wyck"),
    ],
)
def test_a_place_is_recognised(text: str, name: str, neighbourhood: str | None) -> None:
    place = find(text)
    assert place is not None
    assert (place.name, place.neighbourhood) == (name, neighbourhood)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "een heer met een hond",
        "in her hand",
        "hij woont hier",
        "de Proefmolenstraat",
        "12",
        "bij ons in de wijk",
        "die lummel",
        "volgende week",
    ],
)
def test_what_is_no_known_place_is_none(text: str) -> None:
    assert find(text) is None


def test_every_listed_name_finds_itself() -> None:
    for entry in ENTRIES:
        place = find(f"het is in {entry.name}")
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
    find(text)


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (None, "needs a list"),
        ({"places": [{"kind": "street"}]}, "place 1 needs a name"),
        ({"places": [{"name": "X", "kind": "planet"}]}, "X needs a kind"),
        ({"places": [{"name": "X", "kind": "street", "colour": 1}]}, "unknown key colour"),
        ({"places": [{"name": "X", "kind": "street", "aliases": "Y"}]}, "aliases of X"),
        ({"places": [{"name": "X", "kind": "street", "neighbourhood": "Y"}]}, "lies in Y"),
        ({"places": [{"name": "X", "kind": "street", "several": ["Z"]}]}, "lies in Z"),
        ({"places": [{"name": "X", "kind": "street", "unlike": [1]}]}, "unlike of X"),
    ],
)
def test_a_wrong_list_is_refused_by_entry(raw: object, says: str) -> None:
    with pytest.raises(GazetteerError, match=says):
        read_entries(raw)


def test_the_longest_name_that_begins_at_a_word_wins() -> None:
    places = Gazetteer([Entry("Oud", "street"), Entry("Oud Veld", "street")])
    assert [one.place.name for one in places.find_places(Utterance("oud, oud veld"))] == ["Oud", "Oud Veld"]


def test_a_street_of_several_neighbourhoods_names_them_all() -> None:
    street = find("Kerkstraat")
    assert street is not None
    assert street.several == ("Heer", "Amby", "Borgharen", "Itteren")

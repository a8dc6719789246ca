"""What the line must hear is left in the text, whoever says it; what is known of the caller goes all the same."""

from __future__ import annotations

import pytest

from config.neighbourhoods import load_gazetteer
from hotline.anonymity.scrub import Known, scrub
from hotline.understanding.meaning import understand

PLACES = load_gazetteer()


@pytest.mark.parametrize(
    ("told", "language", "fact", "value"),
    [
        ("ik ben elf jaar en mijn papa heeft drugs", "nl", "care", "child"),
        ("I'm twelve years old and there is a man in our hall", "en", "care", "child"),
        ("ich bin zehn Jahre alt", "de", "care", "child"),
        ("ma maman prend de la drogue", "fr", "care", "child"),
        ("je suis accro et je veux arrêter", "fr", "care", "user"),
        ("ik durf mijn kinderen niet meer buiten te laten spelen", "nl", "children", "yes"),
        ("mes enfants sont là", "fr", "children", "yes"),
        ("am Freitagabend haben drei Typen Gras verkauft", "de", "part_of_day", "evening"),
        ("in Nazaret", "nl", "neighbourhood", "Nazareth"),
        ("bij St. Pieter", "nl", "neighbourhood", "Sint Pieter"),
        ("mijn code is 482 193 705 515", "nl", "digits", "482193705515"),
        ("mijn code is 015 112 345 667", "nl", "digits", "015112345667"),
    ],
)
def test_what_the_flow_must_know_is_still_there(told: str, language: str, fact: str, value: str) -> None:
    assert understand(scrub(told, gazetteer=PLACES).text, language, PLACES)[fact] == value


def test_a_name_beside_it_still_goes() -> None:
    assert "zelda" not in scrub("mijn naam is zelda en mijn kinderen durven niet", gazetteer=PLACES).text
    assert scrub("ik heet Zelda Nazaret", gazetteer=PLACES).text != "ik heet Zelda Nazaret"


def test_a_caller_who_is_called_so_is_not_spared() -> None:
    known = Known("+12025550123", "Kind Wyck", "")
    found = scrub("mijn kinderen spelen in wyck, zegt kind wyck", known=known, gazetteer=PLACES).text
    assert "wyck" not in found and " kind " not in found

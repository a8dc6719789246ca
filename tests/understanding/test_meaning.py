"""Yes and no, danger and digits, in four languages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.understanding.danger import mentions_danger
from hotline.understanding.meaning import understand
from hotline.understanding.numbers import spoken_digits
from hotline.understanding.places import Entry, Gazetteer
from hotline.understanding.yes_no import yes_no

PLACES = Gazetteer([Entry("Wyck", "neighbourhood"), Entry("Lanaken", "outside")])


@pytest.mark.parametrize(
    ("text", "lang", "answer"),
    [
        *((text, "nl", "yes") for text in ("ja", "Ja hoor.", "jazeker", "jao", "dat klopt", "inderdaad")),
        *((text, "nl", "no") for text in ("nee", "Nee!", "nae", "nee geen gevaar", "dat klopt niet", "nee, dat klopt")),
        *(
            (text, "nl", None)
            for text in ("", "weet ik niet", "ik weet het niet", "ja nee", "op de Markt", "misschien")
        ),
        *(("yes please", "en", "yes"), ("no", "en", "no"), ("that's right", "en", "yes"), ("I don't know", "en", None)),
        *(("jawohl", "de", "yes"), ("nein danke", "de", "no"), ("stimmt", "de", "yes"), ("ich weiß nicht", "de", None)),
        *(
            ("oui", "fr", "yes"),
            ("non merci", "fr", "no"),
            ("ce n'est pas ça", "fr", "no"),
            ("je ne sais pas", "fr", None),
        ),
        ("er staan daar jongens en die zeggen ja tegen elkaar", "nl", None),
    ],
)
def test_yes_and_no(text: str, lang: str, answer: str | None) -> None:
    assert yes_no(text, lang) == answer


@pytest.mark.parametrize(
    "text",
    [
        "Er wordt hier geschreeuwd, hij heeft een mes, ze vechten in het portiek!",
        "hij reageert niet meer, hij heeft net gespoten",
        *(
            "er is brand",
            "'t brandj",
            "brandlucht van kabels",
            "hij bedreigt mij",
            "help mij",
            "ze hebben een pistool",
            "help!",
        ),
        *("he has a gun", "someone was stabbed", "there is smoke", "not breathing"),
        *("er hat ein Messer", "bewusstlos", "Überdosis", "Hilfe"),
        *("il a une arme", "un couteau", "au secours", "il y a le feu", "de la fumée"),
    ],
)
def test_danger_is_heard(text: str) -> None:
    assert mentions_danger(text)


@pytest.mark.parametrize(
    "text",
    [
        "mijn buurvrouw is een heks en rookt wiet haha",
        "dao rook 't hielemaol nao wiet, en 't leech brandt dach en nach",
        *(
            "een messenset te koop",
            "ze steken vuurwerk af",
            "een waterpistool",
            "bij de schietbaan",
            "de brandweerkazerne",
        ),
        *(
            "op het Brandenburgerplein",
            "Feuer frei",
            "they smoke weed",
            "die arme mensen",
            "stabiel",
            "feu rouge",
            "",
            "schiet op",
        ),
    ],
)
def test_harmless_words_are_not_danger(text: str) -> None:
    assert not mentions_danger(text)


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        *(("6211 AB", "6211"), ("zes twee elf", "6211"), ("tweeënzestig elf", "6211"), ("zes, twee, één, één", "6211")),
        *(("soixante-douze quatre-vingt-dix-sept", "7297"), ("achtundvierzig", "48"), ("double five six", "556")),
        *(("4 8 2, 1 9 3, 7 0 5, 5 1 4", "482193705514"), ("", ""), ("geen cijfers", "")),
    ],
)
def test_digits_as_they_are_said(text: str, digits: str) -> None:
    assert spoken_digits(text) == digits


def test_everything_that_was_found_by_name() -> None:
    assert understand("ja, in Wyck, 6221, er is brand", "nl", PLACES) == {
        "yes_no": "yes",
        "place": "Wyck",
        "neighbourhood": "Wyck",
        "digits": "6221",
        "postcode": "6221",
        "danger": "yes",
    }
    assert understand("Lanaken", "nl", PLACES) == {"place": "Lanaken", "outside": "yes"}
    assert "postcode" not in understand("6230", "nl", PLACES)


@given(st.text(), st.sampled_from(["nl", "en", "de", "fr", "xx"]))
def test_nothing_makes_it_raise(text: str, lang: str) -> None:
    assert all(isinstance(value, str) for value in understand(text, lang, PLACES).values())

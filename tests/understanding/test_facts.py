"""What a story is about and its single facts: category, weapon, children, fire, people, spot, plate, care, integrity."""

from __future__ import annotations

import pytest

from hotline.understanding.meaning import understand
from hotline.understanding.places import Gazetteer
from hotline.understanding.plates import find_spelled, normalise_plate
from hotline.understanding.utterance import Utterance

NOWHERE = Gazetteer([])


def told(name: str, text: str, lang: str = "nl") -> str | None:
    return understand(text, lang, NOWHERE).get(name)


@pytest.mark.parametrize(
    ("text", "lang", "category", "subtype"),
    [
        *(("dealers op straat", "nl", "dealing", "street"), ("drugsrunners", "nl", "dealing", "runners")),
        *(
            ("drugspand", "nl", "premises", "house"),
            ("vanuit een winkel verkopen ze drugs", "nl", "premises", "business"),
        ),
        *(("hennepkwekerij", "nl", "production", "cannabis"), ("drugslab", "nl", "production", "lab")),
        *(
            ("spuiten", "nl", "waste", "needles"),
            ("gedumpte vaten", "nl", "waste", "drums"),
            ("drugsafval", "nl", "waste", None),
        ),
        *(("verslaafden", "nl", "users", None), ("overlast van de coffeeshop", "nl", "coffeeshop", None)),
        *(("ik word bedreigd", "nl", "threat", None), ("iets anders", "nl", "other", None)),
        *(
            ("dealers", "en", "dealing", "street"),
            ("grow house", "en", "production", "cannabis"),
            ("needles", "en", "waste", "needles"),
        ),
        *(
            ("Spritzen", "de", "waste", "needles"),
            ("Drogenlabor", "de", "production", "lab"),
            ("Faesser", "de", "waste", "drums"),
        ),
        *(
            ("seringues", "fr", "waste", "needles"),
            ("des toxicomanes", "fr", "users", None),
            ("des menaces", "fr", "threat", None),
        ),
        *(
            ("rookt wiet", "nl", None, None),
            ("een winkel", "nl", None, None),
            ("", "nl", None, None),
            ("geld", "nl", None, None),
        ),
    ],
)
def test_the_category_where_it_is_clear(text: str, lang: str, category: str | None, subtype: str | None) -> None:
    assert (told("category", text, lang), told("subtype", text, lang)) == (category, subtype)


@pytest.mark.parametrize(
    ("name", "text", "lang", "value"),
    [
        *(
            ("weapon", "hij heeft een mes", "nl", "yes"),
            ("weapon", "geen wapens", "nl", "no"),
            ("weapon", "ein Messer", "de", "yes"),
        ),
        *(
            ("weapon", "weet ik niet", "nl", None),
            ("weapon", "wapens heb ik niet gezien", "nl", "no"),
            ("weapon", "no guns", "en", "no"),
        ),
        *(
            ("children", "er woont een klein kind", "nl", "yes"),
            ("children", "geen kinderen", "nl", "no"),
            ("children", "some kind of lab", "en", None),
        ),
        *(
            ("children", "Schüler", "de", "yes"),
            ("children", "pas d'enfants", "fr", "no"),
            ("children", "sjeulkinder", "nl", "yes"),
        ),
        *(
            ("fire", "er is rook", "nl", "yes"),
            ("fire", "vonken", "nl", "yes"),
            ("fire", "geen brand", "nl", None),
            ("fire", "Funken", "de", "yes"),
        ),
        *(
            ("ill", "ik moet hoesten", "nl", "yes"),
            ("ill", "my eyes hurt", "en", "yes"),
            ("ill", "mal à la tête", "fr", "yes"),
        ),
        *(("leak", "het lekt", "nl", "yes"), ("leak", "lekker", "nl", None), ("leak", "it is not leaking", "en", None)),
        *(
            ("source", "zelf gezien", "nl", "self"),
            ("source", "van horen zeggen", "nl", "heard"),
            ("source", "zelf gehoord", "nl", "self"),
        ),
        *(
            ("source", "I saw it", "en", "self"),
            ("source", "on m'a dit", "fr", "heard"),
            ("source", "op de Markt", "nl", None),
        ),
        *(
            ("count", "een man", "nl", "1"),
            ("count", "drie jonge mannen", "nl", "2-4"),
            ("count", "zes", "nl", "5-10"),
            ("count", "twintig mensen", "nl", ">10"),
        ),
        *(
            ("count", "a guy", "en", "1"),
            ("count", "zwei Männer", "de", "2-4"),
            ("count", "cinq jeunes", "fr", "5-10"),
            ("count", "tientallen", "nl", ">10"),
        ),
        *(
            ("count", "een groepje jongens", "nl", None),
            ("count", "twintig vaten", "nl", None),
            ("count", "1", "nl", None),
            ("count", "zes twee elf een", "nl", None),
        ),
        *(
            ("spot", "in een café", "nl", "bar"),
            ("spot", "uit zijn auto", "nl", "car"),
            ("spot", "bij de garageboxen", "nl", "garage"),
        ),
        *(
            ("spot", "im Treppenhaus", "de", "flat"),
            ("spot", "sur une péniche", "fr", "boat"),
            ("spot", "de kelder van die flat", "nl", "flat"),
        ),
        *(("spot", "car il est là", "fr", None), ("spot", "het staat vol met spullen van hem", "nl", None)),
    ],
)
def test_a_fact(name: str, text: str, lang: str, value: str | None) -> None:
    assert told(name, text, lang) == value


@pytest.mark.parametrize(
    ("text", "lang", "care"),
    [
        *(
            ("ik wil niet meer leven", "nl", "suicide"),
            ("I want to kill myself", "en", "suicide"),
            ("ich will mich umbringen", "de", "suicide"),
        ),
        *(
            ("j'ai envie de mourir", "fr", "suicide"),
            ("ik ben elf jaar", "nl", "child"),
            ("I'm twelve years old", "en", "child"),
        ),
        *(
            ("ich bin zehn Jahre alt", "de", "child"),
            ("j'ai dix ans", "fr", "child"),
            ("mijn mama gebruikt drugs", "nl", "child"),
        ),
        *(
            ("ik ben verslaafd en wil hulp", "nl", "user"),
            ("I'm addicted", "en", "user"),
            ("je suis accro", "fr", "user"),
        ),
        *(
            ("ik ben vijftig jaar", "nl", None),
            ("ik ben tien minuten geleden gebeld", "nl", None),
            ("hij is verslaafd", "nl", None),
        ),
        *(("ik ben twaalf en wil niet meer leven", "nl", "suicide"), ("zij is elf jaar", "nl", None)),
    ],
)
def test_who_needs_other_help(text: str, lang: str, care: str | None) -> None:
    assert told("care", text, lang) == care


@pytest.mark.parametrize(
    ("text", "lang", "found"),
    [
        *(
            ("een corrupte agent", "nl", True),
            ("een agent verkoopt drugs", "nl", True),
            ("a cop sells drugs", "en", True),
        ),
        *(("ein Polizist verkauft Drogen", "de", True), ("un policier vend de la drogue", "fr", True)),
        *(
            ("ik heb een agent gebeld", "nl", False),
            ("de politie doet niks", "nl", False),
            ("ze dealen voor een agent", "nl", False),
        ),
    ],
)
def test_what_concerns_police_or_city_staff(text: str, lang: str, found: bool) -> None:
    assert (told("integrity", text, lang) == "yes") is found


@pytest.mark.parametrize(
    ("text", "plate"),
    [
        *(("Aa, Ee, een twee, Oo, Uu", "AE-12-OU"), ("Anton Eduard twaalf Otto Utrecht", "AE-12-OU")),
        *(
            ("aa ee een twee oo uu", "AE-12-OU"),
            ("kenteken a e 1 2 o u", "AE-12-OU"),
            ("A van Anton, E van Eduard, 12, O, U van Utrecht", "AE-12-OU"),
        ),
        *(
            ("alpha echo one two oscar uniform", "AE-12-OU"),
            ("A wie Anton, E wie Emil, eins zwei, Otto, Ulrich", "AE-12-OU"),
        ),
        *(
            ("a comme Anatole e comme Eugène un deux o u comme Ursule", "AE-12-OU"),
            ("ae-12-ou", "AE-12-OU"),
            ("een Anton Eduard Otto een twee drie", "1-AEO-123"),
        ),
        *(
            ("nummer 112 en er 4 jongens", None),
            ("de 12 en 14", None),
            ("een twee drie", None),
            ("a e i o u", None),
            ("", None),
        ),
        *(("in de straat 12 en u weet", None), ("Anton en Eduard", None)),
    ],
)
def test_a_plate_that_is_spelled(text: str, plate: str | None) -> None:
    assert told("plate", text) == plate


def test_a_spelled_plate_tells_its_words() -> None:
    words = Utterance("het was Aa Ee een twee Oo Uu denk ik").words
    plate = next(find_spelled(words))
    assert words[plate.start : plate.end] == ["aa", "ee", "een", "twee", "oo", "uu"]
    assert normalise_plate("ABC") is None

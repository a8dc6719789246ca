"""Where a text says that it happens, also in streets that no list knows, and never where the reporter lives."""

from __future__ import annotations

import pytest

from config.neighbourhoods import load_gazetteer
from hotline.understanding.meaning import understand
from hotline.understanding.streets import find_streets
from hotline.understanding.utterance import Utterance

PLACES = load_gazetteer()
WHERE = ("place", "neighbourhood", "outside", "unsure_place")


def where(text: str, lang: str = "nl") -> dict[str, str]:
    return {name: value for name, value in understand(text, lang, PLACES).items() if name in WHERE}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        *(("Testkapelstraat 8", "Testkapelstraat 8"), ("testkapelstraat acht", "Testkapelstraat 8")),
        *(("op de Denkbeeldweg nummer 14", "Denkbeeldweg 14"), ("Denkbeeldweg, nr. 14 zwart", "Denkbeeldweg 14 zwart")),
        *(("Denkbeeldweg 12a", "Denkbeeldweg 12a"), ("Denkbeeldweg 12-b", "Denkbeeldweg 12-b")),
        *(("Denkbeeldweg 12 bis", "Denkbeeldweg 12 bis"), ("Denkbeeldweg 12 rood", "Denkbeeldweg 12 rood")),
        *(
            ("nummer 14 in de Proefmolenstraat", "Proefmolenstraat 14"),
            ("12 Denkbeeldweg", "Denkbeeldweg 12"),
            ("op 28 in de Testkapelstraat", "Testkapelstraat 28"),
        ),
        *(("de Proefmolen straat 14", "Proefmolen straat 14"), ("in het Verzonnenhof", "Verzonnenhof")),
        *(("Prof. Denkbeeldlaan 5", "Professor Denkbeeldlaan 5"), ("Past. Verzonnenstraat", "Pastoor Verzonnenstraat")),
        *(("1e Proefmolenstraat 14", "1e Proefmolenstraat 14"), ("op 't Testkapelplein", "Testkapelplein")),
        *(
            ("Burgemeester van Testkapelstraat 3", "Burgemeester van Testkapelstraat 3"),
            ("aan de Proefmolenkade", "Proefmolenkade"),
        ),
        *(
            ("Denkbeeldweg bij de brug", "Denkbeeldweg bij de brug"),
            ("achter de kerk Denkbeeldweg", "achter de kerk Denkbeeldweg"),
        ),
        *(
            ("Testkapelstraat vijfenveertig", "Testkapelstraat 45"),
            ("Testkapelstraat numéro quarante-cinq", "Testkapelstraat 45"),
        ),
        *(
            ("Testkapelstraat Nummer hundertzwölf", "Testkapelstraat 112"),
            ("Testkapelstraat number one hundred two", "Testkapelstraat 102"),
        ),
    ],
)
def test_a_street_that_no_list_knows(text: str, told: str) -> None:
    assert where(text) == {"place": told}


@pytest.mark.parametrize(
    "text",
    [
        *(
            "onderweg naar huis",
            "halverwege de trap",
            "op het schoolplein",
            "het fietspad",
            "ze slaan hem",
            "we zijn gegaan",
        ),
        *(
            "op de weg",
            "een drukke straat",
            "in de hele straat",
            "de autobahn",
            "bothering people",
            "in onze straat",
            "een zijstraat",
        ),
    ],
)
def test_what_only_ends_like_a_street_is_none(text: str) -> None:
    assert not list(find_streets(Utterance(text)))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        *(("Testkapelstraat 3 jongens", "Testkapelstraat"), ("Testkapelstraat twee auto's", "Testkapelstraat")),
        *(("Testkapelstraat een man", "Testkapelstraat"), ("Testkapelstraat 8 3e verdieping", "Testkapelstraat 8")),
        *(("Testkapelstraat 22 uur", "Testkapelstraat"), ("Testkapelstraat. 8 mensen", "Testkapelstraat")),
        ("in de Testkapelstraat, ik woon zelf op 17", "Testkapelstraat"),
        ("in de Testkapelstraat, mijn nummer is 17", "Testkapelstraat"),
    ],
)
def test_not_every_number_after_a_street_is_a_house(text: str, told: str) -> None:
    assert where(text)["place"] == told


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        *(
            ("ik woon op 17", "nl"),
            ("bij mij", "nl"),
            ("tegenover mijn huis", "nl"),
            ("Testkapelstraat 8, dat is mijn huis", "nl"),
            ("bij mij, Testkapelstraat 8", "nl"),
            ("bij ons, Testkapelstraat 8", "nl"),
            ("onze flat, Testkapelstraat 8", "nl"),
            ("Testkapelstraat 8 is my address", "en"),
            ("das ist bei mir, Testkapelstraat 8", "de"),
            ("Testkapelstraat 8 c'est chez moi", "fr"),
            ("wij wonen in de Testkapelstraat 3", "nl"),
        ),
        *(("op Testkapelstraat 17 woon ik", "nl"), ("bij ons in de Testkapelstraat", "nl"), ("ik woon in Heer", "nl")),
        *(
            ("I live at 17 Testkapelstraat", "en"),
            ("my address is Testkapelstraat 17", "en"),
            ("opposite my house", "en"),
        ),
        *(("ich wohne in der Testkapelstraat 17", "de"), ("bei mir in der Testkapelstraat", "de")),
        *(
            ("j'habite Testkapelstraat 17", "fr"),
            ("chez moi, Testkapelstraat 17", "fr"),
            ("dans notre rue Testkapelstraat", "fr"),
        ),
    ],
)
def test_the_reporters_own_address_is_never_the_place(text: str, lang: str) -> None:
    assert where(text, lang) == {}


def test_another_place_than_the_reporters_own_is_found() -> None:
    assert where("bij mij in de buurt, op het Koningsplein")["place"] == "Koningsplein"
    assert where("ik woon op de Denkbeeldweg 4. Het is in de Testkapelstraat 8")["place"] == "Testkapelstraat 8"
    assert where("ik woon in Heer maar het is op de Markt")["place"] == "Markt"
    assert where("bij ons in Wittevrouwenveld") == {"place": "Wittevrouwenveld", "neighbourhood": "Wittevrouwenveld"}


@pytest.mark.parametrize("name", ["Kerkstraat", "Dorpstraat", "Dorpsstraat", "Boschstraat", "Bosjstraot"])
def test_a_street_of_several_neighbourhoods_is_unsure_until_one_is_told(name: str) -> None:
    assert where(name)["unsure_place"] == "yes"
    assert "neighbourhood" not in where(name)
    told = where(f"{name} in Amby")
    assert told["neighbourhood"] == "Amby"
    assert "unsure_place" not in told


@pytest.mark.parametrize(
    "town", ["Meerssen", "Lanaken", "Smeermaas", "Riemst", "Kanne", "Vroenhoven", "Visé", "Bunde", "Eijsden"]
)
def test_a_town_next_door_is_outside(town: str) -> None:
    assert where(f"het is in {town}") == {"place": town, "outside": "yes"}
    assert where(f"bij het station in {town}") == {"place": town, "outside": "yes"}


def test_where_somebody_comes_from_is_not_the_place() -> None:
    assert where("een auto uit Lanaken staat op het Vrijthof") == {"place": "Vrijthof", "neighbourhood": "Binnenstad"}


def test_in_a_story_a_name_counts_where_it_is_clearly_a_place() -> None:
    story = "er staan elke avond een stuk of tien jongeren te schreeuwen en te blowen en ze laten alles liggen"
    assert where(story) == {}
    assert where(f"{story} want Limmel is niet meer wat Wyck ooit was") == {}
    assert where(f"{story} en hun spullen halen ze uit Lanaken") == {}
    assert where(f"Testkapelstraat. {story}")["place"] == "Testkapelstraat"
    assert where(f"{story} op het Vrijthof")["place"] == "Vrijthof"
    assert where(f"{story} in de Proefmolenstraat")["place"] == "Proefmolenstraat"


def test_a_business_is_told_by_its_capitals() -> None:
    assert where("ze verkopen pillen in café De Fictie")["place"] == "café De Fictie"
    assert "place" not in where("ze verkopen pillen in een café")
    assert "place" not in where("in dem Café Drogen", "de")

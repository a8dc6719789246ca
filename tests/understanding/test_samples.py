"""The sample reports of the domain notes (invented, §6) and their traps: a text and what it should mean."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from config.neighbourhoods import load_gazetteer
from hotline.understanding.meaning import understand

PLACES = load_gazetteer()
EVENING = datetime(2026, 3, 11, 20, 40, tzinfo=UTC)  # a Wednesday, 21:40 in Maastricht

Expected = Mapping[str, str | None]

SAMPLES: dict[str, tuple[str, str, Expected]] = {
    "01 kiosk": (
        "nl",
        "Ja goedenavond, op de Markt bij de kiosk staan nu drie jongens, die geven steeds kleine zakjes aan mensen die"
        " langsfietsen. Een heeft een rode jas.",
        {"category": "dealing", "subtype": "street", "place": "Markt", "neighbourhood": "Binnenstad", "now": "yes",
         "count": "2-4", "weapon": None, "danger": None, "language": "nl"},
    ),
    "02 own address": (
        "nl",
        "Het is een huis in de Proefmolenstraat, nummer 14 zwart. Elke avond vanaf een uur of tien gaat de bel, vijf"
        " minuten binnen en weer weg. Dat duurt al maanden. Ik woon er recht tegenover op 17.",
        {"category": "premises", "subtype": "house", "place": "Proefmolenstraat 14 zwart", "part_of_day": "evening",
         "often": "daily", "lasting": "months", "spot": "home", "danger": None},
    ),
    "03 place": (
        "nl",
        "boschstraat bij de parkeergarage",
        {"place": "Boschstraat bij de parkeergarage", "unsure_place": "yes", "neighbourhood": None, "spot": "garage"},
    ),
    "03 when": ("nl", "elke vrijdag na 22u", {"often": "weekly", "time": "22:00", "part_of_day": "evening", "when": None}),
    "03 what": (
        "nl",
        "runners op scooters spreken belgische autos aan, grijze scooter AE-12-OU",
        {"category": "dealing", "subtype": "runners", "plate": "AE-12-OU", "place": None},
    ),
    "04 panic": (
        "nl",
        "Er wordt hier geschreeuwd, hij heeft een mes, ze vechten in het portiek!",
        {"danger": "yes", "weapon": "yes", "place": None, "category": None, "spot": "flat"},
    ),
    "05 sweet smell": (
        "nl",
        "Ik ruik al twee weken een zoete wietlucht als ik langs het Verzonnenhof fiets, vooral bij nummer 3. De ramen"
        " zijn helemaal dicht en er zoemt iets.",
        {"category": "production", "subtype": "cannabis", "place": "Verzonnenhof 3", "lasting": "weeks",
         "source": "self", "danger": None, "fire": None},
    ),
    "06 drums": (
        "nl",
        "Achter de loods aan de Denkbeeldweg staan wel twintig blauwe vaten, en het stinkt naar nagellak. Een vat lekt"
        " in de sloot.",
        {"category": "waste", "subtype": "drums", "place": "Denkbeeldweg", "leak": "yes", "spot": "business", "count": None},
    ),
    "07 needles": (
        "nl",
        "In het Frontenpark liggen spuiten bij het bankje onder de brug. Er spelen hier kinderen.",
        {"category": "waste", "subtype": "needles", "place": "Frontenpark", "neighbourhood": "Frontenkwartier",
         "children": "yes", "spot": "park"},
    ),
    "08 coffeeshop": (
        "nl",
        "De coffeeshopklanten parkeren weer op de stoep aan de Maasboulevard, en er lopen jongens van een jaar of"
        " vijftien tussen.",
        {"category": "coffeeshop", "place": "Maasboulevard", "subtype": None, "count": None},
    ),
    "09 nephew": (
        "nl",
        "Mijn neef verkoopt coke uit zijn auto bij het station.",
        {"category": "dealing", "place": "Station Maastricht", "neighbourhood": "Wyck", "spot": "car"},
    ),
    "10 one message": (
        "nl",
        "gevaar nu nee. in de flat testkapelstraat 8 3e verdieping dealen ze, deur gaat om de 10 min open, er woont een"
        " klein kind",
        {"danger": "no", "category": "premises", "subtype": "house", "place": "Testkapelstraat 8", "children": "yes",
         "spot": "flat", "time": None},
    ),
    "11 white van": (
        "nl",
        "Tja, ik weet niet of het belangrijk is hoor. Er komt altijd een witte bestelbus, zo'n drie uur 's nachts, bij"
        " die garageboxen aan het eind van de straat in Pottenberg. Ze dragen jerrycans naar binnen.",
        {"category": "production", "subtype": "lab", "place": "Pottenberg", "neighbourhood": "Pottenberg",
         "part_of_day": "night", "time": "03:00", "spot": "garage", "yes_no": None},
    ),
    "12 not responding": (
        "nl",
        "Er ligt een man voor de ingang van de parkeergarage bij Mosae Forum, hij reageert niet meer, hij heeft net"
        " gespoten.",
        {"danger": "yes", "category": "users", "place": "Mosae Forum", "count": "1"},
    ),
    "13 hearsay": (
        "nl",
        "Ik heb gehoord van iemand uit de voetbalkantine dat ze in café De Fictie onder de toonbank pillen verkopen.",
        {"category": "premises", "subtype": "business", "source": "heard", "spot": "bar", "place": "café De Fictie"},
    ),
    "14 code": (
        "nl",
        "Ik heb een code, 4 8 2 1, 7 7 3 9. Ik wou weten of er iets mee gebeurd is.",
        {"digits": "48217739", "category": None, "place": None, "plate": None},
    ),
    "15 witch": (
        "nl",
        "mijn buurvrouw is een heks en rookt wiet haha",
        {"danger": None, "fire": None, "place": None, "category": None},
    ),
    "16 Koningsplein": (
        "nl",
        "Jao, goojen aovend. Op 't Kooningsplein, bie de bushalte, dao sjtoon edere aovend die jonges mèt hun sjkoeters."
        " Die verkoupe dinger aon sjeulkinder.",
        {"category": "dealing", "place": "Koningsplein", "part_of_day": "evening", "often": "daily", "children": "yes",
         "language": "nl"},
    ),
    "17 Blauw Dörp": (
        "nl",
        "In de Blauw Dörp, in de Merjaberg zag me, dao rook 't hielemaol nao wiet, en 't leech brandt dach en nach.",
        {"category": "production", "subtype": "cannabis", "place": "Mariaberg", "neighbourhood": "Mariaberg",
         "danger": None, "fire": None},
    ),
    "18 two on a scooter": (
        "nl",
        "in wiek achter ut sjtation weer drugsrunners, 2 man op ein zjwarte sjcooter, net nog",
        {"category": "dealing", "subtype": "runners", "neighbourhood": "Wyck", "now": "yes", "count": "2-4"},
    ),
    "19 old bridge": (
        "en",
        "Hi, there is a guy on the bridge, the old one, offering cocaine to everybody, he's really pushy. Black cap,"
        " green backpack. It's happening right now.",
        {"category": "dealing", "place": "Sint Servaasbrug", "now": "yes", "count": "1", "language": "en"},
    ),
    "20 chemical": (
        "en",
        "weird chemical smell in the storage units near Randwyck station, started yesterday, my eyes hurt",
        {"category": "production", "subtype": "lab", "neighbourhood": "Randwyck", "ill": "yes", "language": "en"},
    ),
    "21 Roller": (
        "de",
        "Guten Abend, am Parkplatz an der Maas sprechen uns zwei Männer auf einem Roller an und fahren vor uns her."
        " Kennzeichen habe ich nicht, dunkle Jacken.",
        {"category": "dealing", "subtype": "runners", "count": "2-4", "language": "de", "place": None, "plate": None},
    ),
    "22 cinéma": (
        "fr",
        "Bonsoir, on nous a proposé de la drogue trois fois dans la Boschstraat, près du cinéma. Des jeunes, ils nous"
        " ont suivis.",
        {"category": "dealing", "place": "Boschstraat près du cinéma", "unsure_place": "yes", "language": "fr"},
    ),
    "23 vague": (
        "fr",
        "pres du parc / chaque soir / voiture grise plaque belge",
        {"place": None, "often": "daily", "part_of_day": "evening"},
    ),
    "24 cut off": ("nl", "Ja ik wil melden dat in de Oranjestraat...", {"place": "Oranjestraat", "category": None}),
    "25 outside": (
        "nl",
        "Het is in Meerssen, bij het station, daar wordt gedeald.",
        {"place": "Meerssen", "outside": "yes", "neighbourhood": None, "category": "dealing"},
    ),
}  # fmt: skip

TRAPS: dict[str, tuple[str, str, Expected]] = {
    "plate by letter": ("nl", "het kenteken is Aa, Ee, een twee, Oo, Uu", {"plate": "AE-12-OU"}),
    "plate by alphabet": ("nl", "Anton Eduard een twee Otto Utrecht", {"plate": "AE-12-OU"}),
    "plate by NATO": ("en", "alpha echo one two oscar uniform", {"plate": "AE-12-OU"}),
    "plate in German": ("de", "A wie Anton, E wie Emil, zwölf, Otto, Ulrich", {"plate": "AE-12-OU"}),
    "plate in French": ("fr", "a comme Anatole, e comme Eugène, douze, o, u", {"plate": "AE-12-OU"}),
    "half tien": ("nl", "half tien 's avonds", {"time": "21:30", "part_of_day": "evening"}),
    "half tien in the evening": ("nl", "half tien", {"time": "21:30"}),
    "kwart voor acht": ("nl", "om kwart voor acht", {"time": "19:45"}),
    "halb zehn": ("de", "gegen halb zehn", {"time": "21:30"}),
    "quarter to": ("en", "quarter to eight in the morning", {"time": "07:45", "part_of_day": "morning"}),
    "et demie": ("fr", "à neuf heures et demie du soir", {"time": "21:30", "part_of_day": "evening"}),
    "the day after tomorrow": ("nl", "overmorgen", {"when": None}),
    "forty-five": ("nl", "Testkapelstraat vijfenveertig", {"place": "Testkapelstraat 45"}),
    "a house with number 112": ("nl", "Denkbeeldweg 112", {"place": "Denkbeeldweg 112", "danger": None}),
    "number 112 in words": (
        "nl",
        "op de Denkbeeldweg nummer honderdtwaalf",
        {"place": "Denkbeeldweg 112", "danger": None},
    ),
    "two places": (
        "nl",
        "Ze dealen in de Testkapelstraat en de spullen komen uit de Proefmolenstraat",
        {"place": "Testkapelstraat"},
    ),
    "spoken number": ("nl", "Proefmolenstraat bij nummer veertien", {"place": "Proefmolenstraat 14"}),
    "as told": ("nl", "bij de parkeergarage Boschstraat", {"place": "bij de parkeergarage Boschstraat"}),
    "homonym": ("nl", "Kerkstraat", {"place": "Kerkstraat", "unsure_place": "yes", "neighbourhood": None}),
    "homonym, told": (
        "nl",
        "Kerkstraat in Heer",
        {"place": "Kerkstraat", "unsure_place": None, "neighbourhood": "Heer"},
    ),
    "my own house": ("nl", "ik woon op 17", {"place": None}),
    "my own street": ("nl", "ik woon in de Proefmolenstraat 17", {"place": None}),
    "at mine": ("nl", "bij mij voor de deur", {"place": None}),
    "opposite my house": ("nl", "tegenover mijn huis", {"place": None}),
    "not the number of boys": ("nl", "in de Testkapelstraat 3 jongens", {"place": "Testkapelstraat", "count": "2-4"}),
    "abbreviation": ("nl", "Pres. Rooseveltlaan 12-b", {"place": "President Rooseveltlaan 12-b"}),
    "knocked out": ("en", "a man is unconscious", {"danger": "yes"}),
    "no danger": ("nl", "er is geen gevaar", {"danger": "no"}),
    "no danger in English": ("en", "no danger", {"danger": "no"}),
}


def check(lang: str, text: str, expected: Expected, at: datetime = EVENING) -> None:
    found = understand(text, lang, PLACES, at)
    assert {name: found.get(name) for name in expected} == dict(expected), found


@pytest.mark.parametrize(("lang", "text", "expected"), SAMPLES.values(), ids=list(SAMPLES))
def test_a_sample_report(lang: str, text: str, expected: Expected) -> None:
    check(lang, text, expected)


@pytest.mark.parametrize(("lang", "text", "expected"), SAMPLES.values(), ids=list(SAMPLES))
def test_a_sample_without_capitals_and_punctuation(lang: str, text: str, expected: Expected) -> None:
    plain = text.lower().replace(".", " ").replace(",", " ").replace("!", " ")
    needs_capitals = {"place", "spot"} if "café" in text else set()
    check(lang, plain, {name: value for name, value in expected.items() if name not in needs_capitals})


@pytest.mark.parametrize(("lang", "text", "expected"), TRAPS.values(), ids=list(TRAPS))
def test_a_trap(lang: str, text: str, expected: Expected) -> None:
    check(lang, text, expected)

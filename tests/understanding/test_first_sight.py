"""Sentences that were written before the rules that read them: what callers and texters may say, in four languages."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from config.neighbourhoods import load_gazetteer
from hotline.understanding.meaning import understand

PLACES = load_gazetteer()
EVENING = datetime(2026, 3, 11, 20, 40, tzinfo=UTC)

Row = tuple[str, dict[str, str | None]]

DUTCH: tuple[Row, ...] = (
    ("er wordt gedealed op het vrijthof voor de kerk", {"category": "dealing", "place": "Vrijthof"}),
    ("nee hoor er is niks aan de hand nu", {"yes_no": "no", "danger": None}),
    ("twee mannen in een zwarte auto verkopen pillen aan scholieren", {"category": "dealing", "count": "2-4", "children": "yes", "spot": "car"}),
    ("sinds een paar weken is het elke nacht raak", {"lasting": "weeks", "often": "daily", "part_of_day": "night"}),
    ("ik heb het zelf gezien gisteravond om kwart over elf", {"source": "self", "when": "week", "time": "23:15", "part_of_day": "evening"}),
    ("er is iemand neergestoken help", {"danger": "yes"}),
    ("de buren hebben volgens mij een wietplantage op zolder", {"category": "production", "subtype": "cannabis", "place": None}),
    ("op de hoek van de Denkbeeldweg en de Testkapelstraat", {"place": "Denkbeeldweg"}),
    ("Verzonnenhof nummer tweehonderd drie", {"place": "Verzonnenhof 203"}),
    ("in wittevrouwenveld achter de supermarkt", {"neighbourhood": "Wittevrouwenveld", "spot": "shop"}),
    ("een groepje van zes jongeren hangt rond in het stadspark", {"count": "5-10", "place": "Stadspark", "spot": "park"}),
    ("ik heb geen wapens gezien", {"weapon": "no", "danger": None}),
    ("er waren geen kinderen bij", {"children": "no"}),
    ("het ruikt hier naar aceton en ik krijg er hoofdpijn van", {"subtype": "lab", "ill": "yes"}),
    ("er liggen naalden in de speeltuin in malberg", {"subtype": "needles", "neighbourhood": "Malberg"}),
    ("junks slapen in ons portiek en bedelen bij iedereen", {"category": "users", "spot": "flat"}),
    ("een agent van de politie verkoopt zelf coke", {"integrity": "yes"}),
    ("de politie doet er niks aan", {"integrity": None}),
    ("ik wil niet meer leven", {"care": "suicide"}),
    ("ik ben elf jaar en mijn papa heeft drugs", {"care": "child"}),
    ("ik ben zelf verslaafd en ik wil stoppen", {"care": "user"}),
    ("vanmiddag rond drie uur bij de kennedybrug", {"when": "today", "part_of_day": "afternoon", "time": "15:00", "place": "Kennedybrug"}),
    ("er komen vonken uit de meterkast", {"fire": "yes"}),
    ("ze bedreigen mij omdat ik ernaar keek", {"category": "threat", "danger": "yes"}),
    ("een woonboot aan de stuwweg met veel aanloop", {"category": "premises", "place": "Stuwweg", "neighbourhood": "Boschpoort", "spot": "boat"}),
    ("ongeveer een half jaar al, soms in het weekend", {"lasting": "months", "often": "sometimes"}),
    ("dat is een maand geleden gebeurd", {"when": "longer", "now": "no"}),
    ("Burgemeester Denkbeeldlaan 12 rood", {"place": "Burgemeester Denkbeeldlaan 12 rood"}),
)  # fmt: skip

ENGLISH: tuple[Row, ...] = (
    ("can I speak english please", {"language": "en"}),
    ("somebody has been shot", {"danger": "yes"}),
    ("they sell drugs from a house on Testkapelstraat number eight", {"category": "premises", "place": "Testkapelstraat 8"}),
    ("there are used needles all over the playground in Limmel", {"subtype": "needles", "neighbourhood": "Limmel"}),
    ("no one is in danger right now", {"danger": "no"}),
    ("it happens every day around half past four in the afternoon", {"often": "daily", "time": "16:30", "part_of_day": "afternoon"}),
    ("I heard it from a friend", {"source": "heard"}),
    ("five guys on scooters keep bothering drivers near the Noorderbrug", {"count": "5-10", "place": "Noorderbrug"}),
    ("I think my neighbours grow cannabis, there is a strong smell and a humming noise", {"subtype": "cannabis"}),
    ("last weekend, late at night", {"when": "week", "part_of_day": "night"}),
    ("blue barrels were dumped in a ditch and something is leaking", {"subtype": "drums", "leak": "yes"}),
    ("no weapons, no kids", {"weapon": "no", "children": "no"}),
    ("a homeless addict is smoking crack in the parking garage", {"category": "users", "spot": "garage", "danger": None}),
    ("I want to kill myself", {"care": "suicide"}),
)  # fmt: skip

GERMAN: tuple[Row, ...] = (
    ("sprechen Sie Deutsch?", {"language": "de"}),
    ("er hat eine Pistole und bedroht uns", {"danger": "yes", "weapon": "yes"}),
    ("vor dem Bahnhof verkauft ein Mann Kokain", {"category": "dealing", "place": "Station Maastricht", "count": "1"}),
    ("gestern Abend um Viertel nach zehn", {"when": "week", "time": "22:15", "part_of_day": "evening"}),
    ("jeden Tag seit ungefähr drei Monaten", {"often": "daily", "lasting": "months"}),
    ("im Park liegen Spritzen und da spielen Kinder", {"subtype": "needles", "children": "yes", "spot": "park"}),
    ("es riecht stark nach Chemie und mir tränen die Augen", {"subtype": "lab", "ill": "yes"}),
    ("ich habe es selbst gesehen", {"source": "self"}),
    ("keine Gefahr im Moment", {"danger": "no"}),
    ("in der Testkapelstraat Nummer fünfundvierzig", {"place": "Testkapelstraat 45"}),
    ("gerade eben, vier Jugendliche", {"now": "yes", "count": "2-4"}),
    ("in Lanaken hinter der Tankstelle", {"outside": "yes"}),
    ("die Junkies schlafen bei uns im Treppenhaus", {"category": "users", "spot": "flat"}),
)

FRENCH: tuple[Row, ...] = (
    ("parlez-vous français", {"language": "fr"}),
    ("au secours il a un couteau", {"danger": "yes", "weapon": "yes"}),
    ("des hommes vendent de la drogue devant la gare", {"category": "dealing", "place": "Station Maastricht"}),
    ("il n'y a pas de danger", {"danger": "no"}),
    ("hier soir vers vingt-deux heures", {"when": "week", "part_of_day": "evening", "time": "22:00"}),
    ("tous les jours depuis des mois", {"often": "daily", "lasting": "months"}),
    ("il y a des seringues par terre dans le parc", {"subtype": "needles", "spot": "park"}),
    ("une plantation de cannabis dans un appartement au Testkapelstraat 12", {"subtype": "cannabis", "place": "Testkapelstraat 12"}),
    ("ça se passe en ce moment sur le Markt", {"now": "yes", "place": "Markt"}),
    ("on m'a dit qu'ils vendent dans un café", {"source": "heard", "category": "premises", "spot": "bar"}),
    ("je n'ai pas vu d'arme", {"weapon": "no", "danger": None}),
    ("mes enfants ont peur de ces gens", {"danger": None, "children": "yes"}),
    ("il ne respire plus", {"danger": "yes"}),
)  # fmt: skip

ALL = [(lang, *row) for lang, rows in (("nl", DUTCH), ("en", ENGLISH), ("de", GERMAN), ("fr", FRENCH)) for row in rows]


@pytest.mark.parametrize(("lang", "text", "expected"), ALL)
def test_a_sentence_in_its_language(lang: str, text: str, expected: dict[str, str | None]) -> None:
    found = understand(text, lang, PLACES, EVENING)
    assert {name: found.get(name) for name in expected} == expected, found

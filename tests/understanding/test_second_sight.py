"""A second set of sentences, written before any rule was changed after the first: longer, looser, with more to mishear."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from config.neighbourhoods import load_gazetteer
from hotline.understanding.meaning import understand

PLACES = load_gazetteer()
AFTERNOON = datetime(2026, 6, 6, 13, 10, tzinfo=UTC)  # a Saturday, 15:10 in Maastricht

Row = tuple[str, dict[str, str | None]]

DUTCH: tuple[Row, ...] = (
    ("nou kijk het zit zo bij ons in de straat staat elke dag zo'n jongen op de hoek die verkoopt van alles aan de jeugd",
     {"category": "dealing", "often": "daily", "place": None}),
    ("sjtraotdealers bie de gaar van Mestreech", {"place": None, "category": None}),
    ("dao sjteit noe eine te dealen op 't Vriethof", {"now": "yes", "place": "Vrijthof", "category": "dealing"}),
    ("ik bel voor een vriendin", {"danger": None, "place": None, "care": None, "category": None}),
    ("er hangt zo'n rare chemische lucht rond die garageboxen in de heeg",
     {"category": "production", "subtype": "lab", "neighbourhood": "De Heeg", "spot": "garage"}),
    ("het is het derde huis links na de kerk in heer", {"neighbourhood": "Heer", "spot": "home"}),
    ("gisteren zag ik een stuk of acht man rond een witte golf staan", {"when": "week", "now": "no", "count": "5-10", "source": "self"}),
    ("volgens mij wordt er op nummer zesentwintig van de Proefmolenstraat gedeald", {"place": "Proefmolenstraat 26", "category": "premises"}),
    ("er lag vanmorgen een injectienaald bij de zandbak", {"subtype": "needles", "when": "today", "part_of_day": "morning"}),
    ("een gast met een bivakmuts zwaait met een machete", {"danger": "yes", "weapon": "yes"}),
    ("ze steken elke avond vuurwerk af en roken wiet op het schoolplein", {"danger": None, "fire": None, "spot": "school", "often": "daily"}),
    ("hij ligt op de grond en we krijgen hem niet wakker", {"danger": "yes"}),
    ("die lui rijden in een busje met belgisch kenteken", {"spot": "car", "plate": None}),
    ("nee dank u dat was het", {"yes_no": "no"}),
    ("in de buurt van de brusselse poort bij het winkelcentrum", {"neighbourhood": "Brusselsepoort"}),
    ("het komt van de overkant, van nummer negen, ik woon zelf op nummer twaalf in het Verzonnenhof", {"place": None}),
    ("mijn zoontje van zes heeft een zakje met wit poeder gevonden op de speelplaats", {"spot": "park", "care": None}),
    ("kwart over drie vannacht stonden ze er weer", {"time": "03:15", "when": "today", "part_of_day": "night"}),
    ("meestal op vrijdag en zaterdag tussen tien en twaalf 's avonds", {"part_of_day": "evening", "when": None}),
    ("ik weet niet precies hoe het daar heet maar het is in smeermaas net over de grens", {"outside": "yes"}),
    ("vijf maanden geleden is het begonnen en sinds kort is het elke week", {"often": "weekly"}),
    ("de kelder van die flat staat vol met jerrycans en er loopt iets uit", {"subtype": "drums", "spot": "flat"}),
    ("het stinkt hier vreselijk naar wiet in het hele trappenhuis, dag en nacht",
     {"category": "production", "subtype": "cannabis", "spot": "flat", "often": "daily"}),
    ("een ambtenaar die vergunningen geeft krijgt geld van die coffeeshop", {"integrity": "yes"}),
    ("ze hebben mijn auto bekrast en gezegd dat ze mijn huis in brand steken als ik bel", {"danger": "yes"}),
    ("Pastoor Verzonnenstraat negentien a", {"place": "Pastoor Verzonnenstraat 19 a"}),
    ("met twee of drie", {"count": "2-4"}),
    ("iedere keer als ik de hond uitlaat langs het Bassin", {"place": "Bassin"}),
)  # fmt: skip

ENGLISH: tuple[Row, ...] = (
    ("yeah so basically there's this house down my street where people show up at all hours, stay two minutes and leave",
     {"category": "premises", "place": None}),
    ("my flatmate passed out and his lips are blue", {"danger": "yes"}),
    ("behind the Sphinx passage, around ten thirty last night", {"place": "Sphinxpassage", "when": "week", "part_of_day": "night"}),
    ("two or three teenagers, maybe fifteen years old", {"count": "2-4"}),
    ("it has been going on for a couple of months", {"lasting": "months"}),
    ("no I haven't seen any weapon", {"yes_no": "no", "weapon": "no"}),
    ("a guy in a black car with German plates sells coke next to the MECC",
     {"category": "dealing", "place": "MECC", "neighbourhood": "Randwyck", "count": "1", "plate": None}),
    ("I'm not in danger, I just want to report something", {"danger": "no"}),
    ("there is smoke coming out of the shed and it smells like burnt plastic", {"danger": "yes", "fire": "yes"}),
    ("some kind of workshop on the Denkbeeldweg 40", {"place": "Denkbeeldweg 40", "children": None}),
    ("I'd rather not say", {"danger": None, "place": None}),
    ("at Vrijthof on Saturday at half past one in the night", {"place": "Vrijthof", "time": "01:30"}),
)  # fmt: skip

GERMAN: tuple[Row, ...] = (
    ("Auf dem Vrijthof werden Touristen von Dealern angesprochen", {"category": "dealing", "place": "Vrijthof"}),
    (
        "Ich möchte anonym melden, dass in der Wohnung über dem Café Cannabis angebaut wird",
        {"category": "production", "subtype": "cannabis"},
    ),
    ("es brennt", {"danger": "yes", "fire": "yes"}),
    ("kein Feuer, aber es riecht komisch", {"fire": None, "danger": None}),
    ("seit letzter Woche jeden Abend gegen elf", {"often": "daily", "part_of_day": "evening", "time": "23:00"}),
    ("ungefähr zehn Leute standen um ein Auto herum", {"count": "5-10"}),
    ("am Maasboulevard neben dem Boot", {"place": "Maasboulevard"}),
    ("ein Freund hat es mir erzählt", {"source": "heard"}),
    ("nein, keine Kinder und keine Waffen", {"yes_no": "no", "children": "no", "weapon": "no"}),
    ("ich wohne in Wyck", {"place": None, "neighbourhood": None}),
    ("das Kennzeichen war A E, eins zwei, O U", {"plate": "AE-12-OU"}),
    ("vor drei Wochen habe ich leere Kanister im Wald gefunden", {"when": "longer", "subtype": "drums"}),
)

FRENCH: tuple[Row, ...] = (
    ("je suis touriste et des types nous ont suivis en scooter pour nous vendre du cannabis", {"category": "dealing"}),
    ("il y a quelqu'un par terre qui ne bouge plus", {"danger": "yes"}),
    ("c'est derrière la gare, côté Wyck", {"place": "Station Maastricht", "neighbourhood": "Wyck"}),
    ("une dizaine de personnes", {"count": "5-10"}),
    ("non, pas d'enfants", {"yes_no": "no", "children": "no"}),
    ("vers huit heures moins le quart du soir", {"time": "19:45", "part_of_day": "evening"}),
    ("il y a deux jours j'ai vu une voiture avec des bidons", {"when": "week", "subtype": "drums", "source": "self"}),
    ("ça sent le brûlé", {"fire": "yes"}),
    ("des policiers sont complices des dealers", {"integrity": "yes"}),
    ("sur la place du marché, le Markt je crois", {"place": "Markt", "neighbourhood": "Binnenstad"}),
    ("l'immeuble au numéro quatre-vingt-douze de la Testkapelstraat", {"place": "Testkapelstraat 92", "spot": "flat"}),
    ("de temps en temps, plutôt la nuit", {"often": "sometimes", "part_of_day": "night"}),
)  # fmt: skip

# Written last, after the rules had been changed for the rows above.
LATER: tuple[tuple[str, str, dict[str, str | None]], ...] = (
    ("nl", "er staat een busje voor de deur met draaiende motor en er worden pakketjes naar buiten gedragen uit het pand op Verzonnenhof 21",
     {"place": "Verzonnenhof 21", "danger": None}),
    ("nl", "vorige week dinsdag hebben ze mijn buurman in elkaar geslagen", {"when": "longer", "danger": "yes", "place": None}),
    ("nl", "ze zitten met z'n vieren op een bankje te snuiven", {"count": "2-4", "danger": None}),
    ("nl", "op het speelveldje achter de basisschool in Malpertuis vond ik lege lachgasflessen",
     {"neighbourhood": "Malpertuis", "category": "waste"}),
    ("nl", "mien naobersj die verkoupe wiet oet hun hoes in Pottebèrg", {"category": "premises", "neighbourhood": "Pottenberg"}),
    ("nl", "sinds een maand of drie, vooral 's nachts tussen twee en vier", {"lasting": "months", "part_of_day": "night", "time": None}),
    ("nl", "ja dat klopt helemaal", {"yes_no": "yes", "place": None}),
    ("nl", "kenteken is bee van bernard, iedereen zegt dat het gestolen is", {"plate": None}),
    ("nl", "ik durf mijn kinderen niet meer buiten te laten spelen door die dealers", {"children": "yes", "category": "dealing"}),
    ("nl", "hij ademt nog maar reageert nergens meer op", {"danger": "yes"}),
    ("nl", "dinsdagavond om kwart voor elf", {"time": "22:45", "part_of_day": "evening", "when": "week"}),
    ("nl", "een handhaver van de gemeente tipt de dealers als er controle komt", {"integrity": "yes"}),
    ("en", "it was a while ago, I don't remember exactly", {"when": "longer", "yes_no": None}),
    ("en", "somebody left a bag with syringes next to the swings in the Frontenpark", {"subtype": "needles", "place": "Frontenpark"}),
    ("en", "they cook something in the garage and it makes me cough", {"spot": "garage", "ill": "yes"}),
    ("en", "please send someone, he is choking her", {"danger": "yes"}),
    ("de", "am Freitagabend haben drei Typen vor der Schule Gras verkauft",
     {"category": "dealing", "count": "2-4", "spot": "school", "when": "week"}),
    ("de", "das weiß ich leider nicht", {"yes_no": None, "place": None}),
    ("de", "auf der Hoge Brug um halb zwei nachts", {"place": "Hoge Brug", "time": "01:30"}),
    ("de", "jemand hat Fässer in den Bach geworfen, es läuft eine Flüssigkeit aus", {"subtype": "drums", "leak": "yes"}),
    ("fr", "ma fille de douze ans a trouvé une seringue", {"subtype": "needles", "care": None}),
    ("fr", "ils font ça presque tous les soirs vers onze heures", {"often": "daily", "time": "23:00"}),
    ("fr", "je préfère ne pas répondre", {"place": None, "danger": None}),
    ("fr", "deux hommes se tapent dessus à coups de barre de fer", {"count": "2-4", "danger": "yes"}),
)  # fmt: skip

ALL = [(lang, *row) for lang, rows in (("nl", DUTCH), ("en", ENGLISH), ("de", GERMAN), ("fr", FRENCH)) for row in rows]
ALL += LATER


@pytest.mark.parametrize(("lang", "text", "expected"), ALL)
def test_a_sentence_in_its_language(lang: str, text: str, expected: dict[str, str | None]) -> None:
    found = understand(text, lang, PLACES, AFTERNOON)
    assert {name: found.get(name) for name in expected} == expected, found

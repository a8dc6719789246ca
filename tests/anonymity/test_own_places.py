"""A home, a shop and a number are the reporter's where the words around say so, and stay or are sealed elsewhere."""

from __future__ import annotations

import pytest

from hotline.anonymity.scrub import scrub


@pytest.mark.parametrize(
    ("told", "gone", "kept"),
    [
        ("toen ik mijn snackbar dichtdeed stond er een busje", "snackbar", "dichtdeed stond er een busje"),
        ("wij hebben een belwinkel op de hoek en daar staan ze", "belwinkel", "en daar staan ze"),
        ("ik sta achter de toog in een kroegje en zie alles", "toog kroegje", "en zie alles"),
        ("hier de koster van de parochie, ze slapen hier", "koster parochie", "ze slapen hier"),
        ("Met Imke van de plantenwinkel. Er staat een groep", "Imke plantenwinkel", "Er staat een groep"),
        ("bij ons op de manege wordt gespoten", "manege", "wordt gespoten"),
        ("we run a bakery and they deal in front of it", "bakery", "and they deal in front of it"),
        ("ich habe einen Kiosk und die dealen davor", "Kiosk", "und die dealen davor"),
        ("nous tenons une boulangerie et ils dealent devant", "boulangerie", "et ils dealent devant"),
        ("mijn balkon op de tweede kijkt uit op de Markt", "tweede", "kijkt uit op de Markt"),
        ("adres? Merelsteeg 9. overlast: nummer 11", "Merelsteeg 9", "overlast: nummer 11"),
        ("Merelsteeg 9, dat ben ik, en op 11 wordt gedeald", "Merelsteeg 9", "en op 11 wordt gedeald"),
        ("hallo Lerchenstiege elf hier", "Lerchenstiege elf", "hallo"),
        ("u vroeg mijn adres: Kruikenpad 17a", "Kruikenpad 17a", "u vroeg mijn adres"),
        ("mijn huis is trommelaarsgang zes", "trommelaarsgang zes", "mijn huis"),
        ("ik doe de bar op de roeivereniging en zie ze lopen", "bar roeivereniging", "en zie ze lopen"),
        ("ich fahre nachts Taxi für die Zentrale und sehe viel", "Taxi Zentrale", "und sehe viel"),
        ("met Jansen, Flat Zonneroos 9 hoog, deur 914. Op 8 hoog wordt gedeald", "deur 914", "wordt gedeald"),
        ("ik zit op de zevende, links van de lift, en daaronder", "zevende links", "en daaronder"),
        ("iech zit hei op d'n derde veur 't raam", "derde", "iech zit hei"),
        ("Elke nacht. Met vriendelijke groet, Jo Voorbeeld, Denkbeeldweg 8b", "Denkbeeldweg 8b", "Elke nacht."),
        ("mvg, Denkbeeldweg 8b. De overlast is bij de buren", "Denkbeeldweg 8b", "De overlast is bij de buren"),
        ("adr Proefmolenstraat 12 bel 2e knop", "Proefmolenstraat 12 knop", "adr"),
        ("ze komen terug. adres Windvaan 30 zwart", "Windvaan 30 zwart", "ze komen terug"),
        ("Wat is uw adres? Denkbeeldweg 7. Ze dealen bij 9", "Denkbeeldweg 7", "Ze dealen bij 9"),
        ("vanaf ons balkon, Denkbeeldplein 212, zien wij dealers", "Denkbeeldplein 212", "zien wij dealers"),
        ("ich wohne in der Denkbeeldweg 77, App. 3", "Denkbeeldweg 77 App 3", "ich wohne"),
        ("Postcode 6217 XX 48, zo vindt u ons", "6217 XX 48", "zo vindt u ons"),
        ("wij wonen in de zonnebloemput drie", "zonnebloemput drie", "wij wonen"),
        ("ich lebe seit Jahren in der Lampionstraße 15 und sehe sie", "Lampionstraße 15", "und sehe sie"),
    ],
)
def test_ones_own_home_and_place_of_work_go(told: str, gone: str, kept: str) -> None:
    left = scrub(told)
    assert not [word for word in gone.split() if word in left.text.split()] and not left.uncertain
    assert kept in left.text


@pytest.mark.parametrize(
    "told",
    [
        "bij de snackbar wordt elke avond gedeald",
        "de bakkerij op de hoek is een dekmantel",
        "ze dealen achter de kassa van de avondwinkel",
        "hij heeft een belwinkel",
        "de eigenaar van de kapsalon verkoopt",
        "in de Merelsteeg 9 wordt gedeald",
        "op nummer 14 woont een dealer",
        "het adres van de dealer is Merelsteeg 9",
        "aan de Boschstraat 12 is een kelder",
        "ze dealen bij Denkbeeldweg 8, appartement 3",
        "de dealer woont op Denkbeeldweg 8",
        "mijn code is 482 193 705 514",
        "een twee drie vier jongens",
    ],
)
def test_places_of_the_nuisance_stay(told: str) -> None:
    found = scrub(told)
    assert (found.text, found.uncertain) == (told, ())


def test_a_number_of_a_document_goes_and_a_plate_is_sealed() -> None:
    assert "0093381" not in scrub("mijn polisnummer is PV0093381").text
    for told in (
        "die AE-12-OU is van mij",
        "het kenteken van mich is AE-12-OU",
        "'t kenteken vaan mich is AE-12-OU",
        "the AE-12-OU is mine",
        "die AE-12-OU ist meins",
    ):
        own = scrub(told)
        assert (own.removed, own.sealed) == ({"plate": 1}, ()), told
    plate = scrub("een rode fiat met kenteken AE-12-OU staat er weer")
    assert [one.text for one in plate.sealed] == ["AE-12-OU"]

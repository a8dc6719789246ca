"""Whose a name is, where somebody lives and works: taken out, sealed, asked about, or left alone, in four languages."""

from __future__ import annotations

import pytest

from hotline.anonymity.scrub import scrub

REMOVED = [
    ("u spreekt met marieke hendrix over de markt", "marieke hendrix", "name"),
    ("Kuipers, goedemiddag, ik wil iets melden", "Kuipers", "name"),
    ("Uwe Schmitz mein Name", "Uwe Schmitz", "name"),
    ("moi c'est Chloé, je suis étudiante", "Chloé", "name"),
    ("this is tom baker speaking", "tom baker", "name"),
    ("miene naom is Sjeng Bovens", "Sjeng Bovens", "name"),
    ("Op de Markt wordt gedeald. Met vriendelijke groet, Jos Ramaekers", "Jos Ramaekers", "name"),
    ("Er wordt gedeald bij de kerk. A. Zijlstra, Fries om utens.", "Zijlstra", "name"),
    ("mijn achternaam is Sjoenbroodt, ze dealen hier", "Sjoenbroodt", "name"),
    ("Van der Vos is de naam, er wordt gedeald", "Vos", "name"),
    ("mijn dochtertje Fleur (zes) vond een zakje", "Fleur", "name"),
    ("ma belle-mère, Zohra, ne dort plus", "Zohra", "name"),
    ("ma belle-mère, Zohra, ne dort plus", "mère", "relation"),
    ("ik Soufiane heb brief gehad", "Soufiane", "name"),
    ("mijn zoon koopt daar pillen", "mijn zoon", "relation"),
    ("my landlord is growing weed", "my landlord", "relation"),
    ("meine Nachbarin hat das gesehen", "meine Nachbarin", "relation"),
    ("ma soeur habite en face", "ma soeur", "relation"),
    ("ik woon zelf op de Denkbeeldweg 22b, derde etage", "Denkbeeldweg 22b, derde etage", "address"),
    ("bij ons op nummer zeventien komt de stank binnen", "zeventien", "address"),
    ("I live at Verzonnenhof 11 and see them", "Verzonnenhof 11", "address"),
    ("ich wohne in der Denkbeeldweg 7", "Denkbeeldweg 7", "address"),
    ("j'habite au 12 Verzonnenhof", "12 Verzonnenhof", "address"),
    ("Ik werk als verpleegkundige bij het ziekenhuis", "verpleegkundige", "work"),
    ("I clean at the Meuse Hotel every day", "Meuse Hotel", "work"),
    ("ich bin Lehrerin und sehe das täglich", "Lehrerin", "work"),
    ("je suis infirmière", "infirmière", "work"),
    ("ik kom uit Heerlen en zag het", "Heerlen", "city"),
    ("wir sind aus Würselen zu Besuch", "Würselen", "city"),
    ("geboren op 3 mei 1962", "3 mei 1962", "birthdate"),
    ("I was born on 4 July 1999", "4 July 1999", "birthdate"),
    ("paspoortnummer NXR4L7B82", "NXR4L7B82", "document"),
    ("ma carte d'identité est 592-0123456-78", "592-0123456-78", "document"),
    ("mijn bsn is een twee drie vier vijf zes zeven acht twee", "een twee drie", "bsn"),
    ("mijn nummer is nul zes eh een twee drie en dan vier vijf zes zeven acht", "een twee drie", "phone"),
]


@pytest.mark.parametrize(("text", "words", "kind"), REMOVED)
def test_what_is_the_reporters_goes(text: str, words: str, kind: str) -> None:
    found = scrub(text)
    assert words not in found.text
    assert kind in found.removed
    assert not any(words in one.text for one in found.sealed)


SEALED = [
    ("de dealer heet Kevin en staat op de Markt", "Kevin"),
    ("een zekere Ronnie van Dijk verkoopt coke", "Ronnie van Dijk"),
    ("a guy called Hassan sells pills", "Hassan"),
    ("der Dealer heißt Mehmet", "Mehmet"),
    ("le dealer s'appelle Karim", "Karim"),
    ("ze noemen hem de Kale", "de Kale"),
    ("zijn bijnaam is Sneeuwman", "Sneeuwman"),
    ("mijn buurman Jürgen teelt wiet", "Jürgen"),
    ("mijn collega Ilse zag het ook", "Ilse"),
    ("meine Kollegin Swetlana hat es gesehen", "Swetlana"),
]


@pytest.mark.parametrize(("text", "name"), SEALED)
def test_a_third_partys_name_is_sealed(text: str, name: str) -> None:
    found = scrub(text)
    assert [(one.kind, one.text) for one in found.sealed] == [("name", name)]
    assert name not in found.text


@pytest.mark.parametrize(
    "text",
    [
        "In de Jan van Eyckstraat staan drie jongens met een grijze Volkswagen Golf en een Nike trui",
        "bij de Albert Heijn aan de Boschstraat, hoek Brusselsestraat, ruikt het naar aceton",
        "mijn naam doet er niet toe, het gaat om de Denkbeeldweg 12",
        "ik wil anoniem blijven. Café De Fictie, pillen onder de bar, elke vrijdag na 22 uur",
        "I want to stay anonymous, three guys on a black scooter at the bus stop every night",
        "Auf dem Spielplatz in Malberg lagen heute Morgen um halb neun Spritzen",
        "Samedi dernier au Vrijthof, quatre jeunes vendaient de l'ecstasy",
        "op 't Vriethof stoon twie jonges mèt zakjes wit spul",
        "twee vrouwen, een met blond haar en een rode jas, komen om half tien uit nummer 14",
        "Drie personen met glimmende trommelschaaltjes onder theelepelkistjes koperkleurige kikkerdekens onder vliegerpotten",
    ],
)
def test_the_nuisance_stays_as_it_was_told(text: str) -> None:
    assert scrub(text).text == text


def test_a_name_that_nothing_explains_is_put_to_a_person() -> None:
    found = scrub("we zagen Brzeska daar", mark="k")
    assert [one.kind for one in found.uncertain] == ["name"]
    assert "Brzeska" not in found.text
    assert all(one.why for one in found.uncertain)
    for told in ("er lag een jas van Brzeska", "bij het bankje lag een tas, daarop Brzeska in viltstift"):
        assert "Brzeska" not in scrub(told).text


def test_one_name_is_one_persons_throughout() -> None:
    found = scrub("ik ben de moeder van Sven en Sven heeft die pillen gekocht")
    assert "Sven" not in found.text
    assert not found.sealed

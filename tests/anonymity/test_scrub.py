"""What identifies a reporter is taken out, what the nuisance is stays, and nothing breaks it."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hotline.anonymity.normalise import normalise
from hotline.anonymity.scrub import Known, scrub, to_json

UNITS = {
    "nl": "nul een twee drie vier vijf zes zeven acht negen",
    "en": "zero one two three four five six seven eight nine",
    "de": "null eins zwei drei vier fünf sechs sieben acht neun",
    "fr": "zéro un deux trois quatre cinq six sept huit neuf",
}
FRAMES = [
    "{}",
    "u kunt {} bellen over de Proefmolenstraat 14",
    "Denkbeeldweg 12, {}, om 22:30 uur",
    "({}) was het",
    "12 {} 7",
]
# Twelve digits after +31 97 0…: a range for machines, never given to a person.
NUMBERS = st.integers(0, 9_999_999).map(lambda tail: f"97010{tail:07d}"[:11])


def _forms(bare: str) -> list[str]:
    national, country = "0" + bare, "31" + bare
    written = ["+" + country, "00" + country, national, f"+31 (0){bare}", f"+31 {bare}", bare, bare[-6:]]
    for separator in (" ", "-", ".", " - ", "/"):
        written += [separator.join(national), separator.join([national[:3], national[3:6], national[6:]])]
    written += [separator.join(bare[-6:][at : at + 2] for at in (0, 2, 4)) for separator in (" ", "-")]
    for words in UNITS.values():
        said = [words.split()[int(digit)] for digit in national]
        written += [" ".join(said), ", ".join(said), " ".join(said[-6:]), " ".join(said).upper()]
    full_width = national.translate({ord("0") + digit: 0xFF10 + digit for digit in range(10)})
    return [*written, full_width, "\u200b".join(national), "\u202e" + national]


def _digits(text: str) -> str:
    for words in UNITS.values():
        for digit, word in enumerate(words.split()):
            text = text.lower().replace(word, str(digit))
    return "".join(char for char in text if char.isdigit())


@settings(max_examples=60)
@given(NUMBERS, st.sampled_from(FRAMES))
def test_the_callers_number_goes_in_every_form(bare: str, frame: str) -> None:
    known = Known(number="+31" + bare)
    for form in _forms(bare):
        result = scrub(frame.format(form), known=known)
        assert bare[-6:] not in _digits(result.text), form
        assert result.removed.get("phone") == 1, form
        assert not result.sealed
        assert "Proefmolenstraat 14" in result.text or "Proefmolenstraat" not in frame


@settings(max_examples=60)
@given(st.lists(st.integers(10, 99), min_size=4, max_size=4))
def test_pairs_of_digits_said_as_one_number_go_too(pairs: list[int]) -> None:
    dutch = {12: "twaalf", 34: "vierendertig", 56: "zesenvijftig", 78: "achtenzeventig", 72: "tweeënzeventig"}
    french = {
        12: "douze",
        34: "trente-quatre",
        56: "cinquante-six",
        78: "soixante-dix-huit",
        97: "quatre-vingt-dix-sept",
    }
    for words in (dutch, french):
        chosen = [list(words)[pair % len(words)] for pair in pairs]
        known = Known(number="+316" + "".join(map(str, chosen)))
        said = scrub("mijn nummer: " + " ".join(words[pair] for pair in chosen), known=known)
        assert said.text == "mijn nummer: [nummer]"


LETTERS = st.text(st.sampled_from("abcdefghijklmnoprstuvwzéëöüñ"), min_size=4, max_size=10)


@settings(max_examples=150)
@given(LETTERS, LETTERS, st.sampled_from(["{} {}", "{}, {}", "{}{}", "{}-{}", "{}.{}", "{}  {}"]))
def test_the_callers_name_goes_in_every_form(first: str, last: str, shape: str) -> None:
    known = Known(name=f"{first} van der {last}".title())
    for written in (shape.format(first, last), shape.format(last, first).upper(), f"van der {last}", f"{first}s"):
        said = normalise(scrub(f"7 9 {written} 5", known=known).text).lower()
        words = [
            "".join(char for char in unicodedata.normalize("NFKD", word) if char.isalpha()) for word in said.split()
        ]
        plain = "".join(char for char in unicodedata.normalize("NFKD", last) if char.isalpha())
        if shape != "{}{}":
            assert plain not in words


def test_a_name_goes_glued_and_in_a_handle_and_is_never_sealed() -> None:
    known = Known(name="Jo Voorbeeld")
    for written in (
        "Jo Voorbeeld",
        "VOORBEELD",
        "jovoorbeeld",
        "@jovoorbeeld",
        "jo.voorbeeld@example.nl",
        "Voorbeelds",
    ):
        result = scrub(f"ik ben {written} en", known=known)
        assert "voorbeeld" not in result.text.lower()
        assert not result.sealed


def test_the_city_goes_unless_it_is_the_one_we_serve() -> None:
    assert scrub("ik kom uit Heerlen", known=Known(city="HEERLEN")).text == "ik kom uit [plaats]"
    text = "in Maastricht op de Markt"
    assert scrub(text, known=Known(city="MAASTRICHT")).text == text


@pytest.mark.parametrize("number", ["anonymous", "+266696687", "", "Restricted"])
def test_a_withheld_number_takes_nothing_out(number: str) -> None:
    text = "anonymous dealers, restricted area, 266696687 nee"
    assert scrub(text, known=Known(number=number, name="unknown")).removed.get("name") is None
    assert "anonymous" in scrub(text, known=Known(number=number)).text


REMOVED = [
    ("bel me op 06-12345678 alstublieft", "bel me op [nummer] alstublieft", "phone"),
    ("bel me op 06-01234567", "bel me op [nummer]", "phone"),
    ("u kunt mij bereiken onder 0123456", "u kunt mij bereiken onder [nummer]", "phone"),
    ("call me at 01234567 please", "call me at [nummer] please", "phone"),
    ("erreichbar unter +49 30 901820", "erreichbar unter [nummer]", "phone"),
    ("zéro six douze trente-quatre cinquante-six soixante-dix-huit", "[nummer]", "phone"),
    ("nummer 14 0612345678 huis", "nummer 14 [nummer] huis", "phone"),
    ("06\u200b1234\u00ad5678 ja", "[nummer] ja", "phone"),
    ("०६१२३४५६७८", "[nummer]", "phone"),
    ("IBAN NL91 ABNA 0417 1643 00 en verder", "IBAN [rekening] en verder", "iban"),
    ("BE71096123456769.", "[rekening].", "iban"),
    ("bsn 111222333 is van mij", "bsn [bsn] is van mij", "bsn"),
    ("mijn bsn is 123456789", "mijn bsn is [bsn]", "bsn"),
    ("mail jo.voorbeeld+x@example.nl maar", "mail [e-mail] maar", "email"),
    ("jo punt voorbeeld apenstaartje example punt nl", "[e-mail]", "email"),
    ("mijn naam is Jo Voorbeeld en ik zag", "mijn naam is [naam] en ik zag", "name"),
    ("u spreekt met jo van den voorbeeld", "u spreekt met [naam]", "name"),
    ("je m'appelle Jo et", "je m'appelle [naam] et", "name"),
    ("Ik woon er recht tegenover op 17.", "Ik woon er recht tegenover op [huisnummer].", "address"),
    ("bij mij op nummer 7 ruikt het", "bij mij op nummer [huisnummer] ruikt het", "address"),
    ("mijn auto is AE-12-OU", "mijn auto is [kenteken]", "plate"),
    ("mijn insta is @jo_voorbeeld", "mijn insta is [account]", "handle"),
]


@pytest.mark.parametrize(("text", "clean", "kind"), REMOVED)
def test_what_is_the_reporters_is_removed_and_stands_nowhere(text: str, clean: str, kind: str) -> None:
    result = scrub(text)
    assert (result.text, dict(result.removed), result.sealed) == (clean, {kind: 1}, ())


SEALED = [
    ("grijze scooter AE-12-OU bij de Markt", "AE-12-OU", "plate"),
    ("ik zag ae-12-ou wegrijden", "ae-12-ou", "plate"),
    ("auto AE 12 OU", "AE 12 OU", "plate"),
    ("een bus, 1-AEO-234, Belgisch", "1-AEO-234", "plate"),
    ("Kennzeichen AC-AE 1234", "AC-AE 1234", "plate"),
    ("plaque AE-123-OU", "AE-123-OU", "plate"),
    ("uit Luxemburg AE 1234", "AE 1234", "plate"),
    ("kenteken ae 12 ou", "ae 12 ou", "plate"),
    ("scooter ae12ou", "ae12ou", "plate"),
    ("hij heet @wit_poeder.nl op snap", "@wit_poeder.nl", "handle"),
    ("zijn nummer is 06 12 34 56 78", "06 12 34 56 78", "phone"),
    ("het nummer van de dealer is 0612345678", "0612345678", "phone"),
]


@pytest.mark.parametrize(("text", "piece", "kind"), SEALED)
def test_what_is_somebody_elses_is_sealed(text: str, piece: str, kind: str) -> None:
    result = scrub(text)
    assert [(one.kind, one.text) for one in result.sealed] == [(kind, piece)]
    assert piece not in result.text
    assert not result.removed


@pytest.mark.parametrize(
    "text",
    [
        "Bredestraat 22 en Boschstraat 100, hoek Denkbeeldweg 12A",
        "zaterdag 06-11-2026 14:30 in de Proefmolenstraat 14, 6211 AB",
        "op 6/11/2026 om 22:30, 23.15 uur en 02u, tot 2026-11-23",
        "van 2020 tot 2024, 12 jongens van 15 jaar, 3 scooters 2 autos 5 fietsen 10 flessen",
        "ze vragen 1.250.000 euro of € 25,50 per 10 gram",
        "mijn code is 482 193 705 514",
        "meldcode 482193705514",
        "ik heb 0900-8844 en 0800 7000 gebeld, en 112, en 043 350 51 11",
        "op 12 de dealers, om 10 uur 20 man, in 3 en 4 de rest",
        "ik woon al 20 jaar hier en zie op 3 november 5 jongens",
        "mijn naam is niet belangrijk",
        "WK 2026 en EK 2024, buurt BU09350000",
        "OP DE MARKT STAAN 12 DEALERS OM 10 UUR",
        "Achter de loods aan de Denkbeeldweg staan wel twintig blauwe vaten",
        "elke dag van 10 tot 12 en van 14 tot 16 uur",
        "een twee drie vier jongens",
    ],
)
def test_the_nuisances_own_facts_stay(text: str) -> None:
    assert scrub(text) == scrub(text, lang="de")
    assert scrub(text).text == text


PIECES = st.sampled_from(
    [
        *(case[0] for case in REMOVED),
        *(case[0] for case in SEALED),
        *(
            "06",
            "12345678",
            "bel",
            "nummer",
            "[nummer]",
            "[naam]",
            "@",
            "+31",
            "kenteken",
            "ik woon op",
            "zes",
            "0",
            "-",
            "AE",
            "9",
        ),
    ]
)


@settings(max_examples=200)
@given(st.lists(PIECES, max_size=8).map(" ".join) | st.text() | st.text(st.sampled_from("0123456 +-.@aeAE[]")))
def test_a_second_time_changes_nothing(text: str) -> None:
    known = Known("+3197010000001", "Naam Nummer", "Heerlen")
    for who in (Known(), known):
        once = scrub(text, known=who)
        assert scrub(once.text, known=who).text == once.text
        assert json.loads(json.dumps(to_json(once)))["text"] == once.text
        assert all(one.placeholder in once.text for one in once.uncertain)
        once.text.encode()


@given(st.text())
def test_normalising_twice_is_normalising_once(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(st.text(), st.text(), st.text(), st.text())
def test_nothing_makes_it_raise(text: str, number: str, name: str, city: str) -> None:
    scrub(text, known=Known(number, name, city))


@pytest.mark.parametrize(
    "piece",
    ["0 ", "061234567 ", "a", "@", "a.b-", "123456789012", "mijn naam is ", "a1-", "nl12 ", "soixante ", "06-11-2026 "],
)
def test_twenty_thousand_characters_are_fine(piece: str) -> None:
    scrub((piece * 20_000)[:20_000], known=Known("+3197010000001", "Jo Voorbeeld", "Heerlen"))


def test_hidden_marks_and_lone_surrogates_do_not_hide_anything() -> None:
    assert scrub("a\x00b\u202ec\ud800d\u200b").text == "abc\ufffdd"


def test_an_account_of_letters_with_five_digits_is_an_account() -> None:
    assert scrub("mijn rekening is LU03 999V ERZO NNEN TEST").removed == {"iban": 1}


def test_the_json_is_what_the_command_promises() -> None:
    assert to_json(scrub("bel me op 06-12345678, scooter AE-12-OU")) == {
        "text": "bel me op [nummer], scooter [kenteken]",
        "sealed": [{"kind": "plate", "text": "AE-12-OU"}],
        "uncertain": [],
        "removed": {"phone": 1},
    }


def test_what_is_known_shows_in_no_repr() -> None:
    assert "97010" not in repr(Known("+3197010000001", "Jo Voorbeeld", "Heerlen"))


@pytest.mark.parametrize(
    "told",
    [
        "Aa, Ee, een twee, Oo, Uu",
        "anton eduard 12 otto utrecht",
        "alpha echo one two oscar uniform",
        "A wie Anton, Emil, eins zwei, Otto, Ulrich",
    ],
)
def test_a_plate_that_is_spelled_aloud_is_sealed(told: str) -> None:
    found = scrub(f"een grijze scooter met kenteken {told} reed weg")
    assert [one.kind for one in found.sealed] == ["plate"], found
    assert "[kenteken]" in found.text and "reed weg" in found.text
    assert scrub(f"mijn auto heeft {told}").sealed == ()


def test_a_plate_is_sealed_however_late_in_the_text_it_is_spelled() -> None:
    found = scrub("De buurman loopt langs. " * 300 + "Kenteken Aa, Ee, een twee, Oo, Uu.")
    assert [one.kind for one in found.sealed] == ["plate"]
    assert found.text.endswith("Kenteken [kenteken].")


def test_what_may_be_a_number_is_put_to_a_person() -> None:
    found = scrub("op de muur staat 734 21 55 9", mark="kq")
    assert found.text == "op de muur staat [nummer?kqa]"
    assert [(one.kind, one.text, one.placeholder) for one in found.uncertain] == [
        ("phone", "734 21 55 9", "[nummer?kqa]")
    ]


def test_what_a_person_kept_stays_unless_it_is_surely_the_reporters() -> None:
    word = scrub("we zagen Brzeska daar").uncertain[0].text
    assert scrub("er stond Brzeska op de bus").sealed[0].text == word
    assert word in scrub("er stond Brzeska op de bus", allowed=(word,)).text
    assert word not in scrub("mijn naam is Brzeska", allowed=(word,)).text

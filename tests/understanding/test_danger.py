"""Words of danger are heard in four languages and a dialect, and harmless ones that look like them are not."""

from __future__ import annotations

import pytest

from hotline.understanding.meaning import understand
from hotline.understanding.places import Gazetteer

NOWHERE = Gazetteer([])


def danger(text: str, lang: str = "nl") -> str | None:
    return understand(text, lang, NOWHERE).get("danger")


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
    assert danger(text) == "yes"


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
    assert danger(text) is None


NOTED = (
    "wapen pistool geweer mes messteek schieten schietpartij schot schoten steekpartij bloed gewond bewusteloos reanimatie overdosis"
    " brand vuur rook ontploft ontploffing explosie gaslek gijzeling gegijzeld slaat vecht vechten brandj mets sjeete vechte hölp"
    " gun knife shot shooting stabbed fire smoke overdose unconscious Waffe Messer Schuss geschossen Feuer Rauch bewusstlos"
    " Überdosis Ueberdosis Hilfe pistolet couteau fumée inconscient gevaar danger Gefahr"
)


@pytest.mark.parametrize("word", NOTED.split())
def test_every_word_of_the_domain_notes_is_danger(word: str) -> None:
    assert danger(f"kijk, {word}!") == "yes"


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        *(("gevaar nu nee", "nl"), ("er is geen gevaar", "nl"), ("geen gevaar", "nl"), ("niemand is in gevaar", "nl")),
        *(("no danger", "en"), ("nobody is in danger", "en"), ("keine Gefahr", "de"), ("pas de danger", "fr")),
    ],
)
def test_it_is_said_that_there_is_no_danger(text: str, lang: str) -> None:
    assert danger(text, lang) == "no"


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        *(("geen wapens gezien", "nl"), ("er wordt niet gevochten", "nl"), ("no knife", "en"), ("kein Messer", "de")),
        *(("I haven't seen any weapon", "en"), ("pas d'armes", "fr"), ("een mes heb ik niet gezien", "nl")),
        *(
            ("mes enfants sont là", "fr"),
            ("a brand new car", "en"),
            ("he is on the roof", "en"),
            ("nummer honderdtwaalf", "nl"),
        ),
        *(
            ("het stikt hier van de dealers", "nl"),
            ("il tire sur un joint", "fr"),
            ("Denkbeeldweg 112", "nl"),
            ("de lamp brandt dag en nacht", "nl"),
            ("ik rook een rare lucht", "nl"),
        ),
    ],
)
def test_what_is_denied_or_means_something_else_is_no_danger(text: str, lang: str) -> None:
    assert danger(text, lang) is None


def test_danger_outweighs_the_denial_of_something_else() -> None:
    assert danger("nee geen gevaar maar er staat een auto in brand") == "yes"
    assert danger("geen mes maar wel een pistool") == "yes"
    assert danger("no, fire!", "en") == "yes"

"""Yes and no, digits and numbers, and the language of a text."""

from __future__ import annotations

import pytest

from hotline.understanding.counting import read_number
from hotline.understanding.languages import find_language
from hotline.understanding.numbers import spoken_digits
from hotline.understanding.utterance import Utterance
from hotline.understanding.yes_no import yes_no


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
    ("text", "digits"),
    [
        *(("6211 AB", "6211"), ("zes twee elf", "6211"), ("tweeënzestig elf", "6211"), ("zes, twee, één, één", "6211")),
        *(("soixante-douze quatre-vingt-dix-sept", "7297"), ("achtundvierzig", "48"), ("double five six", "556")),
        *(("4 8 2, 1 9 3, 7 0 5, 5 1 4", "482193705514"), ("", ""), ("geen cijfers", "")),
    ],
)
def test_digits_as_they_are_said(text: str, digits: str) -> None:
    assert spoken_digits(text) == digits


@pytest.mark.parametrize(
    ("text", "number"),
    [
        *(("vijfenveertig", 45), ("honderdtwaalf", 112), ("honderd twaalf", 112), ("tweehonderdvijfenveertig", 245)),
        *(("tweehonderd drie", 203), ("honderd en drie", 103), ("zesduizend tweehonderdelf", 6211), ("12", 12)),
        *(("zesduizendtweehonderdelf", 6211), ("a hundred and twelve"[2:], 112), ("one hundred and twelve", 112)),
        *(("two thousand three hundred four", 2304), ("hundertzwölf", 112), ("zweihundertfünfundvierzig", 245)),
        *(("cent douze", 112), ("deux cent quarante-cinq", 245), ("quatre-vingt-dix-sept", 97), ("mille", 1000)),
    ],
)
def test_a_whole_number_as_it_is_said(text: str, number: int) -> None:
    words = Utterance(text).words
    assert read_number(words, 0) == (number, len(words))


@pytest.mark.parametrize("text", ["", "nul", "0", "12345", "honderdman", "straat", "enhonderdvijf", "٣"])
def test_what_is_no_number(text: str) -> None:
    assert read_number(Utterance(text).words, 0) is None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        *(
            ("english please", "en"),
            ("Deutsch bitte", "de"),
            ("parlez-vous français?", "fr"),
            ("Nederlands graag", "nl"),
        ),
        *(("do you speak English", "en"), ("sprechen Sie Deutsch", "de"), ("en français s'il vous plaît", "fr")),
        *(("bonjour", "fr"), ("hello", "en"), ("goedenavond", "nl"), ("bitte", "de")),
        ("there are some guys selling drugs near the station", "en"),
        ("da vorne stehen zwei Männer und verkaufen etwas", "de"),
        ("il y a des gens qui vendent de la drogue dans ma rue", "fr"),
        ("er staan hier twee jongens op de hoek", "nl"),
        ("dao sjtoon die jonges weer mèt hun sjkoeters", "nl"),
        *(("ja", None), ("Vrijthof", None), ("", None), ("ze spreken duits", None), ("auto met Duitse platen", None)),
    ],
)
def test_the_language_of_a_text(text: str, language: str | None) -> None:
    assert find_language(Utterance(text)) == language

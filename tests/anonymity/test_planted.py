"""What partners write to a reporter names nothing that would show who reacts, and asks nothing that nobody may ask."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.anonymity.planted import find_planted, find_told


@pytest.mark.parametrize(
    "text",
    [
        "Hoe ziet de auto eruit?",
        "Zijn het er meer dan twee?",
        "Gebeurt het vooral in het weekend of door de week?",
        "Wat ziet u?",
        "Staat de Politie daar vaker?",
    ],
)
def test_a_general_question_may_be_asked(text: str) -> None:
    assert find_planted(text) == ()


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Was u er om kwart over drie?", "een precieze tijd"),
        ("Stond de auto in Wyck?", "een plek"),
        ("Zag u het vanaf uw balkon?", "iets over de melder zelf"),
        ("Waar woont u?", "iets over de melder zelf"),
        ("Hoe kent u hem?", "iets over de melder zelf"),
        ("Wie weet dit nog meer?", "iets over de melder zelf"),
        ("Mogen wij u terugbellen?", "iets over de melder zelf"),
        ("Bent u zelf gebruiker?", "iets over de melder zelf"),
        ("Is het uw buurman?", "iets over de melder zelf"),
        ("Lag het in de slaapkamer?", "iets over de melder zelf"),
        ("Was het nummer 7?", "een cijfer (een tijd, een huisnummer)"),
    ],
)
def test_a_planted_detail_and_a_question_that_nobody_may_ask_are_found(text: str, what: str) -> None:
    assert what in find_planted(text)


@pytest.mark.parametrize(
    "text",
    [
        "Wij kijken hier nu elke avond.",
        "Wij maken de straat schoon.",
        "Wij hebben 2 mensen aangehouden.",
        "Meld het weer in Maastricht als u meer ziet.",
        "Dank u wel. Wij gaan er mee aan de slag bij de Politie.",
    ],
)
def test_a_sentence_about_what_was_done_can_be_heard(text: str) -> None:
    assert find_told(text) == ()


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Wij hebben de wietkwekerij opgeruimd.", "een soort overlast"),
        ("De dealers zijn weg.", "een soort overlast"),
        ("Wij kijken nu vaker in Wyck.", "een plek"),
        ("Wij kijken nu vaker in de Proefmolenstraat.", "een straat"),
        ("Wij waren op nummer 7.", "een huisnummer of een tijd"),
        ("Wij kwamen om 22:15.", "een huisnummer of een tijd"),
        ('U zei "het is altijd druk".', "woorden tussen aanhalingstekens"),
        ("Mijn buurman zei dat al.", "iets over de melder zelf"),
    ],
)
def test_what_a_code_reads_aloud_names_no_place_time_or_kind(text: str, what: str) -> None:
    assert what in find_told(text)


@given(st.text(max_size=200))
def test_any_sentence_can_be_read(text: str) -> None:
    find_planted(text)
    find_told(text)

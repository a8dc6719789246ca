"""A number that is told over two texts goes from both, and legitimate digits stay."""

from __future__ import annotations

import pytest

from hotline.anonymity.scrub import scrub


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("u kunt me bellen, mijn nummer is", "06 1234"),
        ("mijn nummer is 06 12", "34 56 78"),
        ("bel me op", "12345678"),
        ("my number is 06-12", "345678 ok"),
        ("meine Nummer ist:", "0151 23"),
        ("mon numero est le 06", "12 34 56"),
        ("u kunt mij bellen op nul zes een twee", "drie vier vijf zes"),
    ],
)
def test_both_halves_of_a_number_go(first: str, second: str) -> None:
    one = scrub(first)
    assert one.unfinished
    two = scrub(second, continues=one.unfinished)
    assert not any(char.isdigit() for char in one.text + two.text)
    assert two.removed == {"phone": 1}


def test_a_number_in_three_texts_goes_from_all() -> None:
    one = scrub("mijn nummer is")
    two = scrub("06 12", continues=one.unfinished)
    three = scrub("34 56 78", continues=two.unfinished)
    assert (two.text, three.text, three.unfinished) == ("[nummer]", "[nummer]", True)
    assert scrub("bij de kiosk", continues=three.unfinished).unfinished is False


@pytest.mark.parametrize(
    "text", ["op de Markt", "mijn naam doet er niet toe", "bel me op 06-12345678", "het is nummer 14"]
)
def test_most_texts_leave_nothing_unfinished(text: str) -> None:
    assert not scrub(text).unfinished


@pytest.mark.parametrize("text", ["6211 AB", "22:30 uur", "4 jongens", "14", "482 193 705 514"])
def test_digits_that_answer_a_question_stay_where_no_number_was_begun(text: str) -> None:
    assert scrub(text).text == text


@pytest.mark.parametrize(
    "text", ["22:30 uur ongeveer", "12 jongens op de Markt", "twaalf op de Markt", "482 193 705 514"]
)
def test_a_time_or_a_count_ends_no_number(text: str) -> None:
    assert scrub(text, continues=True).text == text

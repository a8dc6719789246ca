"""Text that was made to hide something, and text that is broken: nothing leaks, nothing fails, nothing is slow."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from hotline.anonymity.normalise import normalise
from hotline.anonymity.scrub import scrub
from hotline.cli import main
from hotline.cli.scrubbing import scrub as _command

RUN = CliRunner()


def _run(line: bytes) -> str:
    result = RUN.invoke(main, ["scrub"], input=line)
    assert result.exit_code == 0, result.output
    return result.output


@pytest.mark.parametrize(
    "name",
    [
        "Jo Voorbeeld",
        "J\u043e V\u043e\u043erbeeld",
        "\u0408o Voorb\u0435\u0435ld",
        "Jo Voorbee\u200bld",
        "J\u200do Voorbeeld",
        "\u202eJo Voorbeeld\u202c",
        "\u2066Jo\u2069 Voorbeeld",
        "\uff2a\uff4f Voorbeeld",
        "Jo\u00ad Voor\u00adbeeld",
        "\U0001f600Jo\U0001f600 Voorbeeld",
        "Jo \U0001f1f3\U0001f1f1 Voorbeeld",
        "J\u0301o Voorbeeld",
    ],
    ids=ascii,
)
def test_a_name_in_disguise_leaves_no_letter(name: str) -> None:
    found = scrub(f"mijn naam is {name}, op de Markt staan drie jongens")
    told = found.text.replace("mijn naam is", "").replace("[naam]", "").partition("op de Markt")[0]
    assert not any(char.isalnum() for char in told), ascii(found.text)
    assert "op de Markt staan drie jongens" in found.text


@pytest.mark.parametrize(
    "number",
    ["06\u200b12345678", "\u202e06 12345678", "0\ufe0f6\ufe0f12345678", "\u0660\u0666\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668",
     "0 6 - 1 2 - 3 4 - 5 6 - 7 8", "0\u00b76\u00b712345678", "06\u201312345678", "\uff10\uff1612345678"],
    ids=ascii,
)  # fmt: skip
def test_a_number_in_disguise_leaves_no_digit(number: str) -> None:
    assert not any(char.isdigit() for char in scrub(f"bel me op {number} graag").text)


@given(st.text(st.sampled_from("aeo\u0430\u0435\u043e\u03bf\u0391AE \u200b1")))
def test_lookalikes_are_brought_home_once(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


def test_words_in_another_alphabet_stay_what_they_are() -> None:
    assert (
        normalise("\u043c\u0435\u043d\u044f \u0437\u043e\u0432\u0443\u0442")
        == "\u043c\u0435\u043d\u044f \u0437\u043e\u0432\u0443\u0442"
    )


@settings(max_examples=25)
@given(
    st.sampled_from(
        [
            "Jo ",
            "mijn zoon ",
            "ik woon op ",
            "Van ",
            "heet ",
            "j. ",
            "de ",
            "12 ",
            "@a ",
            "bij ",
            "\u0430a ",
            "en ",
            "nul ",
        ]
    )
)
def test_twenty_thousand_characters_of_the_same_are_fine(piece: str) -> None:
    text = (piece * 20_000)[:20_000]
    found = scrub(text)
    assert scrub(found.text).text == found.text


def test_the_command_takes_what_is_no_text_with_a_clear_word() -> None:
    result = RUN.invoke(main, ["scrub"], input=b'{"text": "\xff\xfe"}\n')
    assert result.exit_code != 0
    assert "line 1" in result.output
    assert _command.name == "scrub"


def test_the_command_carries_lone_surrogates_and_noughts() -> None:
    told = json.loads(_run(json.dumps({"text": "mijn naam is Jo\ud800 \x00Voorbeeld"}).encode() + b"\n"))
    assert "Voorbeeld" not in told["text"]

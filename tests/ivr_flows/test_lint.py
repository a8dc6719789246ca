"""The linter finds hard words, long sentences, long menus and keys that come before what they do."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from ivr_flows.channels import Language
from ivr_flows.lint import lint
from ivr_flows.load import load_flow, load_prompts
from ivr_flows.nodes import Menu
from ivr_flows.plain_words import BETTER
from ivr_flows.prompts import Prompts, Wording, cut_template
from ivr_flows.words import fold

from .flows import small_flow


def findings(folder: Path, language: Language, voice: str, key: str = "choice") -> list[str]:
    flow = small_flow(folder)
    catalog = load_prompts(folder, "small").catalogs["nl"]
    said = replace(catalog.prompts[key], voice=cut_template(voice), text=cut_template(""), web=cut_template(""))
    only = replace(catalog, prompts={key: said})
    return [problem.what for problem in lint(flow, Prompts({language: only}))]


def test_the_real_script_is_plain() -> None:
    assert lint(load_flow(), load_prompts()) == ()


@pytest.mark.parametrize(
    ("language", "voice"),
    [
        ("nl", "Toets 1 voor overlast op straat."),
        ("nl", "Kies twee als u gevaar ziet."),
        ("en", "Press 1 for nuisance in the street."),
        ("de", "Drücken Sie die 1 für eine neue Meldung."),
        ("fr", "Tapez 1 pour un nouveau signal."),
    ],
)
def test_a_key_before_what_it_does(tmp_path: Path, language: Language, voice: str) -> None:
    assert "names the key before what it does" in " ".join(findings(tmp_path, language, voice))


@pytest.mark.parametrize(
    ("language", "voice"),
    [
        ("nl", "Overlast op straat? Toets 1. Voor een wapen, toets 2."),
        ("en", "For danger, press 1. Something else? Press 2."),
        ("de", "Für Gefahr drücken Sie 1."),
        ("fr", "Pour un danger, tapez 1."),
    ],
)
def test_a_key_after_what_it_does(tmp_path: Path, language: Language, voice: str) -> None:
    assert findings(tmp_path, language, voice) == []


def test_a_key_first_is_minded_in_menus_only(tmp_path: Path) -> None:
    assert findings(tmp_path, "nl", "Antwoord 1 voor de zekerheid.", key="hello") == []


def test_sixteen_words_are_too_many(tmp_path: Path) -> None:
    assert findings(tmp_path, "nl", f"{' '.join(['ja'] * 15)}. {' '.join(['nee'] * 15)}.") == []
    assert "a sentence of 16 words" in findings(tmp_path, "nl", f"{' '.join(['ja'] * 16)}.")[0]


def test_a_number_said_digit_by_digit_is_one_word(tmp_path: Path) -> None:
    assert findings(tmp_path, "nl", f"Bel 0 9 0 0, 8 8, 4 4 of {' '.join(['ja'] * 11)}.") == []
    assert "a sentence of 16 words" in findings(tmp_path, "nl", f"Bel 0 9 0 0 {' '.join(['ja'] * 14)}.")[0]


def test_a_page_is_judged_too(tmp_path: Path) -> None:
    flow = small_flow(tmp_path)
    catalog = load_prompts(tmp_path, "small").catalogs["nl"]
    shown = replace(catalog.prompts["choice"], web=cut_template("Weet u, indien mogelijk, waar?"))
    found = lint(flow, Prompts({"nl": replace(catalog, prompts={"choice": shown})}))
    assert [one.what for one in found] == ["prompt 'choice' (web): 'indien' is hard to read; better: 'als'"]


@pytest.mark.parametrize(
    ("language", "word"),
    [("nl", "indien"), ("nl", "pand"), ("en", "prior to"), ("de", "unverzüglich"), ("fr", "afin de")],
)
def test_a_hard_word_gets_a_better_one(tmp_path: Path, language: Language, word: str) -> None:
    found = findings(tmp_path, language, f"Ja {word} nee.")
    assert found == [
        f"prompt 'choice' (voice): '{fold(word)}' is hard to read; better: '{BETTER[language][fold(word)]}'"
    ]


def test_a_part_of_a_word_is_no_hard_word(tmp_path: Path) -> None:
    assert findings(tmp_path, "nl", "Het pandje van Indiener.") == []


@pytest.mark.parametrize("language", ["nl", "en", "de", "fr"])
def test_the_words_are_folded_and_the_better_ones_are_not_hard_themselves(language: Language) -> None:
    for word, better in BETTER[language].items():
        assert fold(word) == word
        assert fold(better) not in BETTER[language]


def test_six_options_and_a_doubled_key_are_found(tmp_path: Path) -> None:
    flow = small_flow(tmp_path)
    choice = flow.nodes["choice"]
    assert isinstance(choice, Menu)
    wide = replace(choice, options=choice.options * 3)
    found = lint(replace(flow, nodes={**flow.nodes, "choice": wide}), Prompts({}))
    assert "menu 'choice' has 6 options" in found[0].what
    assert "menu 'choice' has key '1' twice" in found[1].what
    assert (found[0].file, found[0].line) == (choice.file, choice.line)


def test_a_label_that_cannot_be_sent_is_found(tmp_path: Path) -> None:
    flow = small_flow(tmp_path)
    catalog = load_prompts(tmp_path, "small").catalogs["nl"]
    said = replace(catalog.prompts["hello"], text=cut_template("{kind:label}"), web=cut_template(""))
    odd = replace(
        catalog,
        prompts={"hello": said},
        wordings={"kind.a": Wording("patiënt"), "kind.b": Wording("café"), "other.a": Wording("patiënt")},
    )
    found = [problem.what for problem in lint(flow, Prompts({"nl": odd}))]
    assert found == ["prompt 'hello' would send the label of 'kind.a', which is not in GSM-7"]

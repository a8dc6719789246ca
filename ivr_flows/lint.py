"""Judges how a flow speaks: plain words, short sentences, short menus, and what a key does before which key it is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ivr_flows.channels import Language
from ivr_flows.check import prompts_of
from ivr_flows.gsm7 import is_gsm7
from ivr_flows.nodes import Flow, Menu
from ivr_flows.plain_words import BETTER
from ivr_flows.prompts import Catalog, Prompt, Prompts, Template
from ivr_flows.reading import Problem
from ivr_flows.words import find_spans, fold

MOST_WORDS = 15
"""In one sentence: the B1 rule of at most 12 to 15."""

MOST_OPTIONS = 5
"""In one menu: more is not remembered until the end of the prompt."""

_NUMBER = (
    r"(?:[1-9*#]|één|een|twee|drie|vier|vijf|one|two|three|four|five|eins|zwei|drei|vier|un|deux|trois|quatre|cinq)"
)
_KEY_FIRST: dict[Language, re.Pattern[str]] = {
    "nl": re.compile(
        rf"\b(?:toets|kies|druk(?: op)?|antwoord|stuur)\s+{_NUMBER}\s+(?:voor|als|om|bij)\b", re.IGNORECASE
    ),
    "en": re.compile(rf"\b(?:press|dial|choose|reply|send|text)\s+{_NUMBER}\s+(?:for|to|if)\b", re.IGNORECASE),
    "de": re.compile(
        rf"\b(?:drücken|wählen|antworten|senden)(?: sie)?(?: die)?(?: mit)?\s+{_NUMBER}\s+(?:für|um|wenn|bei)\b",
        re.IGNORECASE,
    ),
    "fr": re.compile(
        rf"\b(?:appuyez sur|tapez|faites|choisissez|répondez|envoyez)(?: le| la)?\s+{_NUMBER}\s+(?:pour|si)\b",
        re.IGNORECASE,
    ),
}
_RIGHT: dict[Language, str] = {
    "nl": "'Voor … toets 1' of '…? Toets 1'",
    "en": "'For … press 1' or '…? Press 1'",
    "de": "'Für … drücken Sie 1' oder '…? Drücken Sie 1'",
    "fr": "'Pour … tapez 1' ou '…? Tapez 1'",
}
_DIALLED = re.compile(r"\b\d(?:[ ,]+\d)+\b")
"""A number that is said digit by digit, as a telephone number is, counts as one word: it is heard as one thing."""

_SENTENCE_END = re.compile(r"(?<=[.!?:;])\s+")
"""A colon ends a thought as well: what follows it in a text is a list to choose from."""


def lint(flow: Flow, prompts: Prompts) -> tuple[Problem, ...]:
    """All that a caller would find hard."""
    return (*_lint_menus(flow), *_lint_prompts(flow, prompts))


def _lint_menus(flow: Flow) -> Iterator[Problem]:
    for node in flow.nodes.values():
        if isinstance(node, Menu):
            count = len(node.options)
            if count > MOST_OPTIONS:
                what = f"menu '{node.name}' has {count} options; at most {MOST_OPTIONS}, so make it two menus"
                yield Problem(node.file, node.line, what)
            doubled = sorted({one.key for one in node.options if [o.key for o in node.options].count(one.key) > 1})
            for key in doubled:
                yield Problem(
                    node.file, node.line, f"menu '{node.name}' has key '{key}' twice; give each option its own"
                )


def _lint_prompts(flow: Flow, prompts: Prompts) -> Iterator[Problem]:
    in_menus = {key for node in flow.nodes.values() if isinstance(node, Menu) for key in prompts_of(node)}
    for language, catalog in prompts.catalogs.items():
        for key, prompt in catalog.prompts.items():
            for template, form in {prompt.web: "web", prompt.text: "text", prompt.voice: "voice"}.items():
                for what in _lint_sentences(language, template, key in in_menus):
                    yield Problem(catalog.file, prompt.line, f"prompt '{key}' ({form}): {what}")
            yield from _lint_written(catalog, key, prompt)


def _lint_sentences(language: Language, template: Template, in_menu: bool) -> Iterator[str]:
    for sentence in _SENTENCE_END.split(template.source):
        count = len(_DIALLED.sub("0", sentence).split())
        if count > MOST_WORDS:
            yield f"a sentence of {count} words ('{sentence[:40]}…'); at most {MOST_WORDS}, so make it two"
    folded = fold(template.source)
    for word, better in BETTER[language].items():
        if find_spans(folded, [word]):
            yield f"'{word}' is hard to read; better: '{better}'"
    wrong = _KEY_FIRST[language].search(template.source) if in_menu else None
    if wrong:
        yield f"'{wrong[0]}' names the key before what it does; say {_RIGHT[language]}"


def _lint_written(catalog: Catalog, key: str, prompt: Prompt) -> Iterator[Problem]:
    shown = {field.name for field in prompt.text.fields if field.format == "label"}
    for name, wording in catalog.wordings.items():
        if name.partition(".")[0] in shown and not is_gsm7(wording.label):
            what = f"prompt '{key}' would send the label of '{name}', which is not in GSM-7"
            yield Problem(catalog.file, prompt.line, what)

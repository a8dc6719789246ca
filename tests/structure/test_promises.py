"""Every promise to residents, and every answer to a threat, names a test that is there or says why none can prove it."""

from __future__ import annotations

import ast
import re
from functools import cache, reduce
from operator import getitem
from pathlib import Path
from typing import Any

import pytest
import yaml

from hotline.web.statement import LANGUAGES, Sentence, read_statement
from ivr_flows.channels import Language
from ivr_flows.lint import MOST_WORDS
from ivr_flows.plain_words import BETTER
from ivr_flows.words import find_spans, fold

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
STATEMENT = read_statement((DOCS / "privacy-statement.md").read_text())
TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)(?:\[[^\]`]+\])?`")
BEYOND = re.compile(r"\bbeyond us: (\S+(?: \S+){2,})")
ONE_SENTENCE = re.compile(r"(?:[^.!?]+\? )?(?:[^.!?]|\.(?=\w))+\.")
"""A full stop inside a word, as in an address on the web, ends nothing; a question may stand before its answer."""

MARKUP = re.compile(r"[`*_<>\[\]]|::")
PROMISED = {
    ("reports", "usual", "closed"): ("12 months", "ongeveer een jaar"),
    ("reports", "usual", "open"): ("24 months", "ongeveer twee jaar"),
    ("reports", "usual", "rejected"): ("4 weeks", "na ongeveer vier weken"),
    ("reports", "usual", "withdrawn"): ("1 week", "na ongeveer een week"),
    ("longest_hold",): ("3 months", "drie maanden langer"),
    ("uncertain",): ("3 days", "na vier dagen"),
    ("audit",): ("24 months", "blijft twee jaar"),
}
"""A term of the retention file → what it is and how residents read it: a term begins a week after the end at the latest,
and a day's key begins to die when its day is over."""

THREATS = 16
"""The fewest that the threat model answers."""


@cache
def functions_of(path: str) -> frozenset[str]:
    """The test functions of a module, none where there is no such module."""
    file = ROOT / path
    if not file.is_file():
        return frozenset()
    found = (node for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.FunctionDef))
    return frozenset(node.name for node in found if node.name.startswith("test_"))


def faults(proof: str) -> list[str]:
    """What is wrong with a proof: a test that does not exist, or neither a test nor a reason."""
    named = TEST.findall(proof)
    missing = [f"{path} has no {name}" for path, name in named if name not in functions_of(path)]
    if proof.count("::") != len(named):
        missing.append(f"not a test's id: {proof}")
    return missing if named or BEYOND.search(proof) else [*missing, f"neither a test nor `beyond us: why`: {proof}"]


def rows(page: Path) -> list[list[str]]:
    """The cells of every row of a page's tables, headings and rulers left out."""
    found = [line for line in page.read_text().splitlines() if line.startswith("|")]
    rulers = {at for at, line in enumerate(found) if set(line) <= set("|- :")}
    kept = [line for at, line in enumerate(found) if at not in rulers and at + 1 not in rulers]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in kept]


def words_of(sentence: Sentence) -> list[tuple[Language, str]]:
    """Its language and its words, in each."""
    return [(language, sentence.words.told(language)) for language in LANGUAGES]


def test_every_sentence_is_proved() -> None:
    wrong = {one.words.nl: found for one in STATEMENT.sentences if (found := faults(one.proof))}
    assert not wrong
    assert len(STATEMENT.sentences) > 30


def test_every_sentence_is_one_and_plain_in_both_languages() -> None:
    hard = []
    for one in STATEMENT.sentences:
        for language, words in words_of(one):
            assert ONE_SENTENCE.fullmatch(words) and not MARKUP.search(words), f"line {one.line}: {words}"
            longest = max(len(part.split()) for part in re.split(r"(?<=[?:;])\s", words))
            better = [word for word in BETTER[language] if find_spans(fold(words), [word])]
            if longest > MOST_WORDS or better:
                hard.append((one.line, longest, better, words))
    assert not hard


def test_no_sentence_is_said_twice() -> None:
    for language in LANGUAGES:
        told = [one.words.told(language) for one in STATEMENT.sentences]
        assert len(told) == len(set(told))


def test_the_promised_terms_are_those_of_the_file() -> None:
    terms: Any = yaml.safe_load((ROOT / "config" / "retention.yaml").read_text())
    told = [one.words.nl for one in STATEMENT.sentences]
    for path, (term, words) in PROMISED.items():
        assert reduce(getitem, path, terms) == term, f"{path}: change the privacy statement too"
        assert [one for one in told if words in one], words


def test_every_threat_is_answered_and_the_answer_is_proved() -> None:
    threats = rows(DOCS / "threat-model.md")
    assert len(threats) >= THREATS
    wrong = {cells[0]: found for cells in threats if (found := faults(cells[4]))}
    assert not wrong
    assert [cells[0] for cells in threats if len(cells) != 6 or not all(cells)] == []


@pytest.mark.parametrize("page", sorted(DOCS.rglob("*.md")), ids=lambda page: str(page.relative_to(DOCS)))
def test_every_test_that_a_page_names_is_there(page: Path) -> None:
    missing = [f"{path}::{name}" for path, name in TEST.findall(page.read_text()) if name not in functions_of(path)]
    assert not missing


@pytest.mark.parametrize(
    "proof",
    [
        "",
        "trust us",
        "beyond us:",
        "beyond us: no",
        "`tests/structure/test_promises.py::test_that_nobody_wrote`",
        "`tests/structure/test_nothing.py::test_every_sentence_is_proved`",
        "`tests/structure/test_promises.py::faults`",
        "tests/structure/test_promises.py::test_every_sentence_is_proved",
    ],
)
def test_what_proves_nothing_is_seen(proof: str) -> None:
    assert faults(proof)


def test_a_case_of_a_test_is_a_proof() -> None:
    assert not faults("`tests/structure/test_promises.py::test_what_proves_nothing_is_seen[trust us]`")

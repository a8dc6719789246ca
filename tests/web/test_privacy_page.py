"""The page of the privacy statement shows the document's sentences, all of them and nothing of what proves them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import redis
from sqlalchemy import Engine

from hotline.web.public_words import WORDS
from hotline.web.statement import language_of, read_statement
from ivr_flows.load import load_flow
from ivr_flows.model import Language
from tests.conftest import NOW
from tests.web.form_site import Site, open_site

DOCUMENT = Path(__file__).parents[2] / "docs" / "privacy-statement.md"
STATEMENT = read_statement(DOCUMENT.read_text())
PATH = "/drugsmeldpunt/privacy"
GOOD = """# Wat · What

For the house.

## Vraag · Question

| Nederlands | English | proved by |
|---|---|---|
| Ja. | Yes. | `tests/x.py::test_x` |
"""


@pytest.fixture
def site(tmp_path: Path, database: str, valkey: redis.Redis, valkey_url: str, owner_engine: Engine) -> Iterator[Site]:
    """The residents' pages."""
    opened = open_site(tmp_path, database, valkey, valkey_url, owner_engine, NOW)
    yield opened
    opened.app.extensions["hotline.intake"].engine.dispose()


def test_every_sentence_is_shown_and_no_proof(site: Site) -> None:
    languages: tuple[Language, ...] = load_flow().languages
    for language in languages:
        reads = language_of(language)
        visitor = site.visitor(language).opens(PATH).reads(WORDS[language].back)
        shown = " ".join(visitor.page.text.split())
        assert STATEMENT.title.told(reads) in shown
        at = 0
        for section in STATEMENT.sections:
            for words in (section.heading, *(one.words for one in section.sentences)):
                at = shown.index(words.told(reads), at)
        visitor.reads_not("tests/", "test_", "beyond us", "::", "config/")
        assert f'<html lang="{language}"' in visitor.page.html and f'lang="{reads}">' in visitor.page.html
    assert {language_of(one) for one in languages} == {"nl", "en"} and len(languages) == 4


def test_the_first_page_leads_to_it_and_back(site: Site) -> None:
    titles: dict[Language, str] = {"nl": STATEMENT.title.nl, "fr": STATEMENT.title.en}
    for language, title in titles.items():
        query = "" if language == "nl" else f"?taal={language}"
        assert f'href="{PATH}{query}"' in site.visitor(language).opens().reads(title).page.html
        assert f'href="/drugsmeldpunt{query}"' in site.visitor(language).opens(PATH).page.html


def test_what_is_read_is_what_was_written() -> None:
    statement = read_statement(GOOD)
    assert (statement.title.nl, statement.title.told("en")) == ("Wat", "What")
    (one,) = statement.sentences
    assert (one.words.nl, one.words.told("fr"), one.proof, one.line) == ("Ja.", "Yes.", "`tests/x.py::test_x`", 9)


@pytest.mark.parametrize(
    ("good", "wrong", "said"),
    [
        ("# Wat · What", "# Wat", "line 1: a heading"),
        ("## Vraag · Question", "## Vraag · Question · Frage", "line 5: a heading"),
        ("| Yes. |", "|", "line 9: a row"),
        ("| Yes. |", "| |", "line 9: a row"),
        ("| Ja. | Yes. | `tests/x.py::test_x` |", "Ja.", "line 9: a section holds its table"),
        ("| Ja. | Yes. | `tests/x.py::test_x` |", "", "a table in every section"),
        ("## Vraag · Question", "", "a table in every section"),
        ("# Wat · What", "", "a title"),
    ],
)
def test_what_does_not_fit_is_named(good: str, wrong: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        read_statement(GOOD.replace(good, wrong, 1))

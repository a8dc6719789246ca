"""The file of retention terms: what is read, and where a mistake is pointed at."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.retention import RetentionError, load_terms
from config.settings import ROOT
from hotline.domain.retention import State, Term

GOOD = (ROOT / "config" / "retention.yaml").read_text()


def write(folder: Path, text: str) -> Path:
    path = folder / "retention.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def problems(path: Path) -> str:
    with pytest.raises(RetentionError) as caught:
        load_terms(path)
    return str(caught.value)


def line_of(start: str) -> int:
    return next(number for number, line in enumerate(GOOD.splitlines(), 1) if line.startswith(start))


def test_the_terms_of_the_repository() -> None:
    terms = load_terms(ROOT / "config" / "retention.yaml")
    assert set(terms.usual) == set(State)
    assert terms.of("waste", State.CLOSED) == Term(months=6)
    assert terms.of("waste", State.REJECTED) == terms.of(None, State.REJECTED) == Term(days=28)
    assert terms.of("production", State.CLOSED) == Term(months=12)
    assert (terms.uncertain, terms.partner_copy) == (Term(days=3), Term(days=30))


@pytest.mark.parametrize(
    ("good", "wrong", "line", "said"),
    [
        ("closed: 12 months", "closed: 12 maanden", "    closed:", "`closed`: '12 maanden' is not like"),
        ("open: 24 months", "open: 130 months", "    open:", "`open`: is 130 months; allowed are 1 day to 120 months"),
        ("  waste:", "  afval:", "  waste:", "`afval`: is not known"),
        ("users: {closed:", "users: {exercise:", "  users:", "`exercise`: is not known"),
        (
            "uncertain: 3 days",
            "uncertain: 4 days",
            "uncertain:",
            "is 4 days; allowed are 1 day to 3 days: it is promised",
        ),
        ("audit: 24 months", "audit: 3 weeks", "audit:", "`audit`: is 21 days; allowed are 12 months"),
        ("grace: 1 week", "graze: 1 week", "grace:", "`graze`: is not known"),
    ],
)
def test_a_mistake_is_named_with_its_line(tmp_path: Path, good: str, wrong: str, line: str, said: str) -> None:
    assert good in GOOD
    path = write(tmp_path, GOOD.replace(good, wrong))
    found = problems(path)
    assert f"{path}:{line_of(line)}: " in found and said in found


def test_what_is_missing_is_named(tmp_path: Path) -> None:
    assert "`reports`: is missing" in problems(write(tmp_path, "grace: 1 week"))
    assert "`usual`: is missing" in problems(write(tmp_path, "reports: {waste: {closed: 6 months}}"))
    found = problems(write(tmp_path, "reports: {usual: {open: 1 month}}"))
    assert "`closed`: is missing" in found and "`backups`: is missing" in found
    assert "cannot be read" in problems(tmp_path / "none.yaml")

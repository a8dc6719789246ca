"""Rows of the blind index: they hold every term, tell nothing without the key, and look all alike."""

from __future__ import annotations

from itertools import pairwise
from secrets import token_bytes

from hypothesis import given
from hypothesis import strategies as st

from hotline.anonymity.blind_index import FILL_TO, SALT, SIZE, fill_row, may_meet

KEY = bytes(range(32))
TERMS = st.frozensets(st.text(min_size=1, max_size=20), max_size=300)


def tokens_of(row: bytes) -> list[bytes]:
    return [row[at : at + SIZE] for at in range(SALT, len(row), SIZE)]


@given(TERMS)
def test_a_row_holds_each_of_its_terms(terms: frozenset[str]) -> None:
    row = fill_row(KEY, terms)
    assert all(may_meet(KEY, row, [frozenset({term})]) for term in terms)
    assert may_meet(KEY, row, [frozenset({term, "nowhere"}) for term in terms])


@given(TERMS)
def test_a_row_is_full_sorted_and_without_doubles(terms: frozenset[str]) -> None:
    tokens = tokens_of(fill_row(KEY, terms))
    assert len(tokens) % FILL_TO == 0 and tokens
    assert all(one < other for one, other in pairwise(tokens))


def test_other_words_are_seldom_met_and_never_all_of_several() -> None:
    terms = {f"woord{number}" for number in range(100)}
    rows = [fill_row(KEY, terms) for _ in range(40)]
    asked = [[frozenset({f"anders{number}"})] for number in range(100)]
    met = sum(may_meet(KEY, row, one) for row in rows for one in asked)
    assert met < 40, "chance is 128 in 65,536, so 8 of 4,000"
    assert not any(
        may_meet(KEY, row, [*one, frozenset({"nog iets"}), frozenset({"ook dit"})]) for row in rows for one in asked
    )


def test_without_the_key_a_row_answers_as_chance_does() -> None:
    terms = {f"woord{number}" for number in range(100)}
    rows = [fill_row(KEY, terms) for _ in range(40)]
    met = sum(may_meet(token_bytes(32), row, [frozenset({term})]) for row in rows for term in terms)
    assert met < 40


def test_the_same_report_twice_gives_rows_that_nothing_joins() -> None:
    terms = {f"woord{number}" for number in range(100)}
    first, second = (set(tokens_of(fill_row(KEY, terms))) for _ in range(2))
    assert len(first & second) < 5
    assert fill_row(KEY, terms)[:SALT] != fill_row(KEY, terms)[:SALT]

"""A thief of the blind index learns no more than chance, by attacks that do succeed against an index without salts."""

from __future__ import annotations

import pytest

from hotline.anonymity.blind_index import FILL_TO
from tests.anonymity.index_attack import (
    Index,
    guess_blindly,
    name_by_chosen,
    name_by_frequency,
    name_without_tokens,
    salted,
    share_with_own_size,
    unsalted,
)
from tests.anonymity.made_up_reports import Town

TOWN = Town()
MONTH = TOWN.reports(250, seed=2)
CHOSEN = 1500


def test_frequencies_name_nothing() -> None:
    known = TOWN.reports(1200, seed=3)
    rows = salted(MONTH)
    named, without = name_by_frequency(rows, known), name_without_tokens(rows, known)
    bites = name_by_frequency(unsalted(MONTH), known)
    print(f"frequencies: unsalted {bites:.1%}, salted {named:.2%}, without any token {without:.2%}")
    assert bites > 0.05, "the attack is one"
    assert named < without, "who has the rows names less than who has none"


@pytest.mark.parametrize(("index", "most"), [(unsalted, 1.0), (salted, 0.03)], ids=["unsalted", "salted"])
def test_chosen_reports_name_words_only_where_rows_share_tokens(index: Index, most: float) -> None:
    words = sorted(TOWN.words)[::3]
    found, blind = name_by_chosen(index, MONTH, words, CHOSEN), guess_blindly(MONTH, words)
    print(f"chosen reports: {found.share:.1%} of others' words named, {found.right:.1%} right; blindly {blind:.1%}")
    if index is unsalted:
        assert found.share > 0.2 and found.right > 0.7, "the attack is one"
    else:
        assert found.share <= most and found.right < 5 * blind


def test_the_number_of_tokens_marks_nobody() -> None:
    rows = salted(MONTH)
    assert all(len(row.tokens) % FILL_TO == 0 for row in rows)
    assert share_with_own_size(rows) < 0.01 < share_with_own_size(unsalted(MONTH))

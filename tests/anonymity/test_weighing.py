"""Words in a row are weighed together exactly: as if every way to label them all had been tried."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from hotline.anonymity.weighing import NEAR, weigh

LABELS = 3
WEIGHTS = st.integers(-200, 400)
ROW = st.lists(WEIGHTS, min_size=LABELS, max_size=LABELS)
ROWS = st.lists(st.tuples(ROW, st.lists(ROW, min_size=LABELS, max_size=LABELS)), min_size=1, max_size=4)
NONE = -1


def best(scores: list[list[int]], links: list[list[list[int]]], at: int, label: int) -> int:
    """The best total of all ways that have this label there, tried one by one."""
    totals = []
    for way in product(range(NONE, LABELS), repeat=len(scores)):
        if way[at] == label:
            words = sum(scores[one][here] for one, here in enumerate(way) if here != NONE)
            pairs = sum(
                links[one][way[one - 1]][way[one]] for one in range(1, len(way)) if NONE not in way[one - 1 : one + 1]
            )
            totals.append(words + pairs)
    return max(totals)


@given(ROWS)
def test_a_margin_is_what_trying_every_way_gives(rows: list[tuple[list[int], list[list[int]]]]) -> None:
    scores, links = [row for row, _ in rows], [link for _, link in rows]
    margins = weigh(scores, lambda at, before: {label: links[at][label] for label in before})
    for at in range(len(rows)):
        for label in range(LABELS):
            assert margins[at][label] == best(scores, links, at, label) - best(scores, links, at, NONE)


def test_what_is_far_from_every_claim_keeps_its_score() -> None:
    scores = [[100, -NEAR - 1], [50, -NEAR - 1]]
    margins = weigh(scores, lambda at, before: {label: [30, 5000] for label in before})
    assert [margin[1] for margin in margins] == [-NEAR - 1] * 2
    assert [margin[0] for margin in margins] == [130, 80]

"""Weighs the labels of words in a row together, since what one word is tells of its neighbours (Viterbi, both ways)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

Link = Callable[[int, Sequence[int]], Mapping[int, Sequence[int]]]
"""Asked with a word's place in the row and labels of the word before: what, for each of these, every label of the word gains."""

NEAR, _LIKELY = 1000, 250
"""A label is looked at that comes within `NEAR` of a claim at a word, and within the other somewhere in the row."""

_CEILING = 30_000


def weigh(scores: Sequence[Sequence[int]], link: Link) -> Sequence[Sequence[int]]:
    """For each word of a row and each label: the best labelling of the row with that label there, over the best without any.

    `scores` are what each label has over none at each word by itself; a label that cannot be near keeps its score.
    """
    if len(scores) == 1:
        return scores
    likely = [label for label, best in enumerate(map(max, *scores)) if best >= -_LIKELY]
    maybe = [[label for label in likely if row[label] >= -NEAR] for row in scores]
    links = [link(at, labels) for at, labels in enumerate(maybe[:-1], 1)]
    ways = _come(scores, maybe, links)
    gains = _go_on(scores, maybe, links)
    margins = []
    for row, (there, none), (on, on_none) in zip(scores, ways, gains, strict=True):
        found = list(row)
        for label, total in there.items():
            margin = total + on[label] - none - on_none
            found[label] = margin if margin < _CEILING else _CEILING
        margins.append(found)
    return margins


_Totals = tuple[dict[int, int], int]
"""The best total for each label that may be at a word, and for none."""


def _come(
    scores: Sequence[Sequence[int]], maybe: Sequence[list[int]], links: Sequence[Mapping[int, Sequence[int]]]
) -> list[_Totals]:
    """The best of all words up to each, that one counted."""
    found: list[_Totals] = [({label: scores[0][label] for label in maybe[0]}, 0)]
    for row, labels, link in zip(scores[1:], maybe[1:], links, strict=True):
        before, none = found[-1]
        gained = [(so_far, link[one]) for one, so_far in before.items()]
        there = {}
        for label in labels:
            best = none
            for so_far, gain in gained:
                total = so_far + gain[label]
                if total > best:
                    best = total
            there[label] = best + row[label]
        found.append((there, max([none, *before.values()])))
    return found


def _go_on(
    scores: Sequence[Sequence[int]], maybe: Sequence[list[int]], links: Sequence[Mapping[int, Sequence[int]]]
) -> list[_Totals]:
    """The best of all words after each, that one not counted."""
    found: list[_Totals] = [(dict.fromkeys(maybe[-1], 0), 0)]
    for row, labels, link in zip(scores[:0:-1], maybe[-2::-1], links[::-1], strict=True):
        after, none = found[-1]
        totals = [(one, row[one] + total) for one, total in after.items()]
        there = {}
        for label in labels:
            gain, best = link[label], none
            for one, so_far in totals:
                total = so_far + gain[one]
                if total > best:
                    best = total
            there[label] = best
        found.append((there, max([none, *(total for _, total in totals)])))
    return found[::-1]

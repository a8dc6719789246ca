"""`python -m tests.anonymity.index_attack`: what a thief of the blind index learns, with and without the salts.

The thief holds the table and the clear columns, knows how people of this town report, and may have filed reports of his
own in the same month, whose rows he knows. Beside the index as it is stands the one that it is not: one token a word and
month, which a database could look up by itself. That the attacks succeed there shows that they are attacks.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from secrets import token_bytes
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from hotline.anonymity.blind_index import SALT, SIZE, fill_row, may_meet, row_key, token
from tests.anonymity.made_up_reports import MadeUp, Town, tell

T = TypeVar("T", int, str)
VALUES = 1 << 8 * SIZE
Numbers = NDArray[np.float32]


@dataclass(frozen=True)
class Row:
    """One stolen row. `tokens` and the report's clear columns are the thief's; `means` says what he guesses right."""

    report: MadeUp
    tokens: frozenset[int]
    means: dict[int, set[str]]


Index = Callable[[Sequence[MadeUp]], list[Row]]


def salted(reports: Sequence[MadeUp]) -> list[Row]:
    """The index as it is."""
    key, rows = token_bytes(32), []
    for report in reports:
        made = fill_row(key, report.terms)
        of_row = row_key(key, made[:SALT])
        tokens = frozenset(int.from_bytes(made[at : at + SIZE]) for at in range(SALT, len(made), SIZE))
        rows.append(Row(report, tokens, _means(of_row, report.terms)))
    return rows


def unsalted(reports: Sequence[MadeUp]) -> list[Row]:
    """The index as it is not: one key for all rows of the month, and nothing filled up."""
    of_month = token_bytes(32)
    means = [_means(of_month, report.terms) for report in reports]
    return [Row(report, frozenset(one), one) for report, one in zip(reports, means, strict=True)]


# ---- frequencies -------------------------------------------------------------------------


def name_by_frequency(rows: Sequence[Row], known: Sequence[MadeUp]) -> float:
    """The share of the words' tokens that are named rightly by how often they stand beside which clear columns."""
    columns = {name: at for at, name in enumerate(sorted({one for row in known for one in (row.category, row.area)}))}
    terms = sorted({term for report in known for term in report.terms})
    places = {term: at for at, term in enumerate(terms)}
    stolen = _count(((row.report, row.tokens) for row in rows), columns, {value: value for value in range(VALUES)})
    expected = _count(((report, report.terms) for report in known), columns, places) * (len(rows) / len(known))
    seen = np.flatnonzero(stolen.sum(axis=1))
    rates, weights = np.log(expected + 1e-3), expected.sum(axis=1)
    guesses: dict[int, str] = {}
    for part in np.array_split(seen, max(1, len(seen) // 2000)):
        best = np.argmax(stolen[part] @ rates.T - weights, axis=1)  # Poisson's likelihood, but for what is constant
        guesses |= {int(value): terms[at] for value, at in zip(part, best, strict=True)}
    return _share(guesses[value] in words for row in rows for value, words in row.means.items())


def name_without_tokens(rows: Sequence[Row], known: Sequence[MadeUp]) -> float:
    """The same share for a thief who has the clear columns alone and says each category's commonest term."""
    usual: dict[str, Counter[str]] = {}
    for report in known:
        usual.setdefault(report.category, Counter()).update(report.terms)
    commonest = {category: counts.most_common(1)[0][0] for category, counts in usual.items()}
    return _share(commonest[row.report.category] in words for row in rows for words in row.means.values())


# ---- chosen reports ----------------------------------------------------------------------


@dataclass(frozen=True)
class Named:
    """Words of other people's reports: which share the thief names, and which share of what he names is right."""

    share: float
    right: float


def name_by_chosen(index: Index, others: Sequence[MadeUp], words: Sequence[str], count: int) -> Named:
    """File `count` reports of eight words, learn each word's tokens from one's own rows, read the others with them."""
    dice = random.Random(7)  # noqa: S311 - a measurement that can be repeated
    own = [dice.sample(list(words), 8) for _ in range(count)]
    filed = [tell("other", "", chosen) for chosen in own]
    rows = index([*others, *filed])
    stolen, mine = rows[: len(others)], rows[len(others) :]
    held: dict[str, list[Row]] = {}
    for chosen, row in zip(own, mine, strict=True):
        for word in chosen:
            held.setdefault(word, []).append(row)
    learnt = {word: _always(found) for word, found in held.items() if len(found) > 2}
    named = [(row, word) for row in stolen for word, tokens in learnt.items() if tokens <= row.tokens]
    right = sum(word in row.report.words for row, word in named)
    return Named(right / sum(len(row.report.words) for row in stolen), right / max(1, len(named)))


def name_with_key(others: Sequence[MadeUp], words: Sequence[str]) -> Named:
    """Ask every row for every word, with the month's key in hand: what stealing it gives."""
    key = token_bytes(32)
    asked = {word: [frozenset({term}) for term in tell("", "", [word]).terms] for word in words}
    named = [
        (one, word)
        for one in others
        for row in [fill_row(key, one.terms)]
        for word in words
        if may_meet(key, row, asked[word])
    ]
    right = sum(word in report.words for report, word in named)
    return Named(right / sum(len(report.words) for report in others), right / max(1, len(named)))


def guess_blindly(others: Sequence[MadeUp], words: Sequence[str]) -> float:
    """How often a word of the list stands in a report, whoever looks."""
    listed = frozenset(words)
    return sum(len(report.words & listed) for report in others) / (len(others) * len(listed))


def share_with_own_size(rows: Sequence[Row]) -> float:
    """The share of rows whose number of tokens no other row has."""
    sizes = Counter(len(row.tokens) for row in rows)
    return _share(sizes[len(row.tokens)] == 1 for row in rows)


def _always(rows: Sequence[Row]) -> frozenset[int]:
    """The tokens in (nearly) all of these rows; where there are none, the one in most of them."""
    counts = Counter(value for row in rows for value in row.tokens)
    often = frozenset(value for value, count in counts.items() if count >= 0.9 * len(rows))
    return often or frozenset({counts.most_common(1)[0][0]})


def _means(of_row: bytes, terms: Iterable[str]) -> dict[int, set[str]]:
    means: dict[int, set[str]] = {}
    for term in terms:
        means.setdefault(int.from_bytes(token(of_row, term)), set()).add(term)
    return means


def _count(told: Iterable[tuple[MadeUp, Iterable[T]]], columns: dict[str, int], places: dict[T, int]) -> Numbers:
    counts = np.zeros((len(places), len(columns)), dtype=np.float32)
    for report, held in told:
        at = [places[one] for one in held]
        for name in (report.category, report.area):
            counts[at, columns[name]] += 1
    return counts


def _share(right: Iterable[bool]) -> float:
    return float(np.mean(list(right)))


def main() -> None:
    """Measure a busy month of the town, and print it as the table of `docs/anonymity.md`."""
    town = Town()
    month, known, words = town.reports(619, seed=2), town.reports(10_000, seed=3), town.all_words()
    plain, built = unsalted(month), salted(month)
    print(f"{len(month)} reports, {len(words)} words that people use, {len(known)} reports known to the thief")
    print(f"tokens named by frequency     unsalted {name_by_frequency(plain, known):.1%}", end="   ")
    print(f"salted {name_by_frequency(built, known):.2%}   without any token {name_without_tokens(built, known):.2%}")
    for name, index in (("unsalted", unsalted), ("salted", salted)):
        found = name_by_chosen(index, month, words, 10_000)
        print(
            f"10,000 chosen reports         {name}: names {found.share:.1%} of others' words, {found.right:.1%} right"
        )
    found = name_with_key(month[:100], words)
    print(f"with the month's key          names {found.share:.1%} of the words, {found.right:.1%} right")
    print(f"a word named blindly is right {guess_blindly(month, words):.1%}")
    print(
        f"rows of a size of their own   unsalted {share_with_own_size(plain):.1%}   salted {share_with_own_size(built):.1%}"
    )


if __name__ == "__main__":
    main()

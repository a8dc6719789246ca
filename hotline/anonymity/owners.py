"""Whose a telephone number, a plate or an account is, by the words around it, and numbers that no recogniser knows by their form.

A recogniser's own reason ("zijn nummer is", "mijn auto") stands; what is learned speaks where the recogniser took what is usual.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hotline.anonymity.spans import Span, Verdict, overlaps
from hotline.anonymity.tagger import Tag
from hotline.anonymity.tokens import Tokens
from hotline.anonymity.whose import lean
from hotline.domain.codes import LENGTH
from hotline.understanding.numbers import digit_tokens

_OURS = frozenset(("phone", "plate", "handle"))
_OWN, _OWN_PLATE, _THEIR_OWN = 200, 500, 500
"""From which leaning on a number is the reporter's, a plate is (whoever notes one says "I" too), a number is somebody else's."""

_SURE, _THEIRS = 380, 200
"""Claims on a word on average: to be a number of somebody's; to be somebody else's (sealing the reporter's own would hand it on)."""

_FEWEST, _FEWEST_SIGNS, _FEWEST_DIGITS, _LONGEST_PLATE = 2, 4, 6, 9


def give_owners(tokens: Tokens, spans: Sequence[Span]) -> list[Span]:
    """The spans, those with numbers of somebody's as the reporter's or somebody else's where the words around are clear."""
    return [_give(tokens, span) if span.kind in _OURS else span for span in spans]


def _give(tokens: Tokens, span: Span) -> Span:
    usual = Verdict.REMOVE if span.kind == "phone" else Verdict.SEAL
    inside = tokens.inside(span.start, span.end) if span.verdict is usual else ()
    if not inside:
        return span
    own = lean("number", tokens, inside[0], inside[-1])
    if own >= (_OWN_PLATE if span.kind == "plate" else _OWN):
        return span._replace(verdict=Verdict.REMOVE)
    return span._replace(verdict=Verdict.SEAL) if own <= -_THEIR_OWN else span


def _leaning(tags: Sequence[Tag]) -> float:
    """How far the words are on average more the reporter's than somebody else's; below nought the other way round."""
    return sum(tag.lead if tag.label[0] == "R" else -tag.lead for tag in tags) / len(tags)


def find_owned(tokens: Tokens, tags: Sequence[Tag], taken: Sequence[Span]) -> Iterator[Span]:
    """Numbers and plates that no recogniser knows by their form, such as those that were told sign by sign."""
    for run in _runs([tag for tag in tags if tag.label[1] == "X" and tag.margin > 0]):
        first, last = run[0].at, run[-1].at
        start, end = tokens.spans[first][0], tokens.spans[last][1]
        if max(tag.margin for tag in run) < _SURE or len(run) < _FEWEST or overlaps(start, end, taken):
            continue
        if sum(len(word) for word in tokens.words[first : last + 1]) < _FEWEST_SIGNS:
            continue
        kind = _kind(tokens, first, last)
        if kind == "phone" and not _is_number(tokens, first, last):
            continue
        theirs = _leaning(run) < (-_THEIRS if kind == "phone" else 0) and kind != "document"
        yield Span(start, end, kind, Verdict.SEAL if theirs else Verdict.REMOVE)


def _runs(tags: Sequence[Tag]) -> Iterator[list[Tag]]:
    run: list[Tag] = []
    for tag in tags:
        if run and tag.at > run[-1].at + 1:
            yield run
            run = []
        run.append(tag)
    if run:
        yield run


def _is_number(tokens: Tokens, first: int, last: int) -> bool:
    """Whether there are as many digits as a telephone number has, and with those beside them not as a report's code has."""
    while first and tokens.words[first - 1].isdigit():
        first -= 1
    while last + 1 < len(tokens.words) and tokens.words[last + 1].isdigit():
        last += 1
    digits = sum(len(one.digits) for one in digit_tokens(" ".join(tokens.words[first : last + 1])))
    return digits >= _FEWEST_DIGITS and digits != LENGTH


def _kind(tokens: Tokens, first: int, last: int) -> str:
    signs = range(first, last + 1)
    if all(tokens.words[at].isdigit() or "N" in tokens.sorts[at][:-1] or len(tokens.words[at]) > 2 for at in signs):
        return "phone"
    return "plate" if sum(min(len(tokens.words[at]), 2) for at in signs) <= _LONGEST_PLATE else "document"

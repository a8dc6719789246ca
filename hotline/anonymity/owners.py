"""Whose a telephone number, a plate, an account or a document is, as the tagger hears it from the words around.

A recogniser's own reason ("zijn nummer is", "mijn auto") stands; the tagger speaks where the recogniser took what is
usual, and only where a word near says so too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hotline.anonymity.sentences import MINE
from hotline.anonymity.spans import Span, Verdict, overlaps
from hotline.anonymity.tagger import Tag
from hotline.anonymity.tokens import Tokens
from hotline.domain.codes import LENGTH
from hotline.understanding.folding import word_set
from hotline.understanding.numbers import digit_tokens

_OURS = frozenset(("phone", "plate", "handle", "document", "iban", "bsn"))

_SURE, _THEIRS, _MINE = 380, 200, 150
"""Claims on a word on average: to be a number of somebody's; to be somebody else's (sealing the reporter's own would
hand it on); to be the reporter's."""

_FEWEST, _FEWEST_SIGNS, _FEWEST_DIGITS, _LONGEST_PLATE = 2, 4, 6, 9
_NEAR = 9
_I = MINE | word_set("ik ich iech i im j je me mij mich moi wij we wir nous ons")
_THEM = word_set(
    "zijn z'n haar hun his her their sein seine seiner ihre ihr son leur hij he il zij she they sie ze hem him ihm lui dealer dealers dealerin"
    " vent gast kerel guy man typ type mec jongen bestel bestellen bestelt order orders ordering commande commander commandes bestellt flyer sticker"
    " kaartje briefje card affiche visitekaartje zettel karte landlord huisbaas verhuurder vermieter loverboy baas boss chef koerier runner"
)


def give_owners(tokens: Tokens, tags: Sequence[Tag], spans: Sequence[Span]) -> list[Span]:
    """The spans, those with numbers of somebody's as the reporter's or somebody else's where the tagger is sure."""
    claims = [tag for tag in tags if tag.label[1] in "XH"]
    return [_give(tokens, claims, span) if claims and span.kind in _OURS else span for span in spans]


def _give(tokens: Tokens, claims: Sequence[Tag], span: Span) -> Span:
    inside = [tag for tag in claims if span.start <= tokens.spans[tag.at][0] < span.end]
    if span.verdict is Verdict.KEEP or not inside:
        return span
    mine, before = _leaning(inside), _words_before(tokens, inside)
    sure = max(tag.margin for tag in inside) >= _SURE
    asked, sealed = span.verdict is Verdict.ASK, span.verdict is Verdict.SEAL
    if mine > _MINE and not _I.isdisjoint(before) and ((asked and sure) or (sealed and span.kind != "phone")):
        return span._replace(verdict=Verdict.REMOVE)
    others = not _THEM.isdisjoint(before) and MINE.isdisjoint(before[-3:])
    if mine < -_THEIRS and sure and others and span.kind == "phone":
        return span._replace(verdict=Verdict.SEAL)
    return span


def _leaning(tags: Sequence[Tag]) -> float:
    """How far the words are on average more the reporter's than somebody else's; below nought the other way round."""
    return sum(tag.lead if tag.label[0] == "R" else -tag.lead for tag in tags) / len(tags)


def _words_before(tokens: Tokens, inside: Sequence[Tag]) -> list[str]:
    return tokens.words[max(0, inside[0].at - _NEAR) : inside[0].at]


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

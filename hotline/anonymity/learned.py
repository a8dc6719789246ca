"""What the tagger claims, as spans: surely the reporter's, surely somebody else's, or for a person to judge."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from hotline.anonymity.spans import Span, Verdict
from hotline.anonymity.tagger import Tag, load_model
from hotline.anonymity.tokens import Tokens
from hotline.understanding.folding import word_set

KINDS = {
    "RN": "name", "RA": "address", "RW": "work", "RR": "relation", "RC": "city", "RB": "birthdate", "RH": "handle",
    "TN": "name", "TH": "handle",
}  # fmt: skip
_SURE, _LEAD, _LEAST = 250, 100, -150
"""A run of words is claimed for sure from this margin over nothing, and this lead over the other side; doubted from the last."""

_NAMES = frozenset(("RN", "TN", "RH", "TH"))
# What a word must be, of all words in a run, for the run to be worth a person's look: sorts by their letters.
_WORTH = {"RN": "FfSsuA", "TN": "FfSsuA", "RH": "uAFf", "TH": "uAFf", "RA": "DNLA", "RW": "JEu", "RC": "Tu", "RB": "DN", "RR": "R"}
# Without one of these in the sentence a place is the nuisance's, and no address of the reporter's.
_HOME = word_set(
    "woon wonen woonde woonden woonachtig woen woene mijn mn mien miene mie mij ons onze us os thuis huur huren adres bewoner ik live"
    " living my our us me stay staying rent home address wohne wohnen wohnhaft mein meine meiner mir unser unsere uns adresse ich"
    " habite habitons vis loge chez moi mon ma nous notre suis on"
)
_STOPS = frozenset(".!?;\n")
_CHUNK = re.compile(r"[\w.@-]*\w")


def find_learned(tokens: Tokens, taken: Sequence[Span]) -> Iterator[Span]:
    """Spans of what the tagger found outside `taken`; places are never names."""
    run: list[Tag] = []
    for tag in load_model().tag(tokens, _LEAST):
        if not _may_be(tokens, tag, taken):
            continue
        if run and not (tag.label == run[-1].label and tag.at == run[-1].at + 1):
            yield from _judge(tokens, run)
            run = []
        run.append(tag)
    if run:
        yield from _judge(tokens, run)


def _may_be(tokens: Tokens, tag: Tag, taken: Sequence[Span]) -> bool:
    if tokens.symbols[tag.at][0] == "[" or (tag.label in _NAMES and tokens.is_place[tag.at]):
        return False
    start, end = tokens.spans[tag.at]
    if any(one.start < end and start < one.end and (one.verdict is not Verdict.KEEP or tag.label not in ("RB", "RA")) for one in taken):
        return False
    return tag.label != "RA" or _is_about_home(tokens.words, tag.at)


def _is_about_home(words: Sequence[str], at: int) -> bool:
    while at > 0 and words[at - 1] not in _STOPS:
        at -= 1
        if words[at] in _HOME:
            return True
    return False


def _judge(tokens: Tokens, run: list[Tag]) -> Iterator[Span]:
    """One run of words with the same label: its core is claimed, its doubtful ends are asked about."""
    label, core = run[0].label, [tag for tag in run if tag.margin >= 0]
    best = max(run, key=lambda tag: tag.margin)
    if best.margin < _SURE:
        yield from _ask(tokens, label, run[0].at, run[-1].at)
        return
    verdict = Verdict.REMOVE if label[0] == "R" else Verdict.SEAL
    if best.lead < _LEAD:
        verdict = Verdict.ASK
    first, last = core[0].at, core[-1].at
    yield _span(tokens, label, first, last, verdict)
    if run[0].at < first:
        yield from _ask(tokens, label, run[0].at, first - 1)
    if run[-1].at > last:
        yield from _ask(tokens, label, last + 1, run[-1].at)


def _ask(tokens: Tokens, label: str, first: int, last: int) -> Iterator[Span]:
    """A doubtful run without everyday words at its ends, if anything is left."""
    worth = [at for at in range(first, last + 1) if not set(_WORTH[label]).isdisjoint(tokens.sorts[at])]
    if worth:
        yield _span(tokens, label, worth[0], worth[-1], Verdict.ASK)


def _span(tokens: Tokens, label: str, first: int, last: int, verdict: Verdict) -> Span:
    start, end = tokens.spans[first][0], tokens.spans[last][1]
    if label in ("RH", "TH") and (whole := _CHUNK.match(tokens.text, start)):
        end = max(end, whole.end())
    return Span(start, end, KINDS[label], verdict)

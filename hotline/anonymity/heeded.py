"""Where a text says what the line must hear whoever says it: a child who speaks, children about, a cry for help, a place.

Recognisers of people take such words for somebody's ("my kids", "I am eleven", "je suis accro", a street misheard), and
the line understands only what they leave. What Twilio said about the caller is taken out all the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hotline.anonymity.spans import Span
from hotline.understanding import care, facts, times
from hotline.understanding.phrases import Phrasebook
from hotline.understanding.places import Gazetteer
from hotline.understanding.utterance import Utterance

_BOOK = Phrasebook(
    {fact: table[fact] for table, fact in ((care.WORDS, "care"), (care.WORDS, "age"), (facts.WORDS, "children"))},
    {"part_of_day": times.WORDS["part_of_day"]},
)
_OF_A_PERSON = frozenset({"name", "relation", "birthdate"})
"""Kinds that are told by what stands around a word, and so can be mistaken."""

_WHOLE = frozenset({"relation", "birthdate"})
"""Kinds whose span is one thing: what is left of "mijn kinderen" beside "kinderen" says nothing."""


def _find_heeded(utterance: Utterance, gazetteer: Gazetteer | None = None) -> list[tuple[int, int]]:
    """The characters from which to which such words stand."""
    hits = _BOOK.spot(utterance.words, "nl")
    found = [(hit.start, hit.end) for fact, several in hits.items() if fact != "age" for hit in several if hit.value]
    found += care.find_young(utterance.words, hits)
    if gazetteer is not None:
        found += [(place.start, place.end) for place in gazetteer.find_places(utterance)]
    return [(utterance.spans[first][0], utterance.spans[after - 1][1]) for first, after in sorted(found)]


def spare(spans: Sequence[Span], utterance: Utterance, gazetteer: Gazetteer | None = None) -> Iterator[Span]:
    """What of these spans lies outside of what is heeded."""
    heeded = _find_heeded(utterance, gazetteer) if any(span.kind in _OF_A_PERSON for span in spans) else []
    for span in spans:
        touching = [(start, end) for start, end in heeded if start < span.end and span.start < end]
        if not touching or span.kind not in _OF_A_PERSON:
            yield span
        elif span.kind not in _WHOLE:
            at = span.start
            for start, end in (*touching, (span.end, span.end)):
                if at < start:
                    yield span._replace(start=at, end=start)
                at = max(at, end)

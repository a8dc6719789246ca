"""Takes out of a text what identifies its reporter, and seals apart what identifies somebody else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from hotline.anonymity.detect import find_identifiers
from hotline.anonymity.known import Known, find_known
from hotline.anonymity.normalise import normalise
from hotline.anonymity.reading import Reading
from hotline.anonymity.spans import PLACEHOLDERS, Span, Verdict
from hotline.domain.content import ThirdParty

__all__ = ["Known", "Scrubbed", "Uncertain", "scrub", "to_json"]

_MOST_PASSES = 8


@dataclass(frozen=True, slots=True)
class Uncertain:
    """Words that a person must judge, and why."""

    kind: str
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Scrubbed:
    """What may be stored (`text`), what is stored apart (`sealed`, `uncertain`), and how much went (`removed`)."""

    text: str
    sealed: tuple[ThirdParty, ...] = ()
    uncertain: tuple[Uncertain, ...] = ()
    removed: Mapping[str, int] = field(default_factory=dict)


_NOTHING = Known()


def scrub(text: str, *, lang: str = "nl", known: Known = _NOTHING) -> Scrubbed:
    """The text with placeholders for what was taken out. Never raises; scrubbing the result changes nothing more.

    All four languages are searched whatever `lang` is, because people mix them; the learned tagger will use it.
    """
    text = normalise(text)
    sealed: list[ThirdParty] = []
    removed: Counter[str] = Counter()
    # What is taken out can uncover what stood beside it, so it goes on until nothing more is found.
    for _ in range(_MOST_PASSES):
        reading = Reading(text)
        found = [*find_known(reading, known), *find_identifiers(reading)]
        taken = [span for span in _resolve(found) if not _is_placeholder(text, span)]
        if not taken:
            break
        for span in taken:
            if span.verdict is Verdict.SEAL:
                sealed.append(ThirdParty(span.kind, text[span.start : span.end]))
            else:
                removed[span.kind] += 1
        text = _replace(text, taken)
    return Scrubbed(text, tuple(dict.fromkeys(sealed)), (), dict(removed))


def to_json(scrubbed: Scrubbed) -> dict[str, Any]:
    """One line of `hotline scrub`, ready for `json.dumps`."""
    return {
        "text": scrubbed.text,
        "sealed": [{"kind": one.kind, "text": one.text} for one in scrubbed.sealed],
        "uncertain": [{"kind": one.kind, "text": one.text, "why": one.why} for one in scrubbed.uncertain],
        "removed": dict(scrubbed.removed),
    }


def _replace(text: str, taken: Iterable[Span]) -> str:
    pieces, at = [], 0
    for span in taken:
        pieces += [text[at : span.start], PLACEHOLDERS[span.kind]]
        at = span.end
    return "".join([*pieces, text[at:]])


def _resolve(spans: Iterable[Span]) -> list[Span]:
    """Spans that do not overlap, in order: what overlaps is joined, and one that must be removed decides for all."""
    joined: list[Span] = []
    for span in sorted(
        (one for one in spans if one.verdict is not Verdict.KEEP), key=lambda one: (one.start, -one.end)
    ):
        if not joined or span.start >= joined[-1].end:
            joined.append(span)
            continue
        last = joined[-1]
        strict = span if span.verdict is Verdict.REMOVE and last.verdict is Verdict.SEAL else last
        joined[-1] = Span(last.start, max(last.end, span.end), strict.kind, strict.verdict)
    return joined


def _is_placeholder(text: str, span: Span) -> bool:
    """Whether a span lies inside a placeholder of ours, as when a caller is called Naam."""
    opening = text.rfind("[", max(0, span.start - 12), span.start + 1)
    return opening >= 0 and any(
        text.startswith(one, opening) and span.end <= opening + len(one) for one in PLACEHOLDERS.values()
    )

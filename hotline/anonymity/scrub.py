"""Takes out of a text what identifies its reporter, and seals apart what identifies somebody else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from hotline.anonymity.detect import find_identifiers
from hotline.anonymity.heeded import spare
from hotline.anonymity.known import Known, find_known
from hotline.anonymity.normalise import normalise
from hotline.anonymity.reading import Reading
from hotline.anonymity.spans import PLACEHOLDERS, WHY, Span, Verdict, doubtful, standing
from hotline.anonymity.unfinished import find_rest, find_unfinished, is_at_end
from hotline.domain.content import ThirdParty
from hotline.understanding.folding import fold
from hotline.understanding.places import Gazetteer

__all__ = ["Known", "Scrubbed", "Uncertain", "scrub", "to_json"]

_MOST_PASSES = 8


@dataclass(frozen=True, slots=True)
class Uncertain:
    """Words that a person must judge, why, and the placeholder that stands for them in the text."""

    kind: str
    text: str
    why: str
    placeholder: str


@dataclass(frozen=True, slots=True)
class Scrubbed:
    """What may be stored (`text`), what is stored apart (`sealed`, `uncertain`), and how much went (`removed`).

    `unfinished`: the text ends where a telephone number of the reporter's is about to be told, or in the middle of it.
    """

    text: str
    sealed: tuple[ThirdParty, ...] = ()
    uncertain: tuple[Uncertain, ...] = ()
    removed: Mapping[str, int] = field(default_factory=dict)
    unfinished: bool = False


_NOTHING = Known()


def scrub(
    text: str,
    *,
    lang: str = "nl",
    known: Known = _NOTHING,
    mark: str = "",
    allowed: Collection[str] = (),
    gazetteer: Gazetteer | None = None,
    continues: bool = False,
) -> Scrubbed:
    """The text with placeholders for what was taken out. Never raises; scrubbing the result changes nothing more.

    All four languages are searched whatever `lang` is, because people mix them; the learned tagger will use it.
    Words that a person must judge get placeholders of their own (`spans.doubtful`): `mark`, a few small letters that no
    other text of the same report has, and a letter that counts them. `allowed` are words that a person judged before
    and kept. `continues`: the reporter's text before this one was `unfinished`, so digits at the beginning of this one
    end a telephone number. `gazetteer`: the places that are never taken for somebody's name, also misheard.
    """
    text = normalise(text)
    kept, folded = {one.casefold() for one in allowed}, fold(text)
    begun, rest = find_unfinished(folded), find_rest(folded) if continues else None
    unfinished = begun is not None or (rest is not None and is_at_end(folded, rest))
    sealed: list[ThirdParty] = []
    asked: list[Uncertain] = []
    removed: Counter[str] = Counter()
    # What is taken out can uncover what stood beside it, so it goes on until nothing more is found.
    for number in range(_MOST_PASSES):
        reading = Reading(text)
        sure = list(find_known(reading, known))
        if number == 0:
            sure += [part for part in (begun, rest) if part and part.start < part.end]
        others = spare(list(find_identifiers(reading, sure)), reading.tokens.utterance, gazetteer)
        found = [*sure, *others]
        ours = list(standing(text))
        wanted = [span for span in _resolve(found) if not _is_kept(text, span, kept)]
        taken = [piece for span in wanted for piece in _cut(span, ours, text)]
        if not taken:
            break
        pieces, at = [], 0
        for span in taken:
            words, instead = text[span.start : span.end], PLACEHOLDERS[span.kind]
            if span.verdict is Verdict.SEAL:
                sealed.append(ThirdParty(span.kind, words))
            elif span.verdict is Verdict.ASK:
                instead = doubtful(span.kind, mark + _letters(len(asked)))
                asked.append(Uncertain(span.kind, words, WHY[span.kind], instead))
            else:
                removed[span.kind] += 1
            pieces += [text[at : span.start], instead]
            at = span.end
        text = "".join([*pieces, text[at:]])
    return Scrubbed(text, tuple(dict.fromkeys(sealed)), tuple(asked), dict(removed), unfinished)


def to_json(scrubbed: Scrubbed) -> dict[str, Any]:
    """One line of `hotline scrub`, ready for `json.dumps`."""
    return {
        "text": scrubbed.text,
        "sealed": [{"kind": one.kind, "text": one.text} for one in scrubbed.sealed],
        "uncertain": [{"kind": one.kind, "text": one.text, "why": one.why} for one in scrubbed.uncertain],
        "removed": dict(scrubbed.removed),
    }


_STRICT = (Verdict.ASK, Verdict.SEAL, Verdict.REMOVE)


def _resolve(spans: Iterable[Span]) -> list[Span]:
    """Spans that do not overlap, in order: what overlaps is joined, and the strictest decides for all.

    What is protected is never doubtful.
    """
    spans = list(spans)
    kept = [(one.start, one.end) for one in spans if one.verdict is Verdict.KEEP]
    wanted = [
        one for one in spans if one.verdict in _STRICT and not (one.verdict is Verdict.ASK and _touches(one, kept))
    ]
    joined: list[Span] = []
    for span in sorted(wanted, key=lambda one: (one.start, -one.end)):
        if not joined or span.start >= joined[-1].end:
            joined.append(span)
            continue
        last = joined[-1]
        strict = max(last, span, key=lambda one: _STRICT.index(one.verdict))
        joined[-1] = Span(last.start, max(last.end, span.end), strict.kind, strict.verdict)
    return joined


def _touches(span: Span, places: Iterable[tuple[int, int]]) -> bool:
    return any(start < span.end and span.start < end for start, end in places)


def _cut(span: Span, places: Iterable[tuple[int, int]], text: str) -> Iterator[Span]:
    """What of a span lies outside placeholders of ours, as when a caller is called Naam, and says anything."""
    at = span.start
    for start, end in (*places, (span.end, span.end)):
        if end < at or start > span.end:
            continue
        piece = span._replace(start=at, end=max(at, min(start, span.end)))
        if any(map(str.isalnum, text[piece.start : piece.end])):
            yield piece
        at = max(at, end)


def _is_kept(text: str, span: Span, kept: Collection[str]) -> bool:
    return span.verdict is not Verdict.REMOVE and text[span.start : span.end].casefold() in kept


def _letters(count: int) -> str:
    """a, b … z, ba, bb …: letters, because a digit would be read as something that was told."""
    return (_letters(count // 26) if count >= 26 else "") + chr(ord("a") + count % 26)

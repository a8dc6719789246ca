"""Makes labelled sentences from those that people wrote (`build/tagging/told_*.jsonl`): other names, other towns, other manners."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from build.marked import Sentence as Told
from build.marked import read_set
from build.tagging_manner import Dice, Sentence
from build.tagging_sentences import HERE, Maker, listed

MASK = "-"
"""The label of words that other recognisers take; the tagger learns nothing from them."""

VARIANTS = 2
_LABELS = {
    "r:name": "RN", "r:address": "RA", "r:work": "RW", "r:relation": "RR", "r:city": "RC", "r:birthdate": "RB", "r:handle": "RH",
    "t:name": "TN", "t:handle": "TH", "t:phone": "TX", "t:plate": "TX",
    "r:phone": "RX", "r:plate": "RX", "r:document": "RX", "r:iban": "RX", "r:bsn": "RX",
}  # fmt: skip
_PUNCTUATION = str.maketrans("", "", ".,!?;:()\"'„“”…")


def told_sets() -> list[Path]:
    """The files, in order."""
    return sorted(HERE.glob("told_*.jsonl"))


def vary_told(paths: Sequence[Path], seed: int) -> Iterator[Sentence]:
    """Every told sentence in several variants, always the same for a seed; the first is as it was told."""
    dice = Dice(seed)
    makers = {language: Maker(language, dice) for language in ("de", "en", "fr", "nl")}
    for path in paths:
        for told in read_set(path):
            maker = makers.get(told.lang, makers["nl"])
            for variant in range(VARIANTS):
                yield _vary(told, maker, dice, exactly=variant == 0)


def _vary(told: Told, maker: Maker, dice: Dice, *, exactly: bool) -> Sentence:
    manner = 0 if exactly else dice.below(100)
    text, labels = "", []
    for label, piece in _pieces(told):
        if not exactly:
            piece = _change(label, piece, maker, dice)
        if manner >= 45:
            piece = piece.lower()
        if manner >= 70 and label != MASK:
            piece = piece.translate(_PUNCTUATION)
        text += piece
        labels += [label] * len(piece)
    return Sentence(text, tuple(labels))


def _pieces(told: Told) -> Iterator[tuple[str, str]]:
    at = 0
    for mark in told.marks:
        if mark.side == "f" or mark.start < at:
            continue
        yield "O", told.text[at : mark.start]
        yield _LABELS.get(f"{mark.side}:{mark.kind}", MASK), told.text[mark.start : mark.end]
        at = mark.end
    yield "O", told.text[at:]


def _change(label: str, piece: str, maker: Maker, dice: Dice) -> str:
    if label in ("RN", "TN") and dice.chance(60):
        name = maker.fill("{first} {last}" if " " in piece.strip() else dice.pick(["{first}", "{first}", "{last}"]))
        return name if piece.islower() else name.title()
    if label == "RC" and dice.chance(60):
        return dice.pick(listed("towns")).capitalize() if piece[:1].isupper() else dice.pick(listed("towns"))
    if label in ("RA", "RB", "RX", "TX"):
        return "".join(str(1 + dice.below(9)) if char.isdigit() and dice.chance(60) else char for char in piece)
    return maker.coin(piece, percent=3) if label == "O" and dice.chance(50) else piece

"""Telephone numbers in digits or in words: valid ones, ones shaped like a mobile number, and whatever follows a cue."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import phonenumbers

from hotline.anonymity.spans import Span, Verdict
from hotline.domain.codes import CodeTypo, parse_code
from hotline.understanding.numbers import NUMBER_WORDS, DigitToken, digit_runs, digit_tokens

_REGIONS = ("NL", "BE", "DE", "FR")
_COUNTRIES = ("31", "32", "33", "49", "352")
_ENOUGH = 6
_LONGEST = 15
_MOST_CHECKS = 150
"""A text with more candidates than this is not one a person told: from there on, whatever could be a number is one."""

# Numbers of services; whoever says they rang these tells nothing about themselves.
_PUBLIC = frozenset({"09008844", "0343578844", "08007000", "08002000", "09001844", "08008112", "08000113", "0433505111", "14043"})
_WORDS = re.compile(r"[^\W\d_]+")
_CUE = re.compile(
    r"(?:\b(?:bel|bellen|belt|gebeld|terugbellen|telefoon|telefoonnummer|tel|mobiel|mobiele|gsm|nummer|nummer is|bereikbaar|bereiken"
    r"|whatsapp|app|appen|sms|call|phone|mobile|cell|reach|text|ring|number|anrufen|ruf|rufen|erreichbar|erreichen|handy|telefon"
    r"|handynummer|telefonnummer|nummer|appel\w*|rappel\w*|telephone|portable|numero|joindre|joignable)\b)[^\d\[\].!?]{0,25}$"
)
_NOT_A_CUE = re.compile(r"\b(?:huis|meld|zaak|dossier|kamer|lijn|post|code)[a-z]*$")
_THEIRS = re.compile(
    r"\b(?:zijn|z'n|haar|hun|(?:van|bij) (?:de|die|een) (?:dealer|verkoper|runner|man|vrouw|jongen)|dealers?|verkoper|runner"
    r"|his|her|their|dealer's|sein\w{0,2}|ihre?|son|leur|du dealer)\b[^.!?\d]{0,30}$"
)
_MINE = re.compile(r"\b(?:mijn|me|mij|m'n|my|mein\w{0,2}|mich|mir|mon|moi|m)\b[^.!?\d]{0,30}$")


def find_numbers(folded: str, keep: Sequence[Span]) -> Iterator[Span]:
    """Telephone numbers in a folded text outside `keep`; codes and public numbers come as KEEP, a third party's as SEAL."""
    digits = sum(map(folded.count, "0123456789"))
    if digits < _ENOUGH and digits + sum(word in NUMBER_WORDS for word in _WORDS.findall(folded)) < _ENOUGH:
        return
    taken = sorted((span.start, span.end) for span in keep)
    checks = _Checks()
    for run in digit_runs(folded, digit_tokens(folded)):
        for part in _outside(run, taken):
            if sum(len(token.digits) for token in part) >= _ENOUGH:
                yield from _find_in_run(folded, part, checks)


class _Checks:
    """Counts what it asks of the library, so that hostile text cannot make a turn slow."""

    def __init__(self) -> None:
        self._left = _MOST_CHECKS

    def valid(self, digits: str, *, plus: bool) -> bool:
        """Whether these digits are a telephone number, written with or without a plus."""
        if plus:
            return 8 <= len(digits) <= _LONGEST
        if digits.startswith("00"):
            return 10 <= len(digits) <= _LONGEST + 2 and (digits.startswith("0031") or self._ask("+" + digits[2:], None))
        if digits.startswith("06") and len(digits) == 10:
            return True
        if digits.startswith("0"):
            return 9 <= len(digits) <= 13 and any(
                self._ask(digits, region) for region in _REGIONS if len(digits) >= (9 if region == "BE" else 10)
            )
        return 10 <= len(digits) <= 14 and digits.startswith(_COUNTRIES) and self._ask("+" + digits, None)

    def _ask(self, number: str, region: str | None) -> bool:
        if self._left <= 0:
            return True
        self._left -= 1
        try:
            return phonenumbers.is_valid_number(phonenumbers.parse(number, region))
        except phonenumbers.NumberParseException:
            return False


def _outside(run: list[DigitToken], taken: list[tuple[int, int]]) -> Iterator[list[DigitToken]]:
    part: list[DigitToken] = []
    for token in run:
        if any(start < token.end and token.start < end for start, end in taken):
            if part:
                yield part
            part = []
        else:
            part.append(token)
    if part:
        yield part


def _find_in_run(folded: str, run: list[DigitToken], checks: _Checks) -> Iterator[Span]:
    starts = [at for at, token in enumerate(run) if at == 0 or run[at - 1].end != token.start or len(token.digits) > 1]
    ends = {at for at, token in enumerate(run) if at + 1 == len(run) or run[at + 1].start != token.end}
    done = -1
    for first in starts:
        if first <= done:
            continue
        last, verdict = _longest(folded, run, first, ends, checks)
        if last < 0:
            continue
        start = run[first].start
        while start > 0 and folded[start - 1] in "+(":
            start -= 1
        yield Span(start, run[last].end, "number" if verdict is not Verdict.KEEP else "code", verdict)
        done = last


def _longest(
    folded: str, run: list[DigitToken], first: int, ends: set[int], checks: _Checks
) -> tuple[int, Verdict]:
    candidates: list[tuple[int, str]] = []
    digits = ""
    for at in range(first, len(run)):
        digits += run[at].digits
        if len(digits) > _LONGEST + 2:
            break
        if at in ends and len(digits) >= _ENOUGH - 1:
            candidates.append((at, digits))
    if not candidates:
        return -1, Verdict.KEEP
    start = run[first].start
    plus = folded[max(0, start - 2) : start].rstrip("( ").endswith("+") or folded[max(0, start - 5) : start] == "plus "
    for at, digits in reversed(candidates):
        if not plus and (digits in _PUBLIC or _is_code(digits)):
            return at, Verdict.KEEP
    before = folded[max(0, start - 60) : start]
    for at, digits in reversed(candidates):
        if checks.valid(digits, plus=plus):
            return at, _whose(before)
    cue = _CUE.search(before)
    if cue and not _NOT_A_CUE.search(before[: cue.end()].rstrip(" :is")):
        at, digits = next(((at, digits) for at, digits in reversed(candidates) if len(digits) <= _LONGEST), (-1, ""))
        if len(digits) >= _ENOUGH:
            return at, _whose(before)
    return -1, Verdict.KEEP


def _whose(before: str) -> Verdict:
    theirs, mine = _THEIRS.search(before), _MINE.search(before)
    return Verdict.SEAL if theirs and not (mine and mine.start() > theirs.start()) else Verdict.REMOVE


def _is_code(digits: str) -> bool:
    if len(digits) != 12 or digits.startswith("0"):
        return False
    try:
        parse_code(digits)
    except CodeTypo:
        return False
    return True

"""Telephone numbers in digits or in words: valid ones, ones shaped like a mobile number, and whatever follows a cue."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

import phonenumbers

from hotline.anonymity.documents import is_announced
from hotline.anonymity.reading import Reading
from hotline.anonymity.spans import Span, Verdict
from hotline.domain.codes import LENGTH, is_code
from hotline.understanding.numbers import DigitToken

_REGIONS = ("NL", "BE", "DE", "FR")
_COUNTRIES = ("31", "32", "33", "49", "352")
_ENOUGH = 6
_LONGEST = 15
_SLIP = 2
_MOST_CHECKS = 150
"""A text with more candidates than this is not one a person told: from there on, whatever could be a number is one."""

# Numbers of services; whoever says they rang these tells nothing about themselves.
_PUBLIC = frozenset(
    {"09008844", "0343578844", "08007000", "08002000", "09001844", "08008112", "08000113", "0433505111", "14043"}
)
_CUE = re.compile(
    r"\b(?P<cue>bel|bellen|belt|gebeld|terugbellen|telefoon|telefoonnummer|tel|mobiel|mobiele|gsm|nummer|bereikbaar|bereiken"
    r"|whatsapp|app|appen|sms|call|phone|mobile|cell|reach|text|ring|number|anrufen|ruf|rufen|erreichbar|erreichen|handy|telefon"
    r"|handynummer|telefonnummer|nummer|appel\w*|rappel\w*|telephone|portable|numero|joindre|joignable)\b[^\d\[\].!?]{0,25}$"
)
_NEAR_CODE = re.compile(r"\b(?:meld)?codes?\b[^\d\[\].!?]{0,20}$")
_NOT_A_CUE = re.compile(r"\b(?:meld|zaak|dossier|kamer|lijn|code|melding\w*|report|reference)[\s-]?$")
# Only a possessive and a word for a number make a number somebody else's: sealing the reporter's own would hand it on.
_THEIRS = re.compile(
    r"\b(?:(?:zijn|z'n|haar|hun|his|her|their|seine?|son|leur) (?:\w+ )?(?:telefoon\w*|mobiele?|06|gsm|nummer|number|phone|cell"
    r"|handy\w*|telefonnummer|mobilnummer|numero|portable)|(?:nummer|number|numero|telefoon) (?:van|of|von|de|du|vom) (?:de |the |dem |den |la )?"
    r"(?:dealers?|verkopers?|runners?|koeriers?|drugsdealers?|vendeur)|dealer'?s (?:nummer|number))\b[^.!?\d\[\]]{0,20}$"
)
_ORDER = re.compile(
    r"\b(?:bestel\w*|order\w*|dealers?|verkopers?|verkaufers?|vendeurs?|commande\w*|livr\w*|koeriers?|runners?|affiche"
    r"|nummer was|number was|numero a lui|(?:nummer|nommer|nr|06|numero|number) (?:van|vaan|von|of|de|du) (?:die|deze|dem|dee|that|this|ce|cette)"
    r"|(?:appje|appjes|sms|sms'je|berichtje|text|texts|message|rdv)\b.{0,12}\b(?:van|from|von|par)|kaartje met|card with|karte mit|z'n nommer)\b"
    r"[^.!?\d\[\]]{0,45}$"
)
_MINE = re.compile(r"\b(?:mijn|m'n|mn|mij|me|my|mein\w*|mich|mir|mon|moi|m|ik|i|ich|je)\b[^.!?\d]{0,25}$")
_BSN_CUE = re.compile(r"\b(?:bsn|burgerservicenummer|sofinummer|sofi)\b[^\d\[\].!?]{0,25}$")
_MONEY, _UNIT = re.compile(r"[€$£] ?$"), re.compile(r" ?(?:€|euro|gram|kilo|kg|g\b)")
_PLUS = re.compile(r"(?:\(?\+|\bplus )[\s(]{0,2}$")


def find_numbers(reading: Reading, keep: Sequence[Span]) -> Iterator[Span]:
    """Telephone numbers outside `keep`; codes and public numbers come as KEEP, a third party's as SEAL, other long runs as ASK."""
    taken = sorted((span.start, span.end) for span in keep)
    checks = _Checks()
    for run in reading.runs:
        for part in _outside(run, taken):
            if sum(len(token.digits) for token in part) >= _ENOUGH - 1:
                yield from _find_in_run(reading.folded, part, checks)


class _Checks:
    """Counts what it asks of the library, so that hostile text cannot make a turn slow."""

    def __init__(self) -> None:
        self._left = _MOST_CHECKS

    def valid(self, digits: str, *, plus: bool) -> bool:
        """Whether these digits are a telephone number, written with or without a plus."""
        if plus:
            return 8 <= len(digits) <= _LONGEST
        if digits.startswith("00"):
            return 10 <= len(digits) <= _LONGEST + 2 and (
                digits.startswith("0031") or self._ask("+" + digits[2:], None)
            )
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
    at = max(0, bisect_left(taken, (run[0].start, 0)) - 1)
    for token in run:
        while at < len(taken) and taken[at][1] <= token.start:
            at += 1
        if at < len(taken) and taken[at][0] < token.end:
            if part:
                yield part
            part = []
        else:
            part.append(token)
    if part:
        yield part


def _find_in_run(folded: str, run: list[DigitToken], checks: _Checks) -> Iterator[Span]:
    glued = [False, *(one.end == two.start for one, two in pairwise(run))]
    ends = {at for at in range(len(run)) if at + 1 == len(run) or not glued[at + 1]}
    done, found = -1, False
    for first, token in enumerate(run):
        if first <= done or glued[first]:
            continue
        plus = _PLUS.search(folded, max(0, token.start - 8), token.start)
        before = folded[max(0, token.start - 60) : token.start]
        last, verdict = _surely(_candidates(run, first, ends), before, checks, plus=plus is not None)
        if last >= 0:
            found, done = True, last
            kind = "code" if verdict is Verdict.KEEP else "phone"
            if kind == "phone" and len(run) - 1 - last <= _SLIP:
                done = last = len(run) - 1  # a digit said twice, or one too many
            yield Span(plus.start() if plus else token.start, run[last].end, kind, verdict)
    if found:
        return
    start = run[0].start
    before = folded[max(0, start - 60) : start]
    cue = _CUE.search(before)
    if cue and not _NOT_A_CUE.search(before[: cue.start("cue")]):
        for last, digits in reversed(_candidates(run, 0, ends)):
            if _ENOUGH <= len(digits) <= _LONGEST:
                yield Span(start, run[last].end, "phone", _whose(before))
                return
    length = sum(len(token.digits) for token in run)
    is_glued = start > 0 and folded[start - 1].isalpha()
    is_code = length == LENGTH or _NEAR_CODE.search(before)  # also a mistyped one: the line must hear it to say so
    if _BSN_CUE.search(before):
        yield Span(start, run[-1].end, "bsn", Verdict.REMOVE)
    elif is_announced(before):
        yield Span(start, run[-1].end, "document", Verdict.REMOVE)
    elif length > _ENOUGH and not is_code and not is_glued and not _is_amount(folded, run):
        yield Span(start, run[-1].end, "phone", Verdict.ASK)


def _is_amount(folded: str, run: list[DigitToken]) -> bool:
    """Whether these digits are money or a weight."""
    return bool(_MONEY.search(folded, max(0, run[0].start - 3), run[0].start) or _UNIT.match(folded, run[-1].end))


def _candidates(run: list[DigitToken], first: int, ends: set[int]) -> list[tuple[int, str]]:
    """Where a number that begins at `first` can end, with its digits, the shortest first."""
    found: list[tuple[int, str]] = []
    digits = ""
    for at in range(first, len(run)):
        digits += run[at].digits
        if len(digits) > _LONGEST + 2:
            break
        if at in ends and len(digits) >= _ENOUGH - 1:
            found.append((at, digits))
    return found


def _surely(candidates: list[tuple[int, str]], before: str, checks: _Checks, *, plus: bool) -> tuple[int, Verdict]:
    """The end of the longest candidate that is a code, a public number or a valid number; -1 when none is."""
    for at, digits in reversed(candidates):
        if not plus and (digits in _PUBLIC or _is_report_code(digits, before)):
            return at, Verdict.KEEP
    for at, digits in reversed(candidates):
        if checks.valid(digits, plus=plus):
            return at, _whose(before)
    return -1, Verdict.KEEP


def _whose(before: str) -> Verdict:
    theirs = _THEIRS.search(before) or (_ORDER.search(before) and not _MINE.search(before))
    return Verdict.SEAL if theirs else Verdict.REMOVE


def _is_report_code(digits: str, before: str) -> bool:
    """One that begins with 0 can be a telephone number, unless it is called a code."""
    may_be = len(digits) == LENGTH and (not digits.startswith("0") or _NEAR_CODE.search(before) is not None)
    return may_be and is_code(digits)

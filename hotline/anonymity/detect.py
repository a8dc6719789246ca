"""Recognisers for what nobody sent along: numbers, accounts, plates and the simplest self-introductions.

What is protected comes first: a time, a date, a postcode, a report code or a public service's number is never taken for
a telephone number. Everything here works on folded text (see `understanding.folding`) of the same length as the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from stdnum import iban
from stdnum.nl import bsn

from hotline.anonymity.documents import find_documents
from hotline.anonymity.introductions import find_self
from hotline.anonymity.learned import find_tags
from hotline.anonymity.leftovers import find_leftovers
from hotline.anonymity.numbers import find_numbers
from hotline.anonymity.owners import find_owned, give_owners
from hotline.anonymity.plates import find_plates, find_spelled_plates
from hotline.anonymity.reading import Reading
from hotline.anonymity.settling import find_learned
from hotline.anonymity.spans import Span, Verdict, overlaps

_PROTECTED = re.compile(
    r"(?=\d)(?:(?<![\d./-])(?:(?P<date>(?:0?[1-9]|[12]\d|3[01])(?P<sep>[-/. ])(?:0?[1-9]|1[0-2])(?P=sep)(?:19|20)\d\d(?!\d|[-/.]\d)"
    r"|(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?!\d|-\d))"
    r"|(?P<years>(?:19|20)\d\d ?(?:-|tot|t/m) ?(?:19|20)\d\d(?!\w))"
    r"|(?P<time>(?:[01]?\d|2[0-4])(?::[0-5]\d(?!\d)|[.:h ]?(?:[0-5]\d)? ?(?:uur|u|h|uhr|am|pm|heures?)\b)))"
    r"|(?P<postcode>(?<![\w-])(?:6[12]\d\d ?|[1-9]\d{3})[a-z]{2}(?![\w-])))"
)
_EMAIL = re.compile(r"[\w.+%'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_TOP = "nl|be|de|fr|lu|com|net|org|eu|info|nu"
_SPOKEN_END = re.compile(rf"\s(?:punt|dot|point|punkt)\s{{1,3}}(?:{_TOP})\b")
_SPOKEN_EMAIL = re.compile(
    r"(?:(?<![\w.+-])[\w.+-]{1,40}\s{1,3}(?:punt|dot|point|punkt|streepje|underscore)\s{1,3}){0,4}(?<![\w.+-])[\w.+-]{1,40}\s{1,3}"
    r"(?:apenstaartje|apestaartje|apestaart|at|et|arobase|klammeraffe)\s{1,3}(?:[\w-]{1,40}\s{1,3}){1,2}"
    rf"(?:punt|dot|point|punkt)\s{{1,3}}(?:{_TOP})\b"
)
_HANDLE = re.compile(r"(?<![\w.@])@\w[\w.]{1,38}\w")
_UNDERSCORED = re.compile(r"(?<![\w@.:/\[-])(?=\w*[a-z])[^\W_]+(?:[_.][^\W_]+)*_[\w.]*\w(?![\w@/:\]-])")
_MINE = re.compile(
    r"\W{0,3}(?:(?:dat )?ben ik|bin ich|is me|that'?s me|c'?est moi|is (?:mijn|van mij|mine)|(?:ist|est) (?:meins|a moi))\b"
)
_OWN_HANDLE = re.compile(
    r"\b(?:mijn|m'n|mien|onze|my|our|mein\w{0,2}|unser\w{0,2}|mon|notre) (?:\w+ )?"
    r"(?:account|insta\w*|snap\w*|telegram|tiktok|facebook|twitter|signal|naam|profiel|profile?|handle|compte|konto|nom)\b"
    r"[^.!?]{0,30}$|\b(?:ik ben|i am|i'm|ich bin|je suis|find me|volg mij|volg me|vind je mij|te vinden|bereikbaar|app me|contact me|mon pseudo|zelf"
    r"|(?:mij|me|mich) (?:een |a |eine )?(?:dm|pm|bericht|message|nachricht))\b[^.!?]{0,40}$"
)
_IBAN_START = re.compile(r"(?<![^\W_])[a-z]{2} ?\d\d(?= ?[a-z0-9])")
_IBAN_LENGTHS = {
    "nl": 18, "be": 16, "de": 22, "fr": 27, "lu": 20, "gb": 22, "es": 24, "it": 27, "pl": 28, "pt": 25, "at": 20, "ch": 21,
    "ie": 22, "ro": 24, "bg": 22, "tr": 26, "lt": 20, "cz": 24, "hu": 28, "gr": 27, "ma": 28,
}  # fmt: skip
_BSN = re.compile(r"(?<![\w-])(?:\d{9}|\d{4}[. ]\d{2}[. ]\d{3})(?![\w-])")
_ANY_IBAN = re.compile(
    r"(?<!\w)(?:be\d\d(?: ?\d{4}){3}|de\d\d(?: ?\d{4}){4} ?\d\d|lu\d\d(?: ?\d{4}){4}|fr\d\d(?: ?\w{4}){5} ?\w{3})(?!\w)"
)
_EXTENSION = re.compile(r"\b(?:toestel(?:nummer)?|doorkiesnummer|extension|ext|poste|durchwahl)\W{1,3}(\d{3,5})(?!\d)")
_SHORTEST_EXTENSION, _SHORTEST_ACCOUNT = 3, 5
"""The fewest digits of each; an account of Luxembourg may be letters but for its check digits and its bank."""
_BSN_CUE = re.compile(r"\b(?:bsn|burgerservicenummer|sofinummer|sofi)\b[^\d\[\]]{0,25}(\d(?:[ .]?\d){7,8})(?!\d)")


def find_identifiers(reading: Reading, known: Sequence[Span] = ()) -> Iterator[Span]:
    """Everything recognised in a text beside what is `known`; spans may overlap, and the strictest verdict wins."""
    text, folded = reading.text, reading.folded
    found: list[Span] = []
    if "@" in folded:
        found += _find_at(folded)
    if "_" in folded:
        found += (_give_handle(folded, match) for match in _UNDERSCORED.finditer(folded))
    if _SPOKEN_END.search(folded):
        for match in _SPOKEN_EMAIL.finditer(folded):
            found.append(Span(match.start(), match.end(), "email", Verdict.REMOVE))
    keep: list[Span] = []
    if reading.digits:
        for match in _PROTECTED.finditer(folded):
            keep.append(Span(match.start(), match.end(), "protected", Verdict.KEEP))
        keep += find_documents(folded)
        keep += _find_accounts(folded, reading.digits)
        keep += find_plates(text, folded, keep)
    found += keep
    found += find_spelled_plates(reading.tokens.utterance)
    found += find_numbers(reading, keep)
    tags = find_tags(reading.tokens)
    found = give_owners(reading.tokens, found)
    found += find_owned(reading.tokens, tags, [*known, *found])
    found += find_self(folded, reading.digits)
    found += find_learned(reading.tokens, tags, [*known, *found])
    yield from found
    yield from (one for one in find_leftovers(reading) if not overlaps(one.start, one.end, found))


def _find_at(folded: str) -> Iterator[Span]:
    for match in _EMAIL.finditer(folded):
        yield Span(match.start(), match.end(), "email", Verdict.REMOVE)
    for match in _HANDLE.finditer(folded):
        yield _give_handle(folded, match)


def _give_handle(folded: str, match: re.Match[str]) -> Span:
    own = _OWN_HANDLE.search(folded, max(0, match.start() - 60), match.start()) or _MINE.match(folded, match.end())
    return Span(*match.span(), "handle", Verdict.REMOVE if own else Verdict.SEAL)


def _find_accounts(folded: str, digits: int) -> Iterator[Span]:
    """Accounts, extensions and citizens' numbers in a text of so many digits."""
    for match in _EXTENSION.finditer(folded) if digits >= _SHORTEST_EXTENSION else ():
        yield Span(*match.span(1), "phone", Verdict.REMOVE)
    if digits < _SHORTEST_ACCOUNT:
        return
    for match in _IBAN_START.finditer(folded):
        end = _end_of_iban(folded, match.start())
        if end:
            yield Span(match.start(), end, "iban", Verdict.REMOVE)
    for match in _ANY_IBAN.finditer(folded):
        yield Span(match.start(), match.end(), "iban", Verdict.REMOVE)
    for match in _BSN.finditer(folded):
        if bsn.is_valid(match.group()):
            yield Span(match.start(), match.end(), "bsn", Verdict.REMOVE)
    for match in _BSN_CUE.finditer(folded):
        yield Span(match.start(1), match.end(1), "bsn", Verdict.REMOVE)


def _end_of_iban(folded: str, start: int) -> int:
    """Where the account number that begins at `start` ends, 0 when it is none; a Dutch one counts even when mistyped."""
    length = _IBAN_LENGTHS.get(folded[start : start + 2], 0)
    bare, end = "", start
    while end < len(folded) and len(bare) < length:
        if folded[end].isascii() and folded[end].isalnum():
            bare += folded[end]
        elif folded[end] not in " .-" or end - start > 2 * length:
            return 0
        end += 1
    if not bare or len(bare) < length:
        return 0
    dutch = bare.startswith("nl") and bare[4:8].isalpha() and bare[8:].isdigit()
    return end if dutch or iban.is_valid(bare) else 0

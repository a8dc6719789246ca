"""Digits as people write and say them: 6211, zes twee elf, soixante-douze, double five."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from hotline.understanding.folding import fold


class DigitToken(NamedTuple):
    """One or two digits, and where in the text they stand."""

    digits: str
    start: int
    end: int


_UNITS = {
    "nl": "nul een twee drie vier vijf zes zeven acht negen",
    "en": "zero one two three four five six seven eight nine",
    "de": "null eins zwei drei vier funf sechs sieben acht neun",
    "fr": "zero un deux trois quatre cinq six sept huit neuf",
    "li": "nul ein twie drei veer vief zes zeve ach nege",
    "mt": "nol ein twie drie veer vief zes zeuve acht neuge",
}
"""With Limburgish as it is spelled around Maastricht, in two ways."""

_TEENS = {
    "nl": "tien elf twaalf dertien veertien vijftien zestien zeventien achttien negentien",
    "en": "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen",
    "de": "zehn elf zwolf dreizehn vierzehn funfzehn sechzehn siebzehn achtzehn neunzehn",
    "fr": "dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf",
    "li": "tien elf twelf dertieng veertieng vieftieng zestieng zeventieng achtieng negentieng",
    "mt": "tieng ellef twellef derteen veerteen vieftien zesteen zeveteen achteen neugetieng",
}
_TENS = {
    "nl": "twintig dertig veertig vijftig zestig zeventig tachtig negentig",
    "en": "twenty thirty forty fifty sixty seventy eighty ninety",
    "de": "zwanzig dreissig vierzig funfzig sechzig siebzig achtzig neunzig",
    "fr": "vingt trente quarante cinquante soixante",
    "li": "twintig dertig veertig vieftig zestig zeventig tachentig negentig",
    "mt": "twintig daartig veertig vijftig zestig zeveteg tachtig neugetig",
}
_GERMANIC = {"nl": "en", "de": "und", "li": "en", "mt": "en"}
"""What stands between the units and the tens that follow them."""

_ALSO = {
    "oh": "0", "o": "0", "noppes": "0", "ein": "1", "zwo": "2", "une": "1", "fuenf": "5", "zwoelf": "12",
    "dreisig": "30", "fuenfzig": "50", "fuenfzehn": "15", "septante": "70", "huitante": "80", "octante": "80", "nonante": "90",
    "tieen": "10", "achtien": "18", "zevetieng": "17",
}  # fmt: skip


def _build() -> dict[str, str]:
    """Every way to say 0 to 99; the parts of one number joined by single spaces."""
    said: dict[str, str] = {}
    for language, row in _UNITS.items():
        units, teens, tens = row.split(), _TEENS[language].split(), _TENS[language].split()
        said.update({word.replace("-", " "): str(value) for value, word in enumerate(units)})
        said.update({word.replace("-", " "): str(10 + at) for at, word in enumerate(teens)})
        for at, ten in enumerate(tens):
            said[ten] = str((at + 2) * 10)
            for value, unit in enumerate(units[1:], start=1):
                number = str((at + 2) * 10 + value)
                if link := _GERMANIC.get(language):
                    stem = "ein" if unit == "eins" else unit
                    said.update({f"{stem}{link}{ten}": number, f"{stem} {link} {ten}": number})
                else:
                    said.update({f"{ten} {unit}": number, f"{ten} et {unit}": number, f"{ten}{unit}": number})
    french = {word.replace("-", " "): value for value, word in enumerate(_TEENS["fr"].split(), start=10)}
    french |= {word: value for value, word in enumerate(_UNITS["fr"].split())}
    for word, value in french.items():
        if value >= 10:
            said[f"soixante {word}"] = str(60 + value)
            said[f"soixante et {word}"] = str(60 + value)
        if value >= 1:
            said[f"quatre vingt {word}"] = str(80 + value)
    said |= {"quatre vingt": "80", "quatre vingts": "80"}
    return said | _ALSO


SAID = _build()
FIRST_WORDS = frozenset(said.split(" ", 1)[0] for said in SAID if " " in said)
_TWICE = {"dubbel": 2, "dubbele": 2, "double": 2, "doppel": 2, "driedubbel": 3, "triple": 3, "dreifach": 3}
NUMBER_WORDS = frozenset(said for said in SAID if " " not in said) | frozenset(_TWICE)
_WANTED = NUMBER_WORDS | frozenset(word for said in SAID for word in said.split(" ")) | frozenset("0123456789")
_TOKEN = re.compile(r"[0-9]|[^\W\d_]+")
_BETWEEN = re.compile(r"[^\w\[\]]{0,6}")


def digit_tokens(folded: str, *, joined: bool = True) -> list[DigitToken]:
    """The digits in a folded text, in order; with `joined`, `soixante douze` is 72 and not 60 12."""
    spans = [(word, *match.span()) for match in _TOKEN.finditer(folded) if (word := match.group()) in _WANTED]
    tokens: list[DigitToken] = []
    at = 0
    while at < len(spans):
        word, start, end = spans[at]
        at += 1
        if word.isdigit():
            tokens.append(DigitToken(word, start, end))
            continue
        if word in _TWICE:
            following = at < len(spans) and _adjacent(folded, spans[at - 1 : at + 1])
            if following and len(digit := _value(spans[at][0])) == 1:
                tokens.append(DigitToken(digit * _TWICE[word], start, spans[at][2]))
                at += 1
            continue
        digits = SAID.get(word, "")
        if joined and word in FIRST_WORDS:
            for length in (4, 3, 2):
                several = spans[at - 1 : at - 1 + length]
                phrase = " ".join(span[0] for span in several)
                if len(several) == length and phrase in SAID and _adjacent(folded, several):
                    digits, end, at = SAID[phrase], several[-1][2], at - 1 + length
                    break
        if digits:
            tokens.append(DigitToken(digits, start, end))
    return tokens


def digit_runs(folded: str, tokens: list[DigitToken]) -> Iterator[list[DigitToken]]:
    """The tokens in runs with nothing but blanks and punctuation between them."""
    run: list[DigitToken] = []
    for token in tokens:
        if run and not _BETWEEN.fullmatch(folded, run[-1].end, token.start):
            yield run
            run = []
        run.append(token)
    if run:
        yield run


def spoken_digits(text: str) -> str:
    """The longest run of digits that `text` writes or says, `""` when there is none: `zes twee elf` is `6211`."""
    folded = fold(text[:2000])
    runs = ["".join(token.digits for token in run) for run in digit_runs(folded, digit_tokens(folded))]
    return max(runs, key=len, default="")


def _value(word: str) -> str:
    return word if word.isdigit() else SAID.get(word, "")


def _adjacent(folded: str, several: list[tuple[str, int, int]]) -> bool:
    return all(folded[one[2] : two[1]] in (" ", "-") for one, two in pairwise(several))

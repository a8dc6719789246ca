"""Times told to the minute, and dates: what stands between a text and "some evening"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from hotline.domain.dayparts import part_of_hour
from hotline.understanding.folding import fold

_WORDS = {
    "nl": {"night": "in de nacht", "morning": "in de ochtend", "afternoon": "in de middag", "evening": "in de avond"},
    "en": {
        "night": "at night",
        "morning": "in the morning",
        "afternoon": "in the afternoon",
        "evening": "in the evening",
    },
    "de": {"night": "in der Nacht", "morning": "am Morgen", "afternoon": "am Nachmittag", "evening": "am Abend"},
    "fr": {"night": "la nuit", "morning": "le matin", "afternoon": "l'après-midi", "evening": "le soir"},
}
_SOMETIME = {
    "nl": "op een bepaald moment",
    "en": "at some moment",
    "de": "irgendwann",
    "fr": "à un moment",
}
_SOME_DAY = {"nl": "op een dag", "en": "one day", "de": "an einem Tag", "fr": "un jour"}
_BEFORE = {
    **dict.fromkeys(["om", "rond", "omstreeks", "vanaf", "na", "tegen", "tot", "sinds"], "nl"),
    **dict.fromkeys(["at", "around", "about", "after", "before", "until", "since"], "en"),
    **dict.fromkeys(["um", "gegen", "ab", "nach", "seit"], "de"),
    **dict.fromkeys(["a", "vers", "apres", "depuis"], "fr"),
}
_PREP = rf"(?:(?P<prep>{'|'.join(_BEFORE)}) )?(?:(?:precies|exact|exactly|genau|exactement) )?"
_WRITTEN = re.compile(
    rf"(?<![\w:.,]){_PREP}(?P<hour>[01]?\d|2[0-4]) ?(?P<sign>[:.uh]) ?(?P<minute>[0-5]\d)"
    r"(?P<unit> ?(?:uur|uhr|u|h|[ap]\.?m)\b\.?)?(?![\d:-]|\.\d)"
)
_NL = "een|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf"
_EN = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_DE = "eins?|zwei|drei|vier|funf|sechs|sieben|acht|neun|zehn|elf|zwolf"
_FR = "une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|midi|minuit"
_NO_AMOUNT = r"(?! (?:euro|stuks?|keer|times|mal|fois|mensen|jongens|people))"
_SAID = (
    (
        "nl",
        rf"(?:kwart|vijf|tien|twintig|\d{{1,2}}|[a-z]+(?= minu)) (?:minuu?te?n? )?(?:voor|over) (?:half )?(?:{_NL}|\d{{1,2}})",
    ),
    ("nl", rf"(?:{_NL}|\d{{1,2}}) uur (?:\d{{1,2}}|[a-z]*(?:twintig|dertig|veertig|vijftig))"),
    (
        "en",
        rf"(?:(?:a )?quarter|five|ten|twenty(?:-five)?|\d{{1,2}}|[a-z-]+(?= minu)) (?:minutes? )?(?:to|past) (?:{_EN}|\d{{1,2}})",
    ),
    (
        "de",
        rf"(?:viertel|funf|zehn|zwanzig|\d{{1,2}}|[a-z]+(?= minu)) (?:minuten? )?(?:vor|nach) (?:halb )?(?:{_DE}|\d{{1,2}})",
    ),
    ("de", rf"dreiviertel (?:{_DE}|\d{{1,2}})"),
    (
        "fr",
        rf"(?:{_FR}|\d{{1,2}})(?: heures?)? (?:et quart|moins (?:le quart|cinq|dix|vingt)|(?:cinq|dix|vingt|trente|quarante|cinquante)[a-z-]*(?= )?)",
    ),
)
_SAID_ALL = tuple(
    (language, re.compile(rf"(?<!\w){_PREP}{pattern}(?!\w){_NO_AMOUNT}(?: (?:uur|uhr|h|heures))?"))
    for language, pattern in _SAID
)
_MONTHS = (
    "jan(?:uari|uary|uar|vier)?|feb(?:ruari|ruary|ruar)?|fevrier|maart|march|marz|mars|april|avril|mei|may|mai|juni?e?|juin|july?|juli"
    "|juillet|aug(?:ustus|ust)?|aout|sep(?:t(?:ember|embre)?)?|o[ck]t(?:ober|obre)?|nov(?:ember|embre)?|de[cz](?:ember|embre)?"
)
_DATE = re.compile(
    rf"(?<![\w:.,-])(?:(?:op|on|am|le) )?(?:\d{{1,2}}(?:e|ste|de|th|st|nd|rd|\.|er)? (?:{_MONTHS})(?: \d{{4}})?"
    r"|\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)?\d\d)(?![\w-])"
)


class Exact(NamedTuple):
    """`text[start:end]` tells a time to the minute, or a date (`is_date`); `instead` is what may stand there."""

    start: int
    end: int
    instead: str
    is_date: bool = False


def find_minutes(text: str, part: str | None = None) -> Iterator[Exact]:
    """Times to the minute, in order; whole and half hours are estimates and stay.

    `part` is the part of day that the report names: it decides where a time of twelve hours does not.
    """
    folded = fold(text)
    found = [*_find_written(folded, part), *_find_said(folded, part)]
    end = 0
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if one.start >= end:
            end = one.end
            yield one


def find_dates(text: str) -> Iterator[Exact]:
    """Dates with a month's name or a year."""
    for match in _DATE.finditer(fold(text)):
        language = next(
            (name for name, words in (("en", "on "), ("de", "am "), ("fr", "le ")) if match[0].startswith(words)), "nl"
        )
        yield Exact(match.start(), match.end(), _SOME_DAY[language], is_date=True)


def _find_written(folded: str, part: str | None) -> Iterator[Exact]:
    for match in _WRITTEN.finditer(folded):
        if match["sign"] == "." and not match["prep"] and not match["unit"]:
            continue  # 3.50 is an amount
        if int(match["minute"]) % 30 == 0:
            continue
        hour, unit = int(match["hour"]), (match["unit"] or "").strip().replace(".", "")
        if unit in ("am", "pm"):
            hour, sure = hour % 12 + 12 * (unit == "pm"), True
        else:
            sure = hour > 12 or hour == 0 or match["hour"].startswith("0")
        language = _BEFORE.get(match["prep"] or "", "de" if unit == "uhr" else "en" if unit in ("am", "pm") else "nl")
        told = part_of_hour(hour % 24) if sure else part
        yield Exact(match.start(), match.end(), _say(told, language))


def _find_said(folded: str, part: str | None) -> Iterator[Exact]:
    for language, pattern in _SAID_ALL:
        for match in pattern.finditer(folded):
            yield Exact(match.start(), match.end(), _say(part, language))


def _say(part: str | None, language: str) -> str:
    return _WORDS[language].get(part or "", _SOMETIME[language])

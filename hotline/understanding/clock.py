"""A time of the clock as it is said or written: half tien, kwart voor acht, halb zehn, 22u, neuf heures et demie."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import time
from typing import NamedTuple

from hotline.understanding.counting import ONE, read_number
from hotline.understanding.folding import word_set
from hotline.understanding.utterance import STOPS, Utterance


class _Clock(NamedTuple):
    """`sure` is True where the hour is one of 24, and False where it may be before or after noon."""

    hour: int
    minute: int
    sure: bool


_WRITTEN = re.compile(
    r"(?<![\w:.,])(?P<hour>[01]?\d|2[0-4]) ?(?:(?P<sign>[:.uh]) ?(?P<minute>[0-5]\d)(?![\d.:-])|(?P<whole>u|h)\b)"
)
_HALF_DAY = re.compile(r"(?<![\w:.,])(?P<hour>1[0-2]|\d)(?:[:.](?P<minute>[0-5]\d))? ?(?P<half>[ap])\.?m\b")
_HOURS = word_set("uur ure oer uhr heures heure oclock h u")
# Before a bare number these words make it a time of the clock, and not an amount; before "uur" some more do.
_AT = word_set(
    "om rond vanaf na tegen tot omstreeks sinds around at after until till since by um gegen ab vers apres rondom"
    " circa ongeveer about approximately ungefahr environ"
)
_AT_HOUR = _AT | word_set("from nach a n zo van of bie")
_PARTS = word_set(
    "s in du morgens abends nachts nachmittags vormittags am de vanavond vanmiddag vannacht vanochtend avonds nachts"
    " middags ochtends smorgens snachts savonds"
)
_CLOCK_WORDS = word_set(
    "half halb halve kwart quarter viertel dreiviertel midi minuit middernacht mitternacht midnight"
)
_RANGE = frozenset(("tussen", "between", "zwischen", "entre"))
_QUARTERS = frozenset(("kwart", "quarter", "viertel"))
_TO = word_set("voor veur to vor before")
_PAST = word_set("over past nach after euver")
_MINUTES = word_set("minuten minuut minutes minute min")
_NO_CLOCK = word_set("geleden ago lang long per durend")
_NOON_PARTS = {"morning": range(0), "afternoon": range(7), "evening": range(5, 12), "night": range(8, 12)}
"""The hours on the face of a clock that are after noon in each part of the day."""


def find_time(utterance: Utterance, part: str | None, *, habit: bool, now: time | None) -> str | None:
    """`HH:MM` on the clock of 24 hours, None where no exact time is told.

    `part` of the day decides between before and after noon. Where none is told, it is the last such time before `now`
    (the time in Maastricht); for a habit, or without `now`, it is the one after noon.
    """
    if not _RANGE.isdisjoint(utterance.words):
        return None
    clock = _find_written(utterance.folded) or _find_said(utterance)
    if clock is None:
        return None
    hour = clock.hour
    if not clock.sure and hour <= 12:
        hour = _choose_half(hour, clock.minute, part, None if habit else now)
    return f"{hour % 24:02d}:{clock.minute:02d}"


def _choose_half(hour: int, minute: int, part: str | None, now: time | None) -> int:
    hour %= 12
    if part is not None:
        return hour + 12 if hour in _NOON_PARTS[part] else hour
    if now is not None:
        afternoon = (now.hour, now.minute) >= (hour + 12, minute) or (now.hour, now.minute) < (hour, minute)
        return hour + 12 if afternoon else hour
    return hour + 12


def _find_written(folded: str) -> _Clock | None:
    for match in _HALF_DAY.finditer(folded):
        return _Clock(int(match["hour"]) % 12 + 12 * (match["half"] == "p"), int(match["minute"] or 0), True)
    for match in _WRITTEN.finditer(folded):
        if match["sign"] == "." and not folded[match.end() :].lstrip().startswith(("u", "uhr", "h")):
            continue  # 3.50 is an amount
        hour, minute = int(match["hour"]), int(match["minute"] or 0)
        return _Clock(hour % 24, minute, sure=hour > 12 or hour == 0 or match["hour"].startswith("0"))
    return None


def _find_said(utterance: Utterance) -> _Clock | None:
    words, numbers = utterance.words, utterance.numbers
    starts = sorted({*numbers, *(at for at, word in enumerate(words) if word in _CLOCK_WORDS)})
    for at in starts:
        word, clock = words[at], None
        if word in ("half", "halb", "halve"):
            clock = _read_half(words, at)
        elif word in _QUARTERS:
            clock = _read_turned(words, at + 1, 15)
        elif word in ("midi", "minuit", "middernacht", "mitternacht", "midnight"):
            return _Clock(12 if word == "midi" else 0, 0, sure=True)
        elif word == "dreiviertel" and (hour := _read_hour(words, at + 1)):
            clock = _Clock(hour[0] - 1, 45, sure=False)
        else:
            number = numbers.get(at)
            if number is not None:
                clock = _read_minutes(words, *number) or _read_whole(words, at, *number)
        if clock is not None:
            return clock
    return None


def _read_hour(words: Sequence[str], at: int) -> tuple[int, int] | None:
    number = read_number(words, at)
    return number if number and number[0] <= 24 else None


def _read_half(words: Sequence[str], at: int) -> _Clock | None:
    """`half tien` is 9:30, and so is `half past nine`; the English `half ten` is read as the Dutch say it."""
    if words[at + 1 : at + 2] == ["past"]:
        hour = _read_hour(words, at + 2)
        return _Clock(hour[0], 30, sure=False) if hour else None
    hour = _read_hour(words, at + 1)
    if hour is None or hour[0] > 12 or (words[hour[1] : hour[1] + 1] in (["jaar"], ["uur"], ["jahr"]) and hour[0] == 1):
        return None
    return _Clock(hour[0] - 1, 30, sure=False)


def _read_turned(words: Sequence[str], at: int, minutes: int) -> _Clock | None:
    """`kwart voor acht`, `tien over half negen`: minutes before or after an hour or a half."""
    if at + 1 >= len(words) or words[at] not in _TO | _PAST:
        return None
    sign = -1 if words[at] in _TO else 1
    base = 0
    if words[at + 1] in ("half", "halb"):
        at, base = at + 1, -30
    hour = _read_hour(words, at + 1)
    if hour is None or hour[0] > 12:
        return None
    total = (hour[0] * 60 + base + sign * minutes) % (12 * 60)
    return _Clock(total // 60 or 12, total % 60, sure=False)


def _read_minutes(words: Sequence[str], number: int, after: int) -> _Clock | None:
    if number >= 30:
        return None
    if words[after : after + 1] and words[after] in _MINUTES:
        after += 1
    return _read_turned(words, after, number)


def _read_whole(words: Sequence[str], at: int, hour: int, after: int) -> _Clock | None:
    """`tien uur`, `neuf heures et demie`, `um zehn`, `at ten in the evening`, `ten o'clock`, `een uur of tien`."""
    if hour > 24:
        return None
    following = words[after] if after < len(words) else "."
    before = words[at - 1] if at else ""
    if following == "o" and words[after + 1 : after + 2] == ["clock"]:
        return _Clock(hour % 24, 0, sure=hour > 12)
    if following in _HOURS:
        return _read_after_hour(words, at, hour, after + 1)
    told_apart = following in STOPS or following in _PARTS
    if before == "of" and words[max(0, at - 2) : at - 1] == ["uur"]:
        return _Clock(hour % 24, 0, sure=hour > 12)
    if before in _AT and told_apart and words[at] not in ONE:
        return _Clock(hour % 24, 0, sure=hour > 12)
    return None


def _read_after_hour(words: Sequence[str], at: int, hour: int, after: int) -> _Clock | None:
    """After `negen uur`: the minutes, and whether it is a time at all or an amount of hours (`twee uur geleden`)."""
    following = words[after] if after < len(words) else "."
    if following in _NO_CLOCK or (words[at] in ONE and words[after - 1] == "uur" and following in ("of", "per")):
        return None
    if following == "et" and words[after + 1 : after + 2] in (["demie"], ["demi"], ["quart"]):
        return _Clock(hour % 24, 15 if words[after + 1] == "quart" else 30, sure=hour > 12)
    if following == "moins":
        skip = after + 1 + (words[after + 1 : after + 2] == ["le"])
        less = 15 if words[skip : skip + 1] == ["quart"] else (read_number(words, skip) or (0, 0))[0]
        return _Clock((hour - 1) % 24, 60 - less, sure=hour > 12) if 0 < less < 60 else None
    minutes = read_number(words, after)
    if minutes and minutes[0] < 60:
        return _Clock(hour % 24, minutes[0], sure=hour > 12)
    before = words[at - 1] if at else ""
    if before in _AT_HOUR or following in _PARTS or hour > 12 or len(words) <= 3:
        return _Clock(hour % 24, 0, sure=hour > 12)
    return None

"""Everything that the flow may want to know of one utterance, by name."""

from __future__ import annotations

import re
from datetime import datetime

from hotline.domain.dayparts import MAASTRICHT, part_of_hour
from hotline.understanding import (
    care,
    clock,
    danger,
    facts,
    habits,
    languages,
    location,
    people,
    plates,
    spots,
    subject,
    times,
)
from hotline.understanding.numbers import NUMBER_WORDS, spoken_digits
from hotline.understanding.phrases import Hits, Phrasebook
from hotline.understanding.places import Gazetteer
from hotline.understanding.utterance import Utterance
from hotline.understanding.yes_no import yes_no

LONGEST = 2_000
"""Characters that are read; what a person says beyond it is kept by the house, but no longer understood."""

_POSTCODE = re.compile(r"62(?:1[1-9]|2[0-9])")
_DIGIT = re.compile(r"[0-9]")
_BOOK = Phrasebook(
    *(part.WORDS for part in (danger, times, habits, facts, people, spots, subject, care, location)),
)


def understand(text: str, lang: str, gazetteer: Gazetteer, at: datetime | None = None) -> dict[str, str]:
    """What `text` means: only the keys that were found. `at` is the aware moment of the turn; nothing here reads a clock.

    | key | values |
    |---|---|
    | `language` | `nl`, `en`, `de`, `fr`: the text is clearly in it, or asks for it |
    | `yes_no`, `danger`, `now`, `weapon`, `children` | `yes`, `no` |
    | `fire`, `ill`, `leak`, `integrity`, `outside`, `unsure_place` | `yes` |
    | `place`, `neighbourhood` | a name; `outside`: not in Maastricht; `unsure_place`: ask for the neighbourhood |
    | `digits`, `postcode` | three or more in a row; 6211 to 6229 |
    | `category`, `subtype` | of `domain.report` and `domain.md` §1.5, where clear |
    | `when`, `part_of_day`, `time` | `today`, `week`, `longer`; as `domain.dayparts`; `HH:MM` |
    | `often`, `lasting` | `daily`, `weekly`, `sometimes`, `once`; `days`, `weeks`, `months` |
    | `count`, `source`, `spot` | of people `1`, `2-4`, `5-10`, `>10`; `self`, `heard`; the kind of place |
    | `plate`, `care` | `AE-12-OU`; `suicide`, `child`, `user` |
    """
    utterance = Utterance(text[:LONGEST])
    words = utterance.words
    if not words:
        return {}
    language = languages.find_language(utterance)
    hits = _BOOK.spot(words, language or lang)
    found = {
        "language": language,
        "yes_no": yes_no(utterance.text, language or lang),
        "danger": danger.find_danger(words, hits),
        "plate": plates.find_plate(utterance),
        "count": people.find_count(utterance, hits),
        "source": facts.find_source(hits),
        "spot": spots.find_spot(words, hits),
        "care": care.find_care(words, hits),
        "integrity": care.find_integrity(hits),
        "weapon": facts.find_truth("weapon", words, hits),
        "children": facts.find_truth("children", words, hits),
    }
    for fact in ("fire", "ill", "leak"):
        found[fact] = "yes" if facts.find_truth(fact, words, hits) == "yes" else None
    found["category"], found["subtype"] = subject.find_subject(hits) or (None, None)
    found |= _read_times(utterance, hits, at)
    found |= location.find_location(utterance, hits, gazetteer, language or lang)
    found |= _read_digits(utterance)
    return {name: value for name, value in found.items() if value}


def _read_times(utterance: Utterance, hits: Hits, at: datetime | None) -> dict[str, str | None]:
    local = at.astimezone(MAASTRICHT) if at else None
    words = utterance.words
    often = habits.find_often(hits)
    when = times.find_when(words, hits, often, local.date() if local else None)
    part = times.find_part_of_day(hits)
    habit = often is not None or when in ("week", "longer")
    time = clock.find_time(utterance, part, habit=habit, now=local.time() if local else None)
    if time and part is None:
        part = part_of_hour(int(time[:2]))
    return {
        "when": when,
        "now": times.find_now(words, hits, when, often),
        "often": often,
        "lasting": habits.find_lasting(words),
        "part_of_day": part,
        "time": time,
    }


def _read_digits(utterance: Utterance) -> dict[str, str]:
    words = utterance.words
    if not _DIGIT.search(utterance.folded) and NUMBER_WORDS.isdisjoint(words) and not utterance.numbers:
        return {}
    digits = spoken_digits(utterance.text)
    found = {"digits": digits} if len(digits) >= 3 else {}
    if _POSTCODE.fullmatch(digits):
        return found | {"postcode": digits}
    # "zesduizend tweehonderdelf"
    spoken = next((str(value) for value, _ in utterance.numbers.values() if _POSTCODE.fullmatch(str(value))), None)
    return found | ({"digits": spoken, "postcode": spoken} if spoken and len(digits) < 3 else {})

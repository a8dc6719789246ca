"""A day as people write it, in the languages of the line."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

_MONTHS: Mapping[str, str] = {
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
}


def say_day(day: date, language: str) -> str:
    """`24 december`, `24. Dezember`; Dutch for a language that is not there."""
    month = _MONTHS.get(language, _MONTHS["nl"]).split()[day.month - 1]
    return f"{day.day}{'.' if language == 'de' else ''} {month}"

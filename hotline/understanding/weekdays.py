"""The days of the week in four languages, to make phrases with."""

from __future__ import annotations

_DAYS = {
    "nl": ["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"],
    "en": ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"],
    "de": ["montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag", "sonnabend"],
    "fr": ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"],
}


def with_days(language: str, *forms: str) -> str:
    """The forms ("elke {}") for every day of the week, between commas."""
    return ", ".join(form.format(day) for form in forms for day in _DAYS[language])

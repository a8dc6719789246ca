"""The Dutch words of the partner's pages."""

from __future__ import annotations

from datetime import date, datetime

from hotline.domain.dayparts import MAASTRICHT
from hotline.domain.versions import ANSWERS

OURS = {name: ours for ours, (name, _) in ANSWERS.items()}
"""The partner's name of an answer → the desk's, which has Dutch words, and so have its values."""

STAGES = {
    "sent": "Nieuw",
    "assessed": "Beoordeeld",
    "picked_up": "Opgepakt",
    "answered": "Beantwoord",
    "closed": "Afgesloten",
    "returned": "Teruggegeven",
}
FEEDBACK = {
    "draft": "De meldkamer leest uw zin.",
    "approved": "Goedgekeurd. De melder kan uw zin horen.",
    "refused": "Niet goedgekeurd. Schrijf een andere zin, zonder namen of adressen.",
}
QUESTIONS = {
    "draft": "De meldkamer leest uw vraag.",
    "asked": "Gevraagd. De melder hoort uw vraag bij het volgende contact.",
    "answered": "Beantwoord",
    "refused": "Niet gevraagd. Stel een algemenere vraag, zonder tijden, plekken of namen.",
    "withheld": "Er is geen antwoord dat wij kunnen doorgeven.",
}
_MONTHS = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_DAYS = ("ma", "di", "wo", "do", "vr", "za", "zo")


def say_answer_name(name: str) -> str:
    """The desk's name of a partner's answer."""
    return OURS.get(name, name)


def say_hour(moment: datetime) -> str:
    """`ma 23 nov, 04:00`, in Maastricht."""
    local = moment.astimezone(MAASTRICHT)
    return f"{_DAYS[local.weekday()]} {local.day} {_MONTHS[local.month - 1]}, {local:%H:%M}"


def say_week(monday: date) -> str:
    """`week 48`."""
    return f"week {monday.isocalendar().week}"


def say_day(day: str) -> str:
    """`ma 23 nov 2026` of a day in ISO form."""
    found = date.fromisoformat(day)
    return f"{_DAYS[found.weekday()]} {found.day} {_MONTHS[found.month - 1]} {found.year}"


def say_released(text: str) -> str:
    """The release's rounded time as a version carries it, in the same words; empty where there is none."""
    return say_hour(datetime.fromisoformat(text)) if text else ""

"""What makes a report: its categories, when it exists, when it is complete, how urgent it is."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

Answers = Mapping[str, str]


class Category(StrEnum):
    """The eight names of `interfaces.md`."""

    DEALING = "dealing"
    PREMISES = "premises"
    PRODUCTION = "production"
    WASTE = "waste"
    USERS = "users"
    COFFEESHOP = "coffeeshop"
    THREAT = "threat"
    OTHER = "other"


class Priority(StrEnum):
    """P0 danger now · P1 weapon, children, threat, lab smell, fire risk · P2 going on now · P3 pattern · P4 information."""

    P0 = "P0"
    P1 = "P1"
    P2 = "P2"
    P3 = "P3"
    P4 = "P4"


_GRAVE = ("weapon", "children", "fire", "ill", "leak", "unconscious", "threat_now")
"""What makes a report urgent although nobody said that there is danger now."""


def is_report(answers: Answers) -> bool:
    """A report exists from the first of: danger yes, a place, or free text; less is a counter."""
    return answers.get("danger") == "yes" or has_place(answers) or bool(answers.get("what"))


def has_place(answers: Answers) -> bool:
    """A street, a landmark, a neighbourhood or a postcode: anything that says where."""
    return any(answers.get(name) for name in ("place", "neighbourhood", "postcode"))


def is_complete(answers: Answers) -> bool:
    """The minimum complete report: category, place, whether it goes on now, and the last time (`domain.md` §1.5)."""
    timed = answers.get("now") == "yes" or bool(answers.get("when"))
    return bool(answers.get("category")) and has_place(answers) and bool(answers.get("now")) and timed


def is_restricted(answers: Answers) -> bool:
    """Whether it is about a partner's own people: then no partner gets it, and at the desk the supervisor alone sees it."""
    return answers.get("integrity") == "yes"


def rate(answers: Answers) -> Priority:
    """The priority that answers call for (`domain.md` §1.6); the desk may change it."""
    if answers.get("danger") == "yes":
        return Priority.P0
    if answers.get("outside") == "yes":
        return Priority.P4
    if any(answers.get(name) == "yes" for name in _GRAVE) or answers.get("category") == Category.THREAT:
        return Priority.P1
    if answers.get("subtype") in ("lab", "drums"):
        return Priority.P1
    if answers.get("now") == "yes":
        return Priority.P2
    return Priority.P3 if answers.get("category") else Priority.P4

"""Reads the report form into a draft; nothing that a browser sends can break it."""

from __future__ import annotations

from collections.abc import Collection

from werkzeug.datastructures import MultiDict

from hotline.domain.content import ThirdParty
from hotline.domain.report import Category, Priority
from hotline.services.desk_draft import Draft
from hotline.web.desk.words import DAYPARTS, SUBTYPES, WHEN, YES_NO

FREE = {"place": 200}
CHOICES: dict[str, Collection[str]] = {
    "category": [category.value for category in Category],
    "subtype": SUBTYPES,
    "now": YES_NO,
    "when": WHEN,
    "part_of_day": DAYPARTS,
    "weapon": YES_NO,
    "children": YES_NO,
    "told_112": ("yes",),
}
LONGEST_TEXT = 4000


def read_draft(form: MultiDict[str, str], neighbourhoods: Collection[str]) -> Draft:
    """The draft in a form; a choice that is not in its list counts as not made."""
    answers = {name: _tidy(form.get(name, ""))[:longest] for name, longest in FREE.items()}
    for name, allowed in CHOICES.items():
        value = form.get(name, "")
        answers[name] = value if value in allowed else ""
    area = _tidy(form.get("neighbourhood", ""))[:80]
    answers["neighbourhood"] = area
    return Draft(
        answers=answers,
        text=_lines(form.get("text", ""))[:LONGEST_TEXT],
        kept=tuple(_third(one) for one in form.getlist("third")),
        priority=_priority(form.get("priority", "")),
        shown=_priority(form.get("shown", "")),
        area=area if area in neighbourhoods else None,
        seen=read_number(form, "seen"),
    )


def read_number(form: MultiDict[str, str], name: str) -> int | None:
    """A whole number of a hidden field, or None."""
    value = form.get(name, "")
    return int(value) if value.removeprefix("-").isdecimal() and len(value) < 10 else None


def read_text(form: MultiDict[str, str], name: str) -> str:
    """Free words of a field, their lines kept and without what cannot be printed."""
    return _lines(form.get(name, ""))


def name_third(one: ThirdParty) -> str:
    """A third party as the value of its tick box."""
    return f"{one.kind}:{one.text}"


def _priority(value: str) -> Priority | None:
    return Priority(value) if value in list(Priority) else None


def _third(value: str) -> ThirdParty:
    kind, _, text = value.partition(":")
    return ThirdParty(kind, text)


def _tidy(value: str) -> str:
    return " ".join(_lines(value).split())


def _lines(value: str) -> str:
    value = value.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(one for one in value if one == "\n" or one == "\t" or one.isprintable()).strip()

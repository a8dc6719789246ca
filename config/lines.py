"""Reads the lines file and names every mistake in it with its line."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import TypeVar

from config.settings import Settings
from config.yamlfile import Entry, MistakesError, read_root
from hotline.domain.calendar import Hours, Span, read_span, read_weekly
from hotline.domain.lines import SPEECH, Line, Speech
from hotline.simulator.languages import GATHER_LANGUAGES, VOICES

_FIELDS = {"key", "name", "voice", "sms", "languages", "hours", "holidays", "closed", "extra", "training"}
_NUMBER = re.compile(r"\+[1-9]\d{7,14}")
T = TypeVar("T")


class LinesError(MistakesError):
    """Everything that is wrong with the lines file."""


def lines_of(settings: Settings) -> tuple[Line, ...]:
    """The lines of an installation; raises LinesError with every mistake at once."""
    return load_lines(settings.lines_file, voice_number=settings.voice_number, sms_number=settings.sms_number)


def load_lines(path: Path, *, voice_number: str, sms_number: str) -> tuple[Line, ...]:
    """The lines in the order of the file; raises LinesError with every mistake at once.

    `{voice_number}` and `{sms_number}` stand for the numbers of the settings.
    """
    errors: list[str] = []
    root = read_root(path, errors)
    if root is None:
        raise LinesError(errors)
    root.refuse_unknown({"lines"})
    numbers = {"{voice_number}": voice_number, "{sms_number}": sms_number}
    found: dict[str, Line] = {}
    called: dict[str, str] = {}
    for entry in root.entries("lines"):
        line = _read(entry, numbers)
        if line.key and line.key in found:
            entry.complain("key", f"{line.key!r} is there twice")
        if line.is_training and not found:
            entry.complain("training", "the first line also takes unlisted numbers, so it cannot be the training line")
        for name, listed in (("voice", line.voice_numbers), ("sms", line.sms_numbers)):
            for number in listed:
                if number in called:
                    entry.complain(name, f"{number} is already a number of {called[number]!r}")
                called[number] = line.key
        found[line.key] = line
    if not found and not errors:
        errors.append(f"{path}:1: `lines` lists nothing, so nobody could call")
    if errors:
        raise LinesError(errors)
    return tuple(found.values())


def _read(entry: Entry, numbers: Mapping[str, str]) -> Line:
    entry.refuse_unknown(_FIELDS)
    key = entry.text("key")
    if key and not re.fullmatch(r"[a-z][a-z0-9-]{1,30}", key):
        entry.complain("key", "must be 2 to 31 small letters, digits or dashes")
    return Line(
        key=key,
        name=entry.text("name"),
        voice_numbers=_numbers(entry, "voice", numbers),
        sms_numbers=_numbers(entry, "sms", numbers),
        languages=_languages(entry),
        hours=_hours(entry),
        is_training=entry.choice("training", ("true", "false"), default="false") == "true",
    )


def _numbers(entry: Entry, name: str, numbers: Mapping[str, str]) -> tuple[str, ...]:
    listed = tuple(numbers.get(one, one) for one in entry.texts(name))
    for number in listed:
        if number and not _NUMBER.fullmatch(number):
            entry.complain(name, "must be numbers like '+31433505111', in quotes")
    return listed


def _languages(entry: Entry) -> dict[str, Speech]:
    """The languages offered, in the order in which `SPEECH` names them; without `languages` all of them."""
    child = entry.child("languages")
    if child is None:
        return dict(SPEECH)
    child.refuse_unknown(set(SPEECH))
    if "nl" not in child.names():
        entry.complain("languages", "must have `nl`, in which every conversation begins")
    return {name: _speech(child, name) for name in SPEECH if name in child.names()}


def _speech(languages: Entry, name: str) -> Speech:
    child, usual = languages.child(name), SPEECH[name]
    if child is None or not child.names():
        return usual
    child.refuse_unknown({"voice", "speech"})
    voice = child.text("voice", needed=False) or usual.voice
    recogniser = child.text("speech", needed=False) or usual.recogniser
    spoken = VOICES[usual.recogniser]
    if voice not in spoken:
        child.complain(
            "voice", f"{voice!r} does not speak {usual.recogniser}; voices that do: {', '.join(sorted(spoken))}"
        )
    if recogniser not in GATHER_LANGUAGES or not recogniser.startswith(f"{name}-"):
        child.complain(
            "speech", f"{recogniser!r} is not a recogniser's language for `{name}`, such as {usual.recogniser}"
        )
    return Speech(voice, recogniser)


def _hours(entry: Entry) -> Hours:
    return Hours(
        weekly=_try(entry, "hours", read_weekly, entry.text("hours", needed=False), {}),
        closed=frozenset(
            day for text in entry.texts("closed", needed=False) if (day := _day(entry, "closed", text)) is not None
        ),
        extra=_extra(entry),
        on_holidays=entry.choice("holidays", ("open", "closed"), default="closed") == "open",
    )


def _extra(entry: Entry) -> dict[date, tuple[Span, ...]]:
    child = entry.child("extra")
    if child is None:
        return {}
    found: dict[date, tuple[Span, ...]] = {}
    for name in child.names():
        day = _day(child, name, name)
        spans = [_try(child, name, read_span, text, None) for text in child.texts(name)]
        if day is not None:
            found[day] = tuple(span for span in spans if span is not None)
    return found


def _day(entry: Entry, name: str, text: str) -> date | None:
    return _try(entry, name, date.fromisoformat, text, None, "must be days like 2026-12-24")


def _try(entry: Entry, name: str, read: Callable[[str], T], text: str, otherwise: T, wanted: str = "") -> T:
    try:
        return read(text)
    except ValueError as error:
        entry.complain(name, wanted or str(error))
        return otherwise

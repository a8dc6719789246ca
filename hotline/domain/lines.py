"""The lines of an installation: which number reaches which, in what languages it speaks, when a person is there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from hotline.domain.calendar import Hours, is_open


@dataclass(frozen=True, slots=True)
class Speech:
    """How one language sounds and is understood on the telephone: Twilio's voice and its recogniser's language."""

    voice: str
    recogniser: str


SPEECH: Mapping[str, Speech] = {
    "nl": Speech("Polly.Laura-Neural", "nl-NL"),
    "en": Speech("Polly.Amy-Neural", "en-GB"),
    "de": Speech("Polly.Vicki-Neural", "de-DE"),
    "fr": Speech("Polly.Lea-Neural", "fr-FR"),
}
"""What a language has where a line does not say otherwise, in the order in which languages are spoken one after another."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line. `languages` are those it offers, Dutch first; what a training line takes in is an exercise."""

    key: str
    name: str
    voice_numbers: tuple[str, ...]
    sms_numbers: tuple[str, ...]
    languages: Mapping[str, Speech] = field(default_factory=lambda: dict(SPEECH))
    hours: Hours = field(default_factory=Hours)
    is_training: bool = False

    def speech(self, language: str) -> Speech:
        """The voice of a language, also of one that the line does not offer: a voice must fit its language."""
        return self.languages.get(language) or SPEECH[language]

    @property
    def voices(self) -> Mapping[str, str]:
        """The voice of every language: a choice of language is spoken in each."""
        return {language: self.speech(language).voice for language in SPEECH}


def find_called(lines: Sequence[Line], number: str) -> Line:
    """The line that a called number belongs to; the first for a number that nobody listed."""
    return next((line for line in lines if number in (*line.voice_numbers, *line.sms_numbers)), lines[0])


def given_by(line: Line, now: datetime) -> dict[str, str]:
    """What the line itself lays ready for a conversation that begins: `line`, `open`, `training`, its languages."""
    return {
        "line": line.key,
        "open": _yes(is_open(line.hours, now)),
        "training": _yes(line.is_training),
        **{f"language.{language}": "yes" for language in line.languages},
    }


def _yes(holds: bool) -> str:
    return "yes" if holds else "no"

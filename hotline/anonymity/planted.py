"""Finds in a question what only one person could recognise, so that no planted detail shows who reacts to it."""

from __future__ import annotations

import re

from hotline.anonymity.spans import PLACEHOLDERS

_DIGIT = re.compile(r"\d")
_QUOTED = re.compile(r"[\"“”„«»]|(?<!\w)['‘’][^'‘’]+['‘’](?!\w)")
# A street by its ending: those that are no word of their own in any case, the others where a name's capital begins them.
_STREET = re.compile(
    r"\b\w{3,}(?:straat|laan|plein|steeg|singel|kade)\b|\b[A-ZÀ-Ý]\w{2,}(?:weg|hof|pad|dijk|park|poort|berg|ruwe)\b"
)


def find_planted(text: str) -> tuple[str, ...]:
    """What must go from a scrubbed question before it is asked, in Dutch: `een cijfer`, `een straat` …

    A rule for questions alone: they are read aloud to whoever keys the code, and whoever answers one that names a
    plate, a minute or somebody's words has shown to have been there (`anonymity.md`, Before release: both ways).
    """
    found = {
        "een cijfer (een tijd, een huisnummer)": _DIGIT.search(text),
        "een straat": _STREET.search(text),
        "woorden tussen aanhalingstekens": _QUOTED.search(text),
        "een naam, kenteken of account": any(one in text for one in PLACEHOLDERS.values()),
    }
    return tuple(what for what, where in found.items() if where)

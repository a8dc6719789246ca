"""What a feedback sentence may be before it is stored: one line, short, scrubbed."""

from __future__ import annotations

from hotline.anonymity.planted import find_told
from hotline.anonymity.scrub import scrub
from hotline.anonymity.spans import settle
from hotline.domain.errors import BadInput

LONGEST = 320
"""Characters of a feedback sentence: two text messages, or twenty seconds of speech."""


def clean_feedback(text: str) -> str:
    """A sentence that the reporter may hear: clean, and naming no place, time or kind of nuisance; else BadInput."""
    words = clean_sentence(text)
    told = find_told(words)
    if told:
        raise BadInput({"text": f"In deze zin mag niet staan: {', '.join(told)}. Schrijf het algemener."})
    return words


def clean_sentence(text: str) -> str:
    """A sentence that may be stored: scrubbed, one line, not too long; BadInput in Dutch otherwise."""
    line = " ".join("".join(one if one.isprintable() else " " for one in text).split())
    if not line:
        raise BadInput({"text": "Schrijf een zin voor de melder."})
    if len(line) > LONGEST:
        raise BadInput({"text": f"De tekst is te lang: hooguit {LONGEST} tekens."})
    return settle(scrub(line).text)

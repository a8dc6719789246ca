"""Where a flow and its prompts stand on disk, and the telephone that judges what they say."""

from __future__ import annotations

from pathlib import Path

from hotline.domain.lines import SPEECH
from hotline.simulator.twiml import read_voice
from ivr_flows.load import PACKAGED, Script, load_script, read_sources
from ivr_flows.proof.worst_words import Telephone


def check_document(document: str) -> None:
    """Refuses TwiML that Twilio would refuse; raises Refusal."""
    read_voice(document.encode(), "text/xml")


VOICES = Telephone(
    validate=check_document,
    voices={language: speech.voice for language, speech in SPEECH.items()},
    speech={language: speech.recogniser for language, speech in SPEECH.items()},
)


def read_script(folder: Path | None) -> Script:
    """The script in a folder with `definitions` and `prompts`; by default the one that comes along."""
    place = folder or PACKAGED
    return load_script(read_sources(place), place)

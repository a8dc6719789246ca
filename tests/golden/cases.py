"""The whole conversations of this folder, read and played as the house would: words understood, state marshalled."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

from config.neighbourhoods import load_gazetteer
from hotline.anonymity.scrub import scrub
from hotline.understanding.meaning import understand
from ivr_flows.load import load_script, read_sources
from ivr_flows.model import Language
from ivr_flows.simulate import Transcript, play, read_script

HERE = Path(__file__).parent
CALLS = sorted(HERE.glob("*.yaml"))
SCRIPT = load_script(read_sources())
FLOW, PROMPTS = SCRIPT.flow, SCRIPT.prompts
PLACES = load_gazetteer()
EVENING = datetime(2026, 11, 24, 21, 10, tzinfo=UTC)


def read(path: Path) -> dict[str, Any]:
    """A golden file as strings."""
    data: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - strings only
    return data


def meanings(text: str, language: Language) -> dict[str, str]:
    """What is left of words at the edge of the house means this, on an evening in Maastricht."""
    return understand(scrub(text, gazetteer=PLACES).text, language, PLACES, EVENING)


def play_file(path: Path) -> Transcript:
    """A golden file played on the present flow."""
    return play(FLOW, PROMPTS, read_script(read(path)), meanings)


def on_channel(channel: str) -> list[Path]:
    """The conversations of one channel."""
    return [path for path in CALLS if read(path)["channel"] == channel]

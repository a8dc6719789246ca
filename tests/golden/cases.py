"""The whole conversations of this folder, read and played as the house would: words understood, state marshalled."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

from hotline.understanding.meaning import understand
from hotline.understanding.places import Gazetteer, read_entries
from ivr_flows.load import load_script, read_sources
from ivr_flows.model import Language
from ivr_flows.simulate import Transcript, play, read_script

HERE = Path(__file__).parent
CALLS = sorted(HERE.glob("*.yaml"))
SCRIPT = load_script(read_sources())
FLOW, PROMPTS = SCRIPT.flow, SCRIPT.prompts
PLACES = Gazetteer(read_entries(yaml.safe_load((HERE.parents[1] / "config" / "neighbourhoods.yaml").read_text())))
EVENING = datetime(2026, 11, 24, 21, 10, tzinfo=UTC)


def read(path: Path) -> dict[str, Any]:
    """A golden file as strings."""
    data: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - strings only
    return data


def meanings(text: str, language: Language) -> dict[str, str]:
    """What words mean on an evening in Maastricht."""
    return understand(text, language, PLACES, EVENING)


def play_file(path: Path) -> Transcript:
    """A golden file played on the present flow."""
    return play(FLOW, PROMPTS, read_script(read(path)), meanings)


def on_channel(channel: str) -> list[Path]:
    """The conversations of one channel."""
    return [path for path in CALLS if read(path)["channel"] == channel]

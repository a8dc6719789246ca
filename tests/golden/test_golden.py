"""Every whole call in this folder plays as it is written down, with the state marshalled between every two turns."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from ivr_flows.gsm7 import LIMIT, is_gsm7, measure
from ivr_flows.load import load_flow, load_prompts
from ivr_flows.simulate import Transcript, play, read_script

CALLS = sorted(Path(__file__).parent.glob("*.yaml"))
FLOW, PROMPTS = load_flow(), load_prompts()


def read(path: Path) -> dict[str, Any]:
    data: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - strings only
    return data


def play_file(path: Path) -> Transcript:
    return play(FLOW, PROMPTS, read_script(read(path)))


@pytest.mark.parametrize("path", CALLS, ids=[path.stem for path in CALLS])
def test_call(path: Path) -> None:
    golden, played = read(path), play_file(path)
    for number, (turn, heard) in enumerate(zip(golden["turns"], played.turns, strict=True), start=1):
        where = f"turn {number}: {heard.does}"
        assert [*heard.prompts] == turn["hears"], where
        assert [*heard.notices] == turn.get("notifies", []), where
        assert heard.outcome == turn.get("ends", ""), where
    assert played.answers == (golden["answers"] if golden["answers"] != "{}" else {})


@pytest.mark.parametrize("path", [one for one in CALLS if one.stem.startswith("sms")], ids=lambda path: path.stem)
def test_text_messages_fit_and_echo_nothing(path: Path) -> None:
    golden = read(path)
    for turn, heard in zip(golden["turns"], play_file(path).turns, strict=True):
        for message in heard.lines:
            assert is_gsm7(message)
            assert measure(message) <= LIMIT
            words = turn["does"].removeprefix("texts ")
            assert len(words) < 6 or words not in message


def test_the_first_text_names_no_subject() -> None:
    first = play_file(Path(__file__).parent / "sms_full.yaml").turns[0]
    lowered = " ".join(first.lines).lower()
    assert not [word for word in ("drug", "deal", "meldpunt", "melding", "politie", "wiet") if word in lowered]
    assert "112" in lowered
    assert "wis dit gesprek" in lowered


def test_the_code_comes_alone() -> None:
    last = play_file(Path(__file__).parent / "sms_full.yaml").turns[-1]
    assert last.lines[-1] == "482 193 705 514"

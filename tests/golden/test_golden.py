"""Every whole conversation in this folder plays as it is written down, with the state marshalled between every two turns.

Words are understood as the house understands them; `priority` is what the report is rated at the end.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from hotline.domain.report import rate
from ivr_flows.gsm7 import LIMIT, is_gsm7, measure
from ivr_flows.model import Language
from ivr_flows.simulate import play, read_script
from tests.golden.cases import CALLS, FLOW, HERE, PROMPTS, on_channel, play_file, read


@pytest.mark.parametrize("path", CALLS, ids=[path.stem for path in CALLS])
def test_conversation(path: Path) -> None:
    golden, played = read(path), play_file(path)
    for number, (turn, heard) in enumerate(zip(golden["turns"], played.turns, strict=True), start=1):
        where = f"turn {number}: {heard.does}"
        assert [*heard.prompts] == turn["hears"], where
        assert [*heard.notices] == turn.get("notifies", []), where
        assert heard.outcome == turn.get("ends", ""), where
    assert played.answers == (golden["answers"] if golden["answers"] != "{}" else {})
    assert rate(played.answers) == golden.get("priority", rate(played.answers))


@pytest.mark.parametrize("number", range(1, 26))
def test_each_sample_of_the_domain_is_played(number: int) -> None:
    found = [read(path) for path in CALLS if path.stem.startswith(f"sample_{number:02}_")]
    assert [one["about"].split(".")[0] for one in found] == [str(number)]
    assert found[0]["priority"]


@pytest.mark.parametrize("path", on_channel("sms"), ids=lambda path: path.stem)
def test_text_messages_fit_and_echo_nothing(path: Path) -> None:
    golden = read(path)
    for turn, heard in zip(golden["turns"], play_file(path).turns, strict=True):
        for message in heard.lines:
            assert is_gsm7(message)
            assert measure(message) <= LIMIT
            words = turn["does"].removeprefix("texts ")
            assert len(words) < 6 or words not in message


@pytest.mark.parametrize("language", FLOW.languages)
def test_the_first_text_names_no_subject(language: Language) -> None:
    script = read_script({"channel": "sms", "language": language, "turns": [{"does": "texts hallo"}]})
    lowered = " ".join(play(FLOW, PROMPTS, script).turns[0].lines).lower()
    subjects = ("drug", "drog", "deal", "meldpunt", "melding", "meldung", "report", "signale", "poli", "wiet", "weed")
    assert not [word for word in subjects if word in lowered]
    assert "112" in lowered


def test_the_code_comes_alone() -> None:
    last = play_file(HERE / "sms_full.yaml").turns[-1]
    assert last.lines[-1] == "482 193 705 514"

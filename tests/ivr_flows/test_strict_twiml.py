"""Every answer of every golden call is TwiML that the strict telephone of the simulator accepts."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from hotline.simulator.twiml import read_voice
from ivr_flows.load import load_flow, load_prompts
from ivr_flows.render import twiml
from ivr_flows.simulate import play, read_script

CALLS = sorted((Path(__file__).parent.parent / "golden").glob("voice*.yaml"))
FLOW, PROMPTS = load_flow(), load_prompts()


@pytest.mark.parametrize("path", CALLS, ids=[path.stem for path in CALLS])
def test_every_turn_is_strict_twiml(path: Path) -> None:
    data = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - strings only
    for heard in play(FLOW, PROMPTS, read_script(data)).turns:
        body = twiml.render(
            heard.outputs, prompts=PROMPTS, language="nl", step_url="/voice/step/c/1", voice="Polly.Laura-Neural"
        )
        assert read_voice(body.encode(), "text/xml")

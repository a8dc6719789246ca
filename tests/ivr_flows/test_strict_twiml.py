"""Every answer of every golden call is TwiML that the strict telephone of the simulator accepts."""

from __future__ import annotations

from pathlib import Path

import pytest

from hotline.domain.lines import SPEECH
from hotline.simulator.twiml import read_messaging, read_voice
from hotline.understanding.hints import hints
from ivr_flows.render import sms, twiml
from tests.golden.cases import PLACES, PROMPTS, on_channel, play_file

VOICES = {language: speech.voice for language, speech in SPEECH.items()}
HINTS = {"places": hints(PLACES)}


@pytest.mark.parametrize("path", on_channel("voice"), ids=lambda path: path.stem)
def test_every_turn_is_strict_twiml(path: Path) -> None:
    for heard in play_file(path).turns:
        body = twiml.render(
            heard.outputs,
            prompts=PROMPTS,
            language=heard.language,
            step_url="/voice/step/c/1",
            voices=VOICES,
            speech_language=SPEECH[heard.language].recogniser,
            hints=HINTS,
        )
        assert read_voice(body.encode(), "text/xml")


@pytest.mark.parametrize("path", on_channel("sms"), ids=lambda path: path.stem)
def test_every_reply_is_strict_twiml(path: Path) -> None:
    for heard in play_file(path).turns:
        messages = sms.render(heard.outputs, prompts=PROMPTS, language=heard.language)
        body = sms.as_twiml(messages, status_url="/sms/status")
        assert len(read_messaging(body.encode(), "text/xml")) == len(messages)

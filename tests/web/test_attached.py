"""The fixed words around voice messages and pictures, in every language, as Twilio takes them."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

import ivr_flows
from hotline.domain.lines import SPEECH, Line
from hotline.simulator.twiml import read_messaging, read_voice
from hotline.web.attached import DANGER, offer_tape, say_thanks, wants_tape, write_thanks
from ivr_flows.channels import Language
from ivr_flows.gsm7 import LIMIT, is_gsm7, measure
from ivr_flows.load import load_flow
from ivr_flows.model import Finish, Listen, Notify, Speak
from ivr_flows.nodes import Menu
from ivr_flows.render import sms

LINE = Line("stad", "De stad", (), ())
XML = "text/xml"
DEFINITIONS = Path(ivr_flows.__file__).parent / "definitions"
LANGUAGES: list[Language] = ["nl", "en", "de", "fr"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_tape_is_offered_in_valid_twiml(language: Language) -> None:
    said, tape, on = read_voice(offer_tape(LINE, language, "https://x.example/voice/recording").encode(), XML)
    assert (said.name, said.attributes["voice"]) == ("Say", SPEECH[language].voice)
    assert (tape.name, tape.attributes["action"]) == ("Record", "https://x.example/voice/recording")
    assert (tape.attributes["maxLength"], tape.attributes["playBeep"]) == ("120", "true")
    assert not {"transcribe", "transcribeCallback", "recordingStatusCallback"} & set(tape.attributes)
    assert (on.name, on.text) == ("Redirect", "https://x.example/voice/recording")


@pytest.mark.parametrize("language", LANGUAGES)
def test_thanks_come_before_the_rest(language: Language) -> None:
    document = '<?xml version="1.0" encoding="UTF-8"?><Response><Hangup/></Response>'
    assert [verb.name for verb in read_voice(say_thanks(LINE, language, document).encode(), XML)] == ["Say", "Hangup"]
    written = write_thanks(language)
    assert is_gsm7(written) and measure(written) <= LIMIT
    assert (
        read_messaging(sms.as_twiml((written,), status_url="https://x.example/sms/status").encode(), XML)[0].text
        == written
    )


def test_only_who_asks_for_a_person_is_offered_the_tape_and_never_before_danger_is_answered() -> None:
    person, said = Notify("person"), Speak("nobody_there")
    assert wants_tape((person, said, Listen(True, True, node="kind")))
    assert not wants_tape((said, Listen(True, True, node="kind")))
    assert not wants_tape((person, said, Listen(True, True, node="danger_plain")))
    assert not wants_tape((person, Speak("goodbye"), Finish("completed")))


def test_the_flow_asks_about_danger_under_names_that_say_so() -> None:
    nodes = load_flow().nodes.values()
    about = [one for one in nodes if isinstance(one, Menu) and any("danger" in option.sets for option in one.options)]
    inside = yaml.safe_load((DEFINITIONS / "danger.yaml").read_text())["nodes"]
    names = {one.name for one in about} | {name for name, node in inside.items() if {"ask", "menu"} & set(node)}
    assert len(names) >= 6
    assert all(name.startswith(DANGER) for name in names)

"""Outputs become exactly this TwiML, these messages, these lines."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree

import pytest

from hotline.domain.lines import SPEECH
from ivr_flows.gsm7 import is_gsm7, measure, transliterate
from ivr_flows.load import load_prompts
from ivr_flows.model import Answered, Finish, Listen, Notify, Output, Speak
from ivr_flows.render import sms, text, twiml

PROMPTS = load_prompts()
HEAD = '<?xml version="1.0" encoding="UTF-8"?><Response>'
SAY = '<Say language="nl-NL" voice="Polly.Laura-Neural">'
MENU = Listen(keys=True, speech=True, digits=1, finish="")
RECOGNISER = 'language="nl-NL" speechModel="googlev2_telephony" speechTimeout="3" profanityFilter="false"'


def as_twiml(*outputs: Output) -> str:
    return twiml.render(
        outputs,
        prompts=PROMPTS,
        language="nl",
        step_url="/voice/c/2?a=1&b=2",
        voices={language: speech.voice for language, speech in SPEECH.items()},
        hints={"places": ("Wyck", 'A, "b" <c>'), "many": tuple(f"plek {n} " + "x" * 120 for n in range(600))},
    )


@pytest.mark.parametrize(
    ("outputs", "body"),
    [
        (
            (Answered("danger", "no"), Speak("one_or_two"), MENU),
            '<Gather input="dtmf speech" action="/voice/c/2?a=1&amp;b=2" method="POST" actionOnEmptyResult="true" timeout="6" '
            f'finishOnKey="" numDigits="1" {RECOGNISER} bargeIn="true">{SAY}Toets 1 of 2.</Say></Gather>',
        ),
        (
            (Speak("postcode_shortest"), Listen(keys=True, speech=False, digits=4, timeout=8, barge_in=False)),
            '<Gather input="dtmf" action="/voice/c/2?a=1&amp;b=2" method="POST" actionOnEmptyResult="true" timeout="8" '
            f'finishOnKey="#" numDigits="4" bargeIn="false">{SAY}Vier cijfers, of hekje.</Say></Gather>',
        ),
        (
            (Listen(keys=False, speech=True, hints=("places",)),),
            '<Gather input="speech" action="/voice/c/2?a=1&amp;b=2" method="POST" actionOnEmptyResult="true" timeout="6" '
            f'{RECOGNISER} hints="Wyck,A  &quot;b&quot; &lt;c&gt;" bargeIn="true"></Gather>',
        ),
        ((Speak("stopped"), Finish("stopped")), f"{SAY}Gestopt. U mag altijd weer bellen.</Say><Hangup/>"),
        ((Finish("hung_up"),), "<Hangup/>"),
        (
            (Speak("code_typo"),),
            f'{SAY}Deze code klopt niet. Kijk de cijfers goed na.</Say><Redirect method="POST">/voice/c/2?a=1&amp;b=2</Redirect>',
        ),
        (
            (Speak("code_repeat", {"code": "482193705514"}), Finish("x")),
            f"{SAY}De code is 4 8 2, 1 9 3, 7 0 5, 5 1 4. Verder? Toets 1.</Say><Hangup/>",
        ),
        (
            (Speak("confirm_place", {"place": "<b>Weg\x00\x1b & \ud800dal\ufffe"}), Finish("x")),
            f"{SAY}Ik heb verstaan: &lt;b&gt;Weg  &amp;  dal . Klopt dat? Ja: toets 1. Nee: toets 2.</Say><Hangup/>",
        ),
        (
            (Speak("summary_place", {"category": "waste", "place": "Amby"}), Finish("x")),
            f"{SAY}Ik vat samen. U meldt afval of spuiten. De plek is Amby.</Say><Hangup/>",
        ),
    ],
)
def test_twiml(outputs: tuple[Output, ...], body: str) -> None:
    document = as_twiml(*outputs)
    assert document == f"{HEAD}{body}</Response>"
    ElementTree.fromstring(document.encode("utf-8"))  # noqa: S314 - our own document


def test_hints_stay_within_the_limit() -> None:
    document = as_twiml(Listen(keys=True, speech=True, hints=("many",)))
    hints = ElementTree.fromstring(document)[0].attrib["hints"].split(",")  # noqa: S314 - our own document
    assert len(hints) == 500
    assert max(map(len, hints)) == 100


def as_messages(*outputs: Output) -> tuple[str, ...]:
    return sms.render(outputs, prompts=PROMPTS, language="nl")


def test_messages_join_up_to_the_limit_and_the_code_stays_alone() -> None:
    code = Speak("code_only", {"code": "482193705514"})
    assert as_messages(Speak("call_112"), Speak("stay_on_line"), code, Speak("one_or_two"), MENU) == (
        "Bel direct 112. Wij sturen geen politie of ambulance. Ga naar een veilige plek. Kunt u niet bellen?",
        "482 193 705 514",
        "Antwoord 1 of 2.",
    )
    assert as_messages(Speak("summary_short"), Notify("person")) == ()


def test_a_long_feedback_is_cut_between_words() -> None:
    messages = as_messages(Speak("feedback", {"feedback": "Wij controleren daar vaker en blijven dat doen. " * 8}))
    assert len(messages) == 3
    assert all(measure(one) <= 160 for one in messages)
    assert " ".join(messages) == ("Wij controleren daar vaker en blijven dat doen. " * 8).strip()
    assert [len(one) for one in as_messages(Speak("feedback", {"feedback": "€" * 200}))] == [80, 80, 40]


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ("België’s café – “één”…", 'Belgie\'s café - "één"...'),
        ("ĳs ça €5", "ijs ca €5"),
        ("🙂 日 ok", "  ok"),
        ("Ñandú", "Ñandu"),
    ],
)
def test_transliterate(given: str, written: str) -> None:
    assert transliterate(given) == written
    assert is_gsm7(written)


def test_plain_lines() -> None:
    lines = text.render(
        (Speak("one_or_two"), Answered("now", "yes"), Notify("alarm"), MENU, Finish("x")),
        prompts=PROMPTS,
        language="nl",
    )
    assert lines == ("Toets 1 of 2.", "= now: yes", "! alarm", "? key or speech", "# x")

"""TwiML's grammar as data: what each verb may hold.

Verbs, nesting, attributes and words come from the generated tables (npm `twilio`); what is written here makes them
stricter, where Twilio's page on a verb is. A verb that this line has no use for is left out and therefore refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hotline.simulator import tables
from hotline.simulator.languages import SPEECH_MODELS, VOICES, word_set
from hotline.simulator.tables import Element, Text
from hotline.simulator.values import (
    Check,
    any_of,
    anything,
    boolean,
    either,
    hints,
    integer,
    matching,
    method,
    one_of,
    url,
    words_of,
)


@dataclass(frozen=True, slots=True)
class Rule:
    """One element: its attributes with their checks, its children, and whether it holds text."""

    attributes: Mapping[str, Check]
    children: frozenset[str]
    text: Text
    required: frozenset[str]


Grammar = Mapping[str, Rule]

_PHONE = matching(r"\+[1-9][0-9]{3,14}", "a number in E.164 form")
_KEYS = matching(r"[0-9*#wW]+", "keys 0-9, *, # and w")

_USED = word_set(
    """
    Response Say Play Pause Gather Redirect Hangup Leave Reject Record Enqueue Task Dial Number Client Identity
    Parameter Queue Conference break emphasis lang p phoneme prosody s say-as sub w Message Body Media
    """
)
"""Of all that the typings know: what this line may answer with."""

_NOT_UNDER = {"Response": word_set("Queue")}
"""The typings still allow a queue outside of `<Dial>`, which no page of Twilio's describes."""

_REQUIRED = {
    "Parameter": word_set("name value"),  # twilio.com/docs/voice/twiml/client: both are needed
    "phoneme": word_set("ph"),  # these four: twilio.com/docs/voice/twiml/say/text-speech
    "say-as": word_set("interpret-as"),
    "sub": word_set("alias"),
}

_STRICTER: Mapping[str, Mapping[str, Check]] = {
    # Numbers and keys: the table of attributes on twilio.com/docs/voice/twiml/<verb>.
    "Say": {"loop": integer(0, 1000), "voice": any_of(sorted(frozenset().union(*VOICES.values())))},
    "Play": {"digits": _KEYS, "loop": integer(0, 1000)},
    "Pause": {"length": integer(1, 600)},
    "Gather": {
        "finishOnKey": matching(r"[0-9*#]?", "one of 0-9, #, *, or nothing"),
        "hints": hints,
        "maxSpeechTime": integer(1, 60),
        "numDigits": integer(1),
        "speechModel": any_of(SPEECH_MODELS),
        "speechTimeout": either(integer(1, 60), one_of("auto")),
        "timeout": either(integer(1, 600), one_of("auto")),
    },
    "Record": {
        "finishOnKey": matching(r"[0-9*#]*", "keys out of 0-9, # and *"),
        "maxLength": integer(1, 14_400),
        "timeout": integer(1),
        "trim": one_of("trim-silence", "do-not-trim"),
    },
    "Enqueue": {
        "maxQueueSize": integer(1, 5000),
        "workflowSid": matching(r"WW[0-9a-f]{32}", "WW and 32 hexadecimal digits"),
    },
    "Dial": {"callerId": _PHONE, "timeLimit": integer(1, 86_400), "timeout": integer(1, 600)},
    "Number": {"sendDigits": _KEYS},
    "Conference": {"maxParticipants": integer(1, 250)},
    "break": {"time": matching(r"[0-9]{1,5}(ms|s)", "a time such as 300ms or 1s")},
    # What the voices of this line speak; the other alphabets are for Chinese and Japanese.
    "phoneme": {"alphabet": one_of("ipa", "x-sampa")},
    "Message": {"from": _PHONE, "to": _PHONE},
}

_OPTIONAL_TEXT = word_set("Message Task")
"""The typings want a body, which may stand in `<Body>` or be left out: twilio.com/docs/messaging/twiml/message, …/task."""


def _read_grammar(elements: Mapping[str, Element]) -> Grammar:
    return {name: _rule(name, element) for name, element in elements.items() if name in _USED}


def _rule(name: str, element: Element) -> Rule:
    return Rule(
        attributes={one: _check(name, one, kind) for one, kind in element.attributes.items()},
        children=(element.children & _USED) - _NOT_UNDER.get(name, frozenset()),
        text="optional" if name in _OPTIONAL_TEXT else element.text,
        required=_REQUIRED.get(name, frozenset()),
    )


def _check(verb: str, attribute: str, kind: str) -> Check:
    stricter = _STRICTER.get(verb, {}).get(attribute)
    if stricter is not None:
        return stricter
    if kind == "string":
        return _check_string(attribute)
    if kind == "boolean":
        return boolean
    if kind == "number":
        return integer(0)
    return words_of(*tables.WORDS[kind[:-2]]) if kind.endswith("[]") else one_of(*tables.WORDS[kind])


def _check_string(attribute: str) -> Check:
    """The typings call addresses and methods strings; their names tell them apart."""
    if attribute == "method" or attribute.endswith("Method"):
        return method
    if attribute in ("action", "url") or attribute.endswith(("Callback", "Url")):
        return url
    return anything


VOICE: Grammar = _read_grammar(tables.VOICE)
MESSAGING: Grammar = _read_grammar(tables.MESSAGING)

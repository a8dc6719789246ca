"""TwiML's grammar as data: what each verb may hold.

From npm `twilio` 6.2.0, `lib/twiml/VoiceResponse.d.ts` and `MessagingResponse.d.ts` (verbs, nesting, attributes),
narrowed by Twilio's pages on each verb (numbers, `speechTimeout`, `hints`). Verbs that this line has no use for
(`Connect`, `Pay`, `Prompt`, `Refer`, `Start`, `Stop`, SIP) are left out and therefore refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from hotline.simulator.languages import GATHER_LANGUAGES, SAY_LANGUAGES, SPEECH_MODELS, VOICES, word_set
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

    attributes: Mapping[str, Check] = field(default_factory=dict)
    children: frozenset[str] = frozenset()
    text: Literal["required", "optional", "none"] = "none"
    required: frozenset[str] = frozenset()


Grammar = Mapping[str, Rule]


_SSML = "break emphasis lang p phoneme prosody s say-as sub w"
_EVENTS = words_of("initiated", "ringing", "answered", "completed")
_RECORDING_EVENTS = words_of("in-progress", "completed", "absent")
_PHONE = matching(r"\+[1-9][0-9]{3,14}", "a number in E.164 form")
_KEYS = matching(r"[0-9*#wW]+", "keys 0-9, *, # and w")
_SSML_TIME = matching(r"[0-9]{1,5}(ms|s)", "a time such as 300ms or 1s")
_CALLBACK: dict[str, Check] = {"statusCallback": url, "statusCallbackMethod": method, "statusCallbackEvent": _EVENTS}
_RECORDING: dict[str, Check] = {
    "recordingStatusCallback": url,
    "recordingStatusCallbackMethod": method,
    "recordingStatusCallbackEvent": _RECORDING_EVENTS,
    "recordingConfigurationId": anything,
    "trim": one_of("trim-silence", "do-not-trim"),
}

VOICE: Grammar = {
    "Response": Rule(children=word_set("Say Play Pause Gather Redirect Hangup Reject Record Enqueue Dial Leave")),
    "Say": Rule(
        {
            "language": any_of(sorted(SAY_LANGUAGES)),
            "voice": any_of(sorted(frozenset().union(*VOICES.values()))),
            "loop": integer(0, 1000),
        },
        children=word_set(_SSML),
        text="required",
    ),
    "Play": Rule({"digits": _KEYS, "loop": integer(0, 1000)}, text="optional"),
    "Pause": Rule({"length": integer(1, 600)}),
    "Gather": Rule(
        {
            "action": url,
            "method": method,
            "input": words_of("dtmf", "speech"),
            "numDigits": integer(1),
            "finishOnKey": matching(r"[0-9*#]?", "one of 0-9, #, *, or nothing"),
            "timeout": either(integer(1, 600), one_of("auto")),
            "speechTimeout": either(integer(1, 60), one_of("auto")),
            "actionOnEmptyResult": boolean,
            "bargeIn": boolean,
            "debug": boolean,
            "enhanced": boolean,
            "hints": hints,
            "language": any_of(sorted(GATHER_LANGUAGES)),
            "maxSpeechTime": integer(1, 60),
            "partialResultCallback": url,
            "partialResultCallbackMethod": method,
            "profanityFilter": boolean,
            "speechModel": any_of(SPEECH_MODELS),
        },
        children=word_set("Say Play Pause"),
    ),
    "Redirect": Rule({"method": method}, text="required"),
    "Hangup": Rule(),
    "Leave": Rule(),
    "Reject": Rule({"reason": one_of("rejected", "busy")}),
    "Record": Rule(
        {
            "action": url,
            "method": method,
            "finishOnKey": matching(r"[0-9*#]*", "keys out of 0-9, # and *"),
            "maxLength": integer(1, 14_400),
            "timeout": integer(1),
            "playBeep": boolean,
            "transcribe": boolean,
            "transcribeCallback": url,
            **_RECORDING,
        }
    ),
    "Enqueue": Rule(
        {
            "action": url,
            "method": method,
            "maxQueueSize": integer(1, 5000),
            "waitUrl": url,
            "waitUrlMethod": method,
            "workflowSid": matching(r"WW[0-9a-f]{32}", "WW and 32 hexadecimal digits"),
        },
        children=word_set("Task"),
        text="optional",
    ),
    "Task": Rule({"priority": integer(0), "timeout": integer(0)}, text="optional"),
    "Dial": Rule(
        {
            "action": url,
            "method": method,
            "answerOnBridge": boolean,
            "callerId": _PHONE,
            "hangupOnStar": boolean,
            "record": one_of(
                "do-not-record",
                "record-from-answer",
                "record-from-ringing",
                "record-from-answer-dual",
                "record-from-ringing-dual",
            ),
            "recordingTrack": one_of("both", "inbound", "outbound"),
            "referUrl": url,
            "referMethod": method,
            "ringTone": matching(r"[a-z]{2}(-old)?", "a country's tone such as nl"),
            "sequential": boolean,
            "timeLimit": integer(1, 86_400),
            "timeout": integer(1, 600),
            **_RECORDING,
        },
        children=word_set("Number Client Queue Conference"),
        text="optional",
    ),
    "Number": Rule({"url": url, "method": method, "sendDigits": _KEYS, **_CALLBACK}, text="required"),
    "Client": Rule(
        {"url": url, "method": method, **_CALLBACK}, children=word_set("Identity Parameter"), text="optional"
    ),
    "Identity": Rule(text="required"),
    "Parameter": Rule({"name": anything, "value": anything}, required=word_set("name value")),
    "Queue": Rule(
        {"url": url, "method": method, "reservationSid": anything, "postWorkActivitySid": anything}, text="required"
    ),
    "Conference": Rule(
        {
            "beep": one_of("true", "false", "onEnter", "onExit"),
            "endConferenceOnExit": boolean,
            "maxParticipants": integer(1, 250),
            "muted": boolean,
            "startConferenceOnEnter": boolean,
            "waitUrl": url,
            "waitMethod": method,
            "statusCallback": url,
            "statusCallbackMethod": method,
            "statusCallbackEvent": words_of("start", "end", "join", "leave", "mute", "hold", "modify", "speaker"),
        },
        text="required",
    ),
    "break": Rule({"strength": one_of("none", "x-weak", "weak", "medium", "strong", "x-strong"), "time": _SSML_TIME}),
    "emphasis": Rule({"level": one_of("strong", "moderate", "reduced")}, children=word_set(_SSML), text="optional"),
    "lang": Rule({"xml:lang": any_of(sorted(SAY_LANGUAGES))}, children=word_set(_SSML), text="optional"),
    "p": Rule(children=word_set(_SSML), text="optional"),
    "phoneme": Rule({"alphabet": one_of("ipa", "x-sampa"), "ph": anything}, text="required", required=word_set("ph")),
    "prosody": Rule(
        {"pitch": anything, "rate": anything, "volume": anything}, children=word_set(_SSML), text="optional"
    ),
    "s": Rule(children=word_set(_SSML), text="optional"),
    "say-as": Rule(
        {
            "interpret-as": one_of(
                *sorted(
                    word_set("characters spell-out cardinal number ordinal digits fraction unit date time address")
                ),
                *("expletive", "telephone"),
            ),
            "format": any_of(sorted(word_set("mdy dmy ymd md dm ym my d m y yyyymmdd"))),
        },
        text="required",
        required=word_set("interpret-as"),
    ),
    "sub": Rule({"alias": anything}, text="required", required=word_set("alias")),
    "w": Rule({"role": anything}, text="required"),
}

MESSAGING: Grammar = {
    "Response": Rule(children=word_set("Message Redirect")),
    "Message": Rule(
        {"action": url, "method": method, "from": _PHONE, "to": _PHONE, "statusCallback": url},
        children=word_set("Body Media"),
        text="optional",
    ),
    "Body": Rule(text="required"),
    "Media": Rule(text="required"),
    "Redirect": Rule({"method": method}, text="required"),
}

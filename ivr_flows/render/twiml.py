"""Outputs as TwiML: what is said, said inside the Gather so that a key or a voice cuts it short."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from ivr_flows.model import Finish, Language, Listen, Output, Speak
from ivr_flows.prompts import Prompts, fill

SPEECH_MODEL = "googlev2_telephony"
"""Pinned, because an unpinned recogniser may fail over to one outside the EEA."""

SPEECH_TIMEOUT = 3
"""Seconds of quiet that end an answer. Twilio refuses `auto` beside a pinned model (warning 13335)."""

_SAY_LANGUAGE: dict[Language, str] = {"nl": "nl-NL", "en": "en-GB", "de": "de-DE", "fr": "fr-FR"}
_MOST_HINTS = 500
_LONGEST_HINT = 100


def render(
    outputs: Iterable[Output],
    *,
    prompts: Prompts,
    language: Language,
    step_url: str,
    voice: str,
    speech_language: str = "nl-NL",
    speech_model: str = SPEECH_MODEL,
) -> str:
    """One turn as a TwiML document. `step_url` takes the next answer; without Listen or Finish the call leads there."""
    said: list[str] = []
    listen: Listen | None = None
    finished = False
    attributes = f'language="{_SAY_LANGUAGE[language]}" voice="{escape(voice)}"'
    for output in outputs:
        match output:
            case Speak():
                words = fill(prompts, language, "voice", output).strip()
                if words:
                    said.append(f"<Say {attributes}>{escape(words, quote=False)}</Say>")
            case Listen():
                listen = output
            case Finish():
                finished = True
    says = "".join(said)
    if finished:
        body = f"{says}<Hangup/>"
    elif listen is None:
        body = f'{says}<Redirect method="POST">{escape(step_url, quote=False)}</Redirect>'
    else:
        body = _gather(listen, says, step_url, speech_language, speech_model)
    return f'<?xml version="1.0" encoding="UTF-8"?><Response>{body}</Response>'


def _gather(listen: Listen, says: str, step_url: str, speech_language: str, speech_model: str) -> str:
    attributes = [
        f'input="{_input(listen)}"',
        f'action="{escape(step_url)}"',
        'method="POST"',
        'actionOnEmptyResult="true"',
        f'timeout="{listen.timeout}"',
    ]
    if listen.keys:
        attributes.append(f'finishOnKey="{listen.finish}"')
        if listen.digits:
            attributes.append(f'numDigits="{listen.digits}"')
    if listen.speech:
        attributes += [
            f'language="{escape(speech_language)}"',
            f'speechModel="{escape(speech_model)}"',
            f'speechTimeout="{SPEECH_TIMEOUT}"',
            'profanityFilter="false"',
        ]
        if listen.hints:
            hints = (hint.replace(",", " ")[:_LONGEST_HINT] for hint in listen.hints[:_MOST_HINTS])
            attributes.append(f'hints="{escape(",".join(hints))}"')
    attributes.append(f'bargeIn="{"true" if listen.barge_in else "false"}"')
    return f"<Gather {' '.join(attributes)}>{says}</Gather>"


def _input(listen: Listen) -> str:
    return " ".join(["dtmf"] * listen.keys + ["speech"] * listen.speech) or "dtmf"

"""Outputs as TwiML: what is said, said inside the Gather so that a key or a voice cuts it short."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

from ivr_flows.model import Finish, Language, Listen, Output, Speak
from ivr_flows.prompts import Prompts, fill

SPEECH_MODEL = "googlev2_telephony"
"""Pinned, because an unpinned recogniser may fail over to one outside the EEA."""

SPEECH_TIMEOUT = 3
"""Seconds of quiet that end an answer. Twilio refuses `auto` beside a pinned model (warning 13335)."""

SAY_LANGUAGE: dict[Language, str] = {"nl": "nl-NL", "en": "en-GB", "de": "de-DE", "fr": "fr-FR"}
_MOST_HINTS = 500
_LONGEST_HINT = 100


def render(
    outputs: Iterable[Output],
    *,
    prompts: Prompts,
    language: Language,
    step_url: str,
    voices: Mapping[str, str],
    speech_language: str = "nl-NL",
    hints: Mapping[str, tuple[str, ...]] | None = None,
) -> str:
    """One turn as a TwiML document. `step_url` takes the next answer; without Listen or Finish the call leads there.

    `voices` gives Twilio's voice per language, `hints` the words of each list of hints that a question names.
    """
    said: list[str] = []
    listen: Listen | None = None
    finished = False
    for output in outputs:
        match output:
            case Speak():
                words = fill(prompts, language, "voice", output).strip()
                if words:
                    spoken = output.language or language
                    attributes = f'language="{SAY_LANGUAGE[spoken]}" voice="{escape(voices[spoken])}"'
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
        words_of = hints or {}
        hinted = tuple(word for name in listen.hints for word in words_of.get(name, ()))
        body = _gather(listen, says, step_url, speech_language, hinted)
    return f'<?xml version="1.0" encoding="UTF-8"?><Response>{body}</Response>'


def _gather(listen: Listen, says: str, step_url: str, speech_language: str, hinted: tuple[str, ...]) -> str:
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
            f'speechModel="{escape(SPEECH_MODEL)}"',
            f'speechTimeout="{SPEECH_TIMEOUT}"',
            'profanityFilter="false"',
        ]
        if hinted:
            phrases = (hint.replace(",", " ")[:_LONGEST_HINT] for hint in hinted[:_MOST_HINTS])
            attributes.append(f'hints="{escape(",".join(phrases))}"')
    attributes.append(f'bargeIn="{"true" if listen.barge_in else "false"}"')
    return f"<Gather {' '.join(attributes)}>{says}</Gather>"


def _input(listen: Listen) -> str:
    return " ".join(["dtmf"] * listen.keys + ["speech"] * listen.speech) or "dtmf"

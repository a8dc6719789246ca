"""How a turn's outputs would reach a person at their worst: the longest values, in every language, on each channel."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from ivr_flows.channels import Channel, Language
from ivr_flows.gsm7 import LIMIT, is_gsm7, measure
from ivr_flows.memory import LONGEST_ANSWER
from ivr_flows.model import Listen, Output, Speak
from ivr_flows.nodes import Flow
from ivr_flows.prompts import Catalog, Prompts, fill
from ivr_flows.render import sms, twiml

MOST_BYTES = 64 * 1024
"""Twilio's limit for one answer."""

_ANYTHING = 'Denkbeeldweg <&> "één" '


@dataclass(frozen=True, slots=True)
class Telephone:
    """How a turn is spoken: a voice and a recogniser's language per language, and who judges the document.

    `validate` raises on TwiML that the telephone company would refuse; its message must repeat no words of it.
    """

    validate: Callable[[str], None]
    voices: Mapping[str, str]
    speech: Mapping[str, str]


def judge_words(
    flow: Flow, prompts: Prompts, telephone: Telephone, channel: Channel, outputs: tuple[Output, ...]
) -> Iterator[str]:
    """What is wrong with the words of one turn, or a piece of one, in any language of the flow."""
    for language in flow.languages:
        worst = _worsen_all(flow, prompts, language, outputs)
        if channel == "voice":
            yield from _judge_spoken(prompts, telephone, language, worst)
        elif channel == "sms":
            yield from _judge_written(prompts, language, worst)
        else:
            yield from _judge_shown(prompts, language, worst)


def measure_spoken(
    flow: Flow, prompts: Prompts, telephone: Telephone, language: Language, outputs: tuple[Output, ...]
) -> int:
    """Bytes of the document at its worst."""
    return len(_speak(prompts, telephone, language, _worsen_all(flow, prompts, language, outputs)).encode())


def _speak(prompts: Prompts, telephone: Telephone, language: Language, outputs: tuple[Output, ...]) -> str:
    return twiml.render(
        outputs,
        prompts=prompts,
        language=language,
        step_url="/voice/step/00000000-0000-0000-0000-000000000000/1",
        voices=telephone.voices,
        speech_language=telephone.speech[language],
    )


def _judge_spoken(
    prompts: Prompts, telephone: Telephone, language: Language, outputs: tuple[Output, ...]
) -> Iterator[str]:
    document = _speak(prompts, telephone, language, outputs)
    if "<Say" not in document and any(isinstance(one, Listen) for one in outputs):
        yield f"in '{language}' a turn asks without a word"
    try:
        telephone.validate(document)
    except Exception as refused:
        # Whatever the judge raises means that a caller would hear an error.
        yield f"in '{language}' the telephone company refuses the answer: {refused}"


def _judge_written(prompts: Prompts, language: Language, outputs: tuple[Output, ...]) -> Iterator[str]:
    messages = sms.render(outputs, prompts=prompts, language=language)
    if not messages and any(isinstance(one, Listen) for one in outputs):
        yield f"in '{language}' a text gets no reply while an answer is awaited"
    for message in messages:
        if not is_gsm7(message):
            yield f"in '{language}' a message holds letters outside of GSM-7"
        elif measure(message) > LIMIT:
            yield f"in '{language}' a message is {measure(message)} characters; at most {LIMIT}"


def _judge_shown(prompts: Prompts, language: Language, outputs: tuple[Output, ...]) -> Iterator[str]:
    shown = [fill(prompts, language, "web", one).strip() for one in outputs if isinstance(one, Speak)]
    if not any(shown) and any(isinstance(one, Listen) for one in outputs):
        yield f"in '{language}' a page asks without a word"


def _worsen_all(flow: Flow, prompts: Prompts, language: Language, outputs: tuple[Output, ...]) -> tuple[Output, ...]:
    return tuple(
        _worsen(flow, prompts.catalog(one.language or language), one) if isinstance(one, Speak) else one
        for one in outputs
    )


def _worsen(flow: Flow, catalog: Catalog, output: Speak) -> Speak:
    prompt = catalog.prompts.get(output.prompt)
    if prompt is None:
        return output
    formats = {one.name: one.format for one in (*prompt.web.fields, *prompt.text.fields, *prompt.voice.fields)}
    names = {*output.args, *formats}
    return replace(output, args={name: _worst(flow, catalog, name, formats.get(name, "")) for name in sorted(names)})


def _worst(flow: Flow, catalog: Catalog, name: str, shape: str) -> str:
    length = flow.longest.get(name, LONGEST_ANSWER)
    if shape == "label":
        labels = {
            one: wording.label for one, wording in catalog.wordings.items() if name in ("choice", one.partition(".")[0])
        }
        longest = max(labels, key=lambda one: len(labels[one]), default="")
        return longest if name == "choice" else longest.partition(".")[2]
    if shape in ("digits", "threes"):
        return "7" * min(length, 12)
    return (_ANYTHING * (length // len(_ANYTHING) + 1))[:length]

"""Outputs as text messages: GSM-7, at most 160 characters each, the code in a message of its own."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from ivr_flows.gsm7 import LIMIT, measure, transliterate
from ivr_flows.model import Language, Output, Speak
from ivr_flows.prompts import Prompts, fill


def render(outputs: Iterable[Output], *, prompts: Prompts, language: Language) -> tuple[str, ...]:
    """The messages of one turn, in order; none where a turn has nothing to say in writing."""
    messages: list[str] = []
    may_join = False
    for output in outputs:
        if not isinstance(output, Speak):
            continue
        text = " ".join(transliterate(fill(prompts, language, "text", output)).split())
        if not text:
            continue
        prompt = prompts.catalog(output.language or language).prompts[output.prompt]
        if prompt.alone:
            messages.extend(_split(text))
            may_join = False
        elif may_join and measure(messages[-1]) + 1 + measure(text) <= LIMIT:
            messages[-1] = f"{messages[-1]} {text}"
        else:
            messages.extend(_split(text))
            may_join = True
    return tuple(messages)


def as_twiml(messages: Iterable[str], *, status_url: str) -> str:
    """Messages as the answer to a text's webhook: each is sent as one of its own, whose SID goes to `status_url`."""
    start = f'<Message action="{escape(status_url)}" method="POST">'
    body = "".join(f"{start}{escape(message, quote=False)}</Message>" for message in messages)
    return f'<?xml version="1.0" encoding="UTF-8"?><Response>{body}</Response>'


def _split(text: str) -> list[str]:
    """A text that grew too long by what was filled in, cut between words."""
    pieces = [""]
    for word in text.split():
        for part in _cut_word(word):
            joined = f"{pieces[-1]} {part}".strip()
            if measure(joined) <= LIMIT:
                pieces[-1] = joined
            else:
                pieces.append(part)
    return pieces


def _cut_word(word: str) -> list[str]:
    size = LIMIT // 2
    return [word] if measure(word) <= LIMIT else [word[at : at + size] for at in range(0, len(word), size)]

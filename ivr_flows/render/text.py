"""Outputs as plain lines, for golden calls and a terminal."""

from __future__ import annotations

from collections.abc import Iterable

from ivr_flows.model import Answered, Finish, Language, Listen, Lookup, Notify, Output, Speak
from ivr_flows.prompts import Form, Prompts, fill


def render(outputs: Iterable[Output], *, prompts: Prompts, language: Language, form: Form = "voice") -> tuple[str, ...]:
    """One line per output; a prompt without words in this form gives none."""
    lines = (_line(output, prompts, language, form) for output in outputs)
    return tuple(line for line in lines if line)


def _line(output: Output, prompts: Prompts, language: Language, form: Form) -> str:
    match output:
        case Speak():
            return fill(prompts, language, form, output)
        case Answered():
            return f"= {output.name}: {output.value}"
        case Notify():
            return f"! {output.what}"
        case Lookup():
            return f"~ {output.name}"
        case Listen():
            keys = "digits" if output.finish else "key"
            return f"? {keys} or speech" if output.speech else f"? {keys}"
        case Finish():
            return f"# {output.outcome}"

"""The sentences of a flow per language: spoken, texted and shown, with the values they mention and what options are called."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from ivr_flows.model import Language, Speak

Form = Literal["voice", "text", "web"]

FORMATS = ("", "digits", "threes", "label")
"""How `{name:format}` shows a value: as it is, digit by digit for a voice, in groups of three, or by its label."""

_FIELD = re.compile(r"\{([a-z_]+)(?::([a-z]+))?\}")
_GAP = re.compile(
    r"\[([^\[\]\s?]{1,14})\?[a-z]*\]"
)  # words that wait for a person's judgement: the mark is not for saying
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]+")


@dataclass(frozen=True, slots=True)
class Field:
    """A value mentioned in a sentence."""

    name: str
    format: str


@dataclass(frozen=True, slots=True)
class Template:
    """A sentence, cut into what is fixed and what is filled in."""

    source: str
    parts: tuple[str | Field, ...]

    @property
    def fields(self) -> tuple[Field, ...]:
        """The values that it mentions."""
        return tuple(part for part in self.parts if isinstance(part, Field))


@dataclass(frozen=True, slots=True)
class Prompt:
    """One entry of a prompts file. `alone` makes the texted form a message of its own; `line` says where it stands.

    `web` is the form on a page, the texted form where it is not given.
    """

    voice: Template
    text: Template
    web: Template
    alone: bool = False
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Wording:
    """What an option or a value is called (`label`), and the folded words by which it is meant."""

    label: str = ""
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Catalog:
    """All sentences of one language, and what options are called in it, by `answer.value` or by a name of their own."""

    file: str
    prompts: Mapping[str, Prompt]
    wordings: Mapping[str, Wording]

    def wording(self, name: str) -> Wording | None:
        """What an option is called: `weapon.yes` has words of its own and those of `yes`, and the label that is nearer."""
        own, general = self.wordings.get(name), self.wordings.get(name.rpartition(".")[2])
        if own is None or general is None or own is general:
            return own or general
        return Wording(own.label or general.label, own.words + general.words)


@dataclass(frozen=True, slots=True)
class Prompts:
    """The catalogs of every language."""

    catalogs: Mapping[Language, Catalog]

    def catalog(self, language: Language) -> Catalog:
        """That language's catalog, or Dutch where it is not there yet."""
        return self.catalogs.get(language) or self.catalogs["nl"]


def cut_template(source: str) -> Template:
    """A template from its written form with `{name}` and `{name:format}`; raises ValueError on other braces."""
    parts: list[str | Field] = []
    at = 0
    for match in _FIELD.finditer(source):
        parts.append(source[at : match.start()])
        parts.append(Field(match[1], match[2] or ""))
        at = match.end()
    parts.append(source[at:])
    if any("{" in part or "}" in part for part in parts if isinstance(part, str)):
        raise ValueError("a brace that is not {name} or {name:format}")
    wrong = [part.format for part in parts if isinstance(part, Field) and part.format not in FORMATS]
    if wrong:
        raise ValueError(f"unknown format {wrong[0]!r}; known are {', '.join(FORMATS[1:])}")
    return Template(source, tuple(part for part in parts if part))


def fill(prompts: Prompts, language: Language, form: Form, speak: Speak) -> str:
    """One spoken output as a sentence. A prompt that the language lacks is silence; the load refuses such a flow."""
    catalog = prompts.catalog(speak.language or language)
    prompt = catalog.prompts.get(speak.prompt)
    if prompt is None:
        return ""
    template = {"voice": prompt.voice, "text": prompt.text, "web": prompt.web}[form]
    return "".join(
        part if isinstance(part, str) else _show(catalog, part, str(speak.args.get(part.name, "")))
        for part in template.parts
    )


def split_threes(digits: str) -> list[str]:
    """A code in the groups of three in which it is spoken and written."""
    return [digits[at : at + 3] for at in range(0, len(digits), 3)]


def strip_control(text: str) -> str:
    """Without characters that XML or a telephone cannot carry."""
    return _CONTROL.sub(" ", text)


def _show(catalog: Catalog, part: Field, value: str) -> str:
    match part.format:
        case "digits":
            groups = split_threes(value) if len(value) % 3 == 0 else [value]
            return ", ".join(" ".join(group) for group in groups)
        case "threes":
            return " ".join(split_threes(value))
        case "label":
            found = catalog.wording(value if part.name == "choice" else f"{part.name}.{value}")
            return found.label if found else ""
    return _GAP.sub(r"[\1]", strip_control(value))

"""The sentences of a flow per language: a spoken form, a written form, and the values they mention."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from ivr_flows.model import Language, Speak

Form = Literal["voice", "text"]

FORMATS = ("", "digits", "threes", "label")
"""How `{name:format}` shows a value: as it is, digit by digit for a voice, in groups of three, or by its label."""

_FIELD = re.compile(r"\{([a-z_]+)(?::([a-z]+))?\}")
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
    """One entry of a prompts file. `alone` makes the written form a message of its own; `line` says where it stands."""

    voice: Template
    text: Template
    alone: bool = False
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Catalog:
    """All sentences of one language, and what values are called in it; `source` is the file's own text."""

    file: str
    prompts: Mapping[str, Prompt]
    labels: Mapping[str, Mapping[str, str]]
    source: str = ""


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
    catalog = prompts.catalog(language)
    prompt = catalog.prompts.get(speak.prompt)
    if prompt is None:
        return ""
    template = prompt.voice if form == "voice" else prompt.text
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
            return catalog.labels.get(part.name, {}).get(value, "")
    return strip_control(value)

"""Outputs as a page of a form: what is told, the report code, and one question with its kind of field."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from ivr_flows.model import Finish, Language, Listen, Output, Speak
from ivr_flows.nodes import Ask, Flow, Menu
from ivr_flows.prompts import Catalog, Prompts, fill, split_threes

Kind = Literal["choices", "text", "digits"]

_ALARM_NUMBER = re.compile(r"\b112\b")
_SENTENCE = re.compile(r"(?<=[.!?])\s+")


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence or two to be read; a warning names 112 and must stand out."""

    text: str
    is_warning: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """One radio button: the key that it presses, and what it is called."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Question:
    """What the page asks. `heading` is the question itself, `hint` what is said with it.

    `digits` is how many digits the field takes, 0 where it takes none. `asked_again` says that the last answer did not
    fit. `can_skip` and `can_go_back` are the engine's (`Listen`).
    """

    node: str
    heading: str
    hint: Line | None
    kind: Kind
    choices: tuple[Choice, ...] = ()
    digits: int = 0
    asked_again: bool = False
    can_skip: bool = False
    can_go_back: bool = False


@dataclass(frozen=True, slots=True)
class FormPage:
    """One page; without a question the conversation is over. `code` is the report code in groups of three, or empty."""

    told: tuple[Line, ...]
    code: tuple[str, ...]
    question: Question | None

    @property
    def is_finished(self) -> bool:
        """Whether nothing more is asked."""
        return self.question is None


def render(outputs: Iterable[Output], *, flow: Flow, prompts: Prompts, language: Language) -> FormPage:
    """The page of one turn, or of two that were taken at once: an answer, and that the resident is done.

    Of a question that such a second turn passed by, only a warning stays. What is said in another language than the
    conversation's is left out: a page offers its languages itself.
    """
    catalog = prompts.catalog(language)
    told: list[Line] = []
    code: tuple[str, ...] = ()
    asked: Question | None = None
    since_question: list[Speak] = []
    for output in outputs:
        match output:
            case Speak(args={"code": digits}):
                code = tuple(split_threes(digits)) or code
            case Speak(language=None):
                since_question.append(output)
            case Listen():
                told += _passed_by(asked)
                own, reprompts = _prompts_of(flow, output.node)
                told += _lines(
                    [one for one in since_question if one.prompt not in own | reprompts], catalog, prompts, language
                )
                asked = _ask(output, since_question, flow, prompts, language)
                since_question = []
            case Finish():
                told += _passed_by(asked)
                asked = None
    told += _lines(since_question, catalog, prompts, language)
    return FormPage(tuple(dict.fromkeys(told)), code, asked)


def _ask(listen: Listen, said: list[Speak], flow: Flow, prompts: Prompts, language: Language) -> Question:
    own, reprompts = _prompts_of(flow, listen.node)
    catalog = prompts.catalog(language)
    words = " ".join(filter(None, (fill(prompts, language, "web", one).strip() for one in said if one.prompt in own)))
    heading, hint = _split_question(words)
    node = flow.nodes.get(listen.node)
    digits = node.digits if isinstance(node, Ask) else 0
    labels = ((key, catalog.wording(wording)) for key, wording in listen.choices)
    return Question(
        node=listen.node,
        heading=heading,
        hint=Line(hint, bool(_ALARM_NUMBER.search(hint))) if hint else None,
        kind="choices" if listen.choices else "digits" if digits else "text",
        choices=tuple(Choice(key, _capitalise(one.label)) for key, one in labels if one is not None),
        digits=digits,
        asked_again=any(one.prompt in reprompts - own for one in said),
        can_skip=listen.can_skip,
        can_go_back=listen.can_go_back,
    )


def _prompts_of(flow: Flow, name: str) -> tuple[set[str], set[str]]:
    """The prompts that ask a question, and those that ask it again."""
    node = flow.nodes.get(name)
    if not isinstance(node, Menu | Ask):
        return set(), set()
    return {prompt.rpartition(":")[2] for prompt in node.prompts}, {*node.noinput, *node.nomatch}


def _lines(said: Iterable[Speak], catalog: Catalog, prompts: Prompts, language: Language) -> list[Line]:
    found = []
    for one in said:
        text = fill(prompts, language, "web", one).strip()
        if text:
            # By the sentence as it was written: a house number 112 in what was filled in is no warning.
            found.append(Line(text, bool(_ALARM_NUMBER.search(catalog.prompts[one.prompt].web.source))))
    return found


def _passed_by(asked: Question | None) -> list[Line]:
    if asked is None or asked.hint is None or not asked.hint.is_warning:
        return []
    return [Line(f"{asked.heading} {asked.hint.text}", True)]


def _split_question(words: str) -> tuple[str, str]:
    """The sentence that asks, with those before it, and the rest; the first sentence where none asks."""
    sentences = _SENTENCE.split(words)
    asks = next((at for at, one in enumerate(sentences) if one.endswith("?")), 0)
    return " ".join(sentences[: asks + 1]), " ".join(sentences[asks + 1 :])


def _capitalise(label: str) -> str:
    return label[:1].upper() + label[1:]

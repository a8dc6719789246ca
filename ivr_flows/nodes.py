"""What a flow is made of: nodes, the ways between them, and the words that interrupt it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import get_args

from ivr_flows.channels import Channel, Language

RETURN = "return"
"""A target that means: back to where the flow was left, for a call, a mention or a word that interrupted."""

ACCEPT = "accept"
"""A target that means: what was heard was right; take the option that waited to be confirmed."""

GREETING_LENGTH = 16
"""Words shorter than this that no option knows are a greeting or a slip; longer ones are kept as an answer."""

Words = Mapping[Language, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Way:
    """Where to go next; after `at_most` times the way leads to `then` instead."""

    to: str
    at_most: int = 0
    then: str = ""

    @property
    def targets(self) -> tuple[str, ...]:
        """Every node that this way can lead to."""
        return (self.to, self.then) if self.at_most else (self.to,)


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a menu. `wording` names its label and words (`Catalog.options`); `sets` are the answers it gives."""

    key: str
    wording: str
    words: Words
    sets: Mapping[str, str]
    goto: Way


@dataclass(frozen=True, slots=True)
class Case:
    """One arm of a branch: it is taken when every name in `when` holds one of its values.

    The value `any` means that there is an answer, `none` that there is not.
    """

    when: Mapping[str, tuple[str, ...]]
    goto: Way


@dataclass(frozen=True, slots=True, kw_only=True)
class _Node:
    """`file` and `line` say where it is written; prompts may be `en:key`, said in that language."""

    name: str
    file: str = field(default="", compare=False)
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tell(_Node):
    """Says something and goes on."""

    prompts: tuple[str, ...]
    goto: Way


@dataclass(frozen=True, slots=True, kw_only=True)
class Question(_Node):
    """What Menu and Ask share: prompts, re-prompts counted together, and what happens when they run out.

    `unless` leads on without asking where the answer is known already. `hints` name lists of words.
    """

    prompts: tuple[str, ...]
    noinput: tuple[str, ...]
    nomatch: tuple[str, ...]
    give_up_silent: Way
    give_up_wrong: Way
    skip: Way | None = None
    again: str = ""
    timeout: int = 6
    speech: bool = True
    keep: str = ""
    hints: tuple[str, ...] = ()
    unless: tuple[Case, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Menu(Question):
    """Offers options by key and by word. `keep` names the answer that takes a story told in place of a choice."""

    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask(Question):
    """Takes free words, or `digits` of them by key. An `answer` that begins with `_` stays within the conversation.

    `pattern` is what digits must look like; `also` names meanings that become answers of their own.
    """

    answer: str
    goto: Way
    digits: int = 0
    pattern: str = ""
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch(_Node):
    """Chooses the way by answers, by what was given at the start, and by channel."""

    cases: tuple[Case, ...]
    otherwise: Way


@dataclass(frozen=True, slots=True, kw_only=True)
class Call(_Node):
    """Goes into a sub-flow at `call`; where that says `return`, the conversation goes on at `goto`."""

    call: str
    goto: Way


@dataclass(frozen=True, slots=True, kw_only=True)
class Find(_Node):
    """Has the house look something up; `args` maps the lookup's names to answers. Its outcome chooses the way."""

    lookup: str
    args: Mapping[str, str]
    cases: Mapping[str, Way]
    otherwise: Way


@dataclass(frozen=True, slots=True, kw_only=True)
class Do(_Node):
    """Has the house do something (`notify`), gives answers (`sets`), or both."""

    notify: str
    sets: Mapping[str, str]
    goto: Way


@dataclass(frozen=True, slots=True, kw_only=True)
class End(_Node):
    """Says the last words and finishes."""

    prompts: tuple[str, ...]
    outcome: str


Node = Tell | Menu | Ask | Branch | Call | Find | Do | End

KINDS = tuple(one.__name__.lower() for one in get_args(Node))
"""What the YAML calls each kind of node."""


def kind_of(node: Node) -> str:
    """The kind of a node as its YAML calls it."""
    return type(node).__name__.lower()


@dataclass(frozen=True, slots=True)
class Interrupt:
    """What may be said at any moment: a whole message that is one of `words`, or that holds exactly `digits` digits.

    It presses a `key`, goes somewhere (after giving `answer` the digits), or changes the `language` and asks again.
    `nodes` limits where it is heard; the opening of a conversation always counts.
    """

    words: Words
    digits: int = 0
    answer: str = ""
    key: str = ""
    language: Language | None = None
    goto: Way | None = None
    channels: tuple[Channel, ...] = ()
    nodes: tuple[str, ...] = ()

    def is_heard(self, channel: Channel, node: str = "") -> bool:
        """Whether it counts on a channel at a question or, where none is named, at the opening."""
        return (not self.channels or channel in self.channels) and (not self.nodes or not node or node in self.nodes)


@dataclass(frozen=True, slots=True)
class Mention:
    """Something said in passing (`meaning` is `value`) that leads to `goto` first, at most so often in a conversation."""

    meaning: str
    value: str
    goto: str
    at_most: int


@dataclass(frozen=True, slots=True)
class Flow:
    """One script. `version` changes with any word of it or of its prompts.

    `placeholders` says per prompt which values it mentions, `longest` how long a value can be in a text message,
    `opening` which answer a long first text gives, `volunteered` which meanings of free words become answers,
    `mentions` what is heeded in them, `confirm` which menu asks whether a doubtful word was heard well,
    `promised_seconds` how long a whole call may take, `said_by_house` which prompts are said outside of the flow.
    """

    name: str
    version: str
    start: str
    person: str
    nodes: Mapping[str, Node]
    interrupts: tuple[Interrupt, ...] = ()
    placeholders: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    opening: str = ""
    volunteered: tuple[str, ...] = ()
    mentions: tuple[Mention, ...] = ()
    confirm: str = ""
    promised_seconds: int = 0
    languages: tuple[Language, ...] = ("nl",)
    longest: Mapping[str, int] = field(default_factory=dict)
    said_by_house: tuple[str, ...] = ()
    file: str = ""

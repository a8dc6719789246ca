"""The words of a conversation: events that come in, the state between two turns, outputs that go out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from ivr_flows.channels import Channel as Channel
from ivr_flows.channels import Language as Language

# ---- events: what one turn brings in -------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Started:
    """The conversation begins: a telephone call opens with it, a text or a page with its own words."""


@dataclass(frozen=True, slots=True)
class Keys:
    """Keys pressed, as `0-9*#`; a text message of digits alone counts as keys too."""

    digits: str


@dataclass(frozen=True, slots=True)
class Said:
    """Words that were spoken, texted or typed, already scrubbed.

    `meaning` holds what the understanding found in them, by name (`hotline.understanding.meaning` lists them all):
    `yes_no`, `language`, `danger`, `place`, `category` and so on. `confidence` is the recogniser's, 0 to 1, or None.
    """

    text: str
    meaning: Mapping[str, str] = field(default_factory=dict)
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class NoInput:
    """Silence: the time to answer ran out."""


@dataclass(frozen=True, slots=True)
class HungUp:
    """The other side is gone."""


@dataclass(frozen=True, slots=True)
class Found:
    """What the house answers to a `Lookup` output; `case` chooses the branch, `values` fill prompts."""

    name: str
    case: str
    values: Mapping[str, str] = field(default_factory=dict)


Event = Started | Keys | Said | NoInput | HungUp | Found


# ---- outputs: what one turn sends out ------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Speak:
    """One prompt to be said or sent, by its key, with the values that it mentions.

    `language` is set where it is not the conversation's: the choice of a language is offered in each.
    """

    prompt: str
    args: Mapping[str, str] = field(default_factory=dict)
    language: Language | None = None


@dataclass(frozen=True, slots=True)
class Listen:
    """Wait for an answer. `digits` is how many keys end it at once, None where `#` or a pause does.

    In menus `finish` is "" (so that `#` arrives as a key), while digits are entered it is "#".
    `timeout` is in seconds. `barge_in` lets a key cut the prompt short. `hints` name lists of words for the recogniser.
    `node` is the question that waits; `choices` are a menu's options, key and wording each (`Catalog.options`), for a
    channel that shows them; `can_skip` says whether the question may stay unanswered, `can_go_back` whether one was
    asked before it.
    """

    keys: bool
    speech: bool
    digits: int | None = None
    finish: Literal["", "#"] = "#"
    timeout: int = 6
    barge_in: bool = True
    hints: tuple[str, ...] = ()
    node: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    can_skip: bool = False
    can_go_back: bool = False


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer was accepted; the last one of a name wins."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Lookup:
    """The house must find something out; it answers with `Found` before the turn ends."""

    name: str
    args: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Notify:
    """Something the house must do: `offer_code`, `alarm`, `person`."""

    what: str


@dataclass(frozen=True, slots=True)
class Finish:
    """The conversation is over; on the telephone the line is closed after what was spoken."""

    outcome: str


Output = Speak | Listen | Answered | Lookup | Notify | Finish


# ---- state: all that a conversation remembers ----------------------------------------------


@dataclass(frozen=True, slots=True)
class State:
    """One conversation between two turns; everything in it is a string, a number or a tuple.

    `given` are values laid ready at the start (`code`: the report code this call may offer).
    `visited` is the way back for the `*` key, `returns` the nodes that `return` leads to, the next one last.
    `misses` counts silence and wrong keys at `node`.
    """

    flow: str
    node: str
    channel: Channel
    language: Language
    answers: Mapping[str, str] = field(default_factory=dict)
    given: Mapping[str, str] = field(default_factory=dict)
    visited: tuple[str, ...] = ()
    returns: tuple[str, ...] = ()
    misses: int = 0
    finished: bool = False

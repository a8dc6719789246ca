"""Plays a script against a flow for golden tests and a terminal; the state goes through the codec at every turn."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import cast

from ivr_flows.codec import dump_outputs, dump_state, load_outputs, load_state
from ivr_flows.engine import advance, begin
from ivr_flows.model import (
    Answered,
    Channel,
    Event,
    Finish,
    Found,
    HungUp,
    Keys,
    Language,
    Lookup,
    NoInput,
    Notify,
    Output,
    Said,
    Speak,
    Started,
    State,
)
from ivr_flows.nodes import Flow
from ivr_flows.prompts import Prompts
from ivr_flows.render import sms, text

Understand = Callable[[str, Language], Mapping[str, str]]
"""What words mean in a language; a script may say so itself, turn by turn."""

_DIGITS_ONLY = re.compile(r"[\d\s.\-]*\d[\d\s.\-]*|[*#]")
"""What the telephony layer takes for keys in a text message."""


@dataclass(frozen=True, slots=True)
class Move:
    """One turn of a script: what the other side does, and what the house finds if it must look something up.

    `does` is `starts`, `presses KEYS`, `says WORDS`, `texts WORDS`, `is silent` or `hangs up`.
    """

    does: str
    meaning: Mapping[str, str] = field(default_factory=dict)
    confidence: float | None = None
    finds: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Script:
    """A whole conversation from the outside."""

    channel: Channel
    moves: Sequence[Move]
    language: Language = "nl"
    given: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Heard:
    """What one move led to."""

    does: str
    outputs: tuple[Output, ...]
    lines: tuple[str, ...]
    language: Language

    @property
    def prompts(self) -> tuple[str, ...]:
        """The keys of the prompts that were said, in order; `en:key` where that was in another language."""
        spoken = [one for one in self.outputs if isinstance(one, Speak)]
        return tuple(f"{one.language}:{one.prompt}" if one.language else one.prompt for one in spoken)

    @property
    def notices(self) -> tuple[str, ...]:
        """What the house had to do."""
        return tuple(one.what for one in self.outputs if isinstance(one, Notify))

    @property
    def outcome(self) -> str:
        """How the conversation ended, or nothing while it goes on."""
        return next((one.outcome for one in self.outputs if isinstance(one, Finish)), "")


@dataclass(frozen=True, slots=True)
class Transcript:
    """A played script: every turn, the answers that were told, and the last state."""

    turns: tuple[Heard, ...]
    answers: Mapping[str, str]
    state: State


def play(flow: Flow, prompts: Prompts, script: Script, understand: Understand | None = None) -> Transcript:
    """Plays every move; raises ValueError on a move that means nothing.

    `understand` finds the meanings of words; what the script itself says of them counts for more.
    """
    state = begin(flow, channel=script.channel, language=script.language, given=script.given)
    turns: list[Heard] = []
    answers: dict[str, str] = {}
    for move in script.moves:
        event = move_event(move)
        if understand is not None and isinstance(event, Said):
            event = replace(event, meaning={**understand(event.text, state.language), **event.meaning})
        state, outputs = _take(flow, state, event)
        if any(isinstance(one, Lookup) for one in outputs):
            finds = dict(move.finds)
            lookup = next(one.name for one in outputs if isinstance(one, Lookup))
            state, more = _take(flow, state, Found(lookup, finds.pop("case", ""), finds))
            outputs += more
        answers.update({one.name: one.value for one in outputs if isinstance(one, Answered)})
        turns.append(Heard(move.does, outputs, _lines(state, prompts, outputs), state.language))
    return Transcript(tuple(turns), answers, state)


def move_event(move: Move) -> Event:
    """The event that a move stands for; a text of digits alone counts as keys."""
    verb, _, rest = move.does.partition(" ")
    match verb, rest:
        case "starts", "":
            return Started()
        case "presses", keys if keys:
            return Keys(keys)
        case "says", words if words:
            return Said(words, move.meaning, move.confidence)
        case "texts", words if words:
            if _DIGITS_ONLY.fullmatch(words):
                return Keys("".join(one for one in words if one in "0123456789*#"))
            return Said(words, move.meaning)
        case "is", "silent":
            return NoInput()
        case "hangs", "up":
            return HungUp()
    raise ValueError(f"'{move.does}': use starts, presses, says, texts, is silent or hangs up")


def read_script(data: Mapping[str, object]) -> Script:
    """A script from a golden file's table: `channel`, `language`, `given` and `turns`."""
    turns = cast(Sequence[Mapping[str, object]], data["turns"])
    moves = [
        Move(
            does=str(turn["does"]),
            meaning=_texts(turn.get("meaning")),
            confidence=float(str(turn["confidence"])) if "confidence" in turn else None,
            finds=_texts(turn.get("finds")),
        )
        for turn in turns
    ]
    return Script(
        channel=cast(Channel, data["channel"]),
        moves=moves,
        language=cast(Language, data.get("language", "nl")),
        given=_texts(data.get("given")),
    )


def _texts(value: object) -> dict[str, str]:
    return {str(name): str(one) for name, one in cast(Mapping[object, object], value or {}).items()}


def _take(flow: Flow, state: State, event: Event) -> tuple[State, tuple[Output, ...]]:
    after, outputs = advance(flow, load_state(dump_state(state)), event)
    return load_state(dump_state(after)), load_outputs(dump_outputs(outputs))


def _lines(state: State, prompts: Prompts, outputs: tuple[Output, ...]) -> tuple[str, ...]:
    if state.channel == "sms":
        return sms.render(outputs, prompts=prompts, language=state.language)
    return text.render(outputs, prompts=prompts, language=state.language)

"""State and outputs as compact JSON and back; anything that does not fit exactly is refused."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from ivr_flows.channels import CHANNELS, LANGUAGES
from ivr_flows.model import (
    Answered,
    Finish,
    Listen,
    Lookup,
    Notify,
    Output,
    Speak,
    State,
)


class CodecError(ValueError):
    """The bytes are not what this codec writes; the message never quotes them."""


def dump_state(state: State) -> bytes:
    """A state as JSON bytes; `load_state` gives an equal one back."""
    return _dump(
        [
            state.flow,
            state.node,
            state.channel,
            state.language,
            dict(state.answers),
            dict(state.given),
            state.visited,
            state.returns,
            state.misses,
            state.finished,
        ]
    )


def load_state(data: bytes) -> State:
    """The state that `dump_state` wrote; raises CodecError."""
    row = _load(data)
    if len(row) != 10:
        raise CodecError("a state has ten fields")
    flow, node, channel, language, answers, given, visited, returns, misses, finished = row
    if channel not in CHANNELS or language not in LANGUAGES:
        raise CodecError("a state with an unknown channel or language")
    if type(misses) is not int or type(finished) is not bool:
        raise CodecError("a state's misses are a number and finished is true or false")
    return State(
        flow=_text(flow),
        node=_text(node),
        channel=channel,
        language=language,
        answers=_texts(answers),
        given=_texts(given),
        visited=_names(visited),
        returns=_names(returns),
        misses=misses,
        finished=finished,
    )


def dump_outputs(outputs: Sequence[Output]) -> bytes:
    """Outputs as JSON bytes, each a list that begins with its kind."""
    return _dump([_row(output) for output in outputs])


def load_outputs(data: bytes) -> tuple[Output, ...]:
    """The outputs that `dump_outputs` wrote; raises CodecError."""
    return tuple(_output(row) for row in _load(data))


def _row(output: Output) -> list[Any]:
    match output:
        case Speak():
            return ["speak", output.prompt, dict(output.args), output.language]
        case Listen():
            return [
                "listen",
                output.keys,
                output.speech,
                output.digits,
                output.finish,
                output.timeout,
                output.barge_in,
                output.hints,
                output.node,
                output.choices,
                output.can_skip,
                output.can_go_back,
            ]
        case Answered():
            return ["answered", output.name, output.value]
        case Lookup():
            return ["lookup", output.name, dict(output.args)]
        case Notify():
            return ["notify", output.what]
        case Finish():
            return ["finish", output.outcome]


def _output(row: object) -> Output:
    match row:
        case ["speak", str(prompt), dict(args), ("nl" | "en" | "de" | "fr" | None) as language]:
            return Speak(prompt, _texts(args), language)
        case [
            "listen",
            bool(keys),
            bool(speech),
            (int() | None) as digits,
            ("" | "#") as finish,
            int(timeout),
            bool(barge_in),
            hints,
            str(node),
            list(choices),
            bool(can_skip),
            bool(can_go_back),
        ] if bool not in (type(digits), type(timeout)):
            end: Literal["", "#"] = "#" if finish else ""
            shown = tuple(_pair(one) for one in choices)
            return Listen(
                keys, speech, digits, end, timeout, barge_in, _names(hints), node, shown, can_skip, can_go_back
            )
        case ["answered", str(name), str(value)]:
            return Answered(name, value)
        case ["lookup", str(name), dict(args)]:
            return Lookup(name, _texts(args))
        case ["notify", str(what)]:
            return Notify(what)
        case ["finish", str(outcome)]:
            return Finish(outcome)
    raise CodecError("an output of an unknown kind or shape")


def _dump(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def _load(data: bytes) -> list[Any]:
    try:
        value = json.loads(data.decode("utf-8", "surrogatepass"))
    except ValueError:
        raise CodecError("not JSON in UTF-8") from None
    if not isinstance(value, list):
        raise CodecError("not a list")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise CodecError("a text was expected")
    return value


def _texts(value: object) -> Mapping[str, str]:
    if not isinstance(value, dict) or not all(isinstance(one, str) for one in value.values()):
        raise CodecError("a table of texts was expected")
    return value


def _pair(value: object) -> tuple[str, str]:
    match value:
        case [str(key), str(wording)]:
            return key, wording
    raise CodecError("a pair of texts was expected")


def _names(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise CodecError("a list of texts was expected")
    return tuple(value)

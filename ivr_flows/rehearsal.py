"""A conversation played move by move at a terminal, and written down as a golden case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import yaml

from ivr_flows.channels import Channel, Language
from ivr_flows.model import Lookup, Said
from ivr_flows.nodes import Flow
from ivr_flows.prompts import Form, Prompts
from ivr_flows.render import sms, text
from ivr_flows.simulate import Heard, Move, Script, Transcript, Understand, move_event, play

_VERBS = ("starts", "presses ", "says ", "texts ")


@dataclass(slots=True)
class Rehearsal:
    """A script in the making. Every move plays the whole script anew, so that what is heard is what a golden call hears."""

    flow: Flow
    prompts: Prompts
    understand: Understand
    script: Script
    transcript: Transcript | None = field(default=None)

    def take(self, line: str) -> Heard:
        """One typed line as a move; raises ValueError on one that means nothing."""
        move = read_move(line, self.script.channel)
        event = move_event(move)
        if isinstance(event, Said):
            move = replace(move, meaning=self.understand(event.text, self.language))
        return self._play((*self.script.moves, move))

    def find(self, line: str) -> Heard:
        """What the house finds for the move that came last: a case, and `name=value` for what it mentions."""
        case, *values = line.split(",")
        finds = {"case": case.strip()} | {
            name.strip(): value.strip() for name, _, value in (one.partition("=") for one in values)
        }
        last = self.script.moves[-1]
        return self._play((*self.script.moves[:-1], replace(last, finds=finds)))

    @property
    def language(self) -> Language:
        """The language that is spoken now."""
        return self.transcript.state.language if self.transcript else self.script.language

    @property
    def answers(self) -> Mapping[str, str]:
        """What was answered so far."""
        return self.transcript.answers if self.transcript else {}

    def _play(self, moves: tuple[Move, ...]) -> Heard:
        script = replace(self.script, moves=moves)
        self.transcript = play(self.flow, self.prompts, script)
        self.script = script
        return self.transcript.turns[-1]


def read_move(line: str, channel: Channel) -> Move:
    """A typed line as a move: `presses 1`, `hangs up`, nothing for silence, and words as what is said or sent."""
    words = " ".join(line.split())
    if not words or words == "is silent":
        return Move("is silent")
    if words == "hangs up" or words.startswith(_VERBS):
        return Move(words)
    return Move(f"{'says' if channel == 'voice' else 'texts'} {words}")


def is_looking_up(heard: Heard) -> bool:
    """Whether a turn had the house look something up."""
    return any(isinstance(one, Lookup) for one in heard.outputs)


def show_lines(prompts: Prompts, channel: Channel, heard: Heard) -> tuple[str, ...]:
    """What the other side hears or reads, a line each, and what else the turn did."""
    if channel == "sms":
        return sms.render(heard.outputs, prompts=prompts, language=heard.language)
    form: Form = "voice" if channel == "voice" else "web"
    return text.render(heard.outputs, prompts=prompts, language=heard.language, form=form)


def write_golden(transcript: Transcript, script: Script, about: str) -> str:
    """A played script in the format of `tests/golden/`."""
    turns: list[dict[str, object]] = []
    for move, heard in zip(script.moves, transcript.turns, strict=True):
        turn: dict[str, object] = {"does": move.does}
        if move.meaning:
            turn["meaning"] = dict(move.meaning)
        if move.confidence is not None:
            turn["confidence"] = move.confidence
        if move.finds:
            turn["finds"] = dict(move.finds)
        turn["hears"] = [*heard.prompts]
        if heard.notices:
            turn["notifies"] = [*heard.notices]
        if heard.outcome:
            turn["ends"] = heard.outcome
        turns.append(turn)
    case: dict[str, object] = {"about": about, "channel": script.channel}
    if script.language != "nl":
        case["language"] = script.language
    case |= {"given": dict(script.given), "turns": turns, "answers": dict(transcript.answers)}
    return yaml.safe_dump(case, sort_keys=False, allow_unicode=True, width=1000, default_flow_style=None)

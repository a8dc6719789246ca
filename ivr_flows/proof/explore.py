"""Plays a doubtful flow into every corner with the real engine: all that a conversation can come to, and every turn.

A turn that needs something found out stops there, and goes on from there for each outcome. After the key `*`, where it
leads is every question that ever stood on top of the way back at that node, with all that was ever remembered there.
The language is forgotten too: what is said in one is tried in each. All of this adds turns and hides none: what holds
for all of them holds for every real conversation.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from ivr_flows.channels import Channel, Language
from ivr_flows.engine import advance
from ivr_flows.model import Answered, Listen, Lookup, Output, Speak, State
from ivr_flows.nodes import Find, Flow, Menu
from ivr_flows.proof.doubt import RETURNING
from ivr_flows.proof.memory import Matters, read_matters
from ivr_flows.proof.moves import STORY, Act, acts_at, acts_at_start

Known = tuple[tuple[str, str], ...]
"""Names to steer by with their values."""


@dataclass(frozen=True, slots=True)
class Place:
    """What matters of a conversation between two turns, or where a turn waits for something found out."""

    node: str
    misses: int = 0
    returns: tuple[str, ...] = ()
    known: Known = ()
    finished: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn between two places, or a piece of one; `said` numbers its outputs."""

    target: int
    act: Act
    said: int


@dataclass(slots=True)
class Graph:
    """Places by number, the first one where the conversation begins; `turns` leave them, `origins` led there first.

    `outputs` holds one example of each distinct list of outputs of a piece; `broken` are those at which the engine raised.
    """

    flow: Flow
    channel: Channel
    places: list[Place] = field(default_factory=list)
    turns: list[list[Turn]] = field(default_factory=list)
    origins: list[tuple[int, Act] | None] = field(default_factory=list)
    outputs: list[tuple[Output, ...]] = field(default_factory=list)
    broken: list[tuple[int, Act, str]] = field(default_factory=list)

    def is_waiting(self, number: int) -> bool:
        """Whether a place is in the middle of a turn."""
        return not self.places[number].finished and isinstance(self.flow.nodes.get(self.places[number].node), Find)

    def retrace(self, number: int) -> list[Act]:
        """The moves that led to a place, the first one first."""
        found: list[Act] = []
        while (origin := self.origins[number]) is not None:
            number, act = origin
            found.append(act)
        return found[::-1]


def explore(flow: Flow, channel: Channel, language: Language) -> Graph:
    """Everything that a doubtful flow can come to on a channel, begun in `language`."""
    explorer = _Explorer(flow, channel, read_matters(flow, channel))
    explorer.run(language)
    return explorer.graph


class _Explorer:
    def __init__(self, flow: Flow, channel: Channel, matters: Matters) -> None:
        self.flow, self.channel, self.matters = flow, channel, matters
        self.graph = Graph(flow, channel)
        self._ids: dict[Place, int] = {}
        self._said: dict[tuple[object, ...], int] = {}
        self._tops: dict[str, dict[str, None]] = {}
        self._reached: dict[str, dict[tuple[tuple[str, ...], Known], None]] = {}
        self._backs: dict[tuple[str, Known, frozenset[str]], int] = {}
        self._gone_back: set[tuple[str, tuple[str, ...], Known]] = set()
        self._steps: dict[str, dict[str, None]] = {}
        self._acts: dict[str, tuple[Act, ...]] = {}

    def run(self, language: Language) -> None:
        self._first = language
        self._meet(Place(""), None)
        at, backs = 0, -1
        while at < len(self.graph.places) or backs < len(self._gone_back):
            while at < len(self.graph.places):
                self._play(at)
                at += 1
            backs = len(self._gone_back)
            self._spread_tops()
            self._play_back()

    def acts(self, number: int) -> tuple[Act, ...]:
        """All moves at a place."""
        place = self.graph.places[number]
        if place.node not in self._acts:
            node = self.flow.nodes.get(place.node)
            self._acts[place.node] = (
                acts_at(self.flow, node, self.channel) if node else acts_at_start(self.flow, self.channel)
            )
        return self._acts[place.node]

    def _play(self, number: int) -> None:
        place = self.graph.places[number]
        if place.finished:
            return
        for act in self.acts(number):
            self._take(number, act, place, "")
        node = self.flow.nodes.get(place.node)
        if isinstance(node, Menu) and f"?{node.name}" in self.flow.nodes:
            self._pass_over(number, place)

    def _pass_over(self, number: int, place: Place) -> None:
        """A story may tell what the question asks."""
        act = next(act for act in self.acts(number) if act.move.does.endswith(STORY) and not act.move.meaning)
        asked = replace(place, node=f"?{place.node}", misses=0)
        known = replace(act, kind="answer")
        self._tops.setdefault(asked.node, {})[place.node] = None
        self.graph.turns[number].append(Turn(self._meet(asked, (number, known)), known, self._note(())))

    def _note_top(self, came_from: str, state: State) -> None:
        """What is on top of the way back: a question that was left, or, where a sub-flow returns, what was there."""
        if state.visited and state.node != RETURNING:
            self._tops.setdefault(state.node, {})[state.visited[-1]] = None
        elif came_from != state.node:
            self._steps.setdefault(came_from, {})[state.node] = None

    def _spread_tops(self) -> None:
        """What is on top of the way back where a turn waits is on top where it goes on to."""
        changed = True
        while changed:
            changed = False
            for name, targets in self._steps.items():
                for target in targets:
                    tops = self._tops.setdefault(target, {})
                    before = len(tops)
                    tops.update(self._tops.get(name, {}))
                    changed = changed or len(tops) != before

    def _play_back(self) -> None:
        """The key `*` from each question; one such turn stands for all that would go on alike."""
        for number in range(1, len(self.graph.places)):
            place = self.graph.places[number]
            backs = [] if place.finished else [act for act in self.acts(number) if act.kind == "back"][:1]
            here = self.matters.live_at(place.node, place.returns)
            for act in backs:
                for top in [*self._tops.get(place.node, ())]:
                    like, reached = (top, place.known, here), len(self._reached.get(top, ()))
                    if self._backs.get(like) != reached:
                        self._backs[like] = reached
                        self._go_back(number, act, top, here)

    def _go_back(self, number: int, act: Act, top: str, here: frozenset[str]) -> None:
        place = self.graph.places[number]
        for stack, known in self._known_at(top, place, here):
            if (top, stack, known) not in self._gone_back:
                self._gone_back.add((top, stack, known))
                self._take(number, act, replace(place, returns=stack, known=known), top)

    def _known_at(self, top: str, place: Place, here: frozenset[str]) -> dict[tuple[tuple[str, ...], Known], None]:
        """What may be remembered at a question that is gone back to: what is known still, and what ever was there."""
        found: dict[tuple[tuple[str, ...], Known], None] = {}
        for stack, known in self._reached.get(top, {((), ()): None}):
            live = self.matters.live_at(top, stack)
            guessed = {name: value for name, value in known if name not in here}
            sure = {name: value for name, value in place.known if name in live}
            found[stack, tuple(sorted((guessed | sure).items()))] = None
        return found

    def _take(self, number: int, act: Act, place: Place, top: str) -> None:
        """One turn; in every language where that makes a difference."""
        if act.language is not None:
            self._take_in(act.language, number, act, place, top)
        elif self._take_in(self._first, number, act, place, top):
            for language in self.flow.languages:
                if language != self._first:
                    self._take_in(language, number, act, place, top)

    def _take_in(self, language: Language, number: int, act: Act, place: Place, top: str) -> bool:
        """One turn in one language; whether it said something in another one."""
        state = State(
            flow=self.flow.version,
            node=place.node,
            channel=self.channel,
            language=language,
            answers=dict(place.known),
            visited=(top,) if top else (),
            returns=place.returns,
            misses=place.misses,
        )
        try:
            after, outputs = advance(self.flow, state, act.event)
        except Exception as error:
            # Whatever it was, it would have cost a caller the call; the report names it with the way to it.
            self.graph.broken.append((number, act, type(error).__name__))
            return False
        said = self._note(outputs)
        target = self._meet(self._place(after), (number, act))
        self._note_top(place.node, after)
        self.graph.turns[number].append(Turn(target, act, said))
        return any(isinstance(one, Speak) and one.language for one in outputs)

    def _place(self, state: State) -> Place:
        if state.finished:
            return Place(state.node, finished=True)
        returns = tuple(f"?{one}" if f"?{one}" in self.flow.nodes else one for one in state.returns)
        kept = self.matters.keep_returns(state.node, returns)
        known = self.matters.remember(state.node, kept, state.answers)
        self._reached.setdefault(state.node, {})[kept, known] = None
        return Place(state.node, state.misses, kept, known)

    def _meet(self, place: Place, origin: tuple[int, Act] | None) -> int:
        number = self._ids.get(place)
        if number is None:
            number = self._ids[place] = len(self.graph.places)
            self.graph.places.append(place)
            self.graph.origins.append(origin)
            self.graph.turns.append([])
        return number

    def _note(self, outputs: tuple[Output, ...]) -> int:
        told = tuple(one for one in outputs if not isinstance(one, Answered | Lookup))
        key = tuple(map(_name_output, told))
        number = self._said.get(key)
        if number is None:
            number = self._said[key] = len(self.graph.outputs)
            self.graph.outputs.append(told)
        return number


def _name_output(output: Output) -> object:
    if isinstance(output, Speak):
        return output.prompt, output.language
    return ("listen", output.node) if isinstance(output, Listen) else output

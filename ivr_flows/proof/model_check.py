"""Proves over every reachable place of a flow that no caller is lost, left in silence or kept in a circle."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from ivr_flows.channels import Channel, Language
from ivr_flows.nodes import Flow
from ivr_flows.prompts import Prompts
from ivr_flows.proof.doubt import doubt
from ivr_flows.proof.explore import Graph, explore
from ivr_flows.proof.moves import OTHER_CASE, Act
from ivr_flows.proof.proofs import Fault, find_lost, find_parrots, find_unfinished, measure_errors
from ivr_flows.proof.timing import measure_quickest
from ivr_flows.proof.worst_words import MOST_BYTES, Telephone, judge_words, measure_spoken
from ivr_flows.simulate import Move


@dataclass(frozen=True, slots=True)
class Failure:
    """Something that must not happen, with the moves that lead to it.

    `supposed` is what the flow must have found in the answers for that, which the moves alone do not give.
    """

    channel: Channel
    what: str
    moves: tuple[Move, ...]
    supposed: tuple[str, ...] = ()

    def __str__(self) -> str:
        supposed = [f"  supposing that {one}" for one in self.supposed]
        return "\n".join([f"{self.channel}: {self.what}", *supposed, *(f"  {_show(move)}" for move in self.moves)])


@dataclass(frozen=True, slots=True)
class Checked:
    """One channel of a flow. `deepest` is the longest of the shortest ways to a place, `patience` the most turns that
    a caller who only errs can take before the end. `quickest` are the seconds of the quickest whole report per language,
    on the telephone alone.
    """

    channel: Channel
    states: int
    transitions: int
    outputs: int
    deepest: int
    patience: int
    quickest: Mapping[Language, float]
    failures: tuple[Failure, ...]


def check_channel(
    flow: Flow,
    prompts: Prompts,
    channel: Channel,
    telephone: Telephone,
    *,
    language: Language = "nl",
    say: Callable[[str], None] = lambda _line: None,
) -> Checked:
    """Explores a channel, begun in `language`, and judges all of it. `say` takes lines of progress."""
    say(f"{channel}: exploring")
    graph = explore(doubt(flow), channel, language)
    transitions = sum(map(len, graph.turns))
    say(f"{channel}: {len(graph.places)} states, {transitions} turns; judging")
    patience, circles = measure_errors(graph)
    faults = (*find_unfinished(graph), *find_lost(graph), *circles, *find_parrots(graph))
    wording = (*_judge_all_words(flow, prompts, telephone, graph), *_judge_sizes(flow, prompts, telephone, graph))
    quickest = measure_quickest(flow, prompts) if channel == "voice" else {}
    late = tuple(
        Failure(channel, f"in '{one}' the quickest whole report takes {seconds:.0f} seconds; promised is {limit}", ())
        for one, seconds in quickest.items()
        if (limit := flow.promised_seconds) and seconds > limit
    )
    return Checked(
        channel=channel,
        states=len(graph.places),
        transitions=transitions,
        outputs=len(graph.outputs),
        deepest=max(_count_moves(graph.retrace(number)) for number in range(len(graph.places))),
        patience=patience,
        quickest=quickest,
        failures=(*(_script(graph, fault) for fault in (*faults, *wording)), *late),
    )


def _judge_all_words(flow: Flow, prompts: Prompts, telephone: Telephone, graph: Graph) -> Iterator[Fault]:
    first = {turn.said: (number, turn.act) for number, turns in reversed([*enumerate(graph.turns)]) for turn in turns}
    for said, (number, act) in sorted(first.items(), key=lambda one: one[0]):
        for what in judge_words(flow, prompts, telephone, graph.channel, graph.outputs[said]):
            yield what, number, (act,)


def _judge_sizes(flow: Flow, prompts: Prompts, telephone: Telephone, graph: Graph) -> Iterator[Fault]:
    """The pieces of a turn that stops to find something out are spoken in one document: the largest such must fit."""
    if graph.channel != "voice":
        return
    for language in flow.languages:
        sizes = [measure_spoken(flow, prompts, telephone, language, one) for one in graph.outputs]
        most: dict[int, int] = {}
        for number in range(len(graph.places) - 1, -1, -1):
            size = _measure_most(graph, sizes, most, number)
            if size > MOST_BYTES:
                yield f"in '{language}' an answer is {size} bytes; at most {MOST_BYTES}", number, ()
                break


def _measure_most(graph: Graph, sizes: list[int], most: dict[int, int], number: int) -> int:
    """The most that a turn can still say from a place on."""
    if number not in most:
        most[number] = 0  # a turn that goes round is told elsewhere
        for turn in graph.turns[number]:
            rest = _measure_most(graph, sizes, most, turn.target) if graph.is_waiting(turn.target) else 0
            most[number] = max(most[number], sizes[turn.said] + rest)
    return most[number]


def _count_moves(acts: list[Act]) -> int:
    return sum(act.kind != "found" for act in acts)


def _script(graph: Graph, fault: Fault) -> Failure:
    what, number, acts = fault
    moves: list[Move] = []
    supposed: dict[str, None] = {}
    for act in (*graph.retrace(number), *acts):
        if act.kind != "found":
            moves.append(act.move)
        elif not act.is_doubt and moves:
            moves[-1] = replace(moves[-1], finds=act.move.finds)
        elif act.move.finds["case"] != OTHER_CASE:
            supposed[act.move.finds["case"]] = None
    return Failure(graph.channel, what, tuple(moves), tuple(one for one in supposed if one))


def _show(move: Move) -> str:
    means = f" (means {dict(move.meaning)})" if move.meaning else ""
    finds = f" (finds {dict(move.finds)})" if move.finds else ""
    return f"{move.does}{means}{finds}"

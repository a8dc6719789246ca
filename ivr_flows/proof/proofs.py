"""What must hold for every place of an explored flow: an end for whoever only errs, a person after 0, no parrot."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence

from ivr_flows.model import Finish, Listen, Notify, Speak
from ivr_flows.proof.explore import Graph, Turn
from ivr_flows.proof.moves import Act
from ivr_flows.walk import BROKEN

MOST_REPEATS = 3
"""Times that the same prompt may come in a row while the caller only errs."""

Fault = tuple[str, int, tuple[Act, ...]]
"""What is wrong, the place where it begins, and the moves from there that show it."""


def find_unfinished(graph: Graph) -> Iterator[Fault]:
    """Turns that raise, that give no turn back, or after which 0 notifies nobody; the first of each kind."""
    for number, act, error in graph.broken:
        yield f"the engine raises {error}", number, (act,)
    told: set[str] = set()
    for number, turns in enumerate(graph.turns):
        for turn in turns:
            what = _judge_turn(graph, turn)
            if what and what not in told:
                told.add(what)
                yield what, number, (turn.act,)


def find_lost(graph: Graph) -> Iterator[Fault]:
    """Places from which no end can be reached, whatever the caller does; what is found out, he cannot choose."""
    good = [place.finished for place in graph.places]
    changed = True
    while changed:
        changed = False
        for number in range(len(good) - 1, -1, -1):
            if good[number]:
                continue
            helps = [good[turn.target] for turn in graph.turns[number] if turn.act.kind != "gone"]
            if any(helps) and (all(helps) or not graph.is_waiting(number)):
                good[number] = changed = True
    lost = {graph.places[number].node: number for number in range(len(good) - 1, -1, -1) if not good[number]}
    for node, number in sorted(lost.items()):
        yield f"from node '{node}' no end can be reached", number, ()


def measure_errors(graph: Graph) -> tuple[int, tuple[Fault, ...]]:
    """The most turns that a caller who only errs can take from any place, and a circle in which he would stay for ever."""
    longest: dict[int, int] = {}
    faults: list[Fault] = []
    for start in range(len(graph.places)):
        path: dict[int, None] = {}
        stack = [] if start in longest else [(start, _turns_of_errors(graph, start))]
        if stack:
            path[start] = None
        while stack:
            number, turns = stack[-1]
            for turn in turns:
                if turn.target in path:
                    if not faults:
                        faults.append(_circle(graph, [*path], turn))
                elif turn.target not in longest:
                    path[turn.target] = None
                    stack.append((turn.target, _turns_of_errors(graph, turn.target)))
                    break
            else:
                stack.pop()
                del path[number]
                after = (
                    longest.get(one.target, 0) + (one.act.kind == "error") for one in _turns_of_errors(graph, number)
                )
                longest[number] = max(after, default=0)
    return max(longest.values(), default=0), tuple(faults)


def find_parrots(graph: Graph) -> Iterator[Fault]:
    """Prompts that come in more than `MOST_REPEATS` turns in a row while the caller only errs.

    A turn may stop to find something out: whether it has said the prompt already is kept until it is over.
    """
    spoken = [frozenset(one.prompt for one in said if isinstance(one, Speak)) for said in graph.outputs]
    heard: dict[tuple[int, str, bool], int] = {}
    came: dict[tuple[int, str, bool, int], tuple[tuple[int, str, bool, int] | None, int, Act]] = {}
    waiting: deque[tuple[int, str, bool]] = deque()
    for number, turns in enumerate(graph.turns):
        for turn in turns:
            for prompt in spoken[turn.said]:
                at = (turn.target, prompt, True)
                if at not in heard:
                    heard[at], came[*at, 1] = 1, (None, number, turn.act)
                    waiting.append(at)
    told: set[str] = set()
    while waiting:
        number, prompt, said = waiting.popleft()
        count = heard[number, prompt, said]
        for turn in _turns_of_errors(graph, number):
            fresh = turn.act.kind == "error"
            now = prompt in spoken[turn.said] or (said and not fresh)
            if not now and not graph.is_waiting(turn.target):
                continue
            after = count + (prompt in spoken[turn.said] and (fresh or not said))
            at = (turn.target, prompt, now)
            if heard.get(at, 0) < after <= MOST_REPEATS + 1:
                heard[at], came[*at, after] = after, ((number, prompt, said, count), number, turn.act)
                waiting.append(at)
                if after > MOST_REPEATS and prompt not in told:
                    told.add(prompt)
                    yield _parrot(came, (*at, after))


def _parrot(
    came: dict[tuple[int, str, bool, int], tuple[tuple[int, str, bool, int] | None, int, Act]],
    last: tuple[int, str, bool, int],
) -> Fault:
    acts: list[Act] = []
    at: tuple[int, str, bool, int] | None = last
    number = last[0]
    while at is not None:
        at, number, act = came[at]
        acts.append(act)
    return f"prompt '{last[1]}' comes more than {MOST_REPEATS} times in a row", number, tuple(reversed(acts))


def _circle(graph: Graph, path: Sequence[int], last: Turn) -> Fault:
    at = path.index(last.target)
    acts = [
        next(turn.act for turn in _turns_of_errors(graph, one) if turn.target == two)
        for one, two in zip(path[at:], path[at + 1 :], strict=False)
    ]
    node = graph.places[last.target].node
    return f"a caller who only errs comes back to node '{node}' for ever", last.target, (*acts, last.act)


def _judge_turn(graph: Graph, turn: Turn) -> str:
    """What is wrong with a turn, or a piece of one."""
    outputs = graph.outputs[turn.said]
    if not graph.is_waiting(turn.target) and not (outputs and isinstance(outputs[-1], Listen | Finish)):
        return "a turn neither listens nor ends"
    if any(isinstance(one, Finish) and one.outcome == BROKEN for one in outputs):
        return "a turn goes round without asking anything"
    if turn.act.kind == "person" and Notify("person") not in outputs:
        return "after 0 no person is notified"
    return ""


def _turns_of_errors(graph: Graph, number: int) -> Iterator[Turn]:
    """The turns by which a caller errs, and what is found out in the middle of them."""
    return (turn for turn in graph.turns[number] if turn.act.kind in ("error", "found"))

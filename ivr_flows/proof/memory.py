"""What a conversation must remember at each node to go on as it would: names to steer by, and nodes to return to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ivr_flows.channels import Channel
from ivr_flows.nodes import ACCEPT, RETURN, Branch, Call, Case, Flow, Node, Question, Way
from ivr_flows.ways import ways_of

HEARD = "_heard"
"""The option that waits to be confirmed; read where a way leads to `accept`."""

_MENTION = "_times.mention."


@dataclass(frozen=True, slots=True)
class Matters:
    """`live` tells, per node, which names a guard can still read from there on; `limits` the counts that are enough.

    `returning` are the nodes from which a `return` can take a node off the stack.
    """

    live: Mapping[str, frozenset[str]]
    limits: Mapping[str, int]
    returning: frozenset[str]

    def keep_returns(self, node: str, returns: tuple[str, ...]) -> tuple[str, ...]:
        """The end of a stack that can still be taken off it: nothing at a node that never returns."""
        at = len(returns)
        while at and node in self.returning:
            at -= 1
            node = returns[at]
        return returns[at:]

    def live_at(self, node: str, returns: tuple[str, ...]) -> frozenset[str]:
        """The names that matter at a node and at those that are returned to."""
        return frozenset().union(*(self.live.get(one, frozenset()) for one in (node, *returns)))

    def remember(self, node: str, returns: tuple[str, ...], answers: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
        """What matters of the answers; a count stops where it is enough."""
        kept = ((name, answers[name]) for name in sorted(self.live_at(node, returns)) if answers.get(name))
        return tuple(
            (name, str(min(int(one), self.limits[name])) if name in self.limits else one) for name, one in kept
        )


def read_matters(flow: Flow, channel: Channel) -> Matters:
    """All that can be known on a channel without playing the flow."""
    returning = _read_returning(flow)
    limits = {count_of(node, way): way.at_most for node in flow.nodes.values() for way in ways_of(node) if way.at_most}
    live = {name: set(one) for name, one in _read_live(flow, channel).items()}
    for one in flow.mentions:
        # A mention that goes on at once is heeded any number of times; that it is heeded no more is like a plain story.
        # One that asks is counted where it can come upon itself, or the stack would grow.
        if isinstance(flow.nodes.get(one.goto.lstrip("?")), Question):
            limits[f"{_MENTION}{one.goto}"] = one.at_most
            for name in returning & flow.nodes.keys():
                live[name].add(f"{_MENTION}{one.goto}")
    return Matters({name: frozenset(one) for name, one in live.items()}, limits, returning)


def count_of(node: Node, way: Way) -> str:
    """The name under which the engine counts how often a way was gone."""
    return f"_times.{node.name}.{way.to}"


def _cases_of(node: Node) -> Iterable[Case]:
    return node.cases if isinstance(node, Branch) else node.unless if isinstance(node, Question) else ()


def _open_ways(node: Node, channel: Channel) -> tuple[Way, ...]:
    """The ways that lead out of a node on a channel: a branch by channel alone leads one way only."""
    if not isinstance(node, Branch):
        return ways_of(node)
    ways: list[Way] = []
    for case in node.cases:
        if channel in case.when.get("channel", (channel,)):
            ways.append(case.goto)
            if case.when.keys() == {"channel"}:
                return tuple(ways)
    return (*ways, node.otherwise)


def _read_live(flow: Flow, channel: Channel) -> dict[str, set[str]]:
    """Backwards to a fixed point. The key `*` is left out: it is played with everything that may be known there."""
    live: dict[str, set[str]] = {}
    after: dict[str, set[str]] = {}
    for node in flow.nodes.values():
        targets = {target for way in _open_ways(node, channel) for target in way.targets}
        live[node.name] = {
            name for case in _cases_of(node) for name in case.when if name not in ("channel", "language")
        }
        live[node.name] |= {count_of(node, way) for way in ways_of(node) if way.at_most}
        live[node.name] |= {HEARD} if ACCEPT in targets else set()
        after[node.name] = (targets | _read_entries(flow, channel, node)) & flow.nodes.keys()
    changed = True
    while changed:
        changed = False
        for name, targets in after.items():
            before = len(live[name])
            live[name].update(*(live[target] for target in targets))
            changed = changed or len(live[name]) != before
    return live


def _read_entries(flow: Flow, channel: Channel, node: Node) -> set[str]:
    """Where words lead that are heeded at any question."""
    if not isinstance(node, Question):
        return set()
    targets = {flow.person, *(one.goto for one in flow.mentions)}
    for one in flow.interrupts:
        if one.goto and one.is_heard(channel, node.name):
            targets.update(one.goto.targets)
    return targets


def _read_returning(flow: Flow) -> frozenset[str]:
    """A call, a mention and an interrupt put on the stack what they take off it, so they take nothing more."""
    after = {
        node.name: {
            target for way in ([node.goto] if isinstance(node, Call) else ways_of(node)) for target in way.targets
        }
        for node in flow.nodes.values()
    }
    found = {RETURN, ACCEPT}
    while more := {name for name, targets in after.items() if name not in found and targets & found}:
        found |= more
    return frozenset(found)

"""A flow in which what somebody told is in doubt: each guard that reads an answer becomes something to be found out.

A question that is passed over where its answer is known, and a branch that reads an answer, become lookups with an
outcome per case. A conversation need then remember only what the flow itself sets to steer by: the doubtful flow can do
all that the flow can do whatever was answered, and more. A node `?name` asks before the question `name`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ivr_flows.nodes import (
    RETURN,
    Ask,
    Branch,
    Call,
    Case,
    Do,
    End,
    Find,
    Flow,
    Menu,
    Node,
    Question,
    Tell,
    Way,
)

DOUBT = "?"
"""The lookup that stands for a guard."""

RETURNING = f"{DOUBT}{RETURN}"
"""The node at which a turn waits before it returns."""

_OF_THE_CONVERSATION = frozenset({"channel", "language"})


def doubt(flow: Flow) -> Flow:
    """The doubtful flow. Values are left out of what it says: they are judged at their worst anyway."""
    return _Doubt(flow).whole()


def steering_names(flow: Flow) -> frozenset[str]:
    """The names within the conversation that the flow itself sets."""
    names: set[str] = set()
    for node in flow.nodes.values():
        if isinstance(node, Do):
            names.update(node.sets, [f"_did.{node.notify}"])
        if isinstance(node, Menu):
            names.update(name for option in node.options for name in option.sets)
    return frozenset(name for name in names if name.startswith("_"))


class _Doubt:
    def __init__(self, flow: Flow) -> None:
        self._flow, self._sure = flow, steering_names(flow) | _OF_THE_CONVERSATION
        self._nodes: dict[str, Node] = {}

    def whole(self) -> Flow:
        flow = self._flow
        self._nodes[RETURNING] = Find(name=RETURNING, lookup=DOUBT, args={}, cases={}, otherwise=Way(RETURN))
        for node in flow.nodes.values():
            self._add(node)
        interrupts = (replace(one, goto=self._way(one.goto)) if one.goto else one for one in flow.interrupts)
        return replace(
            flow,
            start=self._entry(flow.start),
            person=self._entry(flow.person),
            nodes=self._nodes,
            interrupts=tuple(interrupts),
            mentions=tuple(replace(one, goto=self._entry(one.goto)) for one in flow.mentions),
            placeholders={},
        )

    def _entry(self, name: str) -> str:
        if name == RETURN:
            return RETURNING
        node = self._flow.nodes.get(name)
        return f"{DOUBT}{name}" if isinstance(node, Question) and node.unless else name

    def _way(self, way: Way) -> Way:
        return Way(self._entry(way.to), way.at_most, self._entry(way.then) if way.then else "")

    def _add(self, node: Node) -> None:
        match node:
            case Menu() | Ask():
                self._add_question(node)
            case Tell() | Do():
                self._nodes[node.name] = replace(node, goto=self._way(node.goto))
            case Call():
                self._nodes[node.name] = replace(node, call=self._entry(node.call), goto=self._way(node.goto))
            case Find():
                cases = {name: Way(self._entry(way.to)) for name, way in node.cases.items()}
                # The house decides what it finds, so it need not be counted how often: each time may be the last.
                limited = {name: way for name, way in node.cases.items() if way.at_most}
                cases |= {f"{name} once too often": Way(self._entry(way.then)) for name, way in limited.items()}
                self._nodes[node.name] = replace(node, cases=cases, otherwise=self._way(node.otherwise))
            case Branch():
                self._add_cases(node, node.name, node.cases, node.otherwise)
            case End():
                self._nodes[node.name] = node

    def _add_question(self, node: Menu | Ask) -> None:
        if node.unless:
            self._add_cases(node, f"{DOUBT}{node.name}", node.unless, None)
        asked = replace(
            node,
            give_up_silent=self._way(node.give_up_silent),
            give_up_wrong=self._way(node.give_up_wrong),
            skip=self._way(node.skip) if node.skip else None,
            again=self._entry(node.again) if node.again else "",
            unless=(),
        )
        if isinstance(asked, Menu):
            options = tuple(replace(one, goto=self._way(one.goto)) for one in asked.options)
            self._nodes[node.name] = replace(asked, options=options)
        else:
            self._nodes[node.name] = replace(asked, goto=self._way(asked.goto))

    def _add_cases(self, node: Node, entry: str, cases: tuple[Case, ...], otherwise: Way | None) -> None:
        """A chain with a node per case: what is sure is judged, what is not is to be found out."""
        for at, case in enumerate(cases):
            name = entry if at == 0 else f"{DOUBT}{node.name}.{at}"
            after = Way(f"{DOUBT}{node.name}.{at + 1}") if at + 1 < len(cases) else None
            after = after or (self._way(otherwise) if otherwise else Way(node.name))
            sure = {one: values for one, values in case.when.items() if one in self._sure}
            unsure = {one: values for one, values in case.when.items() if one not in self._sure}
            goto = self._way(case.goto)
            if unsure:
                asking = name if not sure else f"{DOUBT}{node.name}.{at} in doubt"
                found = {_show(unsure): goto}
                self._nodes[asking] = Find(name=asking, lookup=DOUBT, args={}, cases=found, otherwise=after)
                goto = Way(asking)
            if sure:
                self._nodes[name] = Branch(name=name, cases=(Case(sure, goto),), otherwise=after)


def _show(when: Mapping[str, tuple[str, ...]]) -> str:
    return ", ".join(f"{name} is {' or '.join(values)}" for name, values in when.items())

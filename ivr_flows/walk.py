"""One turn in the making: what is said, kept and asked while going from node to node."""

from __future__ import annotations

from ivr_flows.model import Answered, Finish, Listen, Lookup, Notify, Output, Speak, State
from ivr_flows.nodes import RETURN, Ask, Branch, Do, End, Find, Flow, Menu, Question, Tell, Way

BROKEN = "broken"
"""The outcome of a flow that goes round without asking anything; `check` refuses such a flow."""

_WAY_BACK = 20
_LONGEST_ANSWER = 1600


class Walk:
    """A turn of one conversation; made from a state, read out again as a state and outputs."""

    def __init__(self, flow: Flow, state: State) -> None:
        self.flow, self.state = flow, state
        self.node, self.misses, self.finished = state.node, state.misses, False
        self.answers = dict(state.answers)
        self.visited = list(state.visited)
        self.outputs: list[Output] = []

    def result(self) -> tuple[State, tuple[Output, ...]]:
        """The state after this turn and all that it gave out."""
        before = self.state
        after = State(
            flow=before.flow,
            node=self.node,
            channel=before.channel,
            language=before.language,
            answers=self.answers,
            given=before.given,
            visited=tuple(self.visited[-_WAY_BACK:]),
            misses=self.misses,
            finished=self.finished,
        )
        return after, tuple(self.outputs)

    def keep(self, name: str, value: str) -> None:
        """Takes an answer, and tells it unless it is the conversation's own."""
        kept = value.strip()[:_LONGEST_ANSWER]
        self.answers[name] = kept
        if not name.startswith("_"):
            self.outputs.append(Answered(name, kept))

    def value(self, name: str) -> str:
        """What a name stands for: the channel, an answer, something found, or something given at the start."""
        if name == "channel":
            return self.state.channel
        if name.startswith("given."):
            return self.state.given.get(name[6:], "")
        for table, key in ((self.answers, name), (self.answers, f"_{name}"), (self.state.given, name)):
            if key in table:
                return table[key]
        return ""

    def leave_open(self) -> None:
        """Remembers the question that stands, so that `return` finds it."""
        if isinstance(self.flow.nodes.get(self.node), Menu | Ask):
            self.answers["_open"] = self.node

    def follow(self, way: Way) -> None:
        """Goes a way from the node where the conversation stands."""
        self.walk(self._target(way))

    def walk(self, target: str) -> None:
        """From node to node until one waits or ends."""
        for _ in range(4 * len(self.flow.nodes)):
            if target == RETURN:
                target = self.answers.get("_open", self.flow.start)
            node = self.flow.nodes[target]
            match node:
                case Menu() | Ask():
                    self._enter(target)
                    self.listen(node, node.prompts)
                    return
                case Find():
                    self._enter(target)
                    self.look_up(node)
                    return
                case End():
                    self.node = target
                    self._say(node.prompts)
                    self.finish(node.outcome)
                    return
                case Tell() | Do() | Branch():
                    way = self._pass(node)
                    self.node = target
                    target = self._target(way)
        self.finish(BROKEN)

    def turn_back(self) -> Menu | Ask | None:
        """The question before this one, taken off the way back."""
        while self.visited:
            node = self.flow.nodes.get(self.visited.pop())
            if isinstance(node, Menu | Ask):
                self.node, self.misses = node.name, 0
                return node
        return None

    def look_up(self, node: Find) -> None:
        """Asks the house, and pauses the turn."""
        self.outputs.append(Lookup(node.lookup, {name: self.value(answer) for name, answer in node.args.items()}))

    def listen(self, node: Menu | Ask, prompts: tuple[str, ...]) -> None:
        """Says prompts and waits for an answer to `node`."""
        self._say(prompts)
        digits = node.digits if isinstance(node, Ask) else 0
        self.outputs.append(
            Listen(
                keys=True,
                speech=node.speech,
                # One more than wanted, for the hash that people press after a number: else it would land in the next menu.
                digits=digits + 1,
                finish="#" if digits else "",
                timeout=node.timeout,
                hints=node.hints,
            )
        )

    def notify(self, what: str) -> None:
        """Has the house do something; `_did.<what>` remembers it."""
        self.answers[f"_did.{what}"] = "yes"
        self.outputs.append(Notify(what))

    def finish(self, outcome: str) -> None:
        """The conversation is over."""
        self.finished = True
        self.outputs.append(Finish(outcome))

    def _say(self, prompts: tuple[str, ...]) -> None:
        for prompt in prompts:
            names = self.flow.placeholders.get(prompt, ())
            self.outputs.append(Speak(prompt, {name: self.value(name) for name in names}))

    def _pass(self, node: Tell | Branch | Do) -> Way:
        match node:
            case Tell():
                self._say(node.prompts)
                return node.goto
            case Do():
                for name, value in node.sets.items():
                    self.keep(name, value)
                if node.notify:
                    self.notify(node.notify)
                return node.goto
            case Branch():
                for case in node.cases:
                    if all(self._holds(name, values) for name, values in case.when.items()):
                        return case.goto
                return node.otherwise

    def _holds(self, name: str, values: tuple[str, ...]) -> bool:
        value = self.value(name)
        return value in values or ("any" in values and bool(value)) or ("none" in values and not value)

    def _target(self, way: Way) -> str:
        if not way.at_most:
            return way.to
        name = f"_times.{self.node}.{way.to}"
        times = int(self.answers.get(name, "0")) + 1
        self.answers[name] = str(times)
        return way.to if times <= way.at_most else way.then

    def _enter(self, target: str) -> None:
        came_from = self.state.node
        asked = isinstance(self.flow.nodes.get(came_from), Question)
        if asked and came_from != target and self.visited[-1:] != [came_from]:
            self.visited.append(came_from)
        self.node, self.misses = target, 0

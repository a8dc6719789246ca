"""One turn in the making: what is said, kept and asked while going from node to node."""

from __future__ import annotations

from collections.abc import Iterable

from ivr_flows.memory import Memory
from ivr_flows.model import Finish, Listen, Lookup, Notify, Output, Speak, State
from ivr_flows.nodes import (
    ACCEPT,
    RETURN,
    Ask,
    Branch,
    Call,
    Do,
    End,
    Find,
    Flow,
    Menu,
    Option,
    Question,
    Tell,
    Way,
)

BROKEN = "broken"
"""The outcome of a flow that goes round without asking anything; `check` refuses such a flow."""

_WAY_BACK, _DEEPEST = 20, 8


class Walk(Memory):
    """A turn of one conversation; made from a state, read out again as a state and outputs."""

    def __init__(self, flow: Flow, state: State) -> None:
        super().__init__(flow, state)
        self.node, self.misses, self.finished = state.node, state.misses, False
        self.visited = list(state.visited)
        self.returns = list(state.returns)

    def result(self) -> tuple[State, tuple[Output, ...]]:
        """The state after this turn and all that it gave out."""
        before = self.state
        after = State(
            flow=before.flow,
            node=self.node,
            channel=before.channel,
            language=self.language,
            answers=self.answers,
            given=before.given,
            visited=tuple(self.visited[-_WAY_BACK:]),
            returns=tuple(self.returns[-_DEEPEST:]),
            misses=self.misses,
            finished=self.finished,
        )
        return after, tuple(self.outputs)

    def leave_open(self) -> None:
        """Remembers the question that stands, so that `return` finds it."""
        if isinstance(self.flow.nodes.get(self.node), Menu | Ask):
            self.returns.append(self.node)

    def go(self, way: Way, mentioned: Iterable[str] = ()) -> None:
        """Goes a way, but first through the nodes that something said in passing leads to, in order."""
        *later, first = [self._target(way), *reversed(tuple(mentioned))]
        self.returns += later
        self.walk(first)

    def follow(self, way: Way) -> None:
        """Goes a way from the node where the conversation stands."""
        self.walk(self._target(way))

    def walk(self, target: str) -> None:
        """From node to node until one waits or ends."""
        for _ in range(4 * len(self.flow.nodes)):
            if target == RETURN:
                target = self.returns.pop() if self.returns else self.flow.start
                continue
            if target == ACCEPT:
                target = self._accept_heard()
                continue
            node = self.flow.nodes[target]
            match node:
                case Menu() | Ask():
                    known = self.first_case(node.unless)
                    if known is not None:
                        self.node = target
                        target = self._target(known)
                        continue
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
                case Tell() | Do() | Branch() | Call():
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
                node=node.name,
                choices=tuple((one.key, one.wording) for one in node.options) if isinstance(node, Menu) else (),
                can_skip=node.skip is not None,
                can_go_back=bool(self.visited),
            )
        )

    def choose(self, option: Option) -> Way:
        """Takes the answers of an option; gives where it leads."""
        for name, value in option.sets.items():
            self.keep(name, value)
        return option.goto

    def miss(self, node: Menu | Ask, *, silent: bool) -> None:
        """Silence or a wrong answer: the next re-prompt, or on when they have run out."""
        prompts = node.noinput if silent else node.nomatch
        if self.misses < len(prompts):
            prompt = prompts[self.misses]
            self.misses += 1
            # A page that asks again must show the question again: the one before it is gone from the screen.
            self.listen(node, (*node.prompts, prompt) if self.state.channel == "web" else (prompt,))
        else:
            self.follow(node.give_up_silent if silent else node.give_up_wrong)

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
            if prompt[2:3] != ":":
                self.outputs.append(Speak(prompt, {name: self.value(name) for name in names}))
                continue
            for own in self.flow.languages:
                if own == prompt[:2] != self.language and self.offers(own):
                    self.outputs.append(Speak(prompt[3:], {}, own))

    def _pass(self, node: Tell | Branch | Do | Call) -> Way:
        match node:
            case Tell():
                self._say(node.prompts)
                return node.goto
            case Call():
                self.returns.append(self._target(node.goto))
                return Way(node.call)
            case Do():
                for name, value in node.sets.items():
                    self.keep(name, value)
                if node.notify:
                    self.notify(node.notify)
                return node.goto
            case Branch():
                return self.first_case(node.cases) or node.otherwise

    def _accept_heard(self) -> str:
        """The option that was waiting to be confirmed is taken."""
        name = self.returns.pop() if self.returns else self.flow.start
        menu = self.flow.nodes.get(name)
        for option in menu.options if isinstance(menu, Menu) else ():
            if option.key == self.answers.get("_heard"):
                self.node = name
                return self._target(self.choose(option))
        return name

    def _target(self, way: Way) -> str:
        if not way.at_most:
            return way.to
        return way.to if self.count(f"{self.node}.{way.to}") <= way.at_most else way.then

    def is_answered(self, node: Question) -> bool:
        """Whether a question need not be asked any more."""
        return self.first_case(node.unless) is not None

    def _enter(self, target: str) -> None:
        came_from = self.state.node
        # A question of a sub-flow that was left is none to go back to: what it returned to is off the stack.
        asked = isinstance(self.flow.nodes.get(came_from), Question) and len(self.returns) >= len(self.state.returns)
        if asked and came_from != target and self.visited[-1:] != [came_from]:
            self.visited.append(came_from)
        self.node, self.misses = target, 0

"""Plays a flow: a conversation is a pure function of its state and the next event.

The caller of this module does, for every channel:
1. `state = begin(flow, channel=…, language=…, given={"code": …, "demo": "yes" or "no"})`;
2. `state, outputs = advance(flow, state, first)`, where `first` is `Started()` on the telephone and the web, and on
   SMS *the text itself* (`Said` or `Keys`, no `Started` before it): a long first text is kept as the flow's opening
   answer, a code leads to its status, and the words of a text thread (KLAAR, HULP, STOP) count at once;
3. `advance` again for every further event. Outputs that end in `Lookup` want `advance(…, Found(…))` in the same turn;
   the answer to the reporter is both lists of outputs, one after the other.
Every turn then ends in `Listen` or `Finish`. Answers whose name begins with `_` stay in the state and are never
told as `Answered`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from ivr_flows.match import match_option
from ivr_flows.model import (
    Channel,
    Event,
    Finish,
    Found,
    HungUp,
    Keys,
    Language,
    NoInput,
    Output,
    Said,
    State,
)
from ivr_flows.nodes import GREETING_LENGTH, Ask, End, Find, Flow, Interrupt, Menu, Option
from ivr_flows.walk import Walk
from ivr_flows.words import fold, only_digits, read_digits

HUNG_UP = "hung_up"
"""The outcome of a conversation that the other side ended."""


def begin(flow: Flow, *, channel: Channel, language: Language = "nl", given: Mapping[str, str] | None = None) -> State:
    """A conversation in which nothing has been said yet."""
    return State(flow.version, flow.start, channel, language, given=dict(given or {}))


def advance(flow: Flow, state: State, event: Event) -> tuple[State, tuple[Output, ...]]:
    """One turn. Takes any event in any state, and never raises."""
    node = flow.nodes.get(state.node)
    if state.finished:
        return state, (Finish(node.outcome if isinstance(node, End) else HUNG_UP),)
    walk = Walk(flow, state)
    if isinstance(event, HungUp):
        walk.finish(HUNG_UP)
    elif isinstance(node, Find):
        _find(walk, node, event)
    else:
        question = node if isinstance(node, Menu | Ask) else None
        if not (isinstance(event, Keys | Said) and _interrupt(walk, question, event)):
            if question is None:
                _open(walk, event)
            else:
                _answer(walk, question, event)
    return walk.result()


def _open(walk: Walk, event: Event) -> None:
    """The first event of all, or the first after the flow lost the node at which the conversation stood."""
    opening = walk.flow.opening
    if opening and isinstance(event, Said) and len(event.text.strip()) >= GREETING_LENGTH:
        walk.keep(opening, event.text)
    walk.walk(walk.flow.start)


def _find(walk: Walk, node: Find, event: Event) -> None:
    if not (isinstance(event, Found) and event.name == node.lookup):
        walk.look_up(node)
        return
    for name, value in event.values.items():
        walk.keep(f"_{name}", value)
    walk.follow(node.cases.get(event.case, node.otherwise))


def _answer(walk: Walk, node: Menu | Ask, event: Event) -> None:
    match event:
        case Keys(digits) if digits:
            if isinstance(node, Ask) and node.digits:
                _take_digits(walk, node, digits)
            else:
                _take_key(walk, node, digits)
        case Said(text) if fold(text):
            if isinstance(node, Menu):
                _choose(walk, node, event)
            else:
                _take_words(walk, node, event)
        case NoInput() | Keys() | Said():
            _miss(walk, node, silent=True)
        case _:
            walk.listen(node, node.prompts)


# ---- interrupts: what counts at any moment


def _interrupt(walk: Walk, node: Menu | Ask | None, event: Keys | Said) -> bool:
    text = event.digits if isinstance(event, Keys) else event.text
    language = walk.state.language
    folded = fold(text)
    for one in walk.flow.interrupts:
        if one.channels and walk.state.channel not in one.channels:
            continue
        if one.nodes and node is not None and node.name not in one.nodes:
            continue
        if one.digits:
            digits = only_digits(text, language)
            if len(digits) == one.digits:
                walk.keep(one.answer, digits)
                return _obey(walk, node, one)
        elif folded in one.words.get(language, ()):
            return _obey(walk, node, one)
    return False


def _obey(walk: Walk, node: Menu | Ask | None, interrupt: Interrupt) -> bool:
    if interrupt.goto is not None:
        walk.leave_open()
        walk.follow(interrupt.goto)
        return True
    if node is None:
        return False
    _press(walk, node, interrupt.key)
    return True


# ---- keys


def _take_key(walk: Walk, node: Menu | Ask, digits: str) -> None:
    if isinstance(node, Menu):
        for option in node.options:
            if option.key == digits:
                _choose_option(walk, option)
                return
    elif walk.state.channel != "voice" and len(digits) > 1:
        # A text of digits alone may well be the answer: a house number, a postcode, a time.
        _accept(walk, node, Said(digits))
        return
    _press(walk, node, digits)


def _press(walk: Walk, node: Menu | Ask, key: str) -> None:
    """The four keys that mean the same everywhere: person, again, back, skip."""
    if key == "0":
        walk.notify("person")
        walk.leave_open()
        walk.walk(walk.flow.person)
    elif key == "9" and node.again:
        walk.walk(node.again)
    elif key == "9":
        walk.listen(node, node.prompts)
    elif key == "*":
        before = walk.turn_back() or node
        walk.listen(before, before.prompts)
    elif key == "#" and node.skip is not None:
        walk.follow(node.skip)
    else:
        _miss(walk, node, silent=False)


def _take_digits(walk: Walk, node: Ask, digits: str) -> None:
    if digits.strip("#") == "0":
        _press(walk, node, "0")
        return
    if digits == "#":
        _press(walk, node, "#")
        return
    entered = digits.rpartition("*")[2].rstrip("#")
    if "*" in digits and len(entered) != node.digits:
        walk.listen(node, node.prompts)
    else:
        _try_digits(walk, node, entered)


def _try_digits(walk: Walk, node: Ask, entered: str) -> None:
    if _fits(node, entered):
        walk.keep(node.answer, entered)
        walk.follow(node.goto)
    else:
        _miss(walk, node, silent=False)


def _fits(node: Ask, digits: str) -> bool:
    # [0-9], not \d: a text may hold digits of other scripts, which no code and no postcode has.
    return len(digits) == node.digits and re.fullmatch(node.pattern or "[0-9]+", digits, re.ASCII) is not None


# ---- words


def _choose(walk: Walk, node: Menu, said: Said) -> None:
    option = match_option(node, said, walk.state.language)
    if option is not None:
        _choose_option(walk, option)
        return
    if node.keep and len(said.text.strip()) >= GREETING_LENGTH and node.keep not in walk.answers:
        walk.keep(node.keep, said.text)
    _miss(walk, node, silent=False)


def _choose_option(walk: Walk, option: Option) -> None:
    for name, value in option.sets.items():
        walk.keep(name, value)
    walk.follow(option.goto)


def _take_words(walk: Walk, node: Ask, said: Said) -> None:
    if node.digits:
        heard = (said.meaning.get(node.answer), said.meaning.get("digits"), read_digits(said.text, walk.state.language))
        _try_digits(walk, node, next((one for one in heard if one and _fits(node, one)), ""))
    else:
        _accept(walk, node, said)


def _accept(walk: Walk, node: Ask, said: Said) -> None:
    walk.keep(node.answer, said.text)
    for name in node.also:
        if said.meaning.get(name):
            walk.keep(name, said.meaning[name])
    walk.follow(node.goto)


def _miss(walk: Walk, node: Menu | Ask, *, silent: bool) -> None:
    """Silence or a wrong answer: the next re-prompt, or on when they have run out."""
    prompts = node.noinput if silent else node.nomatch
    if walk.misses < len(prompts):
        prompt = prompts[walk.misses]
        walk.misses += 1
        walk.listen(node, (prompt,))
    else:
        walk.follow(node.give_up_silent if silent else node.give_up_wrong)

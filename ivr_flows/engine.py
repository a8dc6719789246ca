"""Plays a flow: a conversation is a pure function of its state and the next event.

The caller of this module does, for every channel:
1. `state = begin(flow, channel=…, language=…, given={"code": …, "demo": "yes" or "no"})`;
2. `state, outputs = advance(flow, state, first)`, where `first` is `Started()` on the telephone, and on SMS and the web
   *the text itself* (`Said` or `Keys`, no `Started` before it): a long first text (on a form, which asks for it, every
   one) is kept as the flow's opening answer, a code leads to its status, and the words of a text thread (KLAAR, HULP,
   STOP) count at once;
3. `advance` again for every further event. Outputs that end in `Lookup` want `advance(…, Found(…))` in the same turn;
   the answer to the reporter is both lists of outputs, one after the other.
Every turn then ends in `Listen` or `Finish`. Answers whose name begins with `_` stay in the state and are never
told as `Answered`. What is volunteered in free words is kept where it is not known yet, so that it is not asked again.
"""

from __future__ import annotations

from collections.abc import Mapping

from ivr_flows.hearing import choose_by_words, mentioned_in, take_words, volunteer
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
from ivr_flows.nodes import GREETING_LENGTH, Ask, End, Find, Flow, Interrupt, Menu, Way
from ivr_flows.pressing import press, take_digits, take_key
from ivr_flows.walk import Walk
from ivr_flows.words import fold, only_digits

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
    """The first event of all, or the first after the flow lost the node at which the conversation stood.

    A long first text is understood as a whole. That there is danger is asked all the same, that there is none is not.
    """
    opening = walk.flow.opening
    if isinstance(event, Said):
        walk.switch(event.meaning.get("language", ""))
        shortest = 1 if walk.state.channel == "web" else GREETING_LENGTH
        if opening and len(event.text.strip()) >= shortest:
            walk.keep(opening, event.text)
            volunteer(walk, event)
            if event.meaning.get("danger") == "no":
                walk.keep("danger", "no")
            walk.go(Way(walk.flow.start), mentioned_in(walk, event, but="danger"))
            return
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
                take_digits(walk, node, digits)
            else:
                take_key(walk, node, digits)
        case Said(text) if fold(text):
            if isinstance(node, Menu):
                choose_by_words(walk, node, event)
            else:
                take_words(walk, node, event)
        case NoInput() | Keys() | Said():
            walk.miss(node, silent=True)
        case _:
            walk.listen(node, node.prompts)


# ---- interrupts: what counts at any moment


def _interrupt(walk: Walk, node: Menu | Ask | None, event: Keys | Said) -> bool:
    text = event.digits if isinstance(event, Keys) else event.text
    language = walk.state.language
    folded, digits = fold(text), only_digits(text, language)
    if isinstance(node, Menu) and any(folded in option.words.get(language, ()) for option in node.options):
        return False  # at this question the word is an answer
    for one in walk.flow.interrupts:
        if not one.is_heard(walk.state.channel, node.name if node else ""):
            continue
        if one.digits:
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
    if interrupt.language is not None:
        walk.speak(interrupt.language)
        if node is not None:
            walk.listen(node, node.prompts)
        return node is not None
    if node is None:
        return False
    press(walk, node, interrupt.key)
    return True

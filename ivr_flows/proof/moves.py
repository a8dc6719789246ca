"""What the other side can do at a node, one move for each kind of thing that makes a difference."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from ivr_flows.channels import Channel, Language
from ivr_flows.model import Event, Found, Said
from ivr_flows.nodes import Ask, Find, Flow, Interrupt, Menu, Node, Question
from ivr_flows.proof.doubt import DOUBT
from ivr_flows.simulate import Move, move_event

NONSENSE = "qzx"
STORY = "qzx wvq zzx qqw vvx wxq zqq wwx zzq"
"""Words that no option knows: too short to be a story, and long enough for one."""

SOME_VALUE = "Proefmolenstraat"
"""An answer in words."""

SURE, DOUBTFUL = 0.9, 0.2
"""What the recogniser says of words on the telephone."""

OTHER_CASE = "something else"
"""An outcome of a lookup that no flow knows: what a guard asks for is not so."""

Kind = Literal["answer", "error", "person", "back", "special", "gone", "found"]


@dataclass(frozen=True, slots=True)
class Act:
    """One move with its kind: `error` is silence, a wrong key or words that mean nothing, `back` goes back a question.

    `language` is the one to which its words belong.
    """

    move: Move
    kind: Kind
    event: Event
    language: Language | None = None

    @property
    def is_doubt(self) -> bool:
        """Whether it settles what a guard reads, not what the house finds."""
        return isinstance(self.event, Found) and self.event.name == DOUBT


def acts_at(flow: Flow, node: Node, channel: Channel) -> tuple[Act, ...]:
    """All moves at a question, or all that can be found at a lookup."""
    if isinstance(node, Find):
        return tuple(_find(node, case) for case in (*node.cases, OTHER_CASE))
    acts = [*_acts_anywhere(flow, node, channel)]
    if isinstance(node, Menu):
        acts += _acts_at_menu(flow, node, channel)
    elif isinstance(node, Ask):
        acts += _acts_at_ask(node, channel)
    if channel == "voice" and isinstance(node, Question) and not node.speech:
        acts = [act for act in acts if not isinstance(act.event, Said)]  # keys alone are gathered there
    return tuple({repr((act.event, act.language)): act for act in acts}.values())


def acts_at_start(flow: Flow, channel: Channel) -> tuple[Act, ...]:
    """How a conversation can begin: by a call or a page, and on SMS by a text."""
    if channel != "sms":
        return (_act("starts", "answer"),)
    acts = [_say(channel, words, "answer") for words in (NONSENSE, STORY, "1")]
    acts += [_say(channel, STORY, "answer", meaning) for meaning in _passing(flow)]
    acts.append(_say(channel, STORY, "answer", {"danger": "no"}))
    # Nothing is open yet that a person could be called to.
    words = (replace(act, kind="answer") for act in _interrupts(flow, flow.nodes[flow.start], channel))
    return (*acts, *words)


def answers_at(node: Node, channel: Channel) -> tuple[Act, ...]:
    """The moves of somebody who answers every question at once and has nothing to add."""
    if isinstance(node, Menu):
        return tuple(_act(f"presses {option.key}", "answer") for option in node.options)
    if isinstance(node, Ask):
        right = example_digits(node.digits, node.pattern) if node.digits else None
        return (_act(f"presses {right}", "answer") if right else _say(channel, SOME_VALUE, "answer"),)
    return (_act("starts", "answer"),)


def example_digits(length: int, pattern: str) -> str | None:
    """The lowest digits of this length that fit, by trying; None where none was found among a million."""
    fits = re.compile(pattern or "[0-9]+", re.ASCII)
    for number in range(min(10**length, 10**6)):
        digits = f"{number:0{min(length, 6)}d}".ljust(length, "7")
        if fits.fullmatch(digits):
            return digits
    return None


def _find(node: Find, case: str) -> Act:
    return Act(Move("finds", finds={"case": case}), "found", Found(node.lookup, case))


def _act(does: str, kind: Kind, meaning: Mapping[str, str] | None = None, confidence: float | None = None) -> Act:
    move = Move(does, meaning or {}, confidence)
    return Act(move, kind, move_event(move))


def _say(
    channel: Channel, words: str, kind: Kind, meaning: Mapping[str, str] | None = None, confidence: float = SURE
) -> Act:
    if channel == "voice":
        return _act(f"says {words}", kind, meaning, confidence)
    return _act(f"texts {words}", kind, meaning)


def _passing(flow: Flow) -> Iterator[dict[str, str]]:
    """Each thing that is heeded when it is said in passing, and the first one together with the last."""
    for one in flow.mentions:
        yield {one.meaning: one.value}
    if len(flow.mentions) > 1:
        yield {one.meaning: one.value for one in (flow.mentions[0], flow.mentions[-1])}


def _acts_anywhere(flow: Flow, node: Node, channel: Channel) -> Iterator[Act]:
    digits = isinstance(node, Ask) and node.digits
    free = isinstance(node, Ask) and not digits
    yield _act("is silent", "error")
    yield _say(channel, NONSENSE, "answer" if free else "error")
    yield _say(channel, STORY, "answer" if free else "error")
    for meaning in _passing(flow):
        yield _say(channel, STORY, "answer", meaning)
    yield _act("presses 0", "person")
    yield _act("presses 9", "special")
    yield _act("presses *", "special" if digits else "back")
    yield _act("presses #", "special")
    yield _act("hangs up", "gone")
    for one in flow.languages:
        yield _say(channel, STORY, "answer", {"language": one})
    yield from _interrupts(flow, node, channel)


def _acts_at_menu(flow: Flow, node: Menu, channel: Channel) -> Iterator[Act]:
    for option in node.options:
        yield _act(f"presses {option.key}", "answer")
        for language in flow.languages:
            for word in option.words.get(language, ())[:1]:
                yield replace(_say(channel, word, "answer"), language=language)
                if channel == "voice":
                    yield replace(_say(channel, word, "answer", confidence=DOUBTFUL), language=language)
    wrong = next(key for key in "7685432" if key not in {option.key for option in node.options})
    yield _act(f"presses {wrong}", "error")
    for meant in ("yes", "no"):
        yield _say(channel, NONSENSE, "answer", {"yes_no": meant})


def _acts_at_ask(node: Ask, channel: Channel) -> Iterator[Act]:
    if not node.digits:
        yield _act("presses 7", "error")
        if channel != "voice":
            yield _act("presses 77", "answer")
        for name in node.also:
            yield _say(channel, SOME_VALUE, "answer", {name: SOME_VALUE})
        return
    right = example_digits(node.digits, node.pattern)
    if right is not None:
        yield _act(f"presses {right}", "answer")
        yield _act(f"presses {right}#", "answer")
        yield _say(channel, NONSENSE, "answer", {node.answer: right})
    yield _act("presses 7", "error")
    yield _act("presses 7*", "special")


def _interrupts(flow: Flow, node: Node, channel: Channel) -> Iterator[Act]:
    for one in flow.interrupts:
        if not one.is_heard(channel, "" if node.name == flow.start else node.name):
            continue
        if one.digits:
            yield _act(f"presses {'482193705514'.ljust(one.digits, '7')[: one.digits]}", "answer")
        for language in flow.languages:
            for word in one.words.get(language, ())[:1]:
                yield replace(_say(channel, word, _kind_of(one, node, word, language)), language=language)


def _kind_of(one: Interrupt, node: Node, word: str, language: Language) -> Kind:
    if isinstance(node, Menu) and any(word in option.words.get(language, ()) for option in node.options):
        return "answer"
    return {"*": "back", "0": "person"}.get(one.key, "special")  # type: ignore[return-value]

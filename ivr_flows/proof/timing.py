"""How long the quickest whole report takes on the telephone: what is said, at the speed of speech, and the answers."""

from __future__ import annotations

from heapq import heappop, heappush
from itertools import count

from ivr_flows.channels import Language
from ivr_flows.check import WORDS_A_SECOND, count_words
from ivr_flows.engine import advance, begin
from ivr_flows.model import Finish, Found, Lookup, Output, Speak, State
from ivr_flows.nodes import Find, Flow
from ivr_flows.prompts import Prompts
from ivr_flows.proof.memory import Matters, read_matters
from ivr_flows.proof.moves import Act, answers_at

COMPLETE = "completed"
"""The outcome of a whole report."""

SECONDS_FOR_A_KEY = 2
SECONDS_FOR_A_DIGIT = 1
SECONDS_FOR_WORDS = 6

_GIVEN = {"code": "482193705514", "demo": "no"}


def measure_quickest(flow: Flow, prompts: Prompts) -> dict[Language, float]:
    """Seconds of the quickest way to a whole report per language, by answers alone: nothing skipped, nobody silent.

    A language without such a way is left out.
    """
    matters = read_matters(flow, "voice")
    found = {language: _quickest(flow, prompts, matters, language) for language in flow.languages}
    return {language: seconds for language, seconds in found.items() if seconds is not None}


def _quickest(flow: Flow, prompts: Prompts, matters: Matters, language: Language) -> float | None:
    order = count()
    waiting = [(0.0, next(order), begin(flow, channel="voice", language=language, given=_GIVEN))]
    seen: set[tuple[object, ...]] = set()
    while waiting:
        seconds, _, state = heappop(waiting)
        if state.finished:
            return seconds
        key = (state.node, state.returns, matters.remember(state.node, state.returns, state.answers))
        if key in seen:
            continue
        seen.add(key)
        for act in answers_at(flow.nodes[state.node], "voice"):
            after, outputs = advance(flow, state, act.event)
            if outputs and isinstance(outputs[-1], Lookup):
                after, outputs = _find_first(flow, after, outputs)
            complete = any(isinstance(one, Finish) and one.outcome == COMPLETE for one in outputs)
            if after.language == language and (complete or not after.finished):
                heappush(waiting, (seconds + _speak(prompts, language, outputs) + _answer(act), next(order), after))
    return None


def _find_first(flow: Flow, state: State, outputs: tuple[Output, ...]) -> tuple[State, tuple[Output, ...]]:
    node = flow.nodes[state.node]
    case = next(iter(node.cases), "") if isinstance(node, Find) else ""
    after, more = advance(flow, state, Found(node.lookup if isinstance(node, Find) else "", case))
    return after, (*outputs, *more)


def _speak(prompts: Prompts, language: Language, outputs: tuple[Output, ...]) -> float:
    words = sum(
        count_words(prompts.catalog(one.language or language).prompts[one.prompt].voice)
        for one in outputs
        if isinstance(one, Speak)
    )
    return words / WORDS_A_SECOND


def _answer(act: Act) -> int:
    verb, _, rest = act.move.does.partition(" ")
    if verb == "presses":
        return SECONDS_FOR_A_KEY + SECONDS_FOR_A_DIGIT * (len(rest) - 1)
    return SECONDS_FOR_WORDS if verb == "says" else 0

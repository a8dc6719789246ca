"""Takes words as an answer: a choice, free words, digits that were said, and what is told besides."""

from __future__ import annotations

import re

from ivr_flows.match import match_option
from ivr_flows.model import Said
from ivr_flows.nodes import GREETING_LENGTH, Ask, Menu, Way
from ivr_flows.walk import Walk
from ivr_flows.words import read_digits

DOUBTFUL = 0.45
"""A choice that the recogniser is less sure of than this is read back before it counts."""


def choose_by_words(walk: Walk, node: Menu, said: Said) -> None:
    """The option that was meant, read back where the recogniser was not sure; else a story, or a miss."""
    option = match_option(node, said, walk.language)
    if option is None:
        _keep_story(walk, node, said)
    elif _is_doubtful(walk, said) and walk.flow.confirm not in ("", node.name):
        walk.answers["_heard"], walk.answers["_choice"] = option.key, option.wording
        walk.returns.append(node.name)
        walk.walk(walk.flow.confirm)
    else:
        way = walk.choose(option)
        if len(said.text.strip()) >= 2 * GREETING_LENGTH:
            _keep(walk, node, said)
        walk.go(way, mentioned_in(walk, said))


def _is_doubtful(walk: Walk, said: Said) -> bool:
    return walk.state.channel == "voice" and said.confidence is not None and said.confidence < DOUBTFUL


def _keep_story(walk: Walk, node: Menu, said: Said) -> None:
    """Words that no option knows: a story is kept, what it answers is not asked again, and only else it is a miss."""
    changed = walk.switch(said.meaning.get("language", ""))
    told = len(said.text.strip()) >= GREETING_LENGTH
    if told:
        _keep(walk, node, said)
    mentioned = mentioned_in(walk, said)
    if mentioned:
        walk.go(Way(node.name), mentioned)
    elif changed or (told and walk.is_answered(node)):
        walk.walk(node.name)
    else:
        walk.miss(node, silent=False)


def _keep(walk: Walk, node: Menu, said: Said) -> None:
    volunteer(walk, said)
    before, told = walk.answers.get(node.keep, ""), said.text.strip()
    if node.keep and told not in before:
        walk.keep(node.keep, f"{before} {told}")


def take_words(walk: Walk, node: Ask, said: Said) -> None:
    """Free words, or the digits that were said where digits are wanted."""
    if node.digits:
        heard = (said.meaning.get(node.answer), said.meaning.get("digits"), read_digits(said.text, walk.language))
        try_digits(walk, node, next((one for one in heard if one and _fits(node, one)), ""))
    else:
        accept(walk, node, said)


def accept(walk: Walk, node: Ask, said: Said) -> None:
    """Takes free words as the answer, with the meanings that the question asks for."""
    walk.keep(node.answer, said.text)
    for name in node.also:
        if said.meaning.get(name):
            walk.keep(name, said.meaning[name])
    volunteer(walk, said)
    walk.go(node.goto, mentioned_in(walk, said))


def volunteer(walk: Walk, said: Said) -> None:
    """What free words tell besides; an answer that was given to a question counts for more."""
    for name in walk.flow.volunteered:
        if said.meaning.get(name) and not walk.answers.get(name):
            walk.keep(name, said.meaning[name])


def mentioned_in(walk: Walk, said: Said, but: str = "") -> list[str]:
    """Where something said in passing leads first; what is answered already, or was heeded often enough, counts not."""
    found = []
    for one in walk.flow.mentions:
        if one.meaning == but or said.meaning.get(one.meaning) != one.value:
            continue
        if walk.answers.get(one.meaning) != one.value and walk.count(f"mention.{one.goto}") <= one.at_most:
            found.append(one.goto)
    return found


def try_digits(walk: Walk, node: Ask, entered: str) -> None:
    """Takes digits that look as they must; others are a miss."""
    if _fits(node, entered):
        walk.keep(node.answer, entered)
        walk.follow(node.goto)
    else:
        walk.miss(node, silent=False)


def _fits(node: Ask, digits: str) -> bool:
    # [0-9], not \d: a text may hold digits of other scripts, which no code and no postcode has.
    return len(digits) == node.digits and re.fullmatch(node.pattern or "[0-9]+", digits, re.ASCII) is not None

"""Checks a flow against its prompts: every way leads somewhere, nothing is silent, nothing is too long."""

from __future__ import annotations

from collections.abc import Iterator

from ivr_flows.channels import LANGUAGES
from ivr_flows.gsm7 import LIMIT, is_gsm7, measure
from ivr_flows.model import Language
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
    Node,
    Question,
    Tell,
)
from ivr_flows.prompts import Catalog, Prompt, Prompts, Template, split_threes
from ivr_flows.reading import Problem
from ivr_flows.ways import targets_of

WORDS_A_SECOND = 2.5
LONGEST_SECONDS = 20
LONGEST_SPOKEN_VALUE = 8
"""Words reckoned for a value in a spoken sentence."""

_BACK = frozenset({RETURN, ACCEPT})
_NEVER_WRITTEN = frozenset({"category", "subtype", "place", "postcode", "neighbourhood", "what", "more"})


def check(flow: Flow, prompts: Prompts) -> tuple[Problem, ...]:
    """All that is wrong with a flow whose YAML could be read."""
    return (*_check_ways(flow), *_check_circles(flow), *_check_prompts(flow, prompts))


def prompts_of(node: Node) -> tuple[str, ...]:
    """Every prompt that a node may say."""
    match node:
        case Tell() | End():
            return node.prompts
        case Menu() | Ask():
            return (*node.prompts, *node.noinput, *node.nomatch)
    return ()


def entries_of(flow: Flow) -> list[str]:
    """Every node at which a turn can enter the flow from anywhere."""
    interrupts = [target for one in flow.interrupts if one.goto for target in one.goto.targets]
    mentions = [one.goto for one in flow.mentions]
    return [flow.start, flow.person, *interrupts, *mentions, *([flow.confirm] if flow.confirm else [])]


def _check_ways(flow: Flow) -> Iterator[Problem]:
    file = flow.file
    ends = {name for name, node in flow.nodes.items() if isinstance(node, End)}
    entries = entries_of(flow)
    for name in entries:
        if name not in _BACK and name not in flow.nodes:
            what = "'start', 'person', 'confirm', interrupts and mentions must name one"
            yield Problem(file, 1, f"there is no node '{name}'; {what}")
    if isinstance(start := flow.nodes.get(flow.start), Question | Find | End):
        yield Problem(start.file, start.line, "'start' must be a tell, branch or do: nothing is open before it")
    for one in flow.interrupts:
        for name in one.nodes:
            if name not in flow.nodes:
                yield Problem(file, 1, f"an interrupt names the node '{name}', which does not exist")
    for node in flow.nodes.values():
        for target in sorted(targets_of(node) - _BACK - flow.nodes.keys()):
            yield Problem(node.file, node.line, f"node '{node.name}' leads to '{target}', which does not exist")
    reached = _reach(flow, entries)
    for name in sorted(flow.nodes.keys() - reached):
        node = flow.nodes[name]
        yield Problem(node.file, node.line, f"node '{name}' is never reached; lead a way to it or take it out")
    for name in sorted(reached - _reach_back(flow, ends)):
        node = flow.nodes[name]
        yield Problem(node.file, node.line, f"no end can be reached from node '{name}'")


def _reach(flow: Flow, entries: list[str]) -> set[str]:
    waiting, seen = [name for name in entries if name in flow.nodes], set[str]()
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting.extend(_next(flow, flow.nodes[name]))
    return seen


def _reach_back(flow: Flow, ends: set[str]) -> set[str]:
    """Every node from which one of the ends can be reached."""
    after = {node.name: _next(flow, node) for node in flow.nodes.values()}
    found = set(ends)
    while more := {name for name, targets in after.items() if name not in found and targets & found}:
        found |= more
    return found


def _next(flow: Flow, node: Node) -> set[str]:
    # The way back leads to some question, so it reaches whatever the start reaches.
    return {flow.start if target in _BACK else target for target in targets_of(node)} & flow.nodes.keys()


def _check_circles(flow: Flow) -> Iterator[Problem]:
    """A circle of nodes that never listen or end would never give the turn back."""
    passing = {name: node for name, node in flow.nodes.items() if isinstance(node, Tell | Branch | Do | Call)}
    for name, node in passing.items():
        seen, waiting = set[str](), [target for target in targets_of(node) if target in passing]
        while waiting:
            target = waiting.pop()
            if target == name:
                yield Problem(node.file, node.line, f"node '{name}' comes round to itself without asking anything")
                break
            if target not in seen:
                seen.add(target)
                waiting.extend(one for one in targets_of(passing[target]) if one in passing)


def said_in(flow: Flow, prompt: str) -> tuple[str, tuple[Language, ...]]:
    """A prompt's key, and the languages in which it may be said: `en:hello` in English alone, if that is offered."""
    own = next((one for one in LANGUAGES if prompt.startswith(f"{one}:")), None)
    if own is None:
        return prompt, flow.languages
    return prompt[3:], (own,) if own in flow.languages else ()


def _check_prompts(flow: Flow, prompts: Prompts) -> Iterator[Problem]:
    used = set(flow.said_by_house)
    for node in flow.nodes.values():
        if isinstance(node, Tell | End | Question) and not node.prompts:
            yield Problem(node.file, node.line, f"node '{node.name}' says nothing; give it a prompt")
        for named in prompts_of(node):
            key, languages = said_in(flow, named)
            used.add(key)
            for language in languages:
                catalog = prompts.catalogs.get(language)
                if catalog and key not in catalog.prompts:
                    what = f"node '{node.name}': prompt '{key}' is missing in {catalog.file}"
                    yield Problem(node.file, node.line, what)
    for catalog in (prompts.catalogs[one] for one in flow.languages if one in prompts.catalogs):
        for node in flow.nodes.values():
            if isinstance(node, Menu | Ask):
                yield from _check_shorter(node, catalog)
            if isinstance(node, Menu):
                yield from _check_options(node, catalog)
        for key in sorted(set(flow.said_by_house) - catalog.prompts.keys()):
            yield Problem(flow.file, 1, f"'said_by_house': prompt '{key}' is missing in {catalog.file}")
        for key, prompt in catalog.prompts.items():
            if key not in used:
                yield Problem(catalog.file, prompt.line, f"prompt '{key}' is never said; take it out or use it")
            yield from _check_length(flow, catalog, key, prompt)


def _check_options(node: Menu, catalog: Catalog) -> Iterator[Problem]:
    for option in node.options:
        wording = catalog.wording(option.wording)
        if wording and not (wording.label and wording.words):
            what = f"menu '{node.name}': option '{option.wording}' needs a label and words in {catalog.file}"
            yield Problem(node.file, node.line, what)


def _check_shorter(node: Menu | Ask, catalog: Catalog) -> Iterator[Problem]:
    first = sum(count_words(catalog.prompts[key].voice) for key in node.prompts if key in catalog.prompts)
    for kind, keys in (("noinput", node.noinput), ("nomatch", node.nomatch)):
        before = first
        for key in keys:
            if key in catalog.prompts:
                count = count_words(catalog.prompts[key].voice)
                if count > before:
                    what = f"'{node.name}': {kind} prompt '{key}' has {count} words, more than the {before} before it"
                    yield Problem(node.file, node.line, f"{what}; a re-prompt is shorter")
                before = count


def _check_length(flow: Flow, catalog: Catalog, key: str, prompt: Prompt) -> Iterator[Problem]:
    seconds = count_words(prompt.voice) / WORDS_A_SECOND
    if seconds > LONGEST_SECONDS:
        what = f"prompt '{key}' takes {seconds:.0f} seconds to say; at most {LONGEST_SECONDS}, so shorten or split it"
        yield Problem(catalog.file, prompt.line, what)
    written = "".join(part if isinstance(part, str) else "" for part in prompt.text.parts)
    if not is_gsm7(written):
        odd = next(one for one in written if not is_gsm7(one))
        yield Problem(catalog.file, prompt.line, f"prompt '{key}': '{odd}' is not in GSM-7; give it another 'text'")
    for field in prompt.text.fields:
        if field.name in _NEVER_WRITTEN:
            what = f"prompt '{key}' would write '{field.name}' to the reporter's telephone; give it a 'text' without"
            yield Problem(catalog.file, prompt.line, what)
    if any(field.name not in flow.longest for field in prompt.text.fields):
        return
    length = measure(written) + sum(_longest(flow.longest[one.name], one.format) for one in prompt.text.fields)
    if length > LIMIT:
        what = f"prompt '{key}' is {length} characters as a text message; at most {LIMIT}, so give it a shorter 'text'"
        yield Problem(catalog.file, prompt.line, what)


def _longest(length: int, shape: str) -> int:
    return len(" ".join(split_threes("0" * length))) if shape == "threes" else length


def count_words(template: Template) -> int:
    """How many words are spoken, each value reckoned as `LONGEST_SPOKEN_VALUE`."""
    fixed = sum(len(part.split()) for part in template.parts if isinstance(part, str))
    return fixed + LONGEST_SPOKEN_VALUE * len(template.fields)

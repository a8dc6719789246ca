"""Checks a flow against its prompts: every way leads somewhere, nothing is silent, nothing is too long."""

from __future__ import annotations

from collections.abc import Iterator

from ivr_flows.gsm7 import LIMIT, is_gsm7, measure
from ivr_flows.nodes import (
    RETURN,
    Ask,
    Branch,
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
from ivr_flows.prompts import Catalog, Prompt, Prompts, Template, split_threes
from ivr_flows.reading import Problem

WORDS_A_SECOND = 2.5
LONGEST_SECONDS = 20
LONGEST_SPOKEN_VALUE = 8
"""Words reckoned for a value in a spoken sentence."""

_NEVER_WRITTEN = frozenset({"category", "subtype", "place", "postcode", "neighbourhood", "what", "more"})


def check(flow: Flow, prompts: Prompts, *, file: str) -> tuple[Problem, ...]:
    """All that is wrong with a flow whose YAML could be read."""
    return (*_check_ways(flow, file), *_check_circles(flow, file), *_check_prompts(flow, prompts, file))


def ways_of(node: Node) -> tuple[Way, ...]:
    """Every way that leads out of a node."""
    match node:
        case Tell() | Do():
            return (node.goto,)
        case Branch():
            return (*(case.goto for case in node.cases), node.otherwise)
        case Find():
            return (*node.cases.values(), node.otherwise)
        case Menu() | Ask():
            own = tuple(option.goto for option in node.options) if isinstance(node, Menu) else (node.goto,)
            again = (Way(node.again),) if node.again else ()
            skip = (node.skip,) if node.skip else ()
            return (*own, node.give_up_silent, node.give_up_wrong, *skip, *again)
    return ()


def targets_of(node: Node) -> set[str]:
    """Every node that can come next."""
    return {target for way in ways_of(node) for target in way.targets}


def prompts_of(node: Node) -> tuple[str, ...]:
    """Every prompt that a node may say."""
    match node:
        case Tell() | End():
            return node.prompts
        case Menu() | Ask():
            return (*node.prompts, *node.noinput, *node.nomatch)
    return ()


def _check_ways(flow: Flow, file: str) -> Iterator[Problem]:
    ends = {name for name, node in flow.nodes.items() if isinstance(node, End)}
    entries = [flow.start, flow.person, *(t for one in flow.interrupts if one.goto for t in one.goto.targets)]
    for name in entries:
        if name != RETURN and name not in flow.nodes:
            yield Problem(file, 1, f"there is no node '{name}'; 'start', 'person' and interrupts must name one")
    if isinstance(flow.nodes.get(flow.start), Question | Find | End):
        yield Problem(
            file, flow.nodes[flow.start].line, "'start' must be a tell, branch or do: nothing is open before it"
        )
    for one in flow.interrupts:
        for name in one.nodes:
            if name not in flow.nodes:
                yield Problem(file, 1, f"an interrupt names the node '{name}', which does not exist")
    for node in flow.nodes.values():
        for target in sorted(targets_of(node) - {RETURN} - flow.nodes.keys()):
            yield Problem(file, node.line, f"node '{node.name}' leads to '{target}', which does not exist")
    reached = _reach(flow, entries)
    for name in sorted(flow.nodes.keys() - reached):
        yield Problem(file, flow.nodes[name].line, f"node '{name}' is never reached; lead a way to it or take it out")
    for name in sorted(reached):
        if not _reach(flow, [name]) & ends:
            yield Problem(file, flow.nodes[name].line, f"no end can be reached from node '{name}'")


def _reach(flow: Flow, entries: list[str]) -> set[str]:
    waiting, seen = [name for name in entries if name in flow.nodes], set[str]()
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            # `return` leads back to some question, so it reaches whatever the start reaches.
            targets = {flow.start if target == RETURN else target for target in targets_of(flow.nodes[name])}
            waiting.extend(target for target in targets if target in flow.nodes)
    return seen


def _check_circles(flow: Flow, file: str) -> Iterator[Problem]:
    """A circle of nodes that never listen or end would never give the turn back."""
    passing = {name: node for name, node in flow.nodes.items() if isinstance(node, Tell | Branch | Do)}
    for name, node in passing.items():
        seen, waiting = set[str](), [target for target in targets_of(node) if target in passing]
        while waiting:
            target = waiting.pop()
            if target == name:
                yield Problem(file, node.line, f"node '{name}' comes round to itself without asking anything")
                break
            if target not in seen:
                seen.add(target)
                waiting.extend(one for one in targets_of(passing[target]) if one in passing)


def _check_prompts(flow: Flow, prompts: Prompts, file: str) -> Iterator[Problem]:
    used = set(flow.said_by_house)
    for node in flow.nodes.values():
        used.update(prompts_of(node))
        if isinstance(node, Tell | End | Question) and not node.prompts:
            yield Problem(file, node.line, f"node '{node.name}' says nothing; give it a prompt")
    for language, catalog in prompts.catalogs.items():
        for node in flow.nodes.values():
            for key in sorted({key for key in prompts_of(node) if key not in catalog.prompts}):
                yield Problem(file, node.line, f"node '{node.name}': prompt '{key}' is missing in {catalog.file}")
            if isinstance(node, Menu | Ask):
                yield from _check_shorter(node, catalog, file)
            if isinstance(node, Menu) and any(one.words and not one.words.get(language) for one in node.options):
                yield Problem(file, node.line, f"menu '{node.name}' has options without words in '{language}'")
        for key in sorted(set(flow.said_by_house) - catalog.prompts.keys()):
            yield Problem(file, 1, f"'said_by_house': prompt '{key}' is missing in {catalog.file}")
        for key, prompt in catalog.prompts.items():
            if key not in used:
                yield Problem(catalog.file, prompt.line, f"prompt '{key}' is never said; take it out or use it")
            yield from _check_length(flow, catalog, key, prompt)


def _check_shorter(node: Menu | Ask, catalog: Catalog, file: str) -> Iterator[Problem]:
    first = sum(_count_words(catalog.prompts[key].voice) for key in node.prompts if key in catalog.prompts)
    for kind, keys in (("noinput", node.noinput), ("nomatch", node.nomatch)):
        before = first
        for key in keys:
            if key in catalog.prompts:
                count = _count_words(catalog.prompts[key].voice)
                if count > before:
                    what = f"'{node.name}': {kind} prompt '{key}' has {count} words, more than the {before} before it"
                    yield Problem(file, node.line, f"{what}; a re-prompt is shorter")
                before = count


def _check_length(flow: Flow, catalog: Catalog, key: str, prompt: Prompt) -> Iterator[Problem]:
    seconds = _count_words(prompt.voice) / WORDS_A_SECOND
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


def _count_words(template: Template) -> int:
    fixed = sum(len(part.split()) for part in template.parts if isinstance(part, str))
    return fixed + LONGEST_SPOKEN_VALUE * len(template.fields)

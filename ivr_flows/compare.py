"""What differs between two versions of a flow, in lines that an editor of prompts can read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields

from ivr_flows.nodes import Flow, Node, Way, kind_of
from ivr_flows.prompts import Prompt, Prompts, Wording
from ivr_flows.ways import label_ways

_WORDS = "words"
"""Of an option: they stand in the prompts, and are compared there."""

_NOT_COMPARED = frozenset({"name", "version", "file", "line", "nodes", "placeholders"})


def compare(before: Flow, after: Flow, prompts_before: Prompts, prompts_after: Prompts) -> tuple[str, ...]:
    """Every difference: the flow's own settings, nodes, their ways, and prompts per language. Nothing where they agree."""
    return (
        *_compare_settings("the flow", before, after),
        *_compare_nodes(before, after),
        *_compare_prompts(prompts_before, prompts_after),
    )


def _compare_nodes(before: Flow, after: Flow) -> Iterator[str]:
    for name in sorted(before.nodes.keys() | after.nodes.keys()):
        old, new = before.nodes.get(name), after.nodes.get(name)
        if new is None:
            yield f"node '{name}' is gone"
        elif old is None:
            yield f"node '{name}' is new ({kind_of(new)})"
        elif type(old) is not type(new):
            yield f"node '{name}' is {kind_of(new)}, was {kind_of(old)}"
        elif old != new:
            yield from _compare_node(name, old, new)


def _compare_node(name: str, old: Node, new: Node) -> Iterator[str]:
    ways_before, ways_after = _ways(old), _ways(new)
    for label in dict.fromkeys([*ways_before, *ways_after]):
        was, now = ways_before.get(label), ways_after.get(label)
        if was == now:
            continue
        shown = f"way '{label}'" if label else "the way on"
        if now is None:
            yield f"node '{name}': {shown} to {was} is gone"
        elif was is None:
            yield f"node '{name}': {shown} to {now} is new"
        else:
            yield f"node '{name}': {shown} leads to {now}, was {was}"
    yield from _compare_settings(f"node '{name}'", old, new)


def _ways(node: Node) -> dict[str, str]:
    return {label: _show(way) for label, way in label_ways(node)}


def _compare_settings(where: str, old: Flow | Node, new: Flow | Node) -> Iterator[str]:
    ways = {_show(way) for one in (old, new) if not isinstance(one, Flow) for _, way in label_ways(one)}
    for one in fields(new):
        was, now = getattr(old, one.name, None), getattr(new, one.name, None)
        if one.name in _NOT_COMPARED or was == now:
            continue
        if isinstance(now or was, Way) or (_show(now) in ways and _show(was) in ways):
            continue  # said as a way already
        if _show(was) == _show(now):
            continue  # they differ in words alone
        yield f"{where}: {one.name} is {_show(now)}, was {_show(was)}"


def _show(value: object) -> str:
    match value:
        case Way(to, at_most, then):
            return f"'{to}' at most {at_most} times, then '{then}'" if at_most else f"'{to}'"
        case tuple() | list():
            return f"[{', '.join(map(_show, value))}]"
        case Mapping():
            return f"{{{', '.join(f'{name}: {_show(one)}' for name, one in value.items())}}}"
        case None | "":
            return "nothing"
    named = [one.name for one in fields(value)] if hasattr(value, "__dataclass_fields__") else []  # type: ignore[arg-type]
    if named:
        held = ((name, getattr(value, name)) for name in named if name != _WORDS)
        return f"({', '.join(f'{name} {_show(one)}' for name, one in held if one not in ('', 0, (), None, {}))})"
    return str(value)


def _compare_prompts(before: Prompts, after: Prompts) -> Iterator[str]:
    for language in sorted(before.catalogs.keys() | after.catalogs.keys()):
        if language not in after.catalogs or language not in before.catalogs:
            yield f"prompts in '{language}' are {'new' if language in after.catalogs else 'gone'}"
            continue
        old, new = before.catalogs[language], after.catalogs[language]
        for key in sorted(old.prompts.keys() | new.prompts.keys()):
            was, now = old.prompts.get(key), new.prompts.get(key)
            if now is None:
                yield f"prompt '{key}' ({language}) is gone"
            elif was is None:
                yield f"prompt '{key}' ({language}) is new: {now.voice.source}"
            elif was != now:
                yield from _compare_prompt(f"prompt '{key}' ({language})", was, now)
        for name in sorted(old.wordings.keys() | new.wordings.keys()):
            yield from _compare_wording(
                f"option '{name}' ({language})", old.wordings.get(name, Wording()), new.wordings.get(name, Wording())
            )


def _compare_wording(where: str, was: Wording, now: Wording) -> Iterator[str]:
    if was.label != now.label:
        yield f"{where} is called '{now.label}', was '{was.label}'"
    if was.words != now.words:
        yield f"{where} is meant by {_show(now.words)}, was {_show(was.words)}"


def _compare_prompt(where: str, was: Prompt, now: Prompt) -> Iterator[str]:
    for one in fields(Prompt):
        old, new = getattr(was, one.name), getattr(now, one.name)
        if one.name != "line" and old != new:
            yield f"{where} {one.name} is '{getattr(new, 'source', new)}', was '{getattr(old, 'source', old)}'"

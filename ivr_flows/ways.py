"""The ways that lead out of a node, for whoever checks, draws, compares or proves a flow."""

from __future__ import annotations

from collections.abc import Mapping

from ivr_flows.nodes import Ask, Branch, Call, Do, End, Find, Menu, Node, Tell, Way


def ways_of(node: Node) -> tuple[Way, ...]:
    """Every way that leads out of a node."""
    return tuple(way for _, way in label_ways(node))


def targets_of(node: Node) -> set[str]:
    """Every node that can come next."""
    return {target for way in ways_of(node) for target in way.targets}


def label_ways(node: Node) -> tuple[tuple[str, Way], ...]:
    """Every way that leads out of a node with its label: a key, a case, silence, or nothing where there is one way."""
    if isinstance(node, Branch):
        cases = [(_when(case.when), case.goto) for case in node.cases]
        return (*cases, ("else", node.otherwise))
    if isinstance(node, Find):
        return (*node.cases.items(), ("else", node.otherwise))
    if isinstance(node, Call):
        return (("call", Way(node.call)), ("then", node.goto))
    if isinstance(node, Tell | Do):
        return (("", node.goto),)
    if isinstance(node, End):
        return ()
    named: list[tuple[str, Way]] = [("answer", node.goto)] if isinstance(node, Ask) else []
    if isinstance(node, Menu):
        named += [(option.key, option.goto) for option in node.options]
    named += [("silent", node.give_up_silent), ("wrong", node.give_up_wrong)]
    named += [("#", node.skip)] if node.skip else []
    named += [("9", Way(node.again))] if node.again else []
    return (*named, *((f"known {_when(case.when)}", case.goto) for case in node.unless))


def _when(when: Mapping[str, tuple[str, ...]]) -> str:
    return ", ".join(f"{name}: {'/'.join(values)}" for name, values in when.items())

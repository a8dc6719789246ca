"""A flow as boxes and labelled arrows, in the parts in which its files are written; what every drawing begins from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from ivr_flows.nodes import Flow, Node
from ivr_flows.ways import label_ways

_HEADING = re.compile(r"^\s*# -{2,} (.+?)(?: -*)?$")
_ENTRY = re.compile(r"^\s+([A-Za-z_][\w-]*):")
_LONGEST_LABEL = 28

MOST_BOXES = 50
"""In one drawing; more cannot be read."""


@dataclass(frozen=True, slots=True)
class Arrow:
    """One way between two nodes, with what makes the conversation take it."""

    source: str
    target: str
    label: str


def read_parts(flow: Flow, sources: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """The nodes of each part, in the order of the files: a part is a file, and a long file is cut at its headings.

    `sources` holds the texts of the script by their place, `definitions/danger.yaml`; a heading is a comment such as
    `# ---- where`. Nodes that stand in none of them make a part with the flow's own name.
    """
    parts: dict[str, tuple[str, ...]] = {}
    placed: set[str] = set()
    for place, text in sources.items():
        here = {name for name, node in flow.nodes.items() if node.file.endswith(place)}
        sections: list[tuple[str, list[str]]] = [("", [])]
        for line in text.splitlines():
            heading, entry = _HEADING.match(line), _ENTRY.match(line)
            if heading:
                sections.append((heading[1].split(":")[0].strip(), []))
            elif entry and entry[1] in here - placed:
                placed.add(entry[1])
                sections[-1][1].append(entry[1])
        title = PurePosixPath(place).stem
        parts.update(_gather(title, [(heading, names) for heading, names in sections if names]))
    left = tuple(name for name in flow.nodes if name not in placed)
    return {**parts, flow.name: (*parts.get(flow.name, ()), *left)} if left else parts


def _gather(file: str, sections: list[tuple[str, list[str]]]) -> dict[str, tuple[str, ...]]:
    if sum(len(names) for _, names in sections) <= MOST_BOXES:
        return {file: tuple(name for _, names in sections for name in names)} if sections else {}
    parts: list[tuple[str, list[str]]] = []
    for title, names in sections:
        if parts and len(parts[-1][1]) + len(names) <= MOST_BOXES // 2:
            parts[-1][1].extend(names)
        else:
            parts.append((title, [*names]))
    return {
        f"{file} {number}, {title}".strip(", "): tuple(names) for number, (title, names) in enumerate(parts, start=1)
    }


def arrows_of(node: Node) -> tuple[Arrow, ...]:
    """The arrows that leave a node, one per target, in the order in which its ways are written."""
    labels: dict[str, list[str]] = {}
    for label, way in label_ways(node):
        for target in dict.fromkeys(way.targets):
            limit = "" if not way.at_most else f" ≤{way.at_most}" if target == way.to else f" >{way.at_most}"
            labels.setdefault(target, []).append(f"{label}{limit}".strip())
    return tuple(Arrow(node.name, target, _join(texts)) for target, texts in labels.items())


def _join(labels: list[str]) -> str:
    joined = " · ".join(dict.fromkeys(one for one in labels if one))
    return joined if len(joined) <= _LONGEST_LABEL else f"{joined[: _LONGEST_LABEL - 1]}…"

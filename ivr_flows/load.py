"""Loads a flow and its prompts from YAML, and refuses them with every file and line that is wrong."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import get_args

from yaml.nodes import Node as YamlNode

from ivr_flows.check import check
from ivr_flows.model import Language
from ivr_flows.nodes import Flow, Node
from ivr_flows.prompts import Catalog, Prompt, Prompts, Template, cut_template
from ivr_flows.read_flow import read_interrupt, read_node
from ivr_flows.reading import FlowError, Problem, Source, Table, line_of, read_table, read_text

__all__ = ["PROMPTS", "REPORT", "FlowError", "Prompts", "load_flow", "load_prompts"]

HERE = Path(__file__).parent
REPORT = HERE / "definitions" / "report.yaml"
PROMPTS = HERE / "prompts"

_LANGUAGES: tuple[Language, ...] = get_args(Language)


def load_flow(path: Path = REPORT, prompts: Prompts | None = None) -> Flow:
    """The flow in `path`, checked against its prompts (by default `../prompts`); raises FlowError with all that is wrong."""
    source = Source(path)
    root, text = source.open()
    problems: list[Problem] = []
    if prompts is None:
        prompts, problems = _read_prompts(path.parent.parent / "prompts")
    flow = _read_flow(source, root, prompts, _version(path.stem, text, prompts)) if root else None
    problems += source.problems
    if flow is not None and not problems:
        problems += check(flow, prompts, file=str(path))
    if flow is None or problems:
        raise FlowError(problems)
    return flow


def load_prompts(folder: Path = PROMPTS) -> Prompts:
    """Every `<language>.yaml` in a folder; raises FlowError with all that is wrong."""
    prompts, problems = _read_prompts(folder)
    if problems:
        raise FlowError(problems)
    return prompts


def _version(name: str, text: str, prompts: Prompts) -> str:
    words = [text, *(catalog.source for _, catalog in sorted(prompts.catalogs.items()))]
    return f"{name}-{hashlib.sha256(chr(0).join(words).encode()).hexdigest()[:12]}"


def _read_flow(source: Source, root: YamlNode, prompts: Prompts, version: str) -> Flow:
    table = read_table(source, root, "the flow")
    nodes: dict[str, Node] = {}
    for name, yaml_node in _entries(table.table("nodes")):
        node = read_node(source, name, yaml_node)
        if node is not None:
            nodes[name] = node
    flow = Flow(
        name=table.text("flow"),
        version=version,
        start=table.text("start"),
        person=table.text("person"),
        nodes=nodes,
        interrupts=tuple(read_interrupt(entry) for _, entry in table.items("interrupts")),
        placeholders=_placeholders(prompts),
        opening=table.text("opening", default=""),
        longest=_read_numbers(table.table("longest")),
        said_by_house=table.texts("said_by_house"),
    )
    table.close()
    return flow


def _read_numbers(table: Table) -> Mapping[str, int]:
    return {name: table.number(name, 0) for name in table.entries}


def _placeholders(prompts: Prompts) -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = {}
    for catalog in prompts.catalogs.values():
        for key, prompt in catalog.prompts.items():
            found.setdefault(key, set()).update(one.name for one in prompt.voice.fields + prompt.text.fields)
    return {key: tuple(sorted(names)) for key, names in found.items() if names}


def _read_prompts(folder: Path) -> tuple[Prompts, list[Problem]]:
    catalogs: dict[Language, Catalog] = {}
    problems: list[Problem] = []
    for language in _LANGUAGES:
        path = folder / f"{language}.yaml"
        if language != "nl" and not path.exists():
            continue
        source = Source(path)
        root, text = source.open()
        catalogs[language] = _read_catalog(source, root, text) if root else Catalog(str(path), {}, {}, "")
        problems += source.problems
    return Prompts(catalogs), problems


def _read_catalog(source: Source, root: YamlNode, text: str) -> Catalog:
    table = read_table(source, root, "the prompts file")
    prompts = {name: _read_prompt(source, name, node) for name, node in _entries(table.table("prompts"))}
    labels = {
        name: {value: read_text(source, node, name) for value, node in _entries(read_table(source, entry, name))}
        for name, entry in _entries(table.table("labels"))
    }
    table.close()
    return Catalog(str(source.path), prompts, labels, text)


def _read_prompt(source: Source, name: str, node: YamlNode) -> Prompt:
    table = read_table(source, node, f"prompt '{name}'")
    voice = table.text("voice")
    text = table.text("text", default=voice)
    prompt = Prompt(
        voice=_cut(source, node, name, voice),
        text=_cut(source, node, name, text),
        alone=table.flag("alone", False),
        line=table.line,
    )
    table.close()
    return prompt


def _cut(source: Source, node: YamlNode, name: str, text: str) -> Template:
    try:
        return cut_template(" ".join(text.split()))
    except ValueError as error:
        source.refuse(line_of(node), f"prompt '{name}': {error}")
        return Template("", ())


def _entries(table: Table) -> list[tuple[str, YamlNode]]:
    table.taken.update(table.entries)
    return list(table.entries.items())

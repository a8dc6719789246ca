"""Loads a flow and its prompts from YAML, and refuses them with every file and line that is wrong."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from yaml.nodes import Node as YamlNode

from ivr_flows.channels import LANGUAGES
from ivr_flows.check import check
from ivr_flows.model import Language
from ivr_flows.nodes import Flow, Node
from ivr_flows.prompts import Catalog, Prompts
from ivr_flows.read_flow import read_node
from ivr_flows.read_listening import read_interrupt, read_mention
from ivr_flows.read_prompts import read_catalog
from ivr_flows.reading import FlowError, Problem, Source, Table, read_files, read_table

__all__ = [
    "PACKAGED",
    "FlowError",
    "Prompts",
    "Script",
    "Sources",
    "load_flow",
    "load_prompts",
    "load_script",
    "read_sources",
]

PACKAGED = Path(__file__).parent
"""The folder of the script that comes along: `definitions/` and `prompts/`."""

Sources = Mapping[str, str]
"""All texts of a script by their place in its folder: `definitions/report.yaml`, `prompts/nl.yaml`."""

_PLACE = re.compile(r"(?:definitions|prompts)/[a-z][a-z0-9_]*\.yaml")


@dataclass(frozen=True, slots=True)
class Script:
    """A flow with the sentences that belong to it, and the texts that it came from."""

    flow: Flow
    prompts: Prompts
    sources: Sources

    @property
    def version(self) -> str:
        """The hash of its texts, behind its name."""
        return self.flow.version


def read_sources(folder: Path = PACKAGED) -> Sources:
    """The texts of a script in `folder`; raises FlowError where one cannot be read."""
    problems: list[Problem] = []
    sources = read_files(folder, ("definitions", "prompts"), problems)
    if problems:
        raise FlowError(problems)
    return sources


def load_script(sources: Sources, folder: Path = PACKAGED, name: str = "report") -> Script:
    """The flow `name` with its prompts, checked; raises FlowError, with files named as if they lay in `folder`."""
    problems = [
        Problem(str(folder / place), 1, "is no file of a script; rename it")
        for place in sorted(sources)
        if not _PLACE.fullmatch(place)
    ]
    prompts = _read_prompts(sources, folder, problems)
    reader = _Reader(sources, folder, prompts, problems)
    flow = reader.read(name)
    if flow is not None and not problems:
        problems += check(flow, prompts)
    if flow is None or problems:
        raise FlowError(problems)
    return Script(flow, prompts, dict(sources))


def load_flow(folder: Path = PACKAGED, name: str = "report") -> Flow:
    """The flow of a script in `folder`; raises FlowError."""
    return load_script(read_sources(folder), folder, name).flow


def load_prompts(folder: Path = PACKAGED, name: str = "report") -> Prompts:
    """The prompts of a script in `folder`; raises FlowError."""
    return load_script(read_sources(folder), folder, name).prompts


class _Reader:
    """Reads one flow and the parts that it names."""

    def __init__(self, sources: Sources, folder: Path, prompts: Prompts, problems: list[Problem]) -> None:
        self._sources, self._folder, self._prompts, self._problems = sources, folder, prompts, problems
        self._nodes: dict[str, Node] = {}

    def read(self, name: str) -> Flow | None:
        source, root = self._open(name)
        if root is None:
            return None
        table = read_table(source, root, "the flow")
        self._add_nodes(source, table)
        for part in table.texts("parts"):
            if f"definitions/{part}.yaml" in self._sources:
                self._add_part(part)
            else:
                source.refuse(table.line, f"part '{part}' is not there; add definitions/{part}.yaml, or take it out")
        flow = Flow(
            name=table.text("flow"),
            version=_version(name, self._sources),
            start=table.text("start"),
            person=table.text("person"),
            nodes=self._nodes,
            interrupts=tuple(read_interrupt(entry, self._prompts) for entry in table.items("interrupts")),
            placeholders=_placeholders(self._prompts),
            opening=table.text("opening", default=""),
            volunteered=table.texts("volunteered"),
            mentions=tuple(read_mention(entry) for entry in table.items("mentions")),
            confirm=table.text("confirm", default=""),
            promised_seconds=table.number("promised_seconds", 0),
            languages=self._languages(source, table),
            longest=_read_numbers(table.table("longest")),
            said_by_house=table.texts("said_by_house"),
            file=str(source.path),
        )
        table.close()
        return flow

    def _open(self, name: str) -> tuple[Source, YamlNode | None]:
        place = f"definitions/{name}.yaml"
        source = Source(self._folder / place, self._problems)
        text = self._sources.get(place)
        if text is None:
            source.refuse(1, "is not there; put the file there")
            return source, None
        return source, source.compose(text)

    def _add_part(self, name: str) -> None:
        source, root = self._open(name)
        if root is not None:
            table = read_table(source, root, f"the part '{name}'")
            self._add_nodes(source, table)
            table.close()

    def _add_nodes(self, source: Source, table: Table) -> None:
        for name, yaml_node in table.table("nodes").each():
            node = read_node(source, name, yaml_node, self._prompts)
            if name in self._nodes:
                source.refuse(node.line if node else 1, f"node '{name}' is in {self._nodes[name].file} too; rename one")
            if node is not None:
                self._nodes[name] = node

    def _languages(self, source: Source, table: Table) -> tuple[Language, ...]:
        named = table.texts("languages") or ("nl",)
        for one in named:
            if one not in self._prompts.catalogs:
                source.refuse(table.line, f"language '{one}' has no prompts; add prompts/{one}.yaml")
        return tuple(one for one in LANGUAGES if one in named)


def _version(name: str, sources: Sources) -> str:
    texts = chr(0).join(f"{place}{chr(0)}{text}" for place, text in sorted(sources.items()))
    return f"{name}-{hashlib.sha256(texts.encode()).hexdigest()[:12]}"


def _read_numbers(table: Table) -> Mapping[str, int]:
    return {name: table.number(name, 0) for name in table.entries}


def _placeholders(prompts: Prompts) -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = {}
    for catalog in prompts.catalogs.values():
        for key, prompt in catalog.prompts.items():
            forms = (prompt.voice, prompt.text, prompt.web)
            found.setdefault(key, set()).update(one.name for form in forms for one in form.fields)
    return {key: tuple(sorted(names)) for key, names in found.items() if names}


def _read_prompts(sources: Sources, folder: Path, problems: list[Problem]) -> Prompts:
    return Prompts(dict(_read_catalogs(sources, folder, problems)))


def _read_catalogs(sources: Sources, folder: Path, problems: list[Problem]) -> Iterator[tuple[Language, Catalog]]:
    for language in LANGUAGES:
        text = sources.get(f"prompts/{language}.yaml")
        if text is not None or language == "nl":
            source = Source(folder / "prompts" / f"{language}.yaml", problems)
            if text is None:
                source.refuse(1, "is not there; every flow needs its Dutch prompts")
            yield language, read_catalog(source, source.compose(text) if text is not None else None)

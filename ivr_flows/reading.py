"""Reads YAML with its line numbers, and collects everything that is wrong instead of stopping at the first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml
from yaml.nodes import MappingNode, ScalarNode, SequenceNode
from yaml.nodes import Node as YamlNode

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The one in C reads a script ten times as fast, where it is there."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """What is wrong, where, and what would be right."""

    file: str
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what}"


class FlowError(Exception):
    """A flow or its prompts cannot be used; names every problem, one a line."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))


@dataclass(slots=True)
class Source:
    """One YAML file in reading; what is wrong with it goes to `problems`."""

    path: Path
    problems: list[Problem] = field(default_factory=list)

    def compose(self, text: str) -> YamlNode | None:
        """The root node of the file's text; None where it is no YAML."""
        try:
            root = yaml.compose(text, Loader=_LOADER)
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            self.refuse(line, f"is not YAML: {error.problem or error.context}")
        except yaml.YAMLError:
            self.refuse(1, "is not YAML: it holds characters that YAML does not know")
        else:
            if root is None:
                self.refuse(1, "is empty")
            return root
        return None

    def refuse(self, line: int, what: str) -> None:
        """Notes a problem at a line."""
        self.problems.append(Problem(str(self.path), line, what))


@dataclass(slots=True)
class Table:
    """A YAML mapping; what nobody takes from it is an unknown key."""

    source: Source
    where: str
    line: int
    entries: dict[str, YamlNode]
    taken: set[str] = field(default_factory=set)

    def take(self, key: str) -> YamlNode | None:
        """The node under a key."""
        self.taken.add(key)
        return self.entries.get(key)

    def text(self, key: str, *, default: str | None = None) -> str:
        """A word or sentence; without a default it must be there."""
        node = self.take(key)
        if node is None:
            if default is None:
                self.source.refuse(self.line, f"{self.where} lacks '{key}'; add '{key}: …'")
            return default or ""
        return read_text(self.source, node, f"{self.where}: '{key}'")

    def number(self, key: str, default: int) -> int:
        """A whole number from 0."""
        node = self.take(key)
        if node is None:
            return default
        text = read_text(self.source, node, f"{self.where}: '{key}'")
        if not text.isdecimal():
            self.source.refuse(line_of(node), f"{self.where}: '{key}' must be a whole number, not '{text}'")
            return default
        return int(text)

    def flag(self, key: str, default: bool) -> bool:
        """true or false."""
        node = self.take(key)
        if node is None:
            return default
        text = read_text(self.source, node, f"{self.where}: '{key}'")
        if text not in ("true", "false"):
            self.source.refuse(line_of(node), f"{self.where}: '{key}' must be true or false, not '{text}'")
        return text == "true"

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of words; one word alone counts as a list of one."""
        node = self.take(key)
        return () if node is None else read_texts(self.source, node, f"{self.where}: '{key}'")

    def table(self, key: str) -> Table:
        """The mapping under a key, empty where it is absent."""
        node = self.take(key)
        if node is None:
            return Table(self.source, f"{self.where}: '{key}'", self.line, {})
        return read_table(self.source, node, f"{self.where}: '{key}'")

    def items(self, key: str) -> Iterator[Table]:
        """The mappings of a list under a key."""
        node = self.take(key)
        if node is None:
            return
        if not isinstance(node, SequenceNode):
            self.source.refuse(line_of(node), f"{self.where}: '{key}' must be a list, each entry after a '-'")
            return
        for number, entry in enumerate(node.value, start=1):
            yield read_table(self.source, entry, f"{self.where}: '{key}' {number}")

    def each(self) -> list[tuple[str, YamlNode]]:
        """Every entry, taken as known."""
        self.taken.update(self.entries)
        return list(self.entries.items())

    def close(self) -> None:
        """Refuses every key that nobody took."""
        for key in self.entries.keys() - self.taken:
            known = ", ".join(sorted(self.taken))
            self.source.refuse(
                line_of(self.entries[key]), f"{self.where} has an unknown key '{key}'; known here are {known}"
            )


def read_files(folder: Path, rooms: Iterable[str], problems: list[Problem]) -> dict[str, str]:
    """The text of every YAML file in the rooms of a folder, by its place in that; what cannot be read is a problem."""
    texts: dict[str, str] = {}
    for room in rooms:
        if not (folder / room).is_dir():
            problems.append(Problem(str(folder / room), 1, "is not there; a script has definitions/ and prompts/"))
        for path in sorted((folder / room).glob("*.yaml")):
            try:
                texts[f"{room}/{path.name}"] = path.read_text(encoding="utf-8")
            except OSError as error:
                problems.append(Problem(str(path), 1, f"cannot be read ({error.strerror}); put the file there"))
            except UnicodeDecodeError:
                problems.append(Problem(str(path), 1, "is not UTF-8; save it as UTF-8"))
    return texts


def line_of(node: YamlNode) -> int:
    """The line where a node begins, counted from 1."""
    return int(node.start_mark.line) + 1


def read_table(source: Source, node: YamlNode, where: str) -> Table:
    """A mapping with text keys; a doubled key is refused."""
    entries: dict[str, YamlNode] = {}
    if not isinstance(node, MappingNode):
        source.refuse(line_of(node), f"{where} must be a table of 'key: value'")
        return Table(source, where, line_of(node), entries)
    for key, value in node.value:
        name = read_text(source, key, f"{where}: a key")
        if name in entries:
            source.refuse(line_of(key), f"{where} has '{name}' twice; keep one of them")
        entries[name] = value
    return Table(source, where, line_of(node), entries)


def read_text(source: Source, node: YamlNode, where: str) -> str:
    """A scalar as it is written: `yes` is the word yes."""
    if not isinstance(node, ScalarNode):
        source.refuse(line_of(node), f"{where} must be one word or sentence")
        return ""
    return str(node.value)


def read_texts(source: Source, node: YamlNode, where: str) -> tuple[str, ...]:
    """A list of scalars, or one scalar."""
    if isinstance(node, SequenceNode):
        return tuple(read_text(source, one, where) for one in node.value)
    return (read_text(source, node, where),)

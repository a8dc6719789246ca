"""A YAML file whose values remember their lines, so that a mistake can be pointed at."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import yaml


class MistakesError(Exception):
    """Everything that is wrong with a file, as `file:line: what`."""

    def __init__(self, errors: list[str]) -> None:
        super().__init__("\n".join(errors))
        self.errors = tuple(errors)


class Entry:
    """One mapping of the file. Reading a wrong value writes a complaint and gives an empty one."""

    def __init__(self, file: YamlFile, node: yaml.Node | None) -> None:
        self._file = file
        self._node = node
        self._fields: dict[str, yaml.Node] = {}
        if not isinstance(node, yaml.MappingNode):
            file.complain(node, "a mapping (name: value) belongs here")
            return
        for key, value in node.value:
            name = str(key.value)
            if name in self._fields:
                file.complain(key, f"`{name}` is there twice")
            self._fields[name] = value

    def has(self, name: str) -> bool:
        return name in self._fields

    def complain(self, name: str, what: str) -> None:
        """Write a mistake down at the line of `name`, or of the whole entry when it is not there."""
        self._file.complain(self._fields.get(name, self._node), f"`{name}`: {what}")

    def refuse_unknown(self, known: Collection[str]) -> None:
        for name in self._fields:
            if name not in known:
                self.complain(name, f"is not known; known are {', '.join(sorted(known))}")

    def text(self, name: str, *, needed: bool = True) -> str:
        node = self._fields.get(name)
        if node is None:
            if needed and self._fields:
                self.complain(name, "is missing")
            return ""
        if not isinstance(node, yaml.ScalarNode) or (needed and not node.value.strip()):
            self.complain(name, "must be a text")
            return ""
        return str(node.value).strip()

    def choice(self, name: str, allowed: Collection[str], *, default: str) -> str:
        value = self.text(name, needed=not default) or default
        if value and value not in allowed:
            self.complain(name, f"is {value!r}; allowed are {', '.join(allowed)}")
        return value

    def list_or_scalar(self, name: str, allowed: Collection[str], *, needed: bool = True) -> tuple[str, ...]:
        nodes = self._nodes(name, needed)
        if nodes is None:
            return ()
        values = []
        for item in nodes:
            if not isinstance(item, yaml.ScalarNode) or item.value not in allowed:
                shown = repr(item.value) if isinstance(item, yaml.ScalarNode) else "a nested value"
                self._file.complain(item, f"`{name}`: {shown} is not one of {', '.join(sorted(allowed))}")
            else:
                values.append(str(item.value))
        return tuple(values)

    def texts(self, name: str, *, needed: bool = True) -> tuple[str, ...]:
        """A list of texts, or one text alone."""
        nodes = self._nodes(name, needed)
        if nodes is None:
            return ()
        texts = tuple(str(one.value).strip() for one in nodes if isinstance(one, yaml.ScalarNode))
        if len(texts) < len(nodes) or not all(texts) or (needed and not texts):
            self.complain(name, "must be a text, or a list of texts")
        return texts

    def _nodes(self, name: str, needed: bool) -> list[yaml.Node] | None:
        """The items of a list, or one value alone; None, with a complaint where it is needed, for nothing at all."""
        node = self._fields.get(name)
        if node is None:
            if needed and self._fields:
                self.complain(name, "is missing")
            return None
        return list(node.value) if isinstance(node, yaml.SequenceNode) else [node]

    def names(self) -> tuple[str, ...]:
        """The names of the mapping, in the order of the file."""
        return tuple(self._fields)

    def child(self, name: str) -> Entry | None:
        return Entry(self._file, self._fields[name]) if name in self._fields else None

    def entries(self, name: str) -> list[Entry]:
        node = self._fields.get(name)
        if not isinstance(node, yaml.SequenceNode):
            if self._fields or node is None:
                self.complain(name, "must be a list (lines that begin with -)")
            return []
        return [Entry(self._file, item) for item in node.value]


def read_root(path: Path, errors: list[str]) -> Entry | None:
    """The whole file as one mapping; None, and the reason among `errors`, where it cannot be read as YAML."""
    try:
        return YamlFile(path, errors).root()
    except OSError as error:
        errors.append(f"{path}: cannot be read ({error.strerror})")
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        errors.append(f"{path}:{line}: not valid YAML: {error.problem}")
    except (yaml.YAMLError, UnicodeDecodeError):
        errors.append(f"{path}:1: not valid YAML in UTF-8")
    return None


class YamlFile:
    """A file being read; mistakes are appended to `errors` as `file:line: what`."""

    def __init__(self, path: Path, errors: list[str]) -> None:
        self._path = path
        self._errors = errors

    def root(self) -> Entry:
        """The whole file as one mapping."""
        return Entry(self, yaml.compose(self._path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader))

    def complain(self, node: yaml.Node | None, what: str) -> None:
        line = node.start_mark.line + 1 if node is not None else 1
        self._errors.append(f"{self._path}:{line}: {what}")

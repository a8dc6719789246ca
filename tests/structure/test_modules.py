"""Every module says in one sentence what it does, is short, and has a name that means something."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HOUSES = ("hotline", "workers", "ivr_flows", "config", "build", "bench", "tests")
MODULES = sorted(path for house in HOUSES for path in (ROOT / house).rglob("*.py"))
CODE = [path for path in MODULES if path.parts[len(ROOT.parts)] != "tests"]
LONGEST = 260
LONGER = {
    "hotline/storage/migrations/versions/0001_the_first_schema.py": "a migration is a list",
    "hotline/storage/tables.py": "the whole schema on one page",
    "hotline/storage/conversations.py": "half of it is the SQL of one statement",
    "config/reading.py": "a rule for each setting",
}
NAMELESS = {"utils", "util", "helpers", "helper", "common", "base", "misc"}
OF_A_LIBRARY = {
    "handle_error",
    "handle_starttag",
    "handle_endtag",
    "handle_data",
}  # the name by which a library calls it
VAGUE = ("process_", "handle_", "manage_")


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_says_what_it_does(path: Path) -> None:
    tree = ast.parse(path.read_text())
    if not tree.body:
        return
    said = ast.get_docstring(tree)
    assert said, "no docstring"
    first = said.split("\n\n")[0]
    assert first[-1] in ".:!?", "its first paragraph is no sentence"


@pytest.mark.parametrize("path", CODE, ids=name_of)
def test_a_module_is_short(path: Path) -> None:
    length = len(path.read_text().splitlines())
    assert length <= LONGEST or name_of(path) in LONGER, f"{length} lines"


def test_the_exceptions_still_need_to_be_exceptions() -> None:
    for name in LONGER:
        assert len((ROOT / name).read_text().splitlines()) > LONGEST, name


def test_no_module_has_a_name_that_means_nothing() -> None:
    assert not [name_of(path) for path in MODULES if path.stem in NAMELESS or path.parent.name in NAMELESS]


def test_no_function_has_a_verb_that_means_nothing() -> None:
    for path in CODE:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef) and node.name not in OF_A_LIBRARY:
                assert not node.name.lstrip("_").startswith(VAGUE), f"{name_of(path)}: {node.name}"

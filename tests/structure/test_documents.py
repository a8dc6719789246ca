"""What can be set or commanded is documented, and documents point at what exists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from config.reading import KNOWN
from hotline.cli import main

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", *sorted(DOCS.rglob("*.md"))]
MOST_PICTURES, LARGEST_PICTURE = 8, 120_000


def test_every_setting_is_described() -> None:
    described = set(re.findall(r"^\| `([A-Z_]+)` \|", (DOCS / "settings.md").read_text(), re.MULTILINE))
    assert described == {*KNOWN, "PORT"}


def commands(command: click.Command, path: str = "hotline") -> Iterator[str]:
    """Every command with what it asks, as the document writes it: `hotline user add USERNAME`."""
    if isinstance(command, click.Group):
        for name, one in sorted(command.commands.items()):
            yield from commands(one, f"{path} {name}")
    else:
        yield " ".join([path, *(one.human_readable_name for one in command.params if isinstance(one, click.Argument))])


def test_every_command_is_described() -> None:
    described = set(re.findall(r"^\| `(hotline [^`]+)` \|", (DOCS / "commands.md").read_text(), re.MULTILINE))
    assert described == set(commands(main))


def test_every_option_is_described() -> None:
    text = (DOCS / "commands.md").read_text()
    waiting: list[click.Command] = [main]
    while waiting:
        command = waiting.pop()
        waiting += command.commands.values() if isinstance(command, click.Group) else []
        for option in (one for one in command.params if isinstance(one, click.Option)):
            assert f"`{option.opts[0]}`" in text, f"{command.name} {option.opts[0]}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_and_path_on_a_page_leads_somewhere(page: Path) -> None:
    text = page.read_text()
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[\w-]*)?\)", text):
        if "://" not in target:
            assert (page.parent / target).exists(), f"{page.name}: {target}"
    for path in re.findall(r"`((?:hotline|workers|config|ivr_flows|tests|docs|build)/[\w./-]*)`", text):
        assert (ROOT / path).exists(), f"{page.name}: {path}"


def test_the_readme_begins_with_the_two_commands() -> None:
    first = (ROOT / "README.md").read_text().partition("```")[2].partition("```")[0]
    assert [line.split("#")[0].strip() for line in first.strip().splitlines()[-2:]] == ["make run", "make test"]


def test_pictures_are_few_and_small_and_shown() -> None:
    shown = (ROOT / "README.md").read_text()
    pictures = sorted((DOCS / "pictures").glob("*"))
    assert 0 < len(pictures) <= MOST_PICTURES
    for picture in pictures:
        assert picture.stat().st_size < LARGEST_PICTURE, picture.name
        assert f"docs/pictures/{picture.name}" in shown, picture.name

"""`hotline line` and `hotline flow`: what they change, what they only say, and how they refuse."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Engine

from hotline.cli import main
from ivr_flows.load import load_script, read_sources
from tests.flow_edits import mark, write_folder


@pytest.fixture(autouse=True)
def environment(tmp_path: Path, database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A demo on a database of this test's own."""
    monkeypatch.setenv("HOTLINE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("HOTLINE_DATABASE_URL", database.format(role="owner"))


def run(*words: str, ends: int = 0) -> str:
    result: Result = CliRunner().invoke(main, words)
    assert result.exit_code == ends, result.output
    return result.output


def test_a_line_goes_down_and_up(owner_engine: Engine) -> None:
    assert "maastricht   up" in run("line", "show")
    assert "would be down" in run("line", "down", "maastricht", "--dry-run") and "DOWN" not in run("line", "show")
    run("line", "down", "maastricht")
    assert "maastricht   DOWN" in run("line", "show") and "oefening     up" in run("line", "show")
    run("line", "up", "maastricht")
    assert "DOWN" not in run("line", "show")
    with owner_engine.connect() as connection:
        acts = connection.exec_driver_sql("SELECT actor, act FROM audit ORDER BY happened_at").all()
    assert acts == [("command-line", "line_down"), ("command-line", "line_up")]


def test_an_announcement_comes_and_goes() -> None:
    run("line", "announce", "maastricht", "--nl", "Wij weten van de brand.", "--fr", "Nous savons.")
    shown = run("line", "show")
    assert "nl: Wij weten van de brand." in shown and "fr: Nous savons." in shown
    run("line", "hush", "maastricht")
    assert "Wij weten" not in run("line", "show")
    assert "al voorbij" in run("line", "announce", "maastricht", "--nl", "x", "--until", "2020-01-01T10:00", ends=1)
    assert "te lang" in run("line", "announce", "maastricht", "--nl", "x" * 161, ends=1)


@pytest.mark.parametrize("act", ["down", "up", "hush"])
def test_a_line_that_is_not_there_is_named(act: str) -> None:
    assert "none is not in" in run("line", act, "none", ends=1)


def test_a_flow_is_published_and_reverted(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "flow", mark("welcome"))
    version = load_script(mark("welcome")).version
    assert "None was published" in run("flow", "versions")
    assert f"{version} (" in run("flow", "publish", str(folder), "--dry-run") and version not in run("flow", "versions")
    assert "current on every line" in run("flow", "publish", str(folder))
    run("flow", "publish", str(folder), "--line", "oefening")
    run("flow", "revert", "packaged")
    run("flow", "revert", version, "--line", "maastricht")
    made = [line.split()[1:] for line in run("flow", "versions").partition("first:\n")[2].splitlines()]
    assert made == [
        [version, "on", "maastricht"],
        ["packaged", "on", "every", "line"],
        [version, "on", "oefening"],
        [version, "on", "every", "line"],
    ]
    assert "is not kept" in run("flow", "revert", "report-000000000000", ends=1)


def test_a_broken_flow_is_refused_with_its_file(tmp_path: Path) -> None:
    sources = dict(read_sources())
    sources["prompts/nl.yaml"] += "  strange: {voice: 'Nooit gezegd.'}\n"
    folder = write_folder(tmp_path / "flow", sources)
    assert f"{folder}/prompts/nl.yaml:" in run("flow", "publish", str(folder), ends=1)
    assert "nothing wrong" in run("flow", "check")


def test_a_flow_without_what_the_house_says_is_refused(tmp_path: Path) -> None:
    sources = dict(read_sources())
    path = next(name for name, text in sources.items() if "said_by_house: [" in text)
    sources[path] = sources[path].replace("said_by_house: [conversation_over, ", "said_by_house: [")
    for name in (one for one in sources if one.startswith("prompts/")):
        catalog = sources[name].splitlines(keepends=True)
        start = next(number for number, line in enumerate(catalog) if line.startswith("  conversation_over:"))
        end = next(number for number in range(start + 1, len(catalog)) if not catalog[number].startswith("    "))
        sources[name] = "".join(catalog[:start] + catalog[end:])
    folder = write_folder(tmp_path / "flow", sources)
    assert "must list conversation_over" in run("flow", "publish", str(folder), ends=1)

"""What differs between two flows is said in plain lines, and nothing where they agree."""

from __future__ import annotations

from pathlib import Path

import pytest

from ivr_flows.compare import compare
from ivr_flows.load import load_flow, load_prompts

from .flows import PROMPTS, SMALL, write_flow


def differences(folder: Path, flow: str = SMALL, prompts: str = PROMPTS) -> tuple[str, ...]:
    sides = []
    for name, texts in (("old", (SMALL, PROMPTS)), ("new", (flow, prompts))):
        (folder / name).mkdir()
        path = write_flow(folder / name, *texts)
        sides.append((load_flow(path, "small"), load_prompts(path, "small")))
    (old, old_prompts), (new, new_prompts) = sides
    return compare(old, new, old_prompts, new_prompts)


def test_nothing_differs(tmp_path: Path) -> None:
    assert differences(tmp_path) == ()
    assert differences_of_a_comment(tmp_path / "again") == ()


def differences_of_a_comment(folder: Path) -> tuple[str, ...]:
    folder.mkdir()
    return differences(folder, flow=f"# A remark.\n\n{SMALL}")


@pytest.mark.parametrize(
    ("old", "new", "lines"),
    [
        ("goto: bye}\n  nobody", "goto: place}\n  nobody", ("node 'colour': the way on leads to 'place', was 'bye'",)),
        ("at_most: 2", "at_most: 3", ("node 'search': way 'unknown' leads to 'number' at most 3 times, then 'bye', was",)),
        ('key: "2"', 'key: "3"', ("node 'choice': way '2' to 'place' is gone", "node 'choice': way '3' to 'place' is new")),
        ("digits: 4", "digits: 4\n    timeout: 9", ("node 'number': timeout is 9, was 6",)),
        ("outcome: done", "outcome: over", ("node 'bye': outcome is over, was done",)),
        ("opening: story", "opening: place", ("the flow: opening is place, was story",)),
        (
            "  nobody: {tell: nobody, goto: return}",
            "  nobody: {tell: nobody, goto: other}\n  other: {end: bye, outcome: done}",
            ("node 'nobody': the way on leads to 'other', was 'return'", "node 'other' is new (end)"),
        ),
        ("colour: {tell: colour, goto: bye}", "colour: {end: colour, outcome: done}", ("node 'colour' is end, was tell",)),
    ],
)  # fmt: skip
def test_a_change_of_the_flow(tmp_path: Path, old: str, new: str, lines: tuple[str, ...]) -> None:
    assert SMALL.count(old) == 1
    found = differences(tmp_path, flow=SMALL.replace(old, new))
    for line in lines:
        assert [one for one in found if one.startswith(line)], found


def test_a_change_of_prompts(tmp_path: Path) -> None:
    changed = PROMPTS.replace('bye: {voice: "Dag."}', 'bye: {voice: "Tot ziens."}')
    assert differences(tmp_path, prompts=changed) == (
        "prompt 'bye' (nl) voice is 'Tot ziens.', was 'Dag.'",
        "prompt 'bye' (nl) text is 'Tot ziens.', was 'Dag.'",
        "prompt 'bye' (nl) web is 'Tot ziens.', was 'Dag.'",
    )


def test_prompts_and_names_that_come_and_go(tmp_path: Path) -> None:
    (tmp_path / "labels").mkdir()
    called = PROMPTS.replace("{label: Ja, words: [ja]}", "{label: Jawel, words: [ja, jawel]}")
    assert differences(tmp_path / "labels", prompts=called) == (
        "option 'yes' (nl) is called 'Jawel', was 'Ja'",
        "option 'yes' (nl) is meant by [ja, jawel], was [ja]",
    )
    flow = SMALL.replace("end: bye", "end: goodbye")
    found = differences(tmp_path, flow=flow, prompts=PROMPTS.replace("  bye:", "  goodbye:"))
    assert "prompt 'bye' (nl) is gone" in found
    assert "prompt 'goodbye' (nl) is new: Dag." in found

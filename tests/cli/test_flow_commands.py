"""`hotline flow`: checking, drawing, comparing and playing scripts from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from hotline.cli import main
from ivr_flows.load import load_flow, load_prompts
from ivr_flows.simulate import play, read_script
from tests.ivr_flows.flows import PROMPTS, SMALL, write_flow


def run(*words: str | Path, typed: str = "") -> Result:
    return CliRunner().invoke(main, ["flow", *map(str, words)], input=typed)


def write(folder: Path, flow: str = SMALL, prompts: str = PROMPTS) -> Path:
    folder.mkdir(exist_ok=True)
    write_flow(folder, flow, prompts)
    (folder / "definitions" / "small.yaml").rename(folder / "definitions" / "report.yaml")
    return folder


def test_the_installed_script_is_checked() -> None:
    done = run("check")
    assert done.exit_code == 0, done.output
    assert "report: " in done.output
    assert "nothing wrong" in done.output


def test_a_script_is_checked_by_model(tmp_path: Path) -> None:
    done = run("check", write(tmp_path), "--model")
    assert done.exit_code == 0, done.output
    assert [line.split(":")[0] for line in done.stdout.splitlines()] == ["voice", "sms", "web", "small"]
    assert "… voice: exploring" in done.stderr


def test_the_counts_are_a_table(tmp_path: Path) -> None:
    done = run("check", write(tmp_path), "--markdown")
    assert done.exit_code == 0, done.output
    assert done.stdout.startswith("| channel | states |")
    assert done.stdout.count("\n| ") == 3


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("goto: place}\n      - {key: \"2\"", "goto: nowhere}\n      - {key: \"2\"", "leads to 'nowhere', which does not exist"),
        ('{key: "2"', '{key: "1"', "key '1' is used twice"),
        ("colour: {tell: colour, goto: bye}", "colour: {tell: colour, goto: result}", "comes round to itself"),
        ("goto: bye}\n  nobody", "goto: bye}\n  lost: {tell: bye, goto: bye}\n  nobody", "node 'lost' is never reached"),
        ("end: bye", "end: farewell", "prompt 'farewell' is missing"),
    ],
)  # fmt: skip
def test_a_broken_script_is_refused_by_line(tmp_path: Path, old: str, new: str, said: str) -> None:
    broken = SMALL.replace(old, new)
    assert broken != SMALL
    if "comes round" in said:
        broken = broken.replace("{when: {place: none}, goto: bye}", "{when: {place: none}, goto: colour}")
    done = run("check", write(tmp_path, broken))
    assert done.exit_code == 1
    assert said in done.output
    assert "report.yaml:" in done.output


def test_hard_words_fail_the_check(tmp_path: Path) -> None:
    done = run("check", write(tmp_path, prompts=PROMPTS.replace("Waar is het?", "Waar, indien bekend?")))
    assert done.exit_code == 1
    assert "better: 'als'" in done.output
    assert "1 things are wrong" in done.output


def test_a_failing_state_is_shown_as_moves(tmp_path: Path) -> None:
    four = SMALL.replace("noinput: [short, shorter]", "noinput: [short, short, short, short]", 1)
    four = four.replace("nomatch: [wrong, shorter]", "nomatch: [wrong, shorter, shorter, shorter]", 1)
    done = run("check", write(tmp_path, four), "--model")
    assert done.exit_code == 1
    assert "voice: prompt 'short' comes more than 3 times in a row\n  starts\n  is silent\n" in done.stderr


def test_drawings_are_written(tmp_path: Path) -> None:
    path = write(tmp_path)
    assert run("draw", path).output.startswith("flowchart TD\n")
    assert run("draw", path, "--output", tmp_path / "small.mmd").exit_code == 0
    assert (tmp_path / "small.mmd").read_text().startswith("flowchart TD\n")
    done = run("draw", path, "--format", "svg", "--output", tmp_path / "svg")
    assert done.exit_code == 0, done.output
    assert [one.name for one in (tmp_path / "svg").iterdir()] == ["small-report.svg"]
    assert "name a folder" in run("draw", path, "--format", "svg").output


def test_two_scripts_are_compared(tmp_path: Path) -> None:
    old = write(tmp_path / "old")
    new = write(tmp_path / "new", SMALL.replace("outcome: done", "outcome: over"))
    assert run("diff", old, old).output == "no difference\n"
    done = run("diff", old, new)
    assert (done.exit_code, done.output) == (1, "node 'bye': outcome is over, was done\n")


CALL = ["nee", "", "Denkbeeldweg", "answers", "presses 6211", "finds found, colour=red"]


def test_a_call_is_played_and_kept(tmp_path: Path) -> None:
    path, kept = write(tmp_path), tmp_path / "call.yaml"
    done = run("play", path, "--repro", kept, typed="\n".join(CALL))
    assert done.exit_code == 0, done.output
    assert "  Waar is het? Zeg de straat." in done.output
    assert "  place: Denkbeeldweg" in done.output
    assert "  # done" in done.output
    golden = yaml.load(kept.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - strings only
    assert golden["turns"][-1]["finds"] == {"case": "found", "colour": "red"}
    played = play(load_flow(path), load_prompts(path), read_script(golden))
    assert [[*heard.prompts] for heard in played.turns] == [turn["hears"] for turn in golden["turns"]]
    assert [heard.outcome for heard in played.turns] == [turn.get("ends", "") for turn in golden["turns"]]
    assert played.answers == golden["answers"]


def test_words_are_understood_and_kept_with_their_meaning(tmp_path: Path) -> None:
    kept = tmp_path / "text.yaml"
    done = run("play", "--channel", "sms", "--repro", kept, typed="Er wordt gedeald in Wyck\nnee\nquits\n")
    assert done.exit_code == 0, done.output
    golden = yaml.load(kept.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - strings only
    assert golden["turns"][0]["meaning"]["neighbourhood"] == "Wyck"
    assert golden["turns"][0]["does"] == "texts Er wordt gedeald in Wyck"
    assert golden["channel"] == "sms"


def test_a_move_that_means_nothing_is_said_and_the_call_goes_on(tmp_path: Path) -> None:
    done = run("play", write(tmp_path), typed="presses \nsays \nhangs up\n")
    assert done.exit_code == 0, done.output
    assert "  # hung_up" in done.output

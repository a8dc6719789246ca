"""A broken flow is refused before it answers a call, with file, line and what would be right."""

from __future__ import annotations

from pathlib import Path

import pytest

from ivr_flows.load import load_flow, load_prompts
from ivr_flows.reading import FlowError

from .flows import PROMPTS, SMALL, small_flow, write_flow


def problems(folder: Path, flow: str = SMALL, prompts: str = PROMPTS) -> list[str]:
    write_flow(folder, flow, prompts)
    with pytest.raises(FlowError) as caught:
        load_flow(folder, "small")
    return [str(one).replace(str(folder) + "/", "") for one in caught.value.problems]


def line_of(text: str, part: str) -> int:
    return next(number for number, line in enumerate(text.splitlines(), start=1) if part in line)


def test_the_report_script_loads() -> None:
    flow = load_flow()
    assert flow.version.startswith("report-")
    assert load_prompts().catalogs.keys() == {"nl", "en", "de", "fr"}


def test_the_version_follows_flow_and_prompts(tmp_path: Path) -> None:
    first = small_flow(tmp_path).version
    assert small_flow(tmp_path).version == first
    assert load_flow(write_flow(tmp_path, prompts=PROMPTS.replace("Dag.", "Tot ziens.")), "small").version != first
    assert load_flow(write_flow(tmp_path, SMALL + "# a remark\n"), "small").version != first


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("goto: choice}", "goto: choise}", "leads to 'choise', which does not exist"),
        ("    give_up: {noinput: place, nomatch: bye}\n", "", "has no 'give_up'"),
        ('- {key: "2"', '- {key: "1"', "key '1' is used twice"),
        ('- {key: "2"', '- {key: "9"', "key '9' cannot be an option"),
        ("hello: {tell: hello,", "hello: {tel: hello,", "must have exactly one of tell, menu"),
        ("{tell: nobody, goto: return}", "{tell: nobody, goto: return, colour: red}", "unknown key 'colour'"),
        (
            "noinput: [short, shorter]\n    nomatch: [wrong",
            "noinput: [short]\n    nomatch: [wrong",
            "at least two prompts",
        ),
        ("{end: bye, outcome: done}", "{end: bye}", "lacks 'outcome'"),
        ("{tell: colour, goto: bye}", "{tell: color, goto: bye}", "prompt 'color' is missing"),
        ("digits: 4", "digits: four", "must be a whole number"),
        ("at_most: 2", "at_most: 0", "'at_most' of 1 or more"),
        ("{tell: nobody, goto: return}", "{tell: nobody, goto: nobody}", "comes round to itself"),
        ("{tell: nobody, goto: return}", "{tell: nobody, goto: nobody}", "no end can be reached"),
        ("nodes:\n", "nodes:\n  lost: {tell: hello, goto: bye}\n", "is never reached"),
        ("start: hello", "start: choice", "'start' must be a tell"),
        ("person: nobody", "person: somebody", "there is no node 'somebody'"),
        ("wording: done", "wording: dun", "'dun' is missing under 'options'"),
        ("start: hello", "start: hello\nlanguages: [nl, xx]", "language 'xx' has no prompts"),
        ("start: hello", "start: hello\nparts: [more]", "is not there"),
        ("start: hello", "start: hello\nconfirm: maybe", "there is no node 'maybe'"),
        (
            "start: hello",
            "start: hello\nmentions: [{hears: danger, value: 'yes', goto: lost}]",
            "there is no node 'lost'",
        ),
        ("channels: [sms]", "channels: [fax]", "unknown channel 'fax'"),
        ("pattern: '62\\d\\d'", "pattern: '62('", "is not a regular expression"),
        (
            "noinput: [short, shorter]\n    nomatch: [wrong",
            "noinput: [shorter, choice]\n    nomatch: [wrong",
            "a re-prompt is shorter",
        ),
        ("  choice:\n", "  hello: {tell: hello, goto: choice}\n  choice:\n", "'hello' twice"),
    ],
)
def test_a_broken_flow(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in SMALL
    found = problems(tmp_path, SMALL.replace(old, new, 1))
    assert any(said in one for one in found), found
    assert all(one.startswith(("definitions/small.yaml:", "prompts/nl.yaml:")) for one in found)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"Dag."', '"' + "Dag en tot ziens. " * 20 + '"', "seconds to say"),
        ('text: "Goed."', 'text: "Goed {place}."', "would write 'place'"),
        ('text: "Goed."', 'text: "Patiënt."', "'ë' is not in GSM-7"),
        ("[gevaar]", "['?']", "a word without letters or digits"),
        ('"Hallo."', '"Hallo {Naam}."', "a brace that is not"),
        ('"Hallo."', '"Hallo {name:loud}."', "unknown format 'loud'"),
        ('"Hallo."', '"Hallo.", tekst: "x"', "unknown key 'tekst'"),
        ('"Hallo."', '"Hallo.", text: "' + "x" * 161 + '"', "161 characters as a text message"),
        ("  hello:", "  spare: {voice: x}\n  hello:", "is never said"),
    ],
)
def test_broken_prompts(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in PROMPTS
    found = problems(tmp_path, prompts=PROMPTS.replace(old, new, 1))
    assert any(said in one and one.startswith("prompts/nl.yaml:") for one in found), found


def test_an_option_without_a_label(tmp_path: Path) -> None:
    found = problems(tmp_path, prompts=PROMPTS.replace("label: Ja, ", "", 1))
    assert any("option 'danger.yes' needs a label and words in prompts/nl.yaml" in one for one in found), found


def test_all_problems_come_at_once_with_their_lines(tmp_path: Path) -> None:
    broken = SMALL.replace("goto: choice}", "goto: nowhere}", 1).replace("{tell: colour,", "{tell: shade,", 1)
    found = problems(tmp_path, broken)
    assert (
        f"definitions/small.yaml:{line_of(broken, 'nowhere')}: node 'hello' leads to 'nowhere', which does not exist"
        in found
    )
    assert any(one.startswith(f"definitions/small.yaml:{line_of(broken, 'shade')}: ") for one in found)


@pytest.mark.parametrize("text", ["", "flow: [", "a: b: c", "- 1\n- 2", "\x00", "nodes: 7"])
def test_something_that_is_no_flow(tmp_path: Path, text: str) -> None:
    assert problems(tmp_path, text)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FlowError, match="is not there"):
        load_flow(write_flow(tmp_path), "none")
    with pytest.raises(FlowError, match="a script has definitions/ and prompts/"):
        load_flow(tmp_path / "nowhere")


def test_a_file_in_another_encoding(tmp_path: Path) -> None:
    write_flow(tmp_path)
    (tmp_path / "definitions" / "small.yaml").write_bytes(b"flow: caf\xe9\n")
    with pytest.raises(FlowError, match="not UTF-8"):
        load_flow(tmp_path, "small")

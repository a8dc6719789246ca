"""The model check finds every kind of broken flow, and the way to it can be played again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest

from hotline.simulator.twiml import read_voice
from ivr_flows.channels import Channel
from ivr_flows.engine import advance, begin
from ivr_flows.load import load_flow, load_prompts
from ivr_flows.model import HungUp, Keys, NoInput, Said, Speak, Started
from ivr_flows.nodes import Ask, Branch, Case, Flow, Interrupt, Menu, Tell, Way
from ivr_flows.prompts import Prompts
from ivr_flows.proof.doubt import doubt
from ivr_flows.proof.explore import Graph, explore
from ivr_flows.proof.model_check import Checked, check_channel
from ivr_flows.proof.proofs import find_lost, find_unfinished, measure_errors
from ivr_flows.proof.report import show_table
from ivr_flows.proof.worst_words import Telephone
from ivr_flows.simulate import Script, play

from .flows import PROMPTS, SMALL, write_flow

CHANNELS: tuple[Channel, ...] = get_args(Channel)


def validate(document: str) -> None:
    read_voice(document.encode(), "text/xml")


TELEPHONE = Telephone(
    validate=validate,
    voices={"nl": "Polly.Laura-Neural", "en": "Polly.Amy-Neural", "de": "Polly.Vicki-Neural", "fr": "Polly.Lea-Neural"},
    speech={"nl": "nl-NL", "en": "en-GB", "de": "de-DE", "fr": "fr-FR"},
)


def load(folder: Path, flow: str = SMALL, prompts: str = PROMPTS) -> tuple[Flow, Prompts]:
    path = write_flow(folder, flow, prompts)
    return load_flow(path, "small"), load_prompts(path, "small")


def check(loaded: tuple[Flow, Prompts], channel: Channel = "voice") -> Checked:
    return check_channel(*loaded, channel, TELEPHONE)


def look(flow: Flow, channel: Channel = "voice") -> Graph:
    return explore(doubt(flow), channel, "nl")


def whats(checked: Checked) -> list[str]:
    return [failure.what for failure in checked.failures]


@pytest.mark.parametrize("channel", CHANNELS)
def test_a_sound_flow_passes(tmp_path: Path, channel: Channel) -> None:
    checked = check(load(tmp_path), channel)
    assert whats(checked) == []
    assert checked.states > 10
    assert checked.transitions > checked.outputs > 15
    assert 6 <= checked.patience <= 12, "three questions, each asked three times"


@pytest.mark.parametrize("channel", CHANNELS)
def test_the_real_script_holds(channel: Channel) -> None:
    checked = check_channel(load_flow(), load_prompts(), channel, TELEPHONE)
    assert checked.states > 0
    assert [str(failure) for failure in checked.failures] == []


def test_what_can_be_said_is_what_was_explored(tmp_path: Path) -> None:
    """Every prompt of every played turn is in the graph, whatever was answered before."""
    flow, _ = load(tmp_path)
    graph = look(flow)
    said = {one.prompt for outputs in graph.outputs for one in outputs if isinstance(one, Speak)}
    places = {place.node for place in graph.places}
    told = Said("Er staat een auto bij de brug", {"danger": "yes", "place": "brug"})
    for first in (Keys("1"), Keys("2"), NoInput(), told, Keys("0"), HungUp()):
        for second in (Keys("*"), Keys("9"), told, NoInput(), Keys("6211"), Said("terug")):
            state = begin(flow, channel="voice")
            for event in (Started(), first, second, second, NoInput()):
                state, outputs = advance(flow, state, event)
                assert {one.prompt for one in outputs if isinstance(one, Speak)} <= said
                assert state.finished or state.node in places


def test_a_question_that_is_known_is_passed_over_and_asked(tmp_path: Path) -> None:
    flow, _ = load(tmp_path)
    place = flow.nodes["place"]
    assert isinstance(place, Ask)
    known = replace(place, unless=(Case({"place": ("any",)}, Way("number")),))
    graph = look(replace(flow, nodes={**flow.nodes, "place": known}))
    (waiting,) = {number for number, one in enumerate(graph.places) if one.node == "?place"}
    assert {graph.places[turn.target].node for turn in graph.turns[waiting]} == {"place", "number"}


def test_a_name_that_the_flow_sets_is_remembered(tmp_path: Path) -> None:
    """The way that only `_seen` opens is found, and no way that it closes."""
    seen = SMALL.replace(
        "  nobody: {tell: nobody, goto: return}", "  nobody: {do: nothing, sets: {_seen: 'yes'}, goto: return}"
    )
    seen = seen.replace(
        "  result:\n    branch:\n", "  result:\n    branch:\n      - {when: {_seen: 'yes'}, goto: bye}\n"
    )
    flow, _ = load(tmp_path, seen, PROMPTS.replace('  nobody: {voice: "Er is niemand."}\n', ""))
    branch = doubt(flow).nodes["result"]
    assert isinstance(branch, Branch) and branch.cases[0].when == {"_seen": ("yes",)}
    known = {place.known for place in look(flow).places}
    assert {(), (("_seen", "yes"),)} <= known


def test_a_prompt_four_times_in_a_row_is_found_with_the_way_to_it(tmp_path: Path) -> None:
    four = SMALL.replace("noinput: [short, shorter]", "noinput: [short, short, short, short]", 1)
    four = four.replace("nomatch: [wrong, shorter]", "nomatch: [wrong, shorter, shorter, shorter]", 1)
    flow, prompts = load(tmp_path, four)
    checked = check((flow, prompts))
    assert "prompt 'short' comes more than 3 times in a row" in whats(checked)
    failure = next(one for one in checked.failures if "'short'" in one.what)
    played = play(flow, prompts, Script("voice", failure.moves))
    assert [heard.prompts for heard in played.turns[-4:]] == [("short",)] * 4
    assert str(failure).startswith("voice: prompt 'short'")
    assert str(failure).endswith("  is silent")


def test_a_circle_of_silence_is_found(tmp_path: Path) -> None:
    flow, prompts = load(tmp_path)
    choice, place = flow.nodes["choice"], flow.nodes["place"]
    assert isinstance(choice, Menu)
    assert isinstance(place, Ask)
    circle = {**flow.nodes, "place": replace(place, give_up_silent=Way("choice"))}
    checked = check((replace(flow, nodes=circle), prompts))
    assert [one for one in whats(checked) if "only errs" in one]


def test_a_circle_that_is_limited_is_none(tmp_path: Path) -> None:
    flow, prompts = load(tmp_path)
    place = flow.nodes["place"]
    assert isinstance(place, Ask)
    limited = {**flow.nodes, "place": replace(place, give_up_silent=Way("choice", 2, "bye"))}
    checked = check((replace(flow, nodes=limited), prompts))
    assert whats(checked) == []
    assert checked.patience > 12


def test_an_end_that_cannot_be_reached_is_found(tmp_path: Path) -> None:
    """The key 0 is taken for something else, and the only question leads back to itself."""
    flow, _ = load(tmp_path)
    choice = flow.nodes["choice"]
    assert isinstance(choice, Menu)
    again = Way("choice")
    options = tuple(replace(option, goto=again) for option in choice.options)
    closed = replace(choice, options=options, give_up_silent=again, give_up_wrong=again)
    zero = Interrupt(words={"nl": ("0",)}, goto=again)
    broken = replace(flow, nodes={**flow.nodes, "choice": closed}, interrupts=(zero,))
    graph = look(broken)
    assert "from node 'choice' no end can be reached" in [fault[0] for fault in find_lost(graph)]
    assert "after 0 no person is notified" in [fault[0] for fault in find_unfinished(graph)]
    assert measure_errors(graph)[1]


def test_a_dead_end_is_found(tmp_path: Path) -> None:
    flow, _ = load(tmp_path)
    choice = flow.nodes["choice"]
    assert isinstance(choice, Menu)
    nowhere = replace(choice, give_up_wrong=Way("nowhere"))
    broken = replace(flow, nodes={**flow.nodes, "choice": nowhere})
    graph = look(broken)
    assert "the engine raises KeyError" in [fault[0] for fault in find_unfinished(graph)]


def test_a_turn_that_goes_round_is_found(tmp_path: Path) -> None:
    flow, _ = load(tmp_path)
    ring = Tell(name="hello", prompts=("hello",), goto=Way("hello"))
    broken = replace(flow, nodes={**flow.nodes, "hello": ring})
    graph = look(broken)
    assert "a turn goes round without asking anything" in [fault[0] for fault in find_unfinished(graph)]


@pytest.mark.parametrize(
    ("channel", "what"),
    [
        ("voice", "in 'nl' a turn asks without a word"),
        ("web", "in 'nl' a page asks without a word"),
        ("sms", "in 'nl' a text gets no reply while an answer is awaited"),
    ],
)
def test_a_question_without_words_is_found(tmp_path: Path, channel: Channel, what: str) -> None:
    flow, prompts = load(tmp_path)
    place = flow.nodes["place"]
    assert isinstance(place, Ask)
    silent = replace(flow, nodes={**flow.nodes, "place": replace(place, prompts=())})
    assert what in whats(check((silent, prompts), channel))


def test_twiml_that_is_too_long_is_found(tmp_path: Path) -> None:
    flow, prompts = load(tmp_path)
    catalog = prompts.catalogs["nl"]
    long = replace(catalog.prompts["bye"], voice=replace(catalog.prompts["bye"].voice, parts=("dag " * 2000,)))
    bloated = Prompts({"nl": replace(catalog, prompts={**catalog.prompts, "bye": long})})
    found = [one for one in whats(check((flow, bloated))) if "refuses" in one]
    assert found
    assert "4096" in found[0]
    assert "dag dag" not in found[0]


def test_an_answer_that_is_too_long_in_all_is_found(tmp_path: Path) -> None:
    """Each sentence may be said, but forty of them are no answer any more."""
    flow, prompts = load(tmp_path)
    hello = flow.nodes["hello"]
    assert isinstance(hello, Tell)
    catalog = prompts.catalogs["nl"]
    long = replace(catalog.prompts["hello"], voice=replace(catalog.prompts["hello"].voice, parts=("dag " * 900,)))
    loud = Prompts({"nl": replace(catalog, prompts={**catalog.prompts, "hello": long})})
    chatty = replace(flow, nodes={**flow.nodes, "hello": replace(hello, prompts=("hello",) * 20)})
    assert [one for one in whats(check((chatty, loud))) if "at most 65536" in one]


def test_a_report_that_takes_longer_than_promised_is_found(tmp_path: Path) -> None:
    completed = SMALL.replace("outcome: done", "outcome: completed")
    flow, prompts = load(tmp_path, completed)
    checked = check((flow, prompts))
    assert 5 < checked.quickest["nl"] < 60
    catalog = prompts.catalogs["nl"]
    hello = catalog.prompts["hello"]
    drawl = replace(hello, voice=replace(hello.voice, parts=("ja " * 700,)))
    slow = Prompts({"nl": replace(catalog, prompts={**catalog.prompts, "hello": drawl})})
    assert whats(check((flow, slow))) == []
    promised = replace(flow, promised_seconds=240)
    assert [one for one in whats(check((promised, slow))) if "promised is 240" in one]


def test_each_outcome_of_a_lookup_is_played(tmp_path: Path) -> None:
    graph = look(load(tmp_path)[0])
    looking = [number for number, place in enumerate(graph.places) if place.node == "search"]
    assert looking
    for number in looking:
        cases = {turn.act.move.finds["case"] for turn in graph.turns[number]}
        assert cases == {"found", "unknown", "unknown once too often", "something else"}


def test_the_counts_make_a_table(tmp_path: Path) -> None:
    table = show_table([(check(load(tmp_path)), 1.4)], ["nl"]).splitlines()
    assert table[0].count("|") == table[1].count("|") == table[2].count("|")
    assert table[2].startswith("| voice | ")
    assert table[2].endswith(" | 1 |")

"""The engine's rules, on a small flow."""

from __future__ import annotations

from pathlib import Path

import pytest

from ivr_flows.engine import advance, begin
from ivr_flows.load import load_flow
from ivr_flows.model import (
    Answered,
    Channel,
    Event,
    Finish,
    Found,
    HungUp,
    Keys,
    Listen,
    Lookup,
    NoInput,
    Notify,
    Output,
    Said,
    Speak,
    Started,
    State,
)
from ivr_flows.nodes import Flow

from .flows import small_flow


@pytest.fixture(scope="module")
def flow(tmp_path_factory: pytest.TempPathFactory) -> Flow:
    return small_flow(Path(tmp_path_factory.mktemp("flow")))


def go(flow: Flow, *events: Event, channel: Channel = "voice") -> tuple[State, tuple[Output, ...]]:
    state = begin(flow, channel=channel)
    outputs: tuple[Output, ...] = ()
    for event in events:
        state, outputs = advance(flow, state, event)
    return state, outputs


def said(outputs: tuple[Output, ...]) -> list[str]:
    return [one.prompt for one in outputs if isinstance(one, Speak)]


def test_start_speaks_and_listens_for_one_key(flow: Flow) -> None:
    state, outputs = go(flow, Started())
    assert said(outputs) == ["hello", "choice"]
    choices = (("1", "danger.yes"), ("2", "danger.no"))
    assert outputs[-1] == Listen(keys=True, speech=True, digits=1, finish="", node="choice", choices=choices)
    assert state.flow == flow.version


def test_digits_are_ended_by_the_hash_key(flow: Flow) -> None:
    _, outputs = go(flow, Started(), Keys("1"), Keys("#"))
    assert outputs[-1] == Listen(keys=True, speech=True, digits=5, finish="#", node="number", can_go_back=True)


@pytest.mark.parametrize(
    ("text", "danger"),
    [("Ja!", "yes"), ("nee hoor", "no"), ("er is geen gevaar", "no"), ("2", "no"), ("Já", "yes")],
)
def test_menu_takes_words(flow: Flow, text: str, danger: str) -> None:
    _, outputs = go(flow, Started(), Said(text))
    assert Answered("danger", danger) in outputs


@pytest.mark.parametrize("text", ["ja nee", "jazz", "jaren", "x"])
def test_menu_asks_again_when_it_is_not_sure(flow: Flow, text: str) -> None:
    state, outputs = go(flow, Started(), Said(text))
    assert said(outputs) == ["wrong"]
    assert state.misses == 1


def test_menu_takes_a_meaning(flow: Flow) -> None:
    _, outputs = go(flow, Started(), Said("zeker weten", {"yes_no": "yes"}))
    assert Answered("danger", "yes") in outputs


def test_a_story_in_place_of_a_choice_is_kept(flow: Flow) -> None:
    _, outputs = go(flow, Started(), Said("er staan jongens op de brug"))
    assert outputs[0] == Answered("story", "er staan jongens op de brug")
    assert said(outputs) == ["wrong"]


def test_silence_and_wrong_keys_are_counted_together(flow: Flow) -> None:
    state, outputs = go(flow, Started(), Keys("7"), NoInput())
    assert (said(outputs), state.misses) == (["shorter"], 2)
    assert go(flow, Started(), Keys("7"), NoInput(), NoInput())[0].node == "place"
    assert go(flow, Started(), NoInput(), NoInput(), Keys("7"))[1][-1] == Finish("done")


def test_person_says_so_and_asks_again(flow: Flow) -> None:
    state, outputs = go(flow, Started(), Keys("1"), Keys("0"))
    assert outputs[0] == Notify("person")
    assert said(outputs) == ["nobody", "place"]
    assert state.node == "place"


def test_again_back_and_skip(flow: Flow) -> None:
    assert said(go(flow, Started(), Keys("9"))[1]) == ["choice"]
    state, outputs = go(flow, Started(), Keys("1"), Keys("*"))
    assert (state.node, said(outputs), state.visited) == ("choice", ["choice"], ())
    assert go(flow, Started(), Keys("*"))[0].node == "choice"
    assert go(flow, Started(), Keys("1"), Keys("#"))[0].node == "number"
    assert said(go(flow, Started(), Keys("#"))[1]) == ["wrong"]
    assert go(flow, Started(), Keys("1"), Said("Terug."))[0].node == "choice"


def test_while_digits_are_entered_only_star_and_a_lone_zero_are_special(flow: Flow) -> None:
    start: tuple[Event, ...] = (Started(), Keys("1"), Keys("#"))
    cleared, outputs = go(flow, *start, Keys("62*"))
    assert (cleared.node, cleared.misses, said(outputs)) == ("number", 0, ["number"])
    assert go(flow, *start, Keys("0"))[1][0] == Notify("person")
    assert go(flow, *start, Keys("9"))[0].misses == 1
    assert go(flow, *start, Keys("6290"))[1][-1] == Lookup("search", {"number": "6290"})
    assert go(flow, *start, Keys("12*6211#"))[1][-1] == Lookup("search", {"number": "6211"})
    assert go(flow, *start, Said("zes twee één 1"))[1][-1] == Lookup("search", {"number": "6211"})
    assert go(flow, *start, Keys("1012"))[0].misses == 1


def test_free_words_bring_their_meanings(flow: Flow) -> None:
    _, outputs = go(flow, Started(), Keys("1"), Said("Denkbeeldweg", {"neighbourhood": "Amby", "place": "x"}))
    answers = [one for one in outputs if isinstance(one, Answered)]
    assert answers == [Answered("place", "Denkbeeldweg"), Answered("neighbourhood", "Amby")]


def test_found_chooses_the_branch_and_fills_prompts(flow: Flow) -> None:
    asked: tuple[Event, ...] = (Started(), Keys("1"), Keys("#"), Keys("6211"))
    state, outputs = go(flow, *asked, Found("search", "found", {"colour": "red"}))
    assert Speak("colour", {"colour": "red"}) in outputs
    assert outputs[-1] == Finish("done")
    assert state.answers["_colour"] == "red"
    assert not [one for one in outputs if isinstance(one, Answered)]


def test_a_limited_way_ends(flow: Flow) -> None:
    once: tuple[Event, ...] = (Keys("6211"), Found("search", "unknown"))
    start: tuple[Event, ...] = (Started(), Keys("1"), Keys("#"))
    assert go(flow, *start, *once, *once)[0].node == "number"
    assert go(flow, *start, *once, *once, *once)[1][-1] == Finish("done")


def test_any_other_event_repeats_the_lookup(flow: Flow) -> None:
    state, outputs = go(flow, Started(), Keys("1"), Keys("#"), Keys("6211"), Found("other", "found"))
    assert (state.node, outputs) == ("search", (Lookup("search", {"number": "6211"}),))


def test_a_hang_up_finishes_and_stays_finished(flow: Flow) -> None:
    state, outputs = go(flow, Started(), Keys("1"), HungUp())
    assert outputs == (Finish("hung_up"),)
    assert advance(flow, state, Keys("1")) == (state, (Finish("hung_up"),))


def test_the_first_text_is_not_lost(flow: Flow) -> None:
    _, outputs = go(flow, Said("er ligt van alles op straat"), channel="sms")
    assert outputs[0] == Answered("story", "er ligt van alles op straat")
    assert said(outputs) == ["hello", "choice"]
    assert go(flow, Said("hallo"), channel="sms")[1][0] == Speak("hello")
    assert go(flow, Said("KLAAR."), channel="sms")[1][-1] == Finish("done")


def test_text_words_do_not_count_on_the_telephone(flow: Flow) -> None:
    assert go(flow, Started(), Keys("1"), Said("klaar"))[1][0] == Answered("place", "klaar")


def test_a_text_of_digits_answers_an_open_question(flow: Flow) -> None:
    assert go(flow, Said("hallo"), Keys("1"), Keys("6211"), channel="sms")[1][0] == Answered("place", "6211")


def test_a_lost_node_begins_again_with_the_answers(flow: Flow) -> None:
    state = State(flow.version, "gone", "voice", "nl", answers={"place": "Amby"})
    after, outputs = advance(flow, state, Keys("1"))
    assert said(outputs) == ["hello", "choice"]
    assert after.answers["place"] == "Amby"


def test_back_never_leads_into_a_question_that_was_returned_from() -> None:
    """Whether a doubtful word was heard well is asked once; * then is the question before."""
    flow = load_flow()
    state = begin(flow, channel="voice")
    told = (Started(), Keys("2"), Said("nieuwe melding", confidence=0.2))
    for event in told:
        state, _ = advance(flow, state, event)
    assert state.node == flow.confirm
    state, _ = advance(flow, state, Keys("1"))
    assert state.node == "kind"
    state, _ = advance(flow, state, Keys("*"))
    assert state.node == "choose"

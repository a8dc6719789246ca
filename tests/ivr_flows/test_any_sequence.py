"""Whatever anybody does, in any order: no exception, every turn listens or ends, and the state survives the codec."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from hotline.domain.lines import SPEECH
from ivr_flows.codec import dump_outputs, dump_state, load_outputs, load_state
from ivr_flows.engine import advance, begin
from ivr_flows.gsm7 import LIMIT, is_gsm7, measure
from ivr_flows.load import load_script, read_sources
from ivr_flows.model import (
    Channel,
    Event,
    Finish,
    Found,
    HungUp,
    Keys,
    Listen,
    Lookup,
    NoInput,
    Output,
    Said,
    Speak,
    Started,
    State,
)
from ivr_flows.render import sms, twiml

SCRIPT = load_script(read_sources())
FLOW, PROMPTS = SCRIPT.flow, SCRIPT.prompts
VOICES = {language: speech.voice for language, speech in SPEECH.items()}

WORDS = [
    "ja",
    "nee",
    "klaar",
    "HULP",
    "stop",
    "terug",
    "op straat",
    "english",
    "deutsch",
    "er staan drie jongens met zakjes bij de bus te wachten op iemand",
    "Verzonnenhof",
    "482 193 705 514",
    "",
    "\x00\ud800",
]
KEYS = st.sampled_from(["1", "2", "3", "4", "5", "7", "0", "9", "*", "#", "6211", "1012", "482193705514", "62*", "*#*"])
LOOKUPS = ["report_status", "add_to_report", "correct_report", "withdraw_report", "answer_question", "else"]
CASES = ["found", "unknown", "typo", "slow", "added", "withdrawn", "passed_on", "answered", "closed", "?"]
FOUND = st.builds(
    Found,
    st.sampled_from(LOOKUPS),
    st.sampled_from(CASES),
    st.fixed_dictionaries(
        {
            "stage": st.sampled_from(["received", "closed", "odd"]),
            "feedback": st.sampled_from(["", "Ja. " * 90]),
            "question": st.sampled_from(["", "Hoe laat?"]),
        }
    ),
)
MEANINGS = st.fixed_dictionaries(
    {},
    optional={
        "yes_no": st.sampled_from(["yes", "no"]),
        "danger": st.sampled_from(["yes", "no"]),
        "language": st.sampled_from(["nl", "en", "de", "fr", "xx"]),
        "care": st.sampled_from(["suicide", "child", "user"]),
        "category": st.sampled_from(["dealing", "waste", "odd"]),
        "subtype": st.sampled_from(["lab", "drums", "odd"]),
        "place": st.sampled_from(["Markt", "Denkbeeldweg 12"]),
        "outside": st.just("yes"),
        "unsure_place": st.just("yes"),
        "now": st.sampled_from(["yes", "no"]),
        "weapon": st.sampled_from(["yes", "no"]),
        "postcode": st.just("6211"),
    },
)
EVENTS = st.one_of(
    st.builds(Keys, KEYS | st.text("0123456789*#", max_size=14)),
    st.builds(
        Said,
        st.sampled_from(WORDS) | st.text(max_size=40),
        MEANINGS,
        st.sampled_from([None, 0.1, 0.9]),
    ),
    st.just(NoInput()),
    st.just(Started()),
    FOUND,
)


def take(state: State, event: Event) -> tuple[State, tuple[Output, ...]]:
    after, outputs = advance(FLOW, load_state(dump_state(state)), event)
    assert load_state(dump_state(after)) == after
    assert load_outputs(dump_outputs(outputs)) == outputs
    return after, outputs


@settings(max_examples=300)
@given(channel=st.sampled_from(["voice", "sms", "web"]), events=st.lists(EVENTS, max_size=40), found=FOUND)
def test_any_sequence_of_events(channel: Channel, events: list[Event], found: Found) -> None:
    state = begin(FLOW, channel=channel, given={"code": "482193705514", "demo": "no"})
    for event in [*events, HungUp(), NoInput()]:
        state, outputs = take(state, event)
        for _ in range(20):
            if not isinstance(outputs[-1], Lookup):
                break
            state, outputs = take(state, Found(outputs[-1].name, found.case, found.values))
        assert isinstance(outputs[-1], Listen | Finish)
        assert len([one for one in outputs if isinstance(one, Speak)]) <= 16
        assert (
            len(twiml.render(outputs, prompts=PROMPTS, language=state.language, step_url="/s", voices=VOICES)) < 64_000
        )
        for message in sms.render(outputs, prompts=PROMPTS, language=state.language):
            assert message
            assert is_gsm7(message)
            assert measure(message) <= LIMIT
    assert state.finished
    assert not [one for one in outputs if isinstance(one, Listen)]


@settings(max_examples=50)
@given(event=st.sampled_from([NoInput(), Keys("7"), Said("zzz")]), first=st.sampled_from(["1", "2"]))
def test_whoever_only_errs_reaches_an_end(event: Event, first: str) -> None:
    state = begin(FLOW, channel="voice", given={"code": "482193705514"})
    for one in (Started(), Keys(first)):
        state, _ = take(state, one)
    for _ in range(80):
        state, _ = take(state, event)
    assert state.finished

"""What a webhook becomes once the number is gone."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.domain.codes import in_groups, make_code
from hotline.telephony.inbound import Heard, go_on, hear_call, hear_text
from hotline.telephony.signature import parse_form
from ivr_flows.model import Event, HungUp, Keys, NoInput, Said

TODAY, YESTERDAY = (date(2026, 11, 23), b"t" * 32), (date(2026, 11, 22), b"y" * 32)
CALL = {"CallSid": "CA" + "0" * 32, "From": "+31600001234"}
TEXT = {"MessageSid": "SM" + "0" * 32, "From": "+12025550123"}


def call(**fields: str) -> object:
    return hear_call(parse_form(urlencode({**CALL, **fields}).encode()), [TODAY]).event


def message(body: str) -> object:
    return hear_text(parse_form(urlencode({**TEXT, "Body": body}).encode()), [TODAY]).event


def test_keys_speech_silence_and_the_end() -> None:
    assert call(Digits="12#") == Keys("12#")
    assert call(SpeechResult="ja hoor", Confidence="0.9") == Said("ja hoor", confidence=0.9)
    assert call() == call(Digits="", SpeechResult=" ") == NoInput()
    assert call(Digits="hangup") == call(CallStatus="completed", SpeechResult="ja") == HungUp()


@pytest.mark.parametrize(("given_as", "kept"), [("2", 1.0), ("-1", 0.0), ("veel", None), ("", None)])
def test_confidence_is_a_share_or_nothing(given_as: str, kept: float | None) -> None:
    event = call(SpeechResult="ja", Confidence=given_as)
    assert isinstance(event, Said)
    assert event.confidence == kept


def test_confidence_that_is_no_number_stays_a_share() -> None:
    event = call(SpeechResult="ja", Confidence="nan")
    assert isinstance(event, Said)
    assert event.confidence is None or 0 <= event.confidence <= 1


def test_texts_of_digits_are_keys() -> None:
    assert message("2") == Keys("2")
    assert message("123 456-789.012") == Keys("123456789012")
    assert message(" \x00\t ") == NoInput()
    assert isinstance(message("12 jongens"), Said)


@given(st.integers(min_value=0, max_value=10**10 - 1))
def test_a_code_alone_is_keys_whatever_else_it_could_be(number: int) -> None:
    code = make_code(number)
    assert message(code) == message(in_groups(code)) == Keys(code)
    assert go_on(Heard((), Keys(code))).event == Keys(code)


@pytest.mark.parametrize("number", [151_123_456, 302_312_500, 152_001_234, 300_000_000])
def test_a_code_that_could_be_a_telephone_number_is_keys(number: int) -> None:
    code = make_code(number)
    assert code.startswith("0") and message(code) == Keys(code)


@pytest.mark.parametrize("body", ["0612345678", "06-1234 5678", "06 12 34 56 78"])
def test_a_telephone_number_alone_is_no_answer(body: str) -> None:
    assert message(body) == Said("[nummer]")


@pytest.mark.parametrize(
    ("event", "after"),
    [
        (Keys("061234"), Said("[nummer]")),
        (Said("34 56 78 de derde bel"), Said("[nummer] de derde bel")),
        (Said("eh vier vijf zes zeven"), Said("eh [nummer]")),
        (Keys("2"), Keys("2")),
        (Keys("482193705514"), Keys("482193705514")),
        (Said("twee jongens"), Said("twee jongens")),
        (Said("22:30 uur"), Said("22:30 uur")),
        (NoInput(), NoInput()),
    ],
)
def test_digits_that_go_on_with_a_number_are_no_answer_either(event: Event, after: Event) -> None:
    assert go_on(Heard((), event)).event == after


def test_the_texters_own_number_is_not_in_the_text() -> None:
    heard = message(f"bel mij op {TEXT['From']}")
    assert isinstance(heard, Said)
    assert "5550123" not in heard.text


def test_a_contact_has_a_name_per_days_key() -> None:
    form = parse_form(urlencode(CALL).encode())
    new, old = hear_call(form, [TODAY, YESTERDAY]).contacts
    (again,) = hear_call(form, [TODAY]).contacts
    assert new == again
    assert {new.repeat_id, new.caller, new.state_key, new.replay_key}.isdisjoint(
        {old.repeat_id, old.caller, old.state_key, old.replay_key}
    )


@pytest.mark.parametrize("number", ["", "anonymous", "266696687", "+266696687", "no number"])
def test_withheld_numbers_are_nobody_twice(number: str) -> None:
    def caller(sid: str) -> bytes:
        form = parse_form(urlencode({"MessageSid": sid, "From": number, "Body": "x"}).encode())
        return hear_text(form, [TODAY]).contacts[0].caller

    assert caller("SM1") != caller("SM2")
    assert caller("SM1") == caller("SM1")


@given(st.binary(max_size=300))
def test_any_bytes_are_heard(body: bytes) -> None:
    form = parse_form(body)
    for heard in (hear_call(form, [TODAY]), hear_text(form, [TODAY])):
        if isinstance(heard.event, Said):
            heard.event.text.encode("utf-8")


@given(st.text(max_size=200))
def test_any_text_is_free_of_control_characters(text: str) -> None:
    said = [
        hear_call({"CallSid": ("CA1",), "SpeechResult": (text,)}, [TODAY]).event,
        hear_text({"MessageSid": ("SM1",), "Body": (text,)}, [TODAY]).event,
    ]
    for one in said:
        if isinstance(one, Said):
            assert "\x00" not in one.text
            one.text.encode("utf-8")

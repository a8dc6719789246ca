"""The key of a caller: one a day for a number, none for who has no number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.anonymity.caller import CallerKey, caller_key, contact_id, identity_of, is_withheld

NUMBER, ELSE = "+3197010000001", "+3197010000002"
TODAY, TOMORROW = b"t" * 32, b"m" * 32
WITHHELD = [
    *("", "anonymous", "Anonymous", " restricted ", "unknown", "unavailable"),
    *("+266696687", "266696687", "+7378742833", "+2562533", "+8656696", "+86282452253"),
]


def key_of(number: str, sid: str, day: bytes) -> CallerKey:
    """What the line makes of a number."""
    return caller_key(identity_of(number), sid, day)


def test_a_number_has_one_key_a_day_however_it_is_written() -> None:
    assert key_of(NUMBER, "CA1", TODAY) == key_of("+31 97 010 000 001", "CA2", TODAY)
    assert key_of(NUMBER, "CA1", TODAY) != key_of(ELSE, "CA1", TODAY)
    assert key_of(NUMBER, "CA1", TODAY) != key_of(NUMBER, "CA1", TOMORROW)
    assert len(key_of(NUMBER, "CA1", TODAY)) == 32


@pytest.mark.parametrize("number", [*WITHHELD, "+31600000001", "+319", "sip:x@y", "+31800123456", "+" + "1" * 500])
def test_a_withheld_invalid_or_shared_number_is_the_call_itself(number: str) -> None:
    assert key_of(number, "CA1", TODAY) == key_of("anonymous", "CA1", TODAY)
    assert key_of(number, "CA1", TODAY) != key_of(number, "CA2", TODAY)


@pytest.mark.parametrize("number", WITHHELD)
def test_words_and_their_keypad_digits_are_withheld(number: str) -> None:
    assert is_withheld(number)
    assert not is_withheld(NUMBER)


@given(st.text(), st.text())
def test_nothing_a_carrier_sends_breaks_it(number: str, sid: str) -> None:
    assert len(key_of(number, sid, TODAY)) == len(contact_id(sid, TODAY)) == 32


def test_a_contact_is_recognised_today_only_and_is_no_caller() -> None:
    assert contact_id("CA1", TODAY) == contact_id("CA1", TODAY)
    assert len({contact_id("CA1", TODAY), contact_id("CA2", TODAY), contact_id("CA1", TOMORROW)}) == 3
    assert contact_id("CA1", TODAY) != key_of("anonymous", "CA1", TODAY)

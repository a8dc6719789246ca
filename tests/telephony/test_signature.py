"""Our signature agrees with the carrier's own library, whatever the form holds."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from twilio.request_validator import RequestValidator
from werkzeug.datastructures import MultiDict

from hotline.telephony.signature import MAX_FIELDS, first, is_signed, parse_form, sign

TOKEN = "a-token-for-tests"
URL = "https://example.test/voice/incoming"
names = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
values = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
pairs = st.lists(st.tuples(names, values), max_size=12)


@settings(max_examples=200)
@given(pairs, st.sampled_from(["", "?a=b", "?a=%C3%A9&a=c", "?#"]))
def test_agrees_with_the_library(fields: list[tuple[str, str]], query: str) -> None:
    form = parse_form(urlencode(fields).encode())
    theirs = RequestValidator(TOKEN).compute_signature(URL + query, MultiDict(fields))
    assert sign(URL + query, form, TOKEN) == theirs
    assert is_signed(theirs, URL + query, form, [TOKEN])


@given(pairs.filter(lambda fields: len({name for name, _ in fields}) == len(fields)), names, values)
def test_any_change_breaks_it(fields: list[tuple[str, str]], name: str, value: str) -> None:
    form = parse_form(urlencode(fields).encode())
    signature = sign(URL, form, TOKEN)
    changed = {**form, name: (*form.get(name, ()), value + "!")}
    assert not is_signed(signature, URL, changed, [TOKEN])
    assert not is_signed(signature, URL + "/", form, [TOKEN])
    assert not is_signed(signature, URL, form, ["another-token"])


def test_both_tokens_count_while_they_are_rotated() -> None:
    form = parse_form(b"CallSid=CA1")
    for token in ("old", "new"):
        assert is_signed(sign(URL, form, token), URL, form, ("new", "old"))
    assert not is_signed(sign(URL, form, "older"), URL, form, ("new", "old"))


@pytest.mark.parametrize("signature", [None, "", "é", "AAAA", "\x00", "a" * 10_000])
def test_no_signature_is_none(signature: str | None) -> None:
    assert not is_signed(signature, URL, {}, [TOKEN])


def test_no_token_lets_nobody_in() -> None:
    assert not is_signed(sign(URL, {}, ""), URL, {}, [])


def test_bytes_that_are_no_text_verify_and_read_as_question_marks() -> None:
    form = parse_form(b"Body=caf\xe9&SpeechResult=%FF%FEab")
    assert is_signed(sign(URL, form, TOKEN), URL, form, [TOKEN])
    assert first(form, "Body") == "caf?"
    assert first(form, "SpeechResult") == "??ab"


def test_the_first_of_a_doubled_field_counts() -> None:
    form = parse_form(b"Digits=1&Digits=2")
    assert form["Digits"] == ("1", "2")
    assert first(form, "Digits") == "1"


def test_a_form_beyond_use_is_empty() -> None:
    assert parse_form(b"&".join(b"a%d=b" % number for number in range(MAX_FIELDS + 1))) == {}

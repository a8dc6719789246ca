"""Seals open for their holder alone, and say little by their length."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.anonymity.keyring import make_pair
from hotline.anonymity.seal import SealError, decrypt, derive, encrypt, open_sealed, seal

PAIR, OTHER = make_pair("2026-11"), make_pair("2026-12")
KEY, ANOTHER = b"k" * 32, b"a" * 32


@given(st.binary(max_size=2000))
def test_what_is_sealed_or_encrypted_comes_back(plain: bytes) -> None:
    assert open_sealed(PAIR.private, seal(PAIR.public, plain)) == plain
    assert decrypt(KEY, encrypt(KEY, plain)) == plain


@given(st.binary(max_size=255), st.binary(max_size=255))
def test_short_texts_have_one_length(one: bytes, two: bytes) -> None:
    assert len(seal(PAIR.public, one)) == len(seal(PAIR.public, two))
    assert len(encrypt(KEY, one)) == len(encrypt(KEY, two))


@given(st.binary(max_size=400))
def test_nothing_but_a_seal_of_this_key_opens(garbage: bytes) -> None:
    with pytest.raises(SealError):
        open_sealed(PAIR.private, garbage)
    with pytest.raises(SealError):
        decrypt(KEY, garbage)


def test_another_key_or_a_changed_byte_does_not_open() -> None:
    sealed, encrypted = seal(PAIR.public, b"woorden"), encrypt(KEY, b"woorden")
    attempts: list[Callable[[], bytes]] = [
        lambda: open_sealed(OTHER.private, sealed),
        lambda: open_sealed(PAIR.private, sealed[:-1] + bytes([sealed[-1] ^ 1])),
        lambda: decrypt(ANOTHER, encrypted),
        lambda: decrypt(KEY, encrypted[:-1] + bytes([encrypted[-1] ^ 1])),
    ]
    for attempt in attempts:
        with pytest.raises(SealError) as refused:
            attempt()
        assert "woorden" not in str(refused.value)
        assert refused.value.__cause__ is None


@given(st.lists(st.binary(max_size=4), max_size=4), st.lists(st.binary(max_size=4), max_size=4))
def test_contexts_never_run_into_each_other(one: list[bytes], two: list[bytes]) -> None:
    assert (derive(KEY, *one) == derive(KEY, *two)) == (one == two)
    assert derive(KEY, *one) != derive(ANOTHER, *one)


@pytest.mark.parametrize("key", [b"", b"short", b"k" * 33])
def test_a_key_of_another_length_is_refused(key: bytes) -> None:
    attempts: list[Callable[[], bytes]] = [
        lambda: derive(key, b"x"),
        lambda: encrypt(key, b""),
        lambda: seal(key, b""),
    ]
    for attempt in attempts:
        with pytest.raises(SealError):
            attempt()


def test_state_under_the_day_key_needs_the_call_as_well() -> None:
    state = encrypt(derive(KEY, b"state", b"CA1"), b"antwoorden")
    for key in (KEY, derive(KEY, b"state"), derive(KEY, b"state", b"CA2")):
        with pytest.raises(SealError):
            decrypt(key, state)
    assert decrypt(derive(KEY, b"state", b"CA1"), state) == b"antwoorden"

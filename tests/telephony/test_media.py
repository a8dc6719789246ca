"""Fetching and deleting at the telephone service: the owner's login, its own address, no way to elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from hotline.telephony.media import MediaStore, Unreachable
from tests.telephone_service import TelephoneService, open_telephone_service

ACCOUNT, TOKEN = "AC" + "0" * 32, "a-token-of-nobody"
RECORDING, MEDIUM = "Recordings/RE" + "a" * 32, f"Messages/SM{'b' * 32}/Media/ME{'c' * 32}"


@pytest.fixture
def service() -> Iterator[TelephoneService]:
    with open_telephone_service(ACCOUNT, TOKEN) as opened:
        opened.things = {RECORDING: b"RIFF", MEDIUM: b"\xff\xd8"}
        yield opened


def test_it_fetches_and_deletes_also_while_a_token_is_replaced(service: TelephoneService) -> None:
    store = MediaStore(service.url, ACCOUNT, ("an-older-token", TOKEN))
    assert (store.fetch(RECORDING), store.fetch(MEDIUM)) == (b"RIFF", b"\xff\xd8")
    store.delete(RECORDING)
    store.delete(RECORDING)
    assert list(service.things) == [MEDIUM]
    assert service.refused == 4
    with pytest.raises(Unreachable):
        store.fetch(RECORDING)


def test_what_goes_wrong_says_nothing_about_what_was_asked(service: TelephoneService) -> None:
    service.is_away = True
    stores = [MediaStore(service.url, ACCOUNT, (token,)) for token in (TOKEN, "a-wrong-token")]
    stores.append(MediaStore("http://127.0.0.1:9", ACCOUNT, (TOKEN,)))
    for store in stores:
        for act in (store.fetch, store.delete):
            with pytest.raises(Unreachable) as failed:
                act(RECORDING)
            assert "RE" not in str(failed.value) and TOKEN not in str(failed.value)


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/x",
        "http://media.twiliocdn.com/x",
        "https://eviltwilio.com/x",
        "https://127.0.0.1/x",
        "file:///x",
    ],
)
def test_it_follows_to_the_service_s_own_stores_alone(service: TelephoneService, elsewhere: str) -> None:
    service.points_to = elsewhere
    with pytest.raises(Unreachable, match="elsewhere"):
        MediaStore(service.url, ACCOUNT, (TOKEN,)).fetch(MEDIUM)

"""Fetching at the telephone service: the owner's login, its own address, no way to elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from twilio.rest import Client

from hotline.domain.attachments import Unreachable
from hotline.simulator.ledger import Ledger
from hotline.simulator.rest import Answer
from hotline.telephony.media import fetch
from hotline.telephony.rest import MOST_BYTES, open_client
from tests.workers.twilio_server import ACCOUNT, TOKEN, TwilioServer, dies_after, open_twilio, refuses

RECORDING, MESSAGE, MEDIUM = "RE" + "a" * 32, "SM" + "b" * 32, "ME" + "c" * 32
SOUND, PICTURE = f"Recordings/{RECORDING}", f"Messages/{MESSAGE}/Media/{MEDIUM}"


@pytest.fixture
def twilio() -> Iterator[TwilioServer]:
    ledger = Ledger()
    ledger.add_recording(RECORDING, "CA" + "d" * 32, b"RIFF")
    ledger.add_message(MESSAGE, "inbound")
    ledger.add_media(MEDIUM, MESSAGE, b"\xff\xd8")
    with open_twilio(ledger, lambda: datetime.now(UTC)) as opened:
        yield opened


def reach(twilio: TwilioServer, *tokens: str) -> Client:
    return open_client(twilio.url, ACCOUNT, tokens or (TOKEN,), seconds=0.5)


def test_it_fetches_also_while_a_token_is_replaced(twilio: TwilioServer) -> None:
    client = reach(twilio, "an-older-token", TOKEN)
    assert (fetch(client, SOUND), fetch(client, PICTURE)) == (b"RIFF", b"\xff\xd8")
    assert twilio.left_things("GET") == [RECORDING, RECORDING, MEDIUM], "the good one is remembered"
    twilio.ledger.forget(RECORDING)
    with pytest.raises(Unreachable):
        fetch(client, SOUND)


def test_what_goes_wrong_says_nothing_about_what_was_asked(twilio: TwilioServer) -> None:
    for client, fault in (
        (reach(twilio), refuses(503)),
        (reach(twilio), dies_after("GET")),
        (reach(twilio, "a-wrong-token"), None),
        (open_client("http://127.0.0.1:9", ACCOUNT, (TOKEN,)), None),
    ):
        twilio.fault = fault
        with pytest.raises(Unreachable) as failed:
            fetch(client, SOUND)
        assert "RE" not in str(failed.value) and TOKEN not in str(failed.value)


def test_what_is_too_long_is_cut_short(twilio: TwilioServer) -> None:
    twilio.fault = lambda method, ask: Answer(200, b"x" * (2 * MOST_BYTES))
    assert MOST_BYTES <= len(fetch(reach(twilio), SOUND)) < 2 * MOST_BYTES


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/x",
        "http://media.twiliocdn.com/x",
        "https://eviltwilio.com/x",
        "https://127.0.0.1/x",
        "https://media.twiliocdn.com:8443/x",
        "https://[media.twiliocdn.com/x",
        "file:///x",
    ],
)
def test_it_follows_to_the_service_s_own_stores_alone(twilio: TwilioServer, elsewhere: str) -> None:
    twilio.fault = lambda method, ask: Answer(307, "", {"Location": elsewhere})
    with pytest.raises(Unreachable, match="elsewhere"):
        fetch(reach(twilio), PICTURE)

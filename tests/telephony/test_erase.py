"""One attempt at erasing, over real HTTP with Twilio's own client, at a stand-in that refuses, delays, lies and dies."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from threading import Event

import pytest

from hotline.domain.erasure import Kind, Outcome, Result
from hotline.simulator.ledger import Ledger
from hotline.simulator.rest import Answer
from hotline.telephony.erase import erase
from hotline.telephony.rest import open_client
from tests.workers.twilio_server import ACCOUNT, TOKEN, Ask, Fault, TwilioServer, dies_after, lies, open_twilio, refuses

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
CALL, TEXT = "CA" + "c" * 32, "MM" + "d" * 32


@pytest.fixture(scope="module")
def server() -> Iterator[TwilioServer]:
    with open_twilio(Ledger(), lambda: NOON) as found:
        yield found


@pytest.fixture
def twilio(server: TwilioServer) -> TwilioServer:
    """One call that is over, and one text."""
    for sid in server.ledger.left():
        server.ledger.forget(sid)
    server.asked.clear()
    server.fault = None
    server.ledger.begin_call(CALL)
    server.ledger.add_event(CALL, "POST", "/voice/incoming")
    server.ledger.end_call(CALL, NOON - timedelta(hours=1))
    server.ledger.add_message(TEXT, "inbound")
    return server


def attempt(twilio: TwilioServer, kind: Kind, sid: str, fault: Fault | None = None, *, token: str = TOKEN) -> Outcome:
    """One attempt under this fault."""
    twilio.fault = fault
    return erase(open_client(twilio.url, ACCOUNT, (token,), seconds=0.3), kind, sid)


def test_a_call_and_a_text_are_deleted_and_read_again(twilio: TwilioServer, caplog: pytest.LogCaptureFixture) -> None:
    for name in (None, "twilio.http_client", "urllib3"):
        caplog.set_level(logging.DEBUG, name)
    assert attempt(twilio, Kind.CALL, CALL) == Outcome(Result.GONE, found=True)
    assert attempt(twilio, Kind.MESSAGE, TEXT) == Outcome(Result.GONE, found=True)
    assert twilio.ledger.left() == []
    base = f"/2010-04-01/Accounts/{ACCOUNT}"
    assert [(method, path.removeprefix(base)) for method, path in twilio.asked] == [
        ("GET", f"/Calls/{CALL}.json"),
        ("GET", "/Calls.json"),
        ("GET", f"/Calls/{CALL}/Recordings.json"),
        ("DELETE", f"/Calls/{CALL}.json"),
        ("GET", f"/Calls/{CALL}.json"),
        ("GET", f"/Calls/{CALL}/Events.json"),
        ("GET", f"/Messages/{TEXT}/Media.json"),
        ("DELETE", f"/Messages/{TEXT}.json"),
        ("GET", f"/Messages/{TEXT}.json"),
    ]
    for kind, sid in ((Kind.CALL, CALL), (Kind.MESSAGE, TEXT)):
        assert attempt(twilio, kind, sid) == Outcome(Result.GONE, found=False), "what is gone is gone"
    assert not [one for one in caplog.records if CALL in f"{one.getMessage()} {one.args} {one.__dict__}"]


def test_what_hangs_on_it_goes_first(twilio: TwilioServer) -> None:
    ledger, child, grandchild = twilio.ledger, "CA" + "1" * 32, "CA" + "2" * 32
    ledger.begin_call(child, parent=CALL)
    ledger.begin_call(grandchild, parent=child)
    for sid in (CALL, child, grandchild):
        ledger.end_call(sid, NOON)
        ledger.add_recording("RE" + sid[2:], sid)
    lone, picture, second = ("RE" + "9" * 32, "ME" + "8" * 32, "ME" + secrets.token_hex(16))
    ledger.add_recording(lone, "CA" + "9" * 32)
    ledger.add_media(picture, TEXT)
    ledger.add_media(second, TEXT)
    outcome = attempt(twilio, Kind.CALL, CALL)
    assert outcome.result is Result.GONE
    assert sorted(outcome.others) == ["call", "call", "recording", "recording", "recording"]
    assert attempt(twilio, Kind.RECORDING, lone) == Outcome(Result.GONE, found=True)
    assert attempt(twilio, Kind.MEDIA, f"{TEXT}/{picture}") == Outcome(Result.GONE, found=True)
    assert attempt(twilio, Kind.MESSAGE, TEXT) == Outcome(Result.GONE, found=True, others=(Kind.MEDIA,))
    assert ledger.left() == []


def test_a_call_that_goes_on_keeps_what_was_recorded_in_it(twilio: TwilioServer) -> None:
    running = "CA" + "3" * 32
    twilio.ledger.begin_call(running)
    twilio.ledger.add_recording("RE" + "3" * 32, running)
    assert attempt(twilio, Kind.CALL, running) == Outcome(Result.UNFINISHED)
    assert {running, "RE" + "3" * 32} < set(twilio.ledger.left())
    twilio.ledger.end_call(running, NOON)
    assert attempt(twilio, Kind.CALL, running) == Outcome(Result.GONE, found=True, others=(Kind.RECORDING,))


def test_a_child_leg_that_goes_on_keeps_its_parent(twilio: TwilioServer) -> None:
    twilio.ledger.begin_call("CA" + "1" * 32, parent=CALL)
    assert attempt(twilio, Kind.CALL, CALL) == Outcome(Result.UNFINISHED)
    assert CALL in twilio.ledger.left()


def test_a_lie_is_met_with_another_delete(twilio: TwilioServer) -> None:
    assert attempt(twilio, Kind.CALL, CALL, lies(2)).result is Result.GONE
    assert twilio.deletions() == 3
    assert attempt(twilio, Kind.MESSAGE, TEXT, lies(99)) == Outcome(Result.LINGERING)
    assert attempt(twilio, Kind.MESSAGE, TEXT).found


def test_events_that_can_still_be_read_are_not_gone(twilio: TwilioServer) -> None:
    def shows_events(method: str, ask: Ask) -> Answer:
        is_events = twilio.asked[-1][1].endswith("/Events.json")
        return Answer(200, '{"events": [], "page": 0, "next_page_uri": null}') if is_events else ask()

    assert attempt(twilio, Kind.CALL, CALL, shows_events) == Outcome(Result.LINGERING)
    assert attempt(twilio, Kind.CALL, CALL).result is Result.GONE


def says(body: str) -> Fault:
    """200 and this body, whatever was asked."""
    return lambda method, ask: Answer(200, body)


FAULTS: tuple[tuple[str, Fault, Outcome], ...] = (
    ("500", refuses(500), Outcome(Result.FAILED)),
    (
        "503 with a wait",
        refuses(503, headers={"Retry-After": "7200"}),
        Outcome(Result.FAILED, wait=timedelta(hours=2)),
    ),
    ("a wait that is none", refuses(503, headers={"Retry-After": "soon"}), Outcome(Result.FAILED)),
    ("429", refuses(429, 20429, {"Retry-After": "9"}), Outcome(Result.BUSY, wait=timedelta(seconds=9))),
    ("a wait without end", refuses(429, 0, {"Retry-After": "9" * 30}), Outcome(Result.BUSY, wait=timedelta(hours=24))),
    ("401", refuses(401, 20003), Outcome(Result.REFUSED)),
    ("403", refuses(403, 20403), Outcome(Result.REFUSED)),
    ("20009", refuses(409, 20009), Outcome(Result.UNFINISHED)),
    ("20009 with another status", refuses(400, 20009), Outcome(Result.UNFINISHED)),
    ("a bad request", refuses(400, 20001), Outcome(Result.FAILED)),
    ("a redirect", refuses(302, headers={"Location": "http://127.0.0.1:9/"}), Outcome(Result.FAILED)),
    ("dies before it did anything", lambda method, ask: None, Outcome(Result.FAILED)),
    ("dies after it deleted", dies_after("DELETE"), Outcome(Result.FAILED)),
    ("a page for people", says("<html>"), Outcome(Result.FAILED)),
    ("another shape", says('{"calls": 5}'), Outcome(Result.FAILED)),
    ("nothing", says(""), Outcome(Result.FAILED)),
    ("a list", says("[]"), Outcome(Result.FAILED)),
)


@pytest.mark.parametrize(("fault", "outcome"), [one[1:] for one in FAULTS], ids=[one[0] for one in FAULTS])
def test_every_failure_is_a_code_and_no_text(
    twilio: TwilioServer, caplog: pytest.LogCaptureFixture, fault: Fault, outcome: Outcome
) -> None:
    caplog.set_level(logging.DEBUG)
    assert attempt(twilio, Kind.MESSAGE, TEXT, fault) == outcome
    assert attempt(twilio, Kind.MESSAGE, TEXT).result is Result.GONE
    assert "31600001234" not in caplog.text, "Twilio's texts quote numbers"


def test_an_answer_that_does_not_come_is_not_waited_for(twilio: TwilioServer) -> None:
    gate = Event()

    def waits(method: str, ask: Callable[[], Answer]) -> Answer:
        gate.wait(20)
        return ask()

    assert attempt(twilio, Kind.CALL, CALL, waits) == Outcome(Result.FAILED)
    gate.set()
    assert erase(open_client("http://127.0.0.1:9", ACCOUNT, (TOKEN,)), Kind.CALL, CALL) == Outcome(Result.FAILED)


def test_two_tokens_are_tried_while_they_are_rotated(twilio: TwilioServer) -> None:
    client = open_client(twilio.url, ACCOUNT, ("an-old-token", TOKEN))
    assert erase(client, Kind.MESSAGE, TEXT).found
    assert twilio.deletions() == 1, "the good one is remembered"
    assert attempt(twilio, Kind.CALL, CALL, token="another") == Outcome(Result.REFUSED)

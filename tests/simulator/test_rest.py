"""The carrier's REST API in the simulator behaves as `twilio.md` says of Twilio's."""

from __future__ import annotations

import json
from base64 import b64encode
from datetime import UTC, datetime
from typing import Any

from flask import Flask

from hotline.domain.lines import Line
from hotline.simulator.ledger import EVENTS_AFTER, Ledger
from hotline.simulator.pages import simulator
from hotline.simulator.rest import Answer, Rest
from tests.drivers.line import ACCOUNT_SID, AUTH_TOKEN

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
CALL, TEXT = "CA" + "c" * 32, "SM" + "d" * 32
BASIC = "Basic " + b64encode(f"{ACCOUNT_SID}:{AUTH_TOKEN}".encode()).decode()


class Api:
    """The API of one account, whose time is moved by hand."""

    def __init__(self) -> None:
        self.ledger, self.now = Ledger(), NOON
        self.rest = Rest(self.ledger, ACCOUNT_SID, AUTH_TOKEN, lambda: self.now)

    def __call__(self, method: str, path: str, **form: str) -> Answer:
        return self.rest.answer(method, f"/2010-04-01/Accounts/{ACCOUNT_SID}{path}", form, BASIC)

    def read(self, path: str, **form: str) -> Any:
        """The content of a GET."""
        return json.loads(self("GET", path, **form).body)


def test_a_call_is_kept_until_it_is_deleted_and_its_events_come_late() -> None:
    api = Api()
    api.ledger.begin_call(CALL)
    api.ledger.add_event(CALL, "POST", "/voice/incoming")
    refused = api("DELETE", f"/Calls/{CALL}.json")
    assert (refused.status, json.loads(refused.body)["code"]) == (409, 20009)
    api.ledger.end_call(CALL, NOON)
    assert api.read(f"/Calls/{CALL}.json")["status"] == "completed"
    assert api.read(f"/Calls/{CALL}/Events.json")["events"] == []
    api.now += EVENTS_AFTER
    assert len(api.read(f"/Calls/{CALL}/Events.json")["events"]) == 1
    assert api("DELETE", f"/Calls/{CALL}.json") == Answer(204)
    for path in (f"/Calls/{CALL}.json", f"/Calls/{CALL}/Events.json", f"/Calls/{CALL}/Recordings.json"):
        assert api("GET", path).status == api("DELETE", path).status == 404


def test_what_belongs_to_what() -> None:
    api = Api()
    api.ledger.begin_call("CA" + "1" * 32, parent=CALL)
    api.ledger.add_recording("RE" + "2" * 32, "CA" + "1" * 32)
    api.ledger.add_message(TEXT, "inbound")
    api.ledger.add_media("ME" + "3" * 32, TEXT)
    (child,) = api.read("/Calls.json", ParentCallSid=CALL)["calls"]
    assert child["sid"] == "CA" + "1" * 32
    assert len(api.read(f"/Calls/{child['sid']}/Recordings.json")["recordings"]) == 1
    (picture,) = api.read(f"/Messages/{TEXT}/Media.json")["media_list"]
    assert api("GET", f"/Messages/SM{'e' * 32}/Media/{picture['sid']}.json").status == 404
    assert api("DELETE", f"/Messages/{TEXT}.json").status == 204
    assert api("GET", f"/Messages/{TEXT}/Media/{picture['sid']}.json").status == 404
    for odd in ("", "/Keys.json", f"/Calls/{CALL}/Media.json", f"/Events/{CALL}.json", "/../Calls.json"):
        assert api("GET", odd).status == 404
    assert api("POST", "/Messages.json", To="+12025550100").status == 400
    assert api("POST", f"/Calls/{child['sid']}.json").status == 405


def test_over_http_it_asks_for_the_accounts_token_and_texts_wait_for_their_telephone() -> None:
    app = Flask("hotline.simulator")
    line = Line("main", "De lijn", ("+31433505111",), ("+3197000000001",))
    app.register_blueprint(
        simulator(public_url="http://localhost:9", account_sid=ACCOUNT_SID, auth_token=AUTH_TOKEN, lines=(line,))
    )
    client, path = app.test_client(), f"/simulator/twilio/2010-04-01/Accounts/{ACCOUNT_SID}/Messages.json"
    form = {"To": "+12025550100", "From": "+3197000000001", "Body": "Er is nieuws."}
    assert client.post(path, data=form).status_code == 401
    answer = client.post(path, data=form, headers={"Authorization": BASIC})
    assert answer.status_code == 201
    one = path.replace(".json", f"/{answer.get_json()['sid']}.json")
    assert client.delete(one, headers={"Authorization": BASIC}).status_code == 204
    assert client.get(one, headers={"Authorization": BASIC}).status_code == 404
    ledger = Ledger()
    ledger.deliver(TEXT, "+12025550100", "Er is nieuws.")
    assert ledger.fetch("+12025550101") == [] and ledger.fetch("+12025550100") == ["Er is nieuws."]
    assert ledger.fetch("+12025550100") == []

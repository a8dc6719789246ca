"""The telephone in the browser: its JSON, over real HTTP to a tiny line, and who may use it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from hotline.simulator.pages import MAX_CALLS, simulator
from hotline.simulator.phones import Shelf
from tests.simulator.lines import LINES, ScriptedLine, menu_app, serving, twiml

OWN = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}


@pytest.fixture(scope="module")
def line() -> Iterator[str]:
    with serving(menu_app) as address:
        yield address


@pytest.fixture
def browser(line: str) -> FlaskClient:
    app = Flask(__name__)
    app.register_blueprint(
        simulator(
            public_url=line,
            account_sid="AC" + "0" * 32,
            auth_token="token",
            lines=LINES,
        )
    )
    return app.test_client()


def post(browser: FlaskClient, path: str, content: object = None) -> Any:
    answer = browser.post(f"/simulator{path}", json={} if content is None else content, headers=OWN)
    assert answer.status_code == 200, answer.status
    return answer.get_json()


def test_the_page_needs_nothing_from_outside_and_sets_no_cookie(browser: FlaskClient) -> None:
    answer = browser.get("/simulator")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 200 and "Set-Cookie" not in answer.headers
    assert "http://" not in page and "https://" not in page
    assert "<style" not in page and "style=" not in page and "onclick" not in page and "<script>" not in page
    for name in ("phone.js", "phone.css"):
        with browser.get(f"/simulator/static/{name}") as static:
            assert static.status_code == 200


def test_a_call_is_played_key_by_key(browser: FlaskClient) -> None:
    first = post(browser, "/calls")
    assert [sound["text"] for sound in first["sounds"]] == ["Voor één, toets 1."]
    assert first["sounds"][0]["language"] == "nl-NL" and first["sounds"][0]["interruptible"]
    assert first["listening"] == {"keys": True, "speech": True, "timeout": 5, "pressed": "", "language": "en-US"}
    key = first["call"]
    assert post(browser, f"/calls/{key}/keys", {"keys": "1"})["sounds"][0]["text"] == "U koos 1."
    assert post(browser, f"/calls/{key}/speech", {"words": "afval"})["sounds"][0]["text"] == "U koos afval."
    silent = post(browser, f"/calls/{key}/silence")
    assert silent["sounds"][0]["text"] == "U koos niets." and "<Gather" in silent["twiml"]
    ended = post(browser, f"/calls/{key}/end")
    assert ended["over"] and ended["listening"] is None and ended["alerts"] == []
    assert post(browser, f"/calls/{key}/keys", {"keys": "1"})["problem"]


def test_a_text_phone_keeps_its_number_between_texts(browser: FlaskClient) -> None:
    first = post(browser, "/texts", {"words": "hallo"})
    assert first["replies"] == ["Dank u.", "Nog een bericht."]
    assert post(browser, "/texts", {"words": "KLAAR", "phone": first["phone"]})["phone"] == first["phone"]


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"},
        {"Origin": "http://localhost", "Sec-Fetch-Site": "cross-site"},
        {"Origin": "http://localhost:9"},
        {"Origin": "null"},
        {"Origin": "http://localhost:port"},
        {"Origin": "http://evil.example", "Host": "evil.example", "Sec-Fetch-Site": "same-origin"},
    ],
)
def test_only_its_own_page_may_use_the_telephone(browser: FlaskClient, headers: dict[str, str]) -> None:
    assert browser.post("/simulator/calls", json={}, headers=headers).status_code == 403


def test_a_form_from_anywhere_is_refused(browser: FlaskClient) -> None:
    assert browser.post("/simulator/calls", data={"a": "b"}, headers=OWN).status_code == 403


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("keys", {"keys": "A"}),
        ("keys", {"keys": ""}),
        ("keys", {"keys": 1}),
        ("keys", []),
        ("speech", {"words": " "}),
        ("speech", {"words": "hallo", "confidence": 2}),
        ("speech", {"words": "hallo", "confidence": "high"}),
    ],
)
def test_what_no_telephone_can_send_is_a_bad_request(browser: FlaskClient, path: str, content: object) -> None:
    key = post(browser, "/calls")["call"]
    answer = browser.post(f"/simulator/calls/{key}/{path}", json=content, headers=OWN)
    assert answer.status_code == 400


def test_an_unknown_call_is_not_found(browser: FlaskClient) -> None:
    assert browser.post("/simulator/calls/nobody/silence", json={}, headers=OWN).status_code == 404


def test_broken_json_is_a_bad_request(browser: FlaskClient) -> None:
    answer = browser.post("/simulator/calls", data=b"{", content_type="application/json", headers=OWN)
    assert answer.status_code == 400


def test_a_line_that_does_not_answer_is_shown_as_an_alert() -> None:
    app = Flask(__name__)
    app.register_blueprint(
        simulator(
            public_url="http://127.0.0.1:9",
            account_sid="AC" + "0" * 32,
            auth_token="token",
            lines=LINES,
        )
    )
    answer = post(app.test_client(), "/calls")
    assert answer["over"] and "11200" in answer["alerts"][0]


def test_the_chosen_line_is_the_one_that_is_reached_and_an_unknown_one_is_the_first() -> None:
    line = ScriptedLine({"/voice/incoming": twiml("<Hangup/>"), "/sms/incoming": twiml("<Message>Dank u.</Message>")})
    account = {"account_sid": "AC" + "0" * 32, "auth_token": "token"}
    app = Flask(__name__)
    app.register_blueprint(simulator(public_url="http://line.test", lines=LINES, send=line.send, **account))
    browser = app.test_client()
    for chosen in ({"line": "exercise"}, {"line": "none"}, {"line": 7}, {}):
        post(browser, "/calls", chosen)
        post(browser, "/texts", {**chosen, "words": "hallo"})
    main, exercise = LINES
    first, other = main.voice_numbers[0], exercise.voice_numbers[0]
    assert [form["To"] for form in line.sent_to("/voice/incoming")] == [other, first, first, first]
    first, other = main.sms_numbers[0], exercise.sms_numbers[0]
    assert [form["To"] for form in line.sent_to("/sms/incoming")] == [other, first, first, first]


def test_calls_are_few_and_forgotten_ones_are_hung_up(browser: FlaskClient) -> None:
    first = post(browser, "/calls")["call"]
    for _ in range(MAX_CALLS):
        post(browser, "/calls")
    assert browser.post(f"/simulator/calls/{first}/silence", json={}, headers=OWN).status_code == 404


def test_a_telephone_that_nobody_touches_is_put_down() -> None:
    now = [0.0]
    gone: list[str] = []
    shelf: Shelf[str] = Shelf(most=2, seconds=60, seconds_now=lambda: now[0], put_down=gone.append)
    first, _ = shelf.add("first")
    second, _ = shelf.add("second")
    now[0] = 50
    assert shelf.get(first) is not None
    now[0] = 100
    assert shelf.get(second) is None and gone == ["second"]
    assert shelf.get(first) is not None
    shelf.add("third")
    shelf.add("fourth")
    assert gone == ["second", "first"]

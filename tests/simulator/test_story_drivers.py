"""The people who act in tests: they tell a story, and fail as soon as something is wrong with it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from flask import Flask, Response, make_response, request
from twilio.request_validator import RequestValidator

from hotline.simulator.exchange import Exchange
from tests.drivers.caller import Caller
from tests.drivers.line import AUTH_TOKEN, PUBLIC_URL, connect, over_test_client
from tests.drivers.texter import Texter
from tests.simulator.lines import ScriptedLine, exchange_for, twiml


@pytest.fixture
def exchange() -> Exchange:
    """An exchange in front of a small Flask line that checks signatures with Twilio's own validator."""
    app = Flask(__name__)
    validator = RequestValidator(AUTH_TOKEN)

    @app.before_request
    def check() -> tuple[str, int] | None:
        address = PUBLIC_URL + request.full_path.rstrip("?")
        signed = validator.validate(address, request.form, request.headers.get("X-Twilio-Signature", ""))
        return None if signed else ("", 403)

    def answer(inside: str) -> Response:
        response = make_response(f"<Response>{inside}</Response>")
        response.content_type = "text/xml"
        return response

    @app.post("/voice/incoming")
    def incoming() -> Response:
        response = answer('<Gather numDigits="1" action="/voice/step?turn=1"><Say>Kies één.</Say></Gather>')
        response.set_cookie("node", "a")
        return response

    @app.post("/voice/step")
    def step() -> Response:
        return answer(f"<Say>U koos {request.form['Digits']} {request.cookies.get('node')}.</Say>")

    @app.post("/voice/status")
    def status() -> tuple[str, int]:
        return "", 204

    @app.post("/sms/incoming")
    def text() -> Response:
        return answer("" if request.form["Body"] == "STOP" else "<Message>Dank u.</Message>")

    return connect(over_test_client(app.test_client(use_cookies=False)), now=lambda: datetime(2026, 11, 23, tzinfo=UTC))


def test_a_call_reads_like_a_story(exchange: Exchange) -> None:
    caller = Caller(exchange)
    caller.calls().hears("kies één").is_asked().presses("3").hears("koos 3 a").hears_not("kies").is_hung_up_on()
    assert caller.heard == ["Kies één.", "U koos 3 a."]
    assert b"U koos 3" in caller.delivers_again()
    assert exchange.alerts == []


def test_a_second_call_is_another_call_from_the_same_telephone(exchange: Exchange) -> None:
    caller = Caller(exchange).calls().hangs_up()
    first, number = caller.call.sid, caller.call.number
    caller.calls().hears("kies")
    assert caller.call.sid != first and caller.call.number == number


def test_silence_ends_where_the_call_ends(exchange: Exchange) -> None:
    Caller(exchange).calls().stays_silent(times=5).is_hung_up_on()


def test_a_text_reads_like_a_story(exchange: Exchange) -> None:
    texter = Texter(exchange).texts("hallo").reads("dank u").texts("STOP").reads_nothing()
    assert texter.all_replies == ["Dank u."]
    assert b"<Response></Response>" in texter.delivers_again()


def test_a_failed_webhook_fails_the_story() -> None:
    line = ScriptedLine({"/voice/incoming": twiml("<Shout/>"), "/voice/fallback": twiml("<Say>Storing.</Say>")})
    with pytest.raises(AssertionError, match="12200"):
        Caller(exchange_for(line)).calls()
    Caller(exchange_for(line), strict=False).calls().hears("storing")


def test_what_was_not_said_fails_the_story(exchange: Exchange) -> None:
    caller = Caller(exchange).calls()
    with pytest.raises(AssertionError, match="not heard"):
        caller.hears("iets anders")
    with pytest.raises(AssertionError, match="heard"):
        caller.hears_not("kies")
    with pytest.raises(AssertionError, match="goes on"):
        caller.is_hung_up_on()

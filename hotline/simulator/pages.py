"""The telephone and the text phone in the browser, for demo mode alone.

The browser sends what a person does; the exchange sends the signed webhook and plays the answer; the browser shows it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, Response, abort, jsonify, render_template, request

from hotline.domain.lines import Line
from hotline.simulator.carrier import Call, NotListening, NotPlayed
from hotline.simulator.exchange import Exchange, Send
from hotline.simulator.ledger import Ledger
from hotline.simulator.numbers import WITHHELD, pick_number
from hotline.simulator.phones import Held, Shelf
from hotline.simulator.rest import Rest
from hotline.simulator.text_phone import TextPhone
from hotline.simulator.wire import over_http

MAX_CALLS = 40
IDLE_SECONDS = 30 * 60.0
MAX_WORDS = 2000
NOT_LISTENING = "Daar luistert de lijn nu niet naar."
NOT_PLAYED = "De oefentelefoon kan dit antwoord niet afspelen."
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
Json = dict[str, Any]


def simulator(
    *, public_url: str, account_sid: str, auth_token: str, lines: Sequence[Line], send: Send | None = None
) -> Blueprint:
    """The blueprint `simulator` under `/simulator`. Its POSTs take JSON from this house's own pages and no cookie.
    A call or text goes to the line that is named, else to the first.

    Webhooks go over real HTTP to `public_url`, so the server needs a second thread to answer them.
    """
    carry = send or over_http()
    ledger = Ledger()
    rest = Rest(ledger, account_sid, auth_token, now=lambda: datetime.now(UTC))

    def exchange() -> Exchange:
        key = _read().get("line")
        line = next((one for one in lines if one.key == key), lines[0])
        voice, sms = line.voice_numbers[0], line.sms_numbers[0]
        return Exchange(
            public_url, account_sid, auth_token, voice, sms, carry, now=lambda: datetime.now(UTC), ledger=ledger
        )

    calls: Shelf[Call] = Shelf(most=MAX_CALLS, seconds=IDLE_SECONDS, seconds_now=time.monotonic, put_down=_put_down)
    texts: Shelf[TextPhone] = Shelf(
        most=MAX_CALLS, seconds=IDLE_SECONDS, seconds_now=time.monotonic, put_down=lambda _phone: None
    )
    pages = Blueprint(
        "simulator",
        __name__,
        url_prefix="/simulator",
        template_folder="templates",
        static_folder="static",
        static_url_path="/static",
    )

    pages.guard = "demo"  # type: ignore[attr-defined]  # of all its routes; read by the test that every route is guarded

    @pages.before_request
    def refuse_strangers() -> None:
        is_for_twilio = request.endpoint == "simulator.answer_as_twilio"  # which asks for the account's token
        if request.method == "POST" and not is_for_twilio and not _is_own_page(public_url):
            abort(403)

    @pages.get("")
    def show_phone() -> str:
        return render_template("simulator/phone.html", lines=lines)

    @pages.route("/twilio/<path:rest_path>", methods=["GET", "DELETE", "POST"])
    def answer_as_twilio(rest_path: str) -> Response:
        form = (request.form if request.method == "POST" else request.args).to_dict()
        found = rest.answer(request.method, f"/{rest_path}", form, request.headers.get("Authorization", ""))
        return Response(found.body, found.status, dict(found.headers), content_type="application/json")

    answer_as_twilio.guard = "key"  # type: ignore[attr-defined]

    @pages.post("/calls")
    def dial() -> Response:
        number = WITHHELD if _read().get("withheld") is True else pick_number()
        key, held = calls.add(Call(exchange(), number))
        return _act(key, held, lambda call: call.dial())

    @pages.post("/calls/<key>/keys")
    def press(key: str) -> Response:
        keys, early = _text("keys"), _read().get("duringPrompt") is True
        if not keys or set(keys) - set("0123456789*#"):
            abort(400)
        return _act(key, _held(calls, key), lambda call: call.press(keys, during_prompt=early))

    @pages.post("/calls/<key>/speech")
    def speak(key: str) -> Response:
        words, confidence = _text("words"), _read().get("confidence", 0.9)
        if not words or not isinstance(confidence, int | float) or not 0 <= confidence <= 1:
            abort(400)
        return _act(key, _held(calls, key), lambda call: call.say(words, confidence=float(confidence)))

    @pages.post("/calls/<key>/silence")
    def stay_silent(key: str) -> Response:
        return _act(key, _held(calls, key), lambda call: call.wait())

    @pages.post("/calls/<key>/end")
    def hang_up(key: str) -> Response:
        return _act(key, _held(calls, key), lambda call: call.hang_up())

    @pages.post("/texts")
    def text() -> Response:
        words, key = _text("words"), _read().get("phone")
        if not words:
            abort(400)
        held = texts.get(key) if isinstance(key, str) else None
        if held is None or not isinstance(key, str):
            key, held = texts.add(TextPhone(exchange(), pick_number()))
        with held.lock:
            seen = len(held.phone.exchange.alerts)
            problem = None
            replies: list[str] = []
            try:
                replies = [*ledger.fetch(held.phone.number), *held.phone.send(words)]
            except NotPlayed as error:
                problem = f"{NOT_PLAYED} ({error})"
            alerts = [str(alert.refusal) for alert in held.phone.exchange.alerts[seen:]]
            twiml = held.phone.last_twiml
        return _json({"phone": key, "replies": replies, "twiml": twiml, "alerts": alerts, "problem": problem})

    return pages


def _act(key: str, held: Held[Call], act: Callable[[Call], None]) -> Response:
    """Does one thing on a call, and tells what was heard since and what the call waits for now."""
    with held.lock:
        call, problem = held.phone, None
        heard, alerts = len(call.sounds), len(call.exchange.alerts)
        try:
            act(call)
        except NotListening:
            problem = NOT_LISTENING
        except NotPlayed as error:
            problem = f"{NOT_PLAYED} ({error})"
        gather = call.listening
        return _json(
            {
                "call": key,
                "sounds": [
                    {"kind": one.kind, "text": one.text, "language": one.language, "interruptible": one.interruptible}
                    for one in call.sounds[heard:]
                ],
                "listening": gather
                and {
                    "keys": gather.keys,
                    "speech": gather.speech,
                    "timeout": gather.timeout,
                    "pressed": gather.pressed,
                    "language": gather.language,
                },
                "parked": call.parked.name if call.parked else None,
                "over": call.over,
                "twiml": call.last_twiml,
                "alerts": [str(alert.refusal) for alert in call.exchange.alerts[alerts:]],
                "problem": problem,
            }
        )


def _put_down(call: Call) -> None:
    if call.sid and not call.over:
        call.hang_up()


def _held(calls: Shelf[Call], key: str) -> Held[Call]:
    held = calls.get(key)
    if held is None:
        abort(404)
    return held


def _read() -> Json:
    """The JSON object that was sent; anything else is a bad request."""
    body = request.get_json(silent=True)
    if not isinstance(body, dict):
        abort(400)
    return body


def _text(name: str) -> str:
    value = _read().get(name)
    return value.strip()[:MAX_WORDS] if isinstance(value, str) else ""


def _json(content: Json) -> Response:
    response = jsonify(content)
    response.headers["Cache-Control"] = "no-store"
    return response


def _is_own_page(public_url: str) -> bool:
    """True for JSON that a page of this very address sent; a browser says so in headers that no page can set."""
    own = _LOOPBACK | {urlsplit(public_url).hostname or ""}
    try:
        origin, host = urlsplit(request.headers.get("Origin", "")), urlsplit(f"//{request.host}")
        same = (origin.hostname, origin.port) == (host.hostname, host.port)
    except ValueError:
        return False
    # A page under a foreign name that points here would be "same-origin" too, so the name itself must be ours.
    return (
        same
        and origin.hostname in own
        and request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"
        and request.is_json
    )

"""The telephone's webhooks: a call comes in, takes its turns, and ends."""

from __future__ import annotations

from uuid import UUID

import structlog
from flask import Blueprint, Response, abort, current_app
from werkzeug.exceptions import HTTPException

from hotline.domain.dayparts import local_day
from hotline.domain.erasure import Kind
from hotline.domain.lines import Line
from hotline.services import attaching, conversations, erasing
from hotline.services.house import IntakeHouse
from hotline.services.turns import Reply
from hotline.telephony.inbound import Heard, hear_call
from hotline.telephony.left import find_recording
from hotline.telephony.signature import Form, first
from hotline.web import attached
from hotline.web.failure import speak_failure
from hotline.web.guards import open_to_all
from hotline.web.house import called_line, intake_house, now, script_of
from hotline.web.metrics import FAILURES, TURNS
from hotline.web.twilio_guard import carrier, signed_by_twilio
from ivr_flows.render import twiml

blueprint = Blueprint("voice", __name__, url_prefix="/voice")
_log = structlog.get_logger()
_XML = "text/xml; charset=utf-8"
_OVER = frozenset({"completed", "busy", "failed", "no-answer", "canceled"})


@blueprint.post("/incoming")
@signed_by_twilio
def incoming(form: Form) -> Response:
    """A call comes in."""
    house, line = intake_house(), called_line()
    heard = _hear(house, form)
    erasing.note(house, Kind.CALL, first(form, "CallSid"), now())
    reply = conversations.begin_call(house, heard, line, now())
    return _say(reply, line) if reply else _fail(line)


@blueprint.post("/step/<uuid:conversation>/<int:turn>")
@signed_by_twilio
def step(form: Form, conversation: UUID, turn: int) -> Response:
    """The caller pressed, spoke, or kept silent."""
    house = intake_house()
    return _say(conversations.take_call_turn(house, conversation, turn, _hear(house, form), now()), called_line())


@blueprint.post("/status")
@signed_by_twilio
def status(form: Form) -> Response:
    """The carrier tells how the call stands; only its end matters here."""
    if first(form, "CallStatus") in _OVER:
        house = intake_house()
        conversations.end_call(house, _hear(house, form), now())
        erasing.note(house, Kind.CALL, first(form, "CallSid"), now())  # also of a call that only the fallback answered
    return Response(status=204)


@blueprint.post("/recording")
@signed_by_twilio
def recording(form: Form) -> Response:
    """The caller spoke to the tape, or kept silent there; the question that waited is asked again."""
    house, line = intake_house(), called_line()
    left = find_recording(form, house.day_keys.recent(local_day(now())))
    reply = attaching.take_recording(house, left, _hear(house, form), now())
    return _say(reply, line, thanks=left is not None)


@blueprint.get("/fallback")
@open_to_all
def fallback() -> Response:
    """What Twilio plays when the webhook itself cannot be reached."""
    return _fail(called_line())


@blueprint.errorhandler(Exception)
def speak_of_failure(error: Exception) -> Response | HTTPException:
    """A failure becomes a spoken sentence: Twilio would keep a 5xx with the caller's number."""
    if isinstance(error, HTTPException):
        return error
    FAILURES.labels("voice", type(error).__name__).inc()
    _log.error("webhook failed", channel="voice", error=type(error).__name__)
    return _fail(called_line())


def _hear(house: IntakeHouse, form: Form) -> Heard:
    if not first(form, "CallSid"):
        abort(400)  # without it every such call would be one and the same
    return hear_call(form, house.day_keys.recent(local_day(now())), house.gazetteer)


def _say(reply: Reply, line: Line, *, thanks: bool = False) -> Response:
    if not line.is_training:
        TURNS.labels("voice").inc()
    if intake_house().takes_voice and attached.wants_tape(reply.outputs):
        tape = attached.offer_tape(line, reply.language, f"{carrier().public_url}/voice/recording")
        return current_app.response_class(tape, content_type=_XML)
    url = f"{carrier().public_url}/voice/step/{reply.conversation}/{reply.turn}" if reply.conversation else ""
    speech = line.speech(reply.language)
    body = twiml.render(
        reply.outputs,
        prompts=script_of(reply, line).prompts,
        language=reply.language,
        step_url=url,
        voices=line.voices,
        speech_language=speech.recogniser,
        hints=intake_house().hints,
    )
    if thanks:
        body = attached.say_thanks(line, reply.language, body)
    return current_app.response_class(body, content_type=_XML)


def _fail(line: Line) -> Response:
    return Response(speak_failure(line), content_type=_XML)

"""The telephone's webhooks: a call comes in, takes its turns, and ends."""

from __future__ import annotations

from uuid import UUID

import structlog
from flask import Blueprint, Response, abort, current_app
from werkzeug.exceptions import HTTPException

from hotline.domain.dayparts import local_day
from hotline.services import conversations
from hotline.services.conversations import Reply
from hotline.services.house import IntakeHouse
from hotline.telephony.inbound import Heard, hear_call
from hotline.telephony.signature import Form, first
from hotline.web.guards import open_to_all
from hotline.web.house import intake_house, now
from hotline.web.metrics import FAILURES, TURNS
from hotline.web.twilio_guard import line, signed_by_twilio
from ivr_flows.render import twiml

blueprint = Blueprint("voice", __name__, url_prefix="/voice")
_log = structlog.get_logger()
_XML = "text/xml; charset=utf-8"
_OVER = frozenset({"completed", "busy", "failed", "no-answer", "canceled"})

STORING = (
    '<?xml version="1.0" encoding="UTF-8"?><Response><Say language="nl-NL" voice="Polly.Laura-Neural">'
    "Er is een storing. Is er gevaar? Bel 1, 1, 2. Geen spoed? Bel 0 9 0 0, 8 8, 4 4. "
    "Anoniem melden kan ook bij 0 8 0 0, 7 0 0 0.</Say></Response>"
)
"""Needs no database, no Redis and no flow (`domain.md` §5.4)."""


@blueprint.post("/incoming")
@signed_by_twilio
def incoming(form: Form) -> Response:
    """A call comes in."""
    house = intake_house()
    return _say(conversations.begin_call(house, _hear(house, form), now()))


@blueprint.post("/step/<uuid:conversation>/<int:turn>")
@signed_by_twilio
def step(form: Form, conversation: UUID, turn: int) -> Response:
    """The caller pressed, spoke, or kept silent."""
    house = intake_house()
    return _say(conversations.take_call_turn(house, conversation, turn, _hear(house, form), now()))


@blueprint.post("/status")
@signed_by_twilio
def status(form: Form) -> Response:
    """The carrier tells how the call stands; only its end matters here."""
    if first(form, "CallStatus") in _OVER:
        house = intake_house()
        conversations.end_call(house, _hear(house, form), now())
    return Response(status=204)


@blueprint.get("/fallback")
@open_to_all
def fallback() -> Response:
    """What Twilio plays when the webhook itself cannot be reached."""
    return Response(STORING, content_type=_XML)


@blueprint.errorhandler(Exception)
def speak_of_failure(error: Exception) -> Response | HTTPException:
    """A failure becomes a spoken sentence: Twilio would keep a 5xx with the caller's number."""
    if isinstance(error, HTTPException):
        return error
    FAILURES.labels("voice", type(error).__name__).inc()
    _log.error("webhook failed", channel="voice", error=type(error).__name__)
    return Response(STORING, content_type=_XML)


def _hear(house: IntakeHouse, form: Form) -> Heard:
    if not first(form, "CallSid"):
        abort(400)  # without it every such call would be one and the same
    return hear_call(form, house.day_keys.recent(local_day(now())))


def _say(reply: Reply) -> Response:
    TURNS.labels("voice").inc()
    here = line()
    url = f"{here.public_url}/voice/step/{reply.conversation}/{reply.turn}" if reply.conversation else ""
    body = twiml.render(
        reply.outputs,
        prompts=here.prompts,
        language=reply.language,
        step_url=url,
        voice=here.voices[reply.language],
        speech_language=here.speech[reply.language],
    )
    return current_app.response_class(body, content_type=_XML)

"""The text number's webhooks: a message comes in and is answered in the same response."""

from __future__ import annotations

import structlog
from flask import Blueprint, Response, abort
from werkzeug.exceptions import HTTPException

from hotline.domain.dayparts import local_day
from hotline.domain.erasure import Kind
from hotline.services import attaching, conversations, erasing, return_path
from hotline.telephony.inbound import hear_text
from hotline.telephony.left import find_media
from hotline.telephony.signature import Form, first
from hotline.telephony.wish import hear_wish
from hotline.web.attached import write_thanks
from hotline.web.failure import write_failure
from hotline.web.guards import open_to_all
from hotline.web.house import called_line, intake_house, now, script_of
from hotline.web.metrics import FAILURES, TURNS
from hotline.web.twilio_guard import signed_by_twilio
from ivr_flows.render import sms

blueprint = Blueprint("sms", __name__, url_prefix="/sms")
_log = structlog.get_logger()
_XML = "text/xml; charset=utf-8"


@blueprint.post("/incoming")
@signed_by_twilio
def incoming(form: Form) -> Response:
    """A text message comes in; each reply is a message of its own."""
    if not first(form, "MessageSid"):
        abort(400)  # without it every such message would be one and the same
    house, line = intake_house(), called_line()
    erasing.note(house, Kind.MESSAGE, first(form, "MessageSid"), now())
    wish = hear_wish(form)
    if wish is not None and wish.kind == "ask":
        return _send(return_path.ask(house, wish, first(form, "To"), now()))
    beside = return_path.heed(house, wish)
    heard = hear_text(form, house.day_keys.recent(local_day(now())), house.gazetteer)
    reply = conversations.take_text(house, heard, line, now())
    if reply is None:
        return _send((*beside, *write_failure(line)))
    if not line.is_training:
        TURNS.labels("sms").inc()
    messages = sms.render(reply.outputs, prompts=script_of(reply, line).prompts, language=reply.language)
    if house.takes_pictures:
        left = find_media(form, house.day_keys.recent(local_day(now())))
        if attaching.take_pictures(house, left, reply.conversation, now()):
            messages = (write_thanks(reply.language), *messages)
    return _send((*messages, *beside))


@blueprint.post("/status")
@signed_by_twilio
def status(form: Form) -> Response:
    """A reply of ours is a message too: only here Twilio tells its SID, which erasing it needs."""
    erasing.note(intake_house(), Kind.MESSAGE, first(form, "MessageSid"), now())
    return Response(status=204)


@blueprint.get("/fallback")
@open_to_all
def fallback() -> Response:
    """What Twilio sends when the webhook itself cannot be reached."""
    return _send(write_failure(called_line()))


@blueprint.errorhandler(Exception)
def write_of_failure(error: Exception) -> Response | HTTPException:
    """A failure becomes a text: Twilio would keep a 5xx with the texter's number."""
    if isinstance(error, HTTPException):
        return error
    FAILURES.labels("sms", type(error).__name__).inc()
    _log.error("webhook failed", channel="sms", error=type(error).__name__)
    return _send(write_failure(called_line()))


def _send(messages: tuple[str, ...]) -> Response:
    return Response(sms.as_twiml(messages, status_url="/sms/status"), content_type=_XML)

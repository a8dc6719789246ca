"""The residents' web form: the same conversation as by telephone, one question a page, and the dialogue under a code."""

from __future__ import annotations

import secrets
from dataclasses import replace
from uuid import UUID

import structlog
from flask import Blueprint, Response, request
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from hotline.domain.codes import CodeTypo, parse_code
from hotline.domain.dayparts import local_day
from hotline.services import conversations, flood
from hotline.services.house import IntakeHouse
from hotline.services.turns import Reply
from hotline.telephony.form import MAX_TEXT, SECRET_BYTES, Filled, hear_form, is_secret, meet, read_filled
from hotline.telephony.inbound import Heard
from hotline.telephony.signature import Form, first, parse_form
from hotline.web import public_page as show
from hotline.web.failure import write_failure
from hotline.web.guards import open_to_all
from hotline.web.house import intake_house, main_line, now, offered_languages, script_of
from hotline.web.metrics import FAILURES, TURNS
from hotline.web.public_page import Place
from hotline.web.public_words import WORDS
from ivr_flows.model import Answered, Finish, Language, Output, Said
from ivr_flows.render import form as form_page

blueprint = Blueprint("public", __name__)
_log = structlog.get_logger()
_SENT = ("language", "secret", "conversation", "turn", "number", "proof", "act", "text", "choice", "digits", "code")
_MOST_TURNS = 200
_MOST_NUMBER = 999


@blueprint.get("/drugsmeldpunt")
@open_to_all
def start() -> Response:
    """The first page of the form."""
    return show.show_start(Place(_language(request.args.get("taal", ""))))


@blueprint.get("/drugsmeldpunt/code")
@open_to_all
def ask_code() -> Response:
    """The page that asks for a report code."""
    return show.show_code(Place(_language(request.args.get("taal", ""))))


@blueprint.get("/drugsmeldpunt/privacy")
@open_to_all
def tell_privacy() -> Response:
    """The privacy statement for residents."""
    return show.show_privacy(Place(_language(request.args.get("taal", ""))))


@blueprint.post("/drugsmeldpunt")
@open_to_all
def take_page() -> Response:
    """A page of the form comes in; the first begins a conversation."""
    sent = _read()
    place, filled = _place(sent), read_filled(sent)
    if place.conversation is not None:
        return _go_on(place, filled)
    words = WORDS[place.language]
    if not filled.text:
        return show.show_start(place, error=words.error_empty)
    if len(filled.text) > MAX_TEXT:
        return show.show_start(place, typed=filled.text, error=words.error_long.format(MAX_TEXT))
    return _begin(place, Filled("next", filled.text, "", ""), sent)


@blueprint.post("/drugsmeldpunt/code")
@open_to_all
def take_code() -> Response:
    """A report code comes in, or a later page of the dialogue under it."""
    sent = _read()
    place, typed = _place(sent), first(sent, "code")[:40]
    if place.conversation is not None:
        return _go_on(place, read_filled(sent))
    try:
        code = parse_code(typed)
    except CodeTypo:
        return show.show_code(place, typed=typed, error=WORDS[place.language].error_code)
    return _begin(place, Filled("next", "", "", code), sent)


@blueprint.get("/contact")
@open_to_all
def leave() -> Response:
    """An innocent page for who must leave quickly."""
    return show.show_elsewhere()


@blueprint.after_request
def keep_private(response: Response) -> Response:
    """Nothing of these pages may stay in the browser or travel to another site."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@blueprint.errorhandler(Exception)
def show_failure(error: Exception) -> Response | HTTPException:
    """A failure keeps what was typed. It is no 5xx: a proxy may put a page of its own in the place of one."""
    if isinstance(error, RequestEntityTooLarge):
        place = Place(_language(request.args.get("taal", "")))
        return show.show_notice(place, notice=WORDS[place.language].notice_big, status=413)
    if isinstance(error, HTTPException):
        return error
    FAILURES.labels("web", type(error).__name__).inc()
    _log.error("page failed", channel="web", error=type(error).__name__)
    sent = _read()
    place = _place(sent)
    return show.show_again(place, _fields(sent), notice=WORDS[place.language].notice_failed, status=200)


def _begin(place: Place, filled: Filled, sent: Form) -> Response:
    house, proof = intake_house(), first(sent, "proof")
    place = place if is_secret(place.secret) else replace(place, secret=secrets.token_urlsafe(SECRET_BYTES))
    (heard,) = _hear(house, place, filled)
    if house.board.standing(main_line()).is_down:
        fields = {**_fields(sent), "secret": place.secret}
        return show.show_again(place, fields, notice=" ".join(write_failure(main_line())), status=200)
    reply = conversations.begin_form(
        house,
        heard,
        main_line(),
        now(),
        language=place.language,
        may_begin=lambda: flood.may_begin(house, proof, now()),
    )
    if reply is None:
        fields = {**_fields(sent), "secret": place.secret}
        return show.show_again(place, fields, notice=WORDS[place.language].notice_busy, status=429)
    return _answer(place, filled, reply, reply.outputs, heard)


def _go_on(place: Place, filled: Filled) -> Response:
    house, conversation = intake_house(), place.conversation
    assert conversation is not None  # noqa: S101 - its callers looked
    heard, *done = _hear(house, place, filled)
    if len(filled.text) > MAX_TEXT:
        reply = conversations.say_again(house, conversation, heard, now())
        return _answer(place, filled, reply, reply.outputs, heard, is_too_long=True)
    reply = conversations.take_call_turn(house, conversation, place.turn, heard, now())
    outputs = reply.outputs
    for one in done if not _is_over(outputs) else ():
        reply = conversations.take_call_turn(house, conversation, reply.turn, one, now())
        outputs += reply.outputs
    if filled.act == "done":
        last = done[0] if done else heard
        for _ in range(_MOST_TURNS):  # from an older page: the turns that were taken since are repeats
            if not reply.is_repeat or _is_over(reply.outputs):
                break
            reply = conversations.take_call_turn(house, conversation, reply.turn, last, now())
            outputs = reply.outputs
    elif reply.is_repeat:
        reply = conversations.say_again(house, conversation, heard, now())
        outputs = reply.outputs
    return _answer(place, filled, reply, outputs, heard)


def _answer(
    place: Place, filled: Filled, reply: Reply, outputs: tuple[Output, ...], heard: Heard, *, is_too_long: bool = False
) -> Response:
    TURNS.labels("web").inc()
    if reply.conversation is None:
        notice = WORDS[place.language].notice_over
        return show.show_start(replace(place, secret=""), typed=filled.text, notice=notice, status=410)
    script = script_of(reply, main_line())
    page = form_page.render(outputs, flow=script.flow, prompts=script.prompts, language=reply.language)
    words = WORDS[reply.language]
    is_kept = not is_too_long and (not reply.is_repeat or _has_kept(outputs, heard))
    is_late = reply.is_repeat and not is_too_long and not page.is_finished and not (filled.text and is_kept)
    step = -1 if filled.act == "back" else 1
    if is_too_long or (page.question is not None and page.question.asked_again):
        step = 0
    number = max(1, min(_MOST_NUMBER, place.number + step))
    return show.show_question(
        Place(reply.language, place.secret, reply.conversation, reply.turn, number),
        page,
        typed="" if is_kept else filled.text,
        error=words.error_long.format(MAX_TEXT) if is_too_long else "",
        notice=words.notice_repeat if is_late else "",
    )


def _has_kept(outputs: tuple[Output, ...], heard: Heard) -> bool:
    """Whether these outputs took just what was typed: the same page sent twice, with nothing new on it."""
    event = heard.event
    return isinstance(event, Said) and any(
        isinstance(one, Answered) and event.text.strip() in one.value for one in outputs
    )


def _is_over(outputs: tuple[Output, ...]) -> bool:
    return any(isinstance(one, Finish) for one in outputs)


def _hear(house: IntakeHouse, place: Place, filled: Filled) -> tuple[Heard, ...]:
    contacts = meet(place.secret, house.day_keys.recent(local_day(now())))
    done = house.flows.current(main_line().key).prompts.catalog(place.language).wording("done")
    return hear_form(filled, contacts, done.words[0] if done and done.words else "", house.gazetteer)


def _read() -> Form:
    return parse_form(request.get_data())


def _place(sent: Form) -> Place:
    try:
        conversation = UUID(first(sent, "conversation"))
    except ValueError:
        conversation = None
    secret = first(sent, "secret")
    return Place(
        _language(first(sent, "language") or request.args.get("taal", "")),
        secret if is_secret(secret) else "",
        conversation,
        _number(first(sent, "turn"), 0),
        _number(first(sent, "number"), 1),
    )


def _number(text: str, default: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 3 else default


def _language(text: str) -> Language:
    return next((one for one in offered_languages() if one == text), "nl")


def _fields(sent: Form) -> dict[str, str]:
    return {name: first(sent, name) for name in _SENT if first(sent, name)}

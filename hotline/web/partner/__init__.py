"""The partner's own inbox: read a report, say how far it is, answer the reporter."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from hotline.domain.errors import BadInput, Conflict, HotlineError, NotAllowed, NotFound
from hotline.domain.lifecycle import Stage
from hotline.services import feedback, questions
from hotline.services.partner_inbox import Held, list_held, open_held
from hotline.web.desk import words as desk_words
from hotline.web.guards import current_account, current_name, partner_required
from hotline.web.house import desk_house
from hotline.web.partner import words

LONGEST_LIST = 200

blueprint = Blueprint("partner", __name__, url_prefix="/partner")
"""Expects `init_login`, CSRF protection and a `DeskHouse` in the app."""

_OPEN = (Stage.ASSESSED, Stage.PICKED_UP)


@blueprint.get("")
@partner_required
def inbox() -> ResponseReturnValue:
    """What is new, what is under way, what is done."""
    house = desk_house()
    held, more = list_held(house, partner=_partner(), now=house.clock(), limit=LONGEST_LIST)
    groups = (
        ("Nieuw", [one for one in held if one.stage is Stage.SENT]),
        ("In behandeling", [one for one in held if one.stage in _OPEN]),
        ("Klaar", [one for one in held if one.stage not in (Stage.SENT, *_OPEN)]),
    )
    return render_template("partner/inbox.html", groups=groups, is_empty=not held, more=more, **_words())


@blueprint.get("/reports/<uuid:report_id>")
@partner_required
def report(report_id: UUID) -> ResponseReturnValue:
    """One report: this partner's version of it, and what can be done with it."""
    return _show(_held(report_id))


@blueprint.post("/reports/<uuid:report_id>/assess")
@partner_required
def assess(report_id: UUID) -> ResponseReturnValue:
    """The partner has weighed the report."""
    return _act(report_id, "Beoordeeld.", lambda who: feedback.assess(desk_house(), **who))


@blueprint.post("/reports/<uuid:report_id>/pickup")
@partner_required
def pick_up(report_id: UUID) -> ResponseReturnValue:
    """The partner works on it."""
    return _act(report_id, "Opgepakt.", lambda who: feedback.pick_up(desk_house(), **who))


@blueprint.post("/reports/<uuid:report_id>/return")
@partner_required
def return_report(report_id: UUID) -> ResponseReturnValue:
    """The report goes back to the desk."""
    reason = request.form.get("reason", "")
    done = "Teruggegeven aan de meldkamer."
    return _act(report_id, done, lambda who: feedback.return_report(desk_house(), reason=reason, **who))


@blueprint.post("/reports/<uuid:report_id>/feedback")
@partner_required
def give_feedback(report_id: UUID) -> ResponseReturnValue:
    """A sentence for the reporter; the desk reads it first."""
    text = request.form.get("text", "")
    done = "Verstuurd. De meldkamer leest uw zin eerst. Daarna hoort de melder hem."
    return _act(report_id, done, lambda who: feedback.give_feedback(desk_house(), text=text, **who), text=text)


@blueprint.post("/reports/<uuid:report_id>/question")
@partner_required
def ask_question(report_id: UUID) -> ResponseReturnValue:
    """A question to the reporter; the desk reads it first."""
    text = request.form.get("question", "")
    done = "Verstuurd. De meldkamer leest uw vraag eerst. De melder hoort hem bij het volgende contact."
    return _act(report_id, done, lambda who: questions.ask(desk_house(), text=text, **who), question=text)


def _act(
    report_id: UUID, done: str, act: Callable[[dict[str, Any]], Stage], *, text: str = "", question: str | None = None
) -> ResponseReturnValue:
    """Do it and go back to the page; what was typed stays where the act was refused."""
    now = desk_house().clock()
    who = {"partner": _partner(), "recipient_id": report_id, "actor": current_name(), "now": now}
    errors: dict[str, str] = {}
    try:
        act(who)
    except NotFound:
        abort(404)
    except BadInput as wrong:
        errors = {**wrong.errors}
        if "reason" in errors:
            errors["reason"] = "Kies waarom u de melding teruggeeft."
        if question is not None and "text" in errors:
            errors["question"] = errors.pop("text")
    except (NotAllowed, Conflict) as refused:
        errors = {"act": _in_dutch(refused)}
    if errors:
        return _show(_held(report_id), errors=errors, text=text[:2000], question=(question or "")[:2000]), 400
    flash(done)
    return redirect(url_for("partner.report", report_id=report_id))


def _show(held: Held, *, errors: dict[str, str] | None = None, text: str = "", question: str = "") -> str:
    return render_template(
        "partner/report.html",
        held=held,
        errors=errors or {},
        text=text,
        question=question,
        longest=feedback.LONGEST,
        reasons=feedback.RETURN_REASONS,
        can_assess=held.stage is Stage.SENT,
        can_pick_up=held.stage in (Stage.SENT, Stage.ASSESSED),
        can_return=held.stage in (Stage.SENT, *_OPEN),
        can_answer=held.is_primary and held.stage is not Stage.RETURNED and "draft" not in held.feedback,
        can_ask=_can_ask(held),
        **_words(),
    )


def _can_ask(held: Held) -> bool:
    """Whether a question makes sense; whether it may be asked is the service's to say."""
    over = held.stage in (Stage.RETURNED, Stage.CLOSED) or held.is_withdrawn
    waits = any(one.status in ("draft", "asked") for one in held.questions)
    return held.is_primary and not over and not waits


def _held(report_id: UUID) -> Held:
    house = desk_house()
    try:
        return open_held(house, partner=_partner(), recipient_id=report_id, now=house.clock())
    except NotFound:
        abort(404)


def _words() -> dict[str, Any]:
    partner = next((one for one in desk_house().partners if one.key == _partner()), None)
    return {"words": desk_words, "ours": words, "partner_name": partner.name if partner else _partner()}


def _partner() -> str:
    account = current_account()
    if account is None or account.partner is None:
        abort(403)
    return account.partner


def _in_dutch(refused: HotlineError) -> str:
    """The lifecycle's own refusals speak of stages, in English; the others are Dutch already."""
    text = str(refused)
    return "Dat kan niet meer: de melding is al verder." if text.startswith("a partner's") else text

"""The reports of a partner system: read them, and say how far they are."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, jsonify
from flask.typing import ResponseReturnValue

from hotline.domain.lifecycle import Stage
from hotline.services import feedback, questions
from hotline.services.partner_inbox import Held, HeldQuestion, list_held, open_held
from hotline.web.api.access import caller, key_required, read_body, read_cursor, read_id, read_limit, read_once
from hotline.web.house import desk_house

PAGE, LONGEST_PAGE = 25, 100


def add_to(blueprint: Blueprint) -> None:
    """Add the routes."""
    blueprint.add_url_rule("/reports", view_func=list_reports)
    blueprint.add_url_rule("/reports/<report_id>", view_func=show_report)
    for path, view in (
        ("assessment", post_assessment),
        ("pickup", post_pickup),
        ("feedback", post_feedback),
        ("questions", post_question),
        ("return", post_return),
    ):
        blueprint.add_url_rule(f"/reports/<report_id>/{path}", view_func=view, methods=["POST"])


@key_required
def list_reports() -> ResponseReturnValue:
    """A page of reports, the newest first."""
    house = desk_house()
    limit, after = read_limit(PAGE, LONGEST_PAGE), read_cursor()
    held, following = list_held(house, partner=caller().key, now=house.clock(), limit=limit, after=after)
    return jsonify(reports=[_show(one) for one in held], nextCursor=str(following) if following else None)


@key_required
def show_report(report_id: str) -> ResponseReturnValue:
    """One report."""
    house = desk_house()
    held = open_held(house, partner=caller().key, recipient_id=read_id(report_id), now=house.clock())
    sentences = [{"status": status} for status in held.feedback]
    return jsonify({**_show(held), "feedback": sentences, "questions": [_show_question(one) for one in held.questions]})


@key_required
def post_assessment(report_id: str) -> ResponseReturnValue:
    """The partner has weighed the report."""
    house, once = desk_house(), read_once()
    read_body({})
    stage = feedback.assess(house, recipient_id=read_id(report_id), once=once, **_who(house.clock()))
    return _standing(report_id, stage)


@key_required
def post_pickup(report_id: str) -> ResponseReturnValue:
    """The partner works on it."""
    house, once = desk_house(), read_once()
    read_body({})
    stage = feedback.pick_up(house, recipient_id=read_id(report_id), once=once, **_who(house.clock()))
    return _standing(report_id, stage)


@key_required
def post_feedback(report_id: str) -> ResponseReturnValue:
    """A sentence for the reporter, for the desk to read first."""
    house, once = desk_house(), read_once()
    text = read_body({"text": str})["text"]
    stage = feedback.give_feedback(house, recipient_id=read_id(report_id), text=text, once=once, **_who(house.clock()))
    return _standing(report_id, stage)


@key_required
def post_question(report_id: str) -> ResponseReturnValue:
    """A question to the reporter, for the desk to read first."""
    house, once = desk_house(), read_once()
    text = read_body({"text": str})["text"]
    stage = questions.ask(house, recipient_id=read_id(report_id), text=text, once=once, **_who(house.clock()))
    return _standing(report_id, stage)


@key_required
def post_return(report_id: str) -> ResponseReturnValue:
    """The report goes back to the desk."""
    house, once = desk_house(), read_once()
    reason = read_body({"reason": str})["reason"]
    stage = feedback.return_report(
        house, recipient_id=read_id(report_id), reason=reason, once=once, **_who(house.clock())
    )
    return _standing(report_id, stage)


def _who(now: Any) -> dict[str, Any]:
    partner = caller().key
    return {"partner": partner, "actor": partner, "now": now}


def _standing(report_id: str, stage: Stage) -> Response:
    return jsonify(reportId=str(UUID(report_id)), stage=_name(stage))


def _show(held: Held) -> dict[str, Any]:
    return {
        **held.version,
        "reportId": str(held.id),
        "respondBy": held.respond_by.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "releasedAt": held.released or None,
        "stage": _name(held.stage),
        "mustAnswer": held.is_primary,
        "clockPaused": held.is_paused,
        "withdrawn": held.is_withdrawn,
    }


def _show_question(one: HeldQuestion) -> dict[str, Any]:
    shown: dict[str, Any] = {"id": str(one.id), "status": one.status, "text": one.text}
    if one.status == "answered":
        shown["answer"] = one.answer
    if one.third_parties:
        shown["thirdParties"] = list(one.third_parties)
    weeks = {"heardWeek": one.heard, "answeredWeek": one.answered}
    return shown | {name: f"{week:%G-W%V}" for name, week in weeks.items() if week is not None}


def _name(stage: Stage) -> str:
    return {"picked_up": "pickedUp"}.get(stage.value, stage.value)

"""The queue page, its live list, and the switch of the keyboard shortcuts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Protocol, TypeVar
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from hotline.domain.report import Priority
from hotline.services import dispatch, erasing, feedback, lines, second_look
from hotline.services.desk_guard import list_asked
from hotline.services.desk_news import list_news
from hotline.services.desk_queue import VIEWS, View, list_queue
from hotline.services.house import DeskHouse
from hotline.services.judging import find_late
from hotline.services.question_desk import question_drafts
from hotline.services.sight import SEES_RESTRICTED, hidden_from, left_to_supervisor
from hotline.web.desk.sight_views import current_viewer
from hotline.web.desk.state import DeskState
from hotline.web.guards import current_name, staff_required
from hotline.web.house import desk_house


class _Row(Protocol):
    """Something that is about one report."""

    @property
    def report_id(self) -> UUID: ...


_OfReport = TypeVar("_OfReport", bound=_Row)

TABS: tuple[tuple[View, str], ...] = (
    ("open", "Open"),
    ("partners", "Bij partners"),
    ("done", "Klaar"),
    ("training", "Oefening"),
)


def add_to(blueprint: Blueprint, state: DeskState) -> None:
    """Add the queue's routes."""

    @blueprint.get("", strict_slashes=False)
    @staff_required()
    def queue() -> ResponseReturnValue:
        """The whole page."""
        return render_template("desk/queue.html", **_queue_values(desk_house(), state))

    @blueprint.get("/live")
    @staff_required()
    def live_queue() -> ResponseReturnValue:
        """The list alone, asked for every few seconds."""
        return render_template("desk/_queue.html", **_queue_values(desk_house(), state))

    @blueprint.post("/keys")
    @staff_required()
    def switch_keys() -> ResponseReturnValue:
        """Turn the single-key shortcuts off or on for this session (WCAG 2.1.4)."""
        session["keys"] = "off" if session.get("keys") != "off" else "on"
        return redirect(url_for("desk.queue"))


def _queue_values(house: DeskHouse, state: DeskState) -> dict[str, Any]:
    wanted = request.args.get("view", "open")
    view: View = next((name for name in VIEWS if name == wanted), "open")
    now: datetime = house.clock()
    viewer = current_viewer()
    hidden = hidden_from(house, viewer)
    found = list_queue(house, now=now, view=view, arrivals=state.arrivals if view == "open" else None, hidden=hidden)

    def seen(rows: Iterable[_OfReport]) -> list[_OfReport]:
        return [one for one in rows if one.report_id not in hidden]

    return {
        "queue": found,
        "tabs": TABS,
        "urgent": [row for row in found.rows if row.priority is Priority.P0] if view == "open" else [],
        "drafts": seen(feedback.drafts(house)) if view == "open" else [],
        "question_drafts": seen(question_drafts(house)) if view == "open" else [],
        "news": [one for one in list_news(house) if one.id not in hidden] if view == "open" else [],
        "asked": [one for one in list_asked(house) if one.id not in hidden] if view == "open" else [],
        "left": left_to_supervisor(house) if viewer.role == SEES_RESTRICTED else (),
        "owed": second_look.count_owed(house),
        "failed": seen(dispatch.find_failed(house)),
        "unjudged": [one for one in find_late(house, now) if one not in hidden],
        "not_erased": erasing.count_late(house.engine, now),
        "partner_name": house.partner_name,
        "operator": current_name(),
        "down": lines.names_down(house.engine, house.lines),
    }

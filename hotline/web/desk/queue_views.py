"""The queue page, its live list, and the switch of the keyboard shortcuts."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from hotline.domain.report import Priority
from hotline.services import dispatch, erasing, feedback, lines
from hotline.services.desk_news import list_news
from hotline.services.desk_queue import VIEWS, View, list_queue
from hotline.services.house import DeskHouse
from hotline.services.question_desk import question_drafts
from hotline.web.desk.state import DeskState
from hotline.web.guards import current_name, staff_required
from hotline.web.house import desk_house

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
    found = list_queue(house, now=now, view=view, arrivals=state.arrivals if view == "open" else None)
    return {
        "queue": found,
        "tabs": TABS,
        "urgent": [row for row in found.rows if row.priority is Priority.P0] if view == "open" else [],
        "drafts": feedback.drafts(house) if view == "open" else [],
        "question_drafts": question_drafts(house) if view == "open" else [],
        "news": list_news(house) if view == "open" else [],
        "failed": dispatch.find_failed(house),
        "not_erased": erasing.count_late(house.engine, now),
        "partner_name": house.partner_name,
        "operator": current_name(),
        "down": lines.names_down(house.engine, house.lines),
    }

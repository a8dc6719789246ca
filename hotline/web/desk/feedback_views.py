"""Decisions on a partner's sentence for the reporter, and a new try at a delivery that failed."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from hotline.domain.errors import BadInput, NotAllowed, NotFound
from hotline.services import dispatch, feedback
from hotline.web.desk.state import DeskState
from hotline.web.guards import current_name, staff_required
from hotline.web.house import desk_house


def add_to(blueprint: Blueprint, state: DeskState) -> None:
    """Add the routes of feedback and deliveries."""

    @blueprint.post("/feedback/<uuid:feedback_id>/approve")
    @staff_required()
    def approve_feedback(feedback_id: UUID) -> ResponseReturnValue:
        """Let the reporter hear the sentence, as it was or as the operator changed it."""
        house = desk_house()
        text = request.form.get("text", "").strip()[:2000] or None
        try:
            feedback.approve(house, feedback_id, operator=current_name(), text=text, now=house.clock())
        except BadInput as wrong:
            flash(" ".join(wrong.errors.values()))
        except (NotAllowed, NotFound):
            flash("Over deze zin is al besloten.")
        else:
            flash("Goedgekeurd. De melder hoort deze zin met de meldcode.")
        return redirect(url_for("desk.queue"))

    @blueprint.post("/feedback/<uuid:feedback_id>/refuse")
    @staff_required()
    def refuse_feedback(feedback_id: UUID) -> ResponseReturnValue:
        """Ask the partner for another sentence."""
        house = desk_house()
        try:
            feedback.refuse(house, feedback_id, operator=current_name(), now=house.clock())
        except (NotAllowed, NotFound):
            flash("Over deze zin is al besloten.")
        else:
            flash("Afgekeurd. De partner moet een nieuwe zin sturen.")
        return redirect(url_for("desk.queue"))

    @blueprint.post("/deliveries/<uuid:delivery_id>/retry")
    @staff_required()
    def retry_delivery(delivery_id: UUID) -> ResponseReturnValue:
        """Try a failed delivery again, from the first attempt."""
        house = desk_house()
        try:
            dispatch.retry_failed(house, delivery_id, actor=current_name(), now=house.clock())
        except (NotAllowed, NotFound):
            flash("Deze levering hoeft niet meer opnieuw.")
        else:
            flash("De levering wordt opnieuw geprobeerd.")
        return redirect(url_for("desk.queue"))

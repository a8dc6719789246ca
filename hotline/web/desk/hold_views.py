"""The supervisor's holds on partners' copies."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from hotline.domain.errors import BadInput
from hotline.services.copy_hold import lift_hold, put_hold
from hotline.web.guards import current_name, staff_required
from hotline.web.house import desk_house

HOLDER = "supervisor"


def add_to(blueprint: Blueprint) -> None:
    """Add the routes of the holds."""

    @blueprint.post("/copies/<uuid:recipient_id>/hold")
    @staff_required(HOLDER)
    def hold_copy(recipient_id: UUID) -> ResponseReturnValue:
        """Keep a partner's copy although its term ends, up to and on a day."""
        house, form = desk_house(), request.form
        try:
            report_id = put_hold(
                house,
                recipient_id,
                supervisor=current_name(),
                until=_read_day(form.get("until", "")),
                reason=form.get("reason", ""),
                now=house.clock(),
            )
        except BadInput as wrong:
            flash(" ".join(wrong.errors.values()))
            return redirect(url_for("desk.queue"))
        flash("De kopie van deze partner blijft bewaard. De melding zelf niet.")
        return redirect(url_for("desk.report", report_id=report_id))

    @blueprint.post("/copies/<uuid:recipient_id>/lift")
    @staff_required(HOLDER)
    def lift_copy(recipient_id: UUID) -> ResponseReturnValue:
        """Let a partner's copy go at its own term again."""
        house = desk_house()
        report_id = lift_hold(house, recipient_id, supervisor=current_name(), now=house.clock())
        flash("De kopie gaat weer weg op haar gewone dag.")
        return redirect(url_for("desk.report", report_id=report_id))


def _read_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None

"""What an operator does about the guard: take its proposal over, read along, and the supervisor's reading afterwards."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from hotline.domain.errors import Conflict, NotAllowed
from hotline.services import desk, second_look
from hotline.services.sight import hidden_from
from hotline.web.desk.form import read_draft, read_number
from hotline.web.desk.sight_views import current_viewer
from hotline.web.desk.state import DeskState
from hotline.web.guards import current_name, staff_required
from hotline.web.house import desk_house

REVIEWER = "supervisor"


def add_to(blueprint: Blueprint, state: DeskState) -> None:
    """Add the routes of the guard."""

    @blueprint.post("/reports/<uuid:report_id>/coarsen")
    @staff_required()
    def coarsen_report(report_id: UUID) -> ResponseReturnValue:
        """Keep the text as the guard proposes it."""
        house = desk_house()
        version, draft = read_number(request.form, "version") or 0, read_draft(request.form, state.neighbourhoods)
        try:
            desk.coarsen(house, report_id, operator=current_name(), version=version, draft=draft, now=house.clock())
        except (Conflict, NotAllowed):
            flash("De melding is intussen veranderd. Er is niets overgenomen. Bekijk de melding opnieuw.")
        else:
            flash("Voorstel overgenomen. Lees de tekst nog een keer.")
        return redirect(url_for("desk.report", report_id=report_id))

    @blueprint.post("/reports/<uuid:report_id>/second-look")
    @staff_required()
    def confirm_look(report_id: UUID) -> ResponseReturnValue:
        """Say that a colleague's text may leave."""
        house = desk_house()
        try:
            second_look.confirm(house, report_id, operator=current_name(), now=house.clock())
        except NotAllowed:
            flash("De tekst is intussen veranderd, of u vroeg het zelf. Er is niets goedgekeurd.")
        else:
            flash("Meegelezen. Uw collega kan deze melding nu doorzetten.")
        return redirect(url_for("desk.queue"))

    @blueprint.get("/reviews")
    @staff_required(REVIEWER)
    def reviews() -> ResponseReturnValue:
        """The supervisor's list: what left without a second look."""
        house = desk_house()
        hidden = hidden_from(house, current_viewer())
        owed = [one for one in second_look.list_owed(house) if one.report_id not in hidden]
        return render_template("desk/reviews.html", owed=owed, bypasses=second_look.BYPASSES)

    @blueprint.post("/reviews/<uuid:look_id>")
    @staff_required(REVIEWER)
    def review(look_id: UUID) -> ResponseReturnValue:
        """Say that it was read afterwards."""
        house = desk_house()
        try:
            second_look.review(house, look_id, supervisor=current_name(), now=house.clock())
        except NotAllowed:
            flash("U zette deze melding zelf door. Een ander moet hem nakijken.")
        else:
            flash("Nagekeken.")
        return redirect(url_for("desk.reviews"))

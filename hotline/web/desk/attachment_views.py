"""Voice messages and pictures on a report's page: veiled until opened, for who holds the report alone."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from hotline.domain.errors import BadInput
from hotline.services import desk_attachments
from hotline.services.desk_report import open_report
from hotline.web.desk.form import read_number
from hotline.web.guards import current_name, staff_required
from hotline.web.house import desk_house


def add_to(blueprint: Blueprint) -> None:
    """Add the routes of attachments."""

    @blueprint.get("/reports/<uuid:report_id>/attachments")
    @staff_required()
    def attachments(report_id: UUID) -> ResponseReturnValue:
        """What the report has, unopened; asked for while something is under way."""
        return _show(report_id)

    @blueprint.get("/reports/<uuid:report_id>/attachments/<uuid:attachment_id>")
    @staff_required()
    def attachment(report_id: UUID, attachment_id: UUID) -> ResponseReturnValue:
        """The distorted voice or the rebuilt picture, to who holds the report; a line in the audit."""
        house = desk_house()
        kind, data = desk_attachments.open_one(house, report_id, attachment_id, current_name(), house.clock())
        return Response(data, content_type=kind)

    @blueprint.post("/reports/<uuid:report_id>/attachments/<uuid:attachment_id>/destroy")
    @staff_required()
    def destroy_attachment(report_id: UUID, attachment_id: UUID) -> ResponseReturnValue:
        """It is typed, or must not be kept: destroy it at once."""
        house = desk_house()
        desk_attachments.destroy(house, report_id, attachment_id, current_name(), house.clock())
        return _done(report_id, "Vernietigd.")

    @blueprint.post("/reports/<uuid:report_id>/attachments/<uuid:attachment_id>/blacken")
    @staff_required()
    def blacken_attachment(report_id: UUID, attachment_id: UUID) -> ResponseReturnValue:
        """Burn a black rectangle into a picture."""
        house = desk_house()
        try:
            box = _read_box(request.form)
        except BadInput as wrong:
            return _done(report_id, wrong.errors["box"], 400)
        desk_attachments.blacken(house, report_id, attachment_id, box, current_name(), house.clock())
        return _done(report_id, "Zwart gemaakt.")


def _read_box(form: MultiDict[str, str]) -> tuple[int, int, int, int]:
    left, top, width, height = (read_number(form, name) for name in ("left", "top", "width", "height"))
    if left is None or top is None or width is None or height is None:
        raise BadInput({"box": "Vul vier hele getallen in."})
    if not (0 <= left < 100 and 0 <= top < 100 and width > 0 and height > 0):
        raise BadInput({"box": "Links en boven zijn 0 tot en met 99. Breedte en hoogte zijn 1 of meer."})
    return left, top, min(100, left + width), min(100, top + height)


def _done(report_id: UUID, notice: str, status: int = 200) -> ResponseReturnValue:
    if "HX-Request" in request.headers:
        return _show(report_id, notice)
    flash(notice)
    return (
        redirect(url_for("desk.report", report_id=report_id)) if status == 200 else (_show(report_id, notice), status)
    )


def _show(report_id: UUID, notice: str = "") -> str:
    house, operator = desk_house(), current_name()
    page = open_report(house, report_id, now=house.clock())
    kept = desk_attachments.list_of(house, report_id, house.clock())
    mine = page.is_open and page.holder == operator
    return render_template("desk/_attachments.html", page=page, mine=mine, attachments=kept, notice=notice)

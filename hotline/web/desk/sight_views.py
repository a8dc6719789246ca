"""What somebody at the desk must not see is not there for them, and the key that takes a report out of one's own sight."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from hotline.domain.errors import NotAllowed
from hotline.services.sight import Viewer, is_hidden, recuse
from hotline.web.guards import current_account, current_name, staff_required
from hotline.web.house import desk_house


def current_viewer() -> Viewer:
    """Who is logged in, as the rules of sight know them; only behind a guard."""
    account = current_account()
    return Viewer(current_name(), account.role if account else "")


def add_to(blueprint: Blueprint) -> None:
    """Add the routes of sight, and close every address of the desk that leads to a hidden report."""
    blueprint.before_request(_hide)

    @blueprint.post("/reports/<uuid:report_id>/recuse")
    @staff_required()
    def recuse_from(report_id: UUID) -> ResponseReturnValue:
        """Take the report out of one's own sight: I know these people."""
        house = desk_house()
        try:
            recuse(house, report_id, viewer=current_viewer(), now=house.clock())
        except NotAllowed as refused:
            flash(str(refused))
            return redirect(url_for("desk.report", report_id=report_id))
        flash("U ziet deze melding niet meer. Een collega neemt hem over.")
        return redirect(url_for("desk.queue"))


def _hide() -> None:
    """404 for whoever must not see the report that an address leads to, whichever route takes the address."""
    if (
        current_account() is not None
        and request.view_args
        and is_hidden(desk_house(), current_viewer(), request.view_args)
    ):
        abort(404)

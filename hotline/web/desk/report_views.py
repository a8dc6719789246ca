"""One report's page and what an operator does on it."""

from __future__ import annotations

from contextlib import suppress
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from hotline.domain.errors import BadInput, Conflict, Leased, NotAllowed
from hotline.services import desk
from hotline.services.desk import Saved
from hotline.services.desk_draft import Draft
from hotline.services.desk_lease import give_back, renew, take
from hotline.services.desk_report import note_reading, open_report
from hotline.services.judging import judge
from hotline.web.desk.form import read_draft, read_number
from hotline.web.desk.report_page import guard_values, page_values, show_conflict, show_report
from hotline.web.desk.state import DeskState
from hotline.web.desk.words import say_counts, say_time
from hotline.web.guards import current_name, staff_required
from hotline.web.house import desk_house


def add_to(blueprint: Blueprint, state: DeskState) -> None:
    """Add the report's routes."""

    def draft_of_form() -> tuple[int, Draft]:
        return read_number(request.form, "version") or 0, read_draft(request.form, state.neighbourhoods)

    @blueprint.get("/reports/<uuid:report_id>")
    @staff_required()
    def report(report_id: UUID) -> ResponseReturnValue:
        """The report: to work on for who holds it, to read for everybody else."""
        house, operator = desk_house(), current_name()
        page = open_report(house, report_id, now=house.clock())
        if page.holder != operator:
            note_reading(house, report_id, operator, now=house.clock())
        return show_report(house, state, page)

    @blueprint.get("/reports/<uuid:report_id>/live")
    @staff_required()
    def live_report(report_id: UUID) -> ResponseReturnValue:
        """What was told so far, and who holds it; asked for every few seconds."""
        house = desk_house()
        page = open_report(house, report_id, now=house.clock())
        return render_template("desk/_told.html", **page_values(house, state, page))

    @blueprint.get("/reports/<uuid:report_id>/guard")
    @staff_required()
    def live_guard(report_id: UUID) -> ResponseReturnValue:
        """The guard's word as it is now; asked for while a colleague is asked to look."""
        house = desk_house()
        page = open_report(house, report_id, now=house.clock())
        if not page.is_open:
            return "", 204
        values = {**page_values(house, state, page), **guard_values(house, page), "swapped": True}
        return render_template("desk/_weighed.html", **values)

    @blueprint.post("/reports/<uuid:report_id>/take")
    @staff_required()
    def take_report(report_id: UUID) -> ResponseReturnValue:
        """Hold the report and open it; a colleague's hold opens it for reading."""
        house = desk_house()
        with suppress(Leased, NotAllowed):  # the page itself says who holds it, or where it went
            take(house, report_id, current_name(), house.clock())
        return redirect(url_for("desk.report", report_id=report_id))

    @blueprint.post("/reports/<uuid:report_id>/lease")
    @staff_required()
    def renew_lease(report_id: UUID) -> ResponseReturnValue:
        """Hold on; 409 when somebody else has it now."""
        house = desk_house()
        held = renew(house, report_id, current_name(), house.clock())
        return ("", 204) if held else ("", 409)

    @blueprint.post("/reports/<uuid:report_id>/give-back")
    @staff_required()
    def give_report_back(report_id: UUID) -> ResponseReturnValue:
        """Keep what was typed, let the report go, and return to the queue."""
        house, operator = desk_house(), current_name()
        version, draft = draft_of_form()
        try:
            if "text" in request.form:
                desk.save_draft(house, report_id, operator=operator, version=version, draft=draft, now=house.clock())
        except (Conflict, NotAllowed) as conflict:
            return show_conflict(house, state, report_id, draft, conflict)
        give_back(house, report_id, operator, house.clock())
        return redirect(url_for("desk.queue"))

    @blueprint.post("/reports/<uuid:report_id>/draft")
    @staff_required()
    def keep_draft(report_id: UUID) -> ResponseReturnValue:
        """Keep what is being typed; answers a note for the foot of the form."""
        house = desk_house()
        version, draft = draft_of_form()
        try:
            saved = desk.save_draft(
                house, report_id, operator=current_name(), version=version, draft=draft, now=house.clock()
            )
        except (Conflict, NotAllowed):
            return render_template("desk/_saved.html", problem=True)
        page = open_report(house, report_id, now=house.clock())
        values = {**page_values(house, state, page), **guard_values(house, page), "swapped": True}
        return render_template("desk/_saved.html", at=say_time(house.clock()), notice=_notice(saved), **values)

    @blueprint.post("/reports/<uuid:report_id>/save")
    @staff_required()
    def save_report(report_id: UUID) -> ResponseReturnValue:
        """Keep the text as a new version."""
        house = desk_house()
        version, draft = draft_of_form()
        try:
            saved = desk.save(
                house, report_id, operator=current_name(), version=version, draft=draft, now=house.clock()
            )
        except (Conflict, NotAllowed) as conflict:
            return show_conflict(house, state, report_id, draft, conflict)
        flash(f"Bewaard om {say_time(house.clock())}. {_notice(saved)}".strip())
        return redirect(url_for("desk.report", report_id=report_id))

    @blueprint.post("/reports/<uuid:report_id>/release")
    @staff_required()
    def release_report(report_id: UUID) -> ResponseReturnValue:
        """Complete the report and send it on, in one act."""
        house, operator = desk_house(), current_name()
        version, draft = draft_of_form()
        now = house.clock()
        try:
            saved = desk.release(
                house,
                report_id,
                operator=operator,
                version=version,
                draft=draft,
                now=now,
                delay=state.delay,
                bypass=request.form.get("bypass", ""),
            )
        except (Conflict, NotAllowed) as conflict:
            return show_conflict(house, state, report_id, draft, conflict)
        except BadInput as missing:
            asks_look = "lock" in missing.errors
            desk.save_draft(
                house, report_id, operator=operator, version=version, draft=draft, now=now, asks_look=asks_look
            )
            return show_report(house, state, open_report(house, report_id, now=now), errors=missing.errors), 400
        done = "Oefening klaar. Er is niets verstuurd." if saved.training else "Melding doorgezet."
        flash(f"{done} {_notice(saved)}".strip())
        return redirect(url_for("desk.report", report_id=report_id))

    @blueprint.post("/reports/<uuid:report_id>/words/<uuid:doubt_id>/keep", defaults={"keep": True})
    @blueprint.post("/reports/<uuid:report_id>/words/<uuid:doubt_id>/remove", defaults={"keep": False})
    @staff_required()
    def judge_words(report_id: UUID, doubt_id: UUID, keep: bool) -> ResponseReturnValue:
        """Keep what was typed, and put uncertain words back into the text or let them go."""
        house, operator = desk_house(), current_name()
        version, draft = draft_of_form()
        now = house.clock()
        try:
            if "text" in request.form:
                desk.save_draft(house, report_id, operator=operator, version=version, draft=draft, now=now)
            judge(house, report_id, doubt_id, operator=operator, keep=keep, now=now)
        except (Conflict, NotAllowed) as conflict:
            return show_conflict(house, state, report_id, draft, conflict)
        return redirect(url_for("desk.report", report_id=report_id, _anchor="uncertain"))

    @blueprint.post("/reports/<uuid:report_id>/reject")
    @staff_required()
    def reject_report(report_id: UUID) -> ResponseReturnValue:
        """Do not pass the report on, with a reason that the reporter hears."""
        house = desk_house()
        form, now = request.form, house.clock()
        try:
            desk.reject(
                house,
                report_id,
                operator=current_name(),
                version=read_number(form, "version") or 0,
                reason=form.get("reason", ""),
                sentence=form.get("sentence", "")[:2000],
                body=form.get("body", "")[:2000],
                now=now,
            )
        except BadInput as wrong:
            return show_report(house, state, open_report(house, report_id, now=now), errors=wrong.errors), 400
        except (Conflict, NotAllowed):
            flash("De melding is intussen veranderd. Er is niets afgewezen. Bekijk de melding opnieuw.")
            return redirect(url_for("desk.report", report_id=report_id))
        flash("Melding niet doorgezet. De melder hoort de reden.")
        return redirect(url_for("desk.queue"))


def _notice(saved: Saved) -> str:
    removed = f"Wij hebben {say_counts(saved.removed)} weggehaald." if saved.removed else ""
    sealed = f"Wij hebben {say_counts(saved.sealed)} apart gezet." if saved.sealed else ""
    return f"{removed} {sealed}".strip()

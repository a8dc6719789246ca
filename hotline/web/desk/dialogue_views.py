"""What the desk does with a partner's question, its answer, and what a reporter told later."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from hotline.domain.errors import BadInput, Conflict, NotAllowed, NotFound
from hotline.services import answers, forward, question_desk
from hotline.web.desk.form import read_number, read_text
from hotline.web.desk.state import DeskState
from hotline.web.guards import current_name, staff_required
from hotline.web.house import desk_house

_CHANGED = "De melding is intussen veranderd. Er is niets doorgegeven. Lees de melding opnieuw."


def add_to(blueprint: Blueprint, state: DeskState) -> None:
    """Add the routes of the dialogue."""

    @blueprint.post("/questions/<uuid:question_id>/approve")
    @staff_required()
    def approve_question(question_id: UUID) -> ResponseReturnValue:
        """Let the reporter meet the question, as it was or as the operator changed it."""
        house = desk_house()
        text = read_text(request.form, "text")[:2000] or None
        try:
            question_desk.approve_question(house, question_id, operator=current_name(), text=text, now=house.clock())
        except BadInput as wrong:
            flash(" ".join(wrong.errors.values()))
        except (NotAllowed, NotFound):
            flash("Over deze vraag is al besloten.")
        else:
            flash("Goedgekeurd. De melder hoort deze vraag met de meldcode.")
        return redirect(url_for("desk.queue"))

    @blueprint.post("/questions/<uuid:question_id>/refuse")
    @staff_required()
    def refuse_question(question_id: UUID) -> ResponseReturnValue:
        """Do not ask this; the partner may write another question."""
        house = desk_house()
        try:
            question_desk.refuse_question(house, question_id, operator=current_name(), now=house.clock())
        except (NotAllowed, NotFound):
            flash("Over deze vraag is al besloten.")
        else:
            flash("Afgekeurd. De partner kan een andere vraag sturen.")
        return redirect(url_for("desk.queue"))

    @blueprint.post("/questions/<uuid:question_id>/pass")
    @staff_required()
    def pass_answer(question_id: UUID) -> ResponseReturnValue:
        """Let the partner have the answer, as it was or as the operator changed it."""
        house = desk_house()
        text = read_text(request.form, "text") or None
        delay = state.reaction_delay
        try:
            answers.pass_answer(house, question_id, operator=current_name(), text=text, now=house.clock(), delay=delay)
        except BadInput as wrong:
            flash(" ".join(wrong.errors.values()))
        except (NotAllowed, NotFound):
            flash("Dit antwoord kan niet (meer) naar de partner.")
        else:
            flash("Het antwoord gaat naar de partner.")
        return _back_to_report()

    @blueprint.post("/questions/<uuid:question_id>/withhold")
    @staff_required()
    def withhold_answer(question_id: UUID) -> ResponseReturnValue:
        """Keep the answer back."""
        house = desk_house()
        try:
            answers.withhold_answer(
                house, question_id, operator=current_name(), now=house.clock(), delay=state.reaction_delay
            )
        except (NotAllowed, NotFound):
            flash("Over dit antwoord is al besloten.")
        else:
            flash("Het antwoord blijft hier. De partner ziet dat het niet kan.")
        return _back_to_report()

    @blueprint.post("/reports/<uuid:report_id>/forward")
    @staff_required()
    def forward_addition(report_id: UUID) -> ResponseReturnValue:
        """Send the partners the report anew, with what was added."""
        house = desk_house()
        text, seen = read_text(request.form, "text"), read_number(request.form, "seen") or 0
        try:
            sent = forward.forward_addition(
                house,
                report_id,
                operator=current_name(),
                seen=seen,
                text=text,
                now=house.clock(),
                delay=state.delay,
            )
        except BadInput as wrong:
            flash(" ".join(wrong.errors.values()))
        except (Conflict, NotAllowed):
            flash(_CHANGED)
        else:
            flash(f"Aanvulling doorgezet naar {_partners(sent)}.")
        return redirect(url_for("desk.report", report_id=report_id))

    @blueprint.post("/reports/<uuid:report_id>/forward-withdrawal")
    @staff_required()
    def forward_withdrawal(report_id: UUID) -> ResponseReturnValue:
        """Tell the partners that the reporter withdrew."""
        house = desk_house()
        seen = read_number(request.form, "seen") or 0
        try:
            sent = forward.forward_withdrawal(
                house, report_id, operator=current_name(), seen=seen, now=house.clock(), delay=state.reaction_delay
            )
        except (Conflict, NotAllowed):
            flash(_CHANGED)
        else:
            flash(f"Intrekking doorgegeven aan {_partners(sent)}.")
        return redirect(url_for("desk.report", report_id=report_id))

    @blueprint.post("/reports/<uuid:report_id>/put-aside")
    @staff_required()
    def put_aside(report_id: UUID) -> ResponseReturnValue:
        """The news was read, and nothing of it goes on."""
        house = desk_house()
        seen = read_number(request.form, "seen") or 0
        try:
            forward.put_aside(house, report_id, operator=current_name(), seen=seen, now=house.clock())
        except (Conflict, NotAllowed):
            flash(_CHANGED)
        else:
            flash("Gelezen. Er gaat niets door.")
        return redirect(url_for("desk.report", report_id=report_id))


def _partners(count: int) -> str:
    return "1 partner" if count == 1 else f"{count} partners"


def _back_to_report() -> ResponseReturnValue:
    """To the report that the form names; a form without one leads to the queue."""
    try:
        report_id = UUID(request.form.get("report", ""))
    except ValueError:
        return redirect(url_for("desk.queue"))
    return redirect(url_for("desk.report", report_id=report_id))

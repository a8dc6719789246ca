"""The supervisor's page of the lines: take one down, bring it up, announce a known incident."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from hotline.domain.attachments import FIGURES
from hotline.domain.calendar import is_open
from hotline.domain.dayparts import MAASTRICHT
from hotline.domain.errors import BadInput
from hotline.domain.lines import Line
from hotline.services import lines
from hotline.storage.line_states import Standing
from hotline.web.guards import current_name, staff_required
from hotline.web.house import desk_house

SWITCHERS = ("supervisor", "admin")

_MOST = 2000
"""Characters that are read of a field; the service refuses what is too long with a sentence."""


class _Row(NamedTuple):
    """One line on the page; `fields` is what its form shows, by language and `until`."""

    line: Line
    is_down: bool
    is_there: bool
    announces: bool
    fields: Mapping[str, str]
    is_wrong: bool


def add_to(blueprint: Blueprint) -> None:
    """Add the routes of the lines."""

    @blueprint.get("/line")
    @staff_required(*SWITCHERS)
    def line() -> ResponseReturnValue:
        """How each line stands, and what it announces."""
        return _show()

    @blueprint.post("/line/<key>/down")
    @staff_required(*SWITCHERS)
    def take_line_down(key: str) -> ResponseReturnValue:
        """Ask once more, then answer new calls and texts with the words of a failure."""
        chosen = _find(key)
        if request.form.get("sure") != "yes":
            return render_template("desk/line_down.html", line=chosen)
        _switch(chosen, is_down=True)
        flash(f"{chosen.name} staat uit. Wie nu belt, hoort dat er een storing is.")
        return redirect(url_for("desk.line"))

    @blueprint.post("/line/<key>/up")
    @staff_required(*SWITCHERS)
    def bring_line_up(key: str) -> ResponseReturnValue:
        """Take calls and texts again."""
        chosen = _find(key)
        _switch(chosen, is_down=False)
        flash(f"{chosen.name} staat weer aan.")
        return redirect(url_for("desk.line"))

    @blueprint.post("/line/<key>/announce")
    @staff_required(*SWITCHERS)
    def announce(key: str) -> ResponseReturnValue:
        """Tell everybody who calls or texts about an incident that is known already."""
        house, chosen = desk_house(), _find(key)
        words = {language: request.form.get(language, "")[:_MOST] for language in chosen.languages}
        until = request.form.get("until", "")[:40]
        try:
            lines.announce(
                house.engine, chosen, words, until=_read_moment(until), actor=current_name(), now=house.clock()
            )
        except BadInput as wrong:
            return _show(chosen.key, {**words, "until": until}, wrong.errors), 400
        flash("De mededeling is bewaard. Nieuwe bellers horen hem binnen enkele seconden.")
        return redirect(url_for("desk.line"))

    @blueprint.post("/line/<key>/hush")
    @staff_required(*SWITCHERS)
    def hush(key: str) -> ResponseReturnValue:
        """Take the announcement away."""
        house, chosen = desk_house(), _find(key)
        lines.hush(house.engine, chosen, actor=current_name(), now=house.clock())
        flash("De mededeling is weg.")
        return redirect(url_for("desk.line"))


def _show(wrong: str = "", typed: Mapping[str, str] | None = None, errors: Mapping[str, str] | None = None) -> str:
    """The page; what was typed and is wrong stays in the fields of its line."""
    house = desk_house()
    now, standings = house.clock(), lines.read_standings(house.engine)
    rows = []
    for one in house.lines:
        standing, is_wrong = standings.get(one.key, Standing()), one.key == wrong
        announced = standing.announced(now)
        fields = typed if typed and is_wrong else {**announced, "until": _show_moment(standing.until, announced)}
        rows.append(_Row(one, standing.is_down, is_open(one.hours, now), bool(announced), fields, is_wrong))
    return render_template(
        "desk/line.html",
        rows=rows,
        errors=errors or {},
        longest=lines.LONGEST_ANNOUNCEMENT,
        takes_voice=house.takes_voice,
        takes_pictures=house.takes_pictures,
        figures=FIGURES,
    )


def _find(key: str) -> Line:
    found = next((one for one in desk_house().lines if one.key == key), None)
    if found is None:
        abort(404)
    return found


def _switch(line: Line, *, is_down: bool) -> None:
    house = desk_house()
    lines.switch(house.engine, line, is_down=is_down, actor=current_name(), now=house.clock())


def _read_moment(text: str) -> datetime | None:
    """A moment in Maastricht as a form's field writes it; None where it is empty."""
    if not text.strip():
        return None
    try:
        return datetime.strptime(text, "%Y-%m-%dT%H:%M").replace(tzinfo=MAASTRICHT)
    except ValueError:
        raise BadInput({"until": "Schrijf dag en tijd zo: 2026-11-23T18:00."}) from None


def _show_moment(moment: datetime | None, announced: Mapping[str, str]) -> str:
    return moment.astimezone(MAASTRICHT).strftime("%Y-%m-%dT%H:%M") if moment and announced else ""

"""The page that searches the reports by their words, which never stand in an address."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from hotline.domain.errors import BadInput
from hotline.services.search import LONGEST_QUERY, MOST
from hotline.services.search import search as search_reports
from hotline.services.sight import hidden_from
from hotline.web.desk.form import read_text
from hotline.web.desk.sight_views import current_viewer
from hotline.web.guards import current_name, staff_required
from hotline.web.house import desk_house


def add_to(blueprint: Blueprint) -> None:
    """Add the routes of the search."""

    @blueprint.get("/search")
    @staff_required()
    def search() -> ResponseReturnValue:
        """The empty form."""
        return _show()

    @blueprint.post("/search")
    @staff_required()
    def find() -> ResponseReturnValue:
        """What was found, below the form; a POST, so that the words stand in no address and no log."""
        house, training = desk_house(), request.form.get("training") == "yes"
        query = " ".join(read_text(request.form, "query").split())[:LONGEST_QUERY]
        try:
            found = search_reports(
                house,
                query,
                operator=current_name(),
                now=house.clock(),
                training=training,
                hidden=hidden_from(house, current_viewer()),
            )
        except BadInput as wrong:
            return _show(query=query, training=training, problem=wrong.errors["query"]), 400
        return _show(query=query, training=training, found=found)


def _show(**values: object) -> str:
    return render_template("desk/search.html", longest=LONGEST_QUERY, most=MOST, **values)

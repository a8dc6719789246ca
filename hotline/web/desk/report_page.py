"""What the page of one report shows, and the page with both texts where two people wrote."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template
from flask.typing import ResponseReturnValue

from hotline.domain.errors import Conflict, Leased, NotAllowed
from hotline.domain.report import Category
from hotline.services.alike import find_alike
from hotline.services.copy_hold import HOLD_REASONS
from hotline.services.desk_attachments import list_of
from hotline.services.desk_draft import Draft
from hotline.services.desk_guard import weigh
from hotline.services.desk_lease import take
from hotline.services.desk_reasons import EXTERNAL, LABELS, LONGEST_BODY, LONGEST_SENTENCE, REASONS, WITHDRAWN
from hotline.services.desk_report import ReportPage, names_for, open_report
from hotline.services.feedback import RETURN_REASONS
from hotline.services.house import DeskHouse
from hotline.services.second_look import BYPASSES
from hotline.services.sight import hidden_from
from hotline.web.desk.conflict import compare
from hotline.web.desk.form import name_third
from hotline.web.desk.sight_views import current_viewer
from hotline.web.desk.state import DeskState
from hotline.web.guards import current_name

NOBODY = ("niemand, dit is een oefening",)
NO_PARTNER = ("geen enkele partner, dit gaat over politie of gemeente",)


def page_values(house: DeskHouse, state: DeskState, page: ReportPage) -> dict[str, Any]:
    """What every part of the report's page needs."""
    operator = current_name()
    return {
        "page": page,
        "operator": operator,
        "mine": page.is_open and page.holder == operator,
        "neighbourhoods": state.neighbourhoods,
        "routes": {category.value: _say_route(house, page, category.value) for category in Category},
        "reasons": [*([WITHDRAWN] if page.is_withdrawn else []), *([EXTERNAL] if page.is_restricted else []), *REASONS],
        "reason_labels": LABELS,
        "longest_sentence": LONGEST_SENTENCE,
        "longest_body": LONGEST_BODY,
        "return_reasons": RETURN_REASONS,
        "hold_reasons": HOLD_REASONS,
        "name_third": name_third,
        "words_around": page.words_around,
        "now": house.clock(),
    }


def _say_route(house: DeskHouse, page: ReportPage, category: str) -> tuple[str, ...]:
    if page.is_restricted:
        return NO_PARTNER
    return NOBODY if page.training else names_for(house, category)


def show_report(house: DeskHouse, state: DeskState, page: ReportPage, *, errors: dict[str, str] | None = None) -> str:
    """The whole page; `errors` are what keeps it from being sent on, by field."""
    now = house.clock()
    hidden = hidden_from(house, current_viewer())
    more = {
        "alike": find_alike(house, page, now=now, hidden=hidden),
        "attachments": list_of(house, page.id, now),
    }
    values = {**page_values(house, state, page), **guard_values(house, page), **more}
    return render_template("desk/report.html", errors=errors or {}, **values)


def guard_values(house: DeskHouse, page: ReportPage) -> dict[str, Any]:
    """What the guard's panel needs; a report that left the desk has none."""
    guarded = weigh(house, page, operator=current_name(), now=house.clock()) if page.is_open else None
    return {"guarded": guarded, "bypasses": BYPASSES}


def show_conflict(
    house: DeskHouse, state: DeskState, report_id: UUID, draft: Draft, conflict: Conflict | NotAllowed
) -> ResponseReturnValue:
    """Both texts side by side, so that nothing typed is lost."""
    now, operator = house.clock(), current_name()
    holder = conflict.holder if isinstance(conflict, Leased) else None
    try:
        take(house, report_id, operator, now)
    except Leased as leased:
        holder = leased.holder
    except NotAllowed:
        pass
    page = open_report(house, report_id, now=now)
    differences = compare(draft, page.content, page.priority)
    values = page_values(house, state, page)
    return render_template("desk/conflict.html", differences=differences, draft=draft, taken_by=holder, **values), 409

"""The pages for residents: how to report, and what was done, by report code."""

from __future__ import annotations

import phonenumbers
from flask import Blueprint, Response, make_response, render_template, request

from hotline.domain.codes import in_groups
from hotline.services.status import find_status
from hotline.web.guards import open_to_all
from hotline.web.house import intake_house, now
from hotline.web.twilio_guard import line
from ivr_flows.model import Lookup

blueprint = Blueprint("public", __name__, url_prefix="/drugsmeldpunt")


@blueprint.get("")
@open_to_all
def start() -> Response:
    """How to report, and what happens then."""
    return _page("public/start.html")


@blueprint.get("/code")
@open_to_all
def ask_code() -> Response:
    """The form for a report code."""
    return _page("public/code.html")


@blueprint.post("/code")
@open_to_all
def show_status() -> Response:
    """The stage and the feedback of the report whose code was typed."""
    typed = request.form.get("code", "")[:40]
    digits = "".join(one for one in typed if one.isascii() and one.isdigit())
    found = find_status(intake_house(), Lookup("report_status", {"code": digits}), now())
    shown = in_groups(digits) if len(digits) == 12 else digits
    return _page("public/code.html", case=found.case, typed=shown, **found.values)


@blueprint.after_request
def keep_private(response: Response) -> Response:
    """Nothing of these pages may stay in the browser or travel to another site."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _page(template: str, **values: object) -> Response:
    here = line()
    numbers = {
        "voice": here.voice_number,
        "voice_shown": _shown(here.voice_number),
        "sms": here.sms_number,
        "sms_shown": _shown(here.sms_number),
    }
    return make_response(render_template(template, numbers=numbers, **values))


def _shown(number: str) -> str:
    return phonenumbers.format_number(phonenumbers.parse(number), phonenumbers.PhoneNumberFormat.NATIONAL)

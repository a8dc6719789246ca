"""Renders the residents' pages: the start, a question or the end, the code, and what could not be taken."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from uuid import UUID

import phonenumbers
from flask import Response, make_response, render_template, request
from markupsafe import Markup, escape

from hotline.domain.proof import BITS, SALT_BYTES
from hotline.services.flood import offer_challenge
from hotline.telephony.form import MAX_TEXT, SECRET_BYTES
from hotline.web.house import intake_house, main_line, now, offered_languages, privacy_statement
from hotline.web.public_words import WORDS
from hotline.web.statement import language_of
from ivr_flows.model import Language
from ivr_flows.render.form import FormPage

_ALARM_NUMBER = re.compile(r"\b112\b")
_LINKED = Markup('<a class="utrecht-link" href="tel:112">112</a>')


@dataclass(frozen=True, slots=True)
class Place:
    """Where a resident is in a form; travels in hidden fields and nowhere else. `number` counts the questions shown."""

    language: Language = "nl"
    secret: str = ""
    conversation: UUID | None = None
    turn: int = 0
    number: int = 1


def show_start(place: Place, *, typed: str = "", error: str = "", notice: str = "", status: int = 200) -> Response:
    """The first page: a warning, one field, and the other ways to report."""
    here = main_line()
    numbers = [(number, _shown(number)) for number in (*here.voice_numbers[:1], *here.sms_numbers[:1])]
    values = {"typed": typed, "error": error, "notice": notice, "address": _address("/drugsmeldpunt", place.language)}
    return _page("start", _fresh(place), status, numbers=numbers, **values, **_puzzle(), **_promises(place))


def show_code(place: Place, *, typed: str = "", error: str = "") -> Response:
    """The page that asks for a report code."""
    return _page("code", _fresh(place), 200, typed=typed, error=error, **_puzzle())


def show_question(place: Place, page: FormPage, *, typed: str = "", error: str = "", notice: str = "") -> Response:
    """What the flow tells and asks, or the end. `typed` is what was written and stands in no report yet."""
    return _page("question", place, 200, page=page, typed=typed, error=error, notice=notice)


def show_privacy(place: Place) -> Response:
    """The privacy statement; who reads German or French reads it in English."""
    return _page("privacy", place, 200, **_promises(place))


def show_again(place: Place, fields: dict[str, str], *, notice: str, status: int) -> Response:
    """A page that holds everything that was sent, behind one button that sends it once more."""
    return _page("again", place, status, fields=fields, notice=notice)


def show_notice(place: Place, *, notice: str, status: int) -> Response:
    """One sentence and the way back to the start."""
    return _page("notice", place, status, notice=notice)


def show_elsewhere() -> Response:
    """The innocent page to which somebody leaves quickly; what the browser kept of this site goes."""
    response = make_response(render_template("public/elsewhere.html"))
    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response


def link_alarm_number(text: str) -> Markup:
    """A text in which 112 can be tapped."""
    return Markup(_ALARM_NUMBER.sub(_LINKED, str(escape(text))))  # noqa: S704 - escaped the line before


def _fresh(place: Place) -> Place:
    """Where a conversation begins; the secret stays if the page had one already."""
    return Place(place.language, place.secret or secrets.token_urlsafe(SECRET_BYTES))


def _puzzle() -> dict[str, object]:
    salt = secrets.token_bytes(SALT_BYTES)
    return {"bits": BITS, "challenge": offer_challenge(intake_house(), salt, now())}


def _promises(place: Place) -> dict[str, object]:
    return {"statement": privacy_statement(), "reads": language_of(place.language)}


def _page(template: str, place: Place, status: int, **values: object) -> Response:
    common: dict[str, object] = {
        "words": WORDS[place.language],
        "place": place,
        "languages": {language: WORDS[language].name for language in offered_languages()},
        "taal": place.language if place.language != "nl" else None,
        "address": _address(request.path, place.language),
        "most": MAX_TEXT,
        "linked": link_alarm_number,
    }
    return make_response(render_template(f"public/{template}.html", **{**common, **values}), status)


def _address(path: str, language: Language) -> str:
    """Where a page is sent: to the address it stands at, so that the browser's history holds one entry of the form."""
    return path if request.args.get("taal") is None else f"{path}?taal={language}"


def _shown(number: str) -> str:
    return phonenumbers.format_number(phonenumbers.parse(number), phonenumbers.PhoneNumberFormat.NATIONAL)

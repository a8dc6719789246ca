"""Error pages that say in plain Dutch what happened and what to do."""

from __future__ import annotations

import logging
from typing import NamedTuple

from flask import Flask, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from hotline.anonymity.keyring import KeyGone
from hotline.anonymity.seal import SealError
from hotline.domain.errors import BadInput, Conflict, HotlineError, NotAllowed, NotFound

_log = logging.getLogger(__name__)


class _Page(NamedTuple):
    heading: str
    what: str
    advice: str


_RETRY = "Probeer het over een minuut opnieuw. Blijft het zo? Bel de beheerder."
_PAGES = {
    400: _Page("Dat kunnen wij niet lezen", "Er klopt iets niet in wat u stuurde.", "Ga terug en probeer het opnieuw."),
    401: _Page("U bent niet ingelogd", "Deze pagina is alleen voor medewerkers.", "Log opnieuw in."),
    403: _Page(
        "Dit mag u niet zien",
        "Uw account heeft hier geen toegang.",
        "Denkt u dat dit niet klopt? Vraag het de beheerder.",
    ),
    404: _Page(
        "Deze pagina is er niet",
        "Het adres klopt niet, of de melding is verwijderd.",
        "Kijk in de lijst met meldingen.",
    ),
    405: _Page("Dat kan hier niet", "Deze pagina kunt u niet zo openen.", "Ga terug naar het begin."),
    409: _Page("Iemand anders was eerder", "Deze melding is intussen veranderd.", "Open de melding opnieuw."),
    410: _Page(
        "Niet alles van deze melding is te lezen",
        "Een sleutel ontbreekt. Daarom kunt u de melding niet bewaren of doorzetten.",
        "Bel de beheerder.",
    ),
    413: _Page("Dat is te veel tekst", "Wat u stuurde is te groot.", "Maak de tekst korter en probeer het opnieuw."),
    429: _Page("Te veel pogingen", "U probeerde het te vaak.", "Wacht een halve minuut."),
    500: _Page("Er ging iets mis", "Dat ligt aan ons, niet aan u. Wat bewaard was, is er nog.", _RETRY),
}
_FOR_RESIDENTS = {
    404: _Page("Deze pagina is er niet", "Het adres klopt niet.", "Ga terug naar het begin."),
    500: _Page("Er is een storing", "Dat ligt aan ons. Is er gevaar? Bel 112.", "Probeer het later opnieuw."),
}
_FORM_EXPIRED = _Page(
    "Dit formulier is verlopen",
    "U was te lang weg of u bent opnieuw ingelogd.",
    "Ga terug, laad de pagina opnieuw en probeer het nog een keer.",
)
_PROBLEM = {"Content-Type": "application/problem+json"}
_STATUS_OF: tuple[tuple[type[HotlineError], int], ...] = (
    (NotFound, 404),
    (Conflict, 409),
    (NotAllowed, 409),
    (BadInput, 400),
    (KeyGone, 410),
    (SealError, 410),
)


def init_errors(app: Flask) -> None:
    """Show our own page for every error that no view answered; call before blueprints with handlers of their own."""
    app.register_error_handler(HTTPException, _on_http)
    app.register_error_handler(CSRFError, lambda _: _show(_FORM_EXPIRED, 400))
    app.register_error_handler(HotlineError, _on_ours)
    app.register_error_handler(Exception, _on_surprise)


def _on_http(error: HTTPException) -> ResponseReturnValue:
    if error.response is not None or (error.code or 500) < 400:
        return error.get_response()
    status = error.code or 500
    return _show(_PAGES.get(status, _PAGES[500 if status >= 500 else 400]), status)


def _on_ours(error: HotlineError) -> ResponseReturnValue:
    status = next((status for kind, status in _STATUS_OF if isinstance(error, kind)), 500)
    if status == 500:
        return _on_surprise(error)
    return _show(_PAGES[status], status)


def _on_surprise(error: Exception) -> ResponseReturnValue:
    frame = error.__traceback__
    while frame is not None and frame.tb_next is not None:
        frame = frame.tb_next
    where = f"{frame.tb_frame.f_code.co_filename}:{frame.tb_lineno}" if frame else "?"
    _log.error("unexpected %s at %s on %s", type(error).__name__, where, request.endpoint)
    return _show(_PAGES[500], 500)


def _show(page: _Page, status: int) -> ResponseReturnValue:
    if request.path.startswith("/api/"):
        return {"status": status, "title": page.heading, "detail": page.what}, status, _PROBLEM
    if "HX-Request" in request.headers:
        return page.heading, status
    if "login" not in current_app.blueprints:
        return _bare(_FOR_RESIDENTS.get(status, page), "/drugsmeldpunt"), status
    home = "/partner" if request.path.startswith("/partner") else "/desk"
    if status >= 500:  # the full page asks the database who is logged in, and the database may be what failed
        return _bare(page, home), status
    return render_template("errors/error.html", **page._asdict(), home=home), status


def _bare(page: _Page, home: str) -> str:
    template = current_app.jinja_env.get_template("errors/bare.html")
    return template.render(**page._asdict(), home=home, theme=url_for("static", filename="theme.css"))

"""What every answer of the API has in common: headers, and refusals in one shape."""

from __future__ import annotations

import logging

from flask import Blueprint, Response, request
from flask.sansio.blueprints import BlueprintSetupState
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from hotline.domain.errors import BadInput, Conflict, NotAllowed, NotFound
from hotline.web.api.description import VERSION
from hotline.web.api.problems import Problem
from hotline.web.guards import open_to_all

_log = logging.getLogger(__name__)

_METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"]


def add_to(blueprint: Blueprint) -> None:
    """Add the headers, the error handlers and the answer to paths that do not exist."""
    blueprint.after_request(_dress)
    blueprint.register_error_handler(Exception, _refuse)

    @blueprint.route("/", defaults={"rest": ""}, methods=_METHODS)
    @blueprint.route("/<path:rest>", methods=_METHODS)
    @open_to_all
    def unknown(rest: str) -> Response:
        """Whatever no other rule takes: a path that is unknown, or known with another method."""
        if rest.partition("/")[0] in ("reports", "openapi.json") and request.method not in ("GET", "POST"):
            raise Problem(405, "Gebruik GET of POST.")
        raise Problem(404, "Dit adres bestaat niet. Zie /api/v1/openapi.json.")

    blueprint.record_once(_keep_our_headers)


def _keep_our_headers(state: BlueprintSetupState) -> None:
    """Flask-Talisman, which speaks last, would put the pages' looser headers over the API's."""
    for endpoint, view in state.app.view_functions.items():
        if endpoint.startswith(f"{state.name}."):
            vars(view)["talisman_view_options"] = {"frame_options": None, "content_security_policy": None}


def _dress(response: Response) -> Response:
    headers = response.headers
    headers["API-Version"] = VERSION
    headers["Cache-Control"] = "no-store"
    headers["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'"
    headers["Strict-Transport-Security"] = "max-age=31536000"
    headers["X-Content-Type-Options"] = "nosniff"
    headers["X-Frame-Options"] = "DENY"
    headers["Referrer-Policy"] = "no-referrer"
    return response


def _refuse(error: Exception) -> Response:
    """The one place where an error becomes an answer; the text of an unknown error stays unread."""
    return _problem(error).answer()


def _problem(error: Exception) -> Problem:
    match error:
        case Problem():
            return error
        case BadInput():
            return Problem(400, "Een of meer velden kloppen niet.", error.errors)
        case NotFound():
            return Problem(404, "Deze melding is er niet, of niet voor u.")
        case Conflict():
            return Problem(409, str(error))
        case NotAllowed():
            return Problem(409, _in_dutch(error))
        case HTTPException() if error.code is not None and error.code < 500:
            return Problem(error.code, error.description or "")
        case OperationalError():
            _log.error("api: %s", type(error).__name__)
            return Problem(503, "De opslag is even niet bereikbaar. Stuur het later nog eens, met dezelfde sleutel.")
        case _:
            _log.error("api: %s", type(error).__name__)
            return Problem(500, "Dat ligt aan ons. Stuur het later nog eens, met dezelfde Idempotency-Key.")


def _in_dutch(error: NotAllowed) -> str:
    """The lifecycle's own refusals speak of stages, in English; the others are Dutch already."""
    text = str(error)
    return "Dat past niet bij hoe ver u al bent met deze melding." if text.startswith("a partner's") else text

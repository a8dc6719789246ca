"""Refusals as RFC 9457 wants them: status, title, detail, and every wrong field at once."""

from __future__ import annotations

import json
from collections.abc import Mapping

from flask import Response

TITLES: Mapping[int, str] = {
    400: "Het verzoek klopt niet",
    401: "Geen geldige sleutel",
    404: "Niet gevonden",
    405: "Deze methode kan hier niet",
    409: "Het kan nu niet",
    413: "Het verzoek is te groot",
    415: "Alleen JSON",
    429: "Te veel verzoeken",
    500: "Er ging iets mis",
    503: "Even niet bereikbaar",
}


class Problem(Exception):
    """A refusal that a view raises; `errors` maps a field to what is wrong with it."""

    def __init__(self, status: int, detail: str, errors: Mapping[str, str] | None = None) -> None:
        super().__init__(f"{status}")
        self.status, self.detail, self.errors = status, detail, dict(errors or {})

    def answer(self) -> Response:
        """The response."""
        body: dict[str, object] = {
            "type": "about:blank",
            "status": self.status,
            "title": TITLES.get(self.status, "Het ging niet"),
            "detail": self.detail,
        }
        if self.errors:
            body["errors"] = [{"field": name, "detail": what} for name, what in self.errors.items()]
        response = Response(
            json.dumps(body, ensure_ascii=False), status=self.status, content_type="application/problem+json"
        )
        if self.status == 401:
            response.headers["WWW-Authenticate"] = 'Bearer realm="drugsmeldpunt"'
        return response

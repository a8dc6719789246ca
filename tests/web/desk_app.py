"""The desk's pages in an app as the house makes it, for tests."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from secrets import token_hex
from typing import Any

from flask import Flask
from flask_talisman import Talisman
from flask_wtf import CSRFProtect
from werkzeug.test import TestResponse

import hotline.web
from hotline.services.people import ensure_demo_people
from hotline.services.release import leave_at_once
from hotline.web.desk import create_blueprint
from hotline.web.desk.errors import init_errors
from hotline.web.login import init_login
from tests.desk_house import Desk

PASSWORD = "een-nacht-aan-de-balie"
AREAS = ("Binnenstad", "Wyck", "Limmel")


def make_desk_app(desk: Desk) -> Flask:
    """Pages, log-in, CSRF and the strict content policy."""
    folder = hotline.web.__path__[0]
    app = Flask("desk", template_folder=f"{folder}/templates", static_folder=f"{folder}/static")
    app.config.update(SECRET_KEY=token_hex(), MAX_CONTENT_LENGTH=64 * 1024)
    app.extensions["hotline.desk"] = desk.house
    init_errors(app)
    init_login(app)
    CSRFProtect(app)
    Talisman(app, force_https=False, session_cookie_secure=False, content_security_policy={"default-src": "'self'"})
    app.register_blueprint(create_blueprint(delay=leave_at_once, reaction_delay=leave_at_once, neighbourhoods=AREAS))
    ensure_demo_people(desk.house.engine, PASSWORD)
    return app


class Staff:
    """Somebody at a browser without JavaScript: keeps cookies, sends each form's token along."""

    def __init__(self, app: Flask, username: str = "operator", password: str = PASSWORD) -> None:
        self.client = app.test_client()
        self.username = username
        self.entry = self.post("/desk/login", {"username": username, "password": password}, seen_at="/desk/login")

    def get(self, path: str) -> TestResponse:
        """A page."""
        return self.client.get(path)

    def post(self, path: str, form: dict[str, Any] | None = None, *, seen_at: str = "/desk") -> TestResponse:
        """Send a form with the token of the page it stands on."""
        token = re.search(r'name="csrf_token" value="([^"]+)"', self.client.get(seen_at).text)
        return self.client.post(path, data={**(form or {}), "csrf_token": token[1] if token else ""})

    def form(self, path: str) -> dict[str, Any]:
        """The fields of a report's form as the page shows them."""
        page = FormReader()
        page.feed(self.get(path).text)
        return page.fields


class FormReader(HTMLParser):
    """Reads the fields of the form `report`."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, Any] = {}
        self._inside = False
        self._select = ""
        self._area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A field begins."""
        found = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._inside = found.get("id") == "report"
        if not self._inside or ("name" not in found and tag != "option"):
            return
        if tag == "input" and found.get("type") == "checkbox":
            if "checked" in found:
                self.fields.setdefault(found["name"], []).append(found["value"])
        elif tag == "input":
            self.fields[found["name"]] = found.get("value", "")
        elif tag == "select":
            self._select = found["name"]
            self.fields[self._select] = ""
        elif tag == "option" and "selected" in found:
            self.fields[self._select] = found.get("value", "")
        elif tag == "textarea":
            self._area = found["name"]
            self.fields[self._area] = ""

    def handle_data(self, data: str) -> None:
        """A text area's words."""
        if self._area:
            self.fields[self._area] += data.removeprefix("\n")

    def handle_endtag(self, tag: str) -> None:
        """A field ends."""
        if tag == "textarea":
            self._area = ""
        if tag == "form":
            self._inside = False

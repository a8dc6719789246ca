"""Logging in and out, and ending a session that nobody uses."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from flask import Blueprint, Flask, current_app, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, UserMixin, login_user, logout_user

from hotline.services.login_limit import LoginLimit
from hotline.services.people import Account, check_password, find_account
from hotline.web.guards import current_account, open_to_all
from hotline.web.house import desk_house

IDLE = timedelta(hours=4)
"""A night at the desk is quiet; the screen itself is locked by the workplace."""

LONGEST_SESSION = timedelta(hours=12)

_BEGAN, _ACTED = "began", "acted"


class Visitor(UserMixin):  # type: ignore[misc]  # flask-login has no types
    """Flask-Login's view of an account; its id changes with the password, which ends every older session."""

    def __init__(self, account: Account) -> None:
        self.account = account

    def get_id(self) -> str:
        """What the session cookie holds."""
        return f"{self.account.id}.{self.account.stamp}"


def init_login(app: Flask) -> None:
    """Register log-in, log-out and the end of idle sessions. Expects a `DeskHouse` in the app's extensions.

    The cookie is HttpOnly and SameSite=Lax here; the app sets `SESSION_COOKIE_SECURE` where it is served over TLS.
    """
    app.config.update(
        SESSION_COOKIE_NAME="desk",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_REFRESH_EACH_REQUEST=False,
    )
    app.extensions["hotline.login_limit"] = LoginLimit()
    manager = LoginManager(app)
    manager.session_protection = None  # it would bind the session to an IP address, which we never look at
    manager.user_loader(_load_visitor)
    app.before_request(_end_idle_session)
    app.register_blueprint(_blueprint)


_blueprint = Blueprint("login", __name__, template_folder="templates")


@_blueprint.get("/desk/login")
@open_to_all
def log_in() -> ResponseReturnValue:
    """The log-in form."""
    account = current_account()
    if account is not None:
        return redirect(_home_of(account))
    return render_template("login.html", next=_safe(request.args.get("next")))


@_blueprint.post("/desk/login")
@open_to_all
def check_log_in() -> ResponseReturnValue:
    """Check name and password; begin a fresh session."""
    username, password = request.form.get("username", ""), request.form.get("password", "")
    wanted = _safe(request.form.get("next"))
    house, limit = desk_house(), _limit()
    now = house.clock()
    wait = limit.wait(username, now)
    if wait:
        return _refuse(username, wanted, f"Te veel pogingen. Wacht {int(wait.total_seconds()) + 1} seconden.", 429)
    account = check_password(house.engine, username, password)
    if account is None:
        limit.failed(username, now)
        return _refuse(username, wanted, "Naam of wachtwoord klopt niet.", 400)
    limit.passed(username)
    session.clear()
    session[_BEGAN] = session[_ACTED] = int(now.timestamp())
    login_user(Visitor(account))
    home = _home_of(account)
    return redirect(wanted if wanted and wanted.startswith(home) else home)


@_blueprint.post("/desk/logout")
@open_to_all
def log_out() -> ResponseReturnValue:
    """End the session."""
    logout_user()
    session.clear()
    flash("U bent uitgelogd.")
    return redirect(url_for("login.log_in"))


def _refuse(username: str, wanted: str | None, why: str, status: int) -> ResponseReturnValue:
    return render_template("login.html", next=wanted, username=username[:60], error=why), status


def _load_visitor(cookie_id: str) -> Visitor | None:
    person, _, stamp = cookie_id.partition(".")
    try:
        account = find_account(desk_house().engine, UUID(person))
    except ValueError:
        return None
    return Visitor(account) if account and account.stamp == stamp else None


def _end_idle_session() -> None:
    """Live updates of an open page do not count as somebody being there."""
    if _BEGAN not in session:
        return
    now = desk_house().clock()
    began, acted = (datetime.fromtimestamp(session.get(name, 0), UTC) for name in (_BEGAN, _ACTED))
    idle: Any = current_app.config.get("DESK_IDLE", IDLE)
    if now - began > LONGEST_SESSION or now - acted > idle:
        logout_user()
        session.clear()
    elif request.headers.get("X-Poll") != "1" and request.endpoint != "static" and now - acted > timedelta(minutes=1):
        session[_ACTED] = int(now.timestamp())


def _safe(wanted: str | None) -> str | None:
    """A path of ours and nothing else: `//host`, `/\\host`, schemes and control characters lead elsewhere."""
    if not wanted or not wanted.startswith("/") or wanted.startswith("//"):
        return None
    if "\\" in wanted or any(ord(one) < 0x20 for one in wanted):
        return None
    parts = urlsplit(wanted)
    return wanted if not parts.scheme and not parts.netloc else None


def _home_of(account: Account) -> str:
    return "/partner" if account.partner else "/desk"


def _limit() -> LoginLimit:
    limit: LoginLimit = current_app.extensions["hotline.login_limit"]
    return limit

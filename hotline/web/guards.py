"""Who may see a page: everyone, staff by role, or partner staff."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from hotline.services.people import STAFF, Account

P = ParamSpec("P")
View = Callable[P, ResponseReturnValue]
AnyView = TypeVar("AnyView", bound=Callable[..., Any])


def current_account() -> Account | None:
    """Who is logged in."""
    return current_user.account if current_user.is_authenticated else None


def current_name() -> str:
    """The user name of who is logged in; only behind a guard."""
    account = current_account()
    if account is None:
        abort(401)
    return account.username


def open_to_all(view: AnyView) -> AnyView:
    """Say of a route that everyone may call it; a test asks every route for its guard."""
    view.guard = "open"  # type: ignore[attr-defined]
    return view


def staff_required(*roles: str) -> Callable[[View[P]], View[P]]:
    """Only staff: any of these roles, or every staff role where none is named."""
    allowed = roles or STAFF
    return _required(lambda account: account.role in allowed, "staff")


def partner_required(view: View[P]) -> View[P]:
    """Only partner staff, who find their partner's key in `current_account().partner`."""
    return _required(lambda account: account.partner is not None, "partner")(view)


def _required(allows: Callable[[Account], bool], name: str) -> Callable[[View[P]], View[P]]:
    def guard(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
            account = current_account()
            if account is None:
                return _ask_to_log_in()
            if not allows(account):
                abort(403)
            return view(*args, **kwargs)

        guarded.guard = name  # type: ignore[attr-defined]  # read by the test that every route is guarded
        return guarded

    return guard


def _ask_to_log_in() -> ResponseReturnValue:
    if "HX-Request" in request.headers:
        abort(401)  # the page stays as it is and says so; a redirect would throw away what was typed
    wanted = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("login.log_in", next=wanted))

"""Lets only Twilio in: the signature over the public URL, checked before a word is read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import cast

from flask import Response, abort, current_app, g, request

from hotline.telephony.signature import Form, first, is_signed, parse_form

View = Callable[..., Response]


@dataclass(frozen=True, slots=True)
class Carrier:
    """What Twilio signs with: the URL under which it knows this house, and the tokens of the account."""

    public_url: str
    auth_tokens: tuple[str, ...]


def carrier() -> Carrier:
    """The carrier of this process; `create_app` put it there."""
    return cast(Carrier, current_app.extensions["hotline.carrier"])


def signed_by_twilio(view: Callable[..., Response]) -> View:
    """Guard a webhook: its view gets the verified form first; 403 for anything that Twilio did not sign.

    The URL is built from the configured public one, never from the Host header, and a body beyond 64 kB is a 413.
    """

    @wraps(view)
    def guarded(**parts: object) -> Response:
        form: Form = parse_form(request.get_data(cache=False))
        here = carrier()
        url = here.public_url + request.full_path.removesuffix("?")
        if not is_signed(request.headers.get("X-Twilio-Signature"), url, form, here.auth_tokens):
            abort(403)
        g.called = first(form, "To")
        return view(form, **parts)

    guarded.guard = "twilio"  # type: ignore[attr-defined]
    return guarded

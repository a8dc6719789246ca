"""Lets only Twilio in: the signature over the public URL, checked before a word is read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import cast

from flask import Response, abort, current_app, request

from hotline.telephony.signature import Form, is_signed, parse_form
from ivr_flows.load import Prompts

View = Callable[..., Response]


@dataclass(frozen=True, slots=True)
class Line:
    """What the webhooks need of the line: the URL that Twilio signs, its tokens, and the words in each language.

    `voices` and `speech` name Twilio's voice and recogniser language per language of ours.
    """

    public_url: str
    voice_number: str
    sms_number: str
    auth_tokens: tuple[str, ...]
    prompts: Prompts
    voices: dict[str, str]
    speech: dict[str, str]


def line() -> Line:
    """The line of this process; `create_app` put it there."""
    return cast(Line, current_app.extensions["hotline.line"])


def signed_by_twilio(view: Callable[..., Response]) -> View:
    """Guard a webhook: its view gets the verified form first; 403 for anything that Twilio did not sign.

    The URL is built from the configured public one, never from the Host header, and a body beyond 64 kB is a 413.
    """

    @wraps(view)
    def guarded(**parts: object) -> Response:
        form: Form = parse_form(request.get_data(cache=False))
        here = line()
        url = here.public_url + request.full_path.removesuffix("?")
        if not is_signed(request.headers.get("X-Twilio-Signature"), url, form, here.auth_tokens):
            abort(403)
        return view(form, **parts)

    guarded.guard = "twilio"  # type: ignore[attr-defined]
    return guarded

"""Twilio's signature on a webhook, and the form that it signs."""

from __future__ import annotations

import hmac
from base64 import b64encode
from collections.abc import Iterable, Mapping
from urllib.parse import parse_qsl

Form = Mapping[str, tuple[str, ...]]
"""A form's fields; a doubled field keeps all its values. Bytes that are no UTF-8 stand as surrogates."""

MAX_FIELDS = 200


def parse_form(body: bytes) -> Form:
    """The fields of an url-encoded body, so that bytes which are no UTF-8 still verify; a body beyond use is empty."""
    try:
        pairs = parse_qsl(
            body.decode("ascii", "surrogateescape"),
            keep_blank_values=True,
            encoding="utf-8",
            errors="surrogateescape",
            max_num_fields=MAX_FIELDS,
        )
    except ValueError:
        return {}
    form: dict[str, tuple[str, ...]] = {}
    for name, value in pairs:
        form[name] = (*form.get(name, ()), value)
    return form


def first(form: Form, name: str) -> str:
    """The first value of a field, cleaned of what is no text; "" where it is missing."""
    values = form.get(name, ())
    return values[0].encode("utf-8", "replace").decode("utf-8") if values else ""


def sign(url: str, form: Form, token: str) -> str:
    """Twilio's signature: HMAC-SHA1 over the URL and the sorted fields (`RequestValidator.compute_signature`)."""
    fields = "".join(name + value for name in sorted(form) for value in sorted(set(form[name])))
    signed = (url + fields).encode("utf-8", "surrogateescape")
    return b64encode(hmac.digest(token.encode(), signed, "sha1")).decode()


def is_signed(signature: str | None, url: str, form: Form, tokens: Iterable[str]) -> bool:
    """Whether one of the tokens (two are valid while they are rotated) made this signature."""
    if not signature:
        return False
    given = signature.encode("utf-8", "replace")
    return any(hmac.compare_digest(sign(url, form, token).encode(), given) for token in tokens)

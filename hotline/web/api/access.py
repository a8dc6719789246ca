"""Who calls the API, and what came in with the call."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import wraps
from hashlib import sha256
from typing import Any, ParamSpec
from uuid import UUID

from flask import g, request
from flask.typing import ResponseReturnValue

from hotline.domain.partners import Partner
from hotline.services.api_keys import find_key_holder
from hotline.services.feedback import Once
from hotline.web.api.problems import Problem
from hotline.web.house import desk_house

MAX_BODY = 16 * 1024

P = ParamSpec("P")
View = Callable[P, ResponseReturnValue]


def key_required(view: View[P]) -> View[P]:
    """Only a partner system with its key, in `Authorization: Bearer …`."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        request.max_content_length = MAX_BODY
        scheme, _, key = request.headers.get("Authorization", "").partition(" ")
        house = desk_house()
        holder = find_key_holder(house.engine, house.partners, key.strip()) if scheme.lower() == "bearer" else None
        if holder is None:
            raise Problem(401, "Stuur uw sleutel mee als 'Authorization: Bearer …'.")
        g.api_partner = holder
        return view(*args, **kwargs)

    guarded.guard = "key"  # type: ignore[attr-defined]  # read by the test that every route is guarded
    return guarded


def caller() -> Partner:
    """The partner whose key was shown; only behind the guard."""
    partner: Partner = g.api_partner
    return partner


def read_id(text: str) -> UUID:
    """A report id from the path; a malformed one is as unknown as any other."""
    try:
        return UUID(text)
    except ValueError:
        raise Problem(404, "Deze melding is er niet, of niet voor u.") from None


def read_once() -> Once:
    """The `Idempotency-Key` and the request it stands for, hashed."""
    key = request.headers.get("Idempotency-Key", "").strip()
    if not key or len(key) > 255 or not key.isprintable():
        raise Problem(
            400,
            "Stuur bij elk verzoek een eigen Idempotency-Key mee, bijvoorbeeld een UUID.",
            {"Idempotency-Key": "verplicht, hooguit 255 tekens"},
        )
    digest = sha256(f"{request.method} {request.path}\n".encode() + request.get_data())
    return Once(sha256(key.encode("utf-8", "replace")).digest(), digest.digest())


def read_body(required: Mapping[str, type]) -> dict[str, Any]:
    """The JSON object of the request, its fields of these types; every fault at once. No body counts as `{}`."""
    raw = request.get_data()
    content: object = {}
    if raw.strip():
        if request.mimetype != "application/json":
            raise Problem(400, "De inhoud moet JSON zijn, met Content-Type: application/json.")
        try:
            content = json.loads(raw.decode(), parse_constant=_refuse_constant)
        except (ValueError, RecursionError):
            raise Problem(400, "De inhoud is geen geldige JSON in UTF-8.") from None
    if not isinstance(content, dict):
        raise Problem(400, "De inhoud moet een JSON-object zijn.")
    errors = {name: "verplicht" for name in required if name not in content}
    errors |= {name: "onbekend veld" for name in content if name not in required}
    errors |= {
        name: f"moet {_KINDS[kind]} zijn"
        for name, kind in required.items()
        if name in content and not isinstance(content[name], kind)
    }
    if errors:
        raise Problem(400, "Een of meer velden kloppen niet.", {name[:60]: what for name, what in errors.items()})
    return content


def read_limit(default: int, most: int) -> int:
    """`limit` from the query."""
    text = request.args.get("limit", str(default))
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:9]) <= most:
        raise Problem(400, "Een of meer velden kloppen niet.", {"limit": f"een getal van 1 tot en met {most}"})
    return int(text)


def read_cursor() -> UUID | None:
    """`cursor` from the query: what an earlier page gave as `nextCursor`."""
    text = request.args.get("cursor")
    if text is None:
        return None
    try:
        return UUID(text)
    except ValueError:
        raise Problem(400, "Een of meer velden kloppen niet.", {"cursor": "onbekend; begin zonder cursor"}) from None


_KINDS: Mapping[type, str] = {str: "een tekst"}


def _refuse_constant(name: str) -> object:
    raise ValueError

"""Webhooks made by hand, signed or not, and what the database holds after them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from urllib.parse import urlencode

from werkzeug.test import TestResponse

from hotline.canary.opening import opened_by_desk
from hotline.domain.content import Part
from hotline.simulator.numbers import make_sid
from hotline.telephony.signature import parse_form, sign
from tests.world import World

Fields = Mapping[str, str] | list[tuple[str, str]] | bytes


def call_fields(sid: str | None = None, **more: str) -> dict[str, str]:
    """A voice webhook's fields."""
    return {"CallSid": sid or make_sid("CA"), "From": "+31600001234", "CallStatus": "in-progress", **more}


def text_fields(body: str, sid: str | None = None, number: str = "+12025550123") -> dict[str, str]:
    """A message webhook's fields."""
    return {"MessageSid": sid or make_sid("SM"), "From": number, "Body": body}


def post(world: World, path: str, fields: Fields, *, token: str | None = None, signature: str | None = None) -> Any:
    """Post a webhook, signed with the house's token unless told otherwise; gives the response."""
    body = fields if isinstance(fields, bytes) else urlencode(fields).encode()
    url = world.settings.public_url.rstrip("/") + path
    made = sign(url, parse_form(body), token or world.settings.twilio_auth_tokens[0])
    client = world.intake.test_client(use_cookies=False)
    response: TestResponse = client.post(
        path,
        data=body,
        content_type="application/x-www-form-urlencoded",
        headers={"X-Twilio-Signature": made if signature is None else signature},
    )
    return response


def at_once(acts: list[Callable[[], Any]]) -> list[Any]:
    """Do all of these at the same moment, each in a thread of its own; gives their results in order."""
    gate = Barrier(len(acts))

    def act(one: Callable[[], Any]) -> Any:
        gate.wait()
        return one()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [one.result() for one in [pool.submit(act, one) for one in acts]]


def count(world: World, table: str) -> int:
    """How many rows a table has."""
    with world.owner.connect() as connection:
        return int(connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar() or 0)


def statuses(world: World) -> list[str]:
    """The status of every report."""
    with world.owner.connect() as connection:
        return list(connection.exec_driver_sql("SELECT status FROM reports ORDER BY 1").scalars())


def stored(world: World) -> dict[str, int]:
    """How many rows each table has that a webhook may write to; of a report's parts, those that tell something."""
    opened = opened_by_desk(world.owner, world.settings.keys)
    parts = [Part.load(piece.data) for piece in opened if piece.store == "opened: report_parts"]
    rows = {name: count(world, name) for name in ("conversations", "turns", "reports", "deliveries")}
    return {**rows, "report_parts": sum(part.tells for part in parts)}

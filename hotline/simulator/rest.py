"""Twilio's REST API as far as fetching, erasing and the one text need it, over what the simulated carrier keeps."""

from __future__ import annotations

import hmac
import json
import re
from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from hotline.simulator.ledger import Kept, Ledger, What
from hotline.simulator.numbers import make_sid

_THING = re.compile(
    r"/2010-04-01/Accounts/(?P<account>AC[0-9a-f]{32})"
    r"(?:/(?P<owners>Calls|Messages)/(?P<owner>\w{34}))??"
    r"/(?P<list>Calls|Messages|Recordings|Media|Events)(?:/(?P<sid>\w{34}))?(?P<form>\.json|\.wav|)"
)
_WHAT: Mapping[str, What] = {"Calls": "call", "Messages": "message", "Recordings": "recording", "Media": "media"}
_LISTS = {
    "Calls": "calls",
    "Messages": "messages",
    "Recordings": "recordings",
    "Media": "media_list",
    "Events": "events",
}


class Answer(NamedTuple):
    """A status, the body as JSON or as what was recorded, and headers."""

    status: int
    body: str | bytes = ""
    headers: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Rest:
    """The API of one account; `ledger` is what it shows and deletes."""

    ledger: Ledger
    account_sid: str
    auth_token: str = field(repr=False)
    now: Callable[[], datetime]

    def answer(self, method: str, path: str, form: Mapping[str, str], authorization: str) -> Answer:
        """One request. `path` begins with the version, `form` is the query's, or a POST's body; `authorization` that header."""
        credentials = b64encode(f"{self.account_sid}:{self.auth_token}".encode()).decode()
        if not hmac.compare_digest(authorization.encode(), f"Basic {credentials}".encode()):
            return _error(401, 20003, "Authenticate")
        found = _THING.fullmatch(path)
        if found is None or found["account"] != self.account_sid or not (found["sid"] or found["form"] == ".json"):
            return _not_found()
        if found["owner"] and self.ledger.find(found["owner"], _WHAT[found["owners"]]) is None:
            return _not_found()
        if method == "POST":
            is_message = found["list"] == "Messages" and found["sid"] is None
            return self._send(form) if is_message else _error(405, 20004, "Method not allowed")
        if found["sid"] is None:
            rows = self._list(found["list"], found["owner"] or "", form)
            return _json(_page(_LISTS[found["list"]], rows)) if method == "GET" else _error(405, 20004, "Not allowed")
        what = _WHAT.get(found["list"])
        kept = self.ledger.find(found["sid"], what) if what else None
        if kept is None or (found["owner"] and kept.belongs_to != found["owner"]):
            return _not_found()
        if found["form"] != ".json":
            return Answer(200, kept.content) if method == "GET" and kept.content else _not_found()
        if method == "GET":
            return _json(self._show(kept))
        return self._delete(kept) if method == "DELETE" else _error(405, 20004, "Method not allowed")

    def _send(self, form: Mapping[str, str]) -> Answer:
        if not all(form.get(name) for name in ("To", "From", "Body")):
            return _error(400, 21602, "A 'To', a 'From' and a 'Body' are required")
        sid = make_sid("SM")
        self.ledger.deliver(sid, form["To"], form["Body"])
        return Answer(201, json.dumps({"sid": sid, "status": "queued", "to": form["To"], "body": form["Body"]}))

    def _list(self, name: str, owner: str, query: Mapping[str, str]) -> list[dict[str, Any]]:
        if name == "Events":
            call = self.ledger.find(owner, "call")
            requests = self.ledger.events(call, self.now()) if call else []
            return [{"request": {"method": method, "url": url}, "response": {}} for method, url in requests]
        owner = owner or query.get("ParentCallSid", "") or query.get("CallSid", "")
        return [self._show(kept) for kept in self.ledger.of(owner, _WHAT[name])]

    def _delete(self, kept: Kept) -> Answer:
        if not kept.is_final:
            return _error(409, 20009, "Cannot delete this resource before it is complete")
        self.ledger.forget(kept.sid)
        return Answer(204)

    def _show(self, kept: Kept) -> dict[str, Any]:
        state = {"call": "completed", "message": "received", "recording": "completed", "media": ""}[kept.what]
        return {
            "sid": kept.sid,
            "account_sid": self.account_sid,
            "status": state if kept.is_final else "in-progress",
            "direction": kept.direction,
            {"call": "parent_call_sid", "media": "parent_sid"}.get(kept.what, "call_sid"): kept.belongs_to or None,
        }


def _page(name: str, rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    return {name: rows, "page": 0, "page_size": 50, "start": 0, "end": max(0, len(rows) - 1), "next_page_uri": None}


def _json(content: Mapping[str, Any]) -> Answer:
    return Answer(200, json.dumps(content))


def _error(status: int, code: int, message: str) -> Answer:
    return Answer(status, json.dumps({"code": code, "message": message, "status": status}))


def _not_found() -> Answer:
    return _error(404, 20404, "The requested resource was not found")

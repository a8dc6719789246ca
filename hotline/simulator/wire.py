"""Carries the exchange's webhooks over real HTTP, as Twilio's do."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

import urllib3

from hotline.simulator.exchange import Form, Method, Reply, Send

WEBHOOK_SECONDS = 15.0
"""Twilio gives a webhook 15 seconds."""


def over_http(*, seconds: float = WEBHOOK_SECONDS) -> Send:
    """A sender over HTTP that follows no redirect and tries once; the exchange itself decides on another try."""
    pool = urllib3.PoolManager(
        maxsize=8, retries=False, timeout=urllib3.Timeout(total=seconds), headers={"Accept": "*/*"}
    )

    def send(method: Method, url: str, form: Form, headers: Mapping[str, str]) -> Reply:
        body = urlencode(form).encode() if method == "POST" else None
        kind = {"Content-Type": "application/x-www-form-urlencoded; charset=UTF-8"} if body is not None else {}
        try:
            answer = pool.request(method, url, body=body, headers={**headers, **kind}, redirect=False)
        except urllib3.exceptions.HTTPError as error:
            # The text of the error names the address; its type is enough.
            raise ConnectionError(type(error).__name__) from None
        return Reply(
            answer.status,
            answer.headers.get("Content-Type", ""),
            answer.data,
            tuple(answer.headers.getlist("Set-Cookie")),
        )

    return send

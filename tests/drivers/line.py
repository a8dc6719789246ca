"""The exchange in front of a line under test: its Flask app without a socket, or any address."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from hotline.simulator.exchange import Exchange, Form, Method, Reply, Send

ACCOUNT_SID = "AC" + "0" * 32
AUTH_TOKEN = "not-a-real-token"
PUBLIC_URL = "http://localhost:8000"
VOICE_NUMBER = "+31433505111"
SMS_NUMBER = "+3197000000001"


def over_test_client(client: Any) -> Send:
    """A sender into a Flask test client. Twilio keeps cookies itself, so make it with `use_cookies=False`."""

    def send(method: Method, url: str, form: Form, headers: Mapping[str, str]) -> Reply:
        parts = urlsplit(url)
        answer = client.open(
            parts.path,
            method=method,
            query_string=parts.query,
            base_url=f"{parts.scheme}://{parts.netloc}",
            data=dict(form) if method == "POST" else None,
            headers=dict(headers),
        )
        return Reply(
            answer.status_code,
            answer.headers.get("Content-Type", ""),
            answer.data,
            tuple(answer.headers.getlist("Set-Cookie")),
        )

    return send


def connect(
    send: Send,
    *,
    now: Callable[[], datetime],
    public_url: str = PUBLIC_URL,
    account_sid: str = ACCOUNT_SID,
    auth_token: str = AUTH_TOKEN,
    voice_number: str = VOICE_NUMBER,
    sms_number: str = SMS_NUMBER,
) -> Exchange:
    """An exchange for a line with these settings, the demo's where nothing is given."""
    return Exchange(public_url, account_sid, auth_token, voice_number, sms_number, send, now)

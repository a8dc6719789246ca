"""The way to Twilio's REST API: its own client over one connection a request, with limits and without a word in a log."""

from __future__ import annotations

import json
import logging
import ssl
import time
from base64 import b64encode
from collections.abc import Mapping, Sequence
from datetime import timedelta
from http.client import HTTPConnection, HTTPException, HTTPMessage, HTTPSConnection
from typing import Any, NamedTuple
from urllib.parse import urlencode, urlsplit

from twilio.http import HttpClient
from twilio.http.response import Response
from twilio.rest import Client

REQUEST_SECONDS = 10.0
"""For each read and write; an answer that comes in drops has twice that in all."""

MOST_BYTES = 6_000_000
"""More is not read: no list, recording or picture that this line takes is as large, and what is cut short is refused."""

_TWILIO = "https://api.twilio.com"
_LONGEST_WAIT = timedelta(hours=24)
_logger = logging.getLogger("twilio.http_client")
_logger.setLevel(logging.WARNING)  # at INFO the library's own client prints SIDs


class Answered(Exception):
    """Twilio answered with an error: its status and code alone, because its texts quote numbers.

    `wait` is what `Retry-After` asked.
    """

    def __init__(self, status: int, code: int, wait: timedelta | None) -> None:
        super().__init__(f"status {status}, code {code}")
        self.status, self.code, self.wait = status, code, wait


class NoAnswer(Exception):
    """No answer came, or one that is none; `was_asked` is False where the question cannot have arrived."""

    def __init__(self, why: str, was_asked: bool) -> None:
        super().__init__(why)
        self.was_asked = was_asked


class Reply(NamedTuple):
    """Any answer, errors too: cut short where it is longer than any that makes sense."""

    status: int
    body: bytes
    headers: HTTPMessage


class Wire(HttpClient):  # type: ignore[misc]  # the library ships no types
    """Carries the client's requests to `api_url`, with whichever auth token is good: two are while they are rotated."""

    def __init__(self, api_url: str, account_sid: str, tokens: Sequence[str], seconds: float = REQUEST_SECONDS) -> None:
        super().__init__(_logger, False, seconds)
        self._base, self._account, self._tokens, self._seconds = api_url.rstrip("/"), account_sid, list(tokens), seconds

    def request(
        self,
        method: str,
        uri: str,
        params: Mapping[str, object] | None = None,
        data: Mapping[str, object] | None = None,
        headers: Mapping[str, str] | None = None,
        auth: object = None,
        timeout: float | None = None,
        allow_redirects: bool = False,
    ) -> Response:
        """The answer, where it is no error; raises `Answered` or `NoAnswer`. Nothing is tried twice, nor redirected."""
        path = uri.removeprefix(_TWILIO).removeprefix(self._base)
        if params:
            path += ("&" if "?" in path else "?") + urlencode(params, doseq=True)
        body = urlencode(data, doseq=True).encode() if data else None
        reply = self.ask(method, path, body, headers)
        text = reply.body.decode("utf-8", "replace")
        if not 200 <= reply.status < 300:
            raise Answered(reply.status, _read_code(text), _read_wait(reply.headers.get("Retry-After"))) from None
        return Response(reply.status, text, {})

    def ask(self, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None) -> Reply:
        """Whatever is answered at this path below `api_url`, with the account's login; raises `NoAnswer`."""
        reply = Reply(401, b"", HTTPMessage())
        for token in tuple(self._tokens):
            credentials = b64encode(f"{self._account}:{token}".encode()).decode()
            sent = {**(headers or {}), "Authorization": f"Basic {credentials}"}
            reply = call(self._base, method, urlsplit(self._base).path + path, body, sent, self._seconds)
            if reply.status != 401:
                break
            self._tokens.append(self._tokens.pop(0))  # the next request begins with the next one
        return reply


def call(
    host_url: str,
    method: str,
    path: str,
    body: bytes | None = None,
    headers: Mapping[str, str] | None = None,
    seconds: float = REQUEST_SECONDS,
) -> Reply:
    """One request over a connection of its own to the host of an http(s) URL; raises `NoAnswer`."""
    parts = urlsplit(host_url)
    connection: HTTPConnection = (
        HTTPSConnection(parts.hostname or "", parts.port, timeout=seconds, context=ssl.create_default_context())
        if parts.scheme == "https"
        else HTTPConnection(parts.hostname or "", parts.port, timeout=seconds)
    )
    was_asked = False
    try:
        connection.connect()
        was_asked = True
        connection.request(method, path, body=body, headers=headers or {})
        answer = connection.getresponse()
        return Reply(answer.status, _read(answer, time.monotonic() + 2 * seconds), answer.headers)
    except (OSError, HTTPException, ValueError) as error:
        raise NoAnswer(type(error).__name__, was_asked) from None
    finally:
        connection.close()


def open_client(api_url: str, account_sid: str, tokens: Sequence[str], seconds: float = REQUEST_SECONDS) -> Client:
    """Twilio's client for this account at this address: https://api.twilio.com, a region's, or a stand-in's."""
    return Client(account_sid, "unused: the wire signs", http_client=Wire(api_url, account_sid, tokens, seconds))


def _read(answer: Any, end: float) -> bytes:
    parts, size = [], 0
    while part := answer.read1(65536):
        parts.append(part)
        size += len(part)
        if size > MOST_BYTES:
            break
        if time.monotonic() > end:
            raise ValueError("an answer without an end")
    return b"".join(parts)


def _read_code(text: str) -> int:
    """Twilio's own code in the body of an error; 0 where there is none."""
    try:
        code = json.loads(text)["code"]
    except (ValueError, KeyError, TypeError):
        return 0
    return code if isinstance(code, int) else 0


def _read_wait(asked: str | None) -> timedelta | None:
    if asked is None or not asked.strip().isdecimal():
        return None
    return min(timedelta(seconds=min(int(asked), 10**6)), _LONGEST_WAIT)

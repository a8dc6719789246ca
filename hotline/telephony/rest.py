"""The way to Twilio's REST API: its own client over one connection a request, with limits and without a word in a log."""

from __future__ import annotations

import json
import logging
import ssl
import time
from base64 import b64encode
from collections.abc import Mapping, Sequence
from datetime import timedelta
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import urlencode, urlsplit

from twilio.http import HttpClient
from twilio.http.response import Response
from twilio.rest import Client

REQUEST_SECONDS = 10.0
"""For each read and write; an answer that comes in drops has twice that in all."""

_TWILIO = "https://api.twilio.com"
_MOST_BYTES = 8 * 1024 * 1024
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
        path = urlsplit(self._base).path + uri.removeprefix(_TWILIO).removeprefix(self._base)
        if params:
            path += ("&" if "?" in path else "?") + urlencode(params, doseq=True)
        body = urlencode(data, doseq=True).encode() if data else None
        status, text, wait = 401, "", None
        for token in tuple(self._tokens):
            credentials = b64encode(f"{self._account}:{token}".encode()).decode()
            sent = {**(headers or {}), "Authorization": f"Basic {credentials}"}
            status, text, wait = self._call(method, path, body, sent)
            if status != 401:
                break
            self._tokens.append(self._tokens.pop(0))  # the next request begins with the next one
        if not 200 <= status < 300:
            raise Answered(status, _read_code(text), wait) from None
        return Response(status, text, {})

    def _call(
        self, method: str, path: str, body: bytes | None, headers: dict[str, str]
    ) -> tuple[int, str, timedelta | None]:
        base = urlsplit(self._base)
        connection: HTTPConnection = (
            HTTPSConnection(base.hostname or "", base.port, timeout=self._seconds, context=ssl.create_default_context())
            if base.scheme == "https"
            else HTTPConnection(base.hostname or "", base.port, timeout=self._seconds)
        )
        was_asked = False
        try:
            connection.connect()
            was_asked = True
            connection.request(method, path, body=body, headers=headers)
            answer = connection.getresponse()
            text = _read(answer, time.monotonic() + 2 * self._seconds)
            return answer.status, text.decode("utf-8", "replace"), _read_wait(answer.headers.get("Retry-After"))
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
        if size > _MOST_BYTES or time.monotonic() > end:
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

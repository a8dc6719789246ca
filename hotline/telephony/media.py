"""Fetches recordings and media from the telephone service, and deletes them there.

Addresses are built from the configured API address and the service's own ids, never from what a webhook says.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

import urllib3

from hotline.domain.errors import HotlineError

MOST_BYTES = 6_000_000
"""More is not read: no recording and no picture that this line takes is as large, and what is cut short is refused."""

_SECONDS = 20.0
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_STORES = (".twilio.com", ".twiliocdn.com", ".amazonaws.com")
"""Where Twilio keeps media: it answers with an address there that opens without our password."""


class Unreachable(HotlineError):
    """The service does not give it at this moment: away, or a recording that is not ready; a later try may do."""


class MediaStore:
    """What this account holds at the telephone service. `tokens` are tried in turn: two are valid during a rotation."""

    def __init__(self, api_url: str, account_sid: str, tokens: Sequence[str]) -> None:
        self._base = f"{api_url.rstrip('/')}/2010-04-01/Accounts/{account_sid}/"
        self._logins = [urllib3.make_headers(basic_auth=f"{account_sid}:{token}") for token in tokens]
        self._pool = urllib3.PoolManager(retries=False, timeout=urllib3.Timeout(total=_SECONDS))

    def fetch(self, path: str) -> bytes:
        """The bytes of a recording (as WAV) or of a medium; raises Unreachable."""
        suffix = ".wav" if path.startswith("Recordings/") else ""
        answer = self._ask("GET", self._base + path + suffix)
        if answer.status in _REDIRECTS:
            answer.drain_conn()
            answer = self._follow(answer.headers.get("Location", ""))
        if answer.status != 200:
            answer.drain_conn()
            raise Unreachable(f"the telephone service answered {answer.status}")
        return self._read(answer)

    def delete(self, path: str) -> None:
        """Delete it for good; one that is gone already is no error. Raises Unreachable."""
        answer = self._ask("DELETE", f"{self._base}{path}.json")
        answer.drain_conn()
        if answer.status not in (204, 404):
            raise Unreachable(f"the telephone service answered {answer.status}")

    def _ask(self, method: str, url: str) -> urllib3.BaseHTTPResponse:
        answer = self._send(method, url, self._logins[0])
        for login in self._logins[1:]:
            if answer.status != 401:
                break
            answer.drain_conn()
            answer = self._send(method, url, login)
        return answer

    def _follow(self, url: str) -> urllib3.BaseHTTPResponse:
        """One step to where the service keeps its media, without our password."""
        parts = urlsplit(url)
        if parts.scheme != "https" or not (parts.hostname or "").endswith(_STORES):
            raise Unreachable("the telephone service points elsewhere")
        return self._send("GET", url, {})

    def _send(self, method: str, url: str, headers: dict[str, str]) -> urllib3.BaseHTTPResponse:
        try:
            return self._pool.request(method, url, headers=headers, redirect=False, preload_content=False)
        except urllib3.exceptions.HTTPError as error:  # its text holds the address
            raise Unreachable(type(error).__name__) from None

    def _read(self, answer: urllib3.BaseHTTPResponse) -> bytes:
        try:
            return answer.read(MOST_BYTES)
        except urllib3.exceptions.HTTPError as error:
            raise Unreachable(type(error).__name__) from None
        finally:
            answer.close()

"""The telephone service's own store for tests: gives recordings and media to the account's owner, and deletes them."""

from __future__ import annotations

import threading
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class TelephoneService:
    """What lies there, by its path below the account; `fetched` and `deleted` are the paths asked for, in order.

    While `is_away`, every request is answered with a 503; `points_to` sends who fetches on to another address.
    """

    account: str
    token: str
    url: str = ""
    things: dict[str, bytes] = field(default_factory=dict)
    fetched: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    refused: int = 0
    is_away: bool = False
    points_to: str = ""

    @property
    def login(self) -> str:
        """What the owner says of itself."""
        return "Basic " + b64encode(f"{self.account}:{self.token}".encode()).decode()


class _Handler(BaseHTTPRequestHandler):
    service: TelephoneService

    def do_GET(self) -> None:
        path = self._path(".wav")
        if path is not None:
            self.service.fetched.append(path)
            found = self.service.things.get(path)
            if self.service.points_to:
                return self._answer(307, location=self.service.points_to)
            self._answer(200 if found is not None else 404, found or b"")

    def do_DELETE(self) -> None:
        path = self._path(".json")
        if path is not None:
            self.service.deleted.append(path)
            self._answer(204 if self.service.things.pop(path, None) is not None else 404)

    def _path(self, suffix: str) -> str | None:
        if self.headers.get("Authorization") != self.service.login:
            self.service.refused += 1
            self._answer(401)
            return None
        if self.service.is_away:
            self._answer(503)
            return None
        return self.path.partition(f"/2010-04-01/Accounts/{self.service.account}/")[2].removesuffix(suffix)

    def _answer(self, status: int, body: bytes = b"", *, location: str = "") -> None:
        self.send_response(status)
        if location:
            self.send_header("Location", location)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Silent."""


@contextmanager
def open_telephone_service(account: str, token: str) -> Iterator[TelephoneService]:
    """A service on a free port of this machine."""
    service = TelephoneService(account, token)
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"service": service}))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    service.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()

"""Twilio's REST API over HTTP for tests: the simulator's, with an account that refuses, delays, lies and dies when told to."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

from hotline.simulator.ledger import Ledger
from hotline.simulator.rest import Answer, Rest

ACCOUNT, TOKEN = "AC" + "0" * 32, "the-token-of-the-stand-in"
_LEFT = re.compile(r"/(?P<sid>(?:RE|ME)[0-9a-f]{32})(?:(?P<json>\.json)|\.wav)?$")
Ask = Callable[[], Answer]
Fault = Callable[[str, Ask], Answer | None]
"""Gets the method and the true answer's maker; answers in its place. None drops the connection."""


@dataclass
class TwilioServer:
    """A running stand-in. `fault` comes before every answer while it is set; `asked` counts requests by method."""

    rest: Rest
    url: str = ""
    fault: Fault | None = None
    asked: list[tuple[str, str]] = field(default_factory=list)

    @property
    def ledger(self) -> Ledger:
        """What the carrier keeps."""
        return self.rest.ledger

    def deletions(self) -> int:
        """How many DELETEs came in."""
        return sum(method == "DELETE" for method, _ in self.asked)

    def left_things(self, asked: str) -> list[str]:
        """The SIDs of recordings and media for which this method came, in order; of a GET, those whose bytes were asked."""
        found = [_LEFT.search(path) for method, path in self.asked if method == asked]
        return [one["sid"] for one in found if one and (asked == "DELETE" or not one["json"])]


def refuses(status: int, code: int = 0, headers: Mapping[str, str] | None = None) -> Fault:
    """An error for everything, whose text quotes a number as Twilio's do."""
    body = f'{{"code": {code}, "status": {status}, "message": "The number +31600001234 is not valid"}}'
    return lambda method, ask: Answer(status, body, headers or {})


def lies(times: int) -> Fault:
    """So many DELETEs are answered with 204 and do nothing."""
    left = [times]

    def answer(method: str, ask: Ask) -> Answer:
        if method == "DELETE" and left[0] > 0:
            left[0] -= 1
            return Answer(204)
        return ask()

    return answer


def dies_after(method: str) -> Fault:
    """It does what this method asks, and the connection ends before the answer."""
    return lambda asked, ask: None if (ask() and asked == method) else ask()


class _Handler(BaseHTTPRequestHandler):
    there: TwilioServer

    def _answer(self) -> None:
        parts = urlsplit(self.path)
        self.there.asked.append((self.command, parts.path))
        authorization = self.headers.get("Authorization", "")

        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        form = dict(parse_qsl(body or parts.query))

        def ask() -> Answer:
            return self.there.rest.answer(self.command, parts.path, form, authorization)

        found = self.there.fault(self.command, ask) if self.there.fault else ask()
        if found is None:
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        content = found.body.encode() if isinstance(found.body, str) else found.body
        self.send_response(found.status)
        for name, value in found.headers.items():
            self.send_header(name, value)
        if found.status != 204:
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if found.status != 204:
            self.wfile.write(content)

    do_GET = do_DELETE = do_POST = _answer

    def log_message(self, format: str, *args: object) -> None:
        """Silent."""


@contextmanager
def open_twilio(ledger: Ledger, now: Callable[[], datetime]) -> Iterator[TwilioServer]:
    """The stand-in for this ledger on a free port of this machine."""
    there = TwilioServer(Rest(ledger, ACCOUNT, TOKEN, now))
    handler = type("Handler", (_Handler,), {"there": there})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    there.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield there
    finally:
        server.shutdown()
        server.server_close()

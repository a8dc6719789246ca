"""A partner's web server for tests: records, answers as it was told to, and verifies with the public library."""

from __future__ import annotations

import contextlib
import json
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from standardwebhooks.webhooks import Webhook

SECRET = "whsec_cHJvZWZtb2xlbnN0cmFhdC1wcm9lZm1vbGVuc3RyYWF0"


@dataclass
class Answer:
    """How to answer once: a status and headers after `delay` seconds; no status at all drops the connection."""

    status: int | None = 200
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0.0
    drip: bool = False


@dataclass
class Arrival:
    """One request that came in."""

    path: str
    headers: dict[str, str]
    body: bytes

    def event(self, secret: str = SECRET) -> dict[str, Any]:
        """The event, verified by the public library."""
        content: dict[str, Any] = Webhook(secret).verify(self.body, self.headers)
        return content


@dataclass
class Endpoint:
    """The server's memory."""

    url: str = ""
    arrivals: list[Arrival] = field(default_factory=list)
    plan: list[Answer] = field(default_factory=list)
    came: threading.Event = field(default_factory=threading.Event)
    go_on: threading.Event = field(default_factory=threading.Event)

    @property
    def ids(self) -> list[str]:
        """The webhook ids, in order of arrival."""
        return [arrival.headers["webhook-id"] for arrival in self.arrivals]

    def next_answer(self) -> Answer:
        """What was planned for this request, 200 when nothing was."""
        return self.plan.pop(0) if self.plan else Answer()


class _Handler(BaseHTTPRequestHandler):
    endpoint: Endpoint

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.endpoint.arrivals.append(Arrival(self.path, headers, body))
        self.endpoint.came.set()
        answer = self.endpoint.next_answer()
        if answer.delay:
            self.endpoint.go_on.wait(answer.delay)
        if answer.status is None:
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        if answer.drip:
            with contextlib.suppress(OSError):
                for one in b"HTTP/1.1 200 OK\r\n" + b"X-Drip: 1\r\n" * 100:
                    self.wfile.write(bytes([one]))
                    self.wfile.flush()
                    time.sleep(0.05)
            return
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")

    def log_message(self, format: str, *args: object) -> None:
        """Silent."""


@contextmanager
def open_endpoint(tls: ssl.SSLContext | None = None) -> Iterator[Endpoint]:
    """A server on a free port of this machine."""
    endpoint = Endpoint()
    handler = type("Handler", (_Handler,), {"endpoint": endpoint})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    endpoint.url = f"{'https' if tls else 'http'}://127.0.0.1:{server.server_port}/webhook"
    try:
        yield endpoint
    finally:
        endpoint.go_on.set()
        server.shutdown()
        server.server_close()


def as_json(arrival: Arrival) -> dict[str, Any]:
    """The body as it is."""
    content: dict[str, Any] = json.loads(arrival.body)
    return content

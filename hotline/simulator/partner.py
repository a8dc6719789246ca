"""A partner of the demo, in a process of its own: checks each signed webhook with the public library and shows it.

`python -m hotline.simulator.partner` listens on 127.0.0.1, two ports above `PORT`.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import FrameType
from typing import Any

from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from hotline.simulator.inbox import Behaviour, Inbox, Kind
from hotline.simulator.inbox_page import show_inbox

MAX_BYTES = 64 * 1024
READ_BYTES = 4 * MAX_BYTES
"""How much of a body that is too long is read and thrown away before it is refused."""
SECRET_SECONDS = 30.0
"""How long a starting partner waits for the demo's secret to be made."""
_KINDS: Mapping[str, Kind] = {"/webhook": "melding", "/alarm": "alarm"}


class PartnerServer(ThreadingHTTPServer):
    """The partner's web server; `secrets` are its signing secrets as `whsec_…`, any of which may have signed."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, address: tuple[str, int], secrets: tuple[str, ...]) -> None:
        self.checks = tuple(Webhook(secret) for secret in secrets)
        self.inbox = Inbox()
        super().__init__(address, _Handler)

    def handle_error(self, request: object, client_address: object) -> None:
        """A connection that broke off is no news, and a traceback could show what it carried."""


class _Handler(BaseHTTPRequestHandler):
    server: PartnerServer
    protocol_version = "HTTP/1.1"
    timeout = 30

    def do_GET(self) -> None:
        received, refused = self.server.inbox.show()
        if self.path == "/":
            self._answer(200, show_inbox(received, refused).encode(), "text/html; charset=utf-8")
        elif self.path == "/received.json":
            items = [
                {"id": one.webhook_id, "kind": one.kind, "times": one.times, "content": one.content} for one in received
            ]
            self._answer_json(200, {"received": items, "refused": refused})
        elif self.path == "/live":
            self._answer_json(200, {"status": "ok"})
        else:
            self._answer_json(404, {"error": "not found"})

    def do_POST(self) -> None:
        length = self.headers.get("Content-Length", "")
        if not length.isdigit() or int(length) > MAX_BYTES:
            # Closing on a body still under way resets the connection, and the client may never see the answer.
            if length.isdigit():
                self.rfile.read(min(int(length), READ_BYTES))
            # Said aloud, it also ends the connection here; unsaid, the client sends its next request into a closed one.
            bye = {"Connection": "close"}
            return self._answer_json(413, {"error": "a body of at most 64 kB with its length is needed"}, bye)
        body = self.rfile.read(int(length))
        if self.path in _KINDS:
            self._receive(_KINDS[self.path], body)
        elif self.path == "/behave":
            self._behave(body)
        elif self.path == "/forget":
            self.server.inbox.clear()
            self._answer_json(200, {"received": 0})
        else:
            self._answer_json(404, {"error": "not found"})

    def _receive(self, kind: Kind, body: bytes) -> None:
        content = self._verify(body)
        if content is None:
            self.server.inbox.refuse()
            return self._answer_json(401, {"error": "wrong signature"})
        bad = self.server.inbox.next_behaviour()
        if bad is not None and bad.delay:
            time.sleep(bad.delay)
        if bad is None or bad.keep or 200 <= bad.status < 300:
            self.server.inbox.take(self.headers["webhook-id"], kind, content, datetime.now(UTC))
        if bad is None:
            return self._answer_json(200, {"status": "received"})
        retry = {} if bad.retry_after is None else {"Retry-After": str(bad.retry_after)}
        self._answer_json(bad.status, {"status": "as you asked"}, retry)

    def _verify(self, body: bytes) -> dict[str, Any] | None:
        for check in self.server.checks:
            try:
                content = check.verify(body, {name.lower(): value for name, value in self.headers.items()})
            except (WebhookVerificationError, ValueError):
                continue
            return content if isinstance(content, dict) else None
        return None

    def _behave(self, body: bytes) -> None:
        try:
            wanted = json.loads(body)
            retry = wanted.get("retryAfter")
            behaviour = Behaviour(
                status=int(wanted.get("status", 200)),
                times=int(wanted.get("times", 1)),
                delay=float(wanted.get("delay", 0)),
                retry_after=None if retry is None else int(retry),
                keep=bool(wanted.get("keep", False)),
            )
        except (ValueError, TypeError, AttributeError):
            return self._answer_json(400, {"error": "status, times, delay, retryAfter and keep, as a JSON object"})
        if not (200 <= behaviour.status <= 599 and 0 <= behaviour.delay <= 60):
            return self._answer_json(400, {"error": "status 200 to 599, delay 0 to 60"})
        self.server.inbox.behave(behaviour)
        self._answer_json(200, {"times": behaviour.times})

    def _answer_json(self, status: int, content: object, headers: Mapping[str, str] | None = None) -> None:
        self._answer(status, json.dumps(content, ensure_ascii=False).encode(), "application/json", headers)

    def _answer(self, status: int, body: bytes, kind: str, headers: Mapping[str, str] | None = None) -> None:
        self.send_response(status)
        policy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
        for name, value in {
            "Content-Type": kind,
            "Content-Length": str(len(body)),
            "Cache-Control": "no-store",
            "Content-Security-Policy": policy,
            "X-Content-Type-Options": "nosniff",
            **(headers or {}),
        }.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """What arrives is shown on the page and nowhere else."""


def read_secrets(environ: Mapping[str, str], *, seconds: float = 0.0) -> tuple[str, ...]:
    """The demo partner's secrets, from the environment or the demo's home; waits that long for the file."""
    given = environ.get("HOTLINE_DEMO_PARTNER_SECRET", "")
    path = Path(environ.get("HOTLINE_HOME", ".hotline")) / "secrets" / "partner-politie"
    end = time.monotonic() + seconds
    while not given.split():
        try:
            given = path.read_text()
        except OSError:
            if time.monotonic() >= end:
                break
            time.sleep(0.1)
    return tuple(given.replace(",", " ").split())


def main(environ: Mapping[str, str]) -> int:
    """Runs the demo partner until it is told to stop."""
    secrets = read_secrets(environ, seconds=SECRET_SECONDS)
    if not secrets:
        print(
            "demo partner: set HOTLINE_DEMO_PARTNER_SECRET or start with `make run`, which makes one", file=sys.stderr
        )
        return 1
    port = int(environ.get("PORT", "8000")) + 2
    try:
        server = PartnerServer(("127.0.0.1", port), secrets)
    except (ValueError, RuntimeError):
        print("demo partner: the secret must be whsec_ and base64", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"demo partner: port {port} is not free ({error.strerror}); set PORT to another one", file=sys.stderr)
        return 1

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise SystemExit(0)

    signal.signal(signal.SIGTERM, stop)
    print(f"demo partner: http://127.0.0.1:{port}/", flush=True)
    try:
        server.serve_forever(poll_interval=60)
    except KeyboardInterrupt:
        return 0
    finally:
        server.server_close()
    return 0


if __name__ == "__main__":
    sys.exit(main(os.environ))

"""How long a caller waits who calls while the house is being started."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from urllib.parse import urlencode

from bench.house import TOKEN, free_port, wait_until
from hotline.simulator.numbers import make_sid
from hotline.simulator.signing import sign


def seconds_to_first_call() -> tuple[float, float] | None:
    """From the command to the first answered call, with an empty home and with that home again; None where it fails."""
    with tempfile.TemporaryDirectory(prefix="bench-home-") as folder:
        try:
            return _start(Path(folder)), _start(Path(folder))
        except TimeoutError:
            return None


def _start(home: Path) -> float:
    port = free_port()
    url = f"http://localhost:{port}"
    environ = {**os.environ, "HOTLINE_HOME": str(home / "home"), "PORT": str(port), "HOTLINE_TWILIO_AUTH_TOKENS": TOKEN}
    began, quiet = time.monotonic(), subprocess.DEVNULL
    command = [str(Path(sys.executable).with_name("hotline")), "up"]
    server = subprocess.Popen(command, env=environ, stdout=quiet, stderr=quiet)
    try:
        wait_until(lambda: _is_answered(url), 120)
        return time.monotonic() - began
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait()


def _is_answered(url: str) -> bool:
    form = {"CallSid": make_sid("CA"), "From": "anonymous"}
    request = urllib.request.Request(
        url + "/voice/incoming",
        urlencode(form).encode(),
        {"X-Twilio-Signature": sign(url + "/voice/incoming", form, TOKEN)},
    )
    with urllib.request.urlopen(request, timeout=10) as answer:
        return b"<Gather" in answer.read()

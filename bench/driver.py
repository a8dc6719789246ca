"""Plays many calls at once over kept-open connections, one turn at a time, and counts what the servers spent."""

from __future__ import annotations

import http.client
import re
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import local
from urllib.parse import urlencode, urlsplit

import psutil

from bench.house import TOKEN, VOICE_NUMBER, House
from hotline.simulator.numbers import make_sid, pick_dutch_number
from hotline.simulator.signing import sign

CONNECTIONS = 4
_NEXT = re.compile(rb'action="[^"]*?(/voice/step/[^"]+)"')


@dataclass(frozen=True, slots=True)
class Cost:
    """What one kind of request cost, in microseconds of CPU per request."""

    name: str
    requests: int
    web: float
    postgres: float
    valkey: float
    per_second: float

    @property
    def all(self) -> float:
        """With every server's own CPU."""
        return self.web + self.postgres + self.valkey


@dataclass(slots=True)
class Call:
    """One call's number, id and next address."""

    sid: str = field(default_factory=lambda: make_sid("CA"))
    number: str = field(default_factory=pick_dutch_number)
    path: str = "/voice/incoming"
    said: bytes = b""


class Driver:
    """Sends requests to one house from a few threads."""

    def __init__(self, house: House) -> None:
        self._house, self._pool, self._own = house, ThreadPoolExecutor(CONNECTIONS), local()

    def take_bare(self, count: int) -> Cost:
        """The constant route."""
        return self._measure("bare constant route", [lambda: self._send("GET", "/bench/bare")] * count)

    def take_turn(self, name: str, calls: Sequence[Call], fields: dict[str, str]) -> Cost:
        """The next turn of each of these calls."""

        def turn(call: Call) -> Callable[[], None]:
            form = self._fields(call, fields)
            body, signature = urlencode(form).encode(), sign(self._house.url + call.path, form, TOKEN)

            def act() -> None:
                call.said = self._send("POST", call.path, body, signature)

            return act

        cost = self._measure(name, [turn(call) for call in calls])
        for call in calls:
            found = _NEXT.search(call.said)
            if found is None:
                raise SystemExit(f"{name}: the line did not ask on: {call.said.decode()}")
            call.path = found[1].decode()
        return cost

    def _measure(self, name: str, acts: Sequence[Callable[[], object]]) -> Cost:
        parts = (self._house.web, self._house.postgres, self._house.valkey)
        before, began = [cpu_of(one) for one in parts], time.monotonic()
        for done in [self._pool.submit(act) for act in acts]:
            done.result()
        seconds = time.monotonic() - began
        web, postgres, valkey = (
            (cpu_of(one) - earlier) / len(acts) * 1e6 for one, earlier in zip(parts, before, strict=True)
        )
        return Cost(name, len(acts), web, postgres, valkey, len(acts) / seconds)

    def _send(self, method: str, path: str, body: bytes | None = None, signature: str = "") -> bytes:
        connection: http.client.HTTPConnection | None = getattr(self._own, "connection", None)
        if connection is None:
            parts = urlsplit(self._house.url)
            connection = self._own.connection = http.client.HTTPConnection(parts.hostname or "", parts.port)
        headers = {"Content-Type": "application/x-www-form-urlencoded", "X-Twilio-Signature": signature}
        connection.request(method, path, body, headers if body else {})
        answer = connection.getresponse()
        said = answer.read()
        if answer.status != 200 or b"storing" in said:
            raise SystemExit(f"{path.rpartition('/')[0]}: {answer.status} {said[:300].decode()}")
        return said

    def _fields(self, call: Call, fields: dict[str, str]) -> dict[str, str]:
        return {
            "CallSid": call.sid,
            "AccountSid": "AC" + "0" * 32,
            "ApiVersion": "2010-04-01",
            "Direction": "inbound",
            "CallStatus": "in-progress",
            "From": call.number,
            "Caller": call.number,
            "To": VOICE_NUMBER,
            "Called": VOICE_NUMBER,
            "FromCountry": "NL",
            "ToCountry": "NL",
            "FromCity": "",
            "ToCity": "",
            "FromState": "",
            "ToState": "",
            **fields,
        }


def tree_of(process: psutil.Process) -> list[psutil.Process]:
    """A process and all below it."""
    return [process, *process.children(recursive=True)]


def cpu_of(process: psutil.Process) -> float:
    """Seconds of CPU that a process, all below it, and what ended below it have spent."""
    times = [one.cpu_times() for one in tree_of(process)]
    ended = process.cpu_times()
    return sum(one.user + one.system for one in times) + ended.children_user + ended.children_system


def pss_of(process: psutil.Process) -> float:
    """Megabytes that are its own, with its share of what is shared, and those of all below it."""
    return sum(float(one.memory_full_info().pss) for one in tree_of(process)) / 1024**2

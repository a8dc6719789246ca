"""What goes over the wire, recorded: every page and answer of the web processes, and every byte to the partner."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from flask import Flask

from hotline.canary.search import Piece


@dataclass
class Wire:
    """Stands between the people and one web process: plants an address and a browser's name, and keeps the answers."""

    name: str
    address: str
    agent: str
    answers: list[tuple[str, bytes]] = field(default_factory=list)

    def wrap(self, app: Flask) -> None:
        """From now on every request of this app passes here."""
        inner = app.wsgi_app

        def recorded(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
            environ.update(REMOTE_ADDR=self.address, HTTP_X_FORWARDED_FOR=self.address, HTTP_USER_AGENT=self.agent)
            heads: list[bytes] = []

            def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
                heads.append(repr((status, headers)).encode())
                return start_response(status, headers, *rest)

            answer = inner(environ, start)
            body = b"".join(answer)
            if hasattr(answer, "close"):
                answer.close()
            self.answers.append((environ["PATH_INFO"], b"\x00".join([*heads, body])))
            return [body]

        app.wsgi_app = recorded  # type: ignore[method-assign]

    def pieces(self) -> Iterator[Piece]:
        """Every answer with its headers; what was asked is the asker's own."""
        for path, answer in self.answers:
            part = path.split("/")[1] or "root"
            yield Piece(f"answers of the {self.name}", f"/{part}", answer)


@dataclass
class Relay:
    """A door in front of the partner that keeps every byte that passes, both ways."""

    url: str
    passed: list[bytes] = field(default_factory=list)

    def pieces(self) -> Iterator[Piece]:
        """What left the house, and what came back."""
        yield Piece("bytes to the partner", "connections", b"".join(self.passed))


@contextmanager
def open_relay(target: str) -> Iterator[Relay]:
    """A relay to the server at this address."""
    parts = urlsplit(target)
    there = (parts.hostname or "", parts.port or 80)
    with socket.create_server(("127.0.0.1", 0)) as door:
        relay = Relay(f"http://127.0.0.1:{door.getsockname()[1]}")
        threading.Thread(target=_serve, args=(door, there, relay), daemon=True).start()
        yield relay
        with suppress(OSError):
            door.shutdown(socket.SHUT_RDWR)


def _serve(door: socket.socket, there: tuple[str, int], relay: Relay) -> None:
    while True:
        try:
            here, _ = door.accept()
        except OSError:
            return
        threading.Thread(target=_carry, args=(here, there, relay), daemon=True).start()


def _carry(here: socket.socket, there: tuple[str, int], relay: Relay) -> None:
    with here, socket.create_connection(there) as onward:
        back = threading.Thread(target=_pump, args=(onward, here, relay), daemon=True)
        back.start()
        _pump(here, onward, relay)
        back.join()


def _pump(source: socket.socket, sink: socket.socket, relay: Relay) -> None:
    with suppress(OSError):
        while data := source.recv(65536):
            relay.passed.append(data)
            sink.sendall(data)
        sink.shutdown(socket.SHUT_WR)

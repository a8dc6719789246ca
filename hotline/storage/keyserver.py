"""Serves one holder's key folder at a unix socket, so that the process that opens seals never holds a private half."""

from __future__ import annotations

import base64
import json
import os
import socket
import socketserver
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Literal

from hotline.anonymity.keyring import KeyGone, KeyPair
from hotline.anonymity.seal import SealError
from hotline.domain.errors import HotlineError
from hotline.storage.keyfiles import read_dispatch, watch_desk, watch_intake
from hotline.storage.keyservice import LONGEST_LINE

Holder = Literal["intake", "desk", "dispatch"]
Answer = Callable[[Mapping[str, Any]], dict[str, Any]]


class AlreadyServed(HotlineError):
    """Somebody listens at this socket."""


def open_server(folder: Path, holder: Holder, path: Path) -> socketserver.BaseServer:
    """A server of `folder/<holder>` that listens at `path`; its socket is open to owner and group alone."""
    answer = _ANSWERS[holder](folder)
    if path.is_socket():
        with socket.socket(socket.AF_UNIX) as probe:
            if probe.connect_ex(str(path)) == 0:
                raise AlreadyServed(f"{path} is served already")
        path.unlink()  # a killed server left it
    before = os.umask(0o117)
    try:
        server = socketserver.ThreadingUnixStreamServer(str(path), _make_handler(answer))
    finally:
        os.umask(before)
    server.daemon_threads = True
    return server


def _make_handler(answer: Answer) -> type[socketserver.StreamRequestHandler]:
    class Handler(socketserver.StreamRequestHandler):
        timeout = 30

        def handle(self) -> None:
            """One line in, one line out, until the other side hangs up."""
            while True:
                try:
                    line = self.rfile.readline(LONGEST_LINE)
                    if not line:
                        return
                    self.wfile.write(json.dumps(_reply(answer, line)).encode() + b"\n")
                except OSError:
                    return

    return Handler


def _reply(answer: Answer, line: bytes) -> dict[str, Any]:
    """Every failure is a word and never a value."""
    try:
        return answer(json.loads(line))
    except KeyGone:
        return {"error": "gone"}
    except SealError:
        return {"error": "seal"}
    except HotlineError as error:
        return {"error": type(error).__name__}
    except (ValueError, KeyError, TypeError, AttributeError):
        return {"error": "question"}


def _answer_intake(folder: Path) -> Answer:
    keys = watch_intake(folder).current

    def answer(question: Mapping[str, Any]) -> dict[str, Any]:
        now = keys()
        _check_asks_keys(question)
        dispatch = {now.dispatch_id: now.dispatch_public}
        return {**_told(now.desk_months, now.desk_days, dispatch), "pepper": now.pepper.hex()}

    return answer


def _answer_desk(folder: Path) -> Answer:
    keys = watch_desk(folder).current

    def answer(question: Mapping[str, Any]) -> dict[str, Any]:
        now = keys()
        if question["ask"] == "open":
            return _opened(now.open(str(question["key"]), _sealed(question)))
        _check_asks_keys(question)
        halves = _told(
            _publics(now.months.values()), _publics(now.days.values()), {now.dispatch_id: now.dispatch_public}
        )
        return {**halves, "index": {month: key.hex() for month, key in now.index.items()}}

    return answer


def _answer_dispatch(folder: Path) -> Answer:
    read_dispatch(folder)  # a folder that cannot be read is said at the start

    def answer(question: Mapping[str, Any]) -> dict[str, Any]:
        now = read_dispatch(folder)
        if question["ask"] == "open":
            return _opened(now.open(_sealed(question)))
        _check_asks_keys(question)
        return _told({}, {}, _publics((now.pair, *now.older)))

    return answer


_ANSWERS: Mapping[Holder, Callable[[Path], Answer]] = {
    "intake": _answer_intake,
    "desk": _answer_desk,
    "dispatch": _answer_dispatch,
}


def _check_asks_keys(question: Mapping[str, Any]) -> None:
    if question["ask"] != "keys":
        raise ValueError("not a question")


def _told(*halves: Mapping[str, bytes]) -> dict[str, Any]:
    names = ("months", "days", "dispatch")
    return {name: {key_id: half.hex() for key_id, half in one.items()} for name, one in zip(names, halves, strict=True)}


def _publics(pairs: Iterable[KeyPair]) -> dict[str, bytes]:
    return {pair.id: pair.public for pair in pairs}


def _sealed(question: Mapping[str, Any]) -> bytes:
    return base64.b64decode(question["sealed"], validate=True)


def _opened(plain: bytes) -> dict[str, Any]:
    return {"plain": base64.b64encode(plain).decode()}

"""Keys at a key service: private halves never leave it, and what is sealed to them is opened there.

The service listens on a unix socket. A question is one line of JSON, and so is its answer:

    {"ask": "keys"}                                          {"months": {"2026-11": "<hex>", …}, "days": {…},
                                                              "dispatch": {"dispatch": "<hex>", …}}
    {"ask": "open", "key": "2026-11", "sealed": "<base64>"}  {"plain": "<base64>"}, {"error": "gone"} or {"error": "seal"}

All halves told are public. The intake's answer has its `pepper` too; the workers ask to open with `"key": null`.
"""

from __future__ import annotations

import base64
import json
import socket
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from hotline.anonymity.keyring import DeskKeys, DispatchKeys, IntakeKeys, KeyGone, KeyPair
from hotline.anonymity.seal import KEY_SIZE, SealError
from hotline.domain.errors import HotlineError

LONGEST_LINE = 4 * 1024 * 1024
"""Bytes of a question or an answer: a sealed picture and its base64."""

_SECONDS = 5.0
LOOK_AGAIN = 1.0
"""Seconds for which a list of keys is good."""

Keys = TypeVar("Keys")


class ServiceAway(HotlineError):
    """The key service does not answer, or not as it should; nothing of the question is in the text."""


@dataclass(frozen=True, slots=True)
class KeyService:
    """The service at a socket; asks over a connection of its own each time, so threads share nothing."""

    path: Path

    def open(self, key_id: str | None, sealed: bytes) -> bytes:
        """The plaintext, opened at the service; `KeyGone`, `SealError` or `ServiceAway`."""
        answer = self.ask({"ask": "open", "key": key_id, "sealed": base64.b64encode(sealed).decode()})
        if answer.get("error") == "gone":
            raise KeyGone(key_id or "dispatch")
        if answer.get("error") == "seal":
            raise SealError("this key does not open what was sealed")
        try:
            return base64.b64decode(answer["plain"], validate=True)
        except (KeyError, TypeError, ValueError):
            raise ServiceAway(f"the key service at {self.path} answered something else") from None

    def ask(self, question: Mapping[str, object]) -> dict[str, Any]:
        """One question and its answer."""
        try:
            with socket.socket(socket.AF_UNIX) as wire:
                wire.settimeout(_SECONDS)
                wire.connect(str(self.path))
                wire.sendall(json.dumps(question).encode() + b"\n")
                with wire.makefile("rb") as lines:
                    answer = json.loads(lines.readline(LONGEST_LINE))
        except (OSError, ValueError) as error:
            raise ServiceAway(f"the key service at {self.path} does not answer ({type(error).__name__})") from None
        if not isinstance(answer, dict):
            raise ServiceAway(f"the key service at {self.path} answered something else")
        return answer

    def read_intake(self) -> IntakeKeys:
        """Public halves and the pepper."""
        answer = self.ask({"ask": "keys"})
        dispatch = self._halves(answer, "dispatch")
        newest = max(dispatch, default="")
        pepper = self._halves({"pepper": {"pepper": answer.get("pepper")}}, "pepper")["pepper"]
        months, days = self._halves(answer, "months"), self._halves(answer, "days")
        return IntakeKeys(months, days, dispatch.get(newest, b""), pepper, newest)

    def read_desk(self) -> DeskKeys:
        """Public halves, the shared keys of the index, and the service to open with."""
        answer = self.ask({"ask": "keys"})
        dispatch = self._halves(answer, "dispatch")
        newest = max(dispatch, default="")
        months, days = _pairs(self._halves(answer, "months")), _pairs(self._halves(answer, "days"))
        index = self._halves(answer, "index")
        return DeskKeys(months, days, dispatch.get(newest, b""), index=index, dispatch_id=newest, unsealer=self)

    def read_dispatch(self) -> DispatchKeys:
        """Public halves, the newest first, and the service to open with."""
        pairs = _pairs(self._halves(self.ask({"ask": "keys"}), "dispatch"))
        if not pairs:
            raise KeyGone("dispatch")
        newest, *older = (pairs[key_id] for key_id in sorted(pairs, reverse=True))
        return DispatchKeys(newest, tuple(older), self)

    def _halves(self, answer: Mapping[str, Any], name: str) -> dict[str, bytes]:
        try:
            found = {str(key_id): bytes.fromhex(half) for key_id, half in answer[name].items()}
        except (KeyError, AttributeError, TypeError, ValueError):
            raise ServiceAway(f"the key service at {self.path} told no keys ({name})") from None
        if any(len(half) != KEY_SIZE for half in found.values()):
            raise ServiceAway(f"the key service at {self.path} told a key of a wrong size ({name})")
        return found


def key_source(folder: Path, service: Path | None) -> Path | KeyService:
    """Where a process's keys come from: the service at this socket where there is one, else the folder."""
    return KeyService(service) if service else folder


class ServedKeys(Generic[Keys]):
    """A holder's keys at a service, asked for anew at most once a second; while it is away the last ones are in use."""

    def __init__(self, read: Callable[[], Keys]) -> None:
        self._read, self._lock = read, threading.Lock()
        self._keys, self._look_at = read(), time.monotonic() + LOOK_AGAIN

    def current(self) -> Keys:
        """The keys as they were a second ago or later."""
        if time.monotonic() >= self._look_at and self._lock.acquire(blocking=False):
            try:
                self._keys = self._read()
            except HotlineError:
                pass  # public halves stay good; what must be opened fails by itself
            finally:
                self._look_at = time.monotonic() + LOOK_AGAIN
                self._lock.release()
        return self._keys


def _pairs(halves: Mapping[str, bytes]) -> dict[str, KeyPair]:
    return {key_id: KeyPair(key_id, public, b"") for key_id, public in halves.items()}

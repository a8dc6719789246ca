"""The wire to a key service: what it answers, what it refuses, and what its absence does."""

from __future__ import annotations

import json
import socket
import stat
import threading
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from hotline.anonymity.keyring import KeyGone
from hotline.anonymity.seal import SealError, seal
from hotline.storage import keyservice
from hotline.storage.keyfiles import ensure_keys, read_desk, read_dispatch, rotate_dispatch, watch_desk
from hotline.storage.keyserver import AlreadyServed, Holder, open_server
from hotline.storage.keyservice import KeyService, ServiceAway

TODAY = date(2026, 11, 24)
Serve = Callable[[Holder], KeyService]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    ensure_keys(tmp_path / "keys", TODAY)
    return tmp_path / "keys"


@pytest.fixture
def serve(folder: Path, tmp_path: Path) -> Iterator[Serve]:
    """Begins to serve a holder's folder; gives the service."""
    running = []

    def begin(holder: Holder) -> KeyService:
        path = tmp_path / f"{holder}.sock"
        server = open_server(folder, holder, path)
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        running.append(server)
        assert stat.S_IMODE(path.stat().st_mode) == 0o660
        with pytest.raises(AlreadyServed):
            open_server(folder, holder, path)
        return KeyService(path)

    yield begin
    for server in running:
        server.shutdown()
        server.server_close()


def test_the_desk_opens_at_the_service_and_a_destroyed_key_is_gone_there(serve: Serve, folder: Path) -> None:
    keys = serve("desk").read_desk()
    assert {pair.private for pair in (*keys.months.values(), *keys.days.values())} == {b""}
    assert keys.month(TODAY) == read_desk(folder).month(TODAY) and keys.dispatch == read_desk(folder).dispatch
    sealed = seal(keys.month(TODAY).raw, b"x" * 100_000)
    assert keys.open("2026-11", sealed) == b"x" * 100_000 and keys.read("2026-11", sealed) == "x" * 100_000
    with pytest.raises(SealError):
        keys.open("2026-12", sealed)
    (folder / "desk" / "2026-11.key").unlink()
    with pytest.raises(KeyGone, match="2026-11"):
        keys.open("2026-11", sealed)


def test_the_workers_open_with_every_pair(serve: Serve, folder: Path) -> None:
    service = serve("dispatch")
    old = seal(service.read_dispatch().pair.public, b"old")
    rotate_dispatch(folder, TODAY)
    keys = service.read_dispatch()
    assert [pair.id for pair in (keys.pair, *keys.older)] == ["dispatch-2026-11-24", "dispatch"]
    assert (keys.open(old), keys.open(seal(keys.pair.public, b"new"))) == (b"old", b"new")
    with pytest.raises(SealError):
        keys.open(b"nothing")
    assert read_dispatch(service).pair == keys.pair


def test_what_is_no_question_gets_a_word_and_never_a_key(serve: Serve, folder: Path) -> None:
    service = serve("desk")
    for question in (
        b"\n",
        b"[]\n",
        b"{}\n",
        b'{"ask": "private"}\n',
        b'{"ask": "open", "key": "2026-11"}\n',
        b"\xff\n",
    ):
        with socket.socket(socket.AF_UNIX) as wire:
            wire.connect(str(service.path))
            wire.sendall(question)
            assert json.loads(wire.makefile("rb").readline()) == {"error": "question"}
    everything = json.dumps(service.ask({"ask": "keys"}))
    assert not any(pair.private.hex() in everything for pair in read_desk(folder).months.values())
    with pytest.raises(ServiceAway, match="told no keys"):
        service.read_intake()


def test_while_the_service_is_away_sealing_goes_on_and_opening_says_so(
    serve: Serve,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(keyservice, "LOOK_AGAIN", 0.0)
    service = serve("desk")
    desk = watch_desk(service)
    sealed = seal(desk.current().month(TODAY).raw, b"x")
    service.path.unlink()
    assert desk.current().month(TODAY).id == "2026-11"
    with pytest.raises(ServiceAway, match="does not answer"):
        desk.current().open("2026-11", sealed)
    assert desk.current().read("2026-11", sealed) == ""
    with pytest.raises(ServiceAway):
        watch_desk(KeyService(folder / "none.sock"))

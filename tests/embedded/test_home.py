"""The home: closed, made once, and refused with a sentence where it cannot be."""

from __future__ import annotations

import os
import socket
import stat
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from config.settings import load_settings
from hotline.embedded import home as made
from hotline.embedded.claims import Claim, StartError, check_ports, is_free, is_running
from hotline.embedded.home import HomeError, make_home
from hotline.embedded.leftovers import wait_for_earlier

TODAY = date(2026, 11, 23)


@pytest.fixture
def home() -> Iterator[Path]:
    """A home that every account can reach, so that nothing is made outside it."""
    with tempfile.TemporaryDirectory(prefix="home-") as folder:
        Path(folder).chmod(0o711)
        yield Path(folder) / "home"


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_new_home_is_closed_and_its_secrets_stay(home: Path) -> None:
    make_home(home, home / "keys", TODAY)
    files = {path: path.read_bytes() for path in home.rglob("*") if path.is_file()}
    assert {mode(path) for path in home.rglob("*") if path.is_dir()} | {mode(home)} == {0o700}
    assert {mode(path) for path in files} == {0o600}
    first = load_settings({"HOTLINE_HOME": str(home)})
    assert first.secret_key
    assert first.demo_password
    assert first.twilio_auth_tokens
    make_home(home, home / "keys", TODAY)
    assert {path: path.read_bytes() for path in files} == files
    assert not list(home.rglob(".*"))


def test_a_home_open_to_others_is_refused_and_left_alone(home: Path) -> None:
    home.mkdir()
    home.chmod(0o755)
    (home / "photo.jpg").touch()
    with pytest.raises(HomeError, match="chmod 700"):
        make_home(home, home / "keys", TODAY)
    assert [path.name for path in home.iterdir()] == ["photo.jpg"]


def test_a_home_that_cannot_be_made_is_a_sentence(home: Path) -> None:
    home.parent.joinpath("file").touch()
    with pytest.raises(HomeError, match="set HOTLINE_HOME"):
        make_home(home.parent / "file" / "home", home / "keys", TODAY)


def test_a_full_disk_is_a_sentence(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(made, "_NEEDED", 2**40)
    with pytest.raises(HomeError, match="is full"):
        make_home(home, home / "keys", TODAY)


def test_one_system_to_a_home(home: Path) -> None:
    home.mkdir()
    assert not is_running(home)
    claim = Claim(home)
    assert not claim.was_killed
    assert is_running(home)
    with pytest.raises(StartError, match="already runs"):
        Claim(home)
    claim.release()
    assert not is_running(home)
    again = Claim(home)
    assert not again.was_killed
    again.release()


def test_a_home_tells_that_its_system_was_killed(home: Path) -> None:
    home.mkdir()
    (home / "lock").write_text("4711\n")
    claim = Claim(home)
    assert claim.was_killed
    claim.release()


def test_a_port_in_use_is_named() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert not is_free(port)
        with pytest.raises(StartError, match=f"Port {port} is in use"):
            check_ports([port], 0)


def test_the_lock_of_a_dead_server_goes(home: Path) -> None:
    home.mkdir()
    lock = home / "postmaster.pid"
    for left in (f"{os.getpid()}\n{home}\n", "999999999\n", "", "half"):
        lock.write_text(left)
        wait_for_earlier(home, home, patience=0)
        assert not lock.exists()

"""Where servers live: reachable, short enough for a socket, the same every time."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.places import Account, find_places, is_reachable

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root drops to another account")


@pytest.fixture
def reachable() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="home-") as folder:
        Path(folder).chmod(0o711)
        yield Path(folder)


def test_data_and_sockets_are_below_a_reachable_home(reachable: Path) -> None:
    places = find_places(reachable / "h")
    assert places.servers == reachable / "h"
    assert places.sockets == reachable / "h" / "run"
    assert places.remarks == ()


def test_a_long_path_gets_a_short_folder_for_its_sockets(reachable: Path) -> None:
    home = reachable / ("x" * 100)
    places = find_places(home)
    assert len(os.fsencode(places.sockets / ".s.PGSQL.5432.lock")) <= 107
    assert places == find_places(home)
    assert places.sockets != find_places(reachable / ("y" * 100)).sockets
    assert "sockets are in" in places.remarks[0]


@as_root
def test_a_closed_folder_sends_the_data_elsewhere_and_says_so(reachable: Path) -> None:
    reachable.chmod(0o700)
    places = find_places(reachable / "h")
    assert not str(places.servers).startswith(str(reachable))
    assert str(places.servers) in places.remarks[0]


@as_root
def test_a_home_keeps_the_account_of_its_owner(reachable: Path) -> None:
    home = reachable / "h"
    home.mkdir(mode=0o700)
    assert (find_places(home).account or Account("", 0, 0)).name == "nobody"
    os.chown(home, 1, 1)
    assert (find_places(home).account or Account("", 0, 0)).uid == 1


def test_reaching_asks_every_folder_above(reachable: Path) -> None:
    (reachable / "a" / "b").mkdir(parents=True)
    stranger = Account("stranger", 4_000_001, 4_000_001)
    assert is_reachable(reachable / "a" / "b" / "c", stranger)
    (reachable / "a").chmod(0o700)
    assert not is_reachable(reachable / "a" / "b" / "c", stranger)

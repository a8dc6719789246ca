"""`hotline canary` against an installation as `make run` starts it: its processes, what they print, and a backup of it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil

from config.places import find_places, password_file
from hotline.canary.plants import read_plants
from hotline.canary.search import Piece, Search
from tests import servers
from tests.system import ROOT, System, open_home, running_system


def run(system: System, *words: str, ends: int) -> str:
    """The command line, in the environment of this installation."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith("HOTLINE_")}
    environ |= {"HOTLINE_HOME": str(system.home), "PORT": str(system.port)}
    command = [sys.executable, "-c", "from hotline.cli import main; main()", "canary", *words]
    done = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True)
    assert done.returncode == ends, done.stdout + done.stderr
    return done.stdout


def said_and_given(system: System) -> Iterator[Piece]:
    """All that the processes printed, their access logs among it, and the environment that each was given."""
    yield Piece("printed", "all processes", "\n".join(system.lines).encode())
    for process in system.family():
        try:
            given = repr(process.environ())
        except psutil.Error:
            continue
        yield Piece("environment", "all processes", given.encode())


def test_a_running_installation_keeps_its_promise(tmp_path: Path) -> None:
    with open_home() as home, running_system(home) as system:
        planted = tmp_path / "planted.json"
        told = run(system, "--planted", str(planted), ends=0)
        for store in ("table rows", "write-ahead log", "database server's files", "Valkey", "opened: report_parts"):
            assert store in told, f"{store} was not searched"
        assert "3 of 3 reports" in told and "LOST" not in told

        plants = read_plants(planted)
        search = Search((*plants.people, *plants.told, *plants.reached))
        assert not search.look(said_and_given(system))
        assert search.looked["printed"] and search.looked["environment"]

        backup, where = tmp_path / "backup", find_places(home).sockets
        login = {**os.environ, "PGPASSWORD": password_file(home / "keys", "owner").read_text().strip()}
        dump: list[str | Path] = [
            servers.find_binaries() / "pg_dump",
            "-h",
            where,
            "-U",
            "hotline_owner",
            "-Fc",
            "-f",
            backup,
            "hotline",
        ]
        subprocess.run(dump, check=True, env=login)
        assert "backup " in run(system, "--backup", str(backup), "--planted", str(planted), ends=0)

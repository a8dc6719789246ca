"""The embedded servers as they really start: sockets only, passwords only, gone with their parent."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import psycopg
import pytest
import redis
from sqlalchemy import create_engine, text

from config.places import password_file
from config.settings import ROOT, Settings, load_settings
from hotline.embedded.home import make_home
from hotline.embedded.leftovers import StillRunning, wait_for_earlier
from hotline.embedded.postgres import OPTIONS
from hotline.embedded.prepare import prepare
from hotline.storage.daykeys import refuse_disk
from tests.embedded.test_supervise import is_alive, wait_until

# a parent that starts both servers and waits: what `hotline up` is to them
PARENT = """
import subprocess, sys, time
for name in ("postgres", "valkey"):
    print(subprocess.Popen([sys.executable, "-m", f"hotline.embedded.{name}"]).pid, flush=True)
time.sleep(600)
"""


@dataclass
class Servers:
    settings: Settings
    parent: subprocess.Popen[str]
    postgres: int
    valkey: int


def start(settings: Settings) -> Servers:
    environ = {**os.environ, "HOTLINE_HOME": str(settings.home)}
    parent = subprocess.Popen([sys.executable, "-c", PARENT], env=environ, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    with parent.stdout as lines:
        return Servers(settings, parent, int(lines.readline()), int(lines.readline()))


def kill_parent(servers: Servers) -> None:
    servers.parent.kill()
    servers.parent.wait()
    wait_until(lambda: not is_alive(servers.postgres) and not is_alive(servers.valkey))


@pytest.fixture(scope="module")
def servers() -> Iterator[Servers]:
    with tempfile.TemporaryDirectory(prefix="servers-") as folder:
        Path(folder).chmod(0o711)
        home = Path(folder) / "home"
        make_home(home, home / "keys", date(2026, 11, 23))
        running = start(load_settings({"HOTLINE_HOME": str(home)}))
        try:
            assert prepare(running.settings) == 0
            yield running
        finally:
            kill_parent(running)


def show(servers: Servers, name: str) -> str:
    engine = create_engine(servers.settings.database_url_for("owner"))
    with engine.connect() as connection:
        value = str(connection.execute(text(f"SHOW {name}")).scalar_one())
    engine.dispose()
    return value


def test_no_server_listens_on_the_network(servers: Servers) -> None:
    for pid in (servers.postgres, servers.valkey):
        ours = {os.readlink(fd) for fd in Path(f"/proc/{pid}/fd").iterdir() if fd.is_symlink()}
        for table in ("tcp", "tcp6"):
            for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]:
                assert f"socket:[{line.split()[9]}]" not in ours


def test_the_sockets_folder_is_closed(servers: Servers) -> None:
    places = servers.settings.places
    assert stat.S_IMODE(places.sockets.stat().st_mode) == 0o700
    assert stat.S_IMODE(places.valkey_socket.stat().st_mode) == 0o700


@pytest.mark.skipif(os.geteuid() != 0, reason="only root drops to another account")
def test_no_server_runs_as_root_and_the_keys_stay_roots(servers: Servers) -> None:
    for pid in (servers.postgres, servers.valkey):
        ids = next(line for line in Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith("Uid"))
        assert "0" not in ids.split()[1:]
    assert (servers.settings.home / "keys").stat().st_uid == 0


def test_nobody_enters_without_the_password(servers: Servers) -> None:
    where = servers.settings.places.sockets
    for password in ("", "wrong"):
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(host=str(where), user="postgres", password=password, dbname="postgres")
    assert show(servers, "listen_addresses") == ""
    assert show(servers, "fsync") == "on"


def test_each_holder_has_a_login_of_its_own_and_no_more(servers: Servers) -> None:
    for holder in ("owner", "intake", "desk", "dispatch"):
        engine = create_engine(servers.settings.database_url_for(holder))
        with engine.connect() as connection:
            assert connection.execute(text("SELECT current_user")).scalar_one() == f"hotline_{holder}"
            plain = "SELECT rolsuper OR rolcreatedb OR rolcreaterole FROM pg_roles WHERE rolname = current_user"
            assert connection.execute(text(plain)).scalar_one() is False
        engine.dispose()


def test_the_log_settings_are_those_that_leak_nothing(servers: Servers) -> None:
    for name, value in OPTIONS.items():
        if name.startswith("log_") and name != "log_line_prefix":
            assert show(servers, name) == {"-1": "-1"}.get(value, value)


def test_a_second_server_on_the_same_data_is_refused(servers: Servers) -> None:
    places = servers.settings.places
    with pytest.raises(StillRunning, match=str(servers.postgres)):
        wait_for_earlier(places.postgres_data, places.sockets, patience=0)


def test_preparing_twice_is_harmless(servers: Servers) -> None:
    assert prepare(servers.settings) == 0


def test_a_foreign_key_folder_is_explained(servers: Servers, capsys: pytest.CaptureFixture[str]) -> None:
    password = password_file(servers.settings.keys, "superuser")
    right = password.read_text()
    password.write_text("another")
    try:
        assert prepare(servers.settings, patience=0) == 1
    finally:
        password.write_text(right)
    said = capsys.readouterr().out
    assert "key folder back" in said
    assert "another" not in said


def test_valkey_may_not_write_to_disk(servers: Servers) -> None:
    client = redis.Redis.from_url(servers.settings.redis_url)
    refuse_disk(client)
    client.close()


def test_a_killed_server_and_a_killed_parent_lose_nothing_committed(servers: Servers) -> None:
    engine = create_engine(servers.settings.database_url_for("owner"))
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE kept (word text)"))
        connection.execute(text("INSERT INTO kept VALUES ('mergel')"))
    engine.dispose()
    os.kill(servers.postgres, signal.SIGKILL)  # leaves postmaster.pid and the socket's lock behind
    kill_parent(servers)
    again = start(servers.settings)
    servers.parent, servers.postgres, servers.valkey = again.parent, again.postgres, again.valkey
    assert prepare(servers.settings) == 0
    engine = create_engine(servers.settings.database_url_for("owner"))
    with engine.begin() as connection:
        assert connection.execute(text("SELECT word FROM kept")).scalar_one() == "mergel"
        connection.execute(text("DROP TABLE kept"))
    engine.dispose()

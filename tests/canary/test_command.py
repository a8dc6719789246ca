"""`hotline canary`: walks an installation that listens on a real port, finds a planted leak, and searches backups."""

from __future__ import annotations

import gzip
import subprocess
import threading
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import redis
from click.testing import CliRunner
from sqlalchemy import Engine
from werkzeug.serving import WSGIRequestHandler, make_server

from hotline.canary.plants import read_plants
from hotline.cli import main
from tests import servers
from tests.world import DemoPartner, World, build_world


class Quiet(WSGIRequestHandler):
    """Logs no request: the shipped server does not either."""

    def log(self, type: str, message: str, *args: Any) -> None:
        """Nothing."""


@pytest.fixture
def world(tmp_path: Path, database: str, valkey: redis.Redis, valkey_url: str, owner_engine: Engine) -> Iterator[World]:
    """An installation whose partner is away; nothing is passed on here."""
    built = build_world(tmp_path, database, valkey_url, owner_engine, datetime.now(UTC), DemoPartner(9))
    yield built
    built.close()


@pytest.fixture
def address(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Where the intake of this installation answers; the environment is that of its command line."""
    here = world.settings
    for name, value in {
        "HOME": str(here.home),
        "DATABASE_URL": here.external_database_url,
        "REDIS_URL": here.external_redis_url,
        "TWILIO_AUTH_TOKENS": here.twilio_auth_tokens[0],
        "PARTNERS_FILE": str(here.partners_file),
        "SECRET_KEY": here.secret_key,
    }.items():
        monkeypatch.setenv(f"HOTLINE_{name}", value)
    server = make_server("127.0.0.1", 0, world.intake, threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def run(*words: str, ends: int) -> str:
    result = CliRunner().invoke(main, ["canary", *words])
    assert result.exit_code == ends, result.output
    return result.output


def dump(world: World, folder: Path, *options: str) -> Path:
    """A backup, as pg_dump writes it."""
    url = world.settings.external_database_url.replace("+psycopg", "")
    target = folder / f"backup{len(list(folder.glob('backup*')))}"
    subprocess.run([servers.find_binaries() / "pg_dump", *options, f"--file={target}", url], check=True)
    return target


def test_it_walks_searches_and_cleans_up(world: World, address: str, tmp_path: Path, tmp_path_factory: Any) -> None:
    planted = tmp_path / "planted.json"
    told = run("--at", address, "--planted", str(planted), ends=0)
    assert "Nothing leads to a person." in told and "LOST" not in told
    for store in ("table rows", "Valkey", "files", "opened: report_parts", "opened: turns"):
        assert store in told, f"{store} was not searched"
    plants = read_plants(planted)
    assert planted.stat().st_mode & 0o777 == 0o600
    assert len(plants.codes) == 3 and f"3 of {len(plants.codes)} reports of this run are withdrawn" in told
    with world.owner.connect() as connection:
        rows = connection.exec_driver_sql("SELECT is_withdrawn, count(*) FROM reports GROUP BY 1").all()
    assert [tuple(row) for row in rows] == [(True, 3)]

    backups = tmp_path_factory.mktemp("backups")
    for options in (["--format=plain"], ["--format=custom"], ["--format=directory"], ["--format=tar"]):
        whole = run("--backup", str(dump(world, backups, *options)), "--planted", str(planted), ends=0)
        assert "backup " in whole
    with world.owner.begin() as connection:
        leak = ("2026-11-23", "night", "voice", plants.numbers["caller"], 1)
        connection.exec_driver_sql("INSERT INTO counters VALUES (%s, %s, %s, %s, %s)", leak)
    plain = dump(world, backups, "--format=plain")
    zipped = backups / "zipped"
    zipped.mkdir()
    (zipped / "old.sql.gz").write_bytes(gzip.compress(plain.read_bytes()))
    for backup in (plain, zipped, backups, dump(world, backups, "--format=custom", "--compress=gzip:9")):
        found = run("--backup", str(backup), "--planted", str(planted), ends=1)
        assert "FOUND: number of the caller" in found and plants.numbers["caller"] not in found


def test_a_leak_of_the_running_system_is_found(world: World, address: str) -> None:
    inner = world.intake.wsgi_app

    def leaky(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        with gzip.open(world.settings.home / "requests.log.gz", "ab") as log:
            log.write(body + b"\n")
        environ["wsgi.input"] = BytesIO(body)
        return inner(environ, start_response)

    world.intake.wsgi_app = leaky  # type: ignore[method-assign]
    told = run("--at", address, ends=1)
    assert "FOUND: name of the caller" in told and "requests.log.gz" in told
    assert "does not keep its promise" in told


def test_it_says_what_it_would_do_and_does_nothing(world: World, address: str) -> None:
    told = run("--at", address, "--dry-run", ends=0)
    assert "Oefenlijn" in told and "Nothing has happened" in told
    with world.owner.connect() as connection:
        assert not connection.exec_driver_sql("SELECT count(*) FROM conversations").scalar()


def test_what_it_may_not_read_is_named(database: str, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOTLINE_DATABASE_URL", database.format(role="hotline_dispatch"))
    told = run("--at", address, ends=0)
    for unseen in (
        "table people: this database login",
        "the database server's own files",
        "whether what was told is kept",
    ):
        assert f"not looked at: {unseen}" in told


def test_what_is_wrong_is_said_with_what_to_do(address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "none is not in" in run("--on-line", "none", ends=1)
    assert "needs --planted" in run("--backup", str(tmp_path), ends=2)
    assert "does the intake run" in run("--at", "http://127.0.0.1:9", ends=1)
    (tmp_path / "planted").write_text("[]")
    assert "does not hold planted values" in run("--backup", "x", "--planted", str(tmp_path / "planted"), ends=1)
    with monkeypatch.context() as patch:
        patch.setenv("HOTLINE_TWILIO_AUTH_TOKENS", "another-token-than-the-one-of-the-intake")
        assert "HOTLINE_TWILIO_AUTH_TOKENS" in run("--at", address, ends=1)
    with monkeypatch.context() as patch:
        patch.setenv("HOTLINE_REDIS_URL", "unix:///nowhere/valkey.sock")
        assert "Valkey does not answer" in run("--at", address, ends=1)
    with monkeypatch.context() as patch:
        patch.setenv("HOTLINE_DATABASE_URL", "postgresql://owner@/x?host=/nowhere")
        assert "The database does not answer" in run("--at", address, ends=1)


def test_a_line_of_real_reports_needs_a_yes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = tmp_path / "lines.yaml"
    lines.write_text(
        "lines: [{key: stad, name: Stadslijn, voice: '+31433505111', sms: '+3197000000001', hours: mo-fr 08:00-18:00}]"
    )
    for name, value in {
        "MODE": "production",
        "LINES_FILE": str(lines),
        "PUBLIC_URL": "https://lijn.example.nl",
        "DESK_URL": "https://desk.example.nl",
        "TWILIO_ACCOUNT_SID": "AC" + "1" * 32,
        "TWILIO_AUTH_TOKENS": "5f1d7a84c09e4b6d8f2a3c7e9b0d1f62",
        "SECRET_KEY": "kT7vQ2mX9bL4nR8wZ1cJ6hF3pD5gS0yA",
        "ALARM_WEBHOOK": "https://alarm.example.nl/x",
        "ALARM_SECRET": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "OIN": "00000001234567890000",
        "SMS_NUMBER": "+3197000000001",
        "VOICE_NUMBER": "+31433505111",
    }.items():
        monkeypatch.setenv(f"HOTLINE_{name}", value)
    assert "has no training line" in run("--dry-run", ends=1)
    assert "Confirm with --yes" in run("--on-line", "stad", "--dry-run", ends=1)
    assert "Stadslijn" in run("--on-line", "stad", "--yes", "--dry-run", ends=0)

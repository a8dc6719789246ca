"""`hotline retain` and `hotline keys`, and the round that the clock starts: what they say, change and refuse."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Engine, select

from hotline.cli import main
from hotline.domain.dayparts import local_day
from hotline.storage.keyfiles import ensure_keys, read_desk
from hotline.storage.session import transaction
from hotline.storage.tables import Report
from tests import servers

TODAY = local_day(datetime.now(UTC))
LONG_AGO = TODAY - timedelta(days=420)
MONTH = f"{LONG_AGO:%Y-%m}"


@pytest.fixture(autouse=True)
def keys(tmp_path: Path, database: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A demo on a database of this test's own, with keys of more than a year ago and of now."""
    monkeypatch.setenv("HOTLINE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("HOTLINE_DATABASE_URL", database.format(role="owner"))
    folder = tmp_path / "home" / "keys"
    ensure_keys(folder, LONG_AGO)
    for path in folder.rglob("20*-*.*"):
        if path.stem != MONTH:
            path.unlink()
    ensure_keys(folder, TODAY)
    return folder


def put(owner: Engine, **columns: object) -> None:
    values = {"status": "closed", "category": "waste", "term_from": LONG_AGO, **columns}
    with transaction(owner) as session:
        session.add(
            Report(
                id=uuid4(), priority="P3", arrived_on=LONG_AGO, arrived_part="night", due_at=datetime.now(UTC), **values
            )
        )  # fmt: skip


def left(owner: Engine) -> list[str]:
    with transaction(owner) as session:
        return sorted(session.scalars(select(Report.status)))


def run(*words: str, ends: int = 0) -> str:
    result: Result = CliRunner().invoke(main, words)
    assert result.exit_code == ends, result.output
    return result.output


def test_what_would_go_is_said_and_then_goes(owner_engine: Engine, keys: Path) -> None:
    put(owner_engine)
    put(owner_engine, status="complete", term_from=None)
    said = run("retain", "--dry-run")
    assert "waste        closed          1 go      0 held      0 kept" in said and f"oldest of {LONG_AGO}" in said
    assert f"Keys of this host that are due: {MONTH}." in said and "Nothing was changed." in said
    assert left(owner_engine) == ["closed", "complete"] and MONTH in read_desk(keys).months
    run("retain")
    assert left(owner_engine) == ["complete"] and MONTH not in read_desk(keys).months
    assert "due: none" in run("retain", "--dry-run")


def test_the_clock_s_round_does_the_same_in_a_process_of_its_own(owner_engine: Engine, keys: Path) -> None:
    put(owner_engine, status="rejected", reason="known", term_from=TODAY - timedelta(days=40))
    for path in keys.rglob(f"{TODAY + timedelta(days=35)}.*"):
        path.unlink()
    done = subprocess.run([sys.executable, "-m", "workers.retain"], env=os.environ, capture_output=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert b"Traceback" not in done.stderr and left(owner_engine) == []
    desk = read_desk(keys)
    assert MONTH not in desk.months and (TODAY + timedelta(days=35)).isoformat() in desk.days
    put(owner_engine)
    late = subprocess.run([sys.executable, "-m", "workers.retain"], env=os.environ, capture_output=True, timeout=60)
    assert late.returncode == 1 and b"Traceback" not in late.stderr and b"so nothing goes" in late.stderr + late.stdout
    assert left(owner_engine) == ["closed"], "a person must look at so old a report"


def test_the_calendar_and_a_rotation(owner_engine: Engine, keys: Path) -> None:
    first = run("keys", "show").splitlines()
    assert any(line.startswith(f"{TODAY:%Y-%m}  ") and "dies on" in line for line in first)
    assert "would get a new pair" in run("keys", "rotate", "dispatch", "--dry-run")
    assert f"dispatch-{TODAY}" in run("keys", "rotate", "dispatch")
    assert "once a day" in run("keys", "rotate", "dispatch", ends=1)
    assert sum("dies when replaced and empty" in line for line in run("keys", "show").splitlines()) == 2
    with owner_engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT act, fields FROM audit").all() == [
            ("rotate_key", [f"dispatch-{TODAY}"])
        ]


def test_keys_are_destroyed_when_due_and_in_a_vault_too(keys: Path, tmp_path: Path) -> None:
    vault = tmp_path / "vault"
    vault.mkdir()
    (vault / f"{MONTH}.key").write_bytes((keys / "desk" / f"{MONTH}.key").read_bytes())
    assert run("keys", "rewrap", "--dry-run") == run("keys", "rewrap") == ""
    assert MONTH in run("keys", "destroy", "--due", "--dry-run") and (keys / "desk" / f"{MONTH}.key").exists()
    assert "Missing option" in run("keys", "destroy", ends=2)
    assert f"warn: {MONTH} should be gone" in CliRunner().invoke(main, ["doctor"]).output
    assert f"{MONTH}: destroyed" in run("keys", "destroy", "--due")
    assert "a backup made today may be kept until" in CliRunner().invoke(main, ["doctor"]).output
    assert MONTH in run("keys", "destroy", "--due", "--copy", str(vault)) and not list(vault.iterdir())
    assert "months and" in run("keys", "make")


def test_a_backup_carries_its_end_and_goes_on_it(
    owner_engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(owner_engine)
    monkeypatch.setenv("PATH", str(servers.find_binaries()), prepend=os.pathsep)
    said, until = run("backup"), TODAY + timedelta(days=30)
    file = tmp_path / "home" / "backups" / f"hotline-{TODAY}-until-{until}.dump"
    assert str(file) in said and file.read_bytes().startswith(b"PGDMP") and file.stat().st_mode & 0o777 == 0o600
    listed = subprocess.run([servers.find_binaries() / "pg_restore", "--list", file], capture_output=True, check=True)
    assert b"TABLE DATA public destructions" in listed.stdout
    over = file.with_name(f"hotline-{TODAY - timedelta(days=30)}-until-{TODAY}.dump")
    over.write_bytes(b"over")
    strange = file.with_name("hotline-mine.dump")
    strange.write_bytes(b"not ours to remove")
    run("retain")
    assert sorted(file.parent.iterdir()) == sorted([file, strange])
    monkeypatch.setenv("PATH", "")
    assert "pg_dump: No such file or directory" in run("backup", ends=1)


def test_a_broken_file_of_terms_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "retention.yaml"
    file.write_text("grace: soon")
    monkeypatch.setenv("HOTLINE_RETENTION_FILE", str(file))
    assert f"{file}:1: `grace`: 'soon' is not like" in run("retain", "--dry-run", ends=1)

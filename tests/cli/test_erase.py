"""`hotline erase`: erases what is due, shows what waits, and says so when something is late."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from click.testing import CliRunner
from sqlalchemy import Engine

from hotline.anonymity.seal import seal
from hotline.cli import main
from hotline.domain.dayparts import local_day
from hotline.simulator.ledger import Ledger
from hotline.storage import erasures
from hotline.storage.keyfiles import ensure_keys, read_intake
from tests.workers.twilio_server import TOKEN, open_twilio, refuses

SID = "SM" + "5" * 32


def run(*words: str, ends: int = 0) -> list[str]:
    """The lines of `hotline erase`."""
    result = CliRunner().invoke(main, ["erase", *words])
    assert result.exit_code == ends, result.output
    return result.output.splitlines()


def test_it_erases_and_tells(
    tmp_path: Path, database: str, owner_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = datetime.now(UTC)
    ledger = Ledger()
    with open_twilio(ledger, lambda: now) as twilio:
        for name, value in {
            "HOME": str(tmp_path),
            "DATABASE_URL": database.format(role="owner"),
            "REDIS_URL": "unix:///nergens/valkey.sock",
            "TWILIO_API_URL": twilio.url,
            "TWILIO_AUTH_TOKENS": TOKEN,
        }.items():
            monkeypatch.setenv(f"HOTLINE_{name}", value)
        ensure_keys(tmp_path / "keys", local_day(now))
        public = read_intake(tmp_path / "keys").dispatch_public
        assert run("--dry-run") == ["waiting  nothing"]
        ledger.add_message(SID, "inbound")
        sealed = seal(public, SID.encode())
        erasures.note(owner_engine, erasures.Noted(uuid4(), "message", sealed, now - timedelta(hours=2)))
        late = ["waiting  message         1  due now 1, late 1 (waiting)"]
        assert run("--dry-run", ends=1) == run("--status", ends=1) == late
        assert twilio.asked == []
        twilio.fault = refuses(403)
        assert run(ends=1) == ["tried 1", "waiting  message         1  due now 0, late 1 (refused)"]
        with owner_engine.begin() as connection:
            connection.exec_driver_sql("UPDATE erasures SET due_at = now()")
        twilio.fault = None
        assert run() == ["tried 1", "waiting  nothing", f"erased   message         1  on {local_day(now)}"]
        assert ledger.left() == []

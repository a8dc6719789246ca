"""`hotline index`: counts, makes, makes anew, and says what is missing."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import Engine

from hotline.cli import main
from hotline.domain.dayparts import local_day
from hotline.storage.keyfiles import ensure_keys, read_desk
from hotline.storage.keyserver import open_server
from tests.conftest import NOW
from tests.desk_house import Desk


@pytest.fixture
def keys(tmp_path: Path, database: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A demo on a database of this test's own; its key folder is not made yet."""
    monkeypatch.setenv("HOTLINE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("HOTLINE_KEYS", str(tmp_path / "keys"))
    monkeypatch.setenv("HOTLINE_DATABASE_URL", database.format(role="owner"))
    return tmp_path / "keys"


@pytest.fixture
def desk(keys: Path, desk: Desk) -> Desk:
    """A desk with the month's key of that folder, and sixty reports."""
    ensure_keys(keys, local_day(NOW))
    desk.month = read_desk(keys).months[desk.month.id]
    for number in range(60):
        desk.report({"place": "Verzonnenhof", "what": f"Melding {number} over een scooter."})
    return desk


def run(*words: str, ends: int = 0) -> str:
    result = CliRunner().invoke(main, ["index", *words])
    assert result.exit_code == ends, result.output
    return result.output


def rows(owner: Engine) -> set[bytes]:
    with owner.connect() as connection:
        return set(connection.exec_driver_sql("SELECT row FROM blind_index").scalars())


def test_it_counts_makes_and_makes_anew(desk: Desk, owner_engine: Engine, keys: Path) -> None:
    assert run("--dry-run") == "60 reports would be indexed.\n" and not rows(owner_engine)
    assert "40 of 60 reports\r60 of 60 reports\n0 reports wait" in run()
    first = rows(owner_engine)
    assert len(first) == 60 and run("--dry-run").startswith("0 ") and run("--dry-run", "--rebuild").startswith("60 ")
    run()
    assert rows(owner_engine) == first
    assert "60 of 60" in run("--rebuild") and not rows(owner_engine) & first
    for name in ("index-2026-11.key", "2026-11.key"):
        (keys / "desk" / name).unlink()
    assert "60 rows were dropped" in run("--rebuild") and not rows(owner_engine)


def test_it_opens_at_a_key_service(
    desk: Desk, owner_engine: Engine, keys: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_server(keys, "desk", keys / "desk.sock") as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        monkeypatch.setenv("HOTLINE_KEYS", f"unix://{keys / 'desk.sock'}")
        assert "60 of 60 reports" in run() and len(rows(owner_engine)) == 60
        server.shutdown()


def test_without_the_desks_keys_it_says_what_to_do(keys: Path) -> None:
    assert "is missing: run `hotline up`" in run(ends=1)

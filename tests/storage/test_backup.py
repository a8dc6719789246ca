"""Making a backup: the password reaches pg_dump unseen, and what fails leaves nothing half done."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from hotline.storage.backup import BackupError, find_expired, make_backup

URL = "postgresql+psycopg://hotline_owner:p%40ss@/hotline?host=%2Frun%2Fsockets&require_auth=scram-sha-256"
DAYS = {"today": date(2026, 11, 24), "until": date(2026, 12, 24)}


def write_program(folder: Path, script: str) -> Path:
    """A program in the place of pg_dump."""
    path = folder / "pg_dump"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o700)
    return path


def test_the_password_is_in_no_argument(tmp_path: Path) -> None:
    program = write_program(tmp_path, 'for one; do case $one in --file=*) file=${one#--file=};; esac; done; '
                            'printf "%s\\n%s" "$PGPASSWORD" "$*" > "$file"')  # fmt: skip
    made = make_backup(URL, program, tmp_path / "backups", **DAYS)
    password, _, words = made.read_text().partition("\n")
    assert password == "p@ss" and "p@ss" not in words and "p%40ss" not in words and "*" not in words
    assert "--dbname=postgresql://hotline_owner@/hotline?host=%2Frun%2Fsockets" in words
    assert made.name == "hotline-2026-11-24-until-2026-12-24.dump" and made.stat().st_mode & 0o777 == 0o600
    assert list(find_expired(made.parent, date(2026, 12, 23))) == []
    assert list(find_expired(made.parent, date(2026, 12, 24))) == [made]


def test_what_a_kill_cut_short_goes_on_its_day_too(tmp_path: Path) -> None:
    program = write_program(tmp_path, "kill -9 $PPID")
    making = "from tests.storage.test_backup import *; make_backup(URL, Path(sys.argv[1]), Path(sys.argv[2]), **DAYS)"
    words = [sys.executable, "-c", f"import sys; {making}", str(program), str(tmp_path / "backups")]
    assert subprocess.run(words).returncode == -9
    (half,) = (tmp_path / "backups").iterdir()
    assert list(find_expired(half.parent, date(2026, 12, 23))) == []
    assert list(find_expired(half.parent, date(2026, 12, 24))) == [half]
    (half.parent / "another's.dump").touch()
    assert list(find_expired(half.parent, date(2027, 12, 24))) == [half]


def test_a_backup_that_fails_leaves_nothing(tmp_path: Path) -> None:
    program = write_program(tmp_path, "echo 'pg_dump: error: no room' >&2; exit 1")
    with pytest.raises(BackupError, match="pg_dump made no backup: pg_dump: error: no room"):
        make_backup(URL, program, tmp_path / "backups", **DAYS)
    assert list((tmp_path / "backups").iterdir()) == []
    assert list(find_expired(tmp_path / "none", date(2026, 12, 24))) == []

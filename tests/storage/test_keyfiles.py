"""Key files: made once, whole, private, and followed without a restart."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from hotline.anonymity.keyring import KeyGone
from hotline.anonymity.seal import open_sealed, seal
from hotline.storage.keyfiles import (
    KeyFileError,
    ensure_keys,
    read_desk,
    read_dispatch,
    read_intake,
    watch_desk,
    watch_intake,
)

TODAY = date(2026, 11, 30)


def _snapshot(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_every_holder_gets_its_keys_and_no_more(tmp_path: Path) -> None:
    ensure_keys(tmp_path / "keys", TODAY)
    intake, desk = read_intake(tmp_path / "keys"), read_desk(tmp_path / "keys")
    assert set(intake.desk_months) == set(desk.months) == {"2026-11", "2026-12", "2027-01"}
    assert len(intake.desk_days) == len(desk.days) == 36
    assert "2027-01-04" in intake.desk_days
    assert desk.open("2026-11", seal(intake.month(TODAY).raw, b"x")) == b"x"
    assert desk.open("2026-11-30", seal(intake.day(TODAY).raw, b"x")) == b"x"
    assert read_dispatch(tmp_path / "keys").open(seal(desk.dispatch_public, b"x")) == b"x"
    assert not [path.name for path in (tmp_path / "keys" / "intake").iterdir() if path.suffix == ".key"]
    assert set(desk.index) == set(desk.months) and len(set(desk.index.values())) == 3
    assert not [path.name for path in (tmp_path / "keys").rglob("index-*") if path.parent.name != "desk"]


def test_every_month_that_the_desk_can_open_has_an_index_key_and_no_other(tmp_path: Path) -> None:
    ensure_keys(tmp_path, TODAY)
    (tmp_path / "desk" / "index-2026-11.key").unlink()
    ensure_keys(tmp_path, date(2027, 3, 1))
    assert "2026-11" in read_desk(tmp_path).index, "a home from before the index gets the keys of its months"
    for name in ("2026-11.key", "index-2026-11.key"):
        (tmp_path / "desk" / name).unlink()
    ensure_keys(tmp_path, date(2027, 3, 1))
    assert "2026-11" not in read_desk(tmp_path).index
    assert read_desk(tmp_path).index.keys() == read_desk(tmp_path).months.keys()


def test_only_the_owner_may_read_them(tmp_path: Path) -> None:
    ensure_keys(tmp_path / "keys", TODAY)
    for path in (tmp_path / "keys", *(tmp_path / "keys").rglob("*")):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600)


def test_a_second_run_changes_nothing_and_a_later_one_only_adds(tmp_path: Path) -> None:
    ensure_keys(tmp_path, TODAY)
    before = _snapshot(tmp_path)
    ensure_keys(tmp_path, TODAY)
    assert _snapshot(tmp_path) == before
    ensure_keys(tmp_path, date(2026, 12, 31))
    after = _snapshot(tmp_path)
    assert before.items() <= after.items()
    assert "desk/2027-02.key" in after


def test_several_at_once_agree(tmp_path: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: ensure_keys(tmp_path, TODAY), range(4)))
    intake, desk = read_intake(tmp_path), read_desk(tmp_path)
    made = {key: pair.public for key, pair in {**desk.months, **desk.days}.items()}
    assert made == {**intake.desk_months, **intake.desk_days}
    assert not [name for name in os.listdir(tmp_path / "intake") if name.startswith(".")]


def test_a_run_cut_short_is_finished_by_the_next(tmp_path: Path) -> None:
    ensure_keys(tmp_path, TODAY)
    (tmp_path / "intake" / "2026-11.pub").unlink()
    ensure_keys(tmp_path, TODAY)
    assert read_desk(tmp_path).open("2026-11", seal(read_intake(tmp_path).month(TODAY).raw, b"x")) == b"x"


@pytest.mark.parametrize("content", [b"", b"00", b"g" * 64, b"\xff" * 300])
def test_a_broken_file_is_named_and_not_quoted(tmp_path: Path, content: bytes) -> None:
    ensure_keys(tmp_path, TODAY)
    (tmp_path / "desk" / "2026-11.key").write_bytes(content)
    with pytest.raises(KeyFileError, match=r"desk/2026-11\.key is not a key") as refused:
        read_desk(tmp_path)
    assert "gggg" not in str(refused.value)


def test_a_file_that_others_can_read_is_refused(tmp_path: Path) -> None:
    ensure_keys(tmp_path, TODAY)
    (tmp_path / "desk" / "2026-11.key").chmod(0o644)
    with pytest.raises(KeyFileError, match="chmod 600"):
        read_desk(tmp_path)


@pytest.mark.parametrize("read", [read_intake, read_desk, read_dispatch])
def test_a_missing_folder_says_what_makes_it(tmp_path: Path, read: Callable[[Path], object]) -> None:
    with pytest.raises(KeyFileError, match=r"is missing: run `hotline up`"):
        read(tmp_path)


def test_a_lost_or_foreign_private_half_is_noticed(tmp_path: Path) -> None:
    ensure_keys(tmp_path, TODAY)
    private = tmp_path / "desk" / "2026-11.key"
    kept = private.read_bytes()
    private.unlink()
    with pytest.raises(KeyFileError, match="lost its private half"):
        ensure_keys(tmp_path, TODAY)
    private.write_bytes((tmp_path / "desk" / "2026-12.key").read_bytes())
    private.chmod(0o600)
    with pytest.raises(KeyFileError, match="does not belong"):
        ensure_keys(tmp_path, TODAY)
    private.write_bytes(kept)
    ensure_keys(tmp_path, TODAY)


def test_a_running_process_picks_up_new_keys_and_forgets_destroyed_ones(tmp_path: Path) -> None:
    ensure_keys(tmp_path, TODAY)
    intake, desk = watch_intake(tmp_path), watch_desk(tmp_path)
    later = date(2027, 2, 1)
    with pytest.raises(KeyGone):
        intake.current().month(later)
    ensure_keys(tmp_path, later)
    sealed = seal(intake.current().month(later).raw, b"x")
    assert desk.current().open("2027-02", sealed) == b"x"
    (tmp_path / "desk" / "2027-02.key").unlink()
    with pytest.raises(KeyGone):
        desk.current().open("2027-02", sealed)


def test_a_folder_that_breaks_later_leaves_the_last_good_keys(tmp_path: Path) -> None:
    ensure_keys(tmp_path, TODAY)
    intake = watch_intake(tmp_path)
    broken = tmp_path / "intake" / "2027-09.pub"
    broken.write_text("no key")
    broken.chmod(0o600)
    key = intake.current().month(TODAY)
    pair = read_desk(tmp_path).months["2026-11"]
    assert open_sealed(pair.private, seal(key.raw, b"x")) == b"x"

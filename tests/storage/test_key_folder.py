"""The end of a key file, and the rotation of the workers' pair."""

from __future__ import annotations

import os
import threading
from datetime import date
from pathlib import Path

import pytest

from hotline.anonymity.seal import SealError, seal
from hotline.storage.keyfiles import (
    KeyFileError,
    ensure_keys,
    read_desk,
    read_dispatch,
    read_intake,
    rotate_dispatch,
    watch_intake,
)
from hotline.storage.keyfolder import destroy_key, list_dying
from hotline.wsgi import follow_keys

TODAY = date(2026, 11, 24)


def test_a_destroyed_key_is_overwritten_before_it_is_removed(tmp_path: Path) -> None:
    ensure_keys(tmp_path, TODAY)
    path = tmp_path / "desk" / "2026-11.key"
    before = path.read_bytes()
    os.link(path, tmp_path / "another name of the same blocks")
    assert destroy_key(path)
    after = (tmp_path / "another name of the same blocks").read_bytes()
    assert not path.exists() and len(after) == len(before)
    assert not any(after[at : at + 8] in before for at in range(len(after) - 8))
    assert "2026-11" not in read_desk(tmp_path).months
    assert not destroy_key(path), "twice is harmless"


def test_what_a_killed_process_left_half_done_is_finished(tmp_path: Path) -> None:
    ensure_keys(tmp_path, TODAY)
    path = tmp_path / "desk" / "2026-11.key"
    path.rename(path.with_name(f".destroyed-{path.name}"))
    path.with_name(f".{path.name}-0123456789abcdef").write_text("a draft of it")
    assert list_dying(path.parent) == ["2026-11"]
    assert destroy_key(path) and list_dying(path.parent) == []
    assert [name for name in os.listdir(tmp_path / "desk") if "2026-11.key" in name] == ["index-2026-11.key"]


def test_what_was_left_is_overwritten_though_its_key_was_made_again(tmp_path: Path) -> None:
    left, path = tmp_path / ".destroyed-2026-11.key", tmp_path / "2026-11.key"
    for one in (left, path):
        one.write_text(f"what {one.name} holds")
        os.link(one, tmp_path / f"blocks of {one.name.strip('.')}")
    assert destroy_key(path) and not left.exists() and not path.exists()
    assert not any(b"holds" in one.read_bytes() for one in tmp_path.iterdir())


def test_a_key_that_cannot_be_removed_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "2026-11.key").mkdir()
    with pytest.raises(KeyFileError, match="cannot be used"):
        destroy_key(tmp_path / "2026-11.key")


def test_after_a_rotation_everybody_seals_to_the_new_pair_and_both_open(tmp_path: Path) -> None:
    ensure_keys(tmp_path, TODAY)
    intake = watch_intake(tmp_path)
    old = seal(intake.current().dispatch_public, b"old")
    key_id = rotate_dispatch(tmp_path, TODAY)
    assert key_id == "dispatch-2026-11-24" == intake.current().dispatch.id == read_desk(tmp_path).dispatch.id
    assert read_intake(tmp_path).dispatch == read_desk(tmp_path).dispatch
    new = seal(intake.current().dispatch_public, b"new")
    workers = read_dispatch(tmp_path)
    assert (workers.open(old), workers.open(new)) == (b"old", b"new")
    destroy_key(tmp_path / "dispatch" / "dispatch.key")
    workers = read_dispatch(tmp_path)
    assert workers.open(new) == b"new"
    with pytest.raises(SealError):
        workers.open(old)
    with pytest.raises(KeyFileError, match="once a day"):
        rotate_dispatch(tmp_path, TODAY)


def test_the_next_start_makes_no_pair_beside_a_rotated_one(tmp_path: Path) -> None:
    ensure_keys(tmp_path, TODAY)
    rotate_dispatch(tmp_path, TODAY)
    destroy_key(tmp_path / "dispatch" / "dispatch.key")
    for holder in ("intake", "desk"):
        (tmp_path / holder / "dispatch.pub").unlink()
    (tmp_path / "intake" / "dispatch-2026-11-24.pub").unlink()
    ensure_keys(tmp_path, TODAY)
    assert os.listdir(tmp_path / "dispatch") == ["dispatch-2026-11-24.key"]
    assert read_intake(tmp_path).dispatch == read_desk(tmp_path).dispatch


def test_a_desk_where_nobody_works_looks_at_its_keys() -> None:
    looked = threading.Event()

    def look() -> None:
        looked.set()
        threading.Event().wait()  # one look is enough

    follow_keys(look, every=0.01)
    assert looked.wait(30)

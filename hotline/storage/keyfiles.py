"""The keyring on disk: a folder per holder, made when missing, never overwritten.

    intake/    2026-11.pub … 2026-11-23.pub … dispatch.pub  pepper
    desk/      2026-11.key … 2026-11-23.key … index-2026-11.key … dispatch.pub
    dispatch/  dispatch.key

Each file holds 32 bytes as hexadecimal digits, mode 0600, in folders of mode 0700.
"""

from __future__ import annotations

import os
import re
import secrets
import stat
import threading
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Generic, TypeVar

from hotline.anonymity.keyring import (
    DISPATCH,
    DeskKeys,
    DispatchKeys,
    IntakeKeys,
    KeyPair,
    day_id,
    make_pair,
    month_id,
    pair_of,
)
from hotline.domain.errors import HotlineError

MONTHS_AHEAD = 2
DAYS_AHEAD = 35
_MONTH = re.compile(r"\d{4}-\d{2}")
_INDEX = "index-"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")

Keys = TypeVar("Keys")


class KeyFileError(HotlineError):
    """A key file or folder cannot be used; the text names it and what to do, never what is in it."""


def ensure_keys(folder: Path, today: date) -> None:
    """Make the keys that are missing for this month and the next two, today and 35 days on, the workers and the codes.

    Running it twice, or in two processes at once, is harmless: a file appears whole or not at all, the first one made
    stays, and every public half is read from the private one that won.
    """
    intake, desk, dispatch = (folder / name for name in ("intake", "desk", "dispatch"))
    for one in (folder, intake, desk, dispatch):
        _ensure_folder(one)
    for key_id in _ids_ahead(today):
        _ensure_pair(key_id, desk, (intake,))
    _ensure_pair(DISPATCH, dispatch, (intake, desk))
    _write_once(intake / "pepper", secrets.token_bytes(32))
    for month in [path.stem for path in desk.glob("*.key") if _MONTH.fullmatch(path.stem)]:
        _write_once(desk / f"{_INDEX}{month}.key", secrets.token_bytes(32))


def read_intake(folder: Path) -> IntakeKeys:
    """The intake's keys, from `folder/intake`."""
    here = folder / "intake"
    public = _read_all(here, ".pub")
    return IntakeKeys(
        desk_months={name: raw for name, raw in public.items() if _MONTH.fullmatch(name)},
        desk_days={name: raw for name, raw in public.items() if _DAY.fullmatch(name)},
        dispatch_public=_read(here / f"{DISPATCH}.pub"),
        pepper=_read(here / "pepper"),
    )


def read_desk(folder: Path) -> DeskKeys:
    """The desk's keys, from `folder/desk`."""
    here = folder / "desk"
    private = _read_all(here, ".key")
    index = {name.removeprefix(_INDEX): raw for name, raw in private.items() if name.startswith(_INDEX)}
    pairs = {name: pair_of(name, raw) for name, raw in private.items() if not name.startswith(_INDEX)}
    return DeskKeys(
        months={name: pair for name, pair in pairs.items() if _MONTH.fullmatch(name)},
        days={name: pair for name, pair in pairs.items() if _DAY.fullmatch(name)},
        dispatch_public=_read(here / f"{DISPATCH}.pub"),
        index=index,
    )


def read_dispatch(folder: Path) -> DispatchKeys:
    """The workers' pair, from `folder/dispatch`."""
    return DispatchKeys(pair_of(DISPATCH, _read(folder / "dispatch" / f"{DISPATCH}.key")))


class Keyring(Generic[Keys]):
    """Keys that follow their folder: newly made ones are picked up and destroyed ones forgotten, without a restart.

    A folder that cannot be read later on (a broken file, a wrong mode) leaves the last good reading in use, because a
    line that takes reports must not stop for it; `doctor` names the file. Safe to share between threads.
    """

    def __init__(self, folder: Path, holder: str, read: Callable[[Path], Keys]) -> None:
        self._folder, self._holder, self._read = folder, holder, read
        self._lock = threading.Lock()
        self._names = self._list()
        self._keys = read(folder)

    def current(self) -> Keys:
        """The keys as they are now; costs one listing of the folder."""
        try:
            names = self._list()
            if names != self._names:
                with self._lock:
                    self._keys, self._names = self._read(self._folder), names
        except (KeyFileError, OSError):
            pass
        return self._keys

    def _list(self) -> frozenset[str]:
        here = self._folder / self._holder
        try:
            return frozenset(name for name in os.listdir(here) if not name.startswith("."))
        except OSError as error:
            raise _unusable(here, error) from None


def watch_intake(folder: Path) -> Keyring[IntakeKeys]:
    """The intake's keys, following `folder/intake`."""
    return Keyring(folder, "intake", read_intake)


def watch_desk(folder: Path) -> Keyring[DeskKeys]:
    """The desk's keys, following `folder/desk`."""
    return Keyring(folder, "desk", read_desk)


def _ids_ahead(today: date) -> list[str]:
    months, first = [], today.replace(day=1)
    for _ in range(MONTHS_AHEAD + 1):
        months.append(month_id(first))
        first = (first + timedelta(days=32)).replace(day=1)
    return months + [day_id(today + timedelta(days=ahead)) for ahead in range(DAYS_AHEAD + 1)]


def _ensure_pair(key_id: str, home: Path, readers: tuple[Path, ...]) -> None:
    private = home / f"{key_id}.key"
    copies = [reader / f"{key_id}.pub" for reader in readers]
    if not private.exists():
        # A public half without its private one: sealing to it would lose reports, and a second pair would hide that.
        for copy in copies:
            if copy.exists() and not private.exists():
                raise KeyFileError(
                    f"{copy} has lost its private half {private}: put that file back, "
                    f"or remove {copy.name} from {copy.parent} so that a new pair is made"
                )
        _write_once(private, make_pair(key_id).private)
    public = _ensure_match(pair_of(key_id, _read(private)), private, copies)
    for copy in copies:
        _write_once(copy, public)


def _ensure_match(pair: KeyPair, private: Path, copies: list[Path]) -> bytes:
    for copy in copies:
        if copy.exists() and _read(copy) != pair.public:
            raise KeyFileError(f"{copy} does not belong to {private}: remove it and start again")
    return pair.public


def _ensure_folder(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if stat.S_IMODE(folder.stat().st_mode) & 0o077:
            folder.chmod(0o700)
    except OSError as error:
        raise _unusable(folder, error) from None


def _write_once(path: Path, raw: bytes) -> None:
    if path.exists():
        return
    draft = path.parent / f".{path.name}-{secrets.token_hex(8)}"
    try:
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(raw.hex().encode() + b"\n")
                file.flush()
                os.fsync(file.fileno())
            # A link, unlike a rename, never replaces what another process made meanwhile.
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink(missing_ok=True)
        _sync_folder(path.parent)
    except OSError as error:
        raise _unusable(path, error) from None


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _read_all(folder: Path, suffix: str) -> Mapping[str, bytes]:
    try:
        names = sorted(os.listdir(folder))
    except OSError as error:
        raise _unusable(folder, error) from None
    stems = [name.removesuffix(suffix) for name in names if name.endswith(suffix) and not name.startswith(".")]
    return {stem: _read(folder / f"{stem}{suffix}") for stem in stems}


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            mode = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
            text = file.read(200)
    except OSError as error:
        raise _unusable(path, error) from None
    if mode & 0o077:
        raise KeyFileError(f"{path} can be read by other accounts (mode {mode:04o}): chmod 600 it")
    if not re.fullmatch(rb"[0-9a-f]{64}\s*", text):
        raise KeyFileError(f"{path} is not a key (64 hexadecimal digits): restore it from where it was made")
    return bytes.fromhex(text.decode().strip())


def _unusable(path: Path, error: OSError) -> KeyFileError:
    if isinstance(error, FileNotFoundError):
        return KeyFileError(f"{path} is missing: run `hotline up`, which makes keys, or copy it from where it was made")
    return KeyFileError(
        f"{path} cannot be used: {error.strerror}. Check that this account owns it and the disk is not full"
    )

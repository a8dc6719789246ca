"""The keyring on disk: a folder per holder, made when missing, never overwritten.

    intake/    2026-11.pub … 2026-11-23.pub … dispatch.pub  pepper
    desk/      2026-11.key … 2026-11-23.key … index-2026-11.key … dispatch.pub
    dispatch/  dispatch.key  dispatch-2026-11-24.key

Each file holds 32 bytes as hexadecimal digits, mode 0600, in folders of mode 0700.
"""

from __future__ import annotations

import os
import secrets
import threading
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Generic, TypeVar

from hotline.anonymity.key_calendar import KeyKind, kind_of, rotated_id
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
from hotline.storage.keyfolder import (
    KeyFileError as KeyFileError,
)
from hotline.storage.keyfolder import (
    ensure_folder,
    list_ids,
    read_all,
    read_key,
    unusable,
    write_once,
)
from hotline.storage.keyservice import KeyService, ServedKeys

MONTHS_AHEAD = 2
DAYS_AHEAD = 35
_INDEX = "index-"

Keys = TypeVar("Keys")


def ensure_keys(folder: Path, today: date) -> None:
    """Make the keys that are missing for this month and the next two, today and 35 days on, the workers and the codes.

    Running it twice, or in two processes at once, is harmless: a file appears whole or not at all, the first one made
    stays, and every public half is read from the private one that won.
    """
    intake, desk, dispatch = (folder / name for name in ("intake", "desk", "dispatch"))
    for one in (folder, intake, desk, dispatch):
        ensure_folder(one)
    for key_id in _ids_ahead(today):
        _ensure_pair(key_id, desk, (intake,))
    _ensure_pair(_newest(list_ids(dispatch, ".key")), dispatch, (intake, desk))
    write_once(intake / "pepper", secrets.token_bytes(32))
    for month in [one for one in list_ids(desk, ".key") if kind_of(one) is KeyKind.MONTH]:
        write_once(desk / f"{index_id(month)}.key", secrets.token_bytes(32))


def index_id(month: str) -> str:
    """The id of the shared key by which the desk finds the reports of a month (`2026-11`)."""
    return _INDEX + month


def rotate_dispatch(folder: Path, today: date) -> str:
    """Make the workers' next pair, to which everybody seals from now on; gives its id.

    The private half is there before anybody can seal to it. The older pairs stay until nothing waits for them.
    """
    dispatch, key_id = folder / "dispatch", rotated_id(today)
    if _newest(list_ids(dispatch, ".key")) >= key_id:
        raise KeyFileError(f"{dispatch / key_id}.key is there already: the workers' pair can be replaced once a day")
    _ensure_pair(key_id, dispatch, (folder / "intake", folder / "desk"))
    return key_id


def read_intake(source: Path | KeyService) -> IntakeKeys:
    """The intake's keys, from `source/intake` or a key service."""
    if isinstance(source, KeyService):
        return source.read_intake()
    here = source / "intake"
    public = read_all(here, ".pub")
    dispatch = _newest(public)
    return IntakeKeys(
        desk_months={name: raw for name, raw in public.items() if kind_of(name) is KeyKind.MONTH},
        desk_days={name: raw for name, raw in public.items() if kind_of(name) is KeyKind.DAY},
        dispatch_public=read_key(here / f"{dispatch}.pub"),
        dispatch_id=dispatch,
        pepper=read_key(here / "pepper"),
    )


def read_desk(folder: Path) -> DeskKeys:
    """The desk's keys, from `folder/desk`."""
    here = folder / "desk"
    private = read_all(here, ".key")
    pairs = {name: pair_of(name, raw) for name, raw in private.items() if kind_of(name) is not None}
    dispatch = _newest(list_ids(here, ".pub"))
    return DeskKeys(
        months={name: pair for name, pair in pairs.items() if kind_of(name) is KeyKind.MONTH},
        days={name: pair for name, pair in pairs.items() if kind_of(name) is KeyKind.DAY},
        dispatch_public=read_key(here / f"{dispatch}.pub"),
        dispatch_id=dispatch,
        index={name.removeprefix(_INDEX): raw for name, raw in private.items() if name.startswith(_INDEX)},
    )


def read_dispatch(source: Path | KeyService) -> DispatchKeys:
    """The workers' pairs, from `source/dispatch` or a key service."""
    if isinstance(source, KeyService):
        return source.read_dispatch()
    here = source / "dispatch"
    ids = [one for one in list_ids(here, ".key") if kind_of(one) is KeyKind.DISPATCH] or [DISPATCH]
    newest, *older = (pair_of(one, read_key(here / f"{one}.key")) for one in sorted(ids, reverse=True))
    return DispatchKeys(newest, tuple(older))


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
            raise unusable(here, error) from None


def watch_intake(source: Path | KeyService) -> Keyring[IntakeKeys] | ServedKeys[IntakeKeys]:
    """The intake's keys, following `source/intake`, or those at a key service."""
    return ServedKeys(source.read_intake) if isinstance(source, KeyService) else Keyring(source, "intake", read_intake)


def watch_desk(source: Path | KeyService) -> Keyring[DeskKeys] | ServedKeys[DeskKeys]:
    """The desk's keys, following `source/desk`, or those at a key service."""
    return ServedKeys(source.read_desk) if isinstance(source, KeyService) else Keyring(source, "desk", read_desk)


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
        write_once(private, make_pair(key_id).private)
    public = _ensure_match(pair_of(key_id, read_key(private)), private, copies)
    for copy in copies:
        write_once(copy, public)


def _ensure_match(pair: KeyPair, private: Path, copies: list[Path]) -> bytes:
    for copy in copies:
        if copy.exists() and read_key(copy) != pair.public:
            raise KeyFileError(f"{copy} does not belong to {private}: remove it and start again")
    return pair.public


def _newest(ids: Iterable[str]) -> str:
    """The id of the workers' newest pair: that of the first one where there is none."""
    return max((one for one in ids if kind_of(one) is KeyKind.DISPATCH), default=DISPATCH)

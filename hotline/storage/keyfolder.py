"""One folder of key files: each appears whole or not at all, is private, and goes for good.

A key file holds 32 bytes as hexadecimal digits, mode 0600, in a folder of mode 0700.
"""

from __future__ import annotations

import os
import re
import secrets
import stat
from collections.abc import Mapping
from pathlib import Path

from hotline.domain.errors import HotlineError

_DYING = ".destroyed-"


class KeyFileError(HotlineError):
    """A key file or folder cannot be used; the text names it and what to do, never what is in it."""


def ensure_folder(folder: Path) -> None:
    """Make a folder that is missing, and close it to others."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if stat.S_IMODE(folder.stat().st_mode) & 0o077:
            folder.chmod(0o700)
    except OSError as error:
        raise unusable(folder, error) from None


def write_once(path: Path, raw: bytes) -> None:
    """Write a key unless its file is there; of several at once, the first counts."""
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
        sync_folder(path.parent)
    except OSError as error:
        raise unusable(path, error) from None


def destroy_key(path: Path) -> bool:
    """Overwrite a key's file, then remove it; False where there was none. Finishes what a killed process began.

    It leaves under another name first, so that nobody reads a half-overwritten key. On a disk that writes elsewhere than it
    is told to (flash, copy-on-write) an old block may survive: there the disk must be encrypted, or the keys be a service's.
    """
    dying = path.with_name(f"{_DYING}{path.name}")
    try:
        # What an earlier round left comes first: a rename over it would free its blocks as they are.
        begun = [*path.parent.glob(dying.name), *path.parent.glob(f".{path.name}-*")]
        for one in begun:
            _overwrite(one)
        if path.exists():
            path.rename(dying)
            _overwrite(dying)
            begun.append(dying)
        if begun:
            sync_folder(path.parent)
    except OSError as error:
        raise unusable(path, error) from None
    return bool(begun)


def _overwrite(path: Path) -> None:
    with path.open("r+b") as file:
        file.write(secrets.token_bytes(path.stat().st_size))
        file.flush()
        os.fsync(file.fileno())
    path.unlink()


def list_dying(folder: Path) -> list[str]:
    """The ids of the keys whose destruction was begun and not finished."""
    return [path.name.removeprefix(_DYING).removesuffix(".key") for path in sorted(folder.glob(f"{_DYING}*.key"))]


def sync_folder(folder: Path) -> None:
    """Bring the folder's list of names to the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def read_all(folder: Path, suffix: str) -> Mapping[str, bytes]:
    """Every key in the folder whose file ends so, by its id."""
    return {name: read_key(folder / f"{name}{suffix}") for name in list_ids(folder, suffix)}


def list_ids(folder: Path, suffix: str) -> list[str]:
    """The ids of the keys in the folder whose files end so."""
    try:
        names = sorted(os.listdir(folder))
    except OSError as error:
        raise unusable(folder, error) from None
    return [name.removesuffix(suffix) for name in names if name.endswith(suffix) and not name.startswith(".")]


def read_key(path: Path) -> bytes:
    """The 32 bytes in a file; KeyFileError names a file that is missing, open to others, or no key."""
    try:
        with path.open("rb") as file:
            mode = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
            text = file.read(200)
    except OSError as error:
        raise unusable(path, error) from None
    if mode & 0o077:
        raise KeyFileError(f"{path} can be read by other accounts (mode {mode:04o}): chmod 600 it")
    if not re.fullmatch(rb"[0-9a-f]{64}\s*", text):
        raise KeyFileError(f"{path} is not a key (64 hexadecimal digits): restore it from where it was made")
    return bytes.fromhex(text.decode().strip())


def unusable(path: Path, error: OSError) -> KeyFileError:
    """The sentence for a file or folder that the system refuses."""
    if isinstance(error, FileNotFoundError):
        return KeyFileError(f"{path} is missing: run `hotline up`, which makes keys, or copy it from where it was made")
    return KeyFileError(
        f"{path} cannot be used: {error.strerror}. Check that this account owns it and the disk is not full"
    )

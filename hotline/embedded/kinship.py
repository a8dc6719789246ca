"""Ties a process to its parent, and a server to an account without rights."""

from __future__ import annotations

import ctypes
import os
import signal

from config.places import Account

_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True)  # loaded here: nothing may be loaded between fork and exec


def die_with_parent(signum: int = signal.SIGTERM, parent: int | None = None) -> None:
    """Ask the kernel to send `signum` to this process when its parent ends, however it ends; survives `exec`.

    A change of account undoes it. `parent`, where known, catches a parent that ended before the kernel was asked.
    """
    _libc.prctl(_PR_SET_PDEATHSIG, int(signum))
    if parent is not None and os.getppid() != parent:
        os.kill(os.getpid(), signum)


def drop_rights(account: Account) -> None:
    """Become this account for good."""
    os.setgroups([])
    os.setgid(account.gid)
    os.setuid(account.uid)

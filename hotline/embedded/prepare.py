"""`python -m hotline.embedded.prepare`: roles, schema and demo accounts; run at every start and harmless twice."""

from __future__ import annotations

import os
import sys
import time
from urllib.parse import quote

import psycopg
from psycopg import sql
from sqlalchemy.exc import OperationalError

from config.places import password_file, postgres_socket
from config.settings import Settings, SettingsError, load_settings
from hotline.embedded.postgres import SUPERUSER
from hotline.services.people import ensure_demo_people
from hotline.storage.migrate import upgrade
from hotline.storage.session import open_engine

PATIENCE = 60.0
_LOGINS = ("owner", "intake", "desk", "dispatch", "retain")


def main() -> int:
    """Prepare the database; 1 where it cannot be reached."""
    try:
        settings = load_settings(os.environ)
        return prepare(settings)
    except SettingsError as error:
        print(error)
        return 1


def prepare(settings: Settings, patience: float = PATIENCE) -> int:
    """Wait for the database, then bring it to where the processes can start; 1 after a sentence that says why not."""
    end = time.monotonic() + patience
    while True:
        try:
            if settings.embeds_database:
                ensure_logins(settings)
            upgrade(settings.database_url_for("owner"))
            break
        except (psycopg.OperationalError, OperationalError) as error:
            if "authentication failed" in str(error):
                print(_wrong_password(settings))
                return 1
            if time.monotonic() > end:
                print("The database does not answer. Check HOTLINE_DATABASE_URL, or the line `postgres` above.")
                return 1
            time.sleep(0.1)
    if settings.mode == "demo":
        engine = open_engine(settings.database_url_for("owner"), pool_size=1)
        ensure_demo_people(engine, settings.demo_password)
        engine.dispose()
    return 0


def _wrong_password(settings: Settings) -> str:
    if settings.embeds_database:
        return (
            f"The passwords in {settings.keys} are not those of the database in {settings.home}. "
            "Put the right key folder back, or set HOTLINE_HOME to an empty folder to begin anew."
        )
    return "The database refuses the user or password of HOTLINE_DATABASE_URL."


def ensure_logins(settings: Settings) -> None:
    """Give each process's role its login and password, and the owner the database `hotline`."""
    password = quote(password_file(settings.keys, "superuser").read_text().strip())
    where = quote(str(postgres_socket(settings.home)), safe="")
    address = f"postgresql://{SUPERUSER}:{password}@/postgres?host={where}&require_auth=scram-sha-256"
    with psycopg.connect(address, autocommit=True, connect_timeout=5) as connection:
        for login in _LOGINS:
            name = f"hotline_{login}"
            if not connection.execute("SELECT FROM pg_roles WHERE rolname = %s", [name]).rowcount:
                connection.execute(sql.SQL("CREATE ROLE {}").format(sql.Identifier(name)))
            secret = password_file(settings.keys, login).read_text().strip()
            # the server is told a verifier: a password in a statement could reach a log
            verifier = connection.pgconn.encrypt_password(secret.encode(), name.encode(), b"scram-sha-256").decode()
            connection.execute(
                sql.SQL("ALTER ROLE {} LOGIN PASSWORD {}").format(sql.Identifier(name), sql.Literal(verifier))
            )
        if not connection.execute("SELECT FROM pg_database WHERE datname = 'hotline'").rowcount:
            connection.execute("CREATE DATABASE hotline OWNER hotline_owner")
            connection.execute("REVOKE ALL ON DATABASE hotline FROM PUBLIC")
        for login in _LOGINS[1:]:  # at every start: a later release may bring a login of its own
            connection.execute(
                sql.SQL("GRANT CONNECT ON DATABASE hotline TO {}").format(sql.Identifier(f"hotline_{login}"))
            )


if __name__ == "__main__":
    sys.exit(main())

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
from config.settings import Settings, load_settings
from hotline.embedded.postgres import SUPERUSER
from hotline.services.people import ensure_demo_people
from hotline.storage.migrate import upgrade
from hotline.storage.session import open_engine

PATIENCE = 60.0
_LOGINS = ("owner", "intake", "desk", "dispatch")


def main() -> int:
    """Prepare the database; 1 where it cannot be reached."""
    settings = load_settings(os.environ)
    end = time.monotonic() + PATIENCE
    while True:
        try:
            if settings.embeds_database:
                ensure_logins(settings)
            upgrade(settings.database_url_for("owner"))
            break
        except (psycopg.OperationalError, OperationalError):
            if time.monotonic() > end:
                print("The database does not answer. Check HOTLINE_DATABASE_URL, or the line `postgres` above.")
                return 1
            time.sleep(0.2)
    if settings.mode == "demo":
        engine = open_engine(settings.database_url_for("owner"), pool_size=1)
        ensure_demo_people(engine, settings.demo_password)
        engine.dispose()
    return 0


def ensure_logins(settings: Settings) -> None:
    """Give each process's role its login and password, and the owner the database `hotline`."""
    password = quote(password_file(settings.keys, "superuser").read_text().strip())
    address = f"postgresql://{SUPERUSER}:{password}@/postgres?host={quote(str(postgres_socket(settings.home)))}"
    with psycopg.connect(address, autocommit=True) as connection:
        for login in _LOGINS:
            role = sql.Identifier(f"hotline_{login}")
            known = connection.execute("SELECT FROM pg_roles WHERE rolname = %s", [f"hotline_{login}"]).rowcount
            if not known:
                connection.execute(sql.SQL("CREATE ROLE {}").format(role))
            secret = password_file(settings.keys, login).read_text().strip()
            connection.execute(sql.SQL("ALTER ROLE {} LOGIN PASSWORD {}").format(role, sql.Literal(secret)))
        if not connection.execute("SELECT FROM pg_database WHERE datname = 'hotline'").rowcount:
            connection.execute("CREATE DATABASE hotline OWNER hotline_owner")


if __name__ == "__main__":
    sys.exit(main())

"""Brings a database to the newest schema."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Engine
from sqlalchemy.exc import ProgrammingError

from hotline.storage.single import run_single

_FOLDER = Path(__file__).parent / "migrations"


def alembic_config(url: str) -> Config:
    """Alembic's settings for the owner's URL, without a file that could hold a password."""
    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    config.attributes["url"] = url
    return config


def upgrade(url: str) -> None:
    """Run every migration that the database lacks; harmless when there is none."""
    command.upgrade(alembic_config(url), "head")


def is_current(engine: Engine) -> bool:
    """Whether the database stands at the newest migration; a server that was just restarted is asked again."""
    head = ScriptDirectory(str(_FOLDER)).get_current_head()
    try:
        return run_single(engine, "SELECT version_num FROM alembic_version", {}) == [(head,)]
    except ProgrammingError:  # no such table yet, or not granted yet
        return False

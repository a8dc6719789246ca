"""The migrations: up, down, and equal to the models."""

from __future__ import annotations

from alembic import command
from sqlalchemy import Engine, inspect

from hotline.storage.migrate import alembic_config, is_current


def test_models_and_head_agree(database: str) -> None:
    command.check(alembic_config(database.format(role="owner")))


def test_every_step_goes_down_and_up_again(database: str, owner_engine: Engine) -> None:
    config = alembic_config(database.format(role="owner"))
    command.downgrade(config, "base")
    assert inspect(owner_engine).get_table_names() == ["alembic_version"]
    assert not is_current(owner_engine)
    command.upgrade(config, "head")
    assert is_current(owner_engine)

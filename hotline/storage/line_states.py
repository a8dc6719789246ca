"""The switch and the announcement of each line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from hotline.storage.single import run_single
from hotline.storage.tables import LineState


@dataclass(frozen=True, slots=True)
class Standing:
    """How a line stands. The announcement, by language, counts until `until`, or until somebody takes it away."""

    is_down: bool = False
    announcement: Mapping[str, str] | None = None
    until: datetime | None = None

    def announced(self, now: datetime) -> Mapping[str, str]:
        """The announcement that counts at this moment, by language."""
        is_over = self.until is not None and now >= self.until
        return {} if is_over else self.announcement or {}


_ALL = "SELECT line, is_down, announcement, until FROM line_states"


def all_standings(engine: Engine) -> Mapping[str, Standing]:
    """How each line stands that was ever switched."""
    return {line: Standing(*rest) for line, *rest in run_single(engine, _ALL, {})}


def switch(session: Session, line: str, *, is_down: bool) -> None:
    """Take a line down, or bring it up."""
    _set(session, line, {"is_down": is_down})


def announce(session: Session, line: str, announcement: Mapping[str, str], until: datetime | None) -> None:
    """Set what a line announces; an empty announcement is none."""
    _set(session, line, {"announcement": dict(announcement), "until": until})


def _set(session: Session, line: str, values: Mapping[str, object]) -> None:
    statement = insert(LineState).values(line=line, **values)
    session.execute(statement.on_conflict_do_update(index_elements=[LineState.line], set_=dict(values)))

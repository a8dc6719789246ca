"""The versions of the flow that are kept, and which of them is current on which line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Engine, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from hotline.storage.single import run_single
from hotline.storage.tables import FlowPublication, FlowVersion


@dataclass(frozen=True, slots=True)
class Publication:
    """A version made current: of every line where `line` is None, what the release brings where `version` is None."""

    number: int
    line: str | None
    version: str | None
    published_on: date


_NEWEST = """
    SELECT DISTINCT ON (line) number, line, version, published_on FROM flow_publications ORDER BY line, number DESC
"""
_SOURCES = "SELECT sources FROM flow_versions WHERE version = %(version)s"


def newest(engine: Engine) -> tuple[Publication, ...]:
    """The newest publication of each line, and the newest of every line."""
    return tuple(Publication(*row) for row in run_single(engine, _NEWEST, {}))


def find_sources(engine: Engine, version: str) -> Mapping[str, str] | None:
    """The texts of a version, by path."""
    rows = run_single(engine, _SOURCES, {"version": version})
    return rows[0][0] if rows else None


def publish(session: Session, *, line: str | None, version: str | None, today: date) -> None:
    """Make a version current from now on."""
    session.add(FlowPublication(line=line, version=version, published_on=today))


def keep(session: Session, version: str, sources: Mapping[str, str], today: date) -> None:
    """Keep a version's texts; harmless twice, since a version is the hash of its texts."""
    row = {"version": version, "sources": dict(sources), "stored_on": today}
    session.execute(insert(FlowVersion).values(row).on_conflict_do_nothing())


def is_kept(session: Session, version: str) -> bool:
    """Whether the texts of a version are here."""
    return session.get(FlowVersion, version) is not None


def list_kept(session: Session) -> list[tuple[str, date]]:
    """Every version with the day since when it is here, the newest first."""
    rows = session.execute(select(FlowVersion.version, FlowVersion.stored_on))
    return sorted(((version, day) for version, day in rows), key=lambda row: (row[1], row[0]), reverse=True)


def list_publications(session: Session) -> list[Publication]:
    """Every publication, the newest first."""
    rows = session.scalars(select(FlowPublication).order_by(FlowPublication.number.desc()))
    return [Publication(row.number, row.line, row.version, row.published_on) for row in rows]

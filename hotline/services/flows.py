"""The versions of the flow: which one a new conversation begins with, and the one that each goes on with."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable
from datetime import date, datetime
from pathlib import Path

import structlog
from sqlalchemy import Engine

from hotline.domain.dayparts import local_day
from hotline.domain.errors import BadInput
from hotline.services.glance import Glance
from hotline.storage import audit, flow_versions
from hotline.storage.flow_versions import Publication
from hotline.storage.session import transaction
from ivr_flows.load import Script, Sources, load_script, read_sources
from ivr_flows.reading import FlowError

PACKAGED = "packaged"
"""Stands for the version that the running release brings."""

_MOST = 8
"""Versions held in memory, beside the packaged one."""

_log = structlog.get_logger()


class FlowShelf:
    """The scripts that one intake process speaks. A version once begun is found again after a deploy or a restart.

    `packaged` is what this release brings; it counts as long as nobody published another, and while the database is
    away before the first look. It is kept in the database, so that the next release can finish what it began.
    """

    def __init__(self, engine: Engine, packaged: Script, clock: Callable[[], datetime]) -> None:
        self.packaged = packaged
        self._engine = engine
        self._held: OrderedDict[str, Script | None] = OrderedDict()
        self._lock = threading.Lock()
        self._is_kept = False
        self._newest: Glance[tuple[Publication, ...]] = Glance(lambda: self._look(local_day(clock())), (), clock)

    def current(self, line: str) -> Script:
        """What a conversation on this line begins with: the newest publication, else the packaged version."""
        version = choose_version(self._newest(), line)
        return (self.find(version) if version else None) or self.packaged

    def find(self, version: str) -> Script | None:
        """The script of a version; None where it is not kept, or this release cannot read it any more.

        Raises SQLAlchemy's errors while the database is away and the version is not in memory.
        """
        if version == self.packaged.version:
            return self.packaged
        with self._lock:
            if version in self._held:
                self._held.move_to_end(version)
                return self._held[version]
        script = self._load(version)
        with self._lock:
            self._held[version] = script
            while len(self._held) > _MOST:
                self._held.popitem(last=False)
        return script

    def describe(self) -> str:
        """`ok`, or which published version this release cannot read, so that callers hear the packaged one instead."""
        unread = sorted({one.version for one in self._newest() if one.version and self.find(one.version) is None})
        return f"cannot read {', '.join(unread)}: publish it anew, or revert" if unread else "ok"

    def _look(self, today: date) -> tuple[Publication, ...]:
        if not self._is_kept:
            with transaction(self._engine) as session:
                flow_versions.keep(session, self.packaged.version, self.packaged.sources, today)
            self._is_kept = True
        found = flow_versions.newest(self._engine)
        for one in found:  # here, so that no caller waits for a version to be read
            if one.version:
                self.find(one.version)
        return found

    def _load(self, version: str) -> Script | None:
        sources = flow_versions.find_sources(self._engine, version)
        if sources is None:
            return None
        try:
            script = load_script(sources)
        except FlowError:
            script = None
        if script is None or script.version != version:
            _log.error("a kept version of the flow cannot be read by this release", version=version)
            return None
        return script


def choose_version(publications: Iterable[Publication], line: str) -> str | None:
    """The version of the newest publication for this line or for every line; None means the packaged one."""
    fitting = [one for one in publications if one.line in (None, line)]
    return max(fitting, key=lambda one: one.number).version if fitting else None


def check_sources(sources: Sources, folder: Path) -> Script:
    """A script that may be published; raises FlowError, or BadInput where it lacks sentences that the house says.

    Mistakes name the files in `folder`, from which the texts come.
    """
    script = load_script(sources, folder)
    missing = set(load_script(read_sources()).flow.said_by_house) - set(script.flow.said_by_house)
    if missing:
        raise BadInput({"said_by_house": f"must list {', '.join(sorted(missing))}, which are said outside the flow"})
    return script


def publish(engine: Engine, script: Script, *, line: str | None, actor: str, now: datetime) -> None:
    """Keep a script and make it current, on one line or on all."""
    today = local_day(now)
    with transaction(engine) as session:
        flow_versions.keep(session, script.version, script.sources, today)
        flow_versions.publish(session, line=line, version=script.version, today=today)
        audit.record(session, actor=actor, act="publish_flow", now=now, fields=[script.version, *_named(line)])


def revert(engine: Engine, version: str, *, line: str | None, actor: str, now: datetime) -> None:
    """Make a version current again that is kept, or `packaged`; raises BadInput where it is not kept."""
    with transaction(engine) as session:
        if version != PACKAGED and not flow_versions.is_kept(session, version):
            raise BadInput({"version": f"{version} is not kept; `hotline flow versions` lists what is"})
        named = None if version == PACKAGED else version
        flow_versions.publish(session, line=line, version=named, today=local_day(now))
        audit.record(session, actor=actor, act="revert_flow", now=now, fields=[version, *_named(line)])


def list_versions(engine: Engine) -> tuple[list[tuple[str, date]], list[Publication]]:
    """The versions that are kept, each with its day, and the publications; the newest first."""
    with transaction(engine) as session:
        return flow_versions.list_kept(session), flow_versions.list_publications(session)


def _named(line: str | None) -> list[str]:
    return [line] if line else []

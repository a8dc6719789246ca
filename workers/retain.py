"""`python -m workers.retain`: one round of letting go, with whatever this host holds.

A process of its own that ends: it alone deletes reports, and beside the desk's keys it opens nothing that is on its way out.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from config.logging import configure_logging
from config.neighbourhoods import load_gazetteer, names_of_neighbourhoods
from config.retention import RetentionError, terms_of
from config.settings import Settings, SettingsError, load_settings
from hotline.domain.dayparts import local_day
from hotline.domain.errors import HotlineError
from hotline.services.keeping import KeepingHouse
from hotline.services.key_ends import destroy_due
from hotline.services.retention import remove_backups, retain
from hotline.services.rewrap import rewrap_due
from hotline.storage.keyfiles import ensure_keys
from hotline.storage.session import open_engine

_log = logging.getLogger(__name__)
_HOLDERS = ("intake", "desk", "dispatch")


@contextmanager
def open_keeping(settings: Settings) -> Iterator[KeepingHouse]:
    """The house that lets go, as the settings describe it."""
    names = frozenset(names_of_neighbourhoods(load_gazetteer()))
    engine = open_engine(settings.database_url_for("retain"), pool_size=1)
    try:
        yield KeepingHouse(engine, settings.keys, terms_of(settings), names, settings.home / "backups")
    finally:
        engine.dispose()


def walk(house: KeepingHouse, now: datetime, *, attended: bool = False) -> bool:
    """One round; False when a step failed, which stops no other. `attended`: a person asked for it and looks on.

    Running it twice, or on every host at once, is harmless: each step looks first what is due.
    """
    steps: list[tuple[str, Callable[[], object]]] = [("letting go", lambda: _tell_gone(house, now, attended))]
    if all(house.holds(holder) for holder in _HOLDERS):  # on one host alone can whole pairs be made
        steps.append(("making keys", lambda: ensure_keys(house.keys, local_day(now))))
    if house.holds("desk"):
        steps.append(("sealing anew", lambda: _tell_moves(house, now)))
    steps.append(("destroying keys", lambda: _tell_ends(house, now, attended)))
    steps.append(("removing backups", lambda: remove_backups(house, now)))
    return all([_succeeds(what, act) for what, act in steps])


def main() -> None:
    """Walk once; wrong settings end it with a sentence each."""
    os.nice(10)  # nobody waits for it
    try:
        settings = load_settings(os.environ)
        configure_logging(settings)
        with open_keeping(settings) as house:
            is_well = walk(house, datetime.now(UTC))
    except (SettingsError, RetentionError) as error:
        sys.exit(str(error))
    sys.exit(0 if is_well else 1)


def _tell_gone(house: KeepingHouse, now: datetime, attended: bool) -> None:
    gone = retain(house, now, attended=attended)
    if any((gone.reports, gone.partner_copies, gone.audit_rows)):
        numbers = (gone.reports, gone.partner_copies, gone.audit_rows)
        _log.info("went: %d reports, %d partners' copies, %d audit rows", *numbers)


def _tell_moves(house: KeepingHouse, now: datetime) -> None:
    for move in rewrap_due(house, now):
        _log.info("key %s: %d values sealed anew, %d broken, %d left", move.key_id, move.moved, move.broken, move.left)


def _tell_ends(house: KeepingHouse, now: datetime, attended: bool) -> None:
    for one in destroy_due(house, now, attended=attended):
        if one.obstacle:
            _log.warning("key %s is due and stays: %s", one.key_id, one.obstacle)
        else:
            _log.info("key %s is destroyed", one.key_id)


def _succeeds(what: str, act: Callable[[], object]) -> bool:
    try:
        act()
    except Exception as error:  # the text of one that is not ours could quote a value
        _log.error("%s: %s", what, error if isinstance(error, HotlineError) else type(error).__name__)
        return False
    return True


if __name__ == "__main__":
    main()

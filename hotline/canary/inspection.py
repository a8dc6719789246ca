"""Searches every store of an installation that this process may reach, and what its keys open."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import redis
from sqlalchemy import Engine

from hotline.canary import opening, stores
from hotline.canary.plants import Plants
from hotline.canary.search import Finding, Piece, Search
from hotline.storage.keyfiles import KeyFileError

Say = Callable[[str], None]
MAY_HOLD_WORDS = "opened: uncertain_words"
_KEPT_APART = (MAY_HOLD_WORDS, opening.STILL_AT_TWILIO)
"""Its seal may hold a reporter's own words by design: until a person judged them, at most 72 hours."""


@dataclass(frozen=True)
class Installation:
    """What can be reached. `keys` is the folder of key folders, `data` the database server's own, where it is here.

    `own` are files that hold planted values on purpose.
    """

    database: Engine
    valkey: redis.Redis
    keys: Path
    home: Path
    data: Path
    own: tuple[Path, ...] = ()


@dataclass
class Verdict:
    """What was searched for what, what was found, and what could not be looked at."""

    searches: dict[str, Search]
    lost: list[str] = field(default_factory=list)
    unseen: list[str] = field(default_factory=list)

    @property
    def findings(self) -> list[Finding]:
        """What stands where it must not."""
        return [finding for search in self.searches.values() for finding in search.findings]

    @property
    def is_clean(self) -> bool:
        """Nothing was found, and everything told that could be looked for is there."""
        return not self.findings and not self.lost


def inspect_installation(here: Installation, plants: Plants, say: Say) -> Verdict:
    """Look at everything; DBAPIError or RedisError where a store breaks off in the middle."""
    everything = Search((*plants.people, *plants.told, *plants.reached))
    people_and_codes, people = Search((*plants.people, *plants.reached)), Search(plants.people)
    verdict = Verdict(
        {
            "people, words and codes": everything,
            "people and codes, in opened seals": people_and_codes,
            "people, in opened answers": people,
        }
    )
    may_read = stores.readable(here.database)
    verdict.unseen += [
        f"table {name}: this database login may not read it" for name, may in may_read.items() if not may
    ]
    say("searching the tables")
    everything.look(stores.tables(here.database, [name for name, may in may_read.items() if may]))
    say("searching Valkey")
    everything.look(stores.valkey(here.valkey))
    say("searching the files of the home")
    everything.look(stores.files(here.home, without=(here.data, *here.own)))
    if here.data.is_dir():
        if not stores.write_out(here.database):
            verdict.unseen.append("what the database server has not written to its files yet: no right to a checkpoint")
        say("searching the database server's own files and its write-ahead log")
        everything.look(stores.server_files(here.database, here.data))
    else:
        verdict.unseen.append("the database server's own files: it is not on this machine")
    say("opening seals")
    told = _Told(plants)
    for holder, seals, pieces in (
        ("desk", opening.DESK, opening.opened_by_desk(here.database, here.keys, skip=True)),
        ("dispatch", opening.DISPATCH, opening.opened_by_dispatch(here.database, here.keys, skip=True)),
    ):
        if not all(may_read.get(one.table) for one in seals):
            continue
        try:
            people_and_codes.look(piece for piece in told.hear(pieces) if piece.store not in _KEPT_APART)
        except KeyFileError as error:
            verdict.unseen.append(f"what the keys of `{holder}` open: {error}")
    if all(may_read.get(table) for table, _ in opening.WORKING):
        ids = [*plants.sids, *plants.secrets, *plants.numbers.values()]
        people.look(opening.opened_by_other_side(here.database, here.valkey, ids, skip=True))
    if people_and_codes.looked["opened: report_parts"]:
        verdict.lost = told.missing
    else:
        verdict.unseen.append("whether what was told is kept: the desk's keys or tables are not to be read from here")
    return verdict


class _Told:
    """Listens to opened seals for the stories, which must be there."""

    def __init__(self, plants: Plants) -> None:
        self._waiting = {who: story.partition(" met ")[0].encode() for who, story in plants.stories.items()}

    @property
    def missing(self) -> list[str]:
        """Whose story was nowhere."""
        return list(self._waiting)

    def hear(self, pieces: Iterable[Piece]) -> Iterator[Piece]:
        """These pieces, unchanged."""
        for piece in pieces:
            here = piece.data.lower()
            self._waiting = {who: words for who, words in self._waiting.items() if words not in here}
            yield piece

"""A whole installation under observation, and the ways in which its stores are searched."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from prometheus_client import generate_latest

from hotline.canary import stores
from hotline.canary.opening import opened, opened_by_desk, opened_by_dispatch
from hotline.canary.search import Piece
from tests.canary.cast import Cast
from tests.canary.mailbox import Mailbox
from tests.canary.records import log_records
from tests.canary.wire import Relay, Wire
from tests.world import World


@dataclass
class Watched:
    """An installation whose every trace is at hand. `logs` catches every record from DEBUG on."""

    world: World
    cast: Cast
    intake: Wire
    desk: Wire
    relay: Relay
    mailbox: Mailbox
    logs: pytest.LogCaptureFixture
    server: Path
    folder: Path

    def kept(self) -> Iterator[Piece]:
        """What the house keeps by itself: nothing of a person or a report stands in it in clear."""
        yield from stores.tables(self.world.owner)
        yield from self.server_files()
        yield from stores.valkey(self.world.redis)
        yield from log_records(self.logs.records)
        yield from self.mailbox.pieces()
        yield from stores.files(self.folder)
        yield Piece("metrics", "page", generate_latest())

    def server_files(self) -> Iterator[Piece]:
        """The database server's files and what it logs."""
        assert stores.write_out(self.world.owner)
        yield from stores.server_files(self.world.owner, self.server / "data")
        yield Piece("database server's log", "log", stores.read(self.server.parent / f"{self.server.name}.log"))

    def shown(self) -> Iterator[Piece]:
        """What the desk and the partners see: a report, but nobody who made it, and no code."""
        yield from self.desk.pieces()
        yield from self.relay.pieces()
        yield Piece("partner's own memory", "received.json", repr(self.world.police.received()).encode())

    def answered(self) -> Iterator[Piece]:
        """What the resident hears, reads and sees: the words and the code are theirs, the number is not repeated."""
        yield from self.intake.pieces()

    def opened(self) -> Iterator[Piece]:
        """Every seal, opened by its holder."""
        ids = [*self.cast.sids, *self.cast.page_secrets, self.cast.caller, self.cast.texter, self.cast.aborting]
        keys = self.world.settings.keys
        yield from opened(self.world.owner, self.world.redis, keys, codes=self.cast.codes, ids=ids)

    def opened_at_the_end(self) -> Iterator[Piece]:
        """The same, when conversations are forgotten and only the seals of desk and workers are left."""
        yield from opened_by_desk(self.world.owner, self.world.settings.keys)
        yield from opened_by_dispatch(self.world.owner, self.world.settings.keys)

"""A search that never finds anything proves nothing: one leak is put into each store, and must be found there."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import logging
import urllib.request
import zlib
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy.orm import Session

from hotline.anonymity.seal import derive, encrypt, seal
from hotline.canary import stores
from hotline.canary.search import Piece, Search
from hotline.domain.content import Part
from hotline.domain.dayparts import local_day
from hotline.storage.keyfiles import read_desk, read_dispatch
from hotline.storage.tables import Conversation, Delivery, Report, ReportPart, Turn, UncertainWords
from hotline.web.metrics import FAILURES
from tests.canary.house import Watched
from tests.canary.restoring import back_up_and_restore

DAY = date(2026, 11, 23)
Leak = Callable[[Watched], None]
Look = Callable[[Watched], Iterable[Piece]]


def _sql(watched: Watched, *statements: str) -> None:
    with watched.world.owner.begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)


def _row(watched: Watched) -> None:
    _sql(watched, f"INSERT INTO counters VALUES ('2026-11-23', 'night', 'voice', '{watched.cast.caller}', 1)")


def _hash_in_a_row(watched: Watched) -> None:
    digest = hashlib.sha256(watched.cast.caller.encode()).digest()
    with Session(watched.world.owner) as session, session.begin():
        report = _report(b"x", code=digest)
        session.add(report)


def _deleted_row(watched: Watched) -> None:
    _row(watched)
    _sql(watched, "DELETE FROM counters")
    with watched.world.owner.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("VACUUM FULL counters")
    assert not Search(watched.cast.identity).look(stores.tables(watched.world.owner))


def _job(watched: Watched) -> None:
    told = json.dumps(["workers.deliver.run", None, [watched.cast.caller], {}]).encode()
    watched.world.redis.hset("rq:job:1", "data", zlib.compress(told))


def _failed_job(watched: Watched) -> None:
    told = base64.b64encode(zlib.compress(b"Traceback: " + watched.cast.names["caller"].encode()))
    watched.world.redis.xadd("rq:results:1", {"exc_string": told})


def _key_of_valkey(watched: Watched) -> None:
    watched.world.redis.set(b"limit:" + watched.cast.caller.encode(), 3)


def _log_argument(watched: Watched) -> None:
    logging.getLogger("hotline").debug("%.0s a call", watched.cast.caller)


def _exception_in_a_log(watched: Watched) -> None:
    with pytest.raises(Exception, match="hidden") as caught, watched.world.runtime.house.engine.connect() as connection:
        connection.exec_driver_sql("SELECT %(number)s::int / 0", {"number": watched.cast.caller})
    logging.getLogger("hotline").error("failed", exc_info=caught.value)


def _file(watched: Watched) -> None:
    (watched.folder / "crash.dump").write_bytes(gzip.compress(watched.cast.mails["caller"].encode()))


def _name_of_a_file(watched: Watched) -> None:
    (watched.folder / f"call-{watched.cast.caller}.txt").touch()


def _body_to_the_partner(watched: Watched) -> None:
    body = json.dumps({"name": watched.cast.names["caller"]}).encode()
    with pytest.raises(OSError, match="401"):
        urllib.request.urlopen(f"{watched.relay.url}/webhook", body, timeout=5)


def _header_to_the_partner(watched: Watched) -> None:
    request = urllib.request.Request(f"{watched.relay.url}/live", headers={"X-From": watched.cast.caller})
    urllib.request.urlopen(request, timeout=5).close()


def _page(watched: Watched) -> None:
    with Session(watched.world.owner) as session, session.begin():
        session.add(_report(b"x", neighbourhood=watched.cast.names["caller"]))
    watched.world.operator().opens_queue()


def _sealed_part(watched: Watched) -> None:
    key = read_desk(watched.world.settings.keys).month(watched.world.clock().date())
    part = Part(3, datetime.now(UTC), "voice", "nl", {"what": f"bel mij op {watched.cast.caller}"})
    with Session(watched.world.owner) as session, session.begin():
        report = _report(b"x")
        session.add(report)
        session.flush()
        session.add(ReportPart(id=uuid4(), report_id=report.id, key_id=key.id, sealed=seal(key.raw, part.dump())))


def _sealed_delivery(watched: Watched) -> None:
    public = read_dispatch(watched.world.settings.keys).pair.public
    sealed = seal(public, base64.b64encode(watched.cast.mails["caller"].encode()))
    with Session(watched.world.owner) as session, session.begin():
        report = _report(b"x")
        session.add(report)
        session.flush()
        session.add(
            Delivery(
                id=uuid4(), kind="report", target="politie", report_id=report.id, sealed=sealed, status="delivered"
            )
        )


def _working_state(watched: Watched) -> None:
    sid, now = watched.cast.make_sid("CA"), watched.world.clock()
    day_keys = watched.world.intake.extensions["hotline.intake"].day_keys
    replay = derive(day_keys.get(now.date()), b"replay", sid.encode())
    with Session(watched.world.owner) as session, session.begin():
        conversation = Conversation(
            id=uuid4(), channel="voice", key_day=now.date(), turn=1, has_report=False, is_complete=False, touched_at=now
        )
        session.add(conversation)
        session.flush()
        outputs = encrypt(replay, watched.cast.caller.encode())
        session.add(Turn(conversation_id=conversation.id, turn=0, outputs=outputs))


def _report(lookup: bytes, *, code: bytes | None = None, neighbourhood: str | None = None) -> Report:
    return Report(
        id=uuid4(),
        status="complete",
        priority="P2",
        neighbourhood=neighbourhood,
        arrived_on=DAY,
        arrived_part="night",
        due_at=datetime.now(UTC),
        code_lookup=code,
        reply_public=lookup if code else None,
    )


def _everything_kept(watched: Watched) -> Iterable[Piece]:
    return watched.kept()


def _servers_files(watched: Watched) -> Iterable[Piece]:
    return watched.server_files()


def _valkey(watched: Watched) -> Iterable[Piece]:
    return stores.valkey(watched.world.redis)


def _opened(watched: Watched) -> Iterable[Piece]:
    return watched.opened()


def _shown(watched: Watched) -> Iterable[Piece]:
    return watched.shown()


@pytest.mark.parametrize(
    ("leak", "look", "store"),
    [
        (_row, _everything_kept, "table rows"),
        (_row, _servers_files, "database server's files"),
        (_hash_in_a_row, _everything_kept, "table rows"),
        (_deleted_row, _servers_files, "write-ahead log"),
        (_job, _valkey, "Valkey"),
        (_failed_job, _valkey, "Valkey"),
        (_key_of_valkey, _valkey, "Valkey"),
        (_log_argument, _everything_kept, "log records"),
        (_exception_in_a_log, _everything_kept, "log records"),
        (_file, _everything_kept, "files"),
        (_name_of_a_file, _everything_kept, "files"),
        (_body_to_the_partner, _shown, "bytes to the partner"),
        (_header_to_the_partner, _shown, "bytes to the partner"),
        (_page, _shown, "answers of the desk"),
        (_sealed_part, _opened, "opened: report_parts"),
        (_sealed_delivery, _opened, "opened: deliveries"),
        (_working_state, _opened, "opened: turns"),
    ],
)
def test_a_leak_is_found(leak: Leak, look: Look, store: str, watched: Watched) -> None:
    leak(watched)
    found = Search(watched.cast.identity).look(piece for piece in look(watched) if piece.store == store)
    assert found, f"a leak in {store} was not seen"


def test_a_leak_is_found_in_each_store_that_is_a_copy_or_a_moment(watched: Watched, tmp_path: Path) -> None:
    """In a mail, a label of a metric, a doubtful word's seal, an answer to a resident, a snapshot, a backup."""
    cast, world = watched.cast, watched.world
    watched.mailbox.mails.append(f"Subject: {cast.names['caller']}".encode())
    FAILURES.labels("voice", cast.caller).inc()
    watched.intake.answers.append(("/drugsmeldpunt", f"<p>Dag {cast.names['visitor']}</p>".encode()))
    world.redis.hset("seen", cast.caller, "1")
    day = read_desk(world.settings.keys).day(local_day(world.clock()))
    with Session(world.owner) as session, session.begin():
        report = _report(b"x", neighbourhood=cast.names["texter"])
        session.add(report)
        session.flush()
        words = json.dumps({"kind": "phone", "text": cast.caller}).encode()
        session.add(UncertainWords(id=uuid4(), report_id=report.id, key_id=day.id, sealed=seal(day.raw, words)))
    try:
        pieces = [*watched.kept(), *watched.answered(), *watched.opened()]
    finally:
        FAILURES.remove("voice", cast.caller)
    pieces += back_up_and_restore(watched, tmp_path)
    search = Search(cast.identity)
    search.look(pieces)
    wanted = {"mails that left", "metrics", "answers of the intake", "opened: uncertain_words", "backup"}
    wanted |= {"restored tables", "Valkey", "Valkey, as a snapshot holds it"}
    assert wanted <= {finding.store for finding in search.findings}


def test_an_empty_house_holds_nothing(watched: Watched) -> None:
    search = Search((*watched.cast.identity, *watched.cast.secrets))
    kept = [*stores.tables(watched.world.owner), *stores.valkey(watched.world.redis), *stores.files(watched.folder)]
    assert not search.look([*kept, *watched.shown(), *watched.answered(), *watched.opened()])


def test_what_fails_to_open_is_no_silence(watched: Watched) -> None:
    _sealed_part(watched)
    _sql(watched, "UPDATE report_parts SET sealed = sealed || 'x'::bytea")
    with pytest.raises(Exception, match="does not open"):
        list(watched.opened())

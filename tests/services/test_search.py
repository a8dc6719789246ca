"""Search at the desk on real PostgreSQL: what is found, by which forms, and what the table and the audit never hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from secrets import token_bytes
from uuid import UUID

import pytest
from sqlalchemy import Engine, delete, select, text, update

from config.neighbourhoods import load_gazetteer
from hotline.anonymity.seal import seal
from hotline.domain.content import Content, ThirdParty
from hotline.domain.errors import BadInput
from hotline.services import indexing
from hotline.services.search import MOST, Found, search
from hotline.storage import blind_index
from hotline.storage.session import transaction
from hotline.storage.tables import AuditEvent, IndexRow, Report, ReportPart
from tests.conftest import NOW
from tests.desk_house import Desk

PLACES = load_gazetteer()
SCOOTERS = {"category": "dealing", "place": "Proefmolenstraat", "what": "Twee jongens op scooters verkopen zakjes."}
VATS = {"category": "waste", "place": "Sint Pieter", "what": "Achter de loods liggen blauwe vaten."}


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """A desk that knows the places of the city."""
    desk.house = replace(desk.house, gazetteer=PLACES)
    return desk


def find(desk: Desk, query: str, *, training: bool = False) -> Found:
    return search(desk.house, query, operator="operator", now=desk.clock.now, training=training)


def ids(desk: Desk, query: str) -> list[UUID]:
    return [hit.id for hit in find(desk, query).hits]


def rows(desk: Desk) -> list[IndexRow]:
    with transaction(desk.owner) as session:
        return list(session.scalars(select(IndexRow).order_by(IndexRow.report_id)))


def test_a_report_is_found_by_form_sound_slip_place_and_plate(desk: Desk) -> None:
    plate = ThirdParty("plate", "AE-12-OU")
    scooters, vats = desk.report(SCOOTERS, third=[plate]), desk.report(VATS)
    for query in ("scooter", "skoeter", "zakje verkopen", "proefmolenstrat", "Proefmolen straat", "ae12ou", "AE-12-OU"):
        assert ids(desk, query) == [scooters], query
    for query in ("vat", "blauw loods", "Sint Peter", "Sint Pieter blaue"):
        assert ids(desk, query) == [vats], query
    assert ids(desk, "scooter vaten") == ids(desk, "helikopter") == []
    shown = find(desk, "SKOOTER").hits[0].fragment
    assert [piece.text for piece in shown if piece.is_found] == ["scooters"]
    assert "".join(piece.text for piece in shown) == SCOOTERS["what"]


def test_what_changes_is_found_by_its_new_words_and_not_by_its_old(desk: Desk) -> None:
    report_id = desk.report(SCOOTERS)
    assert ids(desk, "zakjes") == [report_id]
    desk.tell(report_id, {"addition": "Er staat nu ook een bestelbus."})
    assert ids(desk, "bestelbus") == [report_id]
    with transaction(desk.owner) as session:
        words = Content({"place": "Verzonnenhof"}, (), "Er hangt een wietlucht.", 9)
        values = {"desk_text": seal(desk.month.public, words.dump()), "desk_key_id": desk.month.id}
        session.execute(update(Report).values(values))
    assert ids(desk, "wietlucht") == ids(desk, "verzonnenhof") == [report_id]
    assert ids(desk, "zakjes") == []


def test_the_newest_come_first_and_no_more_than_fit(desk: Desk) -> None:
    old = desk.report(SCOOTERS, ago=timedelta(days=3))
    morning, night = desk.report(SCOOTERS, ago=timedelta(hours=20)), desk.report(SCOOTERS)
    beyond = desk.report(SCOOTERS, ago=timedelta(minutes=20))
    with transaction(desk.owner) as session:
        session.execute(update(Report).where(Report.id == beyond).values(arrived_on=NOW.date() - timedelta(days=400)))
    assert ids(desk, "scooter") == [night, morning, old]
    with transaction(desk.owner) as session:
        session.execute(update(Report).where(Report.id == old).values(training=True))
    assert ids(desk, "scooter") == [night, morning]
    assert [hit.id for hit in find(desk, "scooter", training=True).hits] == [old]
    for _ in range(MOST):
        desk.report(SCOOTERS)
    found = find(desk, "scooter")
    assert len(found.hits) == MOST and found.has_more


def test_common_words_alone_are_refused_and_the_audit_holds_a_count(desk: Desk) -> None:
    desk.report(SCOOTERS)
    for query in ("", "   ", "de het en", "[naam]", "?!"):
        with pytest.raises(BadInput):
            find(desk, query)
    find(desk, "scooters op de proefmolenstraat")
    with transaction(desk.owner) as session:
        events = session.scalars(select(AuditEvent).where(AuditEvent.act == "search")).all()
    assert [(one.actor, one.fields, one.report_id) for one in events] == [("operator", ["1 found"], None)]


def test_no_word_stands_in_the_table_and_no_two_rows_are_alike(desk: Desk) -> None:
    for _ in range(2):
        desk.report(SCOOTERS)
    find(desk, "scooter")
    first, second = rows(desk)
    assert first.row != second.row and len(first.row) == len(second.row)
    for word in ("scooter", "skoter", "proefmolen", "zakje"):
        assert word.encode() not in first.row + second.row
    tokens = [{one.row[at : at + 2] for at in range(16, len(one.row), 2)} for one in (first, second)]
    assert len(tokens[0] & tokens[1]) < 5, "two rows of the same words share no more than chance"


def test_many_wait_until_the_pass_and_two_passes_do_no_harm(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hotline.services.search.FIRST_INDEXED", 1)
    for _ in range(3):
        desk.report(SCOOTERS)
    found = find(desk, "scooter")
    assert (len(found.hits), found.waiting) == (1, 2)
    assert list(indexing.index_all(desk.house)) == [2]
    assert list(indexing.index_all(desk.house)) == []
    before = [one.row for one in rows(desk)]
    assert indexing.begin_anew(desk.house) == 0
    assert len(ids(desk, "scooter")) == 3, "while it is made anew it still finds"
    assert indexing.count_waiting(desk.house) == 2 and list(indexing.index_all(desk.house)) == [2]
    assert not set(before) & {one.row for one in rows(desk)}


def test_what_an_operator_holds_is_left_for_later(desk: Desk) -> None:
    report_id = desk.report(SCOOTERS)
    with transaction(desk.owner) as session:
        session.get(Report, report_id, with_for_update=True)
        assert find(desk, "scooter") == Found((), False, 1)
    assert ids(desk, "scooter") == [report_id]


def test_a_key_that_is_gone_takes_its_words_along_and_harms_no_other(desk: Desk) -> None:
    kept, broken = desk.report(SCOOTERS), desk.report(SCOOTERS)
    with transaction(desk.owner) as session:
        session.execute(update(ReportPart).where(ReportPart.report_id == broken).values(key_id="1999-01"))
    found = find(desk, "scooter")
    assert ([hit.id for hit in found.hits], found.waiting) == ([kept], 0)
    keys = desk.house.keys()
    desk.house = replace(desk.house, keys=lambda: replace(keys, index={"2026-10": token_bytes(32)}))
    assert find(desk, "scooter") == Found((), False, 0)
    assert indexing.begin_anew(desk.house) == 2 and rows(desk) == []


def test_a_row_goes_with_its_report_and_can_be_forgotten(desk: Desk) -> None:
    first, second = desk.report(SCOOTERS), desk.report(SCOOTERS)
    find(desk, "scooter")
    with transaction(desk.owner) as session:
        session.execute(delete(ReportPart).where(ReportPart.report_id == first))
        session.execute(delete(Report).where(Report.id == first))
    assert [one.report_id for one in rows(desk)] == [second]
    with transaction(desk.house.engine) as session:
        blind_index.forget(session, second)
    assert rows(desk) == [] and ids(desk, "scooter") == [second]


@pytest.mark.parametrize("role", ["hotline_intake", "hotline_dispatch"])
def test_only_the_desk_may_touch_it(owner_engine: Engine, role: str) -> None:
    for statement in ("SELECT * FROM blind_index", "DELETE FROM blind_index", "UPDATE blind_index SET parts = 0"):
        with owner_engine.connect() as connection:
            connection.execute(text(f"SET ROLE {role}"))
            with pytest.raises(Exception, match="permission denied"):
                connection.execute(text(statement))

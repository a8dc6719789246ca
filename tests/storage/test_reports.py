"""Questions to the table of reports."""

from __future__ import annotations

from uuid import uuid4

import pytest
from sqlalchemy import select

from hotline.domain.errors import NotFound
from hotline.domain.lifecycle import OPEN_AT_DESK
from hotline.domain.report import Priority
from hotline.storage import reports
from hotline.storage.session import transaction
from hotline.storage.tables import Reply
from tests.desk_house import Desk


def test_a_page_is_bounded_and_keeps_the_most_urgent(desk: Desk) -> None:
    ids = {priority: desk.report({"what": "x"}, priority=priority) for priority in Priority}
    desk.report({"what": "x"}, status="released", priority=Priority.P0)
    with transaction(desk.house.engine) as session:
        found = reports.page(session, OPEN_AT_DESK, limit=2)
        counts = reports.count_by_status(session)
    assert [report.id for report in found] == [ids[Priority.P0], ids[Priority.P1]]
    assert counts == {"incomplete": 5, "released": 1}


def test_what_is_not_there_is_not_found(desk: Desk) -> None:
    with transaction(desk.house.engine) as session:
        for find in (reports.by_id, reports.locked):
            with pytest.raises(NotFound):
                find(session, uuid4())
        assert reports.parts_of(session, []) == {}


def test_replies_are_numbered_in_order(desk: Desk) -> None:
    report_id = desk.report({"what": "x"})
    for words in (b"one", b"two"):
        with transaction(desk.house.engine) as session:
            reports.locked(session, report_id)
            reports.add_reply(session, report_id, words)
    with transaction(desk.owner) as session:
        rows = session.execute(select(Reply.number, Reply.sealed).order_by(Reply.number)).all()
    assert [tuple(row) for row in rows] == [(1, b"one"), (2, b"two")]

"""Who may do what to attachments, and that a repeat is written down once."""

from __future__ import annotations

from uuid import uuid4

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import ProgrammingError

from hotline.storage import attachments
from hotline.storage.attachments import Arrived
from hotline.storage.session import transaction
from tests.conftest import NOW


@pytest.mark.parametrize(
    ("role", "statement", "may"),
    [
        ("intake", "SELECT source FROM attachments", False),
        ("intake", "SELECT sealed FROM attachments", False),
        ("intake", "UPDATE attachments SET report_id = NULL", False),
        ("intake", "DELETE FROM attachments", False),
        ("desk", "SELECT sealed FROM attachments", True),
        ("desk", "SELECT source FROM attachments", False),
        ("desk", "SELECT repeat_id FROM attachments", False),
        ("desk", "UPDATE attachments SET report_id = NULL", False),
        ("desk", "DELETE FROM attachments", False),
        ("dispatch", "SELECT * FROM attachments", True),
        ("dispatch", "DELETE FROM attachments", True),
        ("dispatch", "INSERT INTO attachments SELECT * FROM attachments", False),
    ],
)
def test_each_role_may_do_its_own_part(owner_engine: Engine, role: str, statement: str, may: bool) -> None:
    with owner_engine.connect() as connection:
        connection.exec_driver_sql(f"SET ROLE hotline_{role}")
        if may:
            connection.exec_driver_sql(statement)
        else:
            with pytest.raises(ProgrammingError, match="permission denied"):
                connection.exec_driver_sql(statement)


def test_what_comes_twice_is_one_and_has_one_holder(intake_engine: Engine, dispatch_engine: Engine) -> None:
    one = Arrived(uuid4(), uuid4(), "voice", b"r" * 32, b"sealed", NOW)
    again = Arrived(uuid4(), one.report_id, "voice", one.repeat_id, b"sealed anew", NOW)
    assert [attachments.add(intake_engine, each) for each in (one, again)] == [True, False]
    with transaction(dispatch_engine) as first, transaction(dispatch_engine) as second:
        held = attachments.claim(first, now=NOW, until=NOW)
        assert held is not None and held.id == one.id
        assert attachments.claim(second, now=NOW, until=NOW) is None
    with transaction(dispatch_engine) as session:
        assert attachments.claim(session, now=NOW, until=NOW, skip=[one.id]) is None

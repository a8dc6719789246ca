"""Releasing: one version, one hold and one delivery per partner, in the caller's transaction."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from hotline.anonymity.seal import open_sealed
from hotline.domain.content import Content, ThirdParty
from hotline.domain.errors import NotAllowed
from hotline.domain.lifecycle import Stage
from hotline.domain.partners import Partner
from hotline.domain.report import Priority
from hotline.services.release import Delay, hide_moment, leave_at_once, plan_release
from hotline.storage.session import transaction
from hotline.storage.tables import Delivery, Recipient, Report
from tests.conftest import NOW
from tests.desk_house import DISPATCH, Desk

POLICE = Partner(
    "politie", "Politie", "webhook", receives=("dealing",), sees=frozenset({"third_parties", "exact_address"})
)
CITY = Partner("gemeente", "Gemeente", "portal", receives=("dealing", "waste"))
CARE = Partner("zorg", "Zorg", "portal", receives=("*",), role="information")
CONTENT = Content(
    {"category": "dealing", "place": "Proefmolenstraat 12", "now": "yes", "part_of_day": "night"},
    (ThirdParty("plate", "AE-12-OU"),),
    "Er wordt gedeald op de Proefmolenstraat.",
)


def release(
    desk: Desk,
    report_id: UUID,
    *,
    partners: tuple[Partner, ...] = (POLICE, CITY, CARE),
    content: Content = CONTENT,
    delay: Delay = leave_at_once,
) -> list[Recipient]:
    with transaction(desk.house.engine) as session:
        report = session.get_one(Report, report_id)
        return plan_release(
            session,
            report=report,
            content=content,
            partners=partners,
            keys=desk.house.keys(),
            now=NOW,
            delay=delay,
        )


def deliveries(desk: Desk) -> dict[str, Delivery]:
    with transaction(desk.owner) as session:
        return {one.target: one for one in session.scalars(select(Delivery))}


def opened(delivery: Delivery) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(open_sealed(DISPATCH.private, delivery.sealed))
    return found


def test_each_partner_gets_its_own_version_under_its_own_id(desk: Desk) -> None:
    report_id = desk.report(dict(CONTENT.answers), priority=Priority.P2)
    police, city, care = release(desk, report_id)
    found = deliveries(desk)
    assert set(found) == {"politie", "gemeente", "zorg"}
    version = opened(found["politie"])
    assert version["reportId"] == str(police.id) != str(report_id)
    assert version["time"] == "2026-11-23T02:00:00Z"
    assert version["thirdParties"] == [{"kind": "plate", "text": "AE-12-OU"}]
    assert {police.role, city.role, care.role} == {"primary", "information"}
    assert len({police.id, city.id, care.id, report_id}) == 4
    copy = desk.house.keys().open(city.portal_key_id, city.portal_copy)
    assert b"Proefmolen" not in copy
    assert b"AE-12-OU" not in copy


def test_a_portal_partner_s_delivery_carries_no_words(desk: Desk) -> None:
    release(desk, desk.report(dict(CONTENT.answers)))
    assert opened(deliveries(desk)["gemeente"]) == {}


def test_the_police_s_portal_copy_is_what_is_sent(desk: Desk) -> None:
    (police,) = release(desk, desk.report(dict(CONTENT.answers)), partners=(POLICE,))
    copy = desk.house.keys().open(police.portal_key_id, police.portal_copy)
    assert json.loads(copy) == opened(deliveries(desk)["politie"])


@pytest.mark.parametrize("priority", [Priority.P3, Priority.P4])
def test_what_is_not_urgent_leaves_an_hour_later_or_more_and_not_together(desk: Desk, priority: Priority) -> None:
    chances = iter([0.0, 0.5, 1.0])
    report_id = desk.report(dict(CONTENT.answers), priority=priority)
    release(desk, report_id, delay=hide_moment(lambda: next(chances)))
    found = deliveries(desk)
    waits = [found[key].due_at - NOW for key in ("politie", "gemeente", "zorg")]  # type: ignore[operator]
    assert waits == [timedelta(hours=1), timedelta(hours=2), timedelta(hours=3)]


@pytest.mark.parametrize("priority", [Priority.P0, Priority.P1, Priority.P2])
def test_what_is_urgent_leaves_at_once(priority: Priority) -> None:
    assert hide_moment(lambda: 1.0)(priority) == timedelta(0)


@pytest.mark.parametrize("partners", [(), (CARE,), (replace(POLICE, receives=()), CARE)])
def test_a_report_that_nobody_must_answer_is_not_released(desk: Desk, partners: tuple[Partner, ...]) -> None:
    with pytest.raises(NotAllowed, match="geen partner"):
        release(desk, desk.report(dict(CONTENT.answers)), partners=partners)
    assert deliveries(desk) == {}


def test_a_report_that_was_handed_back_comes_again_under_the_id_that_is_known(desk: Desk) -> None:
    report_id = desk.report(dict(CONTENT.answers))
    first = {one.partner: one.id for one in release(desk, report_id)}
    with transaction(desk.owner) as session:
        for one in session.scalars(select(Recipient).where(Recipient.partner == "politie")):
            one.stage, one.return_reason = Stage.RETURNED, "tooLittle"
        for old in session.scalars(select(Delivery)):
            session.delete(old)
    (again,) = release(desk, report_id)
    assert (again.id, again.stage, again.return_reason) == (first["politie"], "sent", None)
    assert set(deliveries(desk)) == {"politie"}


def test_an_exercise_goes_to_nobody_whoever_asks(desk: Desk) -> None:
    report_id = desk.report(CONTENT.answers, status="complete")
    with transaction(desk.owner) as session:
        session.get_one(Report, report_id).training = True
    with pytest.raises(NotAllowed, match="geen enkele partner"):
        release(desk, report_id)
    assert deliveries(desk) == {}

"""What an operator does with a report: hold, save, release, refuse."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import func, select, update

from hotline.anonymity.seal import open_sealed
from hotline.domain.content import Content, ThirdParty
from hotline.domain.errors import BadInput, Leased, NotAllowed, NotFound, StaleVersion
from hotline.domain.report import Priority
from hotline.services import desk as acts
from hotline.services.desk_draft import Draft
from hotline.services.desk_lease import LEASE, give_back, renew, take
from hotline.services.desk_queue import Arrivals, list_queue
from hotline.services.desk_report import open_report
from hotline.services.release import hide_moment, leave_at_once
from hotline.storage.session import transaction
from hotline.storage.tables import AuditEvent, Delivery, Recipient, Reply, Report, ReportPart
from tests.conftest import NOW
from tests.desk_house import PARTNERS, REPLY, Desk

FULL = {"category": "dealing", "place": "Proefmolenstraat", "now": "no", "when": "week", "what": "Er wordt gedeald."}


def draft_of(desk: Desk, report_id: UUID, **changes: str) -> Draft:
    """The form as the page would send it, with these fields changed."""
    page = open_report(desk.house, report_id, now=desk.clock.now)
    names = ("category", "place", "neighbourhood", "now", "when", "part_of_day", "subtype", "weapon", "children")
    answers = {name: changes.get(name, page.content.answers.get(name, "")) for name in names}
    return Draft(
        answers=answers, text=changes.get("text", page.content.text), kept=page.content.third_parties, seen=page.seen
    )


def version_of(desk: Desk, report_id: UUID) -> int:
    return desk.row(report_id).version


def content_of(desk: Desk, report_id: UUID) -> Content:
    return open_report(desk.house, report_id, now=desk.clock.now).content


def count(desk: Desk, table: type) -> int:
    with transaction(desk.owner) as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def acts_of(desk: Desk, report_id: UUID) -> list[str]:
    with transaction(desk.owner) as session:
        return list(session.scalars(select(AuditEvent.act).where(AuditEvent.report_id == report_id)))


# ---- the queue ---------------------------------------------------------------------------


def test_the_queue_begins_with_the_most_urgent_and_of_those_the_newest(desk: Desk) -> None:
    old = desk.report(FULL, ago=timedelta(hours=3))
    new = desk.report(FULL, ago=timedelta(minutes=2))
    danger = desk.report({"danger": "yes"}, priority=Priority.P0, ago=timedelta(hours=1))
    queue = list_queue(desk.house, now=NOW)
    assert [row.id for row in queue.rows] == [danger, new, old]
    assert [row.waiting for row in queue.rows] == [timedelta(hours=1), timedelta(minutes=2), timedelta(hours=3)]
    assert queue.counts == {"open": 3, "partners": 0, "done": 0, "training": 0}


def test_arrivals_are_opened_once_and_forgotten_with_the_report(desk: Desk) -> None:
    first, second = desk.report(FULL), desk.report(FULL)
    arrivals = Arrivals()
    assert set(arrivals.fill(desk.house, [first, second])) == {first, second}
    assert set(arrivals.fill(desk.house, [second])) == {second}


def test_a_report_that_cannot_be_opened_does_not_hide_the_queue(desk: Desk) -> None:
    report_id = desk.report(FULL)
    with transaction(desk.owner) as session:
        session.execute(update(ReportPart).values(key_id="1999-01"))
    queue = list_queue(desk.house, now=NOW)
    assert [(row.id, row.waiting) for row in queue.rows] == [(report_id, None)]


# ---- the lease ---------------------------------------------------------------------------


def test_a_second_operator_sees_who_has_it_and_since_when(desk: Desk) -> None:
    report_id = desk.report(FULL)
    take(desk.house, report_id, "operator", NOW)
    assert renew(desk.house, report_id, "operator", NOW + timedelta(minutes=4))
    later = NOW + timedelta(minutes=6)
    with pytest.raises(Leased) as leased:
        take(desk.house, report_id, "operator2", later)
    page = open_report(desk.house, report_id, now=later)
    assert (leased.value.holder, page.holder, page.since) == ("operator", "operator", NOW)


def test_a_lease_that_ran_out_is_free_and_the_first_page_is_stale(desk: Desk) -> None:
    report_id = desk.report(FULL)
    take(desk.house, report_id, "operator", NOW)
    version, draft = version_of(desk, report_id), draft_of(desk, report_id, text="Van de eerste.")
    later = NOW + LEASE + timedelta(seconds=1)
    take(desk.house, report_id, "operator2", later)
    assert not renew(desk.house, report_id, "operator", later)
    give_back(desk.house, report_id, "operator2", later)
    with pytest.raises(StaleVersion):
        acts.save_draft(desk.house, report_id, operator="operator", version=version, draft=draft, now=later)


def test_a_laptop_that_slept_goes_on_where_nobody_took_over(desk: Desk) -> None:
    report_id = desk.report(FULL)
    take(desk.house, report_id, "operator", NOW)
    version, draft = version_of(desk, report_id), draft_of(desk, report_id, text="Na een uur.")
    later = NOW + timedelta(hours=1)
    acts.save(desk.house, report_id, operator="operator", version=version, draft=draft, now=later)
    assert content_of(desk, report_id).text == "Na een uur."


def test_a_report_that_left_the_desk_cannot_be_taken(desk: Desk) -> None:
    with pytest.raises(NotAllowed):
        take(desk.house, desk.report(FULL, status="released"), "operator", NOW)
    with pytest.raises(NotFound):
        take(desk.house, UUID(int=1), "operator", NOW)


# ---- saving ------------------------------------------------------------------------------


def test_typing_is_scrubbed_before_it_is_written(desk: Desk) -> None:
    report_id = desk.report(FULL)
    take(desk.house, report_id, "operator", NOW)
    draft = draft_of(desk, report_id, text="Bel +31 43 350 51 11. Scooter AE-12-OU staat er.")
    saved = acts.save(
        desk.house, report_id, operator="operator", version=version_of(desk, report_id), draft=draft, now=NOW
    )
    content = content_of(desk, report_id)
    assert "350" not in content.text and "AE-12-OU" not in content.text
    assert sum(saved.removed.values()) == 1 and sum(saved.sealed.values()) == 1
    assert [one.text for one in content.third_parties] == ["AE-12-OU"]


def test_the_words_of_a_draft_rest_sealed_and_the_audit_holds_names_of_fields(desk: Desk) -> None:
    report_id = desk.report(FULL)
    take(desk.house, report_id, "operator", NOW)
    draft = draft_of(desk, report_id, text="Woorden die nergens staan", place="Verzonnenhof")
    acts.save(desk.house, report_id, operator="operator", version=version_of(desk, report_id), draft=draft, now=NOW)
    row = desk.row(report_id)
    assert row.desk_text and b"Woorden" not in row.desk_text
    with transaction(desk.owner) as session:
        event = session.scalars(select(AuditEvent).where(AuditEvent.act == "save")).one()
    assert event.fields == ["place", "text"]


def test_what_is_told_while_the_page_is_open_is_not_lost(desk: Desk) -> None:
    report_id = desk.report({"place": "Denkbeeldweg", "what": "Een eerste zin."})
    take(desk.house, report_id, "operator", NOW)
    draft = draft_of(desk, report_id, place="Denkbeeldweg bij de brug")
    desk.tell(report_id, {"category": "waste", "place": "Denkbeeldweg 3", "more": "Een tweede zin."})
    acts.save(desk.house, report_id, operator="operator", version=version_of(desk, report_id), draft=draft, now=NOW)
    content = content_of(desk, report_id)
    assert content.answers["category"] == "waste"
    assert content.answers["place"] == "Denkbeeldweg bij de brug"
    assert content.text == "Een eerste zin.\nEen tweede zin."


def test_a_report_that_turned_urgent_meanwhile_stays_urgent(desk: Desk) -> None:
    report_id = desk.report(FULL)
    take(desk.house, report_id, "operator", NOW)
    page = open_report(desk.house, report_id, now=NOW)
    untouched = replace(draft_of(desk, report_id), priority=Priority.P3, shown=Priority.P3)
    desk.tell(report_id, {"weapon": "yes"})
    with transaction(desk.owner) as session:
        session.execute(update(Report).values(priority="P1"))
    acts.save_draft(desk.house, report_id, operator="operator", version=page.version, draft=untouched, now=NOW)
    assert desk.row(report_id).priority == "P1"
    chosen = replace(untouched, priority=Priority.P4)
    acts.save_draft(desk.house, report_id, operator="operator", version=page.version, draft=chosen, now=NOW)
    assert desk.row(report_id).priority == "P4"


def test_what_the_operator_took_out_of_the_text_does_not_stay_beside_it(desk: Desk) -> None:
    report_id = desk.report({**FULL, "what": "Ik zie dit vanuit mijn raam."})
    take(desk.house, report_id, "operator", NOW)
    draft = draft_of(desk, report_id, text="Er wordt gedeald.")
    acts.save(desk.house, report_id, operator="operator", version=version_of(desk, report_id), draft=draft, now=NOW)
    assert "what" not in content_of(desk, report_id).answers


def test_a_third_party_that_was_unticked_goes(desk: Desk) -> None:
    plate, name = ThirdParty("plate", "AE-12-OU"), ThirdParty("handle", "@niemand")
    report_id = desk.report(FULL, third=[plate, name])
    take(desk.house, report_id, "operator", NOW)
    page = open_report(desk.house, report_id, now=NOW)
    forged = ThirdParty("plate", "UI-99-EO")
    draft = Draft(answers={"category": "dealing"}, text="", kept=(name, forged), seen=page.seen)
    acts.save(desk.house, report_id, operator="operator", version=page.version, draft=draft, now=NOW)
    assert content_of(desk, report_id).third_parties == (name,)


def test_two_saves_of_one_version_leave_the_second_stale(desk: Desk) -> None:
    report_id = desk.report(FULL)
    take(desk.house, report_id, "operator", NOW)
    version, draft = version_of(desk, report_id), draft_of(desk, report_id, text="Een")
    acts.save(desk.house, report_id, operator="operator", version=version, draft=draft, now=NOW)
    with pytest.raises(StaleVersion):
        acts.save(desk.house, report_id, operator="operator", version=version, draft=draft, now=NOW)
    with pytest.raises(Leased):
        acts.save(desk.house, report_id, operator="operator2", version=version + 1, draft=draft, now=NOW)
    assert content_of(desk, report_id).text == "Een"


# ---- releasing ---------------------------------------------------------------------------


def test_release_sends_to_every_partner_that_the_category_names(desk: Desk) -> None:
    report_id = desk.report(FULL)
    take(desk.house, report_id, "operator", NOW)
    release(desk, report_id)
    assert desk.row(report_id).status == "released"
    page = open_report(desk.house, report_id, now=NOW)
    assert [one.partner for one in page.recipients] == ["Gemeente Maastricht", "Politie Limburg"]
    assert page.holder is None
    assert acts_of(desk, report_id).count("release") == 1


def test_release_of_a_call_that_still_runs_is_allowed(desk: Desk) -> None:
    report_id = desk.report({**FULL, "danger": "yes"}, status="received", priority=Priority.P0)
    take(desk.house, report_id, "operator", NOW)
    release(desk, report_id)
    assert desk.row(report_id).status == "released"


def test_release_says_everything_that_is_missing_at_once_and_writes_nothing(desk: Desk) -> None:
    report_id = desk.report({"what": "Iets."})
    take(desk.house, report_id, "operator", NOW)
    before = desk.row(report_id)
    with pytest.raises(BadInput) as missing:
        release(desk, report_id, text="Iets anders.")
    assert set(missing.value.errors) == {"category", "place"}
    after = desk.row(report_id)
    assert (after.status, after.version, after.desk_text) == (before.status, before.version, None)
    assert count(desk, Recipient) == count(desk, Delivery) == 0


def test_a_category_without_a_partner_is_said_before_release(desk: Desk) -> None:
    report_id = desk.report({**FULL, "category": "other"})
    take(desk.house, report_id, "operator", NOW)
    with pytest.raises(BadInput) as missing:
        release(desk, report_id)
    assert set(missing.value.errors) == {"category"}


def test_a_release_that_breaks_halfway_writes_nothing(desk: Desk) -> None:
    report_id = desk.report(FULL)
    take(desk.house, report_id, "operator", NOW)
    calls = 0

    def breaks(priority: Priority) -> timedelta:
        nonlocal calls
        calls += 1
        if calls == len(PARTNERS):
            raise RuntimeError("the power went")
        return timedelta(0)

    with pytest.raises(RuntimeError):
        release(desk, report_id, text="Niet bewaren.", delay=breaks)
    row = desk.row(report_id)
    assert (row.status, row.desk_text, row.lease_by) == ("incomplete", None, "operator")
    assert count(desk, Recipient) == count(desk, Delivery) == 0
    assert "release" not in acts_of(desk, report_id)


def test_a_pattern_leaves_at_least_an_hour_after_release(desk: Desk) -> None:
    report_id = desk.report(FULL)
    take(desk.house, report_id, "operator", NOW)
    release(desk, report_id, delay=hide_moment(lambda: 0.0))
    with transaction(desk.owner) as session:
        due: list[datetime | None] = list(session.scalars(select(Delivery.due_at)))
    assert due and all(moment is not None and moment - NOW >= timedelta(hours=1) for moment in due)


def release(
    desk: Desk, report_id: UUID, *, delay: Callable[[Priority], timedelta] = leave_at_once, **changes: str
) -> None:
    acts.release(
        desk.house,
        report_id,
        operator="operator",
        version=version_of(desk, report_id),
        draft=draft_of(desk, report_id, **changes),
        now=NOW,
        delay=delay,
    )


# ---- refusing ----------------------------------------------------------------------------


def test_a_refusal_can_be_heard_with_the_code_and_with_nothing_else(desk: Desk) -> None:
    report_id = desk.report(FULL)
    take(desk.house, report_id, "operator", NOW)
    reject(desk, report_id, "outside", "")
    row = desk.row(report_id)
    assert (row.status, row.reason, row.lease_by) == ("rejected", "outside", None)
    with transaction(desk.owner) as session:
        sealed = session.scalars(select(Reply.sealed).where(Reply.report_id == report_id)).one()
    reply = json.loads(open_sealed(REPLY.private, sealed))
    assert reply["kind"] == "rejected" and "buiten Maastricht" in reply["text"]


def test_a_refusal_in_the_operators_own_words_is_scrubbed(desk: Desk) -> None:
    report_id = desk.report(FULL, status="received")
    take(desk.house, report_id, "operator", NOW)
    reject(desk, report_id, "known", "Bel ons op +31 43 350 51 11.")
    with transaction(desk.owner) as session:
        sealed = session.scalars(select(Reply.sealed)).one()
    assert "350" not in json.loads(open_sealed(REPLY.private, sealed))["text"]


def test_a_reporter_without_a_code_gets_no_reply(desk: Desk) -> None:
    report_id = desk.report(FULL, with_code=False)
    take(desk.house, report_id, "operator", NOW)
    reject(desk, report_id, "too_little", "")
    assert count(desk, Reply) == 0


def test_a_refusal_needs_a_reason_and_a_short_sentence(desk: Desk) -> None:
    report_id = desk.report(FULL)
    take(desk.house, report_id, "operator", NOW)
    for reason, sentence in (("", ""), ("made up", "Zin."), ("known", "lang " * 100)):
        with pytest.raises(BadInput):
            reject(desk, report_id, reason, sentence)
    assert desk.row(report_id).status == "incomplete"


def reject(desk: Desk, report_id: UUID, reason: str, sentence: str) -> None:
    acts.reject(
        desk.house,
        report_id,
        operator="operator",
        version=version_of(desk, report_id),
        reason=reason,
        sentence=sentence,
        now=NOW,
    )

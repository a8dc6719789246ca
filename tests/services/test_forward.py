"""What came after the release goes on to the partners by one act, or is put aside."""

from __future__ import annotations

import json
import threading
from datetime import timedelta
from pathlib import Path

import pytest
import redis
from sqlalchemy import Engine, select

from hotline.anonymity.seal import open_sealed
from hotline.domain.content import ThirdParty
from hotline.domain.errors import BadInput, NotAllowed, StaleVersion
from hotline.services import desk as desk_acts
from hotline.services import feedback, forward
from hotline.services.desk_draft import Draft
from hotline.services.desk_lease import take
from hotline.services.desk_news import list_news
from hotline.services.desk_queue import list_queue
from hotline.services.partner_inbox import list_held
from hotline.services.release import hide_moment, leave_at_once
from hotline.storage.session import transaction
from hotline.storage.tables import AuditEvent, Delivery
from tests.conftest import NOW
from tests.desk_house import DISPATCH
from tests.dialogue_house import FULL
from tests.question_story import Story, begin_story

ADDED = "Het zijn er nu drie."


@pytest.fixture
def story(
    intake_engine: Engine, desk_engine: Engine, owner_engine: Engine, valkey: redis.Redis, tmp_path: Path
) -> Story:
    return begin_story(intake_engine, desk_engine, owner_engine, valkey, tmp_path)


def send(story: Story, text: str = "Er wordt gedeald. Drie personen.", *, seen: int | None = None) -> int:
    seen = story.page(story.report_id).seen if seen is None else seen
    return forward.forward_addition(
        story.desk.house,
        story.report_id,
        operator="operator",
        seen=seen,
        text=text,
        now=story.desk.clock(),
        delay=hide_moment(lambda: 0.0),
    )


def sent(story: Story, kind: str) -> dict[str, dict[str, object]]:
    with transaction(story.desk.owner) as session:
        rows = session.scalars(select(Delivery).where(Delivery.kind == kind)).all()
        return {one.target: json.loads(open_sealed(DISPATCH.private, one.sealed)) for one in rows}


def text_of(story: Story, partner: str) -> str:
    return str(story.held(partner).version["text"]).partition("\n\n")[2]


def test_an_addition_reaches_every_live_partner_as_a_new_version(story: Story) -> None:
    story.asks("add_to_report", ADDED, third=(ThirdParty("plate", "AE-12-OU"),))
    (news,) = list_news(story.desk.house)
    assert (news.id, news.has_addition, news.is_withdrawn, news.has_answer) == (story.report_id, True, False, False)
    page = story.page(story.report_id)
    assert page.content.text == f"{FULL['what']}\n{ADDED}"
    assert send(story) == 2
    assert list_news(story.desk.house) == []
    assert not story.page(story.report_id).has_news
    parcels = sent(story, "update")
    assert parcels["gemeente"] == {}
    assert parcels["politie"]["reportId"] == str(story.ids["politie"])
    assert parcels["politie"]["time"] == "2026-11-23T03:00:00Z"
    assert str(parcels["politie"]["text"]).endswith("Drie personen.")
    assert text_of(story, "gemeente") == FULL["what"]
    story.desk.clock.moves(timedelta(hours=1))
    assert text_of(story, "gemeente") == "Er wordt gedeald. Drie personen."
    assert story.page(story.report_id).content.text == "Er wordt gedeald. Drie personen."
    assert story.held("gemeente").id == story.ids["gemeente"]


def test_a_second_addition_leaves_the_first_one_on_show_until_it_may_go(story: Story) -> None:
    for text in ("een", "twee", "drie"):
        story.asks("add_to_report", text)
        assert story.page(story.report_id).content.text.endswith(text)
        send(story, f"Tekst {text}.")
        before = text_of(story, "politie")
        assert text not in before
        story.desk.clock.moves(timedelta(hours=1))
        assert text_of(story, "politie") == f"Tekst {text}."
    assert len(story.later(story.report_id)) == 3


def test_who_handed_back_gets_nothing_more(story: Story) -> None:
    feedback.return_report(
        story.desk.house, partner="politie", recipient_id=story.ids["politie"], reason="other", actor="x", now=NOW
    )
    story.asks("add_to_report", ADDED)
    assert send(story) == 1
    assert set(sent(story, "update")) == {"gemeente"}


@pytest.mark.parametrize("text", ["", " \n ", "x" * 4001])
def test_no_text_and_too_long_a_text_do_not_leave(story: Story, text: str) -> None:
    story.asks("add_to_report", ADDED)
    with pytest.raises(BadInput):
        send(story, text)
    assert sent(story, "update") == {}
    assert story.page(story.report_id).has_news


def test_the_operator_s_text_is_scrubbed(story: Story) -> None:
    story.asks("add_to_report", ADDED)
    send(story, "Bel mij op 097010000001.")
    assert "097010000001" not in str(sent(story, "update"))


def test_what_nobody_read_does_not_leave(story: Story) -> None:
    story.asks("add_to_report", ADDED)
    seen = story.page(story.report_id).seen
    story.asks("add_to_report", "Nog iets.")
    for act in (
        lambda: send(story, seen=seen),
        lambda: forward.put_aside(story.desk.house, story.report_id, operator="o", seen=seen, now=NOW),
    ):
        with pytest.raises(StaleVersion):
            act()
    assert story.page(story.report_id).has_news


def test_two_operators_at_once_send_it_once(story: Story) -> None:
    story.asks("add_to_report", ADDED)
    refused: list[Exception] = []

    def act() -> None:
        try:
            send(story)
        except StaleVersion as error:
            refused.append(error)

    threads = [threading.Thread(target=act) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 3
    with transaction(story.desk.owner) as session:
        assert len(session.scalars(select(Delivery).where(Delivery.kind == "update")).all()) == 2


def test_put_aside_is_read_and_goes_no_further(story: Story) -> None:
    story.asks("add_to_report", ADDED)
    seen = story.page(story.report_id).seen
    forward.put_aside(story.desk.house, story.report_id, operator="operator", seen=seen, now=NOW)
    assert (list_news(story.desk.house), sent(story, "update")) == ([], {})
    assert story.later(story.report_id) == [{"addition": ADDED}]
    with transaction(story.desk.owner) as session:
        assert [one.act for one in session.scalars(select(AuditEvent))] == ["put_aside"]


def test_a_withdrawal_is_told_to_the_partners(story: Story) -> None:
    page = story.page(story.report_id)
    house = story.desk.house
    with pytest.raises(StaleVersion):
        forward.forward_withdrawal(house, story.report_id, operator="o", seen=page.seen, now=NOW, delay=leave_at_once)
    story.asks("add_to_report", ADDED)
    page = story.page(story.report_id)
    with pytest.raises(NotAllowed):
        forward.forward_withdrawal(house, story.report_id, operator="o", seen=page.seen, now=NOW, delay=leave_at_once)
    story.asks("withdraw_report")
    page = story.page(story.report_id)
    assert [one.is_withdrawn for one in list_news(house)] == [True]
    told = forward.forward_withdrawal(
        house, story.report_id, operator="o", seen=page.seen, now=NOW, delay=lambda _: timedelta(hours=2)
    )
    assert told == 2
    assert sent(story, "withdrawal")["politie"] == {
        "reportId": str(story.ids["politie"]),
        "time": "2026-11-23T04:00:00Z",
    }
    assert not story.held().is_withdrawn
    story.desk.clock.moves(timedelta(hours=2))
    assert story.held().is_withdrawn
    assert [one.is_withdrawn for one in list_held(house, partner="gemeente", now=story.desk.clock(), limit=5)[0]] == [
        True
    ]
    assert list_news(house) == []


# ---- reports that are still at the desk --------------------------------------------------------


def test_an_addition_to_an_open_report_shows_in_the_queue_and_lands_in_the_text(story: Story) -> None:
    desk, report_id = story.desk, story.report("complete", code="000000000195")
    take(desk.house, report_id, "operator", NOW)
    version = desk.row(report_id).version
    draft = Draft(answers=FULL, text="Mijn tekst.", seen=story.page(report_id).seen)
    desk_acts.save(desk.house, report_id, operator="operator", version=version, draft=draft, now=NOW)
    story.asks("add_to_report", ADDED, code="000000000195")
    (row,) = list_queue(desk.house, now=NOW).rows
    assert row.has_news
    page = story.page(report_id)
    assert page.content.text == f"Mijn tekst.\n{ADDED}"
    with pytest.raises(StaleVersion):
        desk_acts.release(
            desk.house,
            report_id,
            operator="operator",
            version=page.version,
            draft=draft,
            now=NOW,
            delay=leave_at_once,
        )
    kept = desk_acts.save_draft(desk.house, report_id, operator="operator", version=page.version, draft=draft, now=NOW)
    assert story.page(report_id).content.text == f"Mijn tekst.\n{ADDED}"
    assert story.page(report_id).has_news
    read = Draft(answers=FULL, text="Mijn tekst. Drie.", seen=story.page(report_id).seen)
    desk_acts.save(desk.house, report_id, operator="operator", version=kept.version, draft=read, now=NOW)
    assert story.page(report_id).content.text == "Mijn tekst. Drie."
    assert not story.page(report_id).has_news


def test_a_withdrawn_report_is_not_released_any_more(story: Story) -> None:
    desk, report_id = story.desk, story.report_id
    for partner in ("politie", "gemeente"):
        who = {"partner": partner, "recipient_id": story.ids[partner], "actor": partner, "now": NOW}
        feedback.return_report(desk.house, reason="other", **who)  # type: ignore[arg-type]
        if partner == "politie":
            assert story.asks("withdraw_report") == ("passed_on", {})
    take(desk.house, report_id, "operator", NOW)
    version, read = desk.row(report_id).version, story.page(report_id)
    draft = Draft(answers=FULL, text="x", seen=read.seen)
    with pytest.raises(BadInput, match="trok"):
        desk_acts.release(
            desk.house, report_id, operator="operator", version=version, draft=draft, now=NOW, delay=leave_at_once
        )
    desk_acts.reject(
        desk.house, report_id, operator="operator", version=version, reason="withdrawn", sentence="", now=NOW
    )
    assert story.asks("report_status")[1]["feedback"] == "U trok uw melding in. Wij geven die niet door."


def test_no_operator_says_that_the_reporter_withdrew(story: Story) -> None:
    report_id = story.report("complete", code="000000000195")
    take(story.desk.house, report_id, "operator", NOW)
    with pytest.raises(BadInput):
        desk_acts.reject(
            story.desk.house,
            report_id,
            operator="operator",
            version=story.desk.row(report_id).version,
            reason="withdrawn",
            sentence="",
            now=NOW,
        )

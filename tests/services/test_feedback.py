"""The way back: from a partner's word to the reporter's ear."""

from __future__ import annotations

import json
import threading
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from hotline.anonymity.seal import open_sealed
from hotline.domain.content import Content
from hotline.domain.errors import BadInput, Conflict, NotAllowed, NotFound
from hotline.domain.lifecycle import Stage, Status
from hotline.domain.partners import Partner
from hotline.services import feedback
from hotline.services.feedback import Once
from hotline.services.partner_inbox import list_held, open_held
from hotline.services.release import hide_moment, leave_at_once, plan_release
from hotline.storage.session import transaction
from hotline.storage.tables import AuditEvent, Feedback, Recipient, Reply, Report
from tests.conftest import NOW
from tests.desk_house import REPLY, Desk

SENTENCE = "Wij houden deze plek in de gaten. Dank u wel."
FULL = {"category": "dealing", "place": "Proefmolenstraat", "now": "no", "when": "week"}
PARTNERS = (
    Partner("politie", "Politie", "webhook", receives=("dealing",)),
    Partner("gemeente", "Gemeente", "portal", receives=("dealing",)),
    Partner("zorg", "Zorg", "portal", receives=("dealing",), role="information"),
)


class Story:
    """One released report and those who hold it."""

    def __init__(self, desk: Desk, *partners: str, with_code: bool = True) -> None:
        self.desk, self.house = desk, desk.house
        self.report_id = desk.report(FULL, status="complete", with_code=with_code)
        chosen = [one for one in PARTNERS if one.key in (partners or ("politie", "gemeente", "zorg"))]
        with transaction(desk.house.engine) as session:
            report = session.get_one(Report, self.report_id)
            report.status = Status.RELEASED
            planned = plan_release(
                session,
                report=report,
                content=Content(FULL),
                partners=chosen,
                keys=desk.house.keys(),
                now=NOW,
                delay=leave_at_once,
            )
            self.ids = {one.partner: one.id for one in planned}

    def who(self, partner: str) -> dict[str, object]:
        return {"partner": partner, "recipient_id": self.ids[partner], "actor": partner, "now": NOW}

    def assess(self, partner: str) -> Stage:
        return feedback.assess(self.house, **self.who(partner))  # type: ignore[arg-type]

    def pick_up(self, partner: str, once: Once | None = None) -> Stage:
        return feedback.pick_up(self.house, once=once, **self.who(partner))  # type: ignore[arg-type]

    def returns(self, partner: str, reason: str = "notOurs") -> Stage:
        return feedback.return_report(self.house, reason=reason, **self.who(partner))  # type: ignore[arg-type]

    def writes(self, partner: str, text: str = SENTENCE, once: Once | None = None) -> Stage:
        return feedback.give_feedback(self.house, text=text, once=once, **self.who(partner))  # type: ignore[arg-type]

    def approve(self, text: str | None = None) -> None:
        (draft,) = feedback.drafts(self.house)
        feedback.approve(self.house, draft.id, operator="operator", text=text, now=NOW)

    @property
    def status(self) -> str:
        return self.desk.row(self.report_id).status

    def stage(self, partner: str) -> Stage:
        return open_held(self.house, partner=partner, recipient_id=self.ids[partner], now=NOW).stage

    def heard(self) -> list[dict[str, str]]:
        with transaction(self.desk.owner) as session:
            rows = session.scalars(select(Reply).order_by(Reply.number))
            return [json.loads(open_sealed(REPLY.private, one.sealed)) for one in rows]

    def audit(self) -> list[tuple[str, str]]:
        with transaction(self.desk.owner) as session:
            return sorted((one.actor, one.act) for one in session.scalars(select(AuditEvent)))


def test_assessed_picked_up_answered_closed(desk: Desk) -> None:
    story = Story(desk, "politie")
    assert story.assess("politie") is Stage.ASSESSED
    assert story.status == "assessed"
    assert story.pick_up("politie") is Stage.PICKED_UP
    assert story.status == "picked_up"
    assert story.writes("politie") is Stage.PICKED_UP
    assert story.heard() == []
    assert [draft.text for draft in feedback.drafts(desk.house)] == [SENTENCE]
    story.approve()
    assert story.heard() == [{"text": SENTENCE, "kind": "feedback"}]
    assert (story.stage("politie"), story.status) == (Stage.CLOSED, "closed")
    assert story.audit() == [
        ("operator", "approve_feedback"),
        ("operator", "close"),
        ("politie", "assess"),
        ("politie", "give_feedback"),
        ("politie", "pick_up"),
    ]


def test_the_report_closes_when_the_last_answer_is_approved_and_not_before(desk: Desk) -> None:
    story = Story(desk)
    story.writes("politie")
    story.approve()
    assert (story.status, story.stage("politie"), story.stage("gemeente")) == ("answered", "answered", "sent")
    story.writes("gemeente", "Wij maken de straat schoon.")
    story.approve()
    assert (story.status, story.stage("politie"), story.stage("gemeente")) == ("closed", "closed", "closed")
    assert [one["text"] for one in story.heard()] == [SENTENCE, "Wij maken de straat schoon."]


def test_who_is_merely_informed_changes_no_status_and_writes_nothing(desk: Desk) -> None:
    story = Story(desk)
    assert story.assess("zorg") is Stage.ASSESSED
    assert story.status == "released"
    with pytest.raises(NotAllowed, match="ter informatie"):
        story.writes("zorg")


def test_saying_it_twice_changes_nothing_and_going_back_is_refused(desk: Desk) -> None:
    story = Story(desk, "politie")
    story.pick_up("politie")
    assert story.pick_up("politie") is Stage.PICKED_UP
    with pytest.raises(NotAllowed):
        story.assess("politie")


def test_a_sentence_is_scrubbed_before_anything_is_written(desk: Desk) -> None:
    story = Story(desk, "politie")
    story.writes("politie", "Bel ons op\n097010000001.")
    (draft,) = feedback.drafts(desk.house)
    assert "097010000001" not in draft.text
    assert draft.text.startswith("Bel ons op ")


@pytest.mark.parametrize("text", ["", "  \n ", "\x00", "x" * 321])
def test_no_sentence_and_too_long_a_sentence_are_refused(desk: Desk, text: str) -> None:
    story = Story(desk, "politie")
    with pytest.raises(BadInput) as refused:
        story.writes("politie", text)
    assert set(refused.value.errors) == {"text"}
    assert feedback.drafts(desk.house) == []


def test_the_operator_may_change_the_sentence_and_it_is_scrubbed_again(desk: Desk) -> None:
    story = Story(desk, "politie")
    story.writes("politie")
    story.approve("Wij letten op. Mail iemand@voorbeeld.example.")
    (heard,) = story.heard()
    assert heard["text"].startswith("Wij letten op.")
    assert "voorbeeld.example" not in heard["text"]
    with transaction(desk.owner) as session:
        event = session.scalars(select(AuditEvent).where(AuditEvent.act == "approve_feedback")).one()
        kept = session.scalars(select(Feedback)).one()
        assert event.fields == ["text"]
        assert desk.house.keys().open(kept.key_id, kept.sealed).decode() == heard["text"]


def test_a_bad_change_leaves_the_draft_as_it_was(desk: Desk) -> None:
    story = Story(desk, "politie")
    story.writes("politie")
    with pytest.raises(BadInput):
        story.approve("x" * 321)
    assert [draft.text for draft in feedback.drafts(desk.house)] == [SENTENCE]
    assert story.heard() == []


def test_a_refused_sentence_is_not_heard_and_the_partner_may_write_another(desk: Desk) -> None:
    story = Story(desk, "politie")
    story.writes("politie")
    with pytest.raises(Conflict):
        story.writes("politie", "Nog een zin.")
    (draft,) = feedback.drafts(desk.house)
    feedback.refuse(desk.house, draft.id, operator="operator", now=NOW)
    assert feedback.drafts(desk.house) == []
    assert story.heard() == []
    held = open_held(desk.house, partner="politie", recipient_id=story.ids["politie"], now=NOW)
    assert held.feedback == ("refused",)
    story.writes("politie", "Een betere zin.")
    story.approve()
    assert [one["text"] for one in story.heard()] == ["Een betere zin."]


def test_a_decision_is_taken_once(desk: Desk) -> None:
    story = Story(desk, "politie")
    story.writes("politie")
    (draft,) = feedback.drafts(desk.house)
    errors: list[Exception] = []

    def decide() -> None:
        try:
            feedback.approve(desk.house, draft.id, operator="operator", text=None, now=NOW)
        except NotAllowed as error:
            errors.append(error)

    threads = [threading.Thread(target=decide) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(errors) == 3
    assert len(story.heard()) == 1
    with pytest.raises(NotFound):
        feedback.refuse(desk.house, uuid4(), operator="operator", now=NOW)


def test_without_a_code_nothing_is_written_for_the_reporter_and_the_report_closes_all_the_same(desk: Desk) -> None:
    story = Story(desk, "politie", with_code=False)
    story.writes("politie")
    assert [draft.can_be_heard for draft in feedback.drafts(desk.house)] == [False]
    story.approve()
    assert (story.heard(), story.status) == ([], "closed")


def test_a_second_sentence_after_closing_is_heard_too(desk: Desk) -> None:
    story = Story(desk, "politie")
    story.writes("politie")
    story.approve()
    story.writes("politie", "Het huis is gesloten.")
    story.approve()
    assert [one["text"] for one in story.heard()] == [SENTENCE, "Het huis is gesloten."]
    assert story.status == "closed"


def test_what_everybody_hands_back_is_the_desk_s_again(desk: Desk) -> None:
    story = Story(desk)
    assert story.returns("politie", "tooLittle") is Stage.RETURNED
    assert story.status == "released"
    story.returns("gemeente")
    assert story.status == "complete"
    held = open_held(desk.house, partner="politie", recipient_id=story.ids["politie"], now=NOW)
    assert held.return_reason == "tooLittle"
    with pytest.raises(NotAllowed):
        story.writes("politie")
    assert desk.row(story.report_id).due_at > NOW


def test_the_reason_is_one_of_the_list_because_it_stands_in_clear(desk: Desk) -> None:
    story = Story(desk)
    with pytest.raises(BadInput):
        story.returns("politie", "de buurman op nummer 7 heeft gebeld")


def test_the_report_closes_when_the_only_one_left_has_answered_already(desk: Desk) -> None:
    story = Story(desk)
    story.writes("politie")
    story.approve()
    story.returns("gemeente")
    assert story.status == "closed"


def test_a_status_never_falls_back_when_one_of_two_hands_back(desk: Desk) -> None:
    story = Story(desk)
    story.pick_up("politie")
    story.returns("politie")
    assert story.status == "picked_up"


def test_a_sentence_of_who_hands_back_waits_no_longer(desk: Desk) -> None:
    story = Story(desk)
    story.writes("politie")
    story.returns("politie")
    assert feedback.drafts(desk.house) == []


def test_another_partner_s_report_is_as_if_it_did_not_exist(desk: Desk) -> None:
    story = Story(desk)
    for recipient_id in (story.ids["politie"], story.report_id, uuid4()):
        with pytest.raises(NotFound):
            feedback.assess(desk.house, partner="gemeente", recipient_id=recipient_id, actor="x", now=NOW)


def test_what_is_not_let_go_yet_is_not_there(desk: Desk) -> None:
    report_id = desk.report(FULL, status="complete")
    with transaction(desk.house.engine) as session:
        (hold,) = plan_release(
            session,
            report=session.get_one(Report, report_id),
            content=Content(FULL),
            partners=PARTNERS[:1],
            keys=desk.house.keys(),
            now=NOW,
            delay=hide_moment(lambda: 0.0),
        )
    assert list_held(desk.house, partner="politie", now=NOW, limit=5) == ([], None)
    with pytest.raises(NotFound):
        open_held(desk.house, partner="politie", recipient_id=hold.id, now=NOW)
    shown, _ = list_held(desk.house, partner="politie", now=hold.released_at, limit=5)
    assert [one.id for one in shown] == [hold.id]


def once(key: str, request: str = "r") -> Once:
    return Once(key.encode(), request.encode())


def test_a_repeated_key_changes_nothing_and_gets_the_first_answer(desk: Desk) -> None:
    story = Story(desk, "politie")
    assert story.pick_up("politie", once("k1")) is Stage.PICKED_UP
    story.writes("politie", once=once("k2"))
    story.approve()
    assert story.pick_up("politie", once("k1")) is Stage.PICKED_UP
    assert story.writes("politie", once=once("k2")) is Stage.PICKED_UP
    assert feedback.drafts(desk.house) == []
    with pytest.raises(Conflict):
        story.pick_up("politie", once("k1", "other request"))


def test_a_refused_request_may_come_again_under_its_key(desk: Desk) -> None:
    story = Story(desk, "politie")
    story.pick_up("politie")
    with pytest.raises(NotAllowed):
        feedback.assess(desk.house, once=once("k1"), **story.who("politie"))  # type: ignore[arg-type]
    with pytest.raises(NotAllowed):
        feedback.assess(desk.house, once=once("k1"), **story.who("politie"))  # type: ignore[arg-type]


def test_two_at_once_under_one_key_write_one_sentence(desk: Desk) -> None:
    story = Story(desk, "politie")
    threads = [threading.Thread(target=story.writes, args=("politie",), kwargs={"once": once("k")}) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(feedback.drafts(desk.house)) == 1


def test_pages_of_the_inbox_hold_every_report_once(desk: Desk) -> None:
    stories = [Story(desk, "politie") for _ in range(7)]
    found: list[UUID] = []
    after = None
    while True:
        shown, after = list_held(desk.house, partner="politie", now=NOW, limit=3, after=after)
        found += [one.id for one in shown]
        if after is None:
            break
    assert sorted(found) == sorted(story.ids["politie"] for story in stories)
    with pytest.raises(BadInput):
        list_held(desk.house, partner="politie", now=NOW, limit=3, after=uuid4())


def test_a_report_whose_key_is_gone_keeps_its_stage_and_loses_its_words(desk: Desk) -> None:
    story = Story(desk, "politie")
    with transaction(desk.owner) as session:
        session.scalars(select(Recipient)).one().portal_key_id = "2020-01"
    held = open_held(desk.house, partner="politie", recipient_id=story.ids["politie"], now=NOW)
    assert (held.stage, held.version) == (Stage.SENT, {})

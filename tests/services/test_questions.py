"""A partner's question, past the desk to the reporter."""

from __future__ import annotations

import threading
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
import redis
from sqlalchemy import Engine, select

from hotline.domain.errors import BadInput, Conflict, HotlineError, NotAllowed, NotFound
from hotline.services import feedback, question_desk
from hotline.services.partner_act import Once
from hotline.storage.session import transaction
from hotline.storage.tables import AuditEvent, Question, Report
from tests.conftest import NOW
from tests.question_story import ANSWER, QUESTION, Story, begin_story


@pytest.fixture
def story(
    intake_engine: Engine, desk_engine: Engine, owner_engine: Engine, valkey: redis.Redis, tmp_path: Path
) -> Story:
    return begin_story(intake_engine, desk_engine, owner_engine, valkey, tmp_path)


def test_a_report_that_closes_asks_nothing_any_more(story: Story) -> None:
    story.ask()
    story.approve()
    for partner in ("politie", "gemeente"):
        who = {"partner": partner, "recipient_id": story.ids[partner], "actor": partner, "now": NOW}
        feedback.give_feedback(story.desk.house, text="Wij letten op.", **who)  # type: ignore[arg-type]
        (draft,) = feedback.drafts(story.desk.house)
        feedback.approve(story.desk.house, draft.id, operator="operator", text=None, now=NOW)
    assert story.asks("report_status")[1]["question"] == ""
    assert story.asks("answer_question", ANSWER) == ("closed", {})
    assert story.seen() == [("refused", "")]


def test_questions_of_two_partners_come_one_after_the_other_the_oldest_first(story: Story) -> None:
    story.ask("Wat ziet u?", partner="gemeente")
    story.approve()
    story.desk.clock.moves(timedelta(minutes=1))
    story.ask()
    story.approve()
    for words in ("Wat ziet u?", QUESTION, ""):
        assert story.asks("report_status")[1]["question"] == words
        story.asks("answer_question", f"antwoord op {words}")
    told = [one["answer"] for one in story.later(story.report_id)]
    assert told == ["antwoord op Wat ziet u?", f"antwoord op {QUESTION}"]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Zag u dit om 23.10 uur?", "een cijfer"),
        ("Was het in de Proefmolenstraat?", "een straat"),
        ("Zag u de Denkbeeldweg?", "een straat"),
        ("Zei hij 'kom maar'?", "aanhalingstekens"),
        ("Was het “kom maar”?", "aanhalingstekens"),
        ("Kent u @dealertje?", "account"),
        ("Mail het naar iemand@voorbeeld.example", "een naam, kenteken"),
        ("", "Schrijf"),
        (" \x00 ", "Schrijf"),
        ("x" * 20_000, "te lang"),
    ],
)
def test_a_planted_detail_does_not_reach_the_reporter(story: Story, text: str, what: str) -> None:
    with pytest.raises(BadInput) as refused:
        story.ask(text)
    assert what in refused.value.errors["text"]
    story.ask()
    if text.strip(" \x00"):
        with pytest.raises(BadInput):
            story.approve(text)
        assert story.asks("report_status")[1]["question"] == ""


@pytest.mark.parametrize(
    "text", ["Gebeurt dit vaker? En op weg naar buiten?", "Was er een auto's bij? Ziet u 's avonds iets?"]
)
def test_an_open_question_passes(story: Story, text: str) -> None:
    story.ask(text)
    story.approve()
    assert story.asks("report_status")[1]["question"] == text


def test_the_desk_changes_or_refuses_a_question_and_decides_once(story: Story) -> None:
    story.ask()
    question_id = story.approve("Wat voor auto is het?")
    assert story.held().questions[0].text == "Wat voor auto is het?"
    decisions = (question_desk.refuse_question, question_desk.approve_question)
    for decide, more in zip(decisions, ({}, {"text": None}), strict=True):
        with pytest.raises(NotAllowed):
            decide(story.desk.house, question_id, operator="o", now=NOW, **more)  # type: ignore[operator]
        with pytest.raises(NotFound):
            decide(story.desk.house, uuid4(), operator="o", now=NOW, **more)  # type: ignore[operator]
    story.ask(partner="gemeente")
    (draft,) = question_desk.question_drafts(story.desk.house)
    question_desk.refuse_question(story.desk.house, draft.id, operator="operator", now=NOW)
    assert story.seen("gemeente") == [("refused", "")]
    story.ask(partner="gemeente")
    with transaction(story.desk.owner) as session:
        acts = sorted(one.act for one in session.scalars(select(AuditEvent)))
        assert acts == ["approve_question", "ask", "ask", "ask", "refuse_question"]


def test_where_nobody_can_answer_no_question_is_asked(story: Story) -> None:
    story.ask()
    story.asks("withdraw_report")
    with pytest.raises(BadInput, match="geen vraag meer"):
        story.approve()
    with transaction(story.desk.owner) as session:
        report = session.get_one(Report, story.report_id)
        report.code_lookup = report.reply_public = None
    with pytest.raises(NotAllowed):
        story.ask(partner="gemeente")


def test_who_hands_back_waits_for_nothing(story: Story) -> None:
    story.ask()
    story.approve()
    feedback.return_report(
        story.desk.house,
        partner="politie",
        recipient_id=story.ids["politie"],
        reason="other",
        actor="x",
        now=NOW,
    )
    assert story.asks("report_status")[1]["question"] == ""
    with pytest.raises(NotAllowed):
        story.ask()


def test_one_key_asks_once(story: Story) -> None:
    once = Once(b"k", b"r")
    threads = [threading.Thread(target=story.ask, kwargs={"once": once}) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(question_desk.question_drafts(story.desk.house)) == 1
    with pytest.raises(Conflict):
        story.ask(once=Once(b"k", b"other"))


def test_another_partner_s_report_cannot_be_asked_about(story: Story) -> None:
    story.ids["gemeente"] = story.ids["politie"]
    with pytest.raises(NotFound):
        story.ask(partner="gemeente")


def test_a_question_whose_key_is_gone_can_still_be_refused(story: Story) -> None:
    story.ask()
    with transaction(story.desk.owner) as session:
        session.scalars(select(Question)).one().key_id = "2020-01"
    (draft,) = question_desk.question_drafts(story.desk.house)
    assert draft.text == ""
    with pytest.raises(HotlineError):
        story.approve()
    question_desk.refuse_question(story.desk.house, draft.id, operator="operator", now=NOW)
    assert [(one.status, one.text) for one in story.held().questions] == [("refused", "")]

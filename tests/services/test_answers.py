"""A reporter's answer, past the desk to the partner, and the clock meanwhile."""

from __future__ import annotations

import json
import threading
from datetime import date, timedelta
from pathlib import Path

import pytest
import redis
from sqlalchemy import Engine, select

from hotline.anonymity.seal import open_sealed
from hotline.domain.content import ThirdParty
from hotline.domain.errors import BadInput, Conflict, NotAllowed
from hotline.domain.lifecycle import QuestionStatus
from hotline.domain.promise import LONGEST_PAUSE
from hotline.domain.report import Priority
from hotline.services import answers
from hotline.services.release import hide_reaction, leave_at_once
from hotline.storage.session import transaction
from hotline.storage.tables import Delivery
from tests.conftest import NOW
from tests.desk_house import DISPATCH
from tests.question_story import ANSWER, DAY_LATER, QUESTION, Story, begin_story


@pytest.fixture
def story(
    intake_engine: Engine, desk_engine: Engine, owner_engine: Engine, valkey: redis.Redis, tmp_path: Path
) -> Story:
    return begin_story(intake_engine, desk_engine, owner_engine, valkey, tmp_path)


def test_a_question_goes_all_the_way_and_the_answer_back(story: Story) -> None:
    story.ask()
    assert story.seen() == [("draft", "")]
    assert story.asks("report_status")[1]["question"] == ""
    question_id = story.approve()
    assert story.seen() == [("asked", "")]
    assert story.asks("report_status") == ("found", {"stage": "received", "feedback": "", "question": QUESTION})
    assert story.asks("answer_question", ANSWER) == ("answered", {})
    assert story.asks("report_status")[1]["question"] == ""
    assert story.asks("answer_question", "nog iets") == ("closed", {})
    assert story.later(story.report_id) == [{"answer": ANSWER, "question": str(question_id)}]
    (asked,) = story.page(story.report_id).questions
    assert (asked.status, asked.text, asked.answer) == (QuestionStatus.ANSWERED, QUESTION, ANSWER)
    assert not story.page(story.report_id).has_news
    assert story.seen() == [("asked", "")]
    story.passes(question_id)
    assert story.seen() == [("asked", "")]
    story.desk.clock.moves(timedelta(hours=23, minutes=59))
    assert story.seen() == [("asked", "")]
    story.desk.clock.moves(timedelta(minutes=1))
    assert story.seen() == [("answered", ANSWER)]
    (shown,) = story.held().questions
    assert (shown.heard, shown.answered) == (None, date(2026, 11, 23))
    story.desk.clock.moves(timedelta(days=7))
    assert story.held().questions[0].heard == date(2026, 11, 23)
    assert story.held("gemeente").questions == ()


def test_the_answer_leaves_as_an_event_of_its_own_at_the_same_moment(story: Story) -> None:
    story.ask()
    question_id = story.approve()
    story.asks("answer_question", ANSWER, third=(ThirdParty("plate", "AE-12-OU"),))
    story.passes(question_id)
    with transaction(story.desk.owner) as session:
        row = session.scalars(select(Delivery).where(Delivery.kind == "answer")).one()
        assert (row.target, row.due_at) == ("politie", NOW + timedelta(hours=24))
        assert json.loads(open_sealed(DISPATCH.private, row.sealed)) == {
            "reportId": str(story.ids["politie"]),
            "questionId": str(question_id),
            "answer": ANSWER,
            "time": "2026-11-24T02:00:00Z",
        }


def test_of_one_story_the_words_are_everywhere_sealed(story: Story) -> None:
    story.ask()
    question_id = story.approve()
    story.asks("answer_question", ANSWER)
    story.passes(question_id)
    with story.desk.owner.connect() as connection:
        for table in ("questions", "report_parts", "reports", "deliveries", "audit", "api_answers"):
            kept = str(connection.exec_driver_sql(f"SELECT * FROM {table}").all())
            assert "auto" not in kept, table


def test_the_clock_stands_still_while_a_question_waits(story: Story) -> None:
    term = story.held().respond_by
    story.ask()
    assert not story.held().is_paused
    story.desk.clock.moves(timedelta(hours=5))
    assert story.held().respond_by == term
    question_id = story.approve()
    story.desk.clock.moves(timedelta(hours=10, minutes=10))
    held = story.held()
    assert (held.is_paused, held.respond_by) == (True, term + timedelta(hours=11))
    assert story.page(story.report_id).recipients[1].respond_by == held.respond_by
    assert story.held("gemeente").respond_by == term
    story.asks("answer_question", ANSWER)
    story.passes(question_id)
    story.desk.clock.moves(timedelta(days=3))
    held = story.held()
    assert (held.is_paused, held.respond_by) == (False, term + timedelta(hours=35))


def test_a_reporter_who_never_calls_stops_the_clock_for_a_week_and_no_longer(story: Story) -> None:
    term = story.held().respond_by
    story.ask()
    story.approve()
    story.desk.clock.moves(timedelta(days=100))
    assert (story.held().respond_by, story.held().is_paused) == (term + LONGEST_PAUSE, False)


def test_one_question_at_a_time_and_nothing_shows_that_it_was_answered(story: Story) -> None:
    story.ask()
    with pytest.raises(Conflict, match="meldkamer"):
        story.ask("Nog een vraag?")
    question_id = story.approve()
    refusals = []
    for step in (lambda: None, lambda: story.asks("answer_question", ANSWER), lambda: story.passes(question_id)):
        step()
        with pytest.raises(Conflict) as refused:
            story.ask("Nog een vraag?")
        refusals.append(str(refused.value))
    assert refusals == ["Uw vorige vraag wacht nog op antwoord."] * 3
    story.desk.clock.moves(timedelta(days=1))
    story.ask("Nog een vraag?")
    assert [status for status, _ in story.seen()] == ["answered", "draft"]


def test_an_answer_told_twice_answers_one_question(story: Story) -> None:
    for partner in ("politie", "gemeente"):
        story.ask(partner=partner)
        story.approve()
    mark = b"m" * 32
    cases: list[str] = []
    threads = [
        threading.Thread(target=lambda: cases.append(story.asks("answer_question", ANSWER, mark=mark)[0]))
        for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert cases == ["answered"] * 6
    assert len(story.later(story.report_id)) == 1
    assert story.asks("report_status")[1]["question"] == QUESTION


def test_the_desk_keeps_an_answer_back_as_late_as_it_would_have_given_it(story: Story) -> None:
    story.ask()
    question_id = story.approve()
    with pytest.raises(NotAllowed):
        story.passes(question_id)
    story.asks("answer_question", ANSWER)
    answers.withhold_answer(story.desk.house, question_id, operator="operator", now=NOW, delay=DAY_LATER)
    assert story.seen() == [("asked", "")]
    with pytest.raises(NotAllowed):
        story.passes(question_id)
    story.desk.clock.moves(timedelta(days=1))
    assert story.seen() == [("withheld", "")]


def test_what_the_desk_changes_in_an_answer_is_scrubbed(story: Story) -> None:
    story.ask()
    question_id = story.approve()
    story.asks("answer_question", ANSWER)
    with pytest.raises(BadInput):
        story.passes(question_id, "x" * 2001)
    story.passes(question_id, "Een bestelauto. Bel 097010000001.")
    story.desk.clock.moves(timedelta(days=1))
    (shown,) = story.held().questions
    assert shown.answer == "Een bestelauto. Bel [nummer]."


def test_in_the_demo_and_with_danger_nothing_waits() -> None:
    assert hide_reaction(lambda: 1.0)(Priority.P1) == leave_at_once(Priority.P3) == timedelta(0)
    assert hide_reaction(lambda: 0.0)(Priority.P2) == timedelta(hours=2)

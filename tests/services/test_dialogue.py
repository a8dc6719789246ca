"""What a reporter does under the code, and that each of it is done once."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
import redis
from sqlalchemy import Engine, select

from hotline.domain.content import ThirdParty
from hotline.domain.dayparts import local_day
from hotline.services import conversations
from hotline.services.dialogue import LONGEST, MOST_PARTS
from hotline.storage.session import transaction
from hotline.storage.tables import AuditEvent, ReportPart
from hotline.telephony.inbound import Heard, hear_call, hear_text
from tests.conftest import NOW
from tests.desk_house import Desk
from tests.dialogue_house import CODE, LINE, OTHER_CODE, Dialogue, open_dialogue

FIRST, SECOND = "Het zijn er nu drie.", "Ze komen ook overdag."
AT_PARTNERS = ("released", "assessed", "picked_up", "answered")


@pytest.fixture
def dialogue(intake_engine: Engine, desk: Desk, valkey: redis.Redis, tmp_path: Path) -> Dialogue:
    return open_dialogue(intake_engine, desk, valkey, tmp_path)


@pytest.mark.parametrize("status", ["received", "incomplete", "complete", *AT_PARTNERS])
def test_what_is_added_reaches_the_desk_with_its_third_parties(dialogue: Dialogue, status: str) -> None:
    report_id = dialogue.report(status)
    plate = ThirdParty("plate", "AE-12-OU")
    assert dialogue.asks("add_to_report", FIRST, third=(plate,), language="de") == ("added", {})
    assert dialogue.asks("correct_report", SECOND) == ("added", {})
    page = dialogue.page(report_id)
    assert dialogue.later(report_id) == [{"addition": FIRST}, {"correction": SECOND}]
    assert page.has_news
    assert page.content.text == f"Er wordt gedeald.\n{FIRST}\nCorrectie: {SECOND}"
    assert page.content.third_parties == (plate,)
    added = next(part for part in page.parts if part.is_later)
    assert (added.at, added.channel, added.language) == (NOW, "voice", "de")
    assert "addition" not in page.content.answers


@pytest.mark.parametrize("name", ["add_to_report", "correct_report", "withdraw_report", "answer_question"])
@pytest.mark.parametrize("status", ["closed", "rejected"])
def test_nothing_is_told_to_a_report_that_is_over(dialogue: Dialogue, name: str, status: str) -> None:
    report_id = dialogue.report("complete")
    with transaction(dialogue.desk.owner) as session:
        reason = "'known'" if status == "rejected" else "NULL"
        session.connection().exec_driver_sql(f"UPDATE reports SET status = '{status}', reason = {reason}")
    assert dialogue.asks(name, FIRST) == ("closed", {})
    assert dialogue.later(report_id) == []
    assert not dialogue.page(report_id).has_news


@pytest.mark.parametrize("status", ["received", "incomplete", "complete"])
def test_a_report_that_is_still_here_is_withdrawn(dialogue: Dialogue, status: str) -> None:
    report_id = dialogue.report(status)
    assert dialogue.asks("withdraw_report") == ("withdrawn", {})
    row = dialogue.desk.row(report_id)
    assert (row.status, row.reason, row.is_withdrawn, row.has_news) == ("rejected", "withdrawn", True, True)
    assert dialogue.later(report_id) == [{"withdrawn": "yes"}]
    assert dialogue.asks("withdraw_report") == ("withdrawn", {})
    assert dialogue.asks("add_to_report", FIRST) == ("closed", {})
    assert dialogue.later(report_id) == [{"withdrawn": "yes"}]
    case, told = dialogue.asks("report_status")
    assert (case, told["stage"], told["question"]) == ("found", "rejected", "")
    assert told["feedback"] == "U trok uw melding in. Wij geven die niet door."


@pytest.mark.parametrize("status", AT_PARTNERS)
def test_a_report_that_partners_have_is_honestly_passed_on(dialogue: Dialogue, status: str) -> None:
    report_id = dialogue.report(status)
    assert dialogue.asks("withdraw_report") == ("passed_on", {})
    assert dialogue.asks("withdraw_report") == ("passed_on", {})
    row = dialogue.desk.row(report_id)
    assert (row.status, row.reason, row.is_withdrawn, row.has_news) == (status, None, True, True)
    assert dialogue.later(report_id) == [{"withdrawn": "yes"}]


def test_without_a_question_there_is_no_answer(dialogue: Dialogue) -> None:
    report_id = dialogue.report("released")
    assert dialogue.asks("answer_question", FIRST) == ("closed", {})
    assert dialogue.later(report_id) == []


@pytest.mark.parametrize("code", ["", "1", CODE[:-1] + "0", OTHER_CODE, "x" * 500])
def test_a_code_that_leads_nowhere_adds_nothing(dialogue: Dialogue, code: str) -> None:
    dialogue.report()
    assert dialogue.asks("add_to_report", FIRST, code=code) == ("closed", {})
    assert dialogue.asks("withdraw_report", code=code) == ("closed", {})
    assert dialogue.house.redis.get("wrong-codes") == (b"2" if code == OTHER_CODE else None)


@pytest.mark.parametrize("text", ["", "  \n ", "\x00\x07"])
def test_no_words_are_not_added(dialogue: Dialogue, text: str) -> None:
    report_id = dialogue.report()
    assert dialogue.asks("add_to_report", text) == ("slow", {})
    assert dialogue.later(report_id) == []


@pytest.mark.parametrize("text", ["x" * 20_000, "a\x00b\x1fc", "\ud800 half", "'; DROP TABLE reports; --", "<script>"])
def test_odd_words_are_kept_as_far_as_they_are_words(dialogue: Dialogue, text: str) -> None:
    report_id = dialogue.report()
    assert dialogue.asks("add_to_report", text) == ("added", {})
    (told,) = dialogue.later(report_id)
    assert 0 < len(told["addition"]) <= LONGEST
    assert not set(told["addition"]) & set("\x00\x1f\ud800")


def test_a_report_does_not_grow_without_end(dialogue: Dialogue) -> None:
    report_id = dialogue.report()
    for _ in range(MOST_PARTS - 1):
        dialogue.desk.tell(report_id, {"more": "x"})
    assert dialogue.asks("add_to_report", FIRST) == ("slow", {})
    assert dialogue.later(report_id) == []


@pytest.mark.parametrize(("name", "case"), [("add_to_report", "added"), ("withdraw_report", "withdrawn")])
def test_a_turn_told_twice_adds_once(dialogue: Dialogue, name: str, case: str) -> None:
    report_id, mark = dialogue.report(), b"m" * 32
    assert dialogue.asks(name, FIRST, mark=mark) == (case, {})
    assert dialogue.asks(name, FIRST, mark=mark) == (case, {})
    assert len(dialogue.later(report_id)) == 1


def test_eight_times_at_once_adds_once(dialogue: Dialogue) -> None:
    report_id, mark = dialogue.report("released"), b"m" * 32
    cases: list[str] = []
    threads = [
        threading.Thread(target=lambda: cases.append(dialogue.asks("add_to_report", FIRST, mark=mark)[0]))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert cases == ["added"] * 8
    assert len(dialogue.later(report_id)) == 1


def test_eight_withdrawals_at_once_are_one(dialogue: Dialogue) -> None:
    report_id = dialogue.report()
    threads = [threading.Thread(target=dialogue.asks, args=("withdraw_report",)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert dialogue.later(report_id) == [{"withdrawn": "yes"}]


def test_a_reporter_s_act_leaves_no_row_with_a_moment(dialogue: Dialogue) -> None:
    dialogue.report()
    dialogue.asks("add_to_report", FIRST)
    dialogue.asks("withdraw_report")
    with transaction(dialogue.desk.owner) as session:
        assert session.scalars(select(AuditEvent)).all() == []


# ---- through a whole conversation --------------------------------------------------------------


def hear(dialogue: Dialogue, sid: str, **form: str) -> Heard:
    keys = dialogue.house.day_keys.recent(local_day(NOW))
    texted = "Body" in form
    sent = {"From": "+12025550123", "MessageSid" if texted else "CallSid": sid, **form}
    return (hear_text if texted else hear_call)({name: (value,) for name, value in sent.items()}, keys)


def call(dialogue: Dialogue, sid: str, *turns: dict[str, str]) -> None:
    """A call in which each turn is delivered twice."""
    first = hear(dialogue, sid)
    reply = conversations.begin_call(dialogue.house, first, LINE, NOW)
    for form in turns:
        assert reply is not None and reply.conversation is not None
        conversation, turn = reply.conversation, reply.turn
        for _ in range(2):
            reply = conversations.take_call_turn(dialogue.house, conversation, turn, hear(dialogue, sid, **form), NOW)


def test_a_call_adds_what_is_said_once_a_turn(dialogue: Dialogue) -> None:
    report_id = dialogue.report()
    call(dialogue, "CA" + "1" * 32, {"Digits": CODE}, {"SpeechResult": FIRST}, {"SpeechResult": FIRST})
    assert dialogue.later(report_id) == [{"addition": FIRST}, {"addition": FIRST}]


def test_what_a_turn_sealed_out_goes_with_what_it_adds(dialogue: Dialogue) -> None:
    report_id = dialogue.report()
    call(dialogue, "CA" + "2" * 32, {"Digits": CODE}, {"SpeechResult": "de auto is AE-12-OU"})
    page = dialogue.page(report_id)
    assert page.content.third_parties == (ThirdParty("plate", "AE-12-OU"),)
    assert "AE-12-OU" not in str(dialogue.later(report_id))


def test_texts_of_one_phone_at_once_are_each_added_once(dialogue: Dialogue) -> None:
    report_id = dialogue.report()
    for sid, body in (("SM" + "1" * 32, "hallo"), ("SM" + "2" * 32, CODE)):
        conversations.take_text(dialogue.house, hear(dialogue, sid, Body=body), LINE, NOW)
    texts = [hear(dialogue, f"SM{number:032}", Body=f"Toen was er een groene scooter {number}") for number in range(4)]
    threads = [
        threading.Thread(target=conversations.take_text, args=(dialogue.house, one, LINE, NOW)) for one in texts * 2
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    told = sorted(one["addition"] for one in dialogue.later(report_id))
    assert told == [f"Toen was er een groene scooter {number}" for number in range(4)]


def test_who_holds_both_tables_cannot_join_a_part_to_its_conversation(dialogue: Dialogue) -> None:
    report_id = dialogue.report()
    call(dialogue, "CA" + "3" * 32, {"Digits": CODE}, {"SpeechResult": FIRST})
    with dialogue.desk.owner.connect() as connection:
        rows = connection.exec_driver_sql("SELECT * FROM conversations").mappings().all()
        turns = connection.exec_driver_sql("SELECT * FROM turns").mappings().all()
        ids = set(connection.execute(select(ReportPart.id)).scalars())
    known = {value for row in (*rows, *turns) for value in row.values()}
    assert report_id not in known
    assert not ids & known
    assert not any(one.bytes in value for one in ids for value in known if isinstance(value, bytes))

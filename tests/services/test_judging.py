"""Words that perhaps identify the reporter: laid apart, judged by a person, and in nobody's hands before that."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from hotline.anonymity.scrub import Uncertain
from hotline.domain.content import ThirdParty
from hotline.domain.errors import BadInput, Leased, NotAllowed
from hotline.services import desk as acts
from hotline.services.desk_draft import Draft
from hotline.services.desk_lease import take
from hotline.services.desk_report import open_report
from hotline.services.judging import find_late, judge
from hotline.services.release import leave_at_once
from tests.conftest import NOW
from tests.desk_house import Desk

COMPLETE = {"category": "dealing", "place": "de brug", "now": "yes", "what": "op de muur staat [nummer?kqa]"}
DOUBT = Uncertain("phone", "734 21 55 9", "een reeks cijfers", "[nummer?kqa]")


def release(desk: Desk, report_id: object, draft: Draft | None = None) -> acts.Saved:
    page = open_report(desk.house, report_id, now=NOW)  # type: ignore[arg-type]
    return acts.release(
        desk.house, page.id, operator="operator", version=page.version, draft=draft, now=NOW, delay=leave_at_once
    )


def test_a_report_goes_to_nobody_while_words_wait(desk: Desk) -> None:
    report_id = desk.report({"danger": "no"})
    desk.tell(report_id, COMPLETE, uncertain=[DOUBT])
    take(desk.house, report_id, "operator", NOW)
    page = open_report(desk.house, report_id, now=NOW)
    assert [one.words for one in page.doubts] == [DOUBT]
    assert page.words_around(DOUBT.placeholder) == ("op de muur staat ", "")
    with pytest.raises(BadInput) as refused:
        release(desk, report_id)
    assert set(refused.value.errors) == {"uncertain"}
    assert desk.row(report_id).status == "incomplete"

    judge(desk.house, report_id, page.doubts[0].id, operator="operator", keep=True, now=NOW)
    page = open_report(desk.house, report_id, now=NOW)
    assert page.doubts == () and page.content.text == "op de muur staat 734 21 55 9"
    assert [part.answers.get("what") for part in page.parts][-1] == "op de muur staat 734 21 55 9"
    judge(desk.house, report_id, page.id, operator="operator", keep=False, now=NOW)  # judged before: nothing happens
    # The same words, typed by the operator, are not asked about again.
    draft = Draft(dict(page.content.answers), "op de muur staat 734 21 55 9", seen=page.seen)
    release(desk, report_id, draft)
    assert desk.row(report_id).status == "released"


def test_what_is_removed_is_gone_and_its_place_is_plain(desk: Desk) -> None:
    report_id = desk.report({"danger": "no"})
    desk.tell(report_id, COMPLETE, uncertain=[DOUBT])
    take(desk.house, report_id, "operator", NOW)
    doubt = open_report(desk.house, report_id, now=NOW).doubts[0]
    judge(desk.house, report_id, doubt.id, operator="operator", keep=False, now=NOW)
    page = open_report(desk.house, report_id, now=NOW)
    assert page.content.text == "op de muur staat [nummer]"
    with desk.owner.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM uncertain_words")).scalar() == 0
        assert connection.execute(text("SELECT fields FROM audit WHERE act = 'remove_words'")).scalar() == ["phone"]


def test_the_operators_own_typing_is_judged_too_and_typing_on_leaves_no_rest(desk: Desk) -> None:
    report_id = desk.report({"category": "dealing", "place": "de brug", "now": "yes"})
    take(desk.house, report_id, "operator", NOW)
    page = open_report(desk.house, report_id, now=NOW)

    def types(words: str) -> None:
        draft = Draft(dict(page.content.answers), words, seen=page.seen)
        acts.save_draft(desk.house, report_id, operator="operator", version=page.version, draft=draft, now=NOW)

    for words in ("op de muur staat 734 21 55", "op de muur staat 734 21 55 9", "op de muur staat 734 21 55 9."):
        types(words)
    waiting = open_report(desk.house, report_id, now=NOW).doubts
    assert [one.words and one.words.text for one in waiting] == ["734 21 55 9"]
    types("er staat iets op de muur")
    assert open_report(desk.house, report_id, now=NOW).doubts == ()


def test_words_whose_key_is_gone_can_only_be_removed(desk: Desk) -> None:
    report_id = desk.report({"danger": "no"})
    desk.tell(report_id, COMPLETE, uncertain=[DOUBT], third=[ThirdParty("plate", "AE-12-OU")])
    desk.clock.moves(timedelta(days=3))
    assert list(find_late(desk.house, desk.clock.now)) == [report_id]
    desk.house.keys().days.clear()  # type: ignore[attr-defined]
    take(desk.house, report_id, "operator", NOW)
    doubt = open_report(desk.house, report_id, now=NOW).doubts[0]
    assert doubt.words is None
    with pytest.raises(NotAllowed):
        judge(desk.house, report_id, doubt.id, operator="operator", keep=True, now=NOW)
    judge(desk.house, report_id, doubt.id, operator="operator", keep=False, now=NOW)
    assert find_late(desk.house, desk.clock.now) == []
    page = open_report(desk.house, report_id, now=NOW)
    release(desk, report_id, Draft(dict(page.content.answers), page.content.text, seen=page.seen))
    assert desk.row(report_id).status == "released"


def test_only_who_holds_the_report_judges(desk: Desk) -> None:
    report_id = desk.report({"danger": "no"})
    desk.tell(report_id, COMPLETE, uncertain=[DOUBT])
    take(desk.house, report_id, "operator2", NOW)
    doubt = open_report(desk.house, report_id, now=NOW).doubts[0]
    with pytest.raises(Leased):
        judge(desk.house, report_id, doubt.id, operator="operator", keep=False, now=NOW)


@pytest.mark.parametrize("role", ["hotline_intake", "hotline_dispatch"])
def test_nobody_but_the_desk_reads_what_waits(database: str, role: str) -> None:
    from hotline.storage.session import open_engine

    engine = open_engine(database.format(role=role))
    with engine.connect() as connection, pytest.raises(ProgrammingError, match="permission denied"):
        connection.execute(text("SELECT * FROM uncertain_words"))
    engine.dispose()

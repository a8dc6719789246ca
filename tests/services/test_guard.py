"""No way out of the house passes the guard: a release, an addition, an answer, and what they tell together."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
import redis
from sqlalchemy import Engine, select

from hotline.anonymity.seal import open_sealed
from hotline.domain.content import Content
from hotline.domain.errors import BadInput, NotAllowed
from hotline.domain.partners import Partner
from hotline.services import forward
from hotline.services.release import leave_at_once, plan_release
from hotline.storage.session import transaction
from hotline.storage.tables import Delivery, Report
from tests.conftest import NOW
from tests.desk_house import DISPATCH
from tests.question_story import Story, begin_story

POLICE = Partner("politie", "Politie", "webhook", receives=("premises",), sees=frozenset({"exact_address"}))
CITY = Partner("gemeente", "Gemeente", "portal", receives=("premises",))
TOLD = {"category": "premises", "place": "Proefmolenstraat 12", "now": "no", "when": "week"}
LOCKED = "Mijn broer dealt in ons portiek."


@pytest.fixture
def story(
    intake_engine: Engine, desk_engine: Engine, owner_engine: Engine, valkey: redis.Redis, tmp_path: Path
) -> Story:
    return begin_story(intake_engine, desk_engine, owner_engine, valkey, tmp_path)


def plan(story: Story, text: str, *, given: str | None = None, **told: str) -> tuple[dict[str, object], str | None]:
    """Release a new report to police and city; gives what the police get, and how fine it is known then."""
    report_id = story.desk.report({**TOLD, **told})
    content = Content({**TOLD, **told}, text=text)
    with transaction(story.desk.house.engine) as session:
        report = session.get_one(Report, report_id)
        report.given_grain = given
        keys = story.desk.house.keys()
        plan_release(
            session, report=report, content=content, partners=(POLICE, CITY), keys=keys, now=NOW, delay=leave_at_once
        )
    with transaction(story.desk.owner) as session:
        rows = select(Delivery).where(Delivery.report_id == report_id, Delivery.target == "politie")
        return json.loads(open_sealed(DISPATCH.private, session.scalars(rows).one().sealed)), story.desk.row(
            report_id
        ).given_grain


def test_a_version_is_made_as_coarse_as_the_rule_whatever_the_operator_left(story: Story) -> None:
    version, known = plan(story, "Om 03:47 stopt een auto bij Proefmolenstraat 12.")
    assert str(version["text"]).endswith("In de nacht stopt een auto bij Proefmolenstraat 12.")
    assert known == "ADDRESS PART"
    version, known = plan(story, "Op zolder staan planten.")
    assert version["place"] == {"exact": "Proefmolenstraat 11-20"}
    assert known == "BLOCK PART INSIDE"
    version, _ = plan(story, "Er staan planten.", place="op zolder, Proefmolenstraat 12")
    assert version["place"] == {"exact": "op zolder, Proefmolenstraat 11-20"}
    version, known = plan(story, "Er wordt gedeald.", guess="yes")
    assert (version["period"], known) == ({"days": "weekdays", "partOfDay": "night"}, "ADDRESS PATTERN")


def test_a_locked_report_is_planned_for_nobody(story: Story) -> None:
    with pytest.raises(BadInput, match="Nog op slot: “Mijn broer”"):
        plan(story, LOCKED)


def test_what_partners_knew_before_counts(story: Story) -> None:
    version, known = plan(story, "Er wordt gedeald.", given="NEIGHBOURHOOD MINUTE")
    assert (version["place"], known) == ({}, "NEIGHBOURHOOD MINUTE")
    with pytest.raises(NotAllowed, match="te precies"):
        plan(story, "Er wordt gedeald.", given="ADDRESS MINUTE")


def test_what_was_seen_from_inside_stays_so_when_more_is_told(story: Story) -> None:
    version, known = plan(story, "Er zijn er nu meer.", given="BLOCK PART INSIDE")
    assert version["place"] == {"exact": "Proefmolenstraat 11-20"}
    assert known == "BLOCK PART INSIDE"


def test_an_addition_that_names_one_person_stays(story: Story) -> None:
    story.asks("add_to_report", "Het zijn er nu drie.")
    for text in (LOCKED, "Op zolder staan planten."):
        with pytest.raises(BadInput, match="Nog op slot"):
            forward.forward_addition(
                story.desk.house,
                story.report_id,
                operator="operator",
                seen=story.page(story.report_id).seen,
                text=text,
                now=NOW,
                delay=leave_at_once,
            )
    assert story.page(story.report_id).has_news


def test_an_answer_is_locked_or_made_as_coarse_as_all_partners_together_may_know(story: Story) -> None:
    with transaction(story.desk.owner) as session:
        session.get_one(Report, story.report_id).given_grain = "ADDRESS PATTERN"
        session.get_one(Report, story.report_id).category = "other"
    story.ask()
    question_id = story.approve()
    story.asks("answer_question", "Ik zag het vanuit mijn raam.")
    with pytest.raises(BadInput, match="Nog op slot"):
        story.passes(question_id)
    story.passes(question_id, "Op 23 november 2026 stond er een bestelauto.")
    story.desk.clock.moves(timedelta(days=1))
    assert story.seen() == [("answered", "Op een dag stond er een bestelauto.")]
    assert story.desk.row(story.report_id).given_grain == "ADDRESS PATTERN"

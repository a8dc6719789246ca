"""The partner's inbox as somebody at a browser without JavaScript uses it."""

from __future__ import annotations

import pytest
from flask import Flask

from hotline.domain.content import Content
from hotline.domain.lifecycle import Status
from hotline.services import feedback
from hotline.services.release import leave_at_once, plan_release
from hotline.storage.session import transaction
from hotline.storage.tables import Recipient, Report
from hotline.web.partner import blueprint
from tests.conftest import NOW
from tests.desk_house import PARTNERS, Desk
from tests.web.desk_app import Staff, make_desk_app

CONTENT = Content(
    {"category": "waste", "place": "Denkbeeldweg 3", "now": "yes", "weapon": "no", "part_of_day": "evening"},
    text="Er liggen spuiten. <script>alert(1)</script>",
)


@pytest.fixture
def app(desk: Desk) -> Flask:
    app = make_desk_app(desk)
    app.register_blueprint(blueprint)
    return app


@pytest.fixture
def city(app: Flask) -> Staff:
    return Staff(app, "gemeente")


def release(desk: Desk, category: str = "waste") -> str:
    """A released report; the path at which the city finds it."""
    report_id = desk.report({**CONTENT.answers, "category": category}, status="complete")
    with transaction(desk.house.engine) as session:
        report = session.get_one(Report, report_id)
        report.status, report.neighbourhood = Status.RELEASED, "Limmel"
        planned = plan_release(
            session,
            report=report,
            content=CONTENT,
            partners=PARTNERS,
            keys=desk.house.keys(),
            now=NOW,
            delay=leave_at_once,
        )
        return next(f"/partner/reports/{one.id}" for one in planned if one.partner == "gemeente")


def test_an_empty_inbox_says_so(city: Staff) -> None:
    assert city.entry.headers["Location"] == "/partner"
    page = city.get("/partner")
    assert page.status_code == 200
    assert "Er zijn nog geen meldingen voor u." in page.text


def test_the_page_shows_the_partner_s_version_and_nothing_finer(desk: Desk, city: Staff) -> None:
    path = release(desk)
    inbox = city.get("/partner").text
    assert path in inbox
    assert "Limmel" in inbox
    page = city.get(path).text
    assert "Startinformatie, geen bewijs" in page
    assert "Er liggen spuiten. &lt;script&gt;" in page
    assert "Avond" in page
    assert "Denkbeeldweg" not in page
    assert "Dit hoort de melder. Noem geen namen of adressen." in page


def test_assess_pick_up_answer(desk: Desk, city: Staff) -> None:
    path = release(desk)
    for act, stage in (("assess", "Beoordeeld"), ("pickup", "Opgepakt")):
        answer = city.post(f"{path}/{act}", seen_at=path)
        assert answer.status_code == 302
        assert f"<span>{stage}</span>" in city.get(path).text
    assert city.post(f"{path}/feedback", {"text": "De straat is schoon."}, seen_at=path).status_code == 302
    page = city.get(path).text
    assert "De meldkamer leest uw zin." in page
    assert 'name="text"' not in page
    (draft,) = feedback.drafts(desk.house)
    assert draft.text == "De straat is schoon."
    feedback.approve(desk.house, draft.id, operator="operator", text=None, now=NOW)
    assert "De melder kan uw zin horen." in city.get(path).text


def test_a_sentence_that_is_refused_stays_in_the_form(desk: Desk, city: Staff) -> None:
    path = release(desk)
    answer = city.post(f"{path}/feedback", {"text": "x" * 400}, seen_at=path)
    assert answer.status_code == 400
    assert "hooguit 320 tekens" in answer.text
    assert "x" * 400 in answer.text


def test_handing_back_needs_a_reason_of_the_list(desk: Desk, city: Staff) -> None:
    path = release(desk)
    answer = city.post(f"{path}/return", {"reason": "zomaar"}, seen_at=path)
    assert answer.status_code == 400
    assert "Kies waarom u de melding teruggeeft." in answer.text
    assert city.post(f"{path}/return", {"reason": "notOurs"}, seen_at=path).status_code == 302
    page = city.get(path).text
    assert "Dit is niet voor ons." in page
    assert 'name="text"' not in page


def test_what_comes_too_late_is_said_in_dutch(desk: Desk, city: Staff) -> None:
    path = release(desk)
    city.post(f"{path}/pickup", seen_at=path)
    answer = city.post(f"{path}/assess", seen_at=path)
    assert answer.status_code == 400
    assert "Dat kan niet meer: de melding is al verder." in answer.text


def test_another_partner_s_report_does_not_exist(desk: Desk, app: Flask) -> None:
    path = release(desk, "dealing")
    police = Staff(app, "politie")
    assert police.get(path).status_code == 404
    assert police.post(f"{path}/assess", seen_at="/partner").status_code == 404
    assert path not in police.get("/partner").text


def test_staff_have_no_inbox_and_strangers_must_log_in(desk: Desk, app: Flask) -> None:
    path = release(desk)
    assert Staff(app, "operator").get("/partner").status_code == 403
    assert app.test_client().get(path).status_code == 302


def test_every_form_needs_its_token(desk: Desk, city: Staff) -> None:
    path = release(desk)
    for act in ("assess", "pickup", "return", "feedback"):
        assert city.client.post(f"{path}/{act}", data={"text": "x", "reason": "other"}).status_code == 400
    assert "<span>Nieuw</span>" in city.get(path).text


def test_a_report_past_its_retention_is_shown_as_that(desk: Desk, city: Staff) -> None:
    path = release(desk)
    with transaction(desk.owner) as session:
        for one in session.query(Recipient):
            one.portal_key_id = "2020-01"
    assert "Niet meer te lezen" in city.get("/partner").text
    assert "De bewaartermijn is voorbij" in city.get(path).text


def test_every_route_is_guarded(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith("partner."):
            assert getattr(app.view_functions[rule.endpoint], "guard", None) == "partner", rule

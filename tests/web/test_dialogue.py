"""The dialogue on the pages of desk and partner, and through the API."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import redis
from flask import Flask
from sqlalchemy import Engine
from werkzeug.test import TestResponse

from hotline.services.api_keys import make_api_key
from hotline.web.api import blueprint as api
from hotline.web.api.description import describe
from hotline.web.partner import blueprint as partner
from tests.conftest import NOW
from tests.question_story import ANSWER, QUESTION, Story, begin_story
from tests.web.desk_app import Staff, make_desk_app

ADDED = "Het zijn er nu drie. <script>alert(1)</script>"


@pytest.fixture
def story(
    intake_engine: Engine, desk_engine: Engine, owner_engine: Engine, valkey: redis.Redis, tmp_path: Path
) -> Story:
    return begin_story(intake_engine, desk_engine, owner_engine, valkey, tmp_path)


@pytest.fixture
def app(story: Story) -> Flask:
    app = make_desk_app(story.desk)
    app.register_blueprint(partner)
    app.extensions["csrf"].exempt(api)
    app.register_blueprint(api)
    return app


class System:
    """The police's computer."""

    def __init__(self, app: Flask, story: Story) -> None:
        self.client, self.path = app.test_client(), f"/api/v1/reports/{story.ids['politie']}"
        self.key = make_api_key(story.desk.house.engine, "politie", NOW)

    def asks(self, body: object, once: str | None = None) -> TestResponse:
        headers = {"Authorization": f"Bearer {self.key}", "Idempotency-Key": once or str(uuid4())}
        return self.client.post(f"{self.path}/questions", json=body, headers=headers)

    def reads(self) -> dict[str, Any]:
        answer = self.client.get(self.path, headers={"Authorization": f"Bearer {self.key}"})
        found: dict[str, Any] = answer.get_json()
        return found


def after(staff: Staff, path: str, form: dict[str, str] | None = None, seen_at: str = "/desk") -> str:
    """The page that an act leads to."""
    answer = staff.post(path, form, seen_at=seen_at)
    assert answer.status_code == 302, answer.text
    return staff.get(answer.headers["Location"]).text


def test_a_question_by_api_and_its_answer(app: Flask, story: Story) -> None:
    police, operator = System(app, story), Staff(app)
    once = str(uuid4())
    for _ in range(2):
        answer = police.asks({"text": QUESTION}, once)
        assert (answer.status_code, answer.get_json()["stage"]) == (200, "sent")
    (asked,) = police.reads()["questions"]
    assert (asked["status"], asked["text"], "answer" in asked) == ("draft", QUESTION, False)
    page = operator.get("/desk").text
    assert "Vraag aan de melder: goedkeuren" in page
    assert QUESTION in page
    page = after(operator, f"/desk/questions/{asked['id']}/approve", {"text": QUESTION})
    assert "Goedgekeurd. De melder hoort deze vraag met de meldcode." in page
    assert "Over deze vraag is al besloten." in after(operator, f"/desk/questions/{asked['id']}/approve")
    shown = police.reads()
    assert (shown["questions"][0]["status"], shown["clockPaused"], shown["withdrawn"]) == ("asked", True, False)
    assert police.asks({"text": QUESTION}).status_code == 409
    assert story.asks("answer_question", ANSWER) == ("answered", {})
    page = operator.get("/desk").text
    assert '<span class="badge badge--news">antwoord</span>' in page
    path = f"/desk/reports/{story.report_id}"
    page = operator.get(path).text
    assert "Beantwoord: lees het antwoord" in page
    assert ANSWER in page
    form = {"text": ANSWER, "report": str(story.report_id)}
    assert "Het antwoord gaat naar de partner." in after(operator, f"/desk/questions/{asked['id']}/pass", form)
    assert police.reads()["questions"] == [
        {"id": asked["id"], "status": "answered", "text": QUESTION, "answer": ANSWER, "answeredWeek": "2026-W48"}
    ]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 400),
        ({"text": ""}, 400),
        ({"text": 1}, 400),
        ({"text": "x" * 321}, 400),
        ({"text": "x" * 20_000}, 413),
        ({"text": "\x00\x07"}, 400),
        ({"text": "Zag u de AE-12-OU?"}, 400),
        ({"text": QUESTION, "more": 1}, 400),
        ([], 400),
    ],
)
def test_a_wrong_question_is_a_clear_problem(app: Flask, story: Story, body: object, status: int) -> None:
    police = System(app, story)
    answer = police.asks(body)
    assert answer.status_code == status
    assert answer.content_type == "application/problem+json"
    assert police.reads()["questions"] == []


def test_the_description_tells_of_questions() -> None:
    document = describe()
    assert "post" in document["paths"]["/reports/{reportId}/questions"]
    assert "questions" in document["components"]["schemas"]["ReportWithDialogue"]["required"]


def test_a_partner_asks_in_its_portal(app: Flask, story: Story) -> None:
    police, operator = Staff(app, "politie"), Staff(app)
    path = f"/partner/reports/{story.ids['politie']}"
    answer = police.post(f"{path}/question", {"question": "Zag u dit om 23.10?"}, seen_at=path)
    assert answer.status_code == 400
    assert "een cijfer" in answer.text
    assert "Zag u dit om 23.10?" in answer.text
    assert "De meldkamer leest uw vraag." in after(police, f"{path}/question", {"question": QUESTION}, path)
    assert 'name="question"' not in police.get(path).text
    (draft,) = re.findall(r"/desk/questions/([0-9a-f-]{36})/approve", operator.get("/desk").text)
    after(operator, f"/desk/questions/{draft}/approve", {"text": QUESTION})
    page = police.get(path).text
    assert "De melder hoort uw vraag bij het volgende contact." in page
    assert "de klok staat stil" in page
    assert "de klok staat stil" in police.get("/partner").text
    story.asks("answer_question", ANSWER)
    after(operator, f"/desk/questions/{draft}/pass", {"text": "Een bestelauto."})
    page = police.get(path).text
    assert "Een bestelauto." in page
    assert "Beantwoord in week 48" in page
    assert 'name="question"' in page


@pytest.mark.parametrize("act", ["refuse", "withhold"])
def test_the_desk_says_no(app: Flask, story: Story, act: str) -> None:
    police, operator = Staff(app, "politie"), Staff(app)
    story.ask()
    question_id = story.approve() if act == "withhold" else None
    if question_id:
        story.asks("answer_question", ANSWER)
    else:
        (found,) = re.findall(r"/desk/questions/([0-9a-f-]{36})/refuse", operator.get("/desk").text)
    done = "Het antwoord blijft hier." if question_id else "Afgekeurd. De partner kan een andere vraag sturen."
    assert done in after(operator, f"/desk/questions/{question_id or found}/{act}")
    page = police.get(f"/partner/reports/{story.ids['politie']}").text
    assert ("Er is geen antwoord dat wij kunnen doorgeven." if question_id else "Niet gevraagd.") in page
    assert ANSWER not in page


def test_an_addition_is_highlighted_and_forwarded(app: Flask, story: Story) -> None:
    operator, path = Staff(app), f"/desk/reports/{story.report_id}"
    story.asks("add_to_report", ADDED, language="de")
    assert '<span class="badge badge--news">aanvulling</span>' in operator.get("/desk").text
    page = operator.get(path).text
    assert 'class="turn turn--later"' in page
    assert "Duits" in page
    assert "Het zijn er nu drie. &lt;script&gt;" in page
    assert "<script>alert" not in page
    (seen,) = set(re.findall(r'name="seen" value="(\d+)"', page))
    form = {"text": "Er wordt gedeald. Drie personen.", "seen": seen}
    assert "Aanvulling doorgezet naar 2 partners." in after(operator, f"{path}/forward", form, path)
    assert "Er is niets doorgegeven" in after(operator, f"{path}/forward", form, path)
    assert "Drie personen." in Staff(app, "gemeente").get(f"/partner/reports/{story.ids['gemeente']}").text
    assert "badge--news" not in operator.get("/desk").text


def test_an_addition_may_be_put_aside_and_a_correction_is_called_one(app: Flask, story: Story) -> None:
    operator, path = Staff(app), f"/desk/reports/{story.report_id}"
    story.asks("correct_report", "Niet drie, twee.")
    page = operator.get(path).text
    assert "<dt>Correctie</dt>" in page
    (seen,) = set(re.findall(r'name="seen" value="(\d+)"', page))
    assert "Schrijf de tekst" in after(operator, f"{path}/forward", {"text": " ", "seen": seen}, path)
    assert "Gelezen. Er gaat niets door." in after(operator, f"{path}/put-aside", {"seen": seen}, path)


def test_a_withdrawal_is_told_on(app: Flask, story: Story) -> None:
    operator, path = Staff(app), f"/desk/reports/{story.report_id}"
    story.asks("withdraw_report")
    assert '<span class="badge badge--news">ingetrokken</span>' in operator.get("/desk").text
    page = operator.get(path).text
    assert "De melder trok deze melding in" in page
    (seen,) = set(re.findall(r'name="seen" value="(\d+)"', page))
    page = after(operator, f"{path}/forward-withdrawal", {"seen": seen}, path)
    assert "Intrekking doorgegeven aan 2 partners." in page
    shown = Staff(app, "politie").get(f"/partner/reports/{story.ids['politie']}").text
    assert "De melder trok deze melding in." in shown
    assert 'name="question"' not in shown
    assert System(app, story).reads()["withdrawn"] is True


def test_a_report_withdrawn_in_time_says_so_at_the_desk(app: Flask, story: Story) -> None:
    operator = Staff(app)
    report_id = story.report("complete", code="000000000195")
    story.asks("withdraw_report", code="000000000195")
    page = operator.get(f"/desk/reports/{report_id}").text
    assert "Niet doorgezet: Ingetrokken door de melder." in page
    assert "U hoeft niets te doen." in page


@pytest.mark.parametrize("act", ["forward", "forward-withdrawal", "put-aside"])
def test_nonsense_in_these_forms_is_no_error(app: Flask, story: Story, act: str) -> None:
    operator, path = Staff(app), f"/desk/reports/{story.report_id}"
    story.asks("add_to_report", ADDED)
    for form in (
        {},
        {"seen": "x", "text": "a"},
        {"seen": "9" * 30, "text": "x" * 20_000},
        {"text": "\x00", "seen": "-1"},
    ):
        assert operator.post(f"{path}/{act}", form, seen_at=path).status_code == 302
    assert operator.post(f"/desk/reports/{uuid4()}/{act}", {"text": "a", "seen": "1"}).status_code == 404
    for other in ("approve", "refuse", "pass", "withhold"):
        assert operator.post(f"/desk/questions/{uuid4()}/{other}", {"report": "x"}).status_code == 302
    assert operator.client.post(f"{path}/{act}", data={"seen": "1"}).status_code == 400

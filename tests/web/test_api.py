"""The API as a partner system uses it."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_talisman import Talisman
from sqlalchemy import select
from werkzeug.test import TestResponse

from hotline.domain.content import Content, ThirdParty
from hotline.domain.lifecycle import Status
from hotline.domain.partners import Partner
from hotline.services import feedback
from hotline.services.api_keys import make_api_key, revoke_api_keys
from hotline.services.release import leave_at_once, plan_release
from hotline.storage.session import transaction
from hotline.storage.tables import ApiAnswer, ApiKey, Report
from hotline.web.api import blueprint
from hotline.web.api.access import MAX_BODY
from tests.conftest import NOW
from tests.desk_house import PARTNERS, Desk

SENTENCE = "Wij houden deze plek in de gaten."
CONTENT = Content(
    {"category": "dealing", "place": "Proefmolenstraat 12", "now": "yes"}, (ThirdParty("plate", "AE-12-OU"),), "Druk."
)


class System:
    """A partner's computer with its key."""

    def __init__(self, client: FlaskClient, key: str) -> None:
        self.client, self.key = client, key

    def get(self, path: str) -> TestResponse:
        return self.client.get(f"/api/v1{path}", headers={"Authorization": f"Bearer {self.key}"})

    def post(self, path: str, body: object = None, *, once: str | None = None, **more: Any) -> TestResponse:
        headers = {"Authorization": f"Bearer {self.key}", "Idempotency-Key": once or str(uuid4())}
        content = {} if body is None else {"data": json.dumps(body), "content_type": "application/json"}
        return self.client.post(f"/api/v1{path}", headers=headers, **{**content, **more})


@pytest.fixture
def client(desk: Desk) -> FlaskClient:
    app = Flask("api")
    app.extensions["hotline.desk"] = desk.house
    Talisman(app, force_https=False, session_cookie_secure=False, referrer_policy="no-referrer")
    app.register_blueprint(blueprint)
    return app.test_client()


@pytest.fixture
def police(desk: Desk, client: FlaskClient) -> System:
    return System(client, make_api_key(desk.house.engine, "politie", NOW))


def release(desk: Desk, *, partners: tuple[Partner, ...] = PARTNERS) -> dict[str, str]:
    """A released report; the id by which each partner knows it."""
    report_id = desk.report(dict(CONTENT.answers), status="complete")
    with transaction(desk.house.engine) as session:
        report = session.get_one(Report, report_id)
        report.status = Status.RELEASED
        planned = plan_release(
            session,
            report=report,
            content=CONTENT,
            partners=partners,
            keys=desk.house.keys(),
            now=NOW,
            delay=leave_at_once,
        )
        return {one.partner: str(one.id) for one in planned}


def problem(answer: TestResponse, status: int) -> dict[str, Any]:
    assert answer.status_code == status
    assert answer.content_type == "application/problem+json"
    body: dict[str, Any] = json.loads(answer.text)
    assert body["status"] == status
    assert body["title"]
    assert body["detail"]
    return body


def faults(answer: TestResponse) -> dict[str, str]:
    return {one["field"]: one["detail"] for one in problem(answer, 400)["errors"]}


def test_a_system_reads_assesses_picks_up_and_answers(desk: Desk, police: System) -> None:
    mine = release(desk)["politie"]
    (listed,) = police.get("/reports").get_json()["reports"]
    assert (listed["reportId"], listed["stage"], listed["mustAnswer"]) == (mine, "sent", True)
    assert listed["place"] == {}
    assert "AE-12-OU" not in police.get("/reports").text
    assert police.post(f"/reports/{mine}/assessment").get_json() == {"reportId": mine, "stage": "assessed"}
    assert police.post(f"/reports/{mine}/pickup", {}).get_json()["stage"] == "pickedUp"
    assert police.post(f"/reports/{mine}/feedback", {"text": SENTENCE}).status_code == 200
    assert police.get(f"/reports/{mine}").get_json()["feedback"] == [{"status": "draft"}]
    (draft,) = feedback.drafts(desk.house)
    assert draft.text == SENTENCE
    feedback.approve(desk.house, draft.id, operator="operator", text=None, now=NOW)
    shown = police.get(f"/reports/{mine}").get_json()
    assert (shown["stage"], shown["feedback"]) == ("answered", [{"status": "approved"}])


def test_a_system_hands_back_with_a_reason(desk: Desk, police: System) -> None:
    mine = release(desk)["politie"]
    assert police.post(f"/reports/{mine}/return", {"reason": "notOurs"}).get_json()["stage"] == "returned"
    problem(police.post(f"/reports/{mine}/pickup"), 409)
    assert "reason" in faults(police.post(f"/reports/{mine}/return", {"reason": "geen zin"}))


def test_one_list_in_pages(desk: Desk, police: System) -> None:
    wanted = {release(desk)["politie"] for _ in range(5)}
    found: list[str] = []
    path = "/reports?limit=2"
    while True:
        page = police.get(path).get_json()
        found += [one["reportId"] for one in page["reports"]]
        if page["nextCursor"] is None:
            break
        path = f"/reports?limit=2&cursor={page['nextCursor']}"
    assert len(found) == 5
    assert set(found) == wanted


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=101", "limit=x", "limit=-1", "limit=%C2%B2", "limit=" + "9" * 5000]
)
def test_a_wrong_limit_is_named(police: System, query: str) -> None:
    assert set(faults(police.get(f"/reports?{query}"))) == {"limit"}


@pytest.mark.parametrize("cursor", ["", "x", "00000000-0000-4000-8000-000000000000"])
def test_a_wrong_cursor_is_named(police: System, cursor: str) -> None:
    assert set(faults(police.get(f"/reports?cursor={cursor}"))) == {"cursor"}


# ---- who may ------------------------------------------------------------------------------


@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer x", "Basic x", "Bearer dmp_" + "a" * 43, "Bearer é"])
def test_without_a_valid_key_nothing(client: FlaskClient, header: str | None) -> None:
    answer = client.get("/api/v1/reports", headers={"Authorization": header} if header is not None else {})
    problem(answer, 401)
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_key_is_kept_as_a_hash_and_can_be_ended(desk: Desk, police: System) -> None:
    with transaction(desk.owner) as session:
        (row,) = session.scalars(select(ApiKey))
        assert police.key.encode() not in row.key_hash
        assert len(row.key_hash) == 32
    assert police.get("/reports").status_code == 200
    assert revoke_api_keys(desk.house.engine, "politie", NOW) == 1
    problem(police.get("/reports"), 401)


def test_a_key_of_a_partner_that_left_the_file_is_worth_nothing(desk: Desk, client: FlaskClient) -> None:
    gone = System(client, make_api_key(desk.house.engine, "vertrokken", NOW))
    problem(gone.get("/reports"), 401)


def test_another_partner_s_report_looks_like_one_that_does_not_exist(desk: Desk, police: System) -> None:
    theirs = release(desk)["gemeente"]
    answers = [problem(police.get(f"/reports/{one}"), 404) for one in (theirs, str(uuid4()), "x", "0", "%00", "..")]
    assert len({json.dumps(one) for one in answers}) <= 2, "a path that no route takes says so; ids all look alike"
    assert problem(police.get(f"/reports/{theirs}"), 404) == problem(police.get(f"/reports/{uuid4()}"), 404)
    for act, body in (
        ("assessment", None),
        ("pickup", None),
        ("feedback", {"text": "x"}),
        ("return", {"reason": "other"}),
    ):
        problem(police.post(f"/reports/{theirs}/{act}", body), 404)


# ---- idempotency ---------------------------------------------------------------------------


def test_every_post_needs_an_idempotency_key(desk: Desk, police: System) -> None:
    mine = release(desk)["politie"]
    for act in ("assessment", "pickup", "feedback", "return"):
        answer = police.client.post(
            f"/api/v1/reports/{mine}/{act}", headers={"Authorization": f"Bearer {police.key}"}, json={"text": "x"}
        )
        assert set(faults(answer)) == {"Idempotency-Key"}
    assert set(faults(police.post(f"/reports/{mine}/pickup", once="x" * 256))) == {"Idempotency-Key"}


def test_a_repeat_gets_the_same_answer_and_another_body_is_a_conflict(desk: Desk, police: System) -> None:
    mine = release(desk)["politie"]
    first = police.post(f"/reports/{mine}/feedback", {"text": SENTENCE}, once="k1")
    again = police.post(f"/reports/{mine}/feedback", {"text": SENTENCE}, once="k1")
    assert (first.status_code, first.data) == (again.status_code, again.data)
    assert len(feedback.drafts(desk.house)) == 1
    problem(police.post(f"/reports/{mine}/feedback", {"text": "Iets anders."}, once="k1"), 409)
    problem(police.post(f"/reports/{mine}/pickup", once="k1"), 409)
    with transaction(desk.owner) as session:
        (kept,) = session.scalars(select(ApiAnswer))
        assert SENTENCE.encode() not in kept.body


# ---- bad input ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({}, {"text"}),
        ({"text": 7}, {"text"}),
        ({"text": None, "x": 1, "y": 2}, {"text", "x", "y"}),
        ({"text": ""}, {"text"}),
        ({"text": "x" * 321}, {"text"}),
        ({"Text": "x"}, {"text", "Text"}),
    ],
)
def test_every_wrong_field_is_named_at_once(desk: Desk, police: System, body: object, fields: set[str]) -> None:
    mine = release(desk)["politie"]
    assert set(faults(police.post(f"/reports/{mine}/feedback", body))) == fields


@pytest.mark.parametrize(
    "raw",
    [b"[]", b'"x"', b"null", b"{", b"\xff\xfe", b'{"text": NaN}', b"[" * 8000, b'{"text": "\\ud800"}', b"7", b"text=x"],
)
def test_what_is_no_json_object_is_refused(desk: Desk, police: System, raw: bytes) -> None:
    mine = release(desk)["politie"]
    problem(police.post(f"/reports/{mine}/feedback", data=raw, content_type="application/json"), 400)


def test_a_form_is_refused(desk: Desk, police: System) -> None:
    mine = release(desk)["politie"]
    problem(police.post(f"/reports/{mine}/feedback", data={"text": "x"}), 400)


def test_too_large_is_refused(desk: Desk, police: System) -> None:
    mine = release(desk)["politie"]
    body = b'{"text": "' + b"x" * MAX_BODY + b'"}'
    problem(police.post(f"/reports/{mine}/feedback", data=body, content_type="application/json"), 413)


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "=1+1", "regel\r\nSet-Cookie: x", "💥" * 40, "\x1b[31mrood"]
)
def test_hostile_words_are_only_words(desk: Desk, police: System, text: str) -> None:
    mine = release(desk)["politie"]
    assert police.post(f"/reports/{mine}/feedback", {"text": text}).status_code == 200
    assert "\n" not in feedback.drafts(desk.house)[0].text


def test_unknown_paths_and_methods_answer_in_the_same_shape(client: FlaskClient) -> None:
    for path in ("/api/v1/", "/api/v1/x", "/api/v1/reports/", "/api/v1/reports/x/y/z"):
        problem(client.get(path), 404)
    problem(client.delete("/api/v1/reports"), 405)
    problem(client.put(f"/api/v1/reports/{uuid4()}"), 405)


def test_a_database_that_is_away_is_a_503_that_says_so(desk: Desk, police: System) -> None:
    from dataclasses import replace

    from hotline.storage.session import open_engine

    gone = replace(desk.house, engine=open_engine("postgresql+psycopg://x@/x?host=/nergens"))
    police.client.application.extensions["hotline.desk"] = gone
    problem(police.get("/reports"), 503)


# ---- the design rules -----------------------------------------------------------------------


def test_every_answer_carries_the_headers_of_the_design_rules(desk: Desk, police: System) -> None:
    answers = [
        police.get("/reports"),
        police.get("/reports/x"),
        police.get("/openapi.json"),
        police.get("/nergens"),
        police.client.get("/api/v1/reports"),
        police.post(f"/reports/{release(desk)['politie']}/pickup"),
    ]
    for answer in answers:
        assert answer.headers["API-Version"] == "1.0.0"
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert answer.headers["Strict-Transport-Security"]
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert "Set-Cookie" not in answer.headers


def test_the_description_follows_the_rules_and_names_every_route(client: FlaskClient) -> None:
    answer = client.get("/api/v1/openapi.json")
    described = answer.get_json()
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert described["openapi"] == "3.1.0"
    assert described["info"]["version"] == answer.headers["API-Version"]
    assert set(described["info"]["contact"]) == {"name", "email", "url"}
    described_routes = {
        (method.upper(), path.replace("{reportId}", "<report_id>"))
        for path, methods in described["paths"].items()
        for method in methods
    }
    routes = {
        (method, rule.rule.removeprefix("/api/v1"))
        for rule in client.application.url_map.iter_rules()
        if rule.endpoint.startswith("api.") and "unknown" not in rule.endpoint and "description" not in rule.endpoint
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert described_routes == routes
    assert not any(path.endswith("/") for path in described["paths"])


def test_every_reference_in_the_description_leads_somewhere(client: FlaskClient) -> None:
    described = client.get("/api/v1/openapi.json").get_json()

    def walk(value: object) -> None:
        if isinstance(value, dict):
            if "$ref" in value:
                target: Any = described
                for name in str(value["$ref"]).removeprefix("#/").split("/"):
                    target = target[name]
            for inner in value.values():
                walk(inner)
        elif isinstance(value, list):
            for inner in value:
                walk(inner)

    walk(described)


def test_every_route_is_guarded_or_said_to_be_public(client: FlaskClient) -> None:
    app = client.application
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith("api."):
            assert getattr(app.view_functions[rule.endpoint], "guard", None) in ("key", "open"), rule

"""Every route has a guard that bites, and stands in docs/http.md."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

from flask import Flask
from werkzeug.routing import Rule

from tests.structure.apps import guard_of, methods_of

GUARDS = {"open", "twilio", "staff", "partner", "key", "demo"}
OPEN_TO_POST = {
    "/desk/login",
    "/desk/logout",
    "/drugsmeldpunt",
    "/drugsmeldpunt/code",
    "/api/<path:rest>",
    "/api/v1/",
    "/api/v1/<path:rest>",
}
DOCUMENT = Path(__file__).parents[2] / "docs" / "http.md"


def rules_of(app: Flask, *guards: str) -> Iterator[Rule]:
    return (rule for rule in app.url_map.iter_rules() if not guards or guard_of(app, rule) in guards)


def address_of(rule: Rule) -> str:
    """An address that the rule takes."""
    values = {"conversation": UUID(int=1), "turn": 0, "key": "x", "rest": "x", "filename": "x"}
    filled = {name: values.get(name, UUID(int=1)) for name in rule.arguments}
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(filled[found[1]]), rule.rule)


def test_every_route_says_whom_it_lets_in(apps: dict[str, Flask]) -> None:
    for name, app in apps.items():
        unguarded = [str(rule) for rule in rules_of(app) if guard_of(app, rule) not in GUARDS]
        assert not unguarded, f"{name}: no guard on {unguarded}"


def test_what_is_open_changes_nothing_but_by_these_routes(apps: dict[str, Flask]) -> None:
    for app in apps.values():
        posts = {str(rule) for rule in rules_of(app, "open") if set(methods_of(rule)) - {"GET"}}
        assert posts <= OPEN_TO_POST


def test_nobody_gets_in_without_what_the_guard_asks(apps: dict[str, Flask]) -> None:
    refusals = {"twilio": {403}, "key": {401}, "staff": {302}, "partner": {302}}
    looked = 0
    for app in apps.values():
        app.config["WTF_CSRF_ENABLED"] = False
        client = app.test_client()
        for rule in rules_of(app, *refusals):
            for method in methods_of(rule):
                answer = client.open(address_of(rule), method=method)
                guard = guard_of(app, rule) or ""
                assert answer.status_code in refusals[guard], f"{method} {rule}: {answer.status_code}"
                assert answer.status_code != 302 or "/desk/login" in answer.location
                looked += 1
    assert looked > 30


def test_every_form_of_the_desk_needs_its_token(apps: dict[str, Flask]) -> None:
    desk = apps["desk"]
    desk.config["WTF_CSRF_ENABLED"] = True
    client = desk.test_client()
    for rule in rules_of(desk, "staff", "partner"):
        if "POST" in methods_of(rule):
            assert client.post(address_of(rule)).status_code == 400, str(rule)


def test_the_telephone_obeys_its_own_page_only(apps: dict[str, Flask]) -> None:
    client = apps["intake"].test_client()
    for rule in rules_of(apps["intake"], "demo"):
        if "POST" in methods_of(rule):
            answer = client.post(address_of(rule), json={}, headers={"Origin": "https://elsewhere.example"})
            assert answer.status_code == 403, str(rule)


def test_the_document_names_every_route_with_its_guard(apps: dict[str, Flask]) -> None:
    written = set(re.findall(r"^\| (\w+) \| ([A-Z ]+) \| `([^`]+)` \| (\w+) \|", DOCUMENT.read_text(), re.MULTILINE))
    there = {
        (name, " ".join(methods_of(rule)), rule.rule, guard_of(app, rule))
        for name, app in apps.items()
        for rule in rules_of(app)
        if rule.endpoint.partition(".")[0] != "simulator" or rule.rule == "/simulator"
    }
    shared = {("both", *rest) for name, *rest in there if name == "intake" and ("desk", *rest) in there}
    wanted = {one for one in there if ("both", *one[1:]) not in shared} | shared
    assert written == wanted, (
        f"missing {sorted(map(str, wanted - written))}; too many {sorted(map(str, written - wanted))}"
    )

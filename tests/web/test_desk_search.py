"""The search page without JavaScript: what it shows, what it refuses, and where the words never stand."""

from __future__ import annotations

import logging
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from hotline.domain.content import ThirdParty
from hotline.storage.session import transaction
from hotline.storage.tables import Report
from tests.desk_house import Desk
from tests.web.desk_app import Staff

PATH = "/desk/search"
FULL = {"category": "dealing", "neighbourhood": "Wyck", "what": "Jongens op scooters <b>verkopen</b> zakjes & meer."}


def look(staff: Staff, query: str, **more: str) -> str:
    answer = staff.post(PATH, {"query": query, **more}, seen_at=PATH)
    assert answer.status_code == 200 and answer.headers["Cache-Control"] == "no-store"
    return answer.text


def test_a_report_is_found_and_its_words_are_marked(app: Flask, desk: Desk) -> None:
    report_id = desk.report(FULL, third=[ThirdParty("plate", "AE-12-OU")])
    staff = Staff(app)
    assert 'href="/desk/search"' in staff.get("/desk").text
    page = look(staff, "skoeter verkoopt")
    assert "1 melding gevonden, de nieuwste eerst." in page and f'href="/desk/reports/{report_id}"' in page
    assert "Jongens op <mark>scooters</mark> &lt;b&gt;<mark>verkopen</mark>&lt;/b&gt; zakjes &amp; meer." in page
    assert "23-11-2026, nacht" in page and "Wyck" in page and "Dealen op straat" in page
    assert "<mark>AE</mark>-<mark>12</mark>-" in look(staff, "ae12ou")
    page = look(staff, "helikopter")
    assert "Niets gevonden. Probeer een ander woord of een straat." in page and 'value="helikopter"' in page


def test_what_cannot_be_looked_for_is_said_at_the_field(app: Flask, desk: Desk) -> None:
    staff = Staff(app)
    for query in ("", "  de   het ", "\x00\x1b\u202e", "!?"):
        answer = staff.post(PATH, {"query": query}, seen_at=PATH)
        assert answer.status_code == 400 and 'aria-invalid="true"' in answer.text and "Vul een woord in." in answer.text
    assert "Niets gevonden" in look(staff, "<script>alert(1)</script>" * 40)
    assert "<script>alert" not in look(staff, "<script>alert(1)</script>")


def test_exercises_stand_apart_and_what_waits_is_counted(
    app: Flask, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    report_id = desk.report(FULL, ago=timedelta(hours=1))
    with transaction(desk.owner) as session:
        session.execute(update(Report).where(Report.id == report_id).values(training=True))
    staff = Staff(app)
    assert "Niets gevonden" in look(staff, "scooter")
    page = look(staff, "scooter", training="yes")
    assert "1 melding gevonden" in page and "checked" in page and 'id="waiting"' not in page
    monkeypatch.setattr("hotline.services.search.FIRST_INDEXED", 1)
    for _ in range(3):
        desk.report(FULL)
    assert "Nog 2 meldingen zijn niet klaar om in te zoeken." in look(staff, "scooter")


def test_the_words_stand_in_no_address_and_in_no_log(app: Flask, desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    desk.report(FULL)
    staff = Staff(app)
    with caplog.at_level(logging.DEBUG):
        page = look(staff, "xylofoon scooter")
        assert "scooters" not in staff.get(f"{PATH}?query=scooter").text
    assert 'action="/desk/search"' in page and "?query" not in page
    assert "xylofoon" not in caplog.text


def test_a_report_shows_the_open_ones_at_its_street_and_no_others(app: Flask, desk: Desk) -> None:
    street = {"category": "dealing", "place": "Proefmolenstraat 14", "what": "Er wordt gedeald."}
    mine, same = (
        desk.report(street),
        desk.report({"category": "waste", "place": "de proefmolen straat", "what": "Vaten."}),
    )
    told = desk.report({"category": "users", "what": "Lawaai bij de Proefmoolenstraat 9."})
    desk.report({**street, "place": "Denkbeeldweg"})
    desk.report(street, status="released")
    wide = desk.report({**FULL, "place": "Wyck"})
    staff = Staff(app)
    page = staff.get(f"/desk/reports/{mine}").text
    shown = page.partition('id="alike"')[2].partition("</section>")[0]
    assert {one for one in (mine, same, told, wide) if str(one) in shown} == {same, told}
    assert shown.count("<li>") == 2 and "Afval, spuiten of vaten, 23-11-2026, nacht" in shown
    assert 'id="alike"' not in staff.get(f"/desk/reports/{wide}").text


def test_partner_staff_and_strangers_do_not_search(app: Flask, desk: Desk) -> None:
    desk.report(FULL)
    partner = Staff(app, "politie")
    assert partner.get(PATH).status_code == 403
    assert partner.post(PATH, {"query": "scooter"}, seen_at="/desk/login").status_code in (400, 403)
    assert Staff(app).client.post(PATH, data={"query": "scooter"}).status_code == 400
    assert app.test_client().get(PATH).status_code == 302

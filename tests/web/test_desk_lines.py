"""The supervisor's page of the lines: who may see it, that it asks twice, and what it refuses."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask

from hotline.domain.attachments import FIGURES
from hotline.domain.lines import SPEECH, Line
from hotline.services.lines import LONGEST_ANNOUNCEMENT, read_standings
from hotline.storage.line_states import Standing
from tests.conftest import NOW
from tests.desk_house import Desk
from tests.web.desk_app import Staff, make_desk_app

LINES = (
    Line("stad", "De stad", ("+31433505111",), ("+3197000000000",), {one: SPEECH[one] for one in ("nl", "fr")}),
    Line("oefening", "Oefenlijn", ("+31600000001",), ("+31600000002",), is_training=True),
)
HOSTILE = '<script>alert(1)</script>" onfocus="x'


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """A desk of two lines."""
    desk.house = replace(desk.house, lines=LINES)
    return desk


@pytest.fixture
def supervisor(app: Flask) -> Staff:
    """Somebody who may switch."""
    return Staff(app, "supervisor")


def standing(desk: Desk, key: str = "stad") -> Standing:
    return read_standings(desk.house.engine).get(key, Standing())


def acts(desk: Desk) -> list[tuple[str, str, list[str]]]:
    with desk.owner.connect() as connection:
        found = connection.exec_driver_sql("SELECT actor, act, fields FROM audit ORDER BY happened_at, act")
        return [(row[0], row[1], list(row[2])) for row in found]


def test_an_operator_may_not_and_sees_no_link(app: Flask) -> None:
    operator = Staff(app)
    assert operator.get("/desk/line").status_code == 403
    assert "/desk/line" not in operator.get("/desk").text
    for act in ("down", "up", "announce", "hush"):
        assert operator.post(f"/desk/line/stad/{act}", {"sure": "yes", "nl": "x"}).status_code == 403
    assert Staff(app, "admin").get("/desk/line").status_code == 200


def test_taking_a_line_down_asks_once_more_and_the_queue_shows_it(supervisor: Staff, app: Flask, desk: Desk) -> None:
    assert 'href="/desk/line"' in supervisor.get("/desk").text
    asked = supervisor.post("/desk/line/stad/down", seen_at="/desk/line")
    assert asked.status_code == 200 and "De stad uitzetten?" in asked.text and not standing(desk).is_down
    supervisor.post("/desk/line/stad/down", {"sure": "yes"}, seen_at="/desk/line")
    assert standing(desk).is_down and not standing(desk, "oefening").is_down
    assert "Uit:" in Staff(app).get("/desk").text and "De stad" in Staff(app).get("/desk/live").text
    assert "Zet weer aan" in supervisor.get("/desk/line").text
    desk.clock.moves(timedelta(minutes=1))
    supervisor.post("/desk/line/stad/up", seen_at="/desk/line")
    assert not standing(desk).is_down and "Uit:" not in Staff(app).get("/desk").text
    assert acts(desk) == [("supervisor", "line_down", ["stad"]), ("supervisor", "line_up", ["stad"])]


def test_an_announcement_is_kept_shown_and_taken_away(supervisor: Staff, desk: Desk) -> None:
    form = {"nl": f"Wij weten  van de brand. {HOSTILE}", "fr": "Nous savons.", "until": "2026-11-23T18:00"}
    assert supervisor.post("/desk/line/stad/announce", form, seen_at="/desk/line").status_code == 302
    kept = standing(desk)
    assert kept.announced(NOW) == {"nl": f"Wij weten van de brand. {HOSTILE}", "fr": "Nous savons."}
    assert kept.until is not None and kept.until.isoformat() == "2026-11-23T17:00:00+00:00"
    assert kept.announced(kept.until) == {}
    page = supervisor.get("/desk/line").text
    assert "Wij weten van de brand." in page and "<script>alert" not in page and "2026-11-23T18:00" in page
    desk.clock.moves(timedelta(minutes=1))
    supervisor.post("/desk/line/stad/hush", seen_at="/desk/line")
    assert standing(desk).announced(NOW) == {} and "Wij weten" not in supervisor.get("/desk/line").text
    assert acts(desk) == [("supervisor", "announce", ["fr", "nl", "stad"]), ("supervisor", "hush", ["stad"])]


def test_without_an_end_it_ends_within_a_month(supervisor: Staff, desk: Desk) -> None:
    supervisor.post("/desk/line/stad/announce", {"nl": "Bekend."}, seen_at="/desk/line")
    assert standing(desk).announced(NOW + timedelta(days=30)) and not standing(desk).announced(NOW + timedelta(days=31))


@pytest.mark.parametrize(
    ("form", "why"),
    [
        ({"nl": " "}, "in elk geval in het Nederlands"),
        ({"nl": "", "fr": "Seulement."}, "in elk geval in het Nederlands"),
        ({"nl": "x" * (LONGEST_ANNOUNCEMENT + 1)}, "te lang"),
        ({"nl": "€" * (LONGEST_ANNOUNCEMENT // 2 + 1)}, "te lang"),
        ({"nl": "Goed.", "until": "2026-11-23T03:30"}, "al voorbij"),
        ({"nl": "Goed.", "until": "2027-06-01T03:30"}, "binnen 31 dagen"),
        ({"nl": "Goed.", "until": "morgen"}, "Schrijf dag en tijd zo"),
        ({"nl": "Goed.", "until": "9999-99-99T99:99"}, "Schrijf dag en tijd zo"),
    ],
)
def test_what_cannot_be_announced_is_refused_and_stays_in_the_form(
    supervisor: Staff, desk: Desk, form: dict[str, str], why: str
) -> None:
    answer = supervisor.post("/desk/line/stad/announce", form, seen_at="/desk/line")
    assert answer.status_code == 400 and why in answer.text
    assert form["nl"].strip() in answer.text and standing(desk) == Standing() and acts(desk) == []


def test_a_line_that_is_not_there_is_not_found(supervisor: Staff) -> None:
    for act in ("down", "up", "announce", "hush"):
        assert supervisor.post(f"/desk/line/none/{act}", {"nl": "Goed."}, seen_at="/desk/line").status_code == 404


def test_the_page_says_what_voices_and_pictures_cost_where_they_are_on(desk: Desk, app: Flask) -> None:
    off = Staff(app, "supervisor").get("/desk/line").text
    assert "takes-voice" not in off and "takes-pictures" not in off
    desk.house = replace(desk.house, takes_voice=True, takes_pictures=True)
    on = Staff(make_desk_app(desk), "supervisor").get("/desk/line").text
    assert all(figure in on for figure in FIGURES.values())
    assert "niet anoniem" in on and "spiegelbeeld" in on

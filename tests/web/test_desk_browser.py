"""The desk in real Chromium, by keyboard alone: queue, report, release, live updates, a browser that dies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect
from werkzeug.serving import BaseWSGIServer

import hotline.web
from hotline.domain.report import Priority
from hotline.services.desk_report import open_report
from tests.desk_house import Desk
from tests.drivers.keyboard import press
from tests.web.desk_app import PASSWORD, Staff
from tests.web.over_http import serve

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
QUEUE = re.compile(r":\d+/desk$")
FULL = {"category": "dealing", "place": "Proefmolenstraat", "now": "no", "when": "week", "what": "Er wordt gedeald."}


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """A desk on a night, with all that its pages load."""
    vendor = Path(hotline.web.__path__[0]) / "static" / "vendor"
    assert (vendor / "htmx.min.js").exists(), "set-up copies the front-end parts: run `make test`"
    return desk


@pytest.fixture
def server(app: Flask) -> Iterator[BaseWSGIServer]:
    """Its pages over HTTP."""
    with serve(app) as server:
        yield server


@pytest.fixture
def page(browser: Browser, server: BaseWSGIServer) -> Iterator[Page]:
    """An operator who has just logged in. Whatever the content policy refuses fails the test."""
    context = browser.new_context(base_url=f"http://127.0.0.1:{server.port}", locale="nl-NL")
    page = context.new_page()
    refused: list[str] = []
    page.on("console", lambda line: refused.append(line.text) if "Content Security Policy" in line.text else None)
    page.on("pageerror", lambda error: refused.append(error.message))
    page.goto("/desk")
    expect(page.locator("[name=username]")).to_be_focused()
    page.keyboard.type("operator")
    press(page, "Tab")
    page.keyboard.type(PASSWORD)
    press(page, "Enter")
    page.wait_for_url(QUEUE)
    yield page
    context.close()
    assert not refused


def test_a_report_is_worked_through_with_the_keyboard_alone(page: Page, desk: Desk) -> None:
    desk.report(FULL, ago=timedelta(hours=1))
    urgent = desk.report({"place": "Verzonnenhof", "what": "Er wordt gedeald."}, priority=Priority.P2)
    page.reload()
    press(page, "j")
    press(page, "j")
    press(page, "k")
    press(page, "Enter")
    page.wait_for_url(f"**/desk/reports/{urgent}")
    press(page, "e")
    expect(page.locator("#category")).to_be_focused()
    page.locator("#category").select_option("dealing")
    expect(page.locator("#route")).to_have_text("Politie Limburg, Gemeente Maastricht")
    page.locator("#text").focus()
    press(page, "Control+End")
    page.keyboard.type(" Sxejk? Drie jongens.")
    press(page, "Control+Enter")
    expect(page.get_by_text("Melding doorgezet.")).to_be_visible()
    press(page, "Escape")
    page.wait_for_url(QUEUE)
    assert desk.row(urgent).status == "released"
    text = open_report(desk.house, urgent, now=desk.clock.now).content.text
    assert text == "Er wordt gedeald. Sxejk? Drie jongens."


def test_a_refusal_with_the_keyboard_alone(page: Page, desk: Desk) -> None:
    report_id = desk.report(FULL)
    page.reload()
    press(page, "ArrowDown")
    press(page, "Enter")
    page.wait_for_url("**/desk/reports/*")
    press(page, "x")
    expect(page.get_by_role("radio", name="Te weinig informatie")).to_be_focused()
    press(page, "ArrowDown")
    press(page, "Enter")
    page.wait_for_url(QUEUE)
    assert (desk.row(report_id).status, desk.row(report_id).reason) == ("rejected", "outside")


def test_the_guard_says_why_a_report_is_locked_while_one_types_and_one_key_opens_it(page: Page, desk: Desk) -> None:
    report_id = desk.report(FULL)
    page.reload()
    press(page, "j")
    press(page, "Enter")
    page.wait_for_url("**/desk/reports/*")
    expect(page.locator("#guard")).to_be_hidden()
    page.locator("#text").focus()
    press(page, "Control+a")
    page.keyboard.type("Ik zie vanuit mijn raam dat mijn buurman dealt.")
    expect(page.locator("#lock")).to_contain_text("Nog op slot: “Ik zie vanuit mijn raam”", timeout=15_000)
    expect(page.get_by_role("button", name="Nog op slot: doorzetten")).to_be_visible()
    expect(page.locator("#guard mark")).to_have_text(["Ik zie vanuit mijn raam"])
    expect(page.locator("#text")).to_be_focused()
    press(page, "Escape")
    press(page, "v")
    expect(page.locator("#text")).to_have_value("Gezien is dat [relatie] dealt.")
    expect(page.locator("#lock")).to_be_empty()
    page.locator("#text").focus()
    press(page, "Control+Enter")
    expect(page.get_by_text("Melding doorgezet.")).to_be_visible()
    assert desk.row(report_id).status == "released"


def test_the_queue_refreshes_and_leaves_the_focus_alone(page: Page, desk: Desk) -> None:
    first = desk.report(FULL)
    page.reload()
    press(page, "j")
    expect(page.locator(f"#open-{first}")).to_be_focused()
    danger = desk.report({"danger": "yes"}, priority=Priority.P0, ago=timedelta(0))
    expect(page.locator(f"#row-{danger}")).to_be_visible(timeout=15_000)
    expect(page).to_have_title("(P0! 2) Meldingen – Drugsmeldpunt")
    expect(page.locator(f"#open-{first}")).to_be_focused()


def test_what_was_typed_survives_a_browser_that_dies(page: Page, desk: Desk, app: Flask) -> None:
    report_id = desk.report(FULL)
    path = f"/desk/reports/{report_id}"
    Staff(app).post(f"{path}/take")
    page.goto(path)
    page.locator("#text").fill("Half getypt")
    expect(page.locator("#saved")).to_contain_text("Bewaard om 03:30.", timeout=15_000)
    expect(page.locator("#text")).to_be_focused()
    page.context.close()
    assert Staff(app).form(path)["text"] == "Half getypt"


def test_what_is_told_meanwhile_fills_the_fields_nobody_touched(page: Page, desk: Desk, app: Flask) -> None:
    report_id = desk.report({"what": "Een eerste zin."}, status="received")
    path = f"/desk/reports/{report_id}"
    Staff(app).post(f"{path}/take")
    page.goto(path)
    page.locator("#subtype").select_option("lab")
    desk.tell(report_id, {"category": "dealing", "place": "Denkbeeldweg", "subtype": "runners"})
    expect(page.locator("#place")).to_have_value("Denkbeeldweg", timeout=15_000)
    expect(page.locator("#category")).to_have_value("dealing")
    expect(page.locator("#subtype")).to_have_value("lab")
    expect(page.locator("#route")).to_contain_text("Politie Limburg")


def test_a_server_that_is_away_is_said_and_heals(page: Page, desk: Desk, app: Flask, server: BaseWSGIServer) -> None:
    desk.report(FULL)
    page.reload()
    page.route("**/desk/live*", lambda route: route.abort())
    expect(page.locator("#offline")).to_be_visible(timeout=15_000)
    page.unroute("**/desk/live*")
    expect(page.locator("#offline")).to_be_hidden(timeout=15_000)
    page.context.clear_cookies()
    expect(page.locator("#logged-out")).to_be_visible(timeout=15_000)
    expect(page.locator("#rows")).to_be_visible()


def test_a_search_with_the_keyboard_alone_is_readable_by_day_and_by_night(page: Page, desk: Desk) -> None:
    report_id = desk.report(FULL)
    assert AXE.exists(), "set-up fetches axe-core: run `make test`"
    press(page, "z")
    page.wait_for_url("**/desk/search")
    expect(page.locator("#query")).to_be_focused()
    page.keyboard.type("proefmoolenstraat gedealt")
    press(page, "Enter")
    expect(page.locator("#count")).to_be_focused()
    expect(page.locator("#count")).to_have_text("1 melding gevonden, de nieuwste eerst.")
    assert page.url.endswith("/desk/search")
    page.evaluate(AXE.read_text())
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        found = page.evaluate("tags => axe.run(document, {runOnly: tags}).then(one => one.violations)", WCAG)
        assert not found, (scheme, [one["id"] for one in found])
    press(page, "e")
    expect(page.locator("#query")).to_be_focused()
    press(page, "Escape")
    press(page, "j")
    press(page, "Enter")
    page.wait_for_url(f"**/desk/reports/{report_id}")

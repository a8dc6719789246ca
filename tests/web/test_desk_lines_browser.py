"""The supervisor's page of the lines in real Chromium, by keyboard, in the light and in the dark."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from playwright.sync_api import Browser, Locator, Page, expect

from hotline.domain.lines import Line
from hotline.services.lines import read_standings
from tests.conftest import NOW
from tests.desk_house import Desk
from tests.drivers.keyboard import press
from tests.web.desk_app import PASSWORD
from tests.web.over_http import serve

LINES = (
    Line("stad", "De stad", ("+31433505111",), ("+3197000000000",)),
    Line("oefening", "Oefenlijn", ("+31600000001",), ("+31600000002",), is_training=True),
)
NARROW = {"width": 360, "height": 800}


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """A desk of two lines."""
    desk.house = replace(desk.house, lines=LINES)
    return desk


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    """Its pages over HTTP."""
    with serve(app) as server:
        yield f"http://127.0.0.1:{server.port}"


@pytest.fixture(params=["light", "dark"])
def page(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Page]:
    """The page as a supervisor opens it; an error or a refused resource fails the test."""
    context = browser.new_context(base_url=address, locale="nl-NL", color_scheme=request.param)
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(error.message))
    page.on("console", lambda line: wrong.append(line.text) if line.type == "error" else None)
    page.goto("/desk/login")
    page.locator("[name=username]").fill("supervisor")
    page.locator("[name=password]").fill(PASSWORD)
    press(page, "Enter")
    page.get_by_role("link", name="Lijnen").click()
    yield page
    context.close()
    assert not [line for line in wrong if "400 (BAD REQUEST)" not in line]


def contrast(found: Locator) -> float:
    """Of an element's text on the nearest background that is not transparent (WCAG 2.2, 1.4.3)."""
    return float(
        found.evaluate(
            """element => {
              const parts = colour => colour.match(/[\\d.]+/g).map(Number);
              const light = ([r, g, b]) => [r, g, b].map(one => one / 255)
                .map(one => one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4)
                .reduce((sum, one, at) => sum + one * [0.2126, 0.7152, 0.0722][at], 0);
              let under = element;
              while (under && parts(getComputedStyle(under).backgroundColor)[3] === 0) under = under.parentElement;
              const ground = getComputedStyle(under || document.documentElement).backgroundColor;
              const both = [parts(getComputedStyle(element).color), parts(ground)].map(light).sort((a, b) => b - a);
              return (both[0] + 0.05) / (both[1] + 0.05);
            }"""
        )
    )


def test_a_line_goes_down_and_up_by_keyboard(page: Page, desk: Desk) -> None:
    section = page.get_by_role("region", name="De stad")
    section.get_by_role("button", name="Zet uit").focus()
    press(page, "Enter")
    expect(page.get_by_role("heading", name="De stad uitzetten?")).to_be_visible()
    press(page, "Escape")
    page.wait_for_url("**/desk/line")
    assert not read_standings(desk.house.engine)
    section.get_by_role("button", name="Zet uit").focus()
    press(page, "Enter")
    page.get_by_role("button", name="Ja, zet de lijn uit").focus()
    press(page, "Enter")
    expect(page.get_by_text("De stad staat uit.")).to_be_visible()
    page.goto("/desk")
    expect(page.locator("#down")).to_contain_text("De stad")
    page.goto("/desk/line")
    section.get_by_role("button", name="Zet weer aan").focus()
    press(page, "Enter")
    expect(page.get_by_text("De stad staat weer aan.")).to_be_visible()


def test_a_wrong_announcement_is_pointed_at_and_can_be_mended(page: Page, desk: Desk) -> None:
    section = page.get_by_role("region", name="De stad")
    section.get_by_label("Frans").fill("Nous savons.")
    section.get_by_role("button", name="Bewaar mededeling").click()
    expect(section.get_by_role("alert")).to_contain_text("in elk geval in het Nederlands")
    section.get_by_role("alert").get_by_role("link").click()
    expect(section.get_by_label("Nederlands")).to_be_focused()
    page.keyboard.type("Wij weten van de brand.")
    section.get_by_role("button", name="Bewaar mededeling").click()
    expect(page.get_by_text("De mededeling is bewaard.")).to_be_visible()
    assert read_standings(desk.house.engine)["stad"].announced(NOW)["fr"] == "Nous savons."


def test_the_page_can_be_read_and_fits_a_telephone(page: Page) -> None:
    seen = page.locator("h1, h2, h3, main p, label, main button, main strong, main textarea").all()
    assert len(seen) > 20
    for one in seen:
        assert contrast(one) >= 4.5, one.inner_text()
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    sizes = page.locator("main button").evaluate_all("all => all.map(one => one.getBoundingClientRect().height)")
    assert min(sizes) >= 24  # WCAG 2.2, 2.5.8

"""The dialogue at the desk in real Chromium, by keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import redis
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import Engine

from hotline.services.desk_news import list_news
from tests.drivers.keyboard import press
from tests.question_story import ANSWER, QUESTION, Story, begin_story
from tests.web.desk_app import PASSWORD, make_desk_app
from tests.web.over_http import serve


@pytest.fixture
def story(
    intake_engine: Engine, desk_engine: Engine, owner_engine: Engine, valkey: redis.Redis, tmp_path: Path
) -> Story:
    return begin_story(intake_engine, desk_engine, owner_engine, valkey, tmp_path)


@pytest.fixture
def page(browser: Browser, story: Story) -> Iterator[Page]:
    """An operator who has just logged in. Whatever the content policy refuses fails the test."""
    with serve(make_desk_app(story.desk)) as server:
        page = browser.new_context(base_url=f"http://127.0.0.1:{server.port}", locale="nl-NL").new_page()
        refused: list[str] = []
        page.on("console", lambda line: refused.append(line.text) if "Content Security Policy" in line.text else None)
        page.on("pageerror", lambda error: refused.append(error.message))
        page.goto("/desk")
        expect(page.locator("[name=username]")).to_be_focused()
        page.keyboard.type("operator")
        press(page, "Tab")
        page.keyboard.type(PASSWORD)
        press(page, "Enter")
        expect(page.locator("#empty")).to_be_visible()
        yield page
        page.context.close()
    assert not refused


def test_question_answer_and_addition_with_the_keyboard_alone(page: Page, story: Story) -> None:
    story.ask()
    expect(page.get_by_role("textbox", name="Vraag aan de melder")).to_have_value(QUESTION, timeout=15_000)
    press(page, "a")
    expect(page.get_by_text("De melder hoort deze vraag met de meldcode.")).to_be_visible()
    assert story.asks("report_status")[1]["question"] == QUESTION
    story.asks("answer_question", ANSWER)
    story.asks("add_to_report", "Nu ook overdag.")
    read = page.locator(f"#read-{story.report_id}")
    expect(read).to_be_visible(timeout=15_000)
    press(page, "j")
    expect(read).to_be_focused()
    press(page, "Enter")
    expect(page.get_by_role("textbox", name="Antwoord voor Politie Limburg")).to_have_value(ANSWER)
    press(page, "a")
    expect(page.get_by_text("Het antwoord gaat naar de partner.")).to_be_visible()
    press(page, "e")
    expect(page.locator("#renewed")).to_be_focused()
    press(page, "Control+End")
    page.keyboard.type(" Elke dag.")
    press(page, "Escape")
    press(page, "d")
    expect(page.get_by_text("Aanvulling doorgezet naar 2 partners.")).to_be_visible()
    assert list_news(story.desk.house) == []
    assert story.held().version["text"].endswith("Nu ook overdag. Elke dag.")
    assert story.seen() == [("answered", ANSWER)]

"""The web form in real Chromium: with and without a script, by keyboard alone, on small screens, for everybody."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
import redis
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import Engine
from werkzeug.serving import BaseWSGIServer

from hotline.services import flood
from hotline.web.public_words import WORDS
from ivr_flows.load import load_flow
from ivr_flows.model import Language
from tests.conftest import NOW
from tests.web.form_site import Site, open_site
from tests.web.over_http import serve

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
STORY = "op het Koningsplein dealen elke avond drie jongens bij de fietsen"
VAGUE = "kom hier eens goed kijken"
LANGUAGES = load_flow().languages
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
Scheme = Literal["light", "dark"]


@pytest.fixture
def site(tmp_path: Path, database: str, valkey: redis.Redis, valkey_url: str, owner_engine: Engine) -> Iterator[Site]:
    """The residents' pages at night."""
    opened = open_site(tmp_path, database, valkey, valkey_url, owner_engine, NOW)
    yield opened
    opened.app.extensions["hotline.intake"].engine.dispose()


@pytest.fixture
def server(site: Site) -> Iterator[BaseWSGIServer]:
    """The pages over HTTP."""
    with serve(site.app) as server:
        yield server


@pytest.fixture
def open_page(browser: Browser, server: BaseWSGIServer) -> Iterator[Callable[..., Page]]:
    """Opens a tab of its own; what the content policy refuses, a script's error or a strange host fails the test."""
    contexts: list[BrowserContext] = []
    wrong: list[str] = []
    origin = f"http://127.0.0.1:{server.port}"

    def open_one(**options: Any) -> Page:
        context = browser.new_context(base_url=origin, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda line: wrong.append(line.text) if line.type == "error" else None)
        page.on("pageerror", lambda error: wrong.append(error.message))
        page.on("request", lambda one: None if one.url.startswith(origin) else wrong.append(one.url))
        return page

    yield open_one
    cookies = [cookie for context in contexts for cookie in context.cookies()]
    for context in contexts:
        context.close()
    assert not [one for one in wrong if "Failed to load resource" not in one]
    assert not cookies


def address(language: Language, path: str = "/drugsmeldpunt") -> str:
    return path if language == "nl" else f"{path}?taal={language}"


def write(page: Page, words: str) -> None:
    page.locator("textarea").fill(words)
    page.locator("[value=next]").click()


def choose(page: Page, key: int) -> None:
    page.locator(f"[name=choice][value='{key}']").check()
    page.locator("[value=next]").click()


def press(page: Page, act: str) -> None:
    page.locator(f"[name=act][value={act}]").click()


# ---- journeys


@pytest.mark.parametrize("has_script", [True, False], ids=["script", "no-script"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_report_and_its_code(
    open_page: Callable[..., Page], site: Site, language: Language, has_script: bool
) -> None:
    words = WORDS[language]
    page = open_page(java_script_enabled=has_script)
    page.goto(address(language))
    expect(page.locator("html")).to_have_attribute("lang", language)
    write(page, STORY)
    expect(page.locator(".public-progress")).to_have_text(words.question.format(2))
    choose(page, 2)
    expect(page.locator(".public-progress")).to_have_text(words.question.format(3))
    press(page, "done")
    expect(page.get_by_role("heading", level=1)).to_have_text(words.finished)
    code = page.locator(".public-code__digits").inner_text()
    assert re.fullmatch(r"(\d{3} ){3}\d{3}", code)
    assert list(site.redis.scan_iter("puzzle:*")) if has_script else site.redis.get("forms-without-proof") == b"1"

    page.goto(address(language, "/drugsmeldpunt/code"))
    page.get_by_label(words.code_field).fill(code)
    page.get_by_role("button", name=words.look).click()
    expect(page.locator("[name=choice]")).to_have_count(5)
    choose(page, 5)
    expect(page.get_by_role("heading", level=1)).to_have_text(words.finished)
    assert site.count("reports") == 1
    page.close()


def test_by_keyboard_alone(open_page: Callable[..., Page], site: Site) -> None:
    page = open_page()
    page.goto("/drugsmeldpunt")
    tab_to(page, "textarea")
    page.keyboard.type(VAGUE)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".public-told")).to_be_focused()  # what is told is read before the question
    tab_to(page, "[name=choice]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator(".public-progress")).to_have_text("Vraag 3")
    expect(page.locator(".public-told")).to_be_focused()  # the promise
    tab_to(page, "[value=next]")
    page.keyboard.press("Enter")
    expect(page.locator("#error")).to_be_focused()
    tab_to(page, "[value=skip]")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Waar is het?")
    tab_to(page, "[value=back]")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Waar gaat het om?")
    tab_to(page, "[value=done]")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Klaar")
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    assert site.count("reports") == 1


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the focus is there; each stop on the way can be seen."""
    for _ in range(20):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        assert focused.evaluate(
            "one => { const shown = getComputedStyle(one.closest('.public-choice') ?? one);"
            " return shown.outlineStyle !== 'none' && parseFloat(shown.outlineWidth) >= 2 }"
        ), focused.evaluate("one => one.outerHTML")
        if focused.evaluate("(one, selector) => one.matches(selector)", selector):
            return
    raise AssertionError(f"Tab does not reach {selector}")


@pytest.mark.parametrize("has_script", [True, False], ids=["script", "no-script"])
def test_leaving_quickly_leaves_no_form_behind(open_page: Callable[..., Page], has_script: bool) -> None:
    page = open_page(java_script_enabled=has_script)
    page.goto("/live")
    page.goto("/drugsmeldpunt")
    write(page, STORY)
    choose(page, 2)
    expect(page.locator(".public-progress")).to_have_text("Vraag 3")
    press(page, "skip")
    expect(page.locator(".public-progress")).to_have_text("Vraag 4")
    page.locator("[data-leave]").click()
    expect(page).to_have_title("Contact – Gemeente Maastricht")
    assert "drugs" not in page.inner_text("body").lower() and page.url.endswith("/contact")
    if has_script:  # a page can leave without a trace only by its script; else the browser's own list keeps an address
        page.go_back()
        assert page.url.endswith("/live")


def test_a_double_click_sends_once(open_page: Callable[..., Page], site: Site) -> None:
    page = open_page()
    sent: list[str] = []
    page.on("request", lambda one: sent.append(one.url) if one.method == "POST" else None)
    page.goto("/drugsmeldpunt")
    page.locator("textarea").fill(STORY)
    page.locator("[value=next]").dblclick()
    expect(page.locator(".public-progress")).to_have_text("Vraag 2")
    assert len(sent) == 1 and site.count("conversations") == 1


def test_without_a_connection_the_text_stays(open_page: Callable[..., Page], site: Site) -> None:
    page = open_page()
    page.goto("/drugsmeldpunt")
    page.route("**/drugsmeldpunt", lambda route: route.fulfill(status=502, body="<h1>Bad gateway</h1>"))
    write(page, STORY)
    expect(page.get_by_role("alert")).to_have_text(WORDS["nl"].notice_offline)
    expect(page.locator("textarea")).to_have_value(STORY)
    page.unroute("**/drugsmeldpunt")
    press(page, "next")
    expect(page.locator(".public-progress")).to_have_text("Vraag 2")
    assert site.count("reports") == 1


def test_a_script_that_cannot_load_stops_nobody(open_page: Callable[..., Page], site: Site) -> None:
    page = open_page()
    page.route("**/puzzle.js", lambda route: route.fulfill(status=404))
    page.goto("/drugsmeldpunt")
    write(page, STORY)
    expect(page.locator(".public-progress")).to_have_text("Vraag 2")
    assert site.redis.get("forms-without-proof") == b"1"


# ---- for everybody


def visit_all(page: Page, site: Site, language: Language) -> Iterator[str]:
    """Every kind of page, one after the other, by name."""

    def turns(act: Callable[[], None]) -> None:
        page.evaluate("document.body.dataset.before = ''")
        act()
        expect(page.locator("body[data-before]")).to_have_count(0)

    page.goto(address(language))
    yield "start"
    turns(lambda: write(page, ""))
    yield "start with an error"
    turns(lambda: write(page, VAGUE))
    yield "choices"
    turns(lambda: press(page, "next"))
    yield "choices with an error"
    turns(lambda: choose(page, 1))
    yield "danger, in words"
    turns(lambda: press(page, "next"))
    yield "words with an error"
    turns(lambda: press(page, "skip"))
    yield "digits"
    turns(lambda: press(page, "next"))
    yield "digits with an error"
    turns(lambda: press(page, "done"))
    yield "the end with a code"
    page.goto(address(language))
    turns(lambda: write(page, VAGUE))
    for key in (2, 1, 1):
        turns(lambda key=key: choose(page, key))  # type: ignore[misc]
    turns(lambda: write(page, "op het Koningsplein"))
    expect(page.locator(".public-code__digits")).to_be_visible()
    yield "the code and a question"
    page.evaluate("document.querySelector('[name=secret]').value = 'x'")
    turns(lambda: choose(page, 1))
    expect(page.locator("#notice")).to_be_focused()
    yield "too late"
    page.goto(address(language, "/drugsmeldpunt/code"))
    yield "code"
    turns(lambda: page.get_by_role("button", name=WORDS[language].look).click())
    yield "code with an error"
    site.redis.set("forms-without-proof", flood.FREE_A_MINUTE + 1)
    page.route("**/puzzle.js", lambda route: route.fulfill(status=404))
    page.goto(address(language))
    turns(lambda: write(page, STORY))
    expect(page.locator("form textarea")).to_have_value(STORY)
    yield "busy"
    site.redis.delete("forms-without-proof")
    page.goto(address(language))
    page.evaluate("document.querySelector('textarea').removeAttribute('maxlength')")
    turns(lambda: write(page, "a" * 70_000))
    yield "too big"
    page.goto(address(language))
    page.locator("a[href^='/drugsmeldpunt/privacy']").click()
    expect(page.locator("article h2")).not_to_have_count(0)
    yield "privacy"
    page.goto("/contact")
    yield "elsewhere"


# Colours and sizes do not depend on the language, and lengths of words hardly on the colours: so not all with all.
SIGHTS = [("nl", 320, "light"), ("nl", 1280, "dark"), ("en", 320, "dark"), ("de", 320, "light"), ("fr", 1280, "light")]


def test_every_language_is_looked_at() -> None:
    assert {language for language, _, _ in SIGHTS} == set(LANGUAGES)


@pytest.mark.parametrize(("language", "width", "scheme"), SIGHTS)
def test_every_page_is_for_everybody(
    open_page: Callable[..., Page], site: Site, language: Language, width: int, scheme: Scheme
) -> None:
    assert AXE.exists(), "set-up fetches axe-core: run `make test`"
    page = open_page(
        viewport={"width": width, "height": 640}, color_scheme=scheme, reduced_motion="reduce", bypass_csp=True
    )
    seen = []
    for name in visit_all(page, site, language):
        page.wait_for_load_state("load")
        page.add_script_tag(path=AXE)
        found = page.evaluate("tags => axe.run(document, {runOnly: tags}).then(one => one.violations)", WCAG)
        assert not found, (name, [(one["id"], [node["html"] for node in one["nodes"]]) for one in found])
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        small = page.evaluate(
            "[...document.querySelectorAll('button, .public-leave, .public-choice, textarea, input:not([type])')]"
            ".filter(one => one.getBoundingClientRect().height < 44).map(one => one.outerHTML)"
        )
        assert not small, (name, small)
        seen.append(name)
    assert len(seen) == 17

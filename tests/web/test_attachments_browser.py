"""Veils and the local voice in real Chromium: nothing is fetched unopened, and no voice of the network reads aloud."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from hotline.anonymity.seal import seal
from hotline.services.desk_lease import take
from hotline.storage.session import transaction
from hotline.storage.tables import Attachment
from hotline.web.partner import blueprint
from tests.anonymity.test_images import jpeg
from tests.anonymity.voices import Speaker, as_wav
from tests.desk_house import Desk
from tests.drivers.keyboard import press
from tests.web.desk_app import PASSWORD
from tests.web.over_http import serve
from tests.web.test_partner import release

VOICES = """
    const spoken = window.spoken = [];
    const voices = %s;
    window.SpeechSynthesisUtterance = class extends EventTarget { constructor(text) { super(); this.text = text; } };
    Object.defineProperty(window, "speechSynthesis", {value: Object.assign(new EventTarget(), {
      getVoices: () => voices, cancel: () => {}, speak: (one) => spoken.push([one.voice.name, one.text]),
    })});
"""
NETWORK = '{name: "far", lang: "nl-NL", localService: false}, {name: "english", lang: "en-GB", localService: true}'
LOADED = """
    () => new Promise((done, fail) => {
      const audio = document.querySelector("audio");
      audio.addEventListener("loadedmetadata", () => done(audio.duration));
      audio.addEventListener("error", () => fail(audio.error.message));
      audio.preload = "auto";
      audio.load();
    })
"""
LOCAL = '{name: "near", lang: "nl-BE", localService: true}'


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    """Desk and partner pages over HTTP."""
    app.register_blueprint(blueprint)
    with serve(app) as server:
        yield f"http://127.0.0.1:{server.port}"


def log_in(browser: Browser, address: str, name: str, script: str = "") -> tuple[Page, list[str], list[str]]:
    """A page of somebody logged in; it notes the attachments that it fetches, and what goes wrong on it."""
    page = browser.new_context(base_url=address, locale="nl-NL").new_page()
    fetched: list[str] = []
    wrong: list[str] = []
    page.on("request", lambda one: fetched.append(one.url) if "/attachments/" in one.url else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    if script:
        page.add_init_script(script)
    page.goto("/desk/login")
    page.fill("[name=username]", name)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(lambda url: "login" not in url)
    return page, fetched, wrong


def attach(desk: Desk, report_id: UUID, kind: str, plain: bytes) -> None:
    with transaction(desk.owner) as session:
        session.add(
            Attachment(
                id=uuid4(),
                report_id=report_id,
                kind=kind,
                repeat_id=uuid4().bytes,
                status="ready",
                key_id=desk.month.id,
                sealed=seal(desk.month.public, plain),
            )
        )


def test_a_veil_lifts_by_keyboard_and_typed_is_destroyed_while_a_draft_stays(
    desk: Desk, browser: Browser, address: str
) -> None:
    report_id = desk.report({"category": "dealing", "place": "Proefmolenstraat"})
    attach(desk, report_id, "picture", jpeg())
    attach(desk, report_id, "voice", as_wav(Speaker(110, 0.1, 1.0).say(("a",), 1)))
    take(desk.house, report_id, "operator", desk.clock())
    page, fetched, wrong = log_in(browser, address, "operator")
    page.goto(f"/desk/reports/{report_id}")
    page.wait_for_load_state("networkidle")
    assert fetched == []
    page.locator("summary", has_text="Open de foto").focus()
    press(page, "Enter")
    expect(page.locator("img.picture")).to_be_visible()
    expect(page.locator("img.picture")).to_have_js_property("naturalWidth", 320)
    assert len(fetched) == 1
    frame = page.locator("img.picture").bounding_box()
    assert frame is not None
    for act, x, y in (("move", 0.505, 0.405), ("down", 0, 0), ("move", 0.105, 0.905), ("up", 0, 0)):
        reach = (frame["x"] + x * frame["width"], frame["y"] + y * frame["height"]) if act == "move" else ()
        getattr(page.mouse, act)(*reach)
    drawn = [page.locator(f"form.box [name={name}]").input_value() for name in ("left", "top", "width", "height")]
    assert drawn == ["10", "40", "41", "51"]
    expect(page.locator(".mark")).to_be_visible()
    page.get_by_role("button", name="Maak zwart").click()
    expect(page.locator("#attachments [role=status]")).to_have_text("Zwart gemaakt.")
    expect(page.locator("img.picture")).to_be_hidden()
    page.locator("summary", has_text="Open het bericht").focus()
    press(page, "Enter")
    assert 0 < page.evaluate(LOADED) < 2
    page.fill("[name=text]", "Iemand sprak in dat er gedeald wordt.")
    page.get_by_role("button", name="Getypt: vernietig").focus()
    press(page, "Enter")
    expect(page.locator("#attachments [role=status]")).to_have_text("Vernietigd.")
    expect(page.locator("audio")).to_have_count(0)
    expect(page.locator("[name=text]")).to_have_value("Iemand sprak in dat er gedeald wordt.")
    assert wrong == []


def test_only_a_voice_of_this_computer_reads_to_a_partner(desk: Desk, browser: Browser, address: str) -> None:
    report = release(desk)
    page, _, wrong = log_in(browser, address, "gemeente", VOICES % f"[{NETWORK}]")
    page.goto(report)
    expect(page.get_by_role("heading", name="De melding")).to_be_visible()
    expect(page.locator("#read-aloud")).to_be_hidden()
    page, _, wrong = log_in(browser, address, "gemeente", VOICES % f"[{NETWORK}, {LOCAL}]")
    page.goto(report)
    button = page.get_by_role("button", name="Lees voor")
    button.focus()
    press(page, "Enter")
    expect(page.get_by_role("button", name="Stop voorlezen")).to_have_attribute("aria-pressed", "true")
    ((voice, text),) = page.evaluate("window.spoken")
    assert voice == "near" and "Er liggen spuiten." in text and "Startinformatie" not in text
    press(page, "Enter")
    expect(button).to_have_attribute("aria-pressed", "false")
    assert wrong == []

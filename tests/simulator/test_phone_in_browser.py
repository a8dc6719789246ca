"""The telephone in a real browser: what a person sees and does, under a strict content security policy."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Thread

import pytest
from flask import Flask, Response
from playwright.sync_api import Browser, Page, expect
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.serving import make_server

from hotline.simulator.pages import simulator
from tests.simulator.lines import LINES, mounted


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The simulator and the line that it calls in one threaded server, as in the intake."""
    app = Flask(__name__)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    address = f"http://localhost:{server.server_port}"
    app.register_blueprint(
        simulator(
            public_url=address,
            account_sid="AC" + "0" * 32,
            auth_token="token",
            lines=LINES,
        )
    )

    @app.after_request
    def protect(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = "default-src 'self'; form-action 'self'"
        return response

    server.app = DispatcherMiddleware(app, {"/voice": mounted("/voice"), "/sms": mounted("/sms")})
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield address
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """The page, which fails the test on any error, refused resource or request to elsewhere."""
    page = browser.new_page(viewport={"width": 360, "height": 800})
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda line: wrong.append(line.text) if line.type == "error" else None)
    page.on("request", lambda request: wrong.append(request.url) if not request.url.startswith(address) else None)
    page.goto(f"{address}/simulator")
    page.get_by_label("Zwijg vanzelf").uncheck()
    yield page
    page.close()
    assert not wrong


def test_a_call_with_keys_words_and_silence(page: Page) -> None:
    heard = page.locator("#heard")
    expect(heard).to_contain_text("Druk op Bellen")
    page.get_by_role("button", name="Bellen").click()
    expect(heard).to_contain_text("Voor één, toets 1.")
    page.locator("[data-key='2']").click()
    expect(heard).to_contain_text("U koos 2.")
    page.keyboard.press("*")
    expect(heard).to_contain_text("U koos *.")
    page.get_by_label("Zeg iets").fill("bij de Testkapelstraat")
    page.keyboard.press("Enter")
    expect(heard).to_contain_text("U koos bij de Testkapelstraat.")
    page.get_by_role("button", name="Zwijg").click()
    expect(heard).to_contain_text("U koos niets.")
    page.get_by_role("button", name="Ophangen").click()
    expect(page.locator("#state")).to_have_text("Niet verbonden")
    expect(page.locator("#call-twiml")).to_contain_text("<Gather")
    expect(page.locator(".problem")).to_have_count(0)


def test_keys_typed_fast_all_arrive(page: Page) -> None:
    page.get_by_role("button", name="Bellen").click()
    expect(page.locator("#heard")).to_contain_text("Voor één")
    page.keyboard.type("1234")
    for key in "1234":
        expect(page.locator("#heard")).to_contain_text(f"U koos {key}.")


def test_silence_comes_by_itself_when_it_is_asked_to(page: Page) -> None:
    page.clock.install()
    page.get_by_label("Zwijg vanzelf").check()
    page.get_by_role("button", name="Bellen").click()
    expect(page.locator("#heard")).to_contain_text("Voor één")
    expect(page.locator("#state")).to_contain_text("luistert")
    page.clock.run_for(60_000)
    expect(page.locator("#heard")).to_contain_text("U koos niets.")


def test_a_text_and_its_replies(page: Page) -> None:
    page.get_by_label("Bericht", exact=True).fill("hallo")
    page.get_by_role("button", name="Stuur").click()
    expect(page.locator("#bubbles .them")).to_have_text(["Dank u.", "Nog een bericht."])


def test_another_line_has_other_numbers_and_a_fresh_telephone(page: Page) -> None:
    expect(page.locator("#voice-number")).to_have_text("+31433505111")
    page.get_by_label("Lijn").select_option("Oefenlijn (oefening)")
    expect(page.locator("#voice-number")).to_have_text("+31600000001")
    expect(page.locator("#sms-number")).to_have_text("+31600000002")
    expect(page.locator("#bubbles")).to_contain_text("Een andere telefoon")
    page.get_by_role("button", name="Bellen").click()
    expect(page.locator("#heard")).to_contain_text("Voor één")
    expect(page.get_by_label("Lijn")).to_be_disabled()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_fits_a_telephone_and_keeps_no_cookie(page: Page, scheme: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.context.cookies() == []

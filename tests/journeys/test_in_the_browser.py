"""The whole way as people walk it: real processes, real Chromium, and processes that are killed on the way."""

from __future__ import annotations

import json
import re
import signal
import time
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from hotline.canary.words import draw_story
from hotline.domain.retry import LEASE
from hotline.simulator.wire import over_http
from tests.drivers.caller import Caller
from tests.drivers.keyboard import press
from tests.drivers.line import connect
from tests.system import System, open_home, running_system


@pytest.fixture(scope="module")
def system() -> Iterator[System]:
    """An installation of its own."""
    with open_home() as home, running_system(home) as running:
        yield running


class Phone:
    """The telephone of the simulator's page."""

    def __init__(self, browser: Browser, system: System) -> None:
        self.page = browser.new_page()
        self.page.goto(f"{system.intake}/simulator")
        self.page.get_by_label("Zwijg vanzelf").uncheck()
        self.heard = self.page.locator("#heard")

    def calls(self) -> Phone:
        """Dials the line."""
        self.page.locator("#dial").click()
        return self.hears("Is er nu gevaar?")

    def presses(self, keys: str, then: str) -> Phone:
        """Presses keys, and hears this."""
        for key in keys:
            self.page.locator(f"[data-key='{key}']").click()
        return self.hears(then)

    def says(self, words: str, then: str) -> Phone:
        """Says something, and hears this."""
        self.page.get_by_label("Zeg iets").fill(words)
        self.page.locator("#say").click()
        return self.hears(then)

    def hears(self, words: str) -> Phone:
        """The line says this."""
        expect(self.heard).to_contain_text(words, timeout=15000)
        return self

    def hangs_up(self) -> None:
        """Puts the telephone down."""
        self.page.locator("#hang-up").click()
        self.page.close()

    def code(self) -> str:
        """The report code that was read out."""
        found = re.search(r"meldcode is ((?:\d[ ,.]*){12})", self.heard.inner_text())
        assert found
        return re.sub(r"\D", "", found[1])


def tells(browser: Browser, system: System, words: str) -> tuple[Phone, str]:
    """A call up to its summary; gives the telephone and the report code."""
    phone = Phone(browser, system).calls()
    phone.presses("2", "iets nieuws melden").presses("1", "Drugs op straat").presses("1", "Dealers").presses(
        "1", "Waar is het"
    )
    phone.says("op de Markt bij de kiosk", "Klopt dat").presses("1", "Uw meldcode is")
    code = phone.code()
    phone.presses("1", "Vertel wat u ziet").says(words, "Gebeurt het nu")
    return phone, code


def log_in(browser: Browser, system: System, name: str, path: str = "/desk") -> Page:
    """Somebody with a browser of their own."""
    page = browser.new_context().new_page()
    page.goto(f"{system.desk}{path}")
    page.locator("[name=username]").fill(name)
    page.locator("[name=password]").fill(system.password)
    page.keyboard.press("Enter")
    return page


def received(system: System) -> list[dict[str, Any]]:
    """What the partner's own system verified and took."""
    with urllib.request.urlopen(f"{system.partner}/received.json", timeout=5) as answer:
        return [one for one in json.load(answer)["received"] if one["kind"] == "melding"]


def wait_for(system: System, words: str) -> list[dict[str, Any]]:
    """Until the partner has a report with these words: what a killed worker held waits for the end of its lease."""
    end = time.monotonic() + LEASE.total_seconds() + 30
    while time.monotonic() < end:
        found = [one for one in received(system) if words in json.dumps(one, ensure_ascii=False)]
        if found:
            return found
        time.sleep(0.1)
    raise AssertionError(f"not received; {system.lines[-20:]}")


def release_by_keyboard(page: Page, words: str) -> None:
    """Open the first report of the queue and send it on, without a mouse."""
    expect(page.locator("[data-row]").first).to_be_visible(timeout=15000)
    press(page, "j")
    press(page, "Enter")
    expect(page.locator("#text")).to_have_value(re.compile(re.escape(words)), timeout=15000)
    press(page, "e")
    press(page, "Control+Enter")
    expect(page.get_by_text("Melding doorgezet")).to_be_visible(timeout=15000)


def answer_at_the_partner(browser: Browser, system: System, sentence: str) -> None:
    """The city's inbox: pick the newest report up and write the sentence for the reporter."""
    page = log_in(browser, system, "gemeente", "/partner")
    page.locator("a[href*='/partner/reports/']").first.click()
    page.get_by_role("button", name=re.compile("Beoordeeld")).first.click()
    page.get_by_role("button", name=re.compile("Opgepakt")).first.click()
    page.locator("textarea").first.fill(sentence)
    page.locator("form:has(textarea) button[type=submit]").first.click()
    expect(page.locator("body")).to_contain_text("Verstuurd")
    page.context.close()


def test_the_whole_way(browser: Browser, system: System) -> None:
    phone, code = tells(browser, system, "drie jongens geven blauwe zakjes")
    phone.hangs_up()
    desk = log_in(browser, system, "operator")
    release_by_keyboard(desk, "blauwe zakjes")
    assert wait_for(system, "blauwe zakjes")[0]["times"] == 1
    answer_at_the_partner(browser, system, "Wij kijken hier nu elke avond.")
    desk.goto(f"{system.desk}/desk")
    expect(desk.locator("#drafts")).to_be_visible(timeout=15000)
    press(desk, "a")
    expect(desk.get_by_text("Goedgekeurd")).to_be_visible(timeout=15000)
    desk.context.close()
    again = Phone(browser, system).calls().presses("2", "meldcode").presses("2", "twaalf cijfers")
    again.presses(code + "#", "Wij kijken hier nu elke avond.").hangs_up()


def caller_of(system: System) -> Caller:
    """A telephone that is no part of the installation, so that it survives what happens there."""
    token = (system.home / "secrets" / "twilio-auth-token").read_text().strip()
    exchange = connect(over_http(), now=lambda: datetime.now(UTC), public_url=system.intake, auth_token=token)
    return Caller(exchange, strict=False)


@pytest.mark.parametrize("victim", ["hotline.wsgi:intake", "valkey-server", "workers.main"])
def test_a_process_killed_in_a_call_loses_nothing(browser: Browser, system: System, victim: str) -> None:
    words = f"twee mannen met {draw_story()}"
    caller = caller_of(system).calls().presses("2").presses("1").presses("1").presses("1").says("op de Markt")
    caller.presses("1").presses("1").says(words).hears("Gebeurt het nu")
    system.kills(victim)
    system.answers_again()
    caller.presses("1").hears("lastiggevallen").hangs_up()
    desk = log_in(browser, system, "operator")
    release_by_keyboard(desk, words)
    system.kills("workers.main")
    desk.context.close()
    wait_for(system, words)
    time.sleep(1)
    assert len(wait_for(system, words)) == 1  # the partner knows a repeat by its id, and a kill may cause one


@pytest.fixture
def home() -> Iterator[Path]:
    """A home that outlives one run."""
    with open_home() as folder:
        yield folder


def test_stopping_leaves_nothing_and_starting_again_finds_everything(browser: Browser, home: Path) -> None:
    with running_system(home) as first:
        phone, _ = tells(browser, first, "een witte bus met draaiende motor")
        phone.hangs_up()
        port = first.port
        first.stops(signal.SIGINT)
    with running_system(home, port) as second:
        desk = log_in(browser, second, "operator")
        release_by_keyboard(desk, "witte bus")
        desk.context.close()
        family = second.family()
        second.process.kill()
        second.process.wait()
        for _ in range(300):
            if not any(one.is_running() for one in family):
                break
            time.sleep(0.1)
        assert not [one for one in family if one.is_running()]
    with running_system(home, port) as third:
        assert log_in(browser, third, "operator").locator("body").inner_text()
        third.stops()

"""`python -m tests.pictures.take`: starts the whole system, walks the main job in Chromium and renews docs/pictures."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright

from hotline.simulator.wire import over_http
from tests.drivers.caller import Caller
from tests.drivers.line import connect
from tests.drivers.texter import Texter
from tests.pictures.palette import to_palette

ROOT = Path(__file__).parents[2]
PICTURES = ROOT / "docs" / "pictures"
WIDE = {"width": 1000, "height": 720}


@dataclass(frozen=True)
class System:
    """A running installation."""

    intake: str
    desk: str
    home: Path

    def secret(self, name: str) -> str:
        """One of the secrets that the demo made."""
        return (self.home / "secrets" / name).read_text().strip()


@contextmanager
def running() -> Iterator[System]:
    """`hotline up` in an empty home, stopped when the block ends."""
    with tempfile.TemporaryDirectory() as folder:
        port = _free_port()
        home = Path(folder) / "home"
        environ = {**os.environ, "PORT": str(port), "HOTLINE_HOME": str(home)}
        Path(folder).chmod(0o711)
        command = [str(Path(sys.executable).parent / "hotline"), "up"]
        process = subprocess.Popen(command, env=environ, cwd=ROOT, stdout=subprocess.DEVNULL)
        system = System(f"http://localhost:{port}", f"http://localhost:{port + 1}", home)
        try:
            _wait_for(system)
            yield system
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait()


def _free_port() -> int:
    for _ in range(100):
        with socket.socket() as first:
            first.bind(("127.0.0.1", 0))
            port = int(first.getsockname()[1])
        if port < 65000:
            return port
    raise OSError("no free port")


def _wait_for(system: System) -> None:
    for _ in range(600):
        try:
            for address in (system.intake, system.desk):
                urllib.request.urlopen(f"{address}/ready", timeout=2).close()
            return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError("the system did not start")


def main() -> None:
    """Walk the job once, taking pictures on the way."""
    expect.set_options(timeout=20_000)
    with running() as system, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        _keep(_new_page(browser, f"{system.intake}/drugsmeldpunt"), "1-start")
        code = _call_by_simulator(browser, system)
        _others_report(system)
        operator = _log_in(browser, system, "operator", picture="3-login")
        _complete(operator)
        _answer(browser, system)
        _keep(_open(operator, f"{system.desk}/desk"), "7-approve", height=760)
        operator.keyboard.press("j")
        operator.keyboard.press("a")
        operator.wait_for_load_state()
        _hear_back(browser, system, code)
        dark = _log_in(browser, system, "operator2", scheme="dark")
        _keep(dark, "5-queue-dark", height=560)
        browser.close()


def _call_by_simulator(browser: Browser, system: System) -> str:
    """A call about dealing on the Markt, keyed and typed in the browser; gives the report code."""
    page = _new_page(browser, f"{system.intake}/simulator")
    page.get_by_label("Zwijg vanzelf").uncheck()
    heard = page.locator("#heard")
    page.get_by_role("button", name="Bellen").click()
    for key in "2111":
        _press(page, key)
    _say(page, "op de Markt bij de kiosk")
    expect(heard).to_contain_text("Klopt dat?")
    _press(page, "1")
    code = re.compile(r"meldcode is ((?:\d[ ,.]*){12})")
    expect(heard).to_contain_text(code)
    found = code.search(heard.inner_text())
    assert found
    page.get_by_label("Bericht", exact=True).fill("op het koningsplein wordt elke avond gedeald")
    page.get_by_role("button", name="Stuur").click()
    expect(page.locator("#bubbles .them")).not_to_have_count(0)
    _keep(page, "2-telephone", height=1100)
    _press(page, "1")
    _say(page, "drie jongens op scooters geven zakjes aan mensen")
    page.get_by_role("button", name="Ophangen").click()
    expect(page.locator("#state")).to_have_text("Niet verbonden")
    return re.sub(r"\D", "", found[1])


def _press(page: Page, key: str) -> None:
    expect(page.locator("#silence")).to_be_enabled()
    said = page.locator("#heard .me")
    before = said.count()
    page.locator(f"[data-key='{key}']").click()
    expect(said).to_have_count(before + 1)
    _hear(page)


def _say(page: Page, words: str) -> None:
    page.get_by_label("Zeg iets").fill(words)
    page.locator("#say").click()
    expect(page.locator("#heard .me").last).to_contain_text(words)
    _hear(page)


def _hear(page: Page) -> None:
    """Until the line has answered and listens again."""
    expect(page.locator("#heard p").last).not_to_have_class("me")
    expect(page.locator("#silence")).to_be_enabled()


def _others_report(system: System) -> None:
    """Some more reports, so that the queue is one."""
    exchange = connect(
        over_http(),
        now=lambda: datetime.now(UTC),
        public_url=system.intake,
        auth_token=system.secret("twilio-auth-token"),
        sms_number="+3197000000000",
    )
    for keys, place in (("2121", "Boschstraat"), ("2131", "Koningsplein"), ("215", "Brusselse Poort")):
        caller = Caller(exchange, strict=False).calls()
        for key in keys:
            caller.presses(key)
        caller.says(place).presses("1").hangs_up()
    Caller(exchange, strict=False).calls().presses("1").says("aan de Testkapelstraat").hangs_up()
    Texter(exchange, strict=False).texts("er liggen spuiten bij de speeltuin in Wyck")


def _log_in(browser: Browser, system: System, name: str, *, picture: str = "", scheme: str = "light") -> Page:
    page = _new_page(browser, f"{system.desk}/desk", scheme)
    page.get_by_label("Naam").fill(name)
    if picture:
        _keep(page, picture, height=430)
    page.get_by_label("Wachtwoord").fill(system.secret("demo-password"))
    page.get_by_role("button", name="Inloggen").click()
    page.wait_for_url(lambda url: "login" not in url)
    return page


def _complete(page: Page) -> None:
    """Find the report about the Markt in the queue, write it, and send it on with the keyboard."""
    page.locator("#rows .row", has_text="Binnenstad").get_by_role("button").first.click()
    page.wait_for_url("**/desk/reports/*")
    page.locator("#text").fill("Drie personen op scooters geven kleine zakjes aan voorbijgangers bij de kiosk.")
    expect(page.locator("#saved")).not_to_be_empty()
    _keep(page, "4-report", height=1040)
    page.locator("#text").press("Control+Enter")
    expect(page.get_by_text("Melding doorgezet.")).to_be_visible()


def _answer(browser: Browser, system: System) -> None:
    """The municipality weighs the report in its inbox, takes it up and writes back."""
    page = _log_in(browser, system, "gemeente")
    page.locator("[data-row]").first.click()
    page.wait_for_url("**/partner/reports/*")
    page.get_by_role("button", name="Opgepakt").click()
    page.locator("#text").fill("Wij kijken hier nu elke avond.")
    _keep(page, "6-partner", height=760)
    page.get_by_role("button", name="Versturen").click()
    page.wait_for_load_state()
    page.context.close()


def _hear_back(browser: Browser, system: System, code: str) -> None:
    page = _new_page(browser, f"{system.intake}/drugsmeldpunt/code")
    page.get_by_label("Uw meldcode").fill(code)
    page.get_by_role("button", name="Kijk").click()
    expect(page.get_by_text("Wij kijken hier nu elke avond.")).to_be_visible()
    _keep(page, "8-code", height=560)


def _new_page(browser: Browser, address: str, scheme: str = "light") -> Page:
    dark = scheme == "dark"
    context = browser.new_context(viewport=WIDE, locale="nl-NL", color_scheme="dark" if dark else "light")  # type: ignore[arg-type]
    return _open(context.new_page(), address)


def _open(page: Page, address: str) -> Page:
    page.goto(address)
    return page


def _keep(page: Page, name: str, height: int = WIDE["height"]) -> None:
    page.set_viewport_size({"width": WIDE["width"], "height": height})
    page.evaluate("scrollTo(0, 0)")
    png = to_palette(page.screenshot(animations="disabled"))
    (PICTURES / f"{name}.png").write_bytes(png)
    print(f"{name}.png {len(png) / 1000:.0f} kB", flush=True)


if __name__ == "__main__":
    main()

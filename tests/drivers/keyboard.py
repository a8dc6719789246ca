"""The keyboard of somebody at a page in a real browser."""

from __future__ import annotations

from playwright.sync_api import Page


def press(page: Page, key: str) -> None:
    """Presses a key once the page's script can hear it: a key that comes before is heard by nobody."""
    page.wait_for_load_state("load")
    page.keyboard.press(key)

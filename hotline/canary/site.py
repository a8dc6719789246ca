"""Somebody with a browser without scripts at the residents' pages, over HTTP."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import urlencode

import urllib3

from hotline.simulator.forms import Page, read_page

_SECONDS = 20.0
_CHOICE = re.compile(r'name="choice" value="(\d)"[^>]*><span>([^<]*)</span>')
_CODE = re.compile(r"(?<!\d)(?:\d{3} ){3}\d{3}(?!\d)")


class Site:
    """One browser tab; `page` is what stands in it. `agent` is the browser's name. Raises OSError where nothing answers."""

    def __init__(self, base: str, agent: str) -> None:
        self._base = base.rstrip("/")
        self._pool = urllib3.PoolManager(retries=False, timeout=_SECONDS, headers={"User-Agent": agent})
        self.page = Page(0, "", {}, "")

    @property
    def is_asked(self) -> bool:
        """Whether the page asks something."""
        return bool(self.page.forms)

    @property
    def code(self) -> str:
        """The report code on the page, or nothing."""
        found = _CODE.search(self.page.text)
        return found[0].replace(" ", "") if found else ""

    @property
    def secret(self) -> str:
        """The secret of this tab's conversation, or nothing."""
        return next((form.fields["secret"][0] for form in self.page.forms.values() if "secret" in form.fields), "")

    @property
    def choices(self) -> dict[str, str]:
        """The choices on the page: label to key."""
        return {unescape(label): key for key, label in _CHOICE.findall(self.page.html)}

    def has_field(self, name: str) -> bool:
        """Whether the page asks for this."""
        return any(name in form.fields for form in self.page.forms.values())

    def open(self, path: str) -> None:
        """Go to a page."""
        self._go("GET", path, None)

    def send(self, **values: str) -> None:
        """Send the page's form with these fields."""
        form = next(iter(self.page.forms.values()))
        self._go("POST", form.action, form.fill(**values))

    def _go(self, method: str, path: str, fields: dict[str, list[str]] | None) -> None:
        body = urlencode(fields, doseq=True).encode() if fields is not None else None
        kind = {"Content-Type": "application/x-www-form-urlencoded"} if body is not None else {}
        try:
            answer = self._pool.request(
                method, self._base + path, body=body, headers={**self._pool.headers, **kind}, redirect=False
            )
        except urllib3.exceptions.HTTPError as error:
            raise ConnectionError(type(error).__name__) from None
        self.page = read_page(answer.status, answer.data.decode("utf-8", "replace"))

"""Somebody who reports on the web form without a script in the browser, in words that read like a story."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from typing import Self

from flask.testing import FlaskClient

from hotline.simulator.forms import Form, Page, read_page

_CHOICE = re.compile(r'name="choice" value="(\d)"[^>]*><span>([^<]*)</span>')
_CODE = re.compile(r"(?:\d{3} ){3}\d{3}")


class Visitor:
    """One person with one browser tab; `page` is what stands in it, `html` its source, `status` how it was answered.

    Each act fails the test at once when the answer was a 5xx or set a cookie.
    """

    def __init__(self, client: FlaskClient, *, language: str = "nl", headers: Mapping[str, str] | None = None) -> None:
        self._client = client
        self._language = language
        self._headers = dict(headers or {})
        self.page = Page(0, "", {}, "")
        self.sent: tuple[str, dict[str, list[str]]] = ("", {})

    @property
    def status(self) -> int:
        """How the last page was answered."""
        return self.page.status

    @property
    def is_finished(self) -> bool:
        """Whether the page asks nothing more."""
        return not self.page.forms

    @property
    def choices(self) -> dict[str, str]:
        """The radio buttons of the page: label to key."""
        return {unescape(label): key for key, label in _CHOICE.findall(self.page.html)}

    @property
    def code(self) -> str:
        """The report code on the page."""
        found = _CODE.search(self.page.text)
        assert found, f"no code on the page: {self.page.text}"
        return found[0].replace(" ", "")

    @property
    def typed(self) -> str:
        """What the page's field for words holds."""
        return self._form.fields.get("text", [""])[0]

    def opens(self, path: str = "/drugsmeldpunt") -> Self:
        """Goes to a page, in the visitor's language."""
        query = {} if self._language == "nl" else {"taal": self._language}
        return self._answered(self._client.get(path, query_string=query, headers=self._headers))

    def writes(self, words: str, act: str = "next") -> Self:
        """Fills the field for words in and presses a button."""
        assert "text" in self._form.fields, f"nothing to write in: {self.page.text}"
        return self.sends(text=words, act=act)

    def chooses(self, label: str) -> Self:
        """Takes one of the choices and goes on."""
        assert label in self.choices, f"no choice {label!r}: {self.choices}"
        return self.sends(choice=self.choices[label], act="next")

    def keys(self, digits: str) -> Self:
        """Fills digits in and goes on."""
        name = "code" if "code" in self._form.fields else "digits"
        assert name in self._form.fields, f"no field for digits: {self.page.text}"
        return self.sends(act="next", **{name: digits})

    def goes_on(self) -> Self:
        """Presses the main button with nothing filled in."""
        return self.sends(act="next")

    def skips(self) -> Self:
        """Leaves the question unanswered."""
        return self._presses("skip")

    def goes_back(self) -> Self:
        """Goes to the question before."""
        return self._presses("back")

    def is_done(self) -> Self:
        """Sends what there is."""
        return self._presses("done")

    def leaves(self) -> Self:
        """Leaves quickly."""
        assert 'href="/contact"' in self.page.html
        return self._answered(self._client.get("/contact", headers=self._headers))

    def sends(self, **values: str) -> Self:
        """Sends the page with these fields, asked for or not."""
        form = self._form
        self.sent = (form.action, form.fill(**values))
        return self.sends_again()

    def sends_again(self, **changed: str) -> Self:
        """Sends the last page once more, with these fields changed."""
        action, fields = self.sent
        data = {**fields, **{name: [value] for name, value in changed.items()}}
        return self._answered(self._client.post(action, data=data, headers=self._headers))

    def reads(self, *parts: str) -> Self:
        """Each of these stands on the page."""
        shown = self.page.text.replace("112 .", "112.")  # the number is a link, and the text of a page is cut at links
        for part in parts:
            assert part in shown, f"not read: {part!r}\nread: {shown}"
        return self

    def reads_not(self, *parts: str) -> Self:
        """None of these stands on the page or in its source."""
        for part in parts:
            assert part not in self.page.html, f"read: {part!r}"
        return self

    @property
    def _form(self) -> Form:
        assert self.page.forms, f"no form on the page: {self.page.text}"
        return next(iter(self.page.forms.values()))

    def _presses(self, act: str) -> Self:
        assert f'name="act" value="{act}"' in self.page.html, f"no button {act!r}: {self.page.text}"
        return self.sends(act=act)

    def _answered(self, answer: object) -> Self:
        assert answer.status_code < 500, answer.status_code  # type: ignore[attr-defined]
        assert "Set-Cookie" not in answer.headers  # type: ignore[attr-defined]
        self.page = read_page(answer.status_code, answer.get_data(as_text=True))  # type: ignore[attr-defined]
        return self

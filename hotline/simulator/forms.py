"""Finds the forms of a page, so that whoever plays a person sends what a browser would."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class Form:
    """One form: where it goes, its fields as a browser would send them, and where its other buttons go."""

    id: str
    action: str
    method: str
    fields: dict[str, list[str]] = field(default_factory=dict)
    buttons: list[str] = field(default_factory=list)

    def fill(self, **values: str) -> dict[str, list[str]]:
        """The fields with these changed."""
        return {**self.fields, **{name: [value] for name, value in values.items()}}

    def button(self, part: str) -> str:
        """Where the button goes whose address holds `part`; the form's own address where it has none."""
        return next((one for one in self.buttons if part in one), self.action)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: dict[str, Form] = {}
        self.text: list[str] = []
        self._open: list[str] = []
        self._area: tuple[str, str] | None = None
        self._select: tuple[str, str, bool] | None = None
        self._count = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._count += 1
            name = values.get("id") or f"form{self._count}"
            self.forms.setdefault(name, Form(name, "", "get"))
            self.forms[name].action = values.get("action", "")
            self.forms[name].method = values.get("method", "get")
            self._open.append(name)
            return
        owner = values.get("form") or (self._open[-1] if self._open else None)
        if owner is None:
            return
        form = self.forms.setdefault(owner, Form(owner, "", "post"))
        if tag == "button" and values.get("formaction"):
            form.buttons.append(values["formaction"])
        elif tag == "input" and values.get("name"):
            if values.get("type") in ("checkbox", "radio") and "checked" not in values:
                return
            form.fields.setdefault(values["name"], []).append(values.get("value", ""))
        elif tag == "textarea":
            self._area = (owner, values.get("name", ""))
            form.fields[values.get("name", "")] = [""]
        elif tag == "select":
            self._select = (owner, values.get("name", ""), False)
        elif tag == "option" and self._select and "selected" in values:
            form.fields[self._select[1]] = [values.get("value", "")]

    def handle_endtag(self, tag: str) -> None:
        if tag == "form" and self._open:
            self._open.pop()
        elif tag == "textarea":
            self._area = None
        elif tag == "select" and self._select:
            self.forms[self._select[0]].fields.setdefault(self._select[1], [""])
            self._select = None

    def handle_data(self, data: str) -> None:
        if self._area:
            self.forms[self._area[0]].fields[self._area[1]] = [data.removeprefix("\n")]
        self.text.append(data)


@dataclass(frozen=True)
class Page:
    """One page as a person sees it: its words, and its forms by id."""

    status: int
    text: str
    forms: dict[str, Form]
    html: str


def read_page(status: int, html: str) -> Page:
    """The page in this HTML."""
    reader = _Reader()
    reader.feed(html)
    return Page(status, " ".join(" ".join(reader.text).split()), reader.forms, html)

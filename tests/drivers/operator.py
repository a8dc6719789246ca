"""Somebody at the desk, in words that read like a story."""

from __future__ import annotations

from typing import Self

from flask.testing import FlaskClient

from hotline.simulator.forms import Form, Page, read_page


class Operator:
    """One operator with a browser that follows redirects; `page` is what stands on the screen."""

    def __init__(self, client: FlaskClient) -> None:
        self._client = client
        self.page = Page(0, "", {}, "")

    def logs_in(self, username: str, password: str) -> Self:
        """Opens the log-in page and fills it in."""
        self.opens("/desk/login")
        form = next(form for form in self.page.forms.values() if "password" in form.fields)
        return self._sends(form.action, form.fill(username=username, password=password)).sees_no_error()

    def opens(self, path: str) -> Self:
        """Goes to a page."""
        answer = self._client.get(path, follow_redirects=True)
        self.page = read_page(answer.status_code, answer.get_data(as_text=True))
        return self

    def opens_queue(self) -> Self:
        """Goes to the queue."""
        return self.opens("/desk")

    def sees_in_queue(self, *parts: str) -> Self:
        """Each of these stands in the queue."""
        return self.opens_queue().sees(*parts)

    def takes_first(self) -> Self:
        """Takes the report at the top of the queue."""
        return self.opens_queue().takes_listed()

    def takes_listed(self) -> Self:
        """Takes the report at the top of the list on the screen."""
        return self._sends(self._form("/take").action, self._form("/take").fields).sees_no_error()

    def fills_in(self, **values: str) -> Self:
        """Changes fields of the report's form, without sending it."""
        self._report.fields.update({name: [value] for name, value in values.items()})
        return self

    def saves(self) -> Self:
        """Keeps the text."""
        return self._sends(self._report.action, self._report.fields)

    def releases(self) -> Self:
        """Completes the report and sends it on, in one act."""
        return self._sends(self._report.button("/release"), self._report.fields)

    def judges(self, *, keep: bool) -> Self:
        """Decides about the first highlighted words on the page."""
        ending = "/keep" if keep else "/remove"
        own = self.page.forms.get("report")
        if own is not None:
            return self._sends(own.button(ending), own.fields).sees_no_error()
        form = self._form(ending)
        return self._sends(form.action, form.fields).sees_no_error()

    def takes_over_proposal(self) -> Self:
        """Lets the guard make the text coarser."""
        return self._sends(self._report.button("/coarsen"), self._report.fields)

    def rejects(self, reason: str) -> Self:
        """Does not pass the report on."""
        form = self._form("/reject")
        return self._sends(form.action, form.fill(reason=reason))

    def approves_feedback(self) -> Self:
        """Lets the reporter hear the first sentence that waits."""
        self.opens_queue()
        form = self._form("/approve")
        return self._sends(form.action, form.fields).sees_no_error()

    def approves_question(self) -> Self:
        """Lets the reporter meet the first question that waits."""
        self.opens_queue()
        form = next(form for form in self.page.forms.values() if "/questions/" in form.action)
        return self._sends(form.action, form.fields).sees_no_error()

    def passes_answer(self) -> Self:
        """Lets the partner have the answer on this page."""
        form = self._form("/pass")
        return self._sends(form.action, form.fields).sees_no_error()

    def forwards(self, text: str) -> Self:
        """Sends the partners the report on this page anew."""
        form = self._form("/forward")
        return self._sends(form.action, form.fill(text=text))

    def forwards_withdrawal(self) -> Self:
        """Tells the partners of the report on this page that the reporter withdrew."""
        form = self._form("/forward-withdrawal")
        return self._sends(form.action, form.fields).sees_no_error()

    def searches(self, query: str) -> Self:
        """Looks for reports by their words."""
        form = self.opens("/desk/search")._form("/search")
        return self._sends(form.action, form.fill(query=query)).sees_no_error()

    def sees(self, *parts: str) -> Self:
        """Each of these stands on the page, in its words or its fields."""
        shown = self.page.text + " ".join(str(form.fields) for form in self.page.forms.values())
        for part in parts:
            assert part in shown, f"not seen: {part!r}\nseen: {shown}"
        return self

    def sees_not(self, *parts: str) -> Self:
        """None of these stands on the page."""
        for part in parts:
            assert part not in self.page.html, f"seen: {part!r}"
        return self

    def sees_no_error(self) -> Self:
        """The page came through."""
        assert self.page.status < 400, f"{self.page.status}: {self.page.text}"
        return self

    @property
    def _report(self) -> Form:
        return self.page.forms["report"]

    def _form(self, part: str) -> Form:
        found = [form for form in self.page.forms.values() if part in form.action]
        assert found, f"no form for {part} on the page: {self.page.text}"
        return found[0]

    def _sends(self, action: str, fields: dict[str, list[str]]) -> Self:
        answer = self._client.post(action, data=fields, follow_redirects=True)
        self.page = read_page(answer.status_code, answer.get_data(as_text=True))
        return self

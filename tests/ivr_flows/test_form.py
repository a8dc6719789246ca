"""Outputs of the script as pages of a form: what is told, what is asked, and with which kind of field."""

from __future__ import annotations

import random

import pytest

from ivr_flows.engine import advance, begin
from ivr_flows.load import load_script, read_sources
from ivr_flows.model import Event, Finish, Found, Keys, Language, Lookup, NoInput, Output, Said, Speak, State
from ivr_flows.render.form import FormPage, Line, render

SCRIPT = load_script(read_sources())
FLOW, PROMPTS = SCRIPT.flow, SCRIPT.prompts
CODE = "482193705514"
STORY = Said("er staan elke avond jongens bij de bushalte", {"place": "Testplein", "category": "dealing"})


class Form:
    """A form that is filled in without a house around it; `page` is what stands on the screen."""

    def __init__(self, first: Event, language: Language = "nl") -> None:
        self.state: State = begin(FLOW, channel="web", language=language, given={"code": CODE, "demo": "no"})
        self.outputs: tuple[Output, ...] = ()
        self.takes(first)

    def takes(self, event: Event) -> Form:
        self.state, self.outputs = advance(FLOW, self.state, event)
        return self

    @property
    def page(self) -> FormPage:
        return render(self.outputs, flow=FLOW, prompts=PROMPTS, language=self.state.language)


def said(lines: tuple[Line, ...]) -> str:
    return " ".join(line.text for line in lines)


def test_danger_is_asked_first_with_112_as_a_warning() -> None:
    question = Form(Said("jongens dealen bij de bushalte")).page.question
    assert question is not None
    assert (question.heading, question.kind) == ("Is er nu gevaar?", "choices")
    assert question.hint is not None and question.hint.is_warning and "112" in question.hint.text
    assert [one.label for one in question.choices] == ["Ja", "Nee"]
    assert not question.can_skip and not question.can_go_back and not question.asked_again


@pytest.mark.parametrize("words", ["dealers", "x", "wiet markt"])
def test_every_first_text_is_kept_however_short(words: str) -> None:
    assert Form(Said(words)).state.answers["what"] == words


def test_a_question_in_words_and_the_way_back() -> None:
    form = Form(Said("dealers")).takes(Keys("2")).takes(Keys("5"))
    question = form.page.question
    assert question is not None
    assert (question.node, question.heading, question.kind) == ("where", "Waar is het?", "text")
    assert question.hint == Line("Noem de straat of de plek, en de buurt. Noem niet uw eigen adres.")
    assert question.can_skip and question.can_go_back
    before = form.takes(Keys("*")).page.question
    assert before is not None and before.node == "kind"
    first = form.takes(Keys("*")).page.question
    assert first is not None and first.node == "danger_plain" and not first.can_go_back


def test_an_answer_that_does_not_fit_shows_the_question_again() -> None:
    form = Form(Said("dealers"))
    asked = form.page.question
    for event in (NoInput(), Said("misschien")):
        again = form.takes(event).page.question
        assert asked is not None and again is not None and again.asked_again
        assert (again.heading, again.choices) == (asked.heading, asked.choices)
        assert not form.page.told


def test_danger_is_answered_with_112_before_anything_is_asked() -> None:
    page = Form(Said("dealers")).takes(Keys("1")).page
    assert page.told[0].is_warning and page.told[0].text.startswith("Bel direct 112")
    assert page.question is not None and page.question.kind == "text"


def test_the_code_stands_apart_in_threes() -> None:
    page = Form(STORY).takes(Keys("2")).page
    assert page.code == ("482", "193", "705", "514")
    assert "482" not in said(page.told)
    assert page.question is not None


def test_a_code_that_is_unknown_is_asked_again_in_digits() -> None:
    form = Form(Keys(CODE))
    assert isinstance(form.outputs[-1], Lookup)
    page = form.takes(Found("report_status", "unknown")).page
    assert said(page.told) == "Deze code kennen wij niet."
    assert page.question is not None and (page.question.kind, page.question.digits) == ("digits", 12)
    assert form.takes(Keys("12")).page.question == page.question.__class__(
        **{name: getattr(page.question, name) for name in page.question.__slots__} | {"asked_again": True}
    )


def test_a_partners_question_stands_there_again_after_an_empty_answer() -> None:
    told = {"stage": "picked_up", "feedback": "Wij kijken nu elke avond.", "question": "Om hoe laat is dat meestal?"}
    form = Form(Keys(CODE)).takes(Found("report_status", "found", told))
    assert "Wij kijken nu elke avond." in said(form.page.told)
    for _ in range(2):
        assert form.page.question is not None
        assert form.page.question.heading == "Er is een vraag aan u. Om hoe laat is dat meestal?"
        form.takes(NoInput())


def test_a_number_in_what_was_filled_in_is_no_warning() -> None:
    found = Found("report_status", "found", {"stage": "answered", "feedback": "Wij waren bij nummer 112."})
    answer = [line for line in Form(Keys(CODE)).takes(found).page.told if "nummer 112" in line.text]
    assert answer and not answer[0].is_warning


def test_done_at_once_keeps_the_warning_of_the_question_that_was_passed_by() -> None:
    form = Form(Said("dealers")).takes(Keys("2"))
    form.takes(Said("een man met een pistool", {"danger": "yes"}))
    before = form.outputs
    form.takes(Said("klaar"))
    page = render((*before, *form.outputs), flow=FLOW, prompts=PROMPTS, language="nl")
    assert page.is_finished and page.code
    assert page.told[0].is_warning and "112" in page.told[0].text


def test_an_empty_form_says_that_nothing_was_kept() -> None:
    assert render((Finish("over"),), flow=FLOW, prompts=PROMPTS, language="nl").is_finished
    over = render((Speak("conversation_over"), Finish("over")), flow=FLOW, prompts=PROMPTS, language="nl")
    assert over.told and over.told[0].is_warning


@pytest.mark.parametrize("language", FLOW.languages)
@pytest.mark.parametrize("seed", range(40))
def test_any_way_through_the_script_gives_whole_pages(language: Language, seed: int) -> None:
    pick = random.Random(seed)  # noqa: S311 - a way that can be walked again
    first: list[Event] = [Said("dealers"), STORY, Keys(CODE)]
    form = Form(pick.choice(first), language)
    for _ in range(120):
        page = form.page
        if isinstance(form.outputs[-1], Lookup):
            lookup = form.outputs[-1]
            cases = ["found", "unknown", "typo", "slow", "answered", "added", "closed", "withdrawn", "passed_on"]
            told = {"stage": pick.choice(["received", "answered", "rejected"]), "feedback": "x", "question": "x?"}
            form.takes(Found(lookup.name, pick.choice(cases), told))
            continue
        assert_whole(page, language)
        if page.question is None:
            return
        keys = [one.key for one in page.question.choices] or ["*"]
        known: list[Event] = [NoInput(), Keys("#"), Keys("*"), Said("wapen", {"danger": "yes"}), Said("ja")]
        form.takes(pick.choice([*known, Keys(pick.choice(keys))]))


def assert_whole(page: FormPage, language: Language) -> None:
    """Nothing is blank, and nobody is told to press a key or to send a text."""
    shown = said(page.told)
    if page.question is None:
        assert shown
    else:
        shown += f" {page.question.heading} {page.question.hint.text if page.question.hint else ''}"
        assert page.question.heading and all(one.label for one in page.question.choices)
        assert (page.question.kind == "choices") == bool(page.question.choices)
    if language == "nl":
        assert not [word for word in ("oets ", "Antwoord ", "Stuur ", "berichten") if word in shown], shown

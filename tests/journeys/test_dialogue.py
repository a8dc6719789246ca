"""A resident comes back under the code, by page, telephone or text; a partner asks and is answered; a report is withdrawn."""

from __future__ import annotations

from tests.drivers.visitor import Visitor
from tests.journeys.test_the_whole_way import finishes, tells_of_dealing
from tests.world import World


def released(world: World) -> tuple[str, str]:
    """A report at its partners: its code, and the id by which the police know it."""
    caller = world.caller()
    code = tells_of_dealing(caller)
    finishes(caller)
    world.operator().takes_first().fills_in(text="Drie personen geven zakjes.").releases().sees_no_error()
    return code, at_police(world, "nl.drugsoverlast.melding.doorgezet.v1")["subject"]


def at_police(world: World, kind: str) -> dict[str, str]:
    """The newest event of this type that the police received."""
    world.workers_walk()
    found = [one["content"] for one in world.police.received() if one["content"]["type"] == kind]
    assert found, [one["content"]["type"] for one in world.police.received()]
    content: dict[str, str] = found[-1]
    return content


def comes_back(world: World, code: str) -> Visitor:
    """Somebody who types the code on the page."""
    return Visitor(world.intake.test_client(use_cookies=False)).opens("/drugsmeldpunt/code").keys(code)


def report_paths(html: str) -> list[str]:
    """The reports that a page of the desk links to."""
    return sorted({one for one in html.split('"') if one.startswith("/desk/reports/") and one.count("/") == 3})


def test_an_addition_goes_on_to_the_partners(world: World) -> None:
    code, report = released(world)
    words = "Mijn naam is Zoë Verzonnen. Ze rijden in AE-12-OU. <b>Nu</b> ook overdag."
    visitor = comes_back(world, code).chooses("Iets toevoegen").writes(words).reads("Dat is erbij gezet")
    visitor.sends_again()
    operator = world.operator().opens_queue().sees("aanvulling")
    operator.opens(report_paths(operator.page.html)[0]).sees("overdag", "AE-12-OU", "formulier")
    operator.sees_not("Verzonnen", "<b>Nu")
    assert operator.page.html.count("turn--later") == 1
    operator.forwards("Drie personen geven zakjes. Ook overdag.").sees_no_error()
    event = at_police(world, "nl.drugsoverlast.melding.aangevuld.v1")
    assert event["subject"] == report
    assert "Ook overdag." in str(event["data"])
    assert "AE-12-OU" in str(event["data"])


def test_a_question_finds_its_reporter_and_brings_an_answer(world: World) -> None:
    code, report = released(world)
    world.partner_system("politie").asks(report, "Hoe oud zijn ze ongeveer?")
    comes_back(world, code).reads_not("Hoe oud zijn ze")
    world.operator().approves_question()
    visitor = comes_back(world, code).reads("Hoe oud zijn ze ongeveer?")
    visitor.writes("Een jaar of twintig.").reads("Uw antwoord is bij ons")
    comes_back(world, code).reads_not("Hoe oud zijn ze")
    operator = world.operator().opens_queue().sees("antwoord")
    operator.opens(report_paths(operator.page.html)[0]).sees("Een jaar of twintig.").passes_answer()
    event = at_police(world, "nl.drugsoverlast.vraag.beantwoord.v1")
    assert event["subject"] == report
    assert "Een jaar of twintig." in str(event["data"])
    (asked,) = world.partner_system("politie").questions(report)
    assert (asked["status"], asked["answer"]) == ("answered", "Een jaar of twintig.")


def test_a_question_is_answered_by_telephone_and_by_text_too(world: World) -> None:
    for answer in ("by telephone", "by text"):
        code, report = released(world)
        world.partner_system("politie").asks(report, "Hoe oud zijn ze ongeveer?")
        world.operator().approves_question()
        if answer == "by telephone":
            caller = world.caller().calls().presses("2").presses("2").presses(code + "#")
            caller.hears("Hoe oud zijn ze ongeveer?").says("een jaar of twintig").hears("Uw antwoord is bij ons")
            caller.presses("1").says("er is nu ook een hond bij").hears("erbij gezet").hangs_up()
        else:
            texter = world.texter().texts(code).reads("Hoe oud zijn ze ongeveer?")
            texter.texts("een jaar of twintig").reads("Uw antwoord is bij ons").texts("1")
            texter.texts("er is nu ook een hond bij").reads("erbij gezet").texts("klaar").reads("Wis")
        operator = world.operator().opens_queue().sees("antwoord", "aanvulling")
        found = [operator.opens(path).page.text for path in report_paths(operator.page.html)]
        assert any("een jaar of twintig" in one and "ook een hond" in one for one in found), answer


def test_a_report_is_withdrawn_before_and_after_it_is_passed_on(world: World) -> None:
    caller = world.caller()
    code = tells_of_dealing(caller)
    caller.hangs_up()
    comes_back(world, code).chooses("De melding intrekken").chooses("Ja").reads("ingetrokken")
    comes_back(world, code).reads("Wij kunnen er niet mee verder")
    code, report = released(world)
    comes_back(world, code).chooses("De melding intrekken").chooses("Ja").reads("al doorgegeven")
    operator = world.operator().opens_queue().sees("ingetrokken")
    for path in report_paths(operator.page.html):
        operator.opens(path)
        if "Intrekking doorgeven" in operator.page.text:
            operator.forwards_withdrawal()
    assert at_police(world, "nl.drugsoverlast.melding.ingetrokken.v1")["subject"] == report


def test_what_cannot_be_added_is_said_so(world: World) -> None:
    caller = world.caller()
    code = tells_of_dealing(caller)
    comes_back(world, "482193705515").reads("cijfer")
    comes_back(world, "000000000195").reads("Deze code kennen wij niet")
    visitor = comes_back(world, code).chooses("Iets toevoegen").writes("x" * 20_000)
    assert visitor.status == 200 and visitor.typed.startswith("xxx")
    comes_back(world, code).chooses("Iets verbeteren").goes_on().reads("Noem geen namen van uzelf")

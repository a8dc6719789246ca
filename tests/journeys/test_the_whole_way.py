"""A resident calls, an operator completes, a partner receives and answers, and the resident hears it."""

from __future__ import annotations

import re

from tests.drivers.caller import Caller
from tests.world import World


def tells_of_dealing(caller: Caller) -> str:
    """A whole call about dealing on the Markt; gives the report code."""
    caller.calls().hears("1, 1, 2").presses("2").presses("1").presses("1").presses("1").hears("Waar is het?")
    caller.says("op de Markt bij de kiosk").hears("Markt", "Klopt dat?").presses("1").hears("meldcode")
    code = code_in(caller.just_heard)
    caller.presses("1").says("drie jongens geven zakjes, scooter met kenteken AE-12-OU").presses("1")
    return code


def code_in(heard: list[str]) -> str:
    """The twelve digits that were read out."""
    found = re.search(r"meldcode is ((?:\d[ ,.]*){12})", " ".join(heard))
    assert found, heard
    return re.sub(r"\D", "", found[1])


def finishes(caller: Caller) -> None:
    """Answers what is still asked with yes or the first option, until the line says goodbye."""
    for _ in range(12):
        if caller.call.over:
            break
        caller.presses("2")


def test_a_call_becomes_a_report_that_comes_back(world: World) -> None:
    caller = world.caller()
    code = tells_of_dealing(caller)
    finishes(caller)
    caller.is_hung_up_on()

    operator = world.operator().takes_first().sees("Markt", "drie jongens geven zakjes", "AE-12-OU")
    operator.fills_in(text="Drie personen geven kleine zakjes aan voorbijgangers.").releases().sees_no_error()
    world.workers_walk()
    event = world.police.received()[-1]
    assert "kleine zakjes" in event["content"]["data"]["text"]
    assert event["times"] == 1
    assert event["content"]["type"] == "nl.drugsoverlast.melding.doorgezet.v1"
    report = event["content"]["subject"]

    police = world.partner_system("politie")
    assert report in [one["reportId"] for one in police.reports()]
    police.assesses(report).picks_up(report).gives_feedback(report, "Wij kijken hier nu elke avond.")

    world.caller().calls().presses("2").presses("2").presses(code + "#").hears_not("Wij kijken hier")
    world.operator("operator2").approves_feedback()
    world.caller().calls().presses("2").presses("2").presses(code + "#").hears("Wij kijken hier nu elke avond")
    world.texter().texts(code).reads("Wij kijken hier nu elke avond")
    answer = world.intake.test_client().post("/drugsmeldpunt/code", data={"code": code})
    assert "Wij kijken hier nu elke avond" in answer.get_data(as_text=True)


def test_a_refused_report_tells_its_reason(world: World) -> None:
    caller = world.caller()
    code = tells_of_dealing(caller)
    caller.hangs_up()
    world.operator().takes_first().rejects("too_little").sees_no_error()
    world.caller().calls().presses("2").presses("2").presses(code + "#").hears("te weinig om uw melding door te geven")


def test_a_text_becomes_a_report(world: World) -> None:
    texter = world.texter()
    texter.texts("op het koningsplein staan elke avond jongens met scooters te dealen")
    texter.reads("U stuurde ons een bericht").texts("nee").texts("1").texts("1").texts("Koningsplein").texts("ja")
    for _ in range(6):
        if "Dank u" in " ".join(texter.replies):
            break
        texter.texts("nee" if "JA" in " ".join(texter.replies) else "week")
    assert any(re.fullmatch(r"\D*(?:\d{3} ){3}\d{3}\D*", one) for one in texter.all_replies), texter.all_replies
    world.operator().opens_queue().takes_first().sees("Koningsplein")


def test_danger_rings_an_alarm_that_is_no_browser_tab(world: World) -> None:
    alarms = len(world.police.received("alarm"))
    caller = world.caller().calls().presses("1").hears("Bel direct 1, 1, 2", "Blijf aan de lijn")
    world.workers_walk()
    assert len(world.police.received("alarm")) == alarms + 1
    caller.stays_silent().is_asked().says("ze vechten in het portiek aan de Testkapelstraat").hangs_up()
    world.operator().opens_queue().sees("P0").takes_first().sees("Testkapelstraat")


def test_a_hang_up_after_the_place_keeps_what_was_said(world: World) -> None:
    caller = world.caller().calls().presses("2").presses("1").presses("1").presses("1").says("Boschstraat").hangs_up()
    assert caller.call.over
    world.operator().takes_first().sees("Boschstraat")


def test_silence_makes_no_report_and_no_loop(world: World) -> None:
    caller = world.caller().calls().stays_silent(40)
    caller.is_hung_up_on()
    world.operator().opens_queue().sees("Er wacht nu geen melding")


def test_every_turn_told_twice_answers_the_same_and_stores_once(world: World) -> None:
    caller = world.caller().calls()
    for act in ("2", "1", "1", "1", "op de Markt", "1", "1", "drie jongens met zakjes"):
        if act.isdigit():
            caller.presses(act)
        else:
            caller.says(act)
        assert caller.delivers_again().decode() == caller.call.last_twiml
    finishes(caller)
    assert caller.delivers_again().decode() == caller.call.last_twiml
    operator = world.operator().takes_first().sees("drie jongens met zakjes")
    with world.owner.connect() as connection:
        turns = connection.exec_driver_sql("SELECT count(*), count(DISTINCT turn) FROM turns").one()
        conversations = connection.exec_driver_sql("SELECT count(*) FROM conversations").scalar()
    assert turns[0] == turns[1]
    assert conversations == 1
    operator.opens_queue()
    assert len([form for form in operator.page.forms.values() if "/take" in form.action]) == 1


def test_a_repeated_text_replays(world: World) -> None:
    texter = world.texter().texts("drugsrunners bij de Boschstraat, elke vrijdag rond tien uur")
    first = list(texter.replies)
    assert all(one in texter.delivers_again().decode() for one in first)
    world.operator().opens_queue().takes_first()


def test_a_call_that_nobody_ends_is_closed_by_the_sweep(world: World) -> None:
    world.caller().calls().presses("2").presses("1").presses("1").presses("1").says("Boschstraat")
    world.clock.moves(minutes=11)
    world.workers_walk()
    with world.owner.connect() as connection:
        states = connection.exec_driver_sql("SELECT status FROM reports").scalars().all()
    assert states == ["incomplete"]

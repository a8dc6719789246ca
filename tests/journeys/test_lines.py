"""A line goes down, announces an incident, or is for exercises: what callers and texters notice, and what the desk sees."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from prometheus_client import REGISTRY
from sqlalchemy import Engine

from hotline.domain.lines import Line
from hotline.services import flows, lines
from hotline.simulator.exchange import Exchange
from ivr_flows.load import load_script
from tests.drivers.caller import Caller
from tests.drivers.texter import Texter
from tests.flow_edits import say_first
from tests.world import World


def desk_engine(world: World) -> Engine:
    engine: Engine = world.desk.extensions["hotline.desk"].engine
    return engine


def line_of(world: World, key: str) -> Line:
    found: Line = next(one for one in world.intake.extensions["hotline.lines"] if one.key == key)
    return found


def exercise_exchange(world: World) -> Exchange:
    """The carrier of who calls or texts the training line."""
    line = line_of(world, "oefening")
    return replace(world.exchange, voice_number=line.voice_numbers[0], sms_number=line.sms_numbers[0])


def switch(world: World, *, is_down: bool, key: str = "maastricht") -> None:
    lines.switch(desk_engine(world), line_of(world, key), is_down=is_down, actor="supervisor", now=world.clock())
    world.clock.moves(seconds=4)


def rows(world: World, sql: str) -> list[tuple[object, ...]]:
    with world.owner.connect() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(sql)]


# ---- the switch ----------------------------------------------------------------------------


def test_a_line_that_is_down_says_so_in_every_language_and_opens_nothing(world: World) -> None:
    switch(world, is_down=True)
    caller = world.caller().calls()
    caller.hears("Er is een storing", "0 9 0 0, 8 8, 4 4", "Our system is down", "gestört", "en panne").is_hung_up_on()
    assert [sound.language for sound in caller.call.sounds] == ["nl-NL", "en-GB", "de-DE", "fr-FR"]
    texter = world.texter().texts("op de Markt wordt gedeald").reads("Er is een storing", "112", "System down", "Panne")
    assert len(texter.replies) == 2
    world.texter().texts("1").reads("Er is een storing")
    assert rows(world, "SELECT count(*) FROM conversations") == [(0,)]
    Caller(exercise_exchange(world)).calls().hears_not("storing").is_asked()
    switch(world, is_down=False)
    world.caller().calls().hears_not("storing").is_asked()


def test_conversations_in_progress_go_on(world: World) -> None:
    caller, texter = world.caller().calls(), world.texter().texts("op de Markt wordt gedeald")
    switch(world, is_down=True)
    caller.presses("2").hears_not("storing").is_asked()
    assert b"<Gather" in caller.delivers_again()
    texter.texts("nee")
    assert texter.replies and "storing" not in " ".join(texter.replies)
    assert "storing" not in texter.delivers_again().decode()


def test_the_last_known_state_counts_while_the_database_is_away(world: World) -> None:
    switch(world, is_down=True)
    world.caller().calls().hears("storing")
    board = world.intake.extensions["hotline.intake"].board
    with world.owner.begin() as connection:
        connection.exec_driver_sql("REVOKE SELECT ON line_states FROM hotline_intake")
    world.clock.moves(minutes=5)
    assert board.standing(line_of(world, "maastricht")).is_down
    with world.owner.begin() as connection:
        connection.exec_driver_sql("GRANT SELECT ON line_states TO hotline_intake")
        connection.exec_driver_sql("UPDATE line_states SET is_down = false")
    world.clock.moves(seconds=4)
    assert not board.standing(line_of(world, "maastricht")).is_down


# ---- what the flow is given ----------------------------------------------------------------


def test_the_flow_hears_of_line_hours_training_and_announcement(world: World) -> None:
    script = load_script(
        say_first(
            {
                "given.line=maastricht": "Dit is de hoofdlijn.",
                "given.training=yes": "Dit is een oefenlijn.",
                "given.open=yes": "Er is iemand.",
                "given.open=no": "Er is niemand.",
                "given.language.fr=yes": "Frans kan.",
                "given.announcement.nl=any": "Er is een mededeling.",
                "given.announcement.de=any": "Ook in het Duits.",
            }
        )
    )
    flows.publish(desk_engine(world), script, line=None, actor="command-line", now=world.clock())
    world.clock.now = world.clock.now.replace(year=2026, month=11, day=28, hour=12)  # a Saturday
    world.caller().calls().hears("de hoofdlijn", "Frans kan", "Er is niemand").hears_not("oefenlijn", "mededeling")
    Caller(exercise_exchange(world)).calls().hears("een oefenlijn", "Er is iemand").hears_not("hoofdlijn")
    Texter(exercise_exchange(world), "+12025550188").texts("hallo daar").reads("een oefenlijn")
    lines.announce(
        desk_engine(world),
        line_of(world, "maastricht"),
        {"nl": "Wij weten van de brand in het Verzonnenhof.", "de": "Der Brand ist bekannt."},
        until=world.clock() + timedelta(hours=1),
        actor="supervisor",
        now=world.clock(),
    )
    world.clock.moves(seconds=4)
    world.caller().calls().hears("Er is een mededeling", "Ook in het Duits")
    Caller(exercise_exchange(world)).calls().hears_not("mededeling")
    world.clock.moves(hours=1)
    world.caller().calls().hears_not("mededeling")


# ---- exercises -----------------------------------------------------------------------------


def tells_of_danger(caller: Caller) -> Caller:
    """A call in which there is danger on the Markt, and then silence."""
    caller.calls().presses("1").says("op de Markt bij de kiosk")
    return caller.says("er wordt gevochten met een mes").hangs_up()


def exercise_with_danger(world: World) -> Caller:
    """A trainee plays such a call."""
    return tells_of_danger(Caller(exercise_exchange(world)))


def test_an_exercise_alarms_nobody_and_is_counted_apart(world: World) -> None:
    exercise_with_danger(world)
    Caller(exercise_exchange(world)).calls().hangs_up()
    assert rows(world, "SELECT training, priority, status FROM reports") == [(True, "P0", "incomplete")]
    assert rows(world, "SELECT count(*) FROM deliveries") == [(0,)]
    counted = rows(world, "SELECT outcome, count FROM counters ORDER BY 1")
    assert counted == [("training_none", 1), ("training_report", 1)]
    tells_of_danger(world.caller())
    assert rows(world, "SELECT count(*) FROM deliveries WHERE kind = 'alarm'") == [(2,)]
    assert rows(world, "SELECT count FROM counters WHERE outcome = 'report'") == [(1,)]


def test_an_exercise_that_nobody_ends_is_counted_apart_too(world: World) -> None:
    Caller(exercise_exchange(world)).calls().presses("2")
    world.clock.moves(minutes=11)
    world.workers_walk()
    assert rows(world, "SELECT outcome, count FROM counters") == [("training_none", 1)]


def test_an_exercise_stands_in_a_list_of_its_own_and_reaches_nobody(world: World) -> None:
    exercise_with_danger(world)
    operator = world.operator().opens_queue().sees("Er wacht nu geen melding").sees_not("Gevaar nu")
    operator.opens("/desk?view=training").sees("Dit zijn oefeningen", "P0").takes_listed().sees("Dit is een oefening")
    operator.sees("Markt")
    operator.fills_in(category="dealing", text="Er wordt gevochten.").releases().sees_no_error()
    operator.sees("Oefening klaar", "Afgesloten")
    world.workers_walk()
    assert rows(world, "SELECT status, training FROM reports") == [("closed", True)]
    assert rows(world, "SELECT (SELECT count(*) FROM recipients) + (SELECT count(*) FROM deliveries)") == [(0,)]
    assert rows(world, "SELECT count(*) FROM audit WHERE act = 'release'") == [(1,)]
    assert world.partner_system("gemeente").reports() == []
    operator.opens("/desk?view=done").sees("Er is nog geen melding klaar")
    world.operator("operator2").opens("/desk?view=training").sees("Afgesloten")


def test_an_exercise_leaves_readiness_and_the_metrics_alone(world: World) -> None:
    before = turns()
    ready = world.desk.test_client().get("/ready").get_json()
    exercise_with_danger(world)
    Texter(exercise_exchange(world), "+12025550177").texts("op de Markt wordt gedeald").texts("nee")
    assert turns() == before
    assert world.desk.test_client().get("/ready").get_json() == ready
    world.caller().calls().hangs_up()
    assert turns() == before + 1


def turns() -> float:
    """How many turns this process has counted."""
    return sum(REGISTRY.get_sample_value("hotline_turns_total", {"channel": one}) or 0 for one in ("voice", "sms"))


def test_one_telephone_can_do_an_exercise_and_report_in_earnest(world: World) -> None:
    exercise, earnest = Texter(exercise_exchange(world), "+12025550166"), world.texter("+12025550166")
    exercise.texts("op de Markt wordt gedeald")
    earnest.texts("in de Boschstraat wordt gedeald").reads("U stuurde ons een bericht")
    exercise.texts("nee")
    earnest.texts("nee")
    assert sorted(rows(world, "SELECT training FROM reports")) == [(False,), (True,)]


def test_a_real_report_beside_an_exercise_goes_its_way(world: World) -> None:
    exercise_with_danger(world)
    world.caller().calls().presses("2").presses("1").presses("1").presses("1").says("Boschstraat").hangs_up()
    world.operator().takes_first().sees("Boschstraat").fills_in(text="Er wordt gedeald.").releases().sees("doorgezet")
    assert len(rows(world, "SELECT 1 FROM recipients")) == 2


@pytest.mark.parametrize("path", ["/voice/fallback", "/sms/fallback"])
def test_the_fallback_speaks_the_languages_of_the_called_line(world: World, path: str) -> None:
    number = line_of(world, "maastricht").voice_numbers[0]
    answer = world.intake.test_client().get(path, query_string={"To": number})
    assert answer.status_code == 200 and "Er is een storing" in answer.get_data(as_text=True)
    assert "Panne" in answer.get_data(as_text=True) or "en panne" in answer.get_data(as_text=True)

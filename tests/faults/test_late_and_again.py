"""What comes late, twice, or on the other side of midnight."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from hotline.domain.codes import make_code, speak_groups
from tests.drivers.caller import Caller
from tests.faults.webhooks import call_fields, count, post, statuses, stored, text_fields
from tests.world import World

BEFORE_MIDNIGHT = datetime(2026, 11, 23, 22, 58, tzinfo=UTC)
"""23:58 in Maastricht."""


def at_the_place(world: World) -> Caller:
    """A caller who is asked where it is."""
    return world.caller().calls().presses("2").presses("1").presses("1").presses("1")


def next_step(caller: Caller) -> str:
    """The path to which the next words belong."""
    return "/voice/step/" + caller.call.last_twiml.split("/voice/step/")[1].split('"')[0]


def says_after_the_end(world: World, *, seconds: int) -> bytes:
    """A caller names a place and hangs up; the carrier brings more words this long after."""
    caller = at_the_place(world).says("Boschstraat")
    path = next_step(caller)
    caller.hangs_up()
    world.clock.moves(seconds=seconds)
    answer = post(world, path, call_fields(caller.call.sid, Digits="1"))
    assert answer.status_code == 200
    return bytes(answer.data)


def test_a_turn_just_after_the_end_is_appended(world: World) -> None:
    said = says_after_the_end(world, seconds=59)
    assert b"al klaar" not in said
    assert statuses(world) in (["incomplete"], ["complete"])


def test_a_turn_long_after_the_end_is_not(world: World) -> None:
    at_the_place(world)
    before = count(world, "turns")
    assert b"al klaar" in says_after_the_end(world, seconds=61)
    assert count(world, "turns") == 2 * before + 1  # the second caller's, and the place
    assert len(statuses(world)) == 1


def test_the_end_told_twice_counts_once(world: World) -> None:
    caller = at_the_place(world).says("Boschstraat").hangs_up()
    for _ in range(2):
        assert post(world, "/voice/status", call_fields(caller.call.sid, CallStatus="completed")).status_code == 204
    with world.owner.connect() as connection:
        counts = connection.exec_driver_sql("SELECT outcome, count FROM counters").all()
    assert [tuple(one) for one in counts] == [("report", 1)]


def test_a_status_before_the_end_closes_nothing(world: World) -> None:
    caller = at_the_place(world)
    for status in ("ringing", "in-progress", "", "nonsense"):
        post(world, "/voice/status", call_fields(caller.call.sid, CallStatus=status))
    caller.says("Boschstraat").is_asked()


def test_a_repeat_after_the_wipe_is_a_fixed_sentence(world: World) -> None:
    caller = at_the_place(world).says("Boschstraat").hangs_up()
    world.clock.moves(minutes=16)
    world.workers_walk()
    before = stored(world)
    assert "al klaar" in caller.delivers_again().decode()
    incoming = post(world, "/voice/incoming", call_fields(caller.call.sid))
    assert "al klaar" in incoming.get_data(as_text=True)
    assert stored(world) == before
    with world.owner.connect() as connection:
        row = connection.exec_driver_sql("SELECT state, report_id FROM conversations").one()
    assert tuple(row) == (None, None)


def test_a_repeated_text_after_the_wipe_is_a_fixed_sentence(world: World) -> None:
    texter = world.texter().texts("drugsrunners bij de Boschstraat, elke vrijdag").texts("KLAAR")
    world.clock.moves(hours=24, minutes=1)
    world.workers_walk()
    before = stored(world)
    again = texter.delivers_again().decode()
    assert "al klaar" in again or "begin opnieuw" in again.casefold()
    assert stored(world) == before


@pytest.mark.parametrize("word", ["STOP", "KLAAR"])
def test_a_thread_ends_and_its_last_text_replays(world: World, word: str) -> None:
    texter = world.texter().texts("drugsrunners bij de Boschstraat, elke vrijdag rond tien uur").texts(word)
    last = texter.phone.last_twiml
    before = stored(world)
    assert texter.delivers_again().decode() == last
    assert stored(world) == before
    texter.texts("2").reads("112", "Schrijf het in een bericht")
    assert stored(world) == before


def test_a_text_repeated_the_next_day_replays(world: World) -> None:
    world.clock.now = BEFORE_MIDNIGHT
    fields = text_fields("drugsrunners bij de Boschstraat, elke vrijdag rond tien uur")
    first = post(world, "/sms/incoming", fields).data
    before = stored(world)
    world.clock.moves(minutes=5)
    assert post(world, "/sms/incoming", fields).data == first
    assert stored(world) == before


def test_a_thread_goes_on_past_midnight(world: World) -> None:
    world.clock.now = BEFORE_MIDNIGHT
    texter = world.texter().texts("drugsrunners bij de Boschstraat, elke vrijdag rond tien uur")
    world.clock.moves(minutes=5)
    texter.texts("nee").texts("KLAAR")
    assert count(world, "conversations") == 1
    assert len(statuses(world)) == 1


def test_a_call_goes_on_past_midnight(world: World) -> None:
    world.clock.now = BEFORE_MIDNIGHT
    caller = at_the_place(world)
    world.clock.moves(minutes=5)
    caller.says("Boschstraat").is_asked()
    assert caller.delivers_again().decode() == caller.call.last_twiml
    caller.hangs_up()
    assert statuses(world) == ["incomplete"]
    assert count(world, "conversations") == 1


def test_a_code_that_another_report_has_is_drawn_again(world: World) -> None:
    taken, free = make_code(1), make_code(2)
    draws = iter((taken, taken, free))
    house = world.intake.extensions["hotline.intake"]
    world.intake.extensions["hotline.intake"] = replace(house, make_code=lambda: next(draws, make_code(3)))
    for code in (taken, free):
        caller = (
            at_the_place(world)
            .says("op de Markt bij de kiosk")
            .presses("1")
            .hears(f"Uw meldcode is {speak_groups(code)}")
        )
        assert speak_groups(code) in caller.delivers_again().decode()
        caller.hangs_up()
    assert len(statuses(world)) == 2
    for code in (taken, free):
        world.texter().texts(code).reads("Uw bericht is binnen")

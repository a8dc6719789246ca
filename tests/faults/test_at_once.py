"""The same request twice at the same moment, and two texts of one phone at once."""

from __future__ import annotations

from functools import partial

from hotline.simulator.numbers import make_sid
from tests.faults.webhooks import at_once, call_fields, count, post, stored, text_fields
from tests.world import World


def test_one_call_that_comes_in_four_times_at_once_is_one(world: World) -> None:
    fields = call_fields()
    answers = at_once([lambda: post(world, "/voice/incoming", fields)] * 4)
    assert {one.status_code for one in answers} == {200}
    assert len({one.data for one in answers}) == 1
    assert stored(world) == {"conversations": 1, "turns": 1, "reports": 0, "report_parts": 0, "deliveries": 0}


def test_one_turn_four_times_at_once_is_stored_once(world: World) -> None:
    caller = world.caller().calls().presses("2").presses("1").presses("1").presses("1")
    before = stored(world)
    path = "/voice/step/" + caller.call.last_twiml.split("/voice/step/")[1].split('"')[0]
    fields = call_fields(caller.call.sid, SpeechResult="in de Boschstraat", Confidence="0.9")
    answers = at_once([lambda: post(world, path, fields)] * 4)
    assert {one.status_code for one in answers} == {200}
    assert len({one.data for one in answers}) == 1
    assert "storing" not in answers[0].get_data(as_text=True)
    after = stored(world)
    assert after["turns"] == before["turns"] + 1
    assert after["report_parts"] <= before["report_parts"] + 1
    assert after["reports"] <= 1


def test_one_text_four_times_at_once_is_one(world: World) -> None:
    fields = text_fields("drugsrunners bij de Boschstraat, elke vrijdag rond tien uur")
    answers = at_once([lambda: post(world, "/sms/incoming", fields)] * 4)
    assert len({one.data for one in answers}) == 1
    assert stored(world) == {"conversations": 1, "turns": 1, "reports": 1, "report_parts": 1, "deliveries": 0}


def test_texts_of_one_phone_take_turns(world: World) -> None:
    texts = [text_fields(f"drugsrunners bij de Boschstraat, het is nummer {number}") for number in range(4)]
    answers = at_once([partial(post, world, "/sms/incoming", fields) for fields in texts])
    assert all("storing" not in one.get_data(as_text=True) for one in answers)
    assert count(world, "turns") == 4
    with world.owner.connect() as connection:
        turns = connection.exec_driver_sql("SELECT turn FROM turns ORDER BY turn").scalars().all()
    assert turns == [0, 1, 2, 3]
    assert count(world, "conversations") == 1
    assert count(world, "reports") == 1


def test_two_phones_have_two_threads(world: World) -> None:
    texts = [text_fields("er wordt gedeald op de Markt", make_sid("SM"), f"+1202555012{number}") for number in range(4)]
    at_once([partial(post, world, "/sms/incoming", fields) for fields in texts])
    assert count(world, "conversations") == 4

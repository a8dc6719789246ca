"""Words that may be the reporter's: highlighted at the desk, and with a partner only once a person kept them."""

from __future__ import annotations

from dataclasses import replace

from tests.journeys.test_dialogue import at_police, comes_back, report_paths
from tests.journeys.test_the_whole_way import code_in
from tests.workers.endpoint import SECRET, as_json, open_endpoint
from tests.workers.test_alarms import alarm
from tests.world import World
from workers.alarms import WebhookAlarm
from workers.late import sound_late
from workers.partners.webhook import Post

NUMBER = "734 21 55 9"


def test_a_highlight_locks_the_release_until_somebody_judged(world: World) -> None:
    caller = world.caller().calls().presses("2").presses("1").presses("1").presses("1")
    caller.says("op de Markt bij de kiosk").presses("1")
    code = code_in(caller.just_heard)
    caller.presses("1").says(f"drie jongens geven zakjes en op de muur staat {NUMBER}").presses("1").hangs_up()

    operator = world.operator().takes_first().sees("Eerst beoordelen (1)", NUMBER)
    operator.fills_in(text="Drie personen geven zakjes. Op de muur staat [nummer].").releases()
    assert operator.page.status == 400
    operator.sees("Beoordeel eerst 1 gemarkeerd woord").judges(keep=False).sees_not(NUMBER, "Eerst beoordelen")
    operator.releases().sees_no_error()
    world.workers_walk()
    assert NUMBER not in str(world.police.received()[-1]["content"])

    # What the reporter adds later is judged as well, before it goes on.
    comes_back(world, code).chooses("Iets toevoegen").writes(f"Er staat nu ook {NUMBER} op de deur.")
    operator.opens_queue()
    page = report_paths(operator.page.html)[0]
    operator.opens(page).sees("Eerst beoordelen (1)", NUMBER).forwards("Er staat nu ook iets op de deur.")
    operator.sees("Beoordeel eerst 1 gemarkeerd woord")
    operator.opens(page).judges(keep=True).sees_not("Eerst beoordelen").sees(NUMBER)
    operator.forwards(f"Op de deur staat {NUMBER}.").sees_no_error()
    assert NUMBER in str(at_police(world, "nl.drugsoverlast.melding.aangevuld.v1")["data"])


def test_words_that_nobody_judged_for_two_days_ring_an_alarm(world: World) -> None:
    caller = world.caller().calls().presses("2").presses("1").presses("1").presses("1")
    caller.says("op de Markt bij de kiosk").presses("1").presses("1")
    caller.says(f"drie jongens geven zakjes en op de muur staat {NUMBER}").presses("1").hangs_up()
    with open_endpoint() as endpoint:
        way = WebhookAlarm(endpoint.url, SECRET, "0" * 20, "https://desk.example", Post(allow_private=True))
        runtime = replace(world.runtime, alarms={"webhook": way, "mail": alarm("", "")})
        for _ in range(3):  # the third is the second day after; a round of the same day says nothing twice
            world.clock.moves(days=1)
            sound_late(runtime, world.clock())
            assert not sound_late(runtime, world.clock())
        events = [as_json(one) for one in endpoint.arrivals]
    told = [one["data"] for one in events if one["type"] == "nl.drugsoverlast.woorden.achter.v1"]
    assert told == [{"late": 1, "desk": "https://desk.example/desk"}]

"""What guards a reporter against being guessed, from the call to the partner."""

from __future__ import annotations

from tests.journeys.test_the_whole_way import finishes, tells_of_dealing
from tests.world import World

EMPTY = "Er wacht nu geen melding"
WITHHELD = ("anonymous", "+266696687", "Restricted")


def test_what_only_one_person_could_know_does_not_reach_a_partner(world: World) -> None:
    caller = world.caller()
    tells_of_dealing(caller)
    finishes(caller)
    operator = world.operator().takes_first()
    operator.fills_in(text="Ik zie vanuit mijn raam dat mijn broer om 03:47 zakjes geeft.").releases()
    operator.sees("Nog op slot", "vanaf welke plek de melder kijkt")
    world.workers_walk()
    known = len(world.police.received())
    operator.takes_over_proposal().sees_no_error().sees("Gezien is dat [relatie] in de nacht zakjes geeft.")
    operator.releases().sees_no_error()
    world.workers_walk()
    data = world.police.received()[known]["content"]["data"]
    assert data["text"].endswith("Gezien is dat [relatie] in de nacht zakjes geeft.")


def test_a_call_about_officers_is_at_once_the_supervisor_s_and_reaches_no_partner(world: World) -> None:
    known = len(world.police.received())
    caller = world.caller().calls().presses("2").presses("1").presses("1").presses("1").says("op de Markt").presses("1")
    world.operator().sees_in_queue("Binnenstad")
    caller.presses("1").says("een politieagent verkoopt zelf zakjes en waarschuwt de dealers")
    world.operator().opens_queue().sees(EMPTY).sees_not("Binnenstad")
    finishes(caller)
    with world.owner.connect() as connection:
        row = connection.exec_driver_sql("SELECT is_restricted, category, neighbourhood FROM reports").one()
    assert tuple(row) == (True, "other", None)
    world.operator("operator2").opens_queue().sees(EMPTY)
    supervisor = (
        world.operator("supervisor").takes_first().sees("politieagent verkoopt", "gaat naar geen enkele partner")
    )
    supervisor.releases().sees("gaat naar geen partner")
    world.workers_walk()
    assert len(world.police.received()) == known


def test_a_flood_without_numbers_slows_everybody_a_little_and_shuts_nobody_out(world: World) -> None:
    code = tells_of_dealing(world.caller("anonymous"))
    world.redis.set("wrong-codes", 30)  # a flood is under way: from here on every check waits, for everybody alike
    for at in range(6):
        world.caller(WITHHELD[at % 3]).calls().presses("2").presses("2").presses("000000000098#").hangs_up()
    assert int(world.redis.get("wrong-codes") or 0) == 36
    world.caller("anonymous").calls().presses("2").presses("2").presses(code + "#").hears(
        "Uw melding is binnen"
    ).hangs_up()
    for number in WITHHELD:
        tells_of_dealing(world.caller(number))
    with world.owner.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM reports").scalar() == 4

"""A resident calls, an operator completes, a partner receives and answers, and the resident hears it."""

from __future__ import annotations

from tests.world import World


def test_first_look(world: World) -> None:
    caller = world.caller().calls()
    for act in ("2", "1", "1", "1"):
        print(caller.just_heard, caller.call.listening)
        caller.presses(act)
    print(caller.just_heard)
    caller.says("op de Markt bij de kiosk")
    print(caller.just_heard)
    caller.presses("1")
    print(caller.just_heard)
    caller.says("drie jongens geven zakjes, scooter met kenteken AE-12-OU")
    print(caller.just_heard)
    raise AssertionError

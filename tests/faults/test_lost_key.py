"""A month's key is lost: the desk shows what the others open and names it, and the line goes on."""

from __future__ import annotations

from tests.drivers.visitor import Visitor
from tests.journeys.test_the_whole_way import finishes, tells_of_dealing
from tests.world import World


def test_a_lost_key_is_named_and_takes_nothing_else_along(world: World) -> None:
    code = tells_of_dealing(world.caller())
    world.clock.moves(days=10)  # December has a key of its own
    visitor = Visitor(world.intake.test_client(use_cookies=False)).opens("/drugsmeldpunt/code").keys(code)
    visitor.chooses("Iets toevoegen").writes("Nu staan ze er ook overdag.").reads("erbij gezet")
    lost = world.settings.keys / "desk" / "2026-11.key"
    kept = lost.read_text()
    lost.unlink()

    operator = world.operator().takes_first()
    operator.sees("Niet alles is te lezen", "2026-11", "Nu staan ze er ook overdag").sees_not("drie jongens")
    assert operator.fills_in(text="Drie personen.").saves().page.status == 410
    assert "Een sleutel ontbreekt" in operator.page.html
    caller = world.caller()
    tells_of_dealing(caller)
    finishes(caller)
    caller.is_hung_up_on()
    assert world.operator("operator2").opens_queue().page.status == 200

    lost.write_text(kept)
    lost.chmod(0o600)
    world.clock.moves(minutes=30)  # the first operator's hold is over
    world.operator().takes_first().sees("drie jongens").sees_not("Niet alles is te lezen")

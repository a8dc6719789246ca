"""A month's key is lost: the desk shows what the others open and names it, and the line goes on."""

from __future__ import annotations

from datetime import date

from hotline.storage.keyfiles import ensure_keys
from tests.journeys.test_dialogue import comes_back
from tests.journeys.test_the_whole_way import finishes, tells_of_dealing
from tests.world import World


def test_a_lost_key_is_named_and_takes_nothing_else_along(world: World) -> None:
    code = tells_of_dealing(world.caller())
    world.clock.moves(days=10)  # December has a key of its own
    comes_back(world, code).chooses("Iets toevoegen").writes("Nu staan ze er ook overdag.").reads("erbij gezet")
    keys, lost = world.settings.keys, world.settings.keys / "desk" / "2026-11.key"
    kept = lost.read_text()
    lost.unlink()

    operator = world.operator().opens_queue()
    told, later = "drie jongens", "Nu staan ze er ook overdag"
    operator.takes_listed().sees("Niet alles is te lezen", "2026-11", later).sees_not(told)
    path = operator.page.forms["report"].action.rpartition("/")[0]
    assert operator.fills_in(text="Drie personen.").saves().page.status == 410
    assert "Een sleutel ontbreekt" in operator.page.html
    caller = world.caller()
    tells_of_dealing(caller)
    finishes(caller)
    caller.is_hung_up_on()
    world.operator("operator2").opens_queue().sees("Open 2").takes_listed().sees(told)

    (keys / "intake" / "2026-11.pub").unlink()
    ensure_keys(keys, date(2026, 11, 30))  # as the document says: the intake gets another key of that name
    operator.opens(path).sees("Niet alles is te lezen", "2026-11", later).sees_not(told)
    for holder, name in (("desk", "2026-11.key"), ("intake", "2026-11.pub")):
        (keys / holder / name).unlink()
    operator.opens(path)
    lost.write_text(kept)
    lost.chmod(0o600)
    operator.opens(path).sees(told, later).sees_not("Niet alles is te lezen")

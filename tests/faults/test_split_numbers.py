"""A telephone number told in pieces, or alone: no piece of it is kept, and what was asked is still heard."""

from __future__ import annotations

import pytest

from hotline.canary.opening import opened_by_desk
from tests.world import World

NUMBER = "061234567"


def kept(world: World) -> str:
    """Everything that the desk's keys open."""
    return b"\n".join(piece.data for piece in opened_by_desk(world.owner, world.settings.keys)).decode()


@pytest.mark.parametrize(
    "pieces",
    [
        ("op de Markt bij de kiosk, mijn nummer is", "06 1234 567 twee jongens"),
        ("op de Markt bij de kiosk. Bel me op", "061234567"),
        ("op de Markt bij de kiosk, mijn nummer is 06 12", "34 567"),
        ("op de Markt bij de kiosk", "mijn nummer is", "06 12", "34567"),
        ("op de Markt bij de kiosk", "061234567"),
        ("op de Markt bij de kiosk", "06-1234567"),
    ],
)
def test_no_piece_of_a_texted_number_is_kept(world: World, pieces: tuple[str, ...]) -> None:
    texter = world.texter().texts("overlast").texts("nee").texts("5")
    for piece in pieces:
        texter.texts(piece)
    told = kept(world)
    assert "kiosk" in told or "Markt" in told
    bare = told.replace(" ", "").replace("-", "")
    assert not [at for at in range(len(NUMBER) - 3) if NUMBER[at : at + 4] in bare]


def test_no_piece_of_a_spoken_number_is_kept(world: World) -> None:
    caller = world.caller().calls().presses("2").presses("1").presses("3")
    caller.says("op de Markt bij de kiosk").presses("1").says(
        "twee jongens dealen u kunt mij bellen op nul zes een twee"
    )
    caller.says("drie vier vijf zes zeven acht en dan").hangs_up()
    told = kept(world)
    assert "twee jongens" in told
    assert "een twee" not in told and "drie vier" not in told


def test_a_name_in_one_turn_and_the_number_in_the_next_both_go(world: World) -> None:
    caller = world.caller().calls().presses("2").presses("1").presses("3")
    caller.says("op de Markt bij de kiosk").presses("1").says("mijn naam is Jo Voorbeeld en er wordt gedeald")
    caller.says("nul zes een twee drie vier vijf zes zeven acht").hangs_up()
    texter = world.texter().texts("overlast").texts("nee").texts("5").texts("op de Markt bij de kiosk")
    texter.texts("ik heet Jo Voorbeeld, twee jongens").texts("0612345678")
    told = kept(world).casefold()
    assert "gedeald" in told and "twee jongens" in told
    for gone in ("voorbeeld", "een twee drie", "12345678", "0612"):
        assert gone not in told

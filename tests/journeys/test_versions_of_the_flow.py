"""A script is edited while people are on the line: who began goes on as it was, and who comes next hears the new one."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import Engine

from hotline.app import create_app
from hotline.services import flows
from hotline.services.flows import FlowShelf
from hotline.simulator.numbers import pick_number
from ivr_flows.load import Script, load_script, read_sources
from tests.drivers.line import over_test_client
from tests.flow_edits import mark
from tests.world import World

EDITED = ("welcome", "danger_silent_1", "danger_wrong_1")


def publish(world: World, sources: dict[str, str], line: str | None = None) -> Script:
    """Make these texts current, and let the intake's few seconds pass."""
    script = load_script(sources)
    engine: Engine = world.desk.extensions["hotline.desk"].engine
    flows.publish(engine, script, line=line, actor="command-line", now=world.clock())
    world.clock.moves(seconds=4)
    return script


def revert(world: World, version: str) -> None:
    engine: Engine = world.desk.extensions["hotline.desk"].engine
    flows.revert(engine, version, line=None, actor="command-line", now=world.clock())
    world.clock.moves(seconds=4)


def restart_intake(world: World) -> None:
    """The intake's process ends, and another begins on the same database."""
    world.intake.extensions["hotline.intake"].engine.dispose()
    world.intake = create_app(world.settings, parts=("intake",), clock=world.clock)
    world.exchange.send = over_test_client(world.intake.test_client(use_cookies=False))


def shelf(world: World) -> FlowShelf:
    found: FlowShelf = world.intake.extensions["hotline.intake"].flows
    return found


def test_a_call_ends_on_the_version_that_it_began_with(world: World) -> None:
    caller = world.caller().calls().hears_not("Zwaluw")
    publish(world, mark(*EDITED))
    caller.stays_silent().hears_not("Zwaluw").is_asked()
    again = caller.delivers_again().decode()
    assert "Zwaluw" not in again and "<Say" in again
    world.caller().calls().hears("Zwaluw").stays_silent().hears("Zwaluw")
    caller.presses("2").is_asked().hangs_up()


def test_a_thread_of_texts_does_too_across_a_restart(world: World) -> None:
    texter = world.texter().texts("op de Markt wordt gedeald")
    publish(world, mark(*EDITED))
    restart_intake(world)
    texter.texts("misschien")
    assert texter.replies and not any("Zwaluw" in one for one in texter.all_replies)
    other = world.texter(_another(texter.phone.number)).texts("hallo daar").reads("Zwaluw")
    other.texts("misschien").reads("Zwaluw")


def test_a_call_survives_a_deploy_that_brings_another_flow(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    caller = world.caller().calls().is_asked()
    heard = caller.call.last_twiml
    brought = mark(*EDITED)
    monkeypatch.setattr("hotline.app.read_sources", lambda: brought)
    restart_intake(world)
    assert shelf(world).packaged.version == load_script(brought).version
    assert caller.delivers_again().decode() == heard
    caller.stays_silent().hears_not("Zwaluw").is_asked()
    world.caller().calls().hears("Zwaluw")


def test_one_line_can_have_its_own_and_going_back_is_a_publication_too(world: World) -> None:
    own = publish(world, mark(*EDITED), line="oefening")
    everywhere = publish(world, mark("welcome", word="Merel"))
    assert {shelf(world).current(line).version for line in ("maastricht", "oefening")} == {everywhere.version}
    publish(world, mark(*EDITED), line="oefening")
    assert shelf(world).current("oefening").version == own.version
    assert shelf(world).current("maastricht").version == everywhere.version
    revert(world, flows.PACKAGED)
    world.caller().calls().hears_not("Zwaluw", "Merel")
    revert(world, everywhere.version)
    world.caller().calls().hears("Merel")


def test_a_version_that_is_gone_ends_politely_and_keeps_the_report(world: World) -> None:
    publish(world, mark(*EDITED))
    caller = world.caller().calls().presses("2").presses("1").presses("1").presses("1").says("Boschstraat")
    with world.owner.begin() as connection:
        connection.exec_driver_sql("DELETE FROM flow_publications")
        connection.exec_driver_sql("DELETE FROM flow_versions")
    restart_intake(world)
    caller.presses("1").hears("al klaar").is_hung_up_on()
    world.operator().opens_queue().takes_first().sees("Boschstraat")


def test_texts_that_were_altered_by_hand_are_not_spoken(world: World) -> None:
    script = publish(world, mark(*EDITED))
    with world.owner.begin() as connection:
        found = connection.exec_driver_sql("SELECT sources ->> 'prompts/nl.yaml' FROM flow_versions WHERE version = %s",
                                           (script.version,)).scalar_one()  # fmt: skip
        connection.exec_driver_sql(
            "UPDATE flow_versions SET sources = jsonb_set(sources, '{prompts/nl.yaml}', to_jsonb(%s::text))",
            (re.sub("Zwaluw", "Verdraaid", found),),
        )
    restart_intake(world)
    world.caller().calls().hears_not("Verdraaid", "Zwaluw").is_asked()
    told = world.intake.test_client().get("/ready").get_json()
    assert told["ready"] and script.version in told["dependencies"]["flow"]
    revert(world, flows.PACKAGED)
    assert world.intake.test_client().get("/ready").get_json()["dependencies"]["flow"] == "ok"


def test_more_versions_than_memory_holds_are_all_found_again(world: World) -> None:
    words = [f"Vogel{letter}" for letter in "abcdefghijk"]
    made = {word: publish(world, mark("welcome", word=word)).version for word in words}
    assert len(set(made.values())) == len(words)
    for word in (*words, *words):
        script = shelf(world).find(made[word])
        assert script and script.prompts.catalogs["nl"].prompts["welcome"].voice.source.startswith(word)


def test_the_release_keeps_its_own_version(world: World) -> None:
    world.caller().calls()
    with world.owner.connect() as connection:
        kept = connection.exec_driver_sql("SELECT version, sources FROM flow_versions").all()
    assert [tuple(one) for one in kept] == [(load_script(read_sources()).version, dict(read_sources()))]


def _another(number: str) -> str:
    other = pick_number()
    return other if other != number else _another(number)

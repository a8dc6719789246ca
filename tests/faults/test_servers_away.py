"""Valkey or PostgreSQL flushed, stopped or restarted in the middle of a conversation."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from hotline.storage.daykeys import DayKeys
from hotline.storage.threads import Threads
from tests import servers
from tests.faults.conftest import EVENING
from tests.faults.webhooks import call_fields, count, post, statuses, stored, text_fields
from tests.world import DemoPartner, World, build_world


class Valkey:
    """A Valkey that can be stopped and started again, empty, on the same socket."""

    def __init__(self, folder: Path) -> None:
        self.socket = folder / "vk"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        options = ["--port", "0", "--unixsocket", str(self.socket), "--save", "", "--appendonly", "no"]
        options += ["--repl-diskless-sync", "yes"]
        self.process = subprocess.Popen([servers.VALKEY, *options], stdout=subprocess.DEVNULL, cwd=self.socket.parent)
        while not self.socket.exists():
            time.sleep(0.02)

    def stop(self) -> None:
        if self.process:
            self.process.kill()
            self.process.wait()
            self.socket.unlink(missing_ok=True)
            self.process = None


@pytest.fixture
def own_valkey(tmp_path: Path) -> Iterator[Valkey]:
    """A Valkey for this test alone."""
    server = Valkey(tmp_path)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def own_world(tmp_path: Path, database: str, own_valkey: Valkey, owner_engine: object) -> Iterator[World]:
    """A house on a Valkey of its own."""
    from sqlalchemy import Engine

    assert isinstance(owner_engine, Engine)
    built = build_world(tmp_path, database, f"unix://{own_valkey.socket}", owner_engine, EVENING, DemoPartner(9))
    yield built
    built.close()


def forget_everything(world: World) -> None:
    """As if the intake had been started anew: what it held in memory is gone."""
    house = world.intake.extensions["hotline.intake"]
    object.__setattr__(house, "day_keys", DayKeys(house.redis, clock=world.clock))
    object.__setattr__(house, "threads", Threads(house.redis))


def test_a_flush_costs_nobody_anything(world: World) -> None:
    caller = world.caller().calls().presses("2").presses("1").presses("1").presses("1")
    texter = world.texter().texts("drugsrunners bij de Boschstraat, elke vrijdag rond tien uur")
    world.redis.flushall()
    world.clock.moves(seconds=2)
    caller.says("Boschstraat").is_asked().hangs_up()
    texter.texts("nee").texts("KLAAR")
    assert count(world, "conversations") == 2
    assert len(statuses(world)) == 2


def test_after_a_flush_the_other_processes_know_the_thread_again(world: World) -> None:
    fields = text_fields("drugsrunners bij de Boschstraat, elke vrijdag rond tien uur")
    post(world, "/sms/incoming", fields)
    world.redis.flushall()
    world.clock.moves(seconds=2)
    house = world.intake.extensions["hotline.intake"]
    assert not world.redis.keys("thread:*")
    post(world, "/sms/incoming", text_fields("nee"))
    assert len(world.redis.keys("thread:*")) == 1
    object.__setattr__(house, "threads", Threads(house.redis))
    post(world, "/sms/incoming", text_fields("week"))
    assert count(world, "conversations") == 1


def test_a_call_and_a_text_go_on_while_valkey_is_away(own_world: World, own_valkey: Valkey) -> None:
    world = own_world
    caller = world.caller().calls().presses("2").presses("1").presses("1")
    texter = world.texter().texts("drugsrunners bij de Boschstraat, elke vrijdag rond tien uur")
    own_valkey.stop()
    world.clock.moves(seconds=2)
    caller.presses("1").says("Boschstraat").is_asked()
    texter.texts("nee")
    danger = world.caller().calls().presses("1").hears("Bel direct 1, 1, 2")
    own_valkey.start()
    world.clock.moves(seconds=2)
    caller.hangs_up()
    danger.hangs_up()
    texter.texts("KLAAR")
    assert count(world, "conversations") == 3
    assert count(world, "deliveries WHERE kind = 'alarm'") == 2


def test_a_call_whose_key_has_died_ends_politely_and_keeps_what_was_told(world: World) -> None:
    caller = world.caller().calls().presses("2").presses("1").presses("1").presses("1").says("Boschstraat")
    parts = stored(world)["report_parts"]
    world.clock.moves(hours=48)
    caller.presses("1").hears("al klaar").is_hung_up_on()
    assert statuses(world) == ["incomplete"]
    assert stored(world)["report_parts"] == parts > 0


def test_a_thread_whose_key_has_died_begins_again_and_keeps_what_was_told(world: World) -> None:
    texter = world.texter().texts("drugsrunners bij de Boschstraat, elke vrijdag rond tien uur")
    with world.owner.begin() as connection:
        connection.execute(text("UPDATE conversations SET state = 'not to be opened'"))
    texter.texts("nog iets: er staat nu ook een scooter bij")
    assert count(world, "conversations") == 2
    assert "incomplete" in statuses(world) or "complete" in statuses(world)


def test_keys_that_died_everywhere_leave_a_closed_report(world: World) -> None:
    caller = world.caller().calls().presses("2").presses("1").presses("1").presses("1").says("Boschstraat")
    world.redis.flushall()
    forget_everything(world)
    caller.presses("1").hears("al klaar").is_hung_up_on()
    world.clock.moves(minutes=11)
    world.workers_walk()
    assert statuses(world) == ["incomplete"]


def test_a_database_restarted_in_a_call_is_not_heard(tmp_path: Path, valkey: object, valkey_url: str) -> None:
    with ExitStack() as closing:
        folder = closing.enter_context(servers.postgres())
        servers.make_database(folder, "own")
        url = f"postgresql+psycopg://{{role}}@/own?host={folder}"
        owner = create_engine(url.format(role="owner"), pool_pre_ping=True)
        closing.callback(owner.dispose)
        world = build_world(tmp_path, url, valkey_url, owner, EVENING, DemoPartner(9))
        closing.callback(world.close)
        caller = world.caller().calls().presses("2").presses("1").presses("1").presses("1")
        restart(folder, "restart")
        caller.says("Boschstraat").is_asked()
        ready = world.intake.test_client().get("/ready")
        assert ready.status_code == 200
        assert ready.json == {
            "ready": True,
            "dependencies": {"redis": "ok", "database": "ok", "keys": "ok", "flow": "ok"},
        }

        restart(folder, "stop")
        path = "/voice/step/" + caller.call.last_twiml.split("/voice/step/")[1].split('"')[0]
        answer = post(world, path, call_fields(caller.call.sid, Digits="1"))
        assert (answer.status_code, "storing" in answer.get_data(as_text=True)) == (200, True)
        answer = post(world, "/sms/incoming", text_fields("er wordt gedeald"))
        assert (answer.status_code, "storing" in answer.get_data(as_text=True)) == (200, True)
        ready = world.intake.test_client().get("/ready")
        assert ready.status_code == 503
        assert ready.json is not None
        assert ready.json["dependencies"]["database"].startswith("down")
        assert ready.json["dependencies"]["redis"] == "ok"

        restart(folder, "start")
        caller.presses("1").is_asked().hangs_up()
        assert statuses(world) == ["incomplete"]


def restart(folder: str, what: str) -> None:
    """Stop or start the server in this folder, at once and whoever is connected."""
    options = ["-o", f"-k {folder} -c listen_addresses= -c fsync=off"] if what != "stop" else []
    mode = ["-m", "fast"] if what != "start" else []
    subprocess.run(
        [
            servers.find_binaries() / "pg_ctl",
            what,
            "-w",
            "-s",
            "-D",
            f"{folder}/data",
            "-l",
            f"{folder}/log",
            *mode,
            *options,
        ],
        check=True,
        stdout=subprocess.DEVNULL,
        cwd="/",
        **servers.as_nobody(),
    )

"""A house whose private keys are at a key service: all goes as ever, and no process of the house holds one."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from hotline.app import create_app
from hotline.services.people import ensure_demo_people
from hotline.storage.keyfiles import read_dispatch, read_intake
from hotline.storage.keyfolder import destroy_key
from hotline.storage.keyservice import KeyService
from tests.drivers.line import connect, over_test_client
from tests.journeys.test_the_whole_way import finishes, tells_of_dealing
from tests.world import PASSWORD, World
from workers.runtime import build_runtime


@contextmanager
def served(world: World, *holders: str) -> Iterator[dict[str, Path]]:
    """A service for each of these holders, in processes of their own."""
    sockets = {holder: world.settings.home / f"{holder}.sock" for holder in holders}
    environ = {**os.environ, "HOTLINE_HOME": str(world.settings.home)}
    command = [sys.executable, "-c", "from hotline.cli import main; main()", "keys", "serve"]
    running = [subprocess.Popen([*command, holder, str(path)], env=environ) for holder, path in sockets.items()]
    try:
        for path in sockets.values():
            for _ in range(600):
                if path.is_socket():
                    break
                time.sleep(0.05)
        yield sockets
    finally:
        for process in running:
            process.terminate()
            process.wait(30)


def test_the_whole_way_with_no_private_key_in_the_house(world: World) -> None:
    with served(world, "intake", "desk", "dispatch") as sockets:
        assert KeyService(sockets["intake"]).read_intake() == read_intake(world.settings.keys)
        house = {holder: replace(world.settings, key_service=path) for holder, path in sockets.items()}
        world.close()  # what was built on the folder
        world.intake = create_app(house["intake"], parts=("intake",), clock=world.clock)
        world.exchange = connect(
            over_test_client(world.intake.test_client(use_cookies=False)),
            now=world.clock,
            public_url=world.settings.public_url,
            account_sid=world.settings.twilio_account_sid,
            auth_token=world.settings.twilio_auth_tokens[0],
            voice_number=world.settings.voice_number,
            sms_number=world.settings.sms_number,
        )
        world.desk = create_app(house["desk"], parts=("desk",), clock=world.clock)
        ensure_demo_people(world.desk.extensions["hotline.desk"].engine, PASSWORD)
        world.runtime = build_runtime(house["dispatch"], world.clock)
        desk, workers = world.desk.extensions["hotline.desk"].keys(), world.runtime.house.keys()
        assert not any(pair.private for pair in (*desk.months.values(), *desk.days.values(), workers.pair))

        caller = world.caller()
        tells_of_dealing(caller)
        finishes(caller)
        operator = world.operator().takes_first().sees("drie jongens geven zakjes")
        operator.fills_in(text="Drie personen geven kleine zakjes.").releases().sees_no_error()
        world.workers_walk()
        assert "kleine zakjes" in str(world.police.received()[-1]["content"]["data"]["text"])
        assert '"keys":"ok"' in world.intake.test_client().get("/ready").text.replace(" ", "")

        month = next(iter(sorted(desk.months)))
        destroy_key(world.settings.keys / "desk" / f"{month}.key")
        tells_of_dealing(world.caller())
        world.operator("operator2").takes_first().sees("Niet alles is te lezen", month)
    assert read_dispatch(world.settings.keys).pair.private

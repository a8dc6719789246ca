"""A caller speaks to the tape and a texter sends a picture; the desk hears, sees, and has them destroyed."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import redis
from PIL import Image
from sqlalchemy import Engine, text

from config.settings import DEMO_ACCOUNT
from hotline.domain.dayparts import end_of_part
from hotline.services import erasing
from hotline.services.wakeup import Bell
from hotline.simulator.ledger import Ledger
from hotline.simulator.rest import Answer
from hotline.storage.erasures import PATIENCE
from tests.anonymity.test_images import PLANTED, found, jpeg
from tests.anonymity.voices import Speaker, as_wav, from_wav
from tests.workers.twilio_server import TOKEN, TwilioServer, open_twilio, refuses
from tests.world import DemoPartner, World, build_world
from workers.attachments import sweep_waiting, take_in_waiting

MESSAGE, MEDIUM, CARD = "SM" + "a1" * 16, "ME" + "b2" * 16, "ME" + "c3" * 16


@pytest.fixture
def twilio() -> Iterator[TwilioServer]:
    with open_twilio(Ledger(), lambda: datetime.now(UTC)) as opened:
        yield opened


@pytest.fixture
def world(
    tmp_path: Path,
    database: str,
    valkey: redis.Redis,
    valkey_url: str,
    owner_engine: Engine,
    police: DemoPartner,
    twilio: TwilioServer,
) -> Iterator[World]:
    """An installation that takes voice messages and pictures."""
    on = {"HOTLINE_VOICEMAIL": "on", "HOTLINE_PICTURES": "on"}
    on |= {"HOTLINE_TWILIO_API_URL": twilio.url, "HOTLINE_TWILIO_AUTH_TOKENS": TOKEN}
    built = build_world(tmp_path, database, valkey_url, owner_engine, datetime.now(UTC), police, **on)
    built.exchange.ledger = twilio.ledger
    yield built
    built.close()


def rows(world: World) -> list[dict[str, Any]]:
    with world.owner.connect() as connection:
        found = connection.execute(text("SELECT * FROM attachments ORDER BY kind, id"))
        return [dict(row._mapping) for row in found]


def workers_walk(world: World) -> None:
    """The scheduler's rounds, and the jobs for which they ring."""
    world.workers_walk()
    erasing.drain(world.runtime.house, world.runtime.erase)
    take_in_waiting(world.runtime)


def audited(world: World) -> list[str]:
    with world.owner.connect() as connection:
        return list(connection.execute(text("SELECT act FROM audit ORDER BY happened_at, act")).scalars())


def ready(twilio: TwilioServer, sid: str, content: bytes) -> None:
    """The recording can be fetched from now on."""
    kept = twilio.ledger.find(sid, "recording")
    assert kept is not None
    kept.content = content


def spoken() -> bytes:
    return as_wav(Speaker(110, 0.1, 1.0).say(("a", "i", "u"), 1))


def attachment_of(html: str) -> str:
    address = re.search(r'src="(/desk/reports/[^"]+/attachments/[^"]+)"', html)
    assert address, html
    return address[1]


def test_a_voice_is_fetched_once_deleted_there_heard_distorted_and_destroyed_once_typed(
    world: World, twilio: TwilioServer
) -> None:
    caller = world.caller().calls().presses("2").presses("1").presses("0")
    caller.hears("Noem uw naam niet", "Wij vervormen uw stem").hears_not("We gaan verder")
    assert "transcribe" not in caller.call.last_twiml
    sid = caller.call.leave_message()
    ready(twilio, sid, spoken())
    assert "Uw bericht is er" in " ".join(caller.heard)
    again = caller.delivers_again()
    assert b"Uw bericht is er" in again
    caller.is_asked().hangs_up()

    (row,) = rows(world)
    assert (row["kind"], row["status"], row["sealed"]) == ("voice", "waiting", None)
    assert row["destroy_at"].minute == row["destroy_at"].second == 0
    twilio.fault = refuses(503)
    workers_walk(world)
    assert rows(world)[0]["status"] == "waiting"
    twilio.fault = None
    twilio.asked.clear()
    world.clock.moves(minutes=1)
    workers_walk(world)
    world.clock.moves(minutes=1)
    workers_walk(world)
    assert twilio.left_things("GET") == [sid]
    assert twilio.left_things("DELETE") == [sid]
    assert sid not in twilio.ledger.left()
    (row,) = rows(world)
    assert (row["status"], row["source"], row["lease_until"]) == ("ready", None, None)
    assert len(row["key_id"]) == len("2026-11-23")

    operator, other = world.operator().opens_queue().sees("ingesproken").takes_listed(), world.operator("operator2")
    operator.sees("Ingesproken bericht (vervormd)", "niet anoniem")
    address = attachment_of(operator.page.html)
    other.opens(address.partition("/attachments/")[0]).sees("Neem de melding om het bericht te horen").sees_not(address)
    assert other.opens(address).page.status == 409
    heard = operator._client.get(address)
    assert (heard.status_code, heard.content_type) == (200, "audio/wav")
    assert heard.headers["Cache-Control"] == "no-store"
    out = from_wav(heard.data)
    assert len(out) % 40000 == 0
    told = from_wav(spoken())
    assert abs(np.corrcoef(told, out[: len(told)])[0, 1]) < 0.2

    form = operator._form("/destroy")
    operator._sends(form.action, form.fields).sees("Vernietigd.").sees_not("Ingesproken bericht")
    assert operator._client.get(address).status_code == 404
    assert {"open_voice", "destroy_attachment"} <= set(audited(world))
    world.clock.moves(minutes=2)
    workers_walk(world)
    assert rows(world) == []


def test_a_voice_of_somebody_who_hangs_up_is_a_report_and_dies_within_a_day(world: World, twilio: TwilioServer) -> None:
    caller = world.caller().calls().presses("0").hears("Er is nu niemand vrij", "geweld").presses("2").presses("0")
    sid = caller.call.leave_message(hang_up=True)
    ready(twilio, sid, spoken())
    workers_walk(world)
    operator = world.operator().takes_first().sees("Ingesproken bericht (vervormd)")
    address = attachment_of(operator.page.html)
    report = address.partition("/attachments/")[0]
    world.clock.moves(hours=24)
    operator = world.operator().takes_first().sees_not("Ingesproken bericht")
    assert address.startswith(report)
    assert operator._client.get(address).status_code == 404
    workers_walk(world)
    assert rows(world) == []
    assert twilio.left_things("DELETE") == [sid]


def test_what_cannot_be_erased_at_once_is_kept_all_the_same_and_goes_with_its_part_of_day(
    world: World, twilio: TwilioServer
) -> None:
    caller = world.caller().calls().presses("2").presses("1").presses("0")
    sid = caller.call.leave_message()
    caller.hangs_up()
    ready(twilio, sid, spoken())
    twilio.fault = lambda method, ask: Answer(500) if method == "DELETE" else ask()
    workers_walk(world)
    (row,) = rows(world)
    assert (row["status"], row["source"], row["lease_until"]) == ("ready", None, None)
    assert sid in twilio.ledger.left()
    twilio.fault = None
    world.clock.moves(hours=7)
    workers_walk(world)
    assert twilio.left_things("GET") == [sid], "it was fetched once"
    assert twilio.ledger.left() == []
    with world.owner.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM erasures")).scalar_one() == 0


def test_a_call_is_not_erased_before_the_voice_that_was_left_in_it_is_fetched_unless_that_takes_long(
    world: World, twilio: TwilioServer
) -> None:
    sids = []
    for _ in range(2):
        caller = world.caller().calls().presses("2").presses("1").presses("0")
        sids.append(caller.call.leave_message())
        caller.hangs_up()
    over_at = end_of_part(world.clock())
    world.clock.now = over_at
    workers_walk(world)
    assert set(sids) < set(twilio.ledger.left()), "erasing the call would take the voice along"
    ready(twilio, sids[0], spoken())
    world.clock.moves(minutes=1)
    workers_walk(world)
    assert sorted(row["status"] for row in rows(world)) == ["ready", "waiting"]
    assert sids[0] not in twilio.ledger.left()
    world.clock.now = over_at + PATIENCE
    workers_walk(world)
    assert twilio.ledger.left() == []
    assert sorted(row["status"] for row in rows(world)) == ["ready", "waiting"]


def test_the_clock_rings_and_works_itself_where_the_bell_is_away(world: World, twilio: TwilioServer) -> None:
    caller = world.caller().calls().presses("2").presses("1").presses("0")
    ready(twilio, caller.call.leave_message(), spoken())
    world.redis.flushall()
    assert sweep_waiting(world.runtime, world.clock()) == 0
    assert world.redis.llen("rq:queue:attachments") == 1
    deaf = replace(world.runtime.house, bell=Bell(redis.Redis(unix_socket_path="/nergens/valkey.sock")))
    assert sweep_waiting(replace(world.runtime, house=deaf), world.clock()) == 1
    assert [row["status"] for row in rows(world)] == ["ready"]


def test_silence_at_the_tape_goes_on_and_leaves_nothing(world: World) -> None:
    caller = world.caller().calls().presses("2").presses("1").presses("0")
    caller.stays_silent().hears("Drugs op straat? Toets 1").is_asked().presses("1").presses("1").presses("#")
    caller.hears("postcode").presses("0#").stays_silent().hears("postcode").is_asked().presses("6211#").hears(
        "meldcode"
    )
    assert rows(world) == []


def test_what_is_no_voice_or_never_comes_leaves_nothing_there_either(world: World, twilio: TwilioServer) -> None:
    sids = []
    for _ in range(2):
        caller = world.caller().calls().presses("2").presses("1").presses("0")
        sids.append(caller.call.leave_message())
        caller.hangs_up()
    ready(twilio, sids[0], b"no sound at all")
    workers_walk(world)
    assert sorted(row["status"] for row in rows(world)) == ["failed", "waiting"]
    assert twilio.left_things("DELETE") == [sids[0]]
    assert "niet te gebruiken" in " ".join(
        world.operator().opens(f"/desk/reports/{row['report_id']}").page.text for row in rows(world)
    )
    world.clock.moves(hours=24)
    workers_walk(world)
    world.clock.moves(minutes=2)
    workers_walk(world)
    assert rows(world) == []
    assert list(dict.fromkeys(twilio.left_things("DELETE"))) == sids
    assert not set(sids) & set(twilio.ledger.left())


def test_a_picture_is_made_anew_shown_veiled_blackened_and_what_is_none_is_deleted_unseen(
    world: World, twilio: TwilioServer
) -> None:
    place = f"https://api.twilio.com/2010-04-01/Accounts/{DEMO_ACCOUNT}/Messages/{MESSAGE}/Media"
    media = {"NumMedia": "2", "MediaUrl0": f"{place}/{MEDIUM}", "MediaContentType0": "image/jpeg"}
    media |= {"MediaUrl1": f"{place}/{CARD}", "MediaContentType1": "text/vcard", "MessageSid": MESSAGE}
    twilio.ledger.add_message(MESSAGE, "inbound")
    twilio.ledger.add_media(MEDIUM, MESSAGE, jpeg(6))
    twilio.ledger.add_media(CARD, MESSAGE, b"BEGIN:VCARD")
    texter = world.texter(**media).texts("Er wordt gedeald op de Markt bij de kiosk, elke avond")
    texter.reads("Uw foto is er")
    texter.delivers_again()
    workers_walk(world)
    assert twilio.left_things("GET") == [MEDIUM]
    assert sorted(twilio.left_things("DELETE")) == [MEDIUM, CARD]
    (row,) = [one for one in rows(world) if one["status"] != "failed"]
    assert (row["status"], row["source"], len(row["key_id"])) == ("ready", None, 7)

    operator = world.operator().opens_queue().sees("foto").takes_listed().sees("Foto", "spiegel", "uitzicht")
    address = attachment_of(operator.page.html)
    shown = operator._client.get(address)
    assert (shown.status_code, shown.content_type) == (200, "image/jpeg")
    assert not found(shown.data, *PLANTED)
    form = operator._form("/blacken")
    operator._sends(form.action, form.fill(left="x")).sees("hele getallen")
    operator.opens(address.partition("/attachments/")[0])
    operator._sends(form.action, form.fill(left="0", top="0", width="60", height="100")).sees("Zwart gemaakt.")
    picture = Image.open(io.BytesIO(operator._client.get(address).data))
    assert picture.size == (240, 320)
    assert picture.crop((0, 0, 140, 320)).getextrema() == ((0, 0),) * 3
    assert picture.getpixel((230, 160)) != (0, 0, 0)
    assert "blacken_picture" in audited(world)

    world.clock.moves(hours=25)
    workers_walk(world)
    (row,) = rows(world)
    assert (row["status"], row["destroy_at"]) == ("ready", None)
    with world.owner.begin() as connection:
        connection.execute(text("DELETE FROM reports"))
    world.clock.moves(minutes=2)
    workers_walk(world)
    assert rows(world) == []


def test_a_picture_that_belongs_to_no_report_goes_after_its_day(world: World, twilio: TwilioServer) -> None:
    url = f"https://api.twilio.com/2010-04-01/Accounts/{DEMO_ACCOUNT}/Messages/{MESSAGE}/Media/{MEDIUM}"
    twilio.ledger.add_message(MESSAGE, "inbound")
    twilio.ledger.add_media(MEDIUM, MESSAGE, jpeg())
    media = {"NumMedia": "1", "MediaUrl0": url, "MediaContentType0": "image/jpeg", "MessageSid": MESSAGE}
    world.texter(**media).texts("hallo")
    workers_walk(world)
    assert [row["status"] for row in rows(world)] == ["ready"]
    world.clock.moves(hours=24)
    workers_walk(world)
    assert rows(world) == []

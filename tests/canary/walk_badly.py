"""The ways on which something goes wrong, or is taken back, walked with the same words that must not stay."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from hotline.canary.opening import opened_by_desk
from hotline.canary.search import Piece
from hotline.domain.retry import SCHEDULE
from hotline.services.wakeup import Bell
from tests.canary.cast import PLACE, PLATE
from tests.canary.house import Watched
from tests.drivers.caller import Caller
from tests.drivers.operator import Operator
from workers.partners import webhook

PATIENCE = 30.0


def sends_what_nobody_asked(watched: Watched) -> None:
    """A number keyed in where a code is asked, pictures, a recording, a query string and a cookie."""
    cast, world = watched.cast, watched.world
    caller = world.caller(cast.caller, **cast.sent_with("caller")).calls().presses("2").presses("2")
    caller.presses("0" + cast.caller.removeprefix("+31") + "#").presses("0" + cast.caller.removeprefix("+31") + "#")
    caller.hangs_up()
    recording = {"RecordingSid": cast.make_sid("CA"), "RecordingUrl": f"https://api.example/{cast.carrier_field}.wav"}
    picture = {"NumMedia": "1", "MediaUrl0": f"https://api.example/{cast.carrier_field}.jpg"}
    world.caller(cast.caller, **cast.sent_with("caller"), **recording).calls().presses("2").hangs_up()
    texter = world.texter(cast.texter, **cast.sent_with("texter"), **picture)
    texter.texts(f"mijn naam is {cast.names['texter']}").texts("KLAAR")
    client = world.intake.test_client()
    headers = {"Cookie": f"wie={cast.carrier_field}", "Referer": f"https://x.example/{cast.names['visitor']}"}
    for path in ("/drugsmeldpunt", "/drugsmeldpunt/code", "/voice/fallback", "/sms/fallback"):
        client.get(path, query_string={"From": cast.caller, "naam": cast.names["visitor"]}, headers=headers)


def is_in_danger(watched: Watched) -> None:
    """Somebody in danger says everything at once; mail and webhook wake the desk."""
    cast, world = watched.cast, watched.world
    sets_the_clock(watched)
    caller = world.caller(cast.aborting, **cast.sent_with("caller")).calls().presses("1")
    caller.says(f"{PLACE}, ik ben {cast.names['caller']}, bel {cast.caller}").hangs_up()
    world.workers_walk()
    world.workers_walk()
    assert watched.mailbox.mails and world.police.received("alarm"), "nobody was woken"


def sets_the_clock(watched: Watched) -> None:
    """The house's clock shows the world's time again: a partner refuses what was signed at another hour."""
    watched.world.clock.now = datetime.now(UTC)


def collides(watched: Watched) -> None:
    """Every code that is drawn is another report's: each violates the table, with everything that was said in hand."""
    cast, world = watched.cast, watched.world
    house = world.intake.extensions["hotline.intake"]
    make_code = house.make_code
    object.__setattr__(house, "make_code", lambda: cast.codes[0])
    try:
        caller = Caller(world.exchange, cast.caller, extra=cast.sent_with("caller"), strict=False).calls()
        caller.presses("2111").says(f"{PLACE} bij {cast.names['caller']}").presses("1")
        assert "meldcode" not in " ".join(caller.just_heard).casefold()
    finally:
        object.__setattr__(house, "make_code", make_code)


def is_doubtful(watched: Watched) -> list[Piece]:
    """A caller says two numbers that may be anything; gives what the desk's keys open while they wait."""
    cast = watched.cast
    kept, removed = cast.doubted
    _calls_and_tells(watched, f"op de muur staat {kept}, op de deur staat {removed}, er zijn {cast.told('doubted')}")
    return list(opened_by_desk(watched.world.owner, watched.world.settings.keys))


def is_judged(watched: Watched) -> None:
    """Of two doubtful numbers an operator keeps one and removes one; what was drafted first is written over."""
    cast = watched.cast
    kept, removed = cast.doubted
    operator = takes(watched, cast.told("doubted"), keep=False).sees(kept, removed)
    typed = f"mijn naam is {cast.typed_names['operator']} {cast.typed_number}, {cast.told('drafted')}"
    operator.fills_in(text=typed)
    page, fields = operator.page, operator._report.fields
    operator._sends(operator._report.action.removesuffix("/save") + "/draft", fields).sees_no_error()
    operator.page = page
    operator.saves().sees_no_error()
    for words, ending in ((kept, "/keep"), (removed, "/remove")):
        (doubt,) = [one for one in operator.page.html.split('<li class="doubt">')[1:] if words in one]
        action = next(one for one in doubt.split('"') if one.endswith(ending))
        operator._sends(action, operator._report.fields).sees_no_error()
    keeps_all(operator).fills_in(text=f"Iemand anders schrijft dit over. Op de muur staat {kept}.").saves()
    keeps_all(operator.sees_no_error())


def drafts_and_rejects(watched: Watched) -> None:
    """An operator types everything that was told, and then does not pass it on."""
    cast = watched.cast
    _calls_and_tells(watched, f"mijn naam is {cast.names['caller']}, {cast.told('rejected')}")
    operator = takes(watched, cast.told("rejected"))
    operator.fills_in(text=f"mijn naam is {cast.typed_names['operator']}, {cast.typed_number}").saves().sees_no_error()
    operator.rejects("too_little").sees_no_error()


def waits_too_long(watched: Watched) -> None:
    """The partner takes a report and does not answer in time."""
    world = watched.world
    sets_the_clock(watched)
    _releases_one(watched)
    world.police.behaves(delay=1, times=1, keep=True)
    with pytest.MonkeyPatch.context() as patch:
        for limit in ("CONNECT_SECONDS", "READ_SECONDS"):
            patch.setattr(webhook, limit, 0.3)
        world.workers_walk()
    assert _waiting(watched), "the partner was not too late"
    world.clock.moves(minutes=3)
    world.workers_walk()


def loses_a_worker(watched: Watched) -> list[Piece]:
    """A worker's process is killed in the middle of a job; gives what it said and what surrounded it."""
    world, here = watched.world, watched.world.settings
    _releases_one(watched)
    world.police.behaves(delay=20, times=1)
    with world.owner.begin() as connection:  # the clock of the test stands elsewhere than that of the process
        connection.exec_driver_sql("UPDATE deliveries SET due_at = '2020-01-01T00:00Z' WHERE status = 'pending'")
    environ = {
        **{name: value for name, value in os.environ.items() if not name.startswith("HOTLINE_")},
        "HOTLINE_HOME": str(here.home),
        "HOTLINE_DATABASE_URL": here.external_database_url,
        "HOTLINE_REDIS_URL": here.external_redis_url,
        "HOTLINE_PARTNERS_FILE": str(here.partners_file),
        "HOTLINE_TWILIO_AUTH_TOKENS": here.twilio_auth_tokens[0],
        "HOTLINE_SECRET_KEY": here.secret_key,
        "HOTLINE_DEMO_PASSWORD": here.demo_password,
        "HOTLINE_DEMO_PARTNER_SECRET": here.demo_partner_secret,
        "TMPDIR": str(watched.folder),
    }
    worker = subprocess.Popen(
        [sys.executable, "-m", "workers.main"], env=environ, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    try:
        Bell(world.redis).ring("deliver")
        _wait(lambda: _count(watched, "sending") > 0, "the worker took nothing")
        surroundings = Path(f"/proc/{worker.pid}/environ").read_bytes()
    finally:
        worker.send_signal(signal.SIGKILL)
        said, _ = worker.communicate()
    world.police.behaves(times=0)
    sets_the_clock(watched)
    world.clock.moves(minutes=3)
    world.workers_walk()
    return [Piece("killed worker", "output", said), Piece("killed worker", "environment", surroundings)]


def gives_up(watched: Watched) -> None:
    """The partner refuses until the house gives up, days later; the desk sees a failed delivery."""
    world = watched.world
    _releases_one(watched)
    world.police.behaves(status=500, times=100)
    for _ in range(len(SCHEDULE) + 2):
        world.workers_walk()
        world.clock.moves(hours=27)
    assert _count(watched, "failed")
    world.operator("operator2").opens_queue().sees("antwoordde met status")
    world.police.behaves(times=0)


def takes(watched: Watched, words: str, *, keep: bool = True) -> Operator:
    """An operator looks for the report with these words in the queue and takes it; highlighted words are kept."""
    operator = watched.world.operator("operator2").opens_queue()
    for form in [form for form in operator.page.forms.values() if "/take" in form.action]:
        operator.opens_queue()._sends(form.action, form.fields)
        if words in operator.page.html:
            return keeps_all(operator) if keep else operator
    raise AssertionError("the report is not in the queue")


def keeps_all(operator: Operator) -> Operator:
    """Whatever the desk highlights on this page is judged: it may stay."""
    while "Eerst beoordelen" in operator.page.text:
        operator.judges(keep=True)
    return operator


def _releases_one(watched: Watched) -> None:
    cast = watched.cast
    words = f"er staan jongens met {cast.told('delivered')}"
    _calls_and_tells(watched, f"mijn naam is {cast.names['caller']}, {words}")
    operator = takes(watched, cast.told("delivered"))
    operator.fills_in(text=f"Jongens met {cast.told('delivered')}. Bel {cast.typed_number}.").saves()
    keeps_all(operator).releases().sees_no_error()


def _calls_and_tells(watched: Watched, words: str) -> None:
    cast = watched.cast
    caller = watched.world.caller(cast.caller, **cast.sent_with("caller")).calls()
    caller.presses("2111").says(PLACE).presses("1").hears("meldcode")
    cast.codes.append(read_code("".join(caller.just_heard), 3))
    caller.presses("1")
    caller.says(f"{words}, bij auto {PLATE}").hangs_up()


def read_code(told: str, groups: int) -> str:
    """The report code in what was said or sent."""
    pattern = r"meldcode is ((?:\d[ ,.]*){12})" if groups == 3 else r"(?<!\d)((?:\d{3} ){3}\d{3})(?!\d)"
    found = re.search(pattern, told)
    assert found, told
    return re.sub(r"\D", "", found[1])


def _waiting(watched: Watched) -> bool:
    with watched.world.owner.connect() as connection:
        query = "SELECT reason FROM deliveries WHERE status = 'pending' AND attempts > 0"
        return "niet op tijd" in str(connection.exec_driver_sql(query).all())


def _count(watched: Watched, status: str) -> int:
    with watched.world.owner.connect() as connection:
        query = "SELECT count(*) FROM deliveries WHERE kind <> 'alarm' AND status = %s"
        return int(connection.exec_driver_sql(query, (status,)).scalar() or 0)


def _wait(what: Callable[[], bool], why: str) -> None:
    end = time.monotonic() + PATIENCE
    while not what():
        assert time.monotonic() < end, why
        time.sleep(0.05)

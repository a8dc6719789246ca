"""After the one text was sent, stopped or expired, no form of the number is left anywhere, and nothing derived from it."""

from __future__ import annotations

import re
import time
from datetime import timedelta
from typing import Any

from hotline.anonymity.caller import caller_key, identity_of
from hotline.anonymity.reply import unlock
from hotline.anonymity.return_path import mark_number, meet
from hotline.anonymity.seal import derive
from hotline.canary.needles import Form, Needle, number_needle
from hotline.canary.opening import day_keys
from hotline.canary.search import Search
from hotline.domain.letter import Letter
from hotline.services.nudging import Post, Sending, tell_news
from hotline.storage.keyfiles import read_dispatch, read_intake
from hotline.storage.return_paths import ReturnPaths
from tests.canary.house import Watched
from tests.drivers.texter import Texter


def asks(watched: Watched, number: str) -> tuple[Texter, str]:
    """Somebody reports by text, ends the thread, and asks for a text."""
    texter = Texter(watched.world.exchange, number)
    for words in ("drugsrunners bij de Boschstraat, elke vrijdag rond tien uur", "nee", "ja", "KLAAR"):
        texter.texts(words)
    found = re.search(r"(?<!\d)((?:\d{3} ){3}\d{3})(?!\d)", " ".join(texter.all_replies))
    assert found
    texter.texts(f"BERICHT {found[1]}").reads("één bericht")
    return texter, found[1].replace(" ", "")


def keyed(watched: Watched, number: str, code: str) -> Needle:
    """Whatever any key of the house makes of the number, and the keys under which it lay."""
    keys = watched.world.settings.keys
    pepper, dispatch = read_intake(keys).pepper, read_dispatch(keys).pair
    path = meet(dispatch.private, unlock(code, pepper).public)
    values = {"mark": mark_number(number, pepper), "path": path.mark, "key": path.key}
    for at, day in enumerate(day_keys(watched.world.redis)):
        caller = caller_key(identity_of(number), "", day)
        lines = {line.key for line in watched.world.intake.extensions["hotline.lines"]}
        values |= {f"thread {at} {line}": derive(caller, b"line", line.encode()) for line in lines}
        values |= {f"caller {at}": caller, f"state {at}": derive(day, b"state", number.encode())}
    forms = [(name, form) for name, raw in values.items() for form in (raw, raw.hex().encode())]
    return Needle("keyed", tuple(Form(name, raw, folded=False) for name, raw in forms))


def names_of(watched: Watched, number: str, code: str) -> tuple[str, str]:
    """Where the number lies, and what leads there from the number."""
    keys = watched.world.settings.keys
    pepper = read_intake(keys).pepper
    path = meet(read_dispatch(keys).pair.private, unlock(code, pepper).public)
    return f"return:path:{path.mark.hex()}", f"return:number:{mark_number(number, pepper).hex()}"


def test_when_the_path_has_ended_nothing_of_the_number_is_left(watched: Watched) -> None:
    world = watched.world
    sent: list[str] = []
    client: Any = world.redis
    people = [asks(watched, f"+1202555011{at}") for at in range(3)]  # one expires, one stops, one is texted
    numbers = [(texter.phone.number, code) for texter, code in people]
    plain = [number_needle("number", number) for number, _ in numbers]
    derived = [keyed(watched, number, code) for number, code in numbers]
    before = Search((*plain, *derived)).look(watched.kept())
    assert len([one for one in before if one.form == "mark"]) >= 3, "the search finds what is there"
    assert {one.needle for one in before} == {"keyed"}, "and no number lies there in a plain form"

    people[1][0].texts("STOP").reads("gewist")
    for name in names_of(watched, *numbers[0]):
        assert client.pttl(name) > timedelta(days=29).total_seconds() * 1000
        client.pexpire(name, 1)
    time.sleep(0.05)
    operator = world.operator()
    while "/take" in operator.opens_queue().page.html:
        operator.takes_listed().rejects("anonymity").sees_no_error()

    def send(letter: Letter) -> Sending:
        sent.append(letter.to)
        return Sending("sent", "SM" + "7" * 32)

    assert tell_news(world.runtime.house, Post(ReturnPaths(client), send, at_once=True), world.clock()) == 1
    assert sent == [numbers[2][0]]
    after = Search((*plain, *derived)).look(watched.kept())
    assert {(one.store, one.form) for one in after} == {("Valkey", "path")}, "that it is over, until the day told"
    assert client.keys("return:number:*") == []
    assert [client.get(name) for name in client.keys("return:*")] == [b"over:nl"]


def test_the_loot_of_disk_and_memory(watched: Watched) -> None:
    """What decision 0007 says of a thief: neither Redis nor the disk alone, nor both without the dispatch key's folder."""
    number = "+12025550119"
    _, code = asks(watched, number)
    keys = watched.world.settings.keys
    pepper = read_intake(keys).pepper
    client: Any = watched.world.redis
    everything = b"".join(name + client.get(name) for name in client.keys("return:*"))
    path = meet(read_dispatch(keys).pair.private, unlock(code, pepper).public)
    assert path.mark.hex().encode() in everything, "the dispatch key finds it"
    assert mark_number(number, pepper).hex().encode() in everything, "with the pepper, numbers can be tried"
    assert mark_number(number, b"x" * 32).hex().encode() not in everything
    with watched.world.owner.connect() as connection:
        publics = connection.exec_driver_sql(
            "SELECT reply_public FROM reports WHERE reply_public IS NOT NULL"
        ).scalars()
        others = [meet(pepper, bytes(one)).mark.hex().encode() for one in publics]
    assert others and not [one for one in others if one in everything]

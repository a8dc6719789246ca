"""The ways through the house, walked by people who say and send what must not stay."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import NamedTuple

from flask.testing import FlaskClient

from hotline.canary.search import Piece
from hotline.services import erasing
from hotline.telephony.erase import erase
from hotline.telephony.rest import open_client
from tests.canary import walk_badly as badly
from tests.canary.cast import PLACE, PLATE
from tests.canary.house import Watched
from tests.drivers.caller import Caller
from tests.drivers.visitor import Visitor
from tests.workers.twilio_server import ACCOUNT, TOKEN, open_twilio
from tests.world import PASSWORD, World


class Seen(NamedTuple):
    """What was only there for a while: words that waited for a judgement, and what a killed process had said."""

    doubtful: list[Piece]
    killed: list[Piece]


def walk(watched: Watched) -> Seen:
    """Every way once but the slow one: whole, aborted, forged, crashed, completed, delivered, answered, heard, judged."""
    calls_and_tells_all(watched)
    texts(watched)
    fills_in_the_form(watched)
    aborts(watched)
    forges(watched)
    badly.sends_what_nobody_asked(watched)
    badly.collides(watched)
    crashes_in_a_turn(watched)
    report = completes_and_delivers(watched)
    searches(watched)
    comes_back(watched, report)
    answers(watched, report)
    asks_for_the_answer(watched)
    badly.is_in_danger(watched)
    doubtful = badly.is_doubtful(watched)
    badly.is_judged(watched)
    badly.drafts_and_rejects(watched)
    badly.waits_too_long(watched)
    return Seen(doubtful, badly.loses_a_worker(watched))


def calls_and_tells_all(watched: Watched) -> Caller:
    """A call in which somebody says their name, number and address of mail beside what happened."""
    cast, world = watched.cast, watched.world
    caller = world.caller(cast.caller, **cast.sent_with("caller")).calls()
    caller.presses("2").presses("1").presses("1").presses("1").says(f"{PLACE} in {cast.city}").presses("1")
    caller.hears("meldcode")
    cast.codes.append(badly.read_code("".join(caller.just_heard), 3))
    caller.presses("1")
    spoken = " ".join(cast.caller.removeprefix("+31").rjust(10, "0"))
    caller.says(
        f"mijn naam is {cast.names['caller']} en mijn nummer is {spoken}, mail naar {cast.mails['caller']},"
        f" er staan jongens met {cast.told('story')}, de scooter heeft kenteken {PLATE} en zij heten {cast.handle}"
    )
    caller.delivers_again()
    for _ in range(30):
        if not caller.call.over:
            caller.presses("2")
    return caller


def texts(watched: Watched) -> None:
    """A thread of texts with the same kind of words."""
    cast = watched.cast
    texter = watched.world.texter(cast.texter, **cast.sent_with("texter"))
    texter.texts(
        f"u spreekt met {cast.names['texter']} {cast.texter} {cast.mails['texter']}: elke avond {cast.told('texted')} bij auto {PLATE}"
    )
    texter.delivers_again()
    for words in ("nee", "1", "1", f"{PLACE} bij {cast.city}", "ja"):
        texter.texts(words)
    for _ in range(6):
        if "Dank u" not in " ".join(texter.replies):
            texter.texts("nee" if "JA" in " ".join(texter.replies) else "week")
    cast.codes.append(badly.read_code(" ".join(texter.all_replies), 4))


def fills_in_the_form(watched: Watched) -> None:
    """The web form, sent twice, with the same kind of words."""
    cast = watched.cast
    visitor = Visitor(watched.world.intake.test_client()).opens()
    cast.page_secrets += visitor.page.forms["form1"].fields["secret"]
    visitor.writes(
        f"mijn naam is {cast.names['visitor']}, bel {cast.typed_number} of mail {cast.mails['visitor']}: elke avond {cast.told('visited')}"
    )
    visitor.sends_again().chooses("Nee").is_done()
    cast.codes.append(visitor.code)


def aborts(watched: Watched) -> None:
    """A call that ends in the middle."""
    cast = watched.cast
    caller = watched.world.caller(cast.aborting, **cast.sent_with("caller")).calls()
    caller.presses("2").presses("1").presses("1").presses("1").says(f"{PLACE} bij {cast.names['caller']}").hangs_up()


def forges(watched: Watched) -> None:
    """Webhooks that the carrier did not sign, one of them too large."""
    cast = watched.cast
    form = {
        "CallSid": cast.make_sid("CA"),
        "From": cast.caller,
        "SpeechResult": cast.names["caller"],
        **cast.sent_with("caller"),
    }
    client = watched.world.intake.test_client()
    for path in ("/voice/incoming", "/sms/incoming"):
        assert client.post(path, data=form, headers={"X-Twilio-Signature": "no"}).status_code == 403
        assert client.post(path, data={**form, "Body": cast.names["caller"] * 9000}).status_code == 413
    assert client.get(f"/voice/{cast.names['texter']}?From={cast.caller}").status_code == 404


def crashes_in_a_turn(watched: Watched) -> None:
    """The database fails while a turn is stored, at the telephone, in a text and at the desk."""
    cast, world = watched.cast, watched.world
    caller = world.caller(cast.caller, **cast.sent_with("caller")).calls()
    caller.presses("2").presses("1").presses("1").presses("1")
    with _broken(world, "report_parts"):
        caller.says(f"{PLACE}, {cast.names['caller']}, {cast.caller}, {cast.told('story')}").hears("storing")
    with _broken(world, "turns"):
        texter = world.texter(cast.texter, **cast.sent_with("texter"))
        texter.texts(f"{cast.names['texter']} {cast.texter} {cast.told('texted')}")
    operator = world.operator().takes_first()
    with _broken(world, "audit"):
        operator.fills_in(
            text=f"mijn naam is {cast.typed_names['operator']} {cast.typed_number} {cast.told('completed')}"
        ).saves()
    assert operator.page.status >= 500


def completes_and_delivers(watched: Watched) -> str:
    """An operator types what must not stay, and releases; the partner refuses once and then takes it. Gives its id."""
    cast, world = watched.cast, watched.world
    typed = f"mijn naam is {cast.typed_names['operator']} {cast.typed_number} {cast.mails['operator']}"
    operator = badly.takes(watched, cast.told("story")).sees(cast.told("story"), PLACE, PLATE, cast.handle).saves()
    text = f"{typed}. Drie personen met {cast.told('story')} {cast.told('completed')}."
    badly.keeps_all(operator.fills_in(text=text).saves().sees_no_error())
    operator.sees(cast.told("completed"), "[nummer]", "[naam]").releases().sees_no_error()
    world.police.behaves(status=500, times=1)
    for _ in range(3):
        world.workers_walk()
        world.clock.moves(minutes=3)
    sent = [one for one in world.police.received() if cast.told("completed") in str(one["content"])]
    assert len(sent) == 1
    return str(sent[0]["content"]["subject"])


def searches(watched: Watched) -> None:
    """An operator looks for what was told; the blind index is made."""
    completed = watched.cast.told("completed")
    watched.world.operator().searches(f"{completed} {PLACE}").sees(completed)


def comes_back(watched: Watched, report: str) -> None:
    """The caller adds on the page and answers a question; the desk forwards both. The texter withdraws."""
    cast, world = watched.cast, watched.world
    named = f"mijn naam is {cast.names['caller']}, {cast.caller}, {cast.mails['caller']}"
    keyed = partial(_keys_code, watched, cast.codes[0])
    keyed().chooses("Iets toevoegen").writes(f"{named}. Nu ook {cast.told('added')} met {PLATE}").reads("erbij gezet")
    crashed = keyed().chooses("Iets verbeteren")
    with _broken(world, "report_parts"):
        # What was typed comes back to who typed it, so that nothing is lost; nobody's name is in it here.
        crashed.writes(cast.told("added")).reads("Er is een storing")
    world.partner_system("politie").asks(report, f"Zag u ook {cast.told('asked')}?")
    world.operator().approves_question()
    keyed().reads(cast.told("asked")).writes(f"{named}. Ja, {cast.told('replied')}").reads("antwoord")
    operator = world.operator("operator2").opens_queue()
    for path in {one for one in operator.page.html.split('"') if one.startswith("/desk/reports/")}:
        if cast.told("replied") in operator.opens(path).page.html:
            badly.keeps_all(operator.passes_answer()).forwards(
                f"{cast.told('completed')} en {cast.told('added')}, {cast.typed_number}"
            ).sees_no_error()
    _keys_code(watched, cast.codes[1]).chooses("De melding intrekken").chooses("Ja")
    world.workers_walk()


def answers(watched: Watched, report: str) -> None:
    """The partner reads its inbox, and writes a sentence with what must not stay; the desk approves it."""
    cast, world = watched.cast, watched.world
    world.operator("politie").opens("/partner").opens(f"/partner/reports/{report}")
    assert report in str(world.partner_system("politie").reports()), "a partner's system takes over what it holds"
    police = world.partner_system("politie").assesses(report).picks_up(report)
    typed = f"mijn naam is {cast.typed_names['partner']} {cast.typed_number} {cast.mails['partner']}"
    police.gives_feedback(report, f"{typed}. Wij deden {cast.told('answered')}.")
    world.operator("operator2").approves_feedback()


def asks_for_the_answer(watched: Watched) -> None:
    """The code, by telephone and on the public page."""
    cast, world = watched.cast, watched.world
    code = cast.codes[0]
    caller = world.caller(cast.caller, **cast.sent_with("caller")).calls().presses("2").presses("2")
    caller.presses(code + "#").hears(cast.told("answered")).hangs_up()
    client: FlaskClient = world.intake.test_client()
    visitor = Visitor(client)
    visitor.opens("/drugsmeldpunt/code").keys(code).reads(cast.told("answered"))
    cast.page_secrets += visitor.page.forms["form1"].fields["secret"]
    visitor.chooses("Klaar")
    for path in ("/drugsmeldpunt", "/drugsmeldpunt/code", "/live", "/ready", "/simulator/", "/desk"):
        client.get(path)
    for path in ("/live", "/ready", "/api/v1/openapi.json"):
        world.desk.test_client().get(path)
    assert PASSWORD not in str(watched.relay.passed)


def makes_twilio_forget(watched: Watched) -> None:
    """The workers erase some of what Twilio has, over real HTTP, and the rest still waits."""
    world = watched.world
    later = world.clock() + timedelta(hours=7)
    with open_twilio(world.exchange.ledger, world.clock) as twilio:
        client = open_client(twilio.url, ACCOUNT, (TOKEN,))
        house = replace(world.runtime.house, clock=lambda: later)
        assert erasing.drain(house, lambda kind, sid: erase(client, kind, sid), most=4) == 4
        assert twilio.deletions() == 4


def _keys_code(watched: Watched, code: str) -> Visitor:
    """Somebody who types a code on the page, whose secret is noted."""
    visitor = Visitor(watched.world.intake.test_client(use_cookies=False)).opens("/drugsmeldpunt/code")
    watched.cast.page_secrets += visitor.page.forms["form1"].fields["secret"]
    return visitor.keys(code)


@contextmanager
def _broken(world: World, table: str) -> Iterator[None]:
    """The table is away, so that whatever writes it fails with all its bound values in hand."""
    with world.owner.begin() as connection:
        connection.exec_driver_sql(f"ALTER TABLE {table} RENAME TO {table}_away")
    try:
        yield
    finally:
        with world.owner.begin() as connection:
            connection.exec_driver_sql(f"ALTER TABLE {table}_away RENAME TO {table}")

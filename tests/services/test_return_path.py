"""One text when there is news: asked for, shown, sent once at a quiet hour, stopped, replaced, and honest when it fails."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count as count_up
from pathlib import Path
from typing import Any

import pytest
import redis
from redis.backoff import NoBackoff
from redis.retry import Retry
from sqlalchemy import Engine

from hotline.domain.letter import Letter
from hotline.services.nudging import Post, Sending, tell_news
from hotline.simulator.rest import Answer
from hotline.storage.return_paths import ReturnPaths
from hotline.telephony.rest import open_client
from hotline.telephony.send import send_text
from hotline.telephony.wish import STOP_WORDS, hear_wish
from ivr_flows.gsm7 import is_gsm7, measure
from ivr_flows.load import load_prompts
from tests.drivers.texter import Texter
from tests.faults.webhooks import count
from tests.workers.twilio_server import ACCOUNT, TOKEN, Ask, Fault, TwilioServer, open_twilio, refuses
from tests.world import DemoPartner, World, build_world

EVENING = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)
MORNING = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@dataclass
class Story:
    """A house, the carrier's API, and production's patience."""

    world: World
    twilio: TwilioServer
    people: Iterator[int] = field(default_factory=lambda: count_up(100))

    def reports(self) -> tuple[Texter, str]:
        """Somebody reports by text and gets a code."""
        texter = self.world.texter(f"+12025550{next(self.people)}")
        for words in ("drugsrunners bij de Boschstraat, elke vrijdag rond tien uur", "nee", "ja", "KLAAR"):
            texter.texts(words)
        found = re.search(r"(?<!\d)((?:\d{3} ){3}\d{3})(?!\d)", " ".join(texter.all_replies))
        assert found, texter.all_replies
        return texter, found[1]

    def there_is_news(self) -> None:
        """The desk says no to every report it has, which is something to hear."""
        operator = self.world.operator()
        while "/take" in operator.opens_queue().page.html:
            operator.takes_listed().rejects("anonymity").sees_no_error()

    def workers_text(self, fault: Fault | None = None, *, at: datetime | None = None, chance: float = 0.0) -> int:
        """The workers look once; gives how many texts left."""
        self.twilio.fault = fault
        self.world.clock.now = at or self.world.clock.now
        client = open_client(self.twilio.url, ACCOUNT, (TOKEN,), seconds=0.5)

        def send(letter: Letter) -> Sending:
            return Sending(*send_text(client, letter.to, letter.sender, letter.text))

        post = Post(ReturnPaths(self.world.redis), send, at_once=False)
        return tell_news(self.world.runtime.house, post, self.world.clock(), lambda: chance)

    def numbers(self) -> int:
        """How many numbers lie in Redis."""
        return ReturnPaths(self.world.redis).count()


@pytest.fixture
def story(tmp_path: Path, database: str, valkey: redis.Redis, valkey_url: str, owner_engine: Engine) -> Iterator[Story]:
    world = build_world(tmp_path, database, valkey_url, owner_engine, EVENING, DemoPartner(9))
    with open_twilio(world.exchange.ledger, world.clock) as twilio:
        yield Story(world, twilio)
    world.close()


def test_it_is_asked_for_shown_sent_once_and_forgotten(story: Story) -> None:
    texter, code = story.reports()
    number, ledger = texter.phone.number, story.twilio.ledger
    threads = count(story.world, "conversations")
    texter.texts("Bericht.").reads("BERICHT 123 456 789 012", "versleuteld", "30 dagen")
    texter.texts("BERICHT 123 456 789 012").reads("kennen wij niet")
    texter.texts("bericht 12").reads("kennen wij niet")
    assert story.numbers() == 0
    texter.texts(f"BERICHT {code}").reads("één bericht", "tot 23 december", "uw code werkt altijd", "STOP")
    assert count(story.world, "conversations") == threads, "no conversation of its own"
    texter.texts(code).reads("tot 23 december", "STOP")
    stranger = story.world.texter("+12025550199").texts(code)
    assert "23 december" not in " ".join(stranger.replies), "only the telephone that asked is told"
    assert "hotline_return_paths 1.0" in story.world.desk.test_client().get("/metrics").get_data(as_text=True)
    client: Any = story.world.redis
    ends = {datetime.fromtimestamp(client.expiretime(one), UTC) for one in client.keys("return:*")}
    assert ends == {datetime(2026, 12, 23, 23, 0, tzinfo=UTC)}, "a midnight, and no moment"
    story.there_is_news()
    assert count(story.world, "nudges") == 1
    with story.world.owner.connect() as connection:
        assert connection.exec_driver_sql("SELECT written_on FROM nudges").scalar() == EVENING.date()
    assert story.workers_text(at=EVENING + timedelta(minutes=5)) == 0, "not on the day of the desk's act"
    assert story.workers_text(at=MORNING - timedelta(hours=2)) == 0, "nobody is woken"
    assert story.workers_text(at=MORNING, chance=0.5) == 0, "at some hour, not as soon as may be"
    assert story.workers_text(at=MORNING) == 1
    assert ledger.fetch(number) == ["Er is nieuws. Stuur uw code naar dit nummer. Wis dit bericht daarna."]
    assert story.numbers() == 0 and count(story.world, "nudges") == 0
    assert story.workers_text() == 0
    with story.world.owner.connect() as connection:
        newest = connection.exec_driver_sql("SELECT max(due_at) FROM erasures").scalar_one()
    assert newest > MORNING, "the text is to be erased at Twilio too"
    texter.texts(code).reads("nummer is gewist", "BERICHT")
    texter.texts(f"AVIS {code}").reads("jusqu'au 24 décembre")
    texter.texts(code).reads("jusqu'au 24 décembre")


STOPS = (
    ("BERICHT", "STOP", "Uw nummer is gewist"),
    ("notify", "Stop.", "Your number is erased"),
    ("Nachricht", "abmelden", "Ihre Nummer ist gelöscht"),
    ("AVIS", "ARRÊT", "Votre numéro est effacé"),
)


def test_stop_forgets_the_number_at_once_in_its_language(story: Story) -> None:
    texter, code = story.reports()
    for ask, stop, answer in STOPS:
        texter.texts(f"{ask}: {code}")
        assert story.numbers() == 1
        texter.texts(stop).reads(answer)
        assert story.world.redis.keys("return:*") == []
        texter.texts(stop)
        assert answer.casefold() not in " ".join(texter.replies).casefold(), "there is nothing to forget any more"
    story.there_is_news()
    assert story.workers_text(at=MORNING) == 0
    assert story.twilio.ledger.fetch(texter.phone.number) == [] and count(story.world, "nudges") == 0


def test_asking_again_takes_the_place_of_what_was_asked(story: Story) -> None:
    first, code = story.reports()
    second, other = story.reports()
    first.texts(f"BERICHT {code}")
    second.texts(f"BERICHT {code}").texts(f"BERICHT {code}")
    assert story.numbers() == 1
    first.texts("STOP")
    assert "gewist" not in " ".join(first.replies) and story.numbers() == 1, "its number is gone already"
    second.texts(f"NOTIFY {other}")
    assert story.numbers() == 1 and len(story.world.redis.keys("return:path:*")) == 1, "one number, one report"
    story.there_is_news()
    assert story.workers_text(at=MORNING) == 1
    assert story.twilio.ledger.fetch(first.phone.number) == []
    assert story.twilio.ledger.fetch(second.phone.number) == [
        "There is news. Send your code to this number. Then delete this text."
    ]


def test_what_surely_did_not_leave_waits_and_what_may_have_left_does_not(story: Story) -> None:
    texter, code = story.reports()
    texter.texts(f"BERICHT {code}")
    story.there_is_news()
    dies = {name: story.world.redis.ttl(name) for name in story.world.redis.keys("return:*")}
    for fault in (refuses(503), refuses(429), refuses(401)):
        assert story.workers_text(fault, at=MORNING) == 0
        assert story.numbers() == 1 and count(story.world, "nudges") == 1
    for name, before in dies.items():
        assert before - 60 <= story.world.redis.ttl(name) <= before, "no longer than was told"

    def is_stopped_meanwhile(method: str, ask: Ask) -> Answer | None:
        texter.texts("STOP").reads("gewist")
        return refuses(503)(method, ask)

    stopped = story.workers_text(is_stopped_meanwhile)
    assert stopped == 0 and story.numbers() == 0, "STOP while the text is on its way out"
    assert story.world.redis.keys("return:*") == []
    texter.texts(f"BERICHT {code}")
    url, story.twilio.url = story.twilio.url, "http://127.0.0.1:9"
    assert story.workers_text() == 0 and story.numbers() == 1
    story.twilio.url = url
    assert story.workers_text(lambda method, ask: None) == 0
    assert story.numbers() == 0 and count(story.world, "nudges") == 0, "perhaps it left: it is not sent twice"
    texter.texts(code).reads("of dat lukte niet")
    texter.texts(f"BERICHT {code}")
    with story.world.owner.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO nudges SELECT gen_random_uuid(), reply_public, '2026-11-23' FROM reports"
        )
    assert story.workers_text(refuses(400, 21610)) == 0
    assert story.numbers() == 0 and count(story.world, "nudges") == 0, "who may not be texted is forgotten"


def test_with_redis_away_or_flushed_nothing_is_promised_and_the_code_works(story: Story) -> None:
    texter, code = story.reports()
    house = story.world.intake.extensions["hotline.intake"]
    away = redis.Redis(unix_socket_path="/nergens/valkey.sock", retry=Retry(NoBackoff(), 0))
    story.world.intake.extensions["hotline.intake"] = replace(house, redis=away)
    texter.texts(f"BERICHT {code}").reads("lukt nu niet", "uw code werkt altijd")
    texter.texts("STOP").texts(code).reads("binnen")
    story.world.intake.extensions["hotline.intake"] = house
    texter.texts(f"BERICHT {code}").reads("23 december")
    story.world.redis.flushall()
    story.there_is_news()
    assert story.workers_text(at=MORNING) == 0 and count(story.world, "nudges") == 0
    texter.texts("KLAAR").texts(code).reads("niet door")
    story.world.texter("anonymous").texts(f"BERICHT {code}").reads("lukt nu niet")


def test_a_word_within_a_sentence_asks_for_nothing() -> None:
    def kind(body: str) -> str | None:
        wish = hear_wish({"Body": (body,), "From": ("+12025550100",)})
        return wish.kind if wish else None

    assert [kind(one) for one in ("bericht", "NOTIFY 123 456 789 012", "avis:1.2")] == ["ask"] * 3
    assert [kind(one) for one in ("STOP", " stop! ", "Désinscription")] == ["stop"] * 3
    assert [kind(one) for one in ("123456789012", "123 456 789 012", "1-2-3-4-5-6-7-8-9-0-1-2")] == ["code"] * 3
    for body in ("", "bericht van mijn buurman", "ik stop ermee", "12345678901", "1234567890123", "berichten"):
        assert kind(body) is None, body


def test_the_words_that_stop_are_those_of_the_flows() -> None:
    flows = {
        word
        for catalog in load_prompts().catalogs.values()
        for word in (catalog.wording("stop") or pytest.fail("no such wording")).words
    }
    assert flows == STOP_WORDS


def test_every_sentence_fits_one_message_with_the_longest_day() -> None:
    for language, catalog in load_prompts().catalogs.items():
        for name, prompt in catalog.prompts.items():
            if name.startswith("return_"):
                text = prompt.text.source.replace("{until}", "30. September")
                assert is_gsm7(text) and measure(text) <= 160, f"{language} {name}"

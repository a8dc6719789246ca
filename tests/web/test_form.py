"""The web form over HTTP: a report in three pages, and everything that can be sent to it that is not that."""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
import redis
from sqlalchemy import Engine

from hotline.domain.codes import make_code
from hotline.domain.proof import BITS, LIFE, is_solved, make_challenge
from hotline.services import flood
from hotline.telephony.form import MAX_TEXT
from hotline.web.public_words import WORDS
from ivr_flows.load import load_flow
from ivr_flows.model import Language
from tests.conftest import NOW
from tests.drivers.visitor import Visitor
from tests.web.form_site import Site, open_site

STORY = "op het Koningsplein dealen elke avond drie jongens bij de fietsen"
VAGUE = "kom hier eens goed kijken"
"""A story that answers no question of the script."""

LANGUAGES = load_flow().languages
MOST_BYTES = 60_000
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def site(tmp_path: Path, database: str, valkey: redis.Redis, valkey_url: str, owner_engine: Engine) -> Iterator[Site]:
    """The residents' pages at night."""
    opened = open_site(tmp_path, database, valkey, valkey_url, owner_engine, NOW)
    yield opened
    opened.app.extensions["hotline.intake"].engine.dispose()


def danger_no(visitor: Visitor) -> Visitor:
    """The second of two choices, whatever the language calls it."""
    return visitor.chooses(list(visitor.choices)[1])


# ---- a report


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_report_in_three_pages(site: Site, language: Language) -> None:
    visitor = site.visitor(language).opens().reads(WORDS[language].story, "112")
    danger_no(visitor.writes(STORY)).is_done().reads(WORDS[language].your_code)
    assert visitor.is_finished and len(visitor.code) == 12
    assert f'lang="{language}"' in visitor.page.html
    assert site.rows("SELECT status, code_lookup IS NOT NULL FROM reports") == [("incomplete", True)]
    assert site.rows("SELECT channel, outcome, count FROM counters") == [("web", "report", 1)]


def test_the_whole_script_can_be_answered(site: Site) -> None:
    visitor = site.visitor().opens().writes("er staan drie jongens").chooses("Nee")
    visitor.chooses("Drugs op straat").chooses("Dealers").reads("Waar is het?").writes("op het Koningsplein")
    code = visitor.reads("Uw meldcode", "Gebeurt het nu?").code
    visitor.chooses("Nee, eerder").chooses("Vandaag").chooses("Avond")
    for _ in range(30):
        if visitor.is_finished:
            break
        visitor = visitor.chooses(next(iter(visitor.choices))) if visitor.choices else visitor.skips()
    assert visitor.is_finished and visitor.code == code
    assert site.rows("SELECT status, category FROM reports") == [("complete", "dealing")]


def test_done_takes_the_answer_that_stands_on_the_page(site: Site) -> None:
    visitor = site.visitor().opens().writes(VAGUE).chooses("Nee")
    while "text" not in visitor.page.forms["form1"].fields:
        visitor.skips()
    visitor.writes("in Wyck bij de brug", act="done")
    assert visitor.is_finished
    assert site.rows("SELECT neighbourhood FROM reports") == [("Wyck",)]


def test_danger_hears_112_and_rings_the_alarm(site: Site) -> None:
    visitor = site.visitor().opens().writes("ze vechten op het Koningsplein").chooses("Ja")
    visitor.reads("Bel direct", "112")
    assert site.count("deliveries", "kind = 'alarm'") == 2
    assert site.rows("SELECT priority FROM reports") == [("P0",)]


def test_the_code_brings_the_dialogue_and_a_new_code_of_nobody_does_not(site: Site) -> None:
    visitor = site.visitor().opens().writes(STORY).chooses("Nee").is_done()
    again = site.visitor().opens("/drugsmeldpunt/code").keys(visitor.code).reads("Uw melding is binnen")
    assert "Iets toevoegen" in again.choices
    again.chooses("Klaar")
    assert again.is_finished
    site.visitor().opens("/drugsmeldpunt/code").keys(make_code(1)).reads("Deze code kennen wij niet")
    assert site.count("reports") == 1


@pytest.mark.parametrize("typed", ["", "12", "abc", "482 193 705 515", "<b>", "1" * 300])
def test_a_mistyped_code_is_told_at_once(site: Site, typed: str) -> None:
    visitor = site.visitor().opens("/drugsmeldpunt/code").keys(typed).reads(WORDS["nl"].error_code)
    assert 'aria-describedby="hint error"' in visitor.page.html
    assert site.count("conversations") == 0


# ---- what is kept, and where


def test_nothing_stays_in_the_browser(site: Site) -> None:
    client = site.app.test_client()
    for path in ("/drugsmeldpunt", "/drugsmeldpunt/code", "/drugsmeldpunt/privacy", "/contact"):
        for answer in (client.get(path), client.post(path, data={"text": STORY})):
            if answer.status_code == 405:
                continue
            assert answer.headers["Cache-Control"] == "no-store"
            assert answer.headers["Referrer-Policy"] == "no-referrer"
            assert "Set-Cookie" not in answer.headers
            policy = answer.headers["Content-Security-Policy"]
            assert "default-src 'self'" in policy and "unsafe" not in policy and "http" not in policy
            assert (
                "Maastricht</title>" in answer.text and "drugs" not in re.findall("<title>.*</title>", answer.text)[0]
            )
            assert not re.findall(r"(?:src|href|action)=\"(?:https?:)?//", answer.text)
            assert "<script>" not in answer.text and " style=" not in answer.text
    assert client.get("/contact").headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'


def test_the_words_and_the_computer_of_a_visitor_are_stored_nowhere_in_clear(
    site: Site, capfd: pytest.CaptureFixture[str]
) -> None:
    mark = {"User-Agent": "Zeldzame-Browser/7", "X-Forwarded-For": "203.0.113.77"}
    visitor = site.visitor("nl", **mark).opens()
    secret = visitor.page.forms["form1"].fields["secret"][0]
    visitor.writes(f"mijn naam is Kwakernaat, {STORY}").chooses("Nee").is_done()
    tables = [row[0] for row in site.rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
    stored = " ".join(str(site.rows(f"SELECT * FROM {table}")) for table in tables)
    stored += " ".join(str((key, site.redis.dump(key))) for key in site.redis.scan_iter())
    stored += "".join(capfd.readouterr())
    for word in ("Kwakernaat", "Koningsplein", "fietsen", "Zeldzame", "203.0.113.77", secret, visitor.code):
        assert word not in stored, word
    assert "incomplete" in stored


def test_every_field_keeps_the_browser_from_remembering(site: Site) -> None:
    visitor = site.visitor().opens()
    pages = [visitor.page.html, visitor.writes("dealers").page.html, visitor.chooses("Nee").skips().page.html]
    pages.append(site.visitor().opens("/drugsmeldpunt/code").page.html)
    for html in pages:
        fields = re.findall(r"<(?:textarea|input class)[^>]*>", html)
        assert all('autocomplete="off"' in one and 'spellcheck="false"' in one for one in fields)
        assert 'autocomplete="off" novalidate' in html


def test_the_first_page_is_small(site: Site) -> None:
    client = site.app.test_client()
    parts = {"page": client.get("/drugsmeldpunt").data}
    for path in re.findall(r'(?:href|src|data-worker)="(/static/[^"]+)"', parts["page"].decode()):
        with client.get(path) as answer:
            parts[path] = answer.data
    assert len(parts) == 7
    sizes = {name: len(gzip.compress(data, 6)) for name, data in parts.items()}
    assert all(parts.values()) and sum(sizes.values()) < MOST_BYTES, sizes


# ---- what was sent already, late, or by somebody else


def test_the_same_page_twice_makes_one_report_and_reads_the_same(site: Site) -> None:
    visitor = site.visitor().opens()
    acts: list[Callable[[], Visitor]] = [
        lambda: visitor.writes(STORY),
        lambda: visitor.chooses("Nee"),
        lambda: visitor.is_done(),
    ]
    for act in acts:
        act()
        before, text = visitor.sent, visitor.page.text
        visitor.sends_again()
        assert visitor.page.text.replace(WORDS["nl"].notice_repeat, "").split() == text.split()
        visitor.sent = before
    assert (site.count("reports"), site.count("conversations")) == (1, 1)
    assert site.rows("SELECT sum(count) FROM counters")[0][0] == 1


def test_a_page_from_the_back_button_goes_on_where_the_form_stands(site: Site) -> None:
    visitor = site.visitor().opens().writes(VAGUE).chooses("Nee").reads("Waar gaat het om?")
    old = visitor.sent
    visitor.skips().reads("Waar is het?")
    visitor.sent = old
    visitor.sends_again(text="het zijn er vier").reads("Waar is het?", WORDS["nl"].notice_repeat)
    assert visitor.typed == "het zijn er vier"
    visitor.sent = old
    visitor.sends_again(act="done")
    assert visitor.is_finished
    assert site.count("reports") == 1


def test_a_page_that_comes_too_late_keeps_what_was_typed(site: Site) -> None:
    visitor = site.visitor().opens().writes(VAGUE).chooses("Nee").skips().reads("Waar is het?")
    site.rows("UPDATE conversations SET ended_at = now(), wipe_at = now() RETURNING id")
    with site.owner.begin() as connection:
        connection.exec_driver_sql("UPDATE conversations SET ended_at = %s", (site.clock.now,))
    site.clock.moves(hours=1)
    visitor.writes("op het Koningsplein").reads(WORDS["nl"].notice_over)
    assert (visitor.status, visitor.typed) == (410, "op het Koningsplein")
    assert site.count("reports") == 1


def test_a_day_later_nobody_can_go_on(site: Site) -> None:
    visitor = site.visitor().opens().writes(VAGUE)
    site.clock.moves(days=3)
    visitor.chooses("Nee").reads(WORDS["nl"].notice_over)
    assert visitor.status == 410


@pytest.mark.parametrize(
    "changed",
    [
        {"secret": "A" * 43},
        {"secret": ""},
        {"secret": "é" * 43},
        {"secret": "x" * 5000},
        {"conversation": str(uuid4())},
        {"turn": "999"},
        {"turn": "7", "number": "-3"},
    ],
)
def test_somebody_elses_page_is_refused_and_stores_nothing(site: Site, changed: dict[str, str]) -> None:
    visitor = site.visitor().opens().writes(VAGUE).chooses("Nee").skips()
    before = site.count("turns")
    visitor.sends(text="op het Koningsplein", **changed).reads(WORDS["nl"].notice_over)
    assert (visitor.status, visitor.typed) == (410, "op het Koningsplein")
    assert (site.count("turns"), site.count("reports")) == (before, 1)


@pytest.mark.parametrize(
    "changed",
    [
        {"act": "delete"},
        {"choice": "99"},
        {"choice": "²"},
        {"digits": "٣٤"},
        {"language": "xx"},
        {"number": "9" * 40},
        {"turn": "٣"},
        {"turn": "-1"},
        {"conversation": "no-uuid"},
        {"From": "+31612345678", "Body": "x", "CallSid": "CA1"},
        {"text": "\x00\x07\ud7ff"},
        {"choice": "2", "text": "iets", "digits": "1234", "code": "1"},
    ],
)
def test_fields_nobody_asked_for_do_no_harm(site: Site, changed: dict[str, str]) -> None:
    visitor = site.visitor().opens().writes(STORY)
    visitor.sends(**changed)
    assert visitor.status in (200, 410) and site.count("reports") == 1


@pytest.mark.parametrize("path", ["/drugsmeldpunt", "/drugsmeldpunt/code"])
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff\xfe\x00",
        b"text=%ff%fe%c3&act=%80",
        b"text=" + b"a" * 60_000,
        b"&".join(b"a%d=1" % n for n in range(500)),
        b"text=a;b&&&==&=x&text",
        b"code=%00&secret=%00&conversation=%00&turn=%00",
    ],
)
def test_no_body_is_answered_with_a_failure(site: Site, path: str, body: bytes) -> None:
    client = site.app.test_client()
    for kind in (FORM, "multipart/form-data; boundary=x", "application/json", ""):
        answer = client.post(path, data=body, content_type=kind)
        assert answer.status_code == 200 and "<main" in answer.text
    answer = client.post(path, data=b"text=" + b"a" * 70_000, content_type=FORM)
    assert answer.status_code == 413 and WORDS["nl"].notice_big in answer.text


def test_a_text_that_is_no_utf8_is_still_a_report(site: Site) -> None:
    client = site.app.test_client()
    answer = client.post("/drugsmeldpunt", data=b"text=dealers+in+caf%e9+De+Proef", content_type=FORM)
    assert answer.status_code == 200 and site.count("reports") == 1


def test_a_text_that_is_too_long_stands_there_still(site: Site) -> None:
    long = "woord " * (MAX_TEXT // 5)
    visitor = site.visitor().opens().writes(long).reads(WORDS["nl"].error_long.format(MAX_TEXT))
    assert visitor.typed == long.strip() and site.count("conversations") == 0
    visitor.writes(VAGUE).chooses("Nee").skips().reads("Waar is het?", "Vraag 4")
    visitor.writes(long).reads("Waar is het?", "Vraag 4", WORDS["nl"].error_long.format(MAX_TEXT))
    assert visitor.typed == long.strip()
    just = ("woord\r\n" * 400)[: MAX_TEXT + 200].strip()
    visitor.writes(just)
    assert WORDS["nl"].error_long.format(MAX_TEXT) not in visitor.page.text


def test_an_empty_page_asks_again_and_says_what_to_do(site: Site) -> None:
    visitor = site.visitor().opens().goes_on().reads(WORDS["nl"].error_empty)
    visitor.writes(STORY).goes_on().reads("Is er nu gevaar?", WORDS["nl"].error_choice, "Vraag 2")
    assert 'id="error"' in visitor.page.html and 'aria-describedby="hint error"' in visitor.page.html


# ---- with the servers away


def test_a_failure_keeps_everything_that_was_sent(site: Site) -> None:
    visitor = site.visitor().opens()
    with site.owner.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE conversations RENAME TO elsewhere")
    visitor.writes(STORY).reads(WORDS["nl"].notice_failed, STORY)
    assert visitor.status == 200
    with site.owner.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE elsewhere RENAME TO conversations")
    visitor.sends().reads("Is er nu gevaar?")
    assert site.count("reports") == 1


# ---- floods


def solve(challenge: str) -> str:
    number = 0
    while int.from_bytes(hashlib.sha256(f"{challenge}:{number}".encode()).digest()) >> (256 - BITS):
        number += 1
    return f"{challenge}:{number}"


def test_a_puzzle_is_solved_by_work_alone() -> None:
    key, now = b"k" * 32, datetime.fromisoformat("2026-11-23T02:30:00+00:00")
    challenge = make_challenge(key, b"s" * 12, now)
    proof = solve(challenge)
    assert is_solved([b"o" * 32, key], proof, now)
    assert len(proof) <= 55
    wrong = [f"{challenge}:{number}" for number in range(20)]
    forged = proof.replace(".", ".f", 1)
    for one in (*wrong, forged, proof + "0", challenge, f"{challenge}:-1", "", ":", "a.b.c:1", "é" * 50, "1" * 5000):
        assert not is_solved([key], one, now) or one == proof, one
    assert not is_solved([b"o" * 32], proof, now)
    assert not is_solved([key], proof, now + LIFE + timedelta(seconds=1))


def test_a_flood_without_puzzles_waits_at_the_gate_and_loses_nothing(site: Site) -> None:
    for _ in range(flood.FREE_A_MINUTE):
        assert site.visitor().opens().writes(STORY).status == 200
    visitor = site.visitor().opens().writes("dealers bij de Testkapelstraat")
    assert visitor.reads(WORDS["nl"].notice_busy).status == 429
    assert visitor.typed == "dealers bij de Testkapelstraat"
    assert site.count("conversations") == flood.FREE_A_MINUTE

    quick = site.visitor().opens()
    challenge = re.findall(r'data-puzzle="([^"]+)"', quick.page.html)[0]
    proof = solve(challenge)
    quick.sends(text=STORY, proof=proof).reads("Is er nu gevaar?")
    assert quick.sends_again().status == 200
    assert site.visitor().opens().sends(text=STORY, proof=proof).status == 429  # a puzzle counts once
    assert site.visitor().opens("/drugsmeldpunt/code").keys(make_code(1)).status == 429

    site.redis.delete("forms-without-proof")  # as a minute later
    visitor.sends().reads("Is er nu gevaar?")
    assert site.count("conversations") == flood.FREE_A_MINUTE + 2

"""Ten thousand reports of a thief's own teach nothing about another's: what is sealed shows a length class and no more."""

from __future__ import annotations

import secrets
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from itertools import pairwise
from operator import itemgetter
from typing import Any
from uuid import uuid4

from sqlalchemy import Engine

from hotline.anonymity.keyring import make_pair
from hotline.anonymity.seal import PAD_TO, seal
from hotline.canary.words import draw_story
from hotline.domain.content import Part
from hotline.storage.row_order import mix_all

OWN, TOPICS = 10_000, 20
OVERHEAD = 48
"""Bytes that a sealed box adds: the one-time public key and the authenticator."""


def draw_topics() -> list[str]:
    """Different things to tell, all as long: a length class is no secret, and is not what is tested."""
    found: set[str] = set()
    while len(found) < TOPICS:
        found |= {one for one in (draw_story(),) if len(one) == 40}
    return list(found)


def draw_reports(topics: list[str], public: bytes) -> list[tuple[int, bytes]]:
    """The thief's own, each about one topic, sealed as the intake seals: topic and sealed bytes."""
    now, found = datetime(2026, 11, 23, 20, tzinfo=UTC), []
    for _ in range(OWN):
        topic = secrets.randbelow(TOPICS)
        words = f"er staan {topics[topic]} {' en'.join(' daar' for _ in range(secrets.randbelow(12)))}"
        part = Part(3, now, "voice", "nl", {"what": words})
        found.append((topic, seal(public, part.dump())))
    return found


def guess(own: Iterable[tuple[int, bytes]]) -> dict[int, int]:
    """What the thief learns: for each length, the topic that had it most often."""
    seen: defaultdict[int, Counter[int]] = defaultdict(Counter)
    for topic, sealed in own:
        seen[len(sealed)][topic] += 1
    return {length: topics.most_common(1)[0][0] for length, topics in seen.items()}


def test_chosen_words_teach_nothing_about_others(owner_engine: Engine, tell: Callable[[str], None]) -> None:
    topics = draw_topics()
    own = draw_reports(topics, make_pair("2026-11").public)
    lengths = Counter(len(sealed) for _, sealed in own)
    assert all((length - OVERHEAD) % PAD_TO == 0 for length in lengths) and len(lengths) <= 3

    learned, others = guess(own[: OWN // 2]), own[OWN // 2 :]
    right = sum(learned.get(len(sealed)) == topic for topic, sealed in others)
    expected = len(others) / TOPICS
    assert right < expected + 6 * expected**0.5, "the length of a seal tells what it is about"

    # Two seals of the same words agree in as many bytes as two of different words: by chance, one in 256.
    by_topic = sorted(own, key=itemgetter(0))
    same = sum(
        one == two for (_, left), (_, right) in pairwise(by_topic) for one, two in zip(left, right, strict=False)
    )
    looked = sum(min(len(left), len(right)) for (_, left), (_, right) in pairwise(by_topic))
    assert abs(same - looked / 256) < 6 * (looked / 256) ** 0.5, "seals of like words are alike"
    assert len({sealed[at : at + 16] for _, sealed in own for at in (0, 32, OVERHEAD)}) == 3 * OWN

    tell(
        f"thief, {OWN} own reports: {right} of {len(others)} topics guessed, {expected:.0f} blindly; "
        f"{len(lengths)} lengths; {same} equal bytes of {looked}, {looked / 256:.0f} by chance"
    )
    assert_that_clear_columns_are_the_same(owner_engine, own)


def assert_that_clear_columns_are_the_same(owner: Engine, own: list[tuple[int, bytes]]) -> None:
    """Among rows of the thief's own, another's row differs in nothing but what is sealed, keyed or random."""
    day = date(2026, 11, 23)
    ids = [uuid4() for _ in own]
    with owner.begin() as connection:
        driver: Any = connection.connection.driver_connection
        cursor = driver.cursor()
        columns = "id, status, category, priority, neighbourhood, arrived_on, arrived_part, due_at"
        with cursor.copy(f"COPY reports ({columns}) FROM STDIN") as copy:
            for one in ids:
                due = datetime(2026, 11, 24, 6, tzinfo=UTC)
                copy.write_row((one, "complete", "dealing", "P2", "Wyck", day, "evening", due))
        with cursor.copy("COPY report_parts (id, report_id, key_id, sealed) FROM STDIN") as copy:
            for one, (_, sealed) in zip(ids, own, strict=True):
                copy.write_row((uuid4(), one, "2026-11", sealed))
    mix_all(owner)
    clear = "status, category, priority, neighbourhood, arrived_on, arrived_part, due_at, version, lease_by, has_news"
    with owner.connect() as connection:
        assert len(connection.exec_driver_sql(f"SELECT DISTINCT {clear} FROM reports").all()) == 1
        order = connection.exec_driver_sql("SELECT id FROM reports ORDER BY ctid").scalars().all()
        kept = connection.exec_driver_sql("SELECT count(*) FROM report_parts").scalar()
    assert list(order) == sorted(ids) and kept == OWN

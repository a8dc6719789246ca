"""Wrong codes slow every check down and lock nobody out, and a right one tells nothing of what was reported."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest
import redis
from redis.backoff import NoBackoff
from redis.retry import Retry
from sqlalchemy import Engine

from hotline.domain.codes import CodeTypo, make_code
from hotline.services.code_check import count_wrong, open_code
from hotline.services.desk_reasons import REASONS, WITHDRAWN
from tests.desk_house import Desk
from tests.dialogue_house import CODE, FULL, Dialogue, open_dialogue


@pytest.fixture
def dialogue(intake_engine: Engine, desk: Desk, valkey: redis.Redis, tmp_path: Path) -> Dialogue:
    """An intake that opens codes."""
    return open_dialogue(intake_engine, desk, valkey, tmp_path)


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long each check waited."""
    waited: list[float] = []
    monkeypatch.setattr(time, "sleep", waited.append)
    return waited


def test_many_wrong_codes_slow_every_check_and_a_right_one_still_opens(dialogue: Dialogue, pauses: list[float]) -> None:
    for _ in range(30):
        count_wrong(dialogue.house)
    right = open_code(dialogue.house, CODE)
    assert not pauses, "a few mistakes cost nobody anything"
    for _ in range(10):
        count_wrong(dialogue.house)
    assert open_code(dialogue.house, CODE) == right
    for _ in range(1000):
        count_wrong(dialogue.house)
    assert open_code(dialogue.house, CODE) == right and open_code(dialogue.house, make_code(7)) != right
    assert pauses == [0.5, 3.0, 3.0]
    assert 0 < int(dialogue.house.redis.ttl("wrong-codes")) <= 60


def test_a_typing_error_waits_for_nothing(dialogue: Dialogue, pauses: list[float]) -> None:
    for _ in range(1000):
        count_wrong(dialogue.house)
    with pytest.raises(CodeTypo):
        open_code(dialogue.house, CODE[:-1] + ("0" if CODE[-1] != "0" else "1"))
    assert not pauses


def test_with_redis_away_a_code_still_opens(dialogue: Dialogue, pauses: list[float]) -> None:
    nobody = redis.Redis(host="127.0.0.1", port=1, retry=Retry(NoBackoff(), 0))
    away = replace(dialogue.house, redis=nobody)
    count_wrong(away)
    assert open_code(away, CODE) == open_code(dialogue.house, CODE)
    assert not pauses


def test_a_code_tells_how_far_it_is_and_nothing_of_the_report(dialogue: Dialogue) -> None:
    report_id = dialogue.report()
    case, values = dialogue.asks("report_status")
    assert case == "found" and set(values) == {"stage", "feedback", "question"}
    row = dialogue.desk.row(report_id)
    told = [*FULL.values(), row.category, row.neighbourhood, row.priority, row.arrived_on.isoformat(), row.arrived_part]
    for words in (one for one in told if one and len(one) > 1 and one not in ("no", "yes")):
        assert words.lower() not in str(values).lower(), words


def test_no_reason_of_the_list_names_a_place_or_a_kind_of_report() -> None:
    kinds = ("straat", "huis", "pand", "deal", "wiet", "lab", "spuit", "overlast", "coffeeshop", "bedreig")
    for reason in (*REASONS, WITHDRAWN):
        assert not [kind for kind in kinds if kind in reason.sentence.lower()], reason.code

"""What the database said: looked at again after a while, kept while it is away, never waited for by two."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import count
from threading import Event

from sqlalchemy import create_engine
from sqlalchemy.exc import OperationalError

from hotline.domain.lines import Line
from hotline.services.glance import EVERY, Glance
from hotline.services.lines import LineBoard
from hotline.storage.line_states import Standing
from tests.conftest import NOW
from tests.desk_house import DeskClock


def test_it_looks_again_only_after_a_while() -> None:
    clock, numbers = DeskClock(NOW), count(1)
    glance = Glance(lambda: next(numbers), 0, clock)
    assert [glance(), glance()] == [1, 1]
    clock.moves(EVERY - timedelta(milliseconds=1))
    assert glance() == 1
    clock.moves(timedelta(milliseconds=1))
    assert [glance(), glance()] == [2, 2]
    clock.moves(-timedelta(hours=1))  # a clock that was set back must not make an answer last for an hour
    assert glance() == 3


def test_the_last_answer_counts_while_the_database_is_away() -> None:
    clock, tries = DeskClock(NOW), 0

    def look() -> str:
        nonlocal tries
        tries += 1
        if tries in (1, 3):
            raise OperationalError("SELECT", None, Exception())
        return f"answer {tries}"

    glance = Glance(look, "first", clock)
    said = []
    for _ in range(4):
        said.append(glance())
        assert glance() == said[-1]
        clock.moves(EVERY)
    assert said == ["first", "answer 2", "answer 2", "answer 4"] and tries == 4


def test_nobody_waits_for_anothers_look_but_everybody_for_the_first() -> None:
    clock, looking, go_on, numbers = DeskClock(NOW), Event(), Event(), count(1)

    def look() -> int:
        number = next(numbers)
        looking.set()
        assert go_on.wait(30)
        return number

    glance = Glance(look, 0, clock)
    with ThreadPoolExecutor(2) as pool:
        first, second = pool.submit(glance), pool.submit(glance)
        assert looking.wait(30)
        go_on.set()
        assert (first.result(30), second.result(30)) == (1, 1)
        clock.moves(EVERY)
        looking.clear()
        go_on.clear()
        slow = pool.submit(glance)
        assert looking.wait(30)
        assert glance() == 1
        go_on.set()
        assert slow.result(30) == 2


def test_a_line_is_up_as_long_as_no_database_ever_answered() -> None:
    nowhere = create_engine("postgresql+psycopg://nobody@/nothing?host=/nowhere")
    assert LineBoard(nowhere, DeskClock(NOW)).standing(Line("a", "A", (), ())) == Standing()

"""When an attachment must be gone, and what a worker accepts as its source."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.domain.attachments import BadSource, Source, destroy_at
from hotline.domain.dayparts import local_day, part_of_day, start_of_part

MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))
RECORDING, MEDIUM = "Recordings/RE" + "a" * 32, f"Messages/MM{'b' * 32}/Media/ME{'c' * 32}"


@given(MOMENTS)
def test_it_is_gone_within_a_day_by_a_moment_that_tells_the_part_of_day_alone(now: datetime) -> None:
    end = destroy_at(now)
    assert timedelta(hours=17) <= end - now <= timedelta(hours=24)
    began = start_of_part(now)
    assert (local_day(began), part_of_day(began)) == (local_day(now), part_of_day(now))
    assert destroy_at(began) == end


@pytest.mark.parametrize("path", [RECORDING, MEDIUM])
def test_a_source_comes_back(path: str) -> None:
    source = Source(path, "2026-11-23", bytes(range(32)))
    assert Source.load(source.dump()) == source


@pytest.mark.parametrize(
    "path",
    [
        "",
        "Calls/CA" + "a" * 32,
        RECORDING + "/..",
        "../" + RECORDING,
        RECORDING + "?x=1",
        "Recordings/REx",
        "\n" + MEDIUM,
    ],
)
def test_no_other_resource_is_ever_named(path: str) -> None:
    with pytest.raises(BadSource):
        Source.load(Source(path, "2026-11-23", bytes(32)).dump())


@given(st.binary(max_size=80))
def test_no_bytes_break_it(plain: bytes) -> None:
    with pytest.raises(BadSource):
        Source.load(plain)

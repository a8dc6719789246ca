"""The calendar of keys: when each dies, and when what lives under it must have moved."""

from __future__ import annotations

from datetime import date

import pytest

from config.retention import load_terms
from config.settings import ROOT
from hotline.anonymity.key_calendar import (
    KeyKind,
    destroy_on,
    is_due,
    is_superseded,
    is_to_move,
    kind_of,
    rotated_id,
)

TERMS = load_terms(ROOT / "config" / "retention.yaml")


@pytest.mark.parametrize(
    ("key_id", "kind", "dies_on"),
    [
        ("2026-11-24", KeyKind.DAY, date(2026, 11, 28)),  # 72 hours after the midnight that ends it
        ("2026-12-31", KeyKind.DAY, date(2027, 1, 4)),
        ("2026-11", KeyKind.MONTH, date(2027, 12, 1)),
        ("2026-12", KeyKind.MONTH, date(2028, 1, 1)),
        ("dispatch", KeyKind.DISPATCH, None),
        ("dispatch-2026-11-24", KeyKind.DISPATCH, None),
        ("pepper", None, None),
        ("2026-13", None, None),
        ("dispatch-2026", None, None),
    ],
)
def test_every_key_has_its_day(key_id: str, kind: KeyKind | None, dies_on: date | None) -> None:
    assert kind_of(key_id) is kind
    assert destroy_on(key_id, TERMS) == dies_on


def test_a_month_is_emptied_two_weeks_before_it_dies() -> None:
    assert not is_to_move("2026-11", TERMS, date(2027, 11, 16))
    assert is_to_move("2026-11", TERMS, date(2027, 11, 17))
    assert not is_due("2026-11", TERMS, date(2027, 11, 30))
    assert is_due("2026-11", TERMS, date(2027, 12, 1))
    assert not is_to_move("2026-11-24", TERMS, date(2027, 12, 1)), "what a person had to judge dies with its day"
    assert not is_due("dispatch", TERMS, date(2099, 1, 1))


def test_a_replaced_pair_stays_until_nobody_seals_to_it() -> None:
    newest = rotated_id(date(2026, 11, 24))
    assert "dispatch" < newest < rotated_id(date(2026, 12, 1))
    assert not is_superseded("dispatch", newest, date(2026, 11, 25))
    assert is_superseded("dispatch", newest, date(2026, 11, 26))
    assert not is_superseded(newest, newest, date(2030, 1, 1))

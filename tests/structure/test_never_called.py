"""Nothing in the house can ring a telephone or record a call: whoever calls a reporter back tells their house who called."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
OUTSIDE = {"simulator", "canary"}
"""They play the telephone of somebody outside, and ring nothing but this house."""

RINGS = re.compile(r"\bcalls\s*\.\s*create\b|\bDial\s*\(|\.dial\s*\(|<Dial\b|/Calls\.json", re.IGNORECASE)


def test_no_code_of_ours_rings_anybody() -> None:
    code = [path for house in ("hotline", "workers", "ivr_flows", "config") for path in (ROOT / house).rglob("*.py")]
    ours = [path for path in code if not OUTSIDE & set(path.relative_to(ROOT).parts)]
    assert len(ours) > 150
    assert not [str(path) for path in ours if RINGS.search(path.read_text())]


@pytest.mark.parametrize("line", ["client.calls.create(to=x)", "response.dial(number)", "Dial(number)", '"<Dial>"'])
def test_code_that_rings_is_seen(line: str) -> None:
    assert RINGS.search(line)


RECORDS = re.compile(
    r"""\brecord\s*=\s*["'](?!false|do-not)|record-from|recordings\s*\.\s*create|/Recordings\.json""", re.IGNORECASE
)
"""What records a conversation. A `<Record>` is another thing: a tape to which somebody speaks after a tone."""


def test_no_answer_of_ours_records_a_call() -> None:
    code = [path for house in ("hotline", "workers", "ivr_flows", "config") for path in (ROOT / house).rglob("*.py")]
    ours = [path for path in code if not OUTSIDE & set(path.relative_to(ROOT).parts)]
    assert not [str(path) for path in ours if RECORDS.search(path.read_text())]


@pytest.mark.parametrize("line", ['<Dial record="record-from-answer">', "client.calls(sid).recordings.create()"])
def test_code_that_records_is_seen(line: str) -> None:
    assert RECORDS.search(line)

"""Seals what one turn told, and the first time a random number of empty parts beside it.

The carrier knows how long a call was, and a longer one leaves more parts. With the empty ones, which only the desk's key
tells from the others, the number of a report's parts says nothing of that.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from hotline.anonymity.keyring import PublicKey
from hotline.anonymity.seal import seal
from hotline.domain.content import Part, ThirdParty
from hotline.domain.dayparts import local_day
from hotline.services.house import IntakeHouse
from hotline.storage.conversations import OpenConversation
from ivr_flows.model import Answered, Output, State

MOST_EMPTY = 31


class Sealed(NamedTuple):
    """Parts of a report: the key's id, what was told (None: nothing), and those that tell nothing."""

    key_id: str | None
    told: bytes | None
    empty: list[bytes]


NOTHING = Sealed(None, None, [])


def seal_told(
    house: IntakeHouse,
    found: OpenConversation,
    after: State,
    outputs: Sequence[Output],
    third_parties: tuple[ThirdParty, ...],
    now: datetime,
) -> Sealed:
    """What this turn adds to its report, sealed to the desk's key of the month."""
    told = _told(found, after, outputs)
    if not told and not third_parties:
        return NOTHING
    key: PublicKey = house.keys().month(local_day(now))

    def sealed(answers: Mapping[str, str], third: tuple[ThirdParty, ...]) -> bytes:
        return seal(key.raw, Part(found.turn, now, found.channel, after.language, answers, third).dump())

    count = 0 if found.has_report else secrets.randbelow(MOST_EMPTY + 1)
    return Sealed(key.id, sealed(told, third_parties), [sealed({}, ()) for _ in range(count)])


def _told(found: OpenConversation, after: State, outputs: Sequence[Output]) -> Mapping[str, str]:
    """Everything so far when the report begins, else the new answers."""
    if not found.has_report:
        return {name: value for name, value in after.answers.items() if not name.startswith("_")}
    return {output.name: output.value for output in outputs if isinstance(output, Answered)}

"""Words that perhaps identify the reporter, laid apart under the desk's key of the day.

Undecided they die with that key, 72 hours on (`anonymity.md`); until then their report goes to nobody.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Collection
from dataclasses import asdict
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from hotline.anonymity.keyring import DeskKeys, IntakeKeys, KeyGone
from hotline.anonymity.scrub import Uncertain
from hotline.anonymity.seal import seal
from hotline.storage import uncertain

_log = logging.getLogger(__name__)


def seal_uncertain(keys: IntakeKeys | DeskKeys, day: date, found: Collection[Uncertain]) -> tuple[str, list[bytes]]:
    """The key's id, and each with its placeholder, sealed to the desk's key of this day.

    Where that key is missing the words are let go: the placeholders say that something stood there, and a call goes on.
    """
    if not found:
        return "", []
    try:
        key = keys.day(day)
    except KeyGone as error:
        _log.error("uncertain words are lost: key %s is not here", error.key_id)
        return "", []
    return key.id, [
        seal(key.raw, json.dumps(asdict(one), ensure_ascii=False).encode("utf-8", "replace")) for one in found
    ]


def lay_apart(
    session: Session, report_id: UUID, keys: IntakeKeys | DeskKeys, day: date, found: Collection[Uncertain]
) -> None:
    """Store them beside their report, in the caller's transaction."""
    key_id, sealed = seal_uncertain(keys, day, found)
    uncertain.add(session, report_id, key_id, sealed)

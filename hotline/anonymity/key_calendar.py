"""On which date a key's private half is destroyed, and with it all that it still seals, in every copy of everything."""

from __future__ import annotations

import re
from datetime import date, timedelta
from enum import StrEnum

from hotline.anonymity.keyring import DISPATCH
from hotline.domain.retention import Terms

REWRAP_AHEAD = timedelta(days=14)
"""How long before its date a month's living reports begin to move to the present month's key."""

ROTATED_FOR = timedelta(days=2)
"""How long an older workers' pair stays at least: until every sealer has its successor, and what it sealed is committed."""

_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_DISPATCH = re.compile(rf"{DISPATCH}(-\d{{4}}-\d{{2}}-\d{{2}})?")


class KeyKind(StrEnum):
    """What a pair is for."""

    MONTH = "month"
    DAY = "day"
    DISPATCH = "dispatch"


def kind_of(key_id: str) -> KeyKind | None:
    """The kind that a key's id names; None for what is no id of a pair."""
    kinds = ((KeyKind.MONTH, _MONTH), (KeyKind.DAY, _DAY), (KeyKind.DISPATCH, _DISPATCH))
    return next((kind for kind, form in kinds if form.fullmatch(key_id)), None)


def destroy_on(key_id: str, terms: Terms) -> date | None:
    """The first day on which the private half must not exist any more; None where no date decides (the workers' pair).

    A day's key: the term of uncertain words after that day's end. A month's key: the longest term of a report that is
    over, after that month's end; what lives longer must be sealed anew before.
    """
    match kind_of(key_id):
        case KeyKind.DAY:
            return terms.uncertain.after(date.fromisoformat(key_id) + timedelta(days=1))
        case KeyKind.MONTH:
            first = date.fromisoformat(f"{key_id}-01")
            return terms.longest_after_end.after((first + timedelta(days=32)).replace(day=1))
        case _:
            return None


def is_due(key_id: str, terms: Terms, today: date) -> bool:
    """Whether the date of this key has come."""
    on = destroy_on(key_id, terms)
    return on is not None and on <= today


def is_to_move(key_id: str, terms: Terms, today: date) -> bool:
    """Whether what lives under this month's key must now be sealed anew."""
    on = destroy_on(key_id, terms)
    return kind_of(key_id) is KeyKind.MONTH and on is not None and on - REWRAP_AHEAD <= today


def rotated_id(today: date) -> str:
    """The id of a workers' pair made today; ids order as they were made."""
    return f"{DISPATCH}-{today.isoformat()}"


def is_superseded(key_id: str, newest: str, today: date) -> bool:
    """Whether nobody can be sealing to this older workers' pair any more."""
    if key_id >= newest:
        return False
    return date.fromisoformat(newest.removeprefix(f"{DISPATCH}-")) + ROTATED_FOR <= today

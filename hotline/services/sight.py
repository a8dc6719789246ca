"""Who at the desk sees which report: what is about a partner's own people is the supervisor's, and who knows them looks away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from hotline.domain.errors import NotAllowed
from hotline.services.house import DeskHouse
from hotline.storage import audit, reports, sight
from hotline.storage.session import transaction

SEES_RESTRICTED = "supervisor"
"""The one role that sees reports about a partner's own people."""


@dataclass(frozen=True, slots=True)
class Viewer:
    """Somebody at the desk."""

    username: str
    role: str


def hidden_from(house: DeskHouse, viewer: Viewer) -> frozenset[UUID]:
    """The reports that this person must not see, in no list, count, page or result."""
    with transaction(house.engine) as session:
        hidden = sight.recused(session, viewer.username)
        return frozenset(hidden if viewer.role == SEES_RESTRICTED else hidden | sight.restricted(session))


def is_hidden(house: DeskHouse, viewer: Viewer, named: Mapping[str, object]) -> bool:
    """Whether an address leads to a report that this person must not see; `named` holds the ids of the address."""
    with transaction(house.engine) as session:
        found = [sight.report_of(session, name, one) for name, one in named.items() if isinstance(one, UUID)]
    return bool(found) and not hidden_from(house, viewer).isdisjoint(found)


def left_to_supervisor(house: DeskHouse) -> frozenset[UUID]:
    """The reports that no operator sees any more, so that somebody else must take them."""
    with transaction(house.engine) as session:
        return frozenset(sight.without_operator(session) | sight.restricted(session))


def recuse(house: DeskHouse, report_id: UUID, *, viewer: Viewer, now: datetime) -> None:
    """Take a report out of somebody's own sight for good: they know these people. NotAllowed for the last who sees it."""
    with transaction(house.engine) as session:
        report = reports.locked(session, report_id)
        if not sight.others_who_see(session, report, viewer.username):
            raise NotAllowed("U bent de laatste die deze melding kan zien. Bel de beheerder.")
        sight.recuse(session, report_id, viewer.username)
        if report.lease_by == viewer.username:
            report.lease_by = report.lease_until = None
            report.version += 1
        audit.record(session, actor=viewer.username, act="recuse", now=now, report_id=report_id)

"""The queue of the desk: what waits, the most urgent first, with how long it has waited."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal
from uuid import UUID

from hotline.domain.lifecycle import AT_PARTNERS, OPEN_AT_DESK, OVER, Status
from hotline.domain.report import Priority
from hotline.services.desk_lease import holder_of
from hotline.services.desk_opened import open_parts
from hotline.services.house import DeskHouse
from hotline.storage import attachments, reports
from hotline.storage.attachments import Kind
from hotline.storage.session import transaction
from hotline.storage.tables import Report

LONGEST = 200
"""So many rows on one screen; the rest are counted."""

View = Literal["open", "partners", "done", "training"]
VIEWS: Mapping[View, Collection[Status]] = {
    "open": OPEN_AT_DESK,
    "partners": AT_PARTNERS,
    "done": OVER,
    "training": tuple(Status),
}
"""Exercises stand in the last view alone, wherever they are."""


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One line of the queue. `waiting` is None where the arrival could not be opened, or no longer matters.

    `has_news`: the reporter added something that nobody at the desk has read. `attached`: what can be heard or seen.
    """

    id: UUID
    status: Status
    priority: Priority
    category: str | None
    neighbourhood: str | None
    arrived_on: date
    arrived_part: str
    waiting: timedelta | None
    late: bool
    holder: str | None
    has_news: bool
    is_restricted: bool
    attached: Collection[Kind] = ()

    @property
    def can_take(self) -> bool:
        """Whether the desk still works on it."""
        return self.status in OPEN_AT_DESK


@dataclass(frozen=True, slots=True)
class Queue:
    """One view of the queue, and how many reports each view holds."""

    rows: tuple[QueueRow, ...]
    counts: Mapping[View, int]
    view: View

    @property
    def unseen(self) -> int:
        """How many reports of this view did not fit on the screen."""
        return max(0, self.counts[self.view] - len(self.rows))


class Arrivals:
    """The exact arrivals of the reports on the screen, in the desk's memory and nowhere else.

    Opening seals at every refresh would cost a tenth of a second for a long queue; an arrival never changes.
    """

    def __init__(self) -> None:
        self._known: dict[UUID, datetime] = {}

    def fill(self, house: DeskHouse, report_ids: Collection[UUID]) -> Mapping[UUID, datetime]:
        """The arrival of each of these reports that can be opened; all others are forgotten."""
        known = {report_id: self._known[report_id] for report_id in report_ids if report_id in self._known}
        missing = [report_id for report_id in report_ids if report_id not in known]
        if missing:
            keys = house.keys()
            with transaction(house.engine) as session:
                sealed = reports.parts_of(session, missing)
            for report_id, parts in sealed.items():
                try:
                    known[report_id] = min(part.at for part in open_parts(keys, parts))
                except Exception:  # noqa: S112 - one report that cannot be opened must not hide the queue
                    continue
        self._known = known
        return known


def list_queue(
    house: DeskHouse,
    *,
    now: datetime,
    view: View = "open",
    arrivals: Arrivals | None = None,
    hidden: Collection[UUID] = (),
) -> Queue:
    """One view: by priority, then the newest first. At most `LONGEST` rows; the counts are of all but the `hidden`."""
    with transaction(house.engine) as session:
        found = reports.page(session, VIEWS[view], limit=LONGEST, training=view == "training", hidden=hidden)
        by_status = reports.count_by_status(session, hidden=hidden)
        exercises = reports.count_by_status(session, training=True, hidden=hidden)
        attached = attachments.kinds_of(session, [one.id for one in found if Status(one.status) in OPEN_AT_DESK], now)
    known = (arrivals or Arrivals()).fill(house, [report.id for report in found]) if view == "open" else {}
    rows = [_row(report, known.get(report.id), now, attached) for report in found]
    if view == "open":
        rows.sort(key=lambda row: (row.priority, row.waiting if row.waiting is not None else timedelta.max))
    counts: dict[View, int] = {
        name: sum((exercises if name == "training" else by_status).get(status, 0) for status in statuses)
        for name, statuses in VIEWS.items()
    }
    return Queue(tuple(rows), counts, view)


def _row(
    report: Report, arrived: datetime | None, now: datetime, attached: Mapping[UUID, Collection[Kind]]
) -> QueueRow:
    return QueueRow(
        id=report.id,
        status=Status(report.status),
        priority=Priority(report.priority),
        category=report.category,
        neighbourhood=report.neighbourhood,
        arrived_on=report.arrived_on,
        arrived_part=report.arrived_part,
        waiting=max(timedelta(0), now - arrived) if arrived else None,
        late=Status(report.status) in OPEN_AT_DESK and now > report.due_at and not report.training,
        holder=holder_of(report, now),
        has_news=report.has_news,
        attached=attached.get(report.id, ()),
        is_restricted=report.is_restricted,
    )

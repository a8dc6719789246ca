"""What reporters told under their codes about reports that left the desk, and what it wants the desk to do."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from hotline.domain.lifecycle import Status
from hotline.domain.report import Priority
from hotline.services.house import DeskHouse
from hotline.storage import reports
from hotline.storage.session import transaction

LONGEST = 100


@dataclass(frozen=True, slots=True)
class News:
    """One such report. `has_addition` includes corrections; no moment is known of any of it outside the seal."""

    id: UUID
    status: Status
    priority: Priority
    category: str | None
    neighbourhood: str | None
    has_addition: bool
    is_withdrawn: bool
    has_answer: bool


def list_news(house: DeskHouse) -> list[News]:
    """The most urgent first, at most `LONGEST`."""
    with transaction(house.engine) as session:
        return [
            News(
                id=report.id,
                status=Status(report.status),
                priority=Priority(report.priority),
                category=report.category,
                neighbourhood=report.neighbourhood,
                has_addition=report.has_news and not report.is_withdrawn,
                is_withdrawn=report.has_news and report.is_withdrawn,
                has_answer=has_answer,
            )
            for report, has_answer in reports.with_news(session, limit=LONGEST)
        ]

"""One report as its page shows it: what was told, the desk's text, who holds it, who receives it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from hotline.domain.content import Content, Part
from hotline.domain.lifecycle import AT_PARTNERS, OPEN_AT_DESK, DeliveryStatus, Stage, Status
from hotline.domain.report import Priority, rate
from hotline.domain.routing import route
from hotline.services.answers import Asked, open_questions
from hotline.services.desk_lease import holder_of
from hotline.services.desk_opened import last_turn, open_what_opens
from hotline.services.house import DeskHouse
from hotline.services.judging import Doubt, open_doubts
from hotline.services.question_state import respond_by
from hotline.storage import audit, questions, recipients, reports, uncertain
from hotline.storage.session import transaction
from hotline.storage.tables import Delivery, Recipient

_AROUND = 60
"""So many characters on either side of uncertain words."""


@dataclass(frozen=True, slots=True)
class Sent:
    """One partner's hold on the report, and how its delivery stands (None for a partner that reads the portal).

    `held_until` is the last day on which the partner's copy is kept beyond its term, for `hold_reason`.
    """

    id: UUID
    partner: str
    role: str
    stage: Stage
    respond_by: datetime
    return_reason: str | None
    delivery_id: UUID | None
    delivery: str | None
    due_at: datetime | None
    attempts: int
    failure: str | None
    held_until: date | None
    hold_reason: str | None


@dataclass(frozen=True, slots=True)
class ReportPage:
    """All that the page of one report needs. `since` is when the holder took it.

    Where `missing_keys` names any, `parts` and `content` are what the others open.
    """

    id: UUID
    status: Status
    priority: Priority
    proposed: Priority
    category: str | None
    neighbourhood: str | None
    arrived_on: date
    arrived_part: str
    due_at: datetime
    version: int
    reason: str | None
    has_code: bool
    training: bool
    holder: str | None
    since: datetime | None
    has_desk_text: bool
    parts: tuple[Part, ...]
    content: Content
    recipients: tuple[Sent, ...]
    has_news: bool
    is_withdrawn: bool
    is_restricted: bool
    questions: tuple[Asked, ...]
    doubts: tuple[Doubt, ...]
    missing_keys: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether the desk still works on it."""
        return self.status in OPEN_AT_DESK

    @property
    def is_at_partners(self) -> bool:
        """Whether partners have it and still work on it."""
        return self.status in AT_PARTNERS

    @property
    def arrived_at(self) -> datetime | None:
        """The exact arrival, which exists only inside the seal."""
        return min((part.at for part in self.parts), default=None)

    def words_around(self, placeholder: str) -> tuple[str, str]:
        """What stands before and behind a placeholder, some words of it, so that a person can judge."""
        told = (value for part in self.parts for value in part.answers.values())
        for text in (self.content.text, *self.content.answers.values(), *told):
            before, found, behind = text.partition(placeholder)
            if found:
                return _last_words(before), _first_words(behind)
        return "", ""

    @property
    def seen(self) -> int:
        """The last turn on this page."""
        return last_turn(self.parts)


def open_report(house: DeskHouse, report_id: UUID, *, now: datetime) -> ReportPage:
    """Open one report; raises NotFound. The caller notes who read it, because live updates read it too."""
    with transaction(house.engine) as session:
        report = reports.by_id(session, report_id)
        sealed = reports.parts_of(session, [report_id]).get(report_id, [])
        holder = holder_of(report, now)
        since = reports.held_since(session, report_id, holder) if holder else None
        held = recipients.of_report(session, report_id)
        deliveries = reports.deliveries_of(session, report_id)
        asked = questions.of_recipients(session, [one.id for one in held])
        waiting = uncertain.of_report(session, report_id)
    keys = house.keys()
    parts, content, missing = open_what_opens(keys, report, sealed)
    names = {one.id: house.partner_name(one.partner) for one in held}
    return ReportPage(
        id=report.id,
        status=Status(report.status),
        priority=Priority(report.priority),
        proposed=rate(content.answers),
        category=report.category,
        neighbourhood=report.neighbourhood,
        arrived_on=report.arrived_on,
        arrived_part=report.arrived_part,
        due_at=report.due_at,
        version=report.version,
        reason=report.reason,
        has_code=report.reply_public is not None,
        training=report.training,
        holder=holder,
        since=since,
        has_desk_text=report.desk_text is not None,
        parts=parts,
        content=content,
        recipients=tuple(
            _sent(one, deliveries, names[one.id], respond_by(one, asked.get(one.id, ()), now)) for one in held
        ),
        has_news=report.has_news,
        is_withdrawn=report.is_withdrawn,
        is_restricted=report.is_restricted,
        questions=open_questions(keys, names, asked, parts),
        doubts=open_doubts(keys, waiting),
        missing_keys=missing,
    )


def _last_words(text: str) -> str:
    return text if len(text) <= _AROUND else "… " + text[-_AROUND:].partition(" ")[2]


def _first_words(text: str) -> str:
    return text if len(text) <= _AROUND else text[:_AROUND].rpartition(" ")[0] + " …"


def note_reading(house: DeskHouse, report_id: UUID, operator: str, *, now: datetime) -> None:
    """Write down that somebody read a report without holding it."""
    with transaction(house.engine) as session:
        audit.record(session, actor=operator, act="read", now=now, report_id=report_id)


def names_for(house: DeskHouse, category: str) -> tuple[str, ...]:
    """The names of the partners that a report of this category goes to."""
    return tuple(partner.name for partner in route(category, house.partners))


def _sent(recipient: Recipient, deliveries: Sequence[Delivery], name: str, due: datetime) -> Sent:
    mine = [one for one in deliveries if one.recipient_id == recipient.id]
    delivery = next((one for one in mine if one.status != DeliveryStatus.DELIVERED), mine[0] if mine else None)
    return Sent(
        id=recipient.id,
        partner=name,
        role=recipient.role,
        stage=Stage(recipient.stage),
        respond_by=due,
        return_reason=recipient.return_reason,
        delivery_id=delivery.id if delivery else None,
        delivery=delivery.status if delivery else None,
        due_at=delivery.due_at if delivery else None,
        attempts=delivery.attempts if delivery else 0,
        failure=delivery.reason if delivery else None,
        held_until=recipient.held_until,
        hold_reason=recipient.hold_reason,
    )

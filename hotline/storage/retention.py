"""The SQL of letting go: reports that are over, what counts them, and the record of every destruction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, and_, delete, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from hotline.domain.lifecycle import OVER, QuestionStatus, Status
from hotline.domain.retention import Standing, Tombstone
from hotline.storage.tables import AuditEvent, Delivery, Question, Recipient, Report, UncertainWords
from hotline.storage.tables_retention import Destruction, TombstoneCount

_UNFINISHED = (QuestionStatus.DRAFT, QuestionStatus.ASKED, QuestionStatus.ANSWERED)
_WIPED = b""


def mark_over(session: Session, term_from: date) -> int:
    """Let the term begin of every report that is over and whose term has not begun; gives how many."""
    over = update(Report).where(Report.status.in_(OVER), Report.term_from.is_(None)).values(term_from=term_from)
    return len(session.execute(over.returning(Report.id)).all())


def read_standings(
    session: Session, now: datetime, *, arrived_before: date, after: UUID | None, limit: int
) -> Mapping[UUID, Standing]:
    """A page of the reports that arrived before a day, by id, from the one behind `after` on."""
    wanted = _STANDING.where(Report.arrived_on < arrived_before).order_by(Report.id).limit(limit)
    if after is not None:
        wanted = wanted.where(Report.id > after)
    return dict(_standing(row, now) for row in session.execute(wanted))


def lock_standings(session: Session, now: datetime, report_ids: Collection[UUID]) -> Mapping[UUID, Standing]:
    """Those of these reports that nobody else holds at this moment, read again and held until the transaction ends."""
    mine = _STANDING.where(Report.id.in_(report_ids)).with_for_update(of=Report, skip_locked=True)
    return dict(_standing(row, now) for row in session.execute(mine))


def delete_reports(session: Session, report_ids: Collection[UUID]) -> None:
    """Delete reports with all that hangs on them: parts, texts, replies, questions, feedback, holds and deliveries."""
    session.execute(delete(Report).where(Report.id.in_(report_ids)))


def forget_undecided(session: Session, key_id: str) -> None:
    """Delete the words that nobody judged in time, with the key of their day."""
    session.execute(delete(UncertainWords).where(UncertainWords.key_id == key_id))


def count_tombstones(session: Session, graves: Counter[Tombstone]) -> None:
    """Add to the cells of the statistics."""
    for grave, count in sorted(graves.items()):
        stone = insert(TombstoneCount).values(**grave._asdict(), count=count)
        more = TombstoneCount.count + stone.excluded.count
        session.execute(stone.on_conflict_do_update(index_elements=list(Tombstone._fields), set_={"count": more}))


def wipe_partner_copies(session: Session, *, before: datetime, today: date, dry_run: bool = False) -> int:
    """Empty the versions that partners have had for long enough; gives how many. What is held today stays.

    What left by an adapter: so long after its delivery. What stands at the portal: so long after the partner answered,
    or after its term to do so, because a partner that still works on it reads it nowhere else.
    """
    held = select(Recipient.id).where(Recipient.held_until >= today)
    free = or_(Delivery.recipient_id.is_(None), Delivery.recipient_id.not_in(held))
    delivered = and_(Delivery.delivered_at < before, Delivery.sealed != _WIPED, free)
    over = func.greatest(Recipient.released_at, func.coalesce(Recipient.answered_at, Recipient.respond_by))
    read = and_(
        Recipient.id.not_in(held), over < before, or_(Recipient.updated_at.is_(None), Recipient.updated_at < before)
    )
    shown = and_(read, or_(Recipient.portal_copy != _WIPED, Recipient.update_copy != _WIPED))
    if dry_run:
        return sum(
            session.scalar(select(func.count(table.id)).where(which)) or 0
            for table, which in ((Delivery, delivered), (Recipient, shown))
        )
    wiped = session.execute(update(Delivery).where(delivered).values(sealed=_WIPED).returning(Delivery.id)).all()
    emptied = update(Recipient).where(shown).values(portal_copy=_WIPED, update_copy=None, update_key_id=None)
    return len(wiped) + len(session.execute(emptied.returning(Recipient.id)).all())


def delete_audit(session: Session, *, before: date, dry_run: bool = False) -> int:
    """Delete audit rows of days before this one; gives how many. The database refuses those of the last year."""
    old = AuditEvent.happened_on < before
    count = session.scalar(select(func.count(AuditEvent.happened_on)).where(old)) or 0
    if count and not dry_run:
        session.execute(delete(AuditEvent).where(old))
    return count


def record_destruction(
    session: Session, *, on: date, what: str, rule: str, count: int, key_id: str | None = None
) -> None:
    """Write down what was destroyed, in the caller's transaction."""
    row = Destruction(id=uuid4(), destroyed_on=on, what=what, rule=rule, count=count, key_id=key_id)
    session.add(row)


def destroyed_keys(session: Session) -> frozenset[str]:
    """The ids of all keys that were destroyed."""
    ids = session.scalars(select(Destruction.key_id).where(Destruction.key_id.is_not(None)))
    return frozenset(one for one in ids if one is not None)


def _has_question() -> ColumnElement[bool]:
    return select(Question.id).where(Question.report_id == Report.id, Question.status.in_(_UNFINISHED)).exists()


_STANDING = select(
    Report.id,
    Report.category,
    Report.status,
    Report.neighbourhood,
    Report.arrived_on,
    Report.term_from,
    Report.training,
    Report.is_withdrawn,
    Report.lease_until,
    or_(Report.has_news, _has_question()).label("waits"),
)


def _standing(row: object, now: datetime) -> tuple[UUID, Standing]:
    values = dict(row._mapping)  # type: ignore[attr-defined]
    lease_until = values.pop("lease_until")
    status = Status(values.pop("status"))
    is_leased = lease_until is not None and lease_until > now
    return values.pop("id"), Standing(status=status, is_leased=is_leased, **values)

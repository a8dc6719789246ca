"""Lets reports, partners' versions, audit rows and backups go when their term is over; says beforehand what would go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from hotline.domain.dayparts import MAASTRICHT, local_day, week_of
from hotline.domain.errors import HotlineError
from hotline.domain.retention import Fate, Standing, State, Term, Tombstone, bury, is_backlog, judge
from hotline.services.keeping import KeepingHouse
from hotline.storage import audit
from hotline.storage import retention as store
from hotline.storage.backup import find_expired
from hotline.storage.session import transaction

ACTOR = "retention"
"""Who acted, in the audit log; never a user name."""

_PAGE, _BATCH = 1000, 200
_DAY, _WEEK = timedelta(days=1), timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Group:
    """The reports of one category and state: how many go now, are held although their term is over, and are kept."""

    category: str
    state: State
    goes: int
    held: int
    kept: int
    oldest: date

    def __str__(self) -> str:
        numbers = f"{self.goes:>6} go {self.held:>6} held {self.kept:>6} kept"
        return f"{self.category or '-':<12} {self.state:<10} {numbers}   the oldest of {self.oldest}"


@dataclass(frozen=True, slots=True)
class Survey:
    """What would go today."""

    groups: tuple[Group, ...]
    partner_copies: int
    audit_rows: int


@dataclass(frozen=True, slots=True)
class Gone:
    """What went."""

    reports: int
    partner_copies: int
    audit_rows: int


def survey(house: KeepingHouse, now: datetime) -> Survey:
    """Look and change nothing."""
    today = local_day(now)
    counts: dict[tuple[str, State], Counter[Fate]] = {}
    oldest: dict[tuple[str, State], date] = {}
    for page in _pages(house, now, arrived_before=today + _DAY):
        for standing in page.values():
            group = standing.category or "", standing.state
            counts.setdefault(group, Counter())[judge(house.terms, standing, today).fate] += 1
            oldest[group] = min(standing.arrived_on, oldest.get(group, standing.arrived_on))
    groups = [
        Group(*group, counts[group][Fate.GOES], counts[group][Fate.HELD], counts[group][Fate.KEPT], oldest[group])
        for group in sorted(counts)
    ]
    with transaction(house.engine) as session:
        copies = store.wipe_partner_copies(
            session, before=_moment(house.terms.partner_copy, today), today=today, dry_run=True
        )
        rows = store.delete_audit(session, before=_first_kept(house.terms.audit, today), dry_run=True)
    return Survey(tuple(groups), copies, rows)


class Backlog(HotlineError):
    """So much is over for so long that a person must look before it goes."""


def retain(house: KeepingHouse, now: datetime, *, attended: bool = False) -> Gone:
    """Let go what is due, in small transactions that each leave their own record of destruction.

    Unless a person asked for it (`attended`), nothing goes while there is a backlog; then it raises Backlog.

    Running it twice, or in two processes at once, is harmless: each report is locked and judged again before it goes.
    """
    today = local_day(now)
    if not attended:
        _refuse_backlog(house, now, today)
    with transaction(house.engine) as session:
        store.mark_over(session, week_of(now) + _WEEK)
    gone = 0
    for page in _pages(house, now, arrived_before=today):
        due = [one for one, standing in page.items() if judge(house.terms, standing, today).fate is Fate.GOES]
        for start in range(0, len(due), _BATCH):
            gone += _let_go(house, due[start : start + _BATCH], now)
    terms = house.terms
    with transaction(house.engine) as session:
        copies = store.wipe_partner_copies(session, before=_moment(terms.partner_copy, today), today=today)
        if copies:
            rule = f"partners' copies {terms.partner_copy}"
            store.record_destruction(session, on=today, what="partner copies", rule=rule, count=copies)
        rows = store.delete_audit(session, before=_first_kept(terms.audit, today))
        if rows:
            store.record_destruction(session, on=today, what="audit", rule=f"audit {terms.audit}", count=rows)
    return Gone(gone, copies, rows)


def remove_backups(house: KeepingHouse, now: datetime) -> int:
    """Remove this host's backups whose last day is past; gives how many. What they hold died elsewhere by then."""
    expired = list(find_expired(house.backups, local_day(now)))
    for path in expired:
        path.unlink(missing_ok=True)
    if expired:
        with transaction(house.engine) as session:
            rule = f"backups {house.terms.backup}"
            store.record_destruction(session, on=local_day(now), what="backups", rule=rule, count=len(expired))
    return len(expired)


def note_rotation(house: KeepingHouse, key_id: str, *, actor: str, now: datetime) -> None:
    """Write down that the workers got a new pair."""
    with transaction(house.engine) as session:
        audit.record(session, actor=actor, act="rotate_key", now=now, fields=[key_id])


def _refuse_backlog(house: KeepingHouse, now: datetime, today: date) -> None:
    late = sum(
        is_backlog(house.terms, judge(house.terms, standing, today), today)
        for page in _pages(house, now, arrived_before=today)
        for standing in page.values()
    )
    if late:
        raise Backlog(
            f"{late} reports should have gone long ago, so nothing goes: look at the clock and at the terms "
            "(`hotline retain --dry-run`), then run `hotline retain`"
        )


def _let_go(house: KeepingHouse, report_ids: Sequence[UUID], now: datetime) -> int:
    """One transaction: the reports, the statistics that stay of them, and the record. The audit log keeps their ids."""
    today = local_day(now)
    with transaction(house.engine) as session:
        due: dict[UUID, str] = {}
        graves = Counter[Tombstone]()
        for one, standing in store.lock_standings(session, now, report_ids).items():
            judgement = judge(house.terms, standing, today)
            if judgement.fate is Fate.GOES:
                due[one] = judgement.rule
                grave = bury(standing, house.neighbourhoods)
                graves.update([grave] if grave else [])
        store.delete_reports(session, due)
        store.count_tombstones(session, graves)
        for rule, count in sorted(Counter(due.values()).items()):
            store.record_destruction(session, on=today, what="reports", rule=rule, count=count)
        for one, rule in due.items():
            audit.record(session, actor=ACTOR, act="destroy", now=now, report_id=one, fields=[rule])
        return len(due)


def _pages(house: KeepingHouse, now: datetime, *, arrived_before: date) -> Iterator[Mapping[UUID, Standing]]:
    after = None
    while True:
        with transaction(house.engine) as session:
            page = store.read_standings(session, now, arrived_before=arrived_before, after=after, limit=_PAGE)
        if not page:
            return
        yield page
        after = list(page)[-1]


def _first_kept(term: Term, today: date) -> date:
    """The first day of which nothing is due yet."""
    return term.before(today) + _DAY


def _moment(term: Term, today: date) -> datetime:
    return datetime.combine(_first_kept(term, today), datetime.min.time(), MAASTRICHT)

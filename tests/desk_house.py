"""A desk with keys and partners of its own, and reports in its database, for tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from secrets import token_bytes
from uuid import UUID, uuid4

import redis
from sqlalchemy import Engine

from hotline.anonymity.keyring import DeskKeys, KeyPair, day_id, make_pair, month_id
from hotline.anonymity.scrub import Uncertain
from hotline.anonymity.seal import seal
from hotline.domain.content import Part, ThirdParty
from hotline.domain.dayparts import local_day, part_of_day
from hotline.domain.partners import Partner
from hotline.domain.promise import desk_due
from hotline.domain.report import Priority
from hotline.services.house import DeskHouse
from hotline.services.uncertain import lay_apart
from hotline.services.wakeup import Bell
from hotline.storage.session import transaction
from hotline.storage.tables import Report, ReportPart

PARTNERS = (
    Partner("politie", "Politie Limburg", "webhook", receives=("dealing", "premises", "production", "threat")),
    Partner("gemeente", "Gemeente Maastricht", "portal", receives=("waste", "dealing")),
)
REPLY = make_pair("reply")
DISPATCH = make_pair("dispatch")


@dataclass
class DeskClock:
    """A clock that stands still until it is moved."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now

    def moves(self, by: timedelta) -> None:
        """Later."""
        self.now += by


@dataclass
class Desk:
    """The house under test, with the hands to put reports into it."""

    house: DeskHouse
    owner: Engine
    month: KeyPair
    clock: DeskClock
    told: dict[UUID, int] = field(default_factory=dict)

    def report(
        self,
        answers: Mapping[str, str],
        *,
        status: str = "incomplete",
        priority: Priority = Priority.P3,
        third: Sequence[ThirdParty] = (),
        ago: timedelta = timedelta(minutes=10),
        with_code: bool = True,
    ) -> UUID:
        """A report as the intake leaves it: one sealed part and the coarse columns."""
        report_id, arrived = uuid4(), self.clock.now - ago
        with transaction(self.owner) as session:
            session.add(
                Report(
                    id=report_id,
                    status=status,
                    category=answers.get("category"),
                    priority=priority.value,
                    neighbourhood=answers.get("neighbourhood"),
                    arrived_on=local_day(arrived),
                    arrived_part=part_of_day(arrived),
                    due_at=desk_due(priority, arrived),
                    code_lookup=uuid4().bytes * 2 if with_code else None,
                    reply_public=REPLY.public if with_code else None,
                    version=1,
                )
            )
        self.tell(report_id, answers, third=third, at=arrived)
        return report_id

    def tell(
        self,
        report_id: UUID,
        answers: Mapping[str, str],
        *,
        third: Sequence[ThirdParty] = (),
        uncertain: Sequence[Uncertain] = (),
        at: datetime | None = None,
    ) -> None:
        """One more turn of the reporter."""
        turn = self.told[report_id] = self.told.get(report_id, 0) + 1
        part = Part(turn, at or self.clock.now, "voice", "nl", answers, tuple(third))
        with transaction(self.owner) as session:
            session.add(
                ReportPart(
                    id=uuid4(),
                    report_id=report_id,
                    key_id=self.month.id,
                    sealed=seal(self.month.public, part.dump()),
                )
            )
            lay_apart(session, report_id, self.house.keys(), local_day(self.clock.now), uncertain)

    def row(self, report_id: UUID) -> Report:
        """The report's row as it stands."""
        with transaction(self.owner) as session:
            return session.get_one(Report, report_id)


def open_desk(desk_engine: Engine, owner_engine: Engine, valkey: redis.Redis, now: datetime) -> Desk:
    """A desk at this moment."""
    month = make_pair(month_id(local_day(now)))
    days = {one.id: one for one in (make_pair(day_id(local_day(now + timedelta(days=ahead)))) for ahead in range(5))}
    keys = DeskKeys({month.id: month}, days, DISPATCH.public, index={month.id: token_bytes(32)})
    clock = DeskClock(now)
    house = DeskHouse(engine=desk_engine, keys=lambda: keys, partners=PARTNERS, bell=Bell(valkey), clock=clock)
    return Desk(house, owner_engine, month, clock)

"""An operator's hold on a report: one at a time, five minutes at a time."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from hotline.domain.errors import Leased, NotAllowed
from hotline.domain.lifecycle import OPEN_AT_DESK, Status
from hotline.services.house import DeskHouse
from hotline.storage import audit, reports
from hotline.storage.session import transaction
from hotline.storage.tables import Report

LEASE = timedelta(minutes=5)
"""Renewed every minute while the page is open, so that a browser that died frees the report soon."""


def holder_of(report: Report, now: datetime) -> str | None:
    """Who holds the report at this moment."""
    held = report.lease_until is not None and report.lease_until > now
    return report.lease_by if held else None


def take(house: DeskHouse, report_id: UUID, operator: str, now: datetime) -> None:
    """Hold the report; raises Leased when a colleague does, NotAllowed when it has left the desk."""
    with transaction(house.engine) as session:
        report = reports.locked(session, report_id)
        hold(report, operator, now)
        audit.record(session, actor=operator, act="take", now=now, report_id=report_id)


def renew(house: DeskHouse, report_id: UUID, operator: str, now: datetime) -> bool:
    """Hold on for five more minutes; False when the operator does not hold it (any more)."""
    with transaction(house.engine) as session:
        report = reports.locked(session, report_id)
        if report.lease_by != operator or Status(report.status) not in OPEN_AT_DESK:
            return False
        report.lease_until = now + LEASE
        return True


def give_back(house: DeskHouse, report_id: UUID, operator: str, now: datetime) -> None:
    """Let the report go; harmless when it was not held."""
    with transaction(house.engine) as session:
        report = reports.locked(session, report_id)
        if report.lease_by == operator:
            report.lease_by = report.lease_until = None
            audit.record(session, actor=operator, act="give_back", now=now, report_id=report_id)


def hold(report: Report, operator: str, now: datetime) -> None:
    """Take or renew within a transaction that locked the report; raises Leased or NotAllowed.

    Another operator's hold makes a new version, so that a page left open by the one before cannot overwrite.
    """
    if Status(report.status) not in OPEN_AT_DESK:
        raise NotAllowed("the report has left the desk")
    holder = holder_of(report, now)
    if holder is not None and holder != operator:
        raise Leased(holder)
    if report.lease_by != operator:
        report.version += 1
    report.lease_by, report.lease_until = operator, now + LEASE

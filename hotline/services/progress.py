"""Brings a report's status to where its answerable partners are, and closes it when all have answered."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from hotline.domain.lifecycle import ALLOWED, Stage, Status, check_step, furthest
from hotline.storage import audit, questions, recipients
from hotline.storage.tables import Report


def advance_status(session: Session, report: Report, *, actor: str, now: datetime) -> None:
    """Set the status that the primary partners' stages call for; the caller holds the report's lock.

    When every primary partner that did not hand the report back has an approved answer, each is closed and so is the
    report. A status never falls back, but to `complete` when all handed it back: what the reporter heard stays true.
    """
    primaries = [one for one in recipients.of_report(session, report.id) if one.role == "primary"]
    live = [one for one in primaries if one.stage != Stage.RETURNED]
    if live and all(one.stage in (Stage.ANSWERED, Stage.CLOSED) for one in live):
        for one in live:
            one.stage = Stage.CLOSED.value
    target = furthest(Stage(one.stage) for one in primaries)
    if target is Status.CLOSED and report.status not in (Status.ANSWERED, Status.CLOSED):
        _step(report, Status.ANSWERED)
    if target in ALLOWED[Status(report.status)]:
        _step(report, target)
        if target is Status.CLOSED:
            for one in live:
                questions.drop_open(session, one.id)
            audit.record(session, actor=actor, act="close", now=now, report_id=report.id)


def _step(report: Report, then: Status) -> None:
    check_step(Status(report.status), then)
    report.status = then.value

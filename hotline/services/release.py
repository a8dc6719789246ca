"""Turns a released report into one version, one hold and one delivery per partner."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from sqlalchemy.orm import Session

from hotline.anonymity.keyring import DeskKeys
from hotline.anonymity.seal import seal
from hotline.domain.content import Content
from hotline.domain.dayparts import local_day
from hotline.domain.errors import NotAllowed
from hotline.domain.grain import Grain
from hotline.domain.lifecycle import DeliveryStatus, Stage
from hotline.domain.partners import Partner
from hotline.domain.promise import partner_due
from hotline.domain.report import Priority
from hotline.domain.routing import route
from hotline.domain.versions import ReportFacts, dump_version, partner_version
from hotline.services.guard import coarsen_report, note_given
from hotline.storage import recipients
from hotline.storage.tables import Delivery, Recipient, Report

Delay = Callable[[Priority], timedelta]

_HOUR = timedelta(hours=1)


def hide_moment(random: Callable[[], float]) -> Delay:
    """The delay of production: P3 and P4 leave one to three hours after release; `random` gives 0..1.

    A release minutes after a call would tie the partner's copy to that call.
    """

    def delay(priority: Priority) -> timedelta:
        return _HOUR * (1 + 2 * random()) if priority in (Priority.P3, Priority.P4) else timedelta(0)

    return delay


def hide_reaction(random: Callable[[], float]) -> Delay:
    """How long a reporter's reaction waits before partners may see it: 2 to 24 hours; with P0 and P1 the desk decides.

    A question answered within the hour would tell the partner whose telephone to look for.
    """

    def delay(priority: Priority) -> timedelta:
        return timedelta(0) if priority in (Priority.P0, Priority.P1) else _HOUR * (2 + 22 * random())

    return delay


def leave_at_once(priority: Priority) -> timedelta:
    """The delay of the demo, so that a demonstration needs no patience."""
    return timedelta(0)


def plan_release(
    session: Session,
    *,
    report: Report,
    content: Content,
    partners: Sequence[Partner],
    keys: DeskKeys,
    now: datetime,
    delay: Delay,
) -> list[Recipient]:
    """Write a hold and a delivery per partner that the routing names, in the caller's transaction.

    A partner that handed the report back and is named again gets the new version under the id it knows. Every partner
    has a delay of its own, so that two of them cannot join their versions by the minute. Raises NotAllowed, in Dutch,
    when nobody would have to answer, when it is an exercise or about a partner's own people, or when all partners together
    would know too much.
    """
    if report.training:
        raise NotAllowed("Een oefening gaat naar geen enkele partner.")
    if report.is_restricted:
        raise NotAllowed("Een melding over politie of gemeente gaat naar geen enkele partner.")
    named = route(report.category or "", partners)
    if not any(partner.is_primary for partner in named):
        raise NotAllowed("Voor deze soort melding is geen partner ingesteld die moet antwoorden.")
    known = {one.partner: one for one in recipients.of_report(session, report.id)}
    coarse, grain = coarsen_report(report, content)
    planned, given = [], []
    for partner in named:
        held = known.get(partner.key)
        if held is not None and held.stage != Stage.RETURNED:
            continue
        recipient = held or Recipient(id=uuid4(), report_id=report.id, partner=partner.key)
        plain = _hold(recipient, report, coarse, grain, partner, keys, now, delay)
        given.append(plain)
        session.add(recipient)
        session.flush()
        session.add(make_delivery(recipient, partner, plain, keys, kind="report", due_at=recipient.released_at))
        planned.append(recipient)
    note_given(report, content, given)
    session.flush()
    return planned


def _hold(
    recipient: Recipient,
    report: Report,
    content: Content,
    grain: Grain,
    partner: Partner,
    keys: DeskKeys,
    now: datetime,
    delay: Delay,
) -> bytes:
    """Set the hold's columns for a release at this moment; gives the version's plain bytes."""
    priority = Priority(report.priority)
    recipient.released_at = now + delay(priority)
    recipient.respond_by = partner_due(priority, recipient.released_at)
    recipient.role, recipient.stage = partner.role, Stage.SENT.value
    recipient.assessed_at = recipient.picked_up_at = recipient.answered_at = recipient.return_reason = None
    recipient.update_key_id = recipient.update_copy = recipient.updated_at = recipient.withdrawn_at = None
    plain = make_version(
        recipient, report, content, grain, partner, respond_by=recipient.respond_by, leaves_at=recipient.released_at
    )
    key = keys.month(local_day(now))
    recipient.portal_key_id, recipient.portal_copy = key.id, seal(key.raw, plain)
    return plain


def make_version(
    recipient: Recipient,
    report: Report,
    content: Content,
    grain: Grain,
    partner: Partner,
    *,
    respond_by: datetime,
    leaves_at: datetime,
) -> bytes:
    """The plain bytes of this partner's version, with the rounded time at which it leaves.

    `content` and `grain` are what `coarsen_report` gave; `note_given` must hear of what is made here.
    """
    facts = ReportFacts(
        report.category or "", report.priority, report.neighbourhood, report.arrived_on, report.arrived_part
    )
    version = partner_version(
        recipient_id=str(recipient.id),
        facts=facts,
        content=content,
        partner=partner,
        respond_by=respond_by,
        grain=grain,
    )
    return dump_version({**version, "time": hour_of(leaves_at)})


def make_delivery(
    recipient: Recipient, partner: Partner, plain: bytes, keys: DeskKeys, *, kind: str, due_at: datetime
) -> Delivery:
    """The outbox row. A portal partner reads its copy at the desk, so its delivery carries no words at all."""
    return Delivery(
        id=uuid4(),
        kind=kind,
        target=partner.key,
        report_id=recipient.report_id,
        recipient_id=recipient.id,
        sealed=seal(keys.dispatch_public, b"{}" if partner.adapter == "portal" else plain),
        status=DeliveryStatus.PENDING.value,
        due_at=due_at,
    )


def hour_of(moment: datetime) -> str:
    """The release's time as partners see it: the hour in which it fell."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:00:00Z")

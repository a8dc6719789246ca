"""What a reporter told after the release goes on to the partners, by one act of the desk, or is put aside."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from hotline.anonymity.keyring import DeskKeys
from hotline.anonymity.scrub import scrub
from hotline.anonymity.seal import seal
from hotline.domain.content import Part
from hotline.domain.dayparts import local_day
from hotline.domain.errors import BadInput, NotAllowed, StaleVersion
from hotline.domain.lifecycle import AT_PARTNERS, Stage
from hotline.domain.partners import Partner
from hotline.domain.report import Priority
from hotline.domain.versions import dump_version
from hotline.services.desk_opened import current_content, last_turn, open_parts
from hotline.services.guard import check_words, coarsen_report, note_given
from hotline.services.house import DeskHouse
from hotline.services.judging import check_judged
from hotline.services.question_state import respond_by
from hotline.services.release import Delay, hour_of, make_delivery, make_version
from hotline.storage import audit, questions, recipients, reports
from hotline.storage.session import transaction
from hotline.storage.tables import Recipient, Report

LONGEST = 4000

_Send = Callable[[Recipient, Partner, datetime], tuple[bytes, str]]


def forward_addition(
    house: DeskHouse, report_id: UUID, *, operator: str, seen: int, text: str, now: datetime, delay: Delay
) -> int:
    """Send every live partner its version anew, with `text` as the report's words; gives to how many.

    `seen` is the last turn that the page showed: StaleVersion when more was told since, or a colleague was first. BadInput
    for a text that the guard keeps locked, NotAllowed where all partners together would know too much.
    """
    with transaction(house.engine) as session:
        report, keys, parts = _take_news(session, house, report_id, seen)
        _check_at_partners(report)
        content = current_content(keys, report, parts)
        cleaned = scrub(text.strip(), allowed=content.judged.values(), gazetteer=house.gazetteer)
        if not cleaned.text or len(cleaned.text) > LONGEST:
            raise BadInput({"text": f"Schrijf de tekst voor de partners, in hooguit {LONGEST} tekens."})
        check_words(cleaned.text)
        third = tuple(dict.fromkeys([*content.third_parties, *cleaned.sealed]))
        content = replace(content, text=cleaned.text, third_parties=third, seen=last_turn(parts))
        content = check_judged(session, report_id, content)
        key = keys.month(local_day(now))
        report.desk_text, report.desk_key_id = seal(key.raw, content.dump()), key.id
        coarse, grain = coarsen_report(report, content)
        given: list[bytes] = []

        def renew(recipient: Recipient, partner: Partner, leaves_at: datetime) -> tuple[bytes, str]:
            due = respond_by(recipient, questions.of_recipients(session, [recipient.id])[recipient.id], now)
            plain = make_version(recipient, report, coarse, grain, partner, respond_by=due, leaves_at=leaves_at)
            given.append(plain)
            _lay_update(recipient, key.id, seal(key.raw, plain), leaves_at, now)
            return plain, "update"

        sent = _send(session, house, report, keys, now, delay, renew)
        note_given(report, content, given)
        audit.record(session, actor=operator, act="forward_addition", now=now, report_id=report_id)
    house.bell.ring("deliver")
    return sent


def forward_withdrawal(
    house: DeskHouse, report_id: UUID, *, operator: str, seen: int, now: datetime, delay: Delay
) -> int:
    """Tell every live partner that the reporter withdrew; gives how many are told."""
    with transaction(house.engine) as session:
        report, keys, _ = _take_news(session, house, report_id, seen)
        _check_at_partners(report)
        if not report.is_withdrawn:
            raise NotAllowed("the reporter did not withdraw")

        def tell(recipient: Recipient, partner: Partner, leaves_at: datetime) -> tuple[bytes, str]:
            recipient.withdrawn_at = leaves_at
            return dump_version({"reportId": str(recipient.id), "time": hour_of(leaves_at)}), "withdrawal"

        sent = _send(session, house, report, keys, now, delay, tell)
        audit.record(session, actor=operator, act="forward_withdrawal", now=now, report_id=report_id)
    house.bell.ring("deliver")
    return sent


def put_aside(house: DeskHouse, report_id: UUID, *, operator: str, seen: int, now: datetime) -> None:
    """The news was read; nothing goes on. StaleVersion when more was told since the page was opened."""
    with transaction(house.engine) as session:
        _take_news(session, house, report_id, seen)
        audit.record(session, actor=operator, act="put_aside", now=now, report_id=report_id)


def _take_news(
    session: Session, house: DeskHouse, report_id: UUID, seen: int
) -> tuple[Report, DeskKeys, tuple[Part, ...]]:
    """The report, locked, its news dealt with; StaleVersion when the page showed less, or a colleague was first."""
    report, keys = reports.locked(session, report_id), house.keys()
    parts = open_parts(keys, reports.parts_of(session, [report_id]).get(report_id, []))
    if not report.has_news or last_turn(parts) > seen:
        raise StaleVersion("more was told since the page was opened, or a colleague dealt with it")
    report.has_news = False
    return report, keys, parts


def _check_at_partners(report: Report) -> None:
    if report.status not in AT_PARTNERS:
        raise NotAllowed("the report is not at partners")


def _send(
    session: Session, house: DeskHouse, report: Report, keys: DeskKeys, now: datetime, delay: Delay, make: _Send
) -> int:
    """A delivery for everybody who did not hand the report back, each after a delay of its own."""
    known, sent = {partner.key: partner for partner in house.partners}, 0
    for recipient in recipients.of_report(session, report.id):
        partner = known.get(recipient.partner)
        if partner is None or recipient.stage == Stage.RETURNED:
            continue
        leaves_at = max(now + delay(Priority(report.priority)), recipient.released_at)
        plain, kind = make(recipient, partner, leaves_at)
        session.add(make_delivery(recipient, partner, plain, keys, kind=kind, due_at=leaves_at))
        sent += 1
    return sent


def _lay_update(recipient: Recipient, key_id: str, sealed: bytes, leaves_at: datetime, now: datetime) -> None:
    """Lay the new copy ready; an earlier one that the partner sees already becomes the one below it."""
    visible = recipient.updated_at is not None and recipient.updated_at <= now
    if visible and recipient.update_key_id is not None and recipient.update_copy is not None:
        recipient.portal_key_id, recipient.portal_copy = recipient.update_key_id, recipient.update_copy
    recipient.update_key_id, recipient.update_copy, recipient.updated_at = key_id, sealed, leaves_at

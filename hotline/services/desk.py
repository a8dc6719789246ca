"""What an operator does with a report: save it, release it, refuse it. Each act is one transaction."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from hotline.anonymity.coarsen import propose
from hotline.anonymity.seal import seal
from hotline.domain.content import Content, Part, merge
from hotline.domain.dayparts import local_day
from hotline.domain.errors import BadInput, StaleVersion
from hotline.domain.lifecycle import Status, check_step, released_as
from hotline.domain.report import Priority, has_place, is_complete, is_restricted
from hotline.domain.routing import route
from hotline.services import guard, second_look
from hotline.services.desk_draft import Cleaned, Draft, changed_fields, choose_priority, clean
from hotline.services.desk_lease import hold
from hotline.services.desk_opened import current_content, open_parts
from hotline.services.desk_reasons import choose_refusal
from hotline.services.house import DeskHouse
from hotline.services.judging import check_judged, note_doubts
from hotline.services.release import Delay, plan_release
from hotline.storage import audit, nudges, reports
from hotline.storage.session import transaction
from hotline.storage.tables import Report


@dataclass(frozen=True, slots=True)
class Saved:
    """The version after a save, and what the scrubber took out (`removed`) or laid apart (`sealed`), by kind."""

    version: int
    removed: Mapping[str, int]
    sealed: Mapping[str, int]
    training: bool = False


def save_draft(
    house: DeskHouse,
    report_id: UUID,
    *,
    operator: str,
    version: int,
    draft: Draft,
    now: datetime,
    asks_look: bool = False,
) -> Saved:
    """Keep what is being typed. Makes no new version: only the operator who holds the report can write drafts.

    `asks_look` also asks a colleague to look at the text as it is now.
    """
    with transaction(house.engine) as session:
        report = _held(session, report_id, operator, version, now)
        cleaned = _write(session, house, report, draft, now)
        if asks_look:
            second_look.ask(session, report, operator=operator, now=now)
        return Saved(report.version, cleaned.removed, cleaned.sealed)


def save(house: DeskHouse, report_id: UUID, *, operator: str, version: int, draft: Draft, now: datetime) -> Saved:
    """Keep the operator's text as a new version.

    Raises StaleVersion when the report changed since this page was opened, Leased when a colleague holds it.
    """
    with transaction(house.engine) as session:
        report = _held(session, report_id, operator, version, now)
        before = _content(session, house, report)
        cleaned = _write(session, house, report, draft, now)
        report.version += 1
        _note_read(report, cleaned.content, draft.seen)
        fields = changed_fields(before, cleaned.content)
        audit.record(session, actor=operator, act="save", now=now, report_id=report_id, fields=fields)
        return Saved(report.version, cleaned.removed, cleaned.sealed)


def coarsen(house: DeskHouse, report_id: UUID, *, operator: str, version: int, draft: Draft, now: datetime) -> Saved:
    """Keep the operator's text as coarse as the guard proposes, as a new version; errors as `save`."""
    with transaction(house.engine) as session:
        report = _held(session, report_id, operator, version, now)
        cleaned = _write(session, house, report, draft, now)
        parts = _parts(session, house, report)
        proposed, steps = propose(cleaned.content, told=merge(parts).text, known=guard.known_grains(report))
        _seal_text(house, report, proposed, now)
        report.version += 1
        fields = [step.field for step in steps]
        audit.record(session, actor=operator, act="coarsen", now=now, report_id=report_id, fields=fields)
        return Saved(report.version, cleaned.removed, cleaned.sealed)


def release(
    house: DeskHouse,
    report_id: UUID,
    *,
    operator: str,
    version: int,
    draft: Draft | None,
    now: datetime,
    delay: Delay,
    bypass: str = "",
) -> Saved:
    """Complete the report and send it to the partners that its category names, in one act.

    An exercise goes to nobody and is done. Raises BadInput with everything that is missing at once, or while words wait
    to be judged, and StaleVersion when the reporter added something since the page was opened; then nothing is written.
    BadInput names `guard` where the text is locked, and `lock` where somebody must look first; `bypass` is why an urgent
    report goes without.
    """
    with transaction(house.engine) as session:
        report = _held(session, report_id, operator, version, now)
        if report.is_withdrawn:
            raise BadInput({"reject": "De melder trok deze melding in. Kies: Niet doorzetten."})
        if report.is_restricted or is_restricted(_content(session, house, report).answers):
            raise BadInput(
                {"reject": "Dit gaat over politie of gemeente. Het gaat naar geen partner. Kies: Niet doorzetten."}
            )
        cleaned = _write(session, house, report, draft, now) if draft else None
        content = cleaned.content if cleaned else _content(session, house, report)
        if draft is not None and not _note_read(report, content, draft.seen):
            raise StaleVersion("the reporter added something since the page was opened")
        missing = _missing(house, content)
        if missing:
            raise BadInput(missing)
        content = check_judged(session, report_id, content)
        score = guard.judge_report(content, _parts(session, house, report))
        guard.check_unlocked(score)
        second_look.check_seen(session, report, score, operator=operator, now=now, bypass=bypass)
        _settle_status(report, content)
        check_step(Status(report.status), Status.RELEASED)
        if not report.training:
            keys, partners = house.keys(), house.partners
            plan_release(session, report=report, content=content, partners=partners, keys=keys, now=now, delay=delay)
        report.status = released_as(is_training=report.training)
        _leave(report)
        audit.record(session, actor=operator, act="release", now=now, report_id=report_id)
        taken_out = (cleaned.removed, cleaned.sealed) if cleaned else ({}, {})
        saved = Saved(report.version, *taken_out, training=report.training)
    house.bell.ring("deliver")
    return saved


def reject(
    house: DeskHouse,
    report_id: UUID,
    *,
    operator: str,
    version: int,
    reason: str,
    sentence: str,
    now: datetime,
    body: str = "",
) -> None:
    """Do not pass the report on; the reporter hears `sentence` (empty: the reason's own) when asking with the code.

    `body` is who got a report about a partner's own people instead, by hand; it is kept with the report, sealed.
    """
    with transaction(house.engine) as session:
        report = _held(session, report_id, operator, version, now)
        refusal = choose_refusal(
            reason, sentence, body, is_withdrawn=report.is_withdrawn, is_restricted=report.is_restricted
        )
        if refusal.body:
            content = _content(session, house, report)
            kept = replace(content, answers={**content.answers, "passed_to": refusal.body})
            _seal_text(house, report, kept, now)
        if Status(report.status) is Status.RECEIVED:
            _settle_status(report, _content(session, house, report))
        check_step(Status(report.status), Status.REJECTED)
        report.status, report.reason = Status.REJECTED, reason
        _leave(report)
        if report.reply_public is not None:
            reply = json.dumps({"text": refusal.sentence, "kind": "rejected"}, ensure_ascii=False).encode()
            reports.add_reply(session, report_id, seal(report.reply_public, reply))
            nudges.add(session, report.reply_public, local_day(now))
        audit.record(session, actor=operator, act="reject", now=now, report_id=report_id, fields=[reason])


def _held(session: Session, report_id: UUID, operator: str, version: int, now: datetime) -> Report:
    report = reports.locked(session, report_id)
    hold(report, operator, now)
    if report.version != version:
        raise StaleVersion("the report changed since it was read")
    return report


def _parts(session: Session, house: DeskHouse, report: Report) -> tuple[Part, ...]:
    return open_parts(house.keys(), reports.parts_of(session, [report.id]).get(report.id, []))


def _content(session: Session, house: DeskHouse, report: Report) -> Content:
    return current_content(house.keys(), report, _parts(session, house, report))


def _write(session: Session, house: DeskHouse, report: Report, draft: Draft, now: datetime) -> Cleaned:
    parts = _parts(session, house, report)
    before = current_content(house.keys(), report, parts)
    cleaned = clean(draft, before, parts, house.gazetteer)
    note_doubts(session, house.keys(), report.id, cleaned, parts, now)
    if report.desk_text is None or cleaned.content != before:
        _seal_text(house, report, cleaned.content, now)
    if not report.is_restricted:  # of such a report the row says nothing in clear but that it is one
        report.category = cleaned.content.answers.get("category")
        report.neighbourhood = draft.area if draft.area is not None else report.neighbourhood
    report.priority = choose_priority(draft, Priority(report.priority), parts)
    return cleaned


def _seal_text(house: DeskHouse, report: Report, content: Content, now: datetime) -> None:
    """What is the same stays sealed as it was, because a second look is at the sealed text."""
    key = house.keys().month(local_day(now))
    report.desk_text, report.desk_key_id = seal(key.raw, content.dump()), key.id


def _missing(house: DeskHouse, content: Content) -> dict[str, str]:
    missing = {}
    category = content.answers.get("category")
    if not category:
        missing["category"] = "Kies een soort overlast."
    elif not any(partner.is_primary for partner in route(category, house.partners)):
        missing["category"] = "Voor deze soort is geen partner ingesteld. Vraag het de beheerder."
    if not has_place(content.answers):
        missing["place"] = "Vul in waar het is: een straat, een plek of een buurt."
    return missing


def _settle_status(report: Report, content: Content) -> None:
    """Bring a report that is still `received` or `incomplete` as far as its content allows."""
    now = Status(report.status)
    then = Status.COMPLETE if is_complete(content.answers) else Status.INCOMPLETE
    if now is not then and now is not Status.COMPLETE:
        check_step(now, then)
        report.status = then


def _note_read(report: Report, content: Content, seen: int | None) -> bool:
    """Whether the operator had before them all that the reporter told; then it is news no more.

    Only what came later counts: a report is released while its call still goes on.
    """
    if report.has_news and seen is not None and content.seen > seen:
        return False
    report.has_news = False
    return True


def _leave(report: Report) -> None:
    report.version += 1
    report.lease_by = report.lease_until = None

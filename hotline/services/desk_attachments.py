"""Voice messages and pictures at the desk: who holds the report opens, blackens and destroys them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from hotline.anonymity.keyring import KeyGone
from hotline.anonymity.seal import seal
from hotline.domain.dayparts import local_day
from hotline.domain.errors import Leased, NotAllowed, NotFound
from hotline.services.desk_lease import holder_of
from hotline.services.house import DeskHouse
from hotline.storage import attachments, audit, reports
from hotline.storage.attachments import Kept, Kind
from hotline.storage.session import transaction

TYPES: dict[Kind, str] = {"voice": "audio/wav", "picture": "image/jpeg"}


def list_of(house: DeskHouse, report_id: UUID, now: datetime) -> Sequence[Kept]:
    """What a report has, unopened."""
    with transaction(house.engine) as session:
        return attachments.of_report(session, report_id, now)


def open_one(house: DeskHouse, report_id: UUID, attachment_id: UUID, operator: str, now: datetime) -> tuple[str, bytes]:
    """Content type and bytes, and a line in the audit; raises NotFound once it is destroyed, Leased or NotAllowed."""
    with transaction(house.engine) as session:
        _refuse_others(house, report_id, operator, now)
        found = attachments.sealed_of(session, report_id, attachment_id, now)
        if found is None:
            raise NotFound("it is not there any more")
        kind, key_id, sealed = found
        audit.record(session, actor=operator, act=f"open_{kind}", now=now, report_id=report_id)
    return TYPES[kind], _open(house, key_id, sealed)


def destroy(house: DeskHouse, report_id: UUID, attachment_id: UUID, operator: str, now: datetime) -> None:
    """Destroy it at once; harmless where it is gone. Raises Leased or NotAllowed."""
    _refuse_others(house, report_id, operator, now)
    with transaction(house.engine) as session:
        if attachments.destroy(session, report_id, attachment_id):
            audit.record(session, actor=operator, act="destroy_attachment", now=now, report_id=report_id)


def blacken(
    house: DeskHouse,
    report_id: UUID,
    attachment_id: UUID,
    box: tuple[int, int, int, int],
    operator: str,
    now: datetime,
) -> None:
    """Burn a black rectangle (left, top, right, bottom in percents) into a picture; raises NotFound, Leased, NotAllowed."""
    from hotline.anonymity.images import Box
    from hotline.anonymity.images import blacken as burn  # here: Pillow costs memory, and most desks see no picture

    _refuse_others(house, report_id, operator, now)
    key = house.keys().month(local_day(now))
    with transaction(house.engine) as session:
        reports.locked(session, report_id)  # two rectangles at once would each lose the other
        found = attachments.sealed_of(session, report_id, attachment_id, now)
        if found is None or found[0] != "picture":
            raise NotFound("there is no such picture")
        burnt = burn(_open(house, found[1], found[2]), [Box(*box)])
        attachments.replace(session, attachment_id, key_id=key.id, sealed=seal(key.raw, burnt))
        audit.record(session, actor=operator, act="blacken_picture", now=now, report_id=report_id)


def _refuse_others(house: DeskHouse, report_id: UUID, operator: str, now: datetime) -> None:
    with transaction(house.engine) as session:
        holder = holder_of(reports.by_id(session, report_id), now)
    if holder is None:
        raise NotAllowed("take the report first")
    if holder != operator:
        raise Leased(holder)


def _open(house: DeskHouse, key_id: str, sealed: bytes) -> bytes:
    try:
        return house.keys().open(key_id, sealed)
    except KeyGone:
        raise NotFound("its key is destroyed") from None

"""Other open reports at the place of the one that an operator looks at, so that two callers about one thing are seen."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from hotline.domain.lifecycle import OPEN_AT_DESK
from hotline.services.desk_report import ReportPage
from hotline.services.house import DeskHouse
from hotline.services.indexing import index_some
from hotline.services.search import FIRST_INDEXED, Hit, find_hits
from hotline.storage.session import transaction
from hotline.understanding.terms import name_spots

MOST = 5


def find_alike(house: DeskHouse, page: ReportPage, *, now: datetime, hidden: Collection[UUID] = ()) -> list[Hit]:
    """At most `MOST` others, none of the hidden, that name the same street or landmark, the newest first.

    None for what left the desk.
    """
    spots = name_spots(page.content.answers.get("place", ""), house.gazetteer)
    if not spots or not page.is_open:
        return []
    index_some(house, most=FIRST_INDEXED, statuses=OPEN_AT_DESK)
    with transaction(house.engine) as session:
        found = find_hits(
            session,
            house,
            [spots],
            now=now,
            most=MOST + 1,
            training=page.training,
            statuses=OPEN_AT_DESK,
            hidden=hidden,
        )
    return [hit for hit in found if hit.id != page.id][:MOST]

"""Opens what is sealed to the desk: the turns of a report, and the desk's own text of it."""

from __future__ import annotations

from collections.abc import Iterable

from hotline.anonymity.keyring import DeskKeys
from hotline.domain.content import Content, Part, merge
from hotline.storage.tables import Report, ReportPart


def open_parts(keys: DeskKeys, sealed: Iterable[ReportPart]) -> tuple[Part, ...]:
    """The turns in the order in which they were told."""
    return tuple(sorted((Part.load(keys.open(part.key_id, part.sealed)) for part in sealed), key=_order))


def current_content(keys: DeskKeys, report: Report, parts: Iterable[Part]) -> Content:
    """The desk's text where there is one, else what was told."""
    if report.desk_text is None or report.desk_key_id is None:
        return merge(parts)
    return Content.load(keys.open(report.desk_key_id, report.desk_text))


def _order(part: Part) -> tuple[int, str]:
    return part.turn, part.at.isoformat()

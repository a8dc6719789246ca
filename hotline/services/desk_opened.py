"""Opens what is sealed to the desk: the turns of a report, and the desk's own text of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from hotline.anonymity.keyring import DeskKeys, KeyGone
from hotline.anonymity.seal import SealError
from hotline.domain.content import Content, Part, fill_in, merge, put_words, take_in
from hotline.storage.tables import Report, ReportPart


def open_parts(keys: DeskKeys, sealed: Iterable[ReportPart]) -> tuple[Part, ...]:
    """The turns in the order in which they were told; what came later, under the code, numbers on after them."""
    return _in_order([Part.load(keys.open(part.key_id, part.sealed)) for part in sealed])


def open_what_opens(
    keys: DeskKeys, report: Report, sealed: Iterable[ReportPart]
) -> tuple[tuple[Part, ...], Content, tuple[str, ...]]:
    """The turns and the content as far as keys are here, and the ids of those that are lost or were destroyed."""
    parts, missing = [], set()
    for part in sealed:
        try:
            parts.append(Part.load(keys.open(part.key_id, part.sealed)))
        except (KeyGone, SealError):  # or there is another key of that name by now
            missing.add(part.key_id)
    told = _in_order(parts)
    try:
        content = current_content(keys, report, told)
    except (KeyGone, SealError):
        content = merge(told)
        missing.add(report.desk_key_id or "")
    return fill_parts(told, content.judged), content, tuple(sorted(missing))


def current_content(keys: DeskKeys, report: Report, parts: Iterable[Part]) -> Content:
    """The desk's text where there is one, with what was told later below it, and what was judged; else what was told."""
    if report.desk_text is None or report.desk_key_id is None:
        return merge(parts)
    return fill_in(take_in(Content.load(keys.open(report.desk_key_id, report.desk_text)), parts))


def fill_parts(parts: Iterable[Part], judged: Mapping[str, str]) -> tuple[Part, ...]:
    """The turns with what was judged in its places."""
    return tuple(
        replace(part, answers={name: put_words(value, judged) for name, value in part.answers.items()})
        for part in parts
    )


def last_turn(parts: Iterable[Part]) -> int:
    """The number of the last turn; -1 where nothing was told."""
    return max((part.turn for part in parts), default=-1)


def _in_order(parts: list[Part]) -> tuple[Part, ...]:
    told = sorted((part for part in parts if part.tells and not part.is_later), key=lambda part: (part.turn, part.at))
    later = sorted((part for part in parts if part.is_later), key=lambda part: part.at)
    after = told[-1].turn + 1 if told else 0
    return (*told, *(replace(part, turn=after + place) for place, part in enumerate(later)))

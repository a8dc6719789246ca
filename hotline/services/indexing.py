"""Keeps the blind index: opens reports whose row is missing or old, and writes what they can be found by.

The intake cannot do this, for it cannot read a report back, and the workers may not. So the desk does: a few at the
beginning of every search, and all of them by `hotline index`. Running it twice, or in two processes at once, is harmless:
a row says of which words it was made, and is made anew only where they changed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from hotline.anonymity.blind_index import fill_row
from hotline.anonymity.keyring import DeskKeys, month_id
from hotline.domain.content import Part
from hotline.domain.errors import HotlineError
from hotline.domain.lifecycle import Status
from hotline.services.desk_opened import current_content, open_parts
from hotline.services.house import DeskHouse
from hotline.storage import blind_index, reports
from hotline.storage.session import transaction
from hotline.storage.tables import Report, ReportPart
from hotline.understanding.terms import STEMMERS, gather, read_words

AT_ONCE = 20
"""Reports in one transaction: while it runs, an operator's act on one of them, or a caller who is given its code, waits."""

TYPED = ("place", "area", "neighbourhood", "postcode")
"""Answers in words; the others are choices of a list, in which nobody searches."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A report's words as they stand now: the story first, then answers, then others' plates, names and accounts."""

    texts: tuple[str, ...]
    languages: frozenset[str]


def open_words(keys: DeskKeys, report: Report, sealed: Sequence[ReportPart]) -> Opened:
    """What a report can be searched in; HotlineError where it does not open any more."""
    parts = open_parts(keys, sealed)
    content = current_content(keys, report, parts)
    answers = [content.answers[name] for name in TYPED if content.answers.get(name)]
    third = [one.text for one in content.third_parties]
    return Opened((content.text, *answers, *third), _languages(parts))


def index_some(house: DeskHouse, *, most: int, statuses: Collection[Status] = tuple(Status)) -> None:
    """Bring at most so many rows of reports in these statuses up to date."""
    done, now = 0, AT_ONCE
    while done < most and now == AT_ONCE:
        now = _index_batch(house, min(AT_ONCE, most - done), statuses)
        done += now


def index_all(house: DeskHouse) -> Iterator[int]:
    """Bring every row up to date; gives how many are done, time and again."""
    done = 0
    while now := _index_batch(house, AT_ONCE, tuple(Status)):
        done += now
        yield done


def count_waiting(house: DeskHouse) -> int:
    """How many reports cannot be found yet by the words that they have now."""
    with transaction(house.engine) as session:
        return blind_index.count_stale(session, _months(house.keys()))


def count_all(house: DeskHouse) -> int:
    """How many reports there are whose index key is here."""
    with transaction(house.engine) as session:
        return blind_index.count_all(session, _months(house.keys()))


def begin_anew(house: DeskHouse) -> int:
    """Have every row made again by the next pass; says how many were dropped because their key is gone."""
    with transaction(house.engine) as session:
        dropped = blind_index.drop_keyless(session, _months(house.keys()))
        blind_index.doubt_all(session)
    return dropped


def _index_batch(house: DeskHouse, most: int, statuses: Collection[Status]) -> int:
    keys = house.keys()
    with transaction(house.engine) as session:
        held = blind_index.lock_stale(session, _months(keys), most=most, statuses=statuses)
        sealed = reports.parts_of(session, [report.id for report in held])
        for report in held:
            parts, month = sealed.get(report.id, []), month_id(report.arrived_on)
            row = fill_row(keys.index[month], _terms(house, keys, report, parts))
            blind_index.write(session, report, month=month, parts=len(parts), row=row)
    return len(held)


def _terms(house: DeskHouse, keys: DeskKeys, report: Report, sealed: Sequence[ReportPart]) -> frozenset[str]:
    """Nothing for what does not open any more, so that no pass stops at it."""
    try:
        opened = open_words(keys, report, sealed)
    except HotlineError:
        return frozenset()
    return gather([word for text in opened.texts for word in read_words(text, opened.languages, house.gazetteer)])


def _months(keys: DeskKeys) -> Collection[str]:
    return sorted(keys.index)


def _languages(parts: Sequence[Part]) -> frozenset[str]:
    """Those that were spoken, and the desk's own."""
    return frozenset({"nl", *(part.language for part in parts)}) & STEMMERS.keys()

"""Searches the desk's reports by their words, over the blind index; what seems found is opened and looked at."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain, islice
from uuid import UUID

from sqlalchemy.orm import Session

from hotline.anonymity.blind_index import may_meet
from hotline.anonymity.keyring import DeskKeys
from hotline.domain.dayparts import local_day
from hotline.domain.errors import BadInput, HotlineError
from hotline.domain.lifecycle import Status
from hotline.domain.report import Priority
from hotline.services.house import DeskHouse
from hotline.services.indexing import count_waiting, index_some, open_words
from hotline.storage import audit, blind_index, reports
from hotline.storage.session import transaction
from hotline.storage.tables import Report, ReportPart
from hotline.understanding.fragments import Piece, cut_fragment
from hotline.understanding.terms import STEMMERS, Word, gather, meets, read_words

MOST = 50
LONGEST_QUERY = 100
WINDOW = timedelta(days=366)
"""How far back a search looks, by the day of arrival."""

MOST_ROWS = 20_000
FIRST_INDEXED = 200
"""Reports that a search brings into the index before it looks: all that came since the last search, as a rule."""

_AT_ONCE = 25

Asked = Sequence[frozenset[str]]


@dataclass(frozen=True, slots=True)
class Hit:
    """A report that was found, with the stretch of it in which the words stand."""

    id: UUID
    status: Status
    priority: Priority
    category: str | None
    neighbourhood: str | None
    arrived_on: date
    arrived_part: str
    fragment: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """The newest hits, whether there are more, and how many reports are not in the index yet."""

    hits: tuple[Hit, ...]
    has_more: bool
    waiting: int


def search(
    house: DeskHouse,
    query: str,
    *,
    operator: str,
    now: datetime,
    training: bool = False,
    hidden: Collection[UUID] = (),
) -> Found:
    """The reports, or exercises, in which every word of `query` stands in one of its forms, or so with one slip.

    Raises BadInput for a query without a word to look for. The audit notes how many were found and not what was asked.
    `hidden` are those that the operator must not see.
    """
    asked = [word.terms for word in read_words(query[:LONGEST_QUERY], STEMMERS.keys(), house.gazetteer)]
    if not asked:
        raise BadInput({"query": "Vul een woord in. Heel gewone woorden, zoals 'de' en 'het', tellen niet mee."})
    index_some(house, most=FIRST_INDEXED)
    waiting = count_waiting(house)
    with transaction(house.engine) as session:
        found = find_hits(session, house, asked, now=now, most=MOST + 1, training=training, hidden=hidden)
        hits = tuple(found[:MOST])
        audit.record(session, actor=operator, act="search", now=now, fields=[f"{len(hits)} found"])
    return Found(hits, len(found) > MOST, waiting)


def find_hits(
    session: Session,
    house: DeskHouse,
    asked: Asked,
    *,
    now: datetime,
    most: int,
    training: bool = False,
    statuses: Collection[Status] = tuple(Status),
    hidden: Collection[UUID] = (),
) -> list[Hit]:
    """The newest reports that hold a term of every asked word, at most so many and none of the hidden; nothing is written."""
    keys, since = house.keys(), local_day(now) - WINDOW
    rows = blind_index.read_newest(session, since=since, most=MOST_ROWS, training=training, statuses=statuses)
    hits: list[Hit] = []
    with closing(rows) as pages:
        candidates = (one for one in _seem_to_hold(keys, pages, asked) if one not in hidden)
        while len(hits) < most and (batch := list(islice(candidates, _AT_ONCE))):
            sealed, found = reports.parts_of(session, batch), reports.by_ids(session, batch)
            looked = (_look(house, keys, found[one], sealed.get(one, []), asked) for one in batch if one in found)
            hits += [hit for hit in looked if hit is not None]
    return hits[:most]


def _seem_to_hold(keys: DeskKeys, pages: Iterable[Sequence[blind_index.Entry]], asked: Asked) -> Iterator[UUID]:
    for one in chain.from_iterable(pages):
        key = keys.index.get(one.month)
        if key is not None and may_meet(key, one.row, asked):
            yield one.report_id


def _look(house: DeskHouse, keys: DeskKeys, report: Report, sealed: Sequence[ReportPart], asked: Asked) -> Hit | None:
    """Open a report that seems to hold the words; None where it does not, or does not open any more."""
    try:
        opened = open_words(keys, report, sealed)
    except HotlineError:
        return None
    words = [(text, read_words(text, opened.languages, house.gazetteer)) for text in opened.texts]
    if not meets(asked, gather([word for _, some in words for word in some])):
        return None
    return Hit(
        report.id,
        Status(report.status),
        Priority(report.priority),
        report.category,
        report.neighbourhood,
        report.arrived_on,
        report.arrived_part,
        _show(asked, words),
    )


def _show(asked: Asked, texts: Sequence[tuple[str, Sequence[Word]]]) -> tuple[Piece, ...]:
    """A fragment of the first text in which the most of the words stand."""
    wanted = frozenset().union(*asked)

    def count(one: tuple[str, Sequence[Word]]) -> int:
        terms = gather(one[1])
        return sum(not word.isdisjoint(terms) for word in asked)

    text, words = max(texts, key=count)
    return cut_fragment(text, [(word.start, word.end) for word in words if not wanted.isdisjoint(word.terms)])

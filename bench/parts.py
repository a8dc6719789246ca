"""Times the pure parts of a turn in this process: a step of the flow, and what an utterance means."""

from __future__ import annotations

import timeit
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from config.neighbourhoods import load_gazetteer
from hotline.anonymity.blind_index import fill_row, may_meet
from hotline.anonymity.scrub import scrub
from hotline.understanding.meaning import understand
from hotline.understanding.terms import STEMMERS, gather, read_words
from hotline.understanding.utterance import Utterance
from ivr_flows.engine import advance, begin
from ivr_flows.load import load_flow
from ivr_flows.model import Event, Keys, Said, Started

_STORY = (
    "op de Markt bij de kiosk staan nu drie jongens, die geven steeds kleine zakjes aan mensen die langsfietsen, "
    "een heeft een rode jas en er is een grijze scooter bij"
)
_NOTHING_TO_TAKE = (_STORY + ", en dat gaat elke avond zo door tot laat in de nacht")[:200]
_MUCH_TO_TAKE = (
    "u spreekt met Jo Voorbeeld, ik woon op de Denkbeeldweg 12. op de Markt bij de kiosk staan drie jongens met een grijze"
    " scooter AE-12-OU, de dealer heet Kevin. bel me op 06-12345678 na zessen"
)
_CALL: tuple[Event, ...] = (
    Started(),
    *map(Keys, "211"),
    Keys("2"),
    Said("op de Markt bij de kiosk", {"place": "Markt", "neighbourhood": "Binnenstad"}),
    *map(Keys, "11"),
    Said(_STORY),
    *map(Keys, "2232122221"),
)
_REPEATS, _ROUNDS = 5, 200


@dataclass(frozen=True, slots=True)
class Part:
    """What one pure step costs, in microseconds, and at most may cost."""

    name: str
    cost: float
    goal: float


def measure_parts() -> tuple[Part, ...]:
    """Each the best of a few rounds: what else the machine does only makes it slower."""
    flow = load_flow()
    places = load_gazetteer()
    evening = datetime(2026, 11, 24, 21, 10, tzinfo=UTC)

    def call() -> None:
        state = begin(flow, channel="voice", given={"code": "482193705514", "demo": "no"})
        for event in _CALL:
            state, _ = advance(flow, state, event)

    key = bytes(range(32))
    row = fill_row(key, gather(read_words(_STORY, {"nl"}, places)))
    asked = [word.terms for word in read_words("helikopter", STEMMERS.keys(), places)]

    return (
        Part("one step of the flow (`advance`)", _time(call) / len(_CALL), 50),
        Part(
            f"places in an utterance of {len(_STORY)} characters",
            _time(lambda: places.find_places(Utterance(_STORY))),
            1000,
        ),
        Part(
            f"all that an utterance of {len(_STORY)} characters means",
            _time(lambda: understand(_STORY, "nl", places, evening)),
            2000,
        ),
        Part(
            f"scrubbing {len(_NOTHING_TO_TAKE)} characters with nothing to take",
            _time(lambda: scrub(_NOTHING_TO_TAKE)),
            300,
        ),
        Part(
            f"scrubbing {len(_MUCH_TO_TAKE)} characters with five things to take",
            _time(lambda: scrub(_MUCH_TO_TAKE)),
            1000,
        ),
        Part(f"scrubbing {8 * len(_NOTHING_TO_TAKE)} characters", _time(lambda: scrub(_NOTHING_TO_TAKE * 8)), 5000),
        Part("all that a short answer means", _time(lambda: understand("ja, dat klopt", "nl", places, evening)), 200),
        Part(
            f"all that a text of {len(_STORY)} characters can be found by",
            _time(lambda: read_words(_STORY, {"nl"}, places)),
            2000,
        ),
        Part(
            "one row of the blind index, asked for a word of ten letters", _time(lambda: may_meet(key, row, asked)), 100
        ),
    )


def _time(act: Callable[[], object]) -> float:
    return min(timeit.repeat(act, number=_ROUNDS, repeat=_REPEATS)) / _ROUNDS * 1e6

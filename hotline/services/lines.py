"""The switch of a line and what it announces: read by the intake, set at the desk and by command."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta

from sqlalchemy import Engine

from hotline.domain.errors import BadInput
from hotline.domain.lines import SPEECH, Line
from hotline.services.glance import Glance
from hotline.storage import audit, line_states
from hotline.storage.line_states import Standing
from hotline.storage.session import transaction
from ivr_flows.gsm7 import LIMIT, measure, transliterate

LONGEST_ANNOUNCEMENT = LIMIT
"""Characters: one text message, and about ten seconds of speech."""

LONGEST_TERM = timedelta(days=31)
"""An announcement that nobody takes away ends by itself within a month."""


class LineBoard:
    """How each line stands, as one intake process knows it; while the database is away the last known state counts."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime]) -> None:
        self._standings: Glance[Mapping[str, Standing]] = Glance(lambda: line_states.all_standings(engine), {}, clock)

    def standing(self, line: Line) -> Standing:
        """How this line stands."""
        return self._standings().get(line.key, Standing())


def read_standings(engine: Engine) -> Mapping[str, Standing]:
    """How each line stands at this moment, for the desk and the command line."""
    return line_states.all_standings(engine)


def names_down(engine: Engine, lines: Iterable[Line]) -> tuple[str, ...]:
    """The names of the lines that are down."""
    standings = read_standings(engine)
    return tuple(line.name for line in lines if standings.get(line.key, Standing()).is_down)


def switch(engine: Engine, line: Line, *, is_down: bool, actor: str, now: datetime) -> None:
    """Take a line down, so that who calls or texts anew hears the failure's words; or bring it up. Harmless twice."""
    act = "line_down" if is_down else "line_up"
    with transaction(engine) as session:
        line_states.switch(session, line.key, is_down=is_down)
        audit.record(session, actor=actor, act=act, now=now, fields=[line.key])


def announce(
    engine: Engine, line: Line, words: Mapping[str, str], *, until: datetime | None, actor: str, now: datetime
) -> None:
    """Announce a known incident in these languages until then, or until `hush`; raises BadInput with all that is wrong."""
    said = {language: " ".join(text.split()) for language, text in words.items() if text.strip()}
    errors = _faults(line, said, until, now)
    if errors:
        raise BadInput(errors)
    with transaction(engine) as session:
        line_states.announce(session, line.key, said, until or now + LONGEST_TERM)
        audit.record(session, actor=actor, act="announce", now=now, fields=[line.key, *said])


def hush(engine: Engine, line: Line, *, actor: str, now: datetime) -> None:
    """Take the announcement away. Harmless twice."""
    with transaction(engine) as session:
        line_states.announce(session, line.key, {}, None)
        audit.record(session, actor=actor, act="hush", now=now, fields=[line.key])


def _faults(line: Line, said: Mapping[str, str], until: datetime | None, now: datetime) -> dict[str, str]:
    errors: dict[str, str] = {}
    for language, text in said.items():
        if language not in SPEECH or language not in line.languages:
            errors[language] = "Deze taal spreekt de lijn niet."
        elif measure(transliterate(text)) > LONGEST_ANNOUNCEMENT:
            errors[language] = f"De tekst is te lang: hooguit {LONGEST_ANNOUNCEMENT} tekens."
    if "nl" not in said:
        errors["nl"] = "Schrijf de mededeling in elk geval in het Nederlands."
    if until is not None and until <= now:
        errors["until"] = "Dit moment is al voorbij."
    elif until is not None and until > now + LONGEST_TERM:
        errors["until"] = f"Kies een moment binnen {LONGEST_TERM.days} dagen."
    return errors

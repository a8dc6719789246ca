"""After every way through the house, nothing in it leads to a person, and everything meant to be kept is there."""

from __future__ import annotations

import pytest

from tests.canary.cast import PLACE, PLATE
from tests.canary.house import Watched
from tests.canary.search import Piece, Search
from tests.canary.walk import makes_twilio_forget, walk

STORES = {
    *(
        "table rows",
        "database server's files",
        "write-ahead log",
        "database server's log",
        "Valkey",
        "log records",
        "files",
    ),
    *(
        "printed",
        "metrics",
        "answers of the desk",
        "answers of the intake",
        "bytes to the partner",
        "partner's own memory",
    ),
    *(
        f"opened: {one}"
        for one in [
            "report_parts",
            "reports",
            "recipients",
            "feedback",
            "questions",
            "deliveries",
            "replies",
            "erasures",
            "conversations",
            "turns",
        ]
    ),
}
EXCEPTED = """
searched for less than everything, and why:
- the desk's pages and what partners receive: for people and codes, not for a report's words, which they are there to read
- the intake's answers: for people, not for words or codes, which are read back to who said them
- opened seals: for people and codes, not for a report's words, which must be there
- the opened list of what Twilio still has: for people, not for the carrier's ids, of which it is made
- opened working state and replayable answers: for people; the code is read out from there until minutes after the call"""


def test_the_canary_is_nowhere(watched: Watched, capfd: pytest.CaptureFixture[str]) -> None:
    walk(watched)
    makes_twilio_forget(watched)
    cast = watched.cast
    capfd_out, capfd_err = capfd.readouterr()
    printed = [Piece("printed", "stdout", capfd_out.encode()), Piece("printed", "stderr", capfd_err.encode())]
    opened = list(watched.opened())

    nowhere, guarded, codes = cast.identity, cast.secrets, cast.report_codes
    every = Search((*nowhere, *guarded, *codes))
    every.look([*watched.kept(), *printed])
    people_and_codes = Search((*nowhere, *codes))
    people_and_codes.look(watched.shown())
    people_and_codes.look(piece for piece in opened if piece.place not in ("working state", "what Twilio still has"))
    still_there = [piece for piece in opened if piece.place == "what Twilio still has"]
    assert {piece.data.decode() for piece in still_there} < set(cast.sids)
    people = Search(tuple(needle for needle in nowhere if needle.name != "carrier's id"))
    people.look(still_there)
    people.needles = nowhere
    people.look(watched.answered())
    people.look(piece for piece in opened if piece.place == "working state")
    silent = STORES - {store for search in (every, people_and_codes, people) for store in search.looked}
    with capfd.disabled():
        for name, search in {
            "people, words and codes": every,
            "people and codes": people_and_codes,
            "people": people,
        }.items():
            print(f"\nsearched for {name}:\n{search.tell()}")
        print(EXCEPTED)
    assert not silent, "a store that was not looked into"
    assert not [*every.findings, *people_and_codes.findings, *people.findings]

    told = b"\n".join(piece.data for piece in opened if piece.store == "opened: report_parts").decode()
    for marker in (PLACE, PLATE, cast.handle, cast.story, cast.texted, cast.visited, cast.added, cast.replied):
        assert marker.lower() in told.lower(), f"lost: {marker}"
    kept = b"\n".join(
        piece.data for piece in opened if piece.store in ("opened: reports", "opened: deliveries")
    ).decode()
    assert cast.completed in kept and PLATE in kept and cast.added in kept and cast.replied in kept
    replies = b"".join(piece.data for piece in opened if piece.store == "opened: replies").decode()
    assert cast.answered in replies
    asked = b"".join(piece.data for piece in opened if piece.store == "opened: questions").decode()
    assert cast.asked in asked and cast.replied in asked

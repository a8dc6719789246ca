"""After every way through the house, nothing in it leads to a person, and everything meant to be kept is there."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hotline.canary import stores
from hotline.canary.inspection import MAY_HOLD_WORDS
from hotline.canary.opening import DESK, DISPATCH, REPLY, STILL_AT_TWILIO, WORKING
from hotline.canary.search import Piece, Search
from tests.canary.cast import PLACE, PLATE
from tests.canary.house import Watched
from tests.canary.restoring import back_up_and_restore
from tests.canary.walk import makes_twilio_forget, walk
from tests.canary.walk_badly import gives_up

STORES = {
    *("table rows", "database server's files", "write-ahead log", "database server's log", "backup", "restored tables"),
    *("Valkey", "Valkey, as a snapshot holds it", "log records", "files", "printed", "killed worker", "metrics"),
    *(
        "answers of the desk",
        "answers of the intake",
        "bytes to the partner",
        "partner's own memory",
        "mails that left",
    ),
    *(f"opened: {table}" for table, *_ in (*DESK, *DISPATCH, *REPLY, *WORKING)),
}
EXCEPTED = """
searched for less than everything, and why:
- the desk's pages and what partners receive: for people and codes, not for a report's words, which they are there to read
- the intake's answers: for people, not for words or codes, which are read back to who said them
- opened seals: for people and codes, not for a report's words, which must be there
- opened doubtful words: for numbers, addresses of mail and codes; a name may wait there until a person judged it
- the opened list of what Twilio still has: for people, not for the carrier's ids, of which it is made
- opened working state and replayable answers: for people; the code is read out from there until minutes after the call"""


def test_the_canary_is_nowhere(
    watched: Watched,
    tell: Callable[[str], None],
    capfd: pytest.CaptureFixture[str],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    seen = walk(watched)
    makes_twilio_forget(watched)
    cast = watched.cast
    every = Search((*cast.identity, *cast.secrets, *cast.report_codes))
    every.look([*seen.killed, *stores.tables(watched.world.owner), *stores.valkey(watched.world.redis)])
    opened = [*seen.doubtful, *watched.opened()]
    gives_up(watched)
    opened += watched.opened_at_the_end()

    capfd_out, capfd_err = capfd.readouterr()
    printed = [Piece("printed", "stdout", capfd_out.encode()), Piece("printed", "stderr", capfd_err.encode())]
    every.look([*watched.kept(), *printed, *back_up_and_restore(watched, tmp_path_factory.mktemp("backup"))])
    people_and_codes = Search((*cast.identity, *cast.report_codes))
    people_and_codes.look(watched.shown())
    kept_apart = (MAY_HOLD_WORDS, STILL_AT_TWILIO)
    people_and_codes.look(one for one in opened if one.place != "working state" and one.store not in kept_apart)
    doubtful = Search((*cast.plain_identity, *cast.report_codes))
    doubtful.look(one for one in opened if one.store == MAY_HOLD_WORDS)
    still_there = [one for one in opened if one.store == STILL_AT_TWILIO]
    assert {one.data.decode() for one in still_there} < set(cast.sids)
    without_ids = Search(tuple(needle for needle in cast.identity if needle.name != "carrier's id"))
    without_ids.look(still_there)
    people = Search(cast.identity)
    people.look(watched.answered())
    people.look(one for one in opened if one.place == "working state")
    searches = {
        "people, words and codes": every,
        "people and codes": people_and_codes,
        "people, in what Twilio still has": without_ids,
        "people and codes, among doubtful words": doubtful,
        "people": people,
    }
    silent = STORES - {store for search in searches.values() for store in search.looked}
    for name, search in searches.items():
        tell(f"searched for {name}:\n{search.tell()}")
    tell(EXCEPTED)
    assert not silent, "a store that was not looked into"
    assert not [finding for search in searches.values() for finding in search.findings]
    assert_that_the_markers_survive(watched, opened)


def assert_that_the_markers_survive(watched: Watched, opened: list[Piece]) -> None:
    """What was told stands where it belongs, so that the search looked in the right places."""
    cast = watched.cast

    def inside(*tables: str) -> str:
        return b"\n".join(one.data for one in opened if one.store in {f"opened: {name}" for name in tables}).decode()

    told, kept = inside("report_parts"), inside("reports", "deliveries")
    for marker in (PLACE, PLATE, cast.handle, *map(cast.told, ("story", "texted", "visited", "added", "replied"))):
        assert marker.lower() in told.lower(), f"lost: {marker}"
    for marker in (PLATE, cast.doubted[0], *map(cast.told, ("completed", "added", "replied", "delivered"))):
        assert marker in kept, f"lost: {marker}"
    assert cast.told("answered") in inside("replies")
    assert cast.told("asked") in inside("questions") and cast.told("replied") in inside("questions")
    # What was judged away and what was written over is nowhere any more, not even under a key.
    doubted = inside("uncertain_words")
    assert all(words in doubted for words in cast.doubted)
    everything = "\n".join(one.data.decode("utf-8", "replace") for one in opened if one.store != MAY_HOLD_WORDS)
    for gone in (cast.doubted[1], cast.told("drafted")):
        assert gone not in everything, "kept although it was removed"
        assert any(gone.encode() in one.data for one in watched.shown()), "never seen at the desk"

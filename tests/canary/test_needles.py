"""A number or a name is found however it is written, hashed, encoded or packed, and nothing else is."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import zlib

import pytest

from hotline.canary.needles import number_needle, story_needles, word_needle
from hotline.canary.packing import unpack
from hotline.canary.search import Piece, Search

NUMBER = "+31600739182"


@pytest.mark.parametrize(
    "written",
    [
        "+31600739182",
        "0031600739182",
        "06 00 73 91 82",
        "0600-739182",
        "06-00.73.91.82",
        "06 00 739 182",
        "0 6 0 0 7 3 9 1 8 2",
        "tel=%2B31600739182",
        "2819370061",
        "…739182.",
        "zeven drie negen een acht twee",
        "seven-three-nine-one-eight-two",
        "sieben, drei, neun, eins, acht, zwei",
        "septtroisneufunhuitdeux",
        hashlib.md5(b"0600739182", usedforsecurity=False).hexdigest(),
        hashlib.sha1(b"+31600739182", usedforsecurity=False).hexdigest().upper(),
        hashlib.sha256(b"31600739182").digest(),
        b"x" + "+31600739182".encode("utf-16-be"),
        b"ab" + base64.b64encode(b"caller: +31600739182"),
        base64.b64encode(zlib.compress(b'{"From": "+31600739182"}')),
        b"junk" + zlib.compress(base64.b64encode(zlib.compress(b"0600739182"))) + b"junk",
        b"xx" + gzip.compress(b"+31600739182", mtime=0),
        b"\\x" + b"+31600739182".hex().encode(),
    ],
)
def test_a_number_is_found_however_it_is_written(written: str | bytes) -> None:
    data = written.encode() if isinstance(written, str) else written
    assert Search((number_needle("number", NUMBER),)).look([Piece("store", "place", data)])


@pytest.mark.parametrize(
    "written",
    [
        "zoë KAPIVAXO",
        json.dumps({"name": "Zoë Kapivaxo"}),
        "Zo%C3%AB+Kapivaxo",
        "oxavipak ëoz",
        "Zoë Kapivaxo".encode("utf-16"),
        hashlib.sha256("zoë kapivaxo".encode()).hexdigest(),
        base64.b64encode("ik ben Zoë Kapivaxo".encode()),
    ],
)
def test_a_name_is_found_however_it_is_written(written: str | bytes) -> None:
    data = written.encode() if isinstance(written, str) else written
    assert Search((word_needle("name", "Zoë Kapivaxo"),)).look([Piece("store", "place", data)])


def test_other_numbers_are_not_found() -> None:
    innocent = b"+31600739183 06 00 73 91 83 739182a1-7391824 00000000-0073-9182-0000-000000000000"
    assert not Search((number_needle("number", NUMBER),)).look([Piece("store", "place", innocent)])


def test_unpacking_ends() -> None:
    bomb = zlib.compress(bytes(50_000_000))
    assert sum(len(data) for _, data in unpack(bomb)) < 20_000_000


def test_what_lies_on_the_border_of_two_windows_is_found() -> None:
    for at in (262_140, 262_144 - 12, 262_144):
        data = b"x" * at + NUMBER.encode() + b"x" * 300_000
        assert Search((number_needle("number", NUMBER),)).look([Piece("store", "place", data)]), at


def test_the_microseconds_of_a_clock_are_no_number() -> None:
    data = b"2026-11-24 03:15:08.739182+00:00 1764025509.739182 739.18237"
    assert not Search((number_needle("number", NUMBER),)).look([Piece("store", "place", data)])


@pytest.mark.parametrize("half", ["paarse eekhoornlinten", "GIETERMATTEN", b"gietermatten".hex()])
def test_half_a_story_is_found(half: str) -> None:
    search = Search(story_needles("words", "paarse eekhoornlinten onder gietermatten"))
    assert search.look([Piece("here", "there", f"zag {half} staan".encode())])


def test_nothing_is_found_where_nothing_stands() -> None:
    """The hash of an empty text is everywhere."""
    search = Search(story_needles("words", "paarse eekhoornlinten onder gietermatten"))
    assert not search.look([Piece("here", "there", hashlib.md5(b"", usedforsecurity=False).hexdigest().encode())])

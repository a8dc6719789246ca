"""Everything that is found in an utterance, by name; whatever is said, nothing raises, and no value is unknown."""

from __future__ import annotations

import re
import sys
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.neighbourhoods import load_gazetteer
from hotline.understanding.hints import hints
from hotline.understanding.meaning import LONGEST, understand
from hotline.understanding.phrases import Phrasebook
from hotline.understanding.places import Entry, Gazetteer
from hotline.understanding.utterance import Utterance

SMALL = Gazetteer([Entry("Wyck", "neighbourhood"), Entry("Lanaken", "outside")])
PLACES = load_gazetteer()
SPOTS = "home flat business bar shop coffeeshop car street park garage school station boat"
YES, YES_NO = {"yes"}, {"yes", "no"}
VALUES: dict[str, set[str]] = {
    **dict.fromkeys(("yes_no", "danger", "now", "weapon", "children"), YES_NO),
    **dict.fromkeys(("fire", "ill", "leak", "integrity", "outside", "unsure_place"), YES),
    "language": {"nl", "en", "de", "fr"},
    "category": {"dealing", "premises", "production", "waste", "users", "coffeeshop", "threat", "other"},
    "subtype": {"street", "runners", "house", "business", "cannabis", "lab", "needles", "drums"},
    "when": {"today", "week", "longer"},
    "part_of_day": {"morning", "afternoon", "evening", "night"},
    "often": {"daily", "weekly", "sometimes", "once"},
    "lasting": {"days", "weeks", "months"},
    "count": {"1", "2-4", "5-10", ">10"},
    "source": {"self", "heard"},
    "spot": set(SPOTS.split()),
    "care": {"suicide", "child", "user"},
}
FORMS = {
    "time": r"([01]\d|2[0-3]):[0-5]\d",
    "postcode": r"62(1[1-9]|2\d)",
    "digits": r"\d{3,}",
    "plate": r"[A-Z0-9]{1,3}(-[A-Z0-9]{1,4}){1,2}",
    "place": r".+",
    "neighbourhood": "|".join(entry.name for entry in PLACES.entries if entry.kind == "neighbourhood"),
}
MOMENTS = st.datetimes(timezones=st.just(UTC)) | st.none()
PIECES = (
    "ik woon op nummer honderd twaalf half voor kwart uur tien 8 22u de Testkapelstraat straat van Pres . , ! geen niet wapen jongens een"
    " il y a vor drei Tagen geleden 3 maart A wie Anton ee oo 12 in Heer Boschstraat bij het station tussen al maanden 31 februari"
    " quatre vingt dix moins le duizend cent [naam] d pas elke vrijdag nu any"
)
WORDS = st.sampled_from(PIECES.split())


def check(found: dict[str, str]) -> None:
    for name, value in found.items():
        if name in VALUES:
            assert value in VALUES[name], name
        else:
            assert re.fullmatch(FORMS[name], value, re.DOTALL), name


def test_everything_that_was_found_by_name() -> None:
    assert understand("ja, in Wyck, 6221, er is brand", "nl", SMALL) == {
        "yes_no": "yes",
        "place": "Wyck",
        "neighbourhood": "Wyck",
        "digits": "6221",
        "postcode": "6221",
        "danger": "yes",
        "fire": "yes",
    }
    assert understand("Lanaken", "nl", SMALL) == {"place": "Lanaken", "outside": "yes"}
    assert understand("zesduizend tweehonderdelf", "nl", SMALL) == {"digits": "6211", "postcode": "6211"}
    assert "postcode" not in understand("6230", "nl", SMALL)
    assert understand("", "nl", SMALL) == understand(" \n", "nl", SMALL) == {}


@given(st.text(), st.sampled_from(["nl", "en", "de", "fr", "xx"]), MOMENTS)
def test_nothing_makes_it_raise(text: str, lang: str, at: datetime | None) -> None:
    check(understand(text, lang, PLACES, at))


@settings(max_examples=300)
@given(st.lists(WORDS, max_size=12), st.sampled_from(["nl", "en", "de", "fr"]), MOMENTS)
def test_no_order_of_words_makes_it_raise_or_say_what_is_no_value(
    words: list[str], lang: str, at: datetime | None
) -> None:
    check(understand(" ".join(words), lang, PLACES, at))


@given(st.text(min_size=1, max_size=40).filter(str.strip))
def test_only_the_beginning_is_read(text: str) -> None:
    long = (text * (20_000 // len(text) + 1))[:20_000]
    assert understand(long, "nl", PLACES) == understand(long[:LONGEST], "nl", PLACES)


@pytest.mark.parametrize(
    "piece",
    [
        "a ",
        "een ",
        "honderd ",
        "1 ",
        "12:3",
        "half voor kwart ",
        "nummer op straat ",
        "Pres. ",
        "ik woon ",
        "a van ",
        "soixante et ",
    ],
)
def test_work_grows_with_the_text_and_not_faster(piece: str) -> None:
    text = (piece * 20_000)[:20_000]
    assert _count_steps(text[:LONGEST]) < 6 * _count_steps(text[: LONGEST // 4])


def _count_steps(text: str) -> int:
    """How many functions are called to understand `text`: the work, whatever the machine does besides."""
    steps = 0

    def count(*_: object) -> None:
        nonlocal steps
        steps += 1

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        understand(text, "nl", PLACES)
    finally:
        sys.setprofile(before)
    return steps


def test_a_placeholder_of_the_scrubber_means_nothing() -> None:
    assert understand("[naam] [nummer] [plaats]", "nl", PLACES) == {}
    assert Utterance("in [plaats] 12").words == ["in", "[plaats]", "12"]


def test_the_hints_are_names_that_a_recogniser_takes() -> None:
    names = hints(PLACES)
    assert len(names) == len(set(names)) <= 500
    assert all(len(name) <= 100 and "," not in name for name in names)
    assert {"Wittevrouwenveld", "Mosae Forum", "Blauwdorp", "Lanaken"} <= set(names)
    many = Gazetteer([Entry(f"Proefmolenstraat {at}", "street") for at in range(600)])
    assert len(hints(many)) == 500
    assert hints(Gazetteer([Entry("x" * 101, "street"), Entry("a, b", "street")])) == ()


def test_a_beginning_too_short_to_look_up_is_refused() -> None:
    with pytest.raises(ValueError, match="too short"):
        Phrasebook({"fire": {"yes": {"nl": "rok*"}}})


def test_a_longer_phrase_hides_the_shorter_one_of_the_same_fact_only() -> None:
    book = Phrasebook(
        {"fire": {"yes": {"nl": "brandt"}, "": {"nl": "licht brandt"}}, "light": {"yes": {"nl": "licht, licht _ dag"}}}
    )
    hits = book.spot(["licht", "brandt", "dag"], "nl")
    assert [(fact, hit.value, hit.start, hit.end) for fact in sorted(hits) for hit in hits[fact]] == [
        ("fire", "", 0, 2),
        ("light", "yes", 0, 3),
    ]

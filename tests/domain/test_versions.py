"""What of a report leaves the house, for whom."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.domain.content import Content, ThirdParty
from hotline.domain.errors import NoGround
from hotline.domain.grain import COARSEST, FINEST, Grain, When, Where
from hotline.domain.grounds import LEGAL_GROUND, fields_of
from hotline.domain.partners import Partner
from hotline.domain.versions import (
    ANSWERS,
    HEADING,
    MAX_BYTES,
    ReportFacts,
    dump_version,
    partner_answer,
    partner_version,
)

SEES_ALL = Partner("politie", "Politie", "webhook", sees=frozenset({"third_parties", "exact_address"}))
SEES_LITTLE = Partner("zorg", "Zorg", "portal")
FACTS = ReportFacts("dealing", "P3", "Limmel", date(2026, 11, 23), "night")
RESPOND = datetime(2026, 11, 30, 3, tzinfo=UTC)
TOLD = {
    "often": "daily",
    "lasting": "weeks",
    "count": "2-4",
    "spot": "street",
    "amount": "few",
    "fire": "no",
    "leak": "no",
    "smell": "never",
    "windows": "yes",
    "visitors": "many",
    "lived_in": "yes",
    "traffic": "car",
    "reckless": "yes",
    "plates_from": "be",
    "harassed": "no",
    "nuisance": "parking",
    "watchful": "yes",
}
DETAILS = {
    "howOften": "daily",
    "howLong": "weeks",
    "people": "2-4",
    "kindOfPlace": "street",
    "amount": "few",
    "fire": "no",
    "leak": "no",
    "smell": "never",
    "coveredWindows": "yes",
    "visitors": "many",
    "livedIn": "yes",
    "traffic": "car",
    "recklessDriving": "yes",
    "platesFrom": "be",
    "harassed": "no",
    "nuisance": "parking",
    "dogOrCamera": "yes",
}
FULL = Content(
    answers={
        "danger": "no",
        "category": "dealing",
        "subtype": "runners",
        "place": "Proefmolenstraat 12",
        "place_confirmed": "yes",
        "postcode": "6222",
        "neighbourhood": "Limmel",
        "what": "Er wordt gedeald.",
        "now": "yes",
        "when": "today",
        "part_of_day": "evening",
        "weapon": "no",
        "children": "unknown",
        **TOLD,
        "guess": "no",
        "source": "self",
        "ill": "yes",
        "vehicle": "een grijze scooter",
        "code": "000000000098",
        "language": "de",
        "channel": "sms",
        "told_112": "yes",
        "geheim": "eigenlijk niet",
    },
    third_parties=(ThirdParty("plate", "AE-12-OU"),),
    text="Bij Proefmolenstraat 12 staat elke avond een auto. In de proefmolenstraat is het druk.",
)


def make(partner: Partner, content: Content = FULL) -> dict[str, Any]:
    return partner_version(recipient_id="r-1", facts=FACTS, content=content, partner=partner, respond_by=RESPOND)


def answer(partner: Partner) -> dict[str, Any]:
    return partner_answer(
        recipient_id="r-1",
        question_id="q-1",
        words="Ja, in de\x07Proefmolenstraat 12.",
        third_parties=FULL.third_parties,
        content=FULL,
        partner=partner,
    )


def test_the_police_get_exactly_this() -> None:
    assert make(SEES_ALL) == {
        "reportId": "r-1",
        "category": "dealing",
        "priority": "P3",
        "place": {"neighbourhood": "Limmel", "postcode": "6222", "exact": "Proefmolenstraat 12"},
        "period": {"day": "2026-11-23", "partOfDay": "evening"},
        "text": f"{HEADING}\n\n{FULL.text}",
        "answers": {
            "subtype": "runners",
            "dangerNow": "no",
            "goingOnNow": "yes",
            "lastTime": "today",
            "partOfDay": "evening",
            "weapon": "no",
            "children": "unknown",
            **DETAILS,
        },
        "respondBy": "2026-11-30T03:00:00Z",
        "thirdParties": [{"kind": "plate", "text": "AE-12-OU"}],
    }


def test_who_may_not_see_the_address_finds_it_nowhere() -> None:
    version = make(SEES_LITTLE)
    assert version["place"] == {"neighbourhood": "Limmel", "postcode": "6222"}
    assert "thirdParties" not in version
    assert "proefmolen" not in json.dumps(version).lower()
    assert version["text"].endswith("Bij [plaats] staat elke avond een auto. In de [plaats] is het druk.")


def test_every_field_that_leaves_has_a_legal_ground() -> None:
    guessed = make(SEES_ALL, replace(FULL, answers={**FULL.answers, "guess": "yes"}))
    emitted = {*fields_of(make(SEES_ALL)), *fields_of(answer(SEES_ALL)), *fields_of(guessed), "time"}
    assert emitted == set(LEGAL_GROUND)
    assert {f"answers.{name}" for name, _ in ANSWERS.values()} <= set(LEGAL_GROUND)


def test_a_field_without_a_ground_does_not_leave_whoever_adds_it() -> None:
    for grown in ({"reporter": "x"}, {"place": {"door": "x"}}, {"thirdParties": [{"kind": "name", "age": "x"}]}):
        with pytest.raises(NoGround, match=r"no legal ground for (reporter|place\.door|thirdParties\.age)$"):
            dump_version({**make(SEES_ALL), **grown})


def test_a_version_is_as_coarse_as_the_grain_and_never_finer_than_the_rule() -> None:
    def shown(grain: Grain, **changes: str) -> tuple[str, str, str]:
        content = replace(FULL, answers={**FULL.answers, **changes})
        version = partner_version(
            recipient_id="r", facts=FACTS, content=content, partner=SEES_ALL, respond_by=RESPOND, grain=grain
        )
        text = version["text"].removeprefix(f"{HEADING}\n\n")
        return version["place"].get("exact", ""), text.partition(" staat")[0], " ".join(version["period"])

    assert shown(FINEST) == ("Proefmolenstraat 12", "Bij Proefmolenstraat 12", "day partOfDay")
    assert shown(Grain(Where.BLOCK, When.PART))[:2] == ("Proefmolenstraat 11-20", "Bij Proefmolenstraat 11-20")
    assert shown(Grain(Where.STREET, When.PART))[:2] == ("Proefmolenstraat", "Bij Proefmolenstraat")
    assert shown(COARSEST) == ("", "Bij [plaats]", "days partOfDay")
    assert shown(FINEST, guess="yes")[2] == "days partOfDay"


def test_an_answer_goes_by_the_same_rules_as_the_report() -> None:
    assert answer(SEES_ALL)["thirdParties"] == [{"kind": "plate", "text": "AE-12-OU"}]
    assert answer(SEES_ALL)["answer"] == "Ja, in de Proefmolenstraat 12."
    assert answer(SEES_LITTLE) == {"reportId": "r-1", "questionId": "q-1", "answer": "Ja, in de [plaats]."}


def test_an_answer_in_free_words_does_not_leave() -> None:
    content = Content(answers={"when": "toen mijn zoon thuiskwam", "subtype": "Bij mij boven", "now": "ja hoor"})
    assert make(SEES_ALL, content)["answers"] == {}


def test_without_a_named_part_of_day_the_coarse_arrival_is_used() -> None:
    assert make(SEES_ALL, Content())["period"] == {"day": "2026-11-23", "partOfDay": "night"}


words = st.text(max_size=60)


@given(
    st.dictionaries(st.sampled_from([*FULL.answers]), words),
    st.text(max_size=400),
    st.lists(st.builds(ThirdParty, words, words), max_size=4),
    st.sampled_from([SEES_ALL, SEES_LITTLE]),
)
def test_whatever_was_told_only_grounded_fields_leave(
    answers: dict[str, str], text: str, third: list[ThirdParty], partner: Partner
) -> None:
    version = make(partner, Content(answers, tuple(third), text))
    assert set(fields_of(version)) <= set(LEGAL_GROUND)
    assert json.loads(dump_version(version))["text"].startswith(HEADING)


def test_the_longest_report_fits() -> None:
    many = tuple(ThirdParty("plate", f"{number}" * 40) for number in range(500))
    for filler in ("x", '"', "a\n", "a\x07", "é", "\ud800", "💥"):
        version = make(SEES_ALL, Content({"place": filler * 3000}, many, filler * 30_000))
        assert len(dump_version(version)) <= MAX_BYTES
        assert version["text"].endswith("(ingekort)")

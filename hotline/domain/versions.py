"""One report, a version per partner: which fields leave the house, how coarse, and on what legal ground."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from hotline.domain.content import Content, ThirdParty
from hotline.domain.partners import Partner

HEADING = "Startinformatie, geen bewijs; bron niet te achterhalen."
"""Stands above every text that leaves, so that nobody takes a tip for proof."""

MAX_BYTES = 18_000
"""The whole version as JSON; with the envelope around it a webhook stays under the 20 kB of Standard Webhooks 1.0."""

_TASK = "AVG art. 6(1)(e); Gemeentewet art. 172"
_CRIME = "AVG art. 10; UAVG art. 32-33; Opiumwet art. 13b"
LEGAL_GROUND: Mapping[str, str] = {
    "reportId": _TASK,
    "category": _TASK,
    "priority": _TASK,
    "respondBy": _TASK,
    "place.neighbourhood": _TASK,
    "place.postcode": _TASK,
    "place.exact": _CRIME,
    "period.day": _TASK,
    "period.partOfDay": _TASK,
    "text": _CRIME,
    "answers.subtype": _TASK,
    "answers.dangerNow": _TASK,
    "answers.goingOnNow": _TASK,
    "answers.lastTime": _TASK,
    "answers.partOfDay": _TASK,
    "answers.weapon": _CRIME,
    "answers.children": "AVG art. 6(1)(e); Jeugdwet art. 2.4",
    "answers.howOften": _TASK,
    "answers.howLong": _TASK,
    "answers.people": _TASK,
    "answers.kindOfPlace": _TASK,
    "answers.amount": _TASK,
    "answers.fire": _TASK,
    "answers.leak": _TASK,
    "answers.smell": _CRIME,
    "answers.coveredWindows": _CRIME,
    "answers.visitors": _CRIME,
    "answers.livedIn": _TASK,
    "answers.traffic": _CRIME,
    "answers.recklessDriving": _CRIME,
    "answers.platesFrom": _CRIME,
    "answers.harassed": _CRIME,
    "answers.nuisance": _TASK,
    "answers.dogOrCamera": _TASK,
    "questionId": _TASK,
    "answer": _CRIME,
    "thirdParties.kind": _CRIME,
    "thirdParties.text": _CRIME,
}
"""Field → the ground on which a partner may have it; a field that is not here may not leave."""

_YES_NO = frozenset({"yes", "no", "unknown"})
_SPOTS = frozenset(
    [
        "home",
        "flat",
        "business",
        "bar",
        "shop",
        "coffeeshop",
        "car",
        "street",
        "park",
        "garage",
        "school",
        "station",
        "boat",
        "other",
    ]
)
_PARTS = frozenset({"night", "morning", "afternoon", "evening"})
ANSWERS: Mapping[str, tuple[str, frozenset[str]]] = {
    "danger": ("dangerNow", _YES_NO),
    "now": ("goingOnNow", _YES_NO),
    "when": ("lastTime", frozenset({"today", "week", "longer"})),
    "part_of_day": ("partOfDay", _PARTS),
    "weapon": ("weapon", _YES_NO),
    "children": ("children", _YES_NO),
    "often": ("howOften", frozenset({"daily", "weekly", "sometimes", "once"})),
    "lasting": ("howLong", frozenset({"days", "weeks", "months"})),
    "count": ("people", frozenset({"1", "2-4", "5-10", ">10"})),
    "spot": ("kindOfPlace", _SPOTS),
    "amount": ("amount", frozenset({"few", "some", "many"})),
    "fire": ("fire", _YES_NO),
    "leak": ("leak", _YES_NO),
    "smell": ("smell", frozenset({"always", "sometimes", "never"})),
    "windows": ("coveredWindows", _YES_NO),
    "visitors": ("visitors", frozenset({"many", "few"})),
    "lived_in": ("livedIn", _YES_NO),
    "traffic": ("traffic", frozenset({"foot", "car", "scooter"})),
    "reckless": ("recklessDriving", _YES_NO),
    "plates_from": ("platesFrom", frozenset({"nl", "be", "de", "fr"})),
    "harassed": ("harassed", _YES_NO),
    "nuisance": ("nuisance", frozenset({"crowd", "parking", "noise", "minors", "dealing"})),
    "watchful": ("dogOrCamera", _YES_NO),
}
"""Answer → the partner's name for it, and the values that may leave: never free words, never who called or how."""

_SUBTYPE = re.compile(r"[a-z][a-z_]{0,39}")
_POSTCODE = re.compile(r"\d{4}")
_HOUSE_NUMBER = re.compile(r"\s+\d+\s*\w{0,3}$")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")
_MAX_PLACE, _MAX_THIRD_BYTES = 200, 5_000


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """The clear columns of a report; `day` and `part_of_day` are its coarse arrival."""

    category: str
    priority: str
    neighbourhood: str | None
    day: date
    part_of_day: str


def partner_version(
    *, recipient_id: str, facts: ReportFacts, content: Content, partner: Partner, respond_by: datetime
) -> dict[str, Any]:
    """What this partner may know, as the `data` of its webhook (`interfaces.md`); at most `MAX_BYTES` as JSON.

    `recipient_id` is the id by which this partner alone knows the report. A text that is too long is cut at its end.
    """
    exact = "exact_address" in partner.sees
    version: dict[str, Any] = {
        "reportId": recipient_id,
        "category": facts.category,
        "priority": facts.priority,
        "place": _place(facts, content, exact=exact),
        "period": _period(facts, content),
        "text": _text(content, exact=exact),
        "answers": _answers(content),
        "respondBy": respond_by.strftime("%Y-%m-%dT%H:%M:%SZ"),
    }
    if "third_parties" in partner.sees and content.third_parties:
        version["thirdParties"] = _third_parties(content.third_parties)
    _shorten(version)
    return version


def partner_answer(
    *,
    recipient_id: str,
    question_id: str,
    words: str,
    third_parties: tuple[ThirdParty, ...],
    content: Content,
    partner: Partner,
) -> dict[str, Any]:
    """What this partner may know of the reporter's answer to its question, by the rules that hold for `content` too."""
    exact = "exact_address" in partner.sees
    hidden = _clean(words) if exact else _hide_place(_clean(words), content)
    answer: dict[str, Any] = {"reportId": recipient_id, "questionId": question_id, "answer": hidden}
    if "third_parties" in partner.sees and third_parties:
        answer["thirdParties"] = _third_parties(third_parties)
    return answer


def dump_version(version: Mapping[str, Any]) -> bytes:
    """The JSON that is sealed: stable, so that each attempt sends the same bytes."""
    return json.dumps(version, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _shorten(version: dict[str, Any]) -> None:
    text = version["text"]
    while len(dump_version(version)) > MAX_BYTES:
        text = text[: int(len(text) * 0.8)]
        version["text"] = f"{text} (ingekort)"


def _place(facts: ReportFacts, content: Content, *, exact: bool) -> dict[str, str]:
    place: dict[str, str] = {}
    if facts.neighbourhood:
        place["neighbourhood"] = facts.neighbourhood
    if _POSTCODE.fullmatch(content.answers.get("postcode", "")):
        place["postcode"] = content.answers["postcode"]
    if exact and content.answers.get("place"):
        place["exact"] = _clean(content.answers["place"])[:_MAX_PLACE]
    return place


def _period(facts: ReportFacts, content: Content) -> dict[str, str]:
    """The day of the report, and the part of day that was named; its arrival's where none was."""
    named = content.answers.get("part_of_day")
    return {"day": facts.day.isoformat(), "partOfDay": named if named in _PARTS else facts.part_of_day}


def _text(content: Content, *, exact: bool) -> str:
    text = _clean(content.text)
    return f"{HEADING}\n\n{text if exact else _hide_place(text, content)}".rstrip()


def _hide_place(text: str, content: Content) -> str:
    place = content.answers.get("place", "").strip()
    for words in (place, _HOUSE_NUMBER.sub("", place)):
        if len(words) > 3:
            text = re.sub(rf"{re.escape(words)}(\s+\d+\s?[a-z]?\b)?", "[plaats]", text, flags=re.IGNORECASE)
    return text


def _answers(content: Content) -> dict[str, str]:
    answers = {
        name: content.answers[ours] for ours, (name, allowed) in ANSWERS.items() if content.answers.get(ours) in allowed
    }
    if _SUBTYPE.fullmatch(content.answers.get("subtype", "")):
        answers["subtype"] = content.answers["subtype"]
    return answers


def _third_parties(third_parties: tuple[ThirdParty, ...]) -> list[dict[str, str]]:
    """As many as fit, in the order in which they were told."""
    kept: list[dict[str, str]] = []
    size = 0
    for one in third_parties:
        entry = {"kind": _clean(one.kind), "text": _clean(one.text)}
        size += len(json.dumps(entry, ensure_ascii=False).encode("utf-8", "replace"))
        if size > _MAX_THIRD_BYTES:
            break
        kept.append(entry)
    return kept


def _clean(text: str) -> str:
    return _CONTROL.sub(" ", text)

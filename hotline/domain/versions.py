"""One report, a version per partner: which fields leave the house, how coarse, and on what legal ground."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from hotline.domain.content import Content, ThirdParty
from hotline.domain.grain import (
    COARSEST,
    FINEST,
    VERSION,
    Grain,
    When,
    Where,
    choose_grain,
    coarsen_place,
    households,
    weekday_pattern,
)
from hotline.domain.grounds import check_grounds
from hotline.domain.partners import Partner

HEADING = "Startinformatie, geen bewijs; bron niet te achterhalen."
"""Stands above every text that leaves, so that nobody takes a tip for proof."""

MAX_BYTES = 18_000
"""The whole version as JSON; with the envelope around it a webhook stays under the 20 kB of Standard Webhooks 1.0."""

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


def rule_grain(category: str | None, content: Content) -> Grain:
    """The finest that any partner's version of such a report may be, whatever its words are."""
    wanted = households(category, may_be_guessed=content.answers.get("guess") == "yes")
    return choose_grain(VERSION, wanted) or COARSEST


def partner_version(
    *,
    recipient_id: str,
    facts: ReportFacts,
    content: Content,
    partner: Partner,
    respond_by: datetime,
    grain: Grain = FINEST,
) -> dict[str, Any]:
    """What this partner may know, as the `data` of its webhook (`interfaces.md`); at most `MAX_BYTES` as JSON.

    `recipient_id` is the id by which this partner alone knows the report. A text that is too long is cut at its end.
    Place and time are as coarse as `grain`, and never finer than the rule, whatever `grain` is.
    """
    exact = "exact_address" in partner.sees
    grain = grain.coarsened_to(rule_grain(facts.category, content))
    version: dict[str, Any] = {
        "reportId": recipient_id,
        "category": facts.category,
        "priority": facts.priority,
        "place": _place(facts, content, grain, exact=exact),
        "period": _period(facts, content, grain),
        "text": f"{HEADING}\n\n{_hide_place(_clean(content.text), content, grain, exact=exact)}".rstrip(),
        "answers": _answers(content, grain),
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
    grain: Grain = FINEST,
) -> dict[str, Any]:
    """What this partner may know of the reporter's answer to its question, by the rules that hold for `content` too."""
    exact = "exact_address" in partner.sees
    grain = grain.coarsened_to(rule_grain(content.answers.get("category"), content))
    hidden = _hide_place(_clean(words), content, grain, exact=exact)
    answer: dict[str, Any] = {"reportId": recipient_id, "questionId": question_id, "answer": hidden}
    if "third_parties" in partner.sees and third_parties:
        answer["thirdParties"] = _third_parties(third_parties)
    return answer


def dump_version(version: Mapping[str, Any]) -> bytes:
    """The JSON that is sealed: stable, so that each attempt sends the same bytes. Raises NoGround for an unknown field."""
    check_grounds(version)
    return json.dumps(version, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _shorten(version: dict[str, Any]) -> None:
    text = version["text"]
    while len(dump_version(version)) > MAX_BYTES:
        text = text[: int(len(text) * 0.8)]
        version["text"] = f"{text} (ingekort)"


def _place(facts: ReportFacts, content: Content, grain: Grain, *, exact: bool) -> dict[str, str]:
    place: dict[str, str] = {}
    if facts.neighbourhood:
        place["neighbourhood"] = facts.neighbourhood
    if _POSTCODE.fullmatch(content.answers.get("postcode", "")):
        place["postcode"] = content.answers["postcode"]
    told = coarsen_place(_clean(content.answers.get("place", "")), grain.where)
    if exact and told:
        place["exact"] = told[:_MAX_PLACE]
    return place


def _period(facts: ReportFacts, content: Content, grain: Grain) -> dict[str, str]:
    """The day of the report, and the part of day that was named; its arrival's where none was."""
    named = content.answers.get("part_of_day")
    part = {"partOfDay": named if named in _PARTS else facts.part_of_day}
    if grain.when is When.PATTERN:
        return {"days": weekday_pattern(facts.day), **part}
    return {"day": facts.day.isoformat(), **part}


def _hide_place(text: str, content: Content, grain: Grain, *, exact: bool) -> str:
    """The report's place in a text: as coarse as `grain` where the partner may see it, else gone."""
    place = content.answers.get("place", "").strip()
    if exact and grain.where is Where.ADDRESS:
        return text
    names = "|".join(re.escape(words) for words in (place, _HOUSE_NUMBER.sub("", place)) if len(words) > 3)
    if not names:
        return text
    instead = (lambda found: coarsen_place(found[0], grain.where) or "[plaats]") if exact else (lambda _: "[plaats]")
    return re.sub(rf"(?:{names})(?:\s+\d+(?:-\d+)?\s?[a-z]?\b)?", instead, text, flags=re.IGNORECASE)


def _answers(content: Content, grain: Grain) -> dict[str, str]:
    answers = {
        name: content.answers[ours] for ours, (name, allowed) in ANSWERS.items() if content.answers.get(ours) in allowed
    }
    if _SUBTYPE.fullmatch(content.answers.get("subtype", "")):
        answers["subtype"] = content.answers["subtype"]
    if grain.when is When.PATTERN and answers.get("lastTime") == "today":
        del answers["lastTime"]  # beside the day of release it would be the day again
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

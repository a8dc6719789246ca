"""The guard before anything leaves the house: how fine it may be, what keeps it locked, and what partners know together."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace

from hotline.anonymity.coarsen import Rule, coarsen_text, fineness_of, fineness_of_content, rule_of, union_of
from hotline.anonymity.single_source import MIDDLE, Score, judge
from hotline.domain.content import Content, Part, merge
from hotline.domain.errors import BadInput, NotAllowed
from hotline.domain.grain import Grain
from hotline.storage.tables import Report

_TOO_FINE = "Samen met wat de partners al weten, is dit te precies. Zet het niet door, of haal plaats en tijd weg."


def judge_report(content: Content, parts: Iterable[Part]) -> Score:
    """The score of a report as partners would get it; what the reporter told shows what is quoted."""
    return judge(content.text, content.answers, told=merge(parts).text)


def explain(score: Score) -> str:
    """The Dutch sentence beside a locked button: the exact words, and what is the matter with each."""
    said = [f"“{one.words}”: {one.why}" if one.words else one.why for one in score.reasons]
    return f"Nog op slot: {' '.join(said)}"


def check_unlocked(score: Score) -> None:
    """Raise BadInput where the score keeps a report locked."""
    if score.is_locked:
        raise BadInput({"guard": explain(score)})


def check_words(words: str) -> None:
    """Raise BadInput for words that leave without a second look, as an addition or an answer does.

    So their limit lies where a report's second look begins.
    """
    score = judge(words)
    if score.points >= MIDDLE:
        raise BadInput({"text": explain(score)})


def coarsen_report(report: Report, content: Content) -> tuple[Content, Grain]:
    """The report in the words that any version of it may have, and the grain of its place and time.

    Every way to a partner leads through here, so that none can pass a lock: BadInput where the score locks the report,
    NotAllowed, in Dutch, where nothing is coarse enough beside what partners know already.
    """
    check_unlocked(judge(content.text, content.answers))
    grain = _choose(report, _rule(report, content, content.text), fineness_of_content(content))
    part = content.answers.get("part_of_day")
    return replace(content, text=coarsen_text(content.text, grain, part=part)), grain


def coarsen_answer(report: Report, content: Content, words: str) -> tuple[str, Grain]:
    """The words of an answer as the partner that asked may have them, and the grain of the place in them."""
    grain = _choose(report, _rule(report, content, words), fineness_of(words))
    return coarsen_text(words, grain, part=content.answers.get("part_of_day")), grain


def note_given(report: Report, content: Content, versions: Iterable[bytes]) -> None:
    """Remember how fine the report is known with these versions; NotAllowed where all partners together know too much.

    The check is on the bytes that are sealed, so no way of making them can pass it by.
    """
    given = [json.loads(one) for one in versions]
    union = union_of(given)
    told = "\n".join(one.get("text", one.get("answer", "")) for one in given)
    rule = _rule(report, content, told)
    if not rule.holds(union):
        raise NotAllowed(_TOO_FINE)
    if given:
        report.given_grain = rule.join(union).dump()


def known_grains(report: Report) -> tuple[Grain, ...]:
    """How fine all partners together know the report; nothing while no version was given out."""
    return (Grain.load(report.given_grain),) if report.given_grain else ()


def _choose(report: Report, rule: Rule, finest: Grain) -> Grain:
    grain = rule.choose(finest)
    if grain is None:
        raise NotAllowed(_TOO_FINE)
    return grain


def _rule(report: Report, content: Content, words: str) -> Rule:
    category = {"category": report.category} if report.category else {}
    of_report = replace(content, answers={**content.answers, **category})
    return rule_of(of_report, judge(words, of_report.answers), known=known_grains(report))

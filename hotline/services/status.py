"""Answers a report code: the stage, the sentence and the question that only this code can open."""

from __future__ import annotations

import json
from datetime import datetime

from hotline.anonymity.seal import SealError, open_sealed
from hotline.domain.codes import CodeTypo
from hotline.domain.dayparts import week_of
from hotline.domain.lifecycle import OVER, Status
from hotline.services.code_check import count_wrong, open_code
from hotline.services.desk_reasons import WITHDRAWN
from hotline.services.house import IntakeHouse
from hotline.storage import dialogue, replies
from hotline.storage.session import transaction
from ivr_flows.model import Found, Lookup

_STAGE = {"incomplete": "received", "complete": "received", "released": "received"}


def find_status(house: IntakeHouse, lookup: Lookup, now: datetime) -> Found:
    """The flow's question `report_status`: `found` (stage, feedback, question), `unknown`, or `typo`.

    `feedback` is the last sentence and `question` the oldest one that waits for an answer; "" where there is none.
    What is given counts as heard.
    """
    try:
        key = open_code(house, lookup.args.get("code", ""))
    except CodeTypo:
        return Found(lookup.name, "typo")
    told = replies.by_lookup(house.engine, key.lookup)
    if told is None:
        count_wrong(house)
        return Found(lookup.name, "unknown")
    texts = [text for sealed in told.replies if (text := _open(key.private, sealed))]
    if texts:
        replies.mark_heard(house.engine, told.report_id, week_of(now))
    if told.is_withdrawn and told.status == Status.REJECTED:
        texts.append(WITHDRAWN.sentence)
    question = "" if told.is_withdrawn or told.status in OVER else _next_question(house, told, key.private, now)
    stage = _STAGE.get(told.status, told.status)
    return Found(lookup.name, "found", {"stage": stage, "feedback": texts[-1] if texts else "", "question": question})


def _next_question(house: IntakeHouse, told: replies.Told, private: bytes, now: datetime) -> str:
    with transaction(house.engine) as session:
        waiting = dialogue.waiting_questions(session, told.report_id)
    if not waiting:
        return ""
    text = _open(private, waiting[0].sealed)
    if text:
        dialogue.mark_question_heard(house.engine, waiting[0].id, week_of(now))
    return text


def _open(private: bytes, sealed: bytes) -> str:
    try:
        return str(json.loads(open_sealed(private, sealed))["text"])
    except SealError:
        return ""

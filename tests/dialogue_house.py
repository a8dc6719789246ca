"""An intake beside the tests' desk, a report with a code in its database, and a tiny flow that adds to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import redis
from sqlalchemy import Engine

from hotline.anonymity.keyring import IntakeKeys
from hotline.anonymity.reply import unlock
from hotline.domain.codes import make_code
from hotline.domain.content import Content, ThirdParty
from hotline.domain.lifecycle import Status
from hotline.domain.lines import Line
from hotline.services.desk_report import ReportPage, open_report
from hotline.services.dialogue import TurnOfLookup, answer_lookup
from hotline.services.flows import FlowShelf
from hotline.services.house import IntakeHouse
from hotline.services.lines import LineBoard
from hotline.services.release import leave_at_once, plan_release
from hotline.services.wakeup import Bell
from hotline.storage.daykeys import DayKeys
from hotline.storage.session import transaction
from hotline.storage.tables import Report
from hotline.storage.threads import Threads
from hotline.understanding.places import Gazetteer
from ivr_flows.load import load_script, read_sources
from ivr_flows.model import Lookup
from tests.desk_house import DISPATCH, Desk
from tests.ivr_flows.flows import write_flow

FULL = {"category": "dealing", "place": "Proefmolenstraat", "now": "no", "when": "week", "what": "Er wordt gedeald."}
LINE = Line("main", "De lijn", (), ())
CODE = make_code(4821937055)
OTHER_CODE = make_code(1)

FLOW = """\
flow: dialogue
start: hello
person: over
longest: {code: 12}
nodes:
  hello: {tell: hello, goto: ask_code}
  ask_code: {ask: code, answer: _code, digits: 12, noinput: [code, code], nomatch: [code, code], give_up: over, goto: words}
  words: {ask: words, answer: _text, noinput: [words, words], nomatch: [words, words], give_up: over, goto: add}
  add:
    find: add_to_report
    with: {code: _code, text: _text}
    cases: {added: added, closed: over, slow: over}
    otherwise: over
  added: {tell: added, goto: words}
  over: {end: over, outcome: done}
"""
PROMPTS = """\
prompts:
  hello: {voice: "Hallo."}
  code: {voice: "Toets uw code."}
  words: {voice: "Wat wilt u toevoegen?"}
  added: {voice: "Het is toegevoegd."}
  over: {voice: "Dag."}
"""


@dataclass
class Dialogue:
    """A reporter with a code, the intake that hears the reporter, and the desk that reads what was told."""

    house: IntakeHouse
    desk: Desk

    def report(self, status: str = "complete", *, code: str = CODE) -> UUID:
        """A report whose code is `code`."""
        report_id = self.desk.report(FULL, status=status, ago=timedelta(days=2))
        key = unlock(code, self.house.keys().pepper)
        with transaction(self.desk.owner) as session:
            report = session.get_one(Report, report_id)
            report.code_lookup, report.reply_public = key.lookup, key.public
        return report_id

    def released(self) -> tuple[UUID, dict[str, UUID]]:
        """A report at partners, and the id by which each knows it."""
        report_id = self.report()
        with transaction(self.desk.house.engine) as session:
            report = session.get_one(Report, report_id)
            report.status = Status.RELEASED.value
            planned = plan_release(
                session,
                report=report,
                content=Content(FULL, text=FULL["what"]),
                partners=self.desk.house.partners,
                keys=self.desk.house.keys(),
                now=self.desk.clock(),
                delay=leave_at_once,
            )
        return report_id, {one.partner: one.id for one in planned}

    def asks(
        self,
        name: str,
        text: str = "",
        *,
        code: str = CODE,
        mark: bytes | None = None,
        third: tuple[ThirdParty, ...] = (),
        language: str = "nl",
    ) -> tuple[str, dict[str, str]]:
        """What the flow hears for a lookup: the case and the values. Each call is a turn of its own, unless marked."""
        turn = TurnOfLookup(mark or uuid4().bytes * 2, "voice", language, third)
        args = {"code": code, "text": text} if text else {"code": code}
        found = answer_lookup(self.house, Lookup(name, args), turn, self.desk.clock())
        return found.case, dict(found.values)

    def page(self, report_id: UUID) -> ReportPage:
        """The report as the desk sees it."""
        return open_report(self.desk.house, report_id, now=self.desk.clock())

    def later(self, report_id: UUID) -> list[dict[str, str]]:
        """What was told under the code, in its order."""
        return [dict(part.answers) for part in self.page(report_id).parts if part.is_later]


def open_dialogue(intake: Engine, desk: Desk, valkey: redis.Redis, folder: Path) -> Dialogue:
    """An intake that seals to this desk."""
    keys = IntakeKeys({desk.month.id: desk.month.public}, {}, DISPATCH.public, pepper=b"p" * 32)
    house = IntakeHouse(
        engine=intake,
        redis=valkey,
        keys=lambda: keys,
        day_keys=DayKeys(valkey, clock=desk.clock),
        threads=Threads(valkey),
        flows=FlowShelf(
            intake, load_script(read_sources(write_flow(folder, FLOW, PROMPTS)), folder, "small"), desk.clock
        ),
        board=LineBoard(intake, desk.clock),
        gazetteer=Gazetteer(()),
        hints={},
        bell=Bell(valkey),
        make_code=lambda: OTHER_CODE,
        is_demo=True,
    )
    return Dialogue(house, desk)

"""A released report that partners ask about, for the tests of questions and answers."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import redis
from sqlalchemy import Engine

from hotline.services import answers, question_desk, questions
from hotline.services.partner_act import Once
from hotline.services.partner_inbox import Held, open_held
from hotline.services.release import hide_reaction
from tests.conftest import NOW
from tests.desk_house import open_desk
from tests.dialogue_house import Dialogue, open_dialogue

QUESTION = "Hoe ziet de auto eruit?"
ANSWER = "Een donkere bestelauto."
DAY_LATER = hide_reaction(lambda: 1.0)


class Story(Dialogue):
    """One released report that the police ask about."""

    def begin(self) -> None:
        """Release the report."""
        self.report_id, self.ids = self.released()

    def ask(self, text: str = QUESTION, *, partner: str = "politie", once: Once | None = None) -> None:
        """A partner asks."""
        now = self.desk.clock()
        who = {"partner": partner, "recipient_id": self.ids[partner], "actor": partner, "now": now}
        questions.ask(self.desk.house, text=text, once=once, **who)  # type: ignore[arg-type]

    def approve(self, text: str | None = None) -> UUID:
        """The desk lets the one waiting question through."""
        (draft,) = question_desk.question_drafts(self.desk.house)
        now = self.desk.clock()
        question_desk.approve_question(self.desk.house, draft.id, operator="operator", text=text, now=now)
        return draft.id

    def held(self, partner: str = "politie") -> Held:
        """What a partner sees."""
        now = self.desk.clock()
        return open_held(self.desk.house, partner=partner, recipient_id=self.ids[partner], now=now)

    def seen(self, partner: str = "politie") -> list[tuple[str, str]]:
        """How a partner sees its questions: status and answer."""
        return [(one.status, one.answer) for one in self.held(partner).questions]

    def passes(self, question_id: UUID, text: str | None = None) -> None:
        """The desk lets the answer go, a day later."""
        now = self.desk.clock()
        answers.pass_answer(self.desk.house, question_id, operator="operator", text=text, now=now, delay=DAY_LATER)


def begin_story(intake: Engine, desk: Engine, owner: Engine, valkey: redis.Redis, folder: Path) -> Story:
    """The report is at its partners, and nobody has asked yet."""
    found = open_desk(desk, owner, valkey, NOW)
    story = Story(open_dialogue(intake, found, valkey, folder).house, found)
    story.begin()
    return story

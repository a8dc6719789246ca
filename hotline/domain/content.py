"""What a report says, once opened: the parts that the turns told, and the desk's own version of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ThirdParty:
    """Something that identifies somebody who is not the reporter: a plate, a handle, a dealer's name."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Part:
    """What one turn told. `at` is the exact moment, which exists nowhere but inside the seal."""

    turn: int
    at: datetime
    channel: str
    language: str
    answers: Mapping[str, str]
    third_parties: tuple[ThirdParty, ...] = ()

    def dump(self) -> bytes:
        """The plaintext that is sealed."""
        return json.dumps({**asdict(self), "at": self.at.isoformat()}, ensure_ascii=False).encode()

    @staticmethod
    def load(plain: bytes) -> Part:
        """The part that `dump` wrote."""
        raw = json.loads(plain)
        third = tuple(ThirdParty(**one) for one in raw.pop("third_parties"))
        return Part(**{**raw, "at": datetime.fromisoformat(raw["at"]), "third_parties": third})


@dataclass(frozen=True, slots=True)
class Content:
    """A report's words as the desk works with them: answers by name, third parties, and the desk's own text."""

    answers: Mapping[str, str] = field(default_factory=dict)
    third_parties: tuple[ThirdParty, ...] = ()
    text: str = ""

    def dump(self) -> bytes:
        """The plaintext that is sealed as the desk's version."""
        return json.dumps(asdict(self), ensure_ascii=False).encode()

    @staticmethod
    def load(plain: bytes) -> Content:
        """The content that `dump` wrote."""
        raw = json.loads(plain)
        third = tuple(ThirdParty(**one) for one in raw["third_parties"])
        return Content(raw["answers"], third, raw["text"])


def merge(parts: Iterable[Part]) -> Content:
    """The parts in the order of their turns, the last answer of a name winning; the free text is `what` and `more`."""
    answers: dict[str, str] = {}
    third: dict[ThirdParty, None] = {}
    for part in sorted(parts, key=lambda part: part.turn):
        answers.update(part.answers)
        third.update(dict.fromkeys(part.third_parties))
    text = "\n".join(answers[name] for name in ("what", "more") if answers.get(name))
    return Content(answers, tuple(third), text)

"""What a report says, once opened: the parts that the turns told, and the desk's own version of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime

LATER = frozenset({"addition", "correction", "withdrawn", "answer"})
"""Answers of a part that came later, under the report's code; `answer` stands beside `question`, its question's id."""


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

    @property
    def tells(self) -> bool:
        """Whether anything was told: a report has parts beside these that hide how many there are."""
        return bool(self.answers or self.third_parties)

    @property
    def is_later(self) -> bool:
        """Whether the reporter came back with this under the code."""
        return not LATER.isdisjoint(self.answers)

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
    """A report's words as the desk works with them: answers by name, third parties, and the desk's own text.

    `seen` is the last turn that the desk's text has taken in; -1 where it was written before anything came later.
    `judged` is what a person decided about uncertain words: placeholder → the words themselves, or what stands there
    now that they are gone.
    """

    answers: Mapping[str, str] = field(default_factory=dict)
    third_parties: tuple[ThirdParty, ...] = ()
    text: str = ""
    seen: int = -1
    judged: Mapping[str, str] = field(default_factory=dict)

    def dump(self) -> bytes:
        """The plaintext that is sealed as the desk's version."""
        return json.dumps(asdict(self), ensure_ascii=False).encode()

    @staticmethod
    def load(plain: bytes) -> Content:
        """The content that `dump` wrote."""
        raw = json.loads(plain)
        third = tuple(ThirdParty(**one) for one in raw["third_parties"])
        return Content(raw["answers"], third, raw["text"], raw.get("seen", -1), raw.get("judged", {}))


def merge(parts: Iterable[Part]) -> Content:
    """The parts in the order of their turns, the last answer of a name winning.

    The text is `what` and `more`, and below them what was added or corrected later, each on a line of its own.
    """
    answers: dict[str, str] = {}
    third: dict[ThirdParty, None] = {}
    later: list[str] = []
    for part in sorted(parts, key=lambda part: part.turn):
        third.update(dict.fromkeys(part.third_parties))
        if part.is_later:
            later += _lines_of(part)
        else:
            answers.update(part.answers)
    first = [answers[name] for name in ("what", "more") if answers.get(name)]
    return Content(answers, tuple(third), "\n".join([*first, *later]))


def take_in(content: Content, parts: Iterable[Part]) -> Content:
    """The desk's text, and below it what the reporter told later and the desk's text has not taken in yet."""
    news = merge(part for part in parts if part.is_later and part.turn > content.seen)
    text = "\n".join(one for one in (content.text, news.text) if one)
    third = tuple(dict.fromkeys([*content.third_parties, *news.third_parties]))
    return replace(content, text=text, third_parties=third)


def change_words(content: Content, change: Callable[[str], str]) -> Content:
    """The content with its text and every answer changed."""
    answers = {name: change(value) for name, value in content.answers.items()}
    return replace(content, answers=answers, text=change(content.text))


def fill_in(content: Content) -> Content:
    """The content with what was judged in its places."""
    return change_words(content, lambda words: put_words(words, content.judged)) if content.judged else content


def put_words(text: str, judged: Mapping[str, str]) -> str:
    """A text with what was judged in its places."""
    for placeholder, words in judged.items():
        text = text.replace(placeholder, words)
    return text


def _lines_of(part: Part) -> list[str]:
    """An answer to a question is the asking partner's, so it is no line of the text."""
    corrected = [f"Correctie: {part.answers['correction']}"] if "correction" in part.answers else []
    return [part.answers["addition"], *corrected] if "addition" in part.answers else corrected

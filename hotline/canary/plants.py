"""The invented people of one run: what they say and are, as needles, and as a file to search a backup with later."""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import asdict, dataclass, field
from pathlib import Path

from hotline.canary.needles import Needle, code_needles, number_needle, sid_needle, story_needles, word_needle
from hotline.canary.words import draw_name, draw_stories
from hotline.domain.errors import HotlineError
from hotline.simulator.numbers import Kind, make_sid, pick_number

_TELLERS = ("caller", "texter", "visitor")


class PlantsError(HotlineError):
    """This file does not hold planted values; the text says why and what to do."""


@dataclass
class Plants:
    """Everything planted. `sids`, `codes` and `secrets` are noted on the way.

    `numbers` and `words` point at a person and may be nowhere, not even sealed; `stories` may stand in seals alone.
    """

    numbers: dict[str, str]
    words: dict[str, str]
    stories: dict[str, str]
    sids: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    secrets: list[str] = field(default_factory=list)

    def make_sid(self, kind: Kind) -> str:
        """An id of the carrier's, noted."""
        self.sids.append(make_sid(kind))
        return self.sids[-1]

    @property
    def people(self) -> tuple[Needle, ...]:
        """What may be nowhere."""
        return (
            *(number_needle(f"number of the {who}", number) for who, number in self.numbers.items()),
            *(word_needle(name, word) for name, word in self.words.items()),
            *(sid_needle("id of a call or text", sid) for sid in self.sids),
        )

    @property
    def told(self) -> tuple[Needle, ...]:
        """What may stand in a seal."""
        stories = [one for who, story in self.stories.items() for one in story_needles(f"words of the {who}", story)]
        return (*stories, *(word_needle("secret of a page", one) for one in self.secrets))

    @property
    def reached(self) -> tuple[Needle, ...]:
        """The report codes, which may be nowhere but with who was given one."""
        return tuple(needle for code in self.codes for needle in code_needles(code))

    def write(self, path: Path) -> None:
        """Keep them for a search of a backup; readable for this account alone."""
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(asdict(self), file, ensure_ascii=False, indent=1)
            file.write("\n")


def draw_plants() -> Plants:
    """People nobody has met before."""
    words = {"city": draw_name(), "carrier's field": draw_name(), "browser": f"{draw_name()}/1.0"}
    for who in _TELLERS:
        words |= {
            f"name of the {who}": draw_name(),
            f"mail of the {who}": f"{draw_name()}@{draw_name()}.example".lower(),
        }
    numbers = {"caller": _number_of_nobody(), "texter": pick_number(), "visitor": _number_of_nobody()}
    return Plants(numbers, words, dict(zip(_TELLERS, draw_stories(len(_TELLERS)), strict=True)))


def read_plants(path: Path) -> Plants:
    """What `write` wrote; raises PlantsError."""
    try:
        found = Plants(**json.loads(path.read_text(encoding="utf-8")))
        if not found.people or not found.told:
            raise ValueError
    except OSError as error:
        raise PlantsError(
            f"{path} cannot be read ({error.strerror}); `hotline canary --planted FILE` writes it"
        ) from None
    except (ValueError, TypeError, AttributeError):
        raise PlantsError(f"{path} does not hold planted values; `hotline canary --planted FILE` writes it") from None
    return found


def _number_of_nobody() -> str:
    """Looks like a Dutch mobile number out of what is not given out."""
    return f"+3160{secrets.randbelow(10**7):07}"

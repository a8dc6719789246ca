"""The people of one run, whose numbers, names and words stand nowhere else in the world."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

from hotline.canary.needles import Needle, code_needles, number_needle, sid_needle, story_needles, word_needle
from hotline.canary.words import draw_name, draw_stories
from hotline.simulator.numbers import Kind, make_sid, pick_number

PLACE, PLATE = "Proefmolenstraat", "AE-12-OU"


def _fictional() -> str:
    """A Dutch-looking mobile number out of what is not given out."""
    return f"+3160{secrets.randbelow(10**7):07}"


TOLD = (
    "story",
    "texted",
    "visited",
    "completed",
    "answered",
    "added",
    "asked",
    "replied",
    "drafted",
    "rejected",
    "doubted",
    "delivered",
)
"""What is told on the way, each in words of its own that must survive where they belong."""


def _doubtful() -> str:
    """Digits that may be a telephone number, or something on a wall."""
    return (
        f"73{secrets.randbelow(10)} {secrets.randbelow(90) + 10} {secrets.randbelow(90) + 10} {secrets.randbelow(10)}"
    )


@dataclass
class Cast:
    """Who takes part. `make_sid` is the carrier's, and remembers what it made; `codes` and `page_secrets` are noted by the walk."""

    caller: str = field(default_factory=_fictional)
    texter: str = field(default_factory=pick_number)
    aborting: str = field(default_factory=_fictional)
    typed_number: str = field(default_factory=_fictional)
    names: dict[str, str] = field(
        default_factory=lambda: {who: f"Zoë {draw_name()}" for who in ("caller", "texter", "visitor")}
    )
    typed_names: dict[str, str] = field(default_factory=lambda: {who: draw_name() for who in ("operator", "partner")})
    city: str = field(default_factory=draw_name)
    zip: str = field(default_factory=draw_name)
    carrier_field: str = field(default_factory=draw_name)
    mails: dict[str, str] = field(
        default_factory=lambda: {
            who: f"{draw_name()}@{draw_name()}.example".lower()
            for who in ("caller", "texter", "visitor", "operator", "partner")
        }
    )
    agent: str = field(default_factory=lambda: f"{draw_name()}/1.0")
    address: str = field(default_factory=lambda: f"2001:db8::{secrets.token_hex(2)}:{secrets.token_hex(2)}:1a1a")
    handle: str = field(default_factory=lambda: f"@{draw_name()}".lower())
    stories: tuple[str, ...] = field(default_factory=lambda: draw_stories(len(TOLD)))
    doubted: tuple[str, str] = field(default_factory=lambda: (_doubtful(), _doubtful()))
    sids: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    page_secrets: list[str] = field(default_factory=list)

    def told(self, what: str) -> str:
        """The words of one of `TOLD`."""
        return self.stories[TOLD.index(what)]

    def make_sid(self, kind: Kind) -> str:
        """An id of the carrier's."""
        self.sids.append(make_sid(kind))
        return self.sids[-1]

    def sent_with(self, who: str) -> dict[str, str]:
        """What the carrier sends along about somebody."""
        return {
            "CallerName": self.names[who],
            "FromCity": self.city,
            "FromZip": self.zip,
            "CallerCity": self.city,
            "StirPassportToken": self.carrier_field,
        }

    @property
    def identity(self) -> tuple[Needle, ...]:
        """What may be nowhere at all, not even sealed."""
        numbers = {"caller": self.caller, "texter": self.texter, "aborting": self.aborting, "typed": self.typed_number}
        words = {
            **{f"name of {who}": name.removeprefix("Zoë ") for who, name in self.names.items()},
            **{f"whole name of {who}": name for who, name in self.names.items()},
            **{f"name typed by {who}": name for who, name in self.typed_names.items()},
            **{f"mail of {who}": mail for who, mail in self.mails.items()},
            "city": self.city,
            "zip": self.zip,
            "carrier's field": self.carrier_field,
            "browser": self.agent,
            "address": self.address,
        }
        return (
            *(number_needle(f"number of {who}", number) for who, number in numbers.items()),
            *(word_needle(name, word) for name, word in words.items()),
            *(sid_needle("carrier's id", sid) for sid in self.sids),
        )

    @property
    def plain_identity(self) -> tuple[Needle, ...]:
        """Of that, what rules recognise for certain: numbers and addresses of mail."""
        return tuple(needle for needle in self.identity if needle.name.startswith(("number of", "mail of")))

    @property
    def secrets(self) -> tuple[Needle, ...]:
        """What may stand in a seal, and in clear only before the eyes it is meant for."""
        words = {"place": PLACE, "plate": PLATE, "handle": self.handle}
        words |= {f"page secret {at}": one for at, one in enumerate(self.page_secrets)}
        plain = [word_needle(name, word) for name, word in words.items()]
        plain += [word_needle("doubtful words", one) for one in self.doubted]
        told = [needle for name in TOLD for needle in story_needles(f"words: {name}", self.told(name))]
        return (*plain, *told)

    @property
    def report_codes(self) -> tuple[Needle, ...]:
        """The codes, as they are and in groups."""
        return tuple(needle for code in self.codes for needle in code_needles(code))

"""The people of one run, whose numbers, names and words stand nowhere else in the world."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

from hotline.simulator.numbers import Kind, make_sid, pick_number
from tests.canary.search import Form, Needle, number_needle, word_needle

PLACE, PLATE = "Proefmolenstraat", "AE-12-OU"


def coin() -> str:
    """A word of ten letters that nobody ever said."""
    return "".join(secrets.choice("kpvxzjqg") + secrets.choice("aeiou") for _ in range(5)).capitalize()


def _fictional() -> str:
    """A Dutch-looking mobile number out of what is not given out."""
    return f"+3160{secrets.randbelow(10**7):07}"


@dataclass
class Cast:
    """Who takes part. `make_sid` is the carrier's, and remembers what it made; `codes` and `page_secrets` are noted by the walk."""

    caller: str = field(default_factory=_fictional)
    texter: str = field(default_factory=pick_number)
    aborting: str = field(default_factory=_fictional)
    typed_number: str = field(default_factory=_fictional)
    names: dict[str, str] = field(
        default_factory=lambda: {who: f"Zoë {coin()}" for who in ("caller", "texter", "visitor")}
    )
    typed_names: dict[str, str] = field(default_factory=lambda: {who: coin() for who in ("operator", "partner")})
    city: str = field(default_factory=coin)
    zip: str = field(default_factory=coin)
    carrier_field: str = field(default_factory=coin)
    mails: dict[str, str] = field(
        default_factory=lambda: {
            who: f"{coin()}@{coin()}.example".lower() for who in ("caller", "texter", "visitor", "operator", "partner")
        }
    )
    agent: str = field(default_factory=lambda: f"{coin()}/1.0")
    address: str = field(default_factory=lambda: f"2001:db8::{secrets.token_hex(2)}:{secrets.token_hex(2)}:1a1a")
    handle: str = field(default_factory=lambda: f"@{coin()}".lower())
    story: str = field(default_factory=coin)
    texted: str = field(default_factory=coin)
    visited: str = field(default_factory=coin)
    completed: str = field(default_factory=coin)
    answered: str = field(default_factory=coin)
    added: str = field(default_factory=coin)
    asked: str = field(default_factory=coin)
    replied: str = field(default_factory=coin)
    sids: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    page_secrets: list[str] = field(default_factory=list)

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
            *(_sid_needle(sid) for sid in self.sids),
        )

    @property
    def secrets(self) -> tuple[Needle, ...]:
        """What may stand in a seal, and in clear only before the eyes it is meant for."""
        words = {
            "place": PLACE,
            "plate": PLATE,
            "handle": self.handle,
            "words of the caller": self.story,
            "words of the texter": self.texted,
            "words of the visitor": self.visited,
            "words of the operator": self.completed,
            "words of the partner": self.answered,
            "words added later": self.added,
            "words of the question": self.asked,
            "words of the answer": self.replied,
        }
        words |= {f"page secret {at}": one for at, one in enumerate(self.page_secrets)}
        return tuple(word_needle(name, word) for name, word in words.items())

    @property
    def report_codes(self) -> tuple[Needle, ...]:
        """The codes, as they are and in groups."""
        groups = [" ".join(code[at : at + 3] for at in range(0, 12, 3)) for code in self.codes]
        return tuple(word_needle("report code", one) for one in [*self.codes, *groups])


def _sid_needle(sid: str) -> Needle:
    """An id of the carrier's: its random part, as digits or bytes, and hashes of the whole."""
    whole, bare = word_needle("", sid), sid[2:]
    hashes = tuple(form for form in whole.forms if "without a key" in form.label)
    plain = (Form("as it is", bare.encode()), Form("as bytes", bytes.fromhex(bare), folded=False))
    return Needle("carrier's id", (*plain, *hashes))

"""Turns a page of the web form into events and a contact; the address and the browser that it came from are never read.

A page may bring two events at once: an answer, and that the resident is done. Text is scrubbed here, before anything
else sees it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, cast, get_args

from hotline.anonymity.caller import CallerKey
from hotline.anonymity.known import Known
from hotline.anonymity.seal import derive
from hotline.telephony.inbound import Contact, DayKey, Heard, scrub_words
from hotline.telephony.signature import Form, first
from hotline.understanding.places import Gazetteer
from ivr_flows.model import Event, Keys, NoInput, Said

Act = Literal["next", "skip", "back", "done"]
"""Which of a page's buttons was pressed."""

MAX_TEXT = 1500
"""Characters that one field may hold: the flow keeps 1600, and a placeholder can be longer than what it replaces."""

SECRET_BYTES = 32
_SECRET = re.compile(r"[A-Za-z0-9_-]{43}")


@dataclass(frozen=True, slots=True)
class Filled:
    """What a page brought: `text` and `digits` as they were typed, the key of a `choice`, and the button."""

    act: Act
    text: str
    choice: str
    digits: str

    @property
    def is_empty(self) -> bool:
        """Whether no field was filled in."""
        return not (self.text or self.choice or self.digits)


def read_filled(form: Form) -> Filled:
    """The fields of a page; what they cannot hold counts as empty, a button that is none as `next`."""
    act, choice = first(form, "act"), first(form, "choice")
    return Filled(
        cast(Act, act) if act in get_args(Act) else "next",
        "\n".join(first(form, "text").splitlines()).strip(),
        choice if len(choice) == 1 and choice in "123456789" else "",
        first(form, "digits").strip()[:40],
    )


def is_secret(text: str) -> bool:
    """Whether this can be a page's secret, so that nobody's page is guessed or keyed by a short word."""
    return _SECRET.fullmatch(text) is not None


def meet(secret: str, day_keys: Iterable[DayKey]) -> tuple[Contact, ...]:
    """The other side of a form under each day's key. Only the page holds the secret, so only it opens its state."""
    brought = secret.encode()
    return tuple(
        Contact(
            day,
            derive(key, b"form", brought),
            CallerKey(derive(key, b"form's caller", brought)),
            derive(key, b"form's state", brought),
            derive(key, b"form's replay", brought),
        )
        for day, key in day_keys
    )


def hear_form(
    filled: Filled, contacts: tuple[Contact, ...], done_word: str, gazetteer: Gazetteer | None = None
) -> tuple[Heard, ...]:
    """The events of a page, one or two; `done_word` is how the conversation's language ends it at any question."""
    match filled.act:
        case "back":
            return (Heard(contacts, Keys("*")),)
        case "skip":
            return (Heard(contacts, Keys("#")),)
        case "next":
            return (_hear_answer(filled, contacts, gazetteer),)
    done = Heard(contacts, Said(done_word))
    return (done,) if filled.is_empty else (_hear_answer(filled, contacts, gazetteer), done)


def _hear_answer(filled: Filled, contacts: tuple[Contact, ...], gazetteer: Gazetteer | None) -> Heard:
    event: Event = NoInput()
    keys = "".join(one for one in filled.digits if one in "0123456789")
    if filled.choice:
        event = Keys(filled.choice)
    elif filled.text:
        found = scrub_words(filled.text[:MAX_TEXT], Known(), gazetteer)
        return Heard(contacts, Said(found.text), found.sealed, found.uncertain, found.unfinished)
    elif keys:
        event = Keys(keys)
    elif filled.digits:
        event = Keys("?")
    return Heard(contacts, event)

"""The one error tree of the house.

HotlineError
├── NotFound            there is no such report, delivery, question or person
├── Conflict            somebody else was first; carries nothing of the other's text
│   ├── StaleVersion    the report changed since it was read
│   └── Leased          another operator holds the report
├── NotAllowed          the rules forbid this step now
├── NoGround            a field would leave the house on no legal ground: our own mistake
└── BadInput            what came in cannot be used; `errors` says per field what is wrong
"""

from __future__ import annotations

from collections.abc import Mapping


class HotlineError(Exception):
    """The root; its text is safe to show and to log: never a number, a name or a report's words."""


class NotFound(HotlineError):
    """There is no such thing, or not for who asks."""


class Conflict(HotlineError):
    """Somebody else was first."""


class StaleVersion(Conflict):
    """The report changed since it was read."""


class Leased(Conflict):
    """Another operator holds the report; `holder` is that operator's user name."""

    def __init__(self, holder: str) -> None:
        super().__init__(f"report is held by {holder}")
        self.holder = holder


class NotAllowed(HotlineError):
    """The rules forbid this step now; the text says which rule."""


class NoGround(HotlineError):
    """A partner's version holds a field for which no legal ground is known; the text names the field."""


class BadInput(HotlineError):
    """What came in cannot be used; `errors` maps a field to what is wrong with it."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__("; ".join(f"{name}: {what}" for name, what in errors.items()))
        self.errors = dict(errors)

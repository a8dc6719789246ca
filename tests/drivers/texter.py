"""Somebody who texts the line, in words that read like a story."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Self

from hotline.simulator.exchange import Exchange
from hotline.simulator.numbers import pick_number
from hotline.simulator.text_phone import TextPhone


class Texter:
    """One person with one telephone; `reads` looks at the replies to the last text.

    Each text fails the test at once when its webhook failed or the answer was no valid TwiML, unless `strict=False`.
    """

    def __init__(
        self,
        exchange: Exchange,
        number: str | None = None,
        *,
        extra: Mapping[str, str] | None = None,
        strict: bool = True,
    ) -> None:
        self.exchange = exchange
        self.phone = TextPhone(exchange, number or pick_number(), extra or {})
        self.replies: list[str] = []
        self._strict = strict

    @property
    def all_replies(self) -> list[str]:
        """Everything that came back so far."""
        return self.phone.replies

    def texts(self, words: str) -> Self:
        """Sends one text."""
        failed = len(self.exchange.alerts)
        self.replies = self.phone.send(words)
        if self._strict:
            assert not self.exchange.alerts[failed:], [str(one.refusal) for one in self.exchange.alerts[failed:]]
        return self

    def delivers_again(self) -> bytes:
        """The carrier sends the last text once more under the same `MessageSid`; gives the raw answer."""
        return self.phone.repeat_last()

    def reads(self, *parts: str) -> Self:
        """Each of these was part of the replies to the last text, capitals aside."""
        said = " ".join(self.replies).casefold()
        for part in parts:
            assert part.casefold() in said, f"not read: {part!r}\nread: {self.replies}"
        return self

    def reads_nothing(self) -> Self:
        """No reply came to the last text."""
        assert not self.replies, f"read: {self.replies}"
        return self

"""Somebody who calls the line, in words that read like a story."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Self

from hotline.simulator.carrier import Call
from hotline.simulator.exchange import Exchange
from hotline.simulator.numbers import pick_dutch_number


class Caller:
    """One person with one telephone. Every act returns the caller, so that acts can be chained.

    `hears` looks at what was said since the last act; `heard` holds the whole call. Each act fails the test at once
    when a webhook failed or its answer was no valid TwiML; pass `strict=False` where that is what the test is about.
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
        self.number = number or pick_dutch_number()
        self.call = self._new_call(extra or {})
        self._extra, self._strict, self._since = extra or {}, strict, 0

    @property
    def heard(self) -> list[str]:
        """Every sentence of this call."""
        return self.call.heard

    @property
    def just_heard(self) -> list[str]:
        """The sentences since the last act."""
        return self.call.heard[self._since :]

    def calls(self) -> Self:
        """Calls the line; a second time it is a new call from the same telephone."""
        if self.call.sid:
            self.call = self._new_call(self._extra)
        return self._did(self.call.dial)

    def presses(self, keys: str) -> Self:
        """Presses keys one by one; what one question leaves over goes to the next."""
        return self._did(lambda: self.call.press(keys))

    def says(self, words: str, *, confidence: float | None = 0.9) -> Self:
        """Says this, and the recogniser hears it so."""
        return self._did(lambda: self.call.say(words, confidence=confidence))

    def stays_silent(self, times: int = 1) -> Self:
        """Lets the time to answer run out, this often or until the call is over."""
        for _ in range(times):
            if self.call.over:
                break
            self._did(self.call.wait)
        return self

    def hangs_up(self) -> Self:
        """Puts the telephone down."""
        return self._did(self.call.hang_up)

    def delivers_again(self) -> bytes:
        """The carrier sends the last webhook once more; gives the raw answer."""
        return self.call.repeat_last()

    def hears(self, *parts: str) -> Self:
        """Each of these was part of what was said since the last act, capitals aside."""
        said = " ".join(self.just_heard).casefold()
        for part in parts:
            assert part.casefold() in said, f"not heard: {part!r}\nheard: {self.just_heard}"
        return self

    def hears_not(self, *parts: str) -> Self:
        """None of these was said since the last act."""
        said = " ".join(self.just_heard).casefold()
        for part in parts:
            assert part.casefold() not in said, f"heard: {part!r}\nheard: {self.just_heard}"
        return self

    def is_asked(self) -> Self:
        """The line listens for an answer."""
        assert self.call.listening is not None, f"nothing is being asked\nheard: {self.just_heard}"
        return self

    def is_hung_up_on(self) -> Self:
        """The call is over."""
        assert self.call.over, f"the call goes on\nheard: {self.just_heard}"
        return self

    def _new_call(self, extra: Mapping[str, str]) -> Call:
        return Call(self.exchange, self.number, extra)

    def _did(self, act: object) -> Self:
        assert callable(act)
        self._since = len(self.call.heard)
        failed = len(self.exchange.alerts)
        act()
        if self._strict:
            assert not self.exchange.alerts[failed:], [str(one.refusal) for one in self.exchange.alerts[failed:]]
        return self

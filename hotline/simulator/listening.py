"""What a `<Gather>` waits for, and what each key does to it."""

from __future__ import annotations

from dataclasses import dataclass

from hotline.simulator.exchange import Method, resolve
from hotline.simulator.twiml import Verb


@dataclass(slots=True)
class Gather:
    """One open `<Gather>`; `pressed` holds the keys so far, `timeout` is in seconds."""

    action: str
    method: Method
    keys: bool
    speech: bool
    num_digits: int | None
    finish_on_key: str
    timeout: int
    language: str
    action_on_empty: bool
    barge_in: bool
    pressed: str = ""

    def take(self, key: str) -> bool:
        """Takes one key; True when it ends the input.

        The key that finishes is not part of the input; alone it ends it with nothing entered.
        """
        if self.finish_on_key and key == self.finish_on_key:
            return True
        self.pressed += key
        return self.num_digits is not None and len(self.pressed) >= self.num_digits


def open_gather(verb: Verb, document: str) -> Gather:
    """The `<Gather>` of a document that came from this address, with Twilio's defaults filled in."""
    given = verb.attributes
    inputs = given.get("input", "dtmf").split()
    timeout = given.get("timeout", "5")
    return Gather(
        action=resolve(document, given.get("action", "")),
        method="GET" if given.get("method") == "GET" else "POST",
        keys="dtmf" in inputs,
        speech="speech" in inputs,
        num_digits=int(given["numDigits"]) if "numDigits" in given else None,
        finish_on_key=given.get("finishOnKey", "#"),
        timeout=5 if timeout == "auto" else int(timeout),
        language=given.get("language", "en-US"),
        action_on_empty=given.get("actionOnEmptyResult") == "true",
        barge_in=given.get("bargeIn", "true") == "true",
    )

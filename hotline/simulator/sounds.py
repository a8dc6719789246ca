"""What a caller hears of one verb."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from hotline.simulator.twiml import Verb


@dataclass(frozen=True, slots=True)
class Sound:
    """One thing that the caller hears; `interruptible` while a key may cut it short."""

    kind: Literal["say", "play", "pause"]
    text: str
    language: str = ""
    interruptible: bool = False


def sound_of(verb: Verb, *, interruptible: bool) -> list[Sound]:
    """A `<Say>`, `<Play>` or `<Pause>` as often as its `loop` tells; an endless one stops after ten."""
    given = verb.attributes
    match verb.name:
        case "Say":
            sound = Sound("say", verb.text, given.get("language", "en-US"), interruptible)
        case "Play":
            sound = Sound("play", verb.text, interruptible=interruptible)
        case _:
            sound = Sound("pause", given.get("length", "1"), interruptible=interruptible)
    loop = int(given.get("loop", "1"))
    return [sound] * (min(10, loop) if loop else 10)

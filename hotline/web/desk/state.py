"""What the desk's pages keep in their process beside the house."""

from __future__ import annotations

from dataclasses import dataclass, field

from hotline.services.desk_queue import Arrivals
from hotline.services.release import Delay


@dataclass(frozen=True, slots=True)
class DeskState:
    """`neighbourhoods` are the names that may stand in clear; `delay` is how long a release waits,
    `reaction_delay` how long partners wait for what a reporter told under the code."""

    delay: Delay
    reaction_delay: Delay
    neighbourhoods: tuple[str, ...] = ()
    arrivals: Arrivals = field(default_factory=Arrivals)

"""`python -m workers.schedule`: walks the rounds every second until SIGTERM."""

from __future__ import annotations

import signal
from types import FrameType

from workers import retain
from workers.runtime import begin, this_runtime
from workers.sweep import DUTIES, Rounds
from workers.ways import stopping

STEP = 1.0
"""Seconds between two looks at the list of duties."""


def main() -> None:
    """Run until told to stop; a duty in hand is finished."""
    begin()
    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGINT, _stop)
    rounds = Rounds(this_runtime(), (*DUTIES, retain.DUTY))
    while not stopping.wait(STEP):
        rounds.walk()


def _stop(signum: int, frame: FrameType | None) -> None:
    stopping.set()


if __name__ == "__main__":
    main()

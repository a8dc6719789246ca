"""`python -m workers.schedule`: walks the rounds every second until SIGTERM."""

from __future__ import annotations

import signal
import subprocess
import sys
from datetime import datetime, timedelta
from types import FrameType

from workers.runtime import begin, this_runtime
from workers.sweep import DUTIES, Duty, Rounds
from workers.ways import Runtime, stopping

STEP = 1.0
"""Seconds between two looks at the list of duties."""


class Starter:
    """Starts a module in a process of its own, unless the one of the last time still works."""

    def __init__(self, module: str) -> None:
        self._module = module
        self._child: subprocess.Popen[bytes] | None = None

    def __call__(self, runtime: Runtime, now: datetime) -> None:
        """Start it and do not wait: the clock has other duties."""
        if self._child is None or self._child.poll() is not None:
            self._child = subprocess.Popen([sys.executable, "-m", self._module])  # noqa: S603 - one of ours


LETTING_GO = Duty("let go of what is over", timedelta(hours=1), Starter("workers.retain"))
"""Every hour, because words that wait for a person's judgement die at a fixed one; most rounds find nothing."""


def main() -> None:
    """Run until told to stop; a duty in hand is finished."""
    begin()
    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGINT, _stop)
    rounds = Rounds(this_runtime(), (*DUTIES, LETTING_GO))
    while not stopping.wait(STEP):
        rounds.walk()


def _stop(signum: int, frame: FrameType | None) -> None:
    stopping.set()


if __name__ == "__main__":
    main()

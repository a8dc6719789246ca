"""Runs the processes of the Procfile, starts again what dies, and stops all of them in order."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from hotline.embedded.kinship import die_with_parent

FIRST_PAUSE, LONGEST_PAUSE = 0.2, 5.0
STEADY = 10.0
"""Seconds after which a process counts as running, and its next death as the first."""

PATIENCE = 8.0
"""Seconds that a process gets to stop by itself."""

STOP_LAST = ("valkey", "postgres")
"""What the others lean on, in the order in which it stops."""

STOP_FIRST = ("intake", "desk")
"""What takes work in."""


@dataclass
class Process:
    """One line of the Procfile. A process that ends well (0) is done and not started again."""

    name: str
    command: list[str]
    child: subprocess.Popen[str] | None = None
    started: float = 0.0
    pause: float = FIRST_PAUSE
    start_at: float = 0.0
    done: bool = False


@dataclass
class Supervisor:
    """Processes in the order in which they start; `say` gets their lines, with their names before them.

    `after` maps the name of a process to that of one which must have ended well before it starts.
    """

    processes: list[Process]
    environ: Mapping[str, str]
    say: Callable[[str], None] = field(default=lambda line: print(line, flush=True))
    after: Mapping[str, str] = field(default_factory=dict)
    _stop: threading.Event = field(default_factory=threading.Event)

    def stop(self, *_: object) -> None:
        """Ask the loop to end; safe in a signal handler."""
        self._stop.set()

    @property
    def is_stopping(self) -> bool:
        """Whether `stop` was called."""
        return self._stop.is_set()

    def run(self) -> None:
        """Until `stop`: start what is not running, again and again with growing pauses."""
        try:
            while not self._stop.wait(0.1):
                for process in self.processes:
                    self._look_after(process)
        finally:
            self._stop_all()

    def _look_after(self, process: Process) -> None:
        if process.done or not self._may_start(process):
            return
        now = time.monotonic()
        if process.child is not None:
            code = process.child.poll()
            if code is None:
                return
            _kill_group(process.child)  # what it had started must not keep its port
            process.child = None
            if code == 0:
                process.done = True
                return
            if now - process.started > STEADY:
                process.pause = FIRST_PAUSE
            process.start_at, process.pause = now + process.pause, min(process.pause * 2, LONGEST_PAUSE)
            self.say(f"{process.name} stopped ({_why(code)}); it is started again")
        if now >= process.start_at:
            self._start(process)

    def _may_start(self, process: Process) -> bool:
        return not any(other.name == self.after.get(process.name) and not other.done for other in self.processes)

    def _start(self, process: Process) -> None:
        process.started = time.monotonic()
        process.child = subprocess.Popen(  # noqa: S603 - the project's own Procfile
            process.command,
            env=dict(self.environ),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,  # Ctrl-C is for the supervisor, which stops all in order
            # All can be killed at any moment and lose nothing; a polite signal can be missed (granian clears it away
            # when a worker of its own stops at that moment), and who missed it would keep the port.
            preexec_fn=partial(die_with_parent, signal.SIGKILL, os.getpid()),
        )
        threading.Thread(target=self._relay, args=(process.name, process.child), daemon=True).start()

    def _relay(self, name: str, child: subprocess.Popen[str]) -> None:
        if child.stdout is not None:
            with child.stdout as lines:
                for line in lines:
                    self.say(f"{name:>9} | {line.rstrip()}")

    def _stop_all(self) -> None:
        for group in self._stopping_order():
            running = [process for process in group if process.child is not None and process.child.poll() is None]
            for process in running:
                if process.child is not None:
                    process.child.send_signal(signal.SIGINT if process.name == "postgres" else signal.SIGTERM)
            end = time.monotonic() + PATIENCE
            for process in running:
                if process.child is not None:
                    _wait_or_kill(process.child, end)

    def _stopping_order(self) -> Sequence[Sequence[Process]]:
        """The doors, then who works behind them, then what these lean on."""
        known = {process.name: process for process in self.processes}
        first = [known[name] for name in STOP_FIRST if name in known]
        last = [[known[name]] for name in STOP_LAST if name in known]
        rest = [process for name, process in known.items() if name not in (*STOP_FIRST, *STOP_LAST)]
        return [first, rest, *last]


def _wait_or_kill(child: subprocess.Popen[str], end: float) -> None:
    try:
        child.wait(max(0.1, end - time.monotonic()))
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
    _kill_group(child)


def _kill_group(child: subprocess.Popen[str]) -> None:
    try:
        os.killpg(child.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        pass  # nobody left, as it should be


def _why(code: int) -> str:
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"exit {code}"

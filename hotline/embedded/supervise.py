"""Runs the processes of the Procfile, starts again what dies, and stops all of them in order."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from hotline.embedded.kinship import die_with_parent

FIRST_PAUSE, LONGEST_PAUSE = 0.2, 5.0
STEADY = 10.0
"""Seconds after which a process counts as running, and its next death as the first."""

PATIENCE = 8.0
"""Seconds that a process gets to stop by itself."""


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
    """Processes in the order in which they start; they stop the other way round."""

    processes: list[Process]
    environ: Mapping[str, str]
    say: Callable[[str], None] = field(default=lambda line: print(line, flush=True))
    _stop: threading.Event = field(default_factory=threading.Event)

    def stop(self, *_: object) -> None:
        """Ask the loop to end; safe in a signal handler."""
        self._stop.set()

    def run(self) -> None:
        """Until `stop`: start what is not running, again and again with growing pauses."""
        try:
            while not self._stop.wait(0.1):
                for process in self.processes:
                    self._look_after(process)
        finally:
            self._stop_all()

    def is_done(self, name: str) -> bool:
        """Whether this process ended well."""
        return any(process.done for process in self.processes if process.name == name)

    def _look_after(self, process: Process) -> None:
        now = time.monotonic()
        if process.done:
            return
        if process.child is not None:
            code = process.child.poll()
            if code is None:
                return
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
            preexec_fn=die_with_parent,
        )
        threading.Thread(target=self._relay, args=(process.name, process.child), daemon=True).start()

    def _relay(self, name: str, child: subprocess.Popen[str]) -> None:
        assert child.stdout is not None  # noqa: S101 - it was asked for above
        for line in child.stdout:
            self.say(f"{name:>9} | {line.rstrip()}")

    def _stop_all(self) -> None:
        servers = [process for process in self.processes if process.name in ("postgres", "valkey")]
        others = [process for process in self.processes if process not in servers]
        for group in (others, servers):
            for process in group:
                if process.child is not None and process.child.poll() is None:
                    process.child.send_signal(signal.SIGINT if process.name == "postgres" else signal.SIGTERM)
            end = time.monotonic() + PATIENCE
            for process in group:
                if process.child is not None:
                    _wait_or_kill(process.child, end)


def read_procfile(text: str, environ: Mapping[str, str], skip: frozenset[str]) -> list[Process]:
    """The processes of a Procfile but for those to skip; `$PORT` and `${DESK_PORT}` stand for the environment's."""
    from honcho.environ import parse_procfile

    known = parse_procfile(text).processes
    found = []
    for name, command in known.items():
        if name not in skip:
            for variable in ("PORT", "DESK_PORT"):
                command = command.replace(f"${{{variable}}}", environ[variable]).replace(
                    f"${variable}", environ[variable]
                )
            words = shlex.split(command)
            if words[0] == "python":
                words[0] = sys.executable
            elif not os.path.isabs(words[0]):
                words[0] = os.path.join(os.path.dirname(sys.executable), words[0])
            found.append(Process(name, words))
    return found


def _wait_or_kill(child: subprocess.Popen[str], end: float) -> None:
    try:
        child.wait(max(0.1, end - time.monotonic()))
    except subprocess.TimeoutExpired:
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()


def _why(code: int) -> str:
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"exit {code}"

"""A whole installation as `make run` starts it, in processes of its own, for tests that kill some of them."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil

ROOT = Path(__file__).parent.parent
READY_WITHIN = 90.0


def pick_ports() -> int:
    """The first of three free ports in a row."""
    for _ in range(50):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            first: int = probe.getsockname()[1]
        if first < 65000 and all(_is_free(first + step) for step in (1, 2)):
            return first
    raise RuntimeError("no three free ports in a row")


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


@dataclass
class System:
    """One running installation; `lines` is everything that it printed."""

    home: Path
    port: int
    process: subprocess.Popen[str]
    lines: list[str] = field(default_factory=list)

    @property
    def intake(self) -> str:
        """Where residents and the telephone network come in."""
        return f"http://localhost:{self.port}"

    @property
    def desk(self) -> str:
        """Where staff and partners come in."""
        return f"http://localhost:{self.port + 1}"

    @property
    def partner(self) -> str:
        """The demo partner's own system."""
        return f"http://127.0.0.1:{self.port + 2}"

    @property
    def password(self) -> str:
        """The demo accounts' password, as printed."""
        found = re.search(r"password\s+(\S+)", "\n".join(self.lines))
        assert found, self.lines[-30:]
        return found[1]

    def wait_until_open(self) -> None:
        """Until the banner is printed."""
        end = time.monotonic() + READY_WITHIN
        while not any("The line is open" in line for line in self.lines) or not any(
            "password" in one for one in self.lines
        ):
            assert self.process.poll() is None, self.lines[-30:]
            assert time.monotonic() < end, self.lines[-30:]
            time.sleep(0.05)

    def kills(self, part: str) -> None:
        """`kill -9` of every process whose command line holds `part`; it is the supervisor's to heal that.

        One that was killed before may still be on its way back, so it is waited for.
        """
        end = time.monotonic() + 30
        while not (found := [one for one in self.family() if part in _command(one)]):
            assert time.monotonic() < end, f"nothing runs {part}"
            time.sleep(0.05)
        for one in found:
            one.send_signal(signal.SIGKILL)

    def family(self) -> list[psutil.Process]:
        """All processes of the installation but the supervisor."""
        found = []
        for one in psutil.Process(self.process.pid).children(recursive=True):
            try:
                one.cmdline()
            except psutil.Error:
                continue
            found.append(one)
        return found

    def answers_again(self) -> None:
        """Until both web processes answer."""
        end = time.monotonic() + 30
        for url in (f"{self.intake}/ready", f"{self.desk}/ready"):
            while not _answers(url):
                assert time.monotonic() < end, self.lines[-30:]
                time.sleep(0.05)

    def stops(self, signum: int = signal.SIGTERM) -> None:
        """Ask it to stop, and see that it leaves nothing behind."""
        family = self.family()
        self.process.send_signal(signum)
        assert self.process.wait(30) == 0, self.lines[-30:]
        _, alive = psutil.wait_procs(family, timeout=30)
        assert not alive, alive


def _command(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline())
    except psutil.Error:  # it ended while it was looked at
        return ""


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


@contextmanager
def open_home() -> Iterator[Path]:
    """A folder for a home that the server's account can reach: pytest's own are closed to everybody else."""
    folder = Path(tempfile.mkdtemp(prefix="hotline-"))
    folder.chmod(0o711)
    yield folder / "home"
    shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def running_system(home: Path, port: int | None = None) -> Iterator[System]:
    """Start it and wait until it is open; it is stopped when the block ends, if the test did not."""
    first = port or pick_ports()
    environ = {name: value for name, value in os.environ.items() if not name.startswith("HOTLINE_")}
    environ |= {"HOTLINE_HOME": str(home), "PORT": str(first)}
    command = [sys.executable, "-c", "from hotline.cli import main; main()", "up"]
    process = subprocess.Popen(
        command, cwd=ROOT, env=environ, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
    )
    system = System(home, first, process)
    reader = threading.Thread(target=_read, args=(process, system.lines), daemon=True)
    reader.start()
    try:
        system.wait_until_open()
        yield system
    finally:
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        reader.join(5)


def _read(process: subprocess.Popen[str], lines: list[str]) -> None:
    assert process.stdout is not None
    for line in process.stdout:
        lines.append(line.rstrip())
    process.stdout.close()

"""The supervisor: what dies comes back, what is done stays done, and nothing outlives it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from config.settings import ROOT
from hotline.embedded.procfile import read_procfile
from hotline.embedded.supervise import Process, Supervisor

SLEEP = "import time; time.sleep(600)"


def python(code: str) -> list[str]:
    return [sys.executable, "-S", "-c", code]


def wait_until(is_so: Callable[[], bool]) -> None:
    """Look until it is so; the test's own time limit is generous because the machine may be busy."""
    for _ in range(1200):
        if is_so():
            return
        time.sleep(0.05)
    pytest.fail("it did not become so in a minute")


def is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return False
    return state != "Z"


def pid_of(process: Process) -> int:
    wait_until(lambda: process.child is not None)
    assert process.child is not None
    return process.child.pid


@contextmanager
def running(*processes: Process, after: dict[str, str] | None = None) -> Iterator[list[str]]:
    """Supervise in this process's main thread's stead; gives the lines that were said."""
    said: list[str] = []
    supervisor = Supervisor(list(processes), os.environ, said.append, after or {})
    thread = threading.Thread(target=supervisor.run)
    thread.start()
    try:
        yield said
    finally:
        supervisor.stop()
        thread.join()


def test_a_killed_process_comes_back_and_the_others_stay() -> None:
    first, second = Process("first", python(SLEEP)), Process("second", python(SLEEP))
    with running(first, second) as said:
        old, other = pid_of(first), pid_of(second)
        os.kill(old, signal.SIGKILL)
        wait_until(lambda: first.child is not None and first.child.pid != old)
        assert pid_of(second) == other
        assert any("first stopped (signal SIGKILL)" in line for line in said)
    assert not is_alive(other)


def test_a_process_that_ends_well_is_done_and_lets_its_follower_start(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    first = Process("first", python(f"open({str(mark)!r}, 'w').close()"))
    follower = Process(
        "follower", python(f"import os; print('after', os.path.exists({str(mark)!r}), flush=True); {SLEEP}")
    )
    with running(follower, first, after={"follower": "first"}) as said:
        wait_until(lambda: any("after" in line for line in said))
        assert first.done
        assert said == [" follower | after True"]


def test_the_children_of_a_killed_process_do_not_outlive_it() -> None:
    code = (
        f"import subprocess, sys; print(subprocess.Popen([sys.executable, '-c', {SLEEP!r}]).pid, flush=True); {SLEEP}"
    )
    parent = Process("parent", python(code))
    with running(parent) as said:
        wait_until(lambda: len(said) == 1)
        grandchild = int(said[0].split("|")[1])
        os.kill(pid_of(parent), signal.SIGKILL)
        wait_until(lambda: not is_alive(grandchild))


def test_doors_stop_before_workers_and_the_database_last() -> None:
    names = ("postgres", "valkey", "prepare", "intake", "desk", "worker")
    supervisor = Supervisor([Process(name, []) for name in names], {})
    order = [[process.name for process in group] for group in supervisor._stopping_order()]
    assert order == [["intake", "desk"], ["prepare", "worker"], ["valkey"], ["postgres"]]


def test_a_process_that_will_not_stop_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hotline.embedded.supervise.PATIENCE", 0.3)
    stubborn = Process(
        "stubborn",
        python(f"import signal; signal.signal(15, lambda *_: 0); print('deaf', flush=True)\nwhile 1: {SLEEP}"),
    )
    with running(stubborn) as said:
        wait_until(lambda: said != [])
        pid = pid_of(stubborn)
    assert not is_alive(pid)


def test_a_killed_supervisor_leaves_nothing_behind() -> None:
    code = (
        "import os, sys; from hotline.embedded.supervise import *\n"
        f"one = Process('one', [sys.executable, '-c', 'import os; print(os.getpid(), flush=True); {SLEEP}'])\n"
        "Supervisor([one], os.environ).run()"
    )
    supervisor = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert supervisor.stdout is not None
    with supervisor.stdout as lines:
        child = int(lines.readline().split("|")[1])
    assert is_alive(child)
    supervisor.kill()
    supervisor.wait()
    wait_until(lambda: not is_alive(child))


def test_the_procfile_names_programs_beside_this_python() -> None:
    text = (ROOT / "Procfile").read_text()
    found = {
        one.name: one.command for one in read_procfile(text, {"PORT": "1", "DESK_PORT": "2"}, frozenset({"partner"}))
    }
    assert "partner" not in found
    assert found["postgres"] == [sys.executable, "-m", "hotline.embedded.postgres"]
    assert found["intake"][0] == str(Path(sys.executable).parent / "granian")
    assert found["desk"][found["desk"].index("--port") + 1] == "2"
    with pytest.raises(KeyError):
        read_procfile("web: serve --port $NOT_SET", {})

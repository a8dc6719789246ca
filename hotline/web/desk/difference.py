"""Two texts as one, word for word: what stays, what goes, what comes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher


def compare_words(before: str, after: str) -> Iterator[tuple[str, str]]:
    """`("same" | "gone" | "new", words)` in order; same and gone together are `before`, same and new are `after`.

    A blank between two changed words belongs to the change.
    """
    one, other = (re.findall(r"\s+|[^\s]+", text) for text in (before, after))
    gone, new = "", ""
    steps = SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
    for at, (what, start, end, first, last) in enumerate(steps):
        was, comes = "".join(one[start:end]), "".join(other[first:last])
        if what != "equal" or (was.isspace() and 0 < at < len(steps) - 1):
            gone, new = gone + was, new + comes
            continue
        yield from _told(gone, new)
        gone, new = "", ""
        yield "same", was
    yield from _told(gone, new)


def _told(gone: str, new: str) -> Iterator[tuple[str, str]]:
    if gone:
        yield "gone", gone
    if new:
        yield "new", new

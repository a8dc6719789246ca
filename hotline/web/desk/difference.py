"""Two texts as one, word for word: what stays, what goes, what comes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher


def compare_words(before: str, after: str) -> Iterator[tuple[str, str]]:
    """`("same" | "gone" | "new", words)` in order; same and gone together are `before`, same and new are `after`."""
    one, other = (re.findall(r"\s+|[^\s]+", text) for text in (before, after))
    for what, start, end, first, last in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if what == "equal":
            yield "same", "".join(one[start:end])
            continue
        if end > start:
            yield "gone", "".join(one[start:end])
        if last > first:
            yield "new", "".join(other[first:last])

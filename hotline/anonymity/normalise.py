"""Text brought to one form before anything is searched in it: no hidden marks, no digits in disguise."""

from __future__ import annotations

import re
import unicodedata

# Control and format characters (zero width, bidi, soft hyphen, tags), fillers and variation selectors; not tab, newline.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff]"
)
_DIGIT_ABOVE_ASCII = re.compile(r"[^\W\D]", re.UNICODE)
_SURROGATE = re.compile("[\ud800-\udfff]")


def normalise(text: str) -> str:
    """NFKC, without hidden marks, every decimal digit as 0 to 9. Twice gives the same as once; never raises."""
    if text.isascii():
        return _HIDDEN.sub("", text)
    text = _SURROGATE.sub("\ufffd", text).replace("\u2028", "\n").replace("\u2029", "\n")
    for _ in range(4):
        before = text
        text = _HIDDEN.sub("", unicodedata.normalize("NFKC", _HIDDEN.sub("", text)))
        text = _DIGIT_ABOVE_ASCII.sub(lambda match: str(unicodedata.decimal(match.group())), text)
        if text == before:
            break
    return text

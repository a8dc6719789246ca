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


# Letters of other alphabets that look like ours; only in a word that mixes alphabets, which no language does.
_LOOKALIKES = str.maketrans(
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u0501\u04cf\u043a\u043c\u0442\u0432\u043d\u03bf\u03b1\u03b9\u03bd\u03c1"
    "\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0423\u0425\u0406\u0408\u0405\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7",
    "aeopcyxijsdlkmtbhoaivpABEKMHOPCTYXIJSABEZHIKMNOPTYX",
)
_MIXED = re.compile(r"(?=\w*[a-zA-Z])(?=\w*[\u0370-\u03ff\u0400-\u052f])\w+")


_MARKS_ABOVE = re.compile(r"(?<=[A-Za-z])[\u0300-\u036f]+")


def normalise(text: str) -> str:
    """NFKC, without hidden marks, digits as 0 to 9, no lookalikes of Latin letters. Twice is as once; never raises."""
    if text.isascii():
        return _HIDDEN.sub("", text)
    text = _SURROGATE.sub("\ufffd", text).replace("\u2028", "\n").replace("\u2029", "\n")
    for _ in range(4):
        before = text
        text = _HIDDEN.sub("", unicodedata.normalize("NFKC", _HIDDEN.sub("", text)))
        text = _DIGIT_ABOVE_ASCII.sub(lambda match: str(unicodedata.decimal(match.group())), text)
        text = _MARKS_ABOVE.sub("", text)
        text = _MIXED.sub(lambda match: match.group().translate(_LOOKALIKES), text)
        if text == before:
            break
    return text

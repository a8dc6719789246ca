"""The alphabet of a text message: what fits in 160 characters, and how other letters are written in it."""

from __future__ import annotations

import unicodedata

LIMIT = 160
"""Characters in one message; one letter outside the alphabet would make it 70."""

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("^{}\\[]~|€")
_WRITTEN = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛`´", "'"),
        **dict.fromkeys("“”„«»", '"'),
        **dict.fromkeys("–—‒‑−", "-"),
        "…": "...",
        "ç": "c",
        "ij": "ij",
        "IJ": "IJ",
        "œ": "oe",
        "Œ": "OE",
        "\u00a0": " ",
        "\t": " ",
    }
)


def is_gsm7(text: str) -> bool:
    """Whether every character is in the alphabet or its extension."""
    return all(one in _BASIC or one in _EXTENDED for one in text)


def measure(text: str) -> int:
    """Length in units: an extended character takes two."""
    return sum(2 if one in _EXTENDED else 1 for one in text)


def transliterate(text: str) -> str:
    """Written with the alphabet alone; what has no likeness in it is left out."""
    return "".join(_write(one) for one in text.translate(_WRITTEN))


def _write(one: str) -> str:
    if one in _BASIC or one in _EXTENDED:
        return one
    plain = "".join(part for part in unicodedata.normalize("NFKD", one) if not unicodedata.combining(part))
    return plain if is_gsm7(plain) else ""

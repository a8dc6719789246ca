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
        **dict.fromkeys("\u2018\u2019\u201a\u201b`\u00b4\u2032", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u00ab\u00bb", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"),
        "\u2026": "...",
        "\u0133": "ij",
        "\u0132": "IJ",
        "\u0153": "oe",
        "\u0152": "OE",
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

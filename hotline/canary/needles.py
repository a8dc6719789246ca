"""What to look for: a number, a name or a word in every way in which it can be written, hashed or encoded."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import quote, quote_plus

import phonenumbers

from hotline.canary.words import halve

_SPELLED = (
    "nul een twee drie vier vijf zes zeven acht negen",
    "zero one two three four five six seven eight nine",
    "null eins zwei drei vier fünf sechs sieben acht neun",
    "zéro un deux trois quatre cinq six sept huit neuf",
)
"""The digits, Dutch, English, German, French."""

_DECIMALS = re.compile(rb"\d\.$")
_MARKS = (" ", "-", ", ", "")


class Form(NamedTuple):
    """One way a needle can be written. `folded` ignores capitals.

    `alone` wants no letter or digit behind it, and no `1.` before it: six digits there are a clock's microseconds.
    """

    label: str
    raw: bytes
    folded: bool = True
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Needle:
    """Something to look for, under a name that gives nothing away."""

    name: str
    forms: tuple[Form, ...]


def number_needle(name: str, e164: str) -> Needle:
    """A telephone number: any writing of it holds its last eight digits, or its last six by themselves."""
    parsed = phonenumbers.parse(e164)
    bare, country = str(parsed.national_number), str(parsed.country_code)
    eight, six = bare[-8:], bare[-6:]
    pairs = " ".join(six[at : at + 2] for at in (0, 2, 4))
    forms = [Form("last eight digits (E.164, national, 00, url-encoded)", eight.encode())]
    forms += [Form("last six digits", six.encode(), alone=True), Form("reversed", bare[::-1].encode())]
    forms += [Form("spaced", mark.join(six).encode()) for mark in (" ", "-", ".", ", ")]
    forms += [Form("spaced", pairs.replace(" ", mark).encode()) for mark in (" ", "-", ".", "%20", "+")]
    forms += [Form("spaced", f"{six[:3]}{mark}{six[3:]}".encode(), alone=True) for mark in (" ", "-", ".")]
    for spelled in _SPELLED:
        names = [spelled.split()[int(one)] for one in six]
        forms += [Form("spelled out", mark.join(names).encode()) for mark in _MARKS]
    forms += [Form("UTF-16", _utf_16(eight)), *_in_base64(eight)]
    written = [e164, "00" + country + bare, country + bare, "0" + bare, bare, quote(e164, safe="")]
    written += [phonenumbers.format_number(parsed, kind) for kind in (1, 2)]
    return Needle(name, tuple(_once([*forms, *(form for one in written for form in _hashed(one))])))


def word_needle(name: str, text: str) -> Needle:
    """A name, an id, an address, or a word that stands nowhere else."""
    escaped = json.dumps(text)[1:-1]
    forms = [Form("as it is", text.lower().encode()), Form("reversed", text[::-1].lower().encode())]
    forms += [Form("JSON-escaped", escaped.lower().encode()), Form("HTML-escaped", html.escape(text).lower().encode())]
    forms += [Form("url-encoded", one.lower().encode()) for one in (quote(text, safe=""), quote_plus(text))]
    for one in dict.fromkeys((text, text.lower(), text.upper())):
        forms += [Form("UTF-16", _utf_16(one).lower()), *_in_base64(one), *_hashed(one)]
    return Needle(name, tuple(_once(forms)))


def story_needles(name: str, story: str) -> tuple[Needle, ...]:
    """The two things of a story (`words.draw_story`), each by itself, so that half a story is found too."""
    first, second = halve(story)
    return word_needle(f"{name}, first half", first), word_needle(f"{name}, second half", second)


def sid_needle(name: str, sid: str) -> Needle:
    """An id of the carrier's: its random part, as digits or bytes, and hashes of the whole."""
    bare = sid[2:]
    forms = (Form("as it is", bare.encode()), Form("as bytes", bytes.fromhex(bare), folded=False), *_hashed(sid))
    return Needle(name, tuple(_once(forms)))


def code_needles(code: str) -> tuple[Needle, ...]:
    """A report code, as it is and in its groups of three."""
    grouped = " ".join(code[at : at + 3] for at in range(0, len(code), 3))
    return word_needle("report code", code), word_needle("report code, in groups", grouped)


def is_in(form: Form, data: bytes) -> bool:
    """Whether the form stands in these bytes, which are in small letters where the form is folded."""
    at = data.find(form.raw)
    while form.alone and at != -1 and _runs_on(data, at, at + len(form.raw)):
        at = data.find(form.raw, at + 1)
    return at != -1


def _runs_on(data: bytes, start: int, end: int) -> bool:
    return data[end : end + 1].isalnum() or _DECIMALS.search(data[max(0, start - 2) : start]) is not None


def _utf_16(text: str) -> bytes:
    return text.encode("utf-16-le").removesuffix(b"\x00")


def _in_base64(text: str) -> list[Form]:
    """The characters of base64 that do not depend on what stands before and after."""
    forms, raw = [], text.encode()
    for shift in range(3):
        encoded = base64.b64encode(b"\x00" * shift + raw)
        kept = encoded[(0, 2, 3)[shift] : (len(raw) + shift) * 8 // 6]
        forms.append(Form("base64", kept, folded=False))
    return forms


def _hashed(text: str) -> Iterator[Form]:
    for name in ("md5", "sha1", "sha256"):
        digest = hashlib.new(name, text.encode(), usedforsecurity=False)
        yield Form(f"{name} without a key", digest.hexdigest().encode())
        yield Form(f"{name} without a key, raw", digest.digest(), folded=False)


def _once(forms: Iterable[Form]) -> Iterator[Form]:
    """Each form once."""
    seen: set[tuple[bytes, bool, bool]] = set()
    for form in forms:
        if (form.raw, form.folded, form.alone) not in seen and len(form.raw) >= 4:
            seen.add((form.raw, form.folded, form.alone))
            yield form

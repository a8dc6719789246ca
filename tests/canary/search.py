"""Finds what must not be there: needles in bytes, however they were written, hashed, encoded or packed."""

from __future__ import annotations

import base64
import binascii
import gzip
import hashlib
import html
import json
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple
from urllib.parse import quote, quote_plus

import phonenumbers

DEPTH = 3
"""So many wrappings are looked into, as base64 around zlib around JSON in base64."""

_MOST = 4 * 1024 * 1024
_ZLIB, _GZIP = re.compile(rb"\x78[\x01\x5e\x9c\xda]"), re.compile(rb"\x1f\x8b\x08")
_BASE64, _HEX = re.compile(rb"[A-Za-z0-9+/_-]{16,}={0,2}"), re.compile(rb"[0-9A-Fa-f]{16,}")
_URL_SAFE = bytes.maketrans(b"-_", b"+/")
_DIGITS = ["nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen"]
PACKINGS = ("zlib", "gzip", "base64", "hex", f"each inside each, {DEPTH} deep")


class Piece(NamedTuple):
    """Some bytes of a store, and where in it they stood."""

    store: str
    place: str
    data: bytes


class Form(NamedTuple):
    """One way a needle can be written. `folded` ignores capitals; `alone` wants no letter or digit behind it."""

    label: str
    raw: bytes
    folded: bool = True
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Needle:
    """Something to look for, under a name that gives nothing away."""

    name: str
    forms: tuple[Form, ...]


class Finding(NamedTuple):
    """A needle where it should not be."""

    store: str
    place: str
    needle: str
    form: str
    packing: str


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
    forms += [Form("spaced", f"{six[:3]}{mark}{six[3:]}".encode()) for mark in (" ", "-", ".")]
    forms += [Form("spelled out", " ".join(_DIGITS[int(one)] for one in six).encode())]
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


@dataclass
class Search:
    """Looks for needles in everything it is shown, and keeps count of what that was."""

    needles: tuple[Needle, ...]
    findings: list[Finding] = field(default_factory=list)
    pieces: Counter[str] = field(default_factory=Counter)
    looked: Counter[str] = field(default_factory=Counter)
    unpacked: Counter[str] = field(default_factory=Counter)

    def look(self, pieces: Iterable[Piece]) -> list[Finding]:
        """Search these; gives what was found in them."""
        found = [finding for piece in _together(pieces) for finding in self._look_into(piece)]
        self.findings += found
        return found

    def _look_into(self, piece: Piece) -> Iterator[Finding]:
        self.pieces[piece.store] += 1
        self.looked[piece.store] += len(piece.data)
        for packing, data in unpack(piece.data):
            self.unpacked[packing.partition(" ")[0]] += len(data)
            folded = data.lower()
            for needle in self.needles:
                for form in needle.forms:
                    if is_in(form, folded if form.folded else data):
                        yield Finding(piece.store, piece.place, needle.name, form.label, packing)

    def tell(self) -> str:
        """What was searched, for a person to read."""
        labels = sorted({form.label for needle in self.needles for form in needle.forms})
        lines = [
            f"{store:<34} {self.pieces[store]:>6} pieces {self.looked[store]:>12,} bytes"
            for store in sorted(self.looked)
        ]
        forms = sum(len(needle.forms) for needle in self.needles)
        lines += [f"needles: {len(self.needles)} in {forms} forms: {'; '.join(labels)}"]
        inner = ", ".join(f"{name} {size:,}" for name, size in sorted(self.unpacked.items()) if name != "plain")
        return "\n".join([*lines, f"looked into: {', '.join(PACKINGS)}; bytes found inside: {inner}"])


def is_in(form: Form, data: bytes) -> bool:
    """Whether the form stands in these bytes, which are in small letters where the form is folded."""
    at = data.find(form.raw)
    while form.alone and at != -1 and data[at + len(form.raw) : at + len(form.raw) + 1].isalnum():
        at = data.find(form.raw, at + 1)
    return at != -1


def unpack(data: bytes, depth: int = DEPTH) -> Iterator[tuple[str, bytes]]:
    """The bytes themselves (`plain`), and everything that is packed somewhere inside them."""
    yield "plain", data
    if depth == 0:
        return
    for name, inside in (
        ("zlib", _inflate(data)),
        ("gzip", _gunzip(data)),
        ("base64", _from_base64(data)),
        ("hex", _from_hex(data)),
    ):
        joined = b"\n".join(inside)
        if joined:
            for deeper, found in unpack(joined, depth - 1):
                yield (name if deeper == "plain" else f"{name} > {deeper}"), found


def _together(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Small pieces of one store and place as one, because each search has its price."""
    for (store, place), group in groupby(pieces, key=lambda piece: (piece.store, piece.place)):
        yield Piece(store, place, b"\x00".join(piece.data for piece in group))


def _inflate(data: bytes) -> Iterator[bytes]:
    view = memoryview(data)
    for match in _ZLIB.finditer(data):
        try:
            found = zlib.decompressobj().decompress(view[match.start() : match.start() + _MOST], _MOST)
        except zlib.error:
            continue
        if found:
            yield found


def _gunzip(data: bytes) -> Iterator[bytes]:
    for match in _GZIP.finditer(data):
        try:
            found = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(data[match.start() :], _MOST)
        except (zlib.error, gzip.BadGzipFile):
            continue
        if found:
            yield found


def _from_base64(data: bytes) -> Iterator[bytes]:
    for match in _BASE64.finditer(data):
        run = match.group().rstrip(b"=").translate(_URL_SAFE)
        # Where it begins in a longer run of letters is not known.
        for start in range(4):
            part = run[start:]
            part = part[: len(part) - (len(part) % 4 == 1)]
            yield binascii.a2b_base64(part + b"=" * (-len(part) % 4))


def _from_hex(data: bytes) -> Iterator[bytes]:
    for match in _HEX.finditer(data):
        for start in (0, 1):
            run = match.group()[start:]
            yield bytes.fromhex(run[: len(run) // 2 * 2].decode())


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

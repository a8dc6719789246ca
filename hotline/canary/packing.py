"""Opens what is packed inside bytes: zlib, gzip, base64 and hexadecimal digits, each inside each."""

from __future__ import annotations

import binascii
import gzip
import re
import zlib
from collections.abc import Iterator

DEPTH = 3
"""So many wrappings are looked into, as base64 around zlib around JSON in base64."""

_MOST = 4 * 1024 * 1024
_ZLIB, _GZIP = re.compile(rb"\x78[\x01\x5e\x9c\xda]"), re.compile(rb"\x1f\x8b\x08")
_BASE64, _HEX = re.compile(rb"[A-Za-z0-9+/_-]{16,}={0,2}"), re.compile(rb"[0-9A-Fa-f]{16,}")
_URL_SAFE = bytes.maketrans(b"-_", b"+/")
PACKINGS = ("zlib", "gzip", "base64", "hex", f"each inside each, {DEPTH} deep")


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

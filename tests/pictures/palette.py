"""Makes a screenshot small: a PNG of true colours becomes one of at most 256."""

from __future__ import annotations

import struct
import zlib
from collections import Counter
from collections.abc import Iterator

_SIGNATURE = b"\x89PNG\r\n\x1a\n"


def to_palette(png: bytes) -> bytes:
    """The same picture with its most frequent colours; a rarer one becomes the nearest of those."""
    width, height, pixels = _read(png)
    counts = Counter(pixels[at : at + 3] for at in range(0, len(pixels), 3))
    palette = [colour for colour, _ in counts.most_common(256)]
    index = {colour: at for at, colour in enumerate(palette)}
    for colour in counts:
        if colour not in index:
            index[colour] = index[min(palette, key=lambda one: _distance(one, colour))]
    rows = bytearray()
    for row in range(height):
        rows.append(0)
        start = row * width * 3
        rows += bytes(index[pixels[at : at + 3]] for at in range(start, start + width * 3, 3))
    header = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    parts = ((b"IHDR", header), (b"PLTE", b"".join(palette)), (b"IDAT", zlib.compress(bytes(rows), 9)), (b"IEND", b""))
    return _SIGNATURE + b"".join(_chunk(name, content) for name, content in parts)


def _distance(one: bytes, two: bytes) -> int:
    return sum((a - b) ** 2 for a, b in zip(one, two, strict=True))


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def _read(png: bytes) -> tuple[int, int, bytes]:
    """Width, height and the RGB bytes of an 8-bit PNG without interlace, as browsers write them."""
    packed, width, height, depth = b"", 0, 0, 3
    for name, content in _chunks(png):
        if name == b"IHDR":
            width, height, bits, colour, _, _, interlace = struct.unpack(">IIBBBBB", content)
            assert (bits, interlace) == (8, 0) and colour in (2, 6)
            depth = 3 if colour == 2 else 4
        elif name == b"IDAT":
            packed += content
    raw, stride = zlib.decompress(packed), width * depth
    before, pixels = bytes(stride), bytearray()
    for row in range(height):
        start = row * (stride + 1)
        before = _unfilter(raw[start], raw[start + 1 : start + 1 + stride], before, depth)
        if depth == 3:
            pixels += before
        else:
            pixels += b"".join(before[at : at + 3] for at in range(0, stride, 4))
    return width, height, bytes(pixels)


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(_SIGNATURE)
    while at < len(png):
        size = int.from_bytes(png[at : at + 4], "big")
        yield png[at + 4 : at + 8], png[at + 8 : at + 8 + size]
        at += 12 + size


def _unfilter(kind: int, line: bytes, above: bytes, depth: int) -> bytes:
    out = bytearray(line)
    for at in range(len(out)):
        left = out[at - depth] if at >= depth else 0
        corner = above[at - depth] if at >= depth else 0
        guess = (0, left, above[at], (left + above[at]) // 2, _paeth(left, above[at], corner))[kind]
        out[at] = (out[at] + guess) & 255
    return bytes(out)


def _paeth(left: int, up: int, corner: int) -> int:
    best = left + up - corner
    return min((left, up, corner), key=lambda one: abs(best - one))

"""Makes a picture anew from its pixels, so that nothing but what it shows is left of the file that came in.

Camera, place, time, thumbnail, comment, colour profile and whatever hangs behind the picture go: saving again would keep
a JPEG's comment and a PNG's profile. What the picture shows stays, reflections and the view from a window too.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterable
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageOps

from hotline.domain.errors import HotlineError

FORMATS = ("JPEG", "PNG", "WEBP")
LARGEST_BYTES = 5_000_000
"""What Twilio lets through as one medium."""

MOST_PIXELS = 40_000_000
"""Opened, that is 160 MB for a moment."""

LONGEST_SIDE = 1600
QUALITY = 85
_SMOOTH = frozenset({"RGB", "RGBA", "L", "LA", "CMYK"})
"""Modes that can be made smaller without steps."""

Image.MAX_IMAGE_PIXELS = MOST_PIXELS


class ImageError(HotlineError):
    """A picture cannot be taken in; the text says what is wrong with the file, and nothing that is in it."""


class Box(NamedTuple):
    """A part of a picture, in whole percents from its left and its top."""

    left: int
    top: int
    right: int
    bottom: int


def re_encode(data: bytes) -> bytes:
    """The picture as a JPEG of at most 1600 pixels a side, built from its pixels alone.

    Raises ImageError for what is too large, no JPEG, PNG or WebP, broken, cut short, or more than one picture.
    """
    if len(data) > LARGEST_BYTES:
        raise ImageError(f"a picture has at most {LARGEST_BYTES:,} bytes; this has {len(data):,}")
    return _write(_read(data))


def _read(data: bytes) -> Image.Image:
    try:
        _verify(data)
        with warnings.catch_warnings(action="ignore"):  # Pillow warns of odd metadata, which goes anyway
            picture = Image.open(io.BytesIO(data), formats=FORMATS)
            return _flatten(ImageOps.exif_transpose(_shrink(picture)))
    except ImageError:
        raise
    except Image.DecompressionBombError:
        raise ImageError("a picture has too many pixels") from None
    except Exception:  # decoders of hostile bytes raise whatever they like, and their words may quote the file
        raise ImageError("this is not a whole JPEG, PNG or WebP picture") from None


def _write(picture: Image.Image) -> bytes:
    rebuilt = Image.frombytes("RGB", picture.size, picture.tobytes())
    file = io.BytesIO()
    rebuilt.save(file, "JPEG", quality=QUALITY)
    return file.getvalue()


def _verify(data: bytes) -> None:
    with warnings.catch_warnings(action="ignore"):
        picture = Image.open(io.BytesIO(data), formats=FORMATS)
        width, height = picture.size
        if width * height > MOST_PIXELS:
            raise ImageError(f"a picture has at most {MOST_PIXELS:,} pixels; this has {width * height:,}")
        # MPO is a JPEG with others behind it, as telephones make them; its first one counts
        if picture.format != "MPO" and getattr(picture, "n_frames", 1) > 1:
            raise ImageError("this is more than one picture")
        picture.verify()


def _shrink(picture: Image.Image) -> Image.Image:
    """At its final size, first of all: whatever follows then costs little memory, and of a JPEG less is decoded."""
    if picture.mode not in _SMOOTH:
        picture = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    return picture


def _flatten(picture: Image.Image) -> Image.Image:
    """In plain colours; what was see-through becomes white."""
    if picture.has_transparency_data:
        layer = picture.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", layer.size, "white"), layer).convert("RGB")
    return picture.convert("RGB")


def blacken(jpeg: bytes, boxes: Iterable[Box]) -> bytes:
    """The picture with black rectangles burned into its pixels; what was under them is in none of its bytes."""
    picture = _read(jpeg)
    pen = ImageDraw.Draw(picture)
    for box in boxes:
        left, top = (picture.width * box.left // 100, picture.height * box.top // 100)
        right, bottom = (-(-picture.width * box.right // 100) - 1, -(-picture.height * box.bottom // 100) - 1)
        if right >= left and bottom >= top:
            pen.rectangle((left, top, right, bottom), fill="black")
    return _write(picture)

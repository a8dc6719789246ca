"""A picture made anew shows what it showed, and nothing else of the file is left."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms, ImageOps
from PIL.PngImagePlugin import PngInfo

from hotline.anonymity.images import LARGEST_BYTES, LONGEST_SIDE, Box, ImageError, blacken, re_encode
from hotline.canary.needles import word_needle
from hotline.canary.search import Piece, Search

MAKE, COMMENT, PROFILE, PACKET, BEHIND = (f"Gepland{word}Merk" for word in ("Maker", "Zin", "Profiel", "Xmp", "Staart"))
PLANTED = (MAKE, COMMENT, PROFILE, PACKET, BEHIND)
LATITUDE = (50.0, 51.0, 7.25)
Maker = Callable[[], bytes]


def scene(size: tuple[int, int] = (320, 240)) -> Image.Image:
    """A gradient with a red corner at the top left."""
    picture = Image.merge("RGB", [Image.linear_gradient("L").resize(size)] * 3)
    picture.paste((220, 20, 20), (0, 0, size[0] // 4, size[1] // 4))
    return picture


def exif(orientation: int = 1) -> Image.Exif:
    made = Image.Exif()
    made[0x010F], made[0x0112] = MAKE, orientation
    place = made.get_ifd(0x8825)
    place[1], place[2] = "N", LATITUDE
    return made


def profile() -> bytes:
    """A colour profile with a name planted behind its end."""
    raw = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return struct.pack(">I", len(raw) + len(PROFILE)) + raw[4:] + PROFILE.encode()


def jpeg(orientation: int = 1) -> bytes:
    file = io.BytesIO()
    packet = f"<x:xmpmeta>{PACKET}</x:xmpmeta>".encode()
    scene().save(file, "JPEG", exif=exif(orientation), comment=COMMENT, icc_profile=profile(), xmp=packet, quality=95)
    return file.getvalue() + BEHIND.encode()


def png() -> bytes:
    file, notes = io.BytesIO(), PngInfo()
    notes.add_text("Comment", COMMENT, zip=True)
    notes.add_itxt("XML:com.adobe.xmp", PACKET)
    scene().save(file, "PNG", exif=exif(), icc_profile=profile(), pnginfo=notes)
    return file.getvalue() + BEHIND.encode()


def webp() -> bytes:
    file = io.BytesIO()
    scene().save(file, "WEBP", exif=exif().tobytes(), icc_profile=profile(), xmp=PACKET.encode())
    return file.getvalue()


def saved(picture: Image.Image, kind: str, **more: object) -> bytes:
    file = io.BytesIO()
    picture.save(file, kind, **more)
    return file.getvalue()


def animation(kind: str) -> bytes:
    return saved(scene(), kind, save_all=True, append_images=[scene().rotate(90, expand=False)], duration=100)


def found(data: bytes, *names: str) -> set[str]:
    search = Search(tuple(word_needle(name, name) for name in names))
    return {finding.needle for finding in search.look([Piece("picture", "file", data)])}


@pytest.mark.parametrize(
    ("make", "planted"),
    [(jpeg, set(PLANTED)), (png, set(PLANTED)), (webp, {MAKE, PROFILE, PACKET})],
    ids=["jpeg", "png", "webp"],
)
def test_every_planted_mark_is_in_the_file_and_in_nothing_that_comes_out(make: Maker, planted: set[str]) -> None:
    came = make()
    assert found(came, *PLANTED) == planted
    assert Image.open(io.BytesIO(came)).getexif().get_ifd(0x8825)[2] == LATITUDE
    out = re_encode(came)
    assert found(out, *PLANTED) == set()
    picture = Image.open(io.BytesIO(out))
    assert picture.format == "JPEG"
    assert not picture.getexif()
    assert set(picture.info) == {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert out.endswith(b"\xff\xd9")


@pytest.mark.parametrize("orientation", range(1, 9))
def test_it_stands_upright_though_the_tag_is_gone(orientation: int) -> None:
    out = Image.open(io.BytesIO(re_encode(jpeg(orientation))))
    tagged = scene()
    tagged.getexif()[0x0112] = orientation
    wanted = ImageOps.exif_transpose(tagged)
    assert out.size == wanted.size
    for at in ((5, 5), (wanted.width - 6, 5), (5, wanted.height - 6), (wanted.width - 6, wanted.height - 6)):
        assert all(abs(one - other) < 40 for one, other in zip(_colour(out, at), _colour(wanted, at), strict=True))


def test_a_palette_stands_upright_too() -> None:
    lying = saved(scene().convert("P"), "PNG", exif=exif(6))
    out = Image.open(io.BytesIO(re_encode(lying)))
    assert out.size == (240, 320)
    assert _colour(out, (234, 5))[0] > 180 and not found(re_encode(lying), MAKE)


def _colour(picture: Image.Image, at: tuple[int, int]) -> tuple[int, ...]:
    colour = picture.getpixel(at)
    assert isinstance(colour, tuple)
    return colour


def test_a_large_one_becomes_smaller_and_a_small_one_stays() -> None:
    assert Image.open(io.BytesIO(re_encode(saved(scene((4000, 1000)), "JPEG")))).size == (LONGEST_SIDE, 400)
    assert Image.open(io.BytesIO(re_encode(saved(scene((300, 500)), "PNG")))).size == (300, 500)


@pytest.mark.parametrize("mode", ["L", "P", "1", "LA", "RGBA", "I;16", "CMYK"])
def test_every_kind_of_colour_is_taken(mode: str) -> None:
    picture = Image.new("I;16", (40, 30)) if mode == "I;16" else scene((40, 30)).convert(mode)
    assert Image.open(io.BytesIO(re_encode(saved(picture, "JPEG" if mode == "CMYK" else "PNG")))).mode == "RGB"


def test_what_was_hidden_under_transparency_is_gone() -> None:
    hidden = scene((40, 40)).convert("RGBA")
    hidden.putalpha(0)
    out = Image.open(io.BytesIO(re_encode(saved(hidden, "PNG"))))
    assert out.getextrema() == ((255, 255),) * 3


def bomb() -> bytes:
    """A PNG that says it has 30,000 × 30,000 pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(9))) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "not a whole"),
        (b"x" * (LARGEST_BYTES + 1), "at most 5,000,000 bytes"),
        (bomb(), "pixels"),
        (saved(Image.new("1", (7000, 6000)), "PNG"), "pixels"),
        (jpeg()[: len(jpeg()) // 2], "not a whole"),
        (png()[: len(png()) // 2], "not a whole"),
        (webp()[: len(webp()) // 2], "not a whole"),
        (animation("PNG"), "more than one"),
        (animation("WEBP"), "more than one"),
        (animation("GIF"), "not a whole"),
        (saved(scene(), "BMP"), "not a whole"),
        (saved(scene(), "TIFF"), "not a whole"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not a whole"),
        (b"%PDF-1.7 " + jpeg(), "not a whole"),
    ],
    ids=[
        "empty",
        "heavy",
        "bomb",
        "large",
        "half-jpeg",
        "half-png",
        "half-webp",
        "apng",
        "moving-webp",
        "gif",
        "bmp",
        "tiff",
        "svg",
        "pdf",
    ],
)
def test_what_is_no_single_whole_picture_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(ImageError, match=reason) as refused:
        re_encode(data)
    assert refused.value.__cause__ is None
    assert not found(str(refused.value).encode(), *PLANTED)


def test_a_photograph_with_a_second_one_behind_it_gives_the_first() -> None:
    pair = saved(scene(), "MPO", save_all=True, append_images=[Image.new("RGB", (320, 240), "blue")])
    out = Image.open(io.BytesIO(re_encode(pair)))
    assert out.size == (320, 240)
    assert _colour(out, (10, 10))[0] > 180


@settings(max_examples=60)
@given(st.sampled_from([jpeg(), png(), webp()]), st.integers(min_value=0), st.binary(min_size=1, max_size=12))
def test_no_bytes_break_it(data: bytes, at: int, patch: bytes) -> None:
    at %= len(data)
    try:
        out = re_encode(data[:at] + patch + data[at + len(patch) :])
    except ImageError:
        return
    assert found(out, *PLANTED) == set()


@given(st.integers(0, 99), st.integers(0, 99), st.integers(1, 100), st.integers(1, 100))
@settings(max_examples=30)
def test_what_is_blackened_is_black_and_the_rest_is_not(left: int, top: int, width: int, height: int) -> None:
    white = saved(Image.new("RGB", (200, 100), "white"), "PNG")
    right, bottom = min(100, left + width), min(100, top + height)
    out = Image.open(io.BytesIO(blacken(white, [Box(left, top, right, bottom)]))).convert("L")
    dark = sum(out.histogram()[:128])
    assert abs(dark - 2 * (right - left) * (bottom - top)) <= 40 + 0.15 * dark
    assert max(out.crop((2 * left, top, 2 * right, bottom)).tobytes()) < 128

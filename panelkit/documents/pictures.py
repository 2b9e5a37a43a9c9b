"""Pictures of a house file: PNG and JPEG only, of a sane size, and nothing in them but the picture.

A camera writes where a picture was taken, a drawing program who drew it; both are cut out.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final

LARGEST_BYTES: Final = 3_000_000
MOST_PIXELS: Final = 40_000_000

_PNG: Final = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT: Final = frozenset(
    {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"pHYs", b"sBIT"}
)
_JPEG: Final = b"\xff\xd8\xff"
_JPEG_KEPT: Final = frozenset({0xE0, 0xEE})
"""Of the segments for programs: JFIF and Adobe's colour transform, which decoding needs."""
_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def picture_problem(data: bytes) -> str:
    """Why a picture is not taken, as "carries ..." ends; blank for one that is."""
    if not data.startswith((_PNG, _JPEG)):
        return "a picture of a kind that is not taken"
    if len(data) > LARGEST_BYTES:
        return "a picture that is too large"
    try:
        wide, high = _size(data)
        bare_picture(data)
    except (ValueError, struct.error, IndexError):
        return "a damaged picture"
    return "a picture that is too large" if wide * high > MOST_PIXELS or not wide * high else ""


def bare_picture(data: bytes) -> bytes:
    """The picture alone. Raises ValueError for one that is damaged."""
    if data.startswith(_PNG):
        return _PNG + b"".join(whole for name, whole in _chunks(data) if name in _PNG_KEPT)
    return b"\xff\xd8" + b"".join(
        whole
        for marker, whole in _segments(data)
        if marker in _JPEG_KEPT or not (0xE0 <= marker <= 0xEF or marker == 0xFE)
    )


def kind_of(data: bytes) -> tuple[str, str]:
    """The ending and the content type."""
    return ("png", "image/png") if data.startswith(_PNG) else ("jpg", "image/jpeg")


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = len(_PNG)
    while place < len(data):
        (length,) = struct.unpack_from(">I", data, place)
        name = data[place + 4 : place + 8]
        whole = data[place : place + 12 + length]
        if len(whole) != 12 + length:
            raise ValueError("cut short")
        yield name, whole
        if name == b"IEND":
            return  # whatever follows the picture is no part of it
        place += 12 + length
    raise ValueError("no end")


def _segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Each segment of a JPEG, a scan with its picture data."""
    place = 2
    while place < len(data):
        if data[place] != 0xFF:
            raise ValueError("no marker")
        marker = data[place + 1]
        if marker == 0xFF:
            place += 1
            continue
        if marker == 0xD9:
            yield marker, b"\xff\xd9"
            return  # whatever follows the picture is no part of it
        (length,) = struct.unpack_from(">H", data, place + 2)
        end = place + 2 + length
        if marker == 0xDA:
            end = _end_of_scan(data, end)
        yield marker, data[place:end]
        place = end
    raise ValueError("no end")


def _end_of_scan(data: bytes, place: int) -> int:
    """Where the next marker stands; a stuffed byte or a restart in a scan is none."""
    while True:
        place = data.index(b"\xff", place)
        if data[place + 1] and not 0xD0 <= data[place + 1] <= 0xD7:
            return place
        place += 2


def _size(data: bytes) -> tuple[int, int]:
    if data.startswith(_PNG):
        wide, high = struct.unpack_from(">II", data, 16)
        return int(wide), int(high)
    for marker, whole in _segments(data):
        if marker in _FRAMES:
            high, wide = struct.unpack_from(">HH", whole, 5)
            return int(wide), int(high)
    raise ValueError("no frame")

"""Files that are no draft, broken, cut short or made to harm; the same for a seed."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

DOCUMENT = "word/document.xml"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def rebuilt(good: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    """The package with its parts changed."""
    with zipfile.ZipFile(io.BytesIO(good)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, blob in parts.items():
            archive.writestr(name, blob)
    return out.getvalue()


def body(xml: bytes) -> Callable[[dict[str, bytes]], None]:
    """A package whose document part is this."""
    return lambda parts: parts.update({DOCUMENT: xml})


def part(name: str, blob: bytes = b"x") -> Callable[[dict[str, bytes]], None]:
    """A package with one more part."""
    return lambda parts: parts.update({name: blob})


def without(name: str) -> Callable[[dict[str, bytes]], None]:
    """A package without a part."""
    return lambda parts: parts.pop(name) and None


def doctype(parts: dict[str, bytes]) -> None:
    entities = b"".join(
        b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10 if n else b"ha") for n in range(9)
    )
    parts[DOCUMENT] = (
        b'<?xml version="1.0"?><!DOCTYPE x [' + entities + b']><w:document xmlns:w="'
        + W.encode() + b'"><w:body><w:p><w:r><w:t>&l8;</w:t></w:r></w:p></w:body></w:document>'
    )  # fmt: skip


def wide_doctype(parts: dict[str, bytes]) -> None:
    doctype(parts)
    text = parts[DOCUMENT].decode().replace('version="1.0"', 'version="1.0" encoding="UTF-16"')
    parts[DOCUMENT] = text.encode("utf-16")


def twice(good: bytes) -> bytes:
    out = io.BytesIO(good)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(DOCUMENT.upper(), b"<x/>")
    return out.getvalue()


def empty_document(inside: str) -> bytes:
    return f'<w:document xmlns:w="{W}"><w:body>{inside}</w:body></w:document>'.encode()


def fixed(good: bytes) -> Iterator[bytes]:
    """One of each kind of harm."""
    yield b""
    yield b"PK"
    yield b"PK\x03\x04" + b"\0" * 40
    yield b"\xd0\xcf\x11\xe0" + b"\0" * 600
    yield b"%PDF-1.7\n"
    yield "Minutes".encode("utf-16")
    yield b"<html><body>Minutes</body></html>"
    yield twice(good)
    for change in (
        doctype, wide_doctype, without(DOCUMENT), without("[Content_Types].xml"), without("_rels/.rels"),
        part("../../etc/passwd"), part("/etc/passwd"), part("C:\\windows\\x"), part("word\\x"),
        part("word/bomb.bin", b"\0" * 40_000_000),
        body(b""), body(b"<"), body(b"<a/>"), body(b"\xff\xfe\x00"), body(empty_document("")[:-9]),
        body(b"<a>" * 5000), body(empty_document("<w:p>" * 300 + "</w:p>" * 300)),
        body(empty_document("<w:p><w:r><w:t>x</w:t></w:r></w:p>" * 60_000)),
        body(empty_document("x" * 13_000_000)),
        body(empty_document('<w:bookmarkStart w:id="1" w:name="pk_draft_"/>')),
        body(empty_document('<w:bookmarkStart w:id="1" w:name="pk_draft_%"/><w:p/>')),
        body(empty_document('<w:bookmarkStart w:id="1" w:name="pk_draft_\'; drop table written"/>')),
        body(empty_document('<w:bookmarkStart w:name="pk_0123456789ab_1"/><w:p/>')),
        body(empty_document('<w:bookmarkStart/><w:bookmarkEnd/><w:fldChar/>')),
        part("word/comments.xml", b"<broken"), part("word/footnotes.xml", b"<broken"),
        lambda parts: parts.update({f"word/{n}.bin": b"" for n in range(1200)}),
    ):  # fmt: skip
        yield rebuilt(good, change)
    for flag in (1, 64):
        spoiled = bytearray(good)
        for place in (6, good.rfind(b"PK\x01\x02") + 8):
            spoiled[place] |= flag
        yield bytes(spoiled)
    spoiled = bytearray(good)
    spoiled[good.rfind(b"PK\x01\x02") + 10] = 99  # a way of packing there is not
    yield bytes(spoiled)


def malformed(good: bytes, count: int, seed: int = 10) -> Iterator[bytes]:
    """``count`` files: one of each kind, then cuts, flips and rubbish."""
    source = random.Random(seed)
    made = list(fixed(good))
    yield from made
    for _ in range(count - len(made)):
        kind = source.randrange(5)
        spoiled = bytearray(good)
        if kind == 0:
            yield good[: source.randrange(len(good))]
        elif kind == 1:
            for _flip in range(source.randrange(1, 40)):
                spoiled[source.randrange(len(spoiled))] ^= 1 << source.randrange(8)
            yield bytes(spoiled)
        elif kind == 2:
            start = source.randrange(len(good))
            del spoiled[start : start + source.randrange(1, 2000)]
            yield bytes(spoiled)
        elif kind == 3:
            yield b"PK\x03\x04" + source.randbytes(source.randrange(3000))
        else:
            yield rebuilt(good, body(_scrambled(good, source)))


def _scrambled(good: bytes, source: random.Random) -> bytes:
    with zipfile.ZipFile(io.BytesIO(good)) as archive:
        xml = bytearray(archive.read(DOCUMENT))
    for _ in range(source.randrange(1, 4)):
        start = source.randrange(len(xml))
        del xml[start : start + source.randrange(1, 60)]
    return bytes(xml)


def write(folder: Path, name: str, content: bytes) -> Path:
    """The file."""
    path = folder / name
    path.write_bytes(content)
    return path

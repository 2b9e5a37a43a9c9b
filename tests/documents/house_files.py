"""House files as they come back from Word, and as somebody who means harm would make them."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO
from typing import Final

from .reading import HOUSE

W_URI: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATED: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
Change = bytes | Callable[[bytes], bytes]


def parts_of(package: bytes) -> dict[str, bytes]:
    """Every part of a Word file."""
    with zipfile.ZipFile(BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: dict[str, bytes]) -> bytes:
    """Parts as a Word file."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def house(changes: dict[str, Change] | None = None) -> bytes:
    """The shipped house file with parts changed or added."""
    parts = parts_of(HOUSE)
    for name, change in (changes or {}).items():
        parts[name] = change(parts[name]) if callable(change) else change
    return zipped(parts)


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def para(*inner: str) -> str:
    """A paragraph; words become a run, what begins with < stands as it is."""
    return f"<w:p>{''.join(each if each.startswith('<') else run(each) for each in inner)}</w:p>"


def field(instruction: str, shown: str = "x") -> str:
    """A field as Word writes it."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve">{instruction}</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'{run(shown)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def page(*paragraphs: str) -> dict[str, Change]:
    """The body with these paragraphs."""
    return {"word/document.xml": _before(b"<w:sectPr", "".join(paragraphs))}


def head(*paragraphs: str) -> dict[str, Change]:
    """The header with these paragraphs."""
    return {"word/header1.xml": _before(b"</w:hdr>", "".join(paragraphs))}


def foot(*paragraphs: str) -> dict[str, Change]:
    """The footer with these paragraphs."""
    return {"word/footer1.xml": _before(b"</w:ftr>", "".join(paragraphs))}


def _before(mark: bytes, added: str) -> Callable[[bytes], bytes]:
    return lambda part: part.replace(mark, added.encode() + mark, 1)


def settings(added: str) -> dict[str, Change]:
    return {"word/settings.xml": _before(b"</w:settings>", added)}


def rels(*rows: tuple[str, str, str, bool]) -> str:
    """Relationships: id, kind, target, whether it is outside."""
    return "".join(
        f'<Relationship Id="{rel_id}" Type="{kind if "/" in kind else RELATED + kind}" Target="{target}"'
        + (' TargetMode="External"/>' if outside else "/>")
        for rel_id, kind, target, outside in rows
    )


def linked(*rows: tuple[str, str, str, bool]) -> dict[str, Change]:
    """The document with these relationships beside its own."""
    return {"word/_rels/document.xml.rels": _before(b"</Relationships>", rels(*rows))}


def part_rels(name: str, *rows: tuple[str, str, str, bool]) -> dict[str, Change]:
    """A part that had no relationships, with these."""
    made = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f"{rels(*rows)}</Relationships>"
    )
    return {f"word/_rels/{name}.rels": made.encode()}


def typed(*rows: tuple[str, str]) -> dict[str, Change]:
    """More content types: part or extension, and type."""
    added = "".join(
        f'<Override PartName="{name}" ContentType="{kind}"/>'
        if name.startswith("/")
        else f'<Default Extension="{name}" ContentType="{kind}"/>'
        for name, kind in rows
    )
    return {"[Content_Types].xml": _before(b"</Types>", added)}


def picture(wide: int = 1, high: int = 1, *, said: bytes = b"") -> bytes:
    """A grey PNG that may say something of its maker."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    first = chunk(b"IHDR", struct.pack(">IIBBBBB", wide, high, 8, 0, 0, 0, 0))
    words = chunk(b"tEXt", b"Author\0" + said) if said else b""
    pixels = chunk(b"IDAT", zlib.compress(b"\0\x80"))
    return b"\x89PNG\r\n\x1a\n" + first + words + pixels + chunk(b"IEND", b"")


def drawn(rel_id: str, *, name: str = "Badge", alt: str = "") -> str:
    """A run with a picture as Word places it."""
    return (
        '<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/'
        f'wordprocessingDrawing"><wp:extent cx="360000" cy="360000"/><wp:docPr id="7" name="{name}" descr="{alt}"/>'
        '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData '
        'uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic xmlns:pic="http://'
        f'schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr><pic:cNvPr id="7" name="{name}" descr="{name}"/>'
        f'<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip xmlns:r="{RELATED[:-1]}" r:embed="{rel_id}"/>'
        '<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/>'
        '<a:ext cx="360000" cy="360000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        "</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def with_picture(data: bytes, **said: str) -> dict[str, Change]:
    """The header with a picture."""
    return {
        **head(para(drawn("rId90", **said))),
        **part_rels("header1.xml", ("rId90", "image", "media/badge.png", False)),
        **typed(("png", "image/png")),
        "word/media/badge.png": data,
    }

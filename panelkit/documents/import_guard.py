"""The door for Office files that come from outside: nothing in them is trusted.

A file is looked at before it is unpacked: its size, the number, names and sizes of its
parts, how far each would swell. Only the parts that are read are unpacked, each up to a
limit, and one that declares a document type is refused. Whatever is wrong is one sentence.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import Final, TypeVar

from lxml import etree
from lxml.etree import _Element

from panelkit.documents.word_xml import W_URI
from panelkit.domain.errors import BadInput, NotFound

T = TypeVar("T")

LARGEST_FILE: Final = 20_000_000
"""Bytes a draft may have; ours have some 50,000, and pictures may be added."""
LARGEST_PART: Final = 12_000_000
LARGEST_WHOLE: Final = 200_000_000
MOST_PARTS: Final = 1000
SWELLS: Final = 200
"""A part that is this many times larger unpacked is a bomb, once it is worth a look."""
WORTH_A_LOOK: Final = 1_000_000

_STRICT: Final = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_MAIN: Final = re.compile(rb'Type="[^"]*/officeDocument"')
_TARGET: Final = re.compile(rb'Target="([^"]*)"')
_RELATION: Final = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
_DOCTYPE: Final = re.compile(
    rb"<\0?!\0?(?:D\0?O\0?C\0?T\0?Y\0?P\0?E|E\0?N\0?T\0?I\0?T\0?Y)", re.IGNORECASE
)
_OLD_WORD: Final = b"\xd0\xcf\x11\xe0"
_SAVE_AS: Final = "Save it from Word as .docx and try again."
_ASK_AGAIN: Final = "Ask for the file to be saved and sent again."
_BROKEN: Final = (
    zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, zlib.error,
    EOFError, struct.error, OverflowError, ValueError, KeyError, IndexError, OSError,
)  # fmt: skip
"""What unpacking a broken file raises."""


@dataclass(frozen=True, slots=True)
class Opened:
    """The parts of a Word file that hold words, each parsed and harmless."""

    content: bytes
    """The file itself."""
    body: _Element
    comments: _Element | None
    notes: tuple[_Element, ...]
    """Footnotes and endnotes."""


def open_word(path: Path) -> Opened:
    """The file at ``path``. Raises NotFound, or BadInput with one sentence and what to do."""
    return opened(read_bytes(path), path.name)


def read_bytes(
    path: Path, *, ending: str = ".docx", largest: int = LARGEST_FILE,
    smaller: str = "Remove pictures from it and try again.",
) -> bytes:  # fmt: skip
    """The bytes of a file of a size that a draft may have. Raises NotFound, BadInput.

    ``largest`` is another size, in bytes; ``ending`` and ``smaller`` are said in errors.
    """
    try:
        if not path.is_file():
            if path.exists():
                raise BadInput(f"{path.name} is not a file.", remedy=f"Name a {ending} file.")
            raise NotFound(f"There is no file {path}.", remedy="Check the name.")
        with path.open("rb") as file:
            content = file.read(largest + 1)
    except (OSError, ValueError) as failed:
        reason = getattr(failed, "strerror", "") or "the name cannot be used"
        raise BadInput(f"{path.name} cannot be read: {reason}.", remedy="Check it.") from None
    if len(content) > largest:
        raise BadInput(f"{path.name} is larger than {largest // 1_000_000} MB.", remedy=smaller)
    return content


def opened(content: bytes, name: str) -> Opened:
    """The parts of a file's ``content``; ``name`` is said in errors. Raises BadInput."""
    return _read(content, name, lambda archive: _parts(archive, content, name))


def all_parts(content: bytes, name: str) -> dict[str, bytes]:
    """Every part of a file's ``content`` by its name, within the limits. Raises BadInput."""
    return _read(content, name, lambda archive: _every_part(archive, name))


def _read(content: bytes, name: str, read: Callable[[zipfile.ZipFile], T]) -> T:
    if content.startswith(_OLD_WORD):
        msg = f"{name} is an old .doc file or is protected by a password."
        raise BadInput(msg, remedy=_SAVE_AS)
    if not content.startswith(b"PK"):
        raise BadInput(f"{name} is not a Word file.", remedy=_SAVE_AS)
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return read(archive)
    except BadInput:
        raise
    except _BROKEN:
        raise BadInput(f"{name} is damaged or cut short.", remedy=_ASK_AGAIN) from None


def _every_part(archive: zipfile.ZipFile, name: str) -> dict[str, bytes]:
    entries = archive.infolist()
    problem = _problem(entries)
    if problem:
        raise BadInput(f"{name} {problem}.", remedy=_ASK_AGAIN)
    parts, whole = {}, 0
    for entry in entries:
        if not entry.is_dir():
            parts[entry.filename] = _bytes(archive, entry, name)
            whole += len(parts[entry.filename])
        if whole > LARGEST_WHOLE:
            raise BadInput(f"{name} would swell far beyond its size.", remedy=_ASK_AGAIN)
    return parts


@dataclass(frozen=True, slots=True)
class Package:
    """The parts of an Office file, each unpacked and parsed when it is asked for."""

    content: bytes
    name: str
    """What errors call it."""
    names: frozenset[str]

    def part(self, part: str) -> _Element | None:
        """One part as XML; None where there is none. Raises BadInput for one that is not sound."""
        if part not in self.names:
            return None
        return _read(
            self.content, self.name,
            lambda archive: parsed(_bytes(archive, archive.getinfo(part), self.name), self.name),
        )  # fmt: skip


def package(content: bytes, name: str) -> Package:
    """The list of a file's parts, nothing unpacked yet. Raises BadInput where it is not sound."""

    def listed(archive: zipfile.ZipFile) -> frozenset[str]:
        entries = archive.infolist()
        if problem := _problem(entries):
            raise BadInput(f"{name} {problem}.", remedy=_ASK_AGAIN)
        return frozenset(entry.filename for entry in entries)

    return Package(content, name, _read(content, name, listed))


def _parts(archive: zipfile.ZipFile, content: bytes, name: str) -> Opened:
    entries = archive.infolist()
    problem = _problem(entries)
    if problem:
        raise BadInput(f"{name} {problem}.", remedy=_ASK_AGAIN)
    there = {entry.filename: entry for entry in entries}
    main = _main_part(archive, there, name)
    folder = str(PurePosixPath(main).parent)
    body = _parsed(archive, there[main], name)
    if body.tag != f"{{{W_URI}}}document":
        raise BadInput(f"{name} is not a Word document.", remedy=_SAVE_AS)
    comments = there.get(f"{folder}/comments.xml")
    notes = [there.get(f"{folder}/{each}.xml") for each in ("footnotes", "endnotes")]
    return Opened(
        content=content,
        body=body,
        comments=_parsed(archive, comments, name) if comments else None,
        notes=tuple(_parsed(archive, each, name) for each in notes if each),
    )


def _problem(entries: list[zipfile.ZipInfo]) -> str:
    """What is wrong with the list of parts; blank for nothing."""
    if len(entries) > MOST_PARTS:
        return f"has more than {MOST_PARTS} parts"
    seen: set[str] = set()
    for entry in entries:
        named = entry.filename
        steps = named.split("/")
        if named.startswith("/") or ".." in steps or re.search(r"[\\:\x00-\x1f]", named):
            return "has a part whose name leads out of it"
        if named.casefold() in seen:
            return "has two parts of one name"
        seen.add(named.casefold())
        if entry.flag_bits & 1:
            return "is protected by a password"
        if entry.file_size > WORTH_A_LOOK and entry.file_size > SWELLS * max(
            entry.compress_size, 1
        ):
            return "would swell far beyond its size"
    if sum(entry.file_size for entry in entries) > LARGEST_WHOLE:
        return "would swell far beyond its size"
    return ""


def _main_part(archive: zipfile.ZipFile, there: dict[str, zipfile.ZipInfo], name: str) -> str:
    """The name of the document's own part, as the package says it."""
    listed = there.get("_rels/.rels")
    if listed is None or "[Content_Types].xml" not in there:
        raise BadInput(f"{name} is not a Word document.", remedy=_SAVE_AS)
    for found in _RELATION.findall(_bytes(archive, listed, name)):
        target = _TARGET.search(found)
        if _MAIN.search(found) and target:
            main = target[1].decode("utf-8", "replace").lstrip("/")
            if main in there:
                return main
    raise BadInput(f"{name} is not a Word document.", remedy=_SAVE_AS)


def _bytes(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> bytes:
    with archive.open(entry) as part:
        found = part.read(LARGEST_PART + 1)
    if len(found) > LARGEST_PART:
        raise BadInput(f"{name} has a part that is too large.", remedy=_ASK_AGAIN)
    if _DOCTYPE.search(found):
        msg = f"{name} declares a document type, which no Office file does."
        raise BadInput(msg, remedy="Do not open it; ask who sent it.")
    return found


def _parsed(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> _Element:
    return parsed(_bytes(archive, entry, name).replace(_STRICT, W_URI.encode()), name)


def parsed(part: bytes, name: str) -> _Element:
    """One part as XML, without its comments; it reaches nothing. Raises BadInput."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(part, parser)
    except etree.XMLSyntaxError:
        raise BadInput(f"{name} is damaged or cut short.", remedy=_ASK_AGAIN) from None
    if root.getroottree().docinfo.internalDTD is not None:
        msg = f"{name} declares a document type, which no Office file does."
        raise BadInput(msg, remedy="Do not open it; ask who sent it.")
    return root


def more_parts(found: Opened, name: str, wanted: re.Pattern[str]) -> dict[str, _Element]:
    """Further parts of an opened file, whose names match ``wanted``. Raises BadInput."""
    try:
        with zipfile.ZipFile(BytesIO(found.content)) as archive:
            return {
                entry.filename: _parsed(archive, entry, name)
                for entry in archive.infolist()
                if wanted.fullmatch(entry.filename)
            }
    except BadInput:
        raise
    except _BROKEN:
        raise BadInput(f"{name} is damaged or cut short.", remedy=_ASK_AGAIN) from None


def part_names(found: Opened) -> tuple[str, ...]:
    """The names of every part of an opened file."""
    with zipfile.ZipFile(BytesIO(found.content)) as archive:
        return tuple(archive.namelist())

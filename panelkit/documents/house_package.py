"""A house file taken apart: its parts as bytes and as XML, and what each leads to."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from lxml.etree import _Element

from panelkit.documents.import_guard import all_parts, parsed
from panelkit.documents.word_xml import W_URI, P
from panelkit.domain.errors import BadInput

R_URI: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELS_URI: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
LARGEST: Final = 5_000_000
"""Bytes of a house file; the one that ships has some 7,000, and a badge may be added."""
MOST_ELEMENTS: Final = 150_000
_SAVE_AS: Final = "Save it from Word as a Word Document (.docx)."


@dataclass(frozen=True, slots=True)
class Link:
    """One relationship: what a part leads to."""

    source: str
    """Name of the part; blank for the package."""
    id: str
    kind: str
    """The last word of its type: ``header``, ``oleObject``."""
    target: str
    """Name of a part, or an address outside."""
    external: bool


@dataclass(frozen=True, slots=True)
class Package:
    """A house file, harmless to look at and not yet judged."""

    parts: dict[str, bytes]
    roots: dict[str, _Element]
    """Every part that is XML. Not to be changed: they are shared."""
    links: tuple[Link, ...]
    main: str
    """Name of the document's own part."""

    def links_of(self, part: str) -> dict[str, Link]:
        """What a part leads to, by id."""
        return {link.id: link for link in self.links if link.source == part}

    def stories(self) -> tuple[tuple[str, str], ...]:
        """What a reader calls each part that prints, with its name: page, headers, footers."""
        found = [("page", self.main)]
        for kind in ("header", "footer"):
            names = dict.fromkeys(
                link.target
                for link in self.links
                if link.source == self.main and link.kind == kind and link.target in self.roots
            )
            for number, name in enumerate(names, 1):
                found.append((kind if len(names) == 1 else f"{kind} {number}", name))
        return tuple(found)

    def body(self) -> _Element:
        """The body of the page. Raises BadInput where there is none."""
        found = self.roots[self.main].find(f"{{{W_URI}}}body")
        if found is None:
            raise BadInput("The house.docx is not a Word file.", remedy=_SAVE_AS)
        return found


def paragraphs_of(root: _Element) -> Iterator[tuple[int, _Element]]:
    """Every paragraph, counted from 1 as a reader would."""
    yield from enumerate(root.iter(P), 1)


@lru_cache(maxsize=8)
def opened_house(content: bytes) -> Package:
    """The house file ``content`` taken apart. Raises BadInput for what cannot be looked at."""
    name = "The house.docx"
    if len(content) > LARGEST:
        msg = f"{name} is larger than {LARGEST // 1_000_000} MB."
        raise BadInput(msg, remedy="Make the pictures in it smaller.")
    parts = all_parts(content, name)
    roots = {
        part: parsed(data, name)
        for part, data in parts.items()
        if part.endswith((".xml", ".rels", ".vml")) or data.lstrip()[:5] == b"<?xml"
    }
    if sum(1 for root in roots.values() for _ in root.iter()) > MOST_ELEMENTS:
        raise BadInput(f"{name} holds far more than a template does.", remedy="Start afresh.")
    links = tuple(_links(roots))
    return Package(parts, roots, links, _main(roots, links))


def _links(roots: dict[str, _Element]) -> Iterator[Link]:
    for part, root in roots.items():
        if not part.endswith(".rels"):
            continue
        folder, name = posixpath.split(part)
        source = posixpath.join(posixpath.dirname(folder), name.removesuffix(".rels"))
        for rel in root:
            external = rel.get("TargetMode", "").casefold() == "external"
            target = rel.get("Target", "")
            yield Link(
                source, rel.get("Id", ""), rel.get("Type", "").rsplit("/", 1)[-1],
                target if external else _inside(source, target), external,
            )  # fmt: skip


def _inside(source: str, target: str) -> str:
    joined = posixpath.join("/", posixpath.dirname(source), target.split("#", maxsplit=1)[0])
    return posixpath.normpath(joined).lstrip("/")


def _main(roots: dict[str, _Element], links: tuple[Link, ...]) -> str:
    for link in links:
        if not link.source and link.kind == "officeDocument" and link.target in roots:
            tag = str(roots[link.target].tag)
            if tag == f"{{{W_URI}}}document":
                return link.target
            if tag.endswith("}document") and "purl.oclc.org" in tag:
                msg = "The house.docx is saved as Strict Open XML."
                raise BadInput(msg, remedy=_SAVE_AS)
    raise BadInput("The house.docx is not a Word file.", remedy=_SAVE_AS)

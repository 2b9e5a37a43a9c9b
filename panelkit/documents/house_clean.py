"""A house file that was checked, rebuilt from what a document needs and nothing else.

The parts are made anew under names of our own, with only the links they need. What a program
or a person left in them is gone: revision numbers, identifiers, comments, tracked changes,
hidden text, names of files and themes, whatever a picture says of its maker. The page is kept
only where it says where the sections go.
"""

from __future__ import annotations

import copy
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from io import BytesIO
from typing import Final
from xml.sax.saxutils import quoteattr

from lxml import etree
from lxml.etree import _Element

from panelkit.documents.house_check import has_page
from panelkit.documents.house_package import R_URI, RELS_URI, Package
from panelkit.documents.pictures import bare_picture, kind_of
from panelkit.documents.word_xml import W_URI, P

W: Final = f"{{{W_URI}}}"
_A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_OFFICE: Final = "{urn:schemas-microsoft-com:office:office"
_R: Final = f"{{{R_URI}}}"
_KNOWN: Final = frozenset({
    W_URI, R_URI, _A[1:-1], _MC[1:-1],
    "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup",
    "http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing",
    "urn:schemas-microsoft-com:vml", "urn:schemas-microsoft-com:office:office",
    "urn:schemas-microsoft-com:office:word",
})  # fmt: skip
"""Languages that a part may be written in; an element of any other is dropped."""

_DROPPED: Final = frozenset(
    "del moveFrom rPrChange pPrChange sectPrChange tblPrChange trPrChange tcPrChange "
    "tblGridChange tblPrExChange numberingChange cellIns cellDel cellMerge bookmarkStart "
    "bookmarkEnd proofErr permStart permEnd commentRangeStart commentRangeEnd commentReference "
    "annotationRef moveFromRangeStart moveFromRangeEnd moveToRangeStart moveToRangeEnd "
    "customXmlInsRangeStart customXmlInsRangeEnd customXmlDelRangeStart customXmlDelRangeEnd "
    "customXmlMoveFromRangeStart customXmlMoveFromRangeEnd customXmlMoveToRangeStart "
    "customXmlMoveToRangeEnd lastRenderedPageBreak printerSettings footnotePr endnotePr fldData "
    "sdtPr sdtEndPr smartTagPr customXmlPr docPartObj nsid tmpl numPicBullet lvlPicBulletId "
    "embedRegular embedBold embedItalic embedBoldItalic rsid rsids divId extLst delText "
    "footnoteReference endnoteReference".split()
)
_UNWRAPPED: Final = frozenset("ins moveTo smartTag customXml hyperlink sdt sdtContent".split())
_THEME_DROPPED: Final = ("objectDefaults", "extraClrSchemeLst", "custClrLst", "extLst")
_OFFICE_KEPT: Final = frozenset(
    "spt allowincell connecttype connectlocs connectangles preferrelative".split()
)
"""Attributes by which Office knows a shape again, and LibreOffice a watermark."""
_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml."


@dataclass(slots=True)
class _Made:
    """The file in the making."""

    package: Package
    files: dict[str, bytes] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    pictures: dict[str, str] = field(default_factory=dict)
    """Old name of each picture that is used, with its new one."""

    def add(self, name: str, data: bytes, content_type: str) -> None:
        self.files[name] = data
        self.types[name] = content_type


def cleaned(package: Package) -> bytes:
    """The house file ``package``, which must have been checked, with nothing left in it but the
    look, what stands in head and foot, and the page where it prints."""
    made = _Made(package)
    document = copy.deepcopy(package.roots[package.main])
    body = document.find(f"{W}body")
    if body is None:  # pragma: no cover - the check refuses it
        raise ValueError("not checked")
    setups = body.findall(f"{W}sectPr")
    for child in setups[:-1] if has_page(package) else [c for c in body if c not in setups[-1:]]:
        body.remove(child)
    body.extend(setups[-1:])  # the page set-up comes last
    for properties in document.iter(f"{W}pPr"):
        for setup in properties.findall(f"{W}sectPr"):
            properties.remove(setup)
    _tidy(document, pictures=False)
    rels = _related(made, document)
    made.add("word/document.xml", _xml(document), f"{_TYPE}document.main+xml")
    made.files["word/_rels/document.xml.rels"] = _rels(rels)
    made.files["_rels/.rels"] = _rels([("rId1", "officeDocument", "word/document.xml")])
    return _packed(made)


def _related(made: _Made, document: _Element) -> list[tuple[str, str, str]]:
    """Add every part that the document needs; its relationships."""
    package = made.package
    rels: list[tuple[str, str, str]] = []
    numbered: dict[str, str] = {}
    counts = {"header": 0, "footer": 0}
    wanted = {
        reference.get(f"{_R}id", "")
        for reference in document.iter(f"{W}headerReference", f"{W}footerReference")
    }
    for link in package.links_of(package.main).values():
        root = package.roots.get(link.target)
        if root is None or link.kind == "image":
            continue
        if link.kind in counts:
            if link.id not in wanted:
                continue
            counts[link.kind] += 1
            name = f"{link.kind}{counts[link.kind]}"
        elif link.kind in ("styles", "settings", "numbering", "fontTable"):
            name = link.kind
        elif link.kind == "theme":
            name = "theme/theme1"
        else:
            continue
        if f"word/{name}.xml" in made.files:
            continue
        _add_part(made, link.kind, f"word/{name}.xml", link.target)
        numbered[link.id] = f"rId{len(rels) + 1}"
        rels.append((numbered[link.id], link.kind, f"{name}.xml"))
    for reference in list(document.iter(f"{W}headerReference", f"{W}footerReference")):
        old = reference.get(f"{_R}id", "")
        if old in numbered:
            reference.set(f"{_R}id", numbered[old])
        else:
            _remove(reference)
    return rels


def _add_part(made: _Made, kind: str, name: str, old: str) -> None:
    root = copy.deepcopy(made.package.roots[old])
    if kind == "theme":
        _tidy_theme(root)
        made.add(name, _xml(root), "application/vnd.openxmlformats-officedocument.theme+xml")
        return
    printed = kind in ("header", "footer")
    _tidy(root, pictures=printed)
    if printed:
        rels = _picture_rels(made, root, old)
        if rels:
            made.files[f"word/_rels/{name.rsplit('/', 1)[-1]}.rels"] = _rels(rels)
    made.add(name, _xml(root), f"{_TYPE}{kind}+xml")


def _picture_rels(made: _Made, root: _Element, old: str) -> list[tuple[str, str, str]]:
    """The pictures of a header or footer, under new names; whatever leads elsewhere is cut."""
    links = made.package.links_of(old)
    rels: dict[str, tuple[str, str, str]] = {}
    for element in list(root.iter("{*}*")):
        for name in [name for name in element.attrib if str(name).startswith(_R)]:
            link = links.get(str(element.get(name)))
            data = made.package.parts.get(link.target, b"") if link else b""
            if link is None or link.kind != "image" or not data:
                del element.attrib[name]
                continue
            if link.target not in made.pictures:
                ending, content_type = kind_of(data)
                picture = f"media/image{len(made.pictures) + 1}.{ending}"
                made.pictures[link.target] = picture
                made.add(f"word/{picture}", bare_picture(data), content_type)
            here = rels.setdefault(
                link.id, (f"rId{len(rels) + 1}", "image", made.pictures[link.target])
            )
            element.set(name, here[0])
    return list(rels.values())


def _tidy(root: _Element, *, pictures: bool) -> None:
    """Leave words and looks in a part, and take out what says who, when and with what."""
    _drop_hidden(root)
    for element in list(root.iter("{*}*")):
        uri, tag = _name_of(element)
        if element is root or element.getparent() is None:
            continue
        foreign = uri not in _KNOWN or (not pictures and uri not in (W_URI, _MC[1:-1]))
        if foreign or (tag in _DROPPED and uri in (W_URI, _A[1:-1])) or tag == "extLst":
            _remove_row_or(element, tag)
        elif uri == W_URI and tag in _UNWRAPPED:
            _unwrap(element)
    for number, element in enumerate(root.iter("{*}*"), 1):
        _tidy_attributes(element, number)
    root.attrib.pop(f"{_MC}Ignorable", "")
    asked = " ".join(choice.get("Requires", "") for choice in root.iter(f"{_MC}Choice"))
    etree.cleanup_namespaces(root, keep_ns_prefixes=asked.split())


def _tidy_attributes(element: _Element, number: int) -> None:
    uri, tag = _name_of(element)
    for name in list(element.attrib):
        space, _, plain = str(name).rpartition("}")
        own = not space or space == f"{{{uri}" or space in (_R[:-1], f"{{{W_URI}", _MC[:-1])
        own = own or space == "{http://www.w3.org/XML/1998/namespace"
        own = own or (space == _OFFICE and plain in _OFFICE_KEPT)
        if plain.startswith("rsid") or not own:
            del element.attrib[name]
    if tag in ("docPr", "cNvPr"):
        for plain in ("title", *(("descr",) if tag == "cNvPr" else ())):
            element.attrib.pop(plain, "")
        element.set("name", f"Picture {number}")
        element.set("id", str(number))
    elif uri.startswith("urn:schemas-microsoft-com:vml"):
        element.attrib.pop("title", "")
        if tag != "shapetype" and element.get("id"):
            element.set("id", f"shape{number}")
    elif tag == "compatSetting" and "microsoft.com" not in element.get(f"{W}uri", ""):
        _remove(element)


def _drop_hidden(root: _Element) -> None:
    """Runs that are hidden go; a style that hides no longer does."""
    for mark in list(root.iter(f"{W}vanish", f"{W}webHidden", f"{W}specVanish")):
        shown = mark.get(f"{W}val", "1").casefold() in ("0", "false", "off")
        properties = mark.getparent()
        run = properties.getparent() if properties is not None else None
        if run is not None and run.tag == f"{W}r" and not shown:
            _remove(run)
        else:
            _remove(mark)


def _tidy_theme(root: _Element) -> None:
    for tag in _THEME_DROPPED:
        for element in list(root.iter(f"{{*}}{tag}")):
            _remove(element)
    for fill in list(root.iter(f"{_A}blipFill")):
        parent = fill.getparent()
        if parent is not None:
            parent.replace(fill, etree.Element(f"{_A}noFill"))
    for element in root.iter(f"{_A}theme", f"{_A}clrScheme", f"{_A}fontScheme", f"{_A}fmtScheme"):
        element.attrib.clear()
        element.set("name", "House")
    for element in list(root.iter("{*}*")):
        uri, _tag = _name_of(element)
        if uri != _A[1:-1] and element is not root:
            _remove(element)
    etree.cleanup_namespaces(root)


def _name_of(element: _Element) -> tuple[str, str]:
    uri, _, tag = str(element.tag).rpartition("}")
    return uri.lstrip("{"), tag


def _remove_row_or(element: _Element, tag: str) -> None:
    """Remove an element; a row that was deleted goes as a whole."""
    above = element.getparent()
    if tag == "del" and above is not None and above.tag == f"{W}trPr":
        row = above.getparent()
        if row is not None and row.getparent() is not None:
            _remove(row)
            return
    _remove(element)


def _remove(element: _Element) -> None:
    above = element.getparent()
    if above is not None:
        above.remove(element)


def _unwrap(element: _Element) -> None:
    above = element.getparent()
    if above is None:
        return
    place = above.index(element)
    above[place : place + 1] = list(element)


def _xml(root: _Element) -> bytes:
    for p in root.iter(P):
        p.tail = None
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _rels(rels: Iterable[tuple[str, str, str]]) -> bytes:
    rows = "".join(
        f'<Relationship Id="{rel_id}" Type="{R_URI}/{kind}" Target={quoteattr(target)}/>'
        for rel_id, kind, target in rels
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    return f'{head}<Relationships xmlns="{RELS_URI}">{rows}</Relationships>'.encode()


def _packed(made: _Made) -> bytes:
    types = "".join(
        f"<Override PartName={quoteattr('/' + name)} ContentType={quoteattr(kind)}/>"
        for name, kind in made.types.items()
    )
    head = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    )
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", f"{head}{types}</Types>")
        for name, data in made.files.items():
            archive.writestr(name, data)
    return out.getvalue()

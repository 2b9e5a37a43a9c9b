"""What a house file must not carry, found and named before anything is written with it.

Macros, OLE objects, links and files from outside, fields that fetch, slots that are not on
the list. Fields and kinds of parts are judged by a list of what is allowed: whatever nobody
thought of is refused. What is only left behind (comments, who edited it) is not a problem,
and is told by :func:`left_behind`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lxml.etree import _Element

from panelkit.documents import slots
from panelkit.documents.house_package import Link, Package, opened_house, paragraphs_of
from panelkit.documents.pictures import picture_problem
from panelkit.documents.word_xml import W_URI
from panelkit.domain.errors import BadInput
from panelkit.domain.text import gate_line

W: Final = f"{{{W_URI}}}"

KEPT: Final = frozenset(
    "officeDocument styles settings numbering fontTable theme header footer image".split()
)
LEFT: Final = {
    "comments": "comments", "commentsExtended": "comments", "commentsIds": "comments",
    "commentsExtensible": "comments", "people": "comments", "core-properties": "who edited it",
    "extended-properties": "who edited it", "custom-properties": "its own properties",
    "thumbnail": "a small picture of its first page", "customXml": "data beside the text",
    "customXmlProps": "data beside the text", "classificationlabels": "a label of a service",
    "font": "embedded fonts", "printerSettings": "printer settings",
    "glossaryDocument": "building blocks", "footnotes": "footnotes", "endnotes": "endnotes",
    "webSettings": "", "stylesWithEffects": "", "documenttasks": "comments",
    "origin": "a signature", "signature": "a signature",
}  # fmt: skip
"""Kinds of parts that Word puts into a file and that never leave the template."""

REFUSED: Final = {
    "vbaProject": "macros", "wordVbaData": "macros", "vbaProjectSignature": "macros",
    "keyMapCustomizations": "macros", "attachedToolbars": "macros", "extensibility": "macros",
    "userCustomization": "macros", "control": "an ActiveX control",
    "activeXControlBinary": "an ActiveX control", "oleObject": "an OLE object",
    "package": "an embedded file", "aFChunk": "a file to be inserted",
    "subDocument": "a file to be inserted", "attachedTemplate": "another template",
    "mailMergeSource": "a mail merge", "mailMergeHeaderSource": "a mail merge",
    "recipientData": "a mail merge", "hyperlink": "a link", "image": "a linked picture",
    "chart": "a chart", "video": "a film", "audio": "a sound", "media": "a film",
    "webextension": "an add-in", "webextensiontaskpanes": "an add-in", "frame": "a frame",
    "transform": "a transformation",
}  # fmt: skip
"""What kinds of parts and links are called when they are refused."""

_ELEMENTS: Final = {
    "object": "an OLE object", "OLEObject": "an OLE object", "control": "an ActiveX control",
    "ocx": "an ActiveX control", "altChunk": "a file to be inserted",
    "subDoc": "a file to be inserted", "mailMerge": "a mail merge", "movie": "a film",
    "entryMacro": "macros", "exitMacro": "macros", "vbaProject": "macros", "mcd": "macros",
    "saveThroughXslt": "a transformation", "script": "a script", "chart": "a chart",
    "relIds": "a diagram", "contentPart": "ink", "hlinkClick": "a link", "hlinkHover": "a link",
    "audioFile": "a sound", "videoFile": "a film", "wavAudioFile": "a sound",
    "quickTimeFile": "a film", "frameset": "a frame", "webextension": "an add-in",
}  # fmt: skip
_BESIDE: Final = frozenset(
    "customXml customXmlProps core-properties extended-properties custom-properties "
    "classificationlabels people documenttasks origin signature".split()
)
"""Parts that nothing is printed from, in languages of their own."""
_ADDRESSES: Final = frozenset({"src", "href", "althref", "macro"})
_MACRO_TYPES: Final = re.compile(
    r"macroenabled|vbaproject|activex|ms-word\.attachedtoolbars", re.IGNORECASE
)
_FIELD: Final = re.compile(
    r"\s*(?:PAGE|NUMPAGES|SECTIONPAGES)(?:\s+\\[*#]\s*\"?[\w# ]{1,20}\"?)*\s*", re.IGNORECASE
)
_OLE: Final = b"\xd0\xcf\x11\xe0"
_NOT_IN_BODY: Final = {
    "drawing": "a picture", "pict": "a picture", "AlternateContent": "a shape",
    "footnoteReference": "a footnote", "endnoteReference": "an endnote",
}  # fmt: skip
_MOST_SLOTS: Final = 300
_MOST_PARAGRAPHS: Final = 1000

_LETTERED_FORM: Final = re.compile(r"\bMAPPA[\s\-_.:(]*(?:[Ff][Oo][Rr][Mm]\s*)?[A-Z]\b(?!['’])")
"""A name like one of the national forms: MAPPA C is the minutes, MAPPA A the referral."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One reason why a template is not used."""

    what: str
    """With the place: "house.docx, header, paragraph 2 “Ref [[refrence]]”: there is no ..."."""
    remedy: str


def problems(content: bytes, template_id: str) -> tuple[Problem, ...]:
    """Everything that is wrong with a house file, in words; empty for one that may be used."""
    try:
        package = opened_house(content)
        package.body()
    except BadInput as refused:
        return (Problem(refused.message.replace("The house.docx", "house.docx"), refused.remedy),)
    found = [*_types(package), *_links(package), *_parts(package)]
    for story, name in package.stories():
        found += _slots(story, package.roots[name], template_id)
    return tuple(dict.fromkeys([*found, *_page(package)]))


def refuse(content: bytes, template_id: str) -> None:
    """Raises BadInput that names the first problem of a house file and how many there are."""
    found = problems(content, template_id)
    if found:
        more = f" ({len(found) - 1} more: panelkit template check)" if len(found) > 1 else ""
        raise BadInput(found[0].what + more, remedy=found[0].remedy)


def has_page(package: Package) -> bool:
    """Whether the page of a house file prints: it says where the sections go."""
    found = (slots.named_in(slots.text_of(p)) for _n, p in paragraphs_of(package.body()))
    return any(slots.SECTIONS in names for names in found)


def lettered(text: str) -> str:
    """The name of a national form that stands in a text; blank for none."""
    found = _LETTERED_FORM.search(text)
    return found[0] if found else ""


def words_of(content: bytes) -> tuple[tuple[str, str], ...]:
    """Where each paragraph of a house file that prints stands, and what it says."""
    try:
        package = opened_house(content)
        shown = [s for s in package.stories() if s[0] != "page" or has_page(package)]
    except BadInput:
        return ()  # it is refused, and why is said elsewhere
    return tuple(
        (f"{story}, paragraph {number}", text)
        for story, name in shown
        for number, paragraph in paragraphs_of(package.roots[name])
        if (text := slots.text_of(paragraph))
    )


def left_behind(content: bytes) -> tuple[str, ...]:
    """What a house file carries that no document will: in words, for the person who made it."""
    package = opened_house(content)
    said = [LEFT.get(link.kind, "") for link in package.links]
    body = package.body()
    if any(True for _ in body.iter(f"{W}ins", f"{W}del", f"{W}moveTo", f"{W}moveFrom")):
        said.append("tracked changes (taken as accepted)")
    if any(True for _ in body.iter(f"{W}vanish")):
        said.append("hidden text")
    if not has_page(package) and any(slots.text_of(p).strip() for _n, p in paragraphs_of(body)):
        said.append("the words on its page: it has no [[sections]]")
    return tuple(dict.fromkeys(each for each in said if each))


def _quoted(text: str) -> str:
    text = gate_line(text).text.strip()
    return f"“{text if len(text) <= 70 else text[:69] + '…'}”"


def _carries(what: str, where: str = "") -> Problem:
    place = f"house.docx, {where}" if where else "house.docx"
    return Problem(f"{place}: carries {what}.", "Take it out in Word and save.")


def _types(package: Package) -> Iterator[Problem]:
    types = package.roots.get("[Content_Types].xml")
    for each in types if types is not None else ():
        kind = each.get("ContentType", "")
        if _MACRO_TYPES.search(kind):
            yield _carries("macros")
        if each.get("PartName", "").lstrip("/") == package.main and "document.main" not in kind:
            remedy = "Save it from Word as a Word Document (.docx)."
            yield Problem("house.docx: is not saved as a Word document.", remedy)


def _links(package: Package) -> Iterator[Problem]:
    for link in package.links:
        named = gate_line(REFUSED.get(link.kind, f"something unknown ({link.kind[:40]})")).text
        where = _where(package, link)
        if link.external:
            what = named if link.kind in REFUSED else "a link"
            yield Problem(
                f"house.docx{where}: carries {what} that links to something outside itself.",
                "Take it out in Word: links, linked pictures, another template.",
            )
        elif link.kind not in KEPT and link.kind not in LEFT:
            yield _carries(named, where.removeprefix(", "))


def _where(package: Package, link: Link) -> str:
    for story, name in package.stories():
        if name == link.source:
            return f", {story}"
    return ""


def _parts(package: Package) -> Iterator[Problem]:
    stories = {name: story for story, name in package.stories()}
    pictures = {link.target for link in package.links if link.kind == "image"}
    beside = {link.target for link in package.links if link.kind in _BESIDE} - set(stories)
    for name, data in package.parts.items():
        root = package.roots.get(name)
        if data.startswith(_OLE) and "printerSettings" not in name:
            yield _carries("macros" if "vba" in name.casefold() else "an OLE object")
        elif "/embeddings/" in f"/{name}" or "/activeX/" in f"/{name}":
            yield _carries("an embedded file")
        if name in pictures and root is None:
            wrong = picture_problem(data)
            if wrong:
                yield Problem(f"house.docx: carries {wrong}.", "Save it as PNG or JPEG, smaller.")
        if root is not None and name not in beside and not name.endswith(".rels"):
            yield from _elements(root, stories.get(name, ""))
            yield from _fields(root, stories.get(name, ""))


def _elements(root: _Element, where: str) -> Iterator[Problem]:
    for element in root.iter("{*}*"):
        tag = str(element.tag).rsplit("}", 1)[-1]
        if tag in _ELEMENTS:
            yield _carries(_ELEMENTS[tag], where)
        for name, value in element.attrib.items():
            if str(name).rsplit("}", 1)[-1] in _ADDRESSES and str(value).strip():
                yield _carries("a link", where)


def _fields(root: _Element, where: str) -> Iterator[Problem]:
    """Fields that are not page numbers, however Word nests and cuts them."""
    open_fields: list[list[str]] = []
    for element in root.iter(f"{W}*"):
        tag = str(element.tag)[len(W) :]
        if tag == "fldSimple":
            yield from _field(element.get(f"{W}instr", ""), where)
        elif tag in ("instrText", "delInstrText"):
            if open_fields:
                open_fields[-1].append(element.text or "")
            else:
                yield from _field(element.text or "", where)
        elif tag == "fldChar":
            kind = element.get(f"{W}fldCharType", "")
            if kind == "begin":
                open_fields.append([])
            elif kind == "end" and open_fields:
                yield from _field("".join(open_fields.pop()), where)
    for left in open_fields:
        yield from _field("".join(left), where)


def _field(instruction: str, where: str) -> Iterator[Problem]:
    if _FIELD.fullmatch(instruction):
        return
    words = gate_line(instruction).text.split()
    name = words[0].upper()[:30] if words else "without a name"
    place = f"house.docx, {where}" if where else "house.docx"
    yield Problem(
        f"{place}: carries the field {name}, and only page numbers may be fields.",
        "Click it in Word, press Ctrl+Shift+F9 to make it plain text, and save.",
    )


def _slots(story: str, root: _Element, template_id: str) -> Iterator[Problem]:
    used = 0
    for number, paragraph in paragraphs_of(root):
        text = slots.text_of(paragraph)
        place = f"house.docx, {story}, paragraph {number} {_quoted(text)}"
        for what, remedy in slots.wrong_in(text, template_id):
            yield Problem(f"{place}: {what}.", remedy)
        names = slots.named_in(text)
        used += len(names)
        for name in names:
            slot = slots.BY_NAME.get(name)
            if slot is None or not slot.block:
                continue
            if story != "page" or str(getattr(paragraph.getparent(), "tag", "")) != f"{W}body":
                yield Problem(
                    f"{place}: the slot {name} stands on the page, outside tables and boxes.",
                    "Give it a paragraph of its own in the text.",
                )
            elif slots.block_of(paragraph) != name:
                yield Problem(
                    f"{place}: the slot {name} stands alone in its paragraph.",
                    "Put the other words into a paragraph before or after it.",
                )
    if used > _MOST_SLOTS:
        yield Problem(f"house.docx, {story}: has more than {_MOST_SLOTS} slots.", "Start afresh.")


def _page(package: Package) -> Iterator[Problem]:
    """A page that prints says where everything goes, once; one without slots is left behind."""
    body = package.body()
    names = [n for _n, p in paragraphs_of(body) for n in slots.named_in(slots.text_of(p))]
    if not names:
        return
    if names.count(slots.SECTIONS) != 1:
        yield Problem(
            "house.docx, page: [[sections]] must stand there once, or nothing would be printed.",
            "Put [[sections]] where the sections go.",
        )
        return
    if names.count(slots.TITLE_BLOCK) + names.count(slots.AT_A_GLANCE) != 1:
        yield Problem(
            "house.docx, page: [[title block]] or [[at a glance]] must stand there, once.",
            "Put one of them above [[sections]].",
        )
    if len(list(paragraphs_of(body))) > _MOST_PARAGRAPHS:
        yield Problem("house.docx, page: has far too many paragraphs.", "Start afresh.")
    for element in body.iter("{*}*"):
        tag = str(element.tag).rsplit("}", 1)[-1]
        if tag in _NOT_IN_BODY:
            what = _NOT_IN_BODY[tag]
            yield Problem(
                f"house.docx, page: {what} cannot stand among the words.",
                "Put a badge into the header, and notes into the text.",
            )

"""Sixty templates that somebody means harm with or got wrong, and twenty good ones.

Each is a name, what its files are changed to, and a word of the sentence that refuses it.
"""

from __future__ import annotations

import struct
import zipfile
from io import BytesIO
from typing import Final

from .house_files import (
    W_URI,
    field,
    foot,
    head,
    house,
    linked,
    page,
    para,
    part_rels,
    parts_of,
    picture,
    run,
    settings,
    typed,
    with_picture,
    zipped,
)
from .reading import HOUSE

Files = dict[str, bytes]
MAIN: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
MS: Final = "http://schemas.microsoft.com/office/2006/relationships/"
SECTIONS: Final = para("[[sections]]")
TITLE: Final = para("[[title block]]")
OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
FETCHING: Final = (
    'INCLUDETEXT "C:\\\\x.docx"', 'INCLUDEPICTURE "http://a.invalid/x.png"', "LINK Excel.Sheet x",
    "DDE excel x", "DDEAUTO c:\\\\windows\\\\cmd.exe", "IMPORT x.png", 'DATABASE \\d "x"',
    'HYPERLINK "http://a.invalid"', "RD x.docx", "MERGEFIELD name", "AUTOTEXT x", "EMBED Package",
    "MACROBUTTON Run x", "USERNAME", "DATE", "INCLUDE x", "ASK x", "FILLIN x", "QUOTE 68 68 69",
)  # fmt: skip


def template(toml: str = "", *, docx: bytes = HOUSE, **wording: str) -> Files:
    """The files of a template."""
    files = {"template.toml": (toml or GOOD).encode(), "house.docx": docx}
    return files | {f"wording/{name}.j2": text.encode() for name, text in wording.items()}


GOOD: Final = """
id = "minutes"
version = "7.0"
title = "Minutes"
form_label = "Our minutes"
effective_from = 2026-01-01
source = "By us."
[[section]]
key = "risk"
number = "1"
heading = "Risk assessment"
include = "always"
"""
REPLY: Final = GOOD.replace('"minutes"', '"reply"').replace('"risk"', '"decision"')


def _bomb() -> bytes:
    return zipped({**parts_of(HOUSE), "word/styles.xml": b" " * 150_000_000})


def _bomb_of_pixels() -> bytes:
    return house(with_picture(picture(60_000, 60_000)))


def _many_parts() -> bytes:
    return zipped({**parts_of(HOUSE), **{f"word/x{n}.xml": b"<x/>" for n in range(1200)}})


def _laughs() -> bytes:
    text = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    return house(
        {"word/header1.xml": lambda part: part.replace(b"<w:hdr", f"{text}<w:hdr".encode(), 1)}
    )


def _outside_entity() -> bytes:
    text = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    return house(
        {"word/styles.xml": lambda part: part.replace(b"<w:styles", f"{text}<w:styles".encode(), 1)}
    )


def _deep() -> bytes:
    return house(page("<w:p>" * 3000 + "</w:p>" * 3000))


def _many_elements() -> bytes:
    return house(page(*(f'<w:p w:x="{n * 7919}"/>' for n in range(160_000))))


def _leading_out() -> bytes:
    out = BytesIO(HOUSE)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("../../evil.xml", "<x/>")
    return out.getvalue()


def _twice() -> bytes:
    out = BytesIO(HOUSE)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("Word/Document.xml", "<x/>")
    return out.getvalue()


def _macro_main() -> bytes:
    kind = "application/vnd.ms-word.document.macroEnabled.main+xml"
    return house({"[Content_Types].xml": lambda part: part.replace(MAIN.encode(), kind.encode())})


def _dotx() -> bytes:
    return house(
        {"[Content_Types].xml": lambda part: part.replace(b"document.main", b"template.main")}
    )


def _with(kind: str, target: str = "evil.bin", *, outside: bool = False) -> bytes:
    added = {} if outside else {f"word/{target}": b"x"}
    return house(
        {**linked(("rId80", kind, target, outside)), **typed(("bin", "application/x")), **added}
    )


def _huge_jpeg() -> bytes:
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, 65000, 65000, 1) + b"\x01\x11\x00"
    scan = b"\xff\xda" + struct.pack(">HB", 8, 1) + b"\x01\x00\x00\x3f\x00" + b"\x00\xff\xd9"
    return b"\xff\xd8" + frame + scan


HOSTILE: Final[tuple[tuple[str, Files, str], ...]] = (
    # macros
    ("a macro-enabled document", template(docx=_macro_main()), "macros"),
    ("a macro project", template(docx=_with(MS + "vbaProject", "vbaProject.bin")), "macros"),
    ("a macro project nobody leads to", template(docx=house({"word/vbaProject.bin": OLE})), "macros"),
    ("a macro under a key", template(docx=_with(MS + "keyMapCustomizations")), "macros"),
    ("a toolbar", template(docx=_with(MS + "attachedToolbars")), "macros"),
    ("a form field that runs a macro", template(docx=house(head(para(
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:entryMacro w:val="Go"/></w:ffData></w:fldChar></w:r>'
    )))), "macros"),
    # objects
    ("an OLE object", template(docx=_with("oleObject")), "an OLE object"),
    ("an OLE object nobody leads to", template(docx=house({"word/embeddings/a.bin": OLE})), "an OLE object"),
    ("an object in the header", template(docx=house(head(para("<w:r><w:object/></w:r>")))), "an OLE object"),
    ("an embedded workbook", template(docx=_with("package", "embeddings/book.xlsx")), "an embedded file"),
    ("an ActiveX control", template(docx=_with("control")), "an ActiveX control"),
    ("a control on the page", template(docx=house(page(para('<w:r><w:control w:name="x"/></w:r>')))), "an ActiveX control"),
    ("a file to be inserted", template(docx=house({**page('<w:altChunk/>'), **linked(("rId80", "aFChunk", "x.html", False)), "word/x.html": b"x"})), "a file to be inserted"),
    ("a subdocument", template(docx=_with("subDocument", "file:///c:/x.docx", outside=True)), "a file to be inserted"),
    ("an add-in", template(docx=_with("http://schemas.microsoft.com/office/2011/relationships/webextension")), "an add-in"),
    ("a part nobody has heard of", template(docx=_with("teleporter")), "unknown (teleporter)"),
    # the outside
    ("a remote template", template(docx=house({**settings('<w:attachedTemplate xmlns:r="x" r:id="rId1"/>'), **part_rels("settings.xml", ("rId1", "attachedTemplate", "http://a.invalid/x.dotm", True))})), "another template"),
    ("a link", template(docx=_with("hyperlink", "http://a.invalid", outside=True)), "a link"),
    ("a linked picture", template(docx=house(part_rels("header1.xml", ("rId1", "image", "http://a.invalid/x.png", True)))), "a linked picture"),
    ("a picture on a share", template(docx=house(part_rels("footer1.xml", ("rId1", "image", "file://server/x.png", True)))), "a linked picture"),
    ("a shape that fetches", template(docx=house(head(para('<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:imagedata src="http://a.invalid/x.png"/></v:shape></w:pict></w:r>')))), "a link"),
    ("a frame", template(docx=house({**linked(("rId80", "webSettings", "web.xml", False)), "word/web.xml": f'<w:webSettings xmlns:w="{W_URI}"/>'.encode(), **part_rels("web.xml", ("rId1", "frame", "http://a.invalid", True))})), "a frame"),
    ("a mail merge", template(docx=house(settings("<w:mailMerge/>"))), "a mail merge"),
    # fields
    *((f"the field {words.split()[0]}", template(docx=house(page(para(field(words))))), words.split()[0]) for words in FETCHING),
    ("a field in a simple dress", template(docx=house(foot('<w:p><w:fldSimple w:instr=" INCLUDETEXT x "/></w:p>'))), "footer: carries the field INCLUDETEXT"),
    ("a field inside page numbers", template(docx=house(foot(para('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r>', field("DDE x"), '<w:r><w:fldChar w:fldCharType="end"/></w:r>')))), "DDE"),
    ("a field cut into letters", template(docx=house(head(para('<w:r><w:fldChar w:fldCharType="begin"/></w:r>', *(f"<w:r><w:instrText>{c}</w:instrText></w:r>" for c in "LINKx"), '<w:r><w:fldChar w:fldCharType="end"/></w:r>')))), "LINKX"),
    ("a field that is not closed", template(docx=house(head(para('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DDE x</w:instrText></w:r>')))), "DDE"),
    ("a page number with a tail", template(docx=house(foot(para(field('PAGE \\* "x" INCLUDETEXT "y"'))))), "PAGE"),
    # slots
    ("a slot misspelt", template(docx=house(head(para("Ref [[refrence]]")))), "Did you mean [[reference]]?"),
    ("a slot with a name of nobody", template(docx=house(page(TITLE, SECTIONS, para("[[victim address]]")))), "no slot called victim address"),
    ("a slot of another document", template(REPLY, docx=house(head(para("[[chair]]")))), "not for the template reply"),
    ("a slot not closed", template(docx=house(head(para("[[reference")))), "not closed"),
    ("an expression", template(docx=house(head(para("{{ cycler.__init__.__globals__.os.popen('id') }}")))), "holds code"),
    ("a loop on the page", template(docx=house(page(TITLE, SECTIONS, para("{% for x in y %}")))), "holds code"),
    ("a page without sections", template(docx=house(page(para("[[title]]")))), "[[sections]] must stand there once"),
    ("sections twice", template(docx=house(page(TITLE, SECTIONS, SECTIONS))), "must stand there once"),
    ("sections in the header", template(docx=house(head(SECTIONS))), "stands on the page"),
    ("sections among words", template(docx=house(page(TITLE, para("Here: [[sections]]")))), "stands alone"),
    ("no title", template(docx=house(page(SECTIONS))), "[[title block]] or [[at a glance]]"),
    ("a picture among the words", template(docx=house(page(TITLE, SECTIONS, para("<w:r><w:pict/></w:r>")))), "a picture cannot stand"),
    # bombs and wrecks
    ("a part that swells", template(docx=_bomb()), "swell"),
    ("a picture that swells", template(docx=_bomb_of_pixels()), "a picture that is too large"),
    ("a photograph that swells", template(docx=house(with_picture(_huge_jpeg()))), "a picture that is too large"),
    ("a thousand parts", template(docx=_many_parts()), "more than 1000 parts"),
    ("entities that multiply", template(docx=_laughs()), "document type"),
    ("an entity from outside", template(docx=_outside_entity()), "document type"),
    ("a deep nest", template(docx=_deep()), "damaged"),
    ("far too many elements", template(docx=_many_elements()), "far more than a template"),
    ("a name that leads out", template(docx=_leading_out()), "leads out of it"),
    ("two parts of one name", template(docx=_twice()), "two parts of one name"),
    ("a metafile", template(docx=house(with_picture(b"\x01\x00\x00\x00EMF"))), "a picture of a kind that is not taken"),
    ("a Word template", template(docx=_dotx()), "not saved as a Word document"),
    ("half a file", template(docx=HOUSE[: len(HOUSE) // 2]), "damaged"),
    # wording
    ("wording that calls", template(REPLY, decision="{{ cycler.__init__.__globals__.os.popen('id').read() }}"), "holds a"),
    ("wording that loops", template(REPLY, decision="{% for a in 'x' * 9 %}x{% endfor %}"), "a loop"),
    ("wording that swells", template(REPLY, decision="{{ 'x' * 1000000000 }}"), "holds code"),
    ("wording that reads a file", template(REPLY, decision="{% include '/etc/passwd' %}"), "another file"),
    ("wording that names what is not there", template(REPLY, owner="{{ ownr }}"), "did you mean owner?"),
    # the rest of the folder
    ("a file that is no part", {**template(), "Normal.dotm": OLE}, "is no part of a template"),
    ("a section that is not there", template(GOOD.replace('"risk"', '"risks"')), "Did you mean risk?"),
    ("the letter of the national form", template(GOOD.replace("Our minutes", "MAPPA C")), "national form"),
    ("the letter in the header", template(docx=house(head(para("MAPPA C")))), "national form"),
    ("an approval after its use", template("smb_approved_on = 2026-05-01\n" + GOOD), "after effective_from"),
)  # fmt: skip


def _cut(text: str) -> str:
    return para(*(run(letter) for letter in text))


_TABLE: Final = (
    '<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="4000"/></w:tblGrid><w:tr><w:tc>'
    f"<w:tcPr/>{para('Signed by [[chair]]')}</w:tc></w:tr></w:tbl>"
)
_BOX: Final = (
    '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
    '<mc:Choice Requires="wps"><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"/></w:drawing></mc:Choice>'
    f'<mc:Fallback><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent>{para("[[level]]")}'
    "</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)
_CONTROL: Final = (
    '<w:sdt><w:sdtPr><w:tag w:val="x"/><w:dataBinding w:xpath="/x"/></w:sdtPr>'
    f"<w:sdtContent>{para('[[reference]]')}</w:sdtContent></w:sdt>"
)
_TRACKED: Final = (
    f'<w:ins w:id="1" w:author="A. Person">{run("kept ")}</w:ins>'
    '<w:del w:id="2" w:author="A. Person"><w:r><w:delText>gone</w:delText></w:r></w:del>'
)

WELL_MADE: Final[tuple[tuple[str, Files, str], ...]] = (
    ("as it ships", template(), "Risk assessment"),
    ("a word in the header", template(docx=house(head(para("Northmoor MAPPA unit")))), "Northmoor MAPPA unit"),
    ("a slot in the header", template(docx=house(head(para("Case [[reference]]")))), "Case WM-0143"),
    ("a slot in the footer", template(docx=house(foot(para("[[meeting date]]")))), "2026"),
    ("a slot in capitals", template(docx=house(head(para("[[Meeting_Number]]")))), "Meeting 3"),
    ("a slot cut into letters", template(docx=house(head(_cut("Case [[reference]]!")))), "Case WM-0143!"),
    ("two slots in one run", template(docx=house(head(para("[[level]]: [[meeting kind]]")))), "Level 2: Review"),
    ("page numbers of its own", template(docx=house(foot(para(field("PAGE \\* MERGEFORMAT"))))), "x"),
    ("a page of its own", template(docx=house(page(para("Protect this"), TITLE, SECTIONS, para("Signed [[chair]]")))), "Signed Ruth Calloway"),
    ("a title of its own", template(docx=house(page(para("[[title]]"), para("[[at a glance]]"), SECTIONS))), "Minutes of MAPPA"),
    ("a table to sign in", template(docx=house(page(TITLE, SECTIONS, _TABLE))), "Signed by Ruth Calloway"),
    ("a badge", template(docx=house(with_picture(picture(), alt="Our badge"))), "Risk assessment"),
    ("a box in the header", template(docx=house(head(para(_BOX)))), "Level 2"),
    ("a content control", template(docx=house(page(TITLE, SECTIONS, _CONTROL))), "WM-0143"),
    ("tracked changes", template(docx=house(page(TITLE, SECTIONS, para(_TRACKED)))), "kept"),
    ("words left on the page", template(docx=house(page(para("A note to myself")))), "Risk assessment"),
    ("a proof mark and a bookmark", template(docx=house(head(para('<w:proofErr w:type="spellStart"/>', "[[area]]", '<w:bookmarkStart w:id="1" w:name="x"/>')))), "MAPPA"),
    ("brackets that are words", template(docx=house(head(para("Minutes [draft form] {v2}")))), "Minutes [draft form] {v2}"),
    ("the approved letter", template('smb_approved_on = 2025-11-03\nsmb_rationale = "Same headings."\n' + GOOD.replace("Our minutes", "MAPPA C"), docx=house(head(para("Approved [[board approval]]")))), "Approved 3 November 2025"),
    ("settings that Word adds", template(docx=house(settings('<w:rsids><w:rsidRoot w:val="00FC693F"/></w:rsids><w:documentProtection w:edit="forms"/>'))), "Risk assessment"),
)  # fmt: skip
"""What prints somewhere in the document is the last of each."""

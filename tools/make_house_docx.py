"""Makes templates/minutes/house.docx, the file that carries the look of every document.

    python tools/make_house_docx.py [TARGET]

The package is python-docx's default with everything dropped that minutes do not use: its
780 KB of styles, the thumbnail, custom XML and the properties. What is left is small
enough to open for every document. After this the file belongs to whoever restyles it in
Word; run the script again only to start afresh.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

import docx
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml import parse_xml
from lxml import etree

TARGET: Final = Path(__file__).parent.parent / "templates" / "minutes" / "house.docx"

W: Final = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
A: Final = {"a": "http://schemas.openxmlformats.org/drawingml/2006/main"}
FACE: Final = "Arial"
ACCENT: Final = "1F3A5F"  # one quiet navy: headings, the rule under the title, call-outs
TEXT: Final = "1A1A1A"
GREY: Final = "4D5660"  # 7.5 to 1 on white: still readable printed and photocopied
RULE: Final = "B8C0C9"
SHADE: Final = "E9EEF3"
PALE: Final = "F3F5F8"
AMBER: Final = "9A5B00"
AMBER_PALE: Final = "FCF4E6"

BUILT_IN: Final = frozenset(
    {"Title", "heading 1", "heading 2", "header", "footer", "List Bullet", "caption", "Quote"}
)
"""Styles Word knows by name; every other is marked as our own."""


def space(before: int = 0, after: int = 0, line: int = 0, rule: str = "auto") -> str:
    """Return paragraph spacing in twentieths of a point (``line`` in 240ths when auto)."""
    lines = f' w:line="{line}" w:lineRule="{rule}"' if line else ""
    return f'<w:spacing w:before="{before}" w:after="{after}"{lines}/>'


def face(points: float, *, colour: str = "", bold: bool = False, italic: bool = False) -> str:
    """Return run properties; complex scripts (Urdu, Arabic) get the same size and weight."""
    half = round(points * 2)
    return (
        ("<w:b/><w:bCs/>" if bold else "")
        + ("<w:i/><w:iCs/>" if italic else "")
        + (f'<w:color w:val="{colour}"/>' if colour else "")
        + f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'
    )


def style(
    style_id: str,
    name: str,
    ppr: str,
    rpr: str = "",
    *,
    based_on: str = "Normal",
    following: str = "Normal",
) -> str:
    """Return one paragraph style; ``ppr`` and ``rpr`` in the schema's order."""
    custom = "" if name in BUILT_IN else ' w:customStyle="1"'
    return (
        f'<w:style w:type="paragraph"{custom} w:styleId="{style_id}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="{based_on}"/><w:next w:val="{following}"/>'
        f'<w:uiPriority w:val="9"/><w:qFormat/><w:pPr>{ppr}</w:pPr>'
        + (f"<w:rPr>{rpr}</w:rPr>" if rpr else "")
        + "</w:style>"
    )


def border(side: str, colour: str, *, eighths: int = 4, gap: int = 0) -> str:
    """Return one rule of a paragraph or a table."""
    return f'<w:{side} w:val="single" w:sz="{eighths}" w:space="{gap}" w:color="{colour}"/>'


def set_apart(bar: str, ground: str) -> str:
    """Return a bar at the left and a light ground, padded with rules of the same colour."""
    rules = (
        border("top", ground, eighths=8, gap=5)
        + border("left", bar, eighths=24, gap=8)
        + border("bottom", ground, eighths=8, gap=5)
        + border("right", ground, eighths=8, gap=6)
    )
    return (
        f"<w:keepLines/><w:pBdr>{rules}</w:pBdr>"
        f'<w:shd w:val="clear" w:color="auto" w:fill="{ground}"/>'
        + space(160, 200)
        + '<w:ind w:left="227" w:right="142"/>'
    )


def table_style(style_id: str, name: str, sides: tuple[str, ...], condition: str) -> str:
    """Return a table style: rules on ``sides``, and one condition (first row or column)."""
    rules = "".join(border(side, RULE) for side in sides)
    return (
        f'<w:style w:type="table" w:customStyle="1" w:styleId="{style_id}">'
        f'<w:name w:val="{name}"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="39"/>'
        f"<w:tblPr><w:tblBorders>{rules}</w:tblBorders>{CELL_MARGINS}</w:tblPr>"
        f"{condition}</w:style>"
    )


CELL_MARGINS: Final = (
    '<w:tblCellMar><w:top w:w="60" w:type="dxa"/><w:left w:w="96" w:type="dxa"/>'
    '<w:bottom w:w="60" w:type="dxa"/><w:right w:w="96" w:type="dxa"/></w:tblCellMar>'
)

DEFAULTS: Final = (
    "<w:docDefaults><w:rPrDefault><w:rPr>"
    f'<w:rFonts w:ascii="{FACE}" w:eastAsia="{FACE}" w:hAnsi="{FACE}" w:cs="{FACE}"/>'
    f'<w:color w:val="{TEXT}"/><w:sz w:val="21"/><w:szCs w:val="21"/>'
    '<w:lang w:val="en-GB" w:eastAsia="en-GB" w:bidi="ar-SA"/>'
    f"</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>{space(0, 120, 269)}"
    "</w:pPr></w:pPrDefault></w:docDefaults>"
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal">'
    '<w:name w:val="Normal"/><w:qFormat/><w:pPr><w:widowControl/></w:pPr></w:style>'
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
    '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal">'
    '<w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/>'
    f'<w:tblPr><w:tblInd w:w="0" w:type="dxa"/>{CELL_MARGINS}</w:tblPr></w:style>'
    '<w:style w:type="numbering" w:default="1" w:styleId="NoList">'
    '<w:name w:val="No List"/><w:uiPriority w:val="99"/><w:semiHidden/></w:style>'
    '<w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/>'
    '<w:uiPriority w:val="22"/><w:qFormat/><w:rPr><w:b/><w:bCs/></w:rPr></w:style>'
)

TITLE_BLOCK: Final = (
    style(
        "AreaName", "Area Name", "<w:keepNext/>" + space(0, 40), face(11, colour=GREY, bold=True)
    ),
    style(
        "Title",
        "Title",
        f"<w:keepNext/><w:pBdr>{border('bottom', ACCENT, eighths=12, gap=7)}</w:pBdr>"
        + space(0, 140, 252),
        face(20, colour=ACCENT, bold=True),
        following="StatusLine",
    ),
    style("StatusLine", "Status Line", space(0, 180), face(10.5, colour=TEXT, bold=True)),
)

BODY: Final = (
    style(
        "Heading1",
        "heading 1",
        "<w:keepNext/><w:keepLines/>" + space(340, 120, 252) + '<w:outlineLvl w:val="0"/>',
        face(14, colour=ACCENT, bold=True),
    ),
    style(
        "Heading2",
        "heading 2",
        "<w:keepNext/><w:keepLines/>" + space(220, 80, 252) + '<w:outlineLvl w:val="1"/>',
        face(11.5, colour=ACCENT, bold=True),
    ),
    style("Lead", "Lead", space(0, 140), face(11.5)),
    style(
        "Quote",
        "Quote",
        f"<w:pBdr>{border('left', RULE, eighths=12, gap=10)}</w:pBdr>"
        + space(80, 160)
        + '<w:ind w:left="340" w:right="340"/>',
        face(10.5, italic=True),
    ),
    style("Note", "Note", space(0, 120, 252), face(9.5, colour=GREY)),
    style("Callout", "Callout", set_apart(ACCENT, PALE)),
    style("Warning", "Warning", set_apart(AMBER, AMBER_PALE)),
    style(
        "ListBullet",
        "List Bullet",
        '<w:numPr><w:numId w:val="1"/></w:numPr>'
        + space(0, 70)
        + '<w:ind w:left="397" w:hanging="284"/>',
        following="ListBullet",
    ),
    style("Caption", "caption", "<w:keepNext/>" + space(160, 80), face(10.5, bold=True)),
    style("TableText", "Table Text", space(0, 0, 252), face(9.5), following="TableText"),
    style(
        "TableHeading",
        "Table Heading",
        "<w:keepNext/>",
        face(9.5, colour=ACCENT, bold=True),
        based_on="TableText",
    ),
    style("FactLabel", "Fact Label", "", face(9.5, colour=GREY, bold=True), based_on="TableText"),
    style("AfterTable", "After Table", space(0, 0, 200, "exact")),
)

PAGE_FRAME: Final = (
    style("Header", "header", space(0, 0, 252) + '<w:jc w:val="center"/>', face(9, colour=GREY)),
    style("Marking", "Marking", "", face(10.5, colour=TEXT, bold=True), based_on="Header"),
    style(
        "Footer",
        "footer",
        f"<w:pBdr>{border('top', RULE, gap=6)}</w:pBdr>"
        + space(0, 0, 252)
        + '<w:jc w:val="center"/>',
        face(9, colour=GREY),
    ),
)

TABLES: Final = (
    table_style(
        "HouseTable",
        "House Table",
        ("top", "left", "bottom", "right", "insideH", "insideV"),
        '<w:tblStylePr w:type="firstRow"><w:tblPr/><w:tcPr>'
        f'<w:shd w:val="clear" w:color="auto" w:fill="{SHADE}"/><w:vAlign w:val="bottom"/>'
        "</w:tcPr></w:tblStylePr>",
    ),
    table_style(
        "HouseFacts",
        "House Facts",
        ("top", "bottom", "insideH"),
        '<w:tblStylePr w:type="firstCol"><w:tblPr/><w:tcPr>'
        f'<w:shd w:val="clear" w:color="auto" w:fill="{PALE}"/></w:tcPr></w:tblStylePr>',
    ),
)

STYLES: Final = (
    f"<w:styles {W}>" + DEFAULTS + "".join(TITLE_BLOCK + BODY + PAGE_FRAME + TABLES) + "</w:styles>"
)

NUMBERING: Final = (
    f'<w:numbering {W}><w:abstractNum w:abstractNumId="0">'
    '<w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/>'
    '<w:numFmt w:val="bullet"/><w:pStyle w:val="ListBullet"/><w:lvlText w:val="•"/>'
    '<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="397" w:hanging="284"/></w:pPr>'
    f'<w:rPr><w:rFonts w:ascii="{FACE}" w:hAnsi="{FACE}" w:cs="{FACE}"/>'
    f'<w:color w:val="{ACCENT}"/></w:rPr></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
)

SETTINGS: Final = (
    f'<w:settings {W}><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/>'
    '<w:characterSpacingControl w:val="doNotCompress"/><w:compat>'
    '<w:compatSetting w:name="compatibilityMode" '
    'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
    '<w:themeFontLang w:val="en-GB"/>'
    '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
)

FONTS: Final = (
    f'<w:fonts {W}><w:font w:name="{FACE}"><w:altName w:val="Liberation Sans"/>'
    '<w:panose1 w:val="020B0604020202020204"/><w:charset w:val="00"/>'
    '<w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font></w:fonts>'
)

# A4, 2 cm at the sides, room for two lines at the head and at the foot of every page.
PAGE: Final = (
    f'<w:pgSz {W} w:w="11906" w:h="16838"/>',
    (
        f'<w:pgMar {W} w:top="1588" w:right="1134" w:bottom="1361" w:left="1134" '
        'w:header="567" w:footer="510" w:gutter="0"/>'
    ),
)

KEPT: Final = {RT.STYLES, RT.SETTINGS, RT.NUMBERING, RT.FONT_TABLE, RT.THEME}


def trimmed_theme(blob: bytes) -> bytes:
    """Return the default theme in our face and accent, without its list of 60 scripts.

    No style here uses the theme, but Word expects one, and offers its colours to whoever
    restyles the file.
    """
    theme = etree.fromstring(blob)
    theme.set("name", "Panelkit")
    for font in theme.findall(".//a:fontScheme//a:font", A):
        font.getparent().remove(font)
    for latin in theme.findall(".//a:fontScheme//a:latin", A):
        latin.set("typeface", FACE)
    for name, colour in (("accent1", ACCENT), ("dk2", GREY), ("lt2", SHADE)):
        theme.find(f".//a:{name}/a:srgbClr", A).set("val", colour)
    return etree.tostring(theme, xml_declaration=True, encoding="UTF-8", standalone=True)


def make(target: Path) -> None:
    """Write the house file to ``target``.

    Parts are replaced whole through python-docx's private attributes: it has no public way
    to do so, its version is pinned, and the test that opens the result would notice.
    """
    document = docx.Document()
    part = document.part
    for rel_id, rel in list(part.rels.items()):
        if rel.reltype not in KEPT:
            del part.rels[rel_id]
    for rel_id, rel in list(part.package.rels.items()):
        if rel.reltype != RT.OFFICE_DOCUMENT:
            del part.package.rels[rel_id]
    for reltype, xml in ((RT.STYLES, STYLES), (RT.NUMBERING, NUMBERING), (RT.SETTINGS, SETTINGS)):
        part.part_related_by(reltype)._element = parse_xml(xml)  # noqa: SLF001
    theme = part.part_related_by(RT.THEME)
    theme._blob = trimmed_theme(theme.blob)  # noqa: SLF001
    part.part_related_by(RT.FONT_TABLE)._blob = FONTS.encode()  # noqa: SLF001

    section = document.sections[0]
    page = section._sectPr  # noqa: SLF001
    page.attrib.clear()  # the default's revision numbers
    for old in page.xpath("w:pgSz | w:pgMar | w:docGrid"):
        page.remove(old)
    for position, xml in enumerate(PAGE):
        page.insert(position, parse_xml(xml))
    section.header.is_linked_to_previous = False
    section.footer.is_linked_to_previous = False
    document.core_properties.title = "Look of the minutes"
    document.core_properties.author = ""
    document.core_properties.last_modified_by = ""
    document.save(str(target))


if __name__ == "__main__":
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET)

"""The house file: what an area restyles in Word, made safe to write documents on.

An area opens ``house.docx`` in Word, changes fonts and colours, adds its badge to the head
of the page, and saves. Word then puts back what a set of minutes must not carry: who edited
it, revision numbers, a first page without a header. This module takes the styles, the page
set-up, what stands in header and footer and, where it says where the sections go, the page,
and leaves everything else behind, once for each house file.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Final

from lxml import etree

from panelkit.documents.house_check import refuse
from panelkit.documents.house_clean import cleaned
from panelkit.documents.house_package import opened_house
from panelkit.documents.word_xml import TABLE_TEXT, VAL, W_URI
from panelkit.domain.errors import BadInput

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

NEEDED_STYLES: Final = (
    "AreaName Title StatusLine Heading1 Heading2 Normal Lead Quote Note Callout Warning "
    "ListBullet Caption TableText TableHeading FactLabel AfterTable Header Marking Footer "
    "Strong HouseTable HouseFacts"
).split()
"""Style ids the writer uses; Word derives an id from a style's first name and keeps it."""

BODY: Final = "word/document.xml"
PROPERTIES: Final = "docProps/core.xml"
"""Where python-docx puts the document and its properties."""

_REMEDY: Final = "Start again from the house.docx that comes with panelkit, or re-make it."
_RELATED: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_KEPT_PARTS: Final = frozenset(
    _RELATED + kind for kind in ("styles", "settings", "numbering", "fontTable", "theme")
)
_PAGE_PARTS: Final = frozenset(_RELATED + kind for kind in ("header", "footer"))
_KEPT_SETTINGS: Final = frozenset(
    f"{{{W_URI}}}{name}"
    for name in (
        "zoom autoHyphenation hyphenationZone defaultTabStop characterSpacingControl compat "
        "themeFontLang clrSchemeMapping decimalSymbol listSeparator"
    ).split()
)


@dataclass(frozen=True, slots=True)
class House:
    """A house file ready to be opened for every document."""

    package: bytes
    """A Word file with nothing personal in it; its body is empty or holds the page."""

    parts: tuple[tuple[str, bytes], ...]
    """The same taken apart: the name and the content of each file in it, in order."""

    header: str
    footer: str
    """Names of the parts that stand on every page."""

    width: int
    """Between the margins of an upright page, in twips."""

    landscape_width: int
    """The same with the page turned."""

    table_half_points: int
    """Size of the text in tables, for working out column widths."""


@lru_cache(maxsize=16)
def prepared(house: bytes, language: str, template_id: str = "") -> House:
    """Return ``house`` (the bytes of a house.docx) made ready, in ``language``.

    Raises BadInput if it is not a Word file, lacks a style, or carries what a template must
    not: nothing is made of it then.
    """
    import docx

    refuse(house, template_id)
    try:
        document = docx.Document(BytesIO(cleaned(opened_house(house))))
        sections = document.element.body.xpath("./w:sectPr")
    except (KeyError, ValueError, AttributeError, etree.LxmlError) as error:
        raise BadInput("The house.docx is not a Word file.", remedy=_REMEDY) from error
    if not sections:
        raise BadInput("The house.docx has no page set-up.", remedy=_REMEDY)
    _check_styles(document)
    _keep_one_head_and_foot(document)
    _drop_parts(document)
    _clean_settings(document)
    _set_language(document, language)

    _set_no_properties(document)

    out = BytesIO()
    document.save(out)
    page = document.sections[0]
    across, down = sorted(_twips(document, "pgSz", side) for side in ("w", "h"))
    margins = sum(_twips(document, "pgMar", side) for side in ("left", "right"))
    return House(
        package=out.getvalue(),
        parts=_parts(out),
        header=page.header.part.partname.membername,
        footer=page.footer.part.partname.membername,
        width=across - margins,
        landscape_width=down - margins,
        table_half_points=_half_points(document),
    )


def _set_no_properties(document: WordDocument) -> None:
    """Give it the part that properties are written in, and nothing of python-docx's in that."""
    core = document.core_properties
    core.title = core.author = core.comments = ""


def _parts(package: BytesIO) -> tuple[tuple[str, bytes], ...]:
    with zipfile.ZipFile(package) as archive:
        return tuple((name, archive.read(name)) for name in archive.namelist())


def _twips(document: WordDocument, element: str, side: str) -> int:
    found = document.element.body.xpath(f"./w:sectPr/w:{element}/@w:{side}")
    if not found or not str(found[0]).isdigit():
        raise BadInput("The house.docx has no page size or margins.", remedy=_REMEDY)
    return int(found[0])


def _check_styles(document: WordDocument) -> None:
    present = {style.style_id for style in document.styles}
    missing = [style for style in NEEDED_STYLES if style not in present]
    if missing:
        names = ", ".join(missing)
        raise BadInput(f"The house.docx lacks the styles: {names}.", remedy=_REMEDY)


def _keep_one_head_and_foot(document: WordDocument) -> None:
    """Leave one header and one footer for every page, whatever Word was told."""
    page = document.element.body.sectPr
    for different in page.xpath(
        "./w:titlePg | ./w:headerReference[@w:type!='default']"
        " | ./w:footerReference[@w:type!='default']"
    ):
        page.remove(different)
    section = document.sections[0]
    for story in (section.header, section.footer):
        if story.is_linked_to_previous:
            story.is_linked_to_previous = False
        for empty in story._element.xpath(  # noqa: SLF001 - no public way to the element
            "./w:p[not(.//w:t or .//w:drawing or .//w:pict or .//w:object)]"
        ):
            empty.getparent().remove(empty)


def _drop_parts(document: WordDocument) -> None:
    """Cut every part off that is not needed; python-docx writes only what is related."""
    part = document.part
    used = set(part.element.body.sectPr.xpath("./*/@r:id"))
    for rel_id, rel in list(part.rels.items()):
        needed = rel_id in used if rel.reltype in _PAGE_PARTS else rel.reltype in _KEPT_PARTS
        if not needed:
            del part.rels[rel_id]
    for rel_id, rel in list(part.package.rels.items()):
        if rel.reltype != _RELATED + "officeDocument":
            del part.package.rels[rel_id]
    for other in part.package.iter_parts():
        # Pictures in the header are welcome, embedded fonts are not worth their size.
        allowed = "image" if f"{_RELATED}{_kind_of(other.partname)}" in _PAGE_PARTS else ""
        for rel_id, rel in list(other.rels.items()) if other is not part else ():
            if rel.reltype != _RELATED + allowed:
                del other.rels[rel_id]


def _kind_of(partname: str) -> str:
    return partname.rsplit("/", 1)[-1].removesuffix(".xml").rstrip("0123456789")


def _clean_settings(document: WordDocument) -> None:
    settings = document.settings.element
    for child in list(settings):
        if child.tag not in _KEPT_SETTINGS:
            settings.remove(child)


def _set_language(document: WordDocument, language: str) -> None:
    run = document.styles.element.xpath("./w:docDefaults/w:rPrDefault/w:rPr")
    if not run:
        raise BadInput("The house.docx has no default text style.", remedy=_REMEDY)
    found = run[0].xpath("./w:lang")
    lang = found[0] if found else etree.SubElement(run[0], f"{{{W_URI}}}lang")
    lang.set(VAL, language)
    lang.set(f"{{{W_URI}}}eastAsia", language)


def _half_points(document: WordDocument) -> int:
    """Return the size of table text: its own, else that of Normal, else the default."""
    for style_id in (TABLE_TEXT, "Normal"):
        found = document.styles.element.xpath(
            f"./w:style[@w:styleId='{style_id}']/w:rPr/w:sz/@w:val"
        )
        if found:
            return int(found[0])
    default = document.styles.element.xpath("./w:docDefaults/w:rPrDefault/w:rPr/w:sz/@w:val")
    return int(default[0]) if default else 20

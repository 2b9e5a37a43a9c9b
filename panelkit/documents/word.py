"""A document tree written as Word.

Promises: every text of the tree is in the file, in order, as text; any character Word's
XML refuses is a visible U+FFFD; the same tree, house file and moment give the same bytes;
nothing in the file names a person, a program or a computer that the tree did not name.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from lxml.etree import _Element

from panelkit.documents import slots
from panelkit.documents.tree import (
    Block,
    Bullets,
    Column,
    Document,
    Facts,
    Labelled,
    Paragraph,
    ParagraphKind,
    Picture,
    Section,
    SubHeading,
    Table,
    parts_of,
)
from panelkit.documents.word_drawing import draw_picture, place_pictures
from panelkit.documents.word_files import WordFiles
from panelkit.documents.word_house import BODY, House, prepared
from panelkit.documents.word_marks import Marks
from panelkit.documents.word_page import write_footer, write_header
from panelkit.documents.word_widths import CELL_PADDING, column_widths
from panelkit.documents.word_xml import (
    TABLE_TEXT,
    Cell,
    Rows,
    end_section,
    label_of,
    paragraph,
    paragraphs,
    table,
)

_STYLES: Final[dict[ParagraphKind, str]] = {
    "body": "Normal",
    "lead": "Lead",
    "quote": "Quote",
    "note": "Note",
    "callout": "Callout",
    "warning": "Warning",
}

_FACT_COLUMNS: Final = (Column("", 0.28, strong=True), Column("", 0.72))
_WHOLE_ROW_LINES: Final = 25
"""A row taller than this may break across pages: half a page of white is worse."""


def write(document: Document, house: bytes, *, now: datetime) -> bytes:
    """Return ``document`` as the bytes of a Word file in the look of ``house``.

    ``house`` is the content of a house.docx; ``now`` is aware and becomes the file's
    created and modified dates. Raises BadInput if the house file cannot be used, and
    ValueError if ``now`` has no time zone.
    """
    if now.tzinfo is None:
        raise ValueError("a document needs an aware moment")
    ready = prepared(house, document.language, document.template_id)
    files = WordFiles(ready)
    values = slots.values_of(document)
    for name, complete in ((ready.header, write_header), (ready.footer, write_footer)):
        story = files.read(name)
        slots.fill(story, values)
        complete(story, document)
        files.put(name, story)

    root, content = files.body()
    setup = content[-1]
    marks = Marks(document.draft_id)
    for piece, left in _page_taken_from(content):
        if isinstance(piece, str):
            _write_block_of_page(content, piece, document, ready, setup, marks, left=left)
        else:
            slots.fill(piece, values)
            content.append(piece)
    content.append(setup)
    place_pictures(root, document, files)
    files.put(BODY, root)
    files.put_properties(
        now, title=document.title, language=document.language, author=document.area,
        subject=" · ".join(part for part in (document.reference, document.meeting_label) if part),
        status=document.status,
    )  # fmt: skip
    return files.packed(now)


def _page_taken_from(body: _Element) -> list[tuple[str | _Element, bool]]:
    """Take the page out of ``body``: what stands on it in order, blocks by their names, and
    whether more follows.

    A house file whose page holds nothing has the title block and the sections.
    """
    there: list[str | _Element] = [slots.block_of(each) or each for each in list(body)[:-1]]
    for child in list(body):
        body.remove(child)
    there = there or [slots.TITLE_BLOCK, slots.SECTIONS]
    return [(each, place < len(there)) for place, each in enumerate(there, 1)]


def _write_block_of_page(
    content: _Element, name: str, document: Document, house: House, page: _Element, marks: Marks,
    *, left: bool,
) -> None:  # fmt: skip
    if name == slots.TITLE_BLOCK:
        _write_title_block(content, document, house, marks)
    elif name == slots.AT_A_GLANCE:
        _write_front(content, document, house, marks)
    else:
        _write_sections(content, document, house, page, marks, left=left)


def _write_title_block(content: _Element, document: Document, house: House, marks: Marks) -> None:
    if document.area:
        paragraph(content, document.area, "AreaName", keep_next=True)
    marks.draft(paragraph(content, document.title, "Title", keep_next=True))
    if document.status_line:
        paragraph(content, document.status_line, "StatusLine")
    _write_front(content, document, house, marks)


def _write_front(content: _Element, document: Document, house: House, marks: Marks) -> None:
    if document.front:
        _write_facts(content, Facts(document.front, alt="At a glance"), house, house.width, marks)


def _write_sections(
    content: _Element, document: Document, house: House, page: _Element, marks: Marks,
    *, left: bool,
) -> None:  # fmt: skip
    """Write every section; ``page`` is the page set-up that ends the document.

    ``left`` says that something of the house file follows, which is on upright pages.
    """
    # A document that is wide throughout begins so: its title stands on the same page as its table.
    turned = bool(document.sections) and all(one.landscape for one in document.sections)
    for section in document.sections:
        if section.landscape != turned:
            end_section(content, page, landscape=turned)
            turned = section.landscape
        width = house.landscape_width if turned else house.width
        _write_section(content, section, house, width, marks)
    if turned:
        end_section(content, page, landscape=True, final=not left)


def _write_section(
    content: _Element, section: Section, house: House, width: int, marks: Marks
) -> None:
    heading = paragraph(
        content,
        section.numbered_heading,
        "Heading1",
        keep_next=True,
        page_break=section.new_page,
    )
    marks.draft(heading)
    marks.section(heading, section.key)
    for block in section.blocks:
        _write_block(content, block, house, width, marks)


def _write_block(content: _Element, block: Block, house: House, width: int, marks: Marks) -> None:
    match block:
        case Paragraph(text=text, kind=kind):
            for part in parts_of(text) or ("",):
                made = paragraphs(
                    content, part, _STYLES[kind], label=label_of(part), keep_next=kind == "lead"
                )
                marks.words(part, *made)
        case Labelled(label=label, text=text):
            for place, part in enumerate(parts_of(text) or ("",)):
                made = paragraphs(content, part, "Normal", label="" if place else label)
                marks.words(part, *made)
        case SubHeading(text=text):
            paragraph(content, text, "Heading2", keep_next=True)
        case Bullets(items=items):
            for item in items:
                p = paragraph(content, item, "ListBullet")
                marks.words(item, p, p)
        case Facts():
            _write_facts(content, block, house, width, marks)
        case Table():
            _write_table(content, block, house, width, marks)
        case Picture():
            draw_picture(content, block, width)


def _write_facts(content: _Element, facts: Facts, house: House, width: int, marks: Marks) -> None:
    if not facts.rows:
        return  # Word takes a table without rows for damage
    widths = column_widths(_FACT_COLUMNS, facts.rows, width, house.table_half_points)
    tbl = table(
        content, style="HouseFacts", widths=widths, title=facts.alt, alt=facts.alt, headed=False
    )
    rows = Rows(tbl, (Cell("FactLabel", widths[0]), Cell(TABLE_TEXT, widths[1])), marks.words)
    for position, pair in enumerate(facts.rows):
        # The first two rows stay together, so that no heading is left with one line.
        first = position == 0 and len(facts.rows) > 1
        rows.add(pair, whole=_fits(pair, widths, house), keep_next=first)
    paragraph(content, "", "AfterTable")


def _write_table(content: _Element, block: Table, house: House, width: int, marks: Marks) -> None:
    if block.caption:
        paragraph(content, block.caption, "Caption", keep_next=True)
    widths = column_widths(block.columns, block.rows, width, house.table_half_points)
    title = block.caption or block.alt
    tbl = table(content, style="HouseTable", widths=widths, title=title, alt=block.alt, headed=True)
    heads = zip(block.columns, widths, strict=True)
    headings = [Cell("TableHeading", each, right=column.number) for column, each in heads]
    Rows(tbl, headings, marks.words).add(
        [column.heading for column in block.columns], keep_next=True, repeats=True
    )
    looks = zip(block.columns, widths, strict=True)
    cells = [
        Cell(TABLE_TEXT, each, strong=column.strong, right=column.number) for column, each in looks
    ]
    rows = Rows(tbl, cells, marks.words)
    for texts in block.rows:
        rows.add(texts, whole=_fits(texts, widths, house))
    paragraph(content, "", "AfterTable")


def _fits(texts: tuple[str, ...], widths: list[int], house: House) -> bool:
    """Whether a row is short enough to be kept on one page."""
    letter = house.table_half_points * 5
    for text, width in zip(texts, widths, strict=True):
        per_line = max(1, (width - CELL_PADDING) // letter)
        if len(text) // per_line + text.count("\n") > _WHOLE_ROW_LINES:
            return False
    return True

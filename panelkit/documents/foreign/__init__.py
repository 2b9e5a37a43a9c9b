"""Minutes that another program made: a Word file in, :class:`ForeignMinutes` out.

The file passes the same door as every Word file from outside. Nothing is guessed silently:
what is found says where and how sure, and what could not be read is listed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final

from lxml.etree import _Element

from panelkit.documents import import_guard
from panelkit.documents.foreign.actions import MOST, actions_of
from panelkit.documents.foreign.attending import attendance_of
from panelkit.documents.foreign.blocks import MOST_LINES, Read, read_blocks
from panelkit.documents.foreign.deeds import Setting
from panelkit.documents.foreign.findings import decisions_of, facts_of, ratings_of
from panelkit.documents.foreign.outline import outline_of
from panelkit.documents.foreign.parts import Outline
from panelkit.documents.foreign.people import agency_of
from panelkit.documents.foreign.styles import read_styles
from panelkit.documents.word_lines import W
from panelkit.domain.errors import BadInput
from panelkit.domain.foreign import (
    ForeignAction,
    ForeignMinutes,
    ForeignPerson,
    ForeignSection,
    ForeignTable,
    Found,
    FoundDate,
    NotRead,
    Where,
)
from panelkit.domain.said_dates import find_dates
from panelkit.domain.timescales import Calendar, WeekdaysOnly
from panelkit.domain.vocabulary import MeetingRole

_PARTS: Final = re.compile(r"word/(?:styles|numbering|header\d{0,3}|footer\d{0,3})\.xml")
_MACROS: Final = re.compile(
    r"(?:.*/)?(?:vbaProject|vbaData)\.(?:bin|xml)|.*/activeX/.*", re.IGNORECASE
)
_SHORT: Final = 80
_MOST_DATES: Final = 2000


def read_foreign(path: Path, calendar: Calendar | None = None) -> ForeignMinutes:
    """What a Word document says. Raises NotFound, or BadInput with one sentence."""
    return foreign_minutes(import_guard.open_word(path), path.name, calendar)


def foreign_minutes(
    opened: import_guard.Opened, name: str, calendar: Calendar | None = None
) -> ForeignMinutes:
    """What an opened file says. Raises BadInput for a file that carries macros."""
    if any(_MACROS.fullmatch(part) for part in import_guard.part_names(opened)):
        msg = f"{name} carries macros, which minutes do not need."
        raise BadInput(msg, remedy="Save it from Word as .docx without macros and try again.")
    parts = import_guard.more_parts(opened, name, _PARTS)
    styles = read_styles(parts.get("word/styles.xml"), parts.get("word/numbering.xml"))
    read = read_blocks(opened.body.find(f"{W}body"), styles)
    outline = outline_of(read.blocks)
    headers = tuple(
        _said(part) for key, part in sorted(parts.items()) if "er" in key.rsplit("/", 1)[1][:6]
    )
    return _minutes(name, outline, read, headers, opened, calendar or WeekdaysOnly())


def _said(part: _Element) -> str:
    return " ".join(text.text or "" for text in part.iter(f"{W}t"))


def _minutes(
    name: str, outline: Outline, read: Read, headers: tuple[str, ...],
    opened: import_guard.Opened, calendar: Calendar,
) -> ForeignMinutes:  # fmt: skip
    facts, answers = facts_of(outline, calendar, headers)
    held_on = next((fact.day for fact in facts if fact.key == "held_on"), None)
    attendance = attendance_of(outline)
    facts += tuple(_chair(attendance, facts))
    people = tuple(dict.fromkeys(person.name for person in attendance if person.name))
    bodies = tuple(
        dict.fromkeys(person.organisation for person in attendance if person.organisation)
    )
    actions = actions_of(outline, Setting(held_on, people, calendar, bodies))
    sections = tuple(_sections(outline))
    comments = len(list(opened.comments.iter(f"{W}comment"))) if opened.comments is not None else 0
    return ForeignMinutes(
        name=name, facts=facts, answers=answers, sections=sections, tables=tuple(_tables(outline)),
        attendance=attendance, actions=actions, decisions=decisions_of(outline), ratings=ratings_of(outline),
        dates=tuple(_dates(outline, held_on, calendar)), comments=comments, tracked=read.tracked,
        words=sum(len(section.text.split()) for section in sections),
        not_read=tuple(_not_read(outline, read, actions, opened, comments)),
    )  # fmt: skip


def _chair(
    attendance: tuple[ForeignPerson, ...], facts: tuple[Found, ...]
) -> Iterator[Found]:  # fmt: skip
    """Who chaired and who took the minutes, as the attendance list says where no label did."""
    for role, key in ((MeetingRole.CHAIR, "chair"), (MeetingRole.MINUTE_TAKER, "minute_taker")):
        for person in attendance:
            if person.meeting_role is role and person.name and not any(f.key == key for f in facts):
                yield Found(key=key, value=person.name, raw=person.raw, where=person.where, sure=person.sure, how="in the attendance list")  # fmt: skip
                break


def _sections(outline: Outline) -> Iterator[ForeignSection]:
    for section in outline.sections:
        if not section.heading and not section.text:
            continue
        topic = section.topic
        yield ForeignSection(
            heading=section.heading, item=topic.item, field=topic.field, lists=topic.lists,
            organisation=section.organisation, agency=agency_of(section.organisation), text=section.text, where=section.where,
            sure=section.sure, how=section.said, inherited=section.inherited,
        )  # fmt: skip


def _tables(outline: Outline) -> Iterator[ForeignTable]:
    for section in outline.sections:
        for rows in section.lists:
            yield ForeignTable(kind=rows.kind, headings=rows.headings, rows=len(rows.rows), where=rows.where, sure=rows.sure)  # fmt: skip


def _dates(outline: Outline, held_on: date | None, calendar: Calendar) -> Iterator[FoundDate]:
    count = 0
    for section in outline.sections:
        texts = [(words.text, words.where) for words in section.words]
        texts += [(pair.value, pair.where) for pair in section.pairs]
        texts += [(row.raw, row.where) for rows in section.lists for row in rows.rows]
        for text, where in texts:
            for said in find_dates(
                text, held_on, calendar, past=section.topic.item in ("A5", "A6")
            ):
                count += 1
                if count > _MOST_DATES:
                    return
                yield FoundDate(words=said.words, day=said.day, problem=said.problem, where=where, sure=said.sure)  # fmt: skip


def _not_read(
    outline: Outline, read: Read, actions: tuple[ForeignAction, ...], opened: import_guard.Opened, comments: int
) -> Iterator[NotRead]:  # fmt: skip
    for table in outline.unknown:
        yield NotRead(what="table", why="Its columns are none that are known; its words stand in the section.", where=table.where, words=table.words)  # fmt: skip
    for section in outline.sections:
        for rows in section.lists:
            if not rows.kind:
                yield NotRead(what="table", why="Its columns are none that are known; its words stand in the section.", where=rows.where, words=" | ".join(rows.headings)[:_SHORT])  # fmt: skip
    for action in actions:
        if "due" in action.doubts and action.due_words and action.due is None:
            yield NotRead(what="due date", why="The words are not understood as one day.", where=action.where, words=action.due_words[:_SHORT])  # fmt: skip
        if not action.text:
            yield NotRead(what="action", why="Who is named, but not what is to be done.", where=action.where, words=action.raw[:_SHORT])  # fmt: skip
    yield from _loose_lines(outline, actions)
    for section in outline.sections:
        if section.heading and not section.topic.item and section.text:
            yield NotRead(what="section", why="Its heading names no agenda item that is known.", where=section.where, words=section.heading[:_SHORT])  # fmt: skip
    yield from _beside(read, opened, comments)


def _loose_lines(outline: Outline, actions: tuple[ForeignAction, ...]) -> Iterator[NotRead]:
    """Lines under a heading of actions that were not taken for one."""
    taken = {action.where.paragraph for action in actions}
    taken |= {action.where.paragraph + step for action in actions for step in (1, 2)}
    for section in outline.sections:
        if section.topic.lists not in ("actions", "old_actions"):
            continue
        if len(section.words) > MOST:
            yield NotRead(what="lines", why=f"Of those under one heading the first {MOST:,} are read as actions.", where=section.where)  # fmt: skip
            continue
        for words in section.words:
            if words.where.paragraph not in taken and len(words.text.split()) > 4 and not words.text.endswith(":"):  # fmt: skip
                yield NotRead(what="line", why="It stands under actions, and is not plainly one.", where=words.where, words=words.text[:_SHORT])  # fmt: skip


def _beside(read: Read, opened: import_guard.Opened, comments: int) -> Iterator[NotRead]:
    notes = sum(1 for part in opened.notes for note in part if _said(note).strip())
    for count, what, why in (
        (read.pictures, "picture", "What is in a picture or a drawing is not read."),
        (read.embedded, "embedded file", "Files inside the document are not opened."),
        (comments, "comment", "Comments are no part of minutes."),
        (notes, "footnote", "Notes at the foot are not read."),
        (read.hidden, "hidden text", "Text that does not show is not read."),
    ):
        if count:
            yield NotRead(what=what if count == 1 else f"{count} {what}s", why=why)
    if read.tracked:
        yield NotRead(what="tracked changes", why=f"In {read.tracked} places, read as if accepted.")
    if read.boxes:
        yield NotRead(what="text boxes", why=f"{read.boxes}, read after the paragraph they hang from; their place on the page is not known.")  # fmt: skip
    if read.cut:
        yield NotRead(what="the rest", why=f"The document has more than {MOST_LINES:,} lines.", where=Where(paragraph=MOST_LINES))  # fmt: skip

"""What somebody wrote in Word into the narratives of an annual report, read back as words.

Paragraphs count, in order, from the heading of a section to the facts or the next section; bold
and bullets do not come along, and tables and pictures are no narrative. The file itself is never
changed: whoever wrote it still has all of it.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Final

from lxml import etree

from panelkit.documents.compose.annual import ATTENDANCE, FACTS
from panelkit.documents.import_guard import Opened
from panelkit.documents.word_house import PROPERTIES
from panelkit.documents.word_lines import Read, bookmark_names, read_lines
from panelkit.domain.annual_paper import NARRATIVES, NOTES
from panelkit.domain.errors import BadInput
from panelkit.domain.report_year import ReportYear
from panelkit.domain.text import gate

_CREATED: Final = "{http://purl.org/dc/terms/}created"
_TITLE: Final = re.compile(r"MAPPA annual report ([0-9]{4}-[0-9]{2})")
_ENDS: Final = frozenset({FACTS, ATTENDANCE})
_OTHER_NAME: Final = "Name another file."


@dataclass(frozen=True, slots=True)
class Written:
    """The narratives of a file."""

    narratives: Mapping[str, str]
    replaced: int
    """Characters that could not be kept and stand as U+FFFD."""


def is_as_written(content: bytes) -> bool:
    """Whether a Word file is still as panelkit wrote it: every file in it bears its first moment,
    which any program that saves it again changes. False for what is no such file.
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            stamps = {(entry.create_system, entry.date_time) for entry in archive.infolist()}
            said = etree.fromstring(archive.read(PROPERTIES)).findtext(_CREATED)
        made = datetime.fromisoformat(said or "")
    except (zipfile.BadZipFile, KeyError, ValueError, etree.LxmlError):
        return False
    # A zip file counts every second second.
    return stamps == {(0, (*made.timetuple()[:5], made.second // 2 * 2))}


def read_narratives(
    opened: Opened, name: str, year: ReportYear, headings: Mapping[str, str]
) -> Written:
    """The words of each narrative; one that is not in the file is left out.

    ``headings`` are those of the sections, where somebody typed over a heading and its mark went.
    Raises BadInput where ``name`` is no annual report, or that of another year.
    """
    lines = read_lines(opened).lines
    if "pk_introduction" not in bookmark_names(opened):
        raise BadInput(f"{name} is there and no annual report of panelkit.", remedy=_OTHER_NAME)
    titled = next((found[1] for one in lines if (found := _TITLE.fullmatch(one.text))), year.label)
    if titled != year.label:
        msg = f"{name} is there and the report of {titled}, not of {year.label}."
        raise BadInput(msg, remedy=_OTHER_NAME)
    parts: dict[str, list[str]] = {}
    for key, text in _placed(lines, headings):
        parts.setdefault(key, [])
        if text.strip():
            parts[key].append(text.strip())
    gated = {key: gate("\n\n".join(found)) for key, found in parts.items()}
    return Written(
        {key: found.text for key, found in gated.items()},
        sum(found.replaced for found in gated.values()),
    )


def _placed(lines: tuple[Read, ...], headings: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Each paragraph with the narrative that it belongs to; a heading yields its own with nothing."""
    titles = {f"({note.letter}) {note.title}": note.key for note in NOTES}
    section = key = ""
    for line in lines:
        if begun := _begins(line, headings):
            section = begun
            key = begun if begun in NARRATIVES else ""
        elif line.place or line.text.strip() in _ENDS:
            key = key if line.place and section == "notes" else ""
            continue
        elif section == "notes" and line.text.strip() in titles:
            key = titles[line.text.strip()]
        elif key:
            yield key, line.text
            continue
        if key:
            yield key, ""


def _begins(line: Read, headings: Mapping[str, str]) -> str:
    """The section that a paragraph is the heading of; blank for none."""
    for key, heading in headings.items():
        if f"pk_{key}" in line.starts or (not line.place and line.text.strip() == heading):
            return key
    return ""

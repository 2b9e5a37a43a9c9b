"""The slots that a house file may hold: plain names in double square brackets, and no others.

``[[meeting date]]`` in a paragraph of Word becomes the date. A slot is a name from
:data:`SLOTS`: it works nothing out, asks nothing and looks nowhere. Capitals, spaces and
underlines in a name make no difference.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from lxml.etree import _Element

from panelkit.documents.gate import one_line, printable
from panelkit.documents.tree import Document
from panelkit.documents.word_xml import P, T

SECTIONS: Final = "sections"
TITLE_BLOCK: Final = "title block"
AT_A_GLANCE: Final = "at a glance"

_OF_A_MEETING: Final = (
    "minutes", "action_schedule", "organisation_actions", "agenda", "executive_summary",
)  # fmt: skip
_WITH_PEOPLE: Final = ("minutes", "action_schedule", "organisation_actions")


@dataclass(frozen=True, slots=True)
class Slot:
    """One name that may be put into a house file."""

    name: str
    about: str
    block: bool = False
    """Whether it stands for paragraphs and tables: alone in a paragraph of the page."""
    documents: tuple[str, ...] = ()
    """Templates that may hold it; empty for every one."""

    def is_for(self, template_id: str) -> bool:
        """Whether the template called ``template_id`` may hold it."""
        return not self.documents or template_id in self.documents


SLOTS: Final[tuple[Slot, ...]] = (
    Slot(SECTIONS, "Every section of template.toml, in its order.", block=True),
    Slot(TITLE_BLOCK, "The area, the title, the status and the facts at a glance.", block=True),
    Slot(AT_A_GLANCE, "The facts at a glance alone, below a title of your own.", block=True),
    Slot("title", "What the document is: Minutes of MAPPA Level 2 review meeting."),
    Slot("area", "The name of the area."),
    Slot("reference", "The case's reference. There is no slot for a name."),
    Slot("meeting number", "Meeting 3; in a summary, the number of the request."),
    Slot("status", "DRAFT, APPROVED, ISSUED or AMENDED."),
    Slot("version", "The version of this document."),
    Slot("copy for", "For whom a copy is; blank for one that is nobody's."),
    Slot("form label", "form_label of template.toml."),
    Slot("form version", "version of template.toml."),
    Slot("form date", "effective_from of template.toml."),
    Slot("board approval", "When the board approved the form; blank where none is recorded."),
    Slot("meeting date", "18 November 2026.", documents=_OF_A_MEETING),
    Slot("meeting kind", "Initial, review or emergency.", documents=_OF_A_MEETING),
    Slot("level", "Level 2 or Level 3, as the meeting was held.", documents=_OF_A_MEETING),
    Slot("chair", "Who chaired, as attendance has it.", documents=_WITH_PEOPLE),
    Slot("minute taker", "Who took the minutes, as attendance has it.", documents=_WITH_PEOPLE),
)
"""Every slot. Marking, reference, form, status and page numbers need none: they stand at the
head and foot of every page whatever a house file holds."""

BY_NAME: Final = {slot.name: slot for slot in SLOTS}
_SLOT: Final = re.compile(r"\[\[(.*?)\]\]", re.DOTALL)
_CODE: Final = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}|<%|%>|\$\{|<\?")


def plain_name(written: str) -> str:
    """A slot's name as :data:`SLOTS` has it, however it was typed."""
    return " ".join(written.replace("_", " ").split()).casefold()


def text_of(paragraph: _Element) -> str:
    """The text of a paragraph without that of paragraphs inside it (text boxes)."""
    return "".join(t.text or "" for t in _texts(paragraph))


def named_in(text: str) -> tuple[str, ...]:
    """The slots that stand in a text, known or not."""
    return tuple(plain_name(found[1]) for found in _SLOT.finditer(text))


def wrong_in(text: str, template_id: str) -> tuple[tuple[str, str], ...]:
    """What is wrong with the slots of one paragraph: each with what to do."""
    found = []
    if _CODE.search(text):
        found.append(("holds code", "Slots are plain names: [[reference]]. Nothing is worked out."))
    for name in named_in(text):
        slot = BY_NAME.get(name)
        if slot is None:
            near = difflib.get_close_matches(name, BY_NAME, n=1)
            hint = f"Did you mean [[{near[0]}]]?" if near else "See panelkit template fields."
            found.append((f"there is no slot called {one_line(name)[:60] or 'nothing'}", hint))
        elif not slot.is_for(template_id):
            said = f"the slot {name} is not for the template {template_id}"
            found.append((said, f"It is for: {', '.join(slot.documents)}."))
    left = _SLOT.sub("", text)
    if "[[" in left or "]]" in left:
        found.append(("a slot is not closed", "Write it on one line: [[reference]]."))
    return tuple(found)


def values_of(document: Document) -> Mapping[str, str]:
    """What each slot of this document says; blocks are written elsewhere."""
    base = {
        "title": document.title, "area": document.area, "reference": document.reference,
        "meeting number": document.meeting_label.capitalize(), "status": document.status,
        "version": document.version, "copy for": document.copy_for,
        "form label": document.form_label, "form version": document.template_version,
    }  # fmt: skip
    return {**base, **dict(document.slots)}


def fill(root: _Element, values: Mapping[str, str]) -> None:
    """Fill the slots of every paragraph in ``root``, wherever Word cut their runs.

    What is put in is never looked at again: words that look like a slot stay words.
    """
    for paragraph in root.iter(P):
        texts = list(_texts(paragraph))
        whole = "".join(t.text or "" for t in texts)
        for found in reversed(list(_SLOT.finditer(whole))):
            value = one_line(values.get(plain_name(found[1]), ""))
            _replace(texts, found.start(), found.end(), printable(value))


def block_of(element: _Element) -> str:
    """Which block an element of the page stands for; blank for none."""
    if element.tag != P:
        return ""
    text = text_of(element).strip()
    found = _SLOT.fullmatch(text)
    name = plain_name(found[1]) if found else ""
    slot = BY_NAME.get(name)
    return name if slot and slot.block else ""


def _texts(paragraph: _Element) -> Iterator[_Element]:
    for t in paragraph.iter(T):
        above = t.getparent()
        while above is not None and above.tag != P:
            above = above.getparent()
        if above is paragraph:
            yield t


def _replace(texts: list[_Element], start: int, end: int, value: str) -> None:
    """Put ``value`` where the letters ``start`` to ``end`` stand, in the first run they touch."""
    place = 0
    for t in texts:
        text = t.text or ""
        first, last = max(start - place, 0), min(end - place, len(text))
        if first < last:
            t.text = text[:first] + value + text[last:]
            t.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            value = ""
        place += len(text)

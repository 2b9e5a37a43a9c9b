"""What stands on the page of a house file, as a draft that comes back is compared with it."""

from __future__ import annotations

from typing import Final

from lxml.etree import _Element

from panelkit.documents import slots
from panelkit.documents.tree import Document
from panelkit.documents.word_files import WordFiles
from panelkit.documents.word_house import prepared
from panelkit.documents.word_xml import W_URI, P

SECTIONS: Final = f"[[{slots.SECTIONS}]]"
TITLE_BLOCK: Final = f"[[{slots.TITLE_BLOCK}]]"
AT_A_GLANCE: Final = f"[[{slots.AT_A_GLANCE}]]"
STANDARD: Final = (TITLE_BLOCK, SECTIONS)
"""The page of a house file whose page holds nothing."""


_MARKS: Final = {f"{{{W_URI}}}br": "\n", f"{{{W_URI}}}tab": "\t"}


def _as_read(paragraph: _Element) -> str:
    """The text of a paragraph with its breaks and tabs."""
    parts = paragraph.iter(f"{{{W_URI}}}t", *_MARKS)
    return "".join(_MARKS.get(str(each.tag), each.text or "") for each in parts)


def page_of(house: bytes, document: Document) -> tuple[str, ...]:
    """Each text of the page as ``document`` prints it, and the names of the blocks, in order.

    Raises BadInput for a house file that cannot be used.
    """
    ready = prepared(house, document.language, document.template_id)
    values = slots.values_of(document)
    found: list[str] = []
    for element in list(WordFiles(ready).body()[1])[:-1]:
        block = slots.block_of(element)
        if block:
            found.append(f"[[{block}]]")
            continue
        slots.fill(element, values)
        found += [_as_read(p) for p in element.iter(P)]
    return tuple(found) or STANDARD

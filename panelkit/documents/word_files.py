"""The files that a Word document is made of, taken from a house file and put together again."""

from __future__ import annotations

import zipfile
from datetime import UTC, datetime
from io import BytesIO
from typing import Final

from lxml import etree
from lxml.etree import _Element

from panelkit.documents.gate import one_line
from panelkit.documents.word_house import BODY, PROPERTIES, House
from panelkit.documents.word_xml import W_URI

CONTENT_TYPES: Final = "[Content_Types].xml"
BODY_LINKS: Final = "word/_rels/document.xml.rels"
_TYPES_URI: Final = "http://schemas.openxmlformats.org/package/2006/content-types"
_LINKS_URI: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_IMAGE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
_PROPERTY_LIMIT: Final = 255
"""Characters a document property may have; python-docx refuses more."""


class WordFiles:
    """One document in the making. What nobody puts is as the house file has it."""

    def __init__(self, house: House) -> None:
        """``house`` is left as it is."""
        self._files = dict(house.parts)

    def read(self, name: str) -> _Element:
        """A file as plain elements, which are much faster to build with than python-docx's: its
        parser looks up a Python class for every one."""
        return etree.fromstring(
            self._files[name], etree.XMLParser(resolve_entities=False, no_network=True)
        )

    def put(self, name: str, root: _Element) -> None:
        """What that file is now."""
        self._files[name] = etree.tostring(root, encoding="UTF-8", standalone=True)

    def body(self) -> tuple[_Element, _Element]:
        """The document and its body."""
        root = self.read(BODY)
        body = root.find(f"{{{W_URI}}}body")
        if body is None:  # pragma: no cover - the house file was checked
            raise ValueError("no body")
        return root, body

    def put_picture(self, name: str, png: bytes) -> str:
        """A picture among the files; how the document refers to it.

        ``name`` is that of its file, without folder and ending; no house file has it.
        """
        self._files[f"word/media/{name}.png"] = png
        kinds = self.read(CONTENT_TYPES)
        if not any(each.get("Extension", "").casefold() == "png" for each in kinds):
            default = etree.Element(f"{{{_TYPES_URI}}}Default", Extension="png", ContentType="image/png")  # fmt: skip
            kinds.insert(0, default)
            self.put(CONTENT_TYPES, kinds)
        links = self.read(BODY_LINKS)
        rel_id = f"rIdPk{name}"
        etree.SubElement(
            links, f"{{{_LINKS_URI}}}Relationship",
            Id=rel_id, Type=_IMAGE, Target=f"media/{name}.png",
        )  # fmt: skip
        self.put(BODY_LINKS, links)
        return rel_id

    def put_properties(
        self, now: datetime, *, title: str, language: str, subject: str = "", author: str = "",
        status: str = "",
    ) -> None:  # fmt: skip
        """Every property, so that no default of python-docx stays and nothing else is told."""
        from docx.opc.coreprops import CoreProperties
        from docx.oxml.coreprops import CT_CoreProperties

        element = CT_CoreProperties.new()
        core = CoreProperties(element)
        core.title, core.subject = _property(title), _property(subject)
        core.author, core.content_status = _property(author), _property(status)
        core.language, core.last_modified_by, core.revision = language, "", 1
        core.created = core.modified = now.astimezone(UTC).replace(tzinfo=None)
        self.put(PROPERTIES, element)

    def packed(self, now: datetime) -> bytes:
        """Everything zipped, with ``now`` on every file.

        python-docx's own writer puts this computer's clock into the file, so that no two
        writings of one document are the same.
        """
        stamp = now.astimezone(UTC).timetuple()[:6]
        out = BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in self._files.items():
                entry = zipfile.ZipInfo(name, stamp)
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.create_system = 0  # the same bytes on every system
                archive.writestr(entry, content)
        return out.getvalue()


def _property(text: str) -> str:
    text = one_line(text)
    return text if len(text) <= _PROPERTY_LIMIT else text[: _PROPERTY_LIMIT - 1] + "…"

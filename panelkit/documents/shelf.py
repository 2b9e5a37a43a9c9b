"""Which template applies: an area's own folder before the one that ships, by the day.

A template of the area's own is never put aside by a newer one that ships. A folder that cannot
be read stops only the document that it is for.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Final

from panelkit.documents.import_guard import all_parts
from panelkit.documents.strict_toml import toml_of
from panelkit.documents.templates import Template, load_template, template_of
from panelkit.domain.errors import BadInput, NotFound

_STAMP: Final = (1980, 1, 1, 0, 0, 0)
_READ: Final = 200_000


@dataclass(frozen=True, slots=True)
class Head:
    """What a folder says of itself, before anything else of it is read."""

    folder: Path
    id: str
    """Blank where the file cannot be read."""
    version: str
    effective_from: date
    own: bool
    """Whether it is the area's."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """Two folders of template folders."""

    shipped: Path
    own: Path | None = None

    def heads(self) -> tuple[Head, ...]:
        """Every folder, the area's first. Raises NotFound where its folder is not there."""
        if self.own is not None and not self.own.is_dir():
            msg = f"There is no folder of templates {self.own}."
            raise NotFound(msg, remedy="Name another with --templates or PANELKIT_TEMPLATES.")
        roots = ((self.own, True), (self.shipped, False))
        return tuple(
            _head(file.parent, own=own)
            for root, own in roots
            if root is not None
            for file in sorted(root.glob("*/template.toml"))
        )

    def in_force(self, template_id: str, on: date) -> Template:
        """The template that applies ``on`` a day; before any did, the first of them.

        Raises NotFound where there is none, BadInput where it, or one that could be it, cannot
        be used.
        """
        heads = self.heads()
        refuse_twins([head for head in heads if head.id == template_id])
        for own in (True, False):
            mine = [h for h in heads if h.own is own and h.id in (template_id, "")]
            unread = [h for h in mine if not h.id]
            if unread:
                load_template(unread[0].folder)  # raises, and says why
            usable = [h for h in mine if h.effective_from <= on]
            if usable:
                return load_template(max(usable, key=lambda h: h.effective_from).folder)
        known = [h for h in heads if h.id == template_id]
        if not known:
            msg = f"There is no template {template_id}."
            raise NotFound(msg, remedy="See panelkit template check.")
        return load_template(min(known, key=lambda h: h.effective_from).folder)

    def called(self, named: str) -> Head:
        """A folder by its path, its name or the id of its template. Raises NotFound."""
        path = Path(named)
        if (path / "template.toml").is_file():
            return _head(path, own=True)
        for head in self.heads():
            if named in (head.folder.name, head.id):
                return head
        msg = f"There is no template {named}."
        raise NotFound(msg, remedy="Name a folder that holds a template.toml.")


def refuse_twins(heads: list[Head]) -> None:
    """Raises BadInput where two could be taken for one another: of one version anywhere, or of
    one day in one folder."""
    seen: dict[object, Head] = {}
    for head in heads:
        for mark in ((head.id, head.version), (head.id, head.effective_from, head.own)):
            if mark in seen:
                raise BadInput(
                    f"{seen[mark].folder} and {head.folder} are both {head.id} {mark[1]}.",
                    remedy="Give one of them another version and another effective_from.",
                )
            seen[mark] = head


def _head(folder: Path, *, own: bool) -> Head:
    try:
        with (folder / "template.toml").open("rb") as file:
            table = toml_of(file.read(_READ), folder / "template.toml")
        named, version = table.text("id"), table.text("version")
        return Head(folder, named, version, table.day("effective_from"), own)
    except (BadInput, OSError):
        return Head(folder, "", "", date.min, own)


def packed(template: Template) -> bytes:
    """Every file of a template as one, the same bytes each time, for the record to keep."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in sorted(template.files.items()):
            entry = zipfile.ZipInfo(name, _STAMP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            archive.writestr(entry, data)
    return out.getvalue()


def unpacked(body: bytes, sha256: str) -> Template:
    """The inverse of :func:`packed`. Raises BadInput where it is not the one that was kept."""
    template = template_of(all_parts(body, "The template kept in the record"), Path(sha256[:12]))
    if template.sha256 != sha256:
        msg = "The template kept in the record is not the one that was used."
        raise BadInput(msg, remedy="Run panelkit verify.")
    return template

"""Template folders: which form, which sections in which order, whose look, which wording.

A folder holds ``template.toml``, perhaps a ``house.docx`` (or the name of the folder whose
look it shares) and perhaps ``wording/*.j2``, and nothing else. A template never changes once
minutes were issued with it: the record keeps its files, and a changed form is a new folder
with a later ``effective_from``.
"""

from __future__ import annotations

import difflib
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Final, Literal

from panelkit.documents.house_check import lettered, refuse, words_of
from panelkit.documents.house_package import LARGEST
from panelkit.documents.strict_toml import StrictTable, toml_of
from panelkit.documents.template_kinds import SECTION_KEYS
from panelkit.documents.wording_check import NAMES_ONLY, wrong_wording
from panelkit.domain.errors import BadInput, NotFound

Include = Literal["always", "when_any", "never"]
"""Whether a section is printed: with "none" where there is nothing, only where there is
something, or not at all."""

_INCLUDES: Final[Mapping[str, Include]] = {
    "always": "always",
    "when_any": "when_any",
    "never": "never",
}

BORROWED: Final = "look/house.docx"
"""What the house file of another folder is called among a template's own files."""
_LARGEST_TEXT: Final = 200_000

_IGNORED: Final = (".", "~$")
"""Beginnings of files that are not part of a template: hidden files, Word's lock files."""


@dataclass(frozen=True, slots=True)
class SectionPlan:
    """One section a template prints."""

    key: str
    """Which content: ``risk``, ``actions``; ``compose`` knows the keys."""

    heading: str
    number: str
    """As printed before the heading; blank prints none."""

    include: Include


@dataclass(frozen=True, slots=True)
class Template:
    """One form of one document, as its folder says."""

    id: str
    version: str
    title: str
    """What people choose it by: "Minutes"."""

    form_label: str
    """Printed on every page."""

    effective_from: date
    source: str
    """Where the order and the headings come from."""

    sections: tuple[SectionPlan, ...]
    smb_approved_on: date | None
    """When the Strategic Management Board approved a form other than the national one."""

    smb_rationale: str
    sha256: str
    """Over every file that decides what is printed."""

    house: bytes = field(repr=False)
    """The house.docx that carries the look."""

    wording: Mapping[str, str] = field(repr=False, hash=False)
    """Source of each wording file by name: ``statement.j2``."""

    files: Mapping[str, bytes] = field(repr=False, hash=False, compare=False)
    """Every file as it stands, so that the record can keep them."""

    def section(self, key: str) -> SectionPlan:
        """Return the plan of one section. Raises NotFound if the template has none."""
        for plan in self.sections:
            if plan.key == key:
                return plan
        raise NotFound(f"The template {self.id} has no section {key}.")


def load_template(folder: Path) -> Template:
    """Return the template in ``folder``.

    Raises BadInput, naming the file and the key, for an unknown, missing or unusable entry,
    for a name like a national form's without the board's approval and its reason, and for a
    house file or a wording file that carries what a template must not.
    """
    return template_of(files_of(folder), folder)


def template_of(files: Mapping[str, bytes], folder: Path) -> Template:
    """Return the template that ``files`` are, by their names; ``folder`` is said in errors.

    Raises BadInput as :func:`load_template` does.
    """
    template = read_template(files, folder)
    check_sections(template, folder)
    check_approval(template, folder)
    check_wording(template, folder)
    try:
        refuse(template.house, template.id)
    except BadInput as refused:
        raise BadInput(f"{folder.name}: {refused.message}", remedy=refused.remedy) from None
    return template


def read_template(files: Mapping[str, bytes], folder: Path) -> Template:
    """The same, read and not yet judged. Raises BadInput where it cannot be read."""
    table = toml_of(files.get("template.toml", b""), folder / "template.toml")
    template = Template(
        id=table.text("id"),
        version=table.text("version"),
        title=table.text("title"),
        form_label=table.text("form_label"),
        effective_from=table.day("effective_from"),
        source=table.text("source").strip(),
        sections=tuple(_section(each) for each in table.tables("section")),
        smb_approved_on=table.optional_day("smb_approved_on"),
        smb_rationale=table.text("smb_rationale", default="").strip(),
        sha256=_hash(files),
        house=files.get("house.docx", files.get(BORROWED, b"")),
        wording=MappingProxyType(
            {
                name.removeprefix("wording/"): _as_text(folder / name, data)
                for name, data in files.items()
                if name.startswith("wording/")
            }
        ),
        files=MappingProxyType(dict(files)),
    )
    table.text("look", default="")
    table.refuse_the_rest()
    return template


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file that a template in ``folder`` is, by its name.

    Raises BadInput for a file that is no part of a template, that stands elsewhere, or that
    is too large.
    """
    file = folder / "template.toml"
    found = {"template.toml": _read(file)}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.name.startswith(_IGNORED) or path.is_dir() or name == "template.toml":
            continue
        if not path.resolve().is_relative_to(folder.resolve()):
            raise BadInput(f"{path}: stands elsewhere.", remedy="Copy the file itself there.")
        if name != "house.docx" and not re.fullmatch(r"wording/[a-z_]{1,40}\.j2", name):
            raise BadInput(f"{path}: is no part of a template.", remedy="Move it elsewhere.")
        found[name] = _read(path)
    look = toml_of(found["template.toml"], file).text("look", default=folder.name)
    house = _house_file(folder, look, file)
    if house.parent != folder:
        found.pop("house.docx", None)
        found[BORROWED] = _read(house)
    return found


def _section(table: StrictTable) -> SectionPlan:
    plan = SectionPlan(
        key=table.text("key"),
        heading=table.text("heading"),
        number=table.text("number", default=""),
        include=table.choice("include", _INCLUDES),
    )
    table.refuse_the_rest()
    return plan


def check_sections(template: Template, folder: Path) -> None:
    """Raises BadInput for a key that the document does not know, or that stands there twice."""
    file = folder / "template.toml"
    seen: set[str] = set()
    known = SECTION_KEYS.get(template.id)
    for plan in template.sections:
        if not re.fullmatch(r"[a-z][a-z0-9_]{0,35}", plan.key):
            raise BadInput(f"{file}: section.key: {plan.key!r} is not a key.")
        if plan.key in seen:
            raise BadInput(f"{file}: section.key: {plan.key} stands there twice.")
        if known is not None and plan.key not in known:
            near = difflib.get_close_matches(plan.key, known, n=1)
            hint = f"Did you mean {near[0]}?" if near else "See panelkit template fields."
            raise BadInput(f"{file}: section.key: there is no section {plan.key}.", remedy=hint)
        seen.add(plan.key)


def check_wording(template: Template, folder: Path) -> None:
    """Raises BadInput for a wording file that does more than print names and choose."""
    for name, text in template.wording.items():
        wrong = wrong_wording(template.id, name, text)
        if wrong:
            raise BadInput(f"{folder / 'wording' / name}{wrong}.", remedy=NAMES_ONLY)


def check_approval(template: Template, folder: Path) -> None:
    """Raises BadInput where the letter of a national form would print without the board's
    approval and its reason, or the approval came after the form was used."""
    file = folder / "template.toml"
    approved = template.smb_approved_on
    if approved and approved > template.effective_from:
        raise BadInput(
            f"{file}: smb_approved_on: is after effective_from.",
            remedy="A form is approved before it is used.",
        )
    if approved and template.smb_rationale:
        return
    texts = {"form_label": template.form_label.upper(), "title": template.title}
    texts |= {f"section {plan.key}": plan.heading for plan in template.sections}
    texts |= {f"wording {name}": text for name, text in template.wording.items()}
    texts |= {f"house.docx, {place}": text for place, text in words_of(template.house)}
    for place, text in texts.items():
        if lettered(text):
            raise BadInput(
                f"{file}: {place}: {lettered(text)!r} is the name of a national form.",
                remedy="Give smb_approved_on and smb_rationale, or use another name.",
            )


def _house_file(folder: Path, look: str, file: Path) -> Path:
    if look != Path(look).name or look.startswith("."):
        raise BadInput(f"{file}: look: {look!r} is not the name of a template folder.")
    house = folder.parent / look / "house.docx"
    if not house.is_file():
        raise BadInput(
            f"{file}: look: there is no house.docx in {look}.",
            remedy="Put one there, or name the template folder whose look is shared.",
        )
    return house if look != folder.name else folder / "house.docx"


def _hash(contents: Mapping[str, bytes]) -> str:
    digest = hashlib.sha256()
    for name, data in sorted(contents.items()):
        digest.update(f"{len(name)}:{name}:{len(data)}:".encode())
        digest.update(data)
    return digest.hexdigest()


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise BadInput(f"{path}: {error.strerror or 'cannot be read'}.") from error
    limit = LARGEST if path.suffix == ".docx" else _LARGEST_TEXT
    if len(data) > limit:
        raise BadInput(f"{path}: is larger than {limit // 1000:,} KB.")
    return data


def _as_text(path: Path, data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadInput(f"{path}: not UTF-8 text.") from error

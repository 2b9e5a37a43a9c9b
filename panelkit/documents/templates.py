"""Template folders: which form, which sections in which order, whose look, which wording.

A folder holds ``template.toml``, perhaps a ``house.docx`` (or the name of the folder whose
look it shares) and perhaps ``wording/*.j2``. A template never changes once minutes were
written with it: its hash is stored with them, and a changed form is a new folder with a
later ``effective_from``.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, Literal

from panelkit.documents.strict_toml import StrictTable, read_toml
from panelkit.domain.errors import BadInput, NotFound

if TYPE_CHECKING:
    from jinja2.sandbox import SandboxedEnvironment

Include = Literal["always", "when_any", "never"]
"""Whether a section is printed: with "none" where there is nothing, only where there is
something, or not at all."""

_INCLUDES: Final[Mapping[str, Include]] = {
    "always": "always",
    "when_any": "when_any",
    "never": "never",
}

_LETTERED_FORM: Final = re.compile(r"\bMAPPA[\s\-_.:(]*(?:FORM\s*)?[A-Z]\b")
"""A name like one of the national forms: MAPPA C is the minutes, MAPPA A the referral."""

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

    def section(self, key: str) -> SectionPlan:
        """Return the plan of one section. Raises NotFound if the template has none."""
        for plan in self.sections:
            if plan.key == key:
                return plan
        raise NotFound(f"The template {self.id} has no section {key}.")


def load_templates(root: Path) -> tuple[Template, ...]:
    """Return every template below ``root``, ordered by id and date.

    Raises BadInput if one cannot be read, or if two of one id have the same
    version or date.
    """
    folders = sorted(path.parent for path in root.glob("*/template.toml"))
    templates = sorted(
        map(load_template, folders), key=lambda each: (each.id, each.effective_from, each.version)
    )
    seen: set[tuple[str, str | date]] = set()
    for each in templates:
        for mark in ((each.id, each.version), (each.id, each.effective_from)):
            if mark in seen:
                raise BadInput(
                    f"Two templates in {root} are {each.id} {mark[1]}.",
                    remedy="Give one of them another version and another effective_from.",
                )
            seen.add(mark)
    return tuple(templates)


def in_force(templates: tuple[Template, ...], template_id: str, on: date) -> Template:
    """Return the template ``template_id`` that applies ``on`` a day.

    Raises NotFound if there is none yet on that day.
    """
    usable = [each for each in templates if each.id == template_id and each.effective_from <= on]
    if not usable:
        raise NotFound(f"No template {template_id} is in force on {on:%d %B %Y}.")
    return max(usable, key=lambda each: each.effective_from)


def load_template(folder: Path) -> Template:
    """Return the template in ``folder``.

    Raises BadInput, naming the file and the key, for an unknown, missing or unusable entry,
    and for a form label like a national form's without the board's approval and its reason.
    """
    file = folder / "template.toml"
    table = read_toml(file)
    template_id = table.text("id")
    version = table.text("version")
    title = table.text("title")
    form_label = table.text("form_label")
    effective_from = table.day("effective_from")
    source = table.text("source").strip()
    approved = table.optional_day("smb_approved_on")
    rationale = table.text("smb_rationale", default="")
    look = table.text("look", default=folder.name)
    sections = tuple(_section(each) for each in table.tables("section"))
    table.refuse_the_rest()

    _check_sections(sections, file)
    if _LETTERED_FORM.search(form_label.upper()) and not (approved and rationale):
        raise BadInput(
            f"{file}: form_label: {form_label!r} is the name of a national form.",
            remedy="Give smb_approved_on and smb_rationale, or use another name.",
        )
    house_file = _house_file(folder, look, file)
    files = [*_files_of(folder), *([house_file] if house_file.parent != folder else [])]
    contents = {path: _read(path) for path in files}
    return Template(
        id=template_id,
        version=version,
        title=title,
        form_label=form_label,
        effective_from=effective_from,
        source=source,
        sections=sections,
        smb_approved_on=approved,
        smb_rationale=rationale,
        sha256=_hash({_name_in(folder, path): data for path, data in contents.items()}),
        house=contents[house_file],
        wording=MappingProxyType(
            {
                path.name: _as_text(path, data)
                for path, data in contents.items()
                if path.parent == folder / "wording" and path.suffix == ".j2"
            }
        ),
    )


def wording_environment(template: Template) -> SandboxedEnvironment:
    """Return the environment in which ``template``'s wording is filled.

    Plain text, so nothing is escaped; a name that was not given and a value that is None
    are errors; a wording file can reach nothing but what it is given.
    """
    return _environment(tuple(sorted(template.wording.items())))


def fill_wording(template: Template, name: str, values: Mapping[str, Any]) -> str:
    """Return the wording file ``name`` (``statement.j2``) with ``values`` filled in.

    ``values`` are texts, numbers and booleans, and lists and dicts of those. Raises BadInput
    naming the file if it is missing, wrong, or asks for a value that is not there, and
    TypeError if a value is anything else, which is a mistake of the program.
    """
    import jinja2

    _check_plain(dict(values))
    try:
        return wording_environment(template).get_template(name).render(values).strip()
    except jinja2.TemplateNotFound as error:
        raise BadInput(f"The template {template.id} has no wording file {error.name}.") from error
    except jinja2.TemplateSyntaxError as error:
        place = f"{error.name or name}, line {error.lineno}"
        raise BadInput(f"{template.id}, wording {place}: {error.message}.") from error
    except jinja2.TemplateError as error:
        raise BadInput(f"{template.id}, wording {name}: {error.message}.") from error
    except (TypeError, ValueError, ArithmeticError, LookupError) as error:
        # Its own words may quote a value, and a message may reach a log.
        raise BadInput(
            f"{template.id}, wording {name}: it cannot be worked out ({type(error).__name__})."
        ) from error


@lru_cache(maxsize=16)
def _environment(wording: tuple[tuple[str, str], ...]) -> SandboxedEnvironment:
    import jinja2
    from jinja2.sandbox import SandboxedEnvironment

    @jinja2.pass_context
    def refuse_none(context: jinja2.runtime.Context, value: object) -> object:
        if value is None:
            raise jinja2.UndefinedError(f"a value that is blank is printed in {context.name}")
        return value

    return SandboxedEnvironment(
        loader=jinja2.DictLoader(dict(wording)),
        undefined=jinja2.StrictUndefined,
        finalize=refuse_none,
        autoescape=False,  # noqa: S701 - plain text; the writers escape
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _check_plain(value: object) -> None:
    match value:
        case str() | bool() | int() | None:
            return
        case dict():
            for each in value.values():
                _check_plain(each)
        case list() | tuple():
            for each in value:
                _check_plain(each)
        case _:
            raise TypeError(f"wording is filled from plain values, not {type(value).__name__}")


def _section(table: StrictTable) -> SectionPlan:
    plan = SectionPlan(
        key=table.text("key"),
        heading=table.text("heading"),
        number=table.text("number", default=""),
        include=table.choice("include", _INCLUDES),
    )
    table.refuse_the_rest()
    return plan


def _check_sections(sections: tuple[SectionPlan, ...], file: Path) -> None:
    seen: set[str] = set()
    for plan in sections:
        if not re.fullmatch(r"[a-z][a-z0-9_]{0,35}", plan.key):
            raise BadInput(f"{file}: section.key: {plan.key!r} is not a key.")
        if plan.key in seen:
            raise BadInput(f"{file}: section.key: {plan.key} stands there twice.")
        seen.add(plan.key)


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


def _files_of(folder: Path) -> list[Path]:
    return sorted(
        path for path in folder.rglob("*") if path.is_file() and not path.name.startswith(_IGNORED)
    )


def _name_in(folder: Path, path: Path) -> str:
    """Return the same name on every system; a borrowed house file has a name of its own."""
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else "look/house.docx"


def _hash(contents: Mapping[str, bytes]) -> str:
    digest = hashlib.sha256()
    for name, data in sorted(contents.items()):
        digest.update(f"{len(name)}:{name}:{len(data)}:".encode())
        digest.update(data)
    return digest.hexdigest()


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise BadInput(f"{path}: {error.strerror or 'cannot be read'}.") from error


def _as_text(path: Path, data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadInput(f"{path}: not UTF-8 text.") from error

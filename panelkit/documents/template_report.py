"""A template folder looked at as a whole: every problem it has, and what it does.

Loading a template stops at the first problem; whoever made it wants them all.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from panelkit.documents import house_check, slots
from panelkit.documents.house_check import Problem
from panelkit.documents.template_kinds import SECTION_KEYS
from panelkit.documents.templates import (
    Template,
    check_approval,
    check_sections,
    check_wording,
    files_of,
    read_template,
)
from panelkit.documents.word_house import prepared
from panelkit.domain.errors import BadInput


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What is to be said of one template folder."""

    folder: Path
    id: str = ""
    """Blank where it cannot be read."""
    version: str = ""
    effective_from: date | None = None
    smb_approved_on: date | None = None
    problems: tuple[Problem, ...] = ()
    slots: tuple[tuple[str, str], ...] = ()
    """Name and place of each slot in the house file."""
    left_behind: tuple[str, ...] = ()
    """What the house file carries that no document will."""


def report(folder: Path) -> Report:
    """Look at ``folder``. Never raises for what is wrong with it."""
    try:
        template = read_template(files_of(folder), folder)
    except BadInput as refused:
        return Report(folder=folder, problems=(Problem(refused.message, refused.remedy),))
    found = _problems(template, folder)
    usable = not house_check.problems(template.house, template.id)
    return Report(
        folder=folder,
        id=template.id,
        version=template.version,
        effective_from=template.effective_from,
        smb_approved_on=template.smb_approved_on,
        problems=tuple(found),
        slots=slots_in(template) if usable else (),
        left_behind=house_check.left_behind(template.house) if usable else (),
    )


def slots_in(template: Template) -> tuple[tuple[str, str], ...]:
    """Every slot of a template's house file with the place where it stands."""
    return tuple(
        (name, place)
        for place, text in house_check.words_of(template.house)
        for name in slots.named_in(text)
    )


def _problems(template: Template, folder: Path) -> list[Problem]:
    found = []
    file = folder / "template.toml"
    if template.id not in SECTION_KEYS:
        known = ", ".join(SECTION_KEYS)
        found.append(
            Problem(f"{file}: id: no document is called {template.id}.", f"One of {known}.")
        )
    for check in (check_sections, check_approval, check_wording):
        try:
            check(template, folder)
        except BadInput as refused:
            found.append(Problem(refused.message, refused.remedy))
    house = house_check.problems(template.house, template.id)
    found += house
    if not house:
        try:
            prepared(template.house, "en-GB", template.id)
        except BadInput as refused:
            found.append(Problem(refused.message, refused.remedy))
    return found

"""Settings, paths and the clock become a desk: read here and nowhere else."""

from __future__ import annotations

import getpass
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from panelkit import paths
from panelkit.domain.agenda import AgendaItem
from panelkit.domain.area import Area
from panelkit.domain.errors import BadInput
from panelkit.domain.meeting import Meeting
from panelkit.services.clock import Clock, system_clock

if TYPE_CHECKING:
    from panelkit.services.desk import Desk
    from panelkit.store.record import Record

DEFAULT_AREA = "west_midlands"


@dataclass(frozen=True, slots=True)
class Settings:
    """What the command line and the environment said."""

    db: str = ""
    area: str = ""
    who: str = ""
    clock: Clock = system_clock
    templates: str = ""

    @property
    def database(self) -> Path:
        """The record's file. Raises BadInput for an address of a kind that is not read yet."""
        named = self.db or os.environ.get("PANELKIT_DB", "")
        if "://" in named and not named.startswith("sqlite:///"):
            msg = "Only a file can hold the record."
            raise BadInput(msg, remedy="Name a file with --db.")
        return Path(named.removeprefix("sqlite:///")) if named else paths.default_database()

    @property
    def is_named(self) -> bool:
        """Whether somebody said which record."""
        return bool(self.db or os.environ.get("PANELKIT_DB"))

    @property
    def area_name(self) -> str:
        """The area file in use."""
        return self.area or os.environ.get("PANELKIT_AREA", "") or DEFAULT_AREA

    @property
    def claimed(self) -> str:
        """Who somebody says that they are; blank where nobody says."""
        return self.who or os.environ.get("PANELKIT_AS", "")

    @property
    def own_templates(self) -> Path | None:
        """The area's own folder of template folders; None where there is none."""
        named = self.templates or os.environ.get("PANELKIT_TEMPLATES", "")
        return Path(named).absolute() if named else None

    @property
    def person(self) -> str:
        """Who is working: claimed, until people have passphrases."""
        if self.claimed:
            return self.claimed
        try:
            return getpass.getuser()
        except (OSError, KeyError):
            return "somebody"


def document_password() -> str:
    """The password for documents that the environment gives; blank where it gives none."""
    return os.environ.get("PANELKIT_DOCUMENT_PASSWORD", "")


def area_of(settings: Settings) -> tuple[Area, tuple[AgendaItem, ...]]:
    """The area and the agenda that its meetings open with."""
    from panelkit.areas.loader import load_agenda, load_area

    return load_area(settings.area_name), load_agenda(settings.area_name)


def open_desk(settings: Settings, path: Path, *, create: bool = False, demo: bool = False) -> Desk:
    """A person at a desk over the record at ``path``."""
    from panelkit.services.desk import Desk, services_of
    from panelkit.store.record import Record

    area, agenda = area_of(settings)
    record = Record.open(path, create=create)
    who, clock = settings.person, settings.clock
    return Desk(
        **services_of(
            record, area, agenda, clock, who, paths.shipped("templates"), settings.own_templates
        ),
        area=area,
        clock=clock,
        who=who,
        encrypted=False,
        demo=demo,
        documents=Path.cwd() if not demo else Path("panelkit-demo").absolute(),
    )


@dataclass(frozen=True, slots=True)
class About:
    """What was named, and where it is."""

    meeting: Meeting
    earlier: Meeting | None
    """The one before it in the pack; in a record it is found there."""
    area: Area
    record: Record | None
    """None for a pack."""


@contextmanager
def about(settings: Settings, ref: str) -> Iterator[About]:
    """The meeting called ``ref``, with its record open for so long. Raises NotFound, BadInput."""
    area, agenda = area_of(settings)
    if ref.casefold().endswith(".toml"):
        from panelkit.packs.reader import read_pack

        pack = read_pack(Path(ref), agenda)
        yield About(pack.meeting, pack.earlier[-1] if pack.earlier else None, area, None)
        return
    from panelkit.store.record import Record

    record = Record.open(settings.database)
    try:
        yield About(record.load(ref), None, area, record)
    finally:
        record.close()


def find_meeting(settings: Settings, ref: str) -> tuple[Meeting, Area]:
    """The meeting that REF means: the path of a pack, or a reference in the record."""
    with about(settings, ref) as it:
        return it.meeting, it.area


def sample_packs() -> list[Path]:
    """The fictional meetings that ship with the program."""
    return sorted(paths.shipped("sample_meetings").glob("*.toml"))

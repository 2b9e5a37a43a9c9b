"""Practising: which scenarios there are, which attempts were made of them, and how one goes.

    shelf = Shelf(area, agenda, folder, folders, samples)
    path = shelf.next_attempt(scenario)
    Practising(record, area, scenario, clock, choosing, number, before).ask(meeting)

Each attempt is a record of its own in the folder of practices, marked as one; nothing else is ever
opened or removed there.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from panelkit.audit.given import Looked
from panelkit.audit.practice import feedback
from panelkit.domain.agenda import AgendaItem
from panelkit.domain.area import Area
from panelkit.domain.errors import BadInput, NotFound, PanelkitError
from panelkit.domain.meeting import By, Meeting
from panelkit.domain.people import Act
from panelkit.domain.practice import (
    FILE_REF,
    Figures,
    ItemFeedback,
    Learner,
    Line,
    Scenario,
    as_text,
    figures_of,
    from_text,
    since,
)
from panelkit.domain.timescales import room_day
from panelkit.packs.scenarios import read_head, read_scenario, scenario_files
from panelkit.services.acting import acting
from panelkit.services.choosing import Choosing
from panelkit.services.clock import Clock, system_clock
from panelkit.services.feedback import TEMPLATE
from panelkit.services.minute_taking import make_folder
from panelkit.store import belongings
from panelkit.store.keys import Opened
from panelkit.store.record import Record

if TYPE_CHECKING:
    from panelkit.documents.files import Written

_NAME: Final = re.compile(r"^(?P<scenario>.+)\.(?P<number>[0-9]{1,4})\.db$")


@dataclass(frozen=True, slots=True)
class Attempt:
    """One practice of a scenario, as it lies on the disk."""

    scenario: str
    number: int
    path: Path


@dataclass(frozen=True, slots=True)
class Unread:
    """A file of a scenario that cannot be used, and why."""

    id: str
    why: str


class Shelf:
    """The scenarios that ship and the area's own, and the attempts that were made here."""

    def __init__(
        self, area: Area, agenda: tuple[AgendaItem, ...], folder: Path, folders: Sequence[Path],
        samples: Path,
    ) -> None:  # fmt: skip
        """``folder`` holds the attempts; ``folders`` the scenarios, the area's own last."""
        self.area = area
        self.agenda = agenda
        self.folder = folder
        self.folders = tuple(folders)
        self.samples = samples

    # -- scenarios ---------------------------------------------------------------------

    def read(self, path: Path) -> Scenario:
        """The scenario in one file. Raises BadInput, with the place."""
        return read_scenario(path, self.area, self.agenda, samples=self.samples)

    def scenarios(self) -> tuple[tuple[Scenario, ...], tuple[Unread, ...]]:
        """Every one that can be used, the chair's first; and those that cannot, with why.

        Raises BadInput for a folder that is not there.
        """
        return self._each(self.read)

    def heads(self) -> tuple[tuple[Scenario, ...], tuple[Unread, ...]]:
        """The same without their meetings, for a list: a pack that is wrong is met when it is opened."""
        return self._each(read_head)

    def _each(
        self, read: Callable[[Path], Scenario]
    ) -> tuple[tuple[Scenario, ...], tuple[Unread, ...]]:
        found, unread = [], []
        for called, path in scenario_files(self.folders).items():
            try:
                found.append(read(path))
            except PanelkitError as wrong:
                unread.append(Unread(called, wrong.sentence))
        order = list(Learner)
        found.sort(key=lambda one: (order.index(one.role), one.minutes, one.id))
        return tuple(found), tuple(unread)

    def scenario(self, called: str) -> Scenario:
        """The one of that name. Raises NotFound, and BadInput for a file that is wrong."""
        files = scenario_files(self.folders)
        path = files.get(called.strip().casefold())
        if path is None:
            msg = f"There is no scenario called {called}."
            raise NotFound(msg, remedy=f"There are {', '.join(files)}: panelkit practice --list.")
        return self.read(path)

    # -- attempts ----------------------------------------------------------------------

    def attempts(self, scenario: str) -> tuple[Attempt, ...]:
        """Those that were made of a scenario, the first first."""
        found = []
        for path in self.folder.glob("*.db") if self.folder.is_dir() else ():
            name = _NAME.match(path.name)
            if name and name["scenario"] == scenario:
                found.append(Attempt(scenario, int(name["number"]), path))
        return tuple(sorted(found, key=lambda one: one.number))

    def next_attempt(self, scenario: str) -> Attempt:
        """The next one, not made yet."""
        made = self.attempts(scenario)
        number = made[-1].number + 1 if made else 1
        return Attempt(scenario, number, self.folder / f"{scenario}.{number}.db")

    def told(self, attempt: Attempt) -> Figures:
        """How an attempt stood when its learner last asked; nothing where nobody did.

        Raises Refused for a file that is no practice.
        """
        record = open_practice(attempt.path)
        try:
            every = record.told()
        finally:
            record.close()
        return from_text(every[-1].figures) if every else {}

    def ended(self, scenario: str, before: int = 10_000) -> tuple[tuple[int, Figures], ...]:
        """How the attempts ended whose number is below ``before``; what is no practice is passed over."""
        found = []
        for one in self.attempts(scenario):
            if one.number < before:
                with contextlib.suppress(PanelkitError):
                    found.append((one.number, self.told(one)))
        return tuple(found)

    def throw_away(self, scenario: str) -> int:
        """Every attempt of a scenario, removed; how many there were. Raises NotFound where there is
        none, Refused for a file that is no practice: then none is removed.
        """
        made = self.attempts(scenario)
        if not made:
            msg = f"Nothing was practised of {scenario}."
            raise NotFound(msg, remedy="panelkit practice --list says what was.")
        for attempt in made:
            open_practice(attempt.path).close()
        for attempt in made:
            for path in belongings.files_of(attempt.path):
                path.unlink(missing_ok=True)
        return len(made)


def open_practice(path: Path) -> Record:
    """A practice that was made. Raises Refused for anything that is none, NotFound, NotSaved."""
    return Record.open(path, opened=Opened(practice=True))


@dataclass(frozen=True, slots=True)
class Asked:
    """What a learner is told when they ask how it goes."""

    items: tuple[ItemFeedback, ...]
    figures: Figures
    changed: tuple[str, ...]
    """Since they asked before in this attempt."""
    before: tuple[tuple[int, Figures], ...]
    """How earlier attempts ended, by their number."""


@acting(Act.READ)
class Practising:
    """One attempt, open."""

    def __init__(
        self, record: Record, area: Area, scenario: Scenario, clock: Clock, choosing: Choosing,
        *, number: int, begun: datetime, before: Sequence[tuple[int, Figures]] = (),
    ) -> None:  # fmt: skip
        """``begun`` is the moment at which the story begins; ``before`` are earlier attempts."""
        self.record = record
        self.area = area
        self.scenario = scenario
        self.clock = clock
        self.choosing = choosing
        self.number = number
        self.begun = begun
        self.before = tuple(before)

    def said_at(self, item: str) -> tuple[Line, ...]:
        """What is said at an item."""
        return self.scenario.at_item(item)

    def look(self, meeting: Meeting) -> tuple[ItemFeedback, ...]:
        """How the record stands, item by item; nothing is kept of it."""
        looked = Looked(meeting, self.area, self.record.previous(meeting))
        return feedback(self.scenario, looked, self.begun)

    def ask(self, meeting: Meeting) -> Asked:
        """The same, with what changed since it was asked before; that it was told is kept.

        Raises NotSaved where that cannot be kept.
        """
        items = self.look(meeting)
        figures, every = figures_of(items), self.record.told()
        last = from_text(every[-1].figures) if every else {}
        if not every or last != figures:
            self.record.keep_told(as_text(figures), By(self.scenario.you, system_clock()))
        return Asked(items, figures, since(last, figures) if every else (), self.before)

    def write(self, meeting: Meeting, folder: Path) -> Written:
        """A sheet to take away, as Word. Raises CannotWrite, BadInput for a template."""
        from panelkit.documents import word
        from panelkit.documents.compose.practice import compose_practice
        from panelkit.documents.files import write_file

        asked = self.ask(meeting)
        template = self.choosing.template(TEMPLATE, TEMPLATE, None)
        document = compose_practice(
            self.scenario, asked.items, self.area, template, meeting=meeting, attempt=self.number,
            figures=asked.figures, before=asked.before, today=room_day(self.clock()),
        )  # fmt: skip
        content = word.write(document, template.house, now=self.clock())
        make_folder(folder)
        name = f"{FILE_REF}_{self.scenario.id}_attempt{self.number}_feedback.docx"
        return write_file(folder / name, content)


def must_be_role(scenario: Scenario, role: str) -> None:
    """Raises BadInput where a scenario is for somebody else than whoever was named."""
    if role and role != str(scenario.role):
        msg = f"{scenario.id} is practised as {scenario.role.label}."
        raise BadInput(msg, remedy="Leave --as out, or choose another: panelkit practice --list.")

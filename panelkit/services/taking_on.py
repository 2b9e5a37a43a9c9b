"""A live case taken on from its last Word minutes, whoever wrote them.

taking = TakingOn(record, area, agenda, clock, who)
half = taking.read(Path("minutes.docx"))     # every line with how sure it is; kept from here on
half = taking.choose(half, ["actions.2"], Choice.CONFIRMED)
meeting = taking.take_on(half)               # case, last meeting, open actions: in one act

Nothing is in a case before ``take_on``. The Word file is not kept: only its name and the hash of its
bytes, so that the same document is known again. It is never changed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from panelkit.domain import emergency as em
from panelkit.domain import entries as e
from panelkit.domain.agenda import AgendaItem
from panelkit.domain.area import Area
from panelkit.domain.errors import BadInput, Refused
from panelkit.domain.fields import long_date
from panelkit.domain.meeting import By, Meeting
from panelkit.domain.people import Act
from panelkit.domain.starting import changed_by
from panelkit.domain.taking_on import Choice, Group, HalfRead
from panelkit.domain.taking_on_lines import lines_of, unread_of
from panelkit.domain.taking_on_meeting import (
    Stops,
    case_of,
    meeting_of,
    must_fit,
    must_follow,
    stopping,
)
from panelkit.services.acting import acting
from panelkit.services.caseload import must_be_reference
from panelkit.services.chairing import new_id
from panelkit.services.clock import Clock, room_time
from panelkit.store.record import Record

if TYPE_CHECKING:
    from panelkit.domain.foreign import ForeignMinutes


@acting(Act.PLAN)
class TakingOn:
    """What a coordinator does with a case that was managed before panelkit was."""

    def __init__(
        self, record: Record, area: Area, agenda: tuple[AgendaItem, ...], clock: Clock, who: str
    ) -> None:
        """``agenda`` is what the last meeting is kept under."""
        self.record = record
        self.area = area
        self.agenda = agenda
        self.clock = clock
        self.who = who

    def by(self) -> By:
        """Who acts, now."""
        return By(self.who, self.clock())

    def today(self) -> date:
        """The date on the room's clock."""
        return room_time(self.clock()).date()

    # -- reading -----------------------------------------------------------------------

    def begun(self) -> tuple[HalfRead, ...]:
        """What whoever works began and has not stored, the newest first."""
        return self.record.half_read(self.who)

    def find(self, half_id: str) -> HalfRead:
        """One of those, as far as it is now. Raises Refused where it was stored or thrown away."""
        for half in self.begun():
            if half.id == half_id:
                return half
        msg = "These minutes were stored or thrown away meanwhile."
        raise Refused(msg, remedy="Read the document again.")

    def read(self, path: Path, *, fiction: bool = False) -> HalfRead:
        """What a document says, line by line; one that was begun goes on where it was left.

        It is kept from here on, confirmed or not. Raises NotFound and BadInput as
        :func:`panelkit.documents.foreign.read_foreign`.
        """
        from panelkit.documents.foreign import foreign_minutes
        from panelkit.documents.import_guard import opened, read_bytes

        content = read_bytes(path)
        sha256 = hashlib.sha256(content).hexdigest()
        for half in self.begun():
            if half.sha256 == sha256:
                return half
        minutes = foreign_minutes(opened(content, path.name), path.name, self.area.calendar)
        lines = lines_of(minutes, self.clock(), number=self._number(minutes))
        half = HalfRead(
            id=new_id(), who=self.who, file=path.name, sha256=sha256, begun_at=self.clock(),
            fiction=fiction, lines=lines, not_read=unread_of(minutes),
        )  # fmt: skip
        self.record.keep_half_read(None, half, self.by())
        return half

    def _number(self, minutes: ForeignMinutes) -> str:
        ref = minutes.fact("ref")
        last = self.record.latest(ref.value) if ref else None
        return str(last.number + 1) if last is not None else ""

    def already(self, half: HalfRead) -> tuple[str, ...]:
        """Where the same document went before: ``these minutes were read on 3 May 2026 into WM-0143-2``."""
        found = []
        for ref, at in self.record.taken_from(half.sha256):
            day = long_date(room_time(at).date()) if at else "a day not known"
            found.append(f"these minutes were read on {day} into {ref}")
        return tuple(found)

    # -- line by line --------------------------------------------------------------------

    def choose(self, half: HalfRead, line_ids: Sequence[str], choice: Choice) -> HalfRead:
        """The same said of some lines, kept at once. Raises BadInput, Refused, NotFound as
        :meth:`HalfRead.chosen`; StaleRecord, NotSaved."""
        return self._kept(half, half.chosen(line_ids, choice))

    def confirm_sure(self, half: HalfRead, group: Group | None = None) -> HalfRead:
        """Everything that is sure, of a group or of all, confirmed; never a guess."""
        groups = (group,) if group is not None else tuple(Group)
        sure = [line_id for each in groups for line_id in half.sure_of(each)]
        return self.choose(half, sure, Choice.CONFIRMED) if sure else half

    def correct(self, half: HalfRead, line_id: str, values: Mapping[str, str]) -> HalfRead:
        """A line with other words, kept at once. Raises as :meth:`ReadLine.corrected`."""
        return self._kept(half, half.with_lines([half.line(line_id).corrected(values)]))

    def add(self, half: HalfRead, kind: type[e.Entry], values: Mapping[str, str]) -> HalfRead:
        """An action or a person that nobody read, typed. Raises as :meth:`HalfRead.added`."""
        return self._kept(half, half.added(kind, values))

    def throw_away(self, half: HalfRead) -> None:
        """Nothing of it is kept; the document is where it was."""
        self.record.drop_half_read(half, self.by())

    def _kept(self, before: HalfRead, after: HalfRead) -> HalfRead:
        self.record.keep_half_read(before, after, self.by())
        return after

    # -- what it comes to ------------------------------------------------------------------

    def standing(self, half: HalfRead) -> tuple[str, ...]:
        """What there is of the case already, what its age and category change, in sentences."""
        said = [f"Careful: {each}." for each in self.already(half)]
        ref = half.fact("ref")
        known = self.record.find_case(ref) if ref else None
        if known is not None:
            last = self.record.latest(ref)
            after = f", after {last.ref} of {long_date(last.held_on)}" if last else ""
            said.append(f"{known.ref} is in the record: its meeting is added{after}.")
        try:
            case, held_on = known or case_of(half, ""), half.day("held_on")
        except BadInput:
            return tuple(said)
        same = "" if known else em.same_person(case, self.record.known_cases())
        if same:
            said.append(
                f"{same} has the same name, and no other date of birth: is it the same person?"
            )
        if held_on is not None:
            said += changed_by(case, None, self.today(), self.area)
        return tuple(said)

    def stops(self, half: HalfRead) -> tuple[Stops, ...]:
        """What stands in the way of :meth:`take_on`, in the order of the lines."""
        return tuple(stopping(half, self.today()))

    def take_on(self, half: HalfRead, *, command: str = "") -> Meeting:
        """The case where it is new, its last meeting as held elsewhere, its open actions: one act.

        What is half read goes with it. Raises Refused, naming what stands in the way: a line that
        nobody decided, a reference that is somebody else's, a meeting that the record has already.
        """
        if stops := self.stops(half):
            raise Refused(stops[0].words, remedy="Nothing is stored yet.")
        ref, by = half.fact("ref"), self.by()
        must_be_reference(ref)
        told = case_of(half, new_id())
        known = self.record.find_case(ref)
        case = known or told
        meeting = meeting_of(half, case, by=by, area=self.area, agenda=self.agenda, new_id=new_id)
        if known is not None:
            must_fit(told, known)
            must_follow(meeting, self.record.latest(ref))
        self.record.take_on(None if known else case, meeting, half, by, command=command or new_id())
        return meeting

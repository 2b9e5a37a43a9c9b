"""A meeting is one immutable value; every change returns a new one.

The value holds the case as it is, the agenda as it was when the meeting opened, every
answer, and every entry of typed content. Revisions count up with each change, so that
the store can tell what changed and refuse to overwrite what somebody else wrote.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from types import MappingProxyType
from typing import Any, TypeVar

from panelkit.domain import entries as e
from panelkit.domain.agenda import AGENDA, AgendaItem
from panelkit.domain.case import Case
from panelkit.domain.errors import BadInput, NotFound, Refused
from panelkit.domain.fields import Field, Value
from panelkit.domain.text import gate
from panelkit.domain.vocabulary import (
    AgeGroup,
    Level,
    MeetingKind,
    MeetingRole,
    MeetingState,
    Term,
)

E = TypeVar("E", bound=e.Entry)
T = TypeVar("T", bound=Term)

Place = tuple[str, str]
"""An item and a field: ``("A13", "disclosure_rationale")``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What was written in one field of one agenda item."""

    item: str
    field: str
    text: str = ""
    revision: int = 1
    typed_by: str = ""
    typed_at: datetime | None = None
    carried_from: str = ""
    """Reference and date of the meeting it was carried from; blank once rewritten."""
    confirmed_by: str = ""
    """Who confirmed carried words as current; blank is "not confirmed"."""

    @property
    def place(self) -> Place:
        """Where it is."""
        return (self.item, self.field)

    @property
    def is_unconfirmed(self) -> bool:
        """Carried and not yet confirmed."""
        return bool(self.carried_from) and not self.confirmed_by and bool(self.text)


@dataclass(frozen=True, slots=True)
class By:
    """Who makes a change, and when."""

    name: str
    """Whoever opened the record; where no passphrase did, as claimed with ``--as``, else the account."""

    at: datetime
    """Aware UTC, from the injected clock."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """One case considered at one sitting, from its planning to its minutes."""

    id: str
    case: Case
    number: int
    """Counts the meetings held for this case."""
    level: Level
    """Two or three: the level this meeting is held at."""
    kind: MeetingKind
    held_on: date
    state: MeetingState = MeetingState.PLANNED
    sitting: str = ""
    """Id of the sitting it belongs to, else blank."""
    slot: time | None = None
    """When in the sitting it is booked."""
    booked_minutes: int = 50
    """Length of the slot, in minutes."""
    revision: int = 1
    agenda: tuple[AgendaItem, ...] = AGENDA
    answers: Mapping[Place, Answer] = field(default_factory=lambda: MappingProxyType({}))
    rows: Mapping[str, tuple[e.Entry, ...]] = field(default_factory=lambda: MappingProxyType({}))
    """Typed content by kind; read it with :meth:`of` or the properties below."""
    _live: dict[str, tuple[e.Entry, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    """What :meth:`live` found: a meeting never changes, and is asked hundreds of times."""

    # -- what it is called ---------------------------------------------------------

    @property
    def ref(self) -> str:
        """``WM-0143-3``: the case's reference and the meeting's number."""
        return f"{self.case.ref}-{self.number}"

    @property
    def title(self) -> str:
        """``L2 review, meeting 3``: never a name."""
        return f"L{self.level} {self.kind.label}, meeting {self.number}"

    # -- answers -------------------------------------------------------------------

    def text(self, item: str, key: str) -> str:
        """What is written there; blank where nothing is."""
        found = self.answers.get((item, key))
        return found.text if found else ""

    def value(self, item: str, key: str) -> Value:
        """What is written there, parsed; None where blank or no longer readable."""
        described = self.field(item, key)
        if described is None:
            return None
        try:
            return described.parse(self.text(item, key))
        except BadInput:
            return None  # a foreign record: the words stand, and read as not answered

    def chosen(self, item: str, key: str, term: type[T]) -> T | None:
        """A choice among ``term``; None where not answered, which is never No."""
        value = self.value(item, key)
        return value if isinstance(value, term) else None

    def day(self, item: str, key: str) -> date | None:
        """A date; None where not answered."""
        value = self.value(item, key)
        return value if isinstance(value, date) else None

    def item(self, code: str) -> AgendaItem:
        """The agenda item with this code, as it was when the meeting opened."""
        for item in self.agenda:
            if item.code == code:
                return item
        msg = f"{code} is not on the agenda of {self.ref}."
        raise NotFound(msg)

    def field(self, item: str, key: str) -> Field | None:
        """The description of a field; None where this agenda does not have it."""
        for entry in self.agenda:
            if entry.code == item:
                return next((found for found in entry.fields if found.key == key), None)
        return None

    def answer(self, item: str, key: str, text: str, by: By) -> Meeting:
        """The meeting with ``text`` there. The text is gated; other places are untouched.

        Raises NotFound for a field this agenda lacks, Refused once the meeting is
        approved, BadInput for a value that a choice or a date cannot hold.
        """
        self.must_be_open_to_change()
        described = self.field(item, key)
        if described is None:
            msg = f"{item} has no field {key}."
            raise NotFound(msg)
        clean = gate(text).text
        described.parse(clean)
        before = self.answers.get((item, key))
        if before is not None and before.text == clean and not before.is_unconfirmed:
            return self
        after = Answer(
            item=item,
            field=key,
            text=clean,
            revision=before.revision + 1 if before else 1,
            typed_by=by.name,
            typed_at=by.at,
        )
        return self._with_answer(after)

    def confirm_answer(self, item: str, key: str, by: By) -> Meeting:
        """Carried words confirmed as current; unchanged where nothing was carried."""
        self.must_be_open_to_change()
        before = self.answers.get((item, key))
        if before is None or not before.is_unconfirmed:
            return self
        after = dataclasses.replace(before, confirmed_by=by.name, revision=before.revision + 1)
        return self._with_answer(after)

    def _with_answer(self, answer: Answer) -> Meeting:
        return dataclasses.replace(
            self, answers=MappingProxyType({**self.answers, answer.place: answer})
        )

    # -- typed content -------------------------------------------------------------

    def of(self, kind: type[E]) -> tuple[E, ...]:
        """Every entry of a kind, withdrawn ones too, in order of number."""
        return self.rows.get(kind.kind, ())  # type: ignore[return-value]

    def live(self, kind: type[E]) -> tuple[E, ...]:
        """Entries of a kind that are not withdrawn."""
        if (found := self._live.get(kind.kind)) is None:
            found = self._live[kind.kind] = tuple(row for row in self.of(kind) if row.is_live)
        return found  # type: ignore[return-value]

    def under(self, kind: type[E], parent: str) -> tuple[E, ...]:
        """Live entries that hang from another."""
        return tuple(entry for entry in self.live(kind) if entry.parent == parent)

    def entry(self, kind: type[E], entry_id: str) -> E:
        """One entry by id. Raises NotFound."""
        for found in self.of(kind):
            if found.id == entry_id:
                return found
        msg = f"That {kind.title.lower()} is not in {self.ref}."
        raise NotFound(msg)

    def add(self, entry: e.Entry, by: By) -> Meeting:
        """The meeting with a new entry, numbered next among its kind.

        Raises Refused once the meeting is approved. An action set here is numbered
        among the actions set here; a carried one keeps its number.
        """
        if not isinstance(entry, e.AFTER_APPROVAL):
            self.must_be_open_to_change()
        number = entry.number or self.next_number(entry)
        stamped = gated(
            dataclasses.replace(entry, number=number, typed_by=by.name, typed_at=by.at, revision=1)
        )
        if isinstance(stamped, e.Action) and not stamped.set_at:
            stamped = dataclasses.replace(stamped, set_at=self.number)
        return self._with_rows(stamped.kind, (*self.rows.get(stamped.kind, ()), stamped))

    def next_number(self, entry: e.Entry) -> int:
        """The number a new entry gets: withdrawn entries keep theirs."""
        same = self.rows.get(entry.kind, ())
        if isinstance(entry, e.Action):
            same = tuple(a for a in self.of(e.Action) if a.set_at == self.number)
        return 1 + max((row.number for row in same), default=0)

    def change(self, kind: type[E], entry_id: str, by: By, /, **changes: Any) -> Meeting:
        """The meeting with some fields of one entry changed; text is gated.

        Changing a carried entry confirms it. Raises NotFound and Refused. What is written
        after approval (an addendum, an amendment, a recipient) is not frozen by it.
        """
        if kind not in e.AFTER_APPROVAL:
            self.must_be_open_to_change()
        before = self.entry(kind, entry_id)
        if before.carried_from and "confirmed_by" not in changes:
            changes["confirmed_by"] = by.name
        after = gated(dataclasses.replace(before, **changes))
        if after == before:
            return self
        after = dataclasses.replace(
            after, revision=before.revision + 1, typed_by=by.name, typed_at=by.at
        )
        return self._with_entry(after)

    def withdraw(self, kind: type[E], entry_id: str, reason: str, by: By) -> Meeting:
        """The entry stays, with its number and the reason. Raises Refused without one."""
        if not reason.strip():
            msg = f"Say why the {kind.title.lower()} is withdrawn."
            raise Refused(msg)
        return self.change(kind, entry_id, by, withdrawn=reason)

    def bring_back(self, kind: type[E], entry_id: str, reason: str, by: By) -> Meeting:
        """A withdrawn entry in force again, number and words as they were. Raises Refused
        without a reason; unchanged where it was never withdrawn."""
        if not reason.strip():
            msg = f"Say why the {kind.title.lower()} is brought back."
            raise Refused(msg)
        if self.entry(kind, entry_id).is_live:
            return self
        return self.change(kind, entry_id, by, withdrawn="")

    def _with_entry(self, entry: e.Entry) -> Meeting:
        rows = tuple(entry if row.id == entry.id else row for row in self.rows[entry.kind])
        return self._with_rows(entry.kind, rows)

    def _with_rows(self, kind: str, rows: tuple[e.Entry, ...]) -> Meeting:
        return dataclasses.replace(self, rows=MappingProxyType({**self.rows, kind: rows}))

    # -- its own facts -------------------------------------------------------------

    def with_facts(self, **changes: Any) -> Meeting:
        """The meeting with some of its own facts changed (state, date, slot)."""
        return dataclasses.replace(self, revision=self.revision + 1, **changes)

    def must_be_open_to_change(self) -> None:
        """Raises Refused once the minutes are approved, and for a meeting held elsewhere."""
        if self.state is MeetingState.ELSEWHERE:
            msg = (
                f"{self.ref} was held elsewhere: what was confirmed of its minutes stays as it is."
            )
            raise Refused(msg, remedy="Start the next meeting, and correct it there.")
        if self.state in (MeetingState.APPROVED, MeetingState.ISSUED):
            msg = f"The minutes of {self.ref} are {self.state.label.removeprefix('minutes ')}."
            raise Refused(
                msg, remedy="Later information is an addendum; a correction is an amendment."
            )

    @property
    def is_running(self) -> bool:
        """Between its start and its close, paused or not."""
        return self.state in (MeetingState.OPEN, MeetingState.PAUSED)

    @property
    def is_child(self) -> bool:
        """Whether the individual was under 18 on the day: by the date of birth, and while it is not
        known by what was said at A3."""
        if self.case.born is None:
            return self.chosen("A3", "age_group", AgeGroup) is AgeGroup.CHILD
        return self.case.is_child_on(self.held_on)

    @property
    def new_actions(self) -> tuple[e.Action, ...]:
        """Actions set at this meeting, withdrawn ones too."""
        return tuple(a for a in self.of(e.Action) if a.set_at == self.number)

    @property
    def old_actions(self) -> tuple[e.Action, ...]:
        """Actions that came from earlier meetings, oldest first."""
        old = (a for a in self.of(e.Action) if a.set_at != self.number)
        return tuple(sorted(old, key=lambda a: (a.set_at, a.number)))

    def role(self, role: MeetingRole) -> e.Attendance | None:
        """Who chairs, takes the minutes, co-ordinates; None where nobody is named."""
        return next((a for a in self.live(e.Attendance) if a.meeting_role is role), None)


def gated(entry: E) -> E:
    """The entry with every text in it passed through the gate."""
    cleaned: dict[str, Any] = {
        name: gate(value).text
        for name, value in e.entry_values(entry).items()
        if isinstance(value, str) and type(value) is str and gate(value).text != value
    }
    return dataclasses.replace(entry, **cleaned) if cleaned else entry

"""Actions across meetings: each once, as the last meeting that has it says, with what was done about it.

page = across.listed(read_filter("@housing is:overdue"))
across.settle("WM-0143 2.4", ActionStatus.COMPLETE, "The tenancy began.", "Gail Rowntree", day)
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from panelkit.domain import chasing as c
from panelkit.domain import entries as e
from panelkit.domain.action_filter import ActionFilter, Term
from panelkit.domain.area import Area
from panelkit.domain.chasing import Chased, Logged, Page, Reminder
from panelkit.domain.errors import BadInput, NotFound
from panelkit.domain.fields import long_date
from panelkit.domain.meeting import By
from panelkit.domain.people import Act
from panelkit.domain.text import gate_line
from panelkit.domain.timescales import room_day
from panelkit.domain.vocabulary import ActionStatus, AgencyType, YesNo
from panelkit.services.acting import acting
from panelkit.services.chairing import Chairing
from panelkit.services.clock import Clock
from panelkit.services.words import line

if TYPE_CHECKING:
    from panelkit.store.record import Record

ALIKE: Final = 80
"""Of 100, from which an organisation's name is taken for what was typed."""


@acting(Act.READ, settle=Act.RECORD)
class Across:
    """Actions, whichever meeting carries them."""

    def __init__(self, record: Record, area: Area, clock: Clock, who: str, chairing: Chairing) -> None:  # fmt: skip
        """``chairing`` writes what became of an action into the meeting that asks."""
        self.record = record
        self.area = area
        self.clock = clock
        self.who = who
        self.chairing = chairing

    def _by(self) -> By:
        return By(self.who, self.clock())

    def today(self) -> date:
        """The date on the room's clock."""
        return room_day(self.clock())

    # -- reading -----------------------------------------------------------------------

    def listed(self, wanted: ActionFilter, limit: int = 0) -> Page:
        """Actions that a filter means, each once, by date, with what was done about them.

        At most ``limit`` where one is given. Only open ones unless the filter speaks of others.
        """
        words = {t.value for t in wanted.terms if t.kind == "who"}
        known = self.record.organisations_acting(also_done=wanted.reads_done) if words else {}
        who = {word: self._meant(word, list(known)) for word in words}
        asked = limit + 1 if limit else 0
        found = self.record.chased(wanted, self.today(), who, asked)
        more = bool(limit) and len(found) > limit
        found = found[:limit] if limit else found
        named = tuple(dict.fromkeys(name for word in sorted(who) for name in who[word]))
        return Page(self.with_log(found), more, named)

    def with_log(self, found: Sequence[Chased]) -> tuple[Chased, ...]:
        """Each with its reminders, replies and escalations."""
        logs = self._logs(found)
        return tuple(dataclasses.replace(one, log=tuple(logs.get(one.key, ()))) for one in found)

    def _logs(self, found: Sequence[Chased]) -> dict[str, list[Logged]]:
        logs: dict[str, list[Logged]] = {}
        asked = self.record.reminded_of(
            [(o.case_id, o.action.set_at, o.action.number) for o in found]
        )
        reminders = {one.id: one for one in self.record.reminders()} if asked else {}
        for row in asked:
            reminder = reminders[row.reminder_id]
            lines = logs.setdefault(row.key, [])
            lines.append(
                Logged(room_day(reminder.written_at), "reminder", reminder_words(reminder))
            )
            if row.replied_on is not None:
                said = f"{reminder.ref} answered by {row.replied_by or reminder.organisation}, read back on {long_date(row.replied_on)}: {row.reply}"
                lines.append(Logged(row.replied_on, "reply", said))
        if found:
            keys = {one.key for one in found}
            for each in self.record.escalations():
                if each.is_live and each.key in keys:
                    logs.setdefault(each.key, []).append(
                        Logged(each.made_on, "escalation", each.sentence)
                    )
        for lines in logs.values():
            lines.sort(key=lambda one: one.on)
        return logs

    def find(self, ref: str) -> Chased:
        """``WM-0143 2.4`` (or ``WM-0143/2.4``). Raises NotFound, BadInput."""
        case_ref, set_at, number = action_named(ref)
        case = self.record.find_case(case_ref)
        key = c.key_of(case.id, set_at, number) if case is not None else ""
        found = self.record.chased_by([key]) if key else []
        if not found:
            msg = f"There is no action {gate_line(ref).text[:30]} in this record."
            raise NotFound(msg, remedy="See panelkit actions is:all.")
        return self.with_log(found)[0]

    def organisations(self) -> dict[str, int]:
        """Each organisation that has open actions, with how many."""
        return {name: n for name, n in self.record.organisations_acting().items() if name}

    def organisation(self, words: str) -> str:
        """The one organisation with open actions that is meant. Raises BadInput, NotFound."""
        names = list(self.organisations())
        plain = line(words).casefold()
        same = [name for name in names if name.casefold() == plain]
        meant = same or self._meant(plain, names)
        if not meant:
            msg = f"No organisation with an open action is called {gate_line(words).text[:40]}."
            raise NotFound(msg, remedy="panelkit actions lists them.")
        if len(meant) > 1:
            msg = f"{gate_line(words).text[:40]} may be {', '.join(meant[:4])}."
            raise BadInput(msg, remedy="Say the whole name.")
        return meant[0]

    def _meant(self, word: str, names: Sequence[str]) -> list[str]:
        """Organisations that an ``@`` word means: an agency, a part of a name, or nearly one."""
        plain = word.casefold()
        agencies = {a for a in AgencyType if str(a).casefold() == plain} or {
            a for a in AgencyType if plain in a.label.casefold()
        }
        kinds = {name.casefold(): kind for name, kind in self.area.organisations}
        meant = [
            name for name in names
            if name and (plain in name.casefold() or kinds.get(name.casefold()) in agencies)
        ]  # fmt: skip
        if meant or len(plain) < 3:
            return meant
        from rapidfuzz import fuzz, utils

        return [
            name for name in names
            if name and max(
                fuzz.ratio(plain, part, processor=utils.default_process)
                for part in (name, *name.split())
            ) >= ALIKE
        ]  # fmt: skip

    # -- what became of one, told between meetings --------------------------------------

    def settle(self, ref: str, status: ActionStatus, words: str, told_by: str, on: date) -> Chased:
        """What became of an action, told between meetings, written into the meeting that asks next.

        It says who told it and when. The chair hears it again at A5. Raises Refused where the
        record has no place for it, BadInput, StaleRecord, PenElsewhere.
        """
        one = self.find(ref)
        said, teller = line(words), line(told_by)
        if not said:
            raise BadInput("Say what difference it made, or why it is not done.")
        if not teller:
            raise BadInput("Say who told it.")
        if on > self.today():
            raise BadInput(f"{long_date(on)} is still to come.")
        c.must_be_settled_here(one)
        meeting = self.record.load(one.meeting_id)
        told = c.between_words(said, teller, on)
        self.chairing.change(
            meeting, e.Action, one.action.id, status=status,
            completed_on=on if status is ActionStatus.COMPLETE else None,
            carry_forward=YesNo.YES if status.outstanding else YesNo.NO,
            **{"reason_not_done" if status.outstanding else "outcome": told},
        )  # fmt: skip
        return self.find(ref)


def reminder_words(one: Reminder) -> str:
    """``RM-3FA9C2 written on 3 November 2026 by Dana Pryce; sent on 4 November 2026 by ...``."""
    said = f"{one.ref} ({one.kind.label.lower()}) written on {long_date(room_day(one.written_at))} by {one.written_by}"
    if one.sent_on is None:
        return f"{said}; nobody has said that it was sent"
    return f"{said}; sent on {long_date(one.sent_on)} by {one.sent_by}"


def action_named(ref: str) -> tuple[str, int, int]:
    """Case, meeting that set it and number of ``WM-0143 2.4``. Raises BadInput."""
    case_ref, _, action = gate_line(ref).text.strip().replace("/", " ").rpartition(" ")
    set_at, _, number = action.partition(".")
    plain = all(part.isascii() and part.isdigit() and len(part) < 6 for part in (set_at, number))
    if not case_ref or not plain:
        msg = f"{gate_line(ref).text[:30]} is no action."
        raise BadInput(msg, remedy="Say it as WM-0143 2.4: the case, the meeting that set it, its number.")  # fmt: skip
    return case_ref.strip(), int(set_at), int(number)


def with_options(wanted: ActionFilter, *, overdue: bool, agency: str) -> ActionFilter:
    """A filter with what ``--overdue`` and ``--agency`` say."""
    more: Iterable[Term] = _options(
        overdue=overdue, agency=" ".join(gate_line(agency).text.split())
    )
    return wanted.and_also(*more)


def _options(*, overdue: bool, agency: str) -> Iterator[Term]:
    if overdue:
        yield Term("is", "overdue")
    if agency:
        yield Term("who", agency.replace('"', "").casefold())

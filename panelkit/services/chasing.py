"""What a co-ordinator does between meetings: actions, who is told of late ones, who misses meetings.

chasing = Chasing(record, area, clock, who, chairing)
chasing.escalate("WM-0143 2.4", "Head of housing", day, words="Three weeks late")
chasing.missing().missing
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from panelkit.domain import chasing as c
from panelkit.domain import entries as e
from panelkit.domain.chasing import About, Escalation, Spoc
from panelkit.domain.errors import BadInput, NotFound, Refused
from panelkit.domain.fields import long_date
from panelkit.domain.meeting import Meeting
from panelkit.domain.missing import Attending, attending
from panelkit.domain.people import Act
from panelkit.domain.text import gate_line
from panelkit.services.across import Across
from panelkit.services.acting import acting
from panelkit.services.chairing import new_id
from panelkit.services.words import because, line


@dataclass(frozen=True, slots=True)
class Missing:
    """Who misses meetings, over which days, and by what measure."""

    first: date
    last: date
    every: tuple[Attending, ...]
    """All organisations that were invited, the one that missed most first."""
    percent: int
    meetings: int
    sources: tuple[str, str]
    """Where the two figures come from."""

    @property
    def missing(self) -> tuple[Attending, ...]:
        """Those at or past the measure."""
        return tuple(one for one in self.every if one.is_missing(self.percent, self.meetings))


@acting(
    Act.READ, settle=Act.RECORD, escalate=Act.CHASE, answer=Act.CHASE, withdraw=Act.CHASE,
    name_spoc=Act.CHASE, spoc_no_more=Act.CHASE,
)  # fmt: skip
class Chasing(Across):
    """Verbs over one record."""

    # -- escalation ----------------------------------------------------------------------

    def escalations(
        self, organisation: str = "", *, waiting: bool = False
    ) -> tuple[Escalation, ...]:
        """The log, the oldest first; of one organisation, or those that wait for an answer."""
        plain = organisation.strip().casefold()
        return tuple(
            one for one in self.record.escalations()
            if (not plain or one.organisation.casefold() == plain)
            and (not waiting or (one.is_live and one.answered_on is None))
        )  # fmt: skip

    def escalation(self, ref: str) -> Escalation:
        """``E-3FA9C2``. Raises NotFound, BadInput where more than one begins so."""
        every = self.record.escalations()
        return c.called(ref, "E-", every, "escalation", "panelkit escalation list")

    def escalate(
        self, about: str, to_whom: str, on: date, *, words: str = "", organisation: str = ""
    ) -> Escalation:
        """Somebody was told of a late action (``WM-0143 2.4``), of a meeting that ``organisation``
        missed (``WM-0143-3``), or of its attendance (blank). Raises BadInput, NotFound.
        """
        fresh = Escalation(
            id=new_id(), organisation=line(organisation), about=About.ATTENDANCE, to_whom=line(to_whom),
            made_on=on, made_by=self.who, words=line(words), typed_by=self.who, typed_at=self.clock(),
        )  # fmt: skip
        if about.strip() and "." in about:
            one = self.find(about)
            fresh = dataclasses.replace(
                fresh, about=About.ACTION, organisation=one.action.organisation, case_id=one.case_id,
                set_at=one.action.set_at, number=one.action.number,
            )  # fmt: skip
        elif about.strip():
            meeting = self.record.load(about.strip())
            fresh = dataclasses.replace(
                fresh, about=About.MEETING, case_id=meeting.case.id, set_at=meeting.number,
                organisation=_invited(meeting, fresh.organisation),
            )  # fmt: skip
        c.must_be_right(fresh, self.today())
        self.record.keep_chasing([(None, fresh)], self._by(), command=new_id(), what="escalated")
        return fresh

    def answer(self, ref: str, words: str, on: date) -> Escalation:
        """What was answered; said again, it is corrected. Raises NotFound, BadInput, Refused."""
        before, said = self.escalation(ref), line(words)
        c.must_answer(before, said, on, self.today())
        return self._changed(before, answer=said, answered_on=on)

    def withdraw(self, ref: str, why: str) -> Escalation:
        """One that was not made; it stays in sight with the reason. Raises NotFound, Refused."""
        before = self.escalation(ref)
        if not before.is_live:
            raise Refused(f"{before.ref} was withdrawn already.")
        return self._changed(before, withdrawn=because(why))

    def _changed(self, before: Escalation, **changes: Any) -> Escalation:
        after = c.renewed(before, self._by(), **changes)
        self.record.keep_chasing([(before, after)], self._by(), command=new_id(), what="escalation")
        return after

    # -- single points of contact --------------------------------------------------------

    def spocs(self) -> tuple[Spoc, ...]:
        """Those that are it now, by organisation."""
        return tuple(one for one in self.record.spocs() if one.is_live)

    def spoc_of(self, organisation: str) -> str:
        """Who is it for an organisation, as a screen says it; else the office that the area file
        names; blank where neither is known. In no document.
        """
        plain = organisation.strip().casefold()
        for one in self.spocs():
            if one.organisation.casefold() == plain:
                return ", ".join(part for part in (one.name, one.contact) if part)
        return next((ring for name, ring in self.area.ring if name.casefold() == plain), "")

    def name_spoc(self, organisation: str, name: str, contact: str, since: date | None) -> Spoc:
        """Somebody is it from now on; whoever was is no more. Raises BadInput."""
        fresh = Spoc(
            id=new_id(), organisation=line(organisation), name=line(name), contact=line(contact),
            since=since, typed_by=self.who, typed_at=self.clock(),
        )  # fmt: skip
        if not fresh.organisation or not fresh.name:
            raise BadInput("Say the organisation, and the person or post.")
        plain = fresh.organisation.casefold()
        ended = [
            (one, c.renewed(one, self._by(), withdrawn=f"{fresh.name} since {long_date(self.today())}"))
            for one in self.spocs() if one.organisation.casefold() == plain
        ]  # fmt: skip
        self.record.keep_chasing(
            [*ended, (None, fresh)], self._by(), command=new_id(), what="point of contact"
        )
        return fresh

    def spoc_no_more(self, organisation: str, why: str) -> Spoc:
        """Nobody is it any more. Raises NotFound."""
        plain, said = line(organisation).casefold(), because(why)
        for one in self.spocs():
            if one.organisation.casefold() == plain:
                after = c.renewed(one, self._by(), withdrawn=said)
                self.record.keep_chasing(
                    [(one, after)], self._by(), command=new_id(), what="point of contact"
                )
                return one
        raise NotFound(f"No point of contact is kept for {gate_line(organisation).text[:40]}.")

    # -- who misses meetings -------------------------------------------------------------

    def missing(self, first: date | None = None, last: date | None = None) -> Missing:
        """Attendance of every organisation over a period, by default the area's up to today.

        Raises BadInput for a period that ends before it begins.
        """
        last = last or self.today()
        first = first or last - timedelta(days=self.area.figure("chase_period_days") - 1)
        if first > last:
            raise BadInput(f"{long_date(first)} is after {long_date(last)}.")
        rows = self.record.invited_between(first, last)
        keys = ("chase_attendance_percent", "chase_missed_meetings")
        return Missing(
            first, last, attending(rows), self.area.figure(keys[0]), self.area.figure(keys[1]),
            (self.area.source(keys[0]), self.area.source(keys[1])),
        )  # fmt: skip

    def done_about(self, organisation: str, missing: Missing) -> tuple[Escalation, ...]:
        """What was done about an organisation's attendance from the first of these days on."""
        return tuple(
            one for one in self.escalations(organisation)
            if one.is_live and one.about is not About.ACTION and one.made_on >= missing.first
        )  # fmt: skip


def _invited(meeting: Meeting, organisation: str) -> str:
    """The organisation as it was invited there. Raises BadInput."""
    plain = organisation.casefold()
    for person in meeting.live(e.Attendance):
        if plain and person.organisation.strip().casefold() == plain:
            return person.organisation.strip()
    msg = f"That organisation was not invited to {meeting.ref}." if plain else "Say which organisation missed it."  # fmt: skip
    raise BadInput(msg, remedy="Its name as attendance has it.")

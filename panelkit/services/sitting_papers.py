"""The papers of a whole sitting, written at once, and what somebody says was sent of them.

    papers.write(sitting, Path("monday"))                 # letters, agendas, calendar files, the list
    papers.sent(sitting, SentKind.INVITATION, ["Harrowmere Police"], day)

The program sends nothing: what is sent, a person says.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from panelkit.domain import sitting_papers as p
from panelkit.domain.errors import BadInput, NotFound, Refused
from panelkit.domain.fields import long_date
from panelkit.domain.meeting import By, Meeting
from panelkit.domain.occasion import Occasion, next_occasion
from panelkit.domain.people import Act
from panelkit.domain.sent_out import SentKind, SentOut, Standing, standing, told
from panelkit.domain.sitting import Sitting, ends
from panelkit.domain.timescales import room_day
from panelkit.domain.vocabulary import TO_COME, Level, Term
from panelkit.services.acting import acting
from panelkit.services.chairing import new_id
from panelkit.services.minute_taking import MinuteTaking, make_folder
from panelkit.services.planning import Planning, ref_of
from panelkit.services.words import because

if TYPE_CHECKING:
    from panelkit.documents.files import Written
    from panelkit.documents.tree import Document

INVITATION: Final = "sitting_invitation"
LIST: Final = "papers_list"
CALENDAR: Final = "calendar"
"""Names of the templates."""


class PaperKind(Term):
    """What is written for a sitting."""

    INVITATIONS = "invitations", "A letter to each organisation, with how to join"
    CALENDARS = "calendars", "A calendar file for each organisation, and one of all"
    AGENDAS = "agendas", "The agenda of each meeting"
    LIST = "list", "The papers list, for the office"

    @property
    def called(self) -> str:
        """What a list calls it: ``Papers list``."""
        return "Papers list" if self is PaperKind.LIST else self.value.capitalize()


@dataclass(frozen=True, slots=True)
class Invited:
    """One organisation, and the meetings of the sitting that it is invited to."""

    organisation: str
    meetings: tuple[Meeting, ...]


@acting(
    Act.READ, write=Act.ISSUE, sent=Act.PLAN, not_sent=Act.PLAN,
)  # fmt: skip
class SittingPapers:
    """What a coordinator sends out before a sitting."""

    def __init__(self, planning: Planning, taking: MinuteTaking) -> None:
        """``taking`` writes documents, with the templates there are."""
        self.planning = planning
        self.record = planning.record
        self.area = planning.area
        self.taking = taking

    def today(self) -> date:
        """The date on the room's clock."""
        return room_day(self.planning.clock())

    def _by(self) -> By:
        return By(self.planning.who, self.planning.clock())

    # -- who is asked --------------------------------------------------------------------

    def invited(self, sitting: Sitting) -> tuple[Invited, ...]:
        """Every organisation on the lists of its meetings that are still to be held."""
        return self._invited(self._to_come(sitting))

    def _invited(self, to_come: Sequence[Meeting]) -> tuple[Invited, ...]:
        there: dict[str, tuple[str, list[Meeting]]] = {}
        for meeting in to_come:
            for name in p.invited(meeting):
                there.setdefault(name.casefold(), (name, []))[1].append(meeting)
        found = (Invited(name, tuple(meetings)) for name, meetings in there.values())
        return tuple(sorted(found, key=lambda one: one.organisation.casefold()))

    def _to_come(self, sitting: Sitting) -> tuple[Meeting, ...]:
        return tuple(one for one in self.planning.meetings(sitting) if one.state in TO_COME)

    def standing(self, sitting: Sitting) -> tuple[Standing, ...]:
        """How each thing stands for each organisation, in the order of :meth:`invited`."""
        every = self.planning.meetings(sitting)
        sent = self.record.sent_out(sitting.id)
        held = {one.id for one in every if one.state not in TO_COME}
        return tuple(
            standing(what, sitting, one.organisation, one.meetings, sent, held)
            for one in self._invited([one for one in every if one.state in TO_COME])
            for what in SentKind
        )

    # -- writing -------------------------------------------------------------------------

    def invitation(self, sitting: Sitting, organisation: str) -> Document:
        """The letter to one organisation, before it is written. Raises NotFound, BadInput."""
        from panelkit.documents.compose.sittings import compose_sitting_invitation

        one = self._named(sitting, organisation)
        template = self.taking.choosing.template(INVITATION, INVITATION, None)
        return compose_sitting_invitation(self._letter(sitting, one), template)

    def papers_list(self, sitting: Sitting) -> Document:
        """The list, before it is written. Raises Refused for a sitting without meetings."""
        from panelkit.documents.compose.sittings import compose_papers_list

        template = self.taking.choosing.template(LIST, LIST, None)
        return compose_papers_list(self._list(sitting), template)

    def write(
        self, sitting: Sitting, folder: Path, kinds: Sequence[PaperKind] = tuple(PaperKind)
    ) -> tuple[Written, ...]:
        """Each kind as files in a folder: an organisation's own holds nothing of another, and no file's
        name names a person.

        Raises Refused for a sitting without meetings to come, CannotWrite with what to do.
        """
        from panelkit.documents import calendar, compose, word
        from panelkit.documents.compose.sittings import compose_sitting_invitation
        from panelkit.documents.files import write_file

        meetings, now = self._must_come(sitting), self.planning.clock()
        make_folder(folder)
        asked = self.invited(sitting)
        endings = compose.file_endings(tuple(one.organisation for one in asked))
        stem = f"{ref_of(sitting)}_{sitting.held_on:%Y%m%d}"
        written: list[Written] = []
        for kind in kinds:
            if kind is PaperKind.INVITATIONS:
                template = self.taking.choosing.template(INVITATION, INVITATION, None)
                for one, ending in zip(asked, endings, strict=True):
                    letter = compose_sitting_invitation(self._letter(sitting, one), template)
                    body = word.write(letter, template.house, now=now)
                    written.append(write_file(folder / f"{stem}_invitation_{ending}.docx", body))
            elif kind is PaperKind.CALENDARS:
                template = self.taking.choosing.template(CALENDAR, CALENDAR, None)
                whole = [(meetings, f"{stem}_calendar.ics")]
                each = [
                    (one.meetings, f"{stem}_calendar_{ending}.ics")
                    for one, ending in zip(asked, endings, strict=True)
                ]
                for some, name in (*whole, *each):
                    occasions = [self._occasion(sitting, one) for one in some]
                    body = calendar.write_all(occasions, template, now=now)
                    written.append(write_file(folder / name, body))
            elif kind is PaperKind.AGENDAS:
                written += [self.taking.write(one, "agenda", folder) for one in meetings]
            else:
                template = self.taking.choosing.template(LIST, LIST, None)
                body = word.write(self.papers_list(sitting), template.house, now=now)
                written.append(write_file(folder / f"{stem}_papers_list.docx", body))
        return tuple(written)

    def _must_come(self, sitting: Sitting) -> tuple[Meeting, ...]:
        meetings = self._to_come(sitting)
        if not meetings:
            msg = f"{sitting.title} has no meeting that is still to be held."
            raise Refused(msg, remedy="List a case in it first.")
        return meetings

    def _named(self, sitting: Sitting, words: str) -> Invited:
        plain = words.strip().casefold()
        every = self.invited(sitting)
        found = [one for one in every if one.organisation.casefold() == plain]
        found = found or [one for one in every if plain and plain in one.organisation.casefold()]
        if not found:
            msg = f"No organisation of that name is on the lists of {sitting.title}."
            raise NotFound(msg, remedy="See panelkit sitting show.")
        if len(found) > 1:
            names = ", ".join(one.organisation for one in found)
            raise BadInput(f"It may be {names}.", remedy="Say more of its name.")
        return found[0]

    def _occasion(self, sitting: Sitting, meeting: Meeting) -> Occasion:
        known = next_occasion(meeting, self.area)
        return dataclasses.replace(
            known, starts=meeting.slot or known.starts, mode=known.mode or sitting.mode_label
        )

    def _letter(self, sitting: Sitting, one: Invited) -> p.InvitationPaper:
        first = one.meetings[0].slot
        last = one.meetings[-1]
        ends_at = ""
        if last.slot is not None:
            end = datetime.combine(last.held_on, last.slot) + timedelta(minutes=last.booked_minutes)
            ends_at = f"{end:%H:%M}"
        asked = any(p.brings_report(meeting, one.organisation) for meeting in one.meetings)
        wanted = p.due_days(sitting, self.area)[1] if asked else None
        return p.InvitationPaper(
            ref=ref_of(sitting), organisation=one.organisation, area=self.area.name,
            marking=self.area.marking, made_on=self.today(), held_on=sitting.held_on,
            starts=f"{first:%H:%M}" if first else "", ends=ends_at, mode=sitting.mode_label,
            joining=sitting.joining, report_by=wanted,
            lines=tuple(p.line_of(meeting) for meeting in one.meetings),
            fiction=all(meeting.case.fiction for meeting in one.meetings),
        )  # fmt: skip

    def _list(self, sitting: Sitting) -> p.PapersList:
        meetings = self._must_come(sitting)
        invitations, papers = p.due_days(sitting, self.area)
        end = ends(sitting, meetings)
        booked = sitting.planned_end
        hours = f"{sitting.starts:%H:%M}" if sitting.starts else "start not said"
        hours += f" to {end:%H:%M}" if end else ""
        hours += f", booked until {booked:%H:%M}" if booked else ""
        said = "Level 2 and Level 3" if not sitting.level else Level(sitting.level).label
        every = self.standing(sitting)
        owed = [one for one in every if one.what is SentKind.JOINING]
        joined = sum(not one.is_owed for one in owed)
        facts = (
            ("Sitting", f"{ref_of(sitting)} {sitting.name}".strip()),
            ("Date", f"{sitting.held_on:%A} {long_date(sitting.held_on)}"), ("Hours", hours),
            ("For", said), ("Held", sitting.mode_label or "not said"),
            ("Chair", sitting.chair or "not said"), ("Minute taker", sitting.minute_taker or "not said"),
            ("Invitations by", long_date(invitations)), ("Papers and reports by", long_date(papers)),
            (
                "Joining instructions",
                f"{'kept' if sitting.joining else 'not said'}, sent to {joined} of {len(owed)} organisations",
            ),
        )  # fmt: skip
        return p.PapersList(
            ref=ref_of(sitting), area=self.area.name, marking=self.area.marking,
            made_on=self.today(), facts=facts,
            meetings=tuple(p.line_of(one, self.record.previous(one)) for one in meetings),
            wanted=tuple(row for one in meetings for row in p.reports_wanted(one, papers)),
            sent=tuple(
                p.sent_line(one.organisation, invitations, every) for one in self.invited(sitting)
            ),
            fiction=all(one.case.fiction for one in meetings),
        )  # fmt: skip

    # -- sent ----------------------------------------------------------------------------

    def sent(
        self, sitting: Sitting, what: SentKind, organisations: Sequence[str], on: date
    ) -> tuple[Standing, ...]:
        """Whoever works says that it was sent to these organisations, or with none named to every one
        that it is owed to. Returns how it stands for each.

        Raises NotFound, BadInput for a day to come or after the sitting, Refused where nothing is owed
        and for joining instructions that are not kept.
        """
        if on > min(self.today(), sitting.held_on):
            msg = f"{long_date(on)} is still to come, or after the sitting."
            raise BadInput(msg, remedy="Say the day on which it was sent.")
        if what is SentKind.JOINING and not sitting.joining:
            msg = f"{sitting.title} has no joining instructions."
            raise Refused(msg, remedy="Say them first, with panelkit sitting joining.")
        named = [self._named(sitting, words) for words in organisations]
        if not organisations:
            owed = {s.organisation for s in self.standing(sitting) if s.what is what and s.is_owed}
            named = [one for one in self.invited(sitting) if one.organisation in owed]
        if not named:
            raise Refused(f"{what.label}: nothing is owed to anybody of {sitting.title}.")
        by = self._by()
        rows = [
            SentOut(
                id=new_id(), sitting_id=sitting.id, meeting_id=meeting.id, what=what,
                organisation=one.organisation, sent_on=on, sent_by=by.name,
                told=told(what, sitting, [meeting]), typed_by=by.name, typed_at=by.at,
            )
            for one in named
            for meeting in one.meetings
        ]  # fmt: skip
        self.record.keep_sent_out([(None, row) for row in rows], by, command=new_id())
        sent_to = {one.organisation for one in named}
        return tuple(
            s for s in self.standing(sitting) if s.what is what and s.organisation in sent_to
        )

    def not_sent(self, sitting: Sitting, what: SentKind, organisation: str, why: str) -> Standing:
        """It was not sent after all: the line stays in sight with the reason, and it is owed again, or
        stands as it was sent before. Raises NotFound, BadInput without a reason, Refused."""
        clean, one = because(why), self._named(sitting, organisation)
        there = self._stands(what, sitting, one).rows
        if not there:
            msg = f"{what.label}: it is not recorded as sent to {one.organisation}."
            raise Refused(msg)
        by = self._by()
        gone = [
            dataclasses.replace(
                row, withdrawn=clean, typed_by=by.name, typed_at=by.at, revision=row.revision + 1
            )
            for row in there
        ]
        self.record.keep_sent_out([*zip(there, gone, strict=True)], by, command=new_id())
        return self._stands(what, sitting, one)

    def _stands(self, what: SentKind, sitting: Sitting, one: Invited) -> Standing:
        every = self.standing(sitting)
        return next(s for s in every if (s.what, s.organisation) == (what, one.organisation))

"""What a minute taker does with the draft: its sections, its words, what is pointed out in them.

The words of the minutes are the record's words. Facts are shown as they are generated, and
are corrected in the record under a reason that is kept with the first change.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from panelkit.domain import drafting, minutes, plain_words
from panelkit.domain import entries as e
from panelkit.domain.area import Area
from panelkit.domain.completeness import Gap, name_of
from panelkit.domain.conditions import is_asked
from panelkit.domain.deadlines import deadlines
from panelkit.domain.errors import Refused
from panelkit.domain.fields import Field, FieldKind, fields_of
from panelkit.domain.meeting import By, Meeting
from panelkit.domain.people import Act
from panelkit.domain.plain_words import Hint
from panelkit.domain.timescales import Calendar, Deadline, working_days_between
from panelkit.domain.vocabulary import MeetingKind, MeetingState, OwedWhat, Stops, YesNo
from panelkit.services.acting import acting
from panelkit.services.chairing import Chairing
from panelkit.services.clock import Clock
from panelkit.services.emergency import Emergency
from panelkit.services.minute_taking import MinuteTaking, kind_called
from panelkit.services.minutes_life import MinutesLife
from panelkit.store.record import Record

if TYPE_CHECKING:
    from panelkit.documents.compose import SectionView
    from panelkit.documents.compose.parts import Source

FACTS: Final[tuple[type[e.Entry], ...]] = (
    e.Attendance, e.Action, e.Decision, e.DecisionOption, e.Evidence, e.AgencyView, e.Told,
    e.KeyDate, e.RiskTool, e.Recipient, e.LinkedCase,
)  # fmt: skip
"""Kinds that are facts as a whole: generated, and corrected through the record."""

OFFICE: Final[tuple[type[e.Entry], ...]] = (
    e.Note, e.SectionWords, e.Presence, e.Part, e.Pause, e.Visit, e.Parked, e.RestrictedPart,
    e.Addendum,
)  # fmt: skip
"""Kinds whose words are not edited as words of a section."""


@dataclass(frozen=True, slots=True)
class WordsPlace:
    """One place of the draft where a minute taker writes."""

    owner: str
    """Agenda item, or kind of entry."""
    field: Field
    label: str
    entry: str = ""


@dataclass(frozen=True, slots=True)
class Flag:
    """A hint with the place it stands in."""

    place: WordsPlace
    hint: Hint


@dataclass(frozen=True, slots=True)
class SectionState:
    """A section of the draft, as the rail shows it."""

    view: SectionView
    places: tuple[WordsPlace, ...]
    flags: tuple[Flag, ...]
    notes: tuple[e.Note, ...]
    """Notes whose home it is, in the order they were said."""
    unwritten: int
    """Words without which the minutes cannot be approved."""
    unconfirmed: int
    """Carried and not confirmed."""
    written: bool
    edited: bool
    """Whether words changed after the meeting closed."""

    @property
    def key(self) -> str:
        """Key of the section."""
        return self.view.key

    @property
    def waiting(self) -> tuple[e.Note, ...]:
        """Notes not yet written up."""
        return tuple(note for note in self.notes if note.settled is not YesNo.YES)

    @property
    def words(self) -> tuple[str, ...]:
        """Its state in words, what is most pressing first."""
        said = [
            f"{len(self.waiting)} note{'' if len(self.waiting) == 1 else 's'}" if self.waiting else "",
            f"{self.unwritten} to write" if self.unwritten else "",
            f"{self.unconfirmed} carried" if self.unconfirmed else "",
            f"{len(self.flags)} flag{'' if len(self.flags) == 1 else 's'}" if self.flags else "",
            "edited" if self.edited else "words" if self.written else "",
        ]  # fmt: skip
        return tuple(x for x in said if x) or (("facts",) if self.view.section else ("empty",))


@dataclass(frozen=True, slots=True)
class Owed:
    """One meeting whose minutes are not issued, before it is read."""

    meeting_id: str
    ref: str
    due: date
    """The first of what is due of it: the draft, or the minutes."""


@dataclass(frozen=True, slots=True)
class Queued:
    """One meeting whose minutes are not issued."""

    meeting: Meeting
    draft: Deadline
    issue: Deadline
    unplaced: int
    notes: int
    unwritten: int
    unconfirmed: int
    flags: int
    waiting: minutes.Waiting
    afterwards: int = 0
    """Owed after an emergency panel and not settled, its minutes left out."""


@acting(
    Act.DRAFT,
    view=Act.READ,
    preview=Act.READ,
    sections=Act.READ,
    places=Act.READ,
    flags=Act.READ,
    homes=Act.READ,
    waiting_again=Act.READ,
    queue=Act.READ,
    owed=Act.READ,
    queued=Act.READ,
)
class Drafting:
    """The minute taker's verbs on the words of a draft."""

    def __init__(self, minutes: MinuteTaking, chairing: Chairing) -> None:
        """Both work on the same record."""
        self.minutes = minutes
        self.chairing = chairing
        self.area = chairing.area
        self.record = chairing.record

    def by(self) -> By:
        """Who acts, now."""
        return self.chairing.by()

    # -- sections ----------------------------------------------------------------------

    def _source(self, meeting: Meeting, gaps: tuple[Gap, ...]) -> Source:
        from panelkit.documents.compose.parts import Source

        template = self.minutes.template(kind_called("full"), meeting)
        return Source(
            meeting, self.area, template, gaps, deadlines(meeting, self.area),
            self.record.facts(meeting.id),
        )  # fmt: skip

    def view(self, meeting: Meeting, key: str, gaps: tuple[Gap, ...]) -> SectionView:
        """One section as it would print."""
        from panelkit.documents.compose import view_section

        source = self._source(meeting, gaps)
        return view_section(source, source.template.section(key))

    def preview(self, meeting: Meeting, key: str, gaps: tuple[Gap, ...], width: int) -> str:
        """The same as plain text."""
        from panelkit.documents.plain import write_section

        view = self.view(meeting, key, gaps)
        return write_section(view.section, width=width) if view.section else "(not printed here)"

    def sections(self, meeting: Meeting, gaps: tuple[Gap, ...]) -> tuple[SectionState, ...]:
        """Every section in the template's order, with its state."""
        from panelkit.documents.compose import SECTIONS, view_section

        source = self._source(meeting, gaps)
        plans = [p for p in source.template.sections if p.key in SECTIONS and p.include != "never"]
        views = [view_section(source, plan) for plan in plans]
        homes = self.homes(meeting, views)
        known: frozenset[str] = frozenset()
        found = []
        for view in views:
            places = self.places(meeting, view)
            flags = self.flags(meeting, places, known)
            known |= frozenset().union(
                *(plain_words.acronyms_of(text_at(meeting, place)) for place in places)
            )
            found.append(_state(meeting, view, places, flags, gaps, homes))
        return tuple(found)

    def places(self, meeting: Meeting, view: SectionView) -> tuple[WordsPlace, ...]:
        """Where words of this section are written: answers, entries, then its own words."""
        found = [
            WordsPlace(item.code, field, field.label)
            for item in meeting.agenda
            for field in item.fields
            if (item.code, field.key) in view.places and field.is_prose
            and (is_asked(field, meeting, self.area) or meeting.text(item.code, field.key))
        ]  # fmt: skip
        for kind in e.ENTRIES:
            if kind.kind not in view.kinds or kind in FACTS or kind in OFFICE:
                continue
            for row in meeting.live(kind):
                found += [
                    WordsPlace(kind.kind, field, f"{name_of(row)}: {field.label}", row.id)
                    for field in fields_of(kind)
                    if field.kind is FieldKind.WORDS
                    and (getattr(row, field.key) or field.stops is not Stops.NOTHING)
                ]
        own = fields_of(e.SectionWords)[-1]
        found += [
            WordsPlace("section_words", own, "Words of this section", row.id)
            for row in meeting.live(e.SectionWords)
            if row.section == view.key
        ]
        return tuple(found)

    def flags(
        self, meeting: Meeting, places: tuple[WordsPlace, ...], known: frozenset[str]
    ) -> tuple[Flag, ...]:
        """What is pointed out in the words, and carried words that nobody confirmed."""
        found: list[Flag] = []
        for place in places:
            text = text_at(meeting, place)
            hints = plain_words.hints(text, self.area.plain, known)
            known |= plain_words.acronyms_of(text)
            if _unconfirmed(meeting, place):
                start = " ".join(text.split()[:8])
                said = "Ask whose words they are, then confirm them (^F y) or write them anew."
                found.append(Flag(place, Hint("carried, not confirmed", start, 0, 0, said)))
            found += [Flag(place, hint) for hint in hints]
        return tuple(found)

    def homes(self, meeting: Meeting, views: list[SectionView]) -> dict[str, str]:
        """For each agenda item, the section its notes stand under: the one with most of it."""
        score: Counter[tuple[str, str]] = Counter()
        for view in views:
            for item, key in view.places:
                field = meeting.field(item, key)
                score[item, view.key] += 2 if field and field.is_prose else 1
            for kind in e.ENTRIES:
                if kind.kind in view.kinds and kind not in OFFICE:
                    score[kind.item, view.key] += 6
        homes: dict[str, str] = {}
        for entry in meeting.agenda:
            best = max(views, key=lambda view: score[entry.code, view.key])
            homes[entry.code] = best.key if score[entry.code, best.key] else "information"
        return homes

    # -- words -------------------------------------------------------------------------

    def write_up(
        self, meeting: Meeting, note: str, place: tuple[str, str, str], text: str, visit: str
    ) -> Meeting:
        """A note made into prose: words and mark are stored together or not at all."""
        after = drafting.write_up(meeting, note, *place, text, self.by())
        self.record.save(meeting, after, self.by(), command=visit, visit=visit, what="written up")
        return after

    def waiting_again(self, meeting: Meeting, note: str) -> Meeting:
        """The note waits again."""
        return self.chairing.change(meeting, e.Note, note, settled=None, written_in="")

    def correcting(self, meeting: Meeting, reason: str) -> Chairing:
        """Who corrects the record of a closed meeting. Raises Refused without a reason."""
        if meeting.state is not MeetingState.CLOSED:
            return self.chairing
        if not reason.strip():
            msg = "A correction after the meeting has a reason: say how the record was wrong."
            raise Refused(msg)
        chairing = self.chairing
        return Correcting(
            chairing.record, chairing.area, chairing.clock, chairing.who, reason=reason
        )

    # -- the queue ---------------------------------------------------------------------

    def queue(self) -> tuple[Queued, ...]:
        """Meetings held whose minutes are not issued, the first due first, all of them read."""
        return self.queued(self.owed())

    def owed(self) -> tuple[Owed, ...]:
        """The same, each by its own facts: which there are is known before any is read."""
        done = (MeetingState.PLANNED, MeetingState.ISSUED, MeetingState.ELSEWHERE)
        states = [each for each in MeetingState if each not in done]
        found = []
        for head in self.record.in_states(states):
            due = {deadline.what: deadline.due for deadline in deadlines(head, self.area)}
            first = min(due["Draft to the chair"], due["Minutes issued"])
            found.append(Owed(head.id, head.ref, first))
        return tuple(sorted(found, key=lambda owed: (owed.due, owed.ref)))

    def queued(self, owed: Sequence[Owed]) -> tuple[Queued, ...]:
        """What each of these still needs; one that is gone is left out."""
        there = self.record.load_many([each.meeting_id for each in owed])
        return tuple(self._queued(meeting) for meeting in there.values())

    def _queued(self, meeting: Meeting) -> Queued:
        gaps = self.chairing.gaps(meeting)
        sections = self.sections(meeting, gaps)
        due = {deadline.what: deadline for deadline in deadlines(meeting, self.area)}
        return Queued(
            meeting, due["Draft to the chair"], due["Minutes issued"],
            unplaced=sum(not note.place for note in meeting.live(e.Note)),
            notes=sum(len(s.waiting) for s in sections), unwritten=sum(s.unwritten > 0 for s in sections),
            unconfirmed=sum(s.unconfirmed for s in sections), flags=sum(len(s.flags) for s in sections),
            waiting=MinutesLife(self.minutes).waiting(meeting), afterwards=self._afterwards(meeting),
        )  # fmt: skip

    def _afterwards(self, meeting: Meeting) -> int:
        if meeting.kind is not MeetingKind.EMERGENCY:
            return 0
        by = self.chairing
        owed = Emergency(self.record, self.area, (), by.clock, by.who).owed(meeting)
        return sum(not one.is_settled and one.what is not OwedWhat.MINUTES for one in owed)


class Correcting(Chairing):
    """Changes to a closed record; the reason is stored in the transaction of the first."""

    def __init__(self, record: Record, area: Area, clock: Clock, who: str, *, reason: str) -> None:
        """As :class:`Chairing`, under a reason."""
        super().__init__(record, area, clock, who)
        self.reason = reason
        self._noted = False

    def _write(
        self, before: Meeting, after: Meeting, *, command: str, visit: str = "",
        fact: tuple[str, str] | None = None,
    ) -> None:  # fmt: skip
        first = fact if self._noted else ("corrected", self.reason)
        self.record.save(before, after, self.by(), command=command, visit=visit, fact=first)
        self._noted = True
        if fact is not None and fact is not first:
            self.record.note_life(after.id, fact[0], self.by(), fact[1])


def text_at(meeting: Meeting, place: WordsPlace) -> str:
    """The words that stand there."""
    return drafting.words_at(meeting, place.owner, place.field.key, place.entry)


def due_words(deadline: Deadline, today: date, calendar: Calendar) -> str:
    """``today``, ``LATE by 2 working days``, ``in 3 working days``."""
    days = working_days_between(today, deadline.due, calendar)
    if deadline.due == today:
        return "today"
    if deadline.due < today:
        late = max(1, -days)
        return f"LATE by {late} working day{'' if late == 1 else 's'}"
    return f"in {days} working day{'' if days == 1 else 's'}"


def _unconfirmed(meeting: Meeting, place: WordsPlace) -> bool:
    if not place.entry:
        answer = meeting.answers.get((place.owner, place.field.key))
        return bool(answer and answer.is_unconfirmed)
    row = next((r for r in meeting.rows.get(place.owner, ()) if r.id == place.entry), None)
    first = next(
        (f.key for f in fields_of(e.BY_KIND[place.owner]) if f.kind is FieldKind.WORDS), ""
    )
    return bool(row and row.is_unconfirmed and place.field.key == first)


def _state(
    meeting: Meeting, view: SectionView, places: tuple[WordsPlace, ...], flags: tuple[Flag, ...],
    gaps: tuple[Gap, ...], homes: dict[str, str],
) -> SectionState:  # fmt: skip
    own = {(p.entry or p.owner, p.field.key) for p in places}
    ended = max((p.ended_at for p in meeting.live(e.Part) if p.ended_at), default=None)
    typed = [_typed_at(meeting, place) for place in places]
    return SectionState(
        view, places, flags,
        tuple(n for n in meeting.live(e.Note) if n.place and homes.get(n.place) == view.key),
        unwritten=sum(
            (gap.entry or gap.item, gap.field) in own and not gap.parked and gap.stops is Stops.APPROVAL
            for gap in gaps
        ),
        unconfirmed=sum(flag.hint.kind == "carried, not confirmed" for flag in flags),
        written=any(text_at(meeting, place).strip() for place in places),
        edited=ended is not None and any(at and at > ended for at in typed),
    )  # fmt: skip


def _typed_at(meeting: Meeting, place: WordsPlace) -> datetime | None:
    if not place.entry:
        answer = meeting.answers.get((place.owner, place.field.key))
        return answer.typed_at if answer else None
    rows = meeting.rows.get(place.owner, ())
    return next((row.typed_at for row in rows if row.id == place.entry), None)


def overlaid(meeting: Meeting, typed: dict[tuple[str, str, str], str], by: By) -> Meeting:
    """The meeting as it would be with what is typed and not yet stored; for looking at only."""
    for (owner, field, entry), text in typed.items():
        if not entry:
            before = meeting.answers.get((owner, field))
            if before is not None or meeting.field(owner, field):
                meeting = meeting.answer(owner, field, text, by)
        elif any(row.id == entry for row in meeting.rows.get(owner, ())):
            meeting = meeting.change(e.BY_KIND[owner], entry, by, **{field: text})
    return meeting


def fresh_words(meeting: Meeting, key: str, new_id: str) -> e.SectionWords | None:
    """Words of a section begun, where it has none yet; nothing is stored until something is said."""
    there = any(row.section == key for row in meeting.live(e.SectionWords))
    return None if there else replace(e.SectionWords(id=new_id), section=key)

"""Typed content of a meeting: one frozen dataclass for each kind, listed in ``ENTRIES``.

Each field carries its description (:func:`panelkit.domain.fields.spec`), from which
forms, packs, gaps and masks follow. A blank choice is None: nothing is No because
it is blank. Organisations are named as they are in attendance.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime, time
from typing import Any, ClassVar, Final

from panelkit.domain import vocabulary as v
from panelkit.domain.fields import FieldKind as K
from panelkit.domain.fields import choice, spec
from panelkit.domain.vocabulary import Sensitivity as S
from panelkit.domain.vocabulary import Stops


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What every row of typed content has, whoever typed it."""

    kind: ClassVar[str] = ""
    """Key in packs, name of the collection on a meeting, stem of the table."""

    item: ClassVar[str] = ""
    """The agenda item it belongs to."""

    title: ClassVar[str] = ""
    """What one of them is called."""

    prefix: ClassVar[str] = ""
    """Before its number, where people refer to it by number (D1, V2)."""

    follows: ClassVar[str] = ""
    """The kind it hangs from, where it is part of another entry."""

    id: str
    """A text UUID."""

    number: int = 0
    """Its place among its kind in this meeting; kept when an entry is withdrawn."""

    parent: str = ""
    """Id of the entry it hangs from, for kinds with ``follows``."""

    typed_by: str = ""
    """Who typed it, which is not who said or decided it."""

    typed_at: datetime | None = None
    """When, in UTC."""

    withdrawn: str = ""
    """Reason it was withdrawn; it keeps its number and prints as withdrawn."""

    carried_from: str = ""
    """Reference and date of the meeting it was carried from."""

    confirmed_by: str = ""
    """Who confirmed a carried entry as current; blank is "not confirmed"."""

    read_back: v.ReadBack | None = None
    """What the chair said of it at A16; None for what is not read back."""

    restricted_part: str = ""
    """Id of the restricted part in which it was said, else blank."""

    revision: int = 1
    """Counts changes, so that two programs never overwrite each other silently."""

    @property
    def ref(self) -> str:
        """How people refer to it: ``D1``."""
        return f"{self.prefix}{self.number}"

    @property
    def is_live(self) -> bool:
        """Not withdrawn."""
        return not self.withdrawn

    @property
    def is_unconfirmed(self) -> bool:
        """Carried from an earlier meeting and not yet confirmed."""
        return bool(self.carried_from) and not self.confirmed_by


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance(Entry):
    """A person, of an organisation, of an agency type, in a MAPPA area."""

    kind: ClassVar[str] = "attendance"
    item: ClassVar[str] = "A1"
    title: ClassVar[str] = "Person invited"

    name: str = spec("Name", K.PERSON, sensitivity=S.OPEN)
    role: str = spec("Role or grade", sensitivity=S.OPEN)
    organisation: str = spec(
        "Organisation", K.ORGANISATION, stops=Stops.CLOSING, sensitivity=S.OPEN
    )
    agency: v.AgencyType | None = choice(
        "Agency", v.AgencyType, stops=Stops.CLOSING, sensitivity=S.OPEN
    )
    area: str = spec("MAPPA area, if not ours", sensitivity=S.OPEN)
    meeting_role: v.MeetingRole | None = choice(
        "At this meeting", v.MeetingRole, sensitivity=S.OPEN
    )
    invited: v.InviteRole | None = choice("Invited as", v.InviteRole, sensitivity=S.OPEN)
    status: v.AttendanceStatus | None = choice(
        "Attendance", v.AttendanceStatus, stops=Stops.CLOSING, sensitivity=S.OPEN
    )
    deputy_for: str = spec("Deputy for", sensitivity=S.OPEN)
    report: v.ReportStatus | None = choice("Written report", v.ReportStatus, sensitivity=S.OPEN)
    report_on: date | None = spec("Report received on", K.DATE, sensitivity=S.OPEN)
    identity: v.YesNo | None = choice("Identity confirmed", v.YesNo, sensitivity=S.OPEN)
    private_space: v.YesNo | None = choice("Alone and not overheard", v.YesNo, sensitivity=S.OPEN)
    spoc_contacted_at: str = spec("SPOC contacted", sensitivity=S.OPEN)
    spoc_outcome: str = spec("Outcome of contacting the SPOC", sensitivity=S.OPEN)
    email: str = spec("Secure e-mail")


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence(Entry):
    """Somebody joined, left, or heard the statement; ``parent`` is the attendance."""

    kind: ClassVar[str] = "presence"
    item: ClassVar[str] = "A1"
    title: ClassVar[str] = "Presence"
    follows: ClassVar[str] = "attendance"

    what: v.PresenceKind | None = choice("What", v.PresenceKind, sensitivity=S.OPEN)
    at: datetime | None = spec("At", K.INSTANT, sensitivity=S.OPEN)
    part: int = spec("Part of the meeting", K.NUMBER, default=1, sensitivity=S.OPEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Call(Entry):
    """One attempt to reach an organisation for a meeting; a line is added, never written over."""

    kind: ClassVar[str] = "calls"
    item: ClassVar[str] = "A1"
    title: ClassVar[str] = "Call"

    organisation: str = spec(
        "Organisation", K.ORGANISATION, stops=Stops.APPROVAL, sensitivity=S.OPEN
    )
    agency: v.AgencyType | None = choice("Agency", v.AgencyType, sensitivity=S.OPEN)
    person: str = spec("Person or desk asked for", K.PERSON, sensitivity=S.OPEN)
    outcome: v.CallOutcome | None = choice(
        "What came of it", v.CallOutcome, stops=Stops.APPROVAL, sensitivity=S.OPEN
    )
    at: datetime | None = spec("Rung at", K.INSTANT, stops=Stops.APPROVAL, sensitivity=S.OPEN)
    rung_by: str = spec("Rung by", K.PERSON, sensitivity=S.OPEN)
    note: str = spec("Note", K.WORDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Interest(Entry):
    """Somebody knows the individual, a victim or their families, or has another interest."""

    kind: ClassVar[str] = "interests"
    item: ClassVar[str] = "A1"
    title: ClassVar[str] = "Interest declared"

    declared_by: str = spec("Declared by", K.PERSON, stops=Stops.CLOSING)
    nature: str = spec("Nature of the interest", K.WORDS, stops=Stops.APPROVAL)
    handling: v.InterestHandling | None = choice(
        "How it is handled", v.InterestHandling, stops=Stops.CLOSING
    )
    detail: str = spec("Items left, deputy or papers")


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedEntry(Entry):
    """Somebody uninvited: the individual, a relative, a representative."""

    kind: ClassVar[str] = "refused_entries"
    item: ClassVar[str] = "A1"
    title: ClassVar[str] = "Refused entry"

    who: str = spec("Who", stops=Stops.CLOSING)
    at: time | None = spec("Time", K.TIME)
    heard: str = spec("What they may have heard", K.WORDS, stops=Stops.APPROVAL)
    done: str = spec("What was done", K.WORDS, stops=Stops.APPROVAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyDate(Entry):
    """A date that shapes the plan."""

    kind: ClassVar[str] = "key_dates"
    item: ClassVar[str] = "A3"
    title: ClassVar[str] = "Key date"

    event: v.KeyDateKind | None = choice(
        "Event", v.KeyDateKind, stops=Stops.APPROVAL, sensitivity=S.OPEN
    )
    on: date | None = spec("Date", K.DATE, stops=Stops.APPROVAL, sensitivity=S.OPEN)
    detail: str = spec("Detail")
    source: str = spec("Source")


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction(Entry):
    """A correction to the last minutes."""

    kind: ClassVar[str] = "corrections"
    item: ClassVar[str] = "A4"
    title: ClassVar[str] = "Correction"

    where: str = spec("Where in the last minutes", stops=Stops.APPROVAL)
    was: str = spec("Was", K.WORDS, stops=Stops.APPROVAL)
    now: str = spec("Now", K.WORDS, stops=Stops.APPROVAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Action(Entry):
    """Something one named person will do by a date. Keeps its reference across meetings."""

    kind: ClassVar[str] = "actions"
    item: ClassVar[str] = "A16"
    title: ClassVar[str] = "Action"

    set_at: int = spec("Set at meeting", K.NUMBER, default=0, sensitivity=S.OPEN)
    text: str = spec(
        "Action", K.WORDS, stops=Stops.CLOSING, ask="Verb first: who does what, exactly?"
    )
    risk: tuple[v.RiskGroup, ...] = spec("Risk it answers", K.CHOICES, choices="RiskGroup")
    why: str = spec("Why", K.WORDS)
    owner: str = spec("Owner", K.PERSON, stops=Stops.CLOSING, sensitivity=S.OPEN)
    organisation: str = spec(
        "Organisation", K.ORGANISATION, stops=Stops.CLOSING, sensitivity=S.OPEN
    )
    due: date | None = spec("Due", K.DATE, stops=Stops.CLOSING, sensitivity=S.OPEN)
    priority: v.Priority | None = choice("Priority", v.Priority, sensitivity=S.OPEN)
    success_measure: str = spec("How we will know", K.WORDS, stops=Stops.APPROVAL)
    accepted: v.YesNo | None = choice(
        "Accepted by its owner", v.YesNo, stops=Stops.CLOSING, sensitivity=S.OPEN
    )
    set_by: str = spec("Set by, if between meetings", sensitivity=S.OPEN)
    status: v.ActionStatus | None = choice("Status", v.ActionStatus, sensitivity=S.OPEN)
    outcome: str = spec("Outcome: what difference it made", K.WORDS)
    completed_on: date | None = spec("Completed on", K.DATE, sensitivity=S.OPEN)
    reason_not_done: str = spec("Why it is not done", K.WORDS)
    new_due: date | None = spec("New date", K.DATE, sensitivity=S.OPEN)
    carry_forward: v.YesNo | None = choice("Carried forward", v.YesNo, sensitivity=S.OPEN)
    times_carried: int = spec("Times carried", K.NUMBER, default=0, sensitivity=S.OPEN)
    origin: str = spec("Origin", sensitivity=S.OPEN)

    @property
    def ref(self) -> str:
        """``2.4``: the fourth action set at meeting 2, whichever meeting prints it."""
        return f"{self.set_at}.{self.number}"

    @property
    def current_due(self) -> date | None:
        """The new date where one was given, else the first."""
        return self.new_due or self.due


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution(Entry):
    """What one organisation told the meeting, or that it had nothing."""

    kind: ClassVar[str] = "contributions"
    item: ClassVar[str] = "A7"
    title: ClassVar[str] = "Contribution"

    organisation: str = spec(
        "Organisation", K.ORGANISATION, stops=Stops.CLOSING, sensitivity=S.OPEN
    )
    given_by: str = spec("Given by", K.PERSON, sensitivity=S.OPEN)
    nil_return: v.YesNo | None = choice("Nothing to add", v.YesNo, sensitivity=S.OPEN)
    text: str = spec("What was said: who, what, when, source, so what", K.WORDS)
    info_type: v.InfoType | None = choice(
        "Fact, intelligence or opinion", v.InfoType, stops=Stops.APPROVAL
    )
    source: str = spec("How do we know?")
    is_new: v.YesNo | None = choice("New since last time", v.YesNo)
    restricted_to: tuple[str, ...] = spec("Restricted to (organisations)", K.ORGANISATIONS)
    third_party: v.YesNo | None = choice("About a third party", v.YesNo)
    declined: str = spec("Declined to share, because", K.WORDS)
    grading: str = spec("Intelligence grading and handling", sensitivity=S.INTELLIGENCE)
    minuting_agreed: v.YesNo | None = choice("Originator agrees to minuting", v.YesNo)


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyReturn(Entry):
    """What one organisation was asked before the meeting, and what came back.

    A source for whoever chairs: nothing of it was said in the room, and nothing of it prints until
    somebody takes it into the record.
    """

    kind: ClassVar[str] = "agency_returns"
    item: ClassVar[str] = "A7"
    title: ClassVar[str] = "Return"

    organisation: str = spec("Organisation", K.ORGANISATION, sensitivity=S.OPEN)
    agency: v.AgencyType | None = choice("Agency", v.AgencyType, sensitivity=S.OPEN)
    sheet: str = spec("Number of the form", sensitivity=S.OPEN)
    asked_on: date | None = spec("Form written on", K.DATE, sensitivity=S.OPEN)
    asked_by: str = spec("Form written by", K.PERSON, sensitivity=S.OPEN)
    due: date | None = spec("Asked for by", K.DATE, sensitivity=S.OPEN)
    answer: v.ReturnAnswer | None = choice("Answer", v.ReturnAnswer, sensitivity=S.OPEN)
    came_on: date | None = spec("Came back on", K.DATE, sensitivity=S.OPEN)
    filled_by: str = spec("Filled in by", K.PERSON, sensitivity=S.OPEN)
    attends: str = spec("Who is to come", K.WORDS, sensitivity=S.OPEN)
    report_only: v.YesNo | None = choice(
        "Nobody comes: the return is the report", v.YesNo, sensitivity=S.OPEN
    )
    late: v.YesNo | None = choice("Came after the meeting was closed", v.YesNo, sensitivity=S.OPEN)
    unread: str = spec("What could not be placed", K.WORDS)
    file: str = spec("File")
    digest: str = spec("Fingerprint of the file", sensitivity=S.OPEN)
    addendum: str = spec("Addendum made of it", sensitivity=S.OPEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnLine(Entry):
    """One answer of a return, with what its giver allows to be done with it."""

    kind: ClassVar[str] = "return_lines"
    item: ClassVar[str] = "A7"
    title: ClassVar[str] = "Line of a return"
    follows: ClassVar[str] = "agency_returns"

    organisation: str = spec("Organisation", K.ORGANISATION, sensitivity=S.OPEN)
    place: str = spec("For item", sensitivity=S.OPEN)
    asked: str = spec("What was asked", K.WORDS)
    text: str = spec("Answer", K.WORDS)
    about: str = spec("Action", sensitivity=S.OPEN)
    status: v.ActionStatus | None = choice("How it stands", v.ActionStatus, sensitivity=S.OPEN)
    done_on: date | None = spec("Done on", K.DATE, sensitivity=S.OPEN)
    minuted: v.YesNo | None = choice("May be minuted", v.YesNo)
    restricted_to: tuple[str, ...] = spec("Who may have it (organisations)", K.ORGANISATIONS)
    use: v.ReturnUse | None = choice("What became of it", v.ReturnUse, sensitivity=S.OPEN)
    taken_in: str = spec("Taken into", sensitivity=S.OPEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class VictimIssue(Entry):
    """A victim by reference, never by name."""

    kind: ClassVar[str] = "victims"
    item: ClassVar[str] = "A9"
    title: ClassVar[str] = "Victim"
    prefix: ClassVar[str] = "V"

    relationship: str = spec("Relationship type", sensitivity=S.VICTIM, stops=Stops.APPROVAL)
    vcs_status: v.VictimStatus | None = choice(
        "Victim Contact Scheme", v.VictimStatus, sensitivity=S.VICTIM
    )
    view: str = spec("View, and conditions asked for", K.WORDS, sensitivity=S.VICTIM)
    safety_measure: str = spec(
        "Safety measure", K.WORDS, sensitivity=S.VICTIM, stops=Stops.APPROVAL
    )
    owner: str = spec("Owner", K.PERSON, sensitivity=S.VICTIM)


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskRating(Entry):
    """Risk of serious harm to one group; last time's is shown, never pre-filled."""

    kind: ClassVar[str] = "ratings"
    item: ClassVar[str] = "A10"
    title: ClassVar[str] = "Risk rating"

    group: v.RiskGroup | None = choice("Group", v.RiskGroup, sensitivity=S.OPEN)
    last: v.RiskOfSeriousHarm | None = choice("Last time", v.RiskOfSeriousHarm)
    level: v.RiskOfSeriousHarm | None = choice(
        "Rating now", v.RiskOfSeriousHarm, stops=Stops.CLOSING
    )
    because: str = spec("Because", K.WORDS, stops=Stops.APPROVAL)

    @property
    def change(self) -> v.Change | None:
        """How it moved; None while either is not known."""
        if self.last is None or self.level is None:
            return None
        step = self.level.rank - self.last.rank
        return v.Change.UP if step > 0 else v.Change.DOWN if step < 0 else v.Change.SAME


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskTool(Entry):
    """An assessment tool with its result."""

    kind: ClassVar[str] = "tools"
    item: ClassVar[str] = "A10"
    title: ClassVar[str] = "Assessment tool"

    tool: str = spec(
        "Tool", stops=Stops.APPROVAL, ask="OASys, OSP, RSR, ARMS, SARA, HCR-20, AssetPlus …"
    )
    result: str = spec("Score or band", stops=Stops.APPROVAL)
    on: date | None = spec("Date", K.DATE)
    assessor: str = spec("By")


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure(Entry):
    """One measure of the plan, in a pillar, tied to the risks that it answers."""

    kind: ClassVar[str] = "measures"
    item: ClassVar[str] = "A11"
    title: ClassVar[str] = "Measure"
    prefix: ClassVar[str] = "M"

    pillar: v.Pillar | None = choice("Pillar", v.Pillar, stops=Stops.APPROVAL)
    text: str = spec("Measure", K.WORDS, stops=Stops.CLOSING)
    risk: tuple[v.RiskGroup, ...] = spec(
        "Risk it answers", K.CHOICES, choices="RiskGroup", stops=Stops.APPROVAL
    )
    organisation: str = spec("Organisation", K.ORGANISATION, stops=Stops.APPROVAL)
    owner: str = spec("Owner", K.PERSON)
    start: str = spec("Start")
    standard: str = spec("Frequency or standard")


@dataclass(frozen=True, slots=True, kw_only=True)
class Contingency(Entry):
    """If this, then that, by whom, within."""

    kind: ClassVar[str] = "contingencies"
    item: ClassVar[str] = "A11"
    title: ClassVar[str] = "Contingency"
    prefix: ClassVar[str] = "C"

    trigger: str = spec("If", K.WORDS, stops=Stops.APPROVAL)
    response: str = spec("Then", K.WORDS, stops=Stops.APPROVAL)
    who: str = spec("Who", stops=Stops.APPROVAL)
    within: str = spec("Within", stops=Stops.APPROVAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Order(Entry):
    """An order or control in force."""

    kind: ClassVar[str] = "orders"
    item: ClassVar[str] = "A11"
    title: ClassVar[str] = "Order or control"

    control: v.ControlType | None = choice("Order", v.ControlType, stops=Stops.APPROVAL)
    terms: str = spec("Terms", K.WORDS)
    made_on: date | None = spec("Made", K.DATE)
    ends_on: date | None = spec("Ends", K.DATE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Restriction(Entry):
    """A restriction of rights: lawful, necessary, proportionate, the least that works."""

    kind: ClassVar[str] = "restrictions"
    item: ClassVar[str] = "A12"
    title: ClassVar[str] = "Restriction"

    measure: str = spec("Measure", K.WORDS, stops=Stops.APPROVAL)
    legal_basis: str = spec("Legal basis", K.WORDS, stops=Stops.APPROVAL)
    aim: v.LegalAim | None = choice("Aim (Article 8(2))", v.LegalAim, stops=Stops.APPROVAL)
    necessary: str = spec("Necessary because", K.WORDS, stops=Stops.APPROVAL)
    lesser_rejected: str = spec("Lesser option rejected because", K.WORDS, stops=Stops.APPROVAL)
    review: str = spec("Duration and review", stops=Stops.APPROVAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosure(Entry):
    """One disclosure to one third party."""

    kind: ClassVar[str] = "disclosures"
    item: ClassVar[str] = "A13"
    title: ClassVar[str] = "Disclosure"

    to_whom: str = spec("To whom", K.WORDS, stops=Stops.CLOSING)
    what: str = spec("Exactly what", K.WORDS, stops=Stops.CLOSING)
    protects: str = spec("Needed to protect whom, and why", K.WORDS, stops=Stops.APPROVAL)
    by_whom: str = spec("Who will do it", K.PERSON, stops=Stops.CLOSING)
    by_when: date | None = spec("By", K.DATE, stops=Stops.CLOSING)
    jointly: v.YesNo | None = choice("Jointly with another agency", v.YesNo)
    subject_first: v.YesNo | None = choice(
        "Told first, or asked to tell", v.YesNo, stops=Stops.APPROVAL
    )
    subject_first_reason: str = spec("If not, why", K.WORDS)
    risk_to_subject: str = spec("Risk to the individual", K.WORDS, stops=Stops.APPROVAL)
    undertaking: v.YesNo | None = choice("Undertaking signed", v.YesNo)
    recipient_must: str = spec("What the recipient must do", K.WORDS, stops=Stops.APPROVAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision(Entry):
    """A decision is a record: question, options, evidence, views, reason, reopening event."""

    kind: ClassVar[str] = "decisions"
    item: ClassVar[str] = "A15"
    title: ClassVar[str] = "Decision"
    prefix: ClassVar[str] = "D"

    at_item: str = spec("At item", sensitivity=S.OPEN)
    type: v.DecisionType | None = choice(
        "Kind", v.DecisionType, stops=Stops.APPROVAL, sensitivity=S.OPEN
    )
    question: str = spec("Question", K.WORDS, ask="What had to be decided?")
    decision: str = spec("Decision, in one sentence", K.WORDS, stops=Stops.CLOSING)
    power: v.Power | None = choice("Whose power", v.Power)
    decided_by: str = spec("Decided by", K.PERSON, stops=Stops.APPROVAL, sensitivity=S.OPEN)
    because: str = spec("Because", K.WORDS, ask="At least a sentence that names its evidence.")
    legal_basis: str = spec("Legal or policy basis", K.WORDS)
    none_against: str = spec("No evidence against: who looked", K.WORDS)
    unknowns: str = spec("Not known, and how it will be found out", K.WORDS)
    likelihood: str = spec("Likelihood, impact, imminence", K.WORDS)
    necessity: str = spec("Necessity", K.WORDS)
    proportionality: str = spec("Proportionality, and the lesser option tried", K.WORDS)
    lower_insufficient: str = spec("Why the lower level is not enough", K.WORDS)
    higher_not_needed: str = spec("Why the higher level is not needed", K.WORDS)
    residual_risk: str = spec("Residual risk", K.WORDS)
    victim_effect: str = spec("Effect on victims", K.WORDS, sensitivity=S.VICTIM)
    subject_effect: str = spec("Effect on the individual", K.WORDS)
    diversity_effect: str = spec("Effect of diversity and vulnerability", K.WORDS)
    asked_otherwise: v.YesNo | None = choice("Asked who sees it differently", v.YesNo)
    dissent_handling: str = spec("How dissent was handled", K.WORDS)
    escalated_to: str = spec("Dissent escalated to")
    escalated_by: date | None = spec("Escalated by", K.DATE)
    review_trigger: str = spec("Reopen if", K.WORDS)
    review_date: date | None = spec("Review date", K.DATE)


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionOption(Entry):
    """One option that was weighed, including no change."""

    kind: ClassVar[str] = "options"
    item: ClassVar[str] = "A15"
    title: ClassVar[str] = "Option"
    follows: ClassVar[str] = "decisions"

    option: str = spec("Option", stops=Stops.APPROVAL)
    favour: str = spec("For", K.WORDS)
    against: str = spec("Against", K.WORDS)
    chosen: v.YesNo | None = choice("Chosen", v.YesNo)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence(Entry):
    """One piece of evidence with its source."""

    kind: ClassVar[str] = "evidence"
    item: ClassVar[str] = "A15"
    title: ClassVar[str] = "Evidence"
    prefix: ClassVar[str] = "E"
    follows: ClassVar[str] = "decisions"

    side: v.EvidenceSide | None = choice("For or against", v.EvidenceSide, stops=Stops.APPROVAL)
    text: str = spec("Evidence", K.WORDS, stops=Stops.APPROVAL)
    source: str = spec("Source", K.ORGANISATION, stops=Stops.APPROVAL)
    on: str = spec("Date")
    info_type: v.InfoType | None = choice("Kind", v.InfoType)


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyView(Entry):
    """What one organisation thinks of a decision."""

    kind: ClassVar[str] = "views"
    item: ClassVar[str] = "A15"
    title: ClassVar[str] = "View"
    follows: ClassVar[str] = "decisions"

    organisation: str = spec(
        "Organisation", K.ORGANISATION, stops=Stops.APPROVAL, sensitivity=S.OPEN
    )
    view: v.View | None = choice("View", v.View, stops=Stops.APPROVAL)
    note: str = spec("In their words", K.WORDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told(Entry):
    """Somebody a decision must reach."""

    kind: ClassVar[str] = "told"
    item: ClassVar[str] = "A15"
    title: ClassVar[str] = "Told"
    follows: ClassVar[str] = "decisions"

    who: str = spec("Who is told", stops=Stops.APPROVAL)
    by_whom: str = spec("By whom", K.PERSON, stops=Stops.APPROVAL)
    by_when: date | None = spec("By", K.DATE, stops=Stops.APPROVAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Note(Entry):
    """One line caught while talk ran ahead of the agenda."""

    kind: ClassVar[str] = "notes"
    item: ClassVar[str] = ""
    title: ClassVar[str] = "Note"

    place: str = spec("Item, or blank while unplaced", sensitivity=S.OPEN)
    speaker: str = spec("Organisation that said it", K.ORGANISATION, sensitivity=S.OPEN)
    info_type: v.InfoType | None = choice("Kind", v.InfoType)
    text: str = spec("Note", K.WORDS, stops=Stops.CLOSING)
    settled: v.YesNo | None = choice("Written up", v.YesNo, sensitivity=S.OPEN)
    written_in: str = spec("Written up in", sensitivity=S.OPEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionWords(Entry):
    """Words of a section of the minutes that belong to no field: the minute taker's prose."""

    kind: ClassVar[str] = "section_words"
    item: ClassVar[str] = ""
    title: ClassVar[str] = "Words of a section"

    section: str = spec("Section of the minutes", sensitivity=S.OPEN)
    text: str = spec("Words", K.WORDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class RestrictedPart(Entry):
    """A part heard by some only; everything noted in it is theirs."""

    kind: ClassVar[str] = "restricted_parts"
    item: ClassVar[str] = "A7"
    title: ClassVar[str] = "Restricted part"

    reason: str = spec("Reason", K.WORDS, stops=Stops.CLOSING)
    staying: tuple[str, ...] = spec("Organisations that stay", K.ORGANISATIONS, stops=Stops.CLOSING)
    seen_to_leave: str = spec("Seen to leave", K.WORDS, stops=Stops.APPROVAL)
    started_at: datetime | None = spec("From", K.INSTANT, sensitivity=S.OPEN)
    ended_at: datetime | None = spec("Until", K.INSTANT, sensitivity=S.OPEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedCase(Entry):
    """A case that shares a partner, victim or address; nothing of it prints here by default."""

    kind: ClassVar[str] = "linked_cases"
    item: ClassVar[str] = "A3"
    title: ClassVar[str] = "Linked case"

    case_ref: str = spec("Case reference", stops=Stops.APPROVAL)
    link: str = spec("How they are linked", K.WORDS, stops=Stops.APPROVAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part(Entry):
    """One part of a meeting that was heard on more than one occasion."""

    kind: ClassVar[str] = "parts"
    item: ClassVar[str] = "A18"
    title: ClassVar[str] = "Part of the meeting"

    started_at: datetime | None = spec("Started", K.INSTANT, sensitivity=S.OPEN)
    ended_at: datetime | None = spec("Ended", K.INSTANT, sensitivity=S.OPEN)
    statement: v.Statement | None = choice("Statement", v.Statement, sensitivity=S.OPEN)
    reason: str = spec("Why it stopped", K.WORDS)
    interim_risk: str = spec("Risk meanwhile", K.WORDS)
    interim_level: v.Level | None = choice("Level meanwhile", v.Level)
    immediate_actions: str = spec("Immediate actions", K.WORDS)
    resume_on: date | None = spec("Resumes on", K.DATE, sensitivity=S.OPEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause(Entry):
    """The clock stopped and started again."""

    kind: ClassVar[str] = "pauses"
    item: ClassVar[str] = "A18"
    title: ClassVar[str] = "Pause"

    from_: datetime | None = spec("From", K.INSTANT, sensitivity=S.OPEN)
    until: datetime | None = spec("Until", K.INSTANT, sensitivity=S.OPEN)
    reason: str = spec("Reason")


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit(Entry):
    """When an item was opened and left, so that the record says what was discussed when."""

    kind: ClassVar[str] = "visits"
    item: ClassVar[str] = ""
    title: ClassVar[str] = "Visit"

    place: str = spec("Item", sensitivity=S.OPEN)
    opened_at: datetime | None = spec("Opened", K.INSTANT, sensitivity=S.OPEN)
    left_at: datetime | None = spec("Left", K.INSTANT, sensitivity=S.OPEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parked(Entry):
    """A gate that the chair left open with a reason that prints."""

    kind: ClassVar[str] = "parked"
    item: ClassVar[str] = ""
    title: ClassVar[str] = "Parked"

    place: str = spec("Item", sensitivity=S.OPEN)
    gate: str = spec("What is parked", sensitivity=S.OPEN)
    reason: str = spec("Reason, which prints", K.WORDS, stops=Stops.CLOSING)
    until: date | None = spec("Until", K.DATE, sensitivity=S.OPEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient(Entry):
    """Somebody on the distribution list."""

    kind: ClassVar[str] = "recipients"
    item: ClassVar[str] = "A17"
    title: ClassVar[str] = "Recipient"

    name: str = spec("Name", K.PERSON, sensitivity=S.OPEN)
    organisation: str = spec(
        "Organisation", K.ORGANISATION, stops=Stops.APPROVAL, sensitivity=S.OPEN
    )
    method: str = spec("Method", sensitivity=S.OPEN)
    approved: v.YesNo | None = choice("Chair approves, if not invited", v.YesNo, sensitivity=S.OPEN)
    sent_on: date | None = spec("Sent", K.DATE, sensitivity=S.OPEN)
    reason: str = spec("Why they have a copy, if not invited", K.WORDS)
    approved_by: str = spec("Approved by", K.PERSON, sensitivity=S.OPEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment(Entry):
    """What the chair says of a section of the draft; never printed."""

    kind: ClassVar[str] = "comments"
    item: ClassVar[str] = "A18"
    title: ClassVar[str] = "Comment"

    section: str = spec("Section of the minutes", sensitivity=S.OPEN)
    text: str = spec("Comment", K.WORDS)
    answer: str = spec("Answer", K.WORDS)
    settled: v.YesNo | None = choice("Settled", v.YesNo, sensitivity=S.OPEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment(Entry):
    """A change to minutes that were issued: it prints in the next version, agreed or not."""

    kind: ClassVar[str] = "amendments"
    item: ClassVar[str] = "A17"
    title: ClassVar[str] = "Amendment"

    section: str = spec("Section", sensitivity=S.OPEN)
    place: str = spec("Place in the record", sensitivity=S.OPEN)
    was: str = spec("Was", K.WORDS)
    now: str = spec("Now", K.WORDS)
    asked_by: str = spec("Asked by", K.PERSON, sensitivity=S.OPEN)
    asked_on: date | None = spec("Asked on", K.DATE, sensitivity=S.OPEN)
    outcome: v.AmendmentOutcome | None = choice(
        "What the chair decided", v.AmendmentOutcome, sensitivity=S.OPEN
    )
    decided_by: str = spec("Decided by", K.PERSON, sensitivity=S.OPEN)
    decided_on: date | None = spec("Decided on", K.DATE, sensitivity=S.OPEN)
    reason: str = spec("Reason", K.WORDS)
    version: int = spec("Printed in version", K.NUMBER, default=0, sensitivity=S.OPEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Addendum(Entry):
    """Information that came after closing; never merged into what the panel knew."""

    kind: ClassVar[str] = "addenda"
    item: ClassVar[str] = "A18"
    title: ClassVar[str] = "Addendum"

    received_at: datetime | None = spec(
        "Received", K.INSTANT, stops=Stops.APPROVAL, sensitivity=S.OPEN
    )
    from_whom: str = spec("From whom", stops=Stops.APPROVAL)
    text: str = spec("What", K.WORDS, stops=Stops.APPROVAL)
    chair_told_at: datetime | None = spec(
        "Chair told", K.INSTANT, stops=Stops.APPROVAL, sensitivity=S.OPEN
    )
    reopens: str = spec("Does it reopen a decision?", K.WORDS, stops=Stops.APPROVAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer(Entry):
    """An agency's request that another MAPPA area takes a case over; no exit, and no panel's to do."""

    kind: ClassVar[str] = "transfers"
    item: ClassVar[str] = "A15"
    title: ClassVar[str] = "Transfer"

    owner: str = spec(
        "Agency that asks for it, and owns it",
        K.ORGANISATION,
        stops=Stops.CLOSING,
        sensitivity=S.OPEN,
    )
    to_area: str = spec("Receiving area", stops=Stops.CLOSING, sensitivity=S.OPEN)
    coordinator: str = spec("Its co-ordinator", K.PERSON, stops=Stops.APPROVAL, sensitivity=S.OPEN)
    email: str = spec("Secure e-mail of its co-ordinator")
    plan_holder: str = spec(
        "Who holds the plan meanwhile", K.ORGANISATION, stops=Stops.CLOSING, sensitivity=S.OPEN
    )
    why: str = spec("Why", K.WORDS, stops=Stops.APPROVAL)
    asked_on: date | None = spec("Asked on", K.DATE, sensitivity=S.OPEN)
    answer: v.TransferAnswer | None = choice(
        "What the receiving area decided", v.TransferAnswer, sensitivity=S.OPEN
    )
    answered_on: date | None = spec("Decided on", K.DATE, sensitivity=S.OPEN)
    answered_by: str = spec("Decided by", K.PERSON, sensitivity=S.OPEN)
    level_there: v.Level | None = choice("Level there", v.Level, sensitivity=S.OPEN)
    joint_on: date | None = spec("Joint meeting on", K.DATE, sensitivity=S.OPEN)
    handed_over_on: date | None = spec("Plan handed over on", K.DATE, sensitivity=S.OPEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled(Entry):
    """Something that an emergency panel left owing came: when, by whom, and who says so."""

    kind: ClassVar[str] = "settled"
    item: ClassVar[str] = "A18"
    title: ClassVar[str] = "Owed afterwards, settled"

    what: v.OwedWhat | None = choice(
        "What was owed", v.OwedWhat, stops=Stops.APPROVAL, sensitivity=S.OPEN
    )
    organisation: str = spec("Organisation", K.ORGANISATION, sensitivity=S.OPEN)
    on: date | None = spec("Came on", K.DATE, stops=Stops.APPROVAL, sensitivity=S.OPEN)
    by_whom: str = spec("From whom", K.PERSON, stops=Stops.APPROVAL, sensitivity=S.OPEN)
    note: str = spec("Note", K.WORDS)


ENTRIES: Final[tuple[type[Entry], ...]] = (
    Attendance, Presence, Call, Interest, RefusedEntry, LinkedCase, KeyDate, Correction, Action,
    Contribution, AgencyReturn, ReturnLine, RestrictedPart, VictimIssue, RiskRating, RiskTool, Measure, Contingency,
    Order, Restriction, Disclosure, Decision, DecisionOption, Evidence, AgencyView, Told,
    Note, SectionWords, Part, Pause, Visit, Parked, Recipient, Comment, Amendment, Addendum,
    Transfer, Settled,
)  # fmt: skip
"""Every kind of typed content. A registry test walks it: row, mapping, pack, form, document."""

AFTER_APPROVAL: Final[tuple[type[Entry], ...]] = (
    Recipient, Amendment, Addendum, Settled, AgencyReturn, ReturnLine,
)  # fmt: skip
"""Kinds that are written once the minutes are approved, and are no part of their text."""

SOURCES: Final[tuple[type[Entry], ...]] = (AgencyReturn, ReturnLine)
"""Kinds that hold what somebody else wrote: shown and taken, opened in no form, not brought back."""

BY_KIND: Final[dict[str, type[Entry]]] = {entry.kind: entry for entry in ENTRIES}
"""The same by kind."""


def entry_values(entry: Entry) -> dict[str, Any]:
    """Every stored attribute of an entry, by name."""
    return {name: getattr(entry, name) for name in slots_of(type(entry))}


def slots_of(kind: type[Entry]) -> tuple[str, ...]:
    """Names of the attributes that ``kind`` stores, common ones first."""
    return tuple(item.name for item in fields(kind))

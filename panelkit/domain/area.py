"""What differs between areas. Every figure carries its source and can be set."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from panelkit.domain.plain_words import PlainRules
from panelkit.domain.return_paper import ReturnQuestion
from panelkit.domain.timescales import Calendar, WeekdaysOnly
from panelkit.domain.vocabulary import AgencyType, EmergencyCause, Level, MeetingKind


@dataclass(frozen=True, slots=True)
class Timescale:
    """A figure with its unit and where it comes from."""

    key: str
    """For instance ``minutes_l2_working_days``; the unit is the end of the key."""

    value: int
    """How many of the unit."""

    source: str
    """Where the figure comes from and how sure we are, printed beside it."""


@dataclass(frozen=True, slots=True)
class Area:
    """A criminal justice area and its settable rules."""

    name: str
    """Printed on every screen and document."""

    file: str = "national"
    """What it was read from: the name of a shipped area, or the path of a file."""

    kept: tuple[tuple[str, str], ...] = ()
    """What is kept local against a change of guidance: its place, and since when and why."""

    marking: str = "OFFICIAL-SENSITIVE"
    """Printed in the header of every page and on the top line of every screen."""

    subject_label: str = "individual"
    """What the person is called in prose."""

    statement: str = ""
    """The confidentiality, diversity and information-sharing statement read at A2."""

    statement_version: str = "panelkit wording 1, not the official statement"
    """Printed with the statement, so that nobody takes ours for the official one."""

    distribution_rule: str = ""
    """What recipients may do with their copy."""

    controllers: tuple[str, ...] = ()
    """Who decides why and how these records are kept: named by the area's own agreement."""

    referral_contact: str = ""
    """Whom a referrer asks about an answer: an office; blank until an area says."""

    accessibility_contact: str = ""
    """Whom somebody tells that they cannot use the program or a document; blank until an area says."""

    attestation: tuple[str, ...] = ()
    """What the chair confirms on approving minutes, statement by statement."""

    quorum: tuple[AgencyType, ...] = (AgencyType.POL, AgencyType.PRB)
    """Agencies without which a meeting is not quorate [R]; the lead agency is added."""

    child_quorum: tuple[AgencyType, ...] = (AgencyType.YJS, AgencyType.CSC)
    """Agencies added where the individual is under 18 [P]."""

    emergency_quorum: tuple[AgencyType, ...] = (AgencyType.POL, AgencyType.PRB)
    """The same for an emergency panel: ours is that of any meeting [I]."""

    emergency_agencies: tuple[AgencyType, ...] = (
        AgencyType.POL, AgencyType.PRB, AgencyType.CSC, AgencyType.ASC, AgencyType.LHA,
        AgencyType.NHST,
    )  # fmt: skip
    """Agencies that are rung for an emergency panel, beside those the case knows [I]."""

    emergency_causes: tuple[EmergencyCause, ...] = tuple(EmergencyCause)
    """Causes of an emergency panel that this area uses, in the order they are offered in."""

    prison_months: int = 6
    """Prison is needed within this many months of release, and in custody [R]."""

    roles_count_as_presence: bool = False
    """Whether chair, minute taker and the like make their agency present."""

    category_four_approved_on: date | None = None
    """When the board approved holding Category 4 cases here; without it they are refused."""

    timescales: tuple[Timescale, ...] = ()
    """Every figure in days, weeks or months."""

    acronyms: tuple[str, ...] = ()
    """Acronyms that readers of this area's minutes know."""

    expansions: tuple[tuple[str, str], ...] = ()
    """What each of those acronyms stands for."""

    organisations: tuple[tuple[str, AgencyType], ...] = ()
    """Named organisations of this area, offered when somebody is invited."""

    ring: tuple[tuple[str, str], ...] = ()
    """Whom to ring about an organisation's attendance, by its name: an office, never a person."""

    plain: PlainRules = PlainRules()
    """What the minute taker's desk points out in words."""

    phrases: tuple[tuple[str, str], ...] = ()
    """The phrase book: an agenda item, and words with ``...`` where something is filled in."""

    audit: tuple[tuple[str, bool], ...] = ()
    """Rules of the audit that this area turns on or off, by id; the rest stay as shipped."""

    practice_folder: str = ""
    """Folder of the area's own scenarios to practise; blank where it has none."""

    audit_forms: str = ""
    """Path of a file with audit forms of the area's own; blank where it uses those that ship."""

    observation_form: str = "L"
    """The form whose questions a lay adviser answers: S12 in Scotland."""

    audit_figures: tuple[Timescale, ...] = ()
    """Figures of the audit that are no timescale: shares in per cent, and counts."""

    targets: tuple[tuple[str, int], ...] = ()
    """Targets of the key figures, in per cent, by the figure's id."""

    counting: tuple[tuple[str, str], ...] = ()
    """How the annual tables count, by the rule's id; a rule left out has its default."""

    updates: tuple[tuple[str, bool], ...] = ()
    """What is owed to ViSOR or MAPPS after a meeting, by its key; one left out is owed."""

    reminder_words: str = "references"
    """What a reminder says of an action: ``references``, or ``actions`` with its words and owner."""

    return_words: str = "references"
    """What a return's form says: ``references``, ``actions`` with their words and owners, or ``names``:
    the individual's name and date of birth as well."""

    return_questions: tuple[ReturnQuestion, ...] = ()
    """What organisations are asked before a meeting, by agenda item and kind of agency."""

    calendar: Calendar = field(default_factory=WeekdaysOnly)
    """Working days; the national file gives the bank holidays of England and Wales."""

    sources: tuple[tuple[str, str], ...] = ()
    """Where each setting above comes from, by its name; figures carry their own."""

    def figure(self, key: str) -> int:
        """The value of the figure ``key``; KeyError if the area file lacks it."""
        for timescale in (*self.timescales, *self.audit_figures):
            if timescale.key == key:
                return timescale.value
        raise KeyError(key)

    def source(self, key: str) -> str:
        """Where a timescale or another setting comes from; blank where it is not known."""
        known = (*self.timescales, *self.audit_figures)
        figures = ((timescale.key, timescale.source) for timescale in known)
        return next((said for name, said in (*figures, *self.sources) if name == key), "")

    def planned_minutes(self, level: Level, kind: MeetingKind) -> int:
        """Minutes booked for a meeting of this level and kind."""
        return self.figure(f"slot_l{level.value}_{kind.value}_minutes")

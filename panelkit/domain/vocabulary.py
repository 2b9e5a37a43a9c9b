"""The words of the field, each with the label people read, once.

Values are what the record and packs store; labels are what screens and minutes
print. Sources: glossary sections 2 to 6 and the meeting's agenda (guidance 2022,
older forms where marked there).
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final, Self


class Term(StrEnum):
    """A word with the label it is printed with. Subclasses list their members."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        """Store ``value``; print ``label``."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label or value.replace("_", " ").capitalize()
        return member

    def __str__(self) -> str:
        """The stored value."""
        return str(self.value)


class Level(Term):
    """Level of management: about what managing needs, never derived from a risk."""

    ONE = "1", "Level 1"
    TWO = "2", "Level 2"
    THREE = "3", "Level 3"


class MeetingKind(Term):
    """Which kind of meeting; minutes must say which."""

    INITIAL = "initial", "initial"
    REVIEW = "review", "review"
    EMERGENCY = "emergency", "emergency"


class Category(Term):
    """A person is in exactly one category at a time (CJA 2003 ss.325-327).

    The last is none: an emergency panel may be held about somebody before anybody can say which.
    """

    ONE = "1", "Category 1 (subject to notification)"
    TWO = "2", "Category 2 (violent and other sexual offences)"
    THREE = "3", "Category 3 (other dangerous)"
    FOUR = "4", "Category 4 (terrorism)"
    UNCONFIRMED = "unconfirmed", "Category to be confirmed"

    @classmethod
    def known(cls) -> tuple[Category, ...]:
        """The categories that a person can be in."""
        return tuple(each for each in cls if each is not cls.UNCONFIRMED)


class MeetingState(Term):
    """Where a meeting is, from being planned to its minutes being issued."""

    PLANNED = "planned", "not started"
    OPEN = "open", "in progress"
    PAUSED = "paused", "paused"
    PART_HEARD = "part_heard", "part heard"
    CLOSED = "closed", "closed"
    APPROVED = "approved", "minutes approved"
    ISSUED = "issued", "minutes issued"
    ELSEWHERE = "elsewhere", "held elsewhere"


HELD_AT: Final = (Level.TWO, Level.THREE)
"""Levels that have meetings."""
TO_COME: Final = (MeetingState.PLANNED, MeetingState.OPEN, MeetingState.PAUSED)
"""States of a meeting that is still to be held, or goes on today."""
HELD: Final = (MeetingState.CLOSED, MeetingState.APPROVED, MeetingState.ISSUED)
"""States of a meeting that was held and has ended."""
OVER: Final = (*HELD, MeetingState.ELSEWHERE)
"""The same, with one whose minutes were made elsewhere: it counts nowhere, and the next starts from it."""
FROZEN: Final = (MeetingState.APPROVED, MeetingState.ISSUED, MeetingState.ELSEWHERE)
"""States of a meeting in which nothing is changed any more."""


class YesNo(Term):
    """Yes or no; not answered is the absence of either, never No."""

    YES = "yes", "Yes"
    NO = "no", "No"


class Mode(Term):
    """How the meeting is held."""

    REMOTE = "remote", "Remote"
    HYBRID = "hybrid", "Hybrid"
    IN_PERSON = "in_person", "In person"


class Statement(Term):
    """How the confidentiality, diversity and information-sharing statement was given."""

    READ = "read", "Read aloud"
    ATTENTION_DRAWN = "attention_drawn", "Attention drawn to the circulated copy, agreed"


class AgencyClass(Term):
    """Standing of an agency in the arrangements."""

    RA = "RA", "Responsible Authority"
    DTC = "DTC", "Duty to co-operate"
    ASSOCIATE = "Assoc", "Associate"
    LAY = "Lay", "Lay adviser"
    OBSERVER = "Obs", "Observer"
    ADMIN = "Admin", "Administration"


class AgencyType(Term):
    """Kinds of agency (glossary section 2; CJA 2003 s.325(6))."""

    standing: AgencyClass

    def __new__(cls, value: str, label: str, standing: AgencyClass) -> Self:
        """A code, its printed name, and its standing."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        member.standing = standing
        return member

    POL = "POL", "Police", AgencyClass.RA
    PRB = "PRB", "Probation Service", AgencyClass.RA
    PRI = "PRI", "HM Prison Service", AgencyClass.RA
    YJS = "YJS", "Youth justice service", AgencyClass.DTC
    DWP = "DWP", "Department for Work and Pensions", AgencyClass.DTC
    MOD = "MOD", "Ministry of Defence", AgencyClass.DTC
    CSC = "CSC", "Children's social care", AgencyClass.DTC
    ASC = "ASC", "Adult social care", AgencyClass.DTC
    EDU = "EDU", "Education", AgencyClass.DTC
    LHA = "LHA", "Local housing authority", AgencyClass.DTC
    RSL = "RSL", "Registered housing provider", AgencyClass.DTC
    NHSE = "NHSE", "NHS England", AgencyClass.DTC
    ICB = "ICB", "Integrated care board", AgencyClass.DTC
    NHST = "NHST", "NHS or mental health trust", AgencyClass.DTC
    EM = "EM", "Electronic monitoring provider", AgencyClass.DTC
    HO = "HO", "Home Office", AgencyClass.DTC
    MHCS = "MHCS", "MoJ Mental Health Casework Section", AgencyClass.ASSOCIATE
    IDVA = "IDVA", "Domestic or sexual violence adviser", AgencyClass.ASSOCIATE
    SUB = "SUB", "Substance-misuse service", AgencyClass.ASSOCIATE
    VLO = "VLO", "Victim liaison officer", AgencyClass.RA
    AP = "AP", "Approved premises", AgencyClass.RA
    ASSOC = "ASSOC", "Associate", AgencyClass.ASSOCIATE
    LAY = "LAY", "Lay adviser", AgencyClass.LAY
    OBS = "OBS", "Observer", AgencyClass.OBSERVER
    ADM = "ADM", "Co-ordinator or minute taker", AgencyClass.ADMIN

    @property
    def takes_part(self) -> bool:
        """Whether it is heard, owns actions and counts; lay advisers and observers do not."""
        return self.standing in (AgencyClass.RA, AgencyClass.DTC, AgencyClass.ASSOCIATE)


class InviteRole(Term):
    """Why somebody was invited."""

    REQUIRED = "required", "Required"
    OPTIONAL = "optional", "Optional"
    OBSERVER = "observer", "Observer"


class AttendanceStatus(Term):
    """What became of an invitation. A report alone is not attendance."""

    ATTENDED = "attended", "Attended"
    PART = "part", "Attended in part"
    DEPUTY = "deputy", "Deputy attended"
    REPORT_ONLY = "report_only", "Report only"
    APOLOGIES_NO_REPORT = "apologies_no_report", "Apologies, no report"
    NO_RESPONSE = "no_response", "No response"

    @property
    def present(self) -> bool:
        """Whether somebody was in the room."""
        return self in (AttendanceStatus.ATTENDED, AttendanceStatus.PART, AttendanceStatus.DEPUTY)


class MeetingRole(Term):
    """What a person does at this meeting, beside speaking for an agency."""

    MEMBER = "member", "Panel member"
    CHAIR = "chair", "Chair"
    MINUTE_TAKER = "minute_taker", "Minute taker"
    COORDINATOR = "coordinator", "Co-ordinator"
    VICTIM_LIAISON = "victim_liaison", "Victim liaison officer"


class ReportStatus(Term):
    """Whether an agency's report came before the meeting."""

    RECEIVED = "received", "Report received"
    NIL_RETURN = "nil_return", "Nil return"
    NONE = "none", "None received"


class PresenceKind(Term):
    """Something that happened to a person's presence."""

    JOINED = "joined", "joined"
    LEFT = "left", "left"
    STATEMENT = "statement", "heard the statement"


class CustodyStatus(Term):
    """Where the individual is."""

    COMMUNITY = "community", "In the community"
    CUSTODY = "custody", "In custody"
    REMAND = "remand", "On remand"
    HOSPITAL = "hospital", "Detained in hospital"
    RECALLED = "recalled", "Recalled to custody"
    IMMIGRATION_DETENTION = "immigration_detention", "In immigration detention"
    UNLAWFULLY_AT_LARGE = "unlawfully_at_large", "Unlawfully at large"
    ABROAD = "abroad", "Abroad"


class KeyDateKind(Term):
    """Dates that shape a plan."""

    RELEASE = "release", "Release"
    PAROLE = "parole", "Parole eligibility or hearing"
    LICENCE_END = "licence_end", "Licence ends"
    SENTENCE_END = "sentence_end", "Sentence ends"
    NOTIFICATION_END = "notification_end", "Notification requirements end"
    ORDER_END = "order_end", "Order ends"
    TRIBUNAL = "tribunal", "Tribunal"
    COURT = "court", "Court"
    OTHER = "other", "Other"


class MinutesAgreed(Term):
    """What A4 decides of the last minutes."""

    AGREED = "agreed", "Agreed as accurate"
    WITH_CORRECTIONS = "agreed_with_corrections", "Agreed with corrections"


class AmendmentOutcome(Term):
    """What the chair decided of an amendment that was asked for."""

    AGREED = "agreed", "Agreed"
    DISPUTED = "disputed", "Not agreed, noted"


class ActionStatus(Term):
    """What became of an action by the next meeting."""

    COMPLETE = "complete", "Complete"
    PART = "part", "Part done"
    NOT_STARTED = "not_started", "Not started"
    SUPERSEDED = "superseded", "Superseded"
    NO_LONGER_NEEDED = "no_longer_needed", "No longer needed"

    @property
    def outstanding(self) -> bool:
        """Whether something is still to be done."""
        return self in (ActionStatus.PART, ActionStatus.NOT_STARTED)


class Priority(Term):
    """How soon an action matters."""

    URGENT = "urgent", "Urgent"
    HIGH = "high", "High"
    NORMAL = "normal", "Normal"


class InfoType(Term):
    """Fact, intelligence, opinion: kept apart (Data Protection Act 2018 s.38)."""

    FACT = "fact", "Fact"
    INTELLIGENCE = "intelligence", "Intelligence"
    PROFESSIONAL_OPINION = "professional_opinion", "Professional opinion"
    SELF_REPORT = "self_report", "Self-report"


class VictimStatus(Term):
    """Standing under the Victim Contact Scheme."""

    OPTED_IN = "opted_in", "Opted in"
    DECLINED = "declined", "Declined"
    DEFERRED = "deferred", "Deferred"
    NOT_ELIGIBLE = "not_eligible", "Not eligible"
    NOT_TRACED = "not_traced", "Not traced"


class VloStatus(Term):
    """Whether the victim liaison officer spoke."""

    ATTENDED = "attended", "Attended"
    REPORT = "report", "Report received"
    NOT_APPLICABLE = "not_applicable", "Not applicable"
    ABSENT = "absent", "Absent"


class MaracLink(Term):
    """Whether the domestic-abuse conference is involved."""

    YES = "yes", "Yes, already heard"
    NO = "no", "No"
    REFER = "refer", "Refer"


class RiskGroup(Term):
    """Who may be harmed. R1 to R6 in this order, so that a line can say which."""

    CHILDREN = "children", "Children"
    PUBLIC = "public", "Public"
    KNOWN_ADULT = "known_adult", "Known adult"
    STAFF = "staff", "Staff"
    PRISONERS = "prisoners", "Prisoners"
    SELF = "self", "Self"

    @property
    def ref(self) -> str:
        """``R1`` for children, ``R2`` for the public, and so on."""
        return f"R{list(RiskGroup).index(self) + 1}"


class RiskOfSeriousHarm(Term):
    """Four levels; there is no "no risk"."""

    LOW = "low", "Low"
    MEDIUM = "medium", "Medium"
    HIGH = "high", "High"
    VERY_HIGH = "very_high", "Very high"

    @property
    def rank(self) -> int:
        """0 for low to 3 for very high."""
        return list(RiskOfSeriousHarm).index(self)

    @property
    def is_high(self) -> bool:
        """High or very high: must be answered by a measure."""
        return self.rank >= 2


class Pillar(Term):
    """The four pillars of a risk management plan (guidance 12.11-12.16)."""

    SUPERVISION = "supervision", "Supervision"
    MONITORING_CONTROL = "monitoring_control", "Monitoring and control"
    INTERVENTIONS_TREATMENT = "interventions_treatment", "Interventions and treatment"
    VICTIM_SAFETY = "victim_safety", "Victim safety"


class ControlType(Term):
    """Orders and controls (glossary section 6)."""

    LIC = "LIC", "Licence"
    SHPO = "SHPO", "Sexual Harm Prevention Order"
    SRO = "SRO", "Sexual Risk Order"
    NO = "NO", "Notification Order"
    NOTIF = "NOTIF", "Notification requirements"
    VOO = "VOO", "Violent Offender Order"
    RO = "RO", "Restraining order"
    NMO = "NMO", "Non-molestation order"
    DAPO = "DAPO", "Domestic abuse protection order"
    SPO = "SPO", "Stalking protection order"
    HO = "HO", "Hospital order"
    EM = "EM", "Electronic monitoring"
    POLY = "POLY", "Polygraph"
    AP = "AP", "Approved premises residence"
    YRO = "YRO", "Youth rehabilitation order"
    OTHER = "OTHER", "Other"


class LegalAim(Term):
    """Grounds of Article 8(2)."""

    PUBLIC_SAFETY = "public_safety", "Public safety"
    PREVENT_CRIME = "prevent_crime", "Preventing disorder or crime"
    HEALTH_MORALS = "health_morals", "Protecting health or morals"
    RIGHTS_OF_OTHERS = "rights_of_others", "Rights and freedoms of others"
    NATIONAL_SECURITY = "national_security", "National security"
    ECONOMIC = "economic", "Economic well-being of the country"


class DisclosureDecision(Term):
    """Decided on every case at every meeting."""

    DISCLOSE = "disclose", "Disclose"
    IF_TRIGGER = "disclose_if_trigger", "Disclose if a stated trigger is met"
    NO_DISCLOSURE = "no_disclosure", "No disclosure"
    ALREADY_MADE = "already_made", "Already made"
    DEFER = "defer", "Deferred to a date"

    @property
    def reaches_somebody(self) -> bool:
        """Whether a third party is or may be told, so that the details must be recorded."""
        return self in (
            DisclosureDecision.DISCLOSE,
            DisclosureDecision.IF_TRIGGER,
            DisclosureDecision.ALREADY_MADE,
        )


class MediaRisk(Term):
    """Interest of the media or the community."""

    NONE = "none", "None"
    LOW = "low", "Low"
    HIGH = "high", "High"


class LevelDecision(Term):
    """What A15 decides."""

    L1 = "L1", "Level 1"
    L2 = "L2", "Level 2"
    L3 = "L3", "Level 3"
    EXIT = "EXIT", "Leaves MAPPA"

    @property
    def level(self) -> Level | None:
        """The level that it decides on; None where somebody leaves."""
        return None if self is LevelDecision.EXIT else Level(self.value[1:])


class ExitReason(Term):
    """Why somebody leaves MAPPA; custody, deportation and transfer are not exits."""

    ELIGIBILITY_ENDED = "eligibility_ended", "Eligibility ended"
    DEATH = "death", "Death"
    RISK_REDUCED = "risk_reduced", "Risk reduced (Category 3, discretionary Category 4)"


class LevelThreeReason(Term):
    """Why Level 3 is needed (guidance chapter 7)."""

    SIGNIFICANT_RESOURCES = "significant_resources", "Significant resources at short notice"
    MEDIA_PUBLIC_INTEREST = "media_public_interest", "Media or public interest"
    BOTH = "both", "Both"


class DecisionType(Term):
    """Kinds of decision; each asks for fields of its own."""

    LEVEL = "level", "Level of management"
    RISK_RMP = "risk_rmp", "Risk and plan"
    DISCLOSURE = "disclosure", "Disclosure"
    RESTRICTION = "restriction", "Restriction"
    EXIT = "exit", "Exit"
    OTHER = "other", "Other"


class Power(Term):
    """Whose power a decision is: panels do not vote and cannot recall or license."""

    PANEL = "panel", "The panel decides"
    PROBATION = "probation", "The panel asks probation or PPCS"
    PAROLE_BOARD = "parole_board", "The panel asks the Parole Board"
    POLICE = "police", "The panel asks the police"
    COURT = "court", "The panel asks for an application to a court"
    COUNCIL = "council", "The panel asks a council"
    HEALTH = "health", "The panel asks a health body"
    OTHER = "other", "The panel asks another body"


class View(Term):
    """What an organisation thinks of a decision. Silence is never agreement."""

    AGREE = "agree", "Agree"
    DISAGREE = "disagree", "Disagree"
    ABSTAIN = "abstain", "Abstain"
    SILENT = "silent", "Asked who sees it differently; did not speak"
    NOT_ASKED = "not_asked", "Not asked"
    LEFT = "left", "Had left"


class EvidenceSide(Term):
    """Which way a piece of evidence points."""

    FOR = "for", "For"
    AGAINST = "against", "Against"
    UNKNOWN = "unknown", "Not known"


class Change(Term):
    """How a rating moved."""

    UP = "up", "Up"
    SAME = "same", "Same"
    DOWN = "down", "Down"


class ReadBack(Term):
    """What the chair said of a line read back at A16."""

    CONFIRMED = "confirmed", "Confirmed"
    TO_CONFIRM = "to_be_confirmed", "To be confirmed"


class Sensitivity(Term):
    """Who may see a field on a shared screen or in another copy. Open is the exception."""

    OPEN = "open", "Open"
    RESTRICTED = "restricted", "Restricted"
    VICTIM = "victim", "Victim"
    INTELLIGENCE = "intelligence", "Intelligence"


class Stops(Term):
    """What a gap stops."""

    CLOSING = "closing", "closing"
    APPROVAL = "approval", "approval"
    NOTHING = "nothing", "nothing"


class InterestHandling(Term):
    """What is done about a declared interest."""

    STAYS = "stays", "Stays"
    LEAVES_ITEMS = "leaves_items", "Leaves for some items"
    DEPUTY = "deputy", "Deputy takes over"
    PAPERS_RECALLED = "papers_recalled", "Papers recalled"
    BARRED = "barred", "Barred from the case"


class EmergencyCause(Term):
    """Why an emergency panel was called."""

    RELEASE = "release", "Imminent release"
    BREACH = "breach", "Breach or recall"
    HOUSING = "housing", "Housing lost"
    THREAT = "threat", "Threat or incident"
    LATE_REVIEW = "late_review", "Late review"
    STAFFING = "staffing", "Staffing"
    OTHER = "other", "Other"


class CallOutcome(Term):
    """What came of one attempt to reach an agency for an emergency panel; the list is ours [I]."""

    TRIED = "tried", "Tried, no answer yet"
    REACHED = "reached", "Reached"
    COMING = "coming", "Coming"
    NOT_COMING = "not_coming", "Not coming"
    NOT_REACHED = "not_reached", "Could not be reached"


class AgeGroup(Term):
    """What was said of the age of somebody whose date of birth is not known yet."""

    CHILD = "child", "Child (under 18)"
    ADULT = "adult", "Adult"


class TransferAnswer(Term):
    """What the receiving area decided of a transfer; until it did, the level continues here."""

    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"
    MORE = "more_information", "More information asked for"


class OwedWhat(Term):
    """What an emergency panel leaves to be done afterwards."""

    PAPERS = "papers", "Papers in writing"
    REVIEW = "review", "Date of the next full review"
    CATEGORY = "category", "Category confirmed"
    REFERRAL = "referral", "Referral form"
    MINUTES = "minutes", "Minutes issued"


class ReturnAnswer(Term):
    """How an organisation answered before the meeting; until it did, its return is owed."""

    CAME = "came", "Came back"
    NIL = "nil", "Nil return"


class ReturnUse(Term):
    """What became of one line of a return; until somebody says, it is offered at its item."""

    TAKEN = "taken", "Taken into the record"
    ASIDE = "aside", "Set aside"

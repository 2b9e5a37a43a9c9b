"""The agenda A1 to A18: what to say, what to ask, what to record, and what a blank stops.

One entry here gives an item its pane, storage, rail line, gaps, document section and
help. An area adds items or wording in its own file; a meeting keeps the agenda it was
opened with. Which blanks stop closing and which only approval follows the rule that
only what must be said or decided in the room stops closing.

Figures in minutes are shares of the slot, ours [I]; paragraph references and their
tags are as in the glossary: [V] seen, [R] recalled, [I] inferred.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from panelkit.domain.fields import Field
from panelkit.domain.fields import FieldKind as K
from panelkit.domain.vocabulary import MeetingKind, Stops
from panelkit.domain.vocabulary import Sensitivity as S

CLOSING, APPROVAL = Stops.CLOSING, Stops.APPROVAL


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaItem:
    """One item of the agenda."""

    code: str
    """``A1`` to ``A18``; an area's own items are ``X1`` and on."""

    title: str
    """What it is called, in full."""

    short: str
    """What the rail calls it, at most 11 letters."""

    say: str
    """A sentence or two the chair can read aloud."""

    voice: str = ""
    """Who speaks first."""

    fields: tuple[Field, ...] = ()
    """What is recorded in words, dates and choices."""

    entries: tuple[str, ...] = ()
    """Kinds of typed content that belong here."""

    initial_minutes: int = 1
    """Planned for an initial or emergency meeting."""

    review_minutes: int = 1
    """Planned for a review."""

    held: str = "always"
    """Name of the condition under which the item is on this meeting's agenda."""

    guidance: str = ""
    """What belongs here and which paragraph says so, with its tag."""

    def planned(self, kind: MeetingKind) -> int:
        """Minutes planned for it at a meeting of this kind."""
        return self.review_minutes if kind is MeetingKind.REVIEW else self.initial_minutes

    def field(self, key: str) -> Field:
        """The field called ``key``; KeyError if the item has none."""
        for field in self.fields:
            if field.key == key:
                return field
        raise KeyError(key)


def _words(key: str, label: str, stops: Stops = APPROVAL, **said: object) -> Field:
    return Field(key=key, label=label, kind=K.WORDS, stops=stops, **said)  # type: ignore[arg-type]


def _line(key: str, label: str, stops: Stops = Stops.NOTHING, **said: object) -> Field:
    return Field(key=key, label=label, kind=K.LINE, stops=stops, **said)  # type: ignore[arg-type]


def _pick(key: str, label: str, term: str, stops: Stops = CLOSING, **said: object) -> Field:
    return Field(key=key, label=label, kind=K.CHOICE, choices=term, stops=stops, **said)  # type: ignore[arg-type]


def _yes(key: str, label: str, stops: Stops = CLOSING, **said: object) -> Field:
    return _pick(key, label, "YesNo", stops, **said)


def _date(key: str, label: str, stops: Stops = Stops.NOTHING, **said: object) -> Field:
    return Field(key=key, label=label, kind=K.DATE, stops=stops, **said)  # type: ignore[arg-type]


def _time(key: str, label: str, stops: Stops = Stops.NOTHING, **said: object) -> Field:
    return Field(key=key, label=label, kind=K.TIME, stops=stops, **said)  # type: ignore[arg-type]


AGENDA: Final[tuple[AgendaItem, ...]] = (
    AgendaItem(
        code="A1",
        title="Open, introductions, apologies",
        short="Open",
        say="This is {ref}, {level} {kind} meeting {number}. The purpose today: {purpose}. Each of you: name, role, agency, and that you are alone and cannot be overheard.",
        voice="Chair, then everyone by name",
        fields=(
            _time("scheduled_start", "Scheduled start", APPROVAL, sensitivity=S.OPEN),
            _time("actual_start", "Actual start", CLOSING, sensitivity=S.OPEN),
            _pick("mode", "How the meeting is held", "Mode", APPROVAL, sensitivity=S.OPEN),
            _line("platform", "Platform or place", sensitivity=S.OPEN),
            _words(
                "purpose_statement",
                "What must be decided today",
                APPROVAL,
                carried=False,
                ask="What must this meeting decide?",
                why="A meeting without a purpose stays in information exchange [V, inspections 2011, 2015].",
            ),
            _yes(
                "interests_declared",
                "Any interest declared?",
                CLOSING,
                ask="Does anyone know this person, a victim or their families, or have another interest?",
            ),
            _words(
                "quoracy_override_reason",
                "Why the meeting went on though not quorate",
                CLOSING,
                needed="not_quorate",
                shown="not_quorate",
                sensitivity=S.OPEN,
            ),
            _pick(
                "emergency_cause",
                "Why the emergency panel was called",
                "EmergencyCause",
                APPROVAL,
                needed="emergency",
                shown="emergency",
                sensitivity=S.OPEN,
            ),
            _words(
                "emergency_reason", "What happened", APPROVAL, needed="emergency", shown="emergency"
            ),
            _line("called_by", "Called by", APPROVAL, needed="emergency", shown="emergency"),
            _line("called_at", "Called at", APPROVAL, needed="emergency", shown="emergency"),
            _words(
                "not_reached",
                "Who could not be reached",
                APPROVAL,
                needed="emergency_not_rung",
                shown="emergency",
            ),
            _words(
                "interim_measures",
                "Measures already taken",
                APPROVAL,
                needed="emergency",
                shown="emergency",
            ),
        ),
        entries=("attendance", "interests", "refused_entries", "linked_cases"),
        initial_minutes=2,
        review_minutes=2,
        guidance="Start on time, say why we are here, introduce everyone [V, meeting audit form 2012]. Someone who joins late hears the statement again.",
    ),
    AgendaItem(
        code="A2",
        title="Confidentiality, diversity and information-sharing statement",
        short="Statement",
        say="{statement}",
        voice="Chair",
        fields=(
            _pick(
                "confidentiality_statement",
                "The statement was",
                "Statement",
                CLOSING,
                can_park=False,
                sensitivity=S.OPEN,
            ),
            _line("statement_version", "Which wording", APPROVAL, sensitivity=S.OPEN),
            _words("objections", "Objections", Stops.NOTHING),
            _yes("recording_made", "Is the meeting recorded?", APPROVAL, sensitivity=S.OPEN),
            _line(
                "recording_purpose",
                "Why it is recorded",
                APPROVAL,
                needed="recorded",
                shown="recorded",
                sensitivity=S.OPEN,
            ),
            _date(
                "recording_delete_by",
                "Recording destroyed by",
                APPROVAL,
                needed="recorded",
                shown="recorded",
                sensitivity=S.OPEN,
            ),
        ),
        guidance="Public safety outweighs confidentiality; minutes closed under FOIA ss.30(1)(b), 38, 40, 41; Article 8(2); no onward sharing without the chair [V, MAPPA D]. Later items open once it is given; a note can be typed at any time.",
    ),
    AgendaItem(
        code="A3",
        title="Eligibility, category, level, lead agency, key dates",
        short="Status",
        say="Lead agency: are the category, the level, the end of eligibility and the key dates right? Correct them now.",
        voice="Lead agency",
        fields=(
            _pick(
                "mappa_category", "Category", "Category", APPROVAL, carried=True, sensitivity=S.OPEN
            ),
            _pick(
                "age_group",
                "Child or adult, as it was said",
                "AgeGroup",
                Stops.NOTHING,
                shown="age_unknown",
                carried=True,
                sensitivity=S.OPEN,
                ask="Is this a child or an adult?",
                why="A child's meeting needs youth justice and children's social care [P]; the date of birth decides as soon as it is known.",
            ),
            _words("category_basis", "Basis of the category", APPROVAL, carried=True),
            _date("eligibility_end_date", "Eligibility ends", carried=True, sensitivity=S.OPEN),
            _line(
                "eligibility_end_reason",
                "If the end is not known, why",
                APPROVAL,
                needed="eligibility_end_unknown",
                carried=True,
            ),
            _pick(
                "level_at_start",
                "Level at start",
                "Level",
                APPROVAL,
                carried=False,
                sensitivity=S.OPEN,
            ),
            _pick(
                "l3_reason",
                "Why Level 3 is needed",
                "LevelThreeReason",
                CLOSING,
                needed="level_three",
                shown="level_three",
                carried=True,
            ),
            Field(
                key="lead_agency",
                label="Lead agency",
                kind=K.ORGANISATION,
                stops=CLOSING,
                carried=True,
                sensitivity=S.OPEN,
            ),
            Field(
                key="lead_officer",
                label="Lead officer",
                kind=K.PERSON,
                stops=APPROVAL,
                carried=True,
                sensitivity=S.OPEN,
            ),
            _pick(
                "custody_status",
                "Where the individual is",
                "CustodyStatus",
                APPROVAL,
                carried=True,
                sensitivity=S.OPEN,
            ),
            _words(
                "threshold_met",
                "Why the threshold for this level is met",
                APPROVAL,
                needed="initial",
                shown="initial",
            ),
            _line(
                "cppc_status", "Critical Public Protection Case status", Stops.NOTHING, carried=True
            ),
            _words(
                "hospital_details",
                "Hospital, section, responsible clinician, leave",
                APPROVAL,
                needed="in_hospital",
                shown="in_hospital",
                carried=True,
            ),
            _words(
                "custody_details",
                "Establishment, release arrangements",
                APPROVAL,
                needed="in_custody",
                shown="in_custody",
                carried=True,
            ),
            _words(
                "terrorism_handling",
                "Category 4: handling agreed with counter-terrorism police",
                APPROVAL,
                needed="category_four",
                shown="category_four",
                carried=True,
            ),
        ),
        entries=("key_dates",),
        initial_minutes=2,
        review_minutes=1,
        guidance="A person is in one category at a time; Category 3 is never Level 1 [V, guidance 2022 ch.6-7]. The level is about what managing needs, never derived from a risk.",
    ),
    AgendaItem(
        code="A4",
        title="Accuracy of the last minutes",
        short="Last mins",
        say="Does anyone ask for a correction to the minutes of the last meeting?",
        fields=(
            _pick(
                "previous_minutes_agreed",
                "The last minutes are",
                "MinutesAgreed",
                APPROVAL,
                needed="review",
                sensitivity=S.OPEN,
            ),
            _line("accuracy_deferred", "If deferred, until when", shown="emergency"),
        ),
        entries=("corrections",),
        initial_minutes=0,
        review_minutes=1,
        held="has_previous",
        guidance="Corrections are listed: where, was, now. The issued version is never edited.",
    ),
    AgendaItem(
        code="A5",
        title="Actions from the last meeting",
        short="Old actions",
        say="We take each open action. Owner: what was done, and what difference did it make?",
        voice="Each owner in turn",
        entries=("actions",),
        initial_minutes=0,
        review_minutes=4,
        held="has_previous",
        guidance='No action is left without a status; an outcome says what changed, not "done" [V, case audit form 2012].',
    ),
    AgendaItem(
        code="A6",
        title="Case summary, reason for referral, changes since last time",
        short="Summary",
        say="Lead agency: in five minutes, the offence, the pattern, where things stand, and why managing this together adds value.",
        voice="Lead agency",
        fields=(
            _words("index_offence", "Index offence, date, court, sentence", APPROVAL, carried=True),
            _words(
                "offence_summary",
                "Brief facts, in bullets",
                APPROVAL,
                carried=True,
                why="Do not paste from the pre-sentence report; bullets, ten at most [V, MAPPA B notes].",
            ),
            _words("previous_relevant", "Relevant previous", APPROVAL, carried=True),
            _words(
                "reason_for_referral",
                "Reason for referral",
                APPROVAL,
                needed="initial",
                shown="initial",
                carried=True,
            ),
            _words(
                "changes_since_last",
                "Changes since last time",
                APPROVAL,
                needed="review",
                shown="has_previous",
                ask="What has changed? Who says so?",
            ),
            _words(
                "current_circumstances",
                "Now: accommodation, relationships, work, substances, mental health, compliance",
                APPROVAL,
                carried=True,
            ),
            _words("subject_view", "How the individual sees it, and how that was sought", APPROVAL),
            _words(
                "youth_education_welfare",
                "Child: education, welfare, who has parental responsibility",
                APPROVAL,
                needed="child",
                shown="child",
                carried=True,
            ),
            _words("representation", "Written representation, read", Stops.NOTHING),
        ),
        initial_minutes=5,
        review_minutes=3,
        guidance="Behaviour, pattern, information from agencies; why multi-agency management adds value [V, MAPPA B notes].",
    ),
    AgendaItem(
        code="A7",
        title="Information from each agency",
        short="Agencies",
        say="{next_agency}: what do you know, how do you know it, is it new, and what do we not know? Is anything said that must not be minuted?",
        voice="Every agency by name",
        entries=("contributions", "restricted_parts"),
        initial_minutes=12,
        review_minutes=7,
        guidance="Every organisation present is asked by name; nil is an answer. Fact, intelligence and opinion are kept apart (DPA 2018 s.38). Sources and covert tactics are never entered.",
    ),
    AgendaItem(
        code="A8",
        title="Diversity and vulnerability",
        short="Diversity",
        say="Is there a characteristic, a need or a vulnerability that changes how we work with this person? What does it change in the plan?",
        fields=(
            _yes("diversity_considered", "Considered", CLOSING, sensitivity=S.OPEN),
            _words("diversity_needs", "Needs found (if none, who checked)", APPROVAL, carried=True),
            _words("adjustments", "What that changes in the plan", APPROVAL, carried=True),
            _words(
                "youth_considerations",
                "Child: welfare, and a plan fit for the age",
                APPROVAL,
                needed="child",
                shown="child",
                carried=True,
            ),
        ),
        guidance="Nine protected characteristics, neurodiversity, language, learning disability, mental health, immigration status; and what that changes [V, statement; R, Equality Act 2010].",
    ),
    AgendaItem(
        code="A9",
        title="Victims and potential victims",
        short="Victims",
        say="Victim liaison first. Who has been harmed, who might be, what have they asked for, and what keeps them safe? No names, please: V1, V2.",
        voice="Victim liaison, police, children's and adult services",
        fields=(
            _pick("vlo_status", "Victim liaison officer", "VloStatus", CLOSING, sensitivity=S.OPEN),
            _words("victim_issues", "Victim issues", APPROVAL, sensitivity=S.VICTIM),
            _words(
                "potential_victims",
                "Who else might be harmed, and on what basis",
                APPROVAL,
                sensitivity=S.VICTIM,
            ),
            _yes("children_at_risk", "Children at risk?", CLOSING, sensitivity=S.VICTIM),
            _line(
                "children_referral",
                "Referral to children's social care",
                APPROVAL,
                needed="children_at_risk",
                shown="children_at_risk",
                sensitivity=S.VICTIM,
            ),
            _pick("marac_link", "MARAC", "MaracLink", APPROVAL, sensitivity=S.VICTIM),
            _words(
                "victim_requested_conditions",
                "Conditions asked for",
                Stops.NOTHING,
                sensitivity=S.VICTIM,
            ),
            _words(
                "victim_told",
                "What the victim liaison officer may tell the victim, and when",
                APPROVAL,
                needed="victim_contact",
                shown="always",
                sensitivity=S.VICTIM,
            ),
        ),
        entries=("victims",),
        initial_minutes=4,
        review_minutes=3,
        guidance="Victim safety must be in the plan [V, guidance ch.22]. Victims never attend; the victim liaison officer speaks.",
    ),
    AgendaItem(
        code="A10",
        title="Risk assessment",
        short="Risk",
        say="{lead_agency} first, then anyone who sees it differently. What would make this worse this week?",
        voice="Lead agency, then challenge",
        fields=(
            _pick("overall_rosh", "Overall risk of serious harm", "RiskOfSeriousHarm", CLOSING),
            _words(
                "overall_override_reason",
                "Why overall is below the highest group",
                APPROVAL,
                needed="overall_below_groups",
                shown="overall_below_groups",
            ),
            _words("nature_of_harm", "Nature of the harm", APPROVAL, carried=True),
            _words("who_at_risk", "Who is at risk", APPROVAL, carried=True),
            _words("imminence", "When the risk is greatest", APPROVAL, carried=True),
            _words("triggers", "What would raise it", APPROVAL, carried=True),
            _words("protective_factors", "What would lower it", APPROVAL, carried=True),
            _words("scenario", "Scenario: who, what, when, how, why", Stops.NOTHING, carried=True),
            _words("agency_disagreement", "Who sees it differently", Stops.NOTHING),
            _words("formulation", "Formulation, in one paragraph", APPROVAL),
        ),
        entries=("ratings", "tools"),
        initial_minutes=8,
        review_minutes=5,
        guidance='Low: no current indication. Medium: unlikely unless circumstances change. High: could happen at any time. Very high: more likely than not, imminently. There is no "no risk" [V].',
    ),
    AgendaItem(
        code="A11",
        title="Risk management plan",
        short="Plan",
        say="For each risk: which measure deals with it, who does it, how often? What supports a life without offending? If it goes wrong tonight, who does what? Is anything said that must not be minuted?",
        voice="Lead agency",
        fields=(
            _words(
                "licence_conditions",
                "Licence conditions, all of them",
                APPROVAL,
                needed="on_licence",
                carried=True,
            ),
            _words("accommodation", "Accommodation", APPROVAL, carried=True),
            _words(
                "desistance",
                "What supports desistance: strengths, housing, work, ties",
                APPROVAL,
                carried=True,
            ),
            _yes("rmp_adequate", "Does the plan answer the risks?", CLOSING),
            _words("rmp_adequate_reason", "Because", APPROVAL),
            _words(
                "gaps",
                "What is missing from the plan",
                APPROVAL,
                needed="plan_inadequate",
                shown="plan_inadequate",
            ),
            _words(
                "not_required_reason",
                "Pillars left empty, and why",
                APPROVAL,
                needed="empty_pillar",
                shown="empty_pillar",
                carried=True,
            ),
            _words(
                "staff_warned",
                "Staff at high risk: who is warned",
                APPROVAL,
                needed="staff_high",
                shown="staff_high",
            ),
        ),
        entries=("measures", "contingencies", "orders"),
        initial_minutes=10,
        review_minutes=8,
        guidance="Four pillars, contingency, and all licence conditions [V, guidance 12.11-12.16]. Each high risk is answered by a measure.",
    ),
    AgendaItem(
        code="A12",
        title="Restrictive measures and human rights",
        short="Rights",
        say="For every restriction: is it lawful, necessary, proportionate, and the least that works?",
        fields=(
            _yes("hr_considered", "Considered", APPROVAL, sensitivity=S.OPEN),
            _words("hr_note", "Note", Stops.NOTHING),
        ),
        entries=("restrictions",),
        initial_minutes=2,
        review_minutes=2,
        guidance="Article 8(2) ECHR; lawful, necessary, proportionate, least intrusive [V, MAPPA D].",
    ),
    AgendaItem(
        code="A13",
        title="Disclosure",
        short="Disclosure",
        say="Do we tell anyone outside this meeting? Who, exactly what, to protect whom, who does it and by when?",
        fields=(
            _yes("disclosure_considered", "Considered", CLOSING, sensitivity=S.OPEN),
            _pick("disclosure_decision", "Decision", "DisclosureDecision", CLOSING),
            _words(
                "disclosure_rationale",
                "Because",
                APPROVAL,
                why="Considered and reasoned in every case at every meeting [R].",
            ),
            _words(
                "disclosure_trigger",
                "Trigger that would lead to it",
                APPROVAL,
                needed="disclosure_on_trigger",
                shown="disclosure_on_trigger",
            ),
            _date(
                "disclosure_defer_until",
                "Deferred until",
                CLOSING,
                needed="disclosure_deferred",
                shown="disclosure_deferred",
            ),
            _yes(
                "s327a_applies",
                "Child sex offender: does s.327A apply?",
                APPROVAL,
                needed="category_one",
                shown="always",
            ),
            _words(
                "s327a_considered",
                "s.327A: which particular member of the public was considered",
                APPROVAL,
                needed="s327a",
                shown="s327a",
            ),
            _yes(
                "s327a_presumption",
                "s.327A: is the presumption met?",
                CLOSING,
                needed="s327a",
                shown="s327a",
            ),
            _words(
                "s327a_reason",
                "s.327A: met and not disclosed, because",
                APPROVAL,
                needed="s327a_not_disclosed",
                shown="s327a_not_disclosed",
            ),
            _words("scheme_referral", "DVDS or CSODS referral", Stops.NOTHING),
        ),
        entries=("disclosures",),
        initial_minutes=3,
        review_minutes=3,
        guidance="Reasonable, necessary, lawful, proportionate [V, guidance ch.10]. CJA 2003 s.327A: particular children, reasonable cause to believe, necessary to protect.",
    ),
    AgendaItem(
        code="A14",
        title="Media, community and critical-incident handling",
        short="Media",
        say="Could this reach the media or unsettle a community? Who leads, and what is the line?",
        fields=(
            _pick(
                "media_risk",
                "Interest of media or community",
                "MediaRisk",
                APPROVAL,
                needed="media_asked",
            ),
            _line(
                "press_lead",
                "Lead press office",
                APPROVAL,
                needed="media_interest",
                shown="media_interest",
            ),
            _words(
                "holding_line",
                "Holding line",
                APPROVAL,
                needed="media_interest",
                shown="media_interest",
            ),
            _line("spokesperson", "Spokesperson", Stops.NOTHING, shown="media_interest"),
            _words(
                "community_plan",
                "Community tension: what is planned",
                Stops.NOTHING,
                shown="media_interest",
            ),
        ),
        guidance="Always answered at Level 3 [V, guidance ch.7: media and public interest].",
    ),
    AgendaItem(
        code="A15",
        title="Level decision",
        short="Level",
        say="Level 1, 2, 3 or leaving: each agency's view, please. Who sees it differently? What would change our mind?",
        voice="Each agency, then the chair",
        fields=(
            _pick("level_decision", "Decision", "LevelDecision", CLOSING),
            _date("effective_date", "From", APPROVAL, sensitivity=S.OPEN),
            _pick(
                "exit_reason",
                "Why the individual leaves MAPPA",
                "ExitReason",
                CLOSING,
                needed="leaving",
                shown="leaving",
            ),
            _yes(
                "cppc_considered",
                "Critical Public Protection Case considered",
                APPROVAL,
                needed="level_three",
                shown="level_three",
            ),
            _words("cppc_reason", "Because", APPROVAL, needed="level_three", shown="level_three"),
            _words(
                "resources_committed",
                "Resources committed, and by whom",
                APPROVAL,
                needed="level_three",
                shown="level_three",
            ),
            _words(
                "after_eligibility",
                "Eligibility ends before the next review: what holds the plan, is Category 3 considered, who applies for which order",
                APPROVAL,
                needed="eligibility_ends_first",
                shown="eligibility_ends_first",
            ),
            _words("transfer", "What else is to be said of a transfer", Stops.NOTHING),
            _words(
                "subject_told", "What the individual is told, by whom, when (or why not)", APPROVAL
            ),
        ),
        entries=("decisions", "transfers"),
        initial_minutes=3,
        review_minutes=3,
        guidance="A transfer to another area is no exit: an agency asks for it, and the level continues until the receiving area decides. Lowest level that still gives a defensible plan [V]. Say why the lower level is not enough and why the higher is not needed. Category 3 leaving Level 2 or 3 leaves MAPPA.",
    ),
    AgendaItem(
        code="A16",
        title="Actions read back, dissent, lay comment",
        short="Read-back",
        say="I read back every decision, risk and action. Owners: say yes, and the date.",
        fields=(
            _words("dissent_summary", "Dissent not settled", Stops.NOTHING),
            _words("lay_adviser_comment", "Lay adviser's observation", Stops.NOTHING),
        ),
        entries=("actions",),
        initial_minutes=3,
        review_minutes=3,
        guidance="Specific, measurable, accepted, tied to a risk, with a date. Lay advisers and observers own no action.",
    ),
    AgendaItem(
        code="A17",
        title="Records",
        short="Records",
        say="Who updates ViSOR or MAPPS? Minutes go to the agencies invited; does anyone else need a copy?",
        fields=(
            Field(
                key="visor_update_owner",
                label="Who updates ViSOR/MAPPS",
                kind=K.PERSON,
                stops=APPROVAL,
                sensitivity=S.OPEN,
            ),
            _yes(
                "exec_summary_needed",
                "Is an executive summary needed?",
                Stops.NOTHING,
                sensitivity=S.OPEN,
            ),
            _words("sharing_note", "Sharing agreed at this meeting", Stops.NOTHING),
        ),
        entries=("recipients",),
        guidance="Default recipients are the agencies invited; any addition needs the chair [R].",
    ),
    AgendaItem(
        code="A18",
        title="Next meeting and close",
        short="Close",
        say="The next meeting is on {next_date}. In five lines: the risk, the plan, the level, the biggest worry, the next date. Is everyone all right after that?",
        voice="Chair",
        fields=(
            _date(
                "next_review_date",
                "Next meeting",
                CLOSING,
                needed="staying",
                can_park=False,
                sensitivity=S.OPEN,
            ),
            _time("next_review_time", "At", sensitivity=S.OPEN),
            _pick("next_level", "At level", "Level", Stops.NOTHING, sensitivity=S.OPEN),
            _words(
                "review_reason_if_late",
                "Why the review is later than the backstop",
                APPROVAL,
                needed="review_late",
                shown="review_late",
            ),
            _line("notification_owner", "Who tells the agencies", Stops.NOTHING, shown="leaving"),
            _time("actual_end", "End", APPROVAL, sensitivity=S.OPEN),
            _words("chair_summary", "Chair's summary, five lines", APPROVAL),
        ),
        entries=("addenda",),
        guidance="The chair sets the date on risk and circumstances; beyond the backstop a reason is asked [R].",
    ),
)
"""The national agenda. The order here is the order printed."""

CLOSED_UNTIL_STATEMENT: Final = "A2"
"""No later item opens until the statement is given; a note can always be typed."""

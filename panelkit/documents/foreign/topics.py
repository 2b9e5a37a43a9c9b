"""What headings and labels of minutes are called, and which agenda item each answers.

One list for headings, one for labels. To teach the reader another area's wording, add a line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from panelkit.domain.foreign import Sure


@dataclass(frozen=True, slots=True)
class Topic:
    """What stands under a heading."""

    item: str
    """The agenda item; blank for a heading that is known and answers none."""
    field: str = ""
    """The field of that item."""
    lists: str = ""
    """What its lines are: people, actions, measures of a pillar."""


@dataclass(frozen=True, slots=True)
class Named:
    """A topic, and how sure a heading names it."""

    topic: Topic
    sure: Sure
    phrase: str


def _topics(lines: str) -> dict[str, Topic]:
    made = {}
    for line in lines.strip().splitlines():
        target, phrases = line.split("=", 1)
        item, field, lists = (*target.strip().split("."), "", "")[:3]
        topic = Topic("" if item == "-" else item, field, lists)
        made.update({phrase.strip(): topic for phrase in phrases.split(",")})
    return made


HEADINGS: Final = _topics("""
A1 = introductions, apologies and introductions, welcome and apologies, introduction, welcome, welcome and introductions, opening, introductions and apologies, welcome introductions and apologies, meeting details, details of meeting, details of the meeting, declarations of interest, conflicts of interest
A1..present = persons attending, people attending, who attended, attending, attendance, attendees, present, those present, in attendance, people present, agencies present, attendance list, attended, attendees and apologies, present at meeting, members present, panel members, panel
A1..apologies = sent apologies, apologies, apologies for absence, apologies received, not present, absent, absentees, non attendees, unable to attend
A1..reports = reports received, written reports, reports in lieu, report only, reports and apologies, reports apologies
A1..no_response = invited no response, no response, invited but not attended, did not attend
A1.purpose_statement = purpose, purpose of meeting, purpose of the meeting, aim of meeting, objectives
A2 = confidentiality, confidentiality statement, confidentiality and diversity statement, confidentiality diversity statement, statement of confidentiality, information sharing statement, confidentiality and information sharing, statement
A3 = mappa status, eligibility, mappa eligibility, status, category and level, level and category, mappa category and level, mappa level and category, eligibility category and level, lead agency, mappa details
A3.category_basis = basis of category, category basis
A3..dates = key dates, important dates, relevant dates, dates
A4 = minutes of last meeting, minutes of the last meeting, minutes of previous meeting, minutes of the previous meeting, previous minutes, last minutes, accuracy of minutes, accuracy of the last minutes, accuracy of previous minutes, agreement of minutes, approval of minutes, approval of previous minutes
A5..old_actions = actions from last meeting, actions from the last meeting, actions from previous meeting, actions from the previous meeting, previous actions, review of actions, review of previous actions, update on actions, action updates, outstanding actions, matters arising, minutes and actions from last meeting, minutes and actions from the last meeting, actions carried forward, progress on actions, review of outstanding actions, old actions, actions update, update on previous actions
A6.reason_for_referral = reason for referral, reasons for referral, referral, reason for meeting, reason for the meeting, referral reason
A6.offence_summary = case summary, summary of case, summary of the case, background, background information, case background, summary, brief facts, summary of offence, case overview, pen picture
A6.index_offence = index offence, index offences, conviction, convictions, current offence, conviction and sentence, offence, offence details, offence and sentence, sentence, sentence details, index offence and sentence
A6.previous_relevant = previous convictions, offending history, previous offending, criminal history, previous relevant, relevant previous, antecedents
A6.changes_since_last = changes since last meeting, changes since the last meeting, update since last meeting, update since the last meeting, update, changes since last time, what has changed, changes, developments since last meeting, significant changes, reason for meeting changes since last, changes since last, case update
A6.current_circumstances = current circumstances, current situation, present situation, situation, present circumstances, current position
A6.subject_view = offender's view, offenders view, view of the individual, individual's view, views of the individual, subject's view
A7..organisations = information from agencies, information from each agency, agency updates, agency information, information sharing, information shared, information exchange, agency reports, updates from agencies, information, information provided by agencies, agency contributions, reports, reports from agencies, round table, discussion, exchange of information, relevant information, updates, single agency updates
A8.diversity_needs = diversity, diversity issues, diversity considerations, equality and diversity, diversity and vulnerability, vulnerability, equality, protected characteristics, equality diversity and inclusion, diversity factors
A9.victim_issues = victims, victim, victim issues, victim concerns, victim considerations, victim information, victims and potential victims, victim and potential victim issues, victim liaison, victim contact, victim perspective, safeguarding, children and safeguarding, child safeguarding, child protection, victim safeguarding
A9.potential_victims = potential victims
A10..risk = current risks, risk now, risk assessment, risk, risks, risk of serious harm, rosh, rosh summary, risk levels, assessment of risk, risk summary, current risk, risk ratings, rosh levels, risk analysis, risk of harm, summary of risk, current risk assessment
A10.nature_of_harm = nature of risk, nature of the risk, nature of harm
A10.who_at_risk = who is at risk
A10.imminence = imminence, when the risk is greatest, when is the risk likely to be greatest
A10.triggers = triggers, risk factors, factors increasing risk, circumstances likely to increase risk, what would raise it, what would increase risk, what increases risk
A10.protective_factors = protective factors, factors reducing risk, factors likely to reduce risk, what would lower it, what would reduce risk, strengths
A11 = risk management plan, rmp, risk management, management plan, multi agency risk management plan, mappa risk management plan, plan, action planning
A11..supervision = supervision
A11..monitoring_control = monitoring and control, monitoring, monitoring control, control
A11..interventions_treatment = interventions and treatment, interventions, treatment, interventions treatment, intervention
A11..victim_safety = victim safety, victim safety planning, victim safety plan
A11..contingency = contingency, contingency plan, contingency plans, contingency planning, contingencies
A11.licence_conditions = licence conditions, licence, licence and orders, conditions
A11.accommodation = accommodation, housing and accommodation, release address, accommodation plan
A12.hr_note = human rights, restrictive measures, restrictive measures and human rights, proportionality, human rights considerations, human rights act, restrictions
A13.disclosure_rationale = disclosure, disclosure decision, disclosure to third parties, third party disclosure, consideration of disclosure, disclosure issues, disclosure considerations
A14.community_plan = media, media handling, media strategy, media and community, media issues, press, press and media, community impact, media community, media interest, media community and critical incident handling, community and media
A15..level = level decision, decision on level, level of management, mappa level, management level, level, level of mappa management, decision on level of management, review of level, level review, level of risk management, registration, decision on mappa level, outcome, agreed level, recommended level, exit from mappa
A15..decisions = decisions, decision, decisions made, decisions of the panel, panel decisions, key decisions, decision and rationale, decisions and rationale
A16..actions = to do, next steps, tasks, tasks agreed, actions, action, action plan, new actions, agreed actions, actions agreed, summary of actions, action points, list of actions, action list, actions arising, action summary, actions set, action schedule, actions from this meeting, actions from meeting
A16.dissent_summary = dissent, disagreement, disagreements, any disagreements, differing views, dissent and observations, different views
A16.lay_adviser_comment = lay adviser, lay adviser comments, lay advisor, lay adviser's observation, lay adviser observations, observations
A17 = visor, visor update, records, recording, mapps, visor mapps, record keeping
A17..distribution = distribution, distribution list, circulation, circulation list, approval and distribution, minutes distribution
A18 = next meeting, date of next meeting, date of the next meeting, next review, close, review date, next panel, date and time of next meeting, date of next review, close of meeting, next meeting date, next meeting and close, review
A18.chair_summary = chair's summary, chairs summary, chair summary, summary by chair, closing summary, summing up, chair's closing summary
- = any other business, aob, glossary, abbreviations, signed, signature, appendix, notes, freedom of information, minutes, agenda, contents, personal details, offender details, individual's details, subject details, individual, details of individual, details of offender, offender, personal information, nominal details, subject
""")
"""Phrase by phrase, in plain lower-case words; the longest that a heading contains counts."""

LABELS: Final[dict[str, str]] = {
    phrase.strip(): key
    for key, phrases in {
        "held_on": "panel date, meeting held, date of mapp meeting, date of meeting, meeting date, date, date and time, date held, held on, date of panel, date of mappa meeting, date of the meeting, date of review, date time",
        "chair": "in the chair, chair, chaired by, chairperson, chair person, meeting chair, name of chair, chair of meeting, chairman, meeting chaired by, chair name",
        "minute_taker": "minute taker, minutes by, minutes taken by, notes by, note taker, minuted by, minute taken by, minutes taker, taken by, notetaker, administrator",
        "level": "level, mappa level, level of meeting, meeting level, level of management, current level, level at start, management level, current mappa level",
        "category": "category, mappa category, cat, mappa cat",
        "level_category": "level and category, category and level, mappa level and category, mappa category and level, category level, level category, mappa category level",
        "kind": "type of meeting, meeting type, type, kind of meeting, initial or review",
        "ref": "reference, ref, mappa ref, mappa reference, case reference, case ref, reference number, local reference, ref no, mappa number, mappa id, reference no, case number, our ref, local ref",
        "marking": "marking, protective marking, classification, security classification, gsc",
        "start": "start time, time, time started, start, scheduled start, time of meeting, actual start, meeting started, time start",
        "end": "end time, finish, time ended, meeting closed, end, finish time, time finished, meeting ended",
        "next": "next meeting, date of next meeting, next review, review date, next meeting date, next panel, date of next review, date of the next meeting, next review date, date of next panel",
        "name": "name, name of offender, offender, offender name, subject, subject name, name of subject, individual, name of individual, surname, full name, nominal",
        "born": "dob, date of birth, d o b, born",
        "A3.lead_agency": "lead agency",
        "A3.lead_officer": "lead officer, offender manager, probation practitioner, lead practitioner, lead worker",
        "A1.platform": "venue, location, place, platform, held at, meeting venue, mode platform",
        "A1.purpose_statement": "purpose, purpose of meeting, purpose of the meeting",
        "A6.index_offence": "index offence, index offences, conviction, offence",
        "A6.previous_relevant": "previous convictions, relevant previous, previous",
        "A10.nature_of_harm": "nature of harm, nature of risk, nature of the risk, nature of the harm, what is the risk, nature",
        "A10.who_at_risk": "who is at risk, who at risk, who",
        "A10.imminence": "imminence, when the risk is greatest, when is the risk likely to be greatest, when",
        "A10.triggers": "triggers, what would raise it, what would increase risk, risk factors, factors increasing risk, increases risk, what increases risk",
        "A10.protective_factors": "protective factors, what would lower it, factors reducing risk, reduces risk, what reduces risk",
        "A10.overall_rosh": "overall rosh, overall risk, overall, overall risk of serious harm, overall rosh level, overall level of risk, risk of serious harm, rosh, risk level",
        "A11.licence_conditions": "licence conditions",
        "A11.accommodation": "accommodation, address",
        "A17.visor_update_owner": "visor update, visor, visor updated by, visor to be updated by, mapps",
        "A18.chair_summary": "chair's summary, chairs summary, chair summary",
    }.items()
    for phrase in phrases.split(",")
}
"""Labels that stand before a value; a key with a dot is a field of an agenda item."""

_NUMBER: Final = re.compile(
    r"^\s*(?:(?:agenda\s+)?(?:item|section|part|no\.?)\s+)?"
    r"(?:(?P<figures>\d{1,2}(?:\.\d{1,2}){0,3})[.):]*(?=[\s–—-])|[([]?(?:\d{1,2}|[A-Z]|[a-z]|[ivx]{1,4})[)\].]|(?-i:A|X)\d{1,2}\b[.):]?)[\s–—-]*",
    re.IGNORECASE,
)
_ASIDE: Final = re.compile(r"[(\[][^)\]]{0,80}[)\]]")
_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_LONGEST_HEADING: Final = 9
"""Words of a heading in which a phrase is looked for; longer ones must be the phrase."""


def number_of(text: str) -> tuple[str, str]:
    """``10.1 Static factors`` as its number and the rest; a blank number where none is."""
    found = _NUMBER.match(text[:40])
    if not found or not text[found.end() :].strip():
        return "", text.strip()
    return found[0].strip(" .):-–—\t"), text[found.end() :].strip()


def plain(text: str) -> str:
    """A heading or label as plain lower-case words, without number, brackets and marks."""
    words = _WORD.findall(_ASIDE.sub(" ", text[:200]).replace("&", " and ").casefold())
    return " ".join(word.replace("’", "'") for word in words)


def topic_of(heading: str) -> Named | None:
    """What a heading announces; None where it is not known."""
    words = plain(number_of(heading)[1]).removeprefix("mappa ")
    if not words:
        return None
    whole = HEADINGS.get(words) or HEADINGS.get(f"mappa {words}")
    if whole:
        return Named(whole, Sure.SURE, words)
    split = words.split()
    if "level" in split and _DECIDING & set(split):
        return Named(HEADINGS["level decision"], Sure.LIKELY, "level decision")
    if len(split) > _LONGEST_HEADING:
        return None
    for length in range(len(split) - 1, 0, -1):
        for start in range(len(split) - length + 1):
            phrase = " ".join(split[start : start + length])
            if "minutes" in split and "minutes" not in phrase:
                continue  # the title of the document
            if phrase in HEADINGS and (length > 1 or phrase in _TELLING):
                return Named(HEADINGS[phrase], Sure.LIKELY, phrase)
    return None


_DECIDING: Final = frozenset({"decision", "decisions", "outcome", "recommendation"})
_TELLING: Final = frozenset(
    "apologies attendance attendees introductions confidentiality eligibility diversity equality victim victims "
    "safeguarding rosh rmp contingency disclosure media press decisions actions dissent distribution "
    "visor mapps supervision accommodation proportionality triggers imminence background".split()
)
"""Single words that name a topic inside a longer heading; "risk" or "level" would not."""


def label_of(text: str) -> str:
    """The key of a label such as "Date of meeting:"; blank where it is not known."""
    label = text.strip().rstrip(":")
    for words in (plain(label), plain(number_of(label)[1])):
        if key := LABELS.get(words) or LABELS.get(words.removeprefix("mappa "), ""):
            return key
    return ""

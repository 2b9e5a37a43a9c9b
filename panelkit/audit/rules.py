"""Every rule of the audit, once. Screen, report, area files and the manual page follow from it.

A rule that is on by default found nothing that is not there in at least nine of ten cases
of the labelled set (``tests/audit/labelled``); the manual page prints the figure. Where a
rule reads prose it suggests, and a person judges. Standing: seen, recalled or inferred, as
in the domain notes on auditing.
"""

from __future__ import annotations

from functools import partial
from typing import Final

from panelkit.audit import carrying, decision_checks, judgement_checks, meeting_checks, names, words
from panelkit.audit.finding import Rule, Severity, Standing

RED, AMBER = Severity.RED, Severity.AMBER
SEEN, RECALLED, INFERRED = Standing.SEEN, Standing.RECALLED, Standing.INFERRED

HELD, TOLD, RISK, DECIDED, PROSE, AFTER = (
    "How the meeting was held", "What was said", "Risk, plan and rights", "Decisions and actions",
    "Words a stranger can follow", "From one meeting to the next",
)  # fmt: skip

RULES: Final[tuple[Rule, ...]] = (
    Rule(
        id="opening", matter="purpose", topic=HELD, severity=AMBER, standing=SEEN, check=meeting_checks.opening,
        asks="Did the meeting begin on time, with a purpose that says what it must decide?",
        why="Meeting audit form 2012, L4.1 and L4.2; inspections of 2011 and 2015 found meetings that exchanged information without a purpose.",
        advice="State the start, and the decisions that the meeting is for.",
    ),
    Rule(
        id="room", matter="room", topic=HELD, severity=RED, standing=SEEN, check=meeting_checks.room,
        asks="Was the meeting quorate or its reason given, was everybody identified, alone, and told the statement?",
        why="Meeting audit form 2012, L4.3 and L4.4; MAPPA D. Who makes a quorum is recalled.",
        advice="Record the statement, who heard it, and that each person was identified and alone.",
    ),
    Rule(
        id="absences", matter="absences", topic=HELD, severity=AMBER, standing=SEEN, check=meeting_checks.absences,
        asks="Did every absent agency report or get a call, and was its report used?",
        why="Case audit form 2012, K4.1 and K4.2: absentees who should report did so.",
        advice="Follow up absences, and put reports into the minutes.",
    ),
    Rule(
        id="agenda", matter="agenda", topic=HELD, severity=AMBER, standing=SEEN, check=meeting_checks.agenda,
        asks="Do the minutes show that the agenda was followed, with what each item asks for?",
        why="Case audit form 2012, K5.2, K5.3 and K6.1; local questions X10 and X11.",
        advice="Complete the item, or park it with a reason that prints.",
    ),
    Rule(
        id="heard", matter="heard", topic=TOLD, severity=RED, standing=SEEN, check=meeting_checks.heard,
        asks="Was every organisation in the room heard, or is its nil return recorded?",
        why="Meeting audit form 2012, L4.7; case audit form, K6.2.",
        advice="Ask each by name; nil is an answer.",
    ),
    Rule(
        id="sources", matter="sources", topic=TOLD, severity=AMBER, standing=SEEN, check=meeting_checks.sources,
        asks="Does each piece of information say what kind it is and how it is known?",
        why="Data Protection Act 2018 s.38: fact and assessment apart; test T3 of defensible decisions: each item with its source.",
        advice="Mark it fact, intelligence, opinion or self-report, with the source.",
    ),
    Rule(
        id="self_report", matter="attributed", topic=TOLD, severity=AMBER, standing=SEEN, check=words.self_report, reads=True,
        asks="Is what only the individual can vouch for recorded as his account, or checked?",
        why="Report to prevent future deaths 2021: his own account of himself was accepted; “who verified?”",
        advice="Write “he says”, or say who checked it and how.",
    ),
    Rule(
        id="unsourced", matter="attributed", topic=TOLD, severity=AMBER, standing=RECALLED, reads=True,
        check=partial(words.vague, kinds=("unsourced",)),
        asks="Does each report say who believes it?",
        why="Patterns auditors complain of: opinions as fact (audit notes, sections 7 and 8).",
        advice="Say who said so and how they know.",
    ),
    Rule(
        id="victims", matter="victims", topic=RISK, severity=RED, standing=SEEN, check=judgement_checks.victims,
        asks="Are victims and potential victims considered, each with a measure and an owner?",
        why="Guidance chapter 22; meeting audit form 2012, L5.1; local question X1.",
        advice="Complete A9; tie each victim to a measure with an owner.",
    ),
    Rule(
        id="victim_names", matter="names", topic=RISK, severity=RED, standing=INFERRED, check=names.victim_names, reads=True,
        asks="Are victims, and others in the victim part, named only by reference?",
        why="Local question X12, no victim or third-party names: minutes reach many readers, and a name can get a victim found.",
        advice="Write V1, V2; keep names in the victim liaison officer's file.",
    ),
    Rule(
        id="diversity", matter="diversity", topic=RISK, severity=AMBER, standing=SEEN, check=judgement_checks.diversity,
        asks="Were diversity needs found, and do they change something in the plan?",
        why="Case audit form 2012, K6.4; meeting audit form, L5.2; a boilerplate answer is not consideration.",
        advice="Name the need, who found it, and what is done differently.",
    ),
    Rule(
        id="risk", matter="risk", topic=RISK, severity=RED, standing=SEEN, check=judgement_checks.risk,
        asks="Is risk rated for every group, with who, what and when, on a current assessment?",
        why="Case audit form 2012, K6.5; test T2: reliable assessment methods.",
        advice="Rate each group; say who is at risk of what, and when most.",
    ),
    Rule(
        id="rating_reasons", matter="risk", topic=RISK, severity=AMBER, standing=INFERRED, reads=True, check=judgement_checks.rating_reasons,
        asks="Does each rating say why, and what moved it?",
        why="Defensible decisions, section 5: a level without what changed is a weak rationale.",
        advice="Say what the rating rests on: who found what, when.",
    ),
    Rule(
        id="plan", matter="plan", topic=RISK, severity=RED, standing=SEEN, check=judgement_checks.plan,
        asks="Does a measure answer each high or very high risk?",
        why="Follow-up inspection 2015: risk management plans still need work; local question X4.",
        advice="Tie a measure to the risk, or say what is missing.",
    ),
    Rule(
        id="pillars", matter="plan", topic=RISK, severity=RED, standing=SEEN, check=judgement_checks.pillars,
        asks="Are the four pillars filled or explained, with contingency, conditions and measures one can check?",
        why="Guidance 12.11 to 12.16.",
        advice="Fill the pillar or say why not; if it goes wrong, who does what?",
    ),
    Rule(
        id="restrictions", matter="restrictions", topic=RISK, severity=RED, standing=SEEN, check=judgement_checks.restrictions,
        asks="Is each restriction lawful, necessary, proportionate and the least that works?",
        why="Article 8(2) of the European Convention on Human Rights; MAPPA D; local question X3.",
        advice="Record basis, aim, necessity, the milder step rejected, and review.",
    ),
    Rule(
        id="disclosure", matter="disclosure", topic=RISK, severity=RED, standing=SEEN, check=judgement_checks.disclosure,
        asks="Was disclosure decided, with who was considered and why; and s.327A where it applies?",
        why="Guidance chapter 10; Criminal Justice Act 2003 s.327A; local question X2. That it is considered at every meeting is recalled.",
        advice="Name whom the panel considered, and the reason.",
    ),
    Rule(
        id="decisions", matter="decisions", topic=DECIDED, severity=RED, standing=SEEN, check=decision_checks.decisions,
        asks="Does every decision show its question, options, evidence both ways, basis, effects, review and who is told?",
        why="Tests T1 to T10 of defensible decisions, from the probation literature; public-law tests; local question X7.",
        advice="Complete the record of the decision.",
    ),
    Rule(
        id="reasons", matter="decisions", topic=DECIDED, severity=AMBER, standing=INFERRED, check=decision_checks.reasons, reads=True,
        asks="Do reasons name a fact and its source?",
        why="Test T10: evidence, not assertion; defensible decisions, section 5.",
        advice="Because of what, found by whom, when?",
    ),
    Rule(
        id="dissent", matter="dissent", topic=DECIDED, severity=RED, standing=SEEN, check=decision_checks.dissent,
        asks="Is every organisation's view recorded, and disagreement answered?",
        why="Meeting audit form 2012, L4.8; guidance 13b: different viewpoints are fairly reflected; local question X8.",
        advice="Ask who sees it differently; record the view, the answer, and to whom it goes.",
    ),
    Rule(
        id="smart", matter="actions", topic=DECIDED, severity=RED, standing=INFERRED, check=decision_checks.smart_actions, reads=True,
        asks="Is each action specific, measurable, accepted, tied to a risk and dated?",
        why="Audit notes, section 8; local question X5.",
        advice="Who does exactly what, by which date, and how will we know?",
    ),
    Rule(
        id="acronyms", matter="clear", topic=PROSE, severity=AMBER, standing=SEEN, check=words.acronyms, reads=True,
        asks="Is every acronym written out where it first stands?",
        why="Guidance 13b: somebody who was not there can follow; local question X9.",
        advice="Write it out at first use.",
    ),
    Rule(
        id="judgemental", matter="wording", topic=PROSE, severity=AMBER, standing=RECALLED, reads=True,
        check=partial(words.vague, kinds=("judgemental",)),
        asks="Is the wording free of judgement about people?",
        why="Patterns auditors complain of: emotive language (audit notes, section 7).",
        advice="Describe what he or she did, or quote whose word it is.",
    ),
    Rule(
        id="certainty", matter="wording", topic=PROSE, severity=RED, standing=SEEN, reads=True,
        check=partial(words.vague, kinds=("certainty",)),
        asks="Does nothing claim what nobody can know?",
        why="There is no “no risk”: the lowest level is low (glossary, section 5).",
        advice="Give the level, and what it rests on.",
    ),
    Rule(
        id="vague", matter="clear", topic=PROSE, severity=AMBER, standing=RECALLED, reads=True,
        check=partial(words.vague, kinds=("no time", "earlier discussion")),
        asks="Do the words say when, and stand without another document?",
        why="Patterns auditors complain of (audit notes, section 8).",
        advice="Give the date; say what was discussed.",
    ),
    Rule(
        id="boilerplate", matter="afresh", topic=PROSE, severity=AMBER, standing=RECALLED, check=words.boilerplate, reads=True,
        asks="Does every answer say something about this case?",
        why="Patterns auditors complain of: “n/a”, “no change”, the same line each time (audit notes, section 7).",
        advice="Say what was found, and who checked.",
    ),
    Rule(
        id="carried", matter="carried", topic=AFTER, severity=RED, standing=SEEN, check=carrying.carried,
        asks="Has a person confirmed what was carried from last time?",
        why="Inspections: it was unclear what a review had changed; a carried line is not an answer of today.",
        advice="Confirm it or write it anew.",
    ),
    Rule(
        id="copied", matter="afresh", topic=AFTER, severity=RED, standing=RECALLED, check=carrying.copied, reads=True,
        asks="Are the words of this meeting, and not copied from the last?",
        why="Patterns auditors complain of: cut and paste from the last minutes (audit notes, sections 7 and 8).",
        advice="Write what is so now, or carry the line and confirm it.",
    ),
    Rule(
        id="old_actions", matter="old_actions", topic=AFTER, severity=RED, standing=SEEN, check=carrying.old_actions,
        asks="Has every earlier action a status and an outcome in words, and is none lost?",
        why="Case audit form 2012; local question X6; actions that vanish between meetings.",
        advice="Take each action, and say what difference it made.",
    ),
    Rule(
        id="timeliness", matter="review", topic=AFTER, severity=AMBER, standing=RECALLED, check=meeting_checks.timeliness,
        asks="Are the review and the minutes in time, or is there a reason?",
        why="Review backstops and days for issuing are recalled figures, set by the area; local question X11.",
        advice="Keep to the timescale, or record the reason.",
    ),
    Rule(
        id="distribution", matter="distribution", topic=AFTER, severity=RED, standing=RECALLED, check=meeting_checks.distribution,
        asks="Do only those have a copy who were invited or whom the chair approved?",
        why="Default recipients are the agencies invited; any addition needs the chair.",
        advice="Record the chair's approval, or take the name off.",
    ),
    # -- an area turns these on ------------------------------------------------------
    Rule(
        id="run_on", matter="clear", topic=PROSE, severity=AMBER, standing=INFERRED, on=False, check=words.run_on, reads=True,
        asks="Can each sentence be read in one breath?",
        why="Audit notes, section 8: long sentences are hard to follow. The length is the area's figure.",
        advice="Make two sentences of it.",
    ),
    Rule(
        id="soft_words", matter="clear", topic=PROSE, severity=AMBER, standing=INFERRED, on=False, reads=True,
        check=partial(words.vague, kinds=("soft verb", "hedge")),
        asks="Is the prose free of soft verbs and hedges?",
        why="Vague wording list, audit notes, section 8. Actions are scored apart from it.",
        advice="Say who does what exactly, and how often.",
    ),
    Rule(
        id="nobody_named", matter="clear", topic=PROSE, severity=AMBER, standing=INFERRED, on=False, reads=True,
        check=partial(words.vague, kinds=("nobody named",)),
        asks="Does the prose say who agreed, reported or was worried?",
        why="A stranger cannot ask “it was agreed” by whom.",
        advice="Say who.",
    ),
    Rule(
        id="thin_sections", matter="clear", topic=PROSE, severity=AMBER, standing=INFERRED, on=False, reads=True, check=decision_checks.thin_sections,
        asks="Has each section of analysis more than a handful of words?",
        why="Audit notes, section 8: a section under eight words.",
        advice="Say who, what, when.",
    ),
    Rule(
        id="concise", matter="clear", topic=PROSE, severity=AMBER, standing=INFERRED, on=False, check=decision_checks.concise,
        asks="Are the minutes short enough to be read?",
        why="Case audit form 2012, K5.1: clear and concise; over 6,000 words is our figure.",
        advice="Keep analysis and decisions; leave out what the reports say already.",
    ),
    Rule(
        id="active_management", matter="management", topic=DECIDED, severity=AMBER, standing=SEEN, on=False, check=decision_checks.active_management, reads=True,
        asks="Is there at least as much on managing risk as on exchanging information?",
        why="Joint inspection 2011, reviews of 2015 and 2020: meetings dominated by information exchange; local question X13. Counting words is our proxy.",
        advice="Ask of each piece of information: so what?",
    ),
    Rule(
        id="summary_covers", matter="summary", topic=DECIDED, severity=AMBER, standing=SEEN, on=False, check=decision_checks.summary_covers, reads=True,
        asks="Does the chair's summary cover every group at high risk?",
        why="Meeting audit form 2012, L5.3.",
        advice="Name each high risk in the summary.",
    ),
    Rule(
        id="time_share", matter="management", topic=HELD, severity=AMBER, standing=INFERRED, on=False, check=meeting_checks.time_share,
        asks="Did risk, plan and decisions have at least half of the time?",
        why="Meeting audit form 2012, L4.5; half is our figure.",
        advice="Keep the round table short; reports are read beforehand.",
    ),
    Rule(
        id="everyone_listed", matter="distribution", topic=AFTER, severity=AMBER, standing=INFERRED, on=False, check=meeting_checks.everyone_listed,
        asks="Is every organisation that was invited on the distribution list?",
        why="For areas that list every recipient rather than only additions.",
        advice="Add it, or say why it has no copy.",
    ),
)  # fmt: skip
"""Every rule, in the order of the manual."""

BY_ID: Final = {rule.id: rule for rule in RULES}

"""What feedback is about: each rule and each question names one matter, and the matter says whose
doing it is, why it matters and what helps.

What is said and decided in the room is the chair's, the words and their way to the reader are the
minute taker's; what neither can change stands in no letter.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from panelkit.domain.feedback import Doing

CHAIR, MINUTES, OTHERS = Doing.CHAIR, Doing.MINUTES, Doing.OTHERS


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing that somebody does in a meeting or its minutes."""

    id: str
    doing: Doing
    title: str
    why: str
    """Why it matters, in one sentence."""
    advice: str
    """What helps, where a rule has not said it better."""
    quotes: bool = True
    """False where the words themselves must not be repeated."""


_ALL: Final = (
    Matter("victims", CHAIR, "Keeping victims in view",
           "Victims and potential victims are whom the arrangements are for.",
           "For each, ask what keeps this person safe and who sees to it."),
    Matter("risk", CHAIR, "Saying what the risk is",
           "Whoever acts on the plan must know who is at risk of what, when most, and what that rests on.",
           "Rate each group, and say who found what and when."),
    Matter("plan", CHAIR, "A plan that answers the risk",
           "Inspectors looked for the plan's answer to each risk and said that plans still need work.",
           "Go through the high risks: which measure answers this one, and what if it fails?"),
    Matter("disclosure", CHAIR, "Deciding on disclosure",
           "Somebody may be safe only because they were told; the reason must be there either way.",
           "Ask at each meeting who needs to be told, and record the decision and its reason."),
    Matter("restrictions", CHAIR, "Restrictions that would stand",
           "A restriction that is not shown to be lawful, necessary and proportionate can be set aside.",
           "Ask for the ground, the aim, and why a milder step would not do."),
    Matter("decisions", CHAIR, "Decisions that would stand",
           "A decision is judged later by what was known, weighed and written on the day.",
           "Ask: because of what, found by whom, and what was weighed against it?"),
    Matter("dissent", CHAIR, "Making room for disagreement",
           "The view that differed is often the one that a review looks for.",
           "Ask who sees it differently; record the view and what was done about it."),
    Matter("heard", CHAIR, "Hearing everybody",
           "Each agency sees another side; “nothing to add” is an answer that can be relied on once it is asked for.",
           "Ask each organisation by name; nil is an answer."),
    Matter("actions", CHAIR, "Actions that can be done and checked",
           "An action without a person, a day and a measure is an intention.",
           "Read each action back: who does exactly what, by which day, and how will we know?"),
    Matter("old_actions", CHAIR, "Following up earlier actions",
           "An action that nobody asks about again protected nobody.",
           "Take each action of last time, and ask what difference it made."),
    Matter("room", CHAIR, "Knowing who is in the room, and what binds them",
           "People share what they hold once they know who hears it and how it will be handled.",
           "Take introductions, read or point out the statement, and ask those on a line whether they are alone."),
    Matter("sources", CHAIR, "Knowing what kind of information it is",
           "A plan that rests on rumour taken for fact protects nobody, and may not stand.",
           "Ask “how do we know?”, and have the answer recorded."),
    Matter("absences", CHAIR, "Hearing agencies that could not come",
           "An absent agency may hold the one piece that changes the plan.",
           "Ask for the report of whoever is away, and put it into the meeting."),
    Matter("diversity", CHAIR, "Considering diversity",
           "A plan that does not fit the person is not kept to.",
           "Name the need, who found it, and what is done differently because of it."),
    Matter("purpose", CHAIR, "A purpose that says what is to be decided",
           "Inspections found meetings that exchanged information and decided little; a purpose keeps the talk on the decisions.",
           "Open with the decisions that the meeting is for."),
    Matter("management", CHAIR, "Managing risk more than exchanging information",
           "Inspections and reviews found meetings taken up with information and short on managing the risk.",
           "Have reports read beforehand, and keep half of the time for risk, plan and decisions."),
    Matter("carried", CHAIR, "Confirming what came from last time",
           "A line that was carried forward says how things stood then; a review says what changed.",
           "Ask of each carried line whether it still holds."),
    Matter("agenda", CHAIR, "Going through the whole agenda",
           "What is passed over in a full hour is what is asked about if harm is done.",
           "Take each item, or park it with a reason that prints."),
    Matter("review", CHAIR, "A review that is in time",
           "Risk moves on between meetings; the date is what brings the panel back to it.",
           "Set the next date before people leave, or record why it can wait."),
    Matter("summary", CHAIR, "Summing up",
           "People leave with the same picture when the chair gives it to them.",
           "Name each factor of serious harm in the summary."),
    Matter("time", CHAIR, "Beginning on time",
           "A meeting that keeps its time keeps its people: nobody has to leave before the decisions.",
           "Begin at the booked time with whoever is there, and record why where it was not possible."),
    Matter("welcome", CHAIR, "Welcoming people",
           "People who are welcomed speak, and what is not said cannot be planned for.",
           "Welcome each by name, also those who join by line."),
    Matter("digressions", CHAIR, "Keeping to the matter",
           "Time that is kept for risk and plan is time that protects somebody.",
           "Bring the talk back with the question that is to be decided."),
    Matter("names", MINUTES, "Keeping names out", "Minutes reach many readers, and a name can get a victim found.",
           "Write V1, V2; keep names in the victim liaison officer's file.", quotes=False),
    Matter("wording", MINUTES, "Fair and measured words",
           "The person may read them, and so may a court; what was done says more than what we think of it.",
           "Describe what was done; give the level and not a certainty."),
    Matter("clear", MINUTES, "Words that a stranger can follow",
           "Somebody who was not there, at night or years later, must be able to act on the minutes alone.",
           "Read it as somebody from another agency would."),
    Matter("attributed", MINUTES, "Saying whose words they are",
           "Who says so decides how far it can be relied on.",
           "Write who said it, and whether anybody checked."),
    Matter("afresh", MINUTES, "Words of this meeting",
           "Readers cannot tell a line that was confirmed from one that was copied.",
           "Write what is so now, and who checked."),
    Matter("issue", MINUTES, "Minutes that are out in time",
           "Agencies act on the minutes: late minutes are late actions.",
           "Send the action schedule at once, and tell the chair early where the minutes will be late."),
    Matter("distribution", MINUTES, "Copies only where they belong",
           "Each copy is a way in which a name can get out.",
           "Keep to the agencies invited; record the chair's approval for anybody else."),
    Matter("consistent", MINUTES, "Names and levels that agree throughout",
           "An owner who is spelled in two ways is two people to whoever follows the actions up.",
           "Compare owners and levels with the attendance list before the minutes go to the chair."),
    Matter("basics", MINUTES, "Category, level and lead agency",
           "Whoever opens the minutes first needs to know under which duty and by whom the case is led.",
           "State category, level and lead agency."),
    Matter("referral", OTHERS, "The referral", "A late or thin referral leaves the panel without time or facts.",
           "The co-ordinator takes it up with the referring agency."),
    Matter("attendance", OTHERS, "Agencies that are needed are there", "A plan needs those who will carry it out.",
           "The co-ordinator takes it up with the agency."),
    Matter("papers", OTHERS, "Papers sent before", "People who have read can decide.",
           "The co-ordinator sends them with the invitation."),
    Matter("premises", OTHERS, "A room that suits", "People who hear and are not overheard can speak.",
           "The co-ordinator finds another."),
    Matter("lead_report", OTHERS, "The lead agency's report and first plan", "The panel builds on the lead agency's own plan.",
           "The co-ordinator asks for it."),
)  # fmt: skip

MATTERS: Final = {matter.id: matter for matter in _ALL}
"""Every matter by its id, in the order of letters: what keeps people safe first."""

"""One line typed while ten people wait, and what it was understood to mean.

An action:  ``Police: DI Shah: unannounced visit by 12 Jan > R2``
A note:     ``LHA i A11: flat falls through 1 June``

The meaning is always shown before it is taken; what could not be read stays in the
text, and nothing is ever dropped from a line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from panelkit.domain import entries as e
from panelkit.domain.conditions import rating_of
from panelkit.domain.dates import read_date
from panelkit.domain.meeting import Meeting
from panelkit.domain.timescales import Calendar
from panelkit.domain.vocabulary import AgencyType, InfoType, RiskGroup, YesNo

NICKNAMES: Final[dict[str, AgencyType]] = {
    "police": AgencyType.POL, "probation": AgencyType.PRB, "prison": AgencyType.PRI,
    "housing": AgencyType.LHA, "children": AgencyType.CSC, "childrens": AgencyType.CSC,
    "children's": AgencyType.CSC, "social care": AgencyType.CSC, "adults": AgencyType.ASC,
    "adult": AgencyType.ASC, "health": AgencyType.NHST, "mental health": AgencyType.NHST,
    "education": AgencyType.EDU, "youth justice": AgencyType.YJS, "yot": AgencyType.YJS,
    "victim liaison": AgencyType.VLO, "electronic monitoring": AgencyType.EM,
    "tagging": AgencyType.EM, "jobcentre": AgencyType.DWP, "home office": AgencyType.HO,
    "idva": AgencyType.IDVA, "approved premises": AgencyType.AP,
}  # fmt: skip
"""What agencies are called in the room."""


@dataclass(frozen=True, slots=True)
class Who:
    """An organisation of this meeting, or why it is not certain."""

    organisation: str = ""
    agency: AgencyType | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class QuickAction:
    """An action as understood from one line."""

    who: Who
    owner: str
    in_room: bool
    text: str
    due: date | None
    due_problem: str
    risk: tuple[RiskGroup, ...]
    smart: tuple[tuple[str, bool, str], ...]
    """Each of S M A R T, whether it is met, and what to do while it is not."""


@dataclass(frozen=True, slots=True)
class QuickNote:
    """A note as understood from one line."""

    who: Who
    place: str
    place_title: str
    info_type: InfoType | None
    text: str


@dataclass(frozen=True, slots=True)
class Target:
    """The meetings that a line is for, and the line without the words that said so."""

    meetings: tuple[Meeting, ...]
    text: str
    problem: str = ""
    """Why it goes to this meeting only, where more was asked for."""


_TARGET: Final = re.compile(r"\s*(both|[A-Za-z0-9]+(?:-[A-Za-z0-9]+)+)\s*:\s*", re.IGNORECASE)


def read_target(line: str, here: Meeting, others: Sequence[Meeting]) -> Target:
    """``both: ...`` is this meeting and the other; ``WM-0187: ...`` is that one alone.

    Without such a word the line is for this meeting only. What names no meeting that is
    open beside this one stays in the text: a line never goes to a meeting by a guess.
    """
    found = _TARGET.match(line)
    if found is None:
        return Target((here,), line)
    said, rest = found[1].casefold(), line[found.end() :]
    if said == "both":
        if len(others) == 1:
            return Target((here, others[0]), rest)
        refs = ", ".join(m.ref for m in others)
        why = f"Which: {refs}?" if others else "No other meeting is open beside this one."
        return Target((here,), line, f"{why} It would be kept here only.")
    if said in (here.ref.casefold(), here.case.ref.casefold()):
        return Target((here,), rest)
    for other in others:
        if said in (other.ref.casefold(), other.case.ref.casefold()):
            return Target((other,), rest)
    if _REF.fullmatch(found[1]):
        why = f"{found[1]} is not open beside this meeting. It would be kept here only."
        return Target((here,), line, why)
    return Target((here,), line)


_REF: Final = re.compile(r"[A-Za-z]+-\d+(?:-\d+)?")


def find_organisation(words: str, meeting: Meeting) -> Who:
    """The organisation of this meeting that ``words`` mean: code, name or nickname."""
    plain = words.strip().casefold()
    if not plain:
        return Who(problem="Which organisation?")
    rows = meeting.live(e.Attendance)
    exact = [row for row in rows if row.organisation.casefold() == plain]
    agency = next((a for a in AgencyType if str(a).casefold() == plain), NICKNAMES.get(plain))
    agency = agency or next((a for a in AgencyType if a.label.casefold() == plain), None)
    by_agency = [row for row in rows if agency and row.agency is agency]
    starts = [row for row in rows if plain in row.organisation.casefold()] if len(plain) > 2 else []
    found = exact or by_agency or starts
    names = tuple(dict.fromkeys(row.organisation for row in found))
    if len(names) == 1:
        return Who(names[0], found[0].agency)
    if names:
        return Who(problem=f"Which one: {', '.join(names)}?")
    if agency:
        return Who(agency.label, agency, problem=f"{agency.label} is not on the list")
    return Who(problem=f"“{words.strip()}” is not on the list")


def find_person(words: str, meeting: Meeting) -> e.Attendance | None:
    """The attendee whose name ``words`` are, or the only one whose surname they end with."""
    plain = words.strip().casefold()
    rows = [row for row in meeting.live(e.Attendance) if row.name]
    exact = [row for row in rows if row.name.casefold() == plain]
    last = plain.split()[-1:] or [""]
    surname = [row for row in rows if row.name.casefold().split()[-1:] == last]
    found = exact or surname
    return found[0] if len(found) == 1 and plain else None


_RISK: Final = re.compile(r"\s*>\s*([^>]*)$")
_DUE: Final = re.compile(r"\s+(?:by|before|due|on)\s+(?:the\s+)?([^:>]{2,28})$", re.IGNORECASE)


def read_action(line: str, meeting: Meeting, calendar: Calendar) -> QuickAction:
    """``Agency: person: what by date > risk``; any part may be missing, none is lost."""
    rest = line.strip()
    risk: tuple[RiskGroup, ...] = ()
    if (found := _RISK.search(rest)) and (groups := read_risks(found[1])):
        risk, rest = groups, rest[: found.start()]
    due, due_problem = None, ""
    if found := _DUE.search(rest):
        said = read_date(rest[found.start() :].strip(), meeting.held_on, calendar)
        if said.day:
            due, rest = said.day, rest[: found.start()]
        else:
            due_problem = said.problem
    parts = [part.strip() for part in rest.split(":", 2)]
    who, owner = Who(problem="Which organisation?"), ""
    if len(parts) == 3:
        who, owner, rest = find_organisation(parts[0], meeting), parts[1], parts[2]
    elif len(parts) == 2:
        who, owner, rest = _one_head(parts[0], parts[1], meeting)
    person = find_person(owner, meeting) if owner else None
    if person and not who.organisation:
        who = Who(person.organisation, person.agency)
    owner = person.name if person else owner
    return QuickAction(
        who=who, owner=owner, in_room=person is not None and bool(person.status and person.status.present),
        text=rest.strip(), due=due, due_problem="" if due else due_problem or "By when?",
        risk=risk, smart=smart(rest.strip(), owner, risk, due, "", meeting, known=person is not None),
    )  # fmt: skip


def _one_head(head: str, rest: str, meeting: Meeting) -> tuple[Who, str, str]:
    """``Police: visit`` names an organisation, ``DI Shah: visit`` a person."""
    person = find_person(head, meeting)
    if person:
        return Who(person.organisation, person.agency), person.name, rest
    who = find_organisation(head, meeting)
    if who.organisation:
        return who, "", rest
    return who, "", f"{head}: {rest}"


def read_risks(words: str) -> tuple[RiskGroup, ...]:
    """``R2``, ``R1, R3`` or ``known adult``; blank where any of it is not understood."""
    groups = []
    for part in re.split(r"[,;&]| and ", words.strip().casefold()):
        plain = part.strip()
        found = next(
            (g for g in RiskGroup if plain in (g.ref.casefold(), g.label.casefold(), str(g))), None
        )
        if found is None:
            return ()
        groups.append(found)
    return tuple(groups)


VAGUE_VERBS: Final = frozenset(
    "monitor liaise look explore consider be keep continue support chase follow discuss ensure try encourage link touch reach".split()
)
"""First words of actions that nobody can see done (quality audit notes, section 8)."""

DONE_VERBS: Final = frozenset(
    "visit submit serve install fit refer send interview apply arrange book check complete issue obtain provide request search tell write test update draft deliver hold ring call share notify confirm report collect change".split()
)
"""Verbs that are done or not done, so that the action measures itself."""


def smart(
    text: str, owner: str, risk: tuple[RiskGroup, ...], due: date | None, measure: str,
    meeting: Meeting, *, known: bool,
) -> tuple[tuple[str, bool, str], ...]:  # fmt: skip
    """S M A R T, each met or not, with what would meet it (quality audit notes, section 8)."""
    words = re.findall(r"[a-z']+", text.casefold())
    first = words[0] if words else ""
    following = meeting.day("A18", "next_review_date")
    return (
        (
            "S",
            len(words) >= 2 and first not in VAGUE_VERBS and words.count("and") <= 2,
            "who does what, exactly? Verb first",
        ),
        ("M", bool(measure.strip()) or bool(DONE_VERBS & set(words[:4])), "how will we know?"),
        ("A", bool(owner) and known, "an owner in the room, who says yes"),
        ("R", bool(risk), "which risk does it answer? > R1 to R6"),
        (
            "T",
            due is not None and (following is None or due <= following),
            "a date, before the next meeting",
        ),
    )


def smart_of(action: e.Action, meeting: Meeting) -> tuple[tuple[str, bool, str], ...]:
    """The same for an action on the list; an accepted one has an owner who said yes."""
    known = action.accepted is YesNo.YES or find_person(action.owner, meeting) is not None
    return smart(
        action.text,
        action.owner,
        action.risk,
        action.due,
        action.success_measure,
        meeting,
        known=known,
    )


_KINDS: Final = {
    "f": InfoType.FACT, "fact": InfoType.FACT, "i": InfoType.INTELLIGENCE, "int": InfoType.INTELLIGENCE,
    "o": InfoType.PROFESSIONAL_OPINION, "opinion": InfoType.PROFESSIONAL_OPINION, "s": InfoType.SELF_REPORT,
}  # fmt: skip


def read_note(line: str, meeting: Meeting) -> QuickNote:
    """``who kind item: words``, in any order before the colon; all of it may be missing.

    A head that is not understood whole stays part of the note.
    """
    head, colon, rest = line.partition(":")
    who, kind, place = Who(), None, ""
    if colon:
        left: list[str] = []
        for word in head.split():
            if re.fullmatch(r"[AXax]\d{1,2}", word) and _on_agenda(word.upper(), meeting):
                place = word.upper()
            elif word.casefold() in _KINDS and kind is None:
                kind = _KINDS[word.casefold()]
            else:
                left.append(word)
        who = find_organisation(" ".join(left), meeting) if left else Who()
        if left and not who.organisation:
            return QuickNote(Who(), "", "unplaced", None, line.strip())
    text = rest.strip() if colon else line.strip()
    title = meeting.item(place).short if place else "unplaced"
    return QuickNote(who, place, title, kind, text)


def _on_agenda(code: str, meeting: Meeting) -> bool:
    return any(item.code == code for item in meeting.agenda)


def risk_in_words(group: RiskGroup, meeting: Meeting) -> str:
    """``R3 known adult HIGH``: what a tie means today."""
    rating = rating_of(meeting, group)
    return f"{group.ref} {group.label.lower()}" + (f" {rating.label.upper()}" if rating else "")

"""What an emergency panel needs before A1: who it is about, why, who called it and when.

Papers may be verbal and notice is hours (meeting notes section 2); what is left to be done is a
list of what is owed afterwards (:mod:`panelkit.domain.owing`), never a form before the first word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from panelkit.domain.area import Area
from panelkit.domain.case import Case
from panelkit.domain.errors import BadInput
from panelkit.domain.fields import Field as Described
from panelkit.domain.fields import FieldKind, long_date
from panelkit.domain.meeting import By, Meeting
from panelkit.domain.timescales import LONDON, age_on
from panelkit.domain.vocabulary import (
    AgeGroup,
    Category,
    EmergencyCause,
    Level,
    LevelDecision,
    MeetingKind,
)

LONG_AGO: Final = timedelta(days=14)
"""A call that is older made no emergency panel: the day was mistyped [I]."""

_CALLED: Final = re.compile(r"(?P<day>.+), (?P<hour>\d{2}):(?P<minute>\d{2})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """How an emergency panel came to be."""

    cause: EmergencyCause
    reason: str
    """What happened, in a sentence."""
    called_by: str
    """Who asked for it, and of which agency; not who typed it."""
    called_at: datetime
    """Aware; when they asked."""
    level: Level
    held_on: date
    at: time | None = None
    """When it is to start; None while nobody has said."""


def must_be_right(called: Called, now: datetime, area: Area) -> None:
    """Raises BadInput for a call that cannot be so: the place, what is wrong, what to do."""
    if called.cause not in area.emergency_causes:
        used = ", ".join(area.emergency_causes)
        msg = f"Cause: {called.cause.label} is not used in {area.name}."
        raise BadInput(msg, remedy=f"Say one of {used}.")
    if not called.reason.strip():
        raise BadInput("What happened: a sentence is needed.", remedy="It is printed at A1.")
    if not called.called_by.strip():
        raise BadInput("Called by: nobody is named.", remedy="Say a name and an agency.")
    said = called_words(called.called_at)
    if called.called_at > now:
        msg = f"Called at: {said} is still to come."
        raise BadInput(msg, remedy="Say when it was called, or leave it at now.")
    if now - called.called_at > LONG_AGO:
        msg = f"Called at: {said} is more than {LONG_AGO.days} days ago."
        raise BadInput(msg, remedy="Check the day; a panel called then is a review.")
    if called.held_on < called.called_at.astimezone(LONDON).date():
        msg = f"Held on: {long_date(called.held_on)} is before it was called, {said}."
        raise BadInput(msg, remedy="Correct one of the two.")


def person_must_be_right(case: Case, age: AgeGroup | None, held_on: date) -> None:
    """What a panel must know of somebody who is not in the record: a name, and whether it is a child.

    Raises BadInput, naming the place, also where the date of birth says otherwise than ``age``: a
    child's meeting needs youth justice and children's social care [P], so that a child who stands as
    an adult is a meeting without them.
    """
    if not case.name.strip():
        msg = "Name of the individual: nobody can be asked about somebody without a name."
        raise BadInput(msg, remedy="Say the name that is known; aliases follow at A6.")
    if case.born is None and age is None:
        msg = "Child or adult: it is not said, and the date of birth is not known."
        raise BadInput(msg, remedy="Say the date of birth, or what was said of the age.")
    if case.born is not None and case.born > held_on:
        msg = f"Date of birth: {long_date(case.born)} is after the day of the meeting."
        raise BadInput(msg, remedy="Correct the year.")
    if wrong := age_contradicted(case, age, held_on):
        raise BadInput(wrong, remedy="Correct the date of birth, or the choice beside it.")


def age_contradicted(case: Case, age: AgeGroup | None, held_on: date) -> str:
    """Where what was said of the age differs from the date of birth, in words; blank else."""
    if case.born is None or age is None:
        return ""
    years = age_on(case.born, held_on)
    if age is AgeGroup.ADULT and years < 18:
        return (
            f"Child or adult: Adult was said, and by the date of birth it is a child of {years} "
            f"on {long_date(held_on)}."
        )
    if age is AgeGroup.CHILD and years >= 18:
        return (
            f"Child or adult: Child was said, and by the date of birth it is an adult of {years} "
            f"on {long_date(held_on)}."
        )
    return ""


def matching(refs: Iterable[str], part: str) -> tuple[str, ...]:
    """References that have these characters in them; one that is exactly so is the only one."""
    wanted = part.strip().casefold()
    found = tuple(sorted(ref for ref in refs if wanted and wanted in ref.casefold()))
    exact = tuple(ref for ref in found if ref.casefold() == wanted)
    return exact or found


def read_when(words: str, now: datetime) -> datetime:
    """The moment that ``now``, ``14:05``, ``yesterday 22:10`` or ``28 November 23:50`` stand for.

    A day without a year is the last such day. Raises BadInput for anything else; a time that is
    still to come is read as it stands, and refused by :func:`must_be_right`.
    """
    plain = " ".join(words.casefold().replace(",", " ").split())
    if plain in ("", "now"):
        return now
    found = re.fullmatch(r"(?P<day>.*?)\s*(?:at )?(?P<hour>\d{1,2})[:.](?P<minute>\d{2})", plain)
    day = _day_of(found["day"].strip(), now.astimezone(LONDON).date()) if found else None
    try:
        at = time(int(found["hour"]), int(found["minute"])) if found else None
    except ValueError:
        at = None
    if day is None or at is None:
        msg = "Called at: not a time that can be read."
        raise BadInput(msg, remedy="Say now, 14:05, yesterday 22:10 or 28 November 23:50.")
    return datetime.combine(day, at, LONDON).astimezone(UTC)


def _day_of(words: str, today: date) -> date | None:
    if words in ("", "today"):
        return today
    if words == "yesterday":
        return today - timedelta(days=1)
    described = Described(label="", kind=FieldKind.DATE)
    for text in (words, f"{words} {today.year}", f"{words} {today.year - 1}"):
        try:
            day = described.parse(text)
        except BadInput:
            continue
        if isinstance(day, date) and (day <= today or text == words):
            return day
    return None


def called_words(at: datetime) -> str:
    """``29 November 2026, 14:05``, by the clock of the room: what A1 holds."""
    here = at.astimezone(LONDON)
    return f"{long_date(here.date())}, {here:%H:%M}"


def called_when(meeting: Meeting) -> datetime | None:
    """When the panel was called, as A1 has it; None where it is not said so that it can be read."""
    found = _CALLED.fullmatch(meeting.text("A1", "called_at").strip())
    if found is None:
        return None
    try:
        day = Described(label="", kind=FieldKind.DATE).parse(found["day"])
        if not isinstance(day, date):
            return None
        at = time(int(found["hour"]), int(found["minute"]))
    except (BadInput, ValueError):
        return None
    return datetime.combine(day, at, LONDON)


def notice_words(meeting: Meeting) -> str:
    """How much notice there was, from the call to the start that the record shows; blank where
    either is not known: nothing is guessed."""
    called = called_when(meeting)
    start = meeting.value("A1", "actual_start") or meeting.value("A1", "scheduled_start")
    if called is None or not isinstance(start, time):
        return ""
    began = datetime.combine(meeting.held_on, start, LONDON)
    minutes = int((began - called).total_seconds() // 60)
    if minutes < 0:
        return ""
    days, rest = divmod(minutes, 24 * 60)
    hours, left = divmod(rest, 60)
    parts = ((days, "day"), (hours, "hour"), (left, "minute"))
    return ", ".join(f"{n} {word}{'' if n == 1 else 's'}" for n, word in parts if n) or "none"


def with_call(meeting: Meeting, called: Called, by: By) -> Meeting:
    """The meeting with what A1 and A3 hold of the call; a field that its agenda lacks is left out."""
    start = called.at.strftime("%H:%M") if called.at else ""
    said = (
        ("A1", "emergency_cause", str(called.cause)),
        ("A1", "emergency_reason", called.reason.strip()),
        ("A1", "called_by", called.called_by.strip()),
        ("A1", "called_at", called_words(called.called_at)),
        ("A1", "scheduled_start", start),
    )
    for item, key, text in said:
        if text and meeting.field(item, key) is not None:
            meeting = meeting.answer(item, key, text, by)
    return meeting


def with_age(meeting: Meeting, age: AgeGroup | None, by: By) -> Meeting:
    """What was said of the age, where no date of birth says it."""
    if age is None or meeting.case.born is not None or meeting.field("A3", "age_group") is None:
        return meeting
    return meeting.answer("A3", "age_group", str(age), by)


def noticed(last: Meeting | None, case: Case, level: Level, held_on: date) -> tuple[str, ...]:
    """What should be known before the panel of a case is called, a line each; nothing of it refuses.

    Each names the place in the record and how to go on.
    """
    found = []
    if case.is_child_on(held_on):
        found.append("Under 18 on the day: youth justice and children's social care are needed.")
    if last is None:
        return tuple(found)
    decided = last.chosen("A15", "level_decision", LevelDecision)
    if decided is LevelDecision.EXIT:
        found.append(
            f"{last.ref}, A15: the panel recorded that the individual leaves MAPPA. This panel is "
            "held all the same; category and referral are owed afterwards."
        )
    elif decided is not LevelDecision.L1 and level is _stands_at(last):
        found.append(
            f"{last.ref}: at {level.label} already. The panel is held at that level; A15 says what "
            "changes."
        )
    elif decided is LevelDecision.L1:
        found.append(f"{last.ref}, A15: at Level 1 since. The panel is held at {level.label}.")
    if last.kind is MeetingKind.EMERGENCY and last.held_on == held_on:
        found.append(f"{last.ref} was an emergency panel on the same day.")
    return tuple(found)


def _stands_at(last: Meeting) -> Level:
    return last.chosen("A18", "next_level", Level) or last.level


def same_person(case: Case, known: Iterable[Case]) -> str:
    """The reference of a case with the same name, and no other date of birth; blank for none."""
    mine = _plain(case.name)
    for other in known:
        differs = case.born and other.born and case.born != other.born
        if mine and _plain(other.name) == mine and not differs:
            return other.ref
    return ""


def _plain(name: str) -> str:
    return " ".join(sorted(re.findall(r"\w+", name.casefold())))


def next_reference(day: date, taken: Iterable[str]) -> str:
    """A reference for somebody who has none yet: ``EP-20261129A``, the first that is free."""
    used = {ref.casefold() for ref in taken}
    for letters in _LETTERS:
        ref = f"EP-{day:%Y%m%d}{letters}"
        if ref.casefold() not in used:
            return ref
    msg = "Every reference of this day is taken."
    raise BadInput(msg, remedy="Type a reference of your own.")


_ALPHABET: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_LETTERS: Final = (*_ALPHABET, *(a + b for a in _ALPHABET for b in _ALPHABET))


def is_confirmed(category: Category | None) -> bool:
    """Whether it is one of the categories: not blank, and not to be confirmed."""
    return category is not None and category is not Category.UNCONFIRMED

"""What is asked beside the agenda and the entries themselves, for screens and plain mode alike."""

from __future__ import annotations

from datetime import date
from typing import Final

from panelkit.domain import entries as e
from panelkit.domain.area import Area
from panelkit.domain.completeness import name_of
from panelkit.domain.dates import read_date
from panelkit.domain.fields import FieldKind, fields_of, long_date, show_text
from panelkit.domain.meeting import Meeting
from panelkit.domain.quick import QuickAction, read_note, risk_in_words
from panelkit.domain.vocabulary import DecisionType, MeetingRole, Power
from panelkit.services.chairing import new_id

OUTCOME_FIELDS: Final = (
    "status",
    "outcome",
    "completed_on",
    "reason_not_done",
    "new_due",
    "carry_forward",
)
"""What A5 asks of an old action; its text and owner are the record's."""

TYPE_AT: Final = {
    "A10": DecisionType.RISK_RMP,
    "A11": DecisionType.RISK_RMP,
    "A12": DecisionType.RESTRICTION,
    "A13": DecisionType.DISCLOSURE,
    "A15": DecisionType.LEVEL,
}
"""What kind of decision an item usually asks for."""

BEFORE_VIEWS: Final = ("type", "question", "decision", "power")
"""Fields above the options; the rest follow the views in the order of the record."""


def begin_decision(meeting: Meeting, item: str, who: str) -> e.Decision:
    """A decision begun at ``item``: its kind follows the item, the chair decides."""
    chair = meeting.role(MeetingRole.CHAIR)
    kind = TYPE_AT.get(item, DecisionType.OTHER)
    question = ""
    if kind is DecisionType.LEVEL:
        question = f"Remain at Level {meeting.level}, move to another level, or leave?"
    return e.Decision(
        id=new_id(), at_item=item, type=kind, question=question, power=Power.PANEL,
        decided_by=chair.name if chair else who,
    )  # fmt: skip


QUESTIONS: Final = (
    ("risk", "Risk meanwhile: who is at risk, how high, until we go on?"),
    ("level", "Level meanwhile"),
    ("actions", "Immediate actions: who does what today? (none is an answer)"),
    ("reason", "Why do we stop? This reason prints at every item left open."),
    ("resume", "When do we go on? A date."),
)
"""What *finish now* asks, in order."""


def last_time(previous: Meeting, item: str) -> list[tuple[str, str]]:
    """What was recorded at an item last time: labels and words."""
    found: list[tuple[str, str]] = []
    for entry in previous.agenda:
        if entry.code != item:
            continue
        for field in entry.fields:
            text = previous.text(item, field.key)
            if text.strip():
                found.append((field.label, show_text(previous.value(item, field.key))))
        rows = [row for kind in entry.entries for row in previous.live(e.BY_KIND[kind])]
        found += [(name_of(row), main_words(row)) for row in rows]
    return found


def main_words(row: e.Entry) -> str:
    """What an entry says: its choices and its first sentences, without who owns it."""
    parts = []
    for field in fields_of(type(row)):
        text = show_text(getattr(row, field.key))
        if (
            text
            and field.kind in (FieldKind.CHOICE, FieldKind.WORDS)
            and field.key not in ("group", "accepted")
        ):
            parts.append(text)
    return " · ".join(parts[:4])


def note_in_words(text: str, meeting: Meeting) -> str:
    """What a note in one line was understood to say: who, what kind, to which item, the words."""
    note = read_note(text, meeting)
    who = note.who.organisation or note.who.problem or "speaker not said"
    kind = note.info_type.label.lower() if note.info_type else "kind not said"
    where = f"{note.place} {note.place_title}" if note.place else "unplaced"
    return f"{who} · {kind} · goes to {where} · “{note.text}”"


def begun_note(text: str, meeting: Meeting) -> e.Note:
    """The note that one line stands for."""
    note = read_note(text, meeting)
    return e.Note(
        id=new_id(), place=note.place, speaker=note.who.organisation, info_type=note.info_type,
        text=note.text,
    )  # fmt: skip


def action_in_words(said: QuickAction, meeting: Meeting) -> str:
    """Who, by when and against which risk an action in one line was understood to be."""
    who = said.who.organisation or said.who.problem
    room = " (in the room)" if said.in_room else " (not in the room)"
    owner = f"{said.owner}{room}" if said.owner else "owner?"
    due = f"due {said.due:%A} {long_date(said.due)}" if said.due else said.due_problem
    risks = ", ".join(risk_in_words(g, meeting) for g in said.risk) or "answers no risk yet"
    return f"{who} · {owner} · {due} · {risks}"


def begun_action(said: QuickAction) -> e.Action:
    """The action that one line stands for."""
    return e.Action(
        id=new_id(), text=said.text, owner=said.owner, organisation=said.who.organisation,
        due=said.due, risk=said.risk,
    )  # fmt: skip


def read_parking(text: str, meeting: Meeting, area: Area) -> tuple[str, date | None]:
    """``press office to advise until Friday``: the reason, and the day where one is said."""
    reason, _, when = text.rpartition(" until ")
    said = read_date(when, meeting.held_on, area.calendar) if reason else None
    return (reason, said.day) if said and said.day else (text, None)

"""Foreign minutes as a meeting of our own, as far as they go, with a note of what was seen.

The audit reads the meeting with the same rules as any other. A field that the document has no
place for, or whose words were not understood, is blank here and not among what was seen.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, Final, TypeVar

from panelkit.domain import entries as e
from panelkit.domain import foreign_sense as sense
from panelkit.domain.agenda import AGENDA, AgendaItem
from panelkit.domain.case import Case
from panelkit.domain.errors import BadInput
from panelkit.domain.foreign import (
    ForeignAction,
    ForeignMinutes,
    ForeignPerson,
    ForeignSection,
    Where,
)
from panelkit.domain.meeting import Answer, Meeting, Place, gated
from panelkit.domain.seen import Seen
from panelkit.domain.text import gate
from panelkit.domain.vocabulary import (
    ActionStatus,
    AgencyType,
    AttendanceStatus,
    Category,
    DecisionType,
    Level,
    MeetingKind,
    MeetingRole,
    MeetingState,
    Pillar,
    Term,
    YesNo,
)

NO_DAY: Final = date(1900, 1, 1)
"""Stands in for a date of meeting that was not read; ``seen.fact("held_on")`` is false then."""
NO_REF: Final = "not read"

_SECTIONS: Final = {
    "A1": "details", "A2": "statement", "A3": "status", "A4": "last_meeting", "A5": "last_meeting",
    "A6": "reason", "A7": "information", "A8": "diversity", "A9": "victims", "A10": "risk", "A11": "plan",
    "A12": "restrictions", "A13": "disclosure", "A14": "media", "A15": "decisions", "A16": "actions",
    "A17": "distribution", "A18": "next_meeting",
}  # fmt: skip
_PILLARS: Final = {str(pillar): pillar for pillar in Pillar}
_LISTS: Final = {
    "present": "attendance", "apologies": "attendance", "actions": "actions", "old_actions": "actions",
    "decisions": "decisions", "contingency": "contingencies", "risk": "ratings",
}  # fmt: skip
_T = TypeVar("_T", bound=Term)


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """Foreign minutes as a meeting."""

    meeting: Meeting
    seen: Seen
    """What a rule may rest on."""
    places: Mapping[str, Where]
    """Where each entry stood, by its id, and each answer, by ``A13.disclosure_rationale``."""


def as_meeting(
    minutes: ForeignMinutes, at: datetime, agenda: Sequence[AgendaItem] = AGENDA
) -> Rebuilt:
    """The meeting that ``minutes`` tell of; ``at`` is when they were read."""
    made = _Making(minutes, at, tuple(agenda))
    made.facts()
    made.attendance()
    made.sections()
    made.labelled()
    made.lists()
    return made.rebuilt()


@dataclass(slots=True)
class _Making:
    minutes: ForeignMinutes
    at: datetime
    agenda: tuple[AgendaItem, ...]
    answers: dict[Place, Answer] = field(default_factory=dict)
    rows: dict[str, list[e.Entry]] = field(default_factory=dict)
    places: dict[str, Where] = field(default_factory=dict)
    seen_facts: set[str] = field(default_factory=set)
    seen_answers: set[Place] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)
    columns: set[tuple[str, str]] = field(default_factory=set)
    unread: set[tuple[str, str]] = field(default_factory=set)
    has_earlier: bool = False

    # -- putting things in -----------------------------------------------------------

    def put(self, item: str, key: str, text: str, where: Where, *, seen: bool = True) -> None:
        """Words or a value in a field; more words follow the first, a second value does not."""
        described = next((f for i in self.agenda if i.code == item for f in i.fields if f.key == key), None)  # fmt: skip
        if described is None:
            return
        before = self.answers.get((item, key))
        clean = gate(text).text.strip()
        if before is not None and before.text and described.is_prose and clean:
            clean = f"{before.text}\n{clean}" if clean not in before.text else before.text
        elif before is not None and before.text:
            return
        try:
            described.parse(clean)
        except BadInput:
            return
        self.answers[item, key] = Answer(item=item, field=key, text=clean, typed_at=self.at)
        self.places.setdefault(f"{item}.{key}", where)
        if seen:
            self.seen_answers.add((item, key))

    def choose(self, item: str, key: str, value: Term | None, where: Where) -> None:
        """A choice that the words make plain; nothing where they do not."""
        if value is not None:
            self.put(item, key, str(value), where)

    def add(
        self, kind: type[e.Entry], where: Where, fields: Sequence[str], /, **values: Any
    ) -> str:
        """A new entry; ``fields`` are those that the document has a place for. Its id."""
        rows = self.rows.setdefault(kind.kind, [])
        number = len(rows) + 1
        entry_id = str(uuid.uuid5(uuid.NAMESPACE_URL, f"foreign/{kind.kind}/{number}"))
        values.setdefault("number", number)
        rows.append(gated(kind(id=entry_id, typed_at=self.at, **values)))
        self.places[entry_id] = where
        self.kinds.add(kind.kind)
        self.columns |= {(kind.kind, name) for name in fields}
        return entry_id

    # -- the parts -------------------------------------------------------------------

    def facts(self) -> None:
        """The meeting's own facts, and the answers that repeat them."""
        for key in ("held_on", "level", "kind", "category", "ref", "marking"):
            fact = self.minutes.fact(key)
            if fact is not None and fact.sure.holds:
                self.seen_facts.add(key)
        for key, item, name in (
            ("category", "A3", "mappa_category"), ("level", "A3", "level_at_start"),
            ("start", "A1", "actual_start"), ("end", "A18", "actual_end"), ("next", "A18", "next_review_date"),
        ):  # fmt: skip
            fact = self.minutes.fact(key)
            if fact is not None and fact.sure.holds:
                self.put(item, name, fact.value, fact.where)
        if self.minutes.fact("next") is None and (said := self.minutes.fact("next_words")):
            self.seen_answers.add(("A18", "next_review_date"))
            self.places["A18.next_review_date"] = said.where

    def attendance(self) -> None:
        """People, and the chair where no list names them."""
        named = {"chair": MeetingRole.CHAIR, "minute_taker": MeetingRole.MINUTE_TAKER}
        roles = {
            fact.value: role for key, role in named.items() if (fact := self.minutes.fact(key))
        }
        for person in self.minutes.attendance:
            role = next((r for name, r in roles.items() if _same(name, person.name)), None)
            self._person(person, role or person.meeting_role)
            if role is not None:
                roles = {name: each for name, each in roles.items() if each is not role}
        listed = bool(self.minutes.attendance)
        for key, role in named.items():
            fact = self.minutes.fact(key)
            there = {row.meeting_role for row in self.rows.get("attendance", []) if isinstance(row, e.Attendance)}  # fmt: skip
            if fact is not None and fact.sure.holds and role not in there:
                person = ForeignPerson(name=fact.value, status=AttendanceStatus.ATTENDED, where=fact.where, sure=fact.sure, doubts=("organisation", "agency"))  # fmt: skip
                self._person(person, role)
        if not listed:
            self.kinds.discard("attendance")

    def _person(self, person: ForeignPerson, role: MeetingRole | None) -> None:
        entry_id = self.add(
            e.Attendance, person.where, ("name", "role", "organisation", "agency", "status", "meeting_role"),
            name=person.name, role=person.role, organisation=person.organisation,
            agency=person.agency or (AgencyType.ADM if role is MeetingRole.MINUTE_TAKER else None),
            meeting_role=role or MeetingRole.MEMBER, status=person.status,
        )  # fmt: skip
        doubts = person.doubts if person.sure.holds else _all(e.Attendance)
        self.unread |= {(entry_id, name) for name in doubts}

    def sections(self) -> None:
        """What stands under each heading, at its agenda item."""
        for section in self.minutes.sections:
            if section.lists in _LISTS:
                self.kinds.add(_LISTS[section.lists])
            self.has_earlier = self.has_earlier or section.item in ("A4", "A5")
            self._section(section)

    def _section(self, section: ForeignSection) -> None:
        text, where = section.text, section.where
        if section.field and not section.inherited:
            self.put(section.item, section.field, text, where, seen=section.sure.holds)
        elif section.organisation and section.item == "A7":
            fields = ("organisation", "text", "nil_return")
            nil = YesNo.YES if sense.is_nil(text) else None
            self.add(e.Contribution, where, fields, organisation=self._known(section.organisation, section.agency), text=text, nil_return=nil)  # fmt: skip
        elif section.lists in _PILLARS:
            for line in filter(None, (line.strip() for line in text.split("\n"))):
                self.add(e.Measure, where, ("pillar", "text"), pillar=_PILLARS[section.lists], text=line)  # fmt: skip
            self.kinds.add(e.Measure.kind)
            self.columns |= {("measures", "pillar"), ("measures", "text")}
        elif section.lists == "contingency":
            for line in filter(None, (line.strip() for line in text.split("\n"))):
                self.add(e.Contingency, where, ("response",), response=line)
        elif section.item == "A10" and text:
            self.put("A10", "formulation", text, where)
        elif text and section.lists not in ("present", "apologies", "reports", "actions", "old_actions"):  # fmt: skip
            key = _SECTIONS.get(section.item) or section.heading[:80] or "title"
            self.add(e.SectionWords, where, ("text",), section=key, text=text)
        self._sense(section)

    def _sense(self, section: ForeignSection) -> None:
        """Choices that the words of a section make plain."""
        text, where = section.text, section.where
        if not section.sure.holds or sense.says_nothing(text):
            return
        if section.item == "A2":
            self.choose("A2", "confidentiality_statement", sense.statement_of(text), where)
        elif section.item == "A8":
            self.choose("A8", "diversity_considered", YesNo.YES, where)
        elif section.item == "A12":
            self.choose("A12", "hr_considered", YesNo.YES, where)
        elif section.item == "A13":
            self.choose("A13", "disclosure_considered", YesNo.YES, where)
            self.choose("A13", "disclosure_decision", sense.disclosure_of(text), where)
        elif section.item == "A15" and section.lists == "level":
            self._level(section)

    def _level(self, section: ForeignSection) -> None:
        level, sentence = sense.level_of(section.text)
        if level is None:
            return
        self.choose("A15", "level_decision", level, section.where)
        self.choose("A15", "exit_reason", sense.exit_of(section.text), section.where)
        decision, because = sense.split_reason(sentence)
        if not because:
            because = section.text.replace(sentence, "", 1).strip()
        self.add(
            e.Decision, section.where, ("decision", "because", "type"), type=DecisionType.LEVEL,
            at_item="A15", decision=decision, because=because,
        )  # fmt: skip

    def labelled(self) -> None:
        """Values that stand at a label of their own."""
        for item, key, found in self.minutes.answers:
            if (item, key) == ("A10", "overall_rosh"):
                self.choose(item, key, sense.risk_of(found.value), found.where)
            else:
                self.put(item, key, found.value, found.where, seen=found.sure.holds)

    def lists(self) -> None:
        """Actions, decisions and ratings."""
        earlier = 2 if self._number == 2 else 1
        for action in self.minutes.actions:
            self._action(action, earlier - 1 if action.earlier else self._number)
        levels = {entry.decision for entry in self.rows.get("decisions", []) if isinstance(entry, e.Decision)}  # fmt: skip
        for each in self.minutes.decisions:
            if any(each.text in known or known in each.text for known in levels if known):
                continue
            kind = DecisionType.DISCLOSURE if each.item == "A13" else DecisionType.OTHER
            decision_id = self.add(
                e.Decision, each.where, ("decision", *each.places), type=kind, at_item=each.item,
                decision=each.text, because=each.because, decided_by=each.decided_by,
            )  # fmt: skip
            if not each.because and "decided_by" not in each.places:
                self.unread.add((decision_id, "because"))
            if not each.sure.holds:
                self.unread |= {(decision_id, name) for name in _all(e.Decision)}
        for rating in self.minutes.ratings:
            fields = ("group", "level", *(("because",) if rating.because else ()))
            rating_id = self.add(e.RiskRating, rating.where, fields, group=rating.group, level=rating.level, because=rating.because)  # fmt: skip
            if not rating.because:
                self.unread.add((rating_id, "because"))
        if not self.minutes.ratings:
            self.kinds.discard("ratings")

    def _action(self, action: ForeignAction, set_at: int) -> None:
        said = action.status or action.outcome
        status = sense.status_of(said) if action.earlier else None
        same = [row for row in self.rows.get("actions", []) if isinstance(row, e.Action) and row.set_at == set_at]  # fmt: skip
        fields = [*action.places, *(("status",) if status else ())]
        entry_id = self.add(
            e.Action, action.where, fields, number=len(same) + 1 if len(same) < 500 else len(self.rows["actions"]) + 1,
            set_at=set_at, text=action.text, owner=action.owner, organisation=self._known(action.organisation),
            due=action.due, outcome=action.outcome, status=status,
            carry_forward=YesNo.YES if status is ActionStatus.PART else None,
        )  # fmt: skip
        missing = {"owner", "organisation", "due", "outcome", "status"} - set(fields)
        doubts = set(action.doubts) | missing if action.sure.holds else set(_all(e.Action))
        self.unread |= {(entry_id, name) for name in doubts}

    def _known(self, said: str, agency: AgencyType | None = None) -> str:
        """The organisation of the attendance list that a name means; the name where none."""
        there = {row.organisation: row.agency for row in self.rows.get("attendance", []) if isinstance(row, e.Attendance) and row.organisation}  # fmt: skip
        words = set(said.casefold().split())
        for fits in (
            [name for name in there if name.casefold() == said.casefold()],
            [name for name, kind in there.items() if agency is not None and kind is agency],
            [name for name in there if words and words <= set(name.casefold().split())],
        ):
            if len(fits) == 1:
                return fits[0]
        return said

    # -- the whole -------------------------------------------------------------------

    @property
    def _number(self) -> int:
        return 2 if self.has_earlier or any(a.earlier for a in self.minutes.actions) else 1

    def _term(self, key: str, term: type[_T], otherwise: _T) -> _T:
        fact = self.minutes.fact(key)
        try:
            return term(fact.value) if fact is not None else otherwise
        except ValueError:
            self.seen_facts.discard(key)
            return otherwise

    def rebuilt(self) -> Rebuilt:
        """The meeting, and what of it was seen."""
        held_on, ref = self.minutes.fact("held_on"), self.minutes.fact("ref")
        born = self.minutes.fact("born")
        otherwise = MeetingKind.REVIEW if self._number == 2 else MeetingKind.INITIAL
        level = self._term("level", Level, Level.TWO)
        if level is Level.ONE:
            level = Level.TWO
            self.seen_facts.discard("level")
        case = Case(
            id=str(uuid.uuid5(uuid.NAMESPACE_URL, "foreign/case")), ref=ref.value if ref else NO_REF,
            category=self._term("category", Category, Category.TWO), born=born.day if born else None,
        )  # fmt: skip
        meeting = Meeting(
            id=str(uuid.uuid5(uuid.NAMESPACE_URL, "foreign/meeting")), case=case, number=self._number,
            level=level, kind=self._term("kind", MeetingKind, otherwise),
            held_on=(held_on.day if held_on else None) or NO_DAY, state=MeetingState.CLOSED,
            agenda=self.agenda, answers=MappingProxyType(self.answers),
            rows=MappingProxyType({kind: tuple(rows) for kind, rows in self.rows.items()}),
        )  # fmt: skip
        seen = Seen(
            facts=frozenset(self.seen_facts), answers=frozenset(self.seen_answers), kinds=frozenset(self.kinds),
            columns=frozenset(self.columns), unread=frozenset(self.unread),
        )  # fmt: skip
        return Rebuilt(meeting, seen, MappingProxyType(self.places))


def _all(kind: type[e.Entry]) -> tuple[str, ...]:
    return e.slots_of(kind)


def _same(one: str, two: str) -> bool:
    """Whether two names are one person's: the same last name, and no other first letter."""
    first, second = one.casefold().split(), two.casefold().split()
    if not first or not second or first[-1] != second[-1]:
        return False
    return one == two or len(first) == 1 or len(second) == 1 or bool({w[0] for w in first[:-1]} & {w[0] for w in second[:-1]})  # fmt: skip

"""A live case taken on from its last minutes, whoever wrote them: read, then confirmed line by line.

A reading is one immutable value: every line of it says what was read, the words as they stand,
where, and how sure that is. Somebody confirms, corrects or leaves out each; nothing of it is in the
record of a case before all of it is decided (:mod:`panelkit.domain.taking_on_meeting`).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Final

from panelkit.domain import entries as e
from panelkit.domain.agenda import AGENDA
from panelkit.domain.case import REF
from panelkit.domain.errors import BadInput, NotFound, Refused
from panelkit.domain.fields import Field, FieldKind, fields_of, show_text, store_text
from panelkit.domain.foreign import Sure
from panelkit.domain.text import gate
from panelkit.domain.vocabulary import Category, Level, MeetingKind, Term


class Group(Term):
    """What lines stand together, in this order."""

    CASE = "case", "The case"
    LAST = "last", "The last meeting"
    PEOPLE = "people", "People to invite"
    ACTIONS = "actions", "Open actions"
    DONE = "done", "Actions that are said to be done"
    DECISIONS = "decisions", "Decisions and level"
    RISK = "risk", "Risk as it was rated"
    PLAN = "plan", "Plan, contingencies, restrictions"
    WORDS = "words", "Words of the sections"


class Choice(Term):
    """What somebody said of a line."""

    OPEN = "open", "to be confirmed"
    CONFIRMED = "confirmed", "confirmed"
    CORRECTED = "corrected", "corrected"
    LEFT = "left", "left out"

    @property
    def takes(self) -> bool:
        """Whether the line goes into the record."""
        return self in (Choice.CONFIRMED, Choice.CORRECTED)


FACT, ANSWER = "fact", "answer"
FACTS: Final[Mapping[str, tuple[Group, Field]]] = MappingProxyType(
    {
        "ref": (Group.CASE, Field(key="ref", label="Reference", kind=FieldKind.LINE)),
        "name": (Group.CASE, Field(key="name", label="Individual", kind=FieldKind.PERSON)),
        "born": (Group.CASE, Field(key="born", label="Date of birth", kind=FieldKind.DATE)),
        "category": (Group.CASE, Field(key="category", label="Category", kind=FieldKind.CHOICE, choices=Category.__name__)),
        "held_on": (Group.LAST, Field(key="held_on", label="Held on", kind=FieldKind.DATE)),
        "level": (Group.LAST, Field(key="level", label="Held at", kind=FieldKind.CHOICE, choices=Level.__name__)),
        "kind": (Group.LAST, Field(key="kind", label="Kind of meeting", kind=FieldKind.CHOICE, choices=MeetingKind.__name__)),
        "number": (Group.LAST, Field(key="number", label="Which meeting of the case", kind=FieldKind.NUMBER)),
        "next": (Group.LAST, Field(key="next", label="Next meeting", kind=FieldKind.DATE)),
    }
)  # fmt: skip
"""Facts of the case and of its last meeting: each is one line."""
NEEDED: Final = frozenset({"ref", "category", "held_on", "level", "kind", "number"})
"""Facts without which there is no case and no meeting."""

SHOWN: Final[Mapping[type[e.Entry], tuple[Group, tuple[str, ...]]]] = MappingProxyType(
    {
        e.Attendance: (Group.PEOPLE, ("name", "role", "organisation", "agency", "meeting_role", "status")),
        e.Action: (Group.ACTIONS, ("text", "owner", "organisation", "due", "why")),
        e.Decision: (Group.DECISIONS, ("decision", "because", "decided_by")),
        e.RiskRating: (Group.RISK, ("group", "level", "because")),
        e.Measure: (Group.PLAN, ("pillar", "text")),
        e.Contingency: (Group.PLAN, ("trigger", "response", "who", "within")),
        e.Contribution: (Group.WORDS, ("organisation", "text")),
        e.SectionWords: (Group.WORDS, ("text",)),
    }
)  # fmt: skip
"""Kinds of entry that lines become, and the fields of each that are read and can be corrected."""
BY_KIND: Final = {kind.kind: kind for kind in SHOWN}
CAN_ADD: Final = (e.Action, e.Attendance)
"""Kinds that are typed where the reader found none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadLine:
    """One thing that was read, or typed beside what was read."""

    id: str
    """``fact.ref``, ``actions.3``, ``answer.A6.current_circumstances``."""
    group: Group
    what: str
    """``fact``, ``answer``, or the kind of entry it becomes."""
    values: Mapping[str, str]
    """Each field as the record writes it: a date as ``2026-03-12``, a choice as its code."""
    fixed: Mapping[str, str] = dataclasses.field(default_factory=lambda: MappingProxyType({}))
    """Fields that are not shown: the section of words, the kind of a decision."""
    raw: str = ""
    """The words as they stand in the document; blank where nothing was found there."""
    where: str = ""
    """``table 3, row 2, under "Actions"``."""
    how: str = ""
    """How it was told, where that helps: ``beside "Date of meeting"``."""
    sure: Sure = Sure.GUESS
    doubts: tuple[str, ...] = ()
    """Fields that were not understood, or are guesses."""
    choice: Choice = Choice.OPEN
    own: bool = False
    """Typed by whoever reads, and in no document."""

    @property
    def was_read(self) -> bool:
        """Whether it is in the document at all."""
        return bool(self.raw) or self.own

    @property
    def fields(self) -> tuple[Field, ...]:
        """What can be corrected, in order."""
        if self.what == FACT:
            return (FACTS[self.id.partition(".")[2]][1],)
        if self.what == ANSWER:
            _answer, item, key = self.id.split(".")
            return (answer_field(item, key),)
        kind = BY_KIND[self.what]
        described = {field.key: field for field in fields_of(kind)}
        return tuple(described[key] for key in SHOWN[kind][1])

    def said(self, key: str) -> str:
        """A field as people read it; what cannot be read as its kind stands as it is."""
        field = next(field for field in self.fields if field.key == key)
        text = self.values.get(key, "")
        try:
            return show_text(field.parse(text))
        except BadInput:
            return text

    @property
    def value(self) -> str:
        """The only field of a fact or an answer."""
        return next(iter(self.values.values()), "")

    @property
    def words(self) -> str:
        """Everything that was read, on one line; blank for nothing."""
        found = (self.said(field.key) for field in self.fields)
        return " · ".join(" ".join(each.split()) for each in found if each.strip())

    def corrected(self, values: Mapping[str, str]) -> ReadLine:
        """The line with other values, gated and in the record's own form.

        Raises BadInput, naming the field and what may be written, for a date that is no day and for
        a choice that is none; Refused for a line that would say nothing.
        """
        clean = {field.key: _clean(field, values.get(field.key, "")) for field in self.fields}
        if not any(clean.values()) and (self.what != FACT or self.id.partition(".")[2] in NEEDED):
            msg = "Nothing would be left of that line."
            raise Refused(msg, remedy="Leave it out instead.")
        same = all(clean[key] == self.values.get(key, "") for key in clean)
        choice = Choice.CONFIRMED if same else Choice.CORRECTED
        return dataclasses.replace(self, values=MappingProxyType(clean), choice=choice)


def answer_field(item: str, key: str) -> Field:
    """A field of the national agenda. Raises NotFound."""
    for each in AGENDA:
        if each.code == item:
            for field in each.fields:
                if field.key == key:
                    return field
    msg = f"{item} has no field {key}."
    raise NotFound(msg)


def _clean(field: Field, text: str) -> str:
    plain = gate(text).text.strip()
    value = field.parse(plain)
    if field.key == "ref" and plain and not REF.fullmatch(plain):
        raise BadInput(f"{field.label}: letters, digits and single hyphens, such as WM-0143.")
    if field.key == "number" and isinstance(value, int) and not 1 <= value <= 999:
        raise BadInput(f"{field.label}: a number from 1 to 999.")
    return plain if isinstance(value, str) and not isinstance(value, Term) else store_text(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """Something of the document that was not read, or has no place; it can be typed as a line."""

    what: str
    why: str
    where: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HalfRead:
    """Minutes that are being gone through: begun, and in no case yet."""

    id: str
    who: str
    """Whose it is: what one has half read nobody else sees."""
    file: str
    """The name of the document, which is not kept itself."""
    sha256: str
    """Of its bytes: the same document is known again."""
    begun_at: datetime | None
    fiction: bool = False
    lines: tuple[ReadLine, ...] = ()
    not_read: tuple[Unread, ...] = ()
    revision: int = 1
    _marks: dict[str, Mapping[str, tuple[str, ...]]] = dataclasses.field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    """What :attr:`marks` found: a reading never changes, and is asked for each of its lines."""

    @property
    def marks(self) -> Mapping[str, tuple[str, ...]]:
        """As :func:`marked`."""
        if not self._marks:
            self._marks["all"] = marked(self)
        return self._marks["all"]

    def line(self, line_id: str) -> ReadLine:
        """One line. Raises NotFound."""
        for found in self.lines:
            if found.id == line_id:
                return found
        msg = "There is no such line in these minutes."
        raise NotFound(msg)

    def fact(self, key: str) -> str:
        """What stands for a fact, unless it is left out; blank for nothing."""
        line = next((each for each in self.lines if each.id == f"fact.{key}"), None)
        return line.value if line is not None and line.choice is not Choice.LEFT else ""

    def day(self, key: str) -> date | None:
        """A fact as a day; None where it is none."""
        try:
            return date.fromisoformat(self.fact(key))
        except ValueError:
            return None

    def of(self, group: Group) -> tuple[ReadLine, ...]:
        """The lines of a group: what needs a look first, then in the order of the document."""
        marks = self.marks
        mine = [line for line in self.lines if line.group is group]
        return tuple(sorted(mine, key=lambda line: is_sure(line, marks)))

    @property
    def undecided(self) -> tuple[ReadLine, ...]:
        """Lines of which nobody said anything yet, in the order in which they are shown."""
        return tuple(
            line for group in Group for line in self.of(group) if line.choice is Choice.OPEN
        )

    def with_lines(self, changed: Iterable[ReadLine]) -> HalfRead:
        """With some lines changed, counted up. Raises NotFound for one that is not there."""
        fresh = {line.id: line for line in changed}
        for line_id in fresh:
            self.line(line_id)
        lines = tuple(fresh.get(line.id, line) for line in self.lines)
        return dataclasses.replace(self, lines=lines, revision=self.revision + 1)

    def chosen(self, line_ids: Iterable[str], choice: Choice) -> HalfRead:
        """With the same said of some lines.

        A fact that is needed is not left out, and one that nobody read is not confirmed: it is
        typed. Raises Refused, NotFound.
        """
        changed = []
        for line in map(self.line, line_ids):
            if choice is Choice.LEFT and line.what == FACT and line.id[5:] in NEEDED:
                msg = f"{line.fields[0].label}: no meeting is kept without it."
                raise Refused(msg, remedy="Correct it.")
            if choice is Choice.CONFIRMED and not any(line.values.values()):
                msg = f"{line.fields[0].label}: nothing was read that could be confirmed."
                raise Refused(msg, remedy="Type it, or leave it out.")
            if choice is Choice.CONFIRMED:
                for field in line.fields:  # a day that is none is never taken
                    field.parse(line.values.get(field.key, ""))
            kept = Choice.CORRECTED if choice is Choice.CONFIRMED and line.own else choice
            changed.append(dataclasses.replace(line, choice=kept))
        return self.with_lines(changed)

    def sure_of(self, group: Group) -> tuple[str, ...]:
        """Ids of the lines of a group that are open, sure, and carry no mark: never a guess."""
        marks = self.marks
        return tuple(
            line.id for line in self.of(group)
            if line.choice is Choice.OPEN and is_sure(line, marks)
        )  # fmt: skip

    def added(self, kind: type[e.Entry], values: Mapping[str, str]) -> HalfRead:
        """With an action or a person that somebody typed. Raises BadInput, Refused as
        :meth:`ReadLine.corrected`."""
        if kind not in CAN_ADD:
            msg = f"{kind.title} is not typed here."
            raise Refused(msg, remedy="It is typed at the next meeting.")
        own = [line for line in self.lines if line.what == kind.kind]
        fresh = ReadLine(
            id=f"{kind.kind}.{len(own) + 1}", group=SHOWN[kind][0], what=kind.kind, own=True,
            values=MappingProxyType({}), sure=Sure.SURE,
        ).corrected(values)  # fmt: skip
        fresh = dataclasses.replace(fresh, choice=Choice.CORRECTED)
        lines = (*self.lines, fresh)
        return dataclasses.replace(self, lines=lines, revision=self.revision + 1)


# -- what needs a look -----------------------------------------------------------------------------


def is_sure(line: ReadLine, marks: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether it may be confirmed together with others: sure, whole, and nothing said against it."""
    return line.sure is Sure.SURE and line.id not in marks


def marked(half: HalfRead) -> Mapping[str, tuple[str, ...]]:
    """By the line's id, why it needs a look of its own; lines without a reason are left out."""
    found: dict[str, list[str]] = {}
    live = [line for line in half.lines if line.choice is not Choice.LEFT]
    people = [line for line in live if line.what == e.Attendance.kind]
    names = {_plain(line.values.get("name", "")) for line in people}
    seen: dict[str, str] = {}
    for line in half.lines:
        said = found.setdefault(line.id, [])
        said += _unreadable(line)
        said += [f"unsure of {_label(line, key)}" for key in line.doubts if _shows(line, key)]
        if line.what == e.Action.kind and line.group is Group.ACTIONS:
            said += _of_action(line, names, half.day("held_on"))
            words = _plain(line.values.get("text", ""))
            if words in seen and line.choice is not Choice.LEFT:
                said.append(f"the same words as {seen[words]}")
            elif words and line.choice is not Choice.LEFT:
                seen[words] = short_name(line)
        elif line.what == e.Attendance.kind and not line.values.get("organisation", ""):
            said.append("of no organisation")
        elif line.what == FACT and not line.value:
            said.append("not found in the document")
    return MappingProxyType(
        {key: tuple(dict.fromkeys(said)) for key, said in found.items() if said}
    )


def _of_action(line: ReadLine, names: set[str], held_on: date | None) -> list[str]:
    said = []
    owner, due = line.values.get("owner", ""), line.values.get("due", "")
    if not owner:
        said.append("nobody owns it")
    elif not any(_is_named(owner, name) for name in names):
        said.append("its owner is not among the people above")
    if not due:
        said.append("no date")
    elif held_on is not None and due < held_on.isoformat():
        said.append("its date is before the meeting")
    return said


def _is_named(owner: str, name: str) -> bool:
    """Whether a person of the list is the owner that is written: all words of one in the other."""
    mine, theirs = set(_plain(owner).split()), set(name.split())
    return bool(mine and theirs) and (mine <= theirs or theirs <= mine)


def _unreadable(line: ReadLine) -> list[str]:
    said = []
    for field in line.fields:
        try:
            field.parse(line.values.get(field.key, ""))
        except BadInput as wrong:
            said.append(wrong.message.rstrip("."))
    return said


def _shows(line: ReadLine, key: str) -> bool:
    return any(field.key == key for field in line.fields)


def _label(line: ReadLine, key: str) -> str:
    return next(field.label for field in line.fields if field.key == key).lower()


def _plain(words: str) -> str:
    kept = "".join(each if each.isalnum() else " " for each in words.casefold())
    return " ".join(kept.split())


def short_name(line: ReadLine) -> str:
    """``action 3``: how one line names another."""
    kind = BY_KIND.get(line.what)
    if kind is None:
        return line.fields[0].label.lower()
    return f"{kind.title.lower()} {line.id.rpartition('.')[2]}"

"""Where a question stands: in an item of the agenda, or in the form of one entry over it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from panelkit.domain import entries as e
from panelkit.domain.completeness import name_of
from panelkit.domain.conditions import is_asked
from panelkit.domain.decisions import lights
from panelkit.domain.fields import fields_of
from panelkit.opened.asking import BEFORE_VIEWS
from panelkit.opened.session import Spot
from panelkit.plain.own import OWN, views_on
from panelkit.plain.steps import FieldStep, FormEnd, ItemEnd, Step, TableStep

if TYPE_CHECKING:
    from panelkit.plain.talk import Talk

SHOWN_OTHERWISE = frozenset({e.Presence, e.AgencyView})
"""Kinds that hang from another and are asked in a way of their own: by who is in, by view."""


@dataclass(slots=True)
class Frame:
    """Questions in order, and which of them is open. Made anew after every answer."""

    at: str = ""
    """Key of the question that is open; the first where blank."""
    place: int = 0
    """Its place, for when it is no longer asked."""

    def steps(self, talk: Talk) -> list[Step]:
        """Every question that is asked now; never none."""
        raise NotImplementedError

    def current(self, talk: Talk) -> Step:
        """The question that is open."""
        steps = self.steps(talk)
        found = next((n for n, step in enumerate(steps) if step.key == self.at), None)
        self.place = min(self.place, len(steps) - 1) if found is None else found
        self.at = steps[self.place].key
        return steps[self.place]

    def move(self, talk: Talk, by: int) -> bool:
        """The question after or before; whether there is one."""
        self.current(talk)
        steps = self.steps(talk)
        if not 0 <= self.place + by < len(steps):
            return False
        self.place += by
        self.at = steps[self.place].key
        return True

    def find(self, talk: Talk, *keys: str) -> bool:
        """Go to the first question with one of these keys; whether there is one."""
        there = {step.key for step in self.steps(talk)}
        key = next((key for key in keys if key in there), "")
        self.at = key or self.at
        return bool(key)


@dataclass(slots=True)
class ItemFrame(Frame):
    """One item: what is its own, its fields, then a list for each kind of content.

    Where an item has questions of its own they come first, as on its screen.
    """

    code: str = ""

    def steps(self, talk: Talk) -> list[Step]:
        """From the agenda as it was when the meeting opened."""
        meeting = talk.session.meeting
        item = meeting.item(self.code)
        kind_of_own, own = OWN.get(self.code, ("", None))
        fields: list[Step] = [
            FieldStep(Spot(item.code, field.key), field)
            for field in item.fields
            if is_asked(field, meeting, talk.area)
        ]
        tables: list[Step] = [
            TableStep(e.BY_KIND[kind]) for kind in item.entries if kind != kind_of_own
        ]
        first = [*own(talk), *tables] if own is not None else []
        return [*first, *fields, *([] if first else tables), ItemEnd(self.code)]


@dataclass(slots=True)
class FormFrame(Frame):
    """One entry: its fields, what hangs from it."""

    kind: type[e.Entry] = e.Entry
    entry: str = ""
    only: tuple[str, ...] = ()
    """The fields that are asked; blank for all."""

    def steps(self, talk: Talk) -> list[Step]:
        """In the order of its description; a decision's options and views before its reason."""
        kind = self.kind
        fields = [field for field in fields_of(kind) if not self.only or field.key in self.only]
        asked: list[Step] = [
            FieldStep(Spot(kind.kind, field.key, self.entry), field)
            for field in fields
            if (kind.kind, field.key) != ("decisions", "at_item")  # where it was begun
        ]
        end = FormEnd(self.called(talk))
        if self.only:
            return [*asked, end]
        hangs: list[Step] = [
            TableStep(each, self.entry)
            for each in e.ENTRIES
            if each.follows == kind.kind and each not in SHOWN_OTHERWISE
        ]
        if kind is not e.Decision:
            return [*asked, *hangs, end]
        first = [step for step in asked if step.key.partition(".")[2] in BEFORE_VIEWS]
        rest = [step for step in asked if step not in first]
        return [*first, *hangs[:2], *views_on(talk, self.entry), *rest, *hangs[2:], end]

    def row(self, talk: Talk) -> e.Entry | None:
        """The entry, stored or begun."""
        return talk.session.entry(self.kind.kind, self.entry)

    def called(self, talk: Talk) -> str:
        """What the form is called."""
        row = self.row(talk)
        return name_of(row) if row is not None and row.number else f"new {self.kind.title.lower()}"

    def tests(self, talk: Talk) -> tuple[str, ...]:
        """How far a decision's record meets its tests; nothing for anything else."""
        row = self.row(talk)
        if not isinstance(row, e.Decision):
            return ()
        shown = lights(talk.session.meeting, row, talk.area)
        met = sum(ok for _test, ok in shown)
        missing = next((test.missing for test, ok in shown if not ok), "Every test is met")
        return (f"Tests met: {met} of {len(shown)}", missing)

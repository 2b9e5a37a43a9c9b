"""Somebody who types a whole meeting: each line follows from the question that is open.

What they want said is a finished meeting; they answer each question with what that holds, go on
with Enter where it is so already, and note every line, so that another program can be sent the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from panelkit.domain import entries as e
from panelkit.domain.fields import Field, FieldKind, store_text
from panelkit.domain.meeting import Meeting
from panelkit.domain.vocabulary import MeetingState, YesNo
from panelkit.plain import values
from panelkit.plain.ending import Ended
from panelkit.plain.orders import find_order, is_escaped
from panelkit.plain.own import Because, Heard, OldAction, Rating, ViewOn
from panelkit.plain.readback import ReadOut
from panelkit.plain.room import RoomStep
from panelkit.plain.steps import FieldStep, FormEnd, ItemEnd, Step, TableStep
from panelkit.plain.talk import LAST_LINE, Talk

LEFT_OUT = frozenset({"set_at", "times_carried", "origin"})
"""What the program fills in."""


class Follower:
    """Lines that lead ``target`` into the meeting that is open."""

    is_terminal = False

    def __init__(self, target: Meeting) -> None:
        self.target = target
        self.count = 0
        self.typed: list[str] = []
        self.talk: Talk | None = None
        self.asked: set[type] = set()
        self.mine: dict[str, e.Entry] = {}
        """Which entry of the target each of ours is."""
        self._given: set[tuple[object, ...]] = set()
        self._ahead: list[str] = []
        self._closing = 0

    def read(self, meanwhile: Callable[[str], bool], begun: str = "") -> str:
        if self.count % 20 == 0:  # typed ahead, as a script's lines are there already
            meanwhile(begun)
        if not self._ahead:
            self._ahead = list(self._next())
        line = self._ahead.pop(0)
        self.typed.append(line)
        self.count += 1
        assert self.count < 6000, f"it goes in circles: {self.typed[-12:]}"
        return line

    def secret(self, meanwhile: Callable[[str], bool]) -> str:
        raise AssertionError("nothing is locked here")

    # -- what to type --------------------------------------------------------------------

    def _next(self) -> Iterator[str]:
        talk = self.talk
        assert talk is not None
        if self._closing:
            raise Ended(0, "")
        if talk.session.meeting.state is MeetingState.PLANNED:
            yield "start"
            return
        step = talk.step
        self.asked.add(type(step))
        if isinstance(step, RoomStep):
            yield from self._room(talk)
        elif isinstance(step, FieldStep):
            yield from self._field(talk, step)
        elif isinstance(step, TableStep):
            yield from self._table(talk, step)
        else:
            yield from self._others(talk, step)

    def _others(self, talk: Talk, step: Step) -> Iterator[str]:
        match step:
            case OldAction(action=entry):
                yield from self._old(talk, entry)
            case Heard(organisation=name):
                yield from self._heard(talk, name)
            case Rating(group=group):
                row = next((r for r in self.target.live(e.RiskRating) if r.group is group), None)
                yield from self._once(step.key, row.level.label if row and row.level else "")
            case ReadOut(kind=kind, entry=entry):
                row = self._theirs(kind, entry)
                accepted = isinstance(row, e.Action) and row.accepted is YesNo.YES
                yield from self._once(step.key, "yes" if accepted else "")
            case ViewOn(decision=decision, organisation=name):
                yield from self._view(talk, decision, name)
            case FormEnd():
                yield ""
            case ItemEnd(code=code):
                yield from self._end(talk, code)
            case _:
                raise AssertionError(step)

    def _end(self, talk: Talk, code: str) -> Iterator[str]:
        """At the end of an item: what belongs to it and is begun with a command; after the last,
        the meeting is closed."""
        here = [d for d in self.target.live(e.Decision) if d.at_item == code and d.item != code]
        if here and ("decision", code) not in self._given:
            self._given.add(("decision", code))
            yield "decision"
        elif code == "A1" and "notes" not in self._given:
            self._given.add("notes")  # type: ignore[arg-type]
            for row in self.target.live(e.Note):
                kind = row.info_type.label.split()[-1].lower()[:1] if row.info_type else ""
                yield f"note {row.speaker} {kind} {row.place}: {row.text}"
                yield ""
            yield ""
        elif talk.item_after(code) is None:
            self._closing = 1
            yield from ("close", "close")
        else:
            yield ""

    def _once(self, key: str, line: str) -> Iterator[str]:
        """An answer once; Enter wherever it was given."""
        form = self.talk.form.entry if self.talk and self.talk.form else ""
        mark = (key, form, self.talk.current if self.talk else "")
        yield line if mark not in self._given else ""
        self._given.add(mark)

    def _room(self, talk: Talk) -> Iterator[str]:
        ours = talk.session.meeting.of(e.Attendance)
        theirs = self.target.of(e.Attendance)
        if len(ours) < len(theirs):
            yield "add"
            return
        for place, person in enumerate(theirs, start=1):
            self.mine[ours[place - 1].id] = person
            mark = ("in", place)
            if mark not in self._given and person.status and person.status.present:
                self._given.add(mark)
                yield f"in {place}"
                return
        for place in range(1, len(theirs) + 1):
            mark = ("open", place)
            if mark not in self._given:
                self._given.add(mark)
                yield f"open {place}"
                return
        yield ""

    def _old(self, talk: Talk, entry: str) -> Iterator[str]:
        row = self._theirs(e.Action, entry)
        assert row is not None
        yield from self._once(f"old {entry}", row.status.label if row.status else "")

    def _heard(self, talk: Talk, name: str) -> Iterator[str]:
        theirs = [r for r in self.target.live(e.Contribution) if r.organisation == name]
        ours = [r for r in talk.session.meeting.live(e.Contribution) if r.organisation == name]
        if len(ours) >= len(theirs):
            yield ""
            return
        row = theirs[len(ours)]
        bare = not row.text and not row.declined and not row.given_by
        if row.nil_return is YesNo.YES and bare and not ours:
            yield "nil"
        else:
            yield "said"

    def _view(self, talk: Talk, decision: str, name: str) -> Iterator[str]:
        whole = self._theirs(e.Decision, decision)
        views = self.target.under(e.AgencyView, whole.id) if whole else ()
        view = next((v for v in views if v.organisation == name), None)
        if view is None or (view.view is None and not view.note):
            yield ""
        elif view.note:
            yield from self._once(f"view {name}", "open")
        else:
            yield from self._once(f"view {name}", view.view.label if view.view else "")

    def _table(self, talk: Talk, step: TableStep) -> Iterator[str]:
        ours = step.rows(talk)
        theirs = self._wanted(step)
        for mine in ours:
            self._theirs(type(mine), mine.id)
        missing = [row for row in theirs if row.id not in {r.id for r in self.mine.values()}]
        for place, row in enumerate(ours, start=1):
            mark = ("open", row.id)
            if (
                row.id in self.mine
                and mark not in self._given
                and (row.carried_from or step.kind is e.Recipient)
            ):
                self._given.add(mark)
                yield f"open {place}"
                return
        if missing:
            yield "add"
        else:
            yield ""

    def _wanted(self, step: TableStep) -> list[e.Entry]:
        rows = self.target.live(step.kind)
        if step.parent:
            whole = self._theirs(e.BY_KIND[step.kind.follows], step.parent)
            return [row for row in rows if whole is not None and row.parent == whole.id]
        if step.kind is e.Action and self.talk and self.talk.current == "A5":
            return []  # those of earlier meetings have their own questions
        if step.kind is e.Action:
            return [row for row in rows if row.set_at == self.target.number]
        if step.kind is e.Decision:
            return [row for row in rows if row.at_item == (self.talk.current if self.talk else "")]
        return list(rows)

    def _field(self, talk: Talk, step: FieldStep) -> Iterator[str]:
        want = self._wants(talk, step)
        if want is None:
            yield ""
            return
        now = talk.session.text(step.spot)
        if want == now or not want.strip():
            waits = bool(talk.carried_from(step.spot)) and bool(now)
            yield from self._once(
                f"confirm {step.spot}", "confirm" if waits and want == now else ""
            )
            return
        if step.field.kind is FieldKind.WORDS:
            if now.strip():
                yield "over"
                yield from as_lines(want, first_is_free=False)
            else:
                yield from as_lines(want)
            yield "."
            return
        yield as_line(talk, step.field, want)

    def _wants(self, talk: Talk, step: FieldStep) -> str | None:
        """What the target holds there; None where it has nothing like it."""
        spot = step.spot
        if isinstance(step, Because):
            rows = self.target.live(e.RiskRating)
            return next((r.because for r in rows if r.group is step.group), None)
        if not spot.entry:
            return self.target.text(spot.owner, spot.field)
        row = self._theirs(e.BY_KIND[spot.owner], spot.entry)
        if row is None or spot.field in LEFT_OUT:
            return None
        return store_text(getattr(row, spot.field))

    def _theirs(self, kind: type[e.Entry], entry: str) -> e.Entry | None:
        """The entry of the target that ours is: the same name, else the next of its kind."""
        if entry in self.mine:
            return self.mine[entry]
        talk = self.talk
        assert talk is not None
        ours = talk.session.entry(kind.kind, entry)
        taken = {row.id for row in self.mine.values()}
        rows = [row for row in self.target.of(kind) if row.id not in taken]
        if ours is None:
            return None
        if kind.follows:
            whole = self.mine.get(ours.parent)
            rows = [row for row in rows if whole is not None and row.parent == whole.id]
        if isinstance(ours, e.Action) and ours.number:
            found = [r for r in rows if isinstance(r, e.Action) and (r.set_at, r.number) == (ours.set_at, ours.number)]  # fmt: skip
        elif isinstance(ours, e.RiskRating):
            found = [r for r in rows if isinstance(r, e.RiskRating) and r.group is ours.group]
        elif isinstance(ours, e.Contribution | e.AgencyView) and ours.organisation:
            found = [r for r in rows if getattr(r, "organisation", "") == ours.organisation]
        elif isinstance(ours, e.Decision) and not ours.number:
            found = [r for r in rows if isinstance(r, e.Decision) and r.at_item == ours.at_item]
        elif isinstance(ours, e.Recipient) and ours.number:
            found = [r for r in rows if isinstance(r, e.Recipient) and r.organisation == ours.organisation]  # fmt: skip
        elif isinstance(ours, e.Action):
            found = [r for r in rows if isinstance(r, e.Action) and r.set_at == self.target.number]
        else:
            found = rows
        if found:
            self.mine[entry] = found[0]
        return found[0] if found else None


def as_lines(text: str, *, first_is_free: bool = True) -> Iterator[str]:
    """``text`` as it is typed line by line, whatever it holds."""
    for place, line in enumerate(text.split("\n")):
        if (
            (place == 0 and first_is_free and needs_escape(line))
            or line == "."
            or LAST_LINE.fullmatch(line)
        ):
            yield "\\" + line
        else:
            yield line


def needs_escape(line: str) -> bool:
    """Whether a first line would be something else than an answer."""
    return not line.strip() or find_order(line)[0] is not None or is_escaped(line)


def as_line(talk: Talk, field: Field, want: str) -> str:
    """A value as somebody types it."""
    if field.kind in (FieldKind.CHOICE, FieldKind.DATE):
        return values.shown(field, want)
    if field.kind is FieldKind.CHOICES:
        return ", ".join(each.label for each in field.parse(want))  # type: ignore[union-attr]
    return "\\" + want if needs_escape(want) else want


def kept_lines(path: Path, lines: list[str]) -> None:
    """For whoever reads a run."""
    path.write_text("\n".join(lines), "utf-8")

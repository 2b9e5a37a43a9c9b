"""Questions of items whose talk has a shape of its own: the room, old actions, the round table,
the risks, the read-back, and the views on a decision. ``OWN`` lists them, as ``PANES`` does for
screens; any other item needs nothing here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from panelkit.domain import entries as e
from panelkit.domain.attendance import organisations_present, organisations_to_hear
from panelkit.domain.conditions import groups_without_measure, rated_groups
from panelkit.domain.fields import Field, fields_of, long_date
from panelkit.domain.starting import group_order
from panelkit.domain.vocabulary import ActionStatus, RiskGroup, View
from panelkit.opened.asking import OUTCOME_FIELDS
from panelkit.opened.session import Spot
from panelkit.plain import values
from panelkit.plain.readback import ReadOut
from panelkit.plain.room import RoomStep
from panelkit.plain.steps import FieldStep, Step, row_in_words, withdraw
from panelkit.plain.values import NotTaken
from panelkit.plain.voice import counted, listed, said_of, sentence
from panelkit.services.chairing import new_id

if TYPE_CHECKING:
    from panelkit.plain.talk import Talk


def described(kind: type[e.Entry], key: str) -> Field:
    """The description of one field of a kind."""
    return next(field for field in fields_of(kind) if field.key == key)


@dataclass(frozen=True, slots=True)
class OldAction(Step):
    """What became of an action that was set before."""

    action: str

    @property
    def key(self) -> str:
        """The action."""
        return f"actions:{self.action}"

    def _row(self, talk: Talk) -> e.Action:
        return talk.session.meeting.entry(e.Action, self.action)

    def ask(self, talk: Talk) -> tuple[str, ...]:
        """Who, by when, what, and its status."""
        row = self._row(talk)
        due = long_date(row.current_due) or "no date"
        head = f"Action {row.ref}, {row.owner or 'no owner'}, due {due}"
        often = f", carried {counted(row.times_carried, 'time')}" if row.times_carried else ""
        state = row.status.label if row.status else "No status yet"
        words = said_of(row.text, is_open=False)
        how = listed(member.label.lower() for member in ActionStatus)
        return (
            sentence(f"{head}{often}", words, "Withdrawn" if row.withdrawn else state,
                     f"Type {how}, open for outcome and new date, or press Enter to leave it"),
        )  # fmt: skip

    def take(self, talk: Talk, said: str) -> None:
        """A status; then its outcome, its reason or its new date are asked."""
        word, chairing = said.strip().casefold(), talk.session.chairing
        if word == "withdraw":
            withdraw(talk, self._row(talk))
            return
        if word != "open":
            status = ActionStatus(str(values.chosen(described(e.Action, "status"), said)))
            talk.do(lambda m: chairing.settle_action(m, self.action, status))
            talk.voice.say(f"Saved: {status.label}.")
        talk.forward()
        talk.open_form(
            e.Action, self.action, OUTCOME_FIELDS if word == "open" else OUTCOME_FIELDS[1:]
        )


@dataclass(frozen=True, slots=True)
class Heard(Step):
    """One organisation of the round table: what it told the meeting, or that it has nothing."""

    organisation: str

    @property
    def key(self) -> str:
        """The organisation, as gaps name it."""
        return f"unheard_{self.organisation}"

    def _told(self, talk: Talk) -> list[e.Contribution]:
        every = talk.session.meeting.live(e.Contribution)
        return [row for row in every if row.organisation == self.organisation]

    def ask(self, talk: Talk) -> tuple[str, ...]:
        """What it said so far; else that it was not heard."""
        told = self._told(talk)
        if not told:
            how = "Type said to write what was said, nil for nothing to add, heard to write it up later, or press Enter to leave it"
            return (sentence(f"{self.organisation} has not been heard", how),)
        lines = [f"{place}: {row_in_words(row)}" for place, row in enumerate(told, start=1)]
        how = "Type open or withdraw with a number, said to write more, or press Enter to go on."
        return (f"{self.organisation} has been heard.", *lines, how)

    def take(self, talk: Talk, said: str) -> None:
        """Heard, nil, or what was said in a form of its own."""
        word, _, number = said.strip().casefold().partition(" ")
        chairing, name, told = talk.session.chairing, self.organisation, self._told(talk)
        if word == "said" and not number:
            talk.begin(e.Contribution, organisation=name)
        elif word in ("nil", "heard") and not number and not told:
            if word == "nil":
                talk.do(lambda m: chairing.nil_return(m, name))
            else:
                fresh = e.Contribution(id=new_id(), organisation=name)
                talk.do(lambda m: chairing.add(m, fresh))
            talk.voice.say(f"Saved: {name}, {'nothing to add' if word == 'nil' else 'heard'}.")
            talk.forward()
        elif word in ("open", "withdraw") and number.isdecimal() and 0 < int(number) <= len(told):
            row = told[int(number) - 1]
            if word == "open":
                talk.open_form(e.Contribution, row.id)
            else:
                withdraw(talk, row)
        else:
            raise NotTaken(self.ask(talk)[-1])


@dataclass(frozen=True, slots=True)
class Rating(Step):
    """The risk to one group."""

    group: RiskGroup

    @property
    def key(self) -> str:
        """The group, as gaps name it."""
        return f"rating_{self.group}"

    def _row(self, talk: Talk) -> e.RiskRating | None:
        rows = talk.session.meeting.live(e.RiskRating)
        return next((row for row in rows if row.group is self.group), None)

    def ask(self, talk: Talk) -> tuple[str, ...]:
        """Last time and now; that no measure answers it; what may be typed."""
        row = self._row(talk)
        last = row.last.label.upper() if row and row.last else ""
        when = f" on {long_date(talk.previous.held_on)}" if talk.previous else ""
        now = row.level.label.upper() if row and row.level else ""
        bare = self.group in groups_without_measure(talk.session.meeting)
        return (
            sentence(
                f"Risk to {self.group.label.lower()}",
                f"Last time: {said_of(last, is_open=False)}{when}" if last else "",
                f"Now: {said_of(now, is_open=False)}" if now else "Not rated now",
                "No measure of the plan answers it" if bare and not talk.session.masked else "",
                "Type low, medium, high or very high, or press Enter to leave it",
            ),
        )

    def take(self, talk: Talk, said: str) -> None:
        """A level; the reason is asked next."""
        described_level = described(e.RiskRating, "level")
        talk.must_show(described_level)
        level = values.chosen(described_level, said)
        row, chairing = self._row(talk), talk.session.chairing
        if row is None:
            fresh = e.RiskRating(id=new_id(), group=self.group, level=level)  # type: ignore[arg-type]
            talk.do(lambda m: chairing.add(m, fresh))
            talk.note_answer(Spot("ratings", "level", fresh.id))
        else:
            talk.put(Spot("ratings", "level", row.id), str(level))
        talk.voice.say(f"Saved: {level.label}.")
        talk.forward()


@dataclass(frozen=True, slots=True)
class ViewOn(Step):
    """What one organisation thinks of a decision."""

    decision: str
    organisation: str

    @property
    def key(self) -> str:
        """The organisation."""
        return f"view of {self.organisation}"

    def _view(self, talk: Talk) -> e.AgencyView | None:
        views = talk.session.meeting.under(e.AgencyView, self.decision)
        return next((view for view in views if view.organisation == self.organisation), None)

    def ask(self, talk: Talk) -> tuple[str, ...]:
        """Its view so far, what may be typed."""
        view = self._view(talk)
        now = said_of(view.view.label, is_open=False) if view and view.view else "Not recorded"
        note = f"In their words: {said_of(view.note, is_open=False)}" if view and view.note else ""
        how = values.how(described(e.AgencyView, "view"))
        return (
            sentence(f"View of {self.organisation}", now, note,
                     f"Type {how}, open for their words, or press Enter to go on"),
        )  # fmt: skip

    def take(self, talk: Talk, said: str) -> None:
        """Its view; ``open`` writes its words."""
        chairing = talk.session.chairing
        opens = said.strip().casefold() == "open"
        view = None if opens else View(str(values.chosen(described(e.AgencyView, "view"), said)))
        talk.ensure(self.decision)
        there = self._view(talk)
        if there is None:
            fresh = e.AgencyView(
                id=new_id(), parent=self.decision, organisation=self.organisation, view=view
            )
            talk.do(lambda m: chairing.add(m, fresh))
            entry = fresh.id
        else:
            entry = there.id
            if view is not None:
                talk.do(lambda m: chairing.change(m, e.AgencyView, entry, view=view))
        if view is not None:
            talk.voice.say(f"Saved: {view.label}.")
            talk.forward()
        else:
            talk.open_form(e.AgencyView, entry, ("view", "note"))


def _old_actions(talk: Talk) -> list[Step]:
    return [OldAction(row.id) for row in talk.session.meeting.old_actions if row.is_live]


def _round_table(talk: Talk) -> list[Step]:
    meeting = talk.session.meeting
    told = [row.organisation for row in meeting.live(e.Contribution)]
    names = dict.fromkeys([*organisations_to_hear(meeting, talk.area), *told])
    return [Heard(name) for name in names]


def _risks(talk: Talk) -> list[Step]:
    meeting = talk.session.meeting
    rows = {row.group: row for row in sorted(meeting.live(e.RiskRating), key=group_order)}
    because, steps = described(e.RiskRating, "because"), list[Step]()
    for group in dict.fromkeys([*(g for g in rows if g), *rated_groups(meeting)]):
        steps.append(Rating(group))
        if (row := rows.get(group)) is not None and row.level is not None:
            steps.append(Because(Spot("ratings", "because", row.id), because, group))
    return steps


@dataclass(frozen=True, slots=True)
class Because(FieldStep):
    """Why a group is rated so: asked once for each, so each says which."""

    group: RiskGroup

    @property
    def key(self) -> str:
        """The group's."""
        return f"because_{self.group}"

    def ask(self, talk: Talk) -> tuple[str, ...]:
        """The question, with its group."""
        asked = FieldStep.ask(self, talk)[0]
        return (f"Risk to {self.group.label.lower()}, {asked[:1].lower()}{asked[1:]}",)


def _read_back(talk: Talk) -> list[Step]:
    meeting = talk.session.meeting
    rows: list[e.Entry] = [*meeting.live(e.Decision)]
    ratings = sorted(meeting.live(e.RiskRating), key=group_order)
    rows += ratings
    rows += [row for row in meeting.new_actions if row.is_live]
    return [ReadOut(type(row), row.id) for row in rows]


def _room(_talk: Talk) -> list[Step]:
    return [RoomStep()]


def views_on(talk: Talk, decision: str) -> list[Step]:
    """A question for every organisation that is present or has said what it thinks."""
    meeting = talk.session.meeting
    given = [view.organisation for view in meeting.under(e.AgencyView, decision)]
    names = dict.fromkeys([*organisations_present(meeting, talk.area), *given])
    return [ViewOn(decision, name) for name in names]


OWN: Final[dict[str, tuple[str, Callable[[Talk], list[Step]]]]] = {
    "A1": ("attendance", _room),
    "A5": ("", _old_actions),
    "A7": ("contributions", _round_table),
    "A10": ("ratings", _risks),
    "A16": ("", _read_back),
}
"""By item: the kind that needs no list of its own there, and what is asked before the fields."""

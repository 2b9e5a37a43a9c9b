"""The minutes of invented meetings: what is answered at each item, and what hangs from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from random import Random
from types import MappingProxyType
from typing import Any, Final

from panelkit.domain import entries as e
from panelkit.domain.agenda import AgendaItem
from panelkit.domain.area import Area
from panelkit.domain.attendance import quorum
from panelkit.domain.fields import long_date
from panelkit.domain.meeting import Answer, Meeting, Place
from panelkit.domain.vocabulary import (
    Category,
    Level,
    MeetingKind,
    MeetingState,
    YesNo,
)
from panelkit.fiction.actions import looked_at, set_here
from panelkit.fiction.attendance import There, there
from panelkit.fiction.cast import Cast
from panelkit.fiction.course import Held
from panelkit.fiction.deciding import decision
from panelkit.fiction.histories import new_id
from panelkit.fiction.narrative import narrative
from panelkit.fiction.plan import disclosures, orders, plan
from panelkit.fiction.world import World

YES, NO = str(YesNo.YES), str(YesNo.NO)
DISSENT: Final = 0.045
SCHEME: Final = 0.24
"""Of disclosures that are decided on."""
_EMERGENCY_HOURS: Final = (10, 17)


class Minutes:
    """Writes the meetings of one case after another, each from the one before it."""

    def __init__(
        self, world: World, area: Area, agenda: tuple[AgendaItem, ...], cast: Cast, chance: Random, *,
        brief: bool,
    ) -> None:  # fmt: skip
        """``brief`` leaves out what no figure is counted from."""
        self.world, self.area, self.agenda = world, area, agenda
        self.cast, self.chance, self.brief = cast, chance, brief
        self.last: Meeting | None = None
        self.said = dict(cast.said)
        self._used: dict[tuple[str, str], str] = {}
        """What was said first of each thing at this meeting, and at the last."""
        self._used_last: dict[tuple[str, str], str] = {}
        self.offence = self.words("offence", str(cast.case.category))

    def planned(self, held: Held) -> Meeting:
        """One that was not held, or is still to come."""
        kind = held.kind if held.kind is not MeetingKind.EMERGENCY else MeetingKind.REVIEW
        return Meeting(
            id=new_id(self.chance), case=self.cast.case, number=held.number, level=held.level,
            kind=kind, held_on=held.day, booked_minutes=self.area.planned_minutes(held.level, kind),
            agenda=self.agenda,
        )  # fmt: skip

    def of(self, held: Held) -> Meeting:
        """The closed meeting, with everything in it."""
        self._used_last, self._used = self._used, {}
        self.said |= {"level": str(held.level), "day": long_date(held.day - timedelta(days=9))}
        began, ended, booked_at = self._times(held)
        typed = {"typed_by": self.cast.minute_taker.name, "typed_at": began.astimezone(UTC)}
        people = there(self.world, self.cast, held, typed, began, self.chance)
        others = [one.name for one, _name in people.came if one is not self.cast.lead]
        self.said["other"] = self.chance.choice(others) if others else self.cast.lead.name
        dissent = len(people.came) > 2 and self.chance.random() < DISSENT
        answers = dict(self._answers(held, began, ended, booked_at, dissent=dissent))
        booked = held.booked
        meeting = Meeting(
            id=new_id(self.chance), case=self.cast.case, number=held.number, level=held.level,
            kind=held.kind, held_on=held.day, state=MeetingState.CLOSED, agenda=self.agenda,
            sitting=booked.sitting.id if booked else "", slot=booked_at,
            booked_minutes=self.area.planned_minutes(held.level, held.kind),
            rows=MappingProxyType({e.Attendance.kind: people.people}),
        )  # fmt: skip
        meeting = replace(meeting, answers=self._typed(answers, typed))
        if not quorum(meeting, self.area).met:
            answers["A1", "quoracy_override_reason"] = self.words("narrative", "quorum")
            meeting = replace(meeting, answers=self._typed(answers, typed))
        rows = {kind: found for kind, found in self._rows(meeting, held, people, typed, dissent=dissent) if found}  # fmt: skip
        meeting = replace(meeting, rows=MappingProxyType({**meeting.rows, **rows}))
        self.last = meeting
        return meeting

    def words(self, section: str, key: str) -> str:
        """A sentence of a section, filled in for the case."""
        stock = self.world.stock(section, key)
        last = self._used_last.get((section, key))
        # What was said at the last meeting is not said again, where there is a choice.
        text = self.chance.choice([one for one in stock if one != last] or stock)
        self._used.setdefault((section, key), text)
        return text.format_map(self.said)

    def _times(self, held: Held) -> tuple[datetime, datetime, time]:
        chance = self.chance
        if held.booked is not None:
            slot = held.booked.slot
        else:
            slot = time(chance.randint(*_EMERGENCY_HOURS), chance.choice((0, 15, 30, 45)))
        minutes = self.area.planned_minutes(held.level, held.kind)
        began = datetime.combine(held.day, slot, UTC) + timedelta(minutes=chance.choice((0, 0, 1, 2, 3, 5, 9)))  # fmt: skip
        took = max(9, round(chance.gauss(minutes * 1.06, minutes * 0.2)))
        return began, began + timedelta(minutes=took), slot

    def _typed(
        self, answers: dict[Place, str], typed: dict[str, Any]
    ) -> MappingProxyType[Place, Answer]:
        return MappingProxyType(
            {
                place: Answer(item=place[0], field=place[1], text=text, **typed)
                for place, text in answers.items() if text
            }
        )  # fmt: skip

    # -- answers -----------------------------------------------------------------------

    def _answers(
        self, held: Held, began: datetime, ended: datetime, slot: time, *, dissent: bool
    ) -> Iterator[tuple[Place, str]]:
        draw, words, cast, chance = self.world.draw, self.words, self.cast, self.chance
        emergency = held.kind is MeetingKind.EMERGENCY
        mode = held.booked.sitting.mode if held.booked else draw("mode_l2", chance)
        yield ("A1", "scheduled_start"), f"{slot:%H:%M}"
        yield ("A1", "actual_start"), f"{began:%H:%M}"
        yield ("A1", "mode"), mode
        yield ("A1", "interests_declared"), NO
        yield ("A2", "confidentiality_statement"), "read"
        if emergency:
            yield from self._emergency(held)
        yield ("A3", "mappa_category"), str(cast.case.category)
        yield ("A3", "level_at_start"), str(held.level if self.last is None else self.last.level)
        yield ("A3", "lead_agency"), cast.lead.name
        yield ("A3", "lead_officer"), cast.officer.name
        yield ("A3", "custody_status"), str(held.where)
        if held.level is Level.THREE:
            yield (
                ("A3", "l3_reason"),
                chance.choice(("significant_resources", "media_public_interest")),
            )
            yield ("A15", "cppc_considered"), YES if chance.random() < 0.88 else NO
        yield ("A8", "diversity_considered"), YES
        yield ("A12", "hr_considered"), YES
        yield from self._disclosure(held)
        yield ("A15", "level_decision"), str(held.decision)
        yield ("A15", "effective_date"), held.day.isoformat()
        if held.exit_reason is not None:
            yield ("A15", "exit_reason"), str(held.exit_reason)
        if dissent:
            yield ("A16", "dissent_summary"), words("narrative", "dissent")
        if held.next_day is not None:
            yield ("A18", "next_review_date"), held.next_day.isoformat()
            yield ("A18", "next_review_time"), f"{slot:%H:%M}"
            yield ("A18", "next_level"), str(held.decision)[1:]
        if chance.random() < 0.97:
            yield ("A18", "actual_end"), f"{ended:%H:%M}"
        if not self.brief:
            yield from narrative(self, held)

    def _emergency(self, held: Held) -> Iterator[tuple[Place, str]]:
        cause = str(held.cause)
        if self.chance.random() < 0.97:
            yield ("A1", "emergency_cause"), cause
        yield ("A1", "emergency_reason"), self.words("emergency", cause)
        yield ("A1", "called_by"), self.cast.officer.name
        yield ("A1", "called_at"), long_date(held.day - timedelta(days=1))
        yield ("A1", "not_reached"), self.words("narrative", "reached")
        yield ("A1", "interim_measures"), self.words("emergency", "interim")

    def _disclosure(self, held: Held) -> Iterator[tuple[Place, str]]:
        chance = self.chance
        if chance.random() < 0.04:
            # Of a few nobody wrote down what was decided.
            yield ("A13", "disclosure_considered"), NO if chance.random() < 0.3 else YES
            return
        decided = self.world.draw("disclosure", chance)
        if decided == "already_made" and self.last is None:
            decided = "no_disclosure"
        yield ("A13", "disclosure_considered"), YES
        yield ("A13", "disclosure_decision"), decided
        yield ("A13", "disclosure_rationale"), self.words("disclosure", f"rationale_{decided}")
        if decided == "disclose_if_trigger":
            yield ("A13", "disclosure_trigger"), self.words("disclosure", "trigger")
        if decided == "defer":
            yield ("A13", "disclosure_defer_until"), (held.day + timedelta(days=28)).isoformat()
        if decided in ("disclose", "disclose_if_trigger") and chance.random() < SCHEME:
            yield ("A13", "scheme_referral"), self.words("narrative", "scheme")
        if self.cast.case.category is Category.ONE:
            yield ("A13", "s327a_applies"), NO

    # -- what hangs from items -----------------------------------------------------------

    def _rows(
        self, meeting: Meeting, held: Held, people: There, typed: dict[str, Any], *, dissent: bool
    ) -> Iterator[tuple[str, tuple[e.Entry, ...]]]:
        old: Iterable[e.Action] = ()
        if (last := self.last) is not None:
            stamp = f"{last.ref}, {long_date(last.held_on)}"
            old = looked_at(self.world, meeting, last, stamp, typed, self.words, self.chance)
        new: Iterable[e.Action] = ()
        if held.stays:
            new = set_here(self.world, self.area, held, people, typed, self.words, self.chance)
        yield e.Action.kind, (*old, *new)
        yield e.Disclosure.kind, tuple(disclosures(self, meeting, typed))
        yield e.Order.kind, tuple(orders(self, held, typed))
        yield from decision(self, held, people, typed, dissent=dissent).items()
        if not self.brief:
            yield from plan(self, meeting, held, people, typed)

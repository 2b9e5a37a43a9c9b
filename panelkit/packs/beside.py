"""The tables of a pack about its case beside the meetings: described once, read and written.

``[[history]]``, ``[[events]]``, ``[[referrals]]`` with ``[[referrals.screening]]``, and
``[[put_off]]`` of each meeting. What cannot be so is refused with its place, before anything is
stored: spans that overlap, an event before the case began, a decision before its referral.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import lru_cache, partial
from typing import Annotated, Any, Final

from pydantic import AwareDatetime, create_model
from pydantic import Field as Said

from panelkit.domain import referrals as r
from panelkit.domain.beside import Beside
from panelkit.domain.case import Case
from panelkit.domain.errors import BadInput, Refused
from panelkit.domain.meeting import Meeting
from panelkit.domain.outcomes import Outcome, OutcomeKind
from panelkit.domain.put_off import NO_CANCELLATION, PutOff, PutOffKind, PutOffReason
from panelkit.domain.referrals import Referral, Screened, ScreenedBecause, Screening
from panelkit.domain.screening import TESTS, Check, EligibleBy
from panelkit.domain.spans import Span, SpanKind, SpanReason, live, values_of, wrong_in
from panelkit.domain.vocabulary import AgeGroup, AgencyType, Category, Level, Term
from panelkit.packs.models import Id, Table, literal, several
from panelkit.packs.values import Values, derived_id


class Written(Enum):
    """How a value that is no code is written."""

    DAY = "date: `2026-11-18`"
    LINE = "a line of words"
    LEVEL = "`2`, `3`"
    ID = "id of a meeting"
    TRUE = "`true` or `false`"
    NUMBER = "whole number"
    INSTANT = "instant: `2026-11-18T10:30:00Z`"


@dataclass(frozen=True, slots=True)
class Key:
    """One key, named as what it fills is named in the domain."""

    key: str
    label: str
    written: Written | type[Term] = Written.LINE
    needed: bool = False
    default: Any = ""


_DAY, _ID = Written.DAY, Written.ID
_STAMPS: Final = (
    Key("withdrawn", "Why it was not so; it stays in sight"),
    Key("typed_by", "Who typed it"),
    Key("typed_at", "When", Written.INSTANT, default=None),
    Key("revision", "Counts changes; written by the program", Written.NUMBER, default=1),
)

_ANSWER: Final = "yes, no or not_known; perhaps with a line: `no: why`"

TABLES: Final[dict[str, tuple[str, tuple[Key, ...]]]] = {
    "history": (
        "What held of the case",
        (
            Key("kind", "Which history", SpanKind, needed=True),
            Key("value", "What held: a level, a category, where the individual was", needed=True),
            Key("from_day", "First day", _DAY, needed=True),
            Key("to_day", "Last day; left out while it holds", _DAY, default=None),
            Key("reason", "Why it began", SpanReason, default=SpanReason.NOT_SAID),
            Key("end_reason", "Why it ended, where nothing follows", SpanReason, default=None),
            Key("meeting_id", "Meeting that decided it", _ID),
            Key("end_meeting_id", "Meeting that ended it", _ID),
            Key("derived", "Worked out from meetings", Written.TRUE, default=False),
            Key("because", "Why it was entered by hand"),
            *_STAMPS,
        ),
    ),
    "events": (
        "Outcome event",
        (
            Key("kind", "What happened", OutcomeKind, needed=True),
            Key("day", "On", _DAY, needed=True),
            Key("note", "Where it was heard of"),
            *_STAMPS,
        ),
    ),
    "referrals": (
        "Referral that led to the case",
        (
            Key("received_on", "Received", _DAY, needed=True),
            Key("organisation", "Organisation that referred", needed=True),
            Key("agency", "Its kind of agency", AgencyType, needed=True),
            Key("level_asked", "Level asked for", Written.LEVEL, needed=True),
            Key("category", "Category that the referrer claims", Category, default=None),
            Key("eligible_by", "What makes the individual eligible", EligibleBy, default=None),
            Key("age", "Child or adult", AgeGroup, default=None),
            *(Key(str(test), f"{test.label}, as the referrer says. {_ANSWER}") for test in TESTS),
            Key("number", "Its number; the next one where taken", Written.NUMBER, default=0),
            *_STAMPS,
        ),
    ),
    "referrals.screening": (
        "Decision on the referral",
        (
            Key("decision", "Decision", Screened, needed=True),
            Key("because", "Why", ScreenedBecause, needed=True),
            Key("decided_on", "Decided", _DAY, needed=True),
            Key("level_given", "Level given, where accepted", Written.LEVEL, default=None),
            Key("words", "The reason in words, without a name"),
            *(Key(str(check), f"{check.label}. {_ANSWER}") for check in Check),
            *_STAMPS,
        ),
    ),
    "put_off": (
        "Day on which the meeting was not held",
        (
            Key("kind", "What became of the day", PutOffKind, needed=True),
            Key("reason", "Why", PutOffReason, needed=True),
            Key("decided_on", "Decided", _DAY, needed=True),
            Key("planned_for", "Day given up", _DAY, needed=True),
            Key("new_day", "Day it was postponed to", _DAY, default=None),
            Key("words", "What happened"),
            *_STAMPS,
        ),
    ),
}
"""Every table by its name in the file, with what it is and its keys."""


def written(key: Key) -> str:
    """What to write, for the manual."""
    if isinstance(key.written, Written):
        return key.written.value
    return ", ".join(f"`{term}`" for term in key.written)


_TYPES: Final[dict[Written, Any]] = {
    Written.DAY: date, Written.LINE: str, Written.ID: Id, Written.TRUE: bool,
    Written.NUMBER: Annotated[int, Said(ge=1, le=1_000_000_000)], Written.INSTANT: AwareDatetime,
}  # fmt: skip


@lru_cache(maxsize=8)
def model_of(name: str) -> type[Table]:
    """One table as a model; what nests in it comes with it."""
    from typing import Literal

    doc, keys = TABLES[name]
    fields: dict[str, Any] = {"id": (Id, Said("", title="Id", description="Derived if left out."))}
    for key in keys:
        if not isinstance(key.written, Written):
            kind: Any = literal(*key.written)
        else:
            kind = Literal[2, 3] if key.written is Written.LEVEL else _TYPES[key.written]
        fields[key.key] = (
            kind,
            Said(title=key.label) if key.needed else Said(None, title=key.label),
        )
    for child in TABLES:
        if child.startswith(f"{name}."):
            fields[child.removeprefix(f"{name}.")] = (
                several(model_of(child)), Said(None, title=TABLES[child][0])
            )  # fmt: skip
    title = "".join(part.capitalize() for part in name.replace("_", ".").split("."))
    return create_model(title, __base__=Table, __doc__=doc, **fields)


def fields_of_pack() -> dict[str, Any]:
    """What stands at the head of a pack, about its case."""
    return {n: _field(n) for n in ("history", "events", "referrals")}


def fields_of_meeting() -> dict[str, Any]:
    """What stands with each meeting."""
    return {"put_off": _field("put_off")}


def _field(name: str) -> tuple[Any, Any]:
    return (several(model_of(name)), Said(None, title=TABLES[name][0]))


# -- read -------------------------------------------------------------------------------------


def read_beside(
    data: dict[str, Any], case: Case, meetings: Sequence[tuple[str, Meeting, dict[str, Any]]],
    values: Values, today: date, line: Callable[[str], int | None],
) -> Beside:  # fmt: skip
    """All of it, checked. ``meetings`` are each with the prefix of its place and its tables.

    Raises BadInput, with the place, for what cannot be so and for a day after ``today``.
    """
    found = _Reading(case, values, today)
    spans = tuple(found.span(n, t) for n, t in _each(data, "history"))
    found.must_fit(spans)
    events = tuple(found.event(n, t, spans) for n, t in _each(data, "events"))
    found.must_be_once(events)
    referrals = tuple(found.referral(n, t) for n, t in _each(data, "referrals"))
    put_off = tuple(
        found.put_off(f"{prefix}put_off.{n}", n, table, meeting)
        for prefix, meeting, tables in meetings
        for n, table in _each(tables, "put_off")
    )
    return Beside(
        spans=spans, events=events, referrals=referrals, put_off=put_off,
        places={key: _with_line(place, line(place)) for key, place in found.places.items()},
    )  # fmt: skip


def _each(data: dict[str, Any], name: str) -> Iterator[tuple[int, dict[str, Any]]]:
    return enumerate(data.get(name, []), start=1)


def _with_line(place: str, line: int | None) -> str:
    return f"{place} (line {line})" if line is not None else place


class _Reading:
    """The rows of one file, each with a place and an id of its own."""

    def __init__(self, case: Case, values: Values, today: date) -> None:
        self.case = case
        self.values = values
        self.today = today
        self.places: dict[str, str] = {}

    def said(self, name: str, place: str, table: dict[str, Any], *stem: object) -> dict[str, Any]:
        """The keys of a table as the domain holds them, with its id."""
        own = str(table.get("id") or derived_id(self.case.ref, *stem))
        if own in self.places:
            raise self.values.wrong(f"{place}.id", "is given twice", "Leave ids out.")
        self.places[own] = place
        found: dict[str, Any] = {"id": own}
        for key in TABLES[name][1]:
            raw = table.get(key.key, key.default)
            at = f"{place}.{key.key}"
            if key.needed and raw == "":
                raise self.values.wrong(at, "is blank")
            found[key.key] = self._value(key, raw, at) if key.key in table else raw
        return found

    def _value(self, key: Key, raw: Any, at: str) -> Any:
        if not isinstance(key.written, Written):
            return key.written(raw)
        match key.written:
            case Written.LEVEL:
                return Level(str(raw))
            case Written.LINE:
                return self.values.text(raw, at)
            case Written.INSTANT:
                return self.values.instant(raw, at)
            case _:
                return raw

    def _not_to_come(self, day: date, place: str) -> None:
        if day > self.today:
            raise self.values.wrong(place, "is a day still to come")

    def span(self, n: int, table: dict[str, Any]) -> Span:
        place = f"history.{n}"
        said = self.said("history", place, table, "history", n)
        kind: SpanKind = said["kind"]
        if said["value"] not in {str(term) for term in values_of(kind)}:
            known = ", ".join(str(term) for term in values_of(kind))
            raise self.values.wrong(f"{place}.value", f"must be one of {known}")
        span = Span(case_id=self.case.id, **said)
        if span.to_day is not None and span.is_live and span.to_day < span.from_day:
            raise self.values.wrong(f"{place}.to_day", "is before the first day")
        if not span.meeting_id and not span.derived:
            # What a meeting decided may hold from a later day.
            self._not_to_come(span.from_day, f"{place}.from_day")
        return span

    def must_fit(self, spans: Sequence[Span]) -> None:
        """Raises BadInput for the first that overlaps one before it."""
        for n, span in enumerate(spans, start=1):
            for m, other in enumerate(spans[: n - 1], start=1):
                if wrong_in((other, span)):
                    what = (
                        "overlaps" if other.kind is span.kind
                        else "is Category 3 and Level 1 on one day with"
                    )  # fmt: skip
                    raise self.values.wrong(
                        f"history.{n}", f"{what} history.{m}", "Say the last day of what ended."
                    )

    def event(self, n: int, table: dict[str, Any], spans: Sequence[Span]) -> Outcome:
        place = f"events.{n}"
        event = Outcome(case_id=self.case.id, **self.said("events", place, table, "event", n))
        self._not_to_come(event.day, f"{place}.day")
        levels = live(spans, SpanKind.LEVEL)
        if event.is_live and levels and event.day < levels[0].from_day:
            raise self.values.wrong(f"{place}.day", "is before the case began, in its history")
        return event

    def must_be_once(self, events: Sequence[Outcome]) -> None:
        """Raises BadInput for an event that is there twice."""
        seen: dict[tuple[OutcomeKind, date], int] = {}
        for n, event in enumerate(events, start=1):
            if event.is_live:
                first = seen.setdefault((event.kind, event.day), n)
                if first != n:
                    raise self.values.wrong(f"events.{n}", f"is events.{first} again")

    def referral(self, n: int, table: dict[str, Any]) -> Referral:
        place = f"referrals.{n}"
        said = self.said("referrals", place, table, "referral", n)
        referral = Referral(case_id=self.case.id, **said)
        self._not_to_come(referral.received_on, f"{place}.received_on")
        self._must(place, lambda: r.must_be_right(referral, self.today))
        done: list[Screening] = []
        for m, decision in _each(table, "screening"):
            at = f"{place}.screening.{m}"
            own = self.said("referrals.screening", at, decision, "referral", n, "screening", m)
            one = Screening(referral_id=referral.id, **own)
            self._not_to_come(one.decided_on, f"{at}.decided_on")
            self._must(at, partial(r.must_be_answers, one))
            if one.is_live:
                self._must_follow(referral, done, one, at)
            done.append(one)
        full = Referral(case_id=self.case.id, **said, screening=tuple(done))
        if full.is_live and (full.settled is None or not full.settled.decision.accepts):
            raise self.values.wrong(
                place, "was not accepted: no case came of it", "Enter it with panelkit referral."
            )
        return full

    def _must_follow(
        self, referral: Referral, done: Sequence[Screening], one: Screening, at: str
    ) -> None:
        if one.decided_on < referral.received_on:
            raise self.values.wrong(f"{at}.decided_on", "is before the referral was received")
        last = [each for each in done if each.is_live]
        if any(each.decision.settles for each in last):
            raise self.values.wrong(at, "follows a decision that answered the referral")
        if last and one.decided_on < last[-1].decided_on:
            raise self.values.wrong(f"{at}.decided_on", "is before the decision above it")
        if referral.is_live:
            self._must(at, lambda: r.must_follow(referral, one, self.today))

    def _must(self, place: str, rule: Callable[[], None]) -> None:
        try:
            rule()
        except (BadInput, Refused) as wrong:
            said = wrong.message.rstrip(".")
            raise self.values.wrong(place, f"cannot be: {said[0].lower()}{said[1:]}") from None

    def put_off(self, place: str, n: int, table: dict[str, Any], meeting: Meeting) -> PutOff:
        said = self.said("put_off", place, table, meeting.number, "put_off", n)
        day = PutOff(meeting_id=meeting.id, number=n, **said)
        self._not_to_come(day.decided_on, f"{place}.decided_on")
        if day.reason is PutOffReason.OTHER and not day.words:
            raise self.values.wrong(f"{place}.words", "is needed where the reason is another one")
        if day.kind is PutOffKind.CANCELLED:
            if day.new_day is not None:
                raise self.values.wrong(f"{place}.new_day", "is for what was postponed")
            return day
        if day.reason in (PutOffReason.NOT_NEEDED, *NO_CANCELLATION):
            raise self.values.wrong(f"{place}.reason", "is for what was cancelled")
        if day.new_day is None or day.new_day <= day.planned_for:
            raise self.values.wrong(f"{place}.new_day", "must be a day after the one given up")
        return day


# -- written ------------------------------------------------------------------------------------


def pairs(name: str, value: Any, own_id: str) -> Iterator[tuple[str, Any]]:
    """A row as its keys: what the reader would fill in is left out."""
    if value.id != own_id:
        yield "id", value.id
    for key in TABLES[name][1]:
        said = getattr(value, key.key)
        if key.needed or said != key.default:
            level = key.written is Written.LEVEL
            yield key.key, int(said) if level else str(said) if isinstance(said, Term) else said


def blocks(beside: Beside, case: Case) -> Iterator[tuple[str, Iterator[tuple[str, Any]]]]:
    """What stands at the head of a pack, table by table: its heading and its keys."""
    for n, span in enumerate(beside.spans, start=1):
        yield "[[history]]", pairs("history", span, derived_id(case.ref, "history", n))
    for n, event in enumerate(beside.events, start=1):
        yield "[[events]]", pairs("events", event, derived_id(case.ref, "event", n))
    for n, referral in enumerate(beside.referrals, start=1):
        yield "[[referrals]]", pairs("referrals", referral, derived_id(case.ref, "referral", n))
        for m, said in enumerate(referral.screening, start=1):
            own = derived_id(case.ref, "referral", n, "screening", m)
            yield "[[referrals.screening]]", pairs("referrals.screening", said, own)


def put_off_blocks(
    beside: Beside, meeting: Meeting, prefix: str
) -> Iterator[tuple[str, Iterator[tuple[str, Any]]]]:
    """The days on which one meeting was not held."""
    mine = sorted((d for d in beside.put_off if d.meeting_id == meeting.id), key=lambda d: d.number)
    for n, day in enumerate(mine, start=1):
        own = derived_id(meeting.case.ref, meeting.number, "put_off", n)
        yield f"[[{prefix}put_off]]", pairs("put_off", day, own)

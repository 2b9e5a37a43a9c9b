"""Export then import gives an equal meeting, whatever people typed."""

from __future__ import annotations

import dataclasses
from datetime import UTC, date, datetime, time, timedelta
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from panelkit.domain import entries as e
from panelkit.domain.agenda import AGENDA
from panelkit.domain.beside import Beside
from panelkit.domain.case import Case
from panelkit.domain.errors import Refused
from panelkit.domain.fields import Field, FieldKind, fields_of, store_text
from panelkit.domain.meeting import Answer, Meeting
from panelkit.domain.outcomes import Outcome, OutcomeKind
from panelkit.domain.put_off import PutOff, PutOffKind, PutOffReason
from panelkit.domain.referrals import Referral, Screened, ScreenedBecause, Screening
from panelkit.domain.spans import Span, SpanKind, SpanReason, values_of
from panelkit.domain.text import gate
from panelkit.domain.vocabulary import (
    AgencyType,
    Category,
    Level,
    MeetingKind,
    MeetingState,
    ReadBack,
)
from panelkit.packs.models import COMMON, EARLIER_STATES, STATES
from panelkit.packs.reader import parse_pack
from panelkit.packs.writer import write_pack

NASTY = (
    '"', "'", '"""', "'''", "\\", "\\n", "[x]", "{y}", "# no comment", "\n", "\n\n", "\t", " ",
    "\ufffd", "👩🏽‍⚖️", "é", "=", "[[notes]]", "</w:t>", "\\u0041", "word",
)  # fmt: skip
texts = st.lists(st.sampled_from(NASTY) | st.text(max_size=8), max_size=6).map(
    lambda parts: gate("".join(parts)).text
)
days = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 1, 1))
times = st.times().map(lambda at: time(at.hour, at.minute))
instants = st.integers(0, 4_000_000_000_000_000).map(
    lambda micros: datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=micros)
)
numbers = st.integers(min_value=0, max_value=1_000_000)
ids = st.uuids().map(str)


def values(field: Field, default: Any) -> st.SearchStrategy[Any]:
    """What a field may hold."""
    match field.kind:
        case FieldKind.CHOICE:
            return st.none() | st.sampled_from(list(field.term))
        case FieldKind.CHOICES:
            return st.lists(st.sampled_from(list(field.term)), max_size=3).map(tuple)
        case FieldKind.ORGANISATIONS:
            return st.lists(texts, max_size=3).map(tuple)
        case FieldKind.DATE:
            return st.none() | days
        case FieldKind.TIME:
            return st.none() | times
        case FieldKind.INSTANT:
            return st.none() | instants
        case FieldKind.NUMBER:
            return numbers if default is not None else st.none() | numbers
        case _:
            return texts


def described(kind: type[Any]) -> dict[str, st.SearchStrategy[Any]]:
    return {f.key: values(f, kind.__dataclass_fields__[f.key].default) for f in fields_of(kind)}


cases = st.builds(
    Case, id=ids, ref=st.sampled_from(["WM-0143", "X1"]), category=st.sampled_from(list(Category)),
    fiction=st.booleans(), revision=st.integers(1, 9), **described(Case),
)  # fmt: skip


@st.composite
def answers(draw: st.DrawFn) -> dict[tuple[str, str], Answer]:
    found = {}
    for item in draw(st.lists(st.sampled_from(AGENDA), max_size=3, unique_by=lambda i: i.code)):
        for field in item.fields:
            value = draw(values(field, None))
            found[item.code, field.key] = Answer(
                item=item.code, field=field.key, text=store_text(value),
                revision=draw(st.integers(1, 3)), typed_by=draw(texts),
                typed_at=draw(st.none() | instants), carried_from=draw(texts), confirmed_by=draw(texts),
            )  # fmt: skip
    return found


@st.composite
def rows(draw: st.DrawFn, number: int) -> dict[str, tuple[e.Entry, ...]]:
    found: dict[str, tuple[e.Entry, ...]] = {}
    kinds = draw(st.lists(st.sampled_from(e.ENTRIES), max_size=3, unique=True))
    wanted = {e.RestrictedPart, *kinds, *(e.BY_KIND[k.follows] for k in kinds if k.follows)}
    parts = ("",)
    for kind in sorted(wanted, key=lambda k: (k is not e.RestrictedPart, e.ENTRIES.index(k))):
        made = []
        for place in range(1, draw(st.integers(1, 3)) + 1):
            said = {key: draw(value) for key, value in described(kind).items()}
            if kind is e.Action:
                said["set_at"] = draw(st.integers(1, number))
            parents = found.get(kind.follows, ())
            made.append(
                kind(
                    id=draw(ids), number=place * draw(st.integers(1, 2)) + (place - 1) * 2,
                    parent=draw(st.sampled_from(parents)).id if parents else "",
                    typed_by=draw(texts), typed_at=draw(st.none() | instants), withdrawn=draw(texts),
                    carried_from=draw(texts), confirmed_by=draw(texts),
                    read_back=draw(st.none() | st.sampled_from(list(ReadBack))),
                    restricted_part=draw(st.sampled_from(parts)), revision=draw(st.integers(1, 3)), **said,
                )
            )  # fmt: skip
        found[kind.kind] = tuple(made)
        if kind is e.RestrictedPart:
            parts = ("", *(part.id for part in made))
    return found


@st.composite
def meetings(draw: st.DrawFn, case: Case, number: int, states: tuple[MeetingState, ...]) -> Meeting:
    return Meeting(
        id=draw(ids), case=case, number=number, level=draw(st.sampled_from([Level.TWO, Level.THREE])),
        kind=draw(st.sampled_from(list(MeetingKind))), held_on=draw(days),
        state=draw(st.sampled_from(states)), sitting=draw(st.just("") | ids),
        slot=draw(st.none() | times), booked_minutes=draw(st.integers(1, 1440)),
        revision=draw(st.integers(1, 9)), answers=MappingProxyType(draw(answers())),
        rows=MappingProxyType(draw(rows(number))),
    )  # fmt: skip


@st.composite
def besides(draw: st.DrawFn, case: Case, held: tuple[Meeting, ...]) -> Beside:
    """Histories that follow each other, events after they begin, referrals that were accepted."""
    stamps: dict[str, Any] = {"typed_by": texts, "typed_at": st.none() | instants}

    def stamped() -> dict[str, Any]:
        said = {name: draw(each) for name, each in stamps.items()}
        return {"id": draw(ids), "revision": draw(st.integers(1, 9)), **said}

    first = date(2020, 1, 1)
    spans = []
    for kind in SpanKind:
        cuts = sorted(draw(st.lists(st.integers(0, 2000), max_size=3, unique=True)))
        for place, cut in enumerate(cuts):
            last = first + timedelta(cuts[place + 1] - 1) if place + 1 < len(cuts) else None
            terms = [v for v in values_of(kind) if str(v) not in ("1", "3")]
            spans.append(
                Span(
                    case_id=case.id, kind=kind, value=str(draw(st.sampled_from(terms))),
                    from_day=first + timedelta(cut), to_day=last,
                    reason=draw(st.sampled_from(list(SpanReason))),
                    end_reason=draw(st.none() | st.sampled_from(list(SpanReason))),
                    meeting_id=draw(st.just("") | ids), end_meeting_id=draw(st.just("") | ids),
                    derived=draw(st.booleans()), because=draw(texts), withdrawn=draw(texts),
                    **stamped(),
                )
            )  # fmt: skip
    events = [
        Outcome(
            case_id=case.id, kind=draw(st.sampled_from(list(OutcomeKind))),
            day=first + timedelta(3000 + place), note=draw(texts), withdrawn=draw(texts), **stamped(),
        )
        for place in range(draw(st.integers(0, 2)))
    ]  # fmt: skip
    referrals = []
    for number in range(draw(st.integers(0, 2))):
        said = stamped()
        settled = Screening(
            referral_id=said["id"], decision=Screened.ACCEPTED,
            because=ScreenedBecause.ADDS_VALUE, decided_on=first + timedelta(9), words=draw(texts),
            level_given=draw(st.sampled_from([Level.TWO, Level.THREE])), **stamped(),
        )  # fmt: skip
        referrals.append(
            Referral(
                case_id=case.id, number=number + 1, received_on=first, organisation="x" + draw(texts),
                agency=AgencyType.POL, level_asked=Level.TWO, screening=(settled,), **said,
            )
        )  # fmt: skip
    put_off = [
        PutOff(
            meeting_id=each.id, number=number, kind=kind, reason=PutOffReason.STAFFING,
            decided_on=draw(days), planned_for=first, words=draw(texts), withdrawn=draw(texts),
            new_day=first + timedelta(7) if kind is PutOffKind.POSTPONED else None, **stamped(),
        )
        for each in held
        for number, kind in enumerate(draw(st.lists(st.sampled_from(list(PutOffKind)), max_size=2)), 1)
    ]  # fmt: skip
    return Beside(
        spans=tuple(spans), events=tuple(events), referrals=tuple(referrals), put_off=tuple(put_off)
    )


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(st.data())
def test_export_then_import_gives_the_same(data: st.DataObject) -> None:
    case = data.draw(cases)
    meeting = data.draw(meetings(case, 3, STATES))
    earlier = (data.draw(meetings(case, 1, EARLIER_STATES)),)
    beside = data.draw(besides(case, (meeting, *earlier)))
    text = write_pack(meeting, earlier, beside)
    pack = parse_pack(text, "f")
    assert pack.beside == beside
    assert pack.meeting == meeting
    assert pack.earlier == earlier
    assert pack.replaced == 0
    assert write_pack(pack.meeting, pack.earlier, pack.beside) == text


LEAST = Meeting(
    id="m", case=Case(id="c", ref="WM-1", category=Category.ONE, fiction=True), number=1,
    level=Level.TWO, kind=MeetingKind.INITIAL, held_on=date(2026, 1, 1),
)  # fmt: skip


def test_the_first_line_says_what_it_is() -> None:
    assert write_pack(LEAST).startswith("# FICTION")
    real = dataclasses.replace(LEAST, case=dataclasses.replace(LEAST.case, fiction=False))
    assert write_pack(real).startswith("# OFFICIAL-SENSITIVE")


def test_an_approved_meeting_comes_back_as_closed() -> None:
    issued = dataclasses.replace(LEAST, state=MeetingState.ISSUED)
    assert parse_pack(write_pack(issued), "f").meeting.state is MeetingState.CLOSED


@pytest.mark.parametrize(
    "loose",
    [e.Note(id="n", number=1, restricted_part="gone"), e.Told(id="t", number=1, parent="x")],
)
def test_what_hangs_from_nothing_is_never_dropped(loose: e.Entry) -> None:
    meeting = dataclasses.replace(LEAST, rows=MappingProxyType({loose.kind: (loose,)}))
    with pytest.raises(Refused):
        write_pack(meeting)


def test_the_common_keys_are_those_of_every_entry() -> None:
    assert set(COMMON) == set(e.slots_of(e.Entry)) - {"parent"}


def test_an_answer_without_a_place_is_never_dropped() -> None:
    stray = Answer(item="A1", field="gone", text="x")
    with pytest.raises(Refused):
        write_pack(dataclasses.replace(LEAST, answers=MappingProxyType({stray.place: stray})))

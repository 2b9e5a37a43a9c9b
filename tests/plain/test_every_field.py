"""Nothing that can be recorded at a meeting is out of reach in plain mode: the lists are walked."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest

from panelkit.domain import agenda as national
from panelkit.domain import conditions
from panelkit.domain import entries as e
from panelkit.domain.fields import TERMS, Field, FieldKind, fields_of, show_text, store_text
from panelkit.opened.session import Spot
from panelkit.plain import frames, values
from panelkit.plain.frames import FormFrame, ItemFrame
from panelkit.plain.looking import ELSEWHERE
from panelkit.plain.orders import BY_WORDS, ORDERS, meant
from panelkit.plain.own import OWN, Heard, Rating
from panelkit.plain.reading import Script
from panelkit.plain.room import RoomStep
from panelkit.plain.steps import FieldStep, FormEnd, ItemEnd, TableStep
from panelkit.plain.talk import Talk
from panelkit.plain.voice import Voice
from panelkit.services.desk import Desk
from panelkit.tui.keys import MEETING_KEYS
from panelkit.tui.panes.registry import PANES
from tests.desk import fresh_meeting, make_desk
from tests.plain.saying import REF, stored, talk

BY_COMMAND = {
    "presence": "in", "parts": "start", "pauses": "pause", "visits": "go", "parked": "park",
    "notes": "note", "calls": "ring", "agency_returns": "returns", "return_lines": "returns",
}  # fmt: skip
"""Kinds that a command records."""
NOT_AT_A_MEETING = {"section_words", "comments", "amendments", "settled"}
"""Kinds of the life of the minutes and of what comes in after it, which are other commands'; no pane of
a meeting has them."""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = make_desk(tmp_path)
    fresh_meeting(made)
    yield made
    made.caseload.record.close()


def opened(desk: Desk, ref: str = REF) -> Talk:
    return Talk(desk, desk.caseload.find(ref), Voice(lambda _text: None), Script([]))


def test_every_field_of_every_item_is_asked(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frames, "is_asked", lambda *_: True)
    one = opened(desk)
    for item in one.session.meeting.agenda:
        steps = ItemFrame(code=item.code).steps(one)
        asked = {step.field.key for step in steps if isinstance(step, FieldStep)}
        assert asked >= {field.key for field in item.fields}, item.code
        assert isinstance(steps[-1], ItemEnd)
        for step in steps:
            lines = step.ask(one)
            assert lines, step.key
            assert all(line.rstrip().endswith((".", "?")) for line in lines), lines
        listed = {step.kind.kind for step in steps if isinstance(step, TableStep)}
        own = OWN[item.code][0] if item.code in OWN else ""
        assert listed | {own} >= set(item.entries), item.code


def test_a_field_is_asked_exactly_where_the_screen_asks_it(desk: Desk) -> None:
    one = opened(desk)
    meeting = one.session.meeting
    for item in meeting.agenda:
        asked = {s.field.key for s in ItemFrame(code=item.code).steps(one) if isinstance(s, FieldStep)}  # fmt: skip
        shown = {f.key for f in item.fields if conditions.is_asked(f, meeting, desk.area)}
        assert asked == shown


def test_every_kind_of_content_is_reachable_with_every_field(desk: Desk) -> None:
    by_item = {kind for item in national.AGENDA for kind in item.entries}
    by_item |= {own for own, _steps in OWN.values() if own}
    for kind in e.ENTRIES:
        hangs = bool(kind.follows) and kind.kind not in BY_COMMAND
        reached = kind.kind in by_item or hangs or kind.kind in BY_COMMAND
        assert reached or kind.kind in NOT_AT_A_MEETING, kind
        if kind.kind in BY_COMMAND:
            assert BY_COMMAND[kind.kind] in BY_WORDS
    one = opened(desk)
    one.session.do(desk.chairing.start)
    one.session.do(desk.chairing.check_in_all)
    for kind in e.ENTRIES:
        one.session.begin(kind(id=f"begun {kind.kind}"))
        steps = FormFrame(kind=kind, entry=f"begun {kind.kind}").steps(one)
        asked = {step.spot.field for step in steps if isinstance(step, FieldStep)}
        assert asked | {"at_item"} >= {field.key for field in fields_of(kind)}, kind
        assert isinstance(steps[-1], FormEnd)
        tables = {step.kind for step in steps if isinstance(step, TableStep)}
        hanging = {each for each in e.ENTRIES if each.follows == kind.kind}
        assert tables == hanging - frames.SHOWN_OTHERWISE
        for step in steps:
            assert step.ask(one)[-1].endswith(".")


def test_items_of_their_own_shape_are_those_of_the_screens() -> None:
    assert set(OWN) == set(PANES)


def test_every_key_of_the_chairs_screen_has_a_command() -> None:
    commands = {key for order in ORDERS for key in order.keys}
    assert {key.id for key in MEETING_KEYS} <= commands | {"leader"}
    assert set(ELSEWHERE) <= {key.id for key in MEETING_KEYS}


def test_commands_are_named_once_and_say_what_they_do() -> None:
    words = [word for order in ORDERS for word in order.words]
    assert len(words) == len(set(words))
    assert all(order.sentence.endswith(".") for order in ORDERS)
    assert all(word == word.casefold() for word in words)


def test_a_choice_that_is_called_like_a_command_is_the_choice(desk: Desk) -> None:
    one = opened(desk)
    for name, term in TERMS.items():
        field = Field(key="x", label="X", kind=FieldKind.CHOICE, choices=name)
        step = FieldStep(Spot("A1", "x"), field)
        for member in term:
            for typed in (str(member), member.label, values._called(member)):
                assert meant(one, step, typed) == (None, ""), (name, typed)
    said = talk(desk, "start", "all in", "go A2", "read", is_terminal=False)
    assert said.code == 0
    assert stored(desk).text("A2", "confidentiality_statement") == "read"


SAMPLES = {
    FieldKind.WORDS: ("Two\nlines.\n.", "Two\nlines."),
    FieldKind.LINE: ("one line", "one line"),
    FieldKind.CHOICE: ("y", "yes"),
    FieldKind.CHOICES: ("R1 and staff, 2", "children,staff,public"),
    FieldKind.DATE: ("12 January", "2027-01-12"),
    FieldKind.TIME: ("9.05", "09:05"),
    FieldKind.INSTANT: ("2027-01-12T10:30:00+00:00", "2027-01-12T10:30:00+00:00"),
    FieldKind.NUMBER: ("7", "7"),
    FieldKind.ORGANISATION: ("Harrowmere Police", "Harrowmere Police"),
    FieldKind.ORGANISATIONS: ("One; Two", "One; Two"),
    FieldKind.PERSON: ("Helen Tovey", "Helen Tovey"),
}
"""Typed and stored, for every kind of field."""


def test_an_item_with_a_field_of_every_kind_appears_by_itself(tmp_path: Path) -> None:
    assert set(SAMPLES) == set(FieldKind)
    terms = {FieldKind.CHOICE: "YesNo", FieldKind.CHOICES: "RiskGroup"}
    fields = tuple(
        Field(key=kind.value, label=f"Invented {kind.value}", kind=kind, choices=terms.get(kind, ""))
        for kind in FieldKind
    )  # fmt: skip
    added = national.AgendaItem(
        code="X1", title="An item that an area added", short="Added", say="What of it?",
        fields=fields, entries=("key_dates",), guidance="Ours [I].",
    )  # fmt: skip
    desk = make_desk(tmp_path)
    agenda = (*desk.caseload.agenda, added)
    caseload = type(desk.caseload)(desk.caseload.record, desk.area, agenda, desk.clock, desk.who)
    desk = dataclasses.replace(desk, caseload=caseload)
    fresh_meeting(desk)
    lines = [line for kind in FieldKind for line in SAMPLES[kind][0].split("\n")]
    said = talk(desk, "go X1", "?", *lines, "add", "release", "", "", "", "", is_terminal=False)
    assert (said.code, said.complaints) == (0, [])
    meeting = stored(desk)
    for kind, (_typed, wanted) in SAMPLES.items():
        assert meeting.text("X1", kind.value) == wanted, kind
        assert f"Invented {kind.value}." in said.text
    assert "X1, An item that an area added, item" in said.text
    assert [row.event for row in meeting.live(e.KeyDate)] == ["release"]


def test_values_are_understood_as_they_are_shown(desk: Desk) -> None:
    """Whatever a question shows as standing there can be typed back."""
    meeting, calendar = desk.caseload.find(REF), desk.area.calendar
    for name, term in TERMS.items():
        field = Field(key="x", label="X", kind=FieldKind.CHOICE, choices=name)
        for place, member in enumerate(term, start=1):
            for typed in (str(member), member.label, values._called(member), member.label.upper()):
                assert values.read(field, typed, meeting, calendar) == store_text(member), (name, typed)  # fmt: skip
            if not any(str(place) in (str(each), each.label) for each in term):
                assert values.read(field, str(place), meeting, calendar) == store_text(member)
        assert show_text(next(iter(term)))


def test_own_steps_are_found_by_the_names_that_gaps_use(desk: Desk) -> None:
    one = opened(desk)
    one.session.do(desk.chairing.start)
    one.session.do(desk.chairing.check_in_all)
    one.session.do(lambda m: desk.chairing.statement_given(m, "read"))
    found = 0
    for gap in one.gaps:
        field = gap.field if gap.entry else gap.field.rpartition(".")[2]
        one.go_to(gap.item, field, gap.entry)
        step = one.step
        if gap.field.startswith("unheard_"):
            assert step == Heard(gap.field.removeprefix("unheard_"))
        elif gap.field.startswith("rating_"):
            assert isinstance(step, Rating)
            assert step.key == gap.field
        elif isinstance(step, FieldStep) and not gap.entry:
            assert step.spot == Spot(gap.item, gap.field) or gap.field not in {f.key for f in one.item.fields}  # fmt: skip
        else:
            assert isinstance(step, RoomStep | TableStep | FieldStep | FormEnd) or gap.item in OWN
        found += 1
    assert found > 30

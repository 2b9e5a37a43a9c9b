"""Each rule of completeness, found and not found; the rules that must hold."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from panelkit.areas.loader import load_area
from panelkit.domain import entries as e
from panelkit.domain import running
from panelkit.domain.case import Case
from panelkit.domain.completeness import Gap, completeness, stopping
from panelkit.domain.dates import read_date
from panelkit.domain.errors import Refused
from panelkit.domain.meeting import By, Meeting
from panelkit.domain.quick import find_organisation, read_action, read_note, read_risks
from panelkit.domain.starting import first_meeting, next_meeting
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
    ReadBack,
    RiskGroup,
    RiskOfSeriousHarm,
    Stops,
    YesNo,
)

AREA = load_area("national")
BY = By("Ruth Calloway", datetime(2026, 11, 23, 10, tzinfo=UTC))
HELD = date(2026, 11, 23)
Change = Callable[[Meeting], Meeting]


def case(category: Category = Category.TWO, born: date | None = None) -> Case:
    return Case(id="c", ref="HM-1", category=category, fiction=True, born=born)


def meeting(
    level: Level = Level.TWO, kind: MeetingKind = MeetingKind.INITIAL, about: Case | None = None
) -> Meeting:
    return first_meeting(
        about or case(), level=level, kind=kind, held_on=HELD, by=BY, area=AREA, meeting_id="m"
    )


def person(
    name: str, organisation: str, agency: AgencyType, role: MeetingRole | None = None
) -> e.Attendance:
    return e.Attendance(
        id=name,
        name=name,
        organisation=organisation,
        agency=agency,
        meeting_role=role,
        status=AttendanceStatus.ATTENDED,
    )


def answer(item: str, key: str, text: str) -> Change:
    return lambda m: m.answer(item, key, text, BY)


def add(entry: e.Entry) -> Change:
    return lambda m: m.add(entry, BY)


def gaps(m: Meeting) -> tuple[Gap, ...]:
    return completeness(m, AREA)


def fields(m: Meeting) -> set[str]:
    return {gap.field for gap in gaps(m)}


def through(m: Meeting, *changes: Change) -> Meeting:
    for change in changes:
        m = change(m)
    return m


POLICE = person("PC Rowe", "Harrowmere Police", AgencyType.POL)
PROBATION = person("SPO Hart", "Probation", AgencyType.PRB)
OLD = e.Action(id="old", set_at=9, number=1, text="Visit", owner="PC Rowe")
HIGH = e.RiskRating(id="hi", group=RiskGroup.SELF, level=RiskOfSeriousHarm.HIGH)

FOUND_AND_MENDED: tuple[tuple[str, tuple[Change, ...], tuple[Change, ...]], ...] = (
    ("role_chair", (), (add(person("C", "Harrowmere Police", AgencyType.POL, MeetingRole.CHAIR)),)),
    ("attendance", (), (add(POLICE),)),
    ("quorate", (add(POLICE),), (add(PROBATION),)),
    ("interests", (answer("A1", "interests_declared", "yes"),), (add(e.Interest(id="i", declared_by="X")),)),
    ("statement_heard", (add(POLICE), answer("A2", "confidentiality_statement", "read"), lambda m: running.check_in(m, m.live(e.Attendance)[0], BY, "p")), (lambda m: running.hear_statement(m, BY, "s"),)),
    ("category_three_level_one", (answer("A3", "mappa_category", "3"), answer("A15", "level_decision", "L1")), (answer("A15", "level_decision", "EXIT"),)),
    ("exit_not_lawful", (answer("A15", "level_decision", "EXIT"), answer("A15", "exit_reason", "risk_reduced")), (answer("A15", "exit_reason", "eligibility_ended"),)),
    ("status", (add(OLD),), (lambda m: m.change(e.Action, "old", BY, status=ActionStatus.COMPLETE),)),
    ("new_due", (add(OLD), lambda m: m.change(e.Action, "old", BY, status=ActionStatus.PART)), (lambda m: m.change(e.Action, "old", BY, new_due=date(2026, 12, 4)),)),
    ("outcome", (add(OLD), lambda m: m.change(e.Action, "old", BY, status=ActionStatus.COMPLETE)), (lambda m: m.change(e.Action, "old", BY, outcome="He was at home."),)),
    ("unheard_Harrowmere Police", (add(POLICE),), (add(e.Contribution(id="t", organisation="Harrowmere Police", nil_return=YesNo.YES)),)),
    ("contributions.text", (add(e.Contribution(id="t", organisation="P")),), (lambda m: m.change(e.Contribution, "t", BY, text="words"),)),
    ("restricted_part_open", (add(e.RestrictedPart(id="r", started_at=BY.at)),), (lambda m: m.change(e.RestrictedPart, "r", BY, ended_at=BY.at),)),
    ("rating_prisoners", (answer("A3", "custody_status", "custody"),), (add(e.RiskRating(id="rp", group=RiskGroup.PRISONERS)),)),
    ("tools", (), (add(e.RiskTool(id="t", tool="OASys")),)),
    ("tool_old", (add(e.RiskTool(id="t", tool="OASys", on=date(2025, 1, 1))),), (lambda m: m.change(e.RiskTool, "t", BY, on=date(2026, 10, 1)),)),
    ("no_measure_self", (add(HIGH),), (add(e.Measure(id="me", risk=(RiskGroup.SELF,))),)),
    ("contingency", (), (add(e.Contingency(id="co")),)),
    ("disclosures", (answer("A13", "disclosure_decision", "disclose"),), (add(e.Disclosure(id="di")),)),
    ("level_record", (), (add(e.Decision(id="d", type=DecisionType.LEVEL)),)),
    ("due_after_review", (answer("A18", "next_review_date", "2026-12-01"), add(e.Action(id="n", due=date(2026, 12, 4)))), (lambda m: m.change(e.Action, "n", BY, due=date(2026, 11, 30)),)),
    ("due_not_worked", (add(e.Action(id="n", due=date(2026, 12, 25))),), (lambda m: m.change(e.Action, "n", BY, due=date(2026, 12, 23)),)),
    ("owner_may_not", (add(person("Gwen", "Board", AgencyType.LAY)), add(e.Action(id="n", owner="Gwen"))), (lambda m: m.change(e.Action, "n", BY, owner="PC Rowe"),)),
    ("read_back_d", (add(e.Decision(id="d", read_back=ReadBack.TO_CONFIRM)),), (lambda m: m.change(e.Decision, "d", BY, read_back=ReadBack.CONFIRMED),)),
    ("note_unplaced", (add(e.Note(id="n", text="x")),), (lambda m: m.change(e.Note, "n", BY, place="A7"),)),
    ("note_waiting", (add(e.Note(id="n", text="x", place="A7")),), (lambda m: m.change(e.Note, "n", BY, settled=YesNo.YES),)),
    ("carried_measures", (add(e.Measure(id="me", carried_from="HM-1-0")),), (lambda m: m.change(e.Measure, "me", BY, text="now"),)),
    ("l3_reason", (lambda m: dataclasses.replace(m, level=Level.THREE),), (answer("A3", "l3_reason", "both"),)),
    ("quoracy_override_reason", (add(POLICE),), (answer("A1", "quoracy_override_reason", "Probation lost the line"),)),
    ("s327a_presumption", (answer("A13", "s327a_applies", "yes"),), (answer("A13", "s327a_presumption", "no"),)),
    ("s327a_reason", (answer("A13", "s327a_applies", "yes"), answer("A13", "s327a_presumption", "yes"), answer("A13", "disclosure_decision", "no_disclosure")), (answer("A13", "s327a_reason", "No particular child"),)),
    ("after_eligibility", (answer("A3", "eligibility_end_date", "2026-12-01"),), (answer("A15", "after_eligibility", "The order holds it"),)),
    ("overall_override_reason", (add(HIGH), answer("A10", "overall_rosh", "low")), (answer("A10", "overall_override_reason", "because"),)),
    ("review_reason_if_late", (answer("A18", "next_review_date", "2027-09-01"),), (answer("A18", "review_reason_if_late", "because"),)),
    ("disclosure_defer_until", (answer("A13", "disclosure_decision", "defer"),), (answer("A13", "disclosure_defer_until", "2026-12-01"),)),
    ("next_review_date", (), (answer("A15", "level_decision", "L1"),)),
)  # fmt: skip


@pytest.mark.parametrize(
    ("field", "broken", "mended"), FOUND_AND_MENDED, ids=[row[0] for row in FOUND_AND_MENDED]
)
def test_a_rule_is_found_and_not_found(
    field: str, broken: tuple[Change, ...], mended: tuple[Change, ...]
) -> None:
    wrong = through(meeting(), *broken)
    assert field in fields(wrong)
    assert field not in fields(through(wrong, *mended))


def test_a_child_hospital_custody_and_category_four_change_what_is_asked() -> None:
    child = meeting(about=case(born=date(2010, 1, 1)))
    assert {"youth_education_welfare", "youth_considerations"} <= fields(child)
    assert "youth_considerations" not in fields(meeting())
    assert "hospital_details" in fields(meeting().answer("A3", "custody_status", "hospital", BY))
    assert "custody_details" in fields(meeting().answer("A3", "custody_status", "custody", BY))
    assert "terrorism_handling" in fields(meeting(about=case(Category.FOUR)))


def test_a_level_is_never_derived_from_a_risk() -> None:
    m = meeting()
    for rating in m.live(e.RiskRating):
        m = m.change(e.RiskRating, rating.id, BY, level=RiskOfSeriousHarm.VERY_HIGH)
    assert m.text("A15", "level_decision") == ""
    assert m.text("A10", "overall_rosh") == ""
    assert m.level is Level.TWO


def test_parking_needs_a_reason_and_sometimes_a_date() -> None:
    m = meeting()
    by_field = {gap.field: gap for gap in gaps(m)}
    with pytest.raises(Refused):
        running.park(m, by_field["confidentiality_statement"], "later", None, BY, "p")
    with pytest.raises(Refused):
        running.park(m, by_field["diversity_considered"], " ", None, BY, "p")
    with pytest.raises(Refused):
        running.park(m, by_field["disclosure_decision"], "later", None, BY, "p")
    parked = running.park(m, by_field["disclosure_decision"], "later", date(2026, 12, 1), BY, "p")
    gap = next(g for g in gaps(parked) if g.field == "disclosure_decision")
    assert (gap.parked, gap.parked_until) == ("later", date(2026, 12, 1))
    assert gap not in stopping(gaps(parked), Stops.CLOSING)


def test_category_four_and_level_one_are_refused() -> None:
    real = dataclasses.replace(case(Category.FOUR), fiction=False)
    with pytest.raises(Refused, match="Category 4"):
        meeting(about=real)
    with pytest.raises(Refused, match="Level 1"):
        meeting(level=Level.ONE)


def test_a_review_starts_from_the_last_meeting_and_confirms_nothing() -> None:
    last = through(
        meeting(),
        answer("A6", "index_offence", "Wounding"),
        add(e.Measure(id="me", text="Curfew", pillar=Pillar.SUPERVISION)),
        add(e.Action(id="a", text="Visit", due=date(2026, 12, 1))),
        lambda m: m.change(
            e.RiskRating, m.live(e.RiskRating)[0].id, BY, level=RiskOfSeriousHarm.HIGH
        ),
    )
    with pytest.raises(Refused):
        next_meeting(
            last,
            level=Level.TWO,
            kind=MeetingKind.REVIEW,
            held_on=HELD,
            by=BY,
            area=AREA,
            meeting_id="n",
        )
    closed = last.with_facts(state=MeetingState.CLOSED)
    review = next_meeting(
        closed,
        level=Level.TWO,
        kind=MeetingKind.REVIEW,
        held_on=HELD,
        by=BY,
        area=AREA,
        meeting_id="n",
    )
    assert review.answers["A6", "index_offence"].is_unconfirmed
    assert review.live(e.Measure)[0].is_unconfirmed
    assert [r.level for r in review.live(e.RiskRating) if r.last] == [None]
    assert [a.ref for a in review.old_actions] == ["1.1"]
    assert review.old_actions[0].origin == "a"
    gone = closed.answer("A15", "level_decision", "EXIT", BY)
    with pytest.raises(Refused, match="leaves MAPPA"):
        next_meeting(
            gone,
            level=Level.TWO,
            kind=MeetingKind.REVIEW,
            held_on=HELD,
            by=BY,
            area=AREA,
            meeting_id="n",
        )


def test_an_organisation_counts_once_and_office_roles_do_not_count() -> None:
    m = through(
        meeting(),
        add(person("C", "Harrowmere Police", AgencyType.POL, MeetingRole.CHAIR)),
        add(PROBATION),
        answer("A3", "lead_agency", "Probation"),
    )
    assert "quorate" in fields(m), "the chair does not make the police present"
    m = m.add(POLICE, BY).add(person("PC Two", "Harrowmere Police", AgencyType.POL), BY)
    assert "quorate" not in fields(m)
    assert sum(g.field.startswith("unheard_") for g in gaps(m)) == 2
    soon = m.add(e.KeyDate(id="k", event=None, on=date(2027, 1, 4)), BY)
    assert "quorate" not in fields(soon)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("12 Jan", date(2027, 1, 12)), ("by 12 January", date(2027, 1, 12)), ("before 12 January", date(2027, 1, 11)),
        ("before 4 January", date(2026, 12, 31)), ("Tue", date(2026, 11, 24)), ("Monday", date(2026, 11, 30)),
        ("in 2 weeks", date(2026, 12, 7)), ("10 working days", date(2026, 12, 7)), ("4/12", date(2026, 12, 4)),
        ("2026-12-04", date(2026, 12, 4)), ("today", HELD), ("4th of December 2026", date(2026, 12, 4)),
    ],
)  # fmt: skip
def test_dates_as_people_say_them(words: str, day: date) -> None:
    assert read_date(words, HELD, AREA.calendar).day == day


@pytest.mark.parametrize(
    "words", ["next Friday", "31 February", "soon", "", "1 November 2026", "in due course"]
)
def test_a_date_that_is_not_clear_is_asked_and_never_guessed(words: str) -> None:
    said = read_date(words, HELD, AREA.calendar)
    assert said.day is None
    assert said.problem


def test_a_line_loses_no_word() -> None:
    m = through(
        meeting(),
        add(POLICE),
        add(PROBATION),
        add(person("J. Moss", "Harrowmere Housing", AgencyType.LHA)),
    )
    for line in (
        "visit: twice: at night", "Nobody: do it", "police: visit the flat by soon > R9", "x > y > z",
        "Probation: SPO Hart: write to the board by 4 December > R1, R3", "LHA: find him a flat",
    ):  # fmt: skip
        said = read_action(line, m, AREA.calendar)
        kept = " ".join(
            [
                said.text,
                said.owner,
                said.who.organisation,
                said.who.problem,
                str(said.due),
                *map(str, said.risk),
            ]
        ).casefold()
        for word in line.replace(":", " ").replace(">", " ").replace(",", " ").split():
            if word.casefold() not in (
                "by",
                "police",
                "probation",
                "lha",
                "r1",
                "r3",
                "4",
                "december",
            ):
                assert word.casefold() in kept, (line, word)
    note = read_note("unknown people A11: words", m)
    assert note.text == "unknown people A11: words", "a head that is not understood stays"
    assert read_risks("R1 and children") == (RiskGroup.CHILDREN, RiskGroup.CHILDREN)
    assert read_risks("R1, nobody") == ()
    two = m.add(person("PC Far", "Eastmarch Police", AgencyType.POL), BY)
    assert "Which one" in find_organisation("police", two).problem


def test_pause_finish_now_resume_close_and_reopen() -> None:
    local = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
    m = running.start(meeting().add(POLICE, BY), BY, "p1", local)
    m = running.move(m, "A1", BY, "v1")
    later = By("Ruth Calloway", datetime(2026, 11, 23, 10, 30, tzinfo=UTC))
    m = running.pause(m, "", later, "pa")
    end = By("Ruth Calloway", datetime(2026, 11, 23, 10, 50, tzinfo=UTC))
    m = running.go_on(m, end)
    assert running.elapsed(m, end.at).total_seconds() == 30 * 60
    with pytest.raises(Refused, match="one reason"):
        running.finish_now(
            m, running.Interim("high", Level.TWO, "none", "", date(2026, 11, 30)), end, ("a",), AREA
        )
    part = running.finish_now(
        m,
        running.Interim("high", Level.TWO, "none", "time", date(2026, 11, 30)),
        end,
        tuple(map(str, range(99))),
        AREA,
    )
    assert part.state is MeetingState.PART_HEARD
    again = running.resume(part, end, "p2")
    assert again.text("A2", "confidentiality_statement") == ""
    assert not [g for g in gaps(again) if g.parked]
    with pytest.raises(Refused, match="owed"):
        running.close(again, end, local, AREA)
    assert "statement" in running.may_open(again, "A7")
    closed = again.with_facts(state=MeetingState.CLOSED)
    assert running.reopen(closed, end).state is MeetingState.OPEN
    with pytest.raises(Refused):
        running.reopen(closed.with_facts(state=MeetingState.APPROVED), end)


def test_a_withdrawn_entry_keeps_its_number_and_its_reason() -> None:
    m = meeting().add(e.Decision(id="a"), BY).add(e.Decision(id="b"), BY)
    with pytest.raises(Refused):
        m.withdraw(e.Decision, "a", " ", BY)
    m = m.withdraw(e.Decision, "a", "typed twice", BY).add(e.Decision(id="c"), BY)
    assert [(d.ref, d.withdrawn) for d in m.of(e.Decision)] == [
        ("D1", "typed twice"),
        ("D2", ""),
        ("D3", ""),
    ]

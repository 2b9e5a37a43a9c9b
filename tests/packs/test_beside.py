"""A pack carries histories, events, referrals and put-off days: strict, all or nothing, read twice once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from panelkit import cli
from panelkit.domain.errors import BadInput, Refused
from panelkit.domain.spans import SpanKind, live
from panelkit.packs.reader import parse_pack
from panelkit.packs.writer import write_pack
from panelkit.services.desk import Desk
from tests.desk import make_desk

MEETING = """format = 1
fiction = true
[case]
ref = "WM-0700"
category = "2"
[meeting]
number = 2
level = 2
kind = "review"
held_on = 2026-11-18
state = "closed"
[answers.A3]
custody_status = "community"
[answers.A15]
level_decision = "L2"
"""
HISTORY = """[[history]]
kind = "level"
value = "3"
from_day = 2025-01-06
to_day = 2026-02-01
reason = "accepted"
[[history]]
kind = "level"
value = "2"
from_day = 2026-02-02
reason = "stepped_down"
"""
REST = """[[events]]
kind = "returned_licence"
day = 2025-06-03
note = "Heard from probation."
[[referrals]]
received_on = 2024-12-01
organisation = "Riverdale Probation"
agency = "PRB"
level_asked = 3
[[referrals.screening]]
decision = "more_information"
because = "form_incomplete"
decided_on = 2024-12-02
[[referrals.screening]]
decision = "accepted"
because = "senior"
decided_on = 2024-12-20
level_given = 3
words = "Chief officers are needed."
[[put_off]]
kind = "postponed"
reason = "staffing"
decided_on = 2026-11-01
planned_for = 2026-11-04
new_day = 2026-11-18
"""
WHOLE = MEETING + HISTORY + REST
TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A record with the pack in it, taken in once."""
    made = make_desk(tmp_path_factory.mktemp("desk"))
    pack = parse_pack(WHOLE, "f.toml", made.caseload.agenda)
    assert made.caseload.take_in([*pack.earlier, pack.meeting], pack.beside) == ("WM-0700-2", True)
    return made


def test_all_of_it_is_in_the_record(desk: Desk) -> None:
    record = desk.caseload.record
    case_id = record.case("WM-0700").id
    spans = record.spans(case_id)
    assert [(s.value, s.from_day, s.to_day, s.derived) for s in live(spans, SpanKind.LEVEL)] == [
        ("3", date(2025, 1, 6), date(2026, 2, 1), False), ("2", date(2026, 2, 2), None, False),
    ]  # fmt: skip
    assert {s.kind for s in spans if s.derived} == {SpanKind.CATEGORY, SpanKind.WHEREABOUTS}, (
        "what the pack does not say follows from the meeting"
    )
    (event,) = record.events(case_id)
    assert (event.day, event.note) == (date(2025, 6, 3), "Heard from probation.")
    assert (event.typed_by, event.typed_at) == (desk.who, desk.clock())
    (referral,) = record.referrals()
    assert (referral.ref, referral.case_id, referral.state) == ("R-0001", case_id, "accepted")
    assert len(referral.screening) == 2
    meeting = desk.caseload.find("WM-0700-2")
    (day,) = record.put_off(meeting.id)[meeting.id]
    assert (day.planned_for, day.new_day) == (date(2026, 11, 4), date(2026, 11, 18))
    assert record.verify().is_good


def test_what_goes_out_comes_in_again_the_same(desk: Desk, tmp_path: Path) -> None:
    meeting = desk.caseload.find("WM-0700-2")
    told = desk.caseload.told_beside(meeting)
    text = write_pack(meeting, (), told)
    other = make_desk(tmp_path)
    pack = parse_pack(text, "out.toml", other.caseload.agenda, today=TODAY)
    other.caseload.take_in([pack.meeting], pack.beside)
    assert other.caseload.told_beside(other.caseload.find("WM-0700-2")) == told


def test_the_same_pack_again_changes_nothing_also_after_the_record_went_on(desk: Desk) -> None:
    pack = parse_pack(WHOLE, "f.toml", desk.caseload.agenda)
    record = desk.caseload.record
    head = record.head()
    assert desk.caseload.take_in([pack.meeting], pack.beside) == ("WM-0700-2", False)
    assert record.head() == head
    number = next(
        n for n, s in enumerate(record.spans(record.case("WM-0700").id), 1) if s.value == "3"
    )
    desk.histories.correct("WM-0700", number, "The letter says so.", from_day=date(2025, 1, 5))
    head = record.head()
    assert desk.caseload.take_in([pack.meeting], pack.beside) == ("WM-0700-2", False)
    assert record.head() == head


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        (
            "2025-06-03",
            "2025-06-04",
            r"events\.1 \(line \d+\) is in this record already, and differs",
        ),
        ("[[put_off]]", '[[put_off]]\nid = "another"', r"without put_off\.1 \(line \d+\)"),
    ],
)
def test_another_pack_under_the_same_reference_is_refused(
    desk: Desk, was: str, now: str, said: str
) -> None:
    pack = parse_pack(WHOLE.replace(was, now), "f.toml", desk.caseload.agenda)
    head = desk.caseload.record.head()
    with pytest.raises(Refused, match=said):
        desk.caseload.take_in([pack.meeting], pack.beside)
    assert desk.caseload.record.head() == head


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ("to_day = 2026-02-01", "to_day = 2026-02-02", r"history\.2 overlaps history\.1"),
        ("to_day = 2026-02-01", "to_day = 2025-01-05", r"history\.1\.to_day is before the first day"),
        ('value = "3"', 'value = "4"', r"history\.1\.value must be one of 1, 2, 3"),
        ("day = 2025-06-03", "day = 2025-01-05", r"events\.1\.day is before the case began"),
        ("day = 2025-06-03", "day = 2026-11-24", r"events\.1\.day is a day still to come"),
        ('"returned_licence"', '"vanished"', r"events\.1\.kind must be "),
        ("note =", "notes =", r"events\.1\.notes"),
        ('"senior"', '"level_one"', r"referrals\.1\.screening\.2 cannot be: "),
        ("decided_on = 2024-12-20", "decided_on = 2024-12-01", r"screening\.2\.decided_on is before"),
        ("received_on = 2024-12-01", "received_on = 2024-12-03", r"screening\.1\.decided_on is before"),
        ("new_day = 2026-11-18", "new_day = 2026-11-04", r"put_off\.1\.new_day must be a day after"),
        ('reason = "staffing"', 'reason = "other"', r"put_off\.1\.words is needed"),
    ],
)  # fmt: skip
def test_what_cannot_be_so_is_named_with_its_place_and_its_line(
    was: str, now: str, said: str
) -> None:
    assert was in WHOLE
    with pytest.raises(BadInput, match=said + r".*\(line \d+\)") as refused:
        parse_pack(WHOLE.replace(was, now, 1), "f.toml", today=TODAY)
    assert "vanished" not in refused.value.message


def test_a_line_that_cannot_stand_beside_the_record_leaves_nothing_of_its_pack(
    tmp_path: Path,
) -> None:
    """No level history is in the pack: what the meeting decided is known once it is stored."""
    desk = make_desk(tmp_path)
    pack = parse_pack(MEETING + REST, "f.toml", desk.caseload.agenda)
    head = desk.caseload.record.head()
    with pytest.raises(Refused, match=r"events\.1 \(line 16\): .*before the case began"):
        desk.caseload.take_in([pack.meeting], pack.beside)
    record = desk.caseload.record
    assert record.head() == head
    assert (record.meetings(), record.case_refs(), record.referrals()) == ([], (), ())


def test_a_pack_goes_in_and_out_by_command(tmp_path: Path) -> None:
    path, db, out = tmp_path / "m.toml", str(tmp_path / "r.db"), tmp_path / "out.toml"
    path.write_text(WHOLE, "utf-8")
    run = CliRunner().invoke
    done = run(cli.app, ["--db", db, "import", str(path)])
    assert done.exit_code == 0, done.output
    assert "already here" in run(cli.app, ["--db", db, "import", str(path)]).output
    assert run(cli.app, ["--db", db, "export", "WM-0700-2", "-o", str(out)]).exit_code == 0
    again = parse_pack(out.read_text("utf-8"), "out.toml")
    assert [e.note for e in again.beside.events] == ["Heard from probation."]
    assert len(again.beside.put_off) == 1

"""Figures and events of others taken into a record, as if by hand. Every case is invented."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from panelkit.documents import grid_csv, grid_xlsx
from panelkit.domain.errors import BadInput, NotAllowed, Refused, StaleRecord
from panelkit.domain.grids import Grid
from panelkit.domain.held import Origin, Status, Understood
from panelkit.domain.manual_figures import ASKED
from panelkit.domain.mapping import Told
from panelkit.domain.outcomes import OutcomeKind
from panelkit.domain.people import Access, Role
from panelkit.services.annual import Annual
from panelkit.services.desk import Desk
from panelkit.services.entering import enter
from panelkit.services.held import NOT_SAID, HeldEvents, HeldFigures
from panelkit.services.histories import Histories
from panelkit.services.people import FIRST, People, found
from panelkit.store.engine import reading
from panelkit.store.tries import Tries
from panelkit.wiring import Settings, desk_over
from tests.desk import CHAIR, Clock, make_desk
from tests.documents.grid_files import csv_of, xlsx_of
from tests.services.test_annual import OTHER, YEAR, annual, case_of, histories

REFS = ("HM-1", "HM-2", "HM-3")
EVENTS = ["Case", "Event", "Date", "Note"]
FIGURES = ["Figure", "Number", "As at", "Reference"]
LICENCE = "returned_licence"


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record with three cases, at Level 2 and in the community from 1 May 2022."""
    folder = tmp_path_factory.mktemp("three")
    desk = make_desk(folder)
    for ref in REFS:
        case_of(desk, ref)
    desk.caseload.record.close()
    return folder / "record.db"


@pytest.fixture
def desk(three: Path, tmp_path: Path) -> Iterator[Desk]:
    shutil.copy(three, tmp_path / "record.db")
    made = make_desk(tmp_path)
    yield made
    made.caseload.record.close()


def table(*rows: list[str], head: list[str] = EVENTS) -> Grid:
    return grid_csv.read(csv_of([head, *rows]), "held.csv")


def events(desk: Desk, *rows: list[str], told: Told | None = None, origin: Origin = NOT_SAID) -> Understood[Any]:  # fmt: skip
    return HeldEvents(histories(desk)).understand(table(*rows), told or Told(), origin)


def figures(desk: Desk, *rows: list[str], head: list[str] = FIGURES, told: Told | None = None, **more: Any) -> Understood[Any]:  # fmt: skip
    more = {"year": YEAR} | more
    return HeldFigures(annual(desk)).understand(table(*rows, head=head), told or Told(), **more)


def stored(desk: Desk) -> dict[str, Any]:
    """Everything of the cases and of the year, but ids and instants."""
    record = desk.caseload.record
    held: dict[str, Any] = {}
    for ref in REFS:
        seen = histories(desk).history(ref)
        held[ref] = (
            sorted((str(e.kind), e.day, e.note, e.withdrawn) for e in seen.events),
            sorted((str(s.kind), s.value, s.from_day, str(s.to_day), str(s.reason), s.withdrawn, s.revision) for s in seen.spans),
        )  # fmt: skip
    held["figures"] = [(f.figure, f.value, f.source, f.as_at, f.reference, f.entered_by, f.is_supplied) for f in record.manual_figures(YEAR)]  # fmt: skip
    return held


def why(found: Understood[Any]) -> dict[int, str]:
    return {row.line: row.why for row in found.refused}


# -- as by hand, and once ---------------------------------------------------------------

DAYS = st.dates(date(2022, 5, 1), date(2026, 11, 1))
PLAIN = st.text(st.characters(codec="cp1252", exclude_categories=("Cc", "Cs")), max_size=30).map(
    lambda words: " ".join(words.split()).strip().lstrip("=").strip()
)
HAPPENED = st.lists(
    st.tuples(st.sampled_from(REFS), st.sampled_from(list(OutcomeKind)), DAYS, PLAIN),
    unique_by=lambda one: one[:3], min_size=1, max_size=8,
)  # fmt: skip
FORM = st.sampled_from(["csv", "semicolons", "windows", "xlsx", "xlsx of words"])


def grid_of(form: str, rows: list[list[Any]]) -> Grid:
    words = [[f"{v.day}/{v.month}/{v.year}" if isinstance(v, date) else str(v) for v in row] for row in rows]  # fmt: skip
    if form == "xlsx":
        return grid_xlsx.read(xlsx_of(rows), "held")
    if form == "xlsx of words":
        return grid_xlsx.read(xlsx_of(words), "held")
    sign, encoding = {"csv": (",", "utf-8"), "semicolons": (";", "utf-8-sig"), "windows": ("\t", "cp1252")}[form]  # fmt: skip
    content = csv_of(words, sign=sign, encoding=encoding)
    assume(encoding != "cp1252" or not _reads_as_utf_8_too(content))
    return grid_csv.read(content, "held")


def _reads_as_utf_8_too(content: bytes) -> bool:
    """Of such a file no reader can tell which it is: ``grid_csv`` takes it for UTF-8, and says so."""
    try:
        return not content.decode().isascii()
    except UnicodeDecodeError:
        return False


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(HAPPENED, FORM, st.randoms(use_true_random=False))
def test_events_from_a_file_are_those_entered_by_hand_and_the_second_time_nothing(
    three: Path, tmp_path_factory: pytest.TempPathFactory, happened: list[Any], form: str, order: Any
) -> None:  # fmt: skip
    read, by_hand = (_fresh(three, tmp_path_factory) for _ in range(2))
    rows: list[list[Any]] = [[ref, kind.label, day, note] for ref, kind, day, note in happened]
    for ref, kind, day, note in sorted(happened, key=lambda one: one[2]):
        said = f"{note} (file held)" if note else "file held"
        histories(by_hand).happened(ref, kind, day, said)
    order.shuffle(rows)
    grid = grid_of(form, [EVENTS, *rows])
    held = HeldEvents(histories(read))
    understood = held.understand(grid, Told())
    assert why(understood) == {}
    assert len(understood.of(Status.NEW)) == len(happened)
    held.store(understood)
    assert stored(read) == stored(by_hand)
    head = read.caseload.record.head()
    again = held.understand(grid, Told())
    assert len(again.of(Status.THERE)) == len(again.rows) == len(happened)
    held.store(again)
    assert read.caseload.record.head() == head
    assert all(row.plan is None for row in held.understand(grid_of("csv", [EVENTS, *rows]), Told()).rows)  # fmt: skip
    for each in (read, by_hand):
        each.caseload.record.close()


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(
        st.sampled_from([asked.id for asked in ASKED]),
        st.tuples(st.integers(1, 100_000_000), st.none() | DAYS, PLAIN), min_size=1,
    ),
    FORM,
)  # fmt: skip
def test_figures_from_a_file_are_those_entered_by_hand_and_the_second_time_nothing(
    three: Path, tmp_path_factory: pytest.TempPathFactory, said: dict[str, Any], form: str
) -> None:
    read, by_hand = (_fresh(three, tmp_path_factory) for _ in range(2))
    rows: list[list[Any]] = [[name, value, as_at or "", ref] for name, (value, as_at, ref) in said.items()]  # fmt: skip
    for name, (value, as_at, ref) in said.items():
        annual(by_hand).set_figure(YEAR, name, str(value), source="The police; file held", as_at=as_at, reference=ref)  # fmt: skip
    held = HeldFigures(annual(read))
    grid = grid_of(form, [FIGURES, *rows])
    understood = held.understand(grid, Told(), YEAR, Origin("The police"))
    held.store(understood)
    assert stored(read) == stored(by_hand)
    head = read.caseload.record.head()
    held.store(held.understand(grid, Told(), YEAR, Origin("Somebody else")))
    assert read.caseload.record.head() == head
    for each in (read, by_hand):
        each.caseload.record.close()


def _fresh(three: Path, factory: pytest.TempPathFactory) -> Desk:
    folder = factory.mktemp("fresh")
    shutil.copy(three, folder / "record.db")
    return make_desk(folder)


# -- what is refused, by line -----------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (["HM-9", LICENCE, "2022-06-01", ""], "There is no case HM-9 in this record."),
        (["hm-1", LICENCE, "2022-06-01", ""], "There is no case hm-1 in this record."),
        (["", LICENCE, "2022-06-01", ""], "A (Case) is blank."),
        (["HM-1", "", "2022-06-01", ""], "B (Event) is blank."),
        (["HM-1", LICENCE, "", ""], "C (Date) is blank."),
        (["HM-1", "Return to custody", "2022-06-01", ""], "B (Event) “Return to custody” could be returned_licence or returned_shpo: say which with --word."),
        (["HM-1", "Escaped", "2022-06-01", ""], "B (Event) “Escaped” is no kind of event that is known: say which with --word."),
        (["HM-1", LICENCE, "31/04/2023", ""], "C (Date) “31/04/2023” is in no calendar."),
        (["HM-1", LICENCE, "01/06/22", ""], "C (Date) “01/06/22” has a year of two digits: write all four."),
        (["HM-1", LICENCE, "2022-04-30", ""], "that is before the case began, on 1 May 2022."),
        (["HM-1", LICENCE, "2026-11-24", ""], "That day is still to come."),
        (["HM-1", LICENCE, "2022-06-01", "=cmd"], "D (Note) begins like a formula."),
        (["HM-1", LICENCE], "The line has 2 cells under 4 headings."),
    ],
)  # fmt: skip
def test_one_event_that_cannot_be_taken_is_named_by_line_and_keeps_all_of_them_out(
    desk: Desk, cells: list[str], said: str
) -> None:
    head = desk.caseload.record.head()
    found = events(desk, ["HM-2", LICENCE, "2022-06-01", ""], cells)
    assert list(why(found)) == [3]
    assert why(found)[3].endswith(said)
    assert [row.line for row in found.of(Status.NEW)] == [2]
    with pytest.raises(Refused, match="nothing of it was stored"):
        HeldEvents(histories(desk)).store(found)
    assert desk.caseload.record.head() == head


@pytest.mark.parametrize(
    ("head", "cells", "said"),
    [
        (FIGURES, ["T3", "many", "", ""], "B (Number) “many”: T3 is a whole number, written with digits alone, such as 3638."),
        (FIGURES, ["T3", "3,638", "", ""], "B (Number) “3,638”: T3 is a whole number, written with digits alone, such as 3638."),
        (FIGURES, ["T3", "62.0", "", ""], "B (Number) “62.0”: T3 is a whole number, written with digits alone, such as 3638."),
        (FIGURES, ["T3", "", "", ""], "B (Number) is blank."),
        (FIGURES, ["T8", "0", "", ""], "T8.population is 1 or more: population aged 10 and over."),
        (FIGURES, ["T9", "1", "", ""], "A (Figure) “T9” is no figure that is entered by hand that is known: say which with --word."),
        (FIGURES, ["SFO", "1", "", ""], "A (Figure) “SFO” could be Q1.SFO or Q2.SFO or Q3.SFO or Q4.SFO: say which with --word."),
        (FIGURES, ["T3", "1", "31/06/2022", ""], "C (As at) “31/06/2022” is in no calendar."),
        (["Year", "Figure", "Count"], ["2021-22", "T3", "1"], "A (Year) “2021-22” is 2021-22, where 2022-23 was asked for."),
        (["Year", "Figure", "Count"], ["2022-24", "T3", "1"], "A (Year) “2022-24” is no report year such as 2022-23."),
        (["Year", "Figure", "Count"], ["2022-2123", "T3", "1"], "A (Year) “2022-2123” is no report year such as 2022-23."),
        (["Level", "Category", "Count"], ["1", "Sexual offenders", "1"], "B (Category) “Sexual offenders” could be 1 or 2: say which with --word."),
        (["Level", "Category", "Count"], ["1", "4", "1"], "B (Category) “4” is in no table of an area."),
        (["Level", "Category", "Count"], ["1", "3", "5"], "B (Category) “3” is never at Level 1."),
        (["Level", "Category", "Count"], ["high", "1", "5"], "A (Level) “high” is no level that is known: say which with --word."),
        (["Figure", "Level", "Category", "Count"], ["Deaths", "1", "1", "5"], "A (Figure) “Deaths” is no figure that is entered by hand that is known: say which with --word."),
        (["Figure", "Level", "Category", "Count"], ["T1.L1.C1", "1", "2", "5"], "A (Figure) “T1.L1.C1” does not go with the level or category of its line."),
        (["Figure", "Level", "Category", "Count"], ["T3", "", "2", "5"], "A (Figure) “T3” does not go with the level or category of its line."),
    ],
)  # fmt: skip
def test_one_figure_that_cannot_be_taken_is_named_by_line_and_keeps_all_of_them_out(
    desk: Desk, head: list[str], cells: list[str], said: str
) -> None:
    good = {"Year": "2022/23", "Figure": "T4", "Number": "64", "Count": "64", "Level": "", "Category": ""}  # fmt: skip
    if "Figure" not in head:
        good |= {"Level": "Level 1", "Category": "RSO"}
    found = figures(desk, [good.get(name, "") for name in head], cells, head=head)
    assert why(found) == {3: why(found).get(3, "")}
    assert why(found)[3].endswith(said)
    assert [row.line for row in found.of(Status.NEW)] == [2]
    with pytest.raises(Refused, match="nothing of it was stored"):
        HeldFigures(annual(desk)).store(found)
    assert desk.caseload.record.manual_figures(YEAR) == ()


def test_the_same_thing_on_two_lines_is_refused_on_both_whatever_else_they_say(desk: Desk) -> None:
    found = events(
        desk, ["HM-1", LICENCE, "2022-06-01", "a"], ["HM-2", LICENCE, "2022-06-01", ""],
        ["HM-1", "Returned to custody (licence)", "1 June 2022", "b"], ["HM-1", LICENCE, "2022-06-02", ""],
    )  # fmt: skip
    assert why(found) == dict.fromkeys((2, 4), "Lines 2 and 4 are both about that.")
    again = figures(desk, ["T3", "62", "", ""], ["T4", "1", "", ""], ["t3", "62", "", ""], ["T3", "63", "", ""])  # fmt: skip
    assert why(again) == dict.fromkeys((2, 4, 5), "Lines 2, 4 and 5 are both about that.")


def test_cells_of_a_workbook_that_lose_what_was_typed_are_refused(desk: Desk) -> None:
    rows: list[list[Any]] = [EVENTS, [143, LICENCE, date(2022, 6, 1), ""], ["HM-1", LICENCE, 44836, ""], [date(2022, 6, 1), LICENCE, date(2022, 6, 1), ""]]  # fmt: skip
    found = HeldEvents(histories(desk)).understand(grid_xlsx.read(xlsx_of(rows), "h.xlsx"), Told())
    assert why(found) == {
        2: "A (Case) “143” is a number in the workbook, where a text is due.",
        3: "C (Date) “44836” is a number that the workbook does not show as a day.",
        4: "A (Case) “2022-06-01” is a day in the workbook, where a text is due.",
    }
    numbers: list[list[Any]] = [FIGURES, ["T3", date(2022, 6, 1), "", ""], ["T4", 64.5, "", ""]]
    read = HeldFigures(annual(desk)).understand(grid_xlsx.read(xlsx_of(numbers), "h.xlsx"), Told(), YEAR)  # fmt: skip
    assert why(read)[2].endswith("is a day, where a number is due.")
    assert "64.5”: T4 is a whole number" in why(read)[3]


def test_a_line_left_out_by_its_number_is_named_with_the_reason_beside_what_is_entered(
    desk: Desk,
) -> None:
    rows = (["HM-9", LICENCE, "2022-06-01", ""], ["HM-1", LICENCE, "2022-06-01", ""], ["HM-1", LICENCE, "1/6/2022", ""])  # fmt: skip
    held = HeldEvents(histories(desk))
    assert list(why(events(desk, *rows))) == [2, 3, 4]
    for left, because, said in (((2, 9), "x", "nothing on line 9"), ((2,), " ", "Say why"), ((1,), "x", "nothing on line 1")):  # fmt: skip
        with pytest.raises(BadInput, match=said):
            events(desk, *rows, origin=Origin(left=left, because=because))
    seen = events(desk, *rows, origin=Origin("Probation", (2, 4), "at Level 1"))
    assert [row.status for row in seen.rows] == [Status.ASIDE, Status.NEW, Status.ASIDE]
    held.store(seen)
    (event,) = histories(desk).history("HM-1").events
    assert event.note == "Probation; file held.csv without lines 2, 4: at Level 1"
    of = figures(desk, ["T9", "1", "", ""], ["T3", "62", "", ""], origin=Origin(left=(2,), because="of no table"))  # fmt: skip
    HeldFigures(annual(desk)).store(of)
    assert stored(desk)["figures"][0][2] == "file held.csv without line 2: of no table"


# -- what is there already ---------------------------------------------------------------


def test_an_event_entered_by_hand_is_there_already_and_one_withdrawn_does_not_come_back(
    desk: Desk,
) -> None:
    told = histories(desk)
    told.happened("HM-1", OutcomeKind.RETURNED_LICENCE, date(2022, 6, 1), "by telephone")
    told.happened("HM-2", OutcomeKind.CHARGED, date(2022, 6, 1))
    told.did_not_happen("HM-2", 1, "another person")
    before = stored(desk)
    rows = (["HM-1", LICENCE, "2022-06-01", "other words"], ["HM-2", "charged", "2022-06-01", ""])
    found = events(desk, *rows)
    assert [row.status for row in found.rows] == [Status.THERE, Status.WITHDRAWN]
    assert found.is_whole
    HeldEvents(told).store(found)
    assert stored(desk) == before


def test_a_figure_beside_the_one_there_and_a_confirmed_one_waits_again_as_by_hand(
    desk: Desk,
) -> None:
    for name, value in (("T3", "62"), ("T4", "64")):
        annual(desk).set_figure(YEAR, name, value, source="Court results")
    annual(desk, OTHER).confirm(YEAR, "T3")
    found = figures(desk, ["T3", "63", "", ""], ["T4", "64", "", ""], ["T6", "2", "", ""], origin=Origin("ViSOR"))  # fmt: skip
    three, four, six = found.rows
    assert (three.status, three.what, three.was) == (Status.CHANGED, "T3 of 2022-23: 63", f"62, entered by {CHAIR}, confirmed by {OTHER}")  # fmt: skip
    assert three.why == "Confirmed already: it waits for a second person again."
    assert (four.status, four.was) == (Status.THERE, f"64, entered by {CHAIR}, not confirmed")
    assert (six.status, six.beside) == (Status.NEW, "Source: ViSOR; file held.csv")
    HeldFigures(annual(desk)).store(found)
    assert [row[:3] + row[-1:] for row in stored(desk)["figures"]] == [
        ("T3", 63, "ViSOR; file held.csv", False), ("T4", 64, "Court results", False),
        ("T6", 2, "ViSOR; file held.csv", False),
    ]  # fmt: skip
    with pytest.raises(Refused, match="second person"):
        annual(desk).confirm(YEAR, "T6")
    more = figures(desk, ["T4", "64", "2023-03-31", "mid-2021"])
    assert more.rows[0].status is Status.CHANGED, "it says what the one there does not"


def test_what_the_record_counts_itself_is_left_aside_and_said(desk: Desk) -> None:
    head = ["MAPPA level", "Category", "Total"]
    found = figures(
        desk, ["Level 1", "Registered sexual offenders", "3638"], ["L1", "Cat 2", "1650"],
        ["Level 1", "Category 3 (other dangerous)", "–"], ["2", "1", "18"], ["Total", "1", "3657"], head=head,
    )  # fmt: skip
    assert [row.status for row in found.rows] == [Status.NEW] * 2 + [Status.ASIDE] * 3
    assert found.is_whole
    HeldFigures(annual(desk)).store(found)
    assert [row[:2] for row in stored(desk)["figures"]] == [("T1.L1.C1", 3638), ("T1.L1.C2", 1650)]


def test_words_that_somebody_says_stand_for_codes(desk: Desk) -> None:
    told = Told(words={"Recall": LICENCE, "Return to custody": "returned_shpo"})
    found = events(desk, ["HM-1", "RECALL", "2022-06-01", ""], ["HM-2", "return to custody", "2022-06-01", ""], told=told)  # fmt: skip
    assert [row.plan.event.kind for row in found.rows] == [OutcomeKind.RETURNED_LICENCE, OutcomeKind.RETURNED_SHPO]  # fmt: skip
    read = figures(desk, ["Breaches", "62", "", ""], told=Told(words={"breaches": "T3"}))
    assert read.rows[0].what == "T3 of 2022-23: 62"


def test_columns_that_a_table_of_figures_needs(desk: Desk) -> None:
    found = figures(desk, ["1", "62"], head=["Level", "Number"], year=None)
    assert found.problems == (
        "No column is the figure, and none the level and the category: say which with --map.",
        "No column is the report year: say it with --year.",
    )
    assert found.rows == ()
    assert not found.is_whole


# -- everything or nothing, and who may ---------------------------------------------------


def test_what_somebody_enters_between_looking_and_storing_keeps_everything_out(desk: Desk) -> None:
    held = HeldEvents(histories(desk))
    seen = events(desk, ["HM-1", "charged", "2022-06-01", ""], ["HM-2", "charged", "2022-06-02", ""])  # fmt: skip
    histories(desk).happened("HM-2", OutcomeKind.CHARGED, date(2022, 6, 2))
    before = stored(desk)
    with pytest.raises(StaleRecord, match="meanwhile"):
        held.store(seen)
    assert stored(desk) == before
    noted = figures(desk, ["T3", "62", "", ""], ["T4", "64", "", ""])
    annual(desk, OTHER).set_figure(YEAR, "T4", "65", source="x")
    before = stored(desk)
    with pytest.raises(StaleRecord, match="T4 of 2022-23"):
        HeldFigures(annual(desk)).store(noted)
    assert stored(desk) == before


def test_the_journal_has_each_field_and_no_word_of_the_file(desk: Desk) -> None:
    record = desk.caseload.record
    found = events(desk, ["HM-1", LICENCE, "2022-06-01", "CANARY"], ["HM-1", "charged", "2022-06-02", ""])  # fmt: skip
    HeldEvents(histories(desk)).store(found)
    HeldFigures(annual(desk)).store(
        figures(desk, ["T3", "62", "", "CANARY"], origin=Origin("CANARY"))
    )
    with reading(record.engine) as connection:
        rows = [tuple(row) for row in connection.execute(text("select * from journal"))]
        commands = [tuple(row) for row in connection.execute(text("select * from command"))]
    said = str(rows) + str(commands)
    assert not any(word in said for word in ("CANARY", "held.csv"))
    fields = [row for row in rows if "outcome" in row]
    assert len([row for row in fields if "note" in row]) == 2
    assert "CANARY" in histories(desk).history("HM-1").events[0].note
    assert record.verify().is_good


@pytest.mark.usefixtures("cheap_slots")
def test_a_case_that_may_not_be_opened_is_refused_in_the_words_for_one_that_is_not_there(
    tmp_path: Path,
) -> None:
    path, clock = tmp_path / "r.db", Clock()
    made = found(path, CHAIR, FIRST, "a passphrase of Ruth", clock)
    there = desk_over(Settings(clock=clock), made.record)
    case_of(there, "HM-1")
    case_of(there, "HM-2")
    histories(there).happened("HM-1", OutcomeKind.CHARGED, date(2022, 6, 1))
    people = People(made.record, clock)
    people.add(OTHER, [Role.COORDINATOR], "passphrase of Omar")
    people.add("Mina Taker", [Role.MINUTE_TAKER], "passphrase of Mina")
    people.set_access("HM-1", OTHER, Access.BARRED)
    made.record.close()

    def at(name: str, passphrase: str) -> tuple[HeldEvents, HeldFigures]:
        record = enter(path, name, "", passphrase, Tries(tmp_path / "t"), clock)
        area = there.area
        return HeldEvents(Histories(record, clock, name)), HeldFigures(Annual(record, area, clock, name))  # fmt: skip

    mine, _ = at(OTHER, "passphrase of Omar")
    rows = (["HM-1", "charged", "2022-06-01", ""], ["HM-9", "charged", "2022-06-01", ""])
    seen = mine.understand(table(*rows, ["HM-1", LICENCE, "2022-04-01", ""]), Told())
    assert {row.status for row in seen.rows} == {Status.REFUSED}
    assert why(seen)[2].replace("HM-1", "HM-9") == why(seen)[3]
    assert why(seen)[4] == why(seen)[2], "nor from when it is there"
    mine.record.close()
    taker, no_figures = at("Mina Taker", "passphrase of Mina")
    assert taker.understand(table(rows[0]), Told()).rows[0].status is Status.THERE
    with pytest.raises(NotAllowed):
        no_figures.understand(table(["T3", "62", "", ""], head=FIGURES), Told(), YEAR)
    taker.record.close()

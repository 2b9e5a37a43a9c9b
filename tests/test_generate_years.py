"""Years of an invented area made by the command, and read as the board reads them."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text
from typer.testing import CliRunner

from panelkit import cli
from panelkit.areas.loader import load_agenda, load_area
from panelkit.domain.errors import PanelkitError
from panelkit.domain.meeting import By
from panelkit.domain.report_year import ReportQuarter, ReportYear
from panelkit.services.annual import Annual
from panelkit.services.generating import Generating, wanted_years
from panelkit.services.quarterly import QuarterlyReport
from panelkit.services.verifying import Verifying
from panelkit.services.year_facts import YearFacts
from panelkit.stats.quarter import Block, Shape
from panelkit.stats.quarterly import Quarterly
from panelkit.store.record import Record

AREA, AGENDA = load_area("west_midlands"), load_agenda("west_midlands")
YEAR = ReportYear.named("2025-26")


def clock() -> datetime:
    return datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A year of some two hundred meetings, made once by the command."""
    path = tmp_path_factory.mktemp("years") / "r.db"
    result = CliRunner().invoke(
        cli.app,
        ["--db", str(path), "generate", "--years", "1", "--meetings", "200", "--until", "2026-03-31",
         "--seed", "5", "--brief", "--as", "Moira Prendle"],
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    assert "Everybody in it is invented" in result.output
    assert "1 April 2025 to 31 March 2026" in result.output
    return path


@pytest.fixture(scope="module")
def record(path: Path) -> Record:
    return Record.open(path)


@pytest.fixture(scope="module")
def board(record: Record) -> Quarterly:
    report = QuarterlyReport(record, AREA, clock)
    return report.report(ReportQuarter.named("2025-26-Q4"), with_defects=False)


def rows(record: Record, query: str) -> list[tuple[object, ...]]:
    with record._reading() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def number(record: Record, query: str) -> int:
    return int(str(rows(record, query)[0][0]))


def test_everybody_is_marked_as_invented_and_the_journal_knows_every_word(record: Record) -> None:
    assert number(record, 'select count(*) from "case" where fiction = 1') > 30
    assert number(record, 'select count(*) from "case" where fiction = 0') == 0
    assert Verifying(record).everything().is_good


def test_about_as_many_meetings_are_held_as_were_asked_for(record: Record) -> None:
    held = "from meeting where state in ('closed', 'issued')"
    assert 170 <= number(record, f"select count(*) {held}") <= 230
    outside = "(held_on < '2025-04-01' or held_on > '2026-03-31')"
    assert number(record, f"select count(*) {held} and {outside}") == 0


def test_no_block_of_the_boards_report_is_empty(board: Quarterly) -> None:
    full = {
        figure.measure.block
        for figure in board.figures
        for lines in figure.lines.values()
        for line in lines
        if line.value
    }
    assert full == set(Block)
    empty = {
        figure.measure.id
        for figure in board.figures
        if not any(line.value is not None for lines in figure.lines.values() for line in lines)
    }
    # What no record can know, and the defects that were not asked for here.
    missing = {f.measure.id for f in board.figures if f.measure.shape is Shape.MISSING}
    assert empty == missing | {"AUD-DEFECTS"}


def test_every_kind_of_thing_happened_in_the_year(board: Quarterly) -> None:
    def total(figure: str, *words: str) -> float:
        found = next(one for one in board.figures if one.measure.id == figure)
        return sum(
            line.value or 0
            for lines in found.lines.values()
            for line in lines
            if all(word in line.row for word in words)
        )

    for figure, *words in (
        ("REF-OUT", "Accepted"), ("REF-OUT", "Rejected"), ("REF-OUT", "More information"),
        ("CASE-IN", "New at Level 2"), ("CASE-IN", "Stepped up to Level 3"),
        ("CASE-IN", "Stepped down to Level 1"), ("CASE-OUT", "Risk reduced"),
        ("MEET-HELD", "Level 3"), ("MEET-HELD", "Emergency"), ("MEET-OFF", "Postponed"),
        ("MEET-OFF", "Cancelled"), ("MEET-CAUSE", "Breach"), ("MEET-MODE", "In person"),
        ("MEET-QUORUM",), ("ATT-SPOC",), ("DEC-DISC", "Disclose"), ("DEC-DISSENT",),
        ("ACT-CARRIED",), ("ACT-LATE",), ("OUT-EVENTS", "licence"), ("AUD-DONE",),
    ):  # fmt: skip
        assert total(figure, *words) > 0, (figure, words)


def test_one_organisation_is_the_one_to_ring(board: Quarterly) -> None:
    found = next(one for one in board.figures if one.measure.id == "K-ATT2")
    came: dict[str, list[float]] = {}
    for lines in found.lines.values():
        for line in lines:
            if line.value is not None:
                there = came.setdefault(line.row, [0, 0])
                there[0] += line.value
                there[1] += line.of or 0
    share = {name: n / of for name, (n, of) in came.items() if of >= 20}
    assert min(share, key=lambda name: share[name]) == "Vale Cross Homes"
    assert share["Vale Cross Homes"] < 0.65
    assert share["Harrowmere Police"] > 0.9


def test_the_annual_tables_are_full_and_leave_category_4_out(record: Record) -> None:
    report = Annual(record, AREA, clock, "Moira Prendle").report(YEAR)
    assert not report.tables.not_supplied
    tables = report.tables.tables
    for table, level in (("T1", "Level 2"), ("T2", "Level 2"), ("T2", "Level 3")):
        assert tables[table].cell(level, "Total").value, (table, level)
    assert tables["T7a"].cell("Total", "Total").value
    fourth = (
        'select count(*) from meeting join "case" on "case".id = case_id where category = \'4\''
    )
    assert number(record, fourth) > 0
    counted = {c for cases in report.tables.counts.managed.values() for c in cases}
    assert not counted & {str(row[0]) for row in rows(record, 'select id from "case" where category = \'4\'')}  # fmt: skip
    facts = YearFacts(record, AREA, clock).of(YEAR)
    for beside in facts.beside.values():
        for fact in beside:
            assert "not known" not in fact.now, fact
            assert "not recorded" not in fact.now, fact


def test_the_histories_are_what_the_meetings_decided(path: Path) -> None:
    result = CliRunner().invoke(cli.app, ["--db", str(path), "stats", "derive", "--json"])
    assert json.loads(result.output) == {"changed": [], "problems": []}


def test_what_was_filled_in_is_stored_as_if_it_had_been_saved(tmp_path: Path) -> None:
    """The same meeting in another record by the usual way: the same rows, the same journal."""
    record = Record.open(tmp_path / "filled.db", create=True)
    wanted = wanted_years(clock, 1, meetings=12, seed=2)
    Generating(record, AREA, AGENDA, clock, "Moira Prendle").years(wanted)
    ref = str(rows(record, "select ref || '-' || number from meeting join \"case\" on \"case\".id = case_id where meeting.kind = 'review' and state = 'issued' order by ref")[0][0])  # fmt: skip
    meeting = record.load(ref)
    other = Record.open(tmp_path / "other.db", create=True)
    who = By("Moira Prendle", clock())
    other.add_case(meeting.case, who, command="c")
    other.save(None, meeting, who, command="m", what="saved")
    spots = f"select entity, entity_id, field, old_hash = '' from journal where meeting_id = '{meeting.id}' and entity not in ('life', 'put_off', 'audit', 'audit_mark') order by 1, 2, 3"
    assert rows(record, spots) == rows(other, spots)
    for table in ("meeting", "answer", "attendance", "actions", "decisions", "views"):
        key = "id" if table == "meeting" else "meeting_id"
        columns = [str(row[1]) for row in rows(record, f"pragma table_info({table})") if row[1] != "salt"]  # fmt: skip
        stored = f"select {', '.join(columns)} from {table} where {key} = '{meeting.id}' order by 1, 2, 3"
        assert rows(record, stored) == rows(other, stored), table
    other.close()
    record.close()


# -- the seed ------------------------------------------------------------------------------

TO_DIFFER = {"salt", "typed_at", "entered_at", "confirmed_at", "typed_by"}
"""What depends on who made it and when; ids of facts are made when they are written."""


def digest(folder: Path, seed: int) -> str:
    record = Record.open(folder / f"{seed}.db", create=True)
    area = Generating(record, AREA, AGENDA, clock, f"Somebody in {folder.name}")
    area.years(wanted_years(clock, 1, meetings=12, seed=seed, brief=True))
    told = hashlib.sha256()
    tables = rows(record, "select name from sqlite_master where type = 'table' order by 1")
    for (table,) in tables:
        if table in ("journal", "command", "alembic_version"):
            continue
        if str(table).startswith("search"):  # the index of the search: its words cannot be listed
            continue
        columns = [
            f'"{row[1]}"'
            for row in rows(record, f'pragma table_info("{table}")')
            if row[1] not in TO_DIFFER and not (table == "life" and row[1] == "id")
        ]
        stored = sorted(rows(record, f'select {", ".join(columns)} from "{table}"'), key=str)
        told.update(str((table, stored)).encode())
    record.close()
    return told.hexdigest()


def test_the_same_seed_makes_the_same_rows_and_another_makes_others(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    one = digest(tmp_path / "a", 3)
    assert one == digest(tmp_path / "b", 3)
    assert one != digest(tmp_path / "b", 4)


# -- what is refused -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ([], "Say what is to be made"),
        (["--years", "0", "--meetings", "600"], "Say what is to be made"),
        (["--years", "21"], "--years is a whole number from 1 to 20"),
        (["--years", "1", "--meetings", "9"], "--meetings is a whole number from 10 to 25000"),
        (["--years", "1", "--growth", "101"], "--growth is a whole number from -50 to 100"),
        (["--years", "20", "--growth", "100"], "more than 1000000 meetings"),
        (["--years", "1", "--until", "2999-03-31"], "31 March 2999 is not over"),
        (["--years", "5", "--until", "2004-03-31"], "before 2000"),
        (["--years", "1", "--until", "March"], "--until is a day such as"),
        (["--years", "1", "--totals", "t.json"], "--totals goes with --seed alone"),
    ],
)
def test_what_cannot_be_made_is_said_and_no_record_is_begun(
    tmp_path: Path, options: list[str], said: str
) -> None:
    result = CliRunner().invoke(cli.app, ["--db", str(tmp_path / "n.db"), "generate", *options])
    assert isinstance(result.exception, PanelkitError)
    assert said in result.exception.sentence
    assert result.exception.exit_code == 2
    assert not (tmp_path / "n.db").exists()


def test_a_record_with_a_case_in_it_is_left_as_it_is(path: Path, record: Record) -> None:
    head = record.head()
    result = CliRunner().invoke(cli.app, ["--db", str(path), "generate", "--years", "1"])
    assert isinstance(result.exception, PanelkitError)
    assert "not empty" in result.exception.sentence
    assert record.head() == head

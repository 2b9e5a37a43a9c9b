"""The figures from the command line: a year from nothing to published. All of it invented."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import docx
import pytest
from typer.testing import CliRunner

from panelkit import cli
from panelkit.domain.errors import PanelkitError
from panelkit.domain.manual_figures import ASKED
from panelkit.store.record import Record
from tests.desk import make_desk
from tests.services.test_annual import case_of
from tests.stats.rows import PUBLISHED


@pytest.fixture
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    desk = make_desk(tmp_path)
    case_of(desk, "HM-1")
    desk.caseload.record.close()
    monkeypatch.setenv("PANELKIT_DB", str(tmp_path / "record.db"))
    return tmp_path / "record.db"


def run(*argv: str, who: str = "Ruth Calloway", code: int = 0) -> str:
    result = CliRunner().invoke(cli.app, ["stats", *argv, "--as", who] if who else ["stats", *argv])
    if isinstance(result.exception, PanelkitError):
        raise result.exception
    assert result.exit_code == code, result.output
    return result.stdout


def test_a_year_from_nothing_to_published(db: Path, tmp_path: Path) -> None:
    run("span", "HM-1", "level", "3", "--from", "2022-09-01", "--reason", "stepped-up", "--because", "the panel of 1 September")  # fmt: skip
    run("event", "HM-1", "returned_licence", "--on", "2022-10-02", "--note", "by telephone")
    told = json.loads(run("annual", "--year", "2022-23", "--json"))
    assert {"year", "area", "tables", "notes", "not_supplied"} <= told.keys()
    assert told["tables"]["T1"]["rows"]["Level 1"] == {"Category 1": "not supplied", "Category 2": "not supplied", "Category 3": "–", "Total": "not supplied"}  # fmt: skip
    assert told["tables"]["T7a"]["rows"]["Level 3"] == {"Category 1": 0, "Category 2": 1, "Category 3": 0, "Total": 1}  # fmt: skip
    assert told["tables"]["T7a"]["events"]["Level 3"]["Total"] == 1
    assert told["not_supplied"] == [asked.id for asked in ASKED]
    for asked in ASKED:
        run("set", "2022-23", asked.id, str(PUBLISHED[asked.id]), "--source", "invented")
        run("confirm", "2022-23", asked.id, who="Omar Okafor")
    output = tmp_path / "t.csv"
    run("annual", "--year", "2022-23", "-o", str(output))
    rows = list(csv.reader(output.read_text("utf-8-sig").splitlines()))
    assert ["2022-23", "T3", "Cautioned or convicted", "Number", "62", "manual"] in rows
    assert ["2022-23", "T8", "Rate per 100,000", "Number", "143", "worked_out"] in rows
    both = json.loads(run("annual", "--year", "2022-23", "--json", "-o", str(tmp_path / "u.csv")))
    assert both["tables"]["T3"]["rows"] == {"Cautioned or convicted": {"Number": 62}}
    assert (tmp_path / "u.csv").read_bytes() == output.read_bytes()
    words = run("annual", "--year", "2022-23")
    for printed in ("T1  MAPPA-eligible individuals, on 31 March 2023", "Sums, added up again", "T2: who was managed at Level 2 and at Level 3 is counted once", "3638. invented. Entered by Ruth Calloway, confirmed by Omar Okafor", "Returns, counted each time: Level 2 0, Level 3 1"):  # fmt: skip
        assert printed in words
    assert "Not supplied" not in words
    assert "HM-1" not in words + output.read_text("utf-8-sig")
    assert run("who", "2022-23", "T7a", "Level 3", "Category 2").splitlines() == ["T7a, Level 3, Category 2: 1 (counted)", "  HM-1"]  # fmt: skip
    assert json.loads(run("who", "2022-23", "T3", "Cautioned or convicted", "Number", "--json"))["cases"] == []  # fmt: skip
    run("publish", "2022-23")
    run("correct", "HM-1", "E1", "--withdraw", "--because", "another person")
    assert "T7a, Level 3, Category 2: published 1, counted now 0" in run("annual", "--year", "2022-23")  # fmt: skip
    history = json.loads(run("history", "HM-1", "--json"))
    assert [event["withdrawn"] for event in history["events"]] == ["another person"]
    record = Record.open(db)
    assert record.verify().is_good
    record.close()


def test_a_quarter_beside_the_three_before_it(db: Path, tmp_path: Path) -> None:
    run("event", "HM-1", "returned_licence", "--on", "2022-10-02")
    run("set", "2022-23", "Q3.SFO", "7", "--source", "invented")
    run("confirm", "2022-23", "Q3.SFO", who="Omar Okafor")
    told = json.loads(run("quarterly", "--quarter", "2022-23-Q3", "--json"))
    assert told["quarter"] == "2022-23-Q3"
    assert told["quarters"] == ["2021-22-Q4", "2022-23-Q1", "2022-23-Q2", "2022-23-Q3"]
    figures = {one["id"]: {row["row"]: row["quarters"] for row in one["rows"]} for one in told["figures"]}  # fmt: skip
    total = figures["CASE-OPEN"]["Total"]
    assert [total[quarter]["words"] for quarter in told["quarters"]] == ["not known", "1", "1", "1"]
    assert figures["OUT-SFO"]["Serious Further Offences notified"]["2022-23-Q3"]["status"] == "manual"  # fmt: skip
    assert figures["REF-IN"]["Received"]["2022-23-Q3"]["words"] == "not known"
    output = tmp_path / "q.csv"
    assert str(output) in run("quarterly", "--quarter", "2022-23-Q3", "--outside", "-o", str(output))  # fmt: skip
    rows = list(csv.reader(output.read_text("utf-8-sig").splitlines()))
    assert rows[0] == ["quarter", "block", "figure", "row", "value", "of", "percent", "status"]
    assert ["2022-23-Q3", "Caseload", "CASE-OPEN", "Total", "*", "", "", "withheld"] in rows
    assert ["2022-23-Q3", "Outcomes", "OUT-SFO", "Serious Further Offences notified", "7", "", "", "manual"] in rows  # fmt: skip
    words = run("quarterly", "--quarter", "2022-23-Q3", "--quick")
    for printed in ("REFERRALS", "CASE-OPEN  Cases at Level 2 and 3", "2021-22-Q4", "not supplied", "Category 4 is left out"):  # fmt: skip
        assert printed in words
    assert "HM-1" not in words + output.read_text("utf-8-sig")
    report = tmp_path / "q.docx"
    told = json.loads(run("quarterly", "--quarter", "2022-23-Q3", "--quick", "--json", "-o", str(report)))  # fmt: skip
    assert told["fiction"] is True
    found = docx.Document(str(report))
    assert found.paragraphs[1].text == "Quarterly report to the board, 2022-23-Q3"
    cells = {tuple(cell.text for cell in row.cells) for table in found.tables for row in table.rows}
    assert ("Cases at Level 2 and 3: all", "not known", "1", "1", "1") in cells
    assert "HM-1" not in " ".join(" ".join(row) for row in cells)


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (["quarterly", "--quarter", "2022-Q3"], "not a report year"),
        (["quarterly", "--quarter", "2022-23-Q5"], "not a quarter of a report year"),
        (["quarterly", "--quarter", "2019-20-Q3"], "Nothing is recorded by the end of 2019-20-Q3"),
        (["quarterly", "--quarter", "2030-31-Q3"], "begins on 1 October 2030"),
        (["quarterly", "--quarter", "2022-23-Q3", "-o", "t.xlsx"], "written as Word"),
        (["quarterly", "--quarter", "2022-23-Q3", "-o", "no/such/t.docx"], "There is no such folder"),
        (["annual", "--year", "2022"], "not a report year"),
        (["annual", "--year", "2019-20"], "Nothing is recorded for 2019-20"),
        (["annual", "--year", "2022-23", "-o", "t.pdf"], "Name a file that ends in .csv, .docx, .xlsx"),
        (["annual", "--year", "2022-23", "-o", "t"], "Name a file that ends in .csv, .docx, .xlsx"),
        (["annual", "--year", "2019-20", "-o", "t.docx"], "Nothing is recorded for 2019-20"),
        (["annual", "--year", "2019-20", "-o", "t.xlsx"], "Nothing is recorded for 2019-20"),
        (["annual", "--year", "2022-23", "-o", "no/such/t.docx"], "There is no such folder"),
        (["annual", "--year", "2022-23", "-o", "no/such/t.xlsx"], "There is no such folder"),
        (["annual", "--year", "2022-23", "-o", "record.docx"], "Name another file"),
        (["set", "2022-23", "T3", "many", "--source", "s"], "T3 is a whole number"),
        (["set", "2022-23", "T8.population", "0", "--source", "s"], "T8.population is 1 or more"),
        (["set", "2022-23", "T9", "1", "--source", "s"], "No figure of that name"),
        (["set", "2022-23", "T3", "1", "--source", "s", "--as-at", "March"], "--as-at is a day"),
        (["confirm", "2022-23", "T3"], "was not entered"),
        (["who", "2022-23", "T2", "Level 4", "Total"], "There is no such row of T2"),
        (["span", "HM-1", "level", "two", "--from", "2022-09-01", "--because", "x"], "Level is one of"),
        (["span", "HM-1", "mood", "2", "--from", "2022-09-01", "--because", "x"], "no such history"),
        (["span", "HM-9", "level", "2", "--from", "2022-09-01", "--because", "x"], "no case HM-9"),
        (["span", "HM-1", "level", "3", "--from", "2021-09-01", "--to", "2022-06-01", "--because", "x"], "overlaps"),
        (["span", "HM-1", "category", "3", "--from", "2022-09-02", "--to", "2022-09-01", "--because", "x"], "before the first"),
        (["event", "HM-1", "returned_licence", "--on", "2022-04-30"], "before the case began"),
        (["event", "HM-1", "escaped", "--on", "2022-06-30"], "no such event"),
        (["correct", "HM-1", "x", "--withdraw", "--because", "x"], "A line is a number"),
        (["correct", "HM-1", "7", "--withdraw", "--because", "x"], "has no line 7"),
        (["correct", "HM-1", "1", "--because", "x"], "what is to be changed"),
        (["leave", "HM-1", "--on", "2022-09-01", "--reason", "bored", "--because", "x"], "no such reason"),
    ],
)  # fmt: skip
def test_bad_input_is_one_line_exit_2_and_no_file(
    db: Path, argv: list[str], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(db.parent)
    (db.parent / "record.docx").write_bytes(b"no report")
    before, there = db.stat().st_size, sorted(db.parent.rglob("*.*"))
    with pytest.raises(PanelkitError) as failed:
        run(*argv, who="")
    assert said in failed.value.sentence
    assert "\n" not in failed.value.sentence
    assert failed.value.exit_code == 2
    assert db.stat().st_size == before
    left = set(db.parent.rglob("*.*")) - set(there)
    assert {path.name for path in left} <= {"record.db-wal", "record.db-shm"}
    assert (db.parent / "record.docx").read_bytes() == b"no report"


def test_the_report_and_the_workbook_are_written_and_an_edited_report_is_kept(
    db: Path, tmp_path: Path
) -> None:
    report, book = tmp_path / "report.docx", tmp_path / "T.XLSX"
    assert run("annual", "--year", "2022-23", "-o", str(report)).splitlines() == [str(report)]
    assert run("annual", "--year", "2022-23", "-o", str(report)).splitlines() == [str(report)]
    there = docx.Document(str(report))
    assert there.core_properties.title == "MAPPA annual report 2022-23"
    assert any(p.text == "DRAFT: 9 figures not supplied; 6 texts to be written" for p in there.paragraphs)  # fmt: skip
    next(p for p in there.paragraphs if "what changed since" in p.text).text = "Ours.\u202e"
    there.save(str(report))
    assert run("annual", "--year", "2022-23", "-o", str(report)).splitlines() == [
        str(tmp_path / "report (2).docx"),
        "report.docx was edited since it was written and is kept as it is.",
        "Texts taken over from report.docx: reflections.",
        "1 of their characters could not be kept: \ufffd stands there.",
    ]  # fmt: skip
    result = CliRunner().invoke(cli.app, ["stats", "annual", "--year", "2022-23", "-o", str(book), "--json"])  # fmt: skip
    assert json.loads(result.stdout)["year"] == "2022-23"
    assert str(book) in result.stderr
    with zipfile.ZipFile(book) as parts:
        names = parts.namelist()
        assert sum(name.startswith("xl/worksheets/sheet") for name in names) == 9 + 3
        assert not any(b"<f" in parts.read(n).replace(b"<fo", b"").replace(b"<fi", b"") for n in names if "worksheets" in n)  # fmt: skip
    assert sorted(p.name for p in tmp_path.iterdir() if p.suffix.casefold() in (".docx", ".xlsx", ".part")) == ["T.XLSX", "report (2).docx", "report.docx"]  # fmt: skip


def test_what_draws_and_what_writes_workbooks_is_loaded_when_it_is_needed(db: Path) -> None:
    code = (
        "import sys; from panelkit import cli; from panelkit.commands import stats\n"
        "from panelkit.services import annual_papers\n"
        "from panelkit.wiring import Settings\n"
        "stats.annual(Settings(), '2022-23', None, as_json=True)\n"
        "slow = {'matplotlib', 'numpy', 'xlsxwriter', 'docx', 'textual'}\n"
        "sys.exit(', '.join(slow & set(sys.modules)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


def test_deriving_says_how_many(db: Path) -> None:
    assert "0 histories" in run("derive")
    assert json.loads(run("derive", "--json")) == {"changed": [], "problems": []}

"""What others hold, read by a command: shown first, stored when asked, once. All of it invented."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from panelkit import cli
from panelkit.documents.held_map import map_text, read_map
from panelkit.domain.errors import BadInput, PanelkitError
from panelkit.domain.headings import Holds
from panelkit.domain.mapping import Told
from panelkit.store.record import Record
from tests.desk import make_desk
from tests.documents.grid_files import by_hand, changed, csv_of, row, xlsx_of
from tests.services.test_annual import case_of

RECALLS = [
    ["Case ref", "Type", "Date of recall", "Comments", "Borough"],
    ["HM-1", "Recall", "02/10/2022", "by telephone", "Harrowmere"],
    ["HM-2", "Charged with a further serious offence", "3 June 2022", "", ""],
]


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("two")
    desk = make_desk(folder)
    for ref in ("HM-1", "HM-2"):
        case_of(desk, ref)
    desk.caseload.record.close()
    return folder / "record.db"


@pytest.fixture
def folder(two: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copy(two, tmp_path / "record.db")
    monkeypatch.setenv("PANELKIT_DB", str(tmp_path / "record.db"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "recalls.csv").write_bytes(csv_of(RECALLS, sign=";"))
    return tmp_path


def run(*argv: str, code: int = 0, who: str = "Ruth Calloway") -> str:
    result = CliRunner().invoke(cli.app, ["stats", *argv, "--as", who])
    if isinstance(result.exception, PanelkitError):
        raise result.exception
    assert result.exit_code == code, result.output
    return result.output


def head(folder: Path) -> str:
    record = Record.open(folder / "record.db")
    found = record.head()
    assert record.verify().is_good
    record.close()
    return str(found)


def test_events_are_shown_mapped_stored_and_there_the_second_time(folder: Path) -> None:
    before = head(folder)
    shown = run("read-events", "recalls.csv", code=1)
    assert "recalls.csv: headings on line 1. Read as UTF-8. Cells are separated by a semicolon." in shown  # fmt: skip
    assert "  C (Date of recall): the day, by its heading" in shown
    assert "  E (Borough): not read: nothing here goes by that name" in shown
    assert "  line 2: B (Type) “Recall” is no kind of event that is known: say which with --word." in shown  # fmt: skip
    assert "Nothing was stored: a file is stored whole or not at all." in shown
    assert run("read-events", "recalls.csv", "--store", code=1).endswith("a file is stored whole or not at all.\n")  # fmt: skip
    word = ("--word", "Recall=returned_licence", "--source", "Probation")
    shown = run("read-events", "recalls.csv", *word)
    assert "line 2: HM-1: Returned to custody for breach of licence on 2 October 2022. Note: by telephone (Probation; file recalls.csv)" in shown  # fmt: skip
    assert "Nothing was stored: 0 already there, 2 to be entered.\nAdd --store to enter them." in shown  # fmt: skip
    assert head(folder) == before
    (folder / "map.toml").write_text(shown.partition("--map-file:\n\n")[2], encoding="utf-8")
    assert "2 stored, 0 already there." in run("read-events", "recalls.csv", "--map-file", "map.toml", "--store")  # fmt: skip
    after = head(folder)
    assert after != before
    told = run("read-events", "recalls.csv", "--map-file", "map.toml", "--store")
    assert "Nothing was stored: 2 already there." in told
    assert head(folder) == after
    history = json.loads(run("history", "HM-1", "--json"))
    assert [(e["kind"], e["day"], e["note"]) for e in history["events"]] == [("returned_licence", "2022-10-02", "by telephone (file recalls.csv)")]  # fmt: skip
    assert {p.name for p in folder.iterdir() if p.is_file()} <= {"record.db", "record.db-wal", "record.db-shm", "recalls.csv", "map.toml"}  # fmt: skip


def test_figures_from_a_workbook_wait_for_a_second_person(folder: Path) -> None:
    (folder / "visor.xlsx").write_bytes(
        xlsx_of(
            [["MAPPA level", "Category", "Count", "As at"], ["Level 1", "RSO", 3638, date(2023, 3, 31)], ["Level 2", "RSO", 18, date(2023, 3, 31)]],
            sheets=("Caseload", "Notes"),
        )
    )  # fmt: skip
    with pytest.raises(BadInput, match="has 2 sheets: Caseload, Notes"):
        run("read-figures", "visor.xlsx", "--year", "2022-23")
    said = ("read-figures", "visor.xlsx", "--year", "2022-23", "--sheet", "Caseload", "--source", "ViSOR unit")  # fmt: skip
    shown = run(*said)
    assert "line 2: T1.L1.C1 of 2022-23: 3638. As at 31 March 2023; source: ViSOR unit; file visor.xlsx" in shown  # fmt: skip
    assert "line 3: Level 2, RSO. Nobody enters that" in shown
    stored = run(*said, "--store")
    assert "1 stored, 0 already there.\nFigures are printed once a second person has confirmed them" in stored  # fmt: skip
    assert "T1.L1.C1 of 2022-23 is 3638" in run("confirm", "2022-23", "T1.L1.C1", who="Omar Okafor")
    again = run(*said, "--store")
    assert "(there: 3638, entered by Ruth Calloway, confirmed by Omar Okafor)" in again
    assert "confirmed by Omar Okafor" in run("annual", "--year", "2022-23")


def test_the_same_for_other_programs(folder: Path) -> None:
    left = json.loads(
        run("read-events", "recalls.csv", "--leave", "2", "--because", "not ours", "--json")
    )
    assert [(line["line"], line["status"]) for line in left["lines"]] == [(2, "aside"), (3, "new")]
    told = json.loads(run("read-events", "recalls.csv", "--map", "Comments=-", "--json", code=1))
    assert (told["holds"], told["stored"], told["problems"]) == ("events", False, [])
    assert told["columns"][3] == {"column": "D (Comments)", "taken_for": "", "why": "not read: as it was said"}  # fmt: skip
    assert [(line["line"], line["status"]) for line in told["lines"]] == [(2, "refused"), (3, "new")]  # fmt: skip
    assert told["counts"]["refused"] == 1
    word = ("--word", "recall=returned_licence", "--json", "--store")
    done = json.loads(run("read-events", "recalls.csv", *word))
    assert (done["stored"], done["counts"]["new"]) == (True, 2)
    assert json.loads(run("read-events", "recalls.csv", *word))["counts"]["there"] == 2


def test_a_table_that_is_not_understood_is_shown_with_what_is_in_the_way(folder: Path) -> None:
    (folder / "f.csv").write_bytes(csv_of([["Figure", "Number", "Date"], ["T3", "62", "2023-03-31"]]))  # fmt: skip
    shown = run("read-figures", "f.csv", code=1)
    assert "  C (Date): could be two things" in shown
    assert "No line was read:\n  Column C, Date, could be the day it holds for or the day it was published: say which with --map.\n  No column is the report year: say it with --year." in shown  # fmt: skip
    assert "Nothing was stored: see above." in shown
    assert "As at 31 March 2023" in run("read-figures", "f.csv", "--year", "2022-23", "--map", "date=as_at")  # fmt: skip


def test_words_of_a_file_do_nothing_to_a_terminal(folder: Path) -> None:
    (folder / "x.csv").write_bytes(csv_of([["Case", "Event", "Day", "a\x1b[2Jb"], ["\x9b2J", "charged", "2022-06-01", ""]]))  # fmt: skip
    shown = run("read-events", "x.csv", code=1)
    assert not set("\x1b\x9b") & set(shown)
    assert "A (Case) holds characters that act on a terminal" in shown


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (["none.csv"], "There is no file"), (["record.db"], "is not read as a table"),
        (["recalls.csv", "--map", "Type"], '--map is written as "Date of recall=day"'),
        (["recalls.csv", "--map", "Type=mood"], "A column is not taken for mood. It can be case, kind, day, note, -."),
        (["recalls.csv", "--map", "Type=kind", "--map", "Type=day"], "--map says the same twice"),
        (["recalls.csv", "--word", "Recall=escaped"], "One of returned_licence, returned_shpo, charged, convicted."),
        (["recalls.csv", "--map-file", "none.toml"], "does not exist"),
        (["recalls.csv", "--map-file", "wrong.toml"], "wrong.toml: colums is not known here"),
        (["recalls.csv", "--map-file", "other.toml"], 'other.toml: holds must be "events" for this command'),
        (["recalls.csv", "--map-file", "number.toml"], "number.toml: columns.Type must be words in quotation marks"),
        (["recalls.csv", "--head", "9"], "has nothing on line 9"),
        (["recalls.csv", "--sheet", "x"], "--sheet goes with a workbook"),
        (["recalls.csv", "--leave", "2;3", "--because", "x"], "--leave is one line or several, such as 7,12."),
        (["recalls.csv", "--leave", "2"], "Say why a line is left out"),
        (["recalls.csv", "--because", "x"], "--because goes with --leave"),
        (["macros.xlsx"], "workbook with macros"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_what_was_said_is_one_line_and_exit_2(
    folder: Path, argv: list[str], said: str
) -> None:
    (folder / "wrong.toml").write_text('holds = "events"\n[colums]\n', encoding="utf-8")
    (folder / "other.toml").write_text('holds = "figures"\n', encoding="utf-8")
    (folder / "number.toml").write_text('holds = "events"\n[columns]\nType = 3\n', encoding="utf-8")
    macros = changed(
        by_hand(row(1, "Case")), lambda parts: parts.update({"xl/vbaProject.bin": b"x"})
    )
    (folder / "macros.xlsx").write_bytes(macros)
    before = head(folder)
    with pytest.raises(PanelkitError) as failed:
        run("read-events", *argv, "--store")
    assert said in failed.value.sentence
    assert "\n" not in failed.value.sentence
    assert failed.value.exit_code == 2
    assert head(folder) == before


def test_a_mapping_that_was_printed_is_read_as_it_was_said(tmp_path: Path) -> None:
    told = Told({'A "b" = é': "day"}, {"x\\y": "charged"}, "Sheet 1", 3)
    (tmp_path / "m.toml").write_text(map_text(told, Holds.EVENTS), encoding="utf-8")
    assert read_map(tmp_path / "m.toml", Holds.EVENTS) == told

"""An area-year made to order, and counted from the record. Everybody in it is invented."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text
from typer.testing import CliRunner

from panelkit import cli
from panelkit.domain.errors import PanelkitError
from panelkit.store.record import Record
from tests.stats.test_totals import PUBLISHED

Run = Callable[..., str]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("PANELKIT_DB", str(tmp_path / "r.db"))
    (tmp_path / "t.json").write_text(json.dumps(PUBLISHED), encoding="utf-8")

    def run(*argv: str) -> str:
        result = CliRunner().invoke(cli.app, list(argv))
        if isinstance(result.exception, PanelkitError):
            raise result.exception
        assert result.exit_code == 0, result.output
        return result.output

    return run


def test_the_published_tables_come_back_from_the_cases_in_the_record(
    run: Run, tmp_path: Path
) -> None:
    said = run("generate", "--totals", str(tmp_path / "t.json"), "--seed", "7")
    assert "invented cases" in said
    told = json.loads(run("stats", "annual", "--year", "2022-23", "--json"))["tables"]
    categories = ("Category 1", "Category 2", "Category 3")
    for name in ("T1", "T2", "T7a"):
        for row, numbers in PUBLISHED[name].items():  # type: ignore[attr-defined]
            assert [told[name]["rows"][row][column] for column in categories] == numbers, (name, row)  # fmt: skip
    assert told["T1"]["rows"]["Level 2"]["Total"] == 63
    assert told["T1"]["rows"]["Level 3"]["Total"] == 2
    assert told["T1"]["rows"]["Total"]["Category 3"] == 18
    assert list(told["T2"]["rows"]["Total"].values()) == [52, 86, 43, 181]
    assert list(told["T7a"]["rows"]["Total"].values()) == [16, 32, 13, 61]
    assert [row["Total"] for row in told["T7b"]["rows"].values()] == [0, 0, 0]
    assert told["T7a"]["events"]["Total"]["Total"] >= 61
    record = Record.open(tmp_path / "r.db")
    assert record.verify().is_good
    with record._reading() as connection:
        assert connection.execute(text('select count(*) from "case" where fiction = 0')).scalar() == 0  # fmt: skip
        # What each meeting decided is what the history says: nothing was written beside it.
        assert connection.execute(text("select count(*) from span where withdrawn <> ''")).scalar() == 0  # fmt: skip
        decided = "select count(*) from span where kind = 'level' and decided_at = ''"
        assert connection.execute(text(decided)).scalar() == 0
    assert len(record.meetings()) > 300
    record.close()
    assert json.loads(run("stats", "derive", "--json")) == {"changed": [], "problems": []}


def test_the_levels_worked_out_from_its_meetings_alone_are_the_levels_it_made(
    run: Run, tmp_path: Path
) -> None:
    run("generate", "--totals", str(tmp_path / "t.json"), "--seed", "3")
    record = Record.open(tmp_path / "r.db")
    levels = "select case_id, value, from_day, to_day from span where kind = 'level' and withdrawn = '' order by 1, 3"
    with record._writing() as connection:
        made = connection.execute(text(levels)).all()
        connection.execute(text("delete from span"))
    record.close()
    run("stats", "derive")
    record = Record.open(tmp_path / "r.db")
    with record._reading() as connection:
        assert connection.execute(text(levels)).all() == made
    record.close()


def test_a_record_with_a_case_in_it_is_never_filled(run: Run, tmp_path: Path) -> None:
    run("generate", "--totals", str(tmp_path / "t.json"))
    record = Record.open(tmp_path / "r.db")
    head = record.head()
    record.close()
    with pytest.raises(PanelkitError, match="not empty"):
        run("generate", "--totals", str(tmp_path / "t.json"))
    record = Record.open(tmp_path / "r.db")
    assert record.head() == head
    record.close()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (None, "There is no file"),
        ("{", "not JSON"),
        (json.dumps(PUBLISHED | {"T1": {"Level 3": [4, 0, 0]}}), "T2 has 3 managed there"),
        (json.dumps(PUBLISHED | {"year": "2090-91"}), "2090-91 is not over"),
    ],
)
def test_what_cannot_be_made_is_one_line_and_exit_2(
    run: Run, tmp_path: Path, words: str | None, said: str
) -> None:
    path = tmp_path / "other.json"
    if words is not None:
        path.write_text(words, encoding="utf-8")
    with pytest.raises(PanelkitError) as failed:
        run("generate", "--totals", str(path))
    assert said in failed.value.sentence
    assert failed.value.exit_code == 2

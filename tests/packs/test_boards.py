"""The board's meetings as a file: strict, read back the same, taken in once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from panelkit import cli
from panelkit.domain.errors import BadInput
from panelkit.packs.boards import parse_boards, write_boards
from panelkit.services.smb import BoardMeetings
from panelkit.store.record import Record

BOARDS = """format = 1
[[board]]
held_on = 2026-03-02
[[board.there]]
organisation = "Harrowmere Police"
agency = "POL"
presence = "attended"
[[board.there]]
organisation = "Riverdale Probation"
agency = "PRB"
presence = "apologies"
[[board]]
held_on = 2026-06-01
withdrawn = "It was put off."
"""


def test_what_is_written_is_read_back_the_same() -> None:
    boards = parse_boards(BOARDS, "f")
    assert [(b.held_on, b.is_live, len(b.there)) for b in boards] == [
        (date(2026, 3, 2), True, 2), (date(2026, 6, 1), False, 0),
    ]  # fmt: skip
    assert parse_boards(write_boards(boards), "f") == boards


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ("presence =", "came = 1\npresence =", r"board\.1\.there\.1\.came"),
        ('"attended"', '"asleep"', r"board\.1\.there\.1\.presence must be"),
        ('"POL"', '"LAY"', r"board\.1\.there\.1 cannot be: "),
        ("Riverdale Probation", "HARROWMERE police", r"board\.1\.there\.2\.organisation is given twice"),
        ("2026-06-01", "2026-03-02", r"board\.2\.held_on is given twice"),
        ("2026-06-01", "2026-11-24", r"board\.2\.held_on is a day still to come"),
    ],
)  # fmt: skip
def test_what_cannot_be_so_is_named_with_its_line(was: str, now: str, said: str) -> None:
    assert was in BOARDS
    with pytest.raises(BadInput, match=said + r".*\(line \d+\)"):
        parse_boards(BOARDS.replace(was, now, 1), "f", today=date(2026, 11, 23))


def test_a_file_goes_in_once_and_out_again_by_command(tmp_path: Path) -> None:
    path, db, out = tmp_path / "b.toml", str(tmp_path / "r.db"), tmp_path / "out.toml"
    path.write_text(BOARDS, "utf-8")

    def run(*said: str) -> tuple[int, str]:
        done = CliRunner().invoke(cli.app, ["--db", db, *said])
        return done.exit_code, f"{done.output}{done.exception or ''}"

    assert run("import", str(path))[0] == 0
    with_record = Record.open(Path(db))
    head, boards = with_record.head(), with_record.boards()
    assert [r.presence.value for r in boards[0].there] == ["attended", "apologies"]
    code, said = run("import", str(path))
    assert (code, "0 meetings of the board, 0 rows" in said) == (0, True)
    assert with_record.head() == head
    path.write_text(BOARDS.replace('"apologies"', '"absent"'), "utf-8")
    code, said = run("import", str(path))
    assert code != 0
    assert "2 March 2026 is here already, and differs: Riverdale Probation" in said
    path.write_text(BOARDS.replace("Riverdale Probation", "Northside Council"), "utf-8")
    assert run("import", str(path))[0] == 0
    assert run("smb", "export", "-o", str(out))[0] == 0
    assert parse_boards(out.read_text("utf-8"), "out") == with_record.boards()
    assert len(with_record.boards()[0].there) == 3
    assert with_record.verify().is_good
    assert BoardMeetings(with_record, lambda: boards[0].typed_at, "x").take_in(boards) == (0, 0)  # type: ignore[arg-type, return-value]
    with_record.close()

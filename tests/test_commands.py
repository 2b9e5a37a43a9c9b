"""The commands, as another program would use them: exit codes, one line, nothing half-done."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import docx
import pytest

from tests.commanding import panelkit
from tests.desk import SAMPLES

REVIEW = SAMPLES / "l2_review_carried_actions.toml"


def refused(done: subprocess.CompletedProcess[str]) -> str:
    """The one line of a refusal."""
    assert done.returncode == 2, done.stderr
    assert done.stdout == ""
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, done.stderr
    assert "Traceback" not in done.stderr
    return lines[0]


def test_a_pack_is_checked_with_no_database_at_all(tmp_path: Path) -> None:
    done = panelkit("check", REVIEW, "--json", cwd=tmp_path, fresh=True)
    told = json.loads(done.stdout)
    assert done.returncode == 0
    assert (told["ref"], told["level"], told["kind"], told["can_close"]) == (
        "WM-0143-3",
        2,
        "review",
        True,
    )
    assert list(tmp_path.iterdir()) == [] or not list(tmp_path.glob("*.db"))


def test_import_list_export_and_minutes(tmp_path: Path) -> None:
    db = tmp_path / "r.db"
    first = panelkit("import", REVIEW, "--json", "--db", db)
    assert json.loads(first.stdout)["imported"][0]["ref"] == "WM-0143-3"
    again = panelkit("import", REVIEW, "--db", db)
    assert "nothing changed" in again.stdout
    listed = json.loads(panelkit("list", "--json", "--db", db).stdout)["meetings"]
    assert [m["ref"] for m in listed] == ["WM-0143-3", "WM-0143-2", "WM-0143-1"]
    out = tmp_path / "out.toml"
    assert panelkit("export", "WM-0143", "-o", out, "--db", db).returncode == 0
    other = tmp_path / "other.db"
    assert panelkit("import", out, "--db", other).returncode == 0
    assert panelkit("import", REVIEW, "--db", other).stdout.startswith("WM-0143-3: already here")
    word = tmp_path / "m.docx"
    assert panelkit("minutes", "WM-0143", "-o", word, "--db", db).returncode == 0
    assert "Risk management plan" in "\n".join(p.text for p in docx.Document(str(word)).paragraphs)
    for kind in ("full", "actions", "agenda"):
        text = panelkit("minutes", "WM-0143-3", "--kind", kind, "--text", "--db", db)
        assert text.returncode == 0
        assert "WM-0143" in text.stdout
    assert panelkit("verify", "--db", db).returncode == 0


def test_a_different_pack_under_the_same_reference_is_refused_and_changes_nothing(
    tmp_path: Path,
) -> None:
    db = tmp_path / "r.db"
    panelkit("import", REVIEW, "--db", db)
    changed = tmp_path / "changed.toml"
    changed.write_text(REVIEW.read_text().replace("booked_minutes = 50", "booked_minutes = 51"))
    before = json.loads(panelkit("list", "--json", "--db", db).stdout)
    assert "different content" in refused(panelkit("import", changed, "--db", db))
    assert json.loads(panelkit("list", "--json", "--db", db).stdout) == before


@pytest.mark.parametrize(
    ("name", "body", "says"),
    [
        ("cut.toml", b'format = 1\n[case]\nref = "WM', "line 3"),
        ("deep.toml", b"x = " + b"[" * 200_000 + b"]" * 200_000, "deep.toml"),
        ("huge.toml", b"# " + b"x" * 6_000_000, "huge.toml"),
        ("noise.toml", bytes(range(256)) * 20, "noise.toml"),
        ("empty.toml", b"", "empty.toml"),
    ],
)
def test_a_bad_pack_is_one_line_and_changes_nothing(
    tmp_path: Path, name: str, body: bytes, says: str
) -> None:
    bad = tmp_path / name
    bad.write_bytes(body)
    db = tmp_path / "r.db"
    assert says in refused(panelkit("import", bad, "--db", db))
    assert not db.exists()
    refused(panelkit("check", bad))


def test_a_wrong_value_names_its_field_and_never_repeats_it(tmp_path: Path) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text(REVIEW.read_text().replace('kind = "review"', 'kind = "canary-kestrel"', 1))
    line = refused(panelkit("check", bad))
    assert "meeting.kind" in line
    assert "canary-kestrel" not in line


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    db = tmp_path / "r.db"
    assert "There is no record" in refused(panelkit("list", "--db", db))
    panelkit("init", "--unencrypted", "--db", db)
    assert "no meeting" in refused(panelkit("check", "HM-9999", "--db", db))
    assert "already" in refused(panelkit("init", "--unencrypted", "--db", db))
    assert "terminal" in refused(panelkit("--db", str(db)))
    assert "no document" in refused(panelkit("minutes", REVIEW, "--kind", "poem"))


def test_an_unwritable_place_is_a_sentence_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    line = refused(panelkit("minutes", REVIEW, "-o", tmp_path / "file" / "m.docx"))
    assert line.startswith("panelkit: ")
    assert sorted(p.name for p in tmp_path.iterdir() if p.is_file()) == ["file"]


def test_the_demo_walks_every_sample_and_forces_none(tmp_path: Path) -> None:
    done = panelkit("demo", "--unattended", "--out", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert sorted(p.suffix for p in (tmp_path / "out").iterdir()) == [".docx"] * len(
        list((tmp_path / "out").iterdir())
    )
    for sample in SAMPLES.glob("*.toml"):
        told = json.loads(panelkit("check", sample, "--json").stdout)
        case = told["ref"].rpartition("-")[0]
        files = list((tmp_path / "out").glob(f"{case}_*.docx"))
        if told["can_close"]:
            assert len(files) == 2, sample.name
        else:
            assert files == []
            assert f"{told['ref']}: not closed" in done.stdout


def test_headless_commands_never_load_textual() -> None:
    code = (
        "import sys; from panelkit import cli; from panelkit.commands import meeting; from panelkit.wiring import Settings\n"
        f"meeting.check(Settings(), {str(REVIEW)!r}, as_json=True)\n"
        f"meeting.minutes(Settings(), {str(REVIEW)!r}, None, 'full', as_text=True)\n"
        "sys.exit('textual' in sys.modules)"
    )
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode
        == 0
    )


def test_opening_a_meeting_never_loads_what_only_making_a_record_needs(tmp_path: Path) -> None:
    db = tmp_path / "record.db"
    assert panelkit("import", REVIEW, "--db", db).returncode == 0
    code = (
        "import sys; from pathlib import Path\n"
        "from panelkit import cli; from panelkit.wiring import Settings, open_desk\n"
        f"desk = open_desk(Settings(), Path({str(db)!r}))\n"
        "assert desk.caseload.find('WM-0143-3').answers\n"
        "slow = {'sqlmodel', 'pydantic', 'alembic', 'docx', 'jinja2', 'textual'}\n"
        "sys.exit(', '.join(slow & set(sys.modules)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


def test_where_and_schema_are_json() -> None:
    assert json.loads(panelkit("where", "--json", fresh=True).stdout)["version"]
    assert json.loads(panelkit("schema").stdout)["properties"]


def test_somebody_is_removed_by_the_program_itself_and_the_record_opens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The whole program, to its very end: the record is closed and has other keys by then."""
    monkeypatch.setenv("PANELKIT_PASSPHRASE", "an invented passphrase")
    db = ("--db", tmp_path / "r.db", "--as", "Ruth Calloway")
    assert panelkit("init", *db).returncode == 0
    assert panelkit("people", "add", "Omar Okafor", "--role", "reader", *db).returncode == 0
    for words in (("people", "remove", "Omar Okafor"), ("people", "rekey"), ("verify",)):
        done = panelkit(*words, *db)
        assert (done.returncode, done.stderr) == (0, ""), words
    assert "runs through what was remembered" in done.stdout
    assert "Omar Okafor                  removed" in panelkit("people", "list", *db).stdout

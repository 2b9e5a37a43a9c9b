"""A hand-over and its return between two real databases, as a person or a script would do it."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

from panelkit.packs import sealed
from tests import commanding
from tests.desk import SAMPLES
from tests.pty_program import Program
from tests.test_commands import refused

REF = "WM-0143-3"
PASS = "acorn album alder amber anchor"


def panelkit(*words: str | Path, words_told: str = PASS) -> subprocess.CompletedProcess[str]:
    return commanding.panelkit(*words, env={"PANELKIT_HANDOVER_PASSPHRASE": words_told})


@pytest.fixture
def record(tmp_path: Path) -> Path:
    db = tmp_path / "a.db"
    panelkit("import", SAMPLES / "l2_review_carried_actions.toml", "--db", db)
    return db


def test_there_and_back_between_two_databases(record: Path, tmp_path: Path) -> None:
    other, file, back = tmp_path / "b.db", tmp_path / "out.handover", tmp_path / "back.handover"
    gone = panelkit("hand-over", REF, "-o", file, "--to", "Dylan Ashgrove", "--db", record)
    assert gone.returncode == 0, gone.stderr
    assert "the pen is with Dylan Ashgrove since" in gone.stdout
    assert PASS not in gone.stdout + gone.stderr
    assert file.stat().st_mode & 0o777 == 0o600
    edited = tmp_path / "x.docx"
    assert panelkit("minutes", REF, "-o", edited, "--db", record).returncode == 0, "it can be read"
    again = panelkit("hand-over", REF, "-o", tmp_path / "two.handover", "--db", record)
    assert "read-only here: the pen is with Dylan Ashgrove" in refused(again)

    came = panelkit("receive", file, "--json", "--db", other, "--as", "Dylan Ashgrove")
    assert came.returncode == 0, came.stderr
    told = json.loads(came.stdout)
    assert (told["ref"], told["new"], told["disagreements"]) == (REF, True, [])
    assert "nothing was changed" in panelkit("receive", file, "--db", other).stdout
    listed = [
        {
            m["ref"]: m["pen"]
            for m in json.loads(panelkit("list", "--json", "--db", db).stdout)["meetings"]
        }
        for db in (record, other)
    ]
    assert listed[0][REF].startswith("with Dylan Ashgrove since")
    assert listed[0]["WM-0143-2"] == listed[1][REF] == "here"
    assert "READ-ONLY, pen with" in panelkit("list", "--db", other).stdout
    for db in (record, other):
        assert panelkit("verify", "--db", db).returncode == 0
    packs = [panelkit("export", REF, "--db", db).stdout for db in (record, other)]
    assert packs[0] == packs[1] != ""

    assert panelkit("hand-over", REF, "-o", back, "--db", other).returncode == 0
    assert "handed over from here" in panelkit("receive", back, "--db", other).stdout
    home = panelkit("receive", back, "--db", record)
    assert home.returncode == 0, home.stderr
    assert "came back" in home.stdout
    assert "The pen is here" in panelkit("hand-over", REF, "--db", record).stdout
    assert (
        "READ-ONLY: the pen is with another desk"
        in panelkit("hand-over", REF, "--db", other).stdout
    )


def test_the_pen_is_taken_back_with_a_reason(record: Path, tmp_path: Path) -> None:
    panelkit("hand-over", REF, "-o", tmp_path, "--db", record)
    assert (tmp_path / f"{REF}.handover").exists(), "a folder gets the name with the reference"
    assert "Say why" in refused(panelkit("hand-over", REF, "--take-pen", "--db", record))
    taken = panelkit("hand-over", REF, "--take-pen", "--reason", "laptop lost", "--db", record)
    assert "taken back" in taken.stdout
    assert "pen of WM-0143-3 is here" in refused(
        panelkit("hand-over", REF, "--take-pen", "--reason", "again", "--db", record)
    )


def test_a_file_that_is_not_right_is_one_line_and_changes_nothing(
    record: Path, tmp_path: Path
) -> None:
    file, other = tmp_path / "out.handover", tmp_path / "b.db"
    panelkit("hand-over", REF, "-o", file, "--db", record)
    good, chance = file.read_bytes(), random.Random(7)
    bad = tmp_path / "bad.handover"
    changed = bytearray(good)
    changed[chance.randrange(sealed._HEAD.size, len(good))] ^= 0x10
    for content, says in (
        (bytes(changed), "does not open the file"), (good[:1000], "does not open the file"),
        (good[:20], "cut short"), (b"", "not a hand-over"), (b"x" * 4096, "not a hand-over"),
    ):  # fmt: skip
        bad.write_bytes(content)
        assert says in refused(panelkit("receive", bad, "--db", other))
        assert not other.exists(), "not even an empty record"
    with bad.open("wb") as huge:
        huge.write(good)
        huge.truncate(sealed.LARGEST + 2)
    assert "larger than any hand-over" in refused(panelkit("receive", bad, "--db", other))
    wrong = panelkit("receive", file, "--db", other, words_told="acorn album alder amber")
    assert "does not open the file" in refused(wrong)
    assert "no file" in refused(panelkit("receive", tmp_path / "none", "--db", other))
    assert "A passphrase is needed" in refused(
        panelkit("receive", file, "--db", other, words_told="")
    )
    short = panelkit("hand-over", "WM-0143-2", "-o", tmp_path / "s", "--db", record, words_told="x")
    assert "at least 12" in refused(short)
    assert not (tmp_path / "s").exists()
    assert not other.exists()


def test_both_texts_are_printed_and_one_is_chosen(record: Path, tmp_path: Path) -> None:
    from panelkit.wiring import Settings, open_desk

    def say(db: Path, words: str) -> None:
        desk = open_desk(Settings(who="Somebody"), db)
        desk.chairing.record_answer(desk.caseload.find(REF), "A10", "formulation", words)
        desk.caseload.record.close()

    other, file, back = tmp_path / "b.db", tmp_path / "o.handover", tmp_path / "k.handover"
    panelkit("hand-over", REF, "-o", file, "--db", record)
    panelkit("receive", file, "--db", other)
    panelkit("hand-over", REF, "--take-pen", "--reason", "urgent", "--db", record)
    say(record, "what this desk wrote")
    say(other, "what the other wrote")
    panelkit("hand-over", REF, "-o", back, "--db", other)
    came = panelkit("receive", back, "--db", record)
    assert came.returncode == 1, "the answer is no: somebody must choose"
    assert "THEIRS (Somebody): what the other wrote" in came.stdout
    assert "HERE (Somebody): what this desk wrote" in came.stdout
    assert panelkit("hand-over", REF, "--db", record).returncode == 1
    assert panelkit("hand-over", REF, "--keep", "theirs", "--db", record).returncode == 0
    assert panelkit("hand-over", REF, "--db", record).returncode == 0
    assert "what the other wrote" in panelkit("export", REF, "--db", record).stdout


def test_on_a_terminal_words_are_offered_and_enter_takes_them(record: Path, tmp_path: Path) -> None:
    file = tmp_path / "out.handover"
    argv = [sys.executable, "-m", "panelkit", "hand-over", REF, "-o", file, "--db", record]
    with Program.start(argv) as program:
        program.wait_for_raw(b"type your own")
        program.press("\r")
        program.wait_for_raw(b"by voice; never")
        lines = program.raw.decode().splitlines()
    offered = next(
        line.strip() for line in lines if len(line.split()) == 8 and line.startswith("    ")
    )
    other = tmp_path / "b.db"
    assert panelkit("receive", file, "--db", other, words_told=offered.upper()).returncode == 0


def test_a_plain_pack_of_a_real_meeting_needs_a_reason_and_is_journaled(tmp_path: Path) -> None:
    from panelkit.wiring import Settings, open_desk

    real, db = tmp_path / "real.toml", tmp_path / "r.db"
    pack = (SAMPLES / "l2_review_carried_actions.toml").read_text()
    real.write_text(pack.replace("fiction = true", "fiction = false"))
    assert panelkit("import", real, "--db", db).returncode == 0
    entries = json.loads(panelkit("verify", "--json", "--db", db).stdout)["entries"]
    out = tmp_path / "o.toml"
    for reason in ([], ["--reason", "  "]):
        assert "say why it leaves" in refused(
            panelkit("export", REF, "-o", out, *reason, "--db", db)
        )
    assert not out.exists()
    done = panelkit("export", REF, "-o", out, "--reason", "court order", "--as", "Ann", "--db", db)
    assert done.returncode == 0
    assert json.loads(panelkit("verify", "--json", "--db", db).stdout)["entries"] == entries + 6
    desk = open_desk(Settings(), db)
    for ref in ("WM-0143-1", "WM-0143-2", REF):
        facts = desk.caseload.record.facts(desk.caseload.find(ref).id)
        assert [(f.what, f.who, f.reason) for f in facts][-1] == ("exported", "Ann", "court order")

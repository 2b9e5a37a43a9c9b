"""Audit forms and key figures on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.desk import SAMPLES
from tests.test_commands import panelkit, refused

POOR = SAMPLES / "poor_record.toml"
REVIEW = SAMPLES / "l2_review_carried_actions.toml"


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("figures") / "r.db"
    assert panelkit("import", REVIEW, SAMPLES / "l3_review.toml", "--db", path).returncode == 0
    return path


def test_a_form_of_a_pack_in_json_adds_up() -> None:
    done = panelkit("audit", POOR, "--form", "k", "--json")
    assert done.returncode == 1, done.stderr
    told = json.loads(done.stdout)
    assert told["ref"] == "HM-0188-3"
    assert told["findings"]
    assert set(told["forms"]) == {"K", "K-local"}
    assert [told["forms"][part]["official"] for part in ("K", "K-local")] == [True, False]
    for form in told["forms"].values():
        scored = [a for a in form["answers"] if a["score"] is not None]
        assert form["score"] == sum(a["score"] for a in scored)
        assert form["max"] == sum(a["max"] for a in scored)
        assert form["percent"] == round(100 * form["score"] / form["max"], 1)
        for answer in form["answers"]:
            assert answer["how"] in ("recorded", "suggested", "person", "not_applicable")
            assert (answer["suggested"] is not None) == (answer["how"] == "suggested")
            assert (answer["score"] is not None) == (answer["how"] == "recorded")
            if answer["how"] != "person":
                assert answer["evidence"]
    assert told["forms"]["K"]["label"] == "K (14 questions seen)"
    assert len(told["forms"]["K"]["answers"]) == 14


def test_scotland_s_codes_are_no_scores_in_json_either() -> None:
    told = json.loads(panelkit("audit", POOR, "--form", "S11", "--json").stdout)["forms"]["S11"]
    assert (told["score"], told["max"], told["percent"]) == (None, None, None)
    assert {a["score"] for a in told["answers"]} == {None}
    codes = {a["id"]: a["code"] for a in told["answers"]}
    assert (codes["S11.6"], codes["S11.7"], codes["S11.3"]) == (3, 2, None)


def test_a_form_in_words_says_what_it_is_and_what_is_left() -> None:
    done = panelkit("audit", POOR, "--form", "L", "--fail-on", "none")
    assert done.returncode == 0, done.stderr
    assert "L (15 questions seen)" in done.stdout
    assert "Not the whole form:" in done.stdout
    assert "2 of 4, unsatisfactory  (recorded)" in done.stdout
    assert "(suggested, to be confirmed)" in done.stdout
    assert "[ ]  (for a person to judge)" in done.stdout
    assert "Booked for 14:00, began at 14:19" in done.stdout
    assert "unanswered: L3.1" in done.stdout


def test_what_cannot_be_a_form_is_one_line(tmp_path: Path) -> None:
    assert "K, L, S11, S12" in refused(panelkit("audit", POOR, "--form", "Z"))
    assert "one meeting" in refused(panelkit("audit", "--all", "--form", "K"))
    assert "--fail-on" in refused(panelkit("audit", POOR, "--form", "K", "--fail-on", "x"))
    refused(panelkit("audit", "HM-1", "--form", "K", "--db", tmp_path / "none.db"))
    own = tmp_path / "area.toml"
    own.write_text(
        'name = "Z"\nextends = "national"\n[settings.audit_forms]\nvalue = "gone.toml"\nsource = "x [P]"\n'
    )
    assert "gone.toml" in refused(panelkit("audit", POOR, "--form", "K", "--area", own))


def test_key_figures_in_words(db: Path) -> None:
    done = panelkit("kpi", "--from", "2025-01-01", "--to", "2026-12-31", "--db", db)
    assert done.returncode == 0, done.stderr
    assert "K-ATT3  Attendance at Level 3" in done.stdout
    assert "Target 90 %. Source: National set as commonly quoted" in done.stdout
    after = done.stdout.partition("K-SMB")[2]
    assert "not recorded" in after.partition("K-INIT")[0]
    assert "WM-0143" not in done.stdout
    named = panelkit("kpi", "--from", "2025-01-01", "--to", "2026-12-31", "--meetings", "--db", db)
    assert "WM-0143-2: met" in named.stdout


def test_key_figures_in_json(db: Path) -> None:
    words = ("kpi", "--from", "2025-01-01", "--to", "2026-12-31", "--json", "--db", db)
    told = json.loads(panelkit(*words).stdout)
    assert (told["from"], told["to"]) == ("2025-01-01", "2026-12-31")
    measures = told["measures"]
    assert {"id", "agency", "met", "of", "percent", "target", "target_source"} <= set(measures[0])
    board = next(m for m in measures if m["id"] == "K-SMB")
    assert (board["recorded"], board["percent"], board["met"]) == (False, None, None)
    police = next(m for m in measures if m["id"] == "K-ATT2" and "Police" in m["agency"])
    assert police["of"] == sum(m["met"] is not None for m in police["meetings"])
    assert police["percent"] == round(100 * police["met"] / police["of"], 1)

    outside = json.loads(panelkit(*words, "--outside").stdout)["measures"]
    assert all(m["percent"] is None for m in outside if m["suppressed"])
    assert any(m["suppressed"] for m in outside)
    assert "meetings" not in outside[0]


def test_figures_that_cannot_be_are_one_line(db: Path, tmp_path: Path) -> None:
    assert "--from" in refused(panelkit("kpi", "--from", "June", "--db", db))
    assert "before" in refused(
        panelkit("kpi", "--from", "2026-02-01", "--to", "2026-01-01", "--db", db)
    )
    refused(panelkit("kpi", "--outside", "--meetings", "--db", db))
    refused(panelkit("kpi", "--db", tmp_path / "none.db"))


# -- what an audit gives out ---------------------------------------------------------------


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pack of a meeting that has closed."""
    path = tmp_path_factory.mktemp("closed") / "pack.toml"
    text = REVIEW.read_text(encoding="utf-8")
    path.write_text(text.replace('state = "open"', 'state = "closed"'), encoding="utf-8")
    return path


def test_letters_are_two_files_in_a_folder_that_is_made(closed: Path, tmp_path: Path) -> None:
    out = tmp_path / "new" / "letters"
    done = panelkit("audit", closed, "--letters", "--out", out)
    assert done.returncode == 0, done.stderr
    names = sorted(path.name for path in out.iterdir())
    assert names == [f"WM-0143_M3_20261118_feedback_{who}.docx" for who in ("chair", "minutes")]
    assert done.stdout.split() == [str(out / name) for name in names]


def test_letters_as_text_and_in_json_write_nothing(closed: Path, tmp_path: Path) -> None:
    text = panelkit("audit", closed, "--letters", "--text", cwd=tmp_path)
    assert text.returncode == 0, text.stderr
    assert text.stdout.count("Thank you for ") == 4
    told = json.loads(panelkit("audit", closed, "--letters", "--json", cwd=tmp_path).stdout)
    assert told["ref"] == "WM-0143-3"
    assert [letter["to"] for letter in told["letters"]] == ["chair", "minutes"]
    assert told["letters"][0]["strengths"][0]["why"]
    assert told["files"] == []
    assert list(tmp_path.iterdir()) == []


def test_the_page_of_a_period_as_file_text_and_json(db: Path, tmp_path: Path) -> None:
    period = ("--report", "--from", "2026-07-01", "--to", "2026-09-30", "--db", db)
    done = panelkit("audit", *period, "--out", tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == str(tmp_path / "board_20260701_20260930.docx")
    assert "1 July 2026 to 30 September 2026" in panelkit("audit", *period, "--text").stdout
    told = json.loads(panelkit("audit", *period, "--json").stdout)
    assert (told["from"], told["to"]) == ("2026-07-01", "2026-09-30")
    assert {"headlines", "defects", "trends", "sampled", "not_recorded", "files"} <= set(told)
    outside = panelkit("audit", *period, "--outside", "--out", tmp_path)
    assert outside.stdout.strip().endswith("_outside.docx")


@pytest.mark.parametrize(
    "options",
    [
        ("--letters",),
        ("--letters", "--all"),
        ("minutes.docx", "--letters"),
        ("WM-0143-3", "--letters", "--form", "K"),
        ("WM-0143-3", "--report"),
        ("--report", "--from", "yesterday"),
        ("--report", "--from", "2026-02-01", "--to", "2026-01-01"),
        ("WM-0143-3", "--from", "2026-01-01"),
        ("WM-0143-3", "--text"),
        ("WM-0143-3", "--out", "x"),
        ("--all", "--outside"),
    ],
)
def test_options_that_do_not_go_together_are_one_line(db: Path, options: tuple[str, ...]) -> None:
    refused(panelkit("audit", *options, "--db", db))


def test_a_meeting_that_still_runs_has_no_letter(db: Path, tmp_path: Path) -> None:
    out = tmp_path / "letters"
    out.mkdir()
    done = panelkit("audit", "WM-0143-3", "--letters", "--db", db, "--out", out)
    assert done.returncode == 2
    assert "no minutes yet" in done.stderr
    assert list(out.iterdir()) == []

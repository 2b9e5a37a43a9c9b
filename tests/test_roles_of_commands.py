"""Every command, run by somebody of each role: who may not is told so, and nothing is printed.

In one process: a command of its own for each of some two hundred runs would take minutes.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from panelkit import cli
from panelkit.domain.people import MAY, Act, Role
from panelkit.packs.reader import read_pack
from panelkit.services.entering import enter
from panelkit.services.people import FIRST, People, found
from panelkit.store.tries import Tries
from panelkit.wiring import Settings, desk_over
from tests.desk import SAMPLES, Clock

REVIEW = "WM-0143-3"
PACK = str(SAMPLES / "l2_review_carried_actions.toml")

COMMANDS: dict[str, tuple[list[str], Act | None]] = {
    "demo": (["demo", "--help"], None),
    "practice": (["practice", "--list"], None),
    "init": (["init"], None),
    "encrypt": (["encrypt"], None),
    "schema": (["schema"], None),
    "db copy": (["db", "copy", "FOLDER/r.db", "postgresql+psycopg://keeper@localhost:1/none", "--login", "Ruth Calloway=ruth"], Act.PEOPLE),
    "db upgrade": (["db", "upgrade"], None),
    "db check": (["db", "check"], None),
    "where": (["where"], None),
    "people may": (["people", "may"], None),
    "people passphrase": (["people", "passphrase"], None),
    "people login": (["people", "login", "Nobody", "nobody"], None),
    "template check": (["template", "check"], None),
    "template sample": (["template", "sample", "--help"], None),
    "template fields": (["template", "fields"], None),
    "template used": (["template", "used", REVIEW], Act.READ),
    "import": (["import", PACK], Act.CARRY),
    "export": (["export", REVIEW, "--reason", "a reason"], Act.CARRY),
    "list": (["list"], Act.READ),
    "run": (["run", REVIEW], Act.READ),
    "desk": (["desk", REVIEW], Act.READ),
    "check": (["check", REVIEW], Act.READ),
    "minutes": (["minutes", REVIEW, "--text"], Act.READ),
    "minutes in Word": (["minutes", REVIEW, "-o", "FOLDER/m.docx"], Act.ISSUE),
    "distribute": (["distribute", REVIEW], Act.READ),
    "distribute copies": (["distribute", REVIEW, "-o", "FOLDER"], Act.ISSUE),
    "take-back": (["take-back", "FOLDER/draft.docx"], Act.DRAFT),
    "hand-over": (["hand-over", REVIEW], Act.READ),
    "hand-over to a file": (["hand-over", REVIEW, "-o", "FOLDER/h"], Act.CARRY),
    "hand-back": (["hand-back", "WM-0143", "--receipt", "x"], Act.CARRY),
    "retain": (["retain", "WM-0143", "--hold", "--reason", "why"], Act.DISPOSE),
    "dispose": (["dispose"], Act.DISPOSE),
    "receive": (["receive", "FOLDER/none.handover"], Act.CARRY),
    "audit": (["audit", REVIEW], Act.READ),
    "audit every meeting": (["audit", "--all"], Act.AUDIT),
    "audit on a form": (["audit", REVIEW, "--form", "K"], Act.AUDIT),
    "audit letters": (["audit", REVIEW, "--letters", "--text"], Act.AUDIT),
    "audit for the board": (["audit", "--report", "--from", "2026-01-01", "--to", "2026-12-31", "--text"], Act.FIGURES),
    "audit sheet": (["audit", REVIEW, "--sheet", "--for", "Gwen Harcastle", "-o", "FOLDER"], Act.OBSERVE),
    "observe": (["observe", REVIEW], Act.OBSERVE),
    "kpi": (["kpi", "--from", "2026-01-01", "--to", "2026-12-31"], Act.FIGURES),
    "stats annual": (["stats", "annual", "--year", "2026-27"], Act.FIGURES),
    "stats annual in Word": (["stats", "annual", "--year", "2026-27", "-o", "FOLDER/r.docx"], Act.FIGURES),
    "stats annual as a workbook": (["stats", "annual", "--year", "2026-27", "-o", "FOLDER/t.xlsx"], Act.FIGURES),
    "stats quarterly": (["stats", "quarterly", "--quarter", "2026-27-Q3", "--quick"], Act.FIGURES),
    "stats set": (["stats", "set", "2026-27", "T3", "62", "--source", "s"], Act.FIGURES),
    "stats read-figures": (["stats", "read-figures", "FOLDER/figures.csv", "--year", "2026-27", "--store"], Act.FIGURES),
    "stats read-events": (["stats", "read-events", "FOLDER/events.csv"], Act.PLAN),
    "stats confirm": (["stats", "confirm", "2026-27", "T3"], Act.FIGURES),
    "stats who": (["stats", "who", "2026-27", "T2", "Level 2", "Total"], Act.FIGURES),
    "stats publish": (["stats", "publish", "2026-27"], Act.FIGURES),
    "stats derive": (["stats", "derive"], Act.FIGURES),
    "stats history": (["stats", "history", "WM-0143"], Act.READ),
    "stats span": (["stats", "span", "WM-0143", "level", "2", "--from", "2026-01-01", "--because", "b"], Act.PLAN),
    "stats leave": (["stats", "leave", "WM-0143", "--on", "2026-01-01", "--reason", "death", "--because", "b"], Act.PLAN),
    "stats correct": (["stats", "correct", "WM-0143", "1", "--withdraw", "--because", "b"], Act.PLAN),
    "stats event": (["stats", "event", "WM-0143", "charged", "--on", "2026-01-01"], Act.PLAN),
    "referral add": (["referral", "add", "--from", "Harrowmere Police", "--agency", "POL", "--level", "2", "--on", "2026-01-01"], Act.PLAN),
    "referral decide": (["referral", "decide", "R-1", "rejected", "--reason", "no_plan", "--on", "2026-01-01"], Act.PLAN),
    "referral undo": (["referral", "undo", "R-1", "--because", "b"], Act.PLAN),
    "referral case": (["referral", "case", "R-1", "WM-0143"], Act.PLAN),
    "referral withdraw": (["referral", "withdraw", "R-1", "--because", "b"], Act.PLAN),
    "referral clear": (["referral", "clear", "R-1"], Act.PLAN),
    "referral list": (["referral", "list"], Act.READ),
    "referral form": (["referral", "form", "-o", "FOLDER/form.docx"], Act.READ),
    "referral read": (["referral", "read", "FOLDER/figures.csv"], Act.PLAN),
    "referral letter": (["referral", "letter", "R-1", "-o", "FOLDER/letter.docx"], Act.PLAN),
    "referral again": (["referral", "again", "R-2", "R-1"], Act.PLAN),
    "referral analysis": (["referral", "analysis"], Act.FIGURES),
    "allocate": (["allocate", "WM-0143", "Invented Co-ordinator"], Act.PLAN),
    "allocated": (["allocated", "WM-0143"], Act.READ),
    "load": (["load"], Act.READ),
    "actions": (["actions", "@housing"], Act.READ),
    "actions as a file": (["actions", "-o", "FOLDER/a.xlsx"], Act.CHASE),
    "action settle": (["action", "settle", "WM-0143 2.2", "complete", "--words", "w", "--by", "b"], Act.RECORD),
    "missing": (["missing"], Act.READ),
    "return write": (["return", "write", REVIEW, "-o", "FOLDER/forms"], Act.CHASE),
    "return read": (["return", "read", "FOLDER/none.xlsx"], Act.CHASE),
    "return nil": (["return", "nil", REVIEW, "Vale Cross Homes"], Act.CHASE),
    "return list": (["return", "list", REVIEW], Act.READ),
    "return remind": (["return", "remind", REVIEW, "Vale Cross Homes"], Act.READ),
    "return addendum": (["return", "addendum", REVIEW, "Vale Cross Homes"], Act.RECORD),
    "reminder write": (["reminder", "write", "Vale Cross Homes", "-o", "FOLDER/r.docx"], Act.CHASE),
    "reminder sent": (["reminder", "sent", "RM-1"], Act.CHASE),
    "reminder nil": (["reminder", "nil", "RM-1", "--by", "b"], Act.CHASE),
    "reminder read": (["reminder", "read", "FOLDER/none.xlsx"], Act.CHASE),
    "reminder list": (["reminder", "list"], Act.READ),
    "escalation add": (["escalation", "add", "--of", "Vale Cross Homes", "--to", "t"], Act.CHASE),
    "escalation answer": (["escalation", "answer", "E-1", "--words", "w"], Act.CHASE),
    "escalation withdraw": (["escalation", "withdraw", "E-1", "--because", "b"], Act.CHASE),
    "escalation list": (["escalation", "list"], Act.READ),
    "spoc set": (["spoc", "set", "Vale Cross Homes", "A post"], Act.CHASE),
    "spoc end": (["spoc", "end", "Vale Cross Homes", "--because", "b"], Act.CHASE),
    "spoc list": (["spoc", "list"], Act.READ),
    "start": (["start", "FOLDER/minutes.docx"], Act.PLAN),
    "upload list": (["upload", "list"], Act.READ),
    "upload sheet": (["upload", "sheet", "WM-0143-2"], Act.READ),
    "upload done": (["upload", "done", "WM-0143-2"], Act.CHASE),
    "upload undo": (["upload", "undo", "WM-0143-2", "level", "--because", "b"], Act.CHASE),
    "meeting cancel": (["meeting", "cancel", REVIEW, "--reason", "staffing"], Act.PLAN),
    "meeting postpone": (["meeting", "postpone", REVIEW, "--to", "2027-01-01", "--reason", "staffing"], Act.PLAN),
    "meeting undo": (["meeting", "undo", REVIEW, "1", "--because", "b"], Act.PLAN),
    "meeting days": (["meeting", "days", REVIEW], Act.READ),
    "meeting cause": (["meeting", "cause", REVIEW, "threat"], Act.RECORD),
    "meeting new": (["meeting", "new", "EP-1", "--name", "n", "--category", "2", "--on", "today"], Act.PLAN),
    "meeting next": (["meeting", "next", "WM-0143", "--on", "today", "--level", "2"], Act.PLAN),
    "draft show": (["draft", "show", REVIEW], Act.READ),
    "draft send": (["draft", "send", REVIEW], Act.DRAFT),
    "draft comment": (["draft", "comment", REVIEW, "--words", "w"], Act.CLOSE),
    "draft settle": (["draft", "settle", REVIEW, "1"], Act.DRAFT),
    "draft return": (["draft", "return", REVIEW, "--reason", "r"], Act.CLOSE),
    "draft approve": (["draft", "approve", REVIEW], Act.CLOSE),
    "draft withdraw": (["draft", "withdraw", REVIEW, "--reason", "r"], Act.CLOSE),
    "draft issue": (["draft", "issue", REVIEW], Act.ISSUE),
    "meeting emergency": (["meeting", "emergency", "EP-1", "--cause", "threat", "--reason", "r", "--called-by", "c", "--name", "n", "--age", "adult"], Act.PLAN),
    "meeting ring": (["meeting", "ring", REVIEW, "Harrowmere Police", "coming"], Act.PLAN),
    "meeting calls": (["meeting", "calls", REVIEW], Act.READ),
    "meeting owed": (["meeting", "owed", REVIEW], Act.READ),
    "meeting settle": (["meeting", "settle", REVIEW, "referral", "--from", "f"], Act.PLAN),
    "sitting list": (["sitting", "list"], Act.READ),
    "sitting show": (["sitting", "show", "2026-11-30"], Act.READ),
    "sitting check": (["sitting", "check"], Act.READ),
    "sitting plan": (["sitting", "plan", "2026-11-30", "10:00"], Act.PLAN),
    "sitting change": (["sitting", "change", "2026-11-30", "--name", "n"], Act.PLAN),
    "sitting add": (["sitting", "add", "2026-11-30", "WM-0143"], Act.PLAN),
    "sitting take-out": (["sitting", "take-out", "2026-11-30", "WM-0143-3"], Act.PLAN),
    "sitting joining": (["sitting", "joining", "2026-11-30", "--clear"], Act.PLAN),
    "sitting papers": (["sitting", "papers", "2026-11-30", "-o", "FOLDER/papers"], Act.ISSUE),
    "sitting sent": (["sitting", "sent", "2026-11-30", "invitation"], Act.PLAN),
    "sitting not-sent": (["sitting", "not-sent", "2026-11-30", "invitation", "police", "--because", "b"], Act.PLAN),
    "demand": (["demand"], Act.READ),
    "bank-holidays": (["bank-holidays", "2027"], None),
    "changes list": (["changes", "list"], Act.READ),
    "changes show": (["changes", "show", "1"], Act.READ),
    "changes accept": (["changes", "accept", "--all"], Act.AGREE),
    "changes keep": (["changes", "keep", "1", "--because", "b"], Act.AGREE),
    "changes decided": (["changes", "decided"], Act.READ),
    "changes undo": (["changes", "undo", "1", "--because", "b"], Act.AGREE),
    "smb add": (["smb", "add", "2026-01-01"], Act.FIGURES),
    "smb came": (["smb", "came", "2026-01-01", "Harrowmere Police", "POL", "attended"], Act.FIGURES),
    "smb withdraw": (["smb", "withdraw", "2026-01-01", "--because", "b"], Act.FIGURES),
    "smb list": (["smb", "list"], Act.FIGURES),
    "smb export": (["smb", "export"], Act.FIGURES),
    "generate": (["generate", "--totals", "FOLDER/totals.json"], Act.PLAN),
    "generate years": (["generate", "--years", "1", "--brief"], Act.PLAN),
    "verify": (["verify"], Act.COPY),
    "supplied": (["supplied", "Harrowmere Police"], Act.ANSWER),
    "timeline": (["timeline", "WM-0143"], Act.READ),
    "find": (["find", "police"], Act.READ),
    "db index": (["db", "index"], Act.COPY),
    "backup": (["backup", "FOLDER/copy.db"], Act.COPY),
    "restore": (["restore", "FOLDER/copy.db"], Act.COPY),
    **{
        f"people {verb}": (["people", verb, *more], Act.PEOPLE)
        for verb, *more in (
            ("list",), ("add", "Somebody New", "--role", "reader"), ("roles", "Nobody", "--role", "reader"),
            ("remove", "Nobody"), ("rekey",), ("reset", "Nobody"), ("recovery",), ("access", "WM-0143"),
            ("bar", "WM-0143", "Nobody"), ("member", "WM-0143", "Nobody"), ("neither", "WM-0143", "Nobody"),
        )
    },
}  # fmt: skip
"""Each command with what it is asked, and the act it is; None for what reads no record."""
FIRST_READ = frozenset({"receive", "take-back"})
"""The file is read before the record is opened: a wrong file is said first."""


pytestmark = pytest.mark.usefixtures("cheap_slots")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record with the sample review and somebody of each role, whose role is their passphrase."""
    folder = tmp_path_factory.mktemp("whole")
    made = found(folder / "r.db", "Ruth Calloway", FIRST, "a passphrase of Ruth", Clock())
    desk = desk_over(Settings(clock=Clock()), made.record)
    pack = read_pack(Path(PACK), desk.caseload.agenda)
    desk.caseload.take_in([*pack.earlier, pack.meeting])
    for role in Role:
        People(made.record, Clock()).add(f"Invented {role.label}", [role], f"passphrase {role}")
    made.record.close()
    (folder / "figures.csv").write_text("Figure,Number\nT3,62\n", encoding="utf-8")
    (folder / "events.csv").write_text(
        "Case,Event,Day\nWM-0143,charged,2026-01-01\n", encoding="utf-8"
    )
    (folder / "totals.json").write_text('{"year": "2022-23"}', encoding="utf-8")
    return folder


def test_the_table_has_every_command() -> None:
    def names(app: object, before: str = "") -> Iterator[str]:
        for one in app.registered_commands:  # type: ignore[attr-defined]
            yield before + (one.name or one.callback.__name__.rstrip("_").replace("_", "-"))
        for group in app.registered_groups:  # type: ignore[attr-defined]
            yield from names(group.typer_instance, f"{group.name} ")

    there = set(names(cli.app))
    assert there <= COMMANDS.keys()
    assert {
        name for name in COMMANDS if name.split()[0] not in {n.split()[0] for n in there}
    } == set()


@pytest.mark.parametrize("role", list(Role))
def test_a_command_is_refused_to_whoever_may_not_and_to_nobody_else(
    whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, role: Role
) -> None:
    monkeypatch.setenv("PANELKIT_PASSPHRASE", f"passphrase {role}")
    monkeypatch.setenv("PANELKIT_HANDOVER_PASSPHRASE", "a passphrase told by voice")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    wrong = []
    for name, (argv, act) in COMMANDS.items():
        folder = tmp_path / name.replace(" ", "-")
        shutil.copytree(whole, folder)
        before = sorted(p.name for p in folder.iterdir())
        monkeypatch.setenv("PANELKIT_DB", str(folder / "r.db"))
        monkeypatch.setenv("PANELKIT_AS", f"Invented {role.label}")
        result = CliRunner().invoke(cli.app, [each.replace("FOLDER", str(folder)) for each in argv])
        said = f"{result.output}{getattr(result.exception, 'message', '')}"
        refused = "may not" in said
        may = act is None or role in MAY[act]
        if name in FIRST_READ:
            continue
        if refused is may:
            wrong.append(f"{name}: {'refused' if refused else 'let through'}: {said[:120]}")
        if refused:
            assert "Invented Person" not in said
            left = {p.name for p in folder.iterdir()} - set(before) - {"r.db-wal", "r.db-shm"}
            assert not left, f"{name} left {left}"
        assert "Traceback" not in said
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.LAY_ADVISER])
def test_the_journal_names_whose_passphrase_it_was_and_no_opening_that_was_refused(
    whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, role: Role
) -> None:
    folder, name = tmp_path / "r", f"Invented {role.label}"
    shutil.copytree(whole, folder)
    for variable, said in {
        "PANELKIT_PASSPHRASE": f"passphrase {role}", "PANELKIT_AS": name.upper(),
        "PANELKIT_DB": folder / "r.db", "XDG_STATE_HOME": tmp_path, "XDG_CONFIG_HOME": tmp_path,
    }.items():  # fmt: skip
        monkeypatch.setenv(variable, str(said))
    argvs = (
        ["minutes", REVIEW, "--text"], ["check", REVIEW], ["audit", "--all", "--fail-on", "none"],
        ["export", REVIEW, "--reason", "a reason"], ["backup", str(folder / "copy.db")],
    )  # fmt: skip
    for argv in argvs:
        CliRunner().invoke(cli.app, argv)
    record = enter(folder / "r.db", name, "", f"passphrase {role}", Tries(tmp_path / "t"), Clock())
    meeting = record.load(REVIEW)
    who = {actor for _at, actor, _how in record.openings(meeting.id)}
    assert who == ({name} if role is Role.COORDINATOR else set())
    last = record.last_care("copied")
    assert (last.who if last else "") == (name if role is Role.COORDINATOR else "")
    record.close()

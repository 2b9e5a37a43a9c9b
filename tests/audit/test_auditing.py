"""The audit over a record, from the command line, and as an area turns it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from panelkit.areas.loader import load_area
from panelkit.audit import RULES, Severity, audit_meeting, rules_for
from panelkit.commands import audit as command
from panelkit.domain.errors import BadInput, NotFound
from panelkit.packs.reader import read_pack
from panelkit.services import auditing
from panelkit.services.auditing import Audited, Auditing
from panelkit.wiring import Settings
from tests.desk import SAMPLES, make_desk

AREA = load_area("west_midlands")
GOOD, POOR = "l2_review_carried_actions", "poor_record"


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Path]:
    desk = make_desk(tmp_path, samples=(GOOD, POOR, "l2_initial"))
    yield tmp_path / "record.db"
    desk.caseload.record.close()


def audit(path: Path, ref: str = "", **said: object) -> int:
    given = {"everything": False, "as_json": False, **said}
    return command.audit(Settings(db=str(path)), ref, **given)  # type: ignore[arg-type]


def test_a_meeting_in_the_record_is_audited_beside_the_one_before(record: Path) -> None:
    from panelkit.store.record import Record

    opened = Record.open(record)
    found = Auditing(opened, AREA).audit(opened.load("HM-0188-3"))
    pack = read_pack(SAMPLES / f"{POOR}.toml")
    assert found.findings == audit_meeting(pack.meeting, AREA, pack.earlier[-1])
    assert any(finding.field == "actions.vanished" for finding in found.findings)
    alone = Auditing(None, AREA).audit(pack.meeting)
    assert not any(finding.field == "actions.vanished" for finding in alone.findings)
    opened.close()


def test_all_meetings_come_one_by_one_with_progress(record: Path) -> None:
    from panelkit.store.record import Record

    opened, seen = Record.open(record), []
    found = Auditing(opened, AREA).audit_all(lambda done, total: seen.append((done, total)))
    assert not isinstance(found, list)
    first = next(found)
    assert seen == []
    assert isinstance(first, Audited)
    everything = [first, *found]
    assert sorted(one.ref for one in everything) == sorted(m.ref for m in opened.meetings())
    assert seen[-1] == (len(everything), len(everything))
    for one in everything:
        assert one == Auditing(opened, AREA).audit(opened.load(one.ref))
    opened.close()


def test_several_processes_find_the_same_in_the_same_order(
    record: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from panelkit.store.record import Record

    opened = Record.open(record)
    alone = list(Auditing(opened, AREA).audit_all())
    monkeypatch.setattr(auditing, "ALONE", 1)
    monkeypatch.setattr(auditing, "BATCH", 2)
    assert list(Auditing(opened, AREA).audit_all(workers=2)) == alone
    opened.close()


def test_meetings_read_together_are_those_read_alone(record: Path) -> None:
    from panelkit.store.record import Record

    opened = Record.open(record)
    pairs = opened.sequence()
    together = opened.load_many([key for key, _before in pairs])
    assert len(together) == len(pairs) == len(opened.meetings())
    for key, before in pairs:
        alone = opened.load(key)
        assert together[key] == alone
        earlier = opened.previous(alone)
        assert before == (earlier.id if earlier else "")
    assert opened.load_many([]) == {}
    assert opened.load_many(["nobody"]) == {}
    opened.close()


def test_the_command_prints_what_other_programs_read(
    record: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert audit(record, "HM-0188-3", as_json=True) == 1
    said = json.loads(capsys.readouterr().out)
    assert said["ref"] == "HM-0188-3"
    assert said["forms"] == {}
    for finding in said["findings"]:
        assert finding["severity"] in {"red", "amber"}
        assert {"rule", "severity", "item", "evidence", "advice"} <= set(finding)
    assert audit(record, "WM-0143-3", as_json=True) == 0
    assert json.loads(capsys.readouterr().out)["findings"] == []


def test_the_command_says_where_and_what_to_do(
    record: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert audit(record, str(SAMPLES / f"{POOR}.toml")) == 1
    said = capsys.readouterr().out
    assert "A16 · Action 3.1  [smart]  (suggestion)" in said
    assert "“Police to monitor.” scores 1 of 5" in said
    assert "only a person can judge" in said
    assert audit(record, str(SAMPLES / f"{GOOD}.toml")) == 0
    assert "Nothing found." in capsys.readouterr().out


def test_the_command_over_everything(record: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert audit(record, everything=True) == 1
    said = capsys.readouterr().out
    assert "HM-0188-3" in said
    assert "6 meetings" in said
    assert audit(record, everything=True, as_json=True) == 1
    meetings = json.loads(capsys.readouterr().out)["meetings"]
    assert {"HM-0188-3", "WM-0143-3"} <= {meeting["ref"] for meeting in meetings}


def test_what_fails_is_what_was_asked(record: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert audit(record, "HM-0188-3", fail_on="none") == 0
    assert audit(record, "HM-0188-3", fail_on="amber") == 1
    assert audit(record, "WM-0143-3", fail_on="amber") == 0
    with pytest.raises(BadInput):
        audit(record, "WM-0143-3", fail_on="pink")
    capsys.readouterr()


def test_a_mistake_is_one_line(record: Path, tmp_path: Path) -> None:
    for said in ({"ref": ""}, {"ref": "WM-0143-3", "everything": True}):
        with pytest.raises(BadInput) as caught:
            audit(record, **said)  # type: ignore[arg-type]
        assert "\n" not in caught.value.sentence
    with pytest.raises(NotFound):
        audit(record, "WM-9999-9")
    with pytest.raises(NotFound):
        audit(record, str(tmp_path / "minutes.docx"))
    (tmp_path / "minutes.docx").write_bytes(b"not a Word file")
    with pytest.raises(BadInput) as caught:
        audit(record, str(tmp_path / "minutes.docx"))
    assert "\n" not in caught.value.sentence
    with pytest.raises(NotFound):
        audit(tmp_path / "nothing.db", everything=True)


def test_an_empty_record_has_nothing_to_audit(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_desk(tmp_path)
    assert audit(tmp_path / "record.db", everything=True) == 0
    assert "0 meetings" in capsys.readouterr().out
    assert audit(tmp_path / "record.db", everything=True, as_json=True) == 0
    assert json.loads(capsys.readouterr().out) == {"meetings": []}


AREA_FILE = """
name = "Z"
extends = "national"
[audit.acronyms]
value = false
source = "Our readers have a list [I]"
[audit.run_on]
value = true
source = "Board, 3 March 2026 [V]"
"""


def test_an_area_turns_rules_on_and_off(tmp_path: Path) -> None:
    file = tmp_path / "z.toml"
    file.write_text(AREA_FILE, encoding="utf-8")
    area = load_area(file)
    asked = {rule.id for rule in rules_for(area)}
    assert "run_on" in asked
    assert "acronyms" not in asked
    assert asked - {"run_on"} == {r.id for r in RULES if r.on} - {"acronyms"}
    assert area.source("audit.run_on") == "Board, 3 March 2026 [V]"
    poor = read_pack(SAMPLES / f"{POOR}.toml").meeting
    assert not any(finding.rule == "acronyms" for finding in audit_meeting(poor, area))


def test_a_rule_that_there_is_not_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "z.toml"
    file.write_text(AREA_FILE.replace("run_on", "long_words"), encoding="utf-8")
    area = load_area(file)
    with pytest.raises(BadInput) as caught:
        rules_for(area)
    assert "long_words" in caught.value.sentence
    file.write_text(AREA_FILE.replace("value = true", 'value = "yes"'), encoding="utf-8")
    with pytest.raises(BadInput):
        load_area(file)


def test_red_comes_before_amber_in_one_item() -> None:
    poor = read_pack(SAMPLES / f"{POOR}.toml").meeting
    order = [item.code for item in poor.agenda]
    found = audit_meeting(poor, AREA)
    places = [order.index(f.item) if f.item else -1 for f in found]
    assert places == sorted(places)
    at_a7 = [f.severity for f in found if f.item == "A7"]
    assert at_a7 == sorted(at_a7, key=list(Severity).index)

"""What is shown of a document: what was read, where, how sure, and what was not."""

from __future__ import annotations

import json
from pathlib import Path

import docx
import pytest

from panelkit.commands.foreign import show_foreign
from panelkit.documents.foreign import read_foreign
from tests.foreign.hand import lines
from tests.foreign.layouts import LAYOUTS, saved
from tests.foreign.truth import truth
from tests.test_commands import panelkit


def shown(path: Path, capsys: pytest.CaptureFixture[str], *, as_json: bool = False) -> str:
    assert show_foreign(path, as_json=as_json) == 0
    return capsys.readouterr().out


def test_it_says_what_was_read_and_what_was_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "minutes.docx"
    file.write_bytes(LAYOUTS["merged, nested, tracked"](truth(5)))
    out = shown(file, capsys)
    assert '  Date of meeting: 16 July 2026 (sure; beside "Date of meeting")\n' in out
    assert "  A13  Disclosure (sure; a heading style, line 72; 17 words)\n" in out
    assert 'no date ("by next meeting")' in out
    assert "  tracked changes. In " in out
    assert "\nNot found in the document\n" in out
    assert "  A4 Accuracy of the last minutes\n" in out
    assert "  A13 Disclosure" not in out.split("Not found in the document")[1]


def test_a_due_date_that_was_not_understood_is_listed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = docx.Document()
    lines(document, "Meeting held on 3 March 2026\n**Actions**\n* DC Rowe to visit by 31/2/26")
    file = tmp_path / "minutes.docx"
    file.write_bytes(saved(document))
    out = shown(file, capsys)
    assert '  due date in line 3, under "Actions": "31/2/26". The words are not understood as one day.\n' in out  # fmt: skip


def test_json_says_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    meeting = truth(3)
    file = tmp_path / "minutes.docx"
    file.write_bytes(LAYOUTS["one big table"](meeting))
    told = json.loads(shown(file, capsys, as_json=True))
    assert len(told["actions"]) == len(meeting.actions)
    first = told["actions"][0]
    assert (first["owner"], first["sure"]) == (meeting.actions[0].owner, "sure")
    assert first["where"]["words"].startswith("table 1, row ")


def test_nothing_that_is_shown_acts_on_a_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = docx.Document()
    lines(document, "**Actions**\n* DC Rowe to visit \u202eTxen\u202c by 12/3/26 [/x]")
    file = tmp_path / "minutes.docx"
    file.write_bytes(saved(document))
    out = shown(file, capsys)
    assert "\u202e" not in out
    assert "[/x]" in out


@pytest.mark.parametrize("sample", ["l2_review_carried_actions", "poor_record"])
def test_minutes_of_our_own_are_read_as_if_they_were_not(sample: str, tmp_path: Path) -> None:
    from panelkit.packs.reader import read_pack
    from tests.desk import SAMPLES

    pack = SAMPLES / f"{sample}.toml"
    meeting = read_pack(pack).meeting
    done = panelkit("minutes", pack, "-o", tmp_path / "minutes.docx")
    assert done.returncode == 0, done.stderr
    minutes = read_foreign(tmp_path / "minutes.docx")
    held_on, level = minutes.fact("held_on"), minutes.fact("level")
    assert held_on is not None
    assert level is not None
    assert (held_on.day, level.value) == (meeting.held_on, str(meeting.level))
    new = [a for a in minutes.actions if not a.earlier]
    assert [a.due for a in new] == [a.due for a in meeting.new_actions]
    assert [a.owner for a in new] == [a.owner for a in meeting.new_actions]
    assert len(minutes.actions) - len(new) == len([a for a in meeting.old_actions if a.is_live])

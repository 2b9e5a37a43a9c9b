"""What a pack may hold, and the one line that says what is wrong with one."""

from __future__ import annotations

import os
from datetime import UTC, datetime, time
from pathlib import Path

import pytest

from panelkit.domain import entries as e
from panelkit.domain import vocabulary as v
from panelkit.domain.errors import BadInput
from panelkit.packs.reader import parse_pack, read_pack

HEAD = """format = 1
fiction = true
[case]
ref = "WM-0143"
category = "2"
[meeting]
number = 3
level = 2
kind = "review"
held_on = 2026-11-18
"""
SECRET = "Zebedee"
"""Stands for words of a case: must never be repeated in an error."""


def refusal(text: str, name: str = "f.toml") -> str:
    with pytest.raises(BadInput) as caught:
        parse_pack(text, name)
    sentence = caught.value.sentence
    assert "\n" not in sentence
    assert SECRET not in sentence
    assert sentence.startswith(name)
    return sentence


def file_refusal(path: Path) -> str:
    with pytest.raises(BadInput) as caught:
        read_pack(path)
    assert "\n" not in caught.value.sentence
    assert path.name in caught.value.sentence
    return caught.value.sentence


def test_the_least_pack_is_a_planned_meeting() -> None:
    meeting = parse_pack(HEAD, "f").meeting
    assert (meeting.ref, meeting.state, meeting.level) == (
        "WM-0143-3", v.MeetingState.PLANNED, v.Level.TWO,
    )  # fmt: skip
    assert not meeting.answers
    assert not meeting.rows


def test_fiction_is_false_unless_said() -> None:
    assert not parse_pack(HEAD.replace("fiction = true\n", ""), "f").meeting.case.fiction


def test_reading_twice_gives_the_same_ids() -> None:
    text = HEAD + '[[notes]]\ntext = "a"\n[[decisions]]\n[[decisions.told]]\nwho = "b"\n'
    assert parse_pack(text, "f") == parse_pack(text, "g")


def test_answers_are_kept_as_the_record_keeps_them() -> None:
    meeting = parse_pack(
        HEAD + '[answers.A1]\nscheduled_start = "10:00"\n'
        "[answers.A15]\neffective_date = 2026-11-18\n"
        '[answers.A18]\nnext_review_date = { text = "12 January 2027", typed_by = "P" }\n',
        "f",
    ).meeting
    assert meeting.value("A1", "scheduled_start") == time(10, 0)
    assert meeting.text("A15", "effective_date") == "2026-11-18"
    assert meeting.text("A18", "next_review_date") == "12 January 2027"


def test_a_carried_answer_is_not_confirmed() -> None:
    text = HEAD + '[answers.A6]\nindex_offence = { text = "x", carried_from = "WM-0143-2" }\n'
    assert parse_pack(text, "f").meeting.answers["A6", "index_offence"].is_unconfirmed


def test_actions_are_numbered_within_the_meeting_that_set_them() -> None:
    meeting = parse_pack(
        HEAD + "[[actions]]\nset_at = 2\nnumber = 1\n[[actions]]\n[[actions]]\nnumber = 1\n", "f"
    ).meeting
    assert [a.ref for a in meeting.of(e.Action)] == ["2.1", "3.2", "3.1"]


def test_children_hang_from_their_parent_and_parts_are_linked() -> None:
    meeting = parse_pack(
        HEAD + '[[decisions]]\n[[decisions]]\n[[decisions.options]]\noption = "x"\n'
        '[[restricted_parts]]\nnumber = 4\n[[notes]]\ntext = "n"\nrestricted_part = 4\n',
        "f",
    ).meeting
    assert meeting.of(e.DecisionOption)[0].parent == meeting.of(e.Decision)[1].id
    assert meeting.of(e.Note)[0].restricted_part == meeting.of(e.RestrictedPart)[0].id


def test_instants_become_utc() -> None:
    text = HEAD + "[[attendance]]\n[[attendance.presence]]\nat = 2026-07-01T10:00:00+01:00\n"
    at = parse_pack(text, "f").meeting.of(e.Presence)[0].at
    assert at == datetime(2026, 7, 1, 9, tzinfo=UTC)
    assert at is not None
    assert at.tzinfo is UTC


def test_the_gate_is_counted_and_says_where() -> None:
    pack = parse_pack(
        HEAD + '[answers.A1]\npurpose_statement = "a\\u001b]52\\u0007"\n'
        '[[contributions]]\nrestricted_to = ["ok", "b\\u202e"]\n',
        "f",
    )
    assert pack.replaced == 3
    assert pack.replaced_in == ("answers.A1.purpose_statement", "contributions.1.restricted_to.2")
    assert "\x1b" not in pack.meeting.text("A1", "purpose_statement")


def test_windows_line_ends_are_read(tmp_path: Path) -> None:
    path = tmp_path / "w.toml"
    path.write_bytes(HEAD.replace("\n", "\r\n").encode())
    assert read_pack(path).meeting.number == 3


EARLIER = '[[earlier]]\n[earlier.meeting]\nnumber = {}\nlevel = 2\nkind = "initial"\nheld_on = 2026-01-01\n'


def test_earlier_meetings_are_over_and_in_order() -> None:
    pack = parse_pack(HEAD + EARLIER.format(1) + EARLIER.format(2), "f")
    assert [(m.number, m.state) for m in pack.earlier] == [
        (1, v.MeetingState.CLOSED), (2, v.MeetingState.CLOSED),
    ]  # fmt: skip
    assert pack.earlier[0].case is pack.meeting.case


@pytest.mark.parametrize(
    ("change", "place", "allowed"),
    [
        (("format = 1\n", ""), "format", "missing"),
        (("format = 1", "format = 2"), "format", "1"),
        (('ref = "WM-0143"\n', ""), "case.ref", "missing"),
        (("WM-0143", "Zebedee/.."), "case.ref", "letters, digits and hyphens"),
        (('category = "2"', "category = 2"), "case.category", "'4'"),
        (("level = 2", "level = 1"), "meeting.level", "2 or 3"),
        (("level = 2", 'level = "Zebedee"'), "meeting.level", "2 or 3"),
        (('"review"', '"Zebedee"'), "meeting.kind", "'emergency'"),
        (("number = 3", "number = 0"), "meeting.number", "at least 1"),
        (("2026-11-18", '"2026-11-18"'), "meeting.held_on", "without quotation marks"),
        (("2026-11-18", "2026-11-18T10:00:00Z"), "meeting.held_on", "a date"),
        (("[meeting]", '[meeting]\nstate = "approved"'), "meeting.state", "'part_heard'"),
        (("[meeting]", '[meeting]\nslot = "25:00"'), "meeting.slot", "10:30"),
        (("[meeting]", "[meeting]\nplace = 1"), "meeting.place", "not known"),
        (("[case]", '[case]\n"Mr Zebedee" = 1'), "case.(a key in quotation marks)", "not known"),
    ],
)
def test_what_may_not_stand_there(change: tuple[str, str], place: str, allowed: str) -> None:
    assert change[0] in HEAD
    sentence = refusal(HEAD.replace(*change, 1))
    assert f"f.toml: {place} " in sentence
    assert allowed in sentence


@pytest.mark.parametrize(
    ("tail", "place", "allowed"),
    [
        ('[[actions]]\n[[actions]]\n[[actions]]\ndue = "Zebedee"', "actions.3.due", "a date"),
        ('[answers.A13]\ndisclosure_decision = "Zebedee"', "answers.A13.disclosure_decision", "'disclose'"),
        ('[answers.A13]\ndisclosure_decision = { text = "Zebedee" }', "answers.A13.disclosure_decision.text", "disclose"),
        ('[answers.A6]\nindex_offence = { words = "Zebedee" }', "answers.A6.index_offence.text", "missing"),
        ('[answers.A6]\nindex_offence = ["Zebedee"]', "answers.A6.index_offence", "words"),
        ('[answers.A6]\nindexoffence = "Zebedee"', "answers.A6.indexoffence", "not known"),
        ('[answers.A99]\nx = 1', "answers.A99", "not known"),
        ('[[actions]]\nrisk = "public"', "actions.1.risk", "square brackets"),
        ('[[actions]]\nrisk = ["public", "Zebedee"]', "actions.1.risk.2", "'known_adult'"),
        ("[[actions]]\nset_at = 4", "actions.1.set_at", "later meeting"),
        ("[[notes]]\nnumber = 1\n[[notes]]\nnumber = 1", "notes.2.number", "twice"),
        ('[[notes]]\nid = "a"\n[[victims]]\nid = "a"', "notes.1.id", "twice"),
        ("[[notes]]\nrestricted_part = 1", "notes.1.restricted_part", "not here"),
        ("[[notes]]\ntyped_at = 2026-01-01T10:00:00", "notes.1.typed_at", "time zone"),
        ("[[notes]]\ntyped_at = 0001-01-01T00:00:00+14:00", "notes.1.typed_at", "calendar"),
        ("[[pauses]]\nfrom_ = 2026-01-01", "pauses.1.from_", "date and time"),
        ("[[refused_entries]]\nat = 10:00:00", "refused_entries.1.at", "words"),
        ('notes = "Zebedee"', "meeting.notes", "not known"),
        ("[notes]\ntext = 'Zebedee'", "notes", "list"),
        (EARLIER.format(3), "earlier.1.meeting.number", "below 3"),
        (EARLIER.format(2) + EARLIER.format(2), "earlier.2.meeting.number", "above"),
        (EARLIER.format(1) + 'state = "open"', "earlier.1.meeting.state", "'issued'"),
        (EARLIER.format(1) + "[earlier.case]\nref = 'Zebedee'", "earlier.1.case", "not known"),
        (EARLIER.format(1) + "[[earlier.actions]]\ndue = 1", "earlier.1.actions.1.due", "a date"),
    ],
)  # fmt: skip
def test_what_may_not_be_said(tail: str, place: str, allowed: str) -> None:
    sentence = refusal(HEAD + tail)
    assert f"f.toml: {place}" in sentence
    assert allowed in sentence


@pytest.mark.parametrize(
    ("tail", "line"),
    [
        ("a = Zebedee", 11),
        ('a = "Zebedee', 11),
        ('a = """Zebedee\n\n', 11),
        ("[answers.A1", 11),
        ("held_on = 2026-02-31", 11),
        ("level = 3\nx = 1", 11),
        ('a = "\\Zebedee"', 11),
        ("Zebedee", 11),
        ("x" + ".x" * 100_000 + " = 1", 11),
    ],
)
def test_unreadable_toml_names_the_line(tail: str, line: int) -> None:
    assert f"line {line}" in refusal(HEAD + tail)


def test_nesting_and_long_numbers_are_refused() -> None:
    assert "nested too deeply" in refusal(HEAD + "a = " + "[" * 200_000)
    assert "nested too deeply" in refusal(HEAD + "a = " + "{b=" * 50_000)
    assert "too long" in refusal(HEAD + "a = " + "9" * 5_000)


def test_files_that_are_no_packs(tmp_path: Path) -> None:
    path = tmp_path / "bad.toml"
    assert "does not exist" in file_refusal(path)
    assert "folder" in file_refusal(tmp_path)
    path.write_bytes(b"\xef\xbb\xbf" + HEAD.encode())
    assert "byte-order mark" in file_refusal(path)
    path.write_bytes(HEAD.encode() + b"# caf\xe9")
    assert "line 11: not UTF-8" in file_refusal(path)
    path.write_bytes(HEAD.encode("utf-16"))
    assert "UTF-8" in file_refusal(path)
    path.write_bytes(b"#" * 5_000_001)
    assert "5 MB" in file_refusal(path)
    path.write_bytes(b"")
    assert "missing" in file_refusal(path)
    path.write_bytes(HEAD.encode()[:-4])
    assert "bad.toml" in file_refusal(path)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no named pipes in folders")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.toml")
    assert "not a file" in file_refusal(tmp_path / "pipe.toml")


def test_a_file_name_cannot_act_on_the_terminal(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as caught:
        read_pack(tmp_path / "a\x1b]52\n.toml")
    assert "\x1b" not in caught.value.sentence
    assert "\n" not in caught.value.sentence

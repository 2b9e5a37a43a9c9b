"""What is wrong is named: the row, the issued file, the words; a head and a file are known again."""

from __future__ import annotations

import json
import shutil
from io import BytesIO
from pathlib import Path

import docx
import pytest
from sqlalchemy import text

from panelkit.documents.protect import protected
from panelkit.domain.errors import BadInput, Refused
from panelkit.domain.heads import heard, printed_in, spoken
from panelkit.services.desk import Desk
from panelkit.services.verifying import Verifying
from panelkit.store.record import Record
from tests.desk import make_desk
from tests.services.test_distribution import REF, issue
from tests.test_commands import panelkit


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record with issued minutes and copies of them, written once."""
    folder = tmp_path_factory.mktemp("issued")
    desk = make_desk(folder, samples=("l2_review_carried_actions",))
    draft = desk.caseload.find(REF)
    desk.minute_taking.write(draft, "full", folder, path=folder / "draft.docx")
    meeting = issue(desk)
    desk.distribution.write(meeting, folder / "copies")
    desk.minute_taking.write(meeting, "full", folder, path=folder / "reprint.docx")
    for each in desk.caseload.record.issued(meeting.id):
        (folder / f"{each.kind}.docx").write_bytes(desk.caseload.record.issued_body(each.id))
    desk.caseload.record.close()
    return folder


@pytest.fixture
def record(made: Path, tmp_path: Path) -> Record:
    """A record of its own for each test."""
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return Record.open(tmp_path / "record.db")


def run(record: Record, sql: str) -> None:
    """By hand, past the program."""
    with record.engine.connect() as connection:
        for table in ("journal", "issued", "template"):
            for what in ("update", "delete"):
                connection.execute(text(f"drop trigger if exists {table}_refuses_{what}"))
        connection.execute(text(sql))


def sentences(record: Record) -> list[str]:
    return [each.sentence for each in Verifying(record).everything().wrong]


# -- what is wrong is named ------------------------------------------------------------------------


def test_a_whole_record_has_nothing_wrong(record: Record) -> None:
    found = Verifying(record).everything()
    assert found.is_good
    assert (found.first_wrong, found.checked.issued) == (None, 2)
    assert found.head is not None
    assert found.head.seq == found.checked.entries


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("update journal set actor = 'x' where seq = 7",
         "Journal entry 7, which says it was made on 23 November 2026 at 10:00, is not as it was written."),
        ("delete from journal where seq = 7",
         "Journal entry 7 is missing; the one before it was made on 23 November 2026 at 10:00."),
        ("delete from journal where seq = 1", "The journal does not begin with entry 1."),
        ("update issued set body = x'00' where kind = 'full'",
         "WM-0143-3, Minutes, version 1 is not as it was issued on 23 November 2026 at 10:00."),
        ("delete from issued where kind = 'actions'",
         "A document of WM-0143-3 that was issued on 23 November 2026 at 10:00 is no longer in the record."),
        ("update answer set text = 'forged' where field = 'scenario' and meeting_id in (select meeting_id from issued)",
         "WM-0143-3 A10 {label}: the words are not as the journal has them."),
        ("update dispatch set organisation = 'Somebody else' where copy_number = 2",
         "The register of copy 2 of WM-0143-3, version 1: its recipient or its file is not as it was journaled."),
        ("update template set body = x'00' where template_id = 'minutes'",
         "The kept template minutes version {version} is not as it was when documents were issued with it."),
    ],
    ids=["row", "row gone", "first row gone", "file", "file gone", "words", "copy", "template"],
)  # fmt: skip
def test_the_first_that_is_wrong_is_named(record: Record, sql: str, said: str) -> None:
    meeting = record.load(REF)
    field = meeting.field("A10", "scenario")
    assert field is not None
    version = next(i.template_version for i in record.issued(meeting.id) if i.kind == "full")
    run(record, sql)
    assert sentences(record)[0] == said.format(label=field.label, version=version)


def test_a_value_that_no_meeting_can_hold_is_no_fault_of_verify(record: Record) -> None:
    run(record, "update meeting set level = 'banana'")
    run(record, "update issued set body = x'00'")
    assert "cannot be read" in sentences(record)[0]


def test_the_command_names_it_and_keeps_its_keys(record: Record, tmp_path: Path) -> None:
    db = ("--db", tmp_path / "record.db")
    assert panelkit("verify", *db).returncode == 0
    run(record, "update journal set actor = 'x' where seq = 7")
    done = panelkit("verify", *db)
    assert (done.returncode, done.stdout.startswith("Journal entry 7, which")) == (1, True)
    told = panelkit("verify", "--json", *db)
    found = json.loads(told.stdout)
    assert told.returncode == 1
    assert (found["ok"], found["first_wrong"], found["issued_checked"]) == (False, 7, 2)
    assert found["entries"] == 7
    assert found["wrong"][0]["where"] == "entry 7"


# -- the head in the foot of what was issued -------------------------------------------------------


def foot(path: Path) -> str:
    footer = docx.Document(str(path)).sections[0].footer
    return " ".join(paragraph.text for paragraph in footer.paragraphs)


def test_issued_documents_carry_the_head_of_their_moment_and_drafts_none(
    record: Record, tmp_path: Path
) -> None:
    assert printed_in(foot(tmp_path / "draft.docx")) == ""
    heads = {name: printed_in(foot(tmp_path / f"{name}.docx")) for name in ("full", "actions")}
    assert heads["full"] == heads["actions"], "composed at one moment"
    digits, number = heard(heads["full"])
    here = record.entry_with(digits)
    assert here is not None
    assert (here.seq, len(digits)) == (number, 16)
    with record._reading() as connection:
        noted = text("select min(seq) from journal where field = 'issued'")
        assert number == connection.execute(noted).scalar_one() - 2, "just before it was issued"
    for copy in (tmp_path / "copies").glob("*.docx"):
        assert Verifying(record).head(printed_in(foot(copy))).is_good


def test_plain_text_carries_it_too(record: Record, tmp_path: Path) -> None:
    said = panelkit("minutes", REF, "--text", "--db", tmp_path / "record.db").stdout
    head = record.newest_head()
    assert head is not None
    assert f"Journal head {spoken(head.hash, head.seq)}" in said.splitlines()


def test_a_head_read_out_is_known_and_a_cut_tail_is_not(record: Record, tmp_path: Path) -> None:
    head = printed_in(foot(tmp_path / "full.docx"))
    said = head.upper().replace(" ", "-").replace(",-ENTRY-", " entry ")
    found = Verifying(record).head(said)
    assert found.is_good
    assert found.lines[0].startswith(f"The journal runs through {head} on 23 November 2026")
    _digits, number = heard(head)
    run(record, f"delete from journal where seq >= {number}")
    assert Verifying(record).everything().checked.first_wrong is None, "the chain alone is whole"
    assert Verifying(record).head(head).lines[0].startswith("No entry of this record's journal")
    assert panelkit("verify", "--head", head, "--db", tmp_path / "record.db").returncode == 1


def test_what_is_no_head_is_said(record: Record) -> None:
    for said in ("", "4f2a", "4f2a 91c0 77de 0bxx, entry 2", "entry 12"):
        with pytest.raises(BadInput, match="16 digits"):
            Verifying(record).head(said)
    head = record.newest_head()
    assert head is not None
    assert not Verifying(record).head(spoken(head.hash, head.seq + 1)).is_good


# -- files -----------------------------------------------------------------------------------------


def test_files_are_known_by_their_bytes(record: Record, tmp_path: Path) -> None:
    asked = Verifying(record)

    def first(name: str) -> tuple[bool, str]:
        found = asked.file((tmp_path / name).read_bytes(), name)
        return found.is_good, found.lines[0]

    at = "on 23 November 2026 at 10:00 by Ruth Calloway"
    assert first("full.docx") == (
        True, f"This is WM-0143-3, Minutes, version 1, exactly as it was issued {at}.",
    )  # fmt: skip
    good, said = first("reprint.docx")
    assert (good, said.startswith("This is a reprint of the minutes of WM-0143-3")) == (True, True)
    good, said = first("draft.docx")
    assert (good, "never issued" in said) == (False, True)
    copies = sorted((tmp_path / "copies").glob("*_copy1.docx"))
    good, said = first(f"copies/{copies[0].name}")
    registered = record.register(record.load(REF).id)[0]
    assert good
    assert f"This is copy 1 of WM-0143-3, version 1, for {registered.name}" in said
    assert said.endswith("not marked as sent.")


def test_a_file_saved_again_or_edited_is_told_from_the_issued_one(
    record: Record, tmp_path: Path
) -> None:
    document = docx.Document(str(tmp_path / "full.docx"))
    again = BytesIO()
    document.save(again)
    found = Verifying(record).file(again.getvalue(), "again.docx")
    assert not found.is_good
    assert "Its words are those of WM-0143-3, Minutes, version 1" in found.lines[1]
    assert found.lines[-1].startswith("The journal runs through")
    changed = next(p for p in document.paragraphs if len(p.text) > 30)
    changed.runs[0].text = "Nothing of the sort was said."
    edited = BytesIO()
    document.save(edited)
    found = Verifying(record).file(edited.getvalue(), "edited.docx")
    assert found.lines[1] == "It is nearest to WM-0143-3, Minutes, version 1: 1 paragraph differs."
    assert "sort was said" not in " ".join(found.lines), "no case text is printed"


def test_a_file_with_a_password_is_opened_with_it(record: Record, tmp_path: Path) -> None:
    locked = protected((tmp_path / "full.docx").read_bytes(), "long enough")
    with pytest.raises(Refused, match="password"):
        Verifying(record).file(locked, "locked.docx")
    assert Verifying(record).file(locked, "locked.docx", "long enough").is_good


def test_the_command_answers_for_a_file(record: Record, tmp_path: Path) -> None:
    db = ("--db", tmp_path / "record.db")
    assert panelkit("verify", tmp_path / "full.docx", *db).returncode == 0
    done = panelkit("verify", tmp_path / "draft.docx", "--json", *db)
    assert (done.returncode, json.loads(done.stdout)["ok"]) == (1, False)
    assert panelkit("verify", tmp_path / "full.docx", "--head", "x", *db).returncode == 2


def test_nobody_but_a_record_carries_a_head(tmp_path: Path) -> None:
    desk: Desk = make_desk(tmp_path, samples=("l2_review_carried_actions",))
    text_of = desk.minute_taking.text(desk.caseload.find(REF))
    assert "Journal head" not in text_of

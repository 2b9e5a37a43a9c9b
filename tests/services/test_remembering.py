"""The head of a record is remembered outside it: an older copy in its place is noticed, nothing else."""

from __future__ import annotations

import json
import shutil
import stat
from pathlib import Path

import pytest
from sqlalchemy import text

from panelkit import paths
from panelkit.domain.errors import Refused
from panelkit.services import copies
from panelkit.services.desk import Desk
from panelkit.services.remembering import MOST, Accepted, Memory
from panelkit.store.record import Record
from tests.desk import Clock, fresh_meeting, make_desk
from tests.test_commands import REVIEW, panelkit


def memory_of(desk: Desk) -> Memory:
    assert desk.memory is not None
    return desk.memory


def record_of(desk: Desk) -> Record:
    return desk.caseload.record


def work(desk: Desk, ref: str) -> None:
    fresh_meeting(desk, ref)


def copy_of(desk: Desk, to: Path) -> Path:
    return copies.backup(record_of(desk), to, Clock()).path


def put_back(copy: Path, desk: Desk) -> Desk:
    """The copy laid over the record by hand, as somebody would who does not know better."""
    path = record_of(desk).path
    record_of(desk).close()
    for ending in ("-wal", "-shm"):
        Path(f"{path}{ending}").unlink(missing_ok=True)
    shutil.copy(copy, path)
    return make_desk(path.parent)


def test_what_is_kept_is_private_and_holds_no_word_of_a_case(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    work(desk, "HM-0901")
    memory_of(desk).remember(record_of(desk))
    file = memory_of(desk).file
    assert file.parent == paths.heads_folder()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in file.parent.iterdir()] == [file.name], "nothing half-written"
    kept = json.loads(file.read_text())
    assert set(kept) == {"first", "heads"}
    assert set(kept["heads"][0]) == {"seq", "hash", "at"}
    for word in ("HM-0901", "Invented", "Calloway", str(tmp_path)):
        assert word not in file.read_text()


def test_working_on_is_never_an_alarm_and_several_heads_are_kept(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    for number in range(MOST + 3):
        work(desk, f"HM-1{number:03}")
        memory_of(desk).remember(record_of(desk))
        assert not memory_of(desk).check(record_of(desk)).is_alarm
    assert len(memory_of(desk).heads()) == MOST
    head = record_of(desk).newest_head()
    assert memory_of(desk).heads()[-1] == head


def test_an_older_copy_in_its_place_is_noticed_and_says_how_many_are_missing(
    tmp_path: Path,
) -> None:
    desk = make_desk(tmp_path)
    work(desk, "HM-0901")
    copy = copy_of(desk, tmp_path / "copy.db")
    before = record_of(desk).verify().entries
    work(desk, "HM-0902")
    missing = record_of(desk).verify().entries - before
    memory_of(desk).remember(record_of(desk))
    again = put_back(copy, desk)
    found = memory_of(again).check(record_of(again))
    assert found.is_alarm
    assert found.sentence.startswith("This record is older than when it was last open here (")
    assert found.sentence.endswith(f": {missing} journal entries are missing.")
    work(again, "HM-0903")
    memory_of(again).remember(record_of(again))
    assert memory_of(again).check(record_of(again)).is_alarm, "working on does not end it"


def test_a_tail_that_was_cut_is_noticed_by_verify_too(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    work(desk, "HM-0901")
    memory_of(desk).remember(record_of(desk))
    entries = record_of(desk).verify().entries
    with record_of(desk).engine.connect() as connection:
        connection.execute(text("drop trigger journal_refuses_delete"))
        connection.execute(text(f"delete from journal where seq > {entries - 2}"))
    assert record_of(desk).verify().first_wrong is None, "the chain alone is whole"
    done = panelkit("verify", "--json", "--db", tmp_path / "record.db")
    found = json.loads(done.stdout)
    assert (done.returncode, found["first_wrong"]) == (1, entries - 1)
    assert "2 journal entries are missing" in found["wrong"][0]["sentence"]


def test_a_journal_that_went_another_way_is_noticed(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    work(desk, "HM-0901")
    copy = copy_of(desk, tmp_path / "copy.db")
    work(desk, "HM-0902")
    memory_of(desk).remember(record_of(desk))
    again = put_back(copy, desk)
    for number in range(3):
        work(again, f"HM-200{number}")
    found = memory_of(again).check(record_of(again))
    assert "is not the one that it was" in found.sentence
    assert found.standing.missing == 0


def test_what_ends_an_alarm_is_journaled_and_then_it_is_over(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    work(desk, "HM-0901")
    copy = copy_of(desk, tmp_path / "copy.db")
    work(desk, "HM-0902")
    memory_of(desk).remember(record_of(desk))
    known = memory_of(desk).heads()[-1]
    again = put_back(copy, desk)
    memory_of(again).accept(record_of(again), Accepted.RESTORED, again.clock, again.who)
    assert not memory_of(again).check(record_of(again)).is_alarm
    with record_of(again)._reading() as connection:
        row = connection.execute(text("select * from journal order by seq desc limit 1")).one()
    assert (row.entity, row.field, row.actor) == ("record", "accepted_restored", again.who)
    assert row.old_hash == known.hash
    assert record_of(again).verify().is_good
    with pytest.raises(Refused, match="as it was"):
        memory_of(again).accept(record_of(again), Accepted.LOST, again.clock, again.who)


# -- no false alarms -------------------------------------------------------------------------------


def test_another_machine_that_wrote_on_is_no_alarm(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    work(desk, "HM-0901")
    here, there = Memory(tmp_path / "one", tmp_path), Memory(tmp_path / "two", tmp_path)
    for turn, memory in enumerate((here, there, here, there)):
        assert not memory.check(record_of(desk)).is_alarm
        memory.remember(record_of(desk))
        work(desk, f"HM-300{turn}")


def test_a_copy_that_is_looked_at_elsewhere_is_no_alarm(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    work(desk, "HM-0901")
    copy = copy_of(desk, tmp_path / "copies.db")
    work(desk, "HM-0902")
    memory_of(desk).remember(record_of(desk))
    other = Memory(paths.heads_folder(), copy)
    assert not other.check(Record.open(copy)).is_alarm


def test_a_restore_by_the_program_is_said_and_is_no_alarm(tmp_path: Path) -> None:
    db = tmp_path / "r.db"
    assert panelkit("import", REVIEW, "--db", db).returncode == 0
    assert panelkit("backup", tmp_path / "copy.db", "--db", db).returncode == 0
    other = next(path for path in sorted(REVIEW.parent.glob("*.toml")) if path != REVIEW)
    assert panelkit("import", other, "--db", db).returncode == 0
    assert "It runs through what was remembered" in panelkit("verify", "--db", db).stdout
    for ending in ("", "-wal", "-shm"):
        Path(f"{db}{ending}").unlink(missing_ok=True)
    back = ("restore", tmp_path / "copy.db", "--to", db)
    assert panelkit(*back, "--db", db, "--as", "Moira Prendle").returncode == 0
    done = panelkit("verify", "--db", db)
    assert done.returncode == 0, done.stdout
    assert "This record was put back from a copy by Moira Prendle on" in done.stdout
    again = panelkit("verify", "--db", db).stdout
    assert "It runs through what was remembered" in again, "said once"


def test_the_demonstration_begun_afresh_is_no_alarm(tmp_path: Path) -> None:
    from panelkit.commands.demonstration import demo_desk
    from panelkit.wiring import Settings, remembering_heads

    settings = Settings(db=str(tmp_path / "demo.db"))
    with remembering_heads(print):
        demo_desk(settings, fresh=False)
    desk = demo_desk(settings, fresh=True)
    assert not memory_of(desk).check(record_of(desk)).is_alarm


def test_a_new_record_where_another_was_is_no_alarm_and_one_laid_there_is(tmp_path: Path) -> None:
    db, away = tmp_path / "r.db", tmp_path / "away.db"
    for path in (db, away):
        panelkit("import", REVIEW, "--db", path)
    for ending in ("", "-wal", "-shm"):
        Path(f"{db}{ending}").unlink(missing_ok=True)
    panelkit("import", REVIEW, "--db", db)
    assert panelkit("verify", "--db", db).returncode == 0
    shutil.copy(away, db)
    done = panelkit("verify", "--db", db)
    assert done.returncode == 1
    assert done.stdout.startswith("Another record is at this place than when")
    assert "panelkit verify --accept" in done.stdout
    assert panelkit("verify", "--accept", "nonsense", "--db", db).returncode == 2
    assert panelkit("verify", "--accept", "replaced", "--db", db).returncode == 0
    assert panelkit("verify", "--db", db).returncode == 0


def test_a_damaged_or_missing_file_claims_nothing(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    work(desk, "HM-0901")
    memory_of(desk).remember(record_of(desk))
    for damage in (b"", b"{", b"[]", b'{"heads": [{"seq": "x"}]}', b"\xff\xfe"):
        memory_of(desk).file.write_bytes(damage)
        assert not memory_of(desk).check(record_of(desk)).is_alarm
        assert memory_of(desk).heads() == ()
    memory_of(desk).remember(record_of(desk))
    assert len(memory_of(desk).heads()) == 1


@pytest.mark.parametrize("what", ["keys changed", "encrypted"])
def test_an_act_on_the_whole_record_explains_no_older_copy(tmp_path: Path, what: str) -> None:
    """Only a copy put back, or a person who took it as it is, says why a record is another."""
    desk = make_desk(tmp_path)
    work(desk, "HM-0901")
    copy = copy_of(desk, tmp_path / "copies" / "one.db")
    work(desk, "HM-0902")
    memory_of(desk).remember(record_of(desk))
    desk = put_back(copy, desk)
    work(desk, "HM-0903")
    record_of(desk).note_of_record(what, desk.caseload.by(), command="act")
    assert memory_of(desk).check(record_of(desk)).is_alarm

"""Copies of an encrypted record go with its key slots, and come back with them. All invented."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from panelkit import cli
from panelkit.domain.errors import BadInput, PanelkitError, Refused
from panelkit.domain.people import Role
from panelkit.packs.reader import read_pack
from panelkit.services import copies
from panelkit.services.caseload import same_content
from panelkit.services.entering import enter, unlock
from panelkit.services.people import FIRST, People, found
from panelkit.store.belongings import keys_of
from panelkit.store.record import Record
from panelkit.store.tries import Tries
from panelkit.wiring import Settings, desk_over
from tests.desk import SAMPLES, Clock

RUTH, OMAR = "Ruth Calloway", "Omar Okafor"
WORDS = {RUTH: "a passphrase of Ruth", OMAR: "a passphrase of Omar"}
REVIEW = "WM-0143-3"


pytestmark = pytest.mark.usefixtures("cheap_slots")


@pytest.fixture
def record(tmp_path: Path) -> Record:
    """Ruth's, with the sample review in it, and Omar may work with it."""
    made = found(tmp_path / "r.db", RUTH, FIRST, WORDS[RUTH], Clock())
    desk = desk_over(Settings(clock=Clock()), made.record)
    pack = read_pack(SAMPLES / "l2_review_carried_actions.toml", desk.caseload.agenda)
    desk.caseload.take_in([*pack.earlier, pack.meeting])
    People(made.record, Clock()).add(OMAR, [Role.CHAIR], WORDS[OMAR])
    return made.record


def opened(path: Path, name: str) -> Record:
    return enter(path, name, "", WORDS[name], Tries(path.parent / "tries"), Clock())


def test_a_copy_has_its_key_slots_and_each_person_opens_it(record: Record, tmp_path: Path) -> None:
    made = copies.backup(record, tmp_path / "copies" / "one.db", Clock())
    assert made.checked.is_good
    assert keys_of(made.path).read_bytes() == keys_of(record.path).read_bytes()
    found = copies.restore(made.path, tmp_path / "back.db", record)
    assert found.checked.is_good
    assert found.summed
    for name in (RUTH, OMAR):
        again = opened(tmp_path / "back.db", name)
        assert same_content(again.load(REVIEW), record.load(REVIEW))
        again.close()
    for file in (made.path, keys_of(made.path), tmp_path / "back.db"):
        assert b"Calloway" not in file.read_bytes()
    record.close()


def test_slots_that_were_changed_are_seen_by_the_checksum(record: Record, tmp_path: Path) -> None:
    made = copies.backup(record, tmp_path / "one.db", Clock())
    with keys_of(made.path).open("ab") as file:
        file.write(b" ")
    with pytest.raises(BadInput, match="not as it was written"):
        copies.look(made.path, record)
    record.close()


def test_a_copy_from_before_somebody_left_opens_with_a_passphrase_of_its_time(
    record: Record, tmp_path: Path
) -> None:
    made = copies.backup(record, tmp_path / "one.db", Clock())
    People(record, Clock()).remove(OMAR)
    record = opened(tmp_path / "r.db", RUTH)
    assert not record.opens_too(made.path)
    with pytest.raises(PanelkitError):
        copies.look(made.path, record)
    keys = unlock(made.path, OMAR, "", WORDS[OMAR], Tries(tmp_path / "tries"), Clock())
    found = copies.look(made.path, record, opened=keys)
    assert found.checked.is_good
    assert found.against is not None
    assert found.against.same_history
    record.close()


def test_a_lost_laptop_comes_back_from_its_copy_by_command(
    record: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = copies.backup(record, tmp_path / "stick" / "one.db", Clock())
    before = record.load(REVIEW)
    record.close()
    monkeypatch.setenv("PANELKIT_PASSPHRASE", WORDS[RUTH])
    monkeypatch.setenv("PANELKIT_AS", RUTH)
    for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    monkeypatch.delenv("PANELKIT_DB", raising=False)
    to = tmp_path / "new" / "panelkit.db"
    result = CliRunner().invoke(cli.app, ["restore", str(made.path), "--to", str(to)])
    assert result.exit_code == 0, result.output + str(result.exception)
    assert f"Written to {to}" in result.output
    again = opened(to, RUTH)
    assert same_content(again.load(REVIEW), before)
    assert again.verify().is_good
    again.close()
    monkeypatch.setenv("PANELKIT_PASSPHRASE", "not her passphrase")
    wrong = CliRunner().invoke(cli.app, ["restore", str(made.path)])
    assert isinstance(wrong.exception, Refused)

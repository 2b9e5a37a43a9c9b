"""Key slots: each person's way in, bound to the record and to the person. People are invented."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from panelkit.domain.errors import BadInput, NotFound, PanelkitError, Refused
from panelkit.store import slots as module
from panelkit.store.belongings import keys_of
from panelkit.store.keys import Keys
from panelkit.store.slots import Slots

RUTH, OMAR = (
    ("p-1", "Ruth Calloway", "a passphrase of Ruth"),
    ("p-2", "Omar Okafor", "one of Omar's"),
)


pytestmark = pytest.mark.usefixtures("cheap_slots")


def two(keys: Keys) -> Slots:
    return Slots.made(keys.record).added(*RUTH).added(*OMAR).holding(keys)


def same(one: Keys, other: Keys) -> bool:
    return one.packed() == other.packed()


def test_each_person_gets_the_same_keys_and_nobody_elses_passphrase_does(tmp_path: Path) -> None:
    keys = Keys.new("r-1", chain_from=7)
    two(keys).write(keys_of(tmp_path / "r.db"))
    read = Slots.read(keys_of(tmp_path / "r.db"))
    for person, name, passphrase in (RUTH, OMAR):
        who, (got,) = read.open(f"  {name.upper()} ", passphrase)
        assert who == person
        assert same(got, keys)
    for name, passphrase in ((RUTH[1], OMAR[2]), ("Nobody Here", RUTH[2]), (RUTH[1], "")):
        with pytest.raises(Refused) as refused:
            read.open(name, passphrase)
        assert refused.value.message == module.WRONG, "an unknown name is told the same"


def test_the_file_is_its_owners_and_says_no_name_and_no_key(tmp_path: Path) -> None:
    keys, path = Keys.new("r-1"), tmp_path / "r.db.keys"
    two(keys).write(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    raw = path.read_bytes()
    for secret in (
        b"Calloway",
        b"passphrase",
        keys.database.hex().encode(),
        keys.database,
    ):
        assert secret not in raw
    assert [p.name for p in tmp_path.iterdir()] == ["r.db.keys"], "nothing else is left"
    assert "Keys(...)" in f"{keys!r} {keys}"


def test_whoever_is_taken_out_does_not_get_the_next_keys() -> None:
    keys = Keys.new("r-1")
    before = two(keys)
    after = before.without("p-2").holding(keys.rekeyed())
    with pytest.raises(Refused):
        after.open(*OMAR[1:])
    (got,) = after.open(*RUTH[1:])[1]
    assert got.database != keys.database
    assert got.chain == keys.chain, "the journal's chain goes on"


def test_both_keys_are_offered_while_the_record_is_written_anew() -> None:
    old = Keys.new("r-1")
    new = old.rekeyed()
    _who, found = two(old).holding(new, also=old).open(*RUTH[1:])
    assert [same(*pair) for pair in zip(found, (new, old), strict=True)] == [True, True]


def test_a_slot_moved_to_another_person_or_record_does_not_open() -> None:
    keys = Keys.new("r-1")
    slots = two(keys)
    ruth, omar = slots.slots
    import dataclasses

    swapped = dataclasses.replace(omar, id=ruth.id)
    for moved in (
        dataclasses.replace(slots, slots=(swapped,)),
        dataclasses.replace(slots, record="r-2", slots=(omar,)),
    ):
        with pytest.raises((Refused, BadInput)):
            moved.open(*OMAR[1:])


@settings(max_examples=60, deadline=None)
@given(at=st.integers(0, 10_000), bit=st.integers(0, 7))
def test_a_flipped_bit_opens_nothing_or_the_same(at: int, bit: int) -> None:
    keys = Keys.new("r-1")
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "k"
        Slots.made("r-1").added(*RUTH).holding(keys).write(path)
        raw = bytearray(path.read_bytes())
        raw[at % len(raw)] ^= 1 << bit
        path.write_bytes(raw)
        try:
            _who, found = Slots.read(path).open(*RUTH[1:])
        except PanelkitError:
            return
        assert all(same(one, keys) for one in found)


@pytest.mark.parametrize(
    "raw",
    [b"", b"{}", b"[]", b"null", b"\xff\xfe", b'{"format": 1}', b'{"format": 1, "record": 5, "slots": [], "sealed": []}',
     b'{"format": 1, "record": "r", "slots": [{}], "sealed": []}', b"[" * 5000, b" " * (2 * 1024 * 1024)],
)  # fmt: skip
def test_what_is_no_slots_file_is_one_sentence(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / "k").write_bytes(raw)
    with pytest.raises(BadInput, match="key slots"):
        Slots.read(tmp_path / "k")


def test_a_missing_file_and_a_newer_one_say_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="key slots of this record are missing"):
        Slots.read(tmp_path / "r.db.keys")
    (tmp_path / "k").write_text(json.dumps({"format": 2}))
    with pytest.raises(BadInput) as newer:
        Slots.read(tmp_path / "k")
    assert "newer panelkit" in newer.value.remedy


def test_a_slot_that_asks_too_much_or_too_little_work_is_refused() -> None:
    import dataclasses

    slots = two(Keys.new("r-1"))
    for change in ({"memory": 2**30}, {"passes": 1000}, {"memory": 8}, {"lanes": 0}):
        cheap = dataclasses.replace(slots.slots[0], **change)
        with pytest.raises(BadInput):
            dataclasses.replace(slots, slots=(cheap,)).open(*RUTH[1:])

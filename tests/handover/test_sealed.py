"""The sealed file: opened by its passphrase as it was written, and refused in one line else."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from panelkit.domain.errors import BadInput, NotFound, PanelkitError
from panelkit.packs import sealed as s
from panelkit.sealing import passphrase as p

PASS = "acorn album alder amber"
SEED = 20261123


def closed(content: bytes = b"a meeting" * 500, words: str = PASS) -> bytes:
    return s.Seal(words, s.LEAST).close(content)


def test_what_was_sealed_is_what_is_opened() -> None:
    assert s.open_sealed(closed(), PASS) == b"a meeting" * 500
    assert closed() != closed(), "salt and nonce are fresh"
    with pytest.raises(BadInput, match="does not open"):
        s.open_sealed(closed(), PASS + "s")


def test_200_random_bytes_changed_are_all_refused() -> None:
    chance, good = random.Random(SEED), closed()
    heads = 0
    for _ in range(200):
        place = chance.randrange(len(good))
        bad = bytearray(good)
        bad[place] ^= chance.randrange(1, 256)
        heads += place < s._HEAD.size
        with pytest.raises(PanelkitError):
            s.open_sealed(bytes(bad), PASS)
    print(f"seed {SEED}: 200 of 200 changed bytes refused, {heads} of them before the content")


def test_every_byte_before_the_content_is_sealed_with_it() -> None:
    good = closed()
    for place in range(s._HEAD.size):
        bad = bytearray(good)
        bad[place] ^= 0x01
        with pytest.raises(PanelkitError):
            s.open_sealed(bytes(bad), PASS)


@pytest.mark.parametrize("length", [0, 1, 10, 30, 60, 75, 100])
def test_a_file_that_is_cut_short_is_refused(length: int) -> None:
    with pytest.raises(BadInput):
        s.open_sealed(closed()[:length], PASS)
    with pytest.raises(BadInput):
        s.open_sealed(closed()[:-1], PASS)
    with pytest.raises(BadInput):
        s.open_sealed(closed() + b"x", PASS)


@pytest.mark.parametrize(
    "cost",
    [
        s.Cost(2**32 - 1, 3, 4), s.Cost(64 * 1024, 255, 4), s.Cost(64 * 1024, 3, 255),
        s.Cost(8, 1, 1), s.Cost(64 * 1024, 0, 4), s.Cost(64 * 1024, 3, 0),
    ],
)  # fmt: skip
def test_what_a_file_says_of_its_cost_is_bounded_before_anything_is_computed(
    cost: s.Cost, monkeypatch: pytest.MonkeyPatch
) -> None:
    def worked_out(*_: object) -> None:
        raise AssertionError("something was computed")

    monkeypatch.setattr(s, "derive", worked_out)
    head = s._HEAD.pack(s.MAGIC, 1, cost.memory, cost.passes, cost.lanes, b"s" * 16, b"n" * 12)
    with pytest.raises(BadInput, match="more or less work"):
        s.open_sealed(head + b"x" * 100, PASS)


def test_a_newer_form_and_another_kind_of_file_are_named() -> None:
    head = s._HEAD.pack(s.MAGIC, 2, 65536, 3, 4, b"s" * 16, b"n" * 12)
    with pytest.raises(BadInput, match="form that this version"):
        s.open_sealed(head + b"x" * 100, PASS)
    with pytest.raises(BadInput, match="not a hand-over"):
        s.open_sealed(b"PK\x03\x04" + b"x" * 500, PASS)


def test_a_bomb_inside_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(s, "_LARGEST_CONTENT", 10_000)
    with pytest.raises(BadInput, match="holds no meeting"):
        s.open_sealed(closed(b"0" * 20_000), PASS)


def test_what_is_no_file_or_too_large_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(NotFound):
        s.read_sealed(tmp_path / "none")
    with pytest.raises(BadInput, match="not a file"):
        s.read_sealed(tmp_path)
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(BadInput, match="not a file"):
        s.read_sealed(tmp_path / "pipe")
    monkeypatch.setattr(s, "LARGEST", 1000)
    (tmp_path / "huge").write_bytes(closed(os.urandom(2000)))
    with pytest.raises(BadInput, match="larger than any"):
        s.read_sealed(tmp_path / "huge")


def test_the_words_are_256_and_cannot_be_taken_for_one_another() -> None:
    assert len(p.WORDS) == len(set(p.WORDS)) == 256
    assert len({word[:4] for word in p.WORDS}) == 256
    assert all(word.isascii() and word.isalpha() and 4 <= len(word) <= 8 for word in p.WORDS)
    drawn = {p.offered() for _ in range(50)}
    assert len(drawn) == 50
    assert all(len(words.split()) == p.DRAWN for words in drawn)


@pytest.mark.parametrize("heard", ["Acorn-Album  alder. AMBER", " acorn album\talder amber "])
def test_capitals_hyphens_and_spaces_are_not_told_by_voice(heard: str) -> None:
    assert p.as_told(heard) == PASS


def test_a_short_passphrase_is_refused() -> None:
    with pytest.raises(BadInput, match="at least 12"):
        p.must_do("short - - - - - -")

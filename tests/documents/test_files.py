"""A document is on disk whole or not at all, and the folder holds nothing else."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from panelkit.documents.files import write_file
from panelkit.domain.errors import CannotWrite

posix_only = pytest.mark.skipif(os.name == "nt", reason="file modes and limits of POSIX systems")


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_it_writes_and_replaces(tmp_path: Path) -> None:
    target = tmp_path / "NM-0143_M3_20261118_v1.docx"
    assert write_file(target, b"one").path == target
    result = write_file(target, b"two")
    assert (result.path, result.note) == (target, "")
    assert target.read_bytes() == b"two"
    assert left(tmp_path) == [target.name]


@posix_only
def test_only_the_owner_may_read_it(tmp_path: Path) -> None:
    path = write_file(tmp_path / "a.docx", b"x").path
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_document_open_in_word_gets_a_numbered_neighbour(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "a.docx"
    target.write_bytes(b"open in Word")
    (tmp_path / "a (2).docx").write_bytes(b"an older copy")
    replace = Path.replace

    def locked(self: Path, to: Path) -> Path:
        if to == target:
            raise PermissionError(errno.EACCES, "in use")
        return replace(self, to)

    monkeypatch.setattr(Path, "replace", locked)
    result = write_file(target, b"new")
    assert result.path.name == "a (3).docx"
    assert result.path.read_bytes() == b"new"
    assert "a (3).docx" in result.note
    assert target.read_bytes() == b"open in Word"
    assert left(tmp_path) == ["a (2).docx", "a (3).docx", "a.docx"]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (errno.ENOSPC, "disk is full"),
        (errno.EROFS, "only be read"),
        (errno.EACCES, "may not write"),
        (errno.EIO, "fault"),
        (errno.EBUSY, "busy"),
    ],
)
def test_a_failing_disk_leaves_the_old_document_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, words: str
) -> None:
    target = tmp_path / "a.docx"
    target.write_bytes(b"old")

    def failing(handle: int) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "fsync", failing)
    with pytest.raises(CannotWrite, match=words) as caught:
        write_file(target, b"new")
    assert caught.value.remedy
    assert target.read_bytes() == b"old"
    assert left(tmp_path) == ["a.docx"]


@posix_only
def test_a_disk_that_takes_only_part_of_it(tmp_path: Path) -> None:
    script = (
        "import resource, sys\n"
        "from pathlib import Path\n"
        "from panelkit.documents.files import write_file\n"
        "from panelkit.domain.errors import CannotWrite\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))\n"
        "try:\n"
        "    write_file(Path(sys.argv[1]), b'x' * 20000)\n"
        "except CannotWrite as error:\n"
        "    print(error.sentence)\n"
    )
    target = tmp_path / "a.docx"
    target.write_bytes(b"old")
    done = subprocess.run(
        [sys.executable, "-c", script, str(target)],
        check=True, capture_output=True, text=True, timeout=60,
        cwd=Path(__file__).parent.parent.parent,
    )  # fmt: skip
    assert "does not take a file of that size" in done.stdout
    assert target.read_bytes() == b"old"
    assert left(tmp_path) == ["a.docx"]


def test_a_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite, match="no such folder"):
        write_file(tmp_path / "none" / "a.docx", b"x")
    assert left(tmp_path) == []


def test_a_file_where_a_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "minutes").write_bytes(b"a file")
    with pytest.raises(CannotWrite, match=r"not a folder|no such folder"):
        write_file(tmp_path / "minutes" / "a.docx", b"x")
    assert left(tmp_path) == ["minutes"]


def test_a_name_that_belongs_to_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a.docx").mkdir()
    with pytest.raises(CannotWrite, match="not a file"):
        write_file(tmp_path / "a.docx", b"x")
    assert left(tmp_path) == ["a.docx"]


@posix_only
def test_a_device_is_never_replaced(tmp_path: Path) -> None:
    link = tmp_path / "a.docx"
    link.symlink_to("/dev/full")
    with pytest.raises(CannotWrite, match="not a file"):
        write_file(link, b"x")
    assert left(tmp_path) == ["a.docx"]


def test_a_name_too_long(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite):
        write_file(tmp_path / ("a" * 300 + ".docx"), b"x")
    assert left(tmp_path) == []


def test_an_empty_document_is_never_written(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="empty"):
        write_file(tmp_path / "a.docx", b"")
    assert left(tmp_path) == []

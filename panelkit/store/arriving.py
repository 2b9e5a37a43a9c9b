"""Files that have their name once they are whole, and never take the place of another.

What a kill leaves is hidden and ends in ``.part``, or is a hidden folder; the next file that
arrives in the same folder clears it away.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from panelkit.domain.errors import NotSaved, Refused
from panelkit.store import places

_LEFT: Final = re.compile(
    r"^\.(?:panelkit-(\d+)-\w+|.+-(\d+)-[0-9a-f]{8}\.part(?:-journal|-wal|-shm)?)$"
)
"""What this module makes for a while, with the number of the process that made it."""


def new_file(path: Path) -> None:
    """An empty file that only its owner reads. Raises FileExistsError, OSError."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))


def must_be_free(path: Path) -> None:
    """Raises Refused where something has that name."""
    if os.path.lexists(path):
        msg = f"There is already a file at {path}."
        raise Refused(msg, remedy="Name another; a copy never takes the place of a file.")


def _place_for(path: Path) -> None:
    must_be_free(path)
    try:
        places.make_folder(path.parent)
    except OSError as failed:
        raise _cannot_be_made(path, failed) from failed
    clear_left_over(path.parent)


def _cannot_be_made(path: Path, failed: OSError) -> NotSaved:
    why = failed.strerror or "the folder cannot be written"
    return NotSaved(f"{path} cannot be made: {why}.", remedy="Name a folder of your own.")


def clear_left_over(folder: Path) -> None:
    """Remove what a killed program was filling; nothing of a program that runs."""
    try:
        names = [name for name in os.listdir(folder) if name.startswith(".")]  # noqa: PTH208
    except OSError:
        return
    for name in names:
        found = _LEFT.match(name)
        if found and _is_gone(int(found[1] or found[2])):
            path = folder / name
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)


def _is_gone(process: int) -> bool:
    if sys.platform == "win32" or process == os.getpid():
        return False  # on Windows asking would end it
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False


@contextmanager
def arriving(path: Path) -> Iterator[Path]:
    """A file to be filled, that has the name ``path`` once the block ends well.

    Whatever fails, nothing is left; after a kill, nothing has that name. Raises Refused where
    something has it, also where it came meanwhile; NotSaved where the folder cannot be written.
    """
    _place_for(path)
    part = _part_of(path)
    try:
        try:
            new_file(part)
        except OSError as failed:
            raise _cannot_be_made(path, failed) from failed
        yield part
        onto_disk(part)
        _give_name(part, path)
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A file to be filled, that takes the place of ``path`` once the block ends well.

    It is its owner's alone. Whatever fails, ``path`` is as it was; after a kill it is the old or
    the new. Raises OSError.
    """
    clear_left_over(path.parent)
    part = _part_of(path)
    try:
        new_file(part)
        yield part
        onto_disk(part)
        part.replace(path)
        _folder_onto_disk(path.parent)
    finally:
        part.unlink(missing_ok=True)


def _part_of(path: Path) -> Path:
    return path.with_name(f".{path.name}-{os.getpid()}-{secrets.token_hex(4)}.part")


def _give_name(part: Path, path: Path) -> None:
    """Name it, without ever taking the place of another. Raises Refused, OSError."""
    try:
        if sys.platform == "win32":
            part.rename(path)  # refuses a name that is taken, there
        else:
            os.link(part, path)
    except FileExistsError:
        must_be_free(path)
        raise
    except OSError:
        # A drive without second names (FAT): the name is taken first, and then filled at once.
        must_be_free(path)
        part.rename(path)
    _folder_onto_disk(path.parent)


def _folder_onto_disk(folder: Path) -> None:
    if sys.platform != "win32":
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


@contextmanager
def for_a_while(folder: Path | None) -> Iterator[Path]:
    """A folder of its owner's beside a copy, gone afterwards; the next copy clears one that a kill left."""
    with tempfile.TemporaryDirectory(dir=folder, prefix=f".panelkit-{os.getpid()}-") as made:
        yield Path(made)


def onto_disk(path: Path) -> None:
    """What was written is on the disk when this returns. Raises OSError."""
    with path.open("rb+") as written:
        os.fsync(written.fileno())

"""Copies of a record: consistent while it is written to, one file, checked before they count.

SQLite itself makes them (``VACUUM INTO``); copying the file would leave out what is still in
the log beside it. The new file is its owner's alone before any word is in it.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection, text
from sqlalchemy.exc import DatabaseError
from sqlcipher3 import dbapi2

from panelkit.domain.errors import BadInput, NotFound, NotSaved, Refused
from panelkit.store.engine import APPLICATION_ID


def new_file(path: Path) -> None:
    """An empty file that only its owner reads. Raises FileExistsError, OSError."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))


def must_be_free(path: Path) -> None:
    """Raises Refused where something has that name."""
    if os.path.lexists(path):
        msg = f"There is already a file at {path}."
        raise Refused(msg, remedy="Name another; a copy never takes the place of a file.")


def place_for(path: Path) -> None:
    """The same for a copy, its folder made where it is missing.

    Raises Refused where something has that name: no copy takes the place of another.
    NotSaved where the folder cannot be written.
    """
    must_be_free(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        new_file(path)
    except OSError as failed:
        msg = f"{path} cannot be made: {failed.strerror or 'the folder cannot be written'}."
        raise NotSaved(msg, remedy="Name a folder of your own.") from failed


def fill(connection: Connection, copy: Path) -> bool:
    """Copy the open record into the empty file ``copy``; whether it checks.

    Raises DatabaseError, OSError.
    """
    connection.execute(text("VACUUM INTO :copy"), {"copy": str(copy)})
    connection.execute(text("ATTACH DATABASE :copy AS copied"), {"copy": str(copy)})
    try:
        checked = connection.execute(text("PRAGMA copied.quick_check")).scalar()
    finally:
        connection.execute(text("DETACH DATABASE copied"))
    onto_disk(copy)
    return bool(checked == "ok")


@contextmanager
def _arriving(path: Path) -> Iterator[Path]:
    """A file to be filled, that has the name ``path`` once it is whole and on the disk.

    Whatever fails, nothing is left; after a kill, at most an empty file has that name.
    """
    place_for(path)
    part = path.with_name(f".{path.name}-{os.getpid()}.part")
    try:
        new_file(part)
        yield part
        onto_disk(part)
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        path.unlink(missing_ok=True)
        raise


def take(connection: Connection, copy: Path) -> None:
    """A checked copy of the open record at ``copy``, where nothing is yet.

    Raises Refused, NotSaved; then nothing is left there.
    """
    try:
        with _arriving(copy) as part:
            if not fill(connection, part):
                raise NotSaved("The copy does not check.", remedy="Look at the disk; try another.")
    except (DatabaseError, OSError) as failed:
        msg = f"The copy at {copy} cannot be written."
        raise NotSaved(msg, remedy="Look at the disk’s space, or choose another.") from failed


def duplicate(copy: Path, to: Path) -> bool:
    """The copy at ``copy`` once more at ``to``, where nothing is yet; ``copy`` is only read.

    Returns whether a checksum stood beside it, which it then met.

    Raises NotFound, BadInput for a file that is no copy of a record, Refused for a record in
    use and for a name that is taken, NotSaved. Then nothing is left at ``to``.
    """
    if not copy.is_file():
        raise NotFound(f"There is no copy at {copy}.", remedy="Name the file.")
    summed = must_be_as_written(copy)
    log = copy.with_name(f"{copy.name}-wal")
    if log.exists() and log.stat().st_size:
        msg = f"{copy} is a record in use, with words in the log beside it."
        raise Refused(msg, remedy="Make a copy of it with panelkit backup.")
    try:
        with _arriving(to) as part:
            _read_into(copy, part)
    except (dbapi2.OperationalError, OSError) as failed:
        msg = f"{to} cannot be written."
        raise NotSaved(msg, remedy="Look at the disk’s space, or choose another.") from failed
    except dbapi2.DatabaseError:
        msg = f"{copy} is not a panelkit record, is damaged, or its key is another."
        raise BadInput(msg, remedy="Name another copy.") from None
    return summed


def _read_into(copy: Path, part: Path) -> None:
    # Immutable: no lock, no log, nothing is made beside a copy that may lie on a read-only disk.
    source = dbapi2.connect(f"file:{quote(str(copy.absolute()))}?immutable=1", uri=True)
    try:
        if source.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
            raise BadInput(f"{copy} is a database, and not a panelkit record.")
        if source.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
            raise BadInput(f"{copy} is damaged.", remedy="Take the copy before it.")
        source.execute("VACUUM INTO ?", (str(part),))
    finally:
        source.close()


def sum_beside(copy: Path) -> Path:
    """Where the checksum of a copy stands: one line, as ``sha256sum -c`` reads it."""
    return copy.with_name(f"{copy.name}.sha256")


def write_sum(copy: Path) -> None:
    """Put the checksum of ``copy`` beside it. Raises Refused, NotSaved."""
    try:
        with _arriving(sum_beside(copy)) as part:
            part.write_text(f"{_sum_of(copy)}  {copy.name}\n", encoding="utf-8")
    except OSError as failed:
        msg = f"The checksum beside {copy} cannot be written."
        raise NotSaved(msg, remedy="Look at the disk’s space, or choose another.") from failed


def must_be_as_written(copy: Path) -> bool:
    """Whether a checksum stands beside ``copy``. Raises BadInput where it is another's."""
    beside = sum_beside(copy)
    if not beside.is_file():
        return False
    try:
        said, now = beside.read_bytes()[:64].decode("ascii", "replace"), _sum_of(copy)
    except OSError as failed:
        raise BadInput(f"{copy} cannot be read.", remedy="Name another copy.") from failed
    if said != now:
        msg = f"{copy} is not as it was written: it is damaged or changed."
        raise BadInput(msg, remedy=f"Take another copy; its checksum is in {beside.name}.")
    return True


def _sum_of(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def onto_disk(path: Path) -> None:
    """What was written is on the disk when this returns. Raises OSError."""
    with path.open("rb+") as written:
        os.fsync(written.fileno())

"""Copies of a record: consistent while it is written to, one file, checked before they count.

SQLite itself makes them (``VACUUM INTO``); copying the file would leave out what is still in
the log beside it. A copy has its name from the moment it is whole, and not before: what a kill
leaves is a hidden file that ends in ``.part``, which the next copy there clears away.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, text
from sqlalchemy.exc import DatabaseError
from sqlcipher3 import dbapi2

from panelkit.domain.errors import BadInput, NotFound, NotSaved, Refused
from panelkit.store import belongings
from panelkit.store.arriving import arriving, must_be_free, onto_disk
from panelkit.store.keys import unlock
from panelkit.store.sqlite import APPLICATION_ID


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


def take(
    connection: Connection, record: Path, copy: Path, look: Callable[[Path], None] | None = None
) -> None:
    """A checked copy of the open record at ``copy``, where nothing is yet, with its checksum.

    ``look`` sees it before it has its name, and may refuse it. What stands beside it (keys,
    checksum) comes first: where the copy is, it is whole. Raises Refused, NotSaved, BadInput
    for a record that is damaged, and what ``look`` raises; then nothing is left there.
    """
    from panelkit.store import rescue

    for path in (*belongings.carried(copy), sum_beside(copy)):
        must_be_free(path)
    ours: list[Path] = []
    try:
        with arriving(copy) as part:
            if not fill(connection, part):
                raise NotSaved("The copy does not check.", remedy="Look at the disk; try another.")
            if look is not None:
                look(part)
            for here, there in _beside(record, copy):
                with arriving(there) as keys:
                    keys.write_bytes(here.read_bytes())
                ours.append(there)
            write_sum(copy, {copy: part})
            ours.append(sum_beside(copy))
    except BaseException as failed:
        _remove(ours)
        if not isinstance(failed, (DatabaseError, OSError)):
            raise
        if isinstance(failed, DatabaseError) and is_damage(failed.orig):
            msg = "The record cannot be read in full: it is damaged, or the disk is."
            raise BadInput(msg, remedy=f"No copy was made. {rescue.offer(record)}") from None
        msg = f"The copy at {copy} cannot be written."
        raise NotSaved(msg, remedy="Look at the disk’s space, or choose another.") from failed


def is_damage(failed: BaseException | None) -> bool:
    """Whether an error of the engine says that what is stored is not as it was."""
    words = str(failed).casefold()
    return any(said in words for said in ("malformed", "not a database", "hmac", "decrypt"))


def _beside(source: Path, to: Path) -> list[tuple[Path, Path]]:
    """What goes with a record beside it, and where to; the record is copied by its engine."""
    pairs = zip(belongings.carried(source)[1:], belongings.carried(to)[1:], strict=True)
    return [(here, there) for here, there in pairs if here.is_file()]


def _remove(paths: Iterable[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)


def remove(copy: Path) -> None:
    """A copy and what stands beside it; the copy first, so that none is ever without its checksum.

    Raises OSError.
    """
    _remove((*belongings.carried(copy), sum_beside(copy)))


def duplicate(copy: Path, to: Path, *, key: bytes | None = None) -> bool:
    """The copy at ``copy`` once more at ``to``, where nothing is yet; ``copy`` is only read.

    Returns whether a checksum stood beside it, which it then met.

    Raises NotFound, BadInput for a file that is no copy of a record, Refused for a record in
    use and for a name that is taken, NotSaved. Then nothing is left at ``to``.
    """
    if not copy.is_file():
        raise NotFound(f"There is no copy at {copy}.", remedy="Name the file.")
    summed = must_be_as_written(copy)
    log = belongings.working(copy)[0]
    if log.exists() and log.stat().st_size:
        msg = f"{copy} is a record in use, with words in the log beside it."
        raise Refused(msg, remedy="Make a copy of it with panelkit backup.")
    try:
        with arriving(to) as part:
            _read_into(copy, part, key)
            for here, there in _beside(copy, to):
                with arriving(there) as keys:
                    keys.write_bytes(here.read_bytes())
    except (dbapi2.OperationalError, OSError) as failed:
        msg = f"{to} cannot be written."
        raise NotSaved(msg, remedy="Look at the disk’s space, or choose another.") from failed
    except dbapi2.DatabaseError:
        msg = f"{copy} is not a panelkit record, is damaged, or its key is another."
        raise BadInput(msg, remedy="Name another copy.") from None
    return summed


def _read_into(copy: Path, part: Path, key: bytes | None) -> None:
    with _only_read(copy, key) as source:
        if source.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
            raise BadInput(f"{copy} is a database, and not a panelkit record.")
        if source.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
            raise BadInput(f"{copy} is damaged.", remedy="Take the copy before it.")
        source.execute("VACUUM INTO ?", (str(part),))


@contextmanager
def _only_read(copy: Path, key: bytes | None) -> Iterator[Any]:
    # Immutable: no lock, no log, nothing is made beside a copy that may lie on a read-only disk.
    source = dbapi2.connect(f"file:{quote(str(copy.absolute()))}?immutable=1", uri=True)
    try:
        unlock(source, key)
        yield source
    finally:
        source.close()


def opens(copy: Path, key: bytes | None) -> bool:
    """Whether ``copy`` opens with ``key``; it is only read."""
    try:
        with _only_read(copy, key) as source:
            source.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except dbapi2.Error:
        return False
    return True


def sum_beside(copy: Path) -> Path:
    """Where the checksums of a copy stand: a line for each of its files, as ``sha256sum -c`` reads."""
    return copy.with_name(f"{copy.name}.sha256")


def write_sum(copy: Path, filled: dict[Path, Path] | None = None) -> None:
    """Put the checksum of ``copy`` beside it; ``filled`` says where a file is until it has its name.

    Raises Refused, NotSaved.
    """
    filled = filled or {}
    files = [path for path in belongings.carried(copy) if filled.get(path, path).is_file()]
    try:
        with arriving(sum_beside(copy)) as part:
            lines = [f"{_sum_of(filled.get(path, path))}  {path.name}\n" for path in files]
            part.write_text("".join(lines), encoding="utf-8")
    except OSError as failed:
        msg = f"The checksum beside {copy} cannot be written."
        raise NotSaved(msg, remedy="Look at the disk’s space, or choose another.") from failed


def must_be_as_written(copy: Path) -> bool:
    """Whether a checksum stands beside ``copy``. Raises BadInput where it is another's."""
    beside = sum_beside(copy)
    if not beside.is_file():
        return False
    try:
        said = beside.read_text(encoding="utf-8", errors="replace").splitlines()
        files = [path for path in belongings.carried(copy) if path.is_file()]
        now = [_sum_of(path) for path in files]
    except OSError as failed:
        raise BadInput(f"{copy} cannot be read.", remedy="Name another copy.") from failed
    if [line[:64] for line in said] != now:
        msg = f"{copy} is not as it was written: it is damaged or changed."
        raise BadInput(msg, remedy=f"Take another copy; its checksum is in {beside.name}.")
    return True


def _sum_of(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()

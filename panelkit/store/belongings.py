"""The files that are one record: what goes with every copy, and what only exists while it is open."""

from __future__ import annotations

from pathlib import Path

from panelkit.domain.errors import NotSaved


def keys_of(path: Path) -> Path:
    """Where the key slots of an encrypted record stand; without them nobody opens it."""
    return path.with_name(f"{path.name}.keys")


def carried(path: Path) -> tuple[Path, ...]:
    """What a copy of the record at ``path`` is made of, there or not; the record itself first."""
    return (path, keys_of(path))


def working(path: Path) -> tuple[Path, ...]:
    """What stands beside it while a program has it open, or after one was killed."""
    return tuple(path.with_name(f"{path.name}{end}") for end in ("-wal", "-shm", "-journal"))


def files_of(path: Path) -> tuple[Path, ...]:
    """Everything that belongs to the record at ``path``, there or not."""
    return (*carried(path), *working(path))


def is_encrypted(path: Path) -> bool:
    """Whether its pages are: a plain database begins with words that an encrypted one has not.

    False for an empty file. Raises NotSaved where it cannot be read.
    """
    try:
        with path.open("rb") as content:
            begins = content.read(16)
    except OSError as failed:
        msg = f"{path} cannot be read: {failed.strerror or 'it failed'}."
        raise NotSaved(msg, remedy="Look at its rights.", title="Not read") from None
    return bool(begins) and begins != b"SQLite format 3\0"


def copies_folder(path: Path) -> Path:
    """Where copies that make themselves go, unless somebody names another folder."""
    return path.absolute().parent / "copies"

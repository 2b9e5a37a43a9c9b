"""Puts a finished document on disk: whole, or not at all.

The bytes are complete in memory before this module is called. They go to a temporary file
that only its owner may read, beside the target, are forced to the disk, and then take the
target's name in one step. Whatever fails, the target is what it was and nothing else is
left in the folder.
"""

from __future__ import annotations

import errno
import os
import stat
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from panelkit.domain.errors import CannotWrite

_MOST_COPIES: Final = 99

_REASONS: Final[dict[int, tuple[str, str]]] = {
    errno.ENOSPC: ("The disk is full.", "Free some space or choose another folder."),
    errno.EDQUOT: (
        "Your share of the disk is used up.",
        "Free some space or choose another folder.",
    ),
    errno.EFBIG: ("This folder does not take a file of that size.", "Choose another folder."),
    errno.EACCES: ("You may not write to this folder.", "Choose a folder of your own."),
    errno.EPERM: ("You may not write to this folder.", "Choose a folder of your own."),
    errno.EROFS: ("This folder can only be read.", "Choose another folder."),
    errno.ENOENT: ("There is no such folder.", "Create it or choose another."),
    errno.ENOTDIR: ("Part of the path is a file, not a folder.", "Choose another folder."),
    errno.EISDIR: ("A folder has this name.", "Choose another name."),
    errno.ENAMETOOLONG: ("The name is too long.", "Choose a shorter one."),
    errno.EIO: ("The disk reports a fault.", "Choose another disk and have this one looked at."),
}


@dataclass(frozen=True, slots=True)
class Written:
    """Where a document went."""

    path: Path
    """The file that was written."""

    asked: Path
    """The file that was asked for; differs if that one was in use or was edited."""

    edited: bool = False
    """Whether the file that was asked for was edited since it was written, and so kept."""

    @property
    def note(self) -> str:
        """A sentence for the person if the name differs, else blank."""
        if self.path == self.asked:
            return ""
        if self.edited:
            return (
                f"{self.asked.name} was edited since it was written and is kept: take it back. "
                f"This copy is named {self.path.name}."
            )
        return (
            f"{self.asked.name} is open in another program or protected, "
            f"so this copy is named {self.path.name}."
        )


def write_file(target: Path, content: bytes) -> Written:
    """Write ``content`` to ``target``, replacing what is there, and return where it went.

    A target that exists and may not be replaced (Windows locks a document that is open in
    Word) is left alone, and ``name (2).docx`` is written beside it. Raises CannotWrite, and
    leaves nothing behind, if the folder cannot be written to or the disk is full; raises
    ValueError for empty content, which is never a document.
    """
    if not content:
        raise ValueError("an empty document is never written")
    try:
        _refuse_what_is_not_a_file(target)
        temporary = _temporary_copy(target.parent, content)
        try:
            path = _take_name(temporary, target)
        except BaseException:
            with suppress(OSError):
                temporary.unlink()
            raise
    except OSError as error:
        reason, remedy = _REASONS.get(
            error.errno or 0, (f"{error.strerror or 'It failed'}.", "Choose another folder.")
        )
        raise CannotWrite(f"{target.name} was not written. {reason}", remedy=remedy) from error
    _sync_folder(path.parent)
    return Written(path=path, asked=target)


def _refuse_what_is_not_a_file(target: Path) -> None:
    """Raise if the name is taken by a folder, a device or a pipe: renaming would hide it."""
    try:
        mode = target.stat().st_mode
    except FileNotFoundError:
        return
    if not stat.S_ISREG(mode):
        raise CannotWrite(
            f"{target.name} was not written. That name belongs to something that is not a file.",
            remedy="Choose another name.",
        )


def _temporary_copy(folder: Path, content: bytes) -> Path:
    """Write ``content`` durably to a new file in ``folder``, readable by its owner only."""
    handle, name = tempfile.mkstemp(prefix=".panelkit-", suffix=".part", dir=folder)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    return temporary


def _take_name(temporary: Path, target: Path) -> Path:
    """Rename to ``target``, or to the first free numbered name if that one is in use."""
    try:
        temporary.replace(target)
    except PermissionError:
        if not target.exists():
            raise
    else:
        return target
    numbered = free_name(target)
    temporary.replace(numbered)
    return numbered


def free_name(target: Path) -> Path:
    """The first numbered name beside ``target`` that nothing has: ``name (2).docx``.

    Raises CannotWrite where there are far too many.
    """
    for number in range(2, _MOST_COPIES + 1):
        numbered = target.with_name(f"{target.stem} ({number}){target.suffix}")
        if not numbered.exists():
            return numbered
    raise CannotWrite(
        f"{target.name} was not written. It is in use, and so are {_MOST_COPIES - 1} copies.",
        remedy="Close it, or clear old copies away.",
    )


def _sync_folder(folder: Path) -> None:
    """Make the new name survive a power cut, where the system can."""
    if os.name == "nt":
        return
    # The document itself is on the disk by now; some file systems refuse this last step.
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

"""What the system says of a place: the file system it is on, and whether that can be pulled out.

Linux is read from its mount table and was tried; macOS from ``mount`` and Windows from its drive
types, as their manuals describe them: neither was tried.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

MOUNTS: Final = Path("/proc/self/mountinfo")
DEVICES: Final = Path("/sys/dev/block")


@dataclass(frozen=True, slots=True)
class Mount:
    """One file system and where it begins."""

    point: str
    kind: str
    """As the system names it: ``ext4``, ``nfs4``, ``smbfs``; ``remote`` on Windows."""
    removable: bool = False


@dataclass(frozen=True, slots=True)
class Machine:
    """The facts that a place is judged by; tests give their own."""

    mount_of: Callable[[Path], Mount]
    """The file system that a path, made real, is on."""
    environ: Mapping[str, str] = field(default_factory=dict)


def within(path: Path, mounts: tuple[Mount, ...]) -> Mount:
    """The mount that holds ``path``: the deepest, and of two in one place the later."""
    found = Mount("/", "")
    for mount in mounts:
        if path.is_relative_to(mount.point) and len(mount.point) >= len(found.point):
            found = mount
    return found


def read_mountinfo(said: str, removable: Callable[[str], bool]) -> tuple[Mount, ...]:
    """Linux's own table, line by line; ``removable`` is asked about a device's number."""
    mounts = []
    for line in said.splitlines():
        before, dash, after = line.partition(" - ")
        parts, kind = before.split(), after.split(" ", 1)[0]
        if dash and len(parts) >= 5 and kind:
            point = re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), parts[4])
            mounts.append(Mount(point, kind, removable(parts[2])))
    return tuple(mounts)


def read_mount_command(said: str) -> tuple[Mount, ...]:
    """What ``mount`` prints on macOS; a volume beside the system's own is one that can go."""
    mounts = []
    for line in said.splitlines():
        if found := re.match(r"^.+? on (/.*) \(([^,)]+)(.*)\)$", line):
            local = "local" in found[3]
            kind = found[2] if local else f"{found[2]}, not local"
            mounts.append(Mount(found[1], kind, local and found[1].startswith("/Volumes/")))
    return tuple(mounts)


def this_machine() -> Machine:
    """The machine that this runs on."""
    looks = {"darwin": _on_macos, "win32": _on_windows}
    return Machine(looks.get(sys.platform, _on_linux), os.environ)


def _on_linux(path: Path) -> Mount:
    try:
        said = MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return Mount("/", "")
    return within(path, read_mountinfo(said, _can_be_pulled_out))


def _can_be_pulled_out(number: str) -> bool:
    """Whether a block device says that it is removable, or hangs on USB."""
    try:
        device = (DEVICES / number).resolve(strict=True)
    except OSError:
        return False
    if any(part.startswith("usb") for part in device.parts):
        return True
    for folder in (device, device.parent):  # a partition has no such file; its disk has
        try:
            return (folder / "removable").read_text().strip() == "1"
        except OSError:
            continue
    return False


def _on_macos(path: Path) -> Mount:
    try:
        done = subprocess.run(
            ["/sbin/mount"], capture_output=True, text=True, timeout=5, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return Mount("/", "")
    return within(path, read_mount_command(done.stdout))


_DRIVES: Final = {2: ("removable", True), 4: ("remote", False), 5: ("cd", True)}
"""What GetDriveTypeW answers; a USB disk says that it is fixed, and is not seen."""


def _on_windows(path: Path) -> Mount:
    import ctypes

    root = f"{os.path.splitdrive(path)[0].removeprefix(chr(92) * 2 + '?' + chr(92))}{chr(92)}"
    if root.startswith(chr(92) * 2) or root.upper().startswith("UNC"):
        return Mount(root, "remote")
    kind, removable = _DRIVES.get(
        getattr(ctypes, "windll").kernel32.GetDriveTypeW(root),  # noqa: B009 - only there
        ("fixed", False),
    )
    return Mount(root, kind, removable)

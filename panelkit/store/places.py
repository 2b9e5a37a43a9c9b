"""Where a record, or a copy of one, may lie; and that nobody else reads it there.

    judge(path, machine)          # what is wrong with a place, or None: pure but for names in it
    must_be_fit(path, machine)    # refuses it in words, unless somebody says why it must be
    mend_rights(path)             # 0600 for the files; what could not be mended, in words

A network drive damages a database that is written over it; a folder that is kept in step with a
service sends every word there; a drive that can be pulled out is lost with what is on it.
"""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import Final

from panelkit.domain.errors import Refused
from panelkit.store import belongings
from panelkit.store.machine import Machine

NETWORK: Final = (
    "nfs*", "cifs", "smb*", "afpfs", "ncpfs", "afs", "9p", "drvfs", "virtiofs", "ceph", "lustre",
    "glusterfs", "fuse.glusterfs", "beegfs", "gpfs", "ocfs2", "gfs2", "davfs*", "webdav", "fuse.sshfs",
    "fuse.davfs*", "fuse.gvfsd-fuse", "fuse.s3fs", "fuse.smbnetfs", "fuse.ceph*", "fuse.curlftpfs",
    "remote", "*, not local",
)  # fmt: skip
"""File systems of another machine; a record's locks do not hold there."""
SYNCED_MOUNTS: Final = {
    "fuse.rclone": "rclone", "fuse.onedriver": "OneDrive", "fuse.google-drive*": "Google Drive",
    "fuse.pcloud*": "pCloud", "fuse.*drive*": "a cloud drive", "fuse.insync*": "Insync",
}  # fmt: skip
SYNCED_FOLDERS: Final = {
    "onedrive": "OneDrive", "onedrive - *": "OneDrive", "onedrive-*": "OneDrive",
    "sharepoint": "SharePoint", "sharepoint - *": "SharePoint", "* - sharepoint": "SharePoint",
    "dropbox": "Dropbox", "dropbox (*)": "Dropbox", "google drive": "Google Drive",
    "googledrive": "Google Drive", "googledrive-*": "Google Drive", "my drive": "Google Drive",
    "icloud drive": "iCloud", "iclouddrive": "iCloud", "mobile documents": "iCloud",
    "com~apple~clouddocs": "iCloud", "cloudstorage": "a cloud service", "box": "Box",
    "box sync": "Box", "box-box": "Box", "nextcloud": "Nextcloud", "nextcloud?": "Nextcloud",
    "owncloud": "ownCloud", "pclouddrive": "pCloud", "mega": "MEGA", "megasync": "MEGA",
    "syncthing": "Syncthing", "creative cloud files": "Creative Cloud",
}  # fmt: skip
"""Names that those services give their folders, in small letters."""
MARKERS: Final = {
    ".dropbox": "Dropbox", ".dropbox.cache": "Dropbox", ".stfolder": "Syncthing",
    ".nextcloudsync.log": "Nextcloud", ".owncloudsync.log": "ownCloud", ".sync_*.db": "Nextcloud",
    "._sync_*.db": "Nextcloud", ".tmp.drivedownload": "Google Drive", ".tmp.driveupload": "Google Drive",
    ".849c9593-d756-4e56-8d6e-42412f2a707b": "OneDrive", ".boxsync": "Box",
}  # fmt: skip
"""Files that they leave in the folders they keep in step, whatever those are called."""
VARIABLES: Final = {
    "OneDrive": "OneDrive", "OneDriveCommercial": "OneDrive", "OneDriveConsumer": "OneDrive",
}  # fmt: skip
"""Variables in which Windows says where such a folder is."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong with a place."""

    kind: str
    """``network``, ``synced`` or ``removable``."""
    words: str
    """Begins after the name of the file."""


def judge(path: Path, machine: Machine) -> Trouble | None:
    """What is wrong with ``path`` as a place for a record; None where nothing is known to be."""
    given, real = Path(os.path.abspath(path)), Path(os.path.realpath(path))  # noqa: PTH100
    mount = machine.mount_of(real)
    if any(fnmatch(mount.kind, pattern) for pattern in NETWORK):
        return Trouble(
            "network",
            f"is on a network drive ({mount.kind}): a record written over one can be damaged.",
        )
    by_mount = (name for kind, name in SYNCED_MOUNTS.items() if fnmatch(mount.kind, kind))
    service = next(by_mount, "") or _synced((given, real), machine)
    if service:
        return Trouble(
            "synced",
            f"is in a folder kept in step with {service}: every word would be sent there.",
        )
    if mount.removable:
        return Trouble("removable", "is on a drive that can be pulled out and lost.")
    return None


def _synced(paths: Iterable[Path], machine: Machine) -> str:
    """Which service keeps one of ``paths`` in step; blank for none."""
    for path in paths:
        for variable, service in VARIABLES.items():
            said = machine.environ.get(variable, "")
            if said and path.is_relative_to(said):
                return service
        for folder in path.parents:
            for pattern, service in SYNCED_FOLDERS.items():
                if fnmatch(folder.name.casefold(), pattern):
                    return service
            if folder != folder.parent and (service := _marked(folder)):
                return service
    return ""


def _marked(folder: Path) -> str:
    try:
        with os.scandir(folder) as entries:
            # Dropbox also calls a folder of settings in the account's home ``.dropbox``.
            hidden = [
                e.name.casefold()
                for e in entries
                if e.name.startswith(".") and (e.name != ".dropbox" or e.is_file())
            ]
    except OSError:
        return ""
    for pattern, service in MARKERS.items():
        if any(fnmatch(name, pattern) for name in hidden):
            return service
    return ""


def must_be_fit(
    path: Path, machine: Machine, *, reason: str = "", encrypted_copy: bool = False
) -> Trouble | None:
    """What is wrong with ``path`` and is accepted for ``reason``; None where nothing is wrong.

    Raises Refused where it is not accepted. A copy of an encrypted record may lie on a drive
    that can be pulled out: that is what such a drive is for.
    """
    trouble = judge(path, machine)
    if trouble is None or (encrypted_copy and trouble.kind == "removable"):
        return None
    if not reason.strip():
        raise Refused(
            f"{path} {trouble.words}",
            remedy="Choose a folder on this machine’s own disk, or say why with --place-reason.",
        )
    return trouble


def make_folder(folder: Path) -> None:
    """The folder and those above it that are missing, each its owner's alone. Raises OSError."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    for each in reversed(missing):
        each.mkdir(mode=0o700, exist_ok=True)
        if sys.platform == "win32":
            _owner_only(each)


RIGHTS: Final = ("*S-1-3-4", "*S-1-5-18", "*S-1-5-32-544")
"""Who may open a folder on Windows: its owner, the system, administrators; by number, as names
differ by language. The same three as Python gives ``mode=0o700`` there from 3.13 on."""


def _owner_only(folder: Path) -> None:
    """Rights on Windows go by list, not by mode; what lies in the folder inherits them."""
    granted = (word for who in RIGHTS for word in ("/grant:r", f"{who}:(OI)(CI)F"))
    argv = ["icacls", str(folder), "/inheritance:r", *granted]
    done = subprocess.run(argv, capture_output=True, check=False)
    if done.returncode:
        raise OSError(errno.EPERM, "its rights cannot be set", str(folder))


def mend_rights(path: Path) -> tuple[str, ...]:
    """Take everybody else's rights from the files of a record; in words, what stays open.

    Its folder is not changed: it may be one that others have to use.
    """
    if sys.platform == "win32":
        return ()
    wrong = []
    for file in belongings.files_of(path):
        try:
            mode = stat.S_IMODE(file.stat().st_mode)
            if mode & 0o077:
                file.chmod(0o600)
        except FileNotFoundError:
            continue
        except OSError:
            wrong.append(f"Others on this machine can open {file.name}, and it cannot be mended.")
    try:
        mode = stat.S_IMODE(path.absolute().parent.stat().st_mode)
    except OSError:
        return tuple(wrong)
    if mode & 0o022 and not mode & stat.S_ISVTX:
        wrong.append("Others on this machine can put files into the record’s folder, or take them.")
    elif mode & 0o077:
        wrong.append("Others on this machine can look into the record’s folder.")
    return tuple(wrong)

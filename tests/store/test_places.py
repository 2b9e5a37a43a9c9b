"""Where a record may lie: by mount tables, names and marks that are given, not found here."""

from __future__ import annotations

import json
import stat
from pathlib import Path
from types import SimpleNamespace

import pytest

from panelkit.domain.errors import NotSaved, Refused
from panelkit.store import machine, places
from panelkit.store.care import PLACE
from panelkit.store.machine import Machine, Mount
from panelkit.store.record import Record
from panelkit.wiring import Settings, open_desk
from tests.test_commands import panelkit, refused

TABLE = r"""
22 1 8:1 / / rw,relatime - ext4 /dev/sda1 rw
23 22 0:21 / /proc rw - proc proc rw
31 22 0:44 / /srv/team rw shared:3 - nfs4 files.example:/team rw
32 22 0:45 / /mnt/office\040share rw - cifs //files.example/office rw
33 22 8:17 / /run/media/a/STICK rw - vfat /dev/sdb1 rw
34 22 0:50 / /home/a/remote rw - fuse.sshfs a@host: rw
35 22 0:51 / /mnt/c rw - 9p drvfs rw
36 22 0:52 / /home/a/cloud rw - fuse.rclone box: rw
37 31 8:1 / /srv/team/local rw - ext4 /dev/sda1 rw
38 22 0:53 / /home/a/vault rw - fuse.gocryptfs /home/a/.vault rw
"""


def linux(table: str = TABLE) -> Machine:
    mounts = machine.read_mountinfo(table, lambda number: number == "8:17")
    return Machine(lambda path: machine.within(path, mounts))


def here(removable: bool = False, kind: str = "ext4", **environ: str) -> Machine:
    return Machine(lambda _path: Mount("/", kind, removable), environ)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/srv/team/panelkit.db", "network"), ("/mnt/office share/panelkit.db", "network"),
        ("/home/a/remote/x/panelkit.db", "network"), ("/mnt/c/Users/a/panelkit.db", "network"),
        ("/home/a/cloud/panelkit.db", "synced"), ("/run/media/a/STICK/panelkit.db", "removable"),
        ("/srv/team/local/panelkit.db", None), ("/srv/teams/panelkit.db", None),
        ("/home/a/vault/panelkit.db", None), ("/home/a/panelkit.db", None),
    ],
)  # fmt: skip
def test_a_linux_mount_table_says_what_a_place_is(path: str, kind: str | None) -> None:
    trouble = places.judge(Path(path), linux())
    assert (trouble.kind if trouble else None) == kind


@pytest.mark.parametrize(
    ("said", "path", "kind"),
    [
        ("//a@files/office on /Volumes/office (smbfs, nodev, nosuid)", "/Volumes/office/r.db", "network"),
        ("/dev/disk4s1 on /Volumes/STICK (msdos, local, nodev)", "/Volumes/STICK/r.db", "removable"),
        ("/dev/disk3s5 on /System/Volumes/Data (apfs, local, journaled)", "/System/Volumes/Data/r.db", None),
        ("http://dav/ on /Volumes/dav (webdav, nodev)", "/Volumes/dav/r.db", "network"),
    ],
)  # fmt: skip
def test_what_mount_prints_on_macos_is_read(said: str, path: str, kind: str | None) -> None:
    mounts = machine.read_mount_command(said)
    trouble = places.judge(Path(path), Machine(lambda at: machine.within(at, mounts)))
    assert (trouble.kind if trouble else None) == kind


@pytest.mark.parametrize(("kind", "trouble"), [("remote", "network"), ("fixed", None)])
def test_a_drive_type_of_windows_is_judged(kind: str, trouble: str | None) -> None:
    found = places.judge(Path("/x/panelkit.db"), here(kind=kind))
    assert (found.kind if found else None) == trouble


@pytest.mark.parametrize(
    "folder",
    [
        "OneDrive", "OneDrive - Harrowmere", "onedrive-personal", "Dropbox", "Dropbox (Team)",
        "Google Drive", "My Drive", "iCloud Drive", "Mobile Documents", "CloudStorage", "Box",
        "Nextcloud", "Harrowmere - SharePoint", "MEGA",
    ],
)  # fmt: skip
def test_a_folder_named_by_a_service_is_known(tmp_path: Path, folder: str) -> None:
    trouble = places.judge(tmp_path / folder / "deep" / "panelkit.db", here())
    assert trouble is not None
    assert trouble.kind == "synced"


@pytest.mark.parametrize("folder", ["Boxes", "my onedriver notes", "cloud", "drive", "megaphone"])
def test_another_folder_is_not_taken_for_one(tmp_path: Path, folder: str) -> None:
    assert places.judge(tmp_path / folder / "panelkit.db", here()) is None


@pytest.mark.parametrize("mark", [".dropbox", ".stfolder", ".sync_1a2b.db", ".tmp.drivedownload"])
def test_a_folder_that_a_service_marked_is_known_by_any_name(tmp_path: Path, mark: str) -> None:
    (tmp_path / "plain").mkdir()
    (tmp_path / "plain" / mark).touch()
    trouble = places.judge(tmp_path / "plain" / "a" / "panelkit.db", here())
    assert trouble is not None
    assert trouble.kind == "synced"


def test_dropboxs_settings_in_the_home_folder_mark_nothing(tmp_path: Path) -> None:
    (tmp_path / ".dropbox").mkdir()
    assert places.judge(tmp_path / "panelkit.db", here()) is None


def test_a_link_into_such_a_folder_is_followed_and_windows_variables_are_read(
    tmp_path: Path,
) -> None:
    (tmp_path / "Dropbox").mkdir()
    (tmp_path / "innocent").symlink_to(tmp_path / "Dropbox")
    assert places.judge(tmp_path / "innocent" / "r.db", here()) is not None
    given = here(OneDriveCommercial=str(tmp_path / "Work"))
    assert places.judge(tmp_path / "Work" / "r.db", given) is not None


def test_a_removable_drive_takes_a_copy_of_an_encrypted_record_only() -> None:
    stick = here(removable=True)
    path = Path("/x/panelkit.db")
    with pytest.raises(Refused, match="pulled out"):
        places.must_be_fit(path, stick)
    assert places.must_be_fit(path, stick, encrypted_copy=True) is None
    with pytest.raises(Refused, match="network"):
        places.must_be_fit(path, here(kind="nfs4"), encrypted_copy=True)
    accepted = places.must_be_fit(path, stick, reason="the only disk there is")
    assert accepted is not None
    with pytest.raises(Refused):
        places.must_be_fit(path, stick, reason="  ")


def test_every_command_refuses_a_record_in_such_a_place_and_makes_nothing(tmp_path: Path) -> None:
    synced = tmp_path / "OneDrive - Harrowmere" / "panelkit.db"
    assert "kept in step with OneDrive" in refused(panelkit("init", "--unencrypted", "--db", synced))  # fmt: skip
    assert not synced.parent.exists()
    fit = tmp_path / "fit" / "panelkit.db"
    assert panelkit("init", "--unencrypted", "--db", fit).returncode == 0
    assert stat.S_IMODE(fit.parent.stat().st_mode) == 0o700
    synced.parent.mkdir()
    assert "--place-reason" in refused(panelkit("backup", synced.parent, "--db", fit))
    copy = tmp_path / "one.db"
    assert panelkit("backup", copy, "--db", fit).returncode == 0
    assert "OneDrive" in refused(panelkit("restore", copy, "--to", synced, "--db", fit))
    assert list(synced.parent.iterdir()) == []
    synced.write_bytes(copy.read_bytes())
    for words in (("list",), ("verify",), ("kpi",), ("audit", "--all"), ("backup", tmp_path / "t.db")):  # fmt: skip
        assert "kept in step" in refused(panelkit(*words, "--db", synced)), words


def test_a_reason_lets_it_and_is_kept_with_who_gave_it(tmp_path: Path) -> None:
    path = tmp_path / "Dropbox" / "panelkit.db"
    said = "the board agreed on 3 November"
    made = panelkit("--place-reason", said, "--as", "Dylan Ashgrove", "init", "--unencrypted", "--db", path)  # fmt: skip
    assert made.returncode == 0, made.stderr
    record = Record.open(path)
    kept = record.last_care(PLACE)
    assert kept is not None
    assert (kept.words, kept.who, kept.about) == (said, "Dylan Ashgrove", str(path))
    entries = record.verify()
    assert entries.is_good
    assert entries.entries == 1
    record.close()
    journal = path.read_bytes()
    assert journal
    for _ in range(2):
        assert panelkit("--place-reason", said, "list", "--db", path).returncode == 0
    record = Record.open(path)
    assert record.verify().entries == 1, "the same reason is kept once"
    record.close()
    assert "kept in step" in refused(panelkit("list", "--db", path)), "each time"


def test_where_tells_of_a_bad_place_and_still_answers(tmp_path: Path) -> None:
    path = tmp_path / "Nextcloud" / "panelkit.db"
    done = panelkit("where", "--json", "--db", path)
    assert done.returncode == 0
    assert any("Nextcloud" in words for words in json.loads(done.stdout)["notices"])


def test_files_that_others_could_read_are_mended_and_an_open_folder_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    desk = open_desk(
        Settings(who="Ruth Calloway", machine=here), folder / "panelkit.db", create=True
    )
    path = folder / "panelkit.db"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert desk.keeping.notices() == ()
    for name in ("panelkit.db", "panelkit.db-wal"):
        (folder / name).chmod(0o644)
    folder.chmod(0o755)
    assert desk.keeping.notices() == ("Others on this machine can look into the record’s folder.",)
    for name in ("panelkit.db", "panelkit.db-wal"):
        assert stat.S_IMODE((folder / name).stat().st_mode) == 0o600
    folder.chmod(0o777)
    assert "put files into" in desk.keeping.notices()[0]
    assert path.exists()


def test_on_windows_a_new_folder_is_its_owners_by_a_list_of_rights(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is asked of Windows; that Windows does it was not tried."""
    asked: list[list[str]] = []
    answer = 0

    def run(argv: list[str], **_: object) -> SimpleNamespace:
        asked.append(argv)
        return SimpleNamespace(returncode=answer)

    monkeypatch.setattr(places, "sys", SimpleNamespace(platform="win32"))
    monkeypatch.setattr(places, "subprocess", SimpleNamespace(run=run))
    folder = tmp_path / "a" / "b"
    places.make_folder(folder)
    assert [argv[1] for argv in asked] == [str(tmp_path / "a"), str(folder)]
    for argv in asked:
        assert argv[0] == "icacls"
        assert argv[2] == "/inheritance:r", "nobody is let in by the folder above"
        assert {who.partition(":")[0] for who in argv[4::2]} == set(places.RIGHTS)
    answer = 5
    with pytest.raises(NotSaved, match="its rights cannot be set"):
        Record.open(tmp_path / "c" / "panelkit.db", create=True)
    assert not (tmp_path / "c" / "panelkit.db").exists()

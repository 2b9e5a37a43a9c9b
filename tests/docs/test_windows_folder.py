"""The folder for Windows: every dependency has its wheel, and nothing gets in that should not."""

from __future__ import annotations

import base64
import hashlib
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from types import ModuleType

import pytest
from packaging.utils import canonicalize_name, parse_wheel_filename

from tests.docs.tools import TOOLS, tool

HERE = TOOLS.parent
MINOR = sys.version_info.minor
PROGRAM = b"MZ" + b"\0" * 58 + (64).to_bytes(4, "little") + b"PE\0\0"
AMD64 = PROGRAM + (0x8664).to_bytes(2, "little")
ARM64 = PROGRAM + (0xAA64).to_bytes(2, "little")


@pytest.fixture(scope="module")
def folder() -> ModuleType:
    return tool("windows_folder")


@pytest.fixture(scope="module")
def maker(folder: ModuleType) -> ModuleType:
    return tool("make_windows_folder")


def python_zip(path: Path, **others: bytes) -> Path:
    """A zip that looks like python.org's, for the Python that runs this test."""
    files = {
        "python.exe": AMD64, f"python3{MINOR}._pth": b"python.zip\n.\nimport site\n",
        f"python3{MINOR}.dll": AMD64, f"python3{MINOR}.zip": b"PK", "LICENSE.txt": b"PSF",
        "python3.dll": b"", "vcruntime140.dll": b"", "vcruntime140_1.dll": b"",
    } | others  # fmt: skip
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            if data != b"-":
                archive.writestr(name, data)
    return path


def wheel(
    place: Path, name: str, files: dict[str, bytes] | None = None, needs: tuple[str, ...] = (),
    tag: str = "py3-none-any", version: str = "1.0",
) -> Path:  # fmt: skip
    """A wheel as its makers would publish it."""
    place.mkdir(exist_ok=True)
    said = "".join(f"Requires-Dist: {need}\n" for need in needs)
    info = f"{name}-{version}.dist-info"
    inside = {f"{name}/__init__.py": f"NAME = {name!r}\n".encode()} if files is None else files
    inside |= {
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n{said}".encode(),
        f"{info}/WHEEL": f"Wheel-Version: 1.0\nGenerator: t\nRoot-Is-Purelib: true\nTag: {tag}\n".encode(),
    }
    rows = []
    path = place / f"{name}-{version}-{tag}.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for file, data in inside.items():
            digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
            rows.append(f"{file},sha256={digest},{len(data)}\n")
            archive.writestr(file, data)
        archive.writestr(f"{info}/RECORD", "".join(rows) + f"{info}/RECORD,,\n")
    return path


def lock(path: Path, *wheels: Path, **wrong: str) -> Path:
    """A lock file that names these."""
    lines = []
    for each in wheels:
        name, version, *_ = parse_wheel_filename(each.name)
        digest = wrong.get(str(name), hashlib.sha256(each.read_bytes()).hexdigest())
        lines.append(f"{name}=={version} \\\n    --hash=sha256:{digest}\n")
    path.write_text("".join(lines), encoding="utf-8")
    return path


class Place:
    """Everything that a build is given, in one folder."""

    def __init__(self, root: Path, maker: ModuleType) -> None:
        self.root, self.maker, self.wheels = root, maker, root / "wheels"
        self.python = python_zip(root / "python.zip")
        self.own = wheel(root / "own", "panelkit", needs=("alpha", "beta; extra == 'server'"))
        self.locked = [
            wheel(self.wheels, "alpha", needs=("gamma[fast]>=1; sys_platform == 'win32'",)),
            wheel(self.wheels, "beta", tag=f"cp3{MINOR}-cp3{MINOR}-win_amd64"),
            wheel(self.wheels, "gamma", needs=("delta; extra == 'fast'", "never; os_name == 'posix'")),
            wheel(self.wheels, "delta", {"delta/deep.py": b"x = {'a', 'b'}\n", "delta-1.0.data/scripts/delta": b"#!python\n"}),
        ]  # fmt: skip
        self.lock = lock(root / "the.lock", *self.locked)

    def build(self, out: str = "out", *more: str, sha: str = "") -> int:
        digest = sha or hashlib.sha256(self.python.read_bytes()).hexdigest()
        said = [self.python, "--sha256", digest, "--wheel", self.own, "--wheels", self.wheels]
        return self.maker.main(
            [str(each) for each in (*said, "--lock", self.lock, "--out", self.root / out, *more)]
        )


@pytest.fixture
def place(tmp_path: Path, maker: ModuleType) -> Place:
    return Place(tmp_path, maker)


def refusal(place: Place, capsys: pytest.CaptureFixture[str], **how: str) -> str:
    """What a build says that is not made; nothing is left of it."""
    assert place.build(**how) == 2
    assert not list(place.root.glob("out*"))
    return capsys.readouterr().err


def test_every_dependency_has_a_wheel_for_windows(folder: ModuleType) -> None:
    supply, target = tool("supply"), folder.Target(12)
    listed: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for line in (TOOLS / "windows_wheels.txt").read_text(encoding="utf-8").splitlines():
        digest, file = line.split("  ")
        name, version, *_ = parse_wheel_filename(file)
        listed.setdefault((name, str(version)), []).append((digest, file))
    needed = folder.needed(supply.read_lock(supply.LOCK), target)
    assert {(canonicalize_name(each.name), each.version) for each in needed} == set(listed)
    for each in needed:
        ((digest, file),) = listed[canonicalize_name(each.name), each.version]
        assert digest in each.hashes, f"{file}: run python tools/make_windows_list.py"
        assert folder.fits(file, target) is not None, file
    names = {name for name, _version in listed}
    assert {"sqlcipher3", "psycopg-binary", "keyring", "pywin32-ctypes", "tzdata"} <= names
    assert "secretstorage" not in names


def test_a_wheel_for_another_system_or_python_does_not_fit(folder: ModuleType) -> None:
    target = folder.Target(12)
    for file in (
        "a-1-cp312-cp312-win_amd64.whl",
        "a-1-cp39-abi3-win_amd64.whl",
        "a-1-py3-none-any.whl",
    ):
        assert folder.fits(file, target) is not None, file
    for tag in ("cp311-cp311-win_amd64", "cp312-cp312-win32", "cp312-cp312-win_arm64",
                "cp313-abi3-win_amd64", "cp312-cp312-manylinux_2_28_x86_64"):  # fmt: skip
        assert folder.fits(f"a-1-{tag}.whl", target) is None, tag


def test_the_folder_is_whole_and_the_same_each_time(place: Place) -> None:
    assert place.build("out", "--zip", str(place.root / "one.zip")) == 0
    made = {p.relative_to(place.root / "out").as_posix(): p.read_bytes()
            for p in (place.root / "out").rglob("*") if p.is_file()}  # fmt: skip
    (place.root / "out").rename(place.root / "first")
    argv = [sys.executable, TOOLS / "make_windows_folder.py", place.python, "--sha256",
            hashlib.sha256(place.python.read_bytes()).hexdigest(), "--wheel", place.own, "--wheels",
            place.wheels, "--lock", place.lock, "--out", place.root / "out", "--zip", place.root / "two.zip"]  # fmt: skip
    subprocess.run(argv, check=True, capture_output=True, env={"PYTHONHASHSEED": "99"})
    again = {p.relative_to(place.root / "out").as_posix(): p.read_bytes()
             for p in (place.root / "out").rglob("*") if p.is_file()}  # fmt: skip
    assert made == again
    assert (place.root / "one.zip").read_bytes() == (place.root / "two.zip").read_bytes()
    assert {
        "panelkit.cmd",
        "check.cmd",
        "README-IT.txt",
        "LICENCES.txt",
        "python/python.exe",
    } < set(made)
    assert (
        made[f"python/python3{MINOR}._pth"]
        == f"python3{MINOR}.zip\r\n.\r\n..\\site-packages\r\n".encode()
    )
    assert not [name for name in made if "delta/delta" in name or name.endswith("scripts/delta")]
    assert "@" not in made["README-IT.txt"].decode()


def test_what_is_compiled_is_loaded_without_its_source(place: Place) -> None:
    assert place.build() == 0
    packages = place.root / "out" / "site-packages"
    source = packages / "alpha" / "__init__.py"
    assert (packages / "alpha" / "__pycache__" / f"__init__.cpython-3{MINOR}.pyc").exists()
    source.write_text(
        "NAME = 'another'\n", encoding="utf-8"
    )  # not compared: the compiled one counts
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-B", "-c",
         f"import sys; sys.path.insert(0, {str(packages)!r}); import alpha, delta.deep as d; print(alpha.NAME, sorted(d.x))"],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    assert done.stdout == "alpha ['a', 'b']\n"


def test_the_list_of_hashes_finds_what_was_changed(place: Place) -> None:
    assert place.build() == 0
    out = place.root / "out"
    listed = (out / "HASHES.txt").read_bytes()
    assert re.fullmatch(rb"(?:[0-9a-f]{64}  [^\r\n/]+\r\n)+", listed)
    check = [sys.executable, "-B", out / "check_hashes.py"]
    assert subprocess.run(check, check=False, capture_output=True).returncode == 0
    (out / "data").mkdir()
    (out / "data" / "panelkit.db").write_text("a record")  # a person's own is not the folder's
    assert subprocess.run(check, check=False, capture_output=True).returncode == 0
    (out / "site-packages" / "alpha" / "__init__.py").write_text("import os\n")
    (out / "site-packages" / "more.py").write_text("")
    (out / "python" / "python.exe").unlink()
    said = subprocess.run(check, check=False, capture_output=True, text=True)
    assert said.returncode == 1
    for words in ("changed: site-packages/alpha/__init__.py", "not listed: site-packages/more.py",
                  "missing: python/python.exe"):  # fmt: skip
        assert words in said.stdout


def test_launchers_are_lines_of_windows_and_write_below_one_folder(place: Place) -> None:
    assert place.build() == 0
    for name in ("panelkit.cmd", "check.cmd", "README-IT.txt", "LICENCES.txt", "HASHES.txt"):
        text = (place.root / "out" / name).read_bytes()
        assert text.count(b"\r\n") == text.count(b"\n") > 0, name
    launcher = (place.root / "out" / "panelkit.cmd").read_text(encoding="ascii")
    places = re.findall(r'set "(\w+)=(%[^"]*)"', launcher)
    assert all(value.startswith(("%LOCALAPPDATA%", "%~dp0data", "%PK_")) for _name, value in places)
    assert {"WIN_PD_OVERRIDE_LOCAL_APPDATA", "MPLCONFIGDIR", "TEMP", "TMP"} <= {
        n for n, _v in places
    }
    assert "-X utf8 -B -m panelkit %*" in launcher


def test_every_place_that_the_program_writes_to_follows_the_launcher(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from platformdirs.windows import Windows

    monkeypatch.setenv("WIN_PD_OVERRIDE_LOCAL_APPDATA", "D:\\panels\\data")
    dirs = Windows("panelkit", appauthor=False)
    for where in (dirs.user_data_dir, dirs.user_config_dir, dirs.user_state_dir, dirs.user_log_dir):
        assert where.startswith("D:\\panels\\data")
    used = re.findall(r"import (user_\w+_path)", (HERE / "panelkit" / "paths.py").read_text())
    assert set(used) == {"user_log_path", "user_config_path", "user_state_path", "user_data_path"}


def test_another_python_than_the_one_that_was_published_is_refused(
    place: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "not the one that was given" in refusal(place, capsys, sha="0" * 64)
    assert "64 hexadecimal" in refusal(place, capsys, sha="12ab")


@pytest.mark.parametrize(
    ("others", "words"),
    [
        ({"../evil.dll": b"x"}, "would not stay"), ({"/evil.dll": b"x"}, "would not stay"),
        ({"C:evil.dll": b"x"}, "would not stay"), ({"a\\..\\evil": b"x"}, "would not stay"),
        ({"python.exe": ARM64}, "64-bit Intel"), ({"python.exe": b"#!/bin/sh"}, "no program"),
        ({"python.exe": b"-"}, "embeddable"), ({"vcruntime140_1.dll": b"-"}, "vcruntime140_1.dll"),
        ({"Aux.txt": b"x"}, "no file called"), ({"LICENSE.TXT": b"x"}, "one file"),
        ({"a" * 160: b"x"}, "too long"), ({"what?": b"x"}, "no such name"), ({"dot.": b"x"}, "no file called"),
    ],
)  # fmt: skip
def test_a_zip_that_is_not_as_it_should_be_is_refused(
    place: Place, capsys: pytest.CaptureFixture[str], others: dict[str, bytes], words: str
) -> None:
    python_zip(place.python, **others)
    assert words in refusal(place, capsys)


def test_a_missing_wheel_is_named_with_whoever_asks_for_it(
    place: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    place.locked[3].unlink()
    said = refusal(place, capsys)
    assert "no wheel for win_amd64" in said
    assert "delta 1.0, which gamma asks for" in said


def test_a_wheel_that_the_lock_does_not_name_is_refused(
    place: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    lock(place.lock, *place.locked, beta="0" * 64)
    said = refusal(place, capsys)
    assert "beta 1.0, which panelkit asks for" in said
    assert "is not the file that the lock names" in said


def test_a_wheel_for_another_system_counts_as_missing(
    place: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    place.locked[1].unlink()
    place.locked[1] = wheel(place.wheels, "beta", tag="cp312-cp312-macosx_11_0_arm64")
    lock(place.lock, *place.locked)
    assert "beta 1.0, which panelkit asks for" in refusal(place, capsys)


def test_what_is_asked_for_and_not_locked_is_named(
    place: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    lock(place.lock, *place.locked[:3])
    assert 'gamma asks for delta; extra == "fast"' in refusal(place, capsys)


def test_a_wheel_changed_inside_or_with_a_start_file_is_refused(
    place: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    with zipfile.ZipFile(place.locked[0], "a") as archive:
        archive.writestr("alpha/more.py", "import os\n")
    lock(place.lock, *place.locked)
    assert "is not as it lists itself" in refusal(place, capsys)
    place.locked[0] = wheel(place.wheels, "alpha", {"alpha.pth": b"import os\n"})
    lock(place.lock, *place.locked)
    assert "alpha.pth" in refusal(place, capsys)


def test_two_wheels_that_differ_in_one_file_are_refused(
    place: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    place.locked[1] = wheel(place.wheels, "beta", {"alpha/__init__.py": b"NAME = 'beta'\n"},
                            tag=f"cp3{MINOR}-cp3{MINOR}-win_amd64")  # fmt: skip
    lock(place.lock, *place.locked)
    assert "both have alpha/__init__.py, and differ" in refusal(place, capsys)


def test_a_folder_that_is_there_is_left_as_it_is(
    place: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    (place.root / "out").mkdir()
    (place.root / "out" / "mine.txt").write_text("mine")
    assert place.build() == 2
    assert "there already" in capsys.readouterr().err
    assert [path.name for path in (place.root / "out").iterdir()] == ["mine.txt"]

"""A folder for Windows that runs panelkit with nothing installed: what goes into it, and what may not.

``make_windows_folder.py`` beside this is the command. Nothing here is run on Windows; what was not
tried there is listed in ``docs/installing/windows.md``.
"""

from __future__ import annotations

import hashlib
import importlib.util
import marshal
import re
import sys
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from email.parser import HeaderParser
from pathlib import Path, PurePosixPath

from installer.sources import WheelFile
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.tags import Tag, compatible_tags, cpython_tags
from packaging.utils import canonicalize_name, parse_wheel_filename
from supply import Locked

PLATFORM = "win_amd64"
LONGEST = 150
"""Characters that a path inside the folder may have: Windows stops at 260, the folder's own
place is part of them, and so is what a program writes beside a name for a moment."""
RESERVED = frozenset(
    ["con", "prn", "aux", "nul", "conin$", "conout$"]
    + [f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10)]
)
_PTH = re.compile(r"python3(\d+)\._pth")
_NOT_IN_A_NAME = re.compile(r'[<>:"|?*\\\x00-\x1f]')
AMD64 = 0x8664
WITH_PYTHON = ("python3.dll", "vcruntime140.dll", "vcruntime140_1.dll")
"""What compiled libraries take from beside python.exe; everything else that they name is in their
wheel or is Windows 10's own."""
BYTECODE_IS_NOT_COMPARED = 0b01
"""Flag of a compiled file that belongs to its source by a hash and is not compared at a start."""


class Refused(Exception):
    """Something is not as it has to be; the sentence says what, and what to do."""


@dataclass(frozen=True)
class Target:
    """The Python that runs in the folder."""

    minor: int
    """12 for Python 3.12."""

    @property
    def tags(self) -> tuple[Tag, ...]:
        """What a wheel for it may be called, the closest first."""
        version = (3, self.minor)
        return (
            *cpython_tags(version, platforms=[PLATFORM]),
            *compatible_tags(version, f"cp3{self.minor}", [PLATFORM]),
        )

    def wants(self, marker: Marker | None, extras: Sequence[str] = ()) -> bool:
        """Whether what carries this marker is needed on it."""
        if marker is None:
            return True
        where = {
            "os_name": "nt", "sys_platform": "win32", "platform_system": "Windows",
            "platform_machine": "AMD64", "platform_python_implementation": "CPython",
            "implementation_name": "cpython", "python_version": f"3.{self.minor}",
            "python_full_version": f"3.{self.minor}.0", "implementation_version": f"3.{self.minor}.0",
            "platform_release": "", "platform_version": "",
        }  # fmt: skip
        return any(marker.evaluate({**where, "extra": extra}) for extra in ("", *extras))


def sha256(path: Path) -> str:
    """Of a file, as lower-case hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def must_be(path: Path, expected: str) -> None:
    """Raises Refused where a file is not the one whose SHA-256 somebody published."""
    if not re.fullmatch(r"[0-9a-fA-F]{64}", expected):
        msg = "A SHA-256 has 64 hexadecimal digits. Take it from the page of the release at python.org."
        raise Refused(msg)
    found = sha256(path)
    if found != expected.lower():
        msg = f"{path.name} has the SHA-256 {found}, and not the one that was given. It was not opened."
        raise Refused(msg)


# -- what is in an archive ---------------------------------------------------------------


def safe_names(archive: zipfile.ZipFile, what: str) -> tuple[zipfile.ZipInfo, ...]:
    """Its files. Raises Refused for one that would leave the folder, is a link, or is there twice."""
    found: dict[str, zipfile.ZipInfo] = {}
    for info in archive.infolist():
        if info.is_dir():
            continue
        name = info.filename
        parts = PurePosixPath(name).parts
        out = name.startswith("/") or "\\" in name or ":" in name or ".." in parts
        link = (info.external_attr >> 16) & 0o170000 == 0o120000
        if out or link or not parts:
            msg = f"{what} has the entry {name!r}, which would not stay in the folder. Nothing was unpacked."
            raise Refused(msg)
        if name in found:
            raise Refused(f"{what} has {name!r} twice. Nothing was unpacked.")
        found[name] = info
    return tuple(found.values())


def python_of(archive: zipfile.ZipFile) -> Target:
    """Which Python an embeddable zip holds. Raises Refused for any other zip, or another machine's."""
    names = {info.filename: info for info in archive.infolist()}
    said = [found for name in names if (found := _PTH.fullmatch(name))]
    if len(said) != 1 or "python.exe" not in names:
        msg = "This is not python.org's embeddable package: that holds python.exe and one python3XX._pth."
        raise Refused(msg)
    head = archive.read("python.exe")[:4096]
    at = int.from_bytes(head[0x3C:0x40], "little")
    if head[:2] != b"MZ" or head[at : at + 4] != b"PE\0\0":
        raise Refused("The python.exe in it is no program of Windows.")
    if int.from_bytes(head[at + 4 : at + 6], "little") != AMD64:
        raise Refused(
            "Its python.exe is not for 64-bit Intel and AMD: take the -embed-amd64 package."
        )
    for dll in (f"python3{said[0][1]}.dll", *WITH_PYTHON):
        if dll not in names:
            raise Refused(f"It has no {dll}, which the libraries need beside python.exe.")
    return Target(int(said[0][1]))


# -- which wheels ------------------------------------------------------------------------


def needed(locked: Sequence[Locked], target: Target) -> tuple[Locked, ...]:
    """What of a lock file is needed on the target."""
    return tuple(
        each for each in locked if target.wants(Marker(each.marker) if each.marker else None)
    )


def requirements(locked: Sequence[Locked]) -> str:
    """These, and no others, as ``pip download`` reads them: markers are answered, hashes stay."""
    return "".join(
        f"{each.name}=={each.version} {' '.join(f'--hash=sha256:{h}' for h in each.hashes)}\n"
        for each in locked
    )


def asked_for(wheel: Path, target: Target, extras: Sequence[str]) -> Iterator[Requirement]:
    """What a wheel says that it needs on the target."""
    with zipfile.ZipFile(wheel) as archive:
        (name,) = [n for n in archive.namelist() if re.fullmatch(r"[^/]+\.dist-info/METADATA", n)]
        said = HeaderParser().parsestr(archive.read(name).decode("utf-8"))
    for line in said.get_all("Requires-Dist", []):
        requirement = Requirement(line)
        if target.wants(requirement.marker, extras):
            yield requirement


def fits(file: str, target: Target) -> int | None:
    """How close a wheel of this name is to the target, 0 the closest; None where it does not fit."""
    tags = parse_wheel_filename(file)[3]
    ranks = [rank for rank, tag in enumerate(target.tags) if tag in tags]
    return min(ranks, default=None)


def chosen(
    locked: Sequence[Locked], own: Path, folder: Path, target: Target, extras: Sequence[str]
) -> tuple[Path, ...]:
    """The wheel of each locked package, by hash and tag, in the order of the lock.

    Raises Refused where one is missing, naming what asks for it, and where a wheel asks for
    something that is not locked.
    """
    there: dict[tuple[str, str], list[Path]] = {}
    for path in sorted(folder.glob("*.whl")):
        name, version, *_ = parse_wheel_filename(path.name)
        there.setdefault((name, str(version)), []).append(path)
    found: dict[str, Path] = {}
    wrong: list[Path] = []
    for each in locked:
        of_it = there.get((canonicalize_name(each.name), each.version), [])
        right = [path for path in of_it if sha256(path) in each.hashes]
        wrong += [path for path in of_it if path not in right]
        ranked = [(rank, path) for path in right if (rank := fits(path.name, target)) is not None]
        if ranked:
            found[canonicalize_name(each.name)] = min(ranked)[1]
    asking = _asking([own, *found.values()], target, extras)
    for each in locked:
        name = canonicalize_name(each.name)
        if name not in found:
            raise Refused(_missing(each, asking.get(name, ()), folder, wrong, target))
    _must_be_locked([own, *found.values()], locked, target, extras)
    return tuple(found.values())


def _extras_of(
    wheels: Sequence[Path], target: Target, extras: Sequence[str]
) -> dict[str, set[str]]:
    """Which extras of each package somebody asks for; the first wheel's own are ``extras``."""
    asked: dict[str, set[str]] = {parse_wheel_filename(wheels[0].name)[0]: set(extras)}
    for wheel in wheels:
        mine = tuple(asked.get(parse_wheel_filename(wheel.name)[0], ()))
        for requirement in asked_for(wheel, target, mine):
            asked.setdefault(canonicalize_name(requirement.name), set()).update(requirement.extras)
    return asked


def _asking(
    wheels: Sequence[Path], target: Target, extras: Sequence[str]
) -> Mapping[str, tuple[str, ...]]:
    asked: dict[str, tuple[str, ...]] = {}
    with_extras = _extras_of(wheels, target, extras)
    for wheel in wheels:
        who = parse_wheel_filename(wheel.name)[0]
        for requirement in asked_for(wheel, target, tuple(with_extras.get(who, ()))):
            name = canonicalize_name(requirement.name)
            asked[name] = (*asked.get(name, ()), who)
    return asked


def _missing(
    each: Locked, asking: Sequence[str], folder: Path, wrong: Sequence[Path], target: Target
) -> str:
    by = f", which {' and '.join(sorted(set(asking)))} asks for" if asking else ""
    files = [
        p.name for p in wrong if parse_wheel_filename(p.name)[0] == canonicalize_name(each.name)
    ]
    other = f" {files[0]} is there, and is not the file that the lock names." if files else ""
    return (
        f"There is no wheel for {PLATFORM} and Python 3.{target.minor} of {each.name} "
        f"{each.version}{by}, in {folder}.{other}"
    )


def _must_be_locked(
    wheels: Sequence[Path], locked: Sequence[Locked], target: Target, extras: Sequence[str]
) -> None:
    versions = {canonicalize_name(each.name): each.version for each in locked}
    with_extras = _extras_of(wheels, target, extras)
    for wheel in wheels:
        who = parse_wheel_filename(wheel.name)[0]
        for requirement in asked_for(wheel, target, tuple(with_extras.get(who, ()))):
            version = versions.get(canonicalize_name(requirement.name))
            if version is None or not requirement.specifier.contains(version, prereleases=True):
                msg = f"{who} asks for {requirement}, and the lock has {version or 'none'}."
                raise Refused(msg)


# -- unpacking ---------------------------------------------------------------------------


def contents(wheel: Path) -> Iterator[tuple[str, bytes]]:
    """What goes into site-packages, each file checked against the wheel's own list.

    Commands, headers and data for elsewhere stay out: there is nowhere else. Raises Refused for
    a wheel whose files are not as it lists them, and for one that would run code at every start.
    """
    with zipfile.ZipFile(wheel) as archive:
        safe_names(archive, wheel.name)
    with WheelFile.open(wheel) as source:
        try:
            source.validate_record()
        except source.validation_error as wrong:
            raise Refused(f"{wheel.name} is not as it lists itself: {wrong}") from wrong
        for (listed, _hash, _size), stream, _is_executable in source.get_contents():
            name = listed
            first, _, rest = name.partition("/")
            if first.endswith(".data"):
                kind, _, rest = rest.partition("/")
                if kind not in ("purelib", "platlib"):
                    continue
                name = rest
            if "/" not in name and name.endswith(".pth"):
                raise Refused(
                    f"{wheel.name} has {name}, which a start without site would leave out."
                )
            yield name, stream.read()


def compiled(name: str, source: bytes) -> bytes:
    """A module as this Python loads it, the same bytes each time; it is not compared with its source.

    Version 2 of the format has no references, whose number depends on what else is in memory.
    """
    code = compile(source, name, "exec", dont_inherit=True, optimize=0)
    return (
        importlib.util.MAGIC_NUMBER
        + BYTECODE_IS_NOT_COMPARED.to_bytes(4, "little")
        + importlib.util.source_hash(source)
        + marshal.dumps(code, 2)
    )


def can_compile(target: Target) -> bool:
    """Whether whoever builds has the target's Python: another one's compiled files are not read."""
    return sys.version_info[:2] == (3, target.minor)


# -- what Windows takes ------------------------------------------------------------------


def must_fit_windows(names: Sequence[str]) -> None:
    """Raises Refused for a path that Windows would not hold, or would hold as another one."""
    seen: dict[str, str] = {}
    for name in names:
        for part in PurePosixPath(name).parts:
            if part.split(".")[0].casefold() in RESERVED or part.rstrip(". ") != part:
                raise Refused(f"Windows has no file called {part}: {name}")
            if _NOT_IN_A_NAME.search(part):
                raise Refused(f"Windows has no such name: {name!r}")
        if len(name) > LONGEST:
            raise Refused(f"This path is too long for Windows ({len(name)} of {LONGEST}): {name}")
        before = seen.setdefault(name.casefold(), name)
        if before != name:
            raise Refused(f"Windows would take these for one file: {before} and {name}")

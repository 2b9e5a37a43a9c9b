"""Put together a folder that runs panelkit on Windows with nothing installed.

    python tools/make_windows_folder.py python-3.12.X-embed-amd64.zip --sha256 HEX \\
        --wheel dist/panelkit-0.1.0-py3-none-any.whl --wheels wheels --fetch --out panelkit-windows

``HEX`` is what python.org publishes for that file: it is in no table here, so that nobody trusts
a number that we remembered. ``--fetch`` lets pip bring the wheels that ``requirements.lock`` names
into the folder ``--wheels``; without it they are there already, and no network is used. The same inputs make the
same folder, byte for byte. Run it with the Python of the zip (3.12 for 3.12), else nothing is
compiled beforehand and each start takes longer.

Needs ``pip install '.[release]'``.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import windows_folder as w
from packaging.utils import parse_wheel_filename
from supply import EXTRA, LICENCES, LOCK, ROOT, Locked, read_lock

SHIPPED = Path(__file__).parent / "windows"
FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""When every file of the zip was made, as far as the zip says."""
TEXTS = (".cmd", ".txt")
"""Files of ours that Windows reads line by line: they end in CR LF."""


def arguments(given: Sequence[str] | None) -> argparse.Namespace:
    """What somebody asked for."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("python", type=Path, help="python.org's python-3.X.Y-embed-amd64.zip")
    parser.add_argument("--sha256", required=True, help="of that file, as python.org publishes it")
    parser.add_argument("--wheel", type=Path, required=True, help="panelkit's own wheel")
    parser.add_argument("--wheels", type=Path, required=True, help="the folder of all the others")
    parser.add_argument("--fetch", action="store_true", help="let pip bring them into it")
    parser.add_argument("--lock", type=Path, default=LOCK, help="else requirements.lock")
    parser.add_argument("--out", type=Path, required=True, help="a folder that is not there yet")
    parser.add_argument("--zip", type=Path, help="the same as one file as well")
    return parser.parse_args(given)


def fetch(locked: Sequence[Locked], target: w.Target, folder: Path) -> None:
    """The wheels of the target, each by its hash. Raises Refused where pip could not."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        listed = Path(place) / "wanted.txt"
        listed.write_text(w.requirements(locked), encoding="utf-8")
        done = subprocess.run(
            [sys.executable, "-m", "pip", "download", "--quiet", "--platform", w.PLATFORM,
             "--implementation", "cp", "--python-version", f"3.{target.minor}",
             "--only-binary=:all:", "--require-hashes", "--no-deps", "-d", folder, "-r", listed],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
    if done.returncode:
        lines = [line for line in done.stderr.splitlines() if line.startswith("ERROR")]
        raise w.Refused("pip could not bring every wheel. " + " ".join(lines or [done.stderr]))


def files(args: argparse.Namespace) -> dict[str, bytes]:
    """Everything in the folder by its name, without the list of hashes. Raises Refused."""
    w.must_be(args.python, args.sha256)
    made: dict[str, bytes] = {}
    try:
        with zipfile.ZipFile(args.python) as archive:
            inside = w.safe_names(archive, args.python.name)
            target = w.python_of(archive)
            for info in inside:
                made[f"python/{info.filename}"] = archive.read(info)
    except zipfile.BadZipFile as wrong:
        raise w.Refused(f"{args.python.name} is not a whole zip file.") from wrong
    pth = f"python3{target.minor}._pth"
    made[f"python/{pth}"] = _lines(f"python3{target.minor}.zip\n.\n..\\site-packages\n")
    locked = w.needed(read_lock(args.lock), target)
    if args.fetch:
        fetch(locked, target, args.wheels)
    wheels = w.chosen(locked, args.wheel, args.wheels, target, (EXTRA,))
    for wheel in (args.wheel, *wheels):
        for name, data in w.contents(wheel):
            if made.setdefault(f"site-packages/{name}", data) != data:
                raise w.Refused(f"{wheel.name} and another wheel both have {name}, and differ.")
    if w.can_compile(target):
        made |= _compiled(made, target)
    made |= _ours()
    w.must_fit_windows([*made, "HASHES.txt"])
    made["README-IT.txt"] = _lines(_readme(args, target, pth, [*made, "README-IT.txt"]))
    return made


def _compiled(made: dict[str, bytes], target: w.Target) -> dict[str, bytes]:
    found = {}
    for name, data in made.items():
        if name.startswith("site-packages/") and name.endswith(".py"):
            folder, _, file = name.rpartition("/")
            try:
                found[f"{folder}/__pycache__/{file[:-3]}.cpython-3{target.minor}.pyc"] = w.compiled(
                    name, data
                )
            except (SyntaxError, ValueError):
                continue  # a file that is not meant to be loaded, such as a template of code
    return found


def _ours() -> dict[str, bytes]:
    """Launchers, the check, the licences."""
    licences = (
        (ROOT / "LICENSE").read_text(encoding="utf-8")
        + "\n\n"
        + LICENCES.read_text(encoding="utf-8")
    )
    made = {"LICENCES.txt": _lines(licences)}
    for path in sorted(SHIPPED.iterdir()):
        if path.is_file() and path.name != "README-IT.txt":
            text = path.read_text(encoding="utf-8")
            made[path.name] = _lines(text) if path.suffix in TEXTS else text.encode()
    return made


def _readme(args: argparse.Namespace, target: w.Target, pth: str, names: Sequence[str]) -> str:
    longest = max(len(name) for name in names)
    said = {
        "VERSION": str(parse_wheel_filename(args.wheel.name)[1]), "PYTHON": f"3.{target.minor}",
        "PTH": pth, "LONGEST": str(longest), "ROOM": str(259 - longest - 1),
        "ZIPHASH": args.sha256.lower(),
    }  # fmt: skip
    text = (SHIPPED / "README-IT.txt").read_text(encoding="utf-8")
    for name, words in said.items():
        text = text.replace(f"@{name}@", words)
    return text


def _lines(text: str) -> bytes:
    """Text as Windows has it."""
    return text.replace("\r\n", "\n").replace("\n", "\r\n").encode("utf-8")


def hashes(made: dict[str, bytes]) -> bytes:
    """One line for each file, sorted by name: its SHA-256, two spaces, its path."""
    lines = [
        f"{hashlib.sha256(made[name]).hexdigest()}  {name.replace('/', chr(92))}\n"
        for name in sorted(made)
    ]
    return _lines("".join(lines))


def write(made: dict[str, bytes], out: Path) -> None:
    """The folder, whole or not at all. Raises Refused where something is there already."""
    if out.exists():
        raise w.Refused(f"{out} is there already. Name another folder, or remove it.")
    fresh = out.with_name(f"{out.name}.part")
    shutil.rmtree(fresh, ignore_errors=True)
    for name, data in made.items():
        path = fresh / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        os.utime(path, (315532800, 315532800))  # the first day that a zip can say
    fresh.rename(out)


def pack(made: dict[str, bytes], target: Path, folder: str) -> None:
    """The same as one zip, byte for byte the same from the same files."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(made):
            info = zipfile.ZipInfo(f"{folder}/{name}", FIRST_DAY)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, made[name])


def main(given: Sequence[str] | None = None) -> int:
    """0 where the folder was made; 2 with one line that says what is wrong."""
    args = arguments(given)
    try:
        made = files(args)
        made["HASHES.txt"] = hashes(made)
        write(made, args.out)
    except w.Refused as refused:
        print(refused, file=sys.stderr)
        return 2
    if args.zip:
        pack(made, args.zip, args.out.name)
    size = sum(len(data) for data in made.values()) / 1e6
    print(f"{args.out}: {len(made)} files, {size:.0f} MB")
    print(f"SHA-256 of HASHES.txt: {hashlib.sha256(made['HASHES.txt']).hexdigest()}")
    if not any(name.endswith(".pyc") for name in made):
        print("Nothing was compiled: run this with the Python of the zip for quicker starts.")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Write ``tools/windows_wheels.txt``: the wheel of each locked package for Windows, by name and hash.

    python tools/make_windows_list.py [--check]

Asks the package index, and so shows that each has one. ``--check`` compares and writes nothing.
Run it after ``make_supply.py``. A test compares the list with the lock file without a network.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import windows_folder as w
from make_windows_folder import fetch
from supply import LOCK, read_lock

LIST = Path(__file__).parent / "windows_wheels.txt"
TARGET = w.Target(12)


def main() -> int:
    """0 where the list is written, or as it is; 2 with one line otherwise."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        try:
            fetch(w.needed(read_lock(LOCK), TARGET), TARGET, folder)
        except w.Refused as refused:
            print(refused, file=sys.stderr)
            return 2
        found = "".join(f"{w.sha256(path)}  {path.name}\n" for path in sorted(folder.iterdir()))
    if "--check" not in sys.argv:
        LIST.write_text(found, encoding="utf-8")
    elif found != LIST.read_text(encoding="utf-8"):
        print("tools/windows_wheels.txt is not what the lock resolves to.", file=sys.stderr)
        return 2
    print(f"{len(found.splitlines())} wheels for {w.PLATFORM} and Python 3.{TARGET.minor}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

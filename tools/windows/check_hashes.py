"""Compares every file of this folder with HASHES.txt. Exit code 1 where one is not as listed."""

import hashlib
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
NOT_LISTED = ("HASHES.txt",)
MAY_BE_WRITTEN = "data"


def main():
    listed = {}
    for line in (HERE / "HASHES.txt").read_text(encoding="utf-8").splitlines():
        digest, _, name = line.partition("  ")
        listed[name.replace("\\", "/")] = digest
    there = {
        path.relative_to(HERE).as_posix()
        for path in HERE.rglob("*")
        if path.is_file() and path.relative_to(HERE).parts[0] != MAY_BE_WRITTEN
    }.difference(NOT_LISTED)
    wrong = [f"missing: {name}" for name in sorted(set(listed) - there)]
    wrong += [f"not listed: {name}" for name in sorted(there - set(listed))]
    for name in sorted(there & set(listed)):
        if hashlib.sha256((HERE / name).read_bytes()).hexdigest() != listed[name]:
            wrong.append(f"changed: {name}")
    for line in wrong:
        print(line)
    print(f"{len(listed)} files listed, {len(wrong)} not as listed")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

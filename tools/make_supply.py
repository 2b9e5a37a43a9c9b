"""Writes the lock files, and from an installation of them the SBOM and the list of licences.

    pip install '.[release]'
    python tools/make_supply.py            # keeps the versions that are locked, where they still fit
    python tools/make_supply.py --upgrade  # takes the newest that fit

Needs a package index. The set is installed with its hashes into an empty environment, so what
is listed is what was installed. A test fails where the lists no longer fit ``pyproject.toml``.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from importlib.metadata import distributions
from pathlib import Path

import supply

HEAD = """\
# {what}
# Made by tools/make_supply.py for Python 3.11 and later on Windows, macOS and Linux.
# pip install --require-hashes -r {name}
"""
PAGE = """\
# Licences

The released set as `requirements.lock` names it, and the licence that each package states of itself;
panelkit's own is in `LICENSE`. Made by `python tools/make_supply.py`, which stops at a licence that
is not on its list. Not listed by themselves: the C libraries inside wheels (OpenSSL and SQLCipher in
`sqlcipher3`, OpenSSL in `cryptography`, libxml2 and libxslt in `lxml`, OpenBLAS and the GCC runtime in
`numpy`, image libraries in `pillow`, FreeType in `matplotlib`, libpq and OpenSSL in `psycopg-binary`).

| Package | Version | Licence |
|---|---|---|
"""


def resolve(out: Path, what: str, source: Path, *more: str) -> None:
    """One lock file: every file that an index offers of each version, for every system.

    One version of a package for every Python, so that the lists hold wherever it is installed.
    """
    subprocess.run(
        [
            sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--universal",
            "--python-version", "3.11", "--fork-strategy", "fewest", "--generate-hashes", "--no-annotate", "--no-header",
            "--no-emit-index-url", "--no-emit-find-links", str(source), "-o", str(out), *more,
        ],
        check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    pins = out.read_text(encoding="utf-8")
    out.write_text(HEAD.format(what=what, name=out.name) + pins, encoding="utf-8", newline="\n")
    supply.read_lock(out)


def installed(folder: Path) -> Path:
    """An environment with the released set and nothing else; its interpreter."""
    subprocess.run(
        [sys.executable, "-m", "uv", "venv", "--quiet", str(folder)], check=True
    )  # fmt: skip
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    subprocess.run(
        [
            sys.executable, "-m", "uv", "pip", "install", "--quiet", "--python", str(python),
            "--require-hashes", "-r", str(supply.LOCK),
        ],
        check=True,
    )  # fmt: skip
    return python


def write_sbom(python: Path) -> None:
    """CycloneDX, without what changes from run to run."""
    made = subprocess.run(
        [
            sys.executable, "-m", "cyclonedx_py", "environment", "--output-reproducible",
            "--of", "JSON", "--sv", "1.6", "--pyproject", str(supply.ROOT / "pyproject.toml"),
            str(python),
        ],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    bom = json.loads(made.stdout)
    for component in bom["components"]:
        # Where a project lives on the web is no part of what was installed, and goes out of date.
        component.pop("externalReferences", None)
    there = {supply.normal(component["name"]) for component in bom["components"]}
    for each, licence in supply.locked_elsewhere():
        if supply.normal(each.name) not in there:
            ref = f"{each.name}=={each.version}"
            bom["components"].append(
                {
                    "bom-ref": ref, "name": each.name, "version": each.version, "type": "library",
                    "purl": f"pkg:pypi/{each.name}@{each.version}",
                    "licenses": [{"license": {"acknowledgement": "declared", "id": licence}}],
                }
            )  # fmt: skip
            bom["dependencies"].append({"ref": ref})
    bom["metadata"].pop("tools", None)
    said = json.dumps(bom, indent=1, ensure_ascii=False, sort_keys=True)
    supply.SBOM.write_text(said + "\n", encoding="utf-8", newline="\n")


def write_licences(python: Path) -> None:
    """The page; stops at a licence that is not on the list."""
    (site,) = (p for p in python.parent.parent.rglob("site-packages") if p.is_dir())
    rows = []
    for package in sorted(
        distributions(path=[str(site)]), key=lambda d: supply.normal(d.metadata["Name"])
    ):
        licence = supply.licence_of(package)
        name = supply.normal(package.metadata["Name"])
        if not supply.may_be_shipped(licence, name):
            sys.exit(f"{name}: {licence} is not on the list of licences in tools/supply.py.")
        rows.append(f"| {name} | {package.version} | {licence} |\n")
    for each, licence in supply.locked_elsewhere():
        row = f"| {supply.normal(each.name)} | {each.version} | {licence} |\n"
        rows += [row] if row not in rows else []
    supply.LICENCES.write_text(PAGE + "".join(sorted(rows)), encoding="utf-8", newline="\n")


def main(more: list[str]) -> None:
    """All of it."""
    with tempfile.TemporaryDirectory() as folder:
        resolve(
            supply.LOCK, "What panelkit needs when it runs, with a record in a file or on a server.",
            supply.ROOT / "pyproject.toml", "--extra", supply.EXTRA, *more,
        )  # fmt: skip
        builder = Path(folder) / "build.in"
        builder.write_text("hatchling>=1.27\n", encoding="utf-8")
        resolve(supply.BUILD_LOCK, "What makes a package out of the source.", builder, *more)
        python = installed(Path(folder) / "venv")
        write_sbom(python)
        write_licences(python)


if __name__ == "__main__":
    main(sys.argv[1:])

"""The released set: locked by hash, listed with its licences, and a check that cannot pass idle."""

from __future__ import annotations

import importlib
import json
import re
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement

HERE = Path(__file__).parent.parent.parent
EVERYWHERE = [
    {"python_version": python, "python_full_version": f"{python}.4", "sys_platform": system,
     "platform_system": name, "os_name": "nt" if system == "win32" else "posix",
     "implementation_name": "cpython", "platform_python_implementation": "CPython"}
    for python in ("3.11", "3.12", "3.13")
    for system, name in (("linux", "Linux"), ("darwin", "Darwin"), ("win32", "Windows"))
]  # fmt: skip


@pytest.fixture
def supply(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(HERE / "tools")
    return importlib.import_module("supply")


@pytest.fixture
def checker(supply: ModuleType) -> Any:
    return importlib.import_module("check_vulnerabilities")


def there(locked: Any, where: dict[str, str]) -> bool:
    return not locked.marker or Marker(locked.marker).evaluate(where)


def test_the_lock_has_what_the_program_asks_for_on_every_system(supply: ModuleType) -> None:
    project = tomllib.loads((HERE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    released = project["dependencies"] + project["optional-dependencies"][supply.EXTRA]
    wanted = [Requirement(each) for each in released]
    everything = supply.read_lock(supply.LOCK)
    for where in EVERYWHERE:
        locked = {supply.normal(e.name): e.version for e in everything if there(e, where)}
        for each in wanted:
            if each.marker is None or each.marker.evaluate(where):
                version = locked.get(supply.normal(each.name))
                assert version is not None, f"{each.name} on {where}: run tools/make_supply.py"
                assert each.specifier.contains(version), f"{each}: run tools/make_supply.py"


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-build.lock"])
def test_a_lock_holds_names_versions_and_hashes_and_no_address(
    supply: ModuleType, name: str
) -> None:
    path = HERE / name
    locked = supply.read_lock(path)
    assert len({supply.normal(each.name) for each in locked}) == len(locked)
    assert all(each.hashes for each in locked), "every file by its hash"
    said = path.read_text(encoding="utf-8")
    assert not re.search(r"://|--index|--find-links|--trusted|file:|@", said)


def test_another_line_in_a_lock_is_refused(supply: ModuleType, tmp_path: Path) -> None:
    for line in (
        "--index-url somewhere",
        "six @ file:///tmp/six",
        "six>=1",
        "    --hash=sha256:" + "0" * 64,
    ):
        (tmp_path / "one.lock").write_text(line + "\n", encoding="utf-8")
        with pytest.raises(ValueError, match="line 1"):
            supply.read_lock(tmp_path / "one.lock")


def test_the_lists_are_of_the_locked_set(supply: ModuleType) -> None:
    locked = {(supply.normal(e.name), e.version) for e in supply.read_lock(supply.LOCK)}
    page = supply.LICENCES.read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([a-z0-9-]+) \| (\S+) \| (.+) \|$", page, re.MULTILINE)
    assert {(name, version) for name, version, _ in rows} == locked
    assert all(supply.may_be_shipped(licence, name) for name, _, licence in rows)
    bom = json.loads(supply.SBOM.read_text(encoding="utf-8"))
    assert bom["bomFormat"] == "CycloneDX"
    assert {(supply.normal(c["name"]), c["version"]) for c in bom["components"]} == locked
    (own,) = (d for d in bom["dependencies"] if d["ref"] == bom["metadata"]["component"]["bom-ref"])
    assert len(own["dependsOn"]) >= 18


def test_a_licence_on_the_page_is_what_the_package_states(supply: ModuleType) -> None:
    page = supply.LICENCES.read_text(encoding="utf-8")
    compared = 0
    for locked in supply.read_lock(supply.LOCK):
        try:
            package = distribution(locked.name)
        except PackageNotFoundError:
            continue
        if package.version == locked.version:
            row = f"| {locked.name} | {locked.version} | {supply.licence_of(package)} |"
            assert row in page, "run tools/make_supply.py"
            compared += 1
    assert compared >= 5, "those that pyproject.toml pins are the same everywhere"


def test_a_licence_that_is_not_on_the_list_is_not_shipped(supply: ModuleType) -> None:
    assert not supply.may_be_shipped("GPL-3.0-only")
    assert not supply.may_be_shipped("MIT AND GPL-3.0-only")
    assert supply.may_be_shipped("(GPL-3.0-only OR MIT)")
    assert not supply.may_be_shipped("LGPL-3.0-only", "another")
    assert supply.may_be_shipped("LGPL-3.0-only", "psycopg")


def answer(supply: ModuleType, lock: Path, **changed: dict[str, Any]) -> str:
    """What the auditor prints for a lock file whose service knows nothing but ``changed``."""
    each = [
        {"name": e.name, "version": e.version, "vulns": []} | changed.get(e.name, {})
        for e in supply.read_lock(lock)
    ]
    return json.dumps({"dependencies": each, "fixes": []})


def auditor(tmp_path: Path, lines: str) -> tuple[str, ...]:
    """A stand-in for the auditor with a service of its own."""
    script = tmp_path / "auditor.py"
    script.write_text(f"import json, sys\nfrom pathlib import Path\n{lines}\n", encoding="utf-8")
    return (sys.executable, str(script))


CLEAN = """
sys.path.insert(0, {tools!r})
import supply
lock = Path(sys.argv[sys.argv.index("-r") + 1])
each = [{{"name": e.name, "version": e.version, "vulns": []}} for e in supply.read_lock(lock)]
print(json.dumps({{"dependencies": each, "fixes": []}}))
"""


def test_a_service_that_answers_for_all_and_knows_nothing_is_good(
    checker: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stand_in = auditor(tmp_path, CLEAN.format(tools=str(HERE / "tools")))
    assert checker.main([], stand_in) == 0
    assert "nothing is known against them" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("print('No known vulnerabilities found')", "Nothing could be checked"),
        ("print(json.dumps({'dependencies': [], 'fixes': []}))", "answered for no package"),
        ("sys.exit('ConnectionError: no route to the service')", "no route to the service"),
        ("print('[1, 2]')", "Nothing could be checked"),
    ],
    ids=["words", "none", "no network", "another shape"],
)
def test_a_check_that_checked_nothing_fails_and_says_so(
    checker: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str], lines: str, said: str
) -> None:
    assert checker.main([], auditor(tmp_path, lines)) == 2
    assert said in capsys.readouterr().out
    assert checker.main([], (str(tmp_path / "nowhere"),)) == 2


def test_a_package_that_was_passed_over_fails_the_check(supply: ModuleType, checker: Any) -> None:
    locked = supply.read_lock(supply.LOCK)
    passed = {"skip_reason": "Dependency not found"}
    judged = checker.judge(locked, answer(supply, supply.LOCK, lxml=passed), "")
    assert judged.status == 2
    assert f"1 of {len(locked)} packages could not be checked: lxml" in judged.lines[0]
    other = checker.judge(locked, answer(supply, supply.LOCK, lxml={"version": "0.1"}), "")
    assert other.status == 2, "another version is another package"


def test_what_is_known_is_named(supply: ModuleType, checker: Any) -> None:
    known = {"vulns": [{"id": "PYSEC-0000-1", "fix_versions": ["99"]}]}
    said = answer(supply, supply.LOCK, jinja2=known)
    locked = supply.read_lock(supply.LOCK)
    version = next(each.version for each in locked if each.name == "jinja2")
    judged = checker.judge(locked, said, "")
    assert judged.status == 1
    assert judged.lines == (f"jinja2 {version}: PYSEC-0000-1, mended in 99",)

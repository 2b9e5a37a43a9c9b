"""RV13: sixty templates refused by name before anything is written, twenty good ones print."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from panelkit.documents.house_check import problems

from .hostile_templates import HOSTILE, WELL_MADE, Files
from .reading import HOUSE, ROOT, names, part, said


@pytest.fixture(scope="module")
def tried(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What became of each template, in a process that was watched."""
    folder = tmp_path_factory.mktemp("templates")
    for number, (_name, files, _said) in enumerate((*HOSTILE, *WELL_MADE)):
        _put(folder / f"{number:03}", files)
    started = time.monotonic()
    script = "tests.documents.template_audit"
    done = subprocess.run(
        [sys.executable, "-m", script, str(folder)], capture_output=True, text=True, timeout=300,
        cwd=ROOT, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    result: dict[str, Any] = json.loads(done.stdout)
    result["seconds"] = time.monotonic() - started
    return result


def _put(folder: Path, files: Files) -> None:
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


@pytest.mark.reliability
def test_rv13_hostile_templates_are_refused_by_name_and_good_ones_print(
    tried: dict[str, Any],
) -> None:
    assert len(HOSTILE) >= 60
    assert len(WELL_MADE) == 20
    wrong = []
    for number, (name, _files, word) in enumerate(HOSTILE):
        found = tried["found"][f"{number:03}"]
        if word.casefold() not in found.get("refused", "").casefold() or found["rendered"]:
            wrong.append((name, word, found.get("refused", "printed")))
    for number, (name, _files, words) in enumerate(WELL_MADE, len(HOSTILE)):
        found = tried["found"][f"{number:03}"]
        if "printed" not in found or words not in _everything(bytes.fromhex(found["printed"])):
            wrong.append((name, words, found.get("refused", "not in it")))
    print(
        f"RV13: {len(HOSTILE)} hostile and {len(WELL_MADE)} good templates in "
        f"{tried['seconds']:.1f} s, {len(wrong)} wrong, {len(tried['seen'])} forbidden events"
    )
    assert wrong == []
    assert tried["seen"] == []


def _everything(package: bytes) -> str:
    stories = [
        n for n in names(package) if n.startswith(("word/document", "word/header", "word/footer"))
    ]
    return "\n".join(said(part(package, name)) for name in stories)


def test_the_watch_sees_what_it_is_there_to_see(tmp_path: Path) -> None:
    script = (
        "import sys; sys.argv=['x']; from tests.documents import template_audit as t\n"
        "sys.addaudithook(t.watch)\n"
        "import subprocess, socket; subprocess.run(['true']); socket.socket().close()\n"
        f"open({str(tmp_path / 'x')!r}, 'w').close()\n"
        "print(len({e.split()[0] for e in t.seen}))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=True)  # fmt: skip
    assert int(done.stdout) >= 3


def test_every_problem_is_told_not_only_the_first() -> None:
    from .house_files import field, head, house, page, para

    found = problems(
        house({**head(para("[[refrence]] [[chiar]]")), **page(para(field("DDE x")))}), "minutes"
    )
    assert [p.what.split(": ")[1].split(" ")[0] for p in found] == ["carries", "there", "there"]
    assert "header, paragraph 2 “[[refrence]] [[chiar]]”" in found[1].what
    assert problems(HOUSE, "minutes") == ()

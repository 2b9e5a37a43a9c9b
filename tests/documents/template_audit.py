"""Run by RV13 in a process of its own: every template tried, and what the process did.

Prints JSON: for each template what refused it or what it printed, and every event that no
template may cause: a process, a socket, a file written anywhere.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from panelkit import paths
from panelkit.areas.loader import load_agenda, load_area
from panelkit.documents import word_house
from panelkit.documents.templates import load_template
from panelkit.domain.errors import BadInput
from panelkit.packs.reader import read_pack
from panelkit.services.clock import system_clock
from panelkit.services.minute_taking import MinuteTaking
from panelkit.services.sampling import sample

seen: list[str] = []
SHUT = ("subprocess.", "os.system", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "socket.",
        "urllib.", "http.", "ftplib.", "smtplib.", "ctypes.dlopen", "os.remove", "os.rename",
        "os.mkdir", "os.rmdir", "os.truncate", "shutil.", "webbrowser.")  # fmt: skip


def watch(event: str, args: tuple[Any, ...]) -> None:
    if event.startswith(SHUT):
        seen.append(event)
    elif event == "open" and len(args) == 3:
        path, mode, flags = args
        if (
            isinstance(flags, int)
            and flags & 0o3
            and not str(path).endswith((".pyc", "__pycache__"))
        ):
            seen.append(f"open {path} {mode}")


def main(folder: Path) -> None:
    area, agenda = load_area("west_midlands"), load_agenda("west_midlands")
    pack = paths.shipped("sample_meetings") / "l2_review_carried_actions.toml"
    meeting = read_pack(pack, agenda).meeting
    taking = MinuteTaking(None, area, system_clock, "Somebody", paths.shipped("templates"))
    sample(taking, load_template(paths.shipped("templates") / "minutes"), meeting)
    prepared = 0
    before = word_house.cleaned

    def counted(package: Any) -> bytes:
        nonlocal prepared
        prepared += 1
        return before(package)

    word_house.cleaned = counted
    sys.dont_write_bytecode = True
    sys.addaudithook(watch)
    found: dict[str, Any] = {}
    for each in sorted(folder.iterdir()):
        rendered = prepared
        try:
            body = sample(taking, load_template(each), meeting)
            found[each.name] = {"printed": body.hex()}
        except BadInput as refused:
            found[each.name] = {"refused": refused.sentence, "rendered": prepared - rendered}
    sys.stdout.write(json.dumps({"found": found, "seen": seen}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))

"""Nothing of the record commands a terminal, idleness locks, and a server that is away loses nothing."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest

from panelkit.domain.idleness import Patience
from panelkit.domain.people import Role
from panelkit.packs.reader import read_pack
from panelkit.services.desk import Desk
from panelkit.services.entering import enter
from panelkit.services.people import FIRST, People, found
from panelkit.store.slots import WRONG
from panelkit.store.tries import Tries
from panelkit.wiring import Settings, desk_over
from tests.desk import SAMPLES, Clock
from tests.plain.saying import talk
from tests.servers import Cluster
from tests.together.desks import CHAIR, REF, Shared, shared_server
from tests.together.proxy import Way
from tests.together.rings import FileRing
from tests.tui.hostile import MARK, bracket_texts, control_texts
from tests.tui.hostile_record import hostile_desk

PLAIN = Path(__file__).parents[2] / "panelkit" / "plain"
ACTS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")  # fmt: skip


# -- safe display ---------------------------------------------------------------------------


@pytest.mark.parametrize("source", ["control", "bracket"])
def test_hostile_words_in_every_field_command_nothing(source: str, tmp_path: Path) -> None:
    texts = control_texts(40) if source == "control" else bracket_texts(7, 40)
    desk, ref, _texts = hostile_desk(tmp_path, texts)
    meeting = desk.caseload.find(ref)
    lines: list[str] = ["owed", "who", "notes", "withdrawn", "where", "help", "kept"]
    for item in meeting.agenda:
        lines += [f"go {item.code}", "?", "last", *["", "read"] * 20]
    lines += ["go A15", *["next"] * 3, "open 1", *[""] * 40, "done", "done", "note \x1b[2Jx", "", "action a: \x1b]0;x\x07", "", "done", "done"]  # fmt: skip
    said = talk(desk, *lines, "leave", ref=ref)
    assert len(said.text) > 10_000
    assert not ACTS.search(said.text), repr(ACTS.search(said.text))
    if source == "control":
        assert f"<U+001B>]52;c;{MARK}" in said.text
    desk.caseload.record.close()


def test_only_the_voice_writes() -> None:
    """The twin of the screens' test: no module of plain mode prints by itself."""
    writers = []
    for path in sorted(PLAIN.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            name = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
            if name in ("print", "input") or re.search(r"std(out|err)\b|typer\.echo|\.write$", name):  # fmt: skip
                writers.append(f"{path.name}: {name}")
    allowed = {"voice.py: stream.write", "ending.py: os.write", "voice.py: self._write", "rewriting.py: talk.write", "steps.py: talk.write"}  # fmt: skip
    assert set(writers) <= allowed, set(writers) - allowed


# -- the lock ---------------------------------------------------------------------------------

OMAR, RIGHT = "Omar Okafor", "a passphrase of Omar"


@pytest.fixture
def sealed(tmp_path: Path, cheap_slots: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    clock = Clock()
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    path = tmp_path / "r.db"
    made = found(path, "Ruth Calloway", FIRST, "a passphrase of Ruth", clock)
    pack = read_pack(SAMPLES / "l2_review_carried_actions.toml", desk_over(Settings(clock=clock), made.record).caseload.agenda)  # fmt: skip
    desk_over(Settings(clock=clock), made.record).caseload.take_in([*pack.earlier, pack.meeting])
    People(made.record, clock).add(OMAR, (Role.CHAIR,), RIGHT)
    made.record.close()
    record = enter(path, OMAR, "", RIGHT, Tries(tmp_path / "t"), clock)
    yield desk_over(Settings(clock=clock), record)
    record.close()


class Seconds:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_after_the_idle_time_nothing_is_said_before_the_passphrase(sealed: Desk) -> None:
    seconds = Seconds()

    def nobody() -> None:
        seconds.now += Patience().idle_long_minutes * 60 + 1

    said = talk(
        sealed, "go A6", nobody, "wrong", RIGHT, "who", "leave", ref="WM-0143-3", seconds=seconds,
    )  # fmt: skip
    lines = said.lines
    locked = next(n for n, line in enumerate(lines) if line.startswith("Locked. "))
    opened = lines.index("Open again.")
    assert lines[locked + 1 : opened] == [
        f"Type the passphrase of {OMAR}. It is not shown.",
        WRONG,
        f"Type the passphrase of {OMAR}. It is not shown.",
    ]
    assert "In the room:" in "\n".join(lines[opened:])
    assert RIGHT not in said.text


def test_a_line_begun_outlives_the_lock_and_no_passphrase_is_kept(sealed: Desk) -> None:
    said = talk(sealed, "lock", ref="WM-0143-3")  # the input ends at the lock
    assert said.code == 0
    meeting = sealed.caseload.find("WM-0143-3")
    assert sealed.chairing.record.drafts(meeting.id, OMAR) == {}
    talk(sealed, "lock", "not the right one", ref="WM-0143-3")
    assert "not the right one" not in str(sealed.chairing.record.drafts(meeting.id, OMAR))


def test_a_record_without_a_passphrase_says_that_it_only_hides(tmp_path: Path) -> None:
    from tests.desk import make_desk

    desk = make_desk(tmp_path, samples=("l2_initial",))
    said = talk(desk, "lock", "", "leave", ref="HM-0212-1")
    assert "Hidden: nobody is asked for a passphrase here." in said.text


# -- a server that is away ------------------------------------------------------------------------


@pytest.fixture
def on_server(cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shared]:  # fmt: skip
    before = keyring.get_keyring()
    monkeypatch.setenv("TEST_RING", str(tmp_path / "ring.json"))
    keyring.set_keyring(FileRing())
    shared = shared_server(cluster, tmp_path)
    yield shared
    shared.close()
    keyring.set_keyring(before)


@pytest.mark.reliability
def test_what_is_typed_while_the_server_is_away_waits_and_is_sent(on_server: Shared) -> None:
    cluster = on_server.cluster
    assert cluster is not None
    host = cluster.host
    to = Path(host) / f".s.PGSQL.{cluster.port}" if host.startswith("/") else (host, cluster.port)
    way = Way(to)
    first = on_server.desk(CHAIR)
    meeting = first.caseload.find(REF)
    first.chairing.statement_given(meeting, "read")
    desk = on_server.desk(CHAIR, way.port)
    said = talk(desk, "go A6", way.cut, "Typed while it was away.", "Both lines.", ".", "yes", "leave", "yes", ref=REF)  # fmt: skip
    assert "Kept, not saved yet" in said.text
    assert "NOT SAVED: " in said.text
    assert "Saved, " not in said.text
    assert first.caseload.find(REF).text("A6", "index_offence") == ""
    way.mend()
    after = on_server.desk(CHAIR, way.port)
    said = talk(after, "leave", ref=REF)
    assert "typed while the server was away: sent." in said.text
    assert after.caseload.find(REF).text("A6", "index_offence") == "Typed while it was away.\nBoth lines."  # fmt: skip
    way.close()

"""A talk fed with lines: what was said, what is stored."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from panelkit.domain.meeting import Meeting
from panelkit.plain.ending import Ended
from panelkit.plain.reading import Meanwhile, Script
from panelkit.plain.run import hold
from panelkit.plain.voice import Voice
from panelkit.services.desk import Desk

ENDS = "the input ends, and this stands on the line:"
REF = "HM-0900-1"
Line = str | Callable[[], object]


class Acted(Script):
    """Lines of somebody at a terminal; a function among them happens instead of a line."""

    def __init__(self, lines: Sequence[Line], *, is_terminal: bool = True) -> None:
        super().__init__((), is_terminal=is_terminal)
        self._todo = list(lines)
        self.secrets: list[str] = []

    def read(self, meanwhile: Meanwhile, begun: str = "") -> str:
        while self._todo and callable(self._todo[0]):
            self._todo.pop(0)()  # type: ignore[operator]
        meanwhile(begun)  # it may ask for lines of its own
        if not self._todo or self._todo[0] is ENDS:
            raise Ended(0, begun + (str(self._todo[1]) if self._todo else ""))
        self.count += 1
        return begun + str(self._todo.pop(0))

    def secret(self, meanwhile: Meanwhile) -> str:
        said = super().secret(meanwhile)
        self.secrets.append(said)
        return said


@dataclass
class Said:
    """What came of a talk."""

    code: int
    text: str
    complaints: list[str] = field(default_factory=list)

    @property
    def lines(self) -> list[str]:
        return self.text.splitlines()


def talk(desk: Desk, *lines: Line, ref: str = REF, is_terminal: bool = True, **options: object) -> Said:  # fmt: skip
    """Lead the meeting with these lines; the input then ends."""
    said: list[str] = []
    complaints: list[str] = []
    code = hold(desk, ref, Acted(lines, is_terminal=is_terminal), Voice(said.append), complaints.append, **options)  # type: ignore[arg-type]  # fmt: skip
    return Said(code, "".join(said), complaints)


def stored(desk: Desk, ref: str = REF) -> Meeting:
    return desk.caseload.find(ref)

"""Views of minutes made elsewhere that are gone through, over the hostile record: see ``every_screen``."""

from __future__ import annotations

from types import MappingProxyType

from panelkit.domain.foreign import Sure
from panelkit.domain.meeting import Meeting
from panelkit.domain.taking_on import FACTS, Choice, Group, HalfRead, ReadLine, Unread
from panelkit.services.desk import Desk
from panelkit.tui.app import PanelkitApp
from panelkit.tui.screens.takingon.file import MinutesFile
from panelkit.tui.screens.takingon.lineform import LineForm
from panelkit.tui.screens.takingon.screen import TakingOnScreen
from tests.tui.desk_views import Shower
from tests.tui.referral_views import words_of


def _line(
    number: int, within: Group, what: str, words: list[str], /, **values: str
) -> ReadLine:  # fmt: skip
    return ReadLine(
        id=f"{what}.{number}", group=within, what=what, values=MappingProxyType(values),
        raw=words[number % len(words)], where=words[-1], how=words[-2],
        sure=list(Sure)[number % len(Sure)], choice=list(Choice)[number % len(Choice)],
    )  # fmt: skip


def half_read(desk: Desk, meeting: Meeting) -> HalfRead:
    """Minutes of which every word is hostile, lines of every kind and state among them."""
    if begun := desk.taking_on.begun():
        return begun[0]
    w = words_of(meeting)
    facts = [
        ReadLine(id=f"fact.{key}", group=group, what="fact", values=MappingProxyType({key: w[0] if key in ("ref", "name") else ""}), raw=w[1], where=w[2])
        for key, (group, _field) in FACTS.items()
    ]  # fmt: skip
    lines = [
        *(_line(n, Group.PEOPLE, "attendance", w, name=w[3], role=w[4], organisation=w[n % 5]) for n in range(4)),
        *(_line(n, Group.ACTIONS, "actions", w, text=w[n], owner=w[5], organisation=w[6], due="no day") for n in range(6)),
        _line(1, Group.DECISIONS, "decisions", w, decision=w[7], because=w[8]),
        _line(1, Group.RISK, "ratings", w, group="children", level="high", because=w[9]),
        _line(1, Group.PLAN, "measures", w, text=w[2]),
        _line(1, Group.WORDS, "contributions", w, organisation=w[1], text=w[0]),
    ]  # fmt: skip
    half = HalfRead(
        id="hostile", who=desk.who, file=f"{w[3]}.docx", sha256="0" * 64, begun_at=desk.clock(),
        lines=(*facts, *lines), not_read=tuple(Unread(what=w[4], why=w[5], where=w[6], words=each) for each in w[:3]),
    )  # fmt: skip
    desk.caseload.record.keep_half_read(None, half, desk.taking_on.by())
    return half


async def _file(app: PanelkitApp, desk: Desk, meeting: Meeting) -> None:
    half_read(desk, meeting)
    await app.push_screen(MinutesFile(desk))


async def _lines(app: PanelkitApp, desk: Desk, meeting: Meeting) -> None:
    await app.push_screen(TakingOnScreen(desk, half_read(desk, meeting)))


def _form(line_id: str) -> Shower:
    async def show(app: PanelkitApp, desk: Desk, meeting: Meeting) -> None:
        half = half_read(desk, meeting)
        line = half.line(line_id)
        await app.push_screen(LineForm(desk, words_of(meeting)[2], line, lambda _values: ""))

    return show


TAKING_ON_VIEWS: dict[str, Shower] = {
    "minutes file": _file,
    "taking on": _lines,
    "line of a person": _form("attendance.1"),
    "line of an action": _form("actions.1"),
    "line of a fact": _form("fact.ref"),
    "line of words": _form("contributions.1"),
}
"""By name, what opens it."""

"""Views of what is chased, over the hostile record: see ``every_screen``."""

from __future__ import annotations

from collections.abc import Callable

from textual.screen import Screen

from panelkit.domain.action_filter import read_filter
from panelkit.domain.chasing import Chased, Escalation, Reminder, ReminderKind
from panelkit.domain.errors import NotFound, PanelkitError
from panelkit.domain.meeting import Meeting
from panelkit.domain.vocabulary import HELD
from panelkit.services.desk import Desk
from panelkit.tui.app import PanelkitApp
from panelkit.tui.screens.chasing import forms
from panelkit.tui.screens.chasing.lists import EscalationLog, MissingList
from panelkit.tui.screens.chasing.reminders import ReminderList
from panelkit.tui.screens.chasing.screen import ChasingScreen
from panelkit.tui.screens.chasing.uploads import UploadList
from tests.tui.desk_views import Shower
from tests.tui.referral_views import words_of


def one_of(desk: Desk, _meeting: Meeting) -> Chased:
    """An action whose every word is hostile, with an organisation."""
    found = desk.chasing.listed(read_filter("is:all")).found
    return next(one for one in found if one.action.organisation.strip())


def escalated(desk: Desk, meeting: Meeting) -> tuple[Escalation, ...]:
    """Escalations in every state, every word that somebody typed hostile."""
    verbs, words = desk.chasing, words_of(meeting)
    if not verbs.escalations():
        ref, today, of = one_of(desk, meeting).ref, verbs.today(), ""
        try:
            verbs.find(ref)
        except NotFound:  # what nobody can type in a line names no case
            ref, of = "", words[6]
        for number in range(3):
            verbs.escalate(ref, words[number], today, words=words[number + 1], organisation=of)
        one, other, _ = verbs.escalations()
        verbs.answer(one.ref, words[4], today)
        verbs.withdraw(other.ref, words[5])
        verbs.name_spoc(words[6], words[7], words[8], today)
        verbs.escalate("", words[2], today, organisation=words[6], words=words[3])
    return verbs.escalations()


def reminded(desk: Desk, meeting: Meeting) -> Reminder | None:
    """A reminder that was written, where an action may stand in one."""
    for name in desk.chasing.organisations():
        if there := desk.reminding.every(name):
            return there[-1]
        try:
            ready = desk.reminding.ready(name)
            done = desk.reminding.write_into(ready, desk.documents, ReminderKind.WORKBOOK)
        except PanelkitError:
            continue
        desk.reminding.nothing_to_report(done.reminder.ref, words_of(meeting)[3])
        return done.reminder
    return None


def made(make: Callable[[Desk, Meeting], Screen[object]]) -> Shower:
    """A screen, with something of everything in the record."""

    async def show(app: PanelkitApp, desk: Desk, meeting: Meeting) -> None:
        escalated(desk, meeting)
        reminded(desk, meeting)
        await app.push_screen(make(desk, meeting))

    return show


def _reminder(desk: Desk, meeting: Meeting) -> Reminder:
    there = reminded(desk, meeting)
    words = words_of(meeting)
    # Where no organisation's name can be typed in a line, none is reminded: one as it would be stored.
    return there or Reminder(
        id="f" * 32, organisation=words[6], kind=ReminderKind.WORKBOOK, written_at=desk.clock(),
        written_by=words[7], file="reminder.xlsx", sha256="0" * 64,
    )  # fmt: skip


def _closed(desk: Desk) -> str:
    return next(m.ref for m in desk.caseload.every() if m.state in HELD)


CHASING_VIEWS: dict[str, Shower] = {
    "chasing": made(lambda desk, _m: ChasingScreen(desk, "is:all")),  # type: ignore[arg-type,return-value]
    "chasing wrong": made(lambda desk, _m: ChasingScreen(desk, "colour:[/x]")),  # type: ignore[arg-type,return-value]
    "chasing log": made(lambda desk, _m: EscalationLog(desk)),  # type: ignore[arg-type,return-value]
    "chasing missing": made(lambda desk, _m: MissingList(desk)),  # type: ignore[arg-type,return-value]
    "chasing uploads": made(lambda desk, _m: UploadList(desk)),  # type: ignore[arg-type,return-value]
    "chasing reminders": made(lambda desk, m: ReminderList(desk, one_of(desk, m).action.organisation)),  # type: ignore[arg-type,return-value]
    "chasing outcome": made(lambda desk, m: forms.OutcomeForm(desk, one_of(desk, m))),  # type: ignore[arg-type,return-value]
    "chasing escalate": made(lambda desk, m: forms.EscalateForm(desk, one_of(desk, m).ref, words_of(m)[6])),  # type: ignore[arg-type,return-value]
    "chasing answer": made(lambda desk, m: forms.AnswerForm(desk, escalated(desk, m)[0])),  # type: ignore[arg-type,return-value]
    "chasing spoc": made(lambda desk, m: forms.SpocForm(desk, words_of(m)[6])),  # type: ignore[arg-type,return-value]
    "chasing sent": made(lambda desk, m: forms.SentForm(desk, _reminder(desk, m))),  # type: ignore[arg-type,return-value]
    "chasing nil": made(lambda desk, m: forms.NilForm(desk, _reminder(desk, m))),  # type: ignore[arg-type,return-value]
    "chasing back": made(lambda desk, _m: forms.BackForm(desk)),  # type: ignore[arg-type,return-value]
    "chasing list": made(lambda desk, _m: forms.ListForm(desk, read_filter("is:all"))),  # type: ignore[arg-type,return-value]
    "chasing entered": made(lambda desk, m: forms.EnteredForm(desk, _closed(desk), ("level",), words_of(m)[2])),  # type: ignore[arg-type,return-value]
}  # fmt: skip
"""By name, what opens it."""

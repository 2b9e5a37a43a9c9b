"""Views of referrals, the board's meetings and days given up, over the hostile record: see ``every_screen``."""

from __future__ import annotations

from collections import Counter
from datetime import date

from panelkit.domain.folding import words_in
from panelkit.domain.foreign import NotRead
from panelkit.domain.meeting import Meeting
from panelkit.domain.people import Act
from panelkit.domain.put_off import PutOff, PutOffKind, PutOffReason
from panelkit.domain.referral_form import FormRead, ReadReferral, Understood, Wrong
from panelkit.domain.referrals import Claimed, Referral, Screened, ScreenedBecause
from panelkit.domain.screening import TESTS
from panelkit.domain.smb import BoardMeeting, BoardPresence
from panelkit.domain.vocabulary import AgencyType, Level, MeetingState
from panelkit.services.desk import Desk
from panelkit.tui.app import PanelkitApp
from panelkit.tui.screens.because import Because
from panelkit.tui.screens.board.attendance import AttendanceForm
from panelkit.tui.screens.board.meetings import BoardList
from panelkit.tui.screens.find import FindScreen
from panelkit.tui.screens.putoff.days import PutOffDays
from panelkit.tui.screens.putoff.forms import CauseForm, PutOffForm
from panelkit.tui.screens.referrals.forms import LedToForm, ReferralForm, ScreenForm
from panelkit.tui.screens.referrals.queue import ReferralList
from panelkit.tui.screens.referrals.reading import FileForm, ReadIn
from panelkit.tui.widgets.choice import Choice
from panelkit.tui.widgets.words import Line
from tests.tui.desk_views import Shower


def words_of(meeting: Meeting) -> list[str]:
    """Hostile words that fit a line."""
    return [answer.text for answer in meeting.answers.values() if 12 < len(answer.text) < 90]


def referred(desk: Desk, meeting: Meeting) -> tuple[Referral, ...]:
    """Referrals in every state, every word that somebody typed hostile."""
    verbs, words = desk.referrals, words_of(meeting)
    if not verbs.every():
        claimed = Claimed(answers={test: f"yes: {words[n]}" for n, test in enumerate(TESTS)})
        for number in range(4):
            verbs.receive(
                date(2026, 11, 2), words[number], AgencyType.POL, Level.TWO, claimed=claimed
            )
        verbs.decide(
            "R-1", Screened.MORE_INFORMATION, ScreenedBecause.OTHER, date(2026, 11, 4), words=words[4],
            answers=claimed.answers,
        )  # fmt: skip
        verbs.decide(
            "R-2", Screened.ACCEPTED, ScreenedBecause.OTHER, date(2026, 11, 5), level=Level.TWO,
            words=words[5],
        )  # fmt: skip
        verbs.led_to("R-2", meeting.case.ref)
        verbs.decide("R-3", Screened.REJECTED, ScreenedBecause.OTHER, date(2026, 11, 6), words=words[6])  # fmt: skip
        verbs.undo("R-3", words[7])
        verbs.withdraw("R-4", words[8])
    return verbs.every()


def boards(desk: Desk, meeting: Meeting) -> tuple[BoardMeeting, ...]:
    """Two meetings of the board, one withdrawn, with organisations that are hostile words."""
    verbs, words = desk.board_meetings, words_of(meeting)
    if not verbs.every():
        for day in (date(2026, 6, 1), date(2026, 9, 1)):
            verbs.add(day)
            for name, presence in zip(words, BoardPresence, strict=False):
                verbs.came(day, name, AgencyType.POL, presence)
        verbs.withdraw(date(2026, 6, 1), words[9])
    return verbs.every()


def put_off(desk: Desk) -> tuple[Meeting, tuple[PutOff, ...]]:
    """A planned meeting postponed, taken back, and cancelled, for hostile reasons."""
    planned = next(m for m in desk.caseload.every() if m.state is MeetingState.PLANNED)
    verbs, words = desk.putting_off, words_of(planned)
    if not verbs.of(planned.ref)[1]:
        verbs.postpone(planned.ref, date(2026, 12, 7), PutOffReason.OTHER, words=words[0])
        verbs.undo(planned.ref, 1, words[1])
        verbs.cancel(planned.ref, PutOffReason.OTHER, words=words[2])
    return verbs.of(planned.ref)


async def _referrals(app: PanelkitApp, desk: Desk, meeting: Meeting) -> None:
    referred(desk, meeting)
    await app.push_screen(ReferralList(desk))


async def _who_referred(app: PanelkitApp, desk: Desk, meeting: Meeting) -> None:
    referred(desk, meeting)
    await app.push_screen(ReferralList(desk, new=True))


async def _receive(app: PanelkitApp, desk: Desk, _meeting: Meeting) -> None:
    await app.push_screen(ReferralForm(desk))


async def _receive_from(app: PanelkitApp, desk: Desk, meeting: Meeting) -> None:
    await app.push_screen(ReferralForm(desk, words_of(meeting)[0], AgencyType.POL))


async def _file(app: PanelkitApp, desk: Desk, _meeting: Meeting) -> None:
    await app.push_screen(FileForm(desk))


async def _read(app: PanelkitApp, desk: Desk, meeting: Meeting) -> None:
    """A file whose every word is hostile: what was understood, what is wrong, what was not read."""
    words = words_of(meeting)
    lines = tuple(Understood(words[0], each, words[1]) for each in words)
    wrong = tuple(Wrong(words[2], each) for each in words)
    read = FormRead(
        words[3], (ReadReferral(words[4], lines, wrong, tuple(words)),),
        tuple(NotRead(what=each, why=each, words=each) for each in words), tuple(words),
    )  # fmt: skip
    await app.push_screen(ReadIn(desk, read))


def screening(decision: Screened) -> Shower:
    """The form of one that waits, with a decision picked."""

    async def show(app: PanelkitApp, desk: Desk, meeting: Meeting) -> None:
        form = ScreenForm(desk, referred(desk, meeting)[0])
        await app.push_screen(form)
        for choice in form.query("#decision").results(Choice):
            choice._pick((str(decision),))

    return show


async def _led_to(app: PanelkitApp, desk: Desk, meeting: Meeting) -> None:
    found = referred(desk, meeting)[1]
    await app.push_screen(LedToForm(desk, found, meeting.case.ref))


async def _because(app: PanelkitApp, desk: Desk, meeting: Meeting) -> None:
    words = words_of(meeting)
    await app.push_screen(Because(desk, Act.PLAN, words[0], words[1], lambda _why: ""))


async def _boards(app: PanelkitApp, desk: Desk, meeting: Meeting) -> None:
    boards(desk, meeting)
    await app.push_screen(BoardList(desk))


async def _board(app: PanelkitApp, desk: Desk, meeting: Meeting) -> None:
    await app.push_screen(AttendanceForm(desk, boards(desk, meeting)[-1]))


async def _new_board(app: PanelkitApp, desk: Desk, meeting: Meeting) -> None:
    boards(desk, meeting)
    await app.push_screen(AttendanceForm(desk))


async def _days(app: PanelkitApp, desk: Desk, _meeting: Meeting) -> None:
    await app.push_screen(PutOffDays(desk, *put_off(desk)))


def putting_off(kind: PutOffKind) -> Shower:
    """The form of one of the two."""

    async def show(app: PanelkitApp, desk: Desk, _meeting: Meeting) -> None:
        await app.push_screen(PutOffForm(desk, *put_off(desk), kind))

    return show


async def _cause(app: PanelkitApp, desk: Desk, _meeting: Meeting) -> None:
    await app.push_screen(CauseForm(desk, put_off(desk)[0]))


async def _find(app: PanelkitApp, desk: Desk, meeting: Meeting) -> None:
    """Hostile words found: the page is put up as the search gives it."""
    texts = (answer.text for answer in meeting.answers.values())
    ((word, _many),) = Counter(w.folded for text in texts for w in words_in(text)).most_common(1)
    screen = FindScreen(desk)
    await app.push_screen(screen)
    if not screen.query(Line):  # under the mask nothing of it is built
        return
    screen.query_one(Line).text = word
    screen.follow()
    page = desk.finding.find(word)
    assert len(page.found) > 1
    screen._show(page)


async def _find_empty(app: PanelkitApp, desk: Desk, _meeting: Meeting) -> None:
    await app.push_screen(FindScreen(desk))


REFERRAL_VIEWS: dict[str, Shower] = {
    "find": _find,
    "find nothing yet": _find_empty,
    "referrals": _referrals,
    "who referred": _who_referred,
    "receive": _receive,
    "referral file": _file,
    "referral read": _read,
    "receive from": _receive_from,
    **{f"screen {decision.value}": screening(decision) for decision in Screened},
    "led to": _led_to,
    "because": _because,
    "boards": _boards,
    "board": _board,
    "new board": _new_board,
    "days": _days,
    **{f"days {kind.value}": putting_off(kind) for kind in PutOffKind},
    "cause": _cause,
}
"""By name, what opens it."""

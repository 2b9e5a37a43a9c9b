"""Views of returns over the hostile record: see ``every_screen``."""

from __future__ import annotations

from pathlib import Path

from panelkit.domain import entries as e
from panelkit.domain.foreign import NotRead
from panelkit.domain.meeting import Meeting
from panelkit.domain.return_reading import Told, Understood
from panelkit.domain.vocabulary import AgencyType, ReturnAnswer, YesNo
from panelkit.services.desk import Desk
from panelkit.services.returns import ReturnRead
from panelkit.tui.app import PanelkitApp
from panelkit.tui.screens.returns.forms import NilReturnForm, ReturnFileForm
from panelkit.tui.screens.returns.screen import ReturnList
from panelkit.tui.screens.returns.words import ReturnWords, of_file
from panelkit.tui.widgets.rowlist import RowList
from tests.tui.desk_views import Shower
from tests.tui.referral_views import words_of


def returned(desk: Desk, meeting: Meeting) -> Meeting:
    """The meeting with a return, every word of it hostile."""
    if meeting.of(e.AgencyReturn):
        return meeting
    words, by = words_of(meeting), desk.chairing.by()
    one = e.AgencyReturn(
        id="return", organisation=words[0], agency=AgencyType.LHA, asked_by=words[1], asked_on=desk.caseload.today(),
        answer=ReturnAnswer.CAME, came_on=desk.caseload.today(), filled_by=words[2], attends=words[3],
        unread=words[4], file=words[5], sheet="7K3F9QHT",
    )  # fmt: skip
    after = meeting.add(one, by)
    for number, place in enumerate(("A5", "A7", "A10")):
        after = after.add(
            e.ReturnLine(
                id=f"line {number}", parent="return", organisation=words[0], place=place, asked=words[6],
                text=words[7 + number], minuted=YesNo.YES, restricted_to=(words[1],),
                taken_in=words[2],
            ),
            by,
        )  # fmt: skip
    desk.caseload.record.save(meeting, after, by, command="hostile return")
    return after


def _read(desk: Desk, meeting: Meeting) -> ReturnRead:
    found, words = returned(desk, meeting), words_of(meeting)
    told = Told(words[0], "A7", words[1], words[2], restricted_to=(words[3],))
    said = Understood(
        attends=words[4], filled_by=words[5], told=[told], notices=[words[6]],
        not_read=[NotRead(what=words[7], why=words[8], words=words[9])],
    )  # fmt: skip
    return ReturnRead(Path("return.docx"), found, found.of(e.AgencyReturn)[0], said, "0" * 64)


async def _list(app: PanelkitApp, desk: Desk, meeting: Meeting) -> None:
    await app.push_screen(ReturnList(desk, returned(desk, meeting)))


async def _stored(app: PanelkitApp, desk: Desk, meeting: Meeting) -> None:
    top = ReturnList(desk, returned(desk, meeting))
    await app.push_screen(top)
    if app.screen is top:  # else it is covered: a shared screen does not open it
        top.query_one(RowList).action_last()
        top.query_one(RowList).action_select()


async def _file(app: PanelkitApp, desk: Desk, _meeting: Meeting) -> None:
    await app.push_screen(ReturnFileForm(desk))


async def _words(app: PanelkitApp, desk: Desk, meeting: Meeting) -> None:
    read = _read(desk, meeting)
    await app.push_screen(ReturnWords(read.one.organisation, of_file(read), "Enter keeps it"))


async def _nil(app: PanelkitApp, desk: Desk, meeting: Meeting) -> None:
    await app.push_screen(NilReturnForm(desk, meeting, words_of(meeting)[0]))


RETURN_VIEWS: dict[str, Shower] = {
    "returns": _list, "return stored": _stored, "return file": _file, "return words": _words,
    "return nil": _nil,
}  # fmt: skip
"""By name, what opens it."""

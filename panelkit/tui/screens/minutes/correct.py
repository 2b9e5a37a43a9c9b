"""A fact corrected in the record: which one, why, and then its own form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.content import Content

from panelkit.domain import entries as e
from panelkit.domain.completeness import name_of
from panelkit.domain.conditions import is_asked
from panelkit.domain.errors import PanelkitError
from panelkit.domain.vocabulary import MeetingState
from panelkit.opened.asking import main_words
from panelkit.opened.session import Session, Spot
from panelkit.services.drafting import FACTS
from panelkit.tui.screens.decision import DecisionForm
from panelkit.tui.screens.entryform import EntryForm
from panelkit.tui.screens.listing import Listing
from panelkit.tui.screens.oneline import OneLine
from panelkit.tui.typed import as_typed
from panelkit.tui.widgets.fieldbox import FieldBox
from panelkit.tui.widgets.rowlist import Row

if TYPE_CHECKING:
    from textual.screen import ModalScreen

    from panelkit.tui.screens.minutes.draft import DraftScreen


class AnswerForm(EntryForm):
    """One answer of an agenda item, corrected."""

    def __init__(self, session: Session, item: str, key: str) -> None:
        """``key`` is a field of ``item``."""
        super().__init__(session, e.Note, "", only=(key,))
        self.place = (item, key)

    def compose_fields(self) -> ComposeResult:
        """The one field."""
        field = self.session.meeting.field(*self.place)
        if field is not None:
            yield FieldBox(self.session, Spot(*self.place), field)

    def _title_content(self) -> Content:
        return as_typed(f"Correct {self.place[0]}   saved as you type; Esc goes back")


def fact_rows(me: DraftScreen) -> list[Row]:
    """What may be corrected in this section: answers that are facts, entries that are."""
    meeting, view = me.session.meeting, me.state.view
    rows = []
    for item in meeting.agenda:
        for field in item.fields:
            place = (item.code, field.key)
            if (
                place in view.places
                and not field.is_prose
                and is_asked(field, meeting, me.desk.area)
            ):
                words = meeting.text(*place) or "not recorded"
                rows.append(Row(f"answer:{item.code}:{field.key}", (item.code, field.label, words)))
    for kind in e.ENTRIES:
        if kind.kind not in view.kinds or kind in (e.Note, e.SectionWords, e.Presence):
            continue
        for row in meeting.live(kind):
            words = main_words(row)
            rank = "" if kind in FACTS else "more of it"
            rows.append(
                Row(f"entry:{kind.kind}:{row.id}", (kind.item, name_of(row), words or rank))
            )
    return rows


def correct_fact(me: DraftScreen) -> None:
    """Choose a fact; after closing, a reason; then the form, on the record."""
    rows = fact_rows(me)
    if not rows:
        me.say("This section has no fact of its own; its case details are corrected on the case.")
        return

    def chosen(result: tuple[str, str] | None) -> None:
        if not result or not result[0]:
            return
        if me.session.meeting.state is not MeetingState.CLOSED:
            _open(me, result[0], "")
            return

        def said(reason: str | None) -> None:
            if reason and reason.strip():
                _open(me, result[0], reason)

        me.app.push_screen(
            OneLine(
                "How was the record wrong? The reason is kept with the correction.",
                lambda text: f"Enter opens the record, to be corrected because: {text}",
                hint="A reason is needed: the meeting is closed.",
            ),
            said,
        )

    me.app.push_screen(
        Listing(
            "Correct a fact",
            rows,
            (4, 34, 60),
            foot="Enter corrects it in the record; every document follows",
        ),
        chosen,
    )


def _open(me: DraftScreen, what: str, reason: str) -> None:
    try:
        chairing = me.drafting.correcting(me.session.meeting, reason)
    except PanelkitError as refused:
        me.say(refused.sentence)
        return
    session = Session(chairing, me.session.meeting)
    kind, first, second = what.split(":", maxsplit=2)
    form: ModalScreen[None]
    if kind == "answer":
        form = AnswerForm(session, first, second)
    elif first == e.Decision.kind:
        form = DecisionForm(session, second)
    else:
        form = EntryForm(session, e.BY_KIND[first], second)
    me.app.push_screen(form, lambda _done: me.session.reload())

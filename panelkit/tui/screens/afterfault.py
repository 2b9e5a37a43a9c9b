"""The first screen after a fault: what happened, and how to go on without meeting it again.

It draws nothing that was typed, so it comes up whatever a draft or an answer does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from textual.content import Content

from panelkit.domain import entries as e
from panelkit.domain.errors import PanelkitError
from panelkit.domain.fields import fields_of, store_text
from panelkit.domain.meeting import Meeting
from panelkit.services.desk import Desk
from panelkit.tui.lastfault import Stopped
from panelkit.tui.screens.listing import Listing, Page
from panelkit.tui.typed import as_typed, notify_typed
from panelkit.tui.widgets.rowlist import Row

if TYPE_CHECKING:
    from panelkit.tui.app import PanelkitApp

ASIDE: Final = "aside"
"""First word of the name of a draft that was put aside after a fault."""


class AfterFault(Listing):
    """What to open now. Nothing is opened by itself."""

    def __init__(self, desk: Desk, stopped: Stopped) -> None:
        """``stopped`` is where it was."""
        self.desk = desk
        self.stopped = stopped
        self.ref = _ref_of(desk, stopped.meeting)
        where = f"{stopped.place} of {self.ref}" if stopped.place else self.ref or "the home screen"
        again = (
            "it is likely to come again there" if stopped.comes_again else "it may not come again"
        )
        super().__init__(
            f"panelkit stopped last time because of a fault in itself, at {where}. "
            f"What was typed is kept; {again}.",
            self._choices(where),
            (34, 90),
            foot="Enter chooses   Esc leaves   the report of the fault names places only, nothing typed",
        )

    def _choices(self, where: str) -> list[Row]:
        on = Row("on", ("Go on where you were", f"opens {where} as always"))
        aside = Row(
            "aside",
            (f"Go on, with {self.stopped.place} set aside", "its words are kept, and drawn as plain text only"),
        )  # fmt: skip
        rows = [on]
        if self.ref and self.stopped.place:
            rows = [aside, on] if self.stopped.comes_again else [on, aside]
        if self.ref:
            rows.append(
                Row("read", ("Read the words kept there", "as plain text, begun lines too"))
            )
        rows += [
            Row("home", ("Home screen", "every meeting")),
            Row("list", ("A plain list of meetings", "where the home screen itself fails")),
        ]
        return rows

    def dismiss(self, result: tuple[str, str] | None = None) -> object:  # type: ignore[override]
        """Open what was chosen; Esc leaves the program."""
        app = cast("PanelkitApp", self.app)
        chosen = result[0] if result else ""
        if chosen == "read":
            app.push_screen(Page("Kept words", kept_content(self.desk, self.stopped)))
            return None
        if not chosen:
            app.exit()
            return super().dismiss(result)
        if chosen == "aside":
            put_aside(self.desk, self.stopped)
        done = super().dismiss(result)
        app.call_later(app.go_on, chosen)
        return done


class PlainMeetings(Listing):
    """References and nothing else; Enter opens one."""

    def __init__(self, desk: Desk) -> None:
        """``desk`` holds the record."""
        rows = [Row(each.ref, (each.ref, each.state.label)) for each in desk.caseload.newest()]
        super().__init__("Meetings", rows, (24, 32), foot="Enter opens   Esc leaves")

    def dismiss(self, result: tuple[str, str] | None = None) -> object:  # type: ignore[override]
        """Open the meeting; Esc leaves the program."""
        app = cast("PanelkitApp", self.app)
        done = super().dismiss(result)
        if result and result[0]:
            app.call_later(app.open_meeting, result[0])
        else:
            app.exit()
        return done


def _ref_of(desk: Desk, meeting_id: str) -> str:
    try:
        return desk.chairing.load(meeting_id).ref if meeting_id else ""
    except PanelkitError:
        return ""


def put_aside(desk: Desk, stopped: Stopped) -> None:
    """The line that was begun is kept under another name: it opens empty, nothing is lost."""
    record, who = desk.chairing.record, desk.who
    begun = record.draft(stopped.meeting, who, stopped.line) if stopped.line else ""
    if begun:
        name = f"{ASIDE} {stopped.line}"
        before = record.draft(stopped.meeting, who, name)
        record.set_draft(stopped.meeting, who, name, f"{before}\n{begun}".strip())
        record.set_draft(stopped.meeting, who, stopped.line, "")


def kept_content(desk: Desk, stopped: Stopped) -> Content:
    """Every word of the place, and every line begun, as plain text."""
    meeting = desk.chairing.load(stopped.meeting)
    lines = [
        f"{label}\n{text}\n" for label, text in [*_begun(desk, meeting), *_words(meeting, stopped)]
    ]
    return as_typed("\n".join(lines) or "Nothing is kept there.")


def _begun(desk: Desk, meeting: Meeting) -> list[tuple[str, str]]:
    drafts = desk.chairing.record.drafts(meeting.id, desk.who)
    return [(f"BEGUN AND NOT TAKEN: {line}", text) for line, text in drafts.items()]


def _words(meeting: Meeting, stopped: Stopped) -> list[tuple[str, str]]:
    """Answers of the item, and entries of every kind that belongs to it or hold the field."""
    found = [
        (f"{answer.item} {answer.field}", answer.text)
        for answer in meeting.answers.values()
        if answer.text and (stopped.drafting or answer.item == stopped.place)
    ]
    for kind in e.ENTRIES:
        for row in meeting.of(kind):
            if not (
                stopped.drafting
                or stopped.place in (kind.item, getattr(row, "place", ""))
                or row.id == stopped.entry
            ):
                continue  # fmt: skip
            words = [store_text(getattr(row, field.key)) for field in fields_of(kind)]
            found.append((f"{kind.title} {row.number}", " · ".join(word for word in words if word)))
    return found


def show_kept(app: PanelkitApp, meeting: Meeting) -> None:
    """Every line begun and not taken at this meeting, for the palette."""
    if app.desk is None:
        return
    begun = _begun(app.desk, meeting)
    if not begun:
        notify_typed(app, "No line begun waits at this meeting.")
        return
    app.push_screen(Page("Kept words", as_typed("\n".join(f"{a}\n{b}\n" for a, b in begun))))

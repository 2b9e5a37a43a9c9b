"""F5: a decision as a record. Its tests light up as they are met; none stops the typing."""

from __future__ import annotations

from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from panelkit.domain import entries as e
from panelkit.domain.attendance import organisations_present
from panelkit.domain.decisions import lights
from panelkit.domain.fields import fields_of
from panelkit.domain.meeting import Meeting
from panelkit.domain.vocabulary import DecisionType, MeetingRole, Power, View
from panelkit.services.chairing import new_id
from panelkit.tui.messages import Problem
from panelkit.tui.screens.entryform import EntryForm
from panelkit.tui.session import Session, Spot
from panelkit.tui.typed import as_typed, hidden
from panelkit.tui.widgets.entrytable import EntryTable
from panelkit.tui.widgets.fieldbox import FieldBox
from panelkit.tui.widgets.rowlist import Row, RowList

TYPE_AT: Final = {
    "A10": DecisionType.RISK_RMP,
    "A11": DecisionType.RISK_RMP,
    "A12": DecisionType.RESTRICTION,
    "A13": DecisionType.DISCLOSURE,
    "A15": DecisionType.LEVEL,
}
"""What kind of decision an item usually asks for."""

VIEW_LETTERS: Final = {
    "a": View.AGREE,
    "d": View.DISAGREE,
    "b": View.ABSTAIN,
    "s": View.SILENT,
    "n": View.NOT_ASKED,
    "l": View.LEFT,
}

BEFORE_VIEWS: Final = ("type", "question", "decision", "power")
"""Fields above the options; the rest follow the views in the order of the record."""


def begin_decision(meeting: Meeting, item: str, who: str) -> e.Decision:
    """A decision begun at ``item``: its kind follows the item, the chair decides."""
    chair = meeting.role(MeetingRole.CHAIR)
    kind = TYPE_AT.get(item, DecisionType.OTHER)
    question = ""
    if kind is DecisionType.LEVEL:
        question = f"Remain at Level {meeting.level}, move to another level, or leave?"
    return e.Decision(
        id=new_id(), at_item=item, type=kind, question=question, power=Power.PANEL,
        decided_by=chair.name if chair else who,
    )  # fmt: skip


class DecisionForm(EntryForm):
    """The record of one decision, with what hangs from it."""

    DEFAULT_CSS = """
    DecisionForm .lights { dock: top; height: auto; background: $surface; padding: 0 1; margin-bottom: 1; }
    DecisionForm .views-head { color: $text-muted; height: 1; }
    """

    tables: ClassVar[tuple[type[e.Entry], ...]] = (e.DecisionOption, e.Evidence, e.Told)

    def __init__(self, session: Session, entry: str) -> None:
        """``entry`` is the decision, stored or begun."""
        super().__init__(session, e.Decision, entry)

    def compose_fields(self) -> ComposeResult:
        """The question, options, evidence, views, then the reason and the rest."""
        described = {field.key: field for field in fields_of(e.Decision)}
        yield Static(self._lights_content(), classes="lights")
        for key in BEFORE_VIEWS:
            yield FieldBox(self.session, Spot("decisions", key, self.entry), described[key])
        yield EntryTable(self.session, e.DecisionOption, self.entry)
        yield EntryTable(self.session, e.Evidence, self.entry)
        yield Static(self._views_head_content(), classes="views-head")
        yield RowList(self.view_rows(), (28, 42, 40), letters="".join(VIEW_LETTERS), id="views")
        for key, field in described.items():
            if key not in BEFORE_VIEWS and key != "at_item":
                yield FieldBox(self.session, Spot("decisions", key, self.entry), field)
        yield EntryTable(self.session, e.Told, self.entry)

    def decision(self) -> e.Decision | None:
        """The decision as it is now."""
        row = self.session.entry("decisions", self.entry)
        return row if isinstance(row, e.Decision) else None

    def _lights_content(self) -> Content:
        row = self.decision()
        if row is None:
            return Content("")
        meeting, area = self.session.meeting, self.session.chairing.area
        shown = lights(meeting, row, area)
        met = sum(ok for _test, ok in shown)
        line = "   ".join(f"{'●' if ok else '○'} {test.label}" for test, ok in shown)
        missing = next((test.missing for test, ok in shown if not ok), "Every test is met.")
        return as_typed(f"Tests {met} of {len(shown)}   {line}\nNext: {missing}")

    def _views_head_content(self) -> Content:
        return as_typed(
            "Views   a agree  d disagree  b abstain  s asked, silent  n not asked  l had left   Enter words"
        )

    def view_rows(self) -> list[Row]:
        """Every organisation present with its view; one not recorded says so."""
        meeting, area = self.session.meeting, self.session.chairing.area
        given = {v.organisation: v for v in meeting.under(e.AgencyView, self.entry)}
        names = dict.fromkeys([*organisations_present(meeting, area), *given])
        rows = []
        for name in names:
            view = given.get(name)
            label = view.view.label if view and view.view else ""
            note = view.note if view else ""
            cells = (name, hidden(label) or "view?", hidden(note))
            rows.append(Row(f"v:{name}", cells, strong=not label))
        return rows

    def show_entry(self) -> None:
        """The record and its lights as they are now."""
        super().show_entry()
        self.query_one(".lights", Static).update(self._lights_content())
        self.query_one("#views", RowList).follow(self.view_rows())

    @on(RowList.Acted, "#views")
    def _view(self, event: RowList.Acted) -> None:
        event.stop()
        if not event.row:
            return
        refused = self.session.ensure(self.entry) or self._record_view(
            event.row.removeprefix("v:"), VIEW_LETTERS[event.letter]
        )
        if refused:
            self.post_message(Problem(refused))

    @on(RowList.OptionSelected, "#views")
    def _view_words(self, event: RowList.OptionSelected) -> None:
        event.stop()
        name = (event.option.id or "").removeprefix("v:")
        refused = self.session.ensure(self.entry)
        view = self._view_of(name)
        if not refused and view is None:
            refused = self._record_view(name, None)
            view = self._view_of(name)
        if refused or view is None:
            self.post_message(Problem(refused or "That view could not be opened."))
            return
        self.app.push_screen(EntryForm(self.session, e.AgencyView, view.id, ("view", "note")))

    def _view_of(self, name: str) -> e.AgencyView | None:
        views = self.session.meeting.under(e.AgencyView, self.entry)
        return next((v for v in views if v.organisation == name), None)

    def _record_view(self, name: str, view: View | None) -> str:
        chairing, there = self.session.chairing, self._view_of(name)
        if there is not None:
            return self.session.do(lambda m: chairing.change(m, e.AgencyView, there.id, view=view))
        fresh = e.AgencyView(id=new_id(), parent=self.entry, organisation=name, view=view)
        return self.session.do(lambda m: chairing.add(m, fresh))

    @on(EntryTable.Wanted)
    def _row_wanted(self, event: EntryTable.Wanted) -> None:
        event.stop()
        if refused := self.session.ensure(self.entry):
            self.post_message(Problem(refused))
            return
        entry = event.entry
        if not entry:
            fresh = event.kind(id=new_id(), parent=self.entry)
            self.session.begin(fresh)
            entry = fresh.id
        self.app.push_screen(EntryForm(self.session, event.kind, entry))

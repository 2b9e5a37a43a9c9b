"""One line of minutes made elsewhere corrected, or one typed that was not read."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from panelkit.domain.errors import PanelkitError
from panelkit.domain.fields import Field, FieldKind
from panelkit.domain.people import Act
from panelkit.domain.taking_on import ReadLine
from panelkit.domain.vocabulary import Category, Level, Term
from panelkit.services.desk import Desk
from panelkit.tui.screens.newmeeting import HeldLevel
from panelkit.tui.screens.statistics.forms import FigureForm
from panelkit.tui.widgets.words import Line, Words

Keep = Callable[[Mapping[str, str]], str]
"""Stores the fields by their keys; says what was kept. Raises PanelkitError."""
MOST_RAW = 600
"""Letters of the document that stand over the form; all of them stand under the list."""


class LineForm(FigureForm):
    """Each part of a line, with the words of the document above. Returns what was kept, in a word."""

    needs = Act.PLAN
    last_line = "none"
    DEFAULT_CSS = """
    LineForm Words { height: auto; max-height: 12; min-height: 3; }
    LineForm Line { height: 1; min-height: 1; }
    """

    def __init__(self, desk: Desk, heading: str, line: ReadLine, keep: Keep) -> None:
        """``line`` is as it stands; one that nobody read has no words of the document."""
        raw = " ".join(line.raw.split())
        cut = raw if len(raw) <= MOST_RAW else f"{raw[:MOST_RAW]}…"
        facts = f"In the document, {line.where}: {cut}" if raw else ""
        super().__init__(desk, heading, facts)
        self.read_line = line
        self.keep = keep
        self.last_line = _name(self.read_line.fields[-1])

    def questions(self) -> ComposeResult:
        """A line, a choice or a few lines of words for each field."""
        for field in self.read_line.fields:
            name, stands = _name(field), self.read_line.values.get(field.key, "")
            if field.kind is FieldKind.CHOICE:
                yield from self.ask_choice(name, field.label, _offered(field), stands)
            elif field.is_prose and len(self.read_line.fields) <= 2:
                yield Static(Content(field.label))
                self._begun[name] = stands
                yield Words(stands, id=name)
                yield Static(Content(""), classes="at", id=f"at-{name}")
            else:
                such = ", such as 12 March 2026" if field.kind is FieldKind.DATE else ""
                yield from self.ask_line(
                    name, f"{field.label}{such}", self.read_line.said(field.key)
                )

    def on_mount(self) -> None:
        """The first field, or the first that is empty or was not understood."""
        line = self.read_line
        wanted = [f for f in line.fields if not line.values.get(f.key) or f.key in line.doubts]
        self.first(_name((wanted if line.raw and wanted else line.fields)[0]))

    def make(self) -> str:
        """The line as it stands in the form, kept."""
        values = {}
        for field in self.read_line.fields:
            name = _name(field)
            if self.query(f"Choice#{name}"):
                values[field.key] = self.picked(name)
                continue
            text = self.query_one(f"#{name}", Words).text
            # What nobody touched stays as it was read, line ends and all.
            untouched = text.strip() == self._begun[name].strip()
            values[field.key] = self.read_line.values.get(field.key, "") if untouched else text
            try:
                field.parse(values[field.key])
            except PanelkitError as wrong:
                self.wrong(name, wrong.sentence)
        return self.keep(values)

    def _typed(self) -> bool:
        prose = [each for each in self.query(Words) if not isinstance(each, Line)]
        changed = any(each.text != self._begun.get(each.id or "", "") for each in prose)
        return changed or super()._typed()


def _name(field: Field) -> str:
    return f"f-{field.key}"


def _offered(field: Field) -> tuple[Term, ...]:
    """What can be picked: the levels at which meetings are held, the categories a person can be in."""
    if field.term is Level:
        return tuple(HeldLevel)
    return Category.known() if field.term is Category else tuple(field.term)

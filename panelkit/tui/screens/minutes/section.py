"""The middle of the desk: a section's facts in grey, its words in editors, its notes below."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from panelkit.documents.tree import Bullets, Facts, Labelled, Paragraph, SubHeading, Table
from panelkit.domain import entries as e
from panelkit.domain.fields import Field, fields_of
from panelkit.domain.vocabulary import YesNo
from panelkit.opened.session import Session, Spot
from panelkit.opened.showing import hidden
from panelkit.services.drafting import SectionState, WordsPlace
from panelkit.tui.panes.setaside import SET_ASIDE
from panelkit.tui.typed import as_typed, private
from panelkit.tui.widgets.fieldbox import FieldBox
from panelkit.tui.widgets.rowlist import Row, RowList
from panelkit.tui.widgets.still import Still
from panelkit.tui.widgets.words import Words


class DraftBox(FieldBox):
    """Words of the draft; the screen is told of every key, for the preview beside them."""

    @dataclass
    class Typed(Message):
        """Somebody typed; nothing is stored yet."""

        spot: Spot

    def follow(self) -> None:
        """As every box; not while it is half made or half gone."""
        if self.is_attached and len(self.children) == 3:
            super().follow()

    @on(Words.Edited)
    def _keys_came(self, _event: Words.Edited) -> None:
        self.post_message(self.Typed(self.spot))


class SectionPane(VerticalScroll, can_focus=False):
    """One section: what is generated, what is written, what was noted."""

    DEFAULT_CSS = """
    SectionPane { padding: 0 1; height: 1fr; }
    SectionPane > .title { text-style: bold; color: $text-accent; height: auto; }
    SectionPane > .facts { color: $text-muted; height: auto; margin-bottom: 1; }
    SectionPane > #notes { max-height: 7; margin-bottom: 1; }
    SectionPane > .notes-head { color: $text-muted; height: auto; }
    """

    def __init__(self, session: Session, state: SectionState, own: str) -> None:
        """``own`` is the id that words of this section would be stored under."""
        super().__init__(id=f"section-{state.key}")
        self.session = session
        self.state = state
        self.own = own

    def compose(self) -> ComposeResult:
        """Title, facts, editors, notes."""
        yield Still(self._title_content(), classes="title")
        yield Still(self._facts_content(), classes="facts")
        yield Still(self._notes_head_content(), classes="notes-head")
        yield RowList(self._note_rows(), (8, 24, 40), under_lines=2, id="notes")
        for place in self.state.places:
            yield self._box(place)
        if self.own:
            spec = dataclasses.replace(_own_field(), label="Words of this section")
            yield DraftBox(self.session, Spot("section_words", "text", self.own), spec)

    def _box(self, place: WordsPlace) -> DraftBox:
        field = dataclasses.replace(place.field, label=place.label)
        return DraftBox(self.session, Spot(place.owner, place.field.key, place.entry), field)

    def _title_content(self) -> Content:
        return as_typed(f"{self.state.view.heading}   {' · '.join(self.state.words)}")

    def _facts_content(self) -> Content:
        words = facts_of(self.state, self._edited_texts())
        most = max(4, self.app.size.height // 4)
        lines = words.split("\n")
        if len(lines) > most:
            words = (
                "\n".join(lines[: most - 1])
                + f"\n… {len(lines) - most + 1} more lines of facts, in full in the preview; F10 corrects"
            )
        return private(words) if words else as_typed("no facts here")

    def _edited_texts(self) -> frozenset[str]:
        spots = [Spot(p.owner, p.field.key, p.entry) for p in self.state.places]
        return frozenset(self.session.stored(spot).strip() for spot in spots)

    def _notes_head_content(self) -> Content:
        waiting = len(self.state.waiting)
        if not self.state.notes:
            return as_typed("No note was placed here.\n")
        return as_typed(
            f"NOTES  {waiting} to write up of {len(self.state.notes)}   F5 makes the next one prose"
        )

    def _note_rows(self) -> list[Row]:
        return [note_row(note) for note in self.state.notes]

    @property
    def boxes(self) -> list[DraftBox]:
        """The editors, in order."""
        return list(self.query(DraftBox))

    def follow(self, state: SectionState) -> bool:
        """Show the section as it is now; False where its places changed and it must be made again."""
        places = [(p.owner, p.field.key, p.entry) for p in state.places]
        shown = [(b.spot.owner, b.spot.field, b.spot.entry) for b in self.boxes]
        if self.own and self.own not in {entry for _owner, _field, entry in places}:
            places.append(("section_words", "text", self.own))
        if sorted(places) != sorted(shown):
            return False
        self.state = state
        if self.children:
            self.query_one(".title", Still).update(self._title_content())
            self.query_one(".facts", Still).update(self._facts_content())
            self.query_one(".notes-head", Still).update(self._notes_head_content())
            self.query_one(RowList).follow(self._note_rows())
            for box in self.boxes:
                box.follow()
        return True

    def freeze(self) -> None:
        """Approved minutes are read, not written."""
        for box in self.boxes:
            if isinstance(box.editor, Words):
                box.editor.freeze()


class SetAsideSection(SectionPane):
    """A section set aside after a fault: nothing of it is drawn."""

    def compose(self) -> ComposeResult:
        """Title and why there is no more."""
        yield Static(as_typed(self.state.view.heading), classes="title")
        yield Static(as_typed(SET_ASIDE), classes="facts")
        yield RowList([], (8, 24, 40), id="notes")

    def follow(self, state: SectionState) -> bool:
        """It stays as it is."""
        self.state = state
        return True


def _own_field() -> Field:
    return fields_of(e.SectionWords)[-1]


def note_row(note: e.Note) -> Row:
    """A note with who said it; written up ones say where."""
    state = "written" if note.settled is YesNo.YES else "waits"
    where = f"written up in {note.written_in}" if note.written_in else note.place or "not placed"
    kind = hidden(note.info_type.label.lower() if note.info_type else "")
    return Row(
        note.id, (state, note.speaker or "speaker not said", f"{kind}  {where}".strip()),
        strong=state == "waits", under=hidden(note.text),
    )  # fmt: skip


def facts_of(state: SectionState, edited: frozenset[str]) -> str:
    """The generated part of a section as short lines: what has an editor below is left out."""
    if state.view.section is None:
        return "not printed in this meeting's minutes, unless words are written here"
    lines: list[str] = []
    for block in state.view.section.blocks:
        match block:
            case Facts(rows=rows):
                lines += [f"{a}: {_short(b)}" for a, b in rows if not _written(b, edited)]
            case Table(rows=rows, caption=caption):
                lines += [f"{caption}:"] if caption else []
                for row in rows:
                    cells = [_short(c) for c in row if c.strip() and not _written(c, edited)]
                    lines.append("  " + " · ".join(cells))
            case Paragraph(text=text) if not _written(text, edited):
                lines.append(_short(text))
            case Labelled(label=label, text=text):
                lines.append(f"{label} {_short(text)}")
            case SubHeading(text=text):
                lines.append(text)
            case Bullets(items=items):
                lines += [f"- {_short(item)}" for item in items]
            case _:
                pass
    return "\n".join(lines)


def _written(text: str, edited: frozenset[str]) -> bool:
    """Whether these words have an editor; a stamp after them is no part of them."""
    return text.split("\n[", maxsplit=1)[0].strip() in edited


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= 72 else plain[:71].rstrip() + "…"

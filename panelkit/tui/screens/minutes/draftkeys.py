"""What each key of the minute taker's desk does; the keys themselves are in ``tui.keys``."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

from panelkit.domain import entries as e
from panelkit.domain.drafting import as_prose, joined
from panelkit.domain.plain_words import GAP
from panelkit.domain.vocabulary import YesNo
from panelkit.opened.session import Spot
from panelkit.services.chairing import new_id
from panelkit.store.history import Kept
from panelkit.tui.keys import DRAFT_KEYS
from panelkit.tui.screens.documents import DocumentsScreen
from panelkit.tui.screens.fieldhistory import HistoryOfField
from panelkit.tui.screens.listing import Listing, Page, lead
from panelkit.tui.screens.minutes.aside import MODES
from panelkit.tui.screens.minutes.correct import correct_fact
from panelkit.tui.screens.minutes.revisions import Chosen, Revisions
from panelkit.tui.screens.minutes.section import DraftBox, note_row
from panelkit.tui.screens.timeline import show_timeline
from panelkit.tui.theme import THEME_HELP
from panelkit.tui.typed import as_typed
from panelkit.tui.widgets.rowlist import Row, RowList
from panelkit.tui.widgets.words import Words

if TYPE_CHECKING:
    from panelkit.tui.screens.minutes.draft import DraftScreen


class DraftKeys(HistoryOfField):
    """Actions of :class:`DraftScreen`, one for each key."""

    @property
    def _me(self) -> DraftScreen:
        return cast("DraftScreen", self)

    # -- moving ----------------------------------------------------------------------

    async def action_next(self) -> None:
        """The section after this one."""
        await self._step(1)

    async def action_back(self) -> None:
        """The section before this one."""
        await self._step(-1)

    async def _step(self, by: int) -> None:
        me = self._me
        keys = [state.key for state in me.states]
        place = keys.index(me.current) + by
        if 0 <= place < len(keys):
            await me.go_to(keys[place])

    def action_sections(self) -> None:
        """To the rail, and back."""
        me = self._me
        rail = me.query_one("#rail", RowList)
        if rail.has_focus:
            me.show_column("words")
            me.focus_words(me.last_spot)
        else:
            me.focused_spot()
            me.show_column("sections")
            rail.focus()
            rail.show_current(me.current)

    def action_column(self) -> None:
        """The next column of three, where only one fits."""
        me = self._me
        order = ("sections", "words", "side")
        me.show_column(order[(order.index(me.column) + 1) % 3])
        if me.column == "sections":
            me.query_one("#rail").focus()
        elif me.column == "words":
            me.focus_words(me.last_spot)
        me.show_side()

    def action_side(self) -> None:
        """Preview, flags, differences, in turn."""
        me = self._me
        me.focused_spot()
        me.mode = MODES[(MODES.index(me.mode) + 1) % len(MODES)]
        if me.has_class("-narrow"):
            me.show_column("side")
        me.show_side()

    # -- words -------------------------------------------------------------------------

    def _box(self) -> DraftBox | None:
        """The editor in use: the one with the cursor, the last that had it, else the last of all."""
        me = self._me
        spot = me.focused_spot() or me.last_spot
        boxes = me.boxes
        return next((box for box in boxes if box.spot == spot), boxes[-1] if boxes else None)

    def _may_write(self) -> DraftBox | None:
        me = self._me
        box = self._box()
        if me.frozen:
            me.say("The minutes are approved: the words are frozen.")
        elif me.session.masked:
            me.say("Masked for sharing: F12 shows the words again.")
        elif box is not None:
            return box
        return None

    def action_write_up(self) -> None:
        """A note of this section becomes a sentence; words and mark are stored together."""
        me = self._me
        box = self._may_write()
        if box is None:
            return
        me.catch_up()
        notes = me.pane.query_one("#notes", RowList)
        waiting = {note.id: note for note in me.state.waiting}
        note = waiting.get(notes.current) if notes.has_focus else None
        note = note or next(iter(waiting.values()), None)
        if note is None:
            me.say("No note of this section waits to be written up.")
            return
        me.session.flush(box.spot)
        if box.spot in me.session.unsaved:
            me.say("What is typed here is not saved yet; the note waits until it is.")
            return
        if refused := me.session.ensure(box.spot.entry):
            me.say(refused)
            return
        editor = cast("Words", box.editor)
        before = editor.text
        after = joined(before, as_prose(note))
        place = (box.spot.owner, box.spot.field, box.spot.entry)
        editor.insert(after[len(before) :], editor.document.end)
        editor.move_cursor(editor.document.end)
        box.stored_elsewhere()
        me.show_column("words")
        editor.focus()
        refused = me.session.do(
            lambda m: me.drafting.write_up(m, note.id, place, editor.text, new_id())
        )
        if refused:
            editor.undo()
            me.say(refused)
        else:
            me.written_up[note.id] = (box.spot, before, after)

    def settle_notes(self, spot: Spot) -> None:
        """Ctrl+Z over a note's sentence lets the note wait again; redo settles it."""
        me = self._me
        text = me.session.text(spot)
        for note_id, (where, before, after) in me.written_up.items():
            if where != spot:
                continue
            note = next((n for n in me.session.meeting.live(e.Note) if n.id == note_id), None)
            if note is None:
                continue
            place = (spot.owner, spot.field, spot.entry)
            if text == before and note.settled is YesNo.YES:
                me.say(me.session.do(partial(me.drafting.waiting_again, note=note_id)))
            elif text == after and note.settled is not YesNo.YES:
                again = partial(
                    me.drafting.write_up, note=note_id, place=place, text=text, visit=new_id()
                )
                me.say(me.session.do(again))

    def action_phrase(self) -> None:
        """Words of the phrase book, those of this section's items first."""
        me = self._me
        box = self._may_write()
        if box is None:
            return
        mine = {item for item, _key in me.state.view.places} | {
            kind.item for kind in e.ENTRIES if kind.kind in me.state.view.kinds
        }
        book = sorted(me.desk.area.phrases, key=lambda phrase: phrase[0] not in mine)
        rows = [Row(str(place), (item, text)) for place, (item, text) in enumerate(book)]

        def chosen(result: tuple[str, str] | None) -> None:
            if not result or not result[0]:
                return
            editor = cast("Words", box.editor)
            start = len(editor.text)
            text = joined(editor.text, book[int(result[0])][1])
            editor.insert(text[start:], editor.document.end)
            editor.focus()
            _select(editor, editor.text.find(GAP, start))

        me.app.push_screen(
            Listing("Phrase book", rows, (4, 100), foot="type to filter   Enter puts it after the words   ^N goes to each ..."),
            chosen,
        )  # fmt: skip

    def action_gap(self) -> None:
        """The next ``...`` of these words."""
        box = self._box()
        if box is None:
            return
        editor = cast("Words", box.editor)
        row, column = editor.cursor_location
        lines = editor.text.split("\n")
        here = sum(len(line) + 1 for line in lines[:row]) + column
        found = editor.text.find(GAP, here)
        editor.focus()
        if not _select(editor, found if found >= 0 else editor.text.find(GAP)):
            self._me.say("Nothing is left to fill in here.")

    def action_flag(self) -> None:
        """The next words that are pointed out, selected where they stand."""
        me = self._me
        flags = [flag for flag in me.flags_now() if flag.hint.end]
        if not flags:
            self._next_flagged()
            return
        box, order = self._box(), [b.spot for b in me.boxes]
        here = (-1, -1)
        if box is not None:
            editor = cast("Words", box.editor)
            row, column = max(editor.selection.start, editor.selection.end)
            at = sum(len(line) + 1 for line in editor.text.split("\n")[:row]) + column
            here = (order.index(box.spot), at)
        places = []
        for flag in flags:
            spot = Spot(flag.place.owner, flag.place.field.key, flag.place.entry)
            if spot in order:
                places.append(((order.index(spot), flag.hint.start), flag))
        ahead = [(place, flag) for place, flag in places if place >= here] or places
        if not ahead:
            return
        (number, _start), flag = ahead[0]
        editor = cast("Words", me.boxes[number].editor)
        me.show_column("words")
        editor.focus()
        _select(editor, flag.hint.start, flag.hint.end)
        me.mode = "flags"
        me.show_side()

    def _next_flagged(self) -> None:
        """The next section in which words are pointed out."""
        me = self._me
        keys = [state.key for state in me.states]
        here = keys.index(me.current) + 1
        ahead = [
            s for s in (*me.states[here:], *me.states[:here]) if s.flags and s.key != me.current
        ]
        if not ahead:
            me.say("Nothing is pointed out in these minutes.")
            return
        me.mode = "flags"
        me.run_worker(me.go_to(ahead[0].key), group="move")

    def kept(self, spot: Spot) -> tuple[Kept, ...]:
        """What stood in a place before, oldest first."""
        me = self._me
        entity, key = (
            (spot.owner, spot.entry) if spot.entry else ("answer", f"{spot.owner}.{spot.field}")
        )
        field = spot.field if spot.entry else "text"
        return me.session.chairing.record.history(me.session.meeting.id, entity, key, field)

    def action_timeline(self) -> None:
        """Everything that happened in this case; Enter opens the draft of another meeting."""
        from panelkit.tui.screens.minutes.draft import DraftScreen

        me = self._me
        me.session.flush()
        show_timeline(
            me.app, me.desk, me.session.meeting.case.ref, here=me.session.meeting.ref,
            masked=me.session.masked,
            open_meeting=lambda ref: me.app.push_screen(DraftScreen(me.desk, me.desk.caseload.find(ref))),
        )  # fmt: skip

    def history_spot(self) -> Spot | None:
        """The field in use: the last that had the cursor, where none has it now."""
        return HistoryOfField.history_spot(self) or self._me.last_spot

    def action_revisions(self) -> None:
        """Every revision of the words in use."""
        me = self._me
        box = self._box()
        if box is None:
            me.say("Put the cursor in the words whose revisions you want.")
            return
        spot = box.spot
        me.session.flush(spot)
        kept = self.kept(spot)
        row = (
            me.session.entry(spot.owner, spot.entry)
            if spot.entry
            else me.session.meeting.answers.get((spot.owner, spot.field))
        )
        now = Kept(
            len(kept) + 1,
            me.session.text(spot),
            row.typed_by if row else "",
            row.typed_at if row else None,
            "",
            checked=True,
        )

        def chosen(result: Chosen | None) -> None:
            if result is None:
                return
            if result.restore and result.text != me.session.stored(spot):
                self._restore(spot, result.text)
            elif not result.restore:
                me.base[spot] = (result.text, result.title)
                me.last_spot = spot
                me.mode = "differences"
            box.editor.focus()
            me.show_side()

        me.app.push_screen(Revisions(box.field.label, kept, now, frozen=me.frozen), chosen)

    def _restore(self, spot: Spot, text: str) -> None:
        """A revision stands again, as a new one: a visit of its own keeps what stood until now."""
        me = self._me
        me.session.arrive(spot)
        me.session.typed(spot, text, 0.0)
        me.session.flush(spot)
        me.session.arrive(spot)
        me.say(me.session.problem)

    # -- facts and notes ---------------------------------------------------------------

    def action_correct(self) -> None:
        """A fact of this section corrected in the record."""
        me = self._me
        if me.frozen:
            me.say(
                "The minutes are approved: a correction is an amendment, or is made at A4 of the next meeting."
            )
            return
        me.session.flush()
        correct_fact(me)

    def action_notes(self) -> None:
        """Every note in the order it was said; Enter places one, Ctrl+K lets one wait again."""
        me = self._me
        notes = me.session.meeting.live(e.Note)
        rows = [note_row(note) for note in notes]

        def chosen(result: tuple[str, str] | None) -> None:
            if not result or not result[0]:
                return
            if result[1]:
                me.say(me.session.do(lambda m: me.drafting.waiting_again(m, result[0])))
            else:
                self._place(result[0])

        foot = "Enter places it at an item   Ctrl+K: not written up after all   type to filter   Esc back"
        me.app.push_screen(
            Listing("Notes, as they were said", rows, (8, 26, 40), foot=foot, letter="wait"), chosen
        )

    def _place(self, note_id: str) -> None:
        me = self._me
        items = [Row(item.code, (item.code, item.title)) for item in me.session.meeting.agenda]

        def chosen(result: tuple[str, str] | None) -> None:
            if result and result[0]:
                me.say(
                    me.session.do(
                        lambda m: me.desk.chairing.change(m, e.Note, note_id, place=result[0])
                    )
                )

        me.app.push_screen(
            Listing("Where does this note belong?", items, (4, 70), foot="Enter places it there"),
            chosen,
        )

    def action_confirm_carried(self) -> None:
        """The carried words in use are current; the person at the keyboard says so."""
        me = self._me
        box = self._box()
        if box is None:
            return
        spot = box.spot
        if spot.entry:
            kind, who = e.BY_KIND[spot.owner], me.desk.who
            me.say(
                me.session.do(
                    lambda m: me.desk.chairing.change(m, kind, spot.entry, confirmed_by=who)
                )
            )
        else:
            me.say(
                me.session.do(lambda m: me.desk.chairing.confirm_answer(m, spot.owner, spot.field))
            )

    # -- the rest ----------------------------------------------------------------------

    def action_documents(self) -> None:
        """Write a document of the meeting as it is stored."""
        me = self._me
        me.session.flush()
        me.app.push_screen(DocumentsScreen(me.desk, me.session.meeting))

    def action_help(self) -> None:
        """Every key and its second way."""
        lines = [
            f"{key.display or '':<5} ^F {key.letter}   {key.label:<16} {key.tooltip}"
            for key in DRAFT_KEYS
        ]
        lines += [
            "", "Grey lines are facts: they come from the record and are corrected there, with F10.",
            "Words are saved as you type; every revision is kept. Ctrl+Z undoes, also a note made into prose.",
            "Flags point at words and change nothing. ... is a gap of a phrase that is still to be filled in.",
            THEME_HELP,
        ]  # fmt: skip
        self._me.app.push_screen(
            Page("The minute taker's desk", as_typed("\n".join(lines)), shared=True)
        )

    def action_leader(self) -> None:
        """The leader key: then one letter."""
        lead(self._me, DRAFT_KEYS)

    def action_leave(self) -> None:
        """Back; what cannot be saved keeps the desk open."""
        me = self._me
        me.session.flush()
        if me.session.unsaved and me.session.is_kept_beside:
            me.say("Read-only here: what you typed is kept, and asked about when the pen is back.")
        elif me.session.unsaved or me.session.conflicts:
            me.say("Something typed here is not saved yet; it is tried again.")
            return
        me.dismiss(None)


def _select(editor: Words, start: int, end: int = 0) -> bool:
    """Select ``...`` or the words from ``start`` to ``end``; False where there is nothing."""
    from textual.widgets.text_area import Selection

    if start < 0:
        return False
    text, end = editor.text, end or start + len(GAP)
    ends = [(text.count("\n", 0, at), at - (text.rfind("\n", 0, at) + 1)) for at in (start, end)]
    editor.selection = Selection(*ends)
    return True

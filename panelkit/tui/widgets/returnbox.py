"""What returns of organisations say for one item: offered, and taken by one key."""

from __future__ import annotations

from typing import Final

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical

from panelkit.domain import entries as e
from panelkit.domain.return_words import held_words, line_words
from panelkit.domain.returns import lines_at
from panelkit.domain.vocabulary import ReturnUse
from panelkit.opened.session import Session
from panelkit.opened.showing import hidden
from panelkit.services.return_taking import ReturnTaking
from panelkit.tui.messages import Problem
from panelkit.tui.typed import as_typed
from panelkit.tui.widgets.rowlist import Row, RowList
from panelkit.tui.widgets.still import Still

HEAD: Final = "From returns, not said here   t takes it in   x sets aside   m they agree to minuting   Enter all of it"  # fmt: skip
SHORT: Final = 3
"""Lines of an answer that are shown until somebody asks for all of it."""


class ReturnBox(Vertical):
    """Every line that returns say for an item, above what is asked there.

    | Key | Does |
    |---|---|
    | t | takes the line into the record, as from the return |
    | x | sets it aside, or offers it again |
    | m | its giver was asked and agrees that it is minuted |
    | Enter | shows all of it, or less again |
    """

    DEFAULT_CSS = """
    ReturnBox { height: auto; margin-bottom: 1; }
    ReturnBox > .head { color: $text-muted; height: auto; }
    ReturnBox > RowList { max-height: 14; }
    """

    def __init__(self, session: Session, item: str) -> None:
        """``item`` is the code of the agenda item."""
        super().__init__(classes="returned")
        self.session = session
        self.item = item

    def compose(self) -> ComposeResult:
        """What the keys do, then the lines."""
        yield Still(as_typed(HEAD), classes="head")
        yield RowList(self.rows(), (14, 60), letters="txm", under_lines=SHORT)

    def rows(self) -> list[Row]:
        """One for each line: what became of it, whose it is, what its giver does not allow, the words."""
        return [self._row(one, line) for one, line in lines_at(self.session.meeting, self.item)]

    def _row(self, one: e.AgencyReturn, line: e.ReturnLine) -> Row:
        state = {ReturnUse.TAKEN: f"taken {line.taken_in}", ReturnUse.ASIDE: "set aside"}
        word = state[line.use] if line.use is not None else "RETURN"
        # What its giver does not allow comes first: a long answer is cut at its end.
        held = f"{held_words(line)}. " if held_words(line) else ""
        asked = f"  ({line.asked})" if line.asked else ""
        words = hidden(f"{held}{line_words(one, line)}{asked}")
        return Row(line.id, (word, line.organisation), strong=line.use is None, under=words)

    def follow(self) -> None:
        """The lines as they are now."""
        if self.children:
            self.query_one(RowList).follow(self.rows())

    @on(RowList.Acted)
    def _acted(self, event: RowList.Acted) -> None:
        event.stop()
        if not event.row:
            return
        chairing = self.session.chairing
        verbs = ReturnTaking(chairing.record, chairing.clock, chairing.who)
        act = {"t": verbs.take, "x": verbs.set_aside, "m": verbs.agree}[event.letter]
        if refused := self.session.do(lambda m: act(m, event.row)):
            self.post_message(Problem(refused))

    @on(RowList.OptionSelected)
    def _whole(self, event: RowList.OptionSelected) -> None:
        event.stop()
        rows = self.query_one(RowList)
        rows.under_lines = 0 if rows.under_lines else SHORT
        rows.shown = ()
        rows.follow(self.rows())

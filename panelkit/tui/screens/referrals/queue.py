"""Every referral, those that wait for an answer first: recorded, screened, linked, taken back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from textual import events, on
from textual.app import ComposeResult

from panelkit.domain.allocating import What
from panelkit.domain.errors import PanelkitError
from panelkit.domain.fields import long_date
from panelkit.domain.people import Act
from panelkit.domain.referrals import Referral, has_words
from panelkit.domain.vocabulary import AgencyType
from panelkit.services.desk import Desk
from panelkit.services.minute_taking import make_folder
from panelkit.tui.screens.allocation.moving import move, with_holder
from panelkit.tui.screens.because import Because
from panelkit.tui.screens.listing import Listing
from panelkit.tui.screens.oneline import OneLine
from panelkit.tui.screens.referrals import forms
from panelkit.tui.screens.referrals.again import say_again
from panelkit.tui.screens.referrals.reading import FileForm, ReadIn
from panelkit.tui.screens.referrals.wording import asked_words, days, decision_words, row_of
from panelkit.tui.screens.statistics.panel import ListPanel
from panelkit.tui.screens.statistics.wording import said
from panelkit.tui.widgets.rowlist import Row, RowList

if TYPE_CHECKING:
    from panelkit.documents.files import Written

KEYS: Final = (
    "Enter screens it   n a new one   r reads a file in   l the letter   f a blank form   w who has it   "
    "c its case   a who was referred before   u takes the answer back   e empties its words   Delete withdraws it   Esc back"
)
NEW: Final = "+"
WIDE: Final = 110
"""From this many cells across an organisation's name has more room."""


class ReferralList(ListPanel):
    """Referrals in the order in which they want somebody. Returns whether one was changed.

    | Key | Does |
    |---|---|
    | Enter | what was decided of it; at + a new one |
    | n | one that came |
    | r | one that is in a file: what is understood is shown first |
    | l | the letter that answers it, in Word |
    | f | a blank form in Word, to be filled in by an agency |
    | w | who has it from now on |
    | c | the case that came of it |
    | a | the earlier referral of the same individual |
    | u | its last decision taken back |
    | e | the words of its screening emptied |
    | Delete | one that never came withdrawn |
    """

    needs = Act.READ

    def __init__(self, desk: Desk, *, new: bool = False) -> None:
        """With ``new`` the form of one that came opens over it at once."""
        super().__init__()
        self.desk = desk
        self.new = new
        self.every: tuple[Referral, ...] = ()
        self.case_refs: dict[str, str] = {}
        self.holders: dict[str, str] = {}
        self.same_as: dict[str, str] = {}

    def compose(self) -> ComposeResult:
        """How many wait, the list, what was said last, the keys."""
        return self.laid("", RowList((), self._widths(), letters="ncuerlfwa", under_lines=3), KEYS)

    def _widths(self) -> tuple[int, ...]:
        return (6, 13, 46 if self.app.size.width >= WIDE else 20, 2, 26)

    def on_resize(self) -> None:
        """Columns for the width there is."""
        self.query_one(RowList).use_widths(self._widths())
        self.follow()

    def on_mount(self) -> None:
        """The one that waits longest is under the cursor."""
        self.follow()
        rows = self.query_one(RowList)
        rows.focus()
        rows.show_current(next((one.ref for one in self.every if one.waits), NEW))
        if self.new:
            self.receive()

    def follow(self) -> None:
        """The referrals as the record has them now."""
        verbs = self.desk.referrals
        try:
            found = verbs.every()
            self.case_refs = verbs.case_refs(found)
            self.holders = self.desk.allocating.holders()
            self.same_as = self.desk.allocating.same_as(found)
        except PanelkitError as failed:
            self.say(said(failed))
            return
        self.every = tuple(sorted(found, key=lambda one: (one.received_on, one.number)))
        waiting = sum(one.waits for one in self.every)
        due = days(self.desk.area.figure("referral_answer_working_days"))
        many = f"{waiting} wait{'s' if waiting == 1 else ''}" if waiting else "none waits"
        self.show_title(f"Referrals   {many} for an answer, due within {due}")
        self.query_one(RowList).follow(self._rows())

    def _rows(self) -> list[Row]:
        rows = [Row(NEW, (NEW, "record", "a referral that came", "", ""))]
        accepted = [one for one in self.every if _no_case_yet(one)]
        answered = [
            one for one in self.every if one.is_live and not one.waits and one not in accepted
        ]
        for title, group in (
            (
                "WAITING FOR AN ANSWER: working days since it came",
                [o for o in self.every if o.waits],
            ),
            ("ACCEPTED, NO CASE YET", accepted),
            ("ANSWERED", answered[::-1]),
            ("WITHDRAWN", [one for one in self.every if not one.is_live][::-1]),
        ):
            if group:
                rows += [Row(f"h:{title}", (title,), heading=True), *map(self._row, group)]
        return rows

    def _row(self, one: Referral) -> Row:
        today = self.desk.caseload.today()
        row = row_of(
            one, self.desk.area, today, self.case_refs.get(one.case_id, ""),
            self.same_as.get(one.id, ""),
        )  # fmt: skip
        return with_holder(row, self.holders.get(one.id, ""))

    # -- acting --------------------------------------------------------------------------

    @on(RowList.OptionSelected)
    def _opened(self, event: RowList.OptionSelected) -> None:
        event.stop()
        if event.option.id == NEW:
            self.receive()
        elif (one := self._of(event.option.id or "")) is not None:
            self._screen(one)

    @on(RowList.Acted)
    def _acted(self, event: RowList.Acted) -> None:
        event.stop()
        if event.letter == "n":
            self.receive()
        elif event.letter == "r":
            self.read_in()
        elif event.letter == "f":
            self._write(self.desk.referral_forms.blank, "The form")
        elif event.letter == "w" and self._of(event.row) is not None:
            move(self, self.desk, event.row, What.REFERRAL)
        elif (one := self._of(event.row)) is not None:
            acts: dict[str, Callable[[Referral], None]] = {
                "c": self._link, "a": partial(say_again, self), "u": self._undo, "e": self._empty,
                "l": self._letter,
            }  # fmt: skip
            acts[event.letter](one)

    def on_key(self, event: events.Key) -> None:
        """Delete withdraws the referral under the cursor, with a reason."""
        if event.key != "delete":
            return
        event.stop()
        if (one := self._of(self.query_one(RowList).current)) is not None:
            self._withdraw(one)

    def receive(self) -> None:
        """One that came: first who referred, where some are known."""
        known = organisations(self.desk, self.every)

        def chosen(result: tuple[str, str] | None) -> None:
            which = result[0] if result else ""
            if which == NEW:
                self.open_form(forms.ReferralForm(self.desk))
            elif which:
                self.open_form(forms.ReferralForm(self.desk, *known[int(which)]))

        if not known:
            self.open_form(forms.ReferralForm(self.desk))
            return
        rows = [Row(NEW, ("+ another organisation", ""))]
        rows += [Row(str(n), (name, kind.label)) for n, (name, kind) in enumerate(known)]
        foot = "Enter takes it   type to filter   Esc back"
        self.app.push_screen(Listing("Who referred?", rows, (52, 34), foot=foot), chosen)

    def read_in(self) -> None:
        """One that is in a file: which, then what was understood of it."""
        form = FileForm(self.desk)

        def chosen(_said: str | None) -> None:
            if form.read is None:
                return
            shown = ReadIn(self.desk, form.read)
            self.app.push_screen(shown, lambda _kept: self.done(shown.kept))

        self.say("")
        self.app.push_screen(form, chosen)

    def _letter(self, one: Referral) -> None:
        self._write(partial(self.desk.referral_forms.letter, one.ref), f"The letter of {one.ref}")

    def _write(self, write: Callable[[Path], Written], what: str) -> None:
        try:
            make_folder(self.desk.documents)
            written = write(self.desk.documents)
        except PanelkitError as failed:
            self.say(said(failed))
            return
        note = f" {written.note}" if written.note else ""
        self.say(f"{what} is written: {written.path}. Nothing is sent: do that yourself.{note}")

    def _screen(self, one: Referral) -> None:
        if not one.is_live:
            self.say(f"{one.ref} was withdrawn: {one.withdrawn}")
        elif one.settled is not None:
            words, day = one.settled.decision.label.lower(), long_date(one.settled.decided_on)
            more = " c says which case came of it." if one.settled.decision.accepts else ""  # fmt: skip
            self.say(f"{one.ref} was {words} on {day}. u takes that back.{more}")
        else:
            self.open_form(forms.ScreenForm(self.desk, one))

    def _link(self, one: Referral) -> None:
        if one.settled is None or not one.settled.decision.accepts or not one.is_live:
            self.say(f"{one.ref} is not accepted: no case came of it.")
        else:
            self.open_form(forms.LedToForm(self.desk, one, self.case_refs.get(one.case_id, "")))

    def _undo(self, one: Referral) -> None:
        live = [each for each in one.screening if each.is_live]
        if not live:
            self.say(f"{one.ref} is not screened yet.")
            return

        def act(why: str) -> str:
            forms.as_shown(self.desk, one)
            self.desk.referrals.undo(one.ref, why)
            return f"{one.ref}: the decision is taken back; it stays in sight with the reason."

        last = decision_words(live[-1])
        self.open_form(
            Because(self.desk, Act.PLAN, f"{one.ref}   take its decision back", last, act)
        )

    def _withdraw(self, one: Referral) -> None:
        if not one.is_live:
            self.say(f"{one.ref} was withdrawn: {one.withdrawn}")
            return

        def act(why: str) -> str:
            forms.as_shown(self.desk, one)
            self.desk.referrals.withdraw(one.ref, why)
            return f"{one.ref} is withdrawn. It stays in sight with the reason, and counts nowhere."

        facts = f"{asked_words(one)}.\nFor one that never came, or was typed twice. It is not brought back."  # fmt: skip
        self.open_form(Because(self.desk, Act.PLAN, f"{one.ref}   withdraw it", facts, act))

    def _empty(self, one: Referral) -> None:
        reasons = any(
            each.because for each in self.desk.allocating.of(one.ref, What.REFERRAL).steps
        )
        if not reasons and not has_words(one):
            self.say(f"{one.ref} has no words to empty.")
            return

        def act() -> None:
            try:
                forms.as_shown(self.desk, one)
                self.desk.referrals.without_words(one.ref)
            except PanelkitError as failed:
                self.say(said(failed))
            else:
                self.done(f"The words of {one.ref} are emptied; what was counted stays.")

        if why := self.desk.why_not(Act.PLAN):
            self.say(why)
            return
        asked = OneLine(
            f"Empty the words of {one.ref}? What is coded stays, and so does what was counted.",
            lambda _text: "Enter empties them for good, where the word is yes.",
            hint="Type yes; Esc leaves it.",
            sure=act,
        )
        self.app.push_screen(asked)

    def _of(self, ref: str) -> Referral | None:
        return next((one for one in self.every if one.ref == ref), None)


def _no_case_yet(one: Referral) -> bool:
    accepted = one.settled is not None and one.settled.decision.accepts
    return one.is_live and accepted and not one.case_id


def organisations(desk: Desk, referrals: tuple[Referral, ...]) -> list[tuple[str, AgencyType]]:
    """Who may refer: those that did, and those of the area, by name."""
    known = {one.organisation.casefold(): (one.organisation, one.agency) for one in referrals}
    for name, kind in desk.area.organisations:
        if kind.takes_part:
            known.setdefault(name.casefold(), (name, kind))
    return [known[plain] for plain in sorted(known)]

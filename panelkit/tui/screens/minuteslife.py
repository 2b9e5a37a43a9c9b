"""The life of one meeting's minutes: where they are, whom they wait for, one key a step."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import Static

from panelkit.domain import amending
from panelkit.domain import entries as e
from panelkit.domain import minutes as m
from panelkit.domain.errors import PanelkitError
from panelkit.domain.fields import long_date
from panelkit.domain.meeting import Meeting
from panelkit.domain.people import Act
from panelkit.domain.timescales import room_day
from panelkit.domain.vocabulary import YesNo
from panelkit.services.desk import Desk
from panelkit.tui.screens.lifeforms import Asked, Attest, Drafts, WordsForm
from panelkit.tui.screens.listing import Listing
from panelkit.tui.typed import as_typed, as_typed_line, notify_typed
from panelkit.tui.widgets.rowlist import Row, RowList

Verb = Callable[[], Meeting]

KEYS = (
    ("s", "Send to chair"), ("c", "Comment"), ("t", "Settle comment"), ("r", "Return"),
    ("a", "Approve"), ("u", "Withdraw approval"), ("i", "Issue"), ("m", "Ask amendment"),
    ("d", "Decide amendment"), ("o", "Outside copy"), ("w", "Write copies"), ("k", "Mark sent"),
    ("h", "Hand over"),
)  # fmt: skip
"""Every key with its label; the foot shows those that do something now."""


class MinutesLifeScreen(Screen[None]):
    """Stage, clocks, comments, amendments, who has which copy.

    | Key | Does |
    |---|---|
    | s c t r a u i m d o w k h | one step each, as the foot says |
    | Esc | back |
    """

    needs = Act.READ
    DEFAULT_CSS = """
    MinutesLifeScreen { layout: vertical; }
    MinutesLifeScreen #top { height: 1; background: $primary; text-style: bold; }
    MinutesLifeScreen #state { height: auto; padding: 1 1 0 1; }
    MinutesLifeScreen VerticalScroll { height: 1fr; padding: 1; }
    MinutesLifeScreen RowList { max-height: 100%; }
    MinutesLifeScreen #keys { height: auto; background: $panel; color: $text-muted; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(letter, f"step('{letter}')", label, show=False) for letter, label in KEYS),
        Binding("escape", "leave", "Back"),
    ]

    def __init__(self, desk: Desk, meeting: Meeting) -> None:
        """``meeting`` is read again from the record before each step."""
        super().__init__()
        self.desk = desk
        self.meeting = meeting

    def compose(self) -> ComposeResult:
        """The top line, where it stands, the rows, the keys."""
        yield Static(id="top", markup=False)
        yield Static(id="state", markup=False)
        with VerticalScroll(can_focus=False):
            yield RowList([], (12, 30, 26, 40), under_lines=4)
        yield Static(id="keys", markup=False)

    def on_mount(self) -> None:
        """Read and show."""
        self.follow()
        self.query_one(RowList).focus()

    def follow(self) -> None:
        """Everything as the record holds it now."""
        self.meeting = self.desk.caseload.find(self.meeting.id)
        meeting, life = self.meeting, self.desk.minutes_life
        self.query_one("#top", Static).update(
            as_typed_line(
                f" {self.desk.area.marking}   Minutes of {meeting.ref}   {meeting.title}   {self.desk.who_said}",
                self.app.size.width,
            )
        )
        lines = [f"{life.stage(meeting).label.upper()}   {life.waiting(meeting).words}"]
        if self.desk.handing_over.history(meeting):
            lines.append(self.desk.handing_over.pen(meeting))
        lines += [
            f"{clock.what:<22} {long_date(clock.due):<18} {clock.words} ({clock.rule})"
            for clock in life.clocks(meeting)
        ]
        self.query_one("#state", Static).update(as_typed("\n".join(lines)))
        self.query_one(RowList).follow(self._rows())
        keys = "   ".join(f"{letter} {label}" for letter, label in KEYS if letter in self._useful())
        self.query_one("#keys", Static).update(as_typed(f" {keys}   Esc Back"))

    def _useful(self) -> set[str]:
        meeting, now = self.meeting, self.desk.minutes_life.stage(self.meeting)
        found = {
            m.Stage.DRAFT: {"s", "c"}, m.Stage.CHAIR_REVIEW: {"a", "c", "r"},
            m.Stage.APPROVED: {"i", "u"},
        }.get(now, set())  # fmt: skip
        if now in (m.Stage.ISSUED, m.Stage.AMENDED, m.Stage.AGREED):
            found = {"m", "o", "w"}
            found |= {"d"} if m.undecided(meeting) else set()
            found |= {"i"} if m.unissued(meeting) else set()
            found |= {"k"} if self.desk.distribution.register(meeting) else set()
        if m.open_comments(meeting) and now in (m.Stage.DRAFT, m.Stage.CHAIR_REVIEW):
            found |= {"t"}
        return found | {"h"}

    def _rows(self) -> list[Row]:
        meeting, rows = self.meeting, []
        groups: tuple[tuple[str, list[Row]], ...] = (
            ("COMMENTS", [self._comment(c) for c in meeting.live(e.Comment)]),
            ("AMENDMENTS", [self._amendment(a) for a in meeting.live(e.Amendment)]),
            ("COPIES", self._copies()),
            ("WHAT HAPPENED", self._facts()),
        )
        for title, found in groups:
            if found:
                rows += [Row(f"h:{title}", (title, "", "", ""), heading=True), *found]
        return rows

    def _comment(self, row: e.Comment) -> Row:
        state = "settled" if row.settled is YesNo.YES else "OPEN"
        words = row.text + (f"\n{row.answer}" if row.answer else "")
        section = _sections(self.desk, self.meeting).get(row.section, row.section)
        return Row(f"comment:{row.id}", (state, section, row.typed_by, ""), under=words)

    def _amendment(self, row: e.Amendment) -> Row:
        state = row.outcome.label if row.outcome else "TO DECIDE"
        was, now = amending.what_changed(row.was, row.now)
        printed = f"version {row.version}" if row.version else "not issued yet"
        cells = (state, row.section, f"asked by {row.asked_by}", printed)
        return Row(f"amendment:{row.id}", cells, under=f"Was: {was} Now: {now}")

    def _copies(self) -> list[Row]:
        written = self.desk.distribution.register(self.meeting)
        rows = [
            Row(
                f"copy:{c.id}",
                (
                    f"v{c.version} copy {c.copy_number}", c.organisation, c.name,
                    f"sent {long_date(room_day(c.sent_at))}, {c.method}" if c.sent_at
                    else f"not sent{f', {c.withheld} withheld' if c.withheld else ''}",
                ),
            )
            for c in written
        ]  # fmt: skip
        known = {(c.name, c.organisation) for c in written}
        for n, row in enumerate(self.desk.distribution.listed(self.meeting)):
            if row.no_copy or (row.name, row.organisation) not in known:
                said = row.no_copy or "has a copy once they are written"
                cells = (
                    "no copy" if row.no_copy else "on the list",
                    row.organisation,
                    row.name,
                    said,
                )
                rows.append(Row(f"list:{n}", cells))
        return rows

    def _facts(self) -> list[Row]:
        return [
            Row(f"fact:{n}", (long_date(f.day)[:12], f.label, f.who, f.reason))
            for n, f in enumerate(self.desk.minutes_life.facts(self.meeting))
        ]

    # -- steps -----------------------------------------------------------------------------

    def action_step(self, letter: str) -> None:
        """One step, where it does something now."""
        if letter not in self._useful():
            return
        life = self.desk.minutes_life
        simple: dict[str, Verb] = {"s": lambda: life.send_to_chair(self.meeting)}
        simple["i"] = lambda: (
            life.issue_amended(self.meeting)
            if m.unissued(self.meeting)
            else life.issue(self.meeting)
        )
        if letter in simple:
            self._do(simple[letter])
        else:
            forms: dict[str, Callable[[], None]] = {
                "c": self._ask_comment, "t": self._ask_settle, "r": self._ask_return,
                "a": self._ask_approval, "u": self._ask_withdrawal, "m": self._ask_place,
                "d": self._ask_decision, "o": self._ask_outside, "w": self._write_copies,
                "k": self._ask_sent, "h": self._hand_over,
            }  # fmt: skip
            forms[letter]()

    def _do(self, verb: Verb) -> bool:
        """Do it on what the record holds now; a refusal is said and changes nothing."""
        try:
            self.meeting = self.desk.caseload.find(self.meeting.id)
            verb()
        except PanelkitError as refused:
            notify_typed(self.app, refused.sentence, "error")
            return False
        self.follow()
        return True

    def _form(
        self,
        title: str,
        asked: tuple[Asked, ...],
        line: str,
        take: Callable[[dict[str, str]], Meeting],
    ) -> None:
        drafts = Drafts(self.desk.chairing.record, self.meeting.id, self.desk.who)

        def given(words: dict[str, str] | None) -> None:
            if words is not None and self._do(lambda: take(words)):
                for one in asked:
                    drafts.keep(f"{line}.{one.key}", "")

        self.app.push_screen(WordsForm(title, asked, drafts, line), given)

    def _choose(
        self, title: str, rows: list[Row], widths: tuple[int, ...], then: Callable[[str], None]
    ) -> None:
        def chosen(result: tuple[str, str] | None) -> None:
            if result and result[0]:
                then(result[0])

        self.app.push_screen(
            Listing(title, rows, widths, foot="type to filter; Enter chooses"), chosen
        )

    def _ask_comment(self) -> None:
        life = self.desk.minutes_life
        named = _sections(self.desk, self.meeting)

        def words(section: str) -> None:
            self._form(
                f"Comment on: {named[section]}", (Asked("text", "Comment", lines=5),),
                f"comment.{section}", lambda w: life.comment(self.meeting, section, w["text"]),
            )  # fmt: skip

        rows = [Row(key, (heading,)) for key, heading in named.items()]
        self._choose("Comment on which section?", rows, (60,), words)

    def _under_cursor(self, kind: str, ids: list[str]) -> str:
        """The row under the cursor where it is of that kind, else the first."""
        here, _, row = self.query_one(RowList).current.partition(":")
        return row if here == kind and row in ids else ids[0]

    def _ask_settle(self) -> None:
        life = self.desk.minutes_life
        which = self._under_cursor("comment", [c.id for c in m.open_comments(self.meeting)])
        row = self.meeting.entry(e.Comment, which)
        self._form(
            f"Settle: {row.text}", (Asked("answer", "Answer, if any", lines=3),), f"settle.{which}",
            lambda w: life.settle(self.meeting, which, w["answer"]),
        )  # fmt: skip

    def _ask_return(self) -> None:
        life = self.desk.minutes_life
        self._form(
            "Return to the minute taker", (Asked("reason", "What is to be changed", lines=4),),
            "return", lambda w: life.give_back(self.meeting, w["reason"]),
        )  # fmt: skip

    def _ask_approval(self) -> None:
        life, owed = self.desk.minutes_life, len(self.desk.minutes_life.owed(self.meeting))
        under = f"{owed} not written up: a reason is asked for, and prints." if owed else ""

        def attested(confirmed: tuple[str, ...] | None) -> None:
            if confirmed is None:
                return
            if not owed or len(confirmed) < len(self.desk.area.attestation):
                self._do(lambda: life.approve(self.meeting, confirmed))
                return
            self._form(
                f"{owed} not written up", (Asked("reason", "Why approved nevertheless; it prints", lines=3),),
                "approve", lambda w: life.approve(self.meeting, confirmed, w["reason"]),
            )  # fmt: skip

        title = f"Approve the minutes of {self.meeting.ref}"
        self.app.push_screen(Attest(title, self.desk.area.attestation, under), attested)

    def _ask_withdrawal(self) -> None:
        life = self.desk.minutes_life
        self._form(
            "Withdraw the approval", (Asked("reason", "Why", lines=3),), "withdraw",
            lambda w: life.withdraw_approval(self.meeting, w["reason"]),
        )  # fmt: skip

    def _ask_place(self) -> None:
        life = self.desk.minutes_life
        found = {place.id: place for place in amending.places(self.meeting)}

        def words(which: str) -> None:
            place = found[which]
            self._form(
                f"Amend: {place.label}",
                (Asked("now", "The words as they should be", place.text, 8), Asked("by", "Asked by", lines=1)),
                f"amend.{which}", lambda w: life.ask_amendment(self.meeting, which, w["now"], w["by"]),
            )  # fmt: skip

        rows = [Row(p.id, (p.section, p.label, p.text)) for p in found.values()]
        self._choose("Amend which words?", rows, (24, 34, 50), words)

    def _ask_decision(self) -> None:
        life = self.desk.minutes_life
        which = self._under_cursor("amendment", [a.id for a in m.undecided(self.meeting)])
        row = self.meeting.entry(e.Amendment, which)

        def decided(how: str) -> None:
            if how == "agree":
                self._do(lambda: life.decide_amendment(self.meeting, which, agreed=True))
                return
            self._form(
                "Not agreed: the dispute is noted", (Asked("reason", "Why; it prints", lines=3),),
                f"dispute.{which}",
                lambda w: life.decide_amendment(self.meeting, which, agreed=False, reason=w["reason"]),
            )  # fmt: skip

        was, now = amending.what_changed(row.was, row.now)
        rows = [
            Row("agree", ("Agree",), under=f"Now: {now}"),
            Row("dispute", ("Do not agree; note it",), under=f"Stays: {was}"),
        ]
        self._choose(f"{row.section}, asked by {row.asked_by}", rows, (40,), decided)

    def _ask_outside(self) -> None:
        asked = (
            Asked("organisation", "Organisation", lines=1), Asked("name", "Name", lines=1),
            Asked("reason", "Why they have a copy; it prints", lines=3),
        )  # fmt: skip
        self._form(
            "A copy for somebody outside", asked, "outside",
            lambda w: self.desk.distribution.approve(
                self.meeting, w["name"].strip(), w["organisation"].strip(), w["reason"]
            ),
        )  # fmt: skip

    def _write_copies(self) -> None:
        """In a worker: ten documents take seconds."""
        app, meeting, desk = self.app, self.meeting, self.desk

        def written() -> None:
            try:
                done = desk.distribution.write(meeting, desk.documents)
            except PanelkitError as failed:
                app.call_from_thread(notify_typed, app, failed.sentence, "error")
            else:
                said = f"{len(done.files)} copies and a covering note under {done.note.parent}. Nothing was sent."
                app.call_from_thread(notify_typed, app, said)
                app.call_from_thread(self.follow)

        app.run_worker(written, thread=True, group="documents", description="write copies")

    def _hand_over(self) -> None:
        from panelkit.tui.screens.handover import HandOverScreen

        self.app.push_screen(HandOverScreen(self.desk, self.meeting), lambda _done: self.follow())

    def _ask_sent(self) -> None:
        waiting = [c.id for c in self.desk.distribution.register(self.meeting) if c.sent_at is None]
        if not waiting:
            notify_typed(self.app, "Every copy is marked as sent.")
            return
        here, _, row = self.query_one(RowList).current.partition(":")
        which = (row,) if here == "copy" and row in waiting else tuple(waiting)

        def take(words: dict[str, str]) -> Meeting:
            self.desk.distribution.sent(self.meeting, which, words["method"].strip())
            return self.meeting

        count = f"{len(which)} cop{'y' if len(which) == 1 else 'ies'}"
        asked = Asked("method", "How: secure e-mail, portal, tracked post", "secure e-mail", 1)
        self._form(f"Mark {count} as sent", (asked,), "sent", take)

    @on(RowList.OptionSelected)
    def _nothing_opens(self, event: RowList.OptionSelected) -> None:
        event.stop()

    def action_leave(self) -> None:
        """Back."""
        self.dismiss(None)


def _sections(desk: Desk, meeting: Meeting) -> dict[str, str]:
    """Sections of the minutes by key, with the heading that prints."""
    from panelkit.services.minute_taking import kind_called

    sections = desk.minute_taking.template(kind_called("full"), meeting).sections
    return {s.key: f"{s.number}. {s.heading}" for s in sections if s.key != "title"}

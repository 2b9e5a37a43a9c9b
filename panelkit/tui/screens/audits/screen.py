"""One audit: the form, the minutes with findings marked in them, the question in focus.

Every answer and comment is stored as it is given. What the record filled in is confirmed
with Enter or overruled with a reason; a suggestion counts for nothing until it is taken.
An observer sees the form alone: what the record says of the case is not theirs to read.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import Screen

from panelkit.domain.audit_forms import NOT_APPLICABLE, FormKind, Question
from panelkit.domain.auditing import Audit, AuditState, why_not_yet
from panelkit.domain.errors import PanelkitError
from panelkit.domain.meeting import Meeting
from panelkit.domain.observing import same_person
from panelkit.opened.sharing import MASKED, SHARING, Shareable
from panelkit.services.audits import Audits
from panelkit.services.chairing import new_id
from panelkit.services.desk import Desk
from panelkit.services.reading import Minutes
from panelkit.tui.keys import AUDIT_KEYS, bindings
from panelkit.tui.screens.audits.auditkeys import AuditKeys
from panelkit.tui.screens.audits.shown import (
    Marked,
    finding_content,
    form_rows,
    marked_minutes,
    question_content,
    sums,
)
from panelkit.tui.screens.lifeforms import Asked, Drafts, WordsForm
from panelkit.tui.typed import as_typed, as_typed_line, fitting_content, notify_typed
from panelkit.tui.widgets.lines import Lines
from panelkit.tui.widgets.rowlist import RowList
from panelkit.tui.widgets.still import Still
from panelkit.tui.widgets.words import Words

SAVE_EVERY = 0.5
"""Seconds between looks at the comment that is being typed."""
LINES_BEFORE = 3
"""Lines of the minutes shown before words that are gone to."""
SIGN_ROOM = 8
"""Cells of a line that are left for the numbers of findings."""


class AuditScreen(AuditKeys, Shareable, Screen[None]):
    """An auditor's, or an observer's, answers to one form about one meeting."""

    CSS_PATH = "audit.tcss"
    AUTO_FOCUS = "#form"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(AUDIT_KEYS),
        Binding("escape", "escape", "Back", id="audit-escape"),
        Binding("pageup", "read(-1)", "Read up", id="audit-up", show=False),
        Binding("pagedown", "read(1)", "Read on", id="audit-down", show=False),
    ]
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - declared by Textual as an instance list
        (0, "-narrow"),
        (110, "-normal"),
        (160, "-wide"),
    ]

    def __init__(self, desk: Desk, verbs: Audits, held: Meeting, audit: Audit) -> None:
        """``verbs`` are those of audits or of observations; ``held`` is what ``audit`` is about."""
        super().__init__()
        self.desk = desk
        self.verbs = verbs
        self.held = held
        self.audit = audit
        self.question: Question = audit.form.questions[0]
        self.minutes = Minutes((), (), ())
        self.marked = Marked((), (), ())
        self.at_finding = 0
        """Number of the finding shown beside the minutes; 0 shows the question."""
        self.at_evidence = -1
        self.visit = new_id()
        self._read_at = 0
        self.line: int | None = None

    # -- composing ---------------------------------------------------------------------

    @property
    def reads(self) -> bool:
        """Whether this person is shown the minutes."""
        closed = not why_not_yet(self.held, FormKind.CASE)
        return closed and not self.audit.is_observation

    def compose(self) -> ComposeResult:
        """Top line, form, minutes, question with its comment, sums, keys."""
        yield Still(self._top_content(), id="top")
        with Horizontal(id="body"):
            yield RowList(
                list(form_rows(self.audit)), (1, 5, 4, 60), letters="0123456789z", id="form"
            )
            if self.reads:
                yield Lines((), id="minutes")
            with Vertical(id="side"):
                with VerticalScroll(id="asked", can_focus=False):
                    yield Still(Content(""), id="question")
                yield Still(as_typed("Comment  ^N"), id="comment-label")
                comment = Words(self._comment_stored(), id="comment")
                comment.masked = SHARING.on
                yield comment
        yield Still(Content(""), id="sums")
        yield Still(self._keys_content(), id="keys")

    def on_mount(self) -> None:
        """The first open question has the keys; the minutes are read in once the form is there."""
        self.set_class(True, "-show-form")  # noqa: FBT003 - Textual's own order
        rows = self.query_one("#form", RowList)
        rows.focus()
        rows.show_current(next(iter(self.audit.unanswered), self.question.id))
        self.set_interval(SAVE_EVERY, self.tick)
        self.follow()
        self.call_after_refresh(self.read_minutes)

    def read_minutes(self) -> None:
        """Compose and mark the minutes for the width there is."""
        if not self.reads or not self.is_mounted:
            return
        width = self._minutes_width()
        if width == self._read_at:
            return
        self._read_at = width
        self.minutes = self.desk.reading.minutes(self.held, max(width - SIGN_ROOM, 24))
        self.show_minutes()
        self.show_question()

    def _minutes_width(self) -> int:
        return self.query_one("#minutes", Lines).size.width or self.app.size.width - 2

    def on_resize(self) -> None:
        """Lines are wrapped to the width there is."""
        if self.is_mounted:
            self.query_one("#keys", Still).update(self._keys_content(), layout=False)
            self._show_top()
            self.call_after_refresh(self.read_minutes)

    # -- what is shown -----------------------------------------------------------------

    def _top_content(self) -> Content:
        audit, width = self.audit, self.app.size.width
        kind = "Observation" if audit.is_observation else "Audit"
        many = len(audit.marks)
        far = f"{many - len(audit.unanswered)} of {many} answered"
        if audit.state is AuditState.FINISHED:
            far = f"FINISHED, {far}"
        mask = f"   {MASKED}" if SHARING.on else ""
        plain = "" if self.desk.encrypted else "   not encrypted"
        line = f" {kind} of {audit.meeting_ref}   {audit.form.label}{mask}   {far}   {self._auditor()}{plain}"
        if width >= 110:
            line = f" {self.desk.area.marking}  {line}"
        return as_typed_line(line, width)

    def _auditor(self) -> str:
        known = self.desk.caseload.record.opened.person
        return self.audit.auditor if known else f"{self.audit.auditor} (claimed)"

    def _keys_content(self) -> Content:
        keys = [key for key in AUDIT_KEYS if key.key and (key.shown or key.id == "column")]
        if not self.reads:
            keys = [key for key in keys if key.id not in ("evidence", "finding", "column")]
        if not self.has_class("-narrow"):
            keys = [key for key in keys if key.id != "column"]
        parts = ["^F Keys", *(f"{key.display} {key.label}" for key in keys)]
        return fitting_content(parts, self.app.size.width)

    def follow(self) -> None:
        """Show the audit as it is stored now."""
        self._show_top()
        self.query_one("#form", RowList).follow(list(form_rows(self.audit)))
        self.show_question()
        self.query_one("#sums", Still).update(
            as_typed_line(f" {sums(self.verbs.totals(self.audit))}", self.app.size.width)
        )

    def follow_mask(self) -> None:
        """The minutes, evidence and the comment hidden or shown."""
        self.query_one("#comment", Words).masked = SHARING.on
        self.follow()
        if self.reads:
            self.show_minutes()

    def _show_top(self) -> None:
        self.query_one("#top", Still).update(self._top_content(), layout=False)

    def show_question(self) -> None:
        if self.at_finding:
            pointed = self.minutes.pointed[self.at_finding - 1]
            shown_content = finding_content(pointed, len(self.minutes.pointed))
        else:
            shown_content = Content("").join([
                question_content(self.audit, self.question),
                self._related_content(),
            ])  # fmt: skip
        self.query_one("#question", Still).update(shown_content)

    def _related_content(self) -> Content:
        """Findings about the same matter, by their numbers in the minutes."""
        matter = self.question.matter
        same = [p for p in self.minutes.pointed if matter and p.finding.matter == matter]
        if not same:
            return Content("")
        numbers = ", ".join(f"[{p.number}]" for p in same[:12])
        more = f" and {len(same) - 12} more" if len(same) > 12 else ""
        return as_typed(f"\nFindings about the same: {numbers}{more}. ^G reads them.\n")

    def show_minutes(self) -> None:
        self.marked = marked_minutes(self.minutes)
        self.query_one("#minutes", Lines).show(self.marked.lines, self.line)

    def go_to_line(self, line: int) -> None:
        self.line = line
        minutes = self.query_one("#minutes", Lines)
        minutes.show(self.marked.lines, line)
        self.call_after_refresh(minutes.scroll_to, y=max(line - LINES_BEFORE, 0), animate=False)

    # -- the question in focus ---------------------------------------------------------

    @on(RowList.OptionHighlighted, "#form")
    def _moved(self, event: RowList.OptionHighlighted) -> None:
        event.stop()
        wanted = event.option.id or ""
        if wanted != self.question.id and not wanted.startswith("h:"):
            self.save_comment()
            self.question = self.audit.form.question(wanted)
            self.visit = new_id()
            self.at_finding, self.at_evidence = 0, -1
            self.query_one("#comment", Words).load(self._comment_stored())
            self.show_question()
            self.query_one("#asked").scroll_home(animate=False)

    @on(RowList.OptionSelected, "#form")
    def _entered(self, event: RowList.OptionSelected) -> None:
        event.stop()
        mark = self.audit.mark(self.question.id)
        if mark.given and not mark.chosen:
            self.do(lambda: self.verbs.answer(self.audit, self.question.id, mark.given))
        elif not mark.stands:
            self.say("Choose an answer by its number; 0 is not applicable.")
            return
        self.action_next()

    @on(RowList.Acted, "#form")
    def _acted(self, event: RowList.Acted) -> None:
        event.stop()
        if event.letter == "z":
            self.do(lambda: self.verbs.take_back(self.audit, self.question.id))
            return
        offered = [o.key for o in self.question.options if o.key != NOT_APPLICABLE]
        number = int(event.letter)
        if number > len(offered):
            self.say(f"{self.question.id} has answers 1 to {len(offered)}, and 0.")
            return
        self._answer(NOT_APPLICABLE if number == 0 else offered[number - 1])

    def _answer(self, option: str) -> None:
        mark = self.audit.mark(self.question.id)
        if mark.given in ("", option):
            self.do(lambda: self.verbs.answer(self.audit, self.question.id, option))
            return
        question = self.question.id
        label = self.question.option(option)
        asked = Asked(
            "reason",
            f"Why “{label.label if label else 'not applicable'}”, and not what was filled in",
        )
        line = f"overrule.{self.audit.id}.{question}"
        drafts = self.drafts()

        def given(words: dict[str, str] | None) -> None:
            if words is not None and self.do(
                lambda: self.verbs.overrule(self.audit, question, option, words["reason"])
            ):
                drafts.keep(f"{line}.reason", "")

        self.app.push_screen(WordsForm(f"Overrule {question}", (asked,), drafts, line), given)

    def drafts(self) -> Drafts:
        return Drafts(self.desk.chairing.record, self.held.id, self.desk.who)

    def do(self, verb: Callable[[], Audit]) -> bool:
        """Do it; a refusal is said and changes nothing, and what is stored is shown."""
        try:
            self.save_comment()
            self.audit = verb()
        except PanelkitError as refused:
            with contextlib.suppress(PanelkitError):
                self.audit = self.verbs.find(self.audit.id)
            self.say(refused.sentence)
            self.follow()
            return False
        self.follow()
        return True

    def say(self, words: str) -> None:
        notify_typed(self.app, words, "warning")

    # -- the comment -------------------------------------------------------------------

    def _comment_stored(self) -> str:
        return self.audit.mark(self.question.id).comment

    def tick(self) -> None:
        try:
            self.save_comment()
        except PanelkitError as failed:
            said = f"Comment  NOT SAVED: {failed.sentence} It is tried again."
            self.query_one("#comment-label", Still).update(as_typed(said))

    def save_comment(self) -> None:
        """Store the comment as it is typed. Raises NotSaved, Refused; the words stay in the box."""
        box = self.query_one("#comment", Words)
        if box.value == self._comment_stored():
            return
        # The same person at another screen may have changed the audit: go on from what is stored.
        fresh = self.verbs.find(self.audit.id)
        before, theirs = self._comment_stored(), fresh.mark(self.question.id).comment
        words = box.value if theirs in (before, "") else f"{theirs}\n{box.value}"
        self.audit = self.verbs.comment(fresh, self.question.id, words, visit=self.visit)
        if self._comment_stored() != box.value:
            box.load(self._comment_stored())
            box.move_cursor(box.document.end)  # what is being typed goes on where it went
        self.query_one("#comment-label", Still).update(as_typed("Comment  ^N   saved"))
        self.query_one("#form", RowList).follow(list(form_rows(self.audit)))

    @on(Words.Left, "#comment")
    def _left_comment(self, event: Words.Left) -> None:
        event.stop()
        self.tick()

    def save_everything(self) -> None:
        """For signals and faults."""
        self.save_comment()

    # -- for its keys -----------------------------------------------------------------

    def mine(self) -> bool:
        return same_person(self.audit.auditor, self.desk.who)

    def show_column(self, name: str) -> None:
        """On a narrow screen, one at a time."""
        if name == "minutes" and not self.reads:
            return
        for each in ("form", "minutes"):
            self.set_class(each == name, f"-show-{each}")
        if name == "minutes":
            self.call_after_refresh(self.read_minutes)

    def kind(self) -> str:
        return "observation" if self.audit.is_observation else "audit"

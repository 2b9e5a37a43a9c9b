"""What each key of an audit does; the keys themselves are in ``tui.keys``."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from panelkit.domain.auditing import AuditState
from panelkit.domain.errors import PanelkitError
from panelkit.services.reading import quotes
from panelkit.tui.keys import AUDIT_KEYS
from panelkit.tui.screens.audits import papers
from panelkit.tui.screens.audits.shown import LEGEND, comparison_content
from panelkit.tui.screens.lifeforms import Asked, WordsForm
from panelkit.tui.screens.listing import Listing, Page, lead
from panelkit.tui.theme import THEME_HELP
from panelkit.tui.typed import as_typed
from panelkit.tui.widgets.lines import Lines
from panelkit.tui.widgets.rowlist import Row, RowList
from panelkit.tui.widgets.words import Words

if TYPE_CHECKING:
    from panelkit.tui.screens.audits.screen import AuditScreen


class AuditKeys:
    """Actions of :class:`AuditScreen`, one for each key."""

    @property
    def _me(self) -> AuditScreen:
        return cast("AuditScreen", self)

    def action_comment(self) -> None:
        """To the comment beside the question."""
        me = self._me
        if me.audit.state is AuditState.FINISHED or not me.mine():
            me.say("This audit is finished, or somebody else's: its comments are only read.")
            return
        me.at_finding = 0
        me.show_question()
        me.show_column("form")
        me.query_one("#comment", Words).focus()

    def action_escape(self) -> None:
        """From the comment to the form, from a finding to the question, from the form to the queue."""
        me = self._me
        if me.query_one("#comment").has_focus or me.has_class("-show-minutes"):
            me.show_column("form")
            me.query_one("#form").focus()
        elif me.at_finding:
            me.at_finding = 0
            me.show_question()
        else:
            self.action_leave()

    def action_back(self) -> None:
        """The question before."""
        self._step(-1)

    def action_next(self) -> None:
        """The next question without an answer; with none left, the next question."""
        me = self._me
        keys = [question.id for question in me.audit.form.questions]
        here = keys.index(me.question.id)
        later = [key for key in [*keys[here + 1 :], *keys[:here]] if key in me.audit.unanswered]
        if later:
            self._show_form_at(later[0])
        else:
            self._step(1)

    def _step(self, by: int) -> None:
        me = self._me
        keys = [question.id for question in me.audit.form.questions]
        self._show_form_at(keys[(keys.index(me.question.id) + by) % len(keys)])

    def _show_form_at(self, question: str) -> None:
        me = self._me
        rows = me.query_one("#form", RowList)
        me.show_column("form")
        rows.focus()
        rows.show_current(question)

    def action_evidence(self) -> None:
        """The minutes go to the next words that this answer rests on."""
        me = self._me
        evidence = me.audit.mark(me.question.id).evidence
        if not me.reads or not evidence:
            me.say(f"Nothing in the minutes was pointed at for {me.question.id}.")
            return
        me.at_finding = 0
        me.show_question()
        me.at_evidence = (me.at_evidence + 1) % len(evidence)
        one = evidence[me.at_evidence]
        where = me.minutes.find(one.item, one.field, one.place, [one.words, *quotes(one.words)])
        me.show_column("minutes")
        me.go_to_line(me.marked.line_of(where))

    def action_finding(self) -> None:
        """The next finding: of this question's matter first, then every other in order."""
        me = self._me
        found = me.minutes.pointed
        if not me.reads or not found:
            me.say("Nothing was found in these minutes.")
            return
        if me.at_finding == 0:
            same = [p.number for p in found if p.finding.matter == me.question.matter]
            me.at_finding = next(iter(same), 1)
        else:
            me.at_finding = me.at_finding % len(found) + 1
        pointed = found[me.at_finding - 1]
        me.go_to_line(me.marked.line_of(pointed.where))
        me.show_question()
        me.query_one("#asked").scroll_home(animate=False)
        me.show_column("minutes")

    def action_read(self, by: int) -> None:
        """A page up or down in the minutes."""
        me = self._me
        if me.reads:
            minutes = me.query_one("#minutes", Lines)
            if by > 0:
                minutes.scroll_page_down(animate=False)
            else:
                minutes.scroll_page_up(animate=False)

    def action_column(self) -> None:
        """On a narrow screen, the minutes, and back to the form."""
        me = self._me
        me.show_column("form" if me.has_class("-show-minutes") else "minutes")

    def action_whole(self) -> None:
        """What the auditor says of the whole."""
        me = self._me
        asked = Asked("whole", "What you say of the whole", me.audit.remarks, lines=6)
        line = f"whole.{me.audit.id}"
        drafts = me.drafts()

        def given(words: dict[str, str] | None) -> None:
            if words is not None and me.do(
                lambda: me.verbs.remark(me.audit, words["whole"], visit=me.visit)
            ):
                drafts.keep(f"{line}.whole", "")

        me.app.push_screen(WordsForm("Of the whole meeting", (asked,), drafts, line), given)

    def action_letters(self) -> None:
        """The letters about this meeting."""
        me = self._me
        try:
            if me.audit.is_observation:
                me.say("Letters are an auditor's: open them from the queue.")
                return
            me.save_comment()
            me.app.push_screen(papers.letters(me.desk, me.held))
        except PanelkitError as refused:
            me.say(refused.sentence)

    def action_compare(self) -> None:
        """Another auditor's answers to the same form beside these."""
        me = self._me
        others = [
            one for one in me.verbs.of(me.held)
            if one.form.id == me.audit.form.id and one.id != me.audit.id
        ]  # fmt: skip
        if not others:
            me.say(f"Nobody else has begun form {me.audit.form.id} of {me.held.ref}.")
            return
        if me.audit.state is not AuditState.FINISHED:
            me.say(
                "Finish yours first: answers given beside somebody else's are not a second look."
            )
            return

        def show(audit_id: str) -> None:
            other = next(one for one in others if one.id == audit_id)
            found = me.verbs.compare(me.audit, other)
            title = f"{me.held.ref}, form {me.audit.form.id}: two auditors"
            me.app.push_screen(Page(title, comparison_content(found)))

        def chosen(result: tuple[str, str] | None) -> None:
            if result and result[0]:
                show(result[0])

        if len(others) == 1:
            show(others[0].id)
            return
        rows = [Row(one.id, (one.auditor, one.state.label)) for one in others]
        me.app.push_screen(Listing("Beside whom", rows, (40, 20), foot="Enter chooses"), chosen)

    def action_finish(self) -> None:
        """Finish it, or open it again."""
        me = self._me
        if me.audit.state is AuditState.FINISHED:
            rows = [Row("reopen", ("Open it again", "The journal keeps that it was finished."))]
            title = f"This {me.kind()} is finished"
        else:
            left = me.audit.unanswered
            said = (
                f"{len(left)} unanswered: {', '.join(left)}"
                if left
                else "Every question is answered."
            )
            rows = [Row("finish", ("Finish it", said))]
            title = f"Finish the {me.kind()} of {me.held.ref}"
        rows.append(Row("back", ("Go on with it", "Nothing changes.")))

        def chosen(result: tuple[str, str] | None) -> None:
            wanted = result[0] if result else ""
            if wanted == "finish":
                me.do(lambda: me.verbs.finish(me.audit))
            elif wanted == "reopen":
                me.do(lambda: me.verbs.reopen(me.audit))

        me.app.push_screen(Listing(title, rows, (16, 80), foot="Enter chooses; Esc back"), chosen)

    def action_help(self) -> None:
        """What this screen is for, every key, and what the signs mean."""
        me = self._me
        lines = [
            f"{key.display:<5} ^F {key.letter}   {key.tooltip}"
            for key in AUDIT_KEYS
            if me.reads or key.id not in ("evidence", "finding", "column", "letters")
        ]
        lines += [
            "", "In the form:",
            "1 to 9      the answer with that number; 0 is not applicable",
            "Enter       takes what was filled in, and goes to the next open question",
            "z           takes your answer back",
            "PgUp PgDn   read the minutes",
            "", LEGEND, "",
            "Another answer than was filled in asks for the reason. Question and scale are the",
            "published form's, the wording is ours. [7] is a finding, [7!] a red one.",
            THEME_HELP,
        ]  # fmt: skip
        me.app.push_screen(Page(f"The {me.kind()}", as_typed("\n".join(lines)), shared=True))

    def action_leader(self) -> None:
        """The leader key: then one letter."""
        lead(self._me, AUDIT_KEYS)

    def action_leave(self) -> None:
        """Back to the queue, once the comment is stored."""
        me = self._me
        try:
            me.save_comment()
        except PanelkitError as failed:
            me.say(failed.sentence)
            return
        me.dismiss(None)

"""Forms for referrals: one that came, what was decided of it, the case that came of it."""

from __future__ import annotations

from datetime import date

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from panelkit.domain.area import Area
from panelkit.domain.errors import BadInput, StaleRecord
from panelkit.domain.fields import long_date
from panelkit.domain.people import Act
from panelkit.domain.referrals import (
    OFFERED,
    REASONS,
    Came,
    Claimed,
    Disagrees,
    Referral,
    Screened,
    ScreenedBecause,
    age_group,
    answer_due,
    must_be_alive,
    must_be_of_age,
    other_level,
)
from panelkit.domain.screening import (
    Check,
    EligibleBy,
    Found,
    answer_of,
    checks_of,
    found_of,
    printed,
    standing_words,
    words_of,
)
from panelkit.domain.timescales import working_days_between
from panelkit.domain.vocabulary import AgeGroup, AgencyType, Category, Level
from panelkit.services.desk import Desk
from panelkit.tui.screens.newmeeting import HeldLevel
from panelkit.tui.screens.referrals.wording import asked_words, days, decision_words
from panelkit.tui.screens.statistics.forms import FigureForm
from panelkit.tui.screens.statistics.wording import said
from panelkit.tui.typed import as_typed
from panelkit.tui.widgets.choice import Choice
from panelkit.tui.widgets.words import Line

REFERS = tuple(kind for kind in AgencyType if kind.takes_part)
"""Kinds of agency that may refer."""


def as_shown(desk: Desk, shown: Referral) -> Referral:
    """The referral as the record has it. Raises StaleRecord where it is not as it was shown."""
    now = desk.referrals.find(shown.ref)
    if (now.revision, now.screening) != (shown.revision, shown.screening):
        msg = f"{shown.ref} was changed by somebody else meanwhile."
        raise StaleRecord(msg, place="referral")
    return now


class ReferralForm(FigureForm):
    """A referral that came. Returns what was kept, in a sentence."""

    needs = Act.PLAN
    last_line = "received"

    def __init__(
        self, desk: Desk, organisation: str = "", agency: AgencyType | None = None
    ) -> None:
        """``organisation`` and ``agency`` are those that were chosen; else both are asked for."""
        who = f"{organisation} ({agency.label})\n" if agency else ""
        super().__init__(
            desk, "A referral that came",
            f"{who}It gets a reference of its own, R- and a number. No name of an individual is kept with it.",
        )  # fmt: skip
        self.organisation = organisation
        self.agency = agency

    def questions(self) -> ComposeResult:
        """Who referred where that is not chosen yet, what was asked for, when it came."""
        if self.agency is None:
            yield from self.ask_line("organisation", "Organisation that referred")
            yield from self.ask_choice("agency", "Its kind", REFERS)
        yield from self.ask_choice("level", "Level asked for", HeldLevel)
        yield from self.ask_choice("category", "Category claimed", Category.known())
        yield from self.ask_choice("eligible_by", "Eligible because", EligibleBy)
        yield from self.ask_choice("age", "Child or adult", AgeGroup)
        yield from self.ask_line(
            "born", "Date of birth: the age is checked by it, and it is not kept"
        )
        yield from self.ask_line("case", "Reference of a case that is here already; it is not kept")
        yield from self.ask_line("received", "Received on, such as 3 June 2026")

    def on_mount(self) -> None:
        """The first question."""
        self.first("organisation" if self.agency is None else "level")

    def _who(self) -> tuple[str, AgencyType]:
        if self.agency is not None:
            return self.organisation, self.agency
        organisation = self.needed("organisation", "Which organisation referred?")
        return organisation, AgencyType[self.needed("agency", "Which kind of agency is it?")]

    def make(self) -> str:
        """The referral, numbered."""
        organisation, agency = self._who()
        level = Level(self.needed("level", "Which level was asked for?"))
        received = self.needed_day("received", "Received on")
        claimed = Claimed(
            Category(said_of) if (said_of := self.picked("category")) else None,
            EligibleBy(said_of) if (said_of := self.picked("eligible_by")) else None,
            self._age(received),
        )
        about = self.line("case")
        if about:
            came = Came(received, organisation, agency, level, claimed, about)
            with self.at("case"):
                self.desk.referrals.must_be_new_there(came)
        made = self.desk.referrals.receive(
            received, organisation, agency, level, claimed=claimed, about=about
        )
        due = answer_due(made, self.desk.area)
        return f"{made.ref} is kept. An answer is due by {long_date(due)}."

    def _age(self, received: date) -> AgeGroup | None:
        """Child or adult, by the date of birth where one is typed."""
        picked = self.picked("age")
        age = AgeGroup(picked) if picked else None
        born = self.day("born", "Date of birth")
        if born is None:
            return age
        with self.at("born"):
            must_be_alive(born, received)
        with self.at("age"):
            must_be_of_age(age, born, received)
        return age_group(born, received)


class ScreenForm(FigureForm):
    """What was decided of a referral. Returns what was kept, in a sentence."""

    needs = Act.PLAN
    last_line = "words"
    DEFAULT_CSS = """
    ScreenForm .later { display: none; height: auto; }
    ScreenForm.-decided .because { display: block; }
    ScreenForm .tests { text-style: bold; margin-top: 1; }
    ScreenForm #standing { color: $text-muted; }
    """

    def __init__(self, desk: Desk, referral: Referral) -> None:
        """``referral`` is as it was shown when the form was opened."""
        super().__init__(desk, f"{referral.ref}   screen it", facts_of(desk, referral))
        self.referral = referral

    def questions(self) -> ComposeResult:
        """What was decided, why, when, in words; then how it stands against the tests."""
        yield from self.ask_choice("decision", "Decided", OFFERED)
        yield Static(Content(""), id="standing")
        yield from self._asked_once_decided("because", "Because", ScreenedBecause)
        today = long_date(self.desk.caseload.today())
        yield from self.ask_line("day", "Decided on", today)
        yield from self.ask_line(
            "words", "In words, without a name: the letter says them (Other needs them)"
        )
        yield Static(as_typed("AGAINST THE TESTS, AS FAR AS YOU CAN ANSWER THEM"), classes="tests")
        for check in checks_of(self.referral.level_asked):
            yield from self._ask_test(check)

    def _ask_test(self, check: Check) -> ComposeResult:
        """Yes, no or not known, and a line; what the referrer says of it stands beside the label."""
        claimed = printed(self.referral.answers.get(check, ""))
        label = f"{check.label}{f'   (the referrer says {claimed})' if claimed else ''}"
        before = self.referral.found.get(check, "")
        yield from self.ask_choice(str(check), label, Found, str(found_of(before) or ""))
        why = why_of(check)
        self._begun[why] = words_of(before)
        yield Line(words_of(before), id=why, placeholder="why, in one line and without a name")
        yield Static(Content(""), classes="at", id=f"at-{why}")

    def _asked_once_decided(
        self, name: str, label: str, term: type[ScreenedBecause]
    ) -> ComposeResult:
        for widget in self.ask_choice(name, label, term):
            if "at" not in widget.classes:  # what is wrong with it shows where something is
                widget.add_class("later", name)
            yield widget

    def on_mount(self) -> None:
        """What was decided is the first question."""
        self.first("decision")
        self.follow()

    @on(Choice.Picked, "#decision")
    def _decided(self, event: Choice.Picked) -> None:
        """Only what belongs to the decision is asked; what was picked for another is no answer."""
        event.stop()
        decision = Screened(event.values[0]) if event.values else None
        self.set_class(decision is not None, "-decided")
        self.query_one("#because", Choice).offer(REASONS[decision] if decision else ())
        self.follow()

    def follow(self) -> None:
        """How the answers stand against the level asked for, and the level that is given."""
        asked = self.referral.level_asked
        levels = [asked]
        if self.picked("decision") == str(Screened.ANOTHER_LEVEL):
            levels.append(other_level(asked))
        answers = {check: self.picked(str(check)) for check in checks_of(asked)}
        words = "  ".join(standing_words(level, answers) for level in levels)
        self.query_one("#standing", Static).update(as_typed(words))

    def _answers(self) -> dict[Check, str]:
        found: dict[Check, str] = {}
        for check in checks_of(self.referral.level_asked):
            picked, why = self.picked(str(check)), self.line(why_of(check))
            with self.at(str(check)):
                if answer := answer_of(Found(picked) if picked else None, why):
                    found[check] = answer
        return found

    def make(self) -> str:
        """The decision, kept."""
        shown = self.referral
        decision = Screened(self.needed("decision", "What was decided?"))
        because = ScreenedBecause(self.needed("because", "For which reason?"))
        day = self.needed_day("day", "Decided on")
        if because is ScreenedBecause.OTHER:
            self.needed("words", "Another reason needs its words.")
        answers = self._answers()
        as_shown(self.desk, shown)
        try:
            done = self.desk.referrals.decide(
                shown.ref, decision, because, day, words=self.line("words"), answers=answers
            )
        except Disagrees as refused:
            self.wrong("decision", said(refused))
        except BadInput as refused:  # everything else was asked for above
            self.wrong("day", said(refused))
        if decision is Screened.MORE_INFORMATION:
            return f"{done.ref}: more information asked for. It still waits for its answer."
        given = done.settled.level_given if done.settled else None
        at = f": {given.label}" if given else ""
        return f"{done.ref} is {decision.label.lower()}{at}. l writes the letter."


def why_of(check: Check) -> str:
    """The name of the line beside a test."""
    return f"{check}-why"


def facts_of(desk: Desk, referral: Referral) -> str:
    """What is known of it when it is screened: what was asked, how long it waits, what was said."""
    area, today = desk.area, desk.caseload.today()
    gone = working_days_between(referral.received_on, today, area.calendar)
    claims = [
        each.label for each in (referral.category, referral.eligible_by, referral.age) if each
    ]
    lines = [f"{asked_words(referral)}."]
    lines += [f"The referrer says: {'; '.join(claims)}."] if claims else []
    lines += [f"It waits {days(gone)}; {area_words(area)}."]
    lines += [decision_words(one) for one in referral.screening]
    return "\n".join(lines)


def area_words(area: Area) -> str:
    """``an answer is due within 5 working days in this area``."""
    due = area.figure("referral_answer_working_days")
    return f"an answer is due within {days(due)} in this area"


class LedToForm(FigureForm):
    """The case that came of an accepted referral. Returns what was kept, in a sentence."""

    needs = Act.PLAN
    last_line = "case"

    def __init__(self, desk: Desk, referral: Referral, case_ref: str = "") -> None:
        """``case_ref`` is the case that it led to by now, where it did."""
        super().__init__(
            desk, f"{referral.ref}   the case that came of it",
            "With it the days from acceptance to the first meeting are counted. Blank: no case after all.",
        )  # fmt: skip
        self.referral = referral
        self.case_ref = case_ref

    def questions(self) -> ComposeResult:
        """Which case."""
        yield from self.ask_line("case", "Reference of the case, such as WM-0143", self.case_ref)

    def on_mount(self) -> None:
        """The reference is the only question."""
        self.first("case")

    def make(self) -> str:
        """The link, kept or taken away."""
        case_ref = self.line("case")
        if case_ref == self.case_ref:
            self.wrong("case", "Nothing differs from what stands there. Esc leaves it.")
        as_shown(self.desk, self.referral)
        with self.at("case"):
            done = self.desk.referrals.led_to(self.referral.ref, case_ref)
        if not case_ref:
            return f"{done.ref} leads to no case now."
        return f"{done.ref} led to {self.desk.referrals.case_refs([done]).get(done.case_id, case_ref)}."

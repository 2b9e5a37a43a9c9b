"""The referral form, to be filled in in Word and read back, and the letter that answers a referral.

The letter names nobody: the referral's own reference, what was decided, and why.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from panelkit.documents.compose import filling
from panelkit.documents.compose.parts import column
from panelkit.documents.compose.planned import sections_of
from panelkit.documents.template_wording import fill_wording
from panelkit.documents.templates import Template
from panelkit.documents.tree import Block, Bullets, Document, Facts, Paragraph, Table
from panelkit.domain.area import Area
from panelkit.domain.fields import long_date
from panelkit.domain.referral_form import PERSON, QUESTIONS
from panelkit.domain.referrals import Referral, Screening
from panelkit.domain.screening import TESTS, Check, found_of, standing_words

QUESTION_HEADS: Final = ("Question", "What to write", "Answer")
TEST_HEADS: Final = ("Test", "Yes, no or not known", "Why, in one line and without a name")
PERSON_HEADS: Final = ("For the co-ordinator to read", "Words")


def compose_form(area: Area, template: Template) -> Document:
    """The form, with nothing filled in. Its labels are fixed: it is read back by them."""

    def words(name: str) -> Paragraph:
        return Paragraph(fill_wording(template, f"{name}.j2", {"area": area.name}))

    ask, write, answer = QUESTION_HEADS
    asked = Table(
        (column(ask, 1.1, strong=True), column(write, 2.7), column(answer, 1.7)),
        tuple((one.label, one.write, "") for one in QUESTIONS), "What is asked of the referral",
    )  # fmt: skip
    test, said, why = TEST_HEADS
    tests = Table(
        (column(test, 2.4, strong=True), column(said, 1.0), column(why, 2.6)),
        tuple((one.label, "", "") for one in TESTS), "The tests of Level 2 and Level 3",
    )  # fmt: skip
    person = Table(
        (column(PERSON_HEADS[0], 1.6, strong=True), column(PERSON_HEADS[1], 3.4)),
        tuple((one, "") for one in PERSON), "For the co-ordinator to read",
    )  # fmt: skip
    blocks: dict[str, list[Block]] = {
        "how": [words("how")],
        "referral": [asked],
        "tests": [words("tests"), tests],
        "person": [words("person"), person],
        "send": [words("send")],
    }
    return Document(
        title=template.title, form_label=template.form_label, template_version=template.version,
        marking=area.marking, reference="", meeting_label="", status="", version="", area=area.name,
        draft=False, fiction=False, sections=sections_of(template, blocks),
        template_id=template.id, slots=filling.of_template(template),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Letter:
    """What a letter says, beside the referral and its decision."""

    information_by: date
    """By when what is asked for is wanted."""
    challenge_by: date
    """By when the referrer says that the decision should be looked at again."""
    contact: str
    """Whom to ask; blank where the area does not say."""
    fiction: bool


def compose_letter(
    referral: Referral, said: Screening, letter: Letter, area: Area, template: Template, *,
    today: date,
) -> Document:  # fmt: skip
    """The letter about ``said``, a decision of the referral. The lines of the tests stay with the
    record: the letter says each test, how it was answered, and the reason that was written for it.
    """
    given = said.level_given.label if said.level_given else ""
    values = {
        "reference": referral.ref, "decision": str(said.decision), "asked": referral.level_asked.label,
        "given": given, "information_by": long_date(letter.information_by),
        "challenge_by": long_date(letter.challenge_by), "area": area.name,
        "contact": letter.contact, "reason": str(said.because),
    }  # fmt: skip

    def words(name: str) -> Paragraph:
        return Paragraph(fill_wording(template, f"{name}.j2", values))

    levels = dict.fromkeys((referral.level_asked, said.level_given or referral.level_asked))
    rows = tuple(
        (check.label, found.label)
        for check in Check
        if (found := found_of(said.answers.get(check, ""))) is not None
    )
    why: list[Block] = [Bullets((said.because.label,))]
    if said.words:
        why.append(Paragraph(said.words, "quote"))
    tests: list[Block] = []
    if rows:
        columns = (column("Test", 3.4), column("As it was found", 1))
        tests = [
            Table(columns, rows, "How it stands against the tests"),
            *(Paragraph(standing_words(level, said.answers), "note") for level in levels),
        ]
    asked = (
        ("Received", long_date(referral.received_on)),
        ("Level asked for", referral.level_asked.label),
        ("Decided on", long_date(said.decided_on)),
        ("Decision", said.decision.label + (f", {given}" if given else "")),
    )
    blocks: dict[str, list[Block]] = {
        "decision": [words("decision"), Facts(asked, "The referral and what was decided")],
        "why": why,
        "tests": tests,
        "next": [words("next")],
        "ask": [words("ask")],
    }
    return Document(
        title=template.title, form_label=template.form_label, template_version=template.version,
        marking=area.marking, reference=referral.ref, meeting_label="", status="", version="",
        area=area.name, draft=False, fiction=letter.fiction,
        sections=sections_of(template, blocks), template_id=template.id,
        front=(
            ("To", referral.organisation), ("Date", long_date(today)),
            ("Our reference", referral.ref),
        ),
        slots=filling.of_template(template),
    )  # fmt: skip

"""Letters of feedback: each finding with the person whose doing it is, and nobody of the case named."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from datetime import UTC, datetime
from types import MappingProxyType

import pytest

from panelkit.areas.loader import load_area
from panelkit.audit import BY_ID, RULES, audit_meeting
from panelkit.audit.context import Context
from panelkit.audit.feedback import STEPS, STRENGTHS, Told, letters
from panelkit.audit.forms import forms_for
from panelkit.audit.given import Looked
from panelkit.audit.matters import MATTERS
from panelkit.audit.withheld import WITHHELD, Withholding
from panelkit.domain import auditing as a
from panelkit.domain.audit_forms import Given, How
from panelkit.domain.auditing import Audit
from panelkit.domain.feedback import Doing, Letter
from panelkit.domain.meeting import Answer, By, Meeting
from panelkit.packs.reader import read_pack
from tests.desk import SAMPLES

AREA = load_area("west_midlands")
FORMS = forms_for(AREA)
GOOD, POOR = "l3_review", "poor_record"
NOW = datetime(2026, 11, 28, 10, 0, tzinfo=UTC)


def sample(name: str) -> tuple[Meeting, Meeting | None]:
    pack = read_pack(SAMPLES / f"{name}.toml")
    return pack.meeting, pack.earlier[-1] if pack.earlier else None


def of(meeting: Meeting, earlier: Meeting | None = None, *audits: Audit) -> tuple[Letter, Letter]:
    chair, minutes = letters(Told(Looked(meeting, AREA, earlier), FORMS, audits))
    return chair, minutes


def with_answer(meeting: Meeting, item: str, key: str, text: str) -> Meeting:
    answers = {**meeting.answers, (item, key): Answer(item=item, field=key, text=text)}
    return dataclasses.replace(meeting, answers=MappingProxyType(answers))


def audited(
    meeting: Meeting, form_id: str, auditor: str = "Dana Pryce", *, finish: bool = True,
    **said: tuple[str, str],
) -> Audit:  # fmt: skip
    """A finished audit; ``K6_4=("no", "comment")``."""
    form = next(form for form in FORMS if form.id == form_id)
    given = [Given(question=q.id, how=How.PERSON) for q in form.questions]
    by = By(auditor, NOW)
    audit = a.begun("a1", meeting, form, given, [f"m{n}" for n in range(len(given))], by)
    for key, (option, comment) in said.items():
        question = key.replace("_", ".")
        if option:
            audit = a.answered(audit, question, option, by)
        if comment:
            audit = a.commented(audit, question, comment, by)
    return a.finished(audit, by) if finish else audit


def words_of(letter: Letter) -> str:
    return repr(dataclasses.asdict(letter))


# -- whose doing -------------------------------------------------------------------------


def test_every_rule_and_every_question_that_ships_names_a_matter() -> None:
    assert {rule.matter for rule in RULES} <= set(MATTERS)
    asked = {question.matter for form in FORMS for question in form.questions}
    assert asked <= set(MATTERS)
    assert set(MATTERS) == asked | {rule.matter for rule in RULES}
    assert {matter.doing for matter in MATTERS.values()} == set(Doing)
    for matter in MATTERS.values():
        assert matter.why.endswith("."), matter
        assert matter.advice.endswith((".", "?")), matter


def test_what_is_said_and_decided_is_the_chair_s_and_the_words_are_the_minute_taker_s() -> None:
    whose = {rule.id: MATTERS[rule.matter].doing for rule in RULES}
    for rule in ("heard", "decisions", "dissent", "disclosure", "risk", "opening", "smart"):
        assert whose[rule] is Doing.CHAIR, rule
    for rule in ("acronyms", "judgemental", "vague", "boilerplate", "copied", "victim_names"):
        assert whose[rule] is Doing.MINUTES, rule


def test_one_rule_s_findings_may_be_two_people_s_doing() -> None:
    meeting, earlier = sample(POOR)
    late = {f.matter: f for f in audit_meeting(meeting, AREA, earlier) if f.rule == "opening"}
    assert set(late) == {"time", "purpose"}
    assert "minutes late" in late["time"].evidence


def test_each_finding_stands_in_one_letter_and_in_the_right_one() -> None:
    meeting, earlier = sample(POOR)
    chair, minutes = of(meeting, earlier)
    for letter in (chair, minutes):
        assert {MATTERS[step.matter].doing for step in letter.steps} == {letter.to}
        assert len(letter.steps) == STEPS
    matters = {f.matter for f in audit_meeting(meeting, AREA, earlier)}
    mine = {m for m in matters if MATTERS[m].doing is Doing.CHAIR}
    assert chair.left == len(mine) - STEPS
    assert (chair.name, minutes.name) == ("Beverley Stroud", "Dylan Ashgrove")


# -- steps and strengths -----------------------------------------------------------------


def test_what_keeps_people_safe_comes_first_and_red_before_amber() -> None:
    chair, _minutes = of(*sample(POOR))
    assert [step.matter for step in chair.steps][:3] == ["victims", "risk", "plan"]
    for step in chair.steps:
        assert step.quotes
        assert step.advice
        assert step.why
        assert all(quote.place and quote.words for quote in step.quotes)


def test_a_strength_is_shown_by_the_record_and_never_by_silence() -> None:
    meeting, earlier = sample(GOOD)
    chair, minutes = of(meeting, earlier)
    assert chair.steps == minutes.steps == ()
    assert len(chair.strengths) == STRENGTHS
    heard = next(one for one in chair.strengths if one.matter == "heard")
    assert heard.evidence == ("A7: 8 of 8 heard",)
    assert not heard.is_suggestion
    empty = dataclasses.replace(meeting, answers=MappingProxyType({}), rows=MappingProxyType({}))
    for letter in of(empty):
        assert letter.strengths == ()


def test_no_matter_is_both_a_strength_and_a_step() -> None:
    for name in (GOOD, POOR, "l2_initial", "l3_emergency_dissent"):
        for letter in of(*sample(name)):
            strong = {one.matter for one in letter.strengths}
            assert not strong & {step.matter for step in letter.steps}


def test_that_the_rules_on_wording_found_nothing_is_a_suggestion() -> None:
    _chair, minutes = of(*sample(GOOD))
    (clear,) = [one for one in minutes.strengths if one.is_suggestion]
    assert re.fullmatch(
        r"5,\d{3} words were read by 8 rules on wording, which found nothing", clear.evidence[0]
    )
    _chair, minutes = of(*sample(POOR))
    assert not [one for one in minutes.strengths if one.is_suggestion]
    wording = next(step for step in minutes.steps if step.matter == "wording")
    assert wording.is_suggestion
    dist = next(step for step in minutes.steps if step.matter == "distribution")
    assert not dist.is_suggestion


def test_what_only_a_person_can_judge_is_listed_until_somebody_has() -> None:
    meeting, earlier = sample(GOOD)
    chair, minutes = of(meeting, earlier)
    assert len(chair.to_judge) == 3
    assert minutes.to_judge == ()
    one = audited(meeting, "L", L4_6=("excellent", ""), L3_3=("satisfactory", "Welcomed by name."))
    chair, _minutes = of(meeting, earlier, one)
    assert chair.to_judge == (
        "Did the chair present and sum up clearly, with every factor of serious harm?",
    )


# -- audits by people --------------------------------------------------------------------


def test_an_auditor_s_answers_and_comments_stand_in_the_letter_of_the_right_person() -> None:
    meeting, earlier = sample(GOOD)
    one = audited(
        meeting, "L", L4_6=("excellent", "Brought the talk back twice."),
        L4_7=("unsatisfactory", "Housing was not asked."), L5_3=("", "Could not hear the end."),
        L3_4=("poor", "The room was cold."),
    )  # fmt: skip
    two = audited(meeting, "K", "Owen Brandt", K5_1=("mostly", "Crisp & clear [b]"))
    chair, minutes = of(meeting, earlier, one, two)
    first = chair.strengths[0]
    assert first.matter == "digressions"
    assert first.said[0].endswith("Excellent (4 of 4). “Brought the talk back twice.”")
    (step,) = chair.steps
    assert step.matter == "heard"
    assert "Unsatisfactory (2 of 4). “Housing was not asked.”" in step.said[0]
    assert not step.quotes
    assert step.advice == MATTERS["heard"].advice
    assert chair.remarks == (
        "L5.3, Did the chair present and sum up clearly, with every factor of serious harm? “Could not hear the end.”",
    )
    assert "cold" not in words_of(chair) + words_of(minutes)
    assert [done.form for done in chair.audits] == [
        "L (15 questions seen)",
        "K (14 questions seen)",
    ]
    (step,) = minutes.steps
    assert "Crisp & clear [b]" in step.said[0]
    assert "Mostly (3 of 4)" in step.said[0]


def test_a_good_answer_without_a_word_is_nothing_to_work_on() -> None:
    meeting, earlier = sample(GOOD)
    one = audited(meeting, "L", L4_6=("satisfactory", ""), L3_3=("unsatisfactory", ""))
    chair, _minutes = of(meeting, earlier, one)
    assert "Satisfactory (3 of 4)" in chair.strengths[0].said[0]
    assert [step.matter for step in chair.steps] == ["welcome"]


def test_an_audit_that_is_not_finished_says_nothing_yet() -> None:
    meeting, earlier = sample(GOOD)
    one = audited(meeting, "L", finish=False, L4_7=("poor", "Nobody was asked."))
    chair, _minutes = of(meeting, earlier, one)
    assert chair == of(meeting, earlier)[0]


def test_a_suggestion_gives_way_to_a_person_and_the_record_does_not() -> None:
    meeting, earlier = sample(POOR)
    one = audited(meeting, "K", X9=("completely", "I could follow it."), X6=("yes", "All there."))
    chair, minutes = of(meeting, earlier, one)
    assert "clear" in {s.matter for s in minutes.strengths}
    assert "clear" not in {s.matter for s in minutes.steps}
    assert "old_actions" not in {s.matter for s in chair.strengths}


def test_two_auditors_who_differ_are_both_heard() -> None:
    meeting, earlier = sample(GOOD)
    audits = (
        audited(meeting, "L", L4_7=("excellent", "All were asked.")),
        audited(meeting, "L", "Owen Brandt", L4_7=("poor", "Nobody was.")),
    )
    chair, _minutes = of(meeting, earlier, *audits)
    (step,) = [step for step in chair.steps if step.matter == "heard"]
    assert "Poor (1 of 4)" in step.said[0]
    assert "Excellent (4 of 4)" in step.said[1]
    assert "heard" not in {one.matter for one in chair.strengths}


def test_codes_are_called_codes() -> None:
    meeting, earlier = sample(GOOD)
    one = audited(meeting, "S11", S11_7=("some", ""))
    chair, _minutes = of(meeting, earlier, one)
    (step,) = chair.steps
    assert "Some (code 2)" in step.said[0]


# -- who is not named --------------------------------------------------------------------


@pytest.mark.parametrize("name", [path.stem for path in SAMPLES.glob("*.toml")])
def test_no_letter_names_the_individual_or_a_victim(name: str) -> None:
    meeting, earlier = sample(name)
    for letter in of(meeting, earlier):
        said = words_of(dataclasses.replace(letter, name="")).casefold()
        for part in meeting.case.name.split():
            assert not re.search(rf"\b{re.escape(part.casefold())}\b", said), part
        for victim in ("kelly", "chloe", "marsden"):
            assert victim not in said
        assert meeting.case.ref.casefold() in said


def test_names_are_withheld_however_they_are_written() -> None:
    meeting, _earlier = sample(POOR)
    case = dataclasses.replace(
        meeting.case,
        name="Wayne Coldrake",
        aliases='"Spider" to friends; Wayne Colder, held by Harrowmere Police',
    )
    meeting = with_answer(
        dataclasses.replace(meeting, case=case), "A9", "victim_issues", "Kelly Marsden has moved."
    )
    hide: Callable[[str], str] = Withholding(Context(meeting, AREA))
    assert hide("WAYNE COLDRAKE’s flat; coldrake; Mr Wayne-Coldrake") == (
        f"{WITHHELD}’s flat; {WITHHELD}; Mr {WITHHELD}"
    )
    assert hide("Spider rang Kelly Marsden of Harrowmere Police for friends") == (
        f"{WITHHELD} rang {WITHHELD} of Harrowmere Police for friends"
    )
    assert hide("CRN X990188, HM-0188-3, Coldrakes") == f"CRN {WITHHELD}, HM-0188-3, {WITHHELD}"


@pytest.mark.parametrize(
    ("name", "text", "left"),
    [
        ("April West", "April WEST may come in april from the west", "[withheld] may come in april from the west"),
        ("Bo Li", "Bo Li, Li’s flat; a bo tree, LI", "[withheld], [withheld]’s flat; a bo tree, [withheld]"),
        ("Sean O'Neill", "Sean O’Neill; O'Neill's; ONEILL", "[withheld]; [withheld]'s; ONEILL"),
        ("Anna van der Berg", "the van der Bergs, Berg and the van", "the van der [withheld], [withheld] and the van"),
        ("", "Nobody", "Nobody"),
    ],
)  # fmt: skip
def test_names_that_are_words_too_are_withheld_as_names_are_written(
    name: str, text: str, left: str
) -> None:
    meeting, _earlier = sample(POOR)
    case = dataclasses.replace(meeting.case, name=name, aliases="")
    empty = dataclasses.replace(
        meeting, case=case, answers=MappingProxyType({}), rows=MappingProxyType({})
    )
    assert Withholding(Context(empty, AREA))(text) == left


def test_a_reference_that_holds_a_name_stays_and_what_holds_a_name_is_not_quoted() -> None:
    meeting, earlier = sample(POOR)
    _chair, minutes = of(meeting, earlier)
    names = next(step for step in minutes.steps if step.matter == "names")
    assert all("not repeated here" in quote.words for quote in names.quotes)
    bare = dataclasses.replace(
        meeting.case, name="", aliases="", crn="", pnc="", noms="", address=""
    )
    assert Withholding(Context(dataclasses.replace(meeting, case=bare), AREA))("Anna") == "Anna"


def test_an_auditor_s_words_are_withheld_from_too() -> None:
    meeting, earlier = sample(GOOD)
    name = meeting.case.name
    one = audited(meeting, "L", L4_7=("poor", f"{name} was talked over."))
    chair, _minutes = of(meeting, earlier, one)
    assert f"“{WITHHELD} was talked over.”" in chair.steps[0].said[0]


def test_rules_that_an_area_turned_off_stand_in_no_letter() -> None:
    meeting, earlier = sample(POOR)
    off = dataclasses.replace(AREA, audit={rule.id: False for rule in RULES if rule.on})
    told = Told(Looked(meeting, off, earlier), FORMS, ())
    assert all(not letter.steps for letter in letters(told))
    assert BY_ID["heard"].on

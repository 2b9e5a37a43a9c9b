"""The forms are what the published ones were seen to be, and an area corrects them without code."""

from __future__ import annotations

import dataclasses
import tomllib
from pathlib import Path

import pytest

from panelkit.areas.loader import load_area
from panelkit.audit.answering import ANSWERS
from panelkit.audit.forms import SHIPPED, form_named, forms_for, load_forms
from panelkit.audit.forms_file import check
from panelkit.audit.given import USED
from panelkit.audit.rules import BY_ID
from panelkit.domain.audit_forms import NOT_APPLICABLE, Counts, Form, Method
from panelkit.domain.errors import BadInput, NotFound

FORMS = {form.id: form for form in load_forms()}


def written(folder: Path, text: str) -> Path:
    path = folder / "own.toml"
    path.write_text("format = 1\n" + text, encoding="utf-8")
    return path


def test_the_shipped_file_is_right() -> None:
    check(tomllib.loads(SHIPPED.read_text(encoding="utf-8")), SHIPPED.name)


@pytest.mark.parametrize(("form_id", "seen"), [("K", 14), ("L", 15), ("S11", 8), ("S12", 15)])
def test_how_many_questions_were_seen_stands_beside_the_name(form_id: str, seen: int) -> None:
    form = FORMS[form_id]
    assert form.seen == seen
    assert form.label == f"{form_id} ({seen} questions seen)"
    assert form.unseen
    assert dataclasses.replace(form, complete=True).label == form_id


def test_maxima_of_the_case_audit_are_each_question_s_own() -> None:
    most = {q.id: q.most for q in FORMS["K"].questions if q.official}
    assert most == {
        "K2.1": 4, "K2.2": 3, "K3.1": 4, "K4.1": 3, "K4.2": 4, "K5.1": 4, "K5.2": 3, "K5.3": 3,
        "K5.4": 3, "K6.1": 3, "K6.2": 3, "K6.3": 4, "K6.4": 3, "K6.5": 4,
    }  # fmt: skip
    assert all(min(o.value for o in q.options) == 1 for f in FORMS.values() for q in f.questions)


def test_scotland_s_case_audit_has_codes_where_one_is_best() -> None:
    official = [q for q in FORMS["S11"].questions if q.official]
    assert {q.counts for q in official} == {Counts.CODES}
    assert [len(q.options) for q in official] == [3, 2, 4, 5, 4, 3, 4, 2]
    assert all([o.value for o in q.options] == list(range(1, len(q.options) + 1)) for q in official)
    assert all(q.most is None for q in official)


def test_both_meeting_audits_grade_from_four_to_one() -> None:
    for form_id in ("L", "S12"):
        assert {tuple(o.value for o in q.options) for q in FORMS[form_id].questions} == {
            (4, 3, 2, 1)
        }


def test_local_questions_are_local_and_stand_beside_the_case_audits_only() -> None:
    local = {f.id: [q.id for q in f.questions if not q.official] for f in FORMS.values()}
    assert local == {
        "K": [f"X{n}" for n in range(1, 15)], "S11": [f"X{n}" for n in range(1, 15)], "L": [], "S12": [],
    }  # fmt: skip
    assert all(q.standing == "inferred" for q in FORMS["K"].questions if not q.official)


@pytest.mark.parametrize("form", FORMS.values(), ids=lambda f: f.id)
def test_every_question_says_where_it_is_from_and_how_it_is_answered(form: Form) -> None:
    ids = [q.id for q in form.questions]
    assert len(ids) == len(set(ids))
    for question in form.questions:
        assert question.text.endswith("?")
        assert question.source
        assert question.standing in ("seen", "recalled", "inferred")
        if question.answer and question.method is not Method.HUMAN:
            keys = {option.key for option in question.options}
            assert ANSWERS[question.answer].keys <= keys


def test_every_function_that_fills_in_is_used_and_says_what_it_goes_by() -> None:
    used = {q.answer for f in FORMS.values() for q in f.questions if q.answer}
    assert used == set(ANSWERS)
    assert all(answer.says.endswith(".") for answer in ANSWERS.values())
    assert set(USED) <= set(BY_ID)


def test_an_area_corrects_adds_and_leaves_out(tmp_path: Path) -> None:
    own = written(
        tmp_path,
        """
[form.K]
complete = true

[form.K.question."K5.3"]
text = "Is the level in the minutes?"

[form.K.question."K6.6"]
section = "What the minutes show"
text = "Do they show what the next question of the form asks?"
scale = "yes_no"
method = "HUMAN"
official = true
standing = "seen"
source = "Our copy of the form"

[local.X.question.X13]
use = false

[form.K.question.B1]
section = "Ours"
text = "Is it ours?"
scale = "three"

[scale.three]
counts = "scores"
options = [
    { key = "good", value = 3, label = "good" },
    { key = "fair", value = 2, label = "fair" },
    { key = "bad", value = 1, label = "bad" },
]
""",
    )
    area = dataclasses.replace(load_area("national"), audit_forms=str(own))
    form = form_named(area, "k")
    assert form.label == "K"
    assert form.seen == 15
    assert form.question("K5.3").text == "Is the level in the minutes?"
    assert form.question("K5.3").most == 3
    assert form.question("K6.6").source == "Our copy of the form"
    assert "X13" not in {q.id for q in form.questions}
    assert not form.question("B1").official
    assert form.question("B1").method is Method.HUMAN
    assert FORMS["K"].question("K5.3").text != form.question("K5.3").text, "the shipped form stays"
    assert {f.id for f in forms_for(area)} == set(FORMS)


def test_an_area_file_names_its_forms_beside_it(tmp_path: Path) -> None:
    written(tmp_path, '[form.L]\ntitle = "Our audit of meetings"\n')
    area_file = tmp_path / "z.toml"
    area_file.write_text(
        'name = "Z"\nextends = "national"\n[settings.audit_forms]\nvalue = "own.toml"\nsource = "Ours [P]"\n[targets]\nK-ATT3 = { value = 95, source = "Our board [P]" }\n',
        encoding="utf-8",
    )
    area = load_area(area_file)
    assert form_named(area, "L").title == "Our audit of meetings"
    assert dict(area.targets)["K-ATT3"] == 95
    assert area.source("target.K-ATT3") == "Our board [P]"
    assert dict(area.targets)["K-ATT2"] == 75


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[form.K.question."K5.3"]\nscale = "nowhere"\n', "scale"),
        ('[form.K.question."K5.3"]\nanswer = "nobody"\n', "answer"),
        ('[form.K.question."K5.3"]\nscale = "grade"\n', "lacks"),
        ('[form.K.question."K9.1"]\ntext = "Half?"\n', "missing"),
        ('[form.Z]\ntitle = "New"\n', "missing"),
        ('[form.K.question."K5.3"]\nweight = 3\n', "not known"),
        ('[form.K.question."K5.3"]\nmethod = "MAGIC"\n', "must be"),
        ('[local.X]\nbeside = ["Q"]\n', "not"),
        ('[form.K.question.X1]\nsection = "A"\ntext = "B?"\nscale = "yes_no"\n', "twice"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_in_one_line(
    tmp_path: Path, text: str, says: str
) -> None:
    with pytest.raises(BadInput) as caught:
        load_forms(written(tmp_path, text))
    assert says in caught.value.sentence
    assert "own.toml" in caught.value.sentence
    assert "\n" not in caught.value.sentence


def test_a_form_or_an_option_there_is_not() -> None:
    with pytest.raises(NotFound):
        form_named(load_area("national"), "Q")
    with pytest.raises(NotFound):
        FORMS["K"].question("K5.3").option("perhaps")
    assert FORMS["K"].question("K5.3").option(NOT_APPLICABLE) is None

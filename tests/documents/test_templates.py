"""Template folders: strict, named in every complaint, and known by their hash."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from panelkit.documents.templates import (
    Template,
    fill_wording,
    in_force,
    load_template,
    load_templates,
)
from panelkit.domain.errors import BadInput, NotFound

from .reading import HOUSE, ROOT

GOOD = """
id = "minutes"
version = "1.0"
title = "Minutes"
form_label = "Our minutes"
effective_from = 2026-01-01
source = "By us."

[[section]]
key = "risk"
number = "14"
heading = "Risk assessment"
include = "always"
"""


def folder(root: Path, text: str = GOOD, name: str = "minutes", **wording: str) -> Path:
    made = root / name
    (made / "wording").mkdir(parents=True)
    (made / "template.toml").write_text(text, encoding="utf-8")
    (made / "house.docx").write_bytes(HOUSE)
    for stem, content in wording.items():
        (made / "wording" / f"{stem}.j2").write_text(content, encoding="utf-8")
    return made


def with_wording(root: Path, content: str) -> Template:
    return load_template(folder(root, statement=content))


def test_the_shipped_templates_load() -> None:
    templates = load_templates(ROOT / "templates")
    assert {"minutes", "action_schedule", "agenda"} <= {each.id for each in templates}
    minutes = in_force(templates, "minutes", date(2026, 11, 18))
    assert minutes.form_label == "MAPPA minutes, panelkit layout"
    numbered = [plan.number for plan in minutes.sections]
    assert numbered == [str(number) for number in range(26)]
    assert minutes.section("risk").number == "14"
    assert minutes.section("hospital").include == "when_any"


def test_a_folder_is_read_as_it_stands(tmp_path: Path) -> None:
    template = load_template(folder(tmp_path, statement="Hello"))
    assert (template.id, template.version, template.effective_from.year) == ("minutes", "1.0", 2026)
    assert template.house == HOUSE
    assert dict(template.wording) == {"statement.j2": "Hello"}
    with pytest.raises(NotFound, match="media"):
        template.section("media")


@pytest.mark.parametrize(
    ("was", "becomes", "complaint"),
    [
        ('title = "Minutes"', 'titel = "Minutes"', "title: is missing"),
        ('source = "By us."', 'source = "By us."\ncolour = "red"', "colour: no such entry"),
        ('number = "14"', "number = 14", r"section\.number: must be a text"),
        ('number = "14"', 'nummer = "14"', r"section\.nummer: no such entry"),
        ('include = "always"', 'include = "often"', r"section\.include: must be one of always"),
        ("2026-01-01", '"2026-01-01"', "effective_from: must be a date"),
        ("2026-01-01", "2026-01-01T10:00:00Z", "effective_from: must be a date"),
        ('version = "1.0"', 'version = ""', "version: must not be blank"),
        ('key = "risk"', 'key = "Risk!"', r"section\.key: 'Risk!'"),
        ("[[section]]", "[section]", "section: must be tables"),
        ("[[section]]", "[[section]", r"template\.toml: "),
        ('source = "By us."', 'source = "By us."\nlook = "../other"', "look: "),
        ('source = "By us."', 'source = "By us."\nlook = "other"', "look: there is no house.docx"),
    ],
)
def test_a_wrong_entry_is_refused_naming_file_and_key(
    tmp_path: Path, was: str, becomes: str, complaint: str
) -> None:
    assert was in GOOD
    with pytest.raises(BadInput, match=complaint) as caught:
        load_template(folder(tmp_path, GOOD.replace(was, becomes, 1)))
    assert "template.toml" in caught.value.message


def test_a_misspelt_entry_is_told_its_right_name(tmp_path: Path) -> None:
    wrong = GOOD.replace('source = "By us."', 'source = "By us."\nsmb_rational = "x"')
    with pytest.raises(BadInput, match="smb_rational") as caught:
        load_template(folder(tmp_path, wrong))
    assert caught.value.remedy == "Did you mean smb_rationale?"


def test_a_section_may_not_stand_there_twice(tmp_path: Path) -> None:
    twice = GOOD + GOOD[GOOD.index("[[section]]") :]
    with pytest.raises(BadInput, match="twice"):
        load_template(folder(tmp_path, twice))


@pytest.mark.parametrize(
    "label", ["MAPPA C", "MAPPA c", "MAPPA-B v2", "MAPPA form C", "MAPPA (C)", "Form MAPPA A"]
)
def test_the_name_of_a_national_form_needs_the_boards_approval(tmp_path: Path, label: str) -> None:
    named = GOOD.replace("Our minutes", label)
    with pytest.raises(BadInput, match="national form"):
        load_template(folder(tmp_path / "without", named))
    only_day = named.replace("source =", "smb_approved_on = 2026-03-02\nsource =")
    with pytest.raises(BadInput, match="national form"):
        load_template(folder(tmp_path / "day", only_day))
    both = only_day.replace("source =", 'smb_rationale = "Same headings."\nsource =')
    template = load_template(folder(tmp_path / "both", both))
    assert template.smb_approved_on == date(2026, 3, 2)


def test_the_hash_knows_every_file_and_only_content(tmp_path: Path) -> None:
    first = load_template(folder(tmp_path / "a", statement="Hello"))
    made = folder(tmp_path / "b", statement="Hello")
    (made / "~$house.docx").write_bytes(b"Word's lock")
    assert load_template(made).sha256 == first.sha256
    (made / "wording" / "statement.j2").write_text("Hello!", encoding="utf-8")
    assert load_template(made).sha256 != first.sha256


def test_a_shared_look_counts_in_the_hash(tmp_path: Path) -> None:
    folder(tmp_path)
    text = GOOD.replace('id = "minutes"', 'id = "agenda"\nlook = "minutes"')
    agenda = folder(tmp_path, text, name="agenda")
    (agenda / "house.docx").unlink()
    before = load_template(agenda)
    assert before.house == HOUSE
    (tmp_path / "minutes" / "house.docx").write_bytes(HOUSE + b" ")
    assert load_template(agenda).sha256 != before.sha256


def test_the_template_in_force_is_the_latest_that_has_begun(tmp_path: Path) -> None:
    folder(tmp_path)
    later = GOOD.replace("1.0", "2.0").replace("2026-01-01", "2027-04-01")
    folder(tmp_path, later, name="minutes_2027")
    templates = load_templates(tmp_path)
    assert in_force(templates, "minutes", date(2027, 3, 31)).version == "1.0"
    assert in_force(templates, "minutes", date(2027, 4, 1)).version == "2.0"
    with pytest.raises(NotFound, match="minutes"):
        in_force(templates, "minutes", date(2025, 12, 31))


@pytest.mark.parametrize("same", ["version", "date"])
def test_two_templates_that_could_be_confused_are_refused(tmp_path: Path, same: str) -> None:
    folder(tmp_path)
    other = (
        GOOD.replace("2026-01-01", "2027-01-01") if same == "version" else GOOD.replace("1.0", "2")
    )
    folder(tmp_path, other, name="copy")
    with pytest.raises(BadInput, match="Two templates"):
        load_templates(tmp_path)


def test_wording_is_plain_text(tmp_path: Path) -> None:
    template = with_wording(tmp_path, "{{ who.name }} said: {{ words }}\n")
    values = {"who": {"name": "R&D"}, "words": "<12 {{ 7*7 }}"}
    assert fill_wording(template, "statement.j2", values) == "R&D said: <12 {{ 7*7 }}"


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("{{ missing }}", "'missing' is undefined"),
        ("{{ none }}", "blank is printed in statement.j2"),
        ("{% if %}", "statement.j2, line 1"),
        ("{{ ''.__class__.__mro__ }}", "unsafe"),
        ("{{ cycler.__init__.__globals__ }}", "unsafe"),
        ("{{ 1 / 0 }}", "ZeroDivisionError"),
        ("{{ range(10**9) }}", "OverflowError"),
        ("{% include 'other.j2' %}", "no wording file other.j2"),
        ("{% include '/etc/passwd' %}", "no wording file"),
    ],
)
def test_wording_that_cannot_be_filled_is_named(
    tmp_path: Path, content: str, complaint: str
) -> None:
    with pytest.raises(BadInput, match=complaint):
        fill_wording(with_wording(tmp_path, content), "statement.j2", {"none": None})


def test_wording_takes_plain_values_only(tmp_path: Path) -> None:
    template = with_wording(tmp_path, "{{ x }}")
    with pytest.raises(TypeError, match="plain values"):
        fill_wording(template, "statement.j2", {"x": [Path("/")]})

"""Template folders: strict, named in every complaint, and known by their hash."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from panelkit.documents.shelf import Shelf, packed, unpacked
from panelkit.documents.template_wording import fill_wording
from panelkit.documents.templates import Template, load_template
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
    shelf = Shelf(ROOT / "templates")
    assert {"minutes", "action_schedule", "agenda"} <= {head.id for head in shelf.heads()}
    minutes = shelf.in_force("minutes", date(2026, 11, 18))
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
    only_day = named.replace("source =", "smb_approved_on = 2025-11-03\nsource =")
    with pytest.raises(BadInput, match="national form"):
        load_template(folder(tmp_path / "day", only_day))
    both = only_day.replace("source =", 'smb_rationale = "Same headings."\nsource =')
    template = load_template(folder(tmp_path / "both", both))
    assert template.smb_approved_on == date(2025, 11, 3)


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
    text = text.replace('key = "risk"', 'key = "details"')
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
    shelf = Shelf(tmp_path)
    assert shelf.in_force("minutes", date(2027, 3, 31)).version == "1.0"
    assert shelf.in_force("minutes", date(2027, 4, 1)).version == "2.0"
    assert shelf.in_force("minutes", date(2020, 1, 1)).version == "1.0"  # the first there was
    with pytest.raises(NotFound, match="reply"):
        shelf.in_force("reply", date(2027, 4, 1))


@pytest.mark.parametrize("same", ["version", "date"])
def test_two_templates_that_could_be_confused_are_refused(tmp_path: Path, same: str) -> None:
    folder(tmp_path)
    other = (
        GOOD.replace("2026-01-01", "2027-01-01") if same == "version" else GOOD.replace("1.0", "2")
    )
    folder(tmp_path, other, name="copy")
    with pytest.raises(BadInput, match="are both minutes"):
        Shelf(tmp_path).in_force("minutes", date(2027, 5, 1))


def test_an_areas_own_template_is_never_put_aside_by_a_newer_one_that_ships(tmp_path: Path) -> None:
    folder(tmp_path / "shipped", GOOD.replace("2026-01-01", "2026-06-01"))
    own = GOOD.replace("1.0", "N1").replace("2026-01-01", "2026-03-01")
    folder(tmp_path / "own", own)
    shelf = Shelf(tmp_path / "shipped", tmp_path / "own")
    assert shelf.in_force("minutes", date(2026, 9, 1)).version == "N1"
    assert shelf.in_force("minutes", date(2026, 2, 1)).version == "N1"  # the first of all
    assert shelf.called("minutes").own
    with pytest.raises(NotFound, match="no folder of templates"):
        Shelf(tmp_path / "shipped", tmp_path / "nowhere").in_force("minutes", date(2026, 9, 1))


def test_a_copy_that_keeps_the_version_of_the_shipped_one_is_refused(tmp_path: Path) -> None:
    folder(tmp_path / "shipped")
    folder(tmp_path / "own", GOOD.replace("2026-01-01", "2026-03-01"))
    with pytest.raises(BadInput, match=r"are both minutes 1\.0"):
        Shelf(tmp_path / "shipped", tmp_path / "own").in_force("minutes", date(2026, 9, 1))


def test_a_broken_folder_stops_only_the_document_it_is_for(tmp_path: Path) -> None:
    folder(tmp_path)
    agenda = GOOD.replace('"minutes"', '"agenda"').replace('"risk"', '"details"')
    broken = folder(tmp_path, agenda.replace("include", "inclood"), name="agenda")
    shelf = Shelf(tmp_path)
    assert shelf.in_force("minutes", date(2026, 9, 1)).id == "minutes"
    with pytest.raises(BadInput, match=r"section\.include"):
        shelf.in_force("agenda", date(2026, 9, 1))
    (broken / "template.toml").write_text("id = ", encoding="utf-8")
    with pytest.raises(BadInput, match=r"template\.toml"):  # it may be anything
        shelf.in_force("minutes", date(2026, 9, 1))


def test_a_template_is_kept_whole_and_known_again(tmp_path: Path) -> None:
    folder(tmp_path)
    borrowed = GOOD.replace('"minutes"', '"agenda"').replace('"risk"', '"details"')
    made = folder(tmp_path, borrowed + "\n", name="agenda", letter="Hello")
    (made / "house.docx").unlink()
    text = (made / "template.toml").read_text(encoding="utf-8")
    (made / "template.toml").write_text('look = "minutes"\n' + text, encoding="utf-8")
    template = load_template(made)
    assert packed(template) == packed(load_template(made))
    again = unpacked(packed(template), template.sha256)
    assert again == template
    assert again.house == HOUSE
    with pytest.raises(BadInput, match="not the one that was used"):
        unpacked(packed(template), "0" * 64)


def test_what_stands_elsewhere_or_is_no_part_is_refused(tmp_path: Path) -> None:
    made = folder(tmp_path)
    (made / "wording" / "evil.j2").symlink_to("/etc/passwd")
    with pytest.raises(BadInput, match="stands elsewhere"):
        load_template(made)
    (made / "wording" / "evil.j2").unlink()
    (made / "notes.txt").write_text("x")
    with pytest.raises(BadInput, match="no part of a template"):
        load_template(made)


def test_wording_is_plain_text(tmp_path: Path) -> None:
    template = with_wording(tmp_path, "{{ who }} said: {{ words }}\n")
    values = {"who": "R&D", "words": "<12 {{ 7*7 }}"}
    assert fill_wording(template, "statement.j2", values) == "R&D said: <12 {{ 7*7 }}"


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("{{ missing }}", "'missing' is undefined"),
        ("{{ none }}", "blank is printed in statement.j2"),
        ("{% if %}", "statement.j2, line 1"),
        ("{{ ''.__class__.__mro__ }}", "an attribute"),
        ("{{ cycler.__init__.__globals__ }}", "an attribute"),
        ("{{ 1 / 0 }}", "holds code"),
        ("{{ range(10**9) }}", "a call"),
        ("{% include 'other.j2' %}", "another file"),
        ("{{ x | upper }}", "a filter"),
        ("{% set x = 1 %}", "an assignment"),
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

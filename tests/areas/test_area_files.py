"""Every setting has a source; an area says only what differs."""

from __future__ import annotations

import os
import re
import tomllib
from datetime import date
from pathlib import Path

import pytest

from panelkit.areas import loader
from panelkit.areas.loader import area_names, load_agenda, load_area
from panelkit.areas.models import check
from panelkit.domain.agenda import AGENDA
from panelkit.domain.errors import BadInput, NotFound
from panelkit.domain.vocabulary import AgencyType, Level, MeetingKind, Stops

SHIPPED = Path(loader.__file__).parent
MANUAL = Path(__file__).parents[2] / "docs" / "areas.md"
BASE = 'name = "Z"\nextends = "national"\n'


def written(folder: Path, text: str, name: str = "z.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_an_organisation_may_say_whom_to_ring(tmp_path: Path) -> None:
    said = "[[organisations]]\nname = 'Vale Homes'\nagency = 'RSL'\nring = 'Duty desk, 01632 960 001'\n"
    area = load_area(written(tmp_path, BASE + said))
    assert dict(area.ring) == {"Vale Homes": "Duty desk, 01632 960 001"}
    assert ("Vale Homes", AgencyType.RSL) in area.organisations


@pytest.mark.parametrize("name", area_names())
def test_a_shipped_area_file_is_right(name: str) -> None:
    path = SHIPPED / f"{name}.toml"
    check(tomllib.loads(path.read_text(encoding="utf-8")), path.name)


def both(path: Path) -> None:
    load_area(path)
    load_agenda(path)


def refusal(folder: Path, text: str) -> str:
    path = written(folder, text)
    with pytest.raises(BadInput) as caught:
        both(path)
    assert "\n" not in caught.value.sentence
    assert "z.toml" in caught.value.sentence
    return caught.value.sentence


@pytest.mark.parametrize("name", area_names())
def test_every_setting_shows_its_source_and_how_sure_we_are(name: str) -> None:
    area = load_area(name)
    assert area.timescales
    for source in [t.source for t in area.timescales] + [text for _, text in area.sources]:
        assert re.search(r"\[(V|R|I|P)\b", source), source
    for timescale in area.timescales:
        assert timescale.key.endswith(("_working_days", "_weeks", "_months", "_minutes"))
        assert area.source(timescale.key) == timescale.source
    assert area.source("quorum")
    assert area.source("nothing") == ""


@pytest.mark.parametrize("name", area_names())
def test_every_figure_that_the_program_asks_for_is_there(name: str) -> None:
    area = load_area(name)
    for level in (Level.TWO, Level.THREE):
        for kind in MeetingKind:
            assert area.planned_minutes(level, kind) >= 20
        for key in ("draft", "minutes", "upload"):
            assert area.figure(f"{key}_l{level}_working_days")
        assert area.figure(f"review_l{level}_target_weeks") < area.figure(
            f"review_l{level}_backstop_weeks"
        )


def test_the_figures_are_those_of_the_notes() -> None:
    area = load_area("national")
    assert area.figure("minutes_l2_working_days") == 10
    assert area.figure("minutes_l3_working_days") == 5
    assert area.figure("action_list_emergency_working_days") == 0
    assert area.figure("review_l3_backstop_weeks") == 8
    assert area.quorum == (AgencyType.POL, AgencyType.PRB)
    assert area.category_four_approved_on is None


def test_the_statement_can_be_read_in_a_minute_and_says_whose_words_it_is() -> None:
    area = load_area("national")
    assert len(area.statement.split()) <= 140
    for point in ("public safety", "30(1)(b), 38, 40 and 41", "8(2)", "chair agrees", "needs"):
        assert point in area.statement
    assert "not the official" in area.statement_version


def test_west_midlands_extends_the_national_file() -> None:
    area, national = load_area("west_midlands"), load_area("national")
    assert area.statement == national.statement
    assert area.figure("minutes_l2_working_days") == national.figure("minutes_l2_working_days")
    assert ("West Midlands Police", AgencyType.POL) in area.organisations
    kinds = {agency for name, agency in area.organisations if name.startswith("Birmingham City")}
    assert {AgencyType.CSC, AgencyType.ASC, AgencyType.LHA} <= kinds
    assert "held remotely" in load_agenda("west_midlands")[0].say


def test_the_national_agenda_is_the_one_of_the_domain() -> None:
    assert load_agenda("national") == AGENDA


def test_the_example_of_the_manual_loads(tmp_path: Path) -> None:
    page = MANUAL.read_text("utf-8")
    found = re.search(r"<!-- example: begin -->\n```toml\n(.*?)```", page, re.DOTALL)
    assert found
    path = written(tmp_path, found[1])
    area, agenda = load_area(path), load_agenda(path)
    assert area.figure("minutes_l2_working_days") == 8
    assert ("RDH", "Riverdale District Housing") in area.expansions
    assert [item.code for item in agenda][13:16] == ["A14", "X1", "A15"]
    victims = next(item for item in agenda if item.code == "A9")
    assert victims.review_minutes == 4
    assert victims.field("schools_told").stops is Stops.APPROVAL
    assert victims.field("victim_issues").ask.startswith("What has the victim")
    assert victims.field("victim_issues").stops is Stops.APPROVAL


def test_every_setting_is_in_the_manual() -> None:
    from panelkit.areas.models import Settings

    page = MANUAL.read_text("utf-8")
    assert all(f"`{key}`" in page for key in Settings.model_fields)


def test_an_area_names_bank_holidays_that_the_calendar_lacks(tmp_path: Path) -> None:
    assert not load_area("national").calendar.knows(2101)
    path = written(
        tmp_path,
        'name = "Z"\nextends = "national"\n[settings.bank_holidays]\n'
        'value = [2101-01-03, 2026-06-15]\nsource = "proclaimed [I]"\n',
    )
    calendar = load_area(path).calendar
    assert calendar.knows(2101)
    assert not calendar.is_working_day(date(2101, 1, 3))
    assert not calendar.is_working_day(date(2026, 6, 15)), "beside those that are known"
    assert not calendar.is_working_day(date(2026, 12, 25))
    assert load_area("national").calendar.is_working_day(date(2026, 6, 15))


def test_a_file_may_extend_one_beside_it(tmp_path: Path) -> None:
    written(tmp_path, BASE + '[settings.marking]\nvalue = "M"\nsource = "s [I]"\n', "base.toml")
    path = written(tmp_path, 'name = "Z"\nextends = "base"\n')
    assert load_area(path).marking == "M"
    assert load_area(path).prison_months == 6


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    path = written(tmp_path, BASE)
    assert load_area(path).name == "Z"
    written(tmp_path, BASE.replace("Z", "Y"))
    os.utime(path, ns=(1, 1))
    assert load_area(path).name == "Y"


def test_an_unknown_area_names_those_there_are() -> None:
    with pytest.raises(NotFound) as caught:
        load_area("nowhere")
    assert "west_midlands" in caught.value.sentence


@pytest.mark.parametrize(
    ("tail", "place"),
    [
        ("[settings.marking]\nvalue = 'M'", "settings.marking.source is missing"),
        ("[settings.marking]\nvalue = 'M'\nsource = ''", "settings.marking.source must not be blank"),
        ("[settings.quorum]\nvalue = ['XX']\nsource = 's'", "settings.quorum.value.1 must be 'POL'"),
        ("[settings.extra]\nvalue = 1", "settings.extra is not known"),
        ("[timescales]\na_days = { value = '5', source = 's' }", "timescales.a_days.value must be a whole"),
        ("[timescales]\na_days = 5", "timescales.a_days must be a table"),
        ("[[organisations]]\nname = 'x'\nagency = 'YY'", "organisations.1.agency must be"),
        ("[[organisations]]\nname = 'x'", "organisations.1.agency is missing"),
        ("[agenda.B1]\nsay = 'x'", "agenda.B1 is not an agenda item"),
        ("[agenda.X1]\nsay = 'x'", "agenda.X1.title is missing"),
        ("[agenda.X1]\nsay='x'\ntitle='x'\nshort='x'\nafter='Q'", "agenda.X1.after is not"),
        ("[agenda.X1]\nshort='far too long a name'", "agenda.X1.short is too long"),
        ("[agenda.A9]\nheld = 'always'", "agenda.A9.held cannot be changed"),
        ("[agenda.A9]\nheld = 'sometimes'", "agenda.A9.held must be"),
        ("[agenda.A9.fields.victim_issues]\nstops = 'nothing'", "victim_issues.stops cannot be changed"),
        ("[agenda.A9.fields.more]\nask = 'x'", "agenda.A9.fields.more.label is missing"),
        ("[agenda.A9.fields.more]\nlabel = 'x'\nkind = 'choice'", "agenda.A9.fields.more.choices"),
        ("[agenda.A9.fields.more]\nlabel = 'x'\nkind = 'colour'", "agenda.A9.fields.more.kind must be"),
        ("x = [", "line 3"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named(tmp_path: Path, tail: str, place: str) -> None:
    assert place in refusal(tmp_path, BASE + tail)


def test_a_ring_and_a_missing_base_are_refused(tmp_path: Path) -> None:
    written(tmp_path, 'name = "A"\nextends = "z"\n', "a.toml")
    assert "comes back" in refusal_of(written(tmp_path, 'name = "Z"\nextends = "a"\n'))
    assert "not there" in refusal_of(written(tmp_path, 'name = "Z"\nextends = "gone"\n'))
    assert "does not exist" in refusal_of(tmp_path / "none.toml")


def refusal_of(path: Path) -> str:
    with pytest.raises(BadInput) as caught:
        load_area(path)
    return caught.value.sentence


def test_no_person_is_named_in_a_shipped_file() -> None:
    """Organisations hold a name and a kind; there is no place for a person."""
    for name in area_names():
        path = Path(__file__).parents[2] / "panelkit" / "areas" / f"{name}.toml"
        for organisation in tomllib.loads(path.read_text("utf-8")).get("organisations", []):
            assert set(organisation) == {"name", "agency"}

"""Changes of guidance and forms: told, accepted, kept local, taken back; meetings keep the agenda of
their day. Area, forms, people and cases are invented."""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from panelkit import paths
from panelkit.audit import provisions as audit_provisions
from panelkit.audit import rules_for
from panelkit.documents import plain
from panelkit.domain import entries as e
from panelkit.domain import guidance as g
from panelkit.domain.agenda import AGENDA
from panelkit.domain.case import Case
from panelkit.domain.deadlines import deadlines
from panelkit.domain.errors import BadInput, NotFound, Refused
from panelkit.domain.guidance import Decided, What
from panelkit.domain.meeting import Meeting
from panelkit.domain.renewing import renewed
from panelkit.domain.vocabulary import Category, Level, MeetingKind, MeetingState
from panelkit.packs.reader import read_pack
from panelkit.services.desk import Desk
from panelkit.services.guidance import Guidance, Shown
from panelkit.wiring import Settings, open_desk
from tests.desk import CHAIR, SAMPLES, Clock, approved

COORDINATOR = "Ana Example"
NOW = Clock()()
BELOW = """
name = "Vale County"
extends = "national"
[timescales]
minutes_l2_working_days = { value = 10, source = "County protocol 4.2 [V]" }
minutes_l3_working_days = { value = 6, source = "County protocol 4.3 [V]" }
[settings.subject_label]
value = "individual"
source = "County protocol 1 [V]"
[audit.run_on]
value = true
source = "County board, March 2026 [V]"
"""
OWN = """
name = "Riverdale"
extends = "county"
[timescales]
minutes_l3_working_days = { value = 4, source = "Riverdale board, minute 7 [V]" }
[agenda.A9]
say = "Victim liaison first, then the children's services."
[agenda.A9.fields.schools_told]
label = "Schools told"
[agenda.X1]
after = "A14"
title = "Learning from this case"
short = "Learning"
say = "What should other panels learn from this?"
[agenda.X1.fields.lesson]
label = "Lesson"
"""


@dataclasses.dataclass
class Office:
    """An area's files in a folder, its forms, and a record."""

    folder: Path
    clock: Clock

    @property
    def file(self) -> Path:
        return self.folder / "riverdale.toml"

    @property
    def county(self) -> Path:
        return self.folder / "county.toml"

    @property
    def form(self) -> Path:
        return self.folder / "forms" / "minutes" / "template.toml"

    def change(self, file: Path, before: str, after: str) -> None:
        text = file.read_text()
        assert before in text
        file.write_text(text.replace(before, after))

    @contextmanager
    def desk(self, who: str = COORDINATOR) -> Iterator[Desk]:
        named = Settings(
            area=str(self.file), who=who, clock=self.clock, templates=str(self.folder / "forms")
        )
        desk = open_desk(named, self.folder / "record.db", create=True, demo=True)
        with closing(desk.caseload.record):
            yield desk

    def places(self) -> list[str]:
        with self.desk() as desk:
            return [one.place for one in desk.guidance.changes()]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    made = Office(tmp_path, Clock())
    made.county.write_text(BELOW)
    made.file.write_text(OWN)
    shutil.copytree(paths.shipped("templates") / "minutes", made.form.parent)
    made.change(made.form, 'version = "1.0"', 'version = "R1"')
    with made.desk():
        pass
    return made


def one(desk: Desk, place: str) -> Shown:
    return desk.guidance.find(place)


# -- what is told ------------------------------------------------------------------------------


def test_nothing_changed_and_nothing_is_told_or_journaled(office: Office) -> None:
    with office.desk() as desk:
        assert desk.guidance.changes() == ()
        assert desk.guidance.many() == desk.guidance.many_at_once() == 0
        assert desk.caseload.record.newest_head() is None


def test_a_record_that_was_never_looked_at_tells_nothing(office: Office, tmp_path: Path) -> None:
    with office.desk() as desk:
        other = dataclasses.replace(desk.area, name="Elsewhere")
        forms = desk.guidance.forms
        verbs = Guidance(desk.caseload.record, other, forms, desk.clock, COORDINATOR)
        assert verbs.changes() == ()
        assert verbs.many() == 0
        assert verbs.begin()
        assert not verbs.begin()


def test_a_file_that_is_being_edited_keeps_nobody_from_home(office: Office) -> None:
    with office.desk() as desk:
        office.change(office.county, "value = 10", "value = ")
        assert desk.guidance.many_at_once() == 0
        with pytest.raises(BadInput, match=r"county\.toml"):
            desk.guidance.changes()


def test_a_figure_is_told_with_both_sources_and_goes_once_it_is_accepted(office: Office) -> None:
    office.change(office.county, "value = 10, source = \"County protocol 4.2", "value = 12, source = \"County protocol 5")  # fmt: skip
    with office.desk() as desk:
        found = one(desk, "timescales.minutes_l2_working_days")
        change = found.change
        assert (change.was_words, change.now_words, change.what) == ("10", "12", What.CHANGED)
        assert change.was_source == "County protocol 4.2 [V]"
        assert (change.now_source, change.stands_in) == ("County protocol 5 [V]", "county.toml")
        assert not found.not_kept
        assert desk.guidance.many() == 1
        made = desk.guidance.accept([found])
        assert (made[0].number, made[0].decided, made[0].typed_by) == (
            1,
            Decided.ACCEPTED,
            COORDINATOR,
        )
        assert desk.guidance.changes() == ()
        assert desk.guidance.many() == 0
        head = desk.caseload.record.newest_head()
        assert head is not None
        assert head.seq >= 1
        assert desk.area.figure("minutes_l2_working_days") == 12


def test_a_change_of_one_thing_twice_is_told_from_what_was_agreed(office: Office) -> None:
    office.change(office.county, "value = 10", "value = 12")
    assert office.places() == ["timescales.minutes_l2_working_days"]
    office.change(office.county, "value = 12", "value = 15")
    with office.desk() as desk:
        found = one(desk, "timescales.minutes_l2_working_days")
        assert (found.change.was_words, found.change.now_words) == ("10", "15")
        desk.guidance.accept([found])
    office.change(office.county, "value = 15", "value = 20")
    with office.desk() as desk:
        found = one(desk, "timescales.minutes_l2_working_days")
        assert (found.change.was_words, found.change.now_words) == ("15", "20")
    office.change(office.county, "value = 20", "value = 15")
    assert office.places() == []


def test_a_source_alone_is_told_and_a_guidance_line_is_told_once(office: Office) -> None:
    office.change(office.county, "County protocol 4.2 [V]", "County protocol 4.2 [R]")
    office.change(office.file, '[agenda.A9]\n', '[agenda.A9]\nguidance = "The county says so [V]."\n')  # fmt: skip
    with office.desk() as desk:
        found = desk.guidance.changes()
        assert [each.place for each in found] == [
            "agenda.A9.guidance", "timescales.minutes_l2_working_days",
        ]  # fmt: skip
        assert found[1].change.only_source


def test_where_the_area_says_its_own_what_changed_beneath_is_told_and_only_noted(
    office: Office,
) -> None:
    office.change(office.county, "value = 6", "value = 7")
    with office.desk() as desk:
        found = one(desk, "national/timescales.minutes_l3_working_days")
        assert found.change.beneath
        assert (found.change.was_words, found.change.now_words) == ("6", "7")
        with pytest.raises(Refused) as refused:
            desk.guidance.keep(found, "we keep ours")
        assert "own file says its own" in refused.value.sentence
        desk.guidance.accept([found])
        assert desk.guidance.changes() == ()
        assert desk.area.figure("minutes_l3_working_days") == 4


def test_a_new_item_is_told_once_with_all_that_goes_with_it(office: Office) -> None:
    text = office.file.read_text()
    office.file.write_text(
        text + '[agenda.X2]\nafter = "X1"\ntitle = "Lodgings"\nshort = "Lodgings"\n'
        'say = "Where will they live?"\n[agenda.X2.fields.where]\nlabel = "Where"\n'
    )
    with office.desk() as desk:
        (found,) = desk.guidance.changes()
        assert (found.place, found.change.what) == ("agenda.X2", What.ADDED)
        assert "agenda.X2.fields.where.label" in {inner.place for inner in found.change.within}
        with pytest.raises(NotFound, match=r"goes with agenda\.X2"):
            desk.guidance.find("agenda.X2.fields.where")
        desk.guidance.accept([found])
        assert desk.guidance.changes() == ()
    office.file.write_text(text)
    with office.desk() as desk:
        (found,) = desk.guidance.changes()
        assert (found.place, found.change.what) == ("agenda.X2", What.REMOVED)
        assert "add a field of your own" in found.not_kept


def test_a_rule_of_the_audit_that_is_new_can_be_kept_out(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = audit_provisions.RULES
    new = every[0]
    monkeypatch.setattr(audit_provisions, "RULES", every[1:])
    monkeypatch.setattr("panelkit.services.guidance._SAID", {})
    (office.folder / "record.db").unlink()
    with office.desk():
        pass
    monkeypatch.setattr(audit_provisions, "RULES", every)
    # As a later panelkit would: what is said is read anew.
    monkeypatch.setattr("panelkit.services.guidance._SAID", {})
    with office.desk() as desk:
        found = one(desk, f"audit.{new.id}")
        desk.guidance.keep(found, "our board decided")
        assert desk.guidance.changes() == ()
    with office.desk() as desk:
        assert new.id not in {rule.id for rule in rules_for(desk.area)}


# -- what is kept ------------------------------------------------------------------------------


def test_what_is_kept_is_honoured_and_prints_beside_its_source(office: Office) -> None:
    office.change(office.county, "value = 10", "value = 12")
    office.change(office.file, "Victim liaison first, then", "The officer first; then")
    with office.desk() as desk:
        desk.guidance.keep(one(desk, "timescales.minutes_l2_working_days"), "our board, minute 9")
        desk.guidance.keep(one(desk, "agenda.A9.say"), "the officer asked for it")
        assert desk.guidance.changes() == ()
        fresh = desk.with_guidance()
        assert fresh.area.figure("minutes_l2_working_days") == 10
    told = "kept local since 23 November 2026 because our board, minute 9"
    with office.desk() as desk:
        assert desk.area.figure("minutes_l2_working_days") == 10
        assert desk.area.source("minutes_l2_working_days") == f"County protocol 4.2 [V]; {told}"
        meeting = planned(desk)
        due = next(d for d in deadlines(meeting, desk.area) if d.what == "Minutes issued")
        assert due.rule == "10 working days"
        assert told in due.source
        item = meeting.item("A9")
        assert item.say == "Victim liaison first, then the children's services."
        assert "kept local since 23 November 2026 because the officer asked for it" in item.guidance
        assert ("agenda.A9.say", desk.caseload.record.decisions()[1].kept_words) in desk.area.kept


def test_what_is_kept_is_walked_again_when_it_changes_again_and_may_be_taken_back(
    office: Office,
) -> None:
    office.change(office.county, "value = 10", "value = 12")
    with office.desk() as desk:
        desk.guidance.keep(one(desk, "timescales.minutes_l2_working_days"), "our board")
    office.change(office.county, "value = 12", "value = 15")
    with office.desk() as desk:
        found = one(desk, "timescales.minutes_l2_working_days")
        assert (found.change.was_words, found.change.now_words) == ("10", "15")
        assert found.change.kept is not None
        kept_again = desk.guidance.keep(found, "our board again")
        # Its source is the first one's, not one that says twice that it is kept.
        assert kept_again[0].was_source == "County protocol 4.2 [V]"
        with pytest.raises(Refused, match="decided again since"):
            desk.guidance.undo(1, "a mistake")
        desk.guidance.undo(2, "a mistake")
        assert office_places(desk) == ["timescales.minutes_l2_working_days"]
        desk.guidance.undo(1, "a mistake too")
        assert desk.guidance.many() == 1
        gone = desk.guidance.decided()
        assert [d.withdrawn for d in gone] == ["a mistake too", "a mistake"]
        with pytest.raises(Refused, match="was taken back: a mistake"):
            desk.guidance.undo(2, "again")
    with office.desk() as desk:
        assert desk.area.figure("minutes_l2_working_days") == 15
        assert "kept local" not in desk.area.source("minutes_l2_working_days")


def office_places(desk: Desk) -> list[str]:
    return [each.place for each in desk.guidance.changes()]


def test_keeping_needs_a_reason_and_a_change_as_it_was_shown(office: Office) -> None:
    office.change(office.county, "value = 10", "value = 12")
    with office.desk() as desk:
        found = one(desk, "timescales.minutes_l2_working_days")
        with pytest.raises(BadInput, match="Say why it is kept"):
            desk.guidance.keep(found, "  ")
        office.change(office.county, "value = 12", "value = 13")
        with pytest.raises(Refused, match="not as it was shown"):
            desk.guidance.keep(found, "our board")
        assert desk.guidance.decided() == ()


def test_what_a_meeting_must_record_is_no_local_setting(office: Office) -> None:
    office.change(office.file, 'label = "Lesson"\n', 'label = "Lesson"\nstops = "approval"\n')
    office.change(office.file, '[agenda.A9.fields.schools_told]\nlabel = "Schools told"\n', "")
    with office.desk() as desk:
        rules, gone = (
            one(desk, "agenda.X1.fields.lesson"),
            one(desk, "agenda.A9.fields.schools_told"),
        )
        assert "no local setting" in rules.not_kept
        assert gone.change.what is What.REMOVED
        assert "no longer asks for it" in gone.not_kept
        for each in (rules, gone):
            with pytest.raises(Refused):
                desk.guidance.keep(each, "our board")


def test_what_is_kept_and_may_no_longer_be_said_is_told_and_stops_nothing(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.change(office.county, 'value = "individual"', 'value = "person"')
    with office.desk() as desk:
        desk.guidance.keep(one(desk, "settings.subject_label"), "our board")
        assert desk.with_guidance().area.subject_label == "individual"
    # A later panelkit that no longer takes the value: the check refuses it.
    from panelkit.areas import models

    real = models.check

    def stricter(data: dict[str, object], name: str) -> None:
        if name == "What is kept local":
            raise BadInput(f"{name}: settings.subject_label: may not be said any more.")
        real(data, name)

    monkeypatch.setattr(models, "check", stricter)
    with office.desk() as desk:
        assert desk.area.subject_label == "person"
        found = one(desk, "settings.subject_label")
        assert "No file may say it any more" in found.not_kept
        desk.guidance.accept([found])
        assert desk.guidance.changes() == ()


# -- forms -------------------------------------------------------------------------------------

HEADING = 'heading = "Risk assessment"'


def text_of(desk: Desk, meeting: Meeting) -> str:
    return plain.write(desk.minute_taking.compose(meeting))


def test_a_heading_that_is_kept_is_printed_and_a_version_alone_is_no_change(office: Office) -> None:
    office.change(office.form, 'version = "R1"', 'version = "R2"')
    assert office.places() == []
    office.change(office.form, HEADING, 'heading = "Assessed risk"')
    with office.desk() as desk:
        found = one(desk, "template.minutes.section.risk")
        assert "version R2" in found.change.now_source
        desk.guidance.keep(found, "our readers know it")
    with office.desk() as desk:
        meeting = planned(desk)
        assert "Risk assessment" in text_of(desk, meeting)
        template = desk.minute_taking.choosing.template("full", "minutes", meeting)
        assert "kept local since 23 November 2026 because our readers know it" in template.source
        desk.guidance.undo(1, "a mistake")
    with office.desk() as desk:
        assert "Assessed risk" in text_of(desk, desk.caseload.find(meeting.ref))


def test_a_form_that_is_older_than_what_was_declined_stays_as_it_was(office: Office) -> None:
    older = office.form.parent.parent / "minutes_2027"
    shutil.copytree(office.form.parent, older)
    office.change(
        older / "template.toml", "effective_from = 2026-01-01", "effective_from = 2026-11-20"
    )
    office.change(older / "template.toml", 'version = "R1"', 'version = "R3"')
    office.change(older / "template.toml", HEADING, 'heading = "Assessed risk"')
    office.change(office.form, HEADING, 'heading = "Risk, as it was"')
    with office.desk() as desk:
        desk.guidance.keep(one(desk, "template.minutes.section.risk"), "our readers know it")
    with office.desk() as desk:
        meeting = planned(desk)
        assert "Risk assessment" in text_of(desk, meeting)
        before = dataclasses.replace(meeting, held_on=meeting.held_on - timedelta(days=300))
        assert "Risk, as it was" in text_of(desk, before)


def test_a_look_cannot_be_kept_and_says_what_to_do(office: Office) -> None:
    shutil.copy(paths.shipped("templates") / "board_report" / "house.docx", office.form.parent)
    with office.desk() as desk:
        (found,) = desk.guidance.changes()
        assert found.place == "template.minutes.look"
        assert "your own folder of templates" in found.not_kept


# -- meetings keep the agenda of their day -----------------------------------------------------


def planned(desk: Desk) -> Meeting:
    """A case with its first meeting planned for today."""
    case = Case(
        id="case", ref="RV-0001", category=Category.TWO, name="Invented Person", fiction=True
    )
    today = desk.caseload.today()
    return desk.caseload.open_case(case, level=Level.TWO, kind=MeetingKind.INITIAL, held_on=today)


def other_agenda(office: Office) -> None:
    """Words, a question and an item that are not those of before."""
    office.change(office.file, "Victim liaison first, then", "The officer first; then")
    office.change(office.file, 'label = "Schools told"', 'label = "Schools and colleges told"')
    office.change(office.file, 'label = "Lesson"', 'label = "Lesson learnt"')
    office.file.write_text(
        office.file.read_text()
        + '[agenda.X2]\nafter = "X1"\ntitle = "Lodgings"\nshort = "Lodgings"\n'
        'say = "Where will they live?"\n[agenda.X2.fields.where]\nlabel = "Where"\n'
    )


def test_a_held_meeting_keeps_the_agenda_of_its_day_and_a_planned_one_takes_the_new(
    office: Office,
) -> None:
    with office.desk(CHAIR) as desk:
        pack = read_pack(SAMPLES / "l2_review_carried_actions.toml", desk.caseload.agenda)
        desk.caseload.take_in([*pack.earlier, pack.meeting])
        held = desk.caseload.find("WM-0143-3")
        held = desk.chairing.record_answer(held, "A9", "schools_told", "The school was told.")
        held = desk.chairing.record_answer(held, "X1", "lesson", "Ring earlier.")
        agenda = held.agenda
        first = planned(desk)
        first = desk.chairing.record_answer(first, "X1", "lesson", "Typed before it began.")
        closed = desk.chairing.close(held)
        words = text_of(desk, closed)
        assert "Lesson" in words
        assert "Schools told" in words
    other_agenda(office)
    with office.desk(CHAIR) as desk:
        (found,) = [c for c in desk.guidance.changes() if c.place == "agenda.A9.say"]
        assert found.meaning.startswith("Meetings opened from now on: 1 planned meeting takes it")
        assert "meetings that have begun or were held keep theirs" in found.meaning
        desk.guidance.accept(desk.guidance.changes())
        again = desk.caseload.find(held.ref)
        assert again.agenda == agenda
        assert text_of(desk, again) == words
        reopened = desk.chairing.reopen(again, "closed too early")
        assert reopened.agenda == agenda
        desk.chairing.close(reopened)
        issued = desk.minutes_life.issue(approved(desk, held.ref))
        word = text_of(desk, issued)
        added = desk.chairing.add(issued, e.Addendum(id="late", text="It was told later."))
        printed = text_of(desk, added)
        assert added.agenda == agenda
        for line in ("Schools told", "Lesson"):
            assert line in word
            assert line in printed
        assert "Schools and colleges told" not in printed
        assert "Lodgings" not in printed
        # The planned one: its papers, and what the day it opens says, and what was typed into it before.
        paper = plain.write(desk.minute_taking.compose(desk.caseload.find(first.ref), "agenda"))
        assert "Lodgings" in paper
        assert desk.caseload.find(first.ref).agenda == agenda
        opened = desk.chairing.start(desk.caseload.find(first.ref))
        assert opened.item("A9").say.startswith("The officer first")
        assert opened.field("X1", "lesson").label == "Lesson learnt"  # type: ignore[union-attr]
        assert opened.text("X1", "lesson") == "Typed before it began."
        assert opened.item("X2").title == "Lodgings"
        stored = desk.caseload.find(first.ref)
        assert stored == opened
    with office.desk(CHAIR) as desk:
        assert desk.caseload.find(first.ref) == stored
        assert desk.caseload.find(held.ref).agenda == agenda


def test_a_meeting_that_went_to_another_desk_keeps_the_agenda_that_both_have(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    with office.desk(CHAIR) as desk:
        first = planned(desk)
    other_agenda(office)
    with office.desk(CHAIR) as desk:
        record = desk.caseload.record
        monkeypatch.setattr(type(record), "hand_overs", lambda _record, _meeting: ("once",))
        assert desk.chairing.start(desk.caseload.find(first.ref)).agenda == first.agenda


# -- nothing typed is lost ---------------------------------------------------------------------

PLACES = [(item.code, field.key) for item in AGENDA for field in item.fields]
SAMPLE = read_pack(SAMPLES / "l3_review.toml", AGENDA).meeting


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    gone=st.sets(st.sampled_from(PLACES)),
    items=st.sets(st.sampled_from([item.code for item in AGENDA])),
)
def test_whatever_an_agenda_loses_what_is_written_can_be_read(
    gone: set[tuple[str, str]], items: set[str]
) -> None:
    meeting = dataclasses.replace(SAMPLE, state=MeetingState.PLANNED)
    fresh = tuple(
        dataclasses.replace(
            item, fields=tuple(f for f in item.fields if (item.code, f.key) not in gone)
        )
        for item in AGENDA
        if item.code not in items
    )
    after = renewed(meeting, fresh)
    assert after.answers == meeting.answers
    for (item, key), answer in meeting.answers.items():
        if answer.text.strip() and meeting.field(item, key) is not None:
            assert after.field(item, key) is not None, (item, key)
            assert after.value(item, key) == meeting.value(item, key)
    placed = {kind for item in after.agenda for kind in item.entries}
    here = {kind for item in AGENDA for kind in item.entries}
    assert {kind for kind, rows in meeting.rows.items() if rows and kind in here} <= placed
    codes = [item.code for item in after.agenda]
    assert len(codes) == len(set(codes))
    assert [code for code in codes if code not in items] == [item.code for item in fresh]


def test_a_meeting_that_has_begun_is_never_renewed() -> None:
    assert renewed(SAMPLE, ()) is SAMPLE
    assert renewed(dataclasses.replace(SAMPLE, state=MeetingState.PLANNED), AGENDA).agenda == AGENDA


VALUES = st.recursive(
    st.booleans() | st.integers(-10, 1000) | st.text(max_size=20) | st.dates(),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=6,
)


@given(VALUES)
def test_a_value_is_read_as_it_was_written(value: object) -> None:
    assert g.read_value(g.value_of(value)) == value


SAID = st.dictionaries(
    st.sampled_from(["settings.a", "timescales.b", "agenda.A1", "agenda.A1.say", "audit.c"]),
    st.tuples(st.sampled_from(['"one"', '"two"', '"three"']), st.sampled_from(["s", "t"])),
)


def provisions(said: dict[str, tuple[str, str]]) -> list[g.Provision]:
    return [
        g.Provision(place, g.part_of(place), place, value, source)
        for place, (value, source) in said.items()
    ]


@given(SAID, st.lists(st.tuples(SAID, st.booleans()), max_size=4))
def test_once_everything_is_decided_nothing_is_left_and_what_is_kept_is_what_was(
    first: dict[str, tuple[str, str]], later: list[tuple[dict[str, tuple[str, str]], bool]]
) -> None:
    baseline = g.Baseline("b", "x", NOW, "Ana", "1", g.body_of(provisions(first)))
    decisions: list[g.Decision] = []
    for said, keeps in later:
        found = g.changes(provisions(said), g.agreed_of(baseline, decisions))
        before = {place: each[2].value for place, each in g.agreed_of(baseline, decisions).items()}
        for head in found:
            for change in (head, *head.within):
                kept = keeps and change.what is What.CHANGED
                decisions.append(
                    g.Decision(
                        str(len(decisions)), len(decisions) + 1, "x", change.place, change.title,
                        Decided.KEPT if kept else Decided.ACCEPTED, change.was, change.was_source,
                        change.now, change.now_source, "r", "", "Ana", NOW,
                    )
                )  # fmt: skip
        agreed = g.agreed_of(baseline, decisions)
        if first:
            assert g.changes(provisions(said), agreed) == ()
        for place, (_part, _title, each) in agreed.items():
            if each.kept is not None and place in before:
                assert each.value == before[place]

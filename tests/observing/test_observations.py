"""An observation on screen: who may, what is asked, what is shown, and what it is kept apart from."""

from __future__ import annotations

import dataclasses
from datetime import date
from pathlib import Path

import pytest
from openxml_audit import OpenXmlValidator

from panelkit.areas.loader import load_area
from panelkit.audit.forms import load_forms
from panelkit.audit.scoring import Points
from panelkit.documents.lay_sheet import LaySheet, write_sheet
from panelkit.domain import entries as e
from panelkit.domain.audit_forms import NOT_APPLICABLE, How, Method
from panelkit.domain.auditing import AuditState
from panelkit.domain.errors import NotFound, Refused
from panelkit.domain.observing import lay_advisers, observed
from panelkit.domain.vocabulary import AgencyType, AttendanceStatus, InviteRole
from panelkit.services.desk import Desk
from panelkit.services.observations import Observations
from tests.desk import CHAIR, Clock
from tests.documents.reading import HOUSE
from tests.observing.sheets import ADVISER, CLOSED, COORDINATOR, REF

LONG_AGO, LATER = date(2020, 1, 1), date(2030, 1, 1)


def test_an_observer_is_asked_what_can_be_seen_in_the_room_and_nothing_else() -> None:
    forms = {form.id: form for form in load_forms()}
    for form_id, not_seen in (("L", {"L3.1", "L3.2"}), ("S12", {"S12.1.1", "S12.1.2"})):
        part = observed(forms[form_id])
        assert {q.id for q in forms[form_id].questions} - {q.id for q in part.questions} == not_seen
        assert part.label == f"{form_id} (15 questions seen): 13 as observed"
        assert observed(part) is part
        assert all(q.method is not None and q.text for q in part.questions)
    for form_id in ("K", "S11"):
        with pytest.raises(Refused, match="nothing that an observer"):
            observed(forms[form_id])


def test_nothing_the_record_says_is_shown_to_an_observer(desk: Desk) -> None:
    meeting = desk.caseload.find(CLOSED)
    audit = desk.audits.begin(meeting, "L")
    assert any(mark.given or mark.evidence for mark in audit.marks), "an auditor is shown it"
    seen = desk.acting_as(ADVISER).observations.begin(meeting)
    assert all(not mark.given and not mark.evidence for mark in seen.marks)
    assert {mark.given_how for mark in seen.marks} == {How.PERSON}
    assert seen.unanswered == tuple(q.id for q in seen.form.questions)
    assert all(q.method is not Method.HUMAN or q.observed for q in seen.form.questions)


def test_begun_answered_commented_remarked_finished_and_read_back(desk: Desk) -> None:
    mine = desk.acting_as(ADVISER).observations
    meeting = desk.caseload.find(REF)
    one = mine.go_on(meeting)
    one = mine.answer(one, "L4.6", "poor")
    one = mine.answer(one, "L4.8", NOT_APPLICABLE)
    one = mine.comment(one, "L4.6", "[/x] one person & no end")
    one = mine.remark(one, "Kindly held.\nLong.")
    one = mine.remark(one, "Kindly held.\nToo long.")
    one = mine.finish(one)
    assert mine.find(one.id) == one == mine.go_on(meeting, "l-OBSERVED")
    assert (one.is_observation, one.auditor, one.remarks) == (True, ADVISER, "Kindly held.\nToo long.")  # fmt: skip
    (total,) = mine.totals(one)
    assert isinstance(total, Points)
    assert (total.part, total.score, total.most) == ("L-observed", 1, 4)
    with pytest.raises(Refused, match="finished"):
        mine.remark(one, "More.")
    assert mine.remark(mine.reopen(one), "").remarks == ""
    assert desk.caseload.record.verify().is_good


def test_observations_and_audits_are_never_put_together(desk: Desk) -> None:
    meeting = desk.caseload.find(CLOSED)
    auditors, observers = desk.audits, desk.acting_as(ADVISER).observations
    audit = auditors.begin(meeting, "L")
    for mark in audit.marks:
        if not mark.given:
            audit = auditors.answer(audit, mark.question, "excellent")
    audit = auditors.finish(audit)
    seen = observers.begin(meeting)
    for question in seen.form.questions:
        seen = observers.answer(seen, question.id, "poor")
    seen = observers.finish(seen)
    assert auditors.of(meeting) == (audit,)
    assert observers.of(meeting) == (seen,)
    assert auditors.finished_between(LONG_AGO, LATER) == (audit,)
    assert observers.finished_between(LONG_AGO, LATER) == (seen,)
    theirs = {s.question.id: s for s in observers.spreads("L", LONG_AGO, LATER)}
    ours = {s.question.id: s for s in auditors.spreads("L", LONG_AGO, LATER)}
    assert (theirs["L3.3"].n, theirs["L3.3"].mean) == (1, 1.0)
    assert (ours["L3.3"].n, ours["L3.3"].mean) == (1, 4.0)
    assert set(ours) - set(theirs) == {"L3.1", "L3.2"}
    queued = {q.drawn.meeting.ref: q.audits for q in auditors.queue(LONG_AGO, LATER)}
    assert queued[CLOSED] == (audit,)
    with pytest.raises(Refused, match="on one form"):
        auditors.compare(audit, seen)
    with pytest.raises(TypeError):
        auditors.totals(audit)[0] + observers.totals(seen)[0]  # type: ignore[operator]
    second = desk.acting_as("Second Adviser").observations
    other = second.answer(second.begin(meeting), "L4.1", "satisfactory")
    assert observers.compare(seen, other).agreed == (0, 1)


def listed(desk: Desk, **about: object) -> Desk:
    row = e.Attendance(id="row", name=ADVISER, organisation="Board", **about)  # type: ignore[arg-type]
    desk.chairing.add(desk.caseload.find(REF), row)
    return desk.acting_as(ADVISER)


@pytest.mark.parametrize(
    ("about", "why_not"),
    [
        ({"agency": AgencyType.LAY}, ""),
        ({"agency": AgencyType.OBS, "status": AttendanceStatus.PART}, ""),
        ({"agency": AgencyType.POL, "invited": InviteRole.OBSERVER}, ""),
        ({"agency": AgencyType.POL}, "took part"),
        ({"agency": AgencyType.LAY, "status": AttendanceStatus.NO_RESPONSE}, "absent"),
        ({"agency": AgencyType.LAY, "status": AttendanceStatus.REPORT_ONLY}, "absent"),
    ],
)
def test_who_observes_was_there_and_took_no_part(desk: Desk, about: dict[str, object], why_not: str) -> None:  # fmt: skip
    observations = listed(desk, **about).observations
    said = observations.why_not(desk.caseload.find(REF), "L")
    assert why_not in said
    assert bool(said) == bool(why_not)


def test_nobody_observes_a_meeting_they_chaired_or_one_that_has_not_started(desk: Desk) -> None:
    running = desk.caseload.find(REF)
    with pytest.raises(Refused, match="chaired"):
        desk.acting_as(CHAIR).observations.begin(running)
    planned = dataclasses.replace(running, state=type(running.state).PLANNED)
    assert "not started" in desk.acting_as(ADVISER).observations.why_not(planned, "L")
    assert desk.observations.begin(running).state is AuditState.BEGUN
    assert desk.observations.of(running)[0].auditor == COORDINATOR


def test_the_area_says_which_form(desk: Desk) -> None:
    assert desk.observations.form().id == "L-observed"
    scottish = dataclasses.replace(
        desk, area=dataclasses.replace(desk.area, observation_form="S12")
    )
    assert scottish.observations.form().id == "S12-observed"
    assert [form.id for form in desk.observations.forms()] == ["L-observed", "S12-observed"]
    with pytest.raises(NotFound):
        desk.observations.form("Q")


def test_an_area_file_names_the_form_and_its_own_questions_are_asked_too(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(
        'format = 1\n[form.S12.question.B1]\nsection = "Ours"\ntext = "Was it heard?"\n'
        'scale = "yes_no"\nobserved = true\n[form.S12.question."S12.1.4"]\nobserved = false\n',
        encoding="utf-8",
    )
    area_file = tmp_path / "z.toml"
    area_file.write_text(
        'name = "Z"\nextends = "national"\n[settings.observation_form]\nvalue = "S12"\n'
        'source = "x [P]"\n[settings.audit_forms]\nvalue = "own.toml"\nsource = "x [P]"\n',
        encoding="utf-8",
    )
    form = Observations(None, load_area(area_file), Clock(), ADVISER).form()
    asked = [q.id for q in form.questions]
    assert form.id == "S12-observed"
    assert "B1" in asked
    assert "S12.1.4" not in asked
    page = LaySheet("23456789", form)
    assert [len(grid.keys) for grid in page.grids] == [5, 3]
    (tmp_path / "s.docx").write_bytes(write_sheet(page, HOUSE))
    assert OpenXmlValidator().validate(tmp_path / "s.docx").is_valid


def test_the_lay_advisers_of_a_meeting_are_those_on_its_list(desk: Desk) -> None:
    listed(desk, agency=AgencyType.LAY)
    assert ADVISER in lay_advisers(desk.caseload.find(REF))

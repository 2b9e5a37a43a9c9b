"""What was issued is printed again with the template of its day, which the record keeps."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from panelkit.domain.meeting import Meeting
from panelkit.domain.vocabulary import MeetingRole
from panelkit.services.desk import Desk, services_of
from panelkit.services.minute_taking import kind_called
from panelkit.services.minutes_life import everything_confirmed
from tests.desk import Clock, make_desk
from tests.documents.house_files import foot, head, house, page, para, zipped
from tests.documents.reading import ROOT, body, part, said

REF = "WM-0143-3"
SHIPPED = ROOT / "templates"


def own_template(folder: Path, version: str, since: str, words: str, more: str = "") -> None:
    """An area's own minutes, with its words at the head of every page."""
    toml = (SHIPPED / "minutes" / "template.toml").read_text(encoding="utf-8")
    toml = toml.replace('version = "1.0"', f'version = "{version}"')
    toml = toml.replace("2026-01-01", since).replace('form_label = "MAPPA minutes, panelkit layout"', f'form_label = "{words}"')  # fmt: skip
    made = folder / f"minutes_{version}"
    made.mkdir(parents=True)
    (made / "template.toml").write_text(more + toml, encoding="utf-8")
    (made / "house.docx").write_bytes(house({**head(para(words)), **foot(para("[[form date]]"))}))


def with_own(desk: Desk, own: Path, who: str = "") -> Desk:
    """The desk again, with an area's own templates, as after a new start."""
    taking = desk.minute_taking
    assert taking.record is not None
    services = services_of(
        taking.record, desk.area, desk.caseload.agenda, desk.clock, who or desk.who, SHIPPED, own
    )
    return dataclasses.replace(desk, who=who or desk.who, **services)


def issued(desk: Desk, clock: Clock) -> Meeting:
    meeting = desk.chairing.close(desk.caseload.find(REF))
    taker = meeting.role(MeetingRole.MINUTE_TAKER)
    assert taker is not None
    sent = desk.acting_as(taker.name).minutes_life.send_to_chair(meeting)
    clock.move(hours=1)
    done = desk.minutes_life.approve(sent, everything_confirmed(desk.area), "Read and right.")
    clock.move(hours=1)
    return desk.minutes_life.issue(done)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> Desk:
    own = tmp_path / "own"
    approved = 'smb_approved_on = 2026-02-02\nsmb_rationale = "Same headings."\n'
    own_template(own, "N1", "2026-03-01", "MAPPA C", approved)
    found = make_desk(tmp_path, samples=("l2_review_carried_actions",), clock=clock)
    return with_own(found, own)


def heads(package: bytes) -> str:
    return said(part(package, "word/header1.xml"))


def test_a_reprint_years_later_uses_the_template_of_its_day(
    desk: Desk, clock: Clock, tmp_path: Path
) -> None:
    done = issued(desk, clock)
    first = desk.minute_taking.word(done)
    own = tmp_path / "own"
    (own / "minutes_N1" / "house.docx").write_bytes(house(head(para("Restyled since"))))
    own_template(own, "N2", "2026-11-01", "Another form")  # in force on the day of the meeting
    clock.move(days=2000)
    later = with_own(desk, own)
    again = later.minute_taking.word(later.caseload.find(REF))
    assert heads(again) == heads(first)
    assert "MAPPA C" in heads(again)
    assert said(body(again)) == said(body(first))
    distributed = later.distribution.write(later.caseload.find(REF), tmp_path / "copies")
    assert "MAPPA C" in heads(distributed.files[0].read_bytes())
    for gone in sorted(own.rglob("*"), reverse=True):
        gone.rmdir() if gone.is_dir() else gone.unlink()
    without = with_own(desk, own)
    assert heads(without.minute_taking.word(done)) == heads(first)
    frozen = {each.kind: each for each in without.minute_taking.record.issued(done.id)}  # type: ignore[union-attr]
    kept = dict((issued.kind, kept) for issued, kept in without.minute_taking.choosing.used(done))  # noqa: C402
    full = kept["full"]
    assert full is not None
    assert (full.version, full.effective_from, full.smb_approved_on, full.smb_rationale) == (
        "N1", "2026-03-01", "2026-02-02", "Same headings.",
    )  # fmt: skip
    assert frozen["full"].template_hash == full.sha256
    assert kept["actions"] is not None
    assert kept["actions"].template_id == "action_schedule"


def test_a_draft_has_the_template_of_the_day_of_its_meeting(desk: Desk, tmp_path: Path) -> None:
    own_template(tmp_path / "own", "N2", "2026-11-19", "Next year's form")  # a day too late
    later = with_own(desk, tmp_path / "own")
    meeting = later.caseload.find(REF)
    assert later.minute_taking.template(kind_called("full"), meeting).version == "N1"
    moved = dataclasses.replace(meeting, held_on=meeting.held_on.replace(day=19))
    assert later.minute_taking.template(kind_called("full"), moved).version == "N2"
    assert later.minute_taking.template(kind_called("agenda"), meeting).version == "1.0"


def test_templates_that_were_used_are_never_changed_and_a_change_is_found(
    desk: Desk, clock: Clock
) -> None:
    issued(desk, clock)
    record = desk.minute_taking.needs_record()
    assert record.verify().is_good
    with record.engine.connect() as connection:
        for sql in ("update template set smb_approved_on = ''", "delete from template"):
            with pytest.raises(DatabaseError, match="never changed"):
                connection.execute(text(sql))
        for what in ("update", "delete"):
            connection.execute(text(f"drop trigger template_refuses_{what}"))
        connection.execute(text("update template set smb_approved_on = '2020-01-01'"))
        connection.commit()
    found = record.verify()
    assert len(found.templates_wrong) == 2
    assert not found.is_good
    with record.engine.connect() as connection:
        connection.execute(text("delete from template"))
        connection.commit()
    assert len(record.verify().templates_wrong) == 2


def test_the_same_template_is_kept_once(desk: Desk, clock: Clock) -> None:
    issued(desk, clock)
    record = desk.minute_taking.needs_record()
    with record.engine.connect() as connection:
        assert connection.execute(text("select count(*) from template")).scalar() == 2
        size = connection.execute(text("select max(length(body)) from template")).scalar()
    assert size is not None
    assert size < 20_000


def test_a_template_broken_after_issue_does_not_stop_a_reprint(
    desk: Desk, clock: Clock, tmp_path: Path
) -> None:
    done = issued(desk, clock)
    (tmp_path / "own" / "minutes_N1" / "house.docx").write_bytes(zipped({"x": b""}))
    assert "MAPPA C" in heads(with_own(desk, tmp_path / "own").minute_taking.word(done))


def test_an_untouched_draft_on_a_page_of_its_own_has_nothing_to_take_back(
    desk: Desk, tmp_path: Path
) -> None:
    own = tmp_path / "own"
    made = own / "minutes_N1" / "house.docx"
    made.write_bytes(
        house(
            page(
                para("For [[area]]"), para("[[title block]]"), para("[[sections]]"),
                f"<w:tbl><w:tr><w:tc>{para('Signed [[chair]]')}</w:tc></w:tr></w:tbl>", para("End"),
            )
        )
    )  # fmt: skip
    found = with_own(desk, own)
    meeting = found.caseload.find(REF)
    written = found.minute_taking.write(meeting, "full", tmp_path / "out")
    shown = said(body(written.path.read_bytes()))
    assert "For West Midlands" in shown
    assert "Signed Ruth Calloway" in shown
    assert found.taking_back.read(written.path).is_clean

"""Minutes go to the organisations invited; anybody else needs the chair."""

from __future__ import annotations

from pathlib import Path

from panelkit.domain import entries as e
from panelkit.domain.vocabulary import Stops, YesNo
from panelkit.services.chairing import new_id
from tests.desk import fresh_meeting, make_desk


def test_the_list_begins_with_every_organisation_invited_once(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    meeting = desk.chairing.check_in_all(desk.chairing.start(fresh_meeting(desk)))
    meeting = desk.chairing.statement_given(meeting, "read")
    meeting = desk.chairing.move_to(meeting, "A17")
    rows = meeting.live(e.Recipient)
    organisations = [row.organisation for row in rows]
    assert len(organisations) == len(set(organisations)) == 9
    assert rows[0].name == "", "two came from the police: the copy is the organisation's"
    assert rows[2].name == "Helen Tovey"
    meeting = desk.chairing.withdraw(meeting, e.Recipient, rows[0].id, "its own copy")
    meeting = desk.chairing.move_to(desk.chairing.move_to(meeting, "A16"), "A17")
    assert len(meeting.live(e.Recipient)) == 8, "a list that was begun is left alone"
    listed = [g for g in desk.chairing.gaps(meeting) if g.field == "not_listed_Harrowmere Police"]
    assert [g.stops for g in listed] == [Stops.NOTHING]


def test_an_addition_waits_for_the_chairs_approval(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    meeting = desk.chairing.start(fresh_meeting(desk))
    extra = e.Recipient(id=new_id(), organisation="A firm of solicitors")
    meeting = desk.chairing.add(meeting, extra)
    found = [g for g in desk.chairing.gaps(meeting) if g.field == "recipients.approved"]
    assert [(g.stops, g.can_park) for g in found] == [(Stops.APPROVAL, False)]
    meeting = desk.chairing.change(meeting, e.Recipient, extra.id, approved=YesNo.YES)
    assert not [g for g in desk.chairing.gaps(meeting) if g.field == "recipients.approved"]
    invited = e.Recipient(id=new_id(), organisation="harrowmere police")
    meeting = desk.chairing.add(meeting, invited)
    assert not [g for g in desk.chairing.gaps(meeting) if g.field == "recipients.approved"]

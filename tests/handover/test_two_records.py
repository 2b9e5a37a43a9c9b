"""A meeting between two real records: whole, one pen, nothing lost, nothing put together unseen."""

from __future__ import annotations

import dataclasses
import inspect
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from panelkit.domain import entries as e
from panelkit.domain.beside import Beside
from panelkit.domain.errors import BadInput, CannotWrite, PanelkitError, PenElsewhere, Refused
from panelkit.domain.minutes import Fact
from panelkit.domain.put_off import PutOff, PutOffKind, PutOffReason
from panelkit.domain.requests import Request
from panelkit.domain.sent_out import SentKind, SentOut
from panelkit.domain.sitting import Sitting
from panelkit.domain.vocabulary import MeetingRole, MeetingState
from panelkit.packs import sealed
from panelkit.services.chairing import new_id
from panelkit.services.desk import Desk
from panelkit.services.handing_over import read_parcel
from panelkit.store.bundle import TABLES, snapshot
from panelkit.store.dispatch import Copy
from panelkit.store.record import Draft, Frozen, Record
from tests.handover.desks import PASS, REF, TAKER, Desks, at, desks, say

__all__ = ["desks"]


def rows(desk: Desk, ref: str = REF) -> dict[str, Any]:
    """Every row that hangs from the meeting, but what says how it came."""
    record, meeting_id = desk.caseload.record, desk.caseload.find(ref).id
    with record._reading() as connection:
        found = snapshot(connection, meeting_id)
    found["life"] = [r for r in found["life"] if r["fact"] not in ("handed_over", "received")]
    for answer in found["answer"]:
        answer.pop("salt")
    found.pop("journal")
    return {
        name: sorted(found[name], key=lambda r: json.dumps(r, sort_keys=True)) for name in found
    }


def dump(desk: Desk) -> list[str]:
    """The whole record as text: what a refusal must not change."""
    with desk.caseload.record.engine.connect() as connection:
        names = connection.execute(
            text(  # the index of the search holds words that cannot be listed, and follows
                "select name from sqlite_master where type='table' and name not like 'search%'"
            )
        )
        return [
            f"{name} {tuple(row)}"
            for name in sorted(names.scalars().all())
            for row in connection.execute(text(f'select * from "{name}"'))
        ]


def full_life(desk: Desk) -> None:
    """Something in every table that a meeting has."""
    say(desk, "as first written")
    say(desk, "as written again")
    record, by = desk.caseload.record, desk.caseload.by()
    meeting = at(desk)
    record.add_request(
        Request(id=new_id(), meeting_id=meeting.id, requester="A court"), by, command=new_id()
    )
    record.keep_issued(meeting, "full", b"PK as sent", "hash", by)
    copy = Copy(
        id=new_id(), meeting_id=meeting.id, version=1, copy_number=1, name="N", organisation="O"
    )
    fact = Fact(what="distributed", who=by.name, at=by.at)
    record.register_copies(meeting.id, [copy], by, fact=fact, command=new_id())
    draft = Draft(
        id=new_id(), meeting_id=meeting.id, kind="full", version=1, at=None, who="", sha256="h",
        path="/tmp/x.docx", outline="{}",
    )  # fmt: skip
    record.keep_written(draft, by, command=new_id())


def test_the_file_carries_the_whole_meeting_and_its_earlier_ones(desks: Desks) -> None:
    full_life(desks.chair)
    sent = {name: found for name, found in rows(desks.chair).items() if found}
    assert {"superseded", "issued", "dispatch", "request", "written", "life", "actions"} <= set(
        sent
    )
    desks.over()
    assert rows(desks.taker) == rows(desks.chair)
    for ref in ("WM-0143-1", "WM-0143-2"):
        assert rows(desks.taker, ref) == rows(desks.chair, ref)
    kept = desks.taker.caseload.record.history(at(desks.taker).id, "answer", "A10.formulation")
    assert [k.text for k in kept][-1] == "as first written"
    assert all(k.checked for k in kept), "the journal knows every word that came"
    assert desks.taker.caseload.record.verify().is_good
    (issued,) = desks.taker.caseload.record.issued(at(desks.taker).id)
    assert desks.taker.caseload.record.issued_body(issued.id) == b"PK as sent"


def test_the_other_desks_journal_is_kept_as_evidence(desks: Desks) -> None:
    say(desks.chair, "typed by the chair")
    desks.over()
    with desks.taker.caseload.record._reading() as connection:
        body = connection.execute(text("select body from hand_over where state='here'")).scalar()
    told = json.loads(str(body))["journal"]
    assert any(
        row["entity_id"] == "A10.formulation" and row["actor"] == "Ruth Calloway" for row in told
    )


def test_every_table_that_hangs_from_a_meeting_is_carried_or_named_here() -> None:
    from panelkit.store.rows import METADATA

    stays = {
        "desk_position",
        "here_now",
        "falls_due",
        "draft",
        "hand_over",
        "disagreement",
        "audit",
        "lay_sheet",
        "standing_action",  # worked out again where the meeting arrives
        "entered",  # what this office entered elsewhere
        "sent_out",  # what this office sent for its own sitting
    }
    hang = {name for name, table in METADATA.tables.items() if "meeting_id" in table.columns}
    assert hang - stays == set(TABLES) - {"meeting", "case", "agenda", "sitting"}


# -- one pen -----------------------------------------------------------------------------------


DOORS: dict[str, Callable[[Desk], object]] = {
    "save": lambda d: say(d, "not here"),
    "save_all": lambda d: d.caseload.record.save_all(
        [(at(d), at(d).with_facts(booked_minutes=99))], d.caseload.by(), command=new_id(), what="x"
    ),
    "save_case": lambda d: d.caseload.record.save_case(
        at(d).case, dataclasses.replace(at(d).case, address="elsewhere", revision=9),
        d.caseload.by(), command=new_id(),
    ),
    "note_life": lambda d: d.caseload.record.note_life(at(d).id, "approved", d.caseload.by()),
    "advance": lambda d: d.caseload.record.advance(
        at(d), at(d), d.caseload.by(), command=new_id(),
        facts=[Fact(what="issued", who="x", at=d.clock())], documents=[Frozen(kind="full", body=b"x")],
    ),
    "register_copies": lambda d: d.caseload.record.register_copies(
        at(d).id, [], d.caseload.by(), fact=Fact(what="sent", who="x", at=d.clock()), command=new_id()
    ),
    "keep_issued": lambda d: d.caseload.record.keep_issued(at(d), "full", b"x", "h", d.caseload.by()),
    "add_request": lambda d: d.caseload.record.add_request(
        Request(id=new_id(), meeting_id=at(d).id), d.caseload.by(), command=new_id()
    ),
    "save_request": lambda d: _request_door(d, issued=False),
    "issue_request": lambda d: _request_door(d, issued=True),
    "take_back": lambda d: d.caseload.record.take_back(
        at(d), at(d).answer("A10", "formulation", "x", d.caseload.by()),
        d.caseload.record.written(at(d).id)[0].id, "h", d.caseload.by(), command=new_id(),
    ),
    "keep_put_off": lambda d: d.caseload.record.keep_put_off(
        (at(d), at(d)), None,
        PutOff(
            id=new_id(), meeting_id=at(d).id, number=1, kind=PutOffKind.CANCELLED,
            reason=PutOffReason.STAFFING, decided_on=at(d).held_on, planned_for=at(d).held_on,
        ),
        d.caseload.by(), command=new_id(),
    ),
    "take_in": lambda d: d.caseload.record.take_in(
        None, [], Beside(put_off=(
            PutOff(
                id=new_id(), meeting_id=at(d).id, number=1, kind=PutOffKind.CANCELLED,
                reason=PutOffReason.STAFFING, decided_on=at(d).held_on, planned_for=at(d).held_on,
            ),
        )),
        d.caseload.by(), command=new_id(),
    ),
    "hand_over": lambda d: d.caseload.record.hand_over(
        at(d), "x", d.caseload.by(), command=new_id(), write=lambda _parcel: "h"
    ),
}  # fmt: skip
NOT_THIS_MEETING = {
    "add_case", "add_sitting", "save_sitting", "keep_sent_out", "set_position", "set_draft", "keep_written", "receive",
    "take_pen", "settle", "add_audit", "save_audit", "add_sheet", "take_in_sheet", "note_opened",
    "note_of_record", "note_care", "save_person", "set_access", "keep_retention",
    "keep_disposal", "dispose", "keep_spans", "keep_event", "keep_events", "keep_figures",
    "publish",
    "keep_referral", "keep_referrals", "keep_screening", "keep_board", "keep_at_board", "take_in_boards",
    "fill", "keep_chasing", "begin", "index_again", "allocate", "empty_allocations", "keep_again",
    "keep_told", "mark_as_practice", "keep_half_read", "drop_half_read", "take_on", "begin_guidance", "keep_decisions",
}  # fmt: skip
"""Writes that change no meeting, or are about who holds the pen, who may open a case and how long
this record keeps it; an audit stays with its auditor; the histories of a case may be typed at both
desks and are put together; what is chased is the log of one office, who has what is of one office,
and guidance is of no meeting. A disposal has a test of its own, and only an empty record is filled."""


def _request_door(desk: Desk, *, issued: bool) -> None:
    record, by = desk.caseload.record, desk.caseload.by()
    (found,) = record.requests(at(desk).id)
    after = dataclasses.replace(found, issued_version=1, revision=found.revision + 1)
    if not issued:
        record.save_request(found, after, by, command=new_id())
        return
    template = dict.fromkeys(("template_id", "template_version", "template_hash", "status"), "")
    record.issue_request(found, after, b"x", by, command=new_id(), **template)


@pytest.fixture
def away(desks: Desks) -> Desks:
    full_life(desks.chair)
    desks.over()
    return desks


@pytest.mark.parametrize("door", DOORS)
def test_no_door_of_the_store_writes_while_the_pen_is_elsewhere(away: Desks, door: str) -> None:
    before = dump(away.chair)
    with pytest.raises(PenElsewhere) as refused:
        DOORS[door](away.chair)
    assert f"{REF} is read-only here: the pen is with {TAKER} since 23 Nov 2026, 10:01" in str(
        refused.value
    )
    assert dump(away.chair) == before


def test_every_door_of_the_store_is_tried_above() -> None:
    writes = {
        name
        for name, method in inspect.getmembers(Record, inspect.isfunction)
        if not name.startswith("_")
        and any(door in inspect.getsource(method) for door in ("self._writing()", "self._put("))
    }
    assert writes == set(DOORS) | NOT_THIS_MEETING


def test_what_leaves_the_desk_is_journaled_even_while_it_is_read_only(away: Desks) -> None:
    record = away.chair.caseload.record
    entries = record.verify().entries
    record.note_life(at(away.chair).id, "exported", away.chair.caseload.by(), "the court asked")
    record.set_draft(at(away.chair).id, "x", "note", "kept")
    assert record.verify().entries == entries + 1


def test_what_was_sent_for_its_sitting_is_said_while_it_is_read_only(away: Desks) -> None:
    record, by = away.chair.caseload.record, away.chair.caseload.by()
    record.add_sitting(Sitting(id="s", held_on=at(away.chair).held_on), by, command="made")
    sent = SentOut(
        id="sent", sitting_id="s", meeting_id=at(away.chair).id, what=SentKind.JOINING,
        organisation="Harrowmere Police", sent_on=by.at.date(), sent_by=by.name, told="0" * 64,
    )  # fmt: skip
    record.keep_sent_out([(None, sent)], by, command="sent")
    assert record.sent_out("s") == (sent,)
    assert record.verify().is_good


def test_earlier_meetings_are_copies_to_read(desks: Desks) -> None:
    desks.over()
    earlier = desks.taker.caseload.find("WM-0143-2")
    with pytest.raises(PenElsewhere, match="copy to read here: the pen is with Ruth Calloway"):
        desks.taker.chairing.record.note_life(earlier.id, "approved", desks.taker.caseload.by())
    with pytest.raises(PenElsewhere):
        desks.taker.handing_over.take_pen(earlier, "I want it")
    say(desks.taker, "written here")
    assert at(desks.taker).text("A10", "formulation") == "written here"


def test_a_meeting_away_is_not_handed_over_again(desks: Desks) -> None:
    desks.over()
    with pytest.raises(PenElsewhere):
        desks.send(desks.chair)
    assert len(list(desks.folder.glob("*.handover"))) == 1


def test_a_file_that_cannot_be_written_leaves_the_pen_here(desks: Desks) -> None:
    before = dump(desks.chair)
    nowhere = desks.folder / "none" / "x.handover"
    with pytest.raises(CannotWrite):
        desks.chair.handing_over.hand_over(at(desks.chair), nowhere, PASS)
    assert dump(desks.chair) == before
    with pytest.raises(BadInput, match="at least 12"):
        desks.chair.handing_over.hand_over(at(desks.chair), desks.folder / "x", "short")
    assert dump(desks.chair) == before


def test_a_record_that_cannot_take_note_leaves_no_file(
    desks: Desks, monkeypatch: pytest.MonkeyPatch
) -> None:
    from panelkit.store import handing

    def broken(*_args: object) -> None:
        raise PanelkitError("The disk is full.")

    monkeypatch.setattr(handing, "_keep", broken)
    with pytest.raises(PanelkitError, match="full"):
        desks.send(desks.chair)
    assert list(desks.folder.glob("*.handover*")) == []
    say(desks.chair, "still written here")


def test_the_file_is_the_owners_alone_and_names_no_person(desks: Desks) -> None:
    handing, meeting = desks.chair.handing_over, at(desks.chair)
    path = handing.target(meeting, None, desks.folder)
    assert path.name == f"{REF}.handover"
    handing.hand_over(meeting, path, PASS, TAKER)
    assert path.stat().st_mode & 0o777 == 0o600
    content = path.read_bytes()
    for secret in (
        REF,
        TAKER,
        "Ruth Calloway",
        meeting.case.name,
        meeting.text("A10", "formulation")[:30],
    ):
        assert secret.encode() not in content
    surname = meeting.case.name.split()[-1].lower()
    with pytest.raises(Refused, match="a name from the case"):
        handing.target(meeting, desks.folder / f"for-{surname}.handover", desks.folder)
    with pytest.raises(Refused, match="already a file"):
        handing.target(meeting, None, desks.folder)


# -- and back ----------------------------------------------------------------------------------


def test_it_comes_back_with_what_was_written_there(desks: Desks) -> None:
    desks.over()
    say(desks.taker, "from the minute taker")
    note = e.Note(id=new_id(), text="a note from there", place="A11")
    desks.taker.chairing.add(at(desks.taker), note)
    back = desks.send(desks.taker, "Ruth Calloway")
    with pytest.raises(PenElsewhere):
        say(desks.taker, "no longer here")
    done = desks.take(desks.chair, back)
    assert not done.disagreements
    here = at(desks.chair)
    assert here.text("A10", "formulation") == "from the minute taker"
    assert here.answers["A10", "formulation"].typed_by == TAKER
    assert here.entry(e.Note, note.id).typed_by == TAKER
    assert rows(desks.chair) == rows(desks.taker)
    assert desks.chair.caseload.record.verify().is_good
    say(desks.chair, "and on it goes")
    facts = [f.what for f in desks.chair.caseload.record.facts(here.id)][-4:]
    assert facts == ["handed_over", "received", "handed_over", "received"]


def test_the_same_file_again_and_an_older_one_change_nothing(desks: Desks) -> None:
    first = desks.send(desks.chair)
    desks.take(desks.taker, first)
    second = desks.send(desks.taker)
    desks.take(desks.chair, second)
    third = desks.send(desks.chair)
    desks.take(desks.taker, third)
    for desk, file in (
        (desks.taker, first),
        (desks.taker, third),
        (desks.chair, second),
        (desks.chair, third),
    ):
        before = dump(desk)
        assert desks.take(desk, file).already
        assert dump(desk) == before


def test_a_pen_taken_back_needs_a_reason_and_both_sides_are_put_together(desks: Desks) -> None:
    desks.over()
    with pytest.raises(Refused, match="Say why"):
        desks.chair.handing_over.take_pen(at(desks.chair), "  ")
    desks.chair.handing_over.take_pen(at(desks.chair), "the laptop was stolen")
    assert "taken back 23 Nov 2026" in desks.chair.handing_over.pen(at(desks.chair))
    say(desks.chair, "only here", "A10", "scenario")
    say(desks.taker, "only there", "A10", "protective_factors")
    say(desks.chair, "the chair's words")
    say(desks.taker, "the minute taker's words")
    done = desks.take(desks.chair, desks.send(desks.taker))
    here = at(desks.chair)
    assert here.text("A10", "scenario") == "only here"
    assert here.text("A10", "protective_factors") == "only there"
    (found,) = done.disagreements
    assert (found.theirs, found.mine) == ("the minute taker's words", "the chair's words")
    assert (found.theirs_by, found.mine_by) == (TAKER, "Ruth Calloway")
    assert desks.chair.handing_over.place(found, here).startswith("A10 ")
    reasons = [
        f.reason for f in desks.chair.caseload.record.facts(here.id) if f.what == "pen_taken"
    ]
    assert reasons == ["the laptop was stolen"]
    with pytest.raises(Refused, match="must be settled first"):
        desks.send(desks.chair)
    desks.chair.handing_over.settle(found, "theirs")
    here = at(desks.chair)
    assert here.text("A10", "formulation") == "the minute taker's words"
    assert here.answers["A10", "formulation"].typed_by == TAKER
    record = desks.chair.caseload.record
    assert record.history(here.id, "answer", "A10.formulation")[-1].text == "the chair's words"
    (kept,) = record.disagreements(here.id, also_settled=True)
    assert (kept.kept, kept.theirs, kept.mine) == ("theirs", found.theirs, found.mine)
    assert record.verify().is_good
    desks.take(desks.taker, desks.send(desks.chair))
    texts = [
        {p: a.text for p, a in at(desk).answers.items()} for desk in (desks.chair, desks.taker)
    ]
    assert texts[0] == texts[1]


@pytest.mark.parametrize(("kept", "words"), [("mine", "here"), ("both", "here and there")])
def test_ours_or_both_may_stand(desks: Desks, kept: str, words: str) -> None:
    desks.over()
    desks.chair.handing_over.take_pen(at(desks.chair), "needed")
    say(desks.chair, "here")
    say(desks.taker, "there")
    (found,) = desks.take(desks.chair, desks.send(desks.taker)).disagreements
    desks.chair.handing_over.settle(found, kept, "here and there")
    assert at(desks.chair).text("A10", "formulation") == words
    assert desks.chair.handing_over.disagreements(at(desks.chair)) == ()


def _action(desk: Desk, words: str) -> e.Action:
    made = e.Action(id=new_id(), text=words)
    return desk.chairing.add(at(desk), made).entry(e.Action, made.id)


def test_actions_of_the_same_number_are_both_kept_and_the_renumbering_is_said(desks: Desks) -> None:
    desks.over()
    desks.chair.handing_over.take_pen(at(desks.chair), "needed")
    ours, theirs = _action(desks.chair, "ours"), _action(desks.taker, "theirs")
    assert ours.number == theirs.number
    done = desks.take(desks.chair, desks.send(desks.taker))
    here = at(desks.chair)
    assert here.entry(e.Action, ours.id).number == ours.number
    moved = here.entry(e.Action, theirs.id)
    assert moved.number == ours.number + 1
    assert [(r.was, r.now, r.theirs) for r in done.renumbered] == [
        (theirs.number, moved.number, True)
    ]
    said = [f.reason for f in desks.chair.caseload.record.facts(here.id) if f.what == "renumbered"]
    assert said == [f"actions {theirs.number}, made at the other desk, is {moved.number}"]
    back = desks.take(desks.taker, desks.send(desks.chair))
    there = at(desks.taker)
    assert {(a.id, a.number) for a in there.of(e.Action)} == {
        (a.id, a.number) for a in here.of(e.Action)
    }
    assert [(r.was, r.now) for r in back.renumbered] == [(theirs.number, moved.number)]
    assert not back.disagreements


def test_an_entry_withdrawn_there_and_edited_here_is_withdrawn_with_the_edit(desks: Desks) -> None:
    action = at(desks.chair).live(e.Action)[0]
    desks.over()
    desks.chair.handing_over.take_pen(at(desks.chair), "needed")
    desks.chair.chairing.change(at(desks.chair), e.Action, action.id, text="edited here")
    desks.taker.chairing.withdraw(at(desks.taker), e.Action, action.id, "no longer needed")
    done = desks.take(desks.chair, desks.send(desks.taker))
    row = at(desks.chair).entry(e.Action, action.id)
    assert (row.text, row.withdrawn) == ("edited here", "no longer needed")
    assert not done.disagreements


def test_a_decision_is_never_put_together_from_two_desks(desks: Desks) -> None:
    row = at(desks.chair).live(e.Decision)[0]
    desks.over()
    desks.chair.handing_over.take_pen(at(desks.chair), "needed")
    desks.chair.chairing.change(at(desks.chair), e.Decision, row.id, question="Is it the question?")
    desks.taker.chairing.change(at(desks.taker), e.Decision, row.id, because="Because of that.")
    done = desks.take(desks.chair, desks.send(desks.taker))
    assert {d.field for d in done.disagreements} == {"question", "because"}
    assert at(desks.chair).entry(e.Decision, row.id).question == "Is it the question?"
    assert at(desks.chair).entry(e.Decision, row.id).because == row.because


def test_minutes_are_not_approved_while_a_choice_is_open(desks: Desks) -> None:
    desks.chair.chairing.close(at(desks.chair))
    taker = at(desks.chair).role(MeetingRole.MINUTE_TAKER)
    assert taker is not None
    desks.taker = desks.taker.acting_as(taker.name)
    desks.over()
    desks.chair.handing_over.take_pen(at(desks.chair), "needed")
    say(desks.chair, "here")
    say(desks.taker, "there")
    done = desks.take(desks.chair, desks.send(desks.taker))
    life = desks.chair.minutes_life
    sent = life.send_to_chair(at(desks.chair))
    statements = desks.chair.area.attestation
    with pytest.raises(Refused, match="Two desks wrote differently"):
        life.approve(sent, statements, "reason")
    desks.chair.handing_over.settle_all(done.disagreements, "mine")
    assert life.approve(at(desks.chair), statements, "reason").state is MeetingState.APPROVED


def test_a_third_desk_in_between_is_no_hindrance(desks: Desks) -> None:
    from tests.desk import make_desk

    (desks.folder / "third").mkdir()
    third = make_desk(desks.folder / "third", who="Helen Tovey", clock=desks.clock)
    desks.over()
    say(desks.taker, "second desk")
    desks.take(third, desks.send(desks.taker))
    say(third, "third desk", "A10", "scenario")
    done = desks.take(desks.chair, desks.send(third))
    assert not done.disagreements
    assert at(desks.chair).text("A10", "formulation") == "second desk"
    assert at(desks.chair).text("A10", "scenario") == "third desk"


# -- files that are not right ------------------------------------------------------------------


def test_another_meeting_of_the_same_reference_is_not_touched(desks: Desks) -> None:
    from tests.desk import make_desk

    (desks.folder / "other").mkdir()
    other = make_desk(desks.folder / "other", clock=desks.clock)
    other.caseload.create_case(dataclasses.replace(at(desks.chair).case, id=new_id()))
    before = dump(other)
    with pytest.raises(Refused, match="Another case has the reference"):
        desks.take(other, desks.send(desks.chair))
    assert dump(other) == before


BROKEN: dict[str, tuple[str, ...]] = {
    "format": ("format", "2"), "newer": ("schema", '"9999"'), "no id": ("id", '""'),
    "lineage": ("lineage", '["x"]'), "earlier": ("earlier", '[{"meeting": []}]'),
    "no meeting": ("meeting.meeting", "[]"), "table": ("meeting.secrets", "[]"),
    "column": ("meeting.life.0.x", '""'), "kind": ("meeting.answer.0.revision", '"1"'),
    "truth": ("meeting.answer.0.revision", "true"), "state": ("meeting.meeting.0.state", '"gone"'),
    "day": ("meeting.meeting.0.held_on", '"yesterday"'),
    "instant": ("meeting.life.0.at", '"2026-11-23T10:00:00"'),
    "other meeting": ("meeting.answer.0.meeting_id", '"x"'),
    "agenda": ("meeting.agenda.0.body", '"[]"'),
    "reference": ("meeting.case.0.ref", '"../../etc"'),
    "choice": ("meeting.attendance.0.number", "null"),
    "large": ("meeting.meeting.0.booked_minutes", "1" + "0" * 30),
    "document": ("meeting.issued.0.sha256", '"0"'), "bytes": ("meeting.issued.0.body", '"?"'),
    "row": ("meeting.life.0", "[]"), "rows": ("meeting.life", "{}"),
}  # fmt: skip
"""Where something else is put, and what, as JSON."""


def _broken(said: dict[str, Any], path: str, value: str) -> dict[str, Any]:
    here: Any = said
    *way, last = path.split(".")
    for step in way:
        here = here[int(step) if step.isdecimal() else step]
    here[int(last) if last.isdecimal() else last] = json.loads(value)
    return said


@pytest.mark.parametrize("how", BROKEN)
def test_a_file_that_holds_something_else_is_one_sentence_and_changes_nothing(
    desks: Desks, how: str
) -> None:
    full_life(desks.chair)
    said = json.loads(sealed.open_sealed(desks.send(desks.chair).read_bytes(), PASS))
    content = sealed.Seal(PASS).close(json.dumps(_broken(said, *BROKEN[how])).encode())
    before = dump(desks.taker)
    with pytest.raises(PanelkitError) as refused:
        desks.taker.handing_over.receive(read_parcel(content, PASS))
    assert "\n" not in refused.value.sentence
    assert dump(desks.taker) == before


def test_deep_nesting_is_one_sentence(desks: Desks) -> None:
    content = sealed.Seal(PASS).close(b"[" * 200_000)
    with pytest.raises(BadInput):
        read_parcel(content, PASS)


def test_what_could_act_on_a_terminal_is_made_visible(desks: Desks, tmp_path: Path) -> None:
    said = json.loads(sealed.open_sealed(desks.send(desks.chair).read_bytes(), PASS))
    row = next(r for r in said["meeting"]["answer"] if r["field"] == "formulation")
    row["text"] = "a\x1b]52;c;x\x07b"
    said["by"] = "Ruth\x1b[2J"
    content = sealed.Seal(PASS).close(json.dumps(said).encode())
    desks.taker.handing_over.receive(read_parcel(content, PASS))
    assert "\x1b" not in at(desks.taker).text("A10", "formulation")
    assert "\x1b" not in desks.taker.handing_over.pen(at(desks.taker))
    assert desks.taker.caseload.record.verify().is_good

"""Cases kept, held, disposed of by two, handed back. All of them are invented."""

from __future__ import annotations

import dataclasses
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError
from typer.testing import CliRunner

from panelkit import cli
from panelkit.domain import entries as e
from panelkit.domain.allocating import Again, Allocation
from panelkit.domain.chasing import About, Escalation, Reminded, Reminder, ReminderKind
from panelkit.domain.disposal import DisposalState
from panelkit.domain.errors import BadInput, NotFound, PanelkitError, PenElsewhere, Refused
from panelkit.domain.level_history import HistoryChange
from panelkit.domain.meeting import By
from panelkit.domain.outcomes import Outcome, OutcomeKind
from panelkit.domain.put_off import PutOff, PutOffKind, PutOffReason
from panelkit.domain.referrals import Referral, Screened, ScreenedBecause, Screening
from panelkit.domain.spans import Span, SpanKind
from panelkit.domain.updates import Entered
from panelkit.domain.vocabulary import AgencyType, Level
from panelkit.services import copies
from panelkit.services.caseload import same_content
from panelkit.services.desk import Desk
from panelkit.services.disposing import Disposing
from panelkit.services.handing_over import read_parcel
from panelkit.store.chased import Kept
from panelkit.store.engine import writing
from panelkit.store.record import Record
from panelkit.store.rows import METADATA
from panelkit.store.tables import OF_A_CASE, OF_A_MEETING
from tests.desk import CHAIR, Clock, make_desk

CASE, REVIEW = "WM-0143", "WM-0143-3"
OTHER = "Omar Okafor"
CANARY = "an invented canary 7f3a that must be gone"
PASSPHRASE = "acorn album alder amber"


def desk_of(folder: Path, *samples: str) -> Desk:
    return make_desk(folder, samples=samples or ("l2_review_carried_actions",))


def ended(desk: Desk) -> None:
    """The running review is closed, so that nothing of the case is in progress."""
    with writing(desk.caseload.record.engine) as connection:
        connection.execute(text("update meeting set state = 'issued'"))


def by(desk: Desk, who: str = CHAIR) -> Disposing:
    return Disposing(desk.caseload.record, desk.clock, who)


def due(desk: Desk) -> None:
    ended(desk)
    by(desk).review(CASE, date(2026, 11, 1), "area schedule, row 14")


def everywhere(desk: Desk) -> None:
    """The canary in words, in words that were superseded, in a line begun, in a note, in a case."""
    record, chairing = desk.caseload.record, desk.chairing
    meeting = chairing.load(REVIEW)
    for words in (CANARY, f"{CANARY} again", "and gone from the field"):
        meeting = chairing.record_answer(meeting, "A6", "index_offence", words)
    record.set_draft(meeting.id, CHAIR, "note", CANARY)
    case = record.case(CASE)
    after = dataclasses.replace(case, aliases=CANARY, revision=case.revision + 1)
    record.save_case(case, after, By(CHAIR, desk.clock()), command="alias")
    span = Span(
        id="s", case_id=case.id, kind=SpanKind.LEVEL, value="2", from_day=date(2026, 5, 1), because=CANARY
    )  # fmt: skip
    change = HistoryChange(case.id, record.spans(case.id), (span,))
    event = Outcome(
        id="e", case_id=case.id, kind=OutcomeKind.CHARGED, day=date(2026, 6, 1), note=CANARY
    )
    record.keep_event(None, event, By(CHAIR, desk.clock()), command="event", change=change)
    referral = Referral(
        id="r", received_on=date(2026, 4, 1), organisation="Harrowmere Police",
        agency=AgencyType.POL, level_asked=Level.TWO, case_id=case.id, profile=f"yes: {CANARY}",
    )  # fmt: skip
    record.keep_referral(None, referral, By(CHAIR, desk.clock()), command="referral")
    for n, gone in enumerate((f"{CANARY}: typed twice", "")):
        said = Screening(
            id=f"sc{n}", referral_id="r", decision=Screened.ACCEPTED, because=ScreenedBecause.OTHER,
            decided_on=date(2026, 4, 2), level_given=Level.TWO, words=CANARY, withdrawn=gone,
            eligible=f"yes: {CANARY}", high_risk=f"no: {CANARY}",
        )  # fmt: skip
        (now,) = record.referrals()
        record.keep_screening(now, None, said, By(CHAIR, desk.clock()), command=f"screened {n}")
    steps = [
        Allocation(id="a1", case_id=case.id, holder="Joan Quill", because=CANARY),
        Allocation(id="a2", referral_id="r", holder="Joan Quill", because=CANARY),
    ]
    record.allocate([(None, one) for one in steps], By(CHAIR, desk.clock()), command="allocated")
    again = Again(id="g", referral_id="r", earlier_id="earlier")
    record.keep_again(None, again, By(CHAIR, desk.clock()), command="again")
    planned = PutOff(
        id="p", meeting_id=meeting.id, number=1, kind=PutOffKind.POSTPONED, words=CANARY,
        reason=PutOffReason.STAFFING, decided_on=date(2026, 6, 1), planned_for=date(2026, 6, 2),
    )  # fmt: skip
    record.keep_put_off(
        (meeting, meeting), None, planned, By(CHAIR, desk.clock()), command="put off"
    )
    record.keep_issued(meeting, "full", CANARY.encode(), "hash", By(CHAIR, desk.clock()))
    chased(desk, case.id, meeting.id)


def chased(desk: Desk, case_id: str, meeting_id: str) -> None:
    """The canary in an action, an escalation about it, a reply to a reminder, what was entered."""
    record, at = desk.caseload.record, desk.clock()
    meeting = record.load(meeting_id)
    action = meeting.of(e.Action)[0]
    desk.chairing.change(meeting, e.Action, action.id, why=CANARY)
    asked = Reminder(
        id="reminder", organisation="O", kind=ReminderKind.WORD, written_at=at, written_by=CHAIR,
        file="r.docx", sha256="f" * 64,
    )  # fmt: skip
    place = {"case_id": case_id, "set_at": action.set_at, "number": action.number}
    rows: list[Kept] = [
        asked, Reminded(id="reminded", reminder_id="reminder", reply=CANARY, **place),  # type: ignore[arg-type]
        Escalation(id="told", organisation="O", about=About.ACTION, to_whom="x", made_on=at.date(), made_by="y", words=CANARY, **place),  # type: ignore[arg-type]
        Entered(id="entered", meeting_id=meeting_id, what="level", done_on=at.date(), done_by="y", withdrawn=CANARY),
    ]  # fmt: skip
    record.keep_chasing(
        [(None, row) for row in rows], By(CHAIR, at), command="chased", what="chased"
    )


def standing_keys(record: Record) -> tuple[str, ...]:
    with record._reading() as connection:
        return tuple(connection.execute(text("select id from standing_action")).scalars())


def files_with(folder: Path, words: str) -> list[str]:
    return [p.name for p in folder.rglob("*") if p.is_file() and words.encode() in p.read_bytes()]


def test_everything_that_hangs_from_a_meeting_goes_with_it() -> None:
    """Walks the schema: a table that somebody adds is in the list, or this fails."""
    listed = {table.name for table in OF_A_MEETING}
    hang = {
        name for name, table in METADATA.tables.items()
        if any(key.column.table.name == "meeting" for key in table.foreign_keys)
    }  # fmt: skip
    assert hang == listed


def test_everything_that_hangs_from_a_case_goes_with_it() -> None:
    listed = {table.name for table in OF_A_CASE} | {"meeting"}
    hang = {
        name for name, table in METADATA.tables.items()
        if any(key.column.table.name == "case" for key in table.foreign_keys)
    }  # fmt: skip
    assert hang == listed


def test_a_case_is_gone_from_every_file_and_a_tombstone_and_the_chain_stay(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    record = desk.caseload.record
    everywhere(desk)
    due(desk)
    assert record.escalations()
    assert record.chased_by(list(standing_keys(record)))
    name = record.case(CASE).name
    assert name
    head, entries = record.head(), record.verify().entries
    assert files_with(tmp_path, CANARY), "it was there"
    by(desk).propose(CASE, "past its review")
    done, clean = by(desk, OTHER).agree(CASE)
    assert clean
    assert files_with(tmp_path, CANARY) == []
    assert files_with(tmp_path, name) == []
    assert record.meetings() == []
    (referral,) = record.referrals()
    assert (referral.case_id, referral.received_on) == ("", date(2026, 4, 1)), (
        "it stays as a number"
    )
    assert [(one.words, one.is_live) for one in referral.screening] == [("", False), ("", True)]
    with pytest.raises(
        NotFound, match=f"disposed of on 23 November 2026: proposed by {CHAIR}, agreed by {OTHER}"
    ):
        record.load(REVIEW)
    found = record.verify(anchor=head)
    assert found.is_good, "documents that went are not missed, and the chain runs on"
    assert found.entries == entries + 3 + 0
    assert done.state is DisposalState.DONE
    assert record.tombstone(CASE) == done
    assert (record.allocations(), record.referred_again()) == ((), ())
    assert (record.escalations(), record.reminded("reminder"), standing_keys(record)) == (
        (),
        (),
        (),
    )
    assert len(record.reminders()) == 1, "that one was written stays, without what it asked"
    record.close()
    again = Record.open(tmp_path / "record.db")
    assert again.verify(anchor=head).is_good
    again.close()


def test_one_person_disposes_of_nothing(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    due(desk)
    by(desk).propose(CASE, "past its review")
    for who in (CHAIR, CHAIR.upper(), f" {CHAIR} "):
        with pytest.raises(Refused, match="second person"):
            by(desk, who).agree(CASE)
    with pytest.raises(Refused, match="already"):
        by(desk, OTHER).propose(CASE, "again")
    assert desk.caseload.find(REVIEW)
    by(desk, OTHER).withdraw(CASE)
    with pytest.raises(NotFound):
        by(desk, OTHER).agree(CASE)
    assert desk.caseload.find(REVIEW)
    desk.caseload.record.close()


def test_the_database_itself_lets_no_issued_document_go_without_two(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    everywhere(desk)
    due(desk)
    by(desk).propose(CASE, "past its review")
    record = desk.caseload.record
    tries = (
        "delete from issued",
        "update disposal set state = 'agreed', agreed_id = proposed_id; delete from issued",
        "update disposal set state = 'agreed', agreed_id = ''; delete from issued",
        "update disposal set state = 'agreed', kind = 'handed_back'; delete from issued",
        "delete from disposal",
        "update issued set who = 'x'",
        "delete from journal",
    )

    def run(statements: str) -> None:
        with writing(record.engine) as connection:
            for statement in statements.split("; "):
                connection.execute(text(statement))

    for statements in tries:
        with pytest.raises(DatabaseError, match="never changed"):
            run(statements)
    by(desk, OTHER).agree(CASE)
    with pytest.raises(DatabaseError, match="never changed"):
        run("update disposal set agreed_by = 'somebody else'")
    record.close()


@pytest.mark.parametrize(
    ("what", "said"),
    [("hold", "legal hold"), ("no review", "no review date"), ("later", "not before"), ("running", "in progress")],
)  # fmt: skip
def test_what_stands_in_the_way(tmp_path: Path, what: str, said: str) -> None:
    desk = desk_of(tmp_path)
    due(desk)
    verbs = by(desk)
    if what == "hold":
        verbs.hold(CASE, "an inquest was opened")
    elif what == "later":
        verbs.review(CASE, date(2026, 11, 24), "one day on")
    else:
        with writing(desk.caseload.record.engine) as connection:
            sql = (
                "delete from retention"
                if what == "no review"
                else "update meeting set state = 'open'"
            )
            connection.execute(text(sql))
    with pytest.raises(Refused, match=said):
        verbs.propose(CASE, "past its review")
    desk.caseload.record.close()


def test_a_hold_put_on_between_the_two_wins(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    due(desk)
    by(desk).propose(CASE, "past its review")
    by(desk).hold(CASE, "an inquest was opened")
    with pytest.raises(Refused, match="legal hold"):
        by(desk, OTHER).agree(CASE)
    assert desk.caseload.find(REVIEW)
    assert by(desk).kept()[0].said.hold == "an inquest was opened"
    assert not by(desk).kept()[0].is_due
    by(desk).release(CASE)
    by(desk, OTHER).agree(CASE)
    with pytest.raises(NotFound):
        desk.caseload.find(REVIEW)
    desk.caseload.record.close()


def test_reasons_are_asked_for(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    verbs = by(desk)
    for ask in (
        lambda: verbs.hold(CASE, " "),
        lambda: verbs.review(CASE, date(2030, 1, 1), ""),
        lambda: verbs.propose(CASE, " "),
    ):
        with pytest.raises(BadInput):
            ask()
    desk.caseload.record.close()


def test_other_cases_stay_as_they_are(tmp_path: Path) -> None:
    desk = desk_of(tmp_path, "l2_review_carried_actions", "l3_review")
    record = desk.caseload.record
    others = {s.id: record.load(s.id) for s in record.meetings() if not s.ref.startswith(CASE)}
    assert others
    due(desk)
    others = {key: record.load(key) for key in others}
    by(desk).propose(CASE, "past its review")
    by(desk, OTHER).agree(CASE)
    for key, before in others.items():
        assert same_content(record.load(key), before)
    assert record.verify().is_good
    record.close()


def test_a_case_that_another_desk_has_is_handed_back_for_its_receipt(tmp_path: Path) -> None:
    here, there = (desk_of(tmp_path / "laptop"), make_desk(tmp_path / "office", who=OTHER))
    everywhere(here)
    here_record = here.caseload.record
    verbs = here.disposing
    with pytest.raises(Refused, match="pen of"):
        verbs.hand_back(CASE, ["0000 0000 0000 0000"])
    for s in here_record.meetings():
        meeting = here.caseload.find(s.id)
        here.handing_over.hand_over(meeting, tmp_path / f"{s.ref}.handover", PASSPHRASE, to=OTHER)
    with pytest.raises(Refused, match="not the receipt"):
        verbs.hand_back(CASE, ["0000 0000 0000 0000"])
    receipts = []
    for s in here_record.meetings():
        parcel = read_parcel((tmp_path / f"{s.ref}.handover").read_bytes(), PASSPHRASE)
        there.handing_over.receive(parcel)
        receipts.append(parcel.receipt.lower().replace(" ", ""))
    with pytest.raises(Refused, match="not the receipt"):
        verbs.hand_back(CASE, receipts[:1])
    head = here_record.head()
    done, clean = verbs.hand_back(CASE, receipts)
    assert clean
    assert files_with(tmp_path / "laptop", CANARY) == []
    assert "handed back" in done.tombstone
    assert here_record.verify(anchor=head).is_good
    with pytest.raises(NotFound, match="handed back"):
        here.caseload.find(REVIEW)
    assert there.caseload.find(REVIEW)
    here_record.close()
    there.caseload.record.close()


def test_a_case_that_is_with_another_desk_is_not_disposed_of_by_any_door(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    due(desk)
    record = desk.caseload.record
    by(desk).propose(CASE, "past its review")
    file = tmp_path / "h.handover"
    desk.handing_over.hand_over(desk.caseload.find(REVIEW), file, PASSPHRASE, to=OTHER)
    with pytest.raises(Refused, match="another desk"):
        by(desk, OTHER).agree(CASE)
    proposed = by(desk).proposed(CASE)
    agreed = dataclasses.replace(
        proposed, state=DisposalState.AGREED, agreed_by=OTHER, agreed_id=OTHER.casefold(),
        agreed_at=desk.clock(), meeting_ids=tuple(sorted(record.meetings_of_case(proposed.case_id))),
    )  # fmt: skip
    with pytest.raises(PenElsewhere):
        record.dispose(agreed, By(OTHER, desk.clock()), new=False, command="x")
    assert desk.caseload.find(REVIEW)
    record.close()


def test_a_case_may_come_again_after_it_was_handed_back(tmp_path: Path) -> None:
    here, there = (desk_of(tmp_path / "laptop"), make_desk(tmp_path / "office", who=OTHER))
    receipts = []
    for s in here.caseload.record.meetings():
        file = tmp_path / f"{s.ref}.handover"
        here.handing_over.hand_over(here.caseload.find(s.id), file, PASSPHRASE, to=OTHER)
        parcel = read_parcel(file.read_bytes(), PASSPHRASE)
        there.handing_over.receive(parcel)
        receipts.append(parcel.receipt)
    here.disposing.hand_back(CASE, receipts)
    back = tmp_path / "back.handover"
    there.handing_over.hand_over(there.caseload.find(REVIEW), back, PASSPHRASE, to=CHAIR)
    here.handing_over.receive(read_parcel(back.read_bytes(), PASSPHRASE))
    assert here.caseload.find(REVIEW).ref == REVIEW
    assert here.caseload.record.verify().is_good
    here.caseload.record.close()
    there.caseload.record.close()


def test_an_issued_document_is_gone_only_as_the_tombstone_says(tmp_path: Path) -> None:
    """A document that vanished without a disposal is still named by verify."""
    desk = desk_of(tmp_path)
    everywhere(desk)
    record = desk.caseload.record
    with writing(record.engine) as connection:
        connection.execute(text("drop trigger issued_refuses_delete"))
        connection.execute(text("delete from issued"))
    assert len(record.verify().issued_wrong) == 1
    record.close()


def test_the_clock_is_the_rooms(tmp_path: Path) -> None:
    clock = Clock()
    desk = make_desk(tmp_path, samples=("l2_review_carried_actions",), clock=clock)
    due(desk)
    assert by(desk).kept()[0].is_due
    by(desk).review(CASE, date(2026, 11, 24), "later")
    assert not by(desk).kept()[0].is_due
    clock.move(hours=14, minutes=1)  # 00:01 in London on the 24th
    assert by(desk).kept()[0].is_due
    desk.caseload.record.close()


def test_by_command_two_people_and_what_it_cannot_reach_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = desk_of(tmp_path)
    ended(desk)
    record = desk.caseload.record
    copies.backup(record, tmp_path / "copies" / "one.db", desk.clock)
    record.close()
    for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    monkeypatch.setenv("PANELKIT_DB", str(tmp_path / "record.db"))

    def run(*argv: str) -> str:
        result = CliRunner().invoke(cli.app, list(argv))
        if isinstance(result.exception, PanelkitError):
            return result.exception.sentence
        assert result.exit_code == 0, result.output
        return result.output

    assert "no review date" in run("dispose", CASE, "--reason", "past its review")
    run("retain", CASE, "--review", "2026-01-31", "--reason", "row 14")
    assert "due now" in run("dispose")
    run("dispose", CASE, "--reason", "past its review", "--as", CHAIR)
    assert "second person" in run("dispose", CASE, "--agree", "--as", CHAIR)
    said = run("dispose", CASE, "--agree", "--as", OTHER)
    assert f"agreed by {OTHER}" in said
    assert f"NOT GONE: 1 made before in {tmp_path / 'copies'}" in said
    assert f"agreed by {OTHER}" in run("dispose")
    assert "disposed of" in run("check", CASE)
    assert run("list") == "No meeting yet.\n"

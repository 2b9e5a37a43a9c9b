"""A sample meeting led twice from one beginning: by typed lines, and by the services alone."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from panelkit.domain import entries as e
from panelkit.domain.fields import fields_of, store_text
from panelkit.domain.meeting import Meeting
from panelkit.domain.vocabulary import MeetingRole
from panelkit.packs.reader import Pack, read_pack
from panelkit.plain.run import hold
from panelkit.plain.talk import Talk
from panelkit.plain.voice import Voice
from panelkit.services.desk import Desk
from panelkit.wiring import Settings, area_of
from tests.desk import SAMPLES
from tests.plain.follower import Follower

BY_SERVICES = (e.Presence, e.Part, e.Pause, e.Visit)
"""Kinds that follow from steps and are no step of their own."""


def pack_called(name: str) -> Pack:
    return read_pack(SAMPLES / f"{name}.toml", area_of(Settings())[1])


NOT_OWED = (
    e.Evidence, e.DecisionOption, e.Told, e.RiskTool, e.Order, e.Restriction, e.Recipient, e.Correction,
    e.Contingency, e.KeyDate,
)  # fmt: skip
"""Kinds without which a meeting closes all the same."""


def owed_rows(meeting: Meeting) -> dict[str, tuple[e.Entry, ...]]:
    """Its content without the kinds that no close asks for."""
    return {k: v for k, v in meeting.rows.items() if e.BY_KIND[k] not in NOT_OWED}


def thinned(pack: Pack) -> Pack:
    """The same meeting with less written up: it still closes, and takes a third of the lines."""
    target = pack.meeting
    return dataclasses.replace(pack, meeting=dataclasses.replace(target, rows=owed_rows(target)))


def chair_of(meeting: Meeting) -> str:
    chair = meeting.role(MeetingRole.CHAIR)
    assert chair is not None
    return chair.name


def begin(desk: Desk, pack: Pack) -> Meeting:
    """The sample as it was before anything was said at it."""
    target = pack.meeting
    if not pack.earlier:
        return desk.caseload.open_case(
            target.case, level=target.level, kind=target.kind, held_on=target.held_on
        )
    desk.caseload.take_in(list(pack.earlier))
    return desk.caseload.open_next(
        target.case.ref, level=target.level, kind=target.kind, held_on=target.held_on
    )


def led_by_lines(
    desk: Desk, meeting: Meeting, target: Meeting, patch: pytest.MonkeyPatch
) -> tuple[Follower, str]:
    """The meeting led to its close in plain mode: who typed, and all that was said."""
    follower, said = Follower(target), list[str]()
    as_before = Talk.__init__

    def begun(talk: Talk, *args: object) -> None:
        as_before(talk, *args)  # type: ignore[arg-type]
        follower.talk = talk

    complaints: list[str] = []
    with patch.context() as patched:
        patched.setattr(Talk, "__init__", begun)
        code = hold(desk, meeting.ref, follower, Voice(said.append), complaints.append)
    assert (code, complaints) == (0, []), "".join(said)[-3000:]
    return follower, "".join(said)


def led_by_services(desk: Desk, meeting: Meeting, done: Meeting) -> Meeting:
    """The same said to the services, in the order of the agenda; closed."""
    chairing = desk.chairing
    meeting = chairing.start(meeting)
    for person in done.of(e.Attendance):
        meeting = _row(desk, meeting, person, {"status", "identity", "private_space"})
        if person.status and person.status.present:
            meeting = chairing.check_in(meeting, person.id)
        meeting = _row(desk, meeting, person, set())
    for item in meeting.agenda:
        meeting = chairing.move_to(meeting, item.code)
        for field in item.fields:
            text = done.text(item.code, field.key)
            if (item.code, field.key) == ("A2", "confidentiality_statement"):
                meeting = chairing.statement_given(meeting, text)
            elif text != meeting.text(item.code, field.key):
                meeting = chairing.record_answer(meeting, item.code, field.key, text)
            answer = done.answers.get((item.code, field.key))
            if answer is not None and answer.confirmed_by:
                meeting = chairing.confirm_answer(meeting, item.code, field.key)
        for kind in e.ENTRIES:
            if kind.item != item.code or kind in (e.Attendance, *BY_SERVICES):
                continue
            for row in done.of(kind):
                meeting = _row(desk, meeting, row, set())
    for note in done.of(e.Note):
        meeting = _row(desk, meeting, note, set())
    return chairing.close(meeting)


def _row(desk: Desk, meeting: Meeting, row: e.Entry, left: set[str]) -> Meeting:
    """``row`` as it ended, but for the fields that are ``left``."""
    chairing, kind = desk.chairing, type(row)
    there = next((each for each in meeting.of(kind) if each.id == row.id), None)
    prefilled = next(
        (r for r in meeting.of(kind) if isinstance(r, e.Recipient) and r.organisation == getattr(row, "organisation", "")), None,
    )  # fmt: skip
    if there is None and prefilled is not None:
        there = prefilled
    if there is None:
        fresh = dataclasses.replace(row, number=0, typed_by="", typed_at=None, revision=1)
        blank = {key: getattr(kind(id="x"), key) for key in left}
        return chairing.add(meeting, dataclasses.replace(fresh, **blank))
    changes = {
        field.key: getattr(row, field.key)
        for field in fields_of(kind)
        if field.key not in left and getattr(row, field.key) != getattr(there, field.key)
    }
    if row.confirmed_by and not there.confirmed_by and not changes:
        changes["confirmed_by"] = row.confirmed_by
    return chairing.change(meeting, kind, there.id, **changes) if changes else meeting


def words_of(meeting: Meeting) -> dict[str, list[tuple[str, ...]]]:
    """Everything said at a meeting, without ids and times: to compare two records."""
    found: dict[str, list[tuple[str, ...]]] = {
        "answers": sorted((*place, answer.text) for place, answer in meeting.answers.items() if answer.text)
    }  # fmt: skip
    for kind in e.ENTRIES:
        if kind in BY_SERVICES:
            continue
        found[kind.kind] = sorted(
            tuple(store_text(getattr(row, field.key)) for field in fields_of(kind) if field.key != "origin")
            for row in meeting.live(kind)
        )  # fmt: skip
    return found


def copied(desk: Desk, folder: Path) -> Path:
    """The record as it is, in a file of its own."""
    target = folder / "twin.db"
    desk.caseload.record.copy_to(target)
    return target

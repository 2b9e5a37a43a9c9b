"""A whole meeting led by typed lines: it closes, and its minutes are those of the services."""

from __future__ import annotations

import dataclasses
import re
from contextlib import closing
from pathlib import Path

import pytest

from panelkit.domain import entries as e
from panelkit.domain.fields import fields_of
from panelkit.domain.vocabulary import MeetingState
from panelkit.plain import own, readback, room, steps
from panelkit.store.record import Record
from panelkit.wiring import Settings, desk_over, open_desk
from tests.desk import Clock, make_desk
from tests.plain.follower import LEFT_OUT
from tests.plain.meetings import (
    begin,
    chair_of,
    copied,
    led_by_lines,
    led_by_services,
    pack_called,
    thinned,
    words_of,
)
from tests.servers import Cluster

WHOLE = ("l2_initial", "l2_review_carried_actions", "l3_emergency_dissent")
DRAWN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2500-\u259f\u25a0-\u25ff\u2800-\u28ff]")
"""Escapes, returns, boxes, blocks: nothing that a screen reader stumbles over."""


@pytest.mark.parametrize("name", WHOLE)
def test_a_whole_meeting_by_lines_has_the_minutes_of_the_services(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = pack_called(name)
    who = chair_of(pack.meeting)
    desk = make_desk(tmp_path, who=who)
    meeting = begin(desk, pack)
    twin = open_desk(Settings(who=who, clock=Clock()), copied(desk, tmp_path), demo=True)

    follower, said = led_by_lines(desk, meeting, pack.meeting, monkeypatch)

    done = desk.caseload.find(meeting.ref)
    assert done.state is MeetingState.CLOSED
    assert follower.asked >= {room.RoomStep, own.Heard, own.Rating, readback.ReadOut, own.ViewOn}
    assert follower.asked >= {steps.FieldStep, steps.TableStep, steps.FormEnd, steps.ItemEnd}
    for place, answer in pack.meeting.answers.items():
        assert done.text(*place) == answer.text, place
    for ours, theirs in follower.mine.items():
        row = next(r for r in done.of(type(theirs)) if r.id == ours)
        for field in fields_of(type(theirs)):
            wanted = getattr(theirs, field.key)
            if wanted and field.key not in LEFT_OUT:
                assert getattr(row, field.key) == wanted, (row.kind, field.key)
    kinds = (e.Contribution, e.VictimIssue, e.Measure, e.Order, e.Decision, e.Evidence, e.AgencyView, e.Note, e.Action)  # fmt: skip
    for kind in kinds:
        assert len(done.live(kind)) == len(pack.meeting.live(kind)), kind

    by_services = led_by_services(twin, twin.caseload.find(meeting.ref), done)
    assert words_of(by_services) == words_of(done)
    for document in ("full", "actions", "agenda"):
        lines = desk.minute_taking.text(done, document)
        assert lines == twin.minute_taking.text(by_services, document)
        assert len(lines) > 500

    assert not DRAWN.search(said), DRAWN.search(said)
    assert all(line.strip() for line in said.rstrip("\n").split("\n"))
    assert said.endswith("\n")  # no question waits in a line that is not whole


def test_the_same_lines_make_the_same_minutes_on_a_server(
    tmp_path: Path, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = thinned(pack_called("l2_review_carried_actions"))
    desk = make_desk(tmp_path, who=chair_of(pack.meeting))
    meeting = begin(desk, pack)
    led_by_lines(desk, meeting, pack.meeting, monkeypatch)
    with closing(Record.open(cluster.record())) as record:
        there = desk_over(Settings(clock=Clock()), record)
        there = dataclasses.replace(there, demo=True)
        on_server = begin(there, pack)
        led_by_lines(there, on_server, pack.meeting, monkeypatch)
        done, same = desk.caseload.find(meeting.ref), there.caseload.find(on_server.ref)
        assert same.state is MeetingState.CLOSED
        assert words_of(same) == words_of(done)
        assert there.minute_taking.text(same) == desk.minute_taking.text(done)

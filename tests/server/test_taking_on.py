"""Minutes made elsewhere on a server: gone through by one person, seen by nobody else before the end.

Every person, case and place is invented.
"""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest

from panelkit.domain import entries as e
from panelkit.domain.errors import NotAllowed
from panelkit.domain.people import Role
from panelkit.domain.taking_on import Choice
from panelkit.domain.vocabulary import MeetingState
from tests.server.team import Team
from tests.servers import Cluster
from tests.services.test_taking_on import minutes


def test_what_is_half_read_is_its_own_persons_until_it_is_a_case(
    cluster: Cluster, tmp_path: Path
) -> None:
    team = Team.on(cluster, Role.COORDINATOR, Role.CHAIR, Role.READER)
    path = tmp_path / "minutes.docx"
    path.write_bytes(minutes())
    with team.opened(Role.COORDINATOR) as record:
        verbs = team.desk(record).taking_on
        half = verbs.confirm_sure(verbs.read(path))
    query = "SELECT count(*) FROM half_read"
    assert cluster.rows(query, team.server, team.login(Role.COORDINATOR)) == [(1,)]
    # Whoever asks, by whatever program: also with the right to the table.
    assert cluster.rows(query, team.server, team.login(Role.CHAIR)) == [(0,)]
    with (
        pytest.raises(psycopg.errors.InsufficientPrivilege),
        cluster.connection(team.server.database, team.login(Role.READER)) as bare,
    ):
        bare.execute(query)
    with team.opened(Role.READER) as record, pytest.raises(NotAllowed):
        team.desk(record).taking_on.begun()
    with team.opened(Role.COORDINATOR) as record:
        desk = team.desk(record)
        (begun,) = desk.taking_on.begun()
        assert begun == half
        left = [each.id for each in begun.undecided]
        begun = desk.taking_on.choose(begun, left, Choice.CONFIRMED)
        made = desk.taking_on.take_on(begun)
        assert desk.taking_on.begun() == ()
    with team.opened(Role.READER) as record:
        stored = record.load(made.ref)
        assert stored.state is MeetingState.ELSEWHERE
        assert len(stored.of(e.Action)) == len(made.of(e.Action))
        assert record.taken_from(half.sha256)[0][0] == made.ref

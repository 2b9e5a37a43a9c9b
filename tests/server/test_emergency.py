"""An emergency panel on a server: whoever plans calls it and rings round; nobody else does."""

from __future__ import annotations

import psycopg
import pytest

from panelkit.domain import entries as e
from panelkit.domain.emergency import Called
from panelkit.domain.errors import NotAllowed
from panelkit.domain.people import Access, Role
from panelkit.domain.vocabulary import (
    AgeGroup,
    AgencyType,
    CallOutcome,
    Category,
    EmergencyCause,
    Level,
    OwedWhat,
)
from panelkit.services.clock import system_clock
from panelkit.services.desk import Desk
from panelkit.services.emergency import Somebody
from panelkit.services.logins import Logins
from tests.server.team import NAMES, Team
from tests.servers import Cluster

REF = "EP-20261123A"
POLICE = "Harrowmere Police"


def call(desk: Desk) -> str:
    called = Called(
        cause=EmergencyCause.THREAT, reason="Threat to the partner.", called_by="PS Adair, police",
        called_at=desk.clock(), level=Level.TWO, held_on=desk.caseload.today(),
    )  # fmt: skip
    return desk.emergency.call(REF, called, Somebody(name="Devin Marlowe", age=AgeGroup.ADULT)).ref


def test_the_co_ordinator_calls_it_rings_round_and_follows_it_up(cluster: Cluster) -> None:
    team = Team.on(cluster, Role.COORDINATOR, Role.READER)
    with team.opened(Role.COORDINATOR) as record:
        desk = team.desk(record)
        made = desk.caseload.find(call(desk))
        made = desk.emergency.ring(made, POLICE, AgencyType.POL, CallOutcome.COMING)
        made = desk.emergency.settle(made, OwedWhat.REFERRAL, by_whom="PS Adair")
        assert made.case.category is Category.UNCONFIRMED
    with team.opened(Role.READER) as record:
        desk = team.desk(record)
        stored = desk.caseload.find(f"{REF}-1")
        (rung,) = stored.live(e.Call)
        assert (rung.organisation, rung.rung_by) == (POLICE, NAMES[Role.COORDINATOR])
        assert OwedWhat.REFERRAL in {o.what for o in desk.emergency.owed(stored) if o.is_settled}
        with pytest.raises(NotAllowed):
            desk.emergency.ring(stored, POLICE, AgencyType.POL, CallOutcome.TRIED)
    with (
        pytest.raises(psycopg.errors.InsufficientPrivilege),
        cluster.connection(team.server.database, team.login(Role.READER)) as bare,
    ):
        bare.execute("UPDATE calls SET outcome = 'coming'")


def test_the_log_of_a_case_that_is_hidden_is_in_no_table(cluster: Cluster) -> None:
    team = Team.on(cluster, Role.COORDINATOR, Role.CHAIR)
    with team.opened(Role.COORDINATOR) as record:
        desk = team.desk(record)
        made = desk.caseload.find(call(desk))
        made = desk.emergency.ring(made, POLICE, AgencyType.POL, CallOutcome.COMING)
        desk.emergency.settle(made, OwedWhat.REFERRAL, by_whom="PS Adair")
    for table in ("calls", "settled"):
        query = f"SELECT count(*) FROM {table}"
        assert cluster.rows(query, team.server, team.login(Role.CHAIR)) == [(1,)]
    with team.opened() as record:
        Logins(record, system_clock).set_access(REF, NAMES[Role.CHAIR], Access.BARRED)
    for table in ("calls", "settled"):
        query = f"SELECT count(*) FROM {table}"
        assert cluster.rows(query, team.server, team.login(Role.CHAIR)) == [(0,)]
        assert cluster.rows(query, team.server, team.login(Role.COORDINATOR)) == [(1,)]

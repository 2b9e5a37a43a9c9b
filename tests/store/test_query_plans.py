"""Every query that the page of plans names still uses the index that it names, on both engines."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from panelkit.services.desk import Desk
from panelkit.services.generating import Generating, wanted_years
from panelkit.store.record import Record
from panelkit.wiring import Settings, desk_over
from tests.servers import Cluster

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "benchmarks"))

import areas_lists  # noqa: E402 - it stands beside the benchmarks

PAGE = ROOT / "docs" / "query_plans.md"
NOW = datetime(2026, 4, 1, 8, 30, tzinfo=UTC)
COLUMNS = {"file": 1, "server": 2}
OF_A_KIND = "ix_<kind>_meeting_id"
BY_NUMBER = re.compile(r"sqlite_autoindex_\w+_2$|uq_\w+_meeting_id\w*number$")
NOT_ON_THE_PAGE = {"the key figures of a quarter"}
"""Its queries are those of opening, for many meetings at once."""


def named() -> dict[str, dict[str, tuple[str, str]]]:
    """What the page says: by list and query, the cells of both engines."""
    found: dict[str, dict[str, tuple[str, str]]] = {}
    here = ""
    for line in PAGE.read_text("utf-8").splitlines():
        if line.startswith("### "):
            here = line[4:]
        elif here and line.startswith("| `"):
            query, file, server = (cell.strip() for cell in line.strip("| ").rsplit(" | ", 2))
            found.setdefault(here, {})[query.strip("`").replace(r"\|", "|")] = (file, server)
    return found


@pytest.fixture(params=["file", "server"], scope="module")
def small(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Desk]]:  # fmt: skip
    """A small generated record on each engine, and a desk over it."""
    if request.param == "file":
        record = Record.open(tmp_path_factory.mktemp("plans") / "record.db", create=True)
    else:
        cluster: Cluster = request.getfixturevalue("cluster")
        record = Record.open(cluster.record())
    desk = desk_over(Settings(who="Somebody", clock=lambda: NOW, area="west_midlands"), record)
    making = Generating(record, desk.area, desk.caseload.agenda, desk.clock, desk.who)
    making.years(wanted_years(desk.clock, 1, meetings=20, seed=4, brief=True))
    yield request.param, desk
    record.close()


def test_the_page_has_every_list(small: tuple[str, Desk]) -> None:
    lists = {daily.name for daily in areas_lists.DAILY}
    assert set(named()) == lists - NOT_ON_THE_PAGE


def test_each_query_uses_the_index_that_the_page_names(small: tuple[str, Desk]) -> None:
    engine, desk = small
    page, ref = named(), desk.caseload.newest()[-1].ref
    looked_at = 0
    for daily in areas_lists.DAILY:
        if daily.name in NOT_ON_THE_PAGE:
            continue
        for query in areas_lists.asked(desk, daily, ref):
            said = page[daily.name].get(query.plain)
            if said is None:
                assert daily.name not in ("home", "opening a meeting"), query.plain
                continue
            index = re.match(r"`(\w+|ix_<kind>_meeting_id)`", said[COLUMNS[engine] - 1])
            if index is None:
                continue
            plan = areas_lists.plan(desk.caseload.record, query, without_scans=True)
            if "all its contents" in query.plain:  # one statement, so every part of it by an index
                assert not [line for line in plan if "Seq Scan" in line], plan
            used = areas_lists.indexes(plan)
            if (
                index[1] == OF_A_KIND
            ):  # or the one that its numbers are unique by: both say the meeting first
                used = [OF_A_KIND if BY_NUMBER.match(name) else name for name in used]
            if engine == "server" and index[1].startswith("ix_falls_due_"):
                # Of a few rows either will do: both have what it is and its day.
                used = [index[1] if name.startswith("ix_falls_due_") else name for name in used]
            assert index[1] in used, (daily.name, query.plain, plan)
            looked_at += 1
    assert looked_at > 40


def test_home_reads_nothing_from_end_to_end(small: tuple[str, Desk]) -> None:
    engine, _desk = small
    for name in ("home", "opening a meeting"):
        for query, cells in named()[name].items():
            assert "reads all" not in cells[COLUMNS[engine] - 1], query


def test_without_its_index_a_plan_is_another(small: tuple[str, Desk]) -> None:
    engine, desk = small
    if engine == "server":
        return  # there the index is its owner's to drop
    record, home = desk.caseload.record, areas_lists.DAILY[0]
    query = next(q for q in areas_lists.asked(desk, home, "") if "FROM sitting" in q.plain)
    assert areas_lists.indexes(areas_lists.plan(record, query)) == ["ix_sitting_held_on"]
    with record._writing() as connection:
        connection.exec_driver_sql("DROP INDEX ix_sitting_held_on")
        plan = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query.sql}", query.values)]  # fmt: skip
        connection.exec_driver_sql("CREATE INDEX ix_sitting_held_on ON sitting (held_on)")
    assert "SCAN sitting" in plan

"""What people open every day, each by the call that its screen or command makes, for
`benchmarks/areas.py`, and the queries that the program sends for it.

The queries are not written down here: they are those that are sent while a list is read, so that
what is explained is what is asked.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import event, text

from panelkit.services.desk import Desk
from panelkit.services.drafting import Drafting
from panelkit.services.timeline import Timeline
from panelkit.store.record import Record
from panelkit.store.rows import METADATA
from panelkit.store.tables import ENTRY_TABLES
from panelkit.tui.screens.findmeeting import FindMeeting
from panelkit.tui.screens.homeboard import read_board

PAGE: Final = 60
"""Rows of home that are read before it is shown."""


@dataclass(frozen=True, slots=True)
class Daily:
    """Something that is looked at every day."""

    name: str
    look: Callable[[Desk, str], object]
    """With a meeting's reference, for those that look at one."""
    reads_more: str = ""
    """What it reads beside what it shows; blank for nothing. It is timed only when asked for."""


def _queue(desk: Desk, _ref: str) -> object:
    drafting = Drafting(desk.minute_taking, desk.chairing)
    return drafting.queued(drafting.owed()[:30])


def _audits(desk: Desk, _ref: str) -> object:
    end = desk.audits.today() - timedelta(days=1)
    return desk.audits.queue(end - timedelta(days=89), end)


def _timeline(desk: Desk, ref: str) -> object:
    return Timeline(desk.caseload.record).of(ref.rpartition("-")[0])


DAILY: Final = (
    Daily("home", lambda desk, _ref: read_board(desk).rows(PAGE)),
    Daily("opening a meeting", lambda desk, ref: desk.chairing.load(ref)),
    Daily("meetings beside it", lambda desk, ref: desk.caseload.same_sitting(desk.caseload.find(ref))),
    Daily("find a meeting", lambda desk, _ref: FindMeeting(desk)),
    Daily("find one of a reference", lambda desk, ref: desk.caseload.newest(ref.rpartition("-")[0])),
    Daily("sittings", lambda desk, _ref: desk.planning.sittings()),
    Daily("meetings that may join a sitting", lambda desk, _ref: desk.planning.may_join()[:1]),
    Daily("the planning board", lambda desk, _ref: desk.demand.look()),
    Daily("the minute desk", _queue),
    Daily("what happened in a case", _timeline),
    Daily("panelkit list, its first hundred",
          lambda desk, _ref: list(itertools.islice(desk.caseload.each_listed(), 100)),
          "one line of every meeting, before the first hundred are read whole"),
    Daily("the audits of a quarter", _audits,
          "the meetings of the quarter: they are what is drawn from"),
    Daily("referrals", lambda desk, _ref: desk.referrals.every(), "every referral there ever was"),
    Daily("the key figures of a quarter", lambda desk, _ref: desk.key_figures.report(),
          "every meeting of the quarter and of the time before it that bears on it, whole"),
)  # fmt: skip
"""The first two have bounds; a test asks each of a small record whether it still uses its index."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One query, with the values it was sent with."""

    sql: str
    values: Any

    @property
    def plain(self) -> str:
        """The query on one line, with its columns and its values left out: what it looks for.

        That of one kind of typed content stands for those of every kind; on a server all the contents
        of meetings are one query.
        """
        found = re.sub(r"\s+", " ", self.sql).strip().replace("%%", "%")
        if WHOLE.match(found):
            found = WHOLE.sub("SELECT … all its contents … FROM meeting WHERE", found)
            return re.sub(r"%\(\w+\)s", "?", found)
        found = re.sub(r"^SELECT (?!count|DISTINCT).*? FROM ", "SELECT … FROM ", found)
        found = re.sub(r"%\(\w+\)s(::\w+)?", "?", found)
        found = re.sub(r"IN \(\?(, \?)*\)", "IN (?, …)", found).replace(" OFFSET ?", "")
        found = re.sub(r" WHERE (1 = 1|true)\b", "", found)
        found, kinds = KINDS.subn("SELECT … FROM <kind> WHERE <kind>.meeting_id", found)
        return found.partition(" ORDER BY ")[0] if kinds else found


WHOLE: Final = re.compile(r"^SELECT to_json\(meeting\) AS head, .* FROM meeting WHERE")
OWN_TABLE: Final = re.compile(r' FROM "?(\w+)')
KINDS: Final = re.compile(
    rf"SELECT … FROM (?P<kind>{'|'.join(ENTRY_TABLES)}) WHERE (?P=kind)\.meeting_id"
)


def asked(desk: Desk, daily: Daily, ref: str) -> list[Asked]:
    """The queries of one daily look, each once, in the order in which they are sent."""
    engine, seen = desk.caseload.record.engine, {}

    def note(
        _connection: Any, _cursor: Any, sql: str, values: Any, _context: Any, many: Any
    ) -> None:
        if sql.lstrip().upper().startswith("SELECT") and not many:
            one = Asked(sql, values)
            seen.setdefault(one.plain, one)

    event.listen(engine, "before_cursor_execute", note)
    try:
        daily.look(desk, ref)
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return list(seen.values())


def plan(record: Record, query: Asked, *, without_scans: bool = False) -> list[str]:
    """What the database would do for a query, a line for each step.

    ``without_scans`` asks a server for the plan it has when tables are large.
    """
    with record._reading() as connection:
        if not record.is_on_server:
            found = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query.sql}", query.values)
            return [str(row[3]) for row in found]
        if without_scans:
            connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        found = connection.exec_driver_sql(f"EXPLAIN (COSTS OFF) {query.sql}", query.values)
        lines = [str(row[0]) for row in found]
        return [line for line in lines if "Scan" in line or "Cond:" in line]


def indexes(lines: list[str]) -> list[str]:
    """The names of the indexes in a plan, each once."""
    known = re.compile(r"INDEX (\w+)|using (\w+) on|Index Scan on (\w+)")
    names = (name for line in lines for name in known.findall(line))
    named = dict.fromkeys(next(each for each in name if each) for name in names)
    return list(dict.fromkeys(KIND_INDEX.sub("ix_<kind>_meeting_id", name) for name in named))


KIND_INDEX: Final = re.compile(rf"ix_(?:{'|'.join(ENTRY_TABLES)})_meeting_id")
FEW: Final = 1000
"""Rows of a table that a server rightly reads from end to end."""


def scanned(record: Record, lines: list[str]) -> list[str]:
    """Tables that a plan reads from end to end, but for those that have few rows."""
    found = []
    for line in lines:
        told = re.match(r"SCAN (\w+)", line) or re.search(r"Seq Scan on \"?(\w+)", line)
        if (
            told
            and "USING" not in line
            and told[1] in METADATA.tables
            and _is_large(record, told[1])
        ):
            found.append(told[1])
    return list(dict.fromkeys(found))


def _is_large(record: Record, table: str) -> bool:
    with record._reading() as connection:
        rows = text(f'SELECT count(*) FROM (SELECT 1 FROM "{table}" LIMIT {FEW}) AS first')
        return bool(connection.execute(rows).scalar() == FEW)


def served(record: Record, query: Asked) -> str:
    """How a query is served, in words: its indexes by name, and what it reads from end to end."""
    lines = plan(record, query)
    own = OWN_TABLE.search(query.plain)
    read = own and re.compile(rf'Seq Scan on "?{own[1]}\b')
    if own and read and any(map(read.search, lines)) and not _is_large(record, own[1]):
        return "a table of few rows"  # an index that its rules go by is not how its rows are found
    by, whole = indexes(lines), scanned(record, lines)
    names = ", ".join(f"`{name}`" for name in by) or ("" if whole else "a table of few rows")
    return "; ".join(
        part for part in (names, f"reads all of {', '.join(whole)}" if whole else "") if part
    )

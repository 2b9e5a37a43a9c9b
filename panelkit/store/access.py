"""Who may open which case: asked for in the database itself whenever a case is read.

Whoever opened the record with a passphrase is a person; cases hidden from them are left out of
every reading of cases and meetings, so that no screen can forget it, and look like cases that
are not there. Where identity is only claimed nothing is hidden: a claim proves nothing.
"""

from __future__ import annotations

import uuid
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, exists, not_, or_, select, true
from sqlalchemy.sql.expression import ColumnClause

from panelkit.domain.errors import Refused
from panelkit.domain.people import Access
from panelkit.store import journal
from panelkit.store.keys import opened
from panelkit.store.tables import ACCESS, MEETING


def of_case(connection: Connection, case_id: str) -> dict[str, Access]:
    """What is said of a case, by the person's id."""
    found = connection.execute(select(ACCESS).where(ACCESS.c.case_id == case_id)).mappings()
    return {row["person_id"]: Access(row["said"]) for row in found}


def set_access(
    connection: Connection, case_id: str, person_id: str, said: Access | None
) -> list[journal.Change]:
    """Say it, or take back what was said with None. Raises Refused for one that says it of itself."""
    if opened(connection).person == person_id and said is not Access.BARRED:
        raise Refused("Nobody gives a case to themselves.", remedy="Ask another administrator.")
    there = of_case(connection, case_id).get(person_id)
    here = (ACCESS.c.case_id == case_id) & (ACCESS.c.person_id == person_id)
    if said is None:
        connection.execute(ACCESS.delete().where(here))
    elif there is None:
        row = {"id": str(uuid.uuid4()), "case_id": case_id, "person_id": person_id}
        connection.execute(ACCESS.insert(), row | {"said": str(said)})
    else:
        connection.execute(ACCESS.update().where(here), {"said": str(said)})
    salt = journal.new_salt()
    was, now = (journal.salted(str(each or ""), salt) for each in (there, said))
    field = str(said) if said else "neither"
    return [journal.Change("", "case", case_id, f"access {person_id} {field}", was, now)]


def may_open(connection: Connection, case_id: ColumnClause[Any]) -> ColumnElement[bool]:
    """That whoever opened the record may open the case in this column: for a WHERE."""
    who = opened(connection)
    if who.login:
        # The server leaves out what they may not open, in every table; it is asked nothing here.
        return true()
    person = who.person
    if not person:
        return true()
    here = ACCESS.c.case_id == case_id

    def said(what: Access) -> ColumnElement[bool]:
        return exists().where(here, ACCESS.c.said == str(what))

    def said_of_me(what: Access) -> ColumnElement[bool]:
        mine = ACCESS.c.person_id == person
        return exists().where(here, mine, ACCESS.c.said == str(what))

    return and_(
        not_(said_of_me(Access.BARRED)),
        or_(said_of_me(Access.MEMBER), not_(said(Access.MEMBER))),
    )


def may_open_meeting(connection: Connection, meeting_id: ColumnClause[Any]) -> ColumnElement[bool]:
    """The same of the meeting in this column."""
    may = may_open(connection, MEETING.c.case_id)
    return may if may.compare(true()) else meeting_id.in_(select(MEETING.c.id).where(may))

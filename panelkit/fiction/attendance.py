"""Who came to an invented meeting, who sent a report, and who was rung."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any

from panelkit.domain import entries as e
from panelkit.domain.vocabulary import (
    AgencyType,
    AttendanceStatus,
    InviteRole,
    MeetingRole,
    ReportStatus,
    YesNo,
)
from panelkit.fiction.cast import Cast
from panelkit.fiction.course import Held
from panelkit.fiction.histories import new_id
from panelkit.fiction.world import Organisation, Worker, World

DEPUTY = 0.07
"""Of those that come."""
LAY_ADVISER = 0.08
APOLOGIES = 0.6
"""Of those that neither came nor sent a report."""
RUNG = 0.7
"""Of the same: somebody rang their single point of contact."""


@dataclass(frozen=True, slots=True)
class There:
    """Everybody of one meeting."""

    people: tuple[e.Attendance, ...]
    came: tuple[tuple[Organisation, str], ...]
    """Organisations that came, with who spoke for them."""

    def has(self, agency: AgencyType) -> bool:
        """Whether an agency came."""
        return any(one.agency is agency for one, _name in self.came)


def there(
    world: World, cast: Cast, held: Held, stamp: dict[str, Any], began: datetime, chance: Random
) -> There:
    """Office holders first, then each organisation that was required; ``stamp`` says who typed it."""
    rows: list[e.Attendance] = list(_office(world, cast, stamp, chance))
    came: list[tuple[Organisation, str]] = []
    for one, usual in cast.at(held.level, held.where):
        row = _asked(world, one, usual, stamp, began, chance)
        rows.append(row)
        if row.status is not None and row.status.present:
            came.append((one, row.name))
    if chance.random() < LAY_ADVISER:
        rows.append(_lay(world, stamp, chance))
    numbered = tuple(replace(row, number=place) for place, row in enumerate(rows, 1))
    return There(numbered, tuple(came))


def _office(
    world: World, cast: Cast, stamp: dict[str, Any], chance: Random
) -> Iterator[e.Attendance]:
    at = world.of_agency[AgencyType.POL if "Detective" in cast.chair.role else AgencyType.PRB]
    for who, organisation, agency, role in (
        (cast.chair, at.name, at.agency, MeetingRole.CHAIR),
        (cast.minute_taker, world.unit, AgencyType.ADM, MeetingRole.MINUTE_TAKER),
    ):
        yield e.Attendance(
            id=new_id(chance), name=who.name, role=who.role, organisation=organisation, agency=agency,
            meeting_role=role, invited=InviteRole.REQUIRED, status=AttendanceStatus.ATTENDED,
            identity=YesNo.YES, private_space=YesNo.YES, **stamp,
        )  # fmt: skip


def _asked(
    world: World,
    one: Organisation,
    usual: Worker,
    stamp: dict[str, Any],
    began: datetime,
    chance: Random,
) -> e.Attendance:
    said: dict[str, Any] = {}
    who = usual
    if chance.random() * 100 < one.came:
        said = {
            "status": AttendanceStatus.ATTENDED,
            "identity": YesNo.YES,
            "private_space": YesNo.YES,
        }
        if len(one.staff) > 1 and chance.random() < DEPUTY:
            who = next(each for each in one.staff if each is not usual)
            said |= {"status": AttendanceStatus.DEPUTY, "deputy_for": usual.name}
    elif chance.random() * 100 < one.reports:
        said = {"status": AttendanceStatus.REPORT_ONLY, "report": ReportStatus.RECEIVED}
        said["report_on"] = began.date() - timedelta(days=chance.randint(1, 5))
    else:
        answered = chance.random() < APOLOGIES
        status = AttendanceStatus.APOLOGIES_NO_REPORT if answered else AttendanceStatus.NO_RESPONSE
        said = {"status": status, "report": ReportStatus.NONE}
        if chance.random() < RUNG:
            rung = began + timedelta(minutes=chance.randint(3, 12))
            said["spoc_contacted_at"] = f"{rung:%H:%M}"
            said["spoc_outcome"] = chance.choice(world.stock("narrative", "answered"))
    return e.Attendance(
        id=new_id(chance), name=who.name, role=who.role, organisation=one.name, agency=one.agency,
        meeting_role=MeetingRole.VICTIM_LIAISON if one.agency is AgencyType.VLO else MeetingRole.MEMBER,
        invited=InviteRole.REQUIRED, **said, **stamp,
    )  # fmt: skip


def _lay(world: World, stamp: dict[str, Any], chance: Random) -> e.Attendance:
    who = chance.choice(world.lay_advisers)
    return e.Attendance(
        id=new_id(chance), name=who.name, role=who.role, organisation=world.unit,
        agency=AgencyType.LAY, meeting_role=MeetingRole.MEMBER, invited=InviteRole.OBSERVER,
        status=AttendanceStatus.ATTENDED, identity=YesNo.YES, private_space=YesNo.YES, **stamp,
    )  # fmt: skip

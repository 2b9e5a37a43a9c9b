"""Who an invented case is about, and who is asked to its meetings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from panelkit.domain.case import Case
from panelkit.domain.vocabulary import AgencyType, Category, CustodyStatus, Level
from panelkit.fiction.course import Course
from panelkit.fiction.histories import new_id
from panelkit.fiction.world import Organisation, Worker, World


@dataclass(frozen=True, slots=True)
class Cast:
    """One case with its people."""

    case: Case
    lead: Organisation
    officer: Worker
    """Who leads."""
    asked: tuple[tuple[Organisation, Worker], ...]
    """To every meeting, with who comes for them."""
    asked_l3: tuple[tuple[Organisation, Worker], ...]
    """To one at Level 3 besides."""
    prison: tuple[Organisation, Worker]
    """While the individual is inside."""
    chair: Worker
    minute_taker: Worker
    said: Mapping[str, str]
    """What sentences are filled in with."""

    def at(self, level: Level, where: CustodyStatus) -> tuple[tuple[Organisation, Worker], ...]:
        """Everybody who is required at a meeting, the lead agency first."""
        found = self.asked + (self.asked_l3 if level is Level.THREE else ())
        if where is not CustodyStatus.COMMUNITY and self.prison not in found:
            found = (*found, self.prison)
        return found


def cast_of(world: World, course: Course, number: int, chance: Random) -> Cast:
    """Somebody, with a name that nobody has, and the organisations of the case."""
    case = _case(world, course, number, chance)
    is_child = case.is_child_on(course.accepted)
    police, probation = world.of_agency[AgencyType.POL], world.of_agency[AgencyType.PRB]
    leads = police if course.category is Category.ONE and chance.random() < 0.5 else probation
    usual, more = [leads], []
    for one in world.organisations:
        by_case = one.when == "child" and is_child
        if one is leads:
            continue
        lot = chance.random() * 100
        if lot < one.required or by_case:
            usual.append(one)
        elif lot < one.required_l3:
            more.append(one)
    asked, asked_l3 = (
        tuple((one, chance.choice(one.staff)) for one in each) for each in (usual, more)
    )
    prison = next(
        ((one, who) for one, who in (*asked, *asked_l3) if one.when == "custody"),
        (prisons := world.of_agency[AgencyType.PRI], chance.choice(prisons.staff)),
    )
    he = ("she", "her", "her", "She") if case.gender == "Female" else ("he", "him", "his", "He")
    said = dict(zip(("he", "him", "his", "He"), he, strict=True))
    said |= {"lead": asked[0][1].name, "lead_agency": leads.name}
    return Cast(
        case=case, lead=leads, officer=asked[0][1], asked=asked, asked_l3=asked_l3, prison=prison,
        chair=chance.choice(world.chairs), minute_taker=chance.choice(world.minute_takers), said=said,
    )  # fmt: skip


_AGES = {"16": 18, "18": 25, "25": 35, "35": 50, "50": 65, "65": 78}
"""Each band by the age that it ends before."""


def _case(world: World, course: Course, number: int, chance: Random) -> Case:
    gender = world.draw("gender", chance)
    people = world.people
    forename = chance.choice(people["female" if gender == "Female" else "male"])
    band = world.draw("age", chance)
    days = chance.randint(int(band) * 366, _AGES[band] * 365 - 1)
    street, town = chance.choice(people["streets"]), chance.choice(people["towns"])
    return Case(
        id=new_id(chance), ref=f"GN-{number:05}", category=course.category, fiction=True,
        name=f"{forename} {chance.choice(people['surnames'])}", born=_born(course.accepted, days),
        gender=gender, ethnicity=world.draw("ethnicity", chance), language="English",
        crn=f"X99{number:05}", visor_ref=f"MAPPS-GN-{number:05}",
        address=f"Flat {chance.randint(1, 40)}, {street}, {town}",
    )  # fmt: skip


def _born(day: date, days: int) -> date:
    return day - timedelta(days=days)

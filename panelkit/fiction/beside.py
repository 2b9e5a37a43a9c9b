"""What is about no case: meetings of the board, and figures that are entered by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Final

from panelkit.domain.area import Area
from panelkit.domain.manual_figures import ManualFigure
from panelkit.domain.meeting import By
from panelkit.domain.report_year import ReportQuarter, ReportYear
from panelkit.domain.smb import AtTheBoard, BoardMeeting, BoardPresence
from panelkit.domain.vocabulary import AgencyType
from panelkit.fiction.histories import new_id
from panelkit.fiction.world import World

SOURCE: Final = "Invented, with everything in this record"
_FIGURES: Final = {
    "T1.L1.C1": 6.06, "T1.L1.C2": 2.75, "T3": 0.1, "T4": 0.107, "T5.SHPO": 0.32, "T5.SHPO-TRAVEL": 0.003,
    "T5.NO": 0.002, "T6": 0.004, "T8.population": 4230.0,
}  # fmt: skip
"""For each meeting that is held in a year: the proportions of a published year of one area [V1]."""
_QUARTERLY: Final = {"SFO": 0.004, "SFO-REVIEW": 0.003, "SCR": 0.0008}


def boards(
    world: World, area: Area, first: date, until: date, by: By, chance: Random
) -> Iterator[BoardMeeting]:
    """One in each quarter, on a working day of its second month."""
    said = world.said["board"]
    for quarter in _quarters(first, until):
        day = quarter.start + timedelta(days=chance.randint(35, 55))
        while not area.calendar.is_working_day(day):
            day += timedelta(days=1)
        if not first <= day <= until:
            continue
        made = new_id(chance)
        there = []
        for name in said["members"]:
            one = world.of_agency[AgencyType[name]]
            came = chance.random() * 100 < said["came"].get(name, 92)
            deputy = chance.random() * 100 < said["sends_a_deputy"]
            presence = (
                (BoardPresence.DEPUTY if deputy else BoardPresence.ATTENDED) if came
                else BoardPresence.APOLOGIES if chance.random() < 0.7 else BoardPresence.ABSENT
            )  # fmt: skip
            there.append(
                AtTheBoard(
                    id=new_id(chance),
                    board_id=made,
                    organisation=one.name,
                    agency=one.agency,
                    presence=presence,
                )
            )
        yield BoardMeeting(
            id=made, held_on=day, typed_by=by.name, typed_at=by.at, there=tuple(there)
        )


def _quarters(first: date, until: date) -> Iterator[ReportQuarter]:
    quarter = ReportQuarter.of(first)
    while quarter.start <= until:
        yield quarter
        quarter = quarter.after


def figures(
    first: date, until: date, each_year: int, by: By, chance: Random
) -> Iterator[ManualFigure]:
    """Those of every year and quarter that ended in the days, entered and confirmed."""
    ended = [quarter for quarter in _quarters(first, until) if quarter.end <= until]
    for year in dict.fromkeys(quarter.year for quarter in ended):
        if year.end <= until:
            for name, many in _FIGURES.items():
                value = max(1, round(each_year * many * chance.uniform(0.95, 1.05)))
                yield _figure(year, name, value if many > 0.01 else value - 1, by, chance)
    for quarter in ended:
        for name, many in _QUARTERLY.items():
            value = sum(chance.random() < many for _ in range(max(1, each_year // 4)))
            yield _figure(quarter.year, f"Q{quarter.number}.{name}", value, by, chance)


def _figure(year: ReportYear, name: str, value: int, by: By, chance: Random) -> ManualFigure:
    population = name == "T8.population"
    return ManualFigure(
        id=new_id(chance), year=year, figure=name, value=value, source=SOURCE,
        reference="invented estimate" if population else "", entered_by="Invented co-ordinator",
        entered_id="Invented co-ordinator", entered_at=by.at, confirmed_by="Invented analyst",
        confirmed_id="Invented analyst", confirmed_at=by.at, revision=2,
    )  # fmt: skip

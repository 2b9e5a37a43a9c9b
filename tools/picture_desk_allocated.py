"""The record that pictures of who has what, and of referrals counted, are made from. All invented."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from picture_desks import office

from panelkit.domain.referrals import Screened, ScreenedBecause
from panelkit.domain.vocabulary import AgencyType, Level
from panelkit.services.desk import Desk

GAIL = "Gail Postern"
HELD = "HM-0212"
"""A case that went from one coordinator to another."""


def allocated(folder: Path) -> Desk:
    """The office's morning, with a second coordinator, and referrals answered in the spring."""
    desk = office(folder)
    _answered(desk)
    verbs, me = desk.allocating, desk.who
    for ref, who in (
        ("R-2", me),
        ("HM-0188", me),
        (HELD, GAIL),
        ("HM-0231", GAIL),
        ("HM-0098", me),
    ):
        verbs.allocate(ref, who)
    verbs.allocate(HELD, me, "Gail is on leave until 7 December")
    return desk


def _answered(desk: Desk) -> None:
    """Eight of the spring and the summer: most accepted as asked, two at another level, two rejected."""
    verbs = desk.referrals
    asked = (
        (date(2026, 4, 7), AgencyType.POL, Level.TWO, Level.TWO, date(2026, 4, 13)),
        (date(2026, 4, 20), AgencyType.PRB, Level.THREE, Level.TWO, date(2026, 4, 28)),
        (date(2026, 5, 5), AgencyType.PRB, Level.TWO, Level.TWO, date(2026, 5, 8)),
        (date(2026, 5, 18), AgencyType.POL, Level.TWO, None, date(2026, 5, 20)),
        (date(2026, 6, 1), AgencyType.POL, Level.TWO, Level.TWO, date(2026, 6, 4)),
        (date(2026, 7, 13), AgencyType.PRB, Level.THREE, Level.THREE, date(2026, 7, 15)),
        (date(2026, 8, 3), AgencyType.PRB, Level.TWO, None, date(2026, 8, 14)),
        (date(2026, 9, 7), AgencyType.PRB, Level.TWO, Level.THREE, date(2026, 9, 11)),
    )  # fmt: skip
    names = {AgencyType.POL: "Harrowmere Police", AgencyType.PRB: "Probation Service Harrowmere"}
    cases = iter(("HM-0188", "HM-0064", "HM-0098", "WM-0143", "HM-0177", "HM-0240"))
    for came, agency, level, given, said in asked:
        ref = verbs.receive(came, names[agency], agency, level).ref
        if given is None:
            verbs.decide(ref, Screened.REJECTED, ScreenedBecause.LEVEL_ONE, said)
            continue
        decision, why = Screened.ACCEPTED, ScreenedBecause.ADDS_VALUE
        if given != level:
            decision = Screened.ANOTHER_LEVEL
            why = ScreenedBecause.LOWER_ENOUGH if given < level else ScreenedBecause.SENIOR
        verbs.decide(ref, decision, why, said, level=given)
        verbs.led_to(ref, next(cases))

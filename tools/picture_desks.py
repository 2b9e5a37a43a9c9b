"""The fictional records that the pictures are made from."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

from panelkit.commands.scene import CHAIR, SceneClock, set_out
from panelkit.domain.manual_figures import BY_ID
from panelkit.domain.outcomes import OutcomeKind
from panelkit.domain.put_off import PutOffReason
from panelkit.domain.referrals import Claimed, Screened, ScreenedBecause
from panelkit.domain.report_year import ReportYear
from panelkit.domain.screening import Check, EligibleBy
from panelkit.domain.smb import BoardPresence
from panelkit.domain.vocabulary import AgeGroup, AgencyType, Category, Level, MeetingState
from panelkit.packs.reader import read_pack
from panelkit.services.desk import Desk
from panelkit.wiring import Settings, open_desk, sample_packs

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
REVIEW = "WM-0143-3"
YEAR = ReportYear.of(date(2026, 11, 18))
BOARD_DAY = date(2026, 9, 14)


def _desk(folder: Path, name: str, who: str) -> Desk:
    settings = Settings(who=who, clock=lambda: NOW)
    desk = open_desk(settings, folder / f"{name}.db", create=True, demo=True)
    return dataclasses.replace(desk, documents=folder / "panelkit-demo")


def _everything(desk: Desk) -> None:
    for sample in sample_packs():
        pack = read_pack(sample, desk.caseload.agenda)
        desk.caseload.take_in([*pack.earlier, pack.meeting])


def filled(folder: Path) -> Desk:
    """Every sample, at a moment that does not move."""
    desk = _desk(folder, "pictures", CHAIR)
    _everything(desk)
    return desk


def held(folder: Path) -> Desk:
    """The poor record as minutes, and somebody at the desk who neither chaired nor minuted it."""
    desk = _desk(folder, "held", "Joan Quill")
    path = next(path for path in sample_packs() if path.stem == "poor_record")
    pack = read_pack(path, desk.caseload.agenda)
    closed = dataclasses.replace(pack.meeting, state=MeetingState.CLOSED)
    desk.caseload.take_in([*pack.earlier, closed])
    return desk


def scene(folder: Path, name: str = "scene") -> Desk:
    """The demonstration's own record, at the moment when it opens."""
    clock = SceneClock(pace=0)
    settings = Settings(who=CHAIR, clock=clock)
    desk = open_desk(settings, folder / f"{name}.db", create=True, demo=True)
    packs = {path.stem: read_pack(path, desk.caseload.agenda) for path in sample_packs()}
    set_out(desk, clock, {name: [*p.earlier, p.meeting] for name, p in packs.items()})
    # Shown, and never written to.
    return dataclasses.replace(desk, documents=Path("panelkit-demo"))


def office(folder: Path) -> Desk:
    """A coordinator's, that same morning: with referrals, the board, a day put off and figures."""
    desk = scene(folder, "office").acting_as("Joan Quill")
    _referrals(desk)
    _board(desk)
    _figures(desk)
    put_off(desk)
    return desk


def day_one(folder: Path) -> Desk:
    """A coordinator's on the day when live cases are taken on."""
    return scene(folder, "day_one").acting_as("Joan Quill")


def _referrals(desk: Desk) -> None:
    verbs = desk.referrals
    came = (
        (date(2026, 11, 2), "Harrowmere Police", AgencyType.POL, Level.TWO),
        (date(2026, 11, 4), "Probation Service Harrowmere", AgencyType.PRB, Level.THREE),
        (date(2026, 11, 9), "Vale Cross Homes", AgencyType.RSL, Level.TWO),
        (date(2026, 11, 16), "Probation Service Harrowmere", AgencyType.PRB, Level.TWO),
    )
    claimed = Claimed(
        Category.TWO, EligibleBy.SENTENCE, AgeGroup.ADULT,
        {Check.VALUE: "yes: two agencies do not share what they know", Check.HIGH: "yes"},
    )  # fmt: skip
    for referral in came[:-1]:
        verbs.receive(*referral)
    verbs.receive(*came[-1], claimed=claimed)
    verbs.decide(
        "R-1", Screened.ACCEPTED, ScreenedBecause.ADDS_VALUE, date(2026, 11, 5), level=Level.TWO,
    )  # fmt: skip
    verbs.decide(
        "R-2", Screened.MORE_INFORMATION, ScreenedBecause.NO_ASSESSMENT, date(2026, 11, 10),
    )  # fmt: skip


def referral_table(desk: Desk) -> Path:
    """A table of two referrals; in one a child is marked as an adult."""
    desk.documents.mkdir(parents=True, exist_ok=True)
    path = desk.documents / "referrals.csv"
    path.write_text(
        "organisation,agency,level,received_on,category,eligible_by,date_of_birth,age,adds_value,high_risk\n"
        "Harrowmere Police,POL,2,2026-11-17,1,notification,1988-02-01,,yes,yes\n"
        "Vale Cross Homes,RSL,3,2026-11-17,2,sentence,2010-05-04,adult,yes,not known\n",
        encoding="utf-8",
    )
    return path


def _board(desk: Desk) -> None:
    verbs = desk.board_meetings
    verbs.add(BOARD_DAY)
    names = (
        ("Harrowmere Police", AgencyType.POL, BoardPresence.ATTENDED),
        ("Probation Service Harrowmere", AgencyType.PRB, BoardPresence.ATTENDED),
        ("HM Prison Vale Cross", AgencyType.PRI, BoardPresence.DEPUTY),
        ("Harrowmere City Council Housing", AgencyType.LHA, BoardPresence.APOLOGIES),
    )
    for name, kind, presence in names:
        verbs.came(BOARD_DAY, name, kind, presence)


def _figures(desk: Desk) -> None:
    desk.histories.derive()
    desk.histories.happened(
        "HM-0098", OutcomeKind.RETURNED_LICENCE, date(2026, 11, 12), "curfew broken twice"
    )
    desk.annual.set_figure(
        YEAR, BY_ID["T8.population"].id, "2540000", source="mid-year estimate",
        reference="table 1",
    )  # fmt: skip
    desk.annual.set_figure(YEAR, BY_ID["T3"].id, "62", source="the police's own count")


def put_off(desk: Desk) -> str:
    """Reference of a planned meeting that was postponed once and has its day back."""
    ref = next(m.ref for m in desk.caseload.every() if m.state is MeetingState.PLANNED)
    if not desk.putting_off.of(ref)[1]:
        desk.putting_off.postpone(ref, date(2026, 12, 7), PutOffReason.STAFFING)
        desk.putting_off.undo(ref, 1, "A deputy can chair on the day.")
    return ref


MADE: dict[str, Callable[[Path], Desk]] = {
    "scene": scene, "filled": filled, "held": held, "office": office, "day_one": day_one,
}  # fmt: skip
"""By name, what makes the record."""

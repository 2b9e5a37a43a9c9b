"""A record with meetings in several quarters, some of them audited; all of it invented."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from panelkit.domain.meeting import Meeting
from panelkit.domain.vocabulary import MeetingState
from panelkit.packs.reader import read_pack
from panelkit.services.audits import Audits
from panelkit.services.desk import Desk
from tests.desk import SAMPLES

KINDS = ("l2_initial", "poor_record", "l3_review", "category_four")
AUDITORS = ("Dana Pryce", "Owen Brandt")


def one_more(folder: Path, sample: str, ref: str, held_on: date) -> Meeting:
    """The meeting of a sample as another case's, on another day, closed."""
    text = (SAMPLES / f"{sample}.toml").read_text(encoding="utf-8")
    was = re.search(r'^ref = "([^"]+)"', text, re.MULTILINE)
    assert was is not None
    path = folder / f"{ref}.toml"
    path.write_text(text.replace(was[1], ref), encoding="utf-8")
    meeting = read_pack(path).meeting
    return dataclasses.replace(meeting, held_on=held_on, state=MeetingState.CLOSED)


def fill(desk: Desk, folder: Path, days: Iterable[date], kinds: tuple[str, ...] = KINDS) -> None:
    """One meeting a day, of each kind in turn."""
    for number, day in enumerate(days):
        ref = f"ZZ-{number + 1:04d}"
        desk.caseload.take_in([one_more(folder, kinds[number % len(kinds)], ref, day)])


def audit(
    desk: Desk, meeting: Meeting, form: str, answers: dict[str, str], auditor: str = AUDITORS[0]
) -> None:
    """An audit with these answers, overruled where the record says otherwise, finished."""
    audits = Audits(desk.caseload.record, desk.caseload.area, desk.caseload.clock, auditor)
    one = audits.begin(meeting, form)
    for question, option in answers.items():
        given = one.mark(question).given
        if given and given != option:
            one = audits.overrule(one, question, option, "Seen otherwise.")
        else:
            one = audits.answer(one, question, option)
    audits.finish(one)

"""Dates and owners in the forms that people write."""

from __future__ import annotations

from datetime import date

import pytest

from panelkit.documents.foreign.deeds import Setting, parse
from panelkit.domain.said_dates import find_dates, find_time
from panelkit.domain.timescales import WeekdaysOnly

HELD = date(2026, 3, 5)
SETTING = Setting(HELD, ("DC Anita Rowe", "Jay Patel", "Ffion Price"), WeekdaysOnly())


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("12/3/26", date(2026, 3, 12)), ("12/3", date(2026, 3, 12)), ("12.03.2026", date(2026, 3, 12)), ("12-03-26", date(2026, 3, 12)), ("2026-03-12", date(2026, 3, 12)),
        ("12th March", date(2026, 3, 12)), ("the 12th of March 2026", date(2026, 3, 12)), ("Thu 12 Mar", date(2026, 3, 12)), ("Thursday, 12th March 2026", date(2026, 3, 12)),
        ("March 12th, 2026", date(2026, 3, 12)), ("12 Mar '26", date(2026, 3, 12)), ("12 Sept.", date(2026, 9, 12)), ("4th Jan", date(2027, 1, 4)),
        ("before 12 March", date(2026, 3, 11)), ("on or before 12 March", date(2026, 3, 12)), ("w/c 16 March", date(2026, 3, 16)), ("within 2 weeks", date(2026, 3, 19)),
        ("by Friday", date(2026, 3, 6)), ("12th Feb", date(2026, 2, 12)),
    ],
)  # fmt: skip
def test_a_date_in_any_usual_form_is_read_day_first(words: str, day: date) -> None:
    said = find_time(words, HELD)
    assert said is not None
    assert said.day == day


@pytest.mark.parametrize(
    "words",
    ["by next meeting", "ASAP", "ongoing", "TBC", "in due course", "at the next review", "immediately", "N/A"],
)  # fmt: skip
def test_words_about_time_are_understood_and_no_date(words: str) -> None:
    said = find_time(words, HELD)
    assert said is not None
    assert (said.day, said.problem) == (None, "")


@pytest.mark.parametrize("words", ["31/2/26", "3/14/26", "1st wk of Marhc", "by next Friday"])
def test_what_is_not_understood_says_so(words: str) -> None:
    said = find_time(words, HELD)
    assert said is not None
    assert said.day is None
    assert said.problem


def test_a_weekday_that_does_not_fit_makes_a_date_a_guess() -> None:
    (said,) = find_dates("Fri 12 March 2026", HELD)  # a Thursday
    assert (said.day, str(said.sure)) == (date(2026, 3, 12), "guess")


def test_a_date_without_a_year_and_without_a_meeting_is_not_guessed() -> None:
    (said,) = find_dates("12 March", None)
    assert said.day is None
    assert said.problem


@pytest.mark.parametrize(
    "words",
    ["2 may attend", "ratio 3.5", "at 10.30", "s.327A", "Article 8(2)", "18 months", "£12/3"],
)
def test_figures_that_are_no_date_are_left(words: str) -> None:
    assert find_dates(words, HELD) == ()


@pytest.mark.parametrize(
    ("line", "text", "owner", "organisation", "due"),
    [
        ("DC Rowe to visit unannounced by 12/3/26.", "Visit unannounced", "DC Anita Rowe", "", date(2026, 3, 12)),
        ("Action: DC Rowe by 12/3", "", "DC Anita Rowe", "", date(2026, 3, 12)),
        ("ACTION – Check the tenancy (Jay Patel, 12 March)", "Check the tenancy", "Jay Patel", "", date(2026, 3, 12)),
        ("3.2 To refer to MARAC – Police – ongoing", "Refer to MARAC", "", "Police", None),
        ("Police (DC Rowe) to submit intelligence by next meeting", "Submit intelligence", "DC Anita Rowe", "Police", None),
        ("FP/JP to meet w/c 16 March", "Meet", "Ffion Price and Jay Patel", "", date(2026, 3, 16)),
        ("All agencies to share information ASAP", "Share information", "All agencies", "", None),
        ("Exclusion zone to be requested by probation by 12 March 2026", "Exclusion zone to be requested", "", "probation", date(2026, 3, 12)),
        ("Check the tenancy. Owner: Jay Patel. Due: 9th March", "Check the tenancy", "Jay Patel", "", date(2026, 3, 9)),
        ("Housing Options and Children's Services to hold a visit", "Hold a visit", "", "Housing Options and Children's Services", None),
        ("Chair to write to the Chief Constable by 30.3.26", "Write to the Chief Constable", "Chair", "", date(2026, 3, 30)),
    ],
)  # fmt: skip
def test_who_is_to_do_what_by_when(
    line: str, text: str, owner: str, organisation: str, due: date | None
) -> None:
    action = parse(line, SETTING)
    assert (action.text, action.owner, action.organisation, action.due) == (text, owner, organisation, due)  # fmt: skip


def test_a_date_in_the_middle_is_no_due_date() -> None:
    action = parse("Visit of 12/3 to be recorded", SETTING)
    assert "due" in action.doubts

"""An empty record filled with invented cases: plausible years, or one whose tables are asked for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from panelkit.commands.kpi import day_of
from panelkit.commands.printing import say
from panelkit.domain.errors import BadInput, NotFound
from panelkit.domain.fields import long_date
from panelkit.domain.report_year import ReportQuarter, ReportYear
from panelkit.wiring import Settings, area_of, open_record, who_works

if TYPE_CHECKING:
    from panelkit.services.generating import Generating

LARGEST = 1_000_000
"""Bytes of a totals file; a real one has some hundreds."""


@contextmanager
def _generating(settings: Settings) -> Iterator[Generating]:
    """On the record that is named; a missing one is made where --db says."""
    from panelkit.services.generating import Generating

    record = open_record(settings, settings.database, create=settings.is_named)
    try:
        area, agenda = area_of(settings, record)
        yield Generating(record, area, agenda, settings.clock, who_works(settings, record))
    finally:
        record.close()


def years(
    settings: Settings, many: int, *, meetings: int, until: str, growth: int, seed: int, brief: bool
) -> int:
    """Plausible years up to a day."""
    from panelkit.services.generating import wanted_years

    wanted = wanted_years(
        settings.clock, many, meetings=meetings, until=day_of(until, "--until"), growth=growth,
        seed=seed, brief=brief,
    )  # fmt: skip
    with _generating(settings) as generating:
        made = generating.years(wanted)
    say(
        f"{made.cases} invented cases, {made.meetings} meetings held, {made.emergencies} of them "
        f"emergency panels, {made.referrals} referrals, {long_date(made.first)} to {long_date(made.until)}."
    )
    say("Everybody in it is invented, and every page of it says so.")
    quarter = ReportQuarter.of(made.until)
    say(
        f"Look at it with panelkit stats annual --year {ReportYear.of(made.until).label} and "
        f"panelkit stats quarterly --quarter {quarter.label}."
    )
    return 0


def generate(settings: Settings, totals: Path, seed: int) -> int:
    """Cases whose annual tables come out as the file asks."""
    from panelkit.stats.totals import totals_of

    asked = totals_of(_read(totals))
    with _generating(settings) as generating:
        made = generating.year(asked, seed)
    say(
        f"{made.cases} invented cases, {made.meetings} meetings, {made.events} events of {asked.year.label}."
    )
    if asked.has_level_one:
        say("Level 1 of T1 is counted from no case: enter it with panelkit stats set.")
    say(f"Look at them with panelkit stats annual --year {asked.year.label}.")
    return 0


def _read(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST:
            raise BadInput(f"{path.name} is too large for a totals file.")
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise NotFound(f"There is no file {path.name}.", remedy="Name it with --totals.") from None
    except (OSError, UnicodeDecodeError):
        raise BadInput(f"{path.name} cannot be read as text.", remedy="Name a JSON file.") from None

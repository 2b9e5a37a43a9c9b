"""The commands about figures of a year: tables, manual figures, the histories they are counted from."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from panelkit.cli_options import AreaName, Db, Json, Who, settings_of
from panelkit.commands import generate as generating
from panelkit.commands import histories, stats
from panelkit.commands import quarterly as board_figures
from panelkit.domain.errors import BadInput

about_stats = typer.Typer(help="The annual tables, and what they are counted from.")

Year = Annotated[str, typer.Argument(help="A report year, such as 2022-23.")]
Figure = Annotated[
    str, typer.Argument(help="Such as T3 or T8.population; docs/figures.md has all.")
]
Case = Annotated[str, typer.Argument(help="A case’s reference.")]
Because = Annotated[str, typer.Option("--because", help="Why it is entered by hand, in words.")]


@about_stats.command()
def annual(
    context: typer.Context,
    year: Annotated[str, typer.Option("--year", help="A report year, such as 2022-23.")],
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", help="A file that ends in .docx, .xlsx or .csv."),
    ] = None,
    as_json: Json = False,
    db: Db = "",
    area: AreaName = "",
    who: Who = "",
) -> None:
    """Print the eight tables of an annual report, or write the report (Word), a workbook or CSV."""
    raise typer.Exit(
        stats.annual(settings_of(context, db, area, who), year, output, as_json=as_json)
    )


@about_stats.command()
def quarterly(
    context: typer.Context,
    quarter: Annotated[
        str, typer.Option("--quarter", help="A quarter of a report year, such as 2022-23-Q3.")
    ],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="A file that ends in .docx or .csv.")
    ] = None,
    leaving: Annotated[
        bool, typer.Option("--outside", help="To leave the area: small numbers withheld.")
    ] = False,
    quick: Annotated[
        bool, typer.Option("--quick", help="Without the defects, for which all minutes are read.")
    ] = False,
    as_json: Json = False,
    db: Db = "",
    area: AreaName = "",
    who: Who = "",
) -> None:
    """Print a quarter's figures beside the three quarters before, or write the board's report (Word)."""
    raise typer.Exit(
        board_figures.quarterly(
            settings_of(context, db, area, who), quarter, output,
            leaving=leaving, quick=quick, as_json=as_json,
        )
    )  # fmt: skip


@about_stats.command("set")
def set_(
    context: typer.Context,
    year: Year,
    figure: Figure,
    value: Annotated[str, typer.Argument(help="A whole number.")],
    source: Annotated[str, typer.Option("--source", help="Where it comes from.")],
    as_at: Annotated[str, typer.Option("--as-at", help="The day it holds for, 2023-03-31.")] = "",
    reference: Annotated[str, typer.Option("--reference", help="What the source calls it.")] = "",
    published: Annotated[str, typer.Option("--published", help="The day it was published.")] = "",
    db: Db = "",
    area: AreaName = "",
    who: Who = "",
) -> None:
    """Enter a figure that the record cannot know; a second person confirms it."""
    raise typer.Exit(
        stats.set_figure(
            settings_of(context, db, area, who), year, figure, value,
            source=source, as_at=as_at, reference=reference, published=published,
        )
    )  # fmt: skip


@about_stats.command()
def confirm(
    context: typer.Context, year: Year, figure: Figure, db: Db = "", area: AreaName = "", who: Who = ""
) -> None:  # fmt: skip
    """Confirm a figure that somebody else entered."""
    raise typer.Exit(stats.confirm(settings_of(context, db, area, who), year, figure))


@about_stats.command("who")
def behind(
    context: typer.Context,
    year: Year,
    table: Annotated[str, typer.Argument(help="Such as T2.")],
    row: Annotated[str, typer.Argument(help="Such as 'Level 2'.")],
    column: Annotated[str, typer.Argument(help="Such as 'Category 1' or Total.")],
    as_json: Json = False,
    db: Db = "",
    area: AreaName = "",
    who: Who = "",
) -> None:
    """List the cases behind a cell."""
    settings = settings_of(context, db, area, who)
    raise typer.Exit(stats.who(settings, year, table, row, column, as_json=as_json))


@about_stats.command()
def publish(
    context: typer.Context, year: Year, db: Db = "", area: AreaName = "", who: Who = ""
) -> None:
    """Keep the tables of a year as they are published; letting cases go changes them no more."""
    raise typer.Exit(stats.publish(settings_of(context, db, area, who), year))


@about_stats.command()
def history(
    context: typer.Context, case: Case, as_json: Json = False, db: Db = "", who: Who = ""
) -> None:
    """Show level, category, whereabouts and events of a case."""
    raise typer.Exit(histories.show(settings_of(context, db, who=who), case, as_json=as_json))


@about_stats.command()
def span(
    context: typer.Context,
    case: Case,
    kind: Annotated[str, typer.Argument(help="level, category or whereabouts.")],
    value: Annotated[str, typer.Argument(help="Such as 2, or community.")],
    first: Annotated[str, typer.Option("--from", help="The first day.")],
    because: Because,
    last: Annotated[str, typer.Option("--to", help="The last day; without it, it holds.")] = "",
    reason: Annotated[str, typer.Option("--reason", help="Why it began: a code.")] = "",
    db: Db = "",
    who: Who = "",
) -> None:
    """Enter by hand what held of a case, where no meeting decided it."""
    raise typer.Exit(
        histories.span(
            settings_of(context, db, who=who), case, kind, value,
            first=first, last=last, reason=reason, because=because,
        )
    )  # fmt: skip


@about_stats.command()
def leave(
    context: typer.Context,
    case: Case,
    day: Annotated[str, typer.Option("--on", help="The first day without a level.")],
    reason: Annotated[str, typer.Option("--reason", help="Why: a code, such as transferred_out.")],
    because: Because,
    db: Db = "",
    who: Who = "",
) -> None:
    """Enter by hand that a case left, where no meeting decided it."""
    raise typer.Exit(
        histories.leave(
            settings_of(context, db, who=who), case, day=day, reason=reason, because=because
        )
    )


@about_stats.command()
def correct(
    context: typer.Context,
    case: Case,
    line: Annotated[str, typer.Argument(help="The number that history shows: 2, or E1.")],
    because: Because,
    value: Annotated[str, typer.Option("--value", help="What held.")] = "",
    first: Annotated[str, typer.Option("--from", help="The first day.")] = "",
    last: Annotated[str, typer.Option("--to", help="The last day, or open.")] = "",
    withdraw: Annotated[bool, typer.Option("--withdraw", help="It never was.")] = False,
    db: Db = "",
    who: Who = "",
) -> None:
    """Correct a line of a history, or withdraw it; both stay in sight."""
    raise typer.Exit(
        histories.correct(
            settings_of(context, db, who=who), case, line,
            value=value, first=first, last=last, because=because, withdraw=withdraw,
        )
    )  # fmt: skip


@about_stats.command()
def event(
    context: typer.Context,
    case: Case,
    kind: Annotated[
        str, typer.Argument(help="returned_licence, returned_shpo, charged or convicted.")
    ],
    day: Annotated[str, typer.Option("--on", help="The day of it.")],
    note: Annotated[str, typer.Option("--note", help="Where it was heard of.")] = "",
    db: Db = "",
    who: Who = "",
) -> None:
    """Enter that somebody was returned to custody, or a further offence."""
    raise typer.Exit(
        histories.event(settings_of(context, db, who=who), case, kind, day=day, note=note)
    )


@about_stats.command()
def derive(context: typer.Context, as_json: Json = False, db: Db = "", who: Who = "") -> None:
    """Work the histories out from meetings held before the record kept them."""
    raise typer.Exit(histories.derive(settings_of(context, db, who=who), as_json=as_json))


def generate(
    context: typer.Context,
    years: Annotated[
        int, typer.Option("--years", help="So many years of plausible work, from 1 to 20.")
    ] = 0,
    meetings: Annotated[
        int, typer.Option("--meetings", help="With --years: held in the first year, about.")
    ] = 600,
    growth: Annotated[
        int, typer.Option("--growth", help="With --years: in a hundred, more each year.")
    ] = 6,
    until: Annotated[
        str, typer.Option("--until", help="With --years: the last day; else the last 31 March.")
    ] = "",
    brief: Annotated[
        bool,
        typer.Option("--brief", help="With --years: without the words that no figure needs."),
    ] = False,
    totals: Annotated[
        Path | None,
        typer.Option("--totals", help="A JSON file: the annual tables that are to come out."),
    ] = None,
    seed: Annotated[int, typer.Option("--seed", help="The same makes the same people.")] = 1,
    db: Db = "",
    area: AreaName = "",
    who: Who = "",
) -> None:
    """Fill an empty record with invented cases: plausible years, or tables that are asked for."""
    settings = settings_of(context, db, area, who)
    if totals is not None:
        given = (years, meetings, growth, until, brief)
        if given != (0, 600, 6, "", False):
            raise BadInput(
                "--totals goes with --seed alone.", remedy="Leave the other options out."
            )
        raise typer.Exit(generating.generate(settings, totals, seed))
    if not years:
        raise BadInput("Say what is to be made.", remedy="With --years N, or --totals FILE.json.")
    raise typer.Exit(
        generating.years(
            settings, years, meetings=meetings, until=until, growth=growth, seed=seed, brief=brief
        )
    )

"""The commands about who has which referral and case, and the analysis of referrals."""

from __future__ import annotations

from typing import Annotated

import typer

from panelkit.cli_options import AreaName, Db, Json, Who, settings_of
from panelkit.cli_referrals import Referral, about_referrals
from panelkit.commands import allocating, referral_analysis

Thing = Annotated[str, typer.Argument(help="A referral, R-0012, or a case, WM-0143.")]


def allocate(
    context: typer.Context,
    ref: Thing,
    name: Annotated[str, typer.Argument(help="The coordinator who has it from now on.")] = "",
    because: Annotated[
        str, typer.Option("--because", help="Why, where somebody had it: no name of an individual.")
    ] = "",
    nobody: Annotated[bool, typer.Option("--nobody", help="Nobody has it from now on.")] = False,
    db: Db = "",
    area: AreaName = "",
    who: Who = "",
) -> None:
    """Give a referral or a case to a coordinator; who had it before stays in sight, with the reason."""
    settings = settings_of(context, db, area, who)
    raise typer.Exit(allocating.allocate(settings, ref, name, nobody=nobody, because=because))


def allocated(
    context: typer.Context,
    ref: Thing,
    as_json: Json = False,
    db: Db = "",
    area: AreaName = "",
    who: Who = "",
) -> None:
    """Show who has a referral or a case, and who had it: from whom to whom, when, by whom and why."""
    settings = settings_of(context, db, area, who)
    raise typer.Exit(allocating.allocated(settings, ref, as_json=as_json))


def load(
    context: typer.Context,
    name: Annotated[
        str, typer.Argument(help="One coordinator, or nobody: everything that is with them.")
    ] = "",
    as_json: Json = False,
    db: Db = "",
    area: AreaName = "",
    who: Who = "",
) -> None:
    """List what each coordinator has, by name, after what nobody has."""
    settings = settings_of(context, db, area, who)
    raise typer.Exit(allocating.load(settings, name, as_json=as_json))


@about_referrals.command("again")
def referral_again(
    context: typer.Context,
    ref: Referral,
    earlier: Annotated[
        str, typer.Argument(help="The earlier referral; nothing for none after all.")
    ] = "",
    db: Db = "",
    area: AreaName = "",
    who: Who = "",
) -> None:
    """Say that a referral is about the same individual as an earlier one, without a name."""
    raise typer.Exit(allocating.again(settings_of(context, db, area, who), ref, earlier))


@about_referrals.command("analysis")
def referral_analysis_(
    context: typer.Context,
    start: Annotated[
        str, typer.Option("--from", help="First day of the answer; else a year ago.")
    ] = "",
    end: Annotated[str, typer.Option("--to", help="Last day; else the end of this quarter.")] = "",
    quarter: Annotated[str, typer.Option("--quarter", help="A quarter, 2026-27-Q3.")] = "",
    outside: Annotated[
        bool, typer.Option("--outside", help="To leave the area: small numbers withheld.")
    ] = False,
    refs: Annotated[
        bool, typer.Option("--refs", help="Under each line the referrals that it counts.")
    ] = False,
    as_json: Json = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="As CSV, on standard output.")] = False,
    db: Db = "",
    area: AreaName = "",
    who: Who = "",
) -> None:
    """Count what was asked for and given, days to the answer, and levels that changed afterwards."""
    settings = settings_of(context, db, area, who)
    raise typer.Exit(
        referral_analysis.analysis(
            settings,
            start,
            end,
            quarter,
            outside=outside,
            refs=refs,
            as_json=as_json,
            as_csv=as_csv,
        )
    )


def add_to(app: typer.Typer) -> None:
    """All of them."""
    app.command()(allocate)
    app.command()(allocated)
    app.command()(load)

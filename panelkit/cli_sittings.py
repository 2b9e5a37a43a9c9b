"""The commands about sittings: planned, checked, written out, sent; capacity against demand."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from panelkit.cli_options import AreaName, Db, Json, Templates, Who, settings_of
from panelkit.commands import demand as demanded
from panelkit.commands import sittings

about_sittings = typer.Typer(help="Sittings: who chairs, for how long, which cases; their papers.")

Sitting = Annotated[
    str, typer.Argument(help="Its day, such as 2026-11-30, or its reference, such as S-3FA9C2.")
]
Day = Annotated[str, typer.Argument(help="The day, such as 2026-11-30.")]
Starts = Annotated[str, typer.Argument(help="When it starts, such as 10:00.")]
Ref = Annotated[str, typer.Argument(help="A case whose review is due, or a planned meeting.")]
Until = Annotated[str, typer.Option("--until", help="Until when it is booked, such as 13:00.")]
Chair = Annotated[
    str, typer.Option("--chair", help='Who chairs it: "DI Sam Okoro, Harrowmere Police".')
]
Taker = Annotated[str, typer.Option("--minute-taker", help="Who takes its minutes, likewise.")]
LevelSaid = Annotated[str, typer.Option("--level", help="2, 3 or both.")]
ModeSaid = Annotated[str, typer.Option("--mode", help="remote, hybrid or in_person.")]
Name = Annotated[str, typer.Option("--name", help="Such as Monday panel.")]
What = Annotated[str, typer.Argument(help="invitation, papers or joining.")]


@about_sittings.command("list")
def sitting_list(
    context: typer.Context,
    past: Annotated[bool, typer.Option("--past", help="Those that are over too.")] = False,
    as_json: Json = False,
    db: Db = "",
    area: AreaName = "",
    who: Who = "",
) -> None:
    """List sittings to come with what is free of each."""
    settings = settings_of(context, db, area, who)
    raise typer.Exit(sittings.every(settings, past=past, as_json=as_json))


@about_sittings.command("show")
def sitting_show(
    context: typer.Context,
    sitting: Sitting,
    as_json: Json = False,
    db: Db = "",
    area: AreaName = "",
    who: Who = "",
) -> None:
    """Show a sitting: its meetings in order, what was sent, what does not fit."""
    settings = settings_of(context, db, area, who)
    raise typer.Exit(sittings.show(settings, sitting, as_json=as_json))


@about_sittings.command("plan")
def sitting_plan(
    context: typer.Context,
    day: Day,
    starts: Starts,
    until: Until = "",
    chair: Chair = "",
    minute_taker: Taker = "",
    level: LevelSaid = "",
    mode: ModeSaid = "",
    name: Name = "",
    db: Db = "",
    area: AreaName = "",
    who: Who = "",
) -> None:
    """Plan a sitting; what does not fit is said and stops nothing."""
    settings = settings_of(context, db, area, who)
    said = {
        "until": until, "chair": chair, "minute_taker": minute_taker, "level": level, "mode": mode,
        "name": name,
    }  # fmt: skip
    raise typer.Exit(sittings.plan(settings, day, starts, said=said))


@about_sittings.command("change")
def sitting_change(
    context: typer.Context,
    sitting: Sitting,
    day: Annotated[str, typer.Option("--on", help="Another day.")] = "",
    starts: Annotated[str, typer.Option("--starts", help="Another start.")] = "",
    until: Until = "",
    chair: Chair = "",
    minute_taker: Taker = "",
    level: LevelSaid = "",
    mode: ModeSaid = "",
    name: Name = "",
    db: Db = "",
    area: AreaName = "",
    who: Who = "",
) -> None:
    """Change a sitting; its meetings that have not begun follow."""
    settings = settings_of(context, db, area, who)
    said = {
        "until": until, "chair": chair, "minute_taker": minute_taker, "level": level, "mode": mode,
        "name": name,
    }  # fmt: skip
    raise typer.Exit(sittings.change(settings, sitting, day=day, starts=starts, said=said))


@about_sittings.command("add")
def sitting_add(
    context: typer.Context,
    sitting: Sitting,
    ref: Ref,
    db: Db = "",
    area: AreaName = "",
    who: Who = "",
) -> None:
    """List a case in a sitting, last: its review is made, a planned meeting is put there."""
    raise typer.Exit(sittings.add(settings_of(context, db, area, who), sitting, ref))


@about_sittings.command("take-out")
def sitting_take_out(
    context: typer.Context,
    sitting: Sitting,
    ref: Annotated[str, typer.Argument(help="A meeting of it, such as WM-0143-4.")],
    db: Db = "",
    area: AreaName = "",
    who: Who = "",
) -> None:
    """Take a planned meeting out of a sitting; the meeting stays."""
    raise typer.Exit(sittings.take_out(settings_of(context, db, area, who), sitting, ref))


@about_sittings.command("check")
def sitting_check(
    context: typer.Context,
    sitting: Annotated[str, typer.Argument(help="Its day or reference; else all to come.")] = "",
    as_json: Json = False,
    db: Db = "",
    area: AreaName = "",
    who: Who = "",
) -> None:
    """Check sittings: one person or case in two places, more than fits; 1 while something clashes."""
    settings = settings_of(context, db, area, who)
    raise typer.Exit(sittings.check(settings, sitting, as_json=as_json))


@about_sittings.command("joining")
def sitting_joining(
    context: typer.Context,
    sitting: Sitting,
    source: Annotated[str, typer.Option("--from", help="A text file; - is standard input.")] = "",
    clear: Annotated[bool, typer.Option("--clear", help="There are none.")] = False,
    db: Db = "",
    area: AreaName = "",
    who: Who = "",
) -> None:
    """Keep how a sitting is joined; it is printed in invitations and nowhere else."""
    settings = settings_of(context, db, area, who)
    raise typer.Exit(sittings.joining(settings, sitting, source, clear=clear))


@about_sittings.command("papers")
def sitting_papers(
    context: typer.Context,
    sitting: Sitting,
    output: Annotated[Path, typer.Option("-o", "--output", help="The folder.")],
    kinds: Annotated[
        list[str] | None,
        typer.Option("--kind", help="invitations, calendars, agendas, list; else all."),
    ] = None,
    db: Db = "",
    area: AreaName = "",
    who: Who = "",
    templates: Templates = "",
) -> None:
    """Write the papers of a sitting: letters, calendar files, agendas, the papers list."""
    settings = settings_of(context, db, area, who, templates)
    raise typer.Exit(sittings.papers(settings, sitting, output, kinds or ()))


@about_sittings.command("sent")
def sitting_sent(
    context: typer.Context,
    sitting: Sitting,
    what: What,
    organisations: Annotated[
        list[str] | None,
        typer.Argument(help="Organisations, or parts of their names; else all it is owed to."),
    ] = None,
    on: Annotated[str, typer.Option("--on", help="The day; else today.")] = "",
    db: Db = "",
    area: AreaName = "",
    who: Who = "",
) -> None:
    """Say that invitations, papers or joining instructions were sent: the program sends nothing."""
    settings = settings_of(context, db, area, who)
    raise typer.Exit(sittings.sent(settings, sitting, what, organisations or (), on=on))


@about_sittings.command("not-sent")
def sitting_not_sent(
    context: typer.Context,
    sitting: Sitting,
    what: What,
    organisation: Annotated[str, typer.Argument(help="Or a part of its name.")],
    because: Annotated[str, typer.Option("--because", help="Why, in words.")],
    db: Db = "",
    area: AreaName = "",
    who: Who = "",
) -> None:
    """Take back that something was sent."""
    settings = settings_of(context, db, area, who)
    raise typer.Exit(sittings.not_sent(settings, sitting, what, organisation, because=because))


def demand(
    context: typer.Context,
    weeks: Annotated[int, typer.Option("--weeks", help="How many weeks, 1 to 52.")] = 8,
    start: Annotated[str, typer.Option("--from", help="The first day; else today.")] = "",
    as_json: Json = False,
    db: Db = "",
    area: AreaName = "",
    who: Who = "",
) -> None:
    """Show capacity against demand week by week; 1 while something does not fit by its day."""
    settings = settings_of(context, db, area, who)
    raise typer.Exit(demanded.demand(settings, weeks=weeks, start=start, as_json=as_json))


def add_to(app: typer.Typer) -> None:
    """All of them."""
    app.command()(demand)
    app.add_typer(about_sittings, name="sitting")
